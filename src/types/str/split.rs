//! Taking strings apart and putting them together.

use super::adjust::{last_char, ssize, this};
use super::ops as strs;
use super::search::{matches, rmatches};
use super::unicode;
use super::value::StrObj;
use crate::code::wtf8::decode_at;
use crate::object::{Args, ClassId, Gc, Kind, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::int::big::room_bytes;
use crate::types::list::value::ListObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{args, list};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// A list of these parts of the string.
fn parts(vm: &mut Vm, s: Gc<StrObj>, ranges: &[(usize, usize)]) -> R {
    room_bytes(vm, ranges.len().saturating_mul(32))?;
    let l = vm.new_list(&[])?;
    for &(from, to) in ranges {
        vm.poll()?;
        let part = strs::sub(vm, s, from, to)?;
        list::ops::push(vm, l, part)?;
    }
    Ok(l.value())
}

/// Receiver, separator, and how many times to split.
type SplitArgs = (Gc<StrObj>, Option<Gc<StrObj>>, usize);

fn split_args(vm: &mut Vm, v: Value, a: Args<'_>, name: &str) -> Result<SplitArgs, Raised> {
    let s = this(vm, v)?;
    let [sep, max] = args::parse(vm, name, a, ["sep", "maxsplit"], 0, 2)?;
    let max = match max {
        Some(m) => usize::try_from(ssize(vm, m)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let sep = match sep {
        None => None,
        Some(x) if x.is_none() => None,
        Some(x) => match Gc::<StrObj>::from_value(x) {
            Some(x) if x.get(vm).len == 0 => {
                return Err(raise!(vm, ValueError, "empty separator"));
            }
            Some(x) => Some(x),
            None => {
                let t = vm.type_name(x);
                return Err(raise!(vm, TypeError, "must be str or None, not {t}"));
            }
        },
    };
    Ok((s, sep, max))
}

pub fn split(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let (s, sep, max) = split_args(vm, v, a, "split")?;
    let b = s.get(vm).as_bytes();
    let mut ranges = Vec::new();
    match sep {
        Some(sep) => {
            let n = sep.get(vm).len;
            let mut from = 0;
            for at in matches(b, sep.get(vm).as_bytes(), max) {
                ranges.push((from, at));
                from = at + n;
            }
            ranges.push((from, b.len()));
        }
        None => {
            let mut at = 0;
            let skip = |mut at: usize, space: bool| {
                while at < b.len() {
                    let (c, w) = decode_at(b, at);
                    if unicode::is_space(c) != space {
                        break;
                    }
                    at += w;
                }
                at
            };
            loop {
                at = skip(at, true);
                if at >= b.len() {
                    break;
                }
                if ranges.len() == max {
                    // The rest keeps its blanks.
                    ranges.push((at, b.len()));
                    break;
                }
                let end = skip(at, false);
                ranges.push((at, end));
                at = end;
            }
        }
    }
    parts(vm, s, &ranges)
}

pub fn rsplit(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let (s, sep, max) = split_args(vm, v, a, "rsplit")?;
    let b = s.get(vm).as_bytes();
    let mut ranges = Vec::new();
    match sep {
        Some(sep) => {
            let n = sep.get(vm).len;
            let mut to = b.len();
            for at in rmatches(b, sep.get(vm).as_bytes(), max) {
                ranges.push((at + n, to));
                to = at;
            }
            ranges.push((0, to));
        }
        None => {
            let mut to = b.len();
            let skip = |mut to: usize, space: bool| {
                while to > 0 {
                    let (c, at) = last_char(b, to);
                    if unicode::is_space(c) != space {
                        break;
                    }
                    to = at;
                }
                to
            };
            loop {
                to = skip(to, true);
                if to == 0 {
                    break;
                }
                if ranges.len() == max {
                    ranges.push((0, to));
                    break;
                }
                let start = skip(to, false);
                ranges.push((start, to));
                to = start;
            }
        }
    }
    ranges.reverse();
    parts(vm, s, &ranges)
}

pub fn splitlines(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let s = this(vm, v)?;
    let [keep] = args::parse(vm, "splitlines", a, ["keepends"], 0, 1)?;
    let keep = match keep {
        Some(k) => item::as_c_int(vm, k)? != 0,
        None => false,
    };
    let b = s.get(vm).as_bytes();
    let mut ranges = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < b.len() {
        let (c, w) = decode_at(b, at);
        if !unicode::is_line_break(c) {
            at += w;
            continue;
        }
        let end = at;
        at += w;
        if c == 13 && b.get(at) == Some(&10) {
            at += 1;
        }
        ranges.push((from, if keep { at } else { end }));
        from = at;
    }
    if from < b.len() {
        ranges.push((from, b.len()));
    }
    parts(vm, s, &ranges)
}

/// Number of items and item `i` of a list or tuple.
fn item_at(vm: &Vm, v: Value, i: usize) -> Option<Value> {
    match v.get::<ListObj>(vm) {
        Some(l) => l.items.get(i),
        None => v.get::<TupleObj>(vm).and_then(|t| t.get(i)),
    }
}

pub fn join(vm: &mut Vm, v: Value, items: Value) -> R {
    let s = this(vm, v)?;
    let items = if matches!(items.kind(), Some(Kind::List | Kind::Tuple)) && !items.is_user() {
        items
    } else {
        match list::ops::from_iterator(vm, items) {
            Ok(l) => l.value(),
            Err(r) => {
                let e = vm.catch(r, ClassId::TypeError)?;
                if crate::protocol::iter::is_iterable(vm, items)? {
                    return Err(vm.reraise(e));
                }
                return Err(raise!(vm, TypeError, "can only join an iterable"));
            }
        }
    };
    let o = s.get(vm);
    let (seplen, sepchars, mut ascii) = (o.len, o.chars, o.is_ascii());
    let (mut len, mut chars, mut n) = (0usize, 0usize, 0usize);
    while let Some(x) = item_at(vm, items, n) {
        let Some(o) = x.get::<StrObj>(vm) else {
            let t = vm.type_name(x);
            return Err(raise!(
                vm,
                TypeError,
                "sequence item {n}: expected str instance, {t} found"
            ));
        };
        let more = if n > 0 { (seplen, sepchars) } else { (0, 0) };
        chars += o.chars + more.1;
        ascii &= o.is_ascii();
        match len.checked_add(o.len).and_then(|l| l.checked_add(more.0)) {
            Some(l) => len = l,
            None => return Err(vm.raise_memory()),
        }
        n += 1;
    }
    match n {
        0 => return vm.new_str(""),
        1 => {
            if let Some(x) = item_at(vm, items, 0).filter(|x| !x.is_user()) {
                return Ok(x);
            }
        }
        _ => (),
    }
    strs::build(vm, len, chars, ascii, |vm, t| {
        let sep = s.get(vm).as_bytes();
        let mut to = 0;
        for i in 0..n {
            let x = item_at(vm, items, i).and_then(|x| strs::bytes(vm, x));
            for part in [if i > 0 { sep } else { b"" }, x.unwrap_or_default()] {
                t[to..to + part.len()].copy_from_slice(part);
                to += part.len();
            }
        }
    })
}
