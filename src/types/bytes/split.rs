//! Taking bytes apart and putting them together.

use super::buffer::{self as buffers, Buffer};
use super::methods::{buffer, this};
use super::ops::{self, matches, rmatches};
use crate::object::{Args, Kind, Value};
use crate::protocol::{item, iter};
use crate::raise;
use crate::types::int::big::room_bytes;
use crate::types::list::value::ListObj;
use crate::types::str::adjust::ssize;
use crate::types::tuple::value::TupleObj;
use crate::types::{args, list};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// What CPython takes for a blank in bytes.
pub fn is_space(c: u8) -> bool {
    matches!(c, b' ' | 9..=13)
}

/// A list of these parts.
fn parts(vm: &mut Vm, b: Buffer, ranges: &[(usize, usize)]) -> R {
    room_bytes(vm, ranges.len().saturating_mul(32))?;
    let l = vm.new_list(&[])?;
    for &(from, to) in ranges {
        vm.poll()?;
        let part = ops::sub(vm, b, from, to)?;
        list::ops::push(vm, l, part)?;
    }
    Ok(l.value())
}

/// Receiver, separator, and how many times to split.
type SplitArgs = (Buffer, Option<Buffer>, usize);

fn split_args(vm: &mut Vm, v: Value, a: Args<'_>, name: &str) -> Result<SplitArgs, Raised> {
    let b = this(vm, v)?;
    let [sep, max] = args::parse(vm, name, a, ["sep", "maxsplit"], 0, 2)?;
    let max = match max {
        Some(m) => usize::try_from(ssize(vm, m)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let sep = match sep {
        Some(x) if !x.is_none() => {
            let x = buffer(vm, x)?;
            if x.get(vm).len == 0 {
                return Err(raise!(vm, ValueError, "empty separator"));
            }
            Some(x)
        }
        _ => None,
    };
    let n = b.get(vm).len;
    room_bytes(vm, n.saturating_mul(16))?;
    Ok((b, sep, max))
}

pub fn split(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let (s, sep, max) = split_args(vm, v, a, "split")?;
    let b = s.get(vm).as_bytes();
    let mut ranges = Vec::new();
    if let Some(sep) = sep {
        let n = sep.get(vm).len;
        let mut from = 0;
        for at in matches(b, sep.get(vm).as_bytes(), max) {
            ranges.push((from, at));
            from = at + n;
        }
        ranges.push((from, b.len()));
        return parts(vm, s, &ranges);
    }
    let skip = |at: usize, space: bool| {
        let run = b[at..].iter().take_while(|c| is_space(**c) == space);
        at + run.count()
    };
    let mut at = 0;
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
    parts(vm, s, &ranges)
}

pub fn rsplit(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let (s, sep, max) = split_args(vm, v, a, "rsplit")?;
    let b = s.get(vm).as_bytes();
    let mut ranges = Vec::new();
    if let Some(sep) = sep {
        let n = sep.get(vm).len;
        let mut to = b.len();
        for at in rmatches(b, sep.get(vm).as_bytes(), max) {
            ranges.push((at + n, to));
            to = at;
        }
        ranges.push((0, to));
        ranges.reverse();
        return parts(vm, s, &ranges);
    }
    let skip = |to: usize, space: bool| {
        let run = b[..to].iter().rev().take_while(|c| is_space(**c) == space);
        to - run.count()
    };
    let mut to = b.len();
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
    let n = s.get(vm).len;
    room_bytes(vm, n.saturating_mul(16))?;
    let b = s.get(vm).as_bytes();
    let mut ranges = Vec::new();
    let mut from = 0;
    while from < b.len() {
        let end = b[from..].iter().position(|c| matches!(c, b'\n' | b'\r'));
        let Some(end) = end.map(|i| from + i) else {
            ranges.push((from, b.len()));
            break;
        };
        let next = end + if b[end..].starts_with(b"\r\n") { 2 } else { 1 };
        ranges.push((from, if keep { next } else { end }));
        from = next;
    }
    parts(vm, s, &ranges)
}

/// Item `i` of a list or tuple.
fn item_at(vm: &Vm, v: Value, i: usize) -> Option<Value> {
    match v.get::<ListObj>(vm) {
        Some(l) => l.items.get(i),
        None => v.get::<TupleObj>(vm).and_then(|t| t.get(i)),
    }
}

pub fn join(vm: &mut Vm, v: Value, items: Value) -> R {
    let s = this(vm, v)?;
    let items = match items.kind() {
        Some(Kind::List | Kind::Tuple) if !items.is_user() => items,
        _ if !iter::is_iterable(vm, items)? => {
            return Err(raise!(vm, TypeError, "can only join an iterable"));
        }
        _ => list::ops::from_iterator(vm, items)?.value(),
    };
    let seplen = s.get(vm).len;
    let (mut len, mut n) = (0usize, 0usize);
    while let Some(x) = item_at(vm, items, n) {
        let Some(more) = buffers::read(vm, x).map(<[u8]>::len) else {
            let t = vm.type_name(x);
            return Err(raise!(
                vm,
                TypeError,
                "sequence item {n}: expected a bytes-like object, {t} found"
            ));
        };
        let sep = if n > 0 { seplen } else { 0 };
        match len.checked_add(more).and_then(|l| l.checked_add(sep)) {
            Some(l) => len = l,
            None => return Err(vm.raise_memory()),
        }
        n += 1;
        if n & 0xFFF == 0 {
            vm.poll()?;
        }
    }
    if let (1, Some(x)) = (n, item_at(vm, items, 0))
        && x.is_kind(Kind::Bytes)
    {
        return crate::types::instance::ops::unchanged(vm, x);
    }
    ops::build(vm, len, |vm, t| {
        let sep = s.get(vm).as_bytes();
        let mut to = 0;
        for i in 0..n {
            let x = item_at(vm, items, i).and_then(|x| ops::get(vm, x));
            for part in [if i > 0 { sep } else { b"" }, x.unwrap_or_default()] {
                t[to..to + part.len()].copy_from_slice(part);
                to += part.len();
            }
        }
    })
}
