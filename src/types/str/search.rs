//! Looking for one string in another.

use super::adjust::{ssize, this};
use super::ops as strs;
use super::value::StrObj;
use crate::object::{Args, Gc, Value};
use crate::raise;
use crate::types::cut;
use crate::types::int::ops as int;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;

fn arity(vm: &mut Vm, name: &str, a: Args<'_>) -> Result<(), Raised> {
    let n = a.len();
    let (how, bound, s) = match n {
        0 => ("least", 1, ""),
        1..=3 => return Ok(()),
        _ => ("most", 3, "s"),
    };
    Err(raise!(
        vm,
        TypeError,
        "{name}() takes at {how} {bound} argument{s} ({n} given)"
    ))
}

/// Bound number `i` of the arguments, as a count of code points; `None` when it is not given.
fn bound(vm: &mut Vm, a: Args<'_>, i: usize, len: usize) -> Result<Option<usize>, Raised> {
    let v = match a.get(i) {
        Some(v) if !v.is_none() => crate::protocol::user::try_index(vm, v)?,
        _ => return Ok(None),
    };
    let n = match int::get(vm, v) {
        Some(int::Int::Small(n)) => n,
        Some(big) if big.is_negative() => i64::MIN,
        Some(_) => i64::MAX,
        None => {
            return Err(raise!(
                vm,
                TypeError,
                "slice indices must be integers or None or have an __index__ method"
            ));
        }
    };
    Ok(Some(if n < 0 {
        n.saturating_add(len as i64).max(0) as usize
    } else {
        n as usize
    }))
}

/// Receiver, needle, and the range to look in: code points, not necessarily in order.
struct Where {
    s: Gc<StrObj>,
    start: usize,
    end: usize,
}

fn bounds(vm: &mut Vm, v: Value, a: Args<'_>) -> Result<Where, Raised> {
    let s = this(vm, v)?;
    let len = s.get(vm).chars;
    let start = bound(vm, a, 1, len)?.unwrap_or(0);
    let end = bound(vm, a, 2, len)?.unwrap_or(len).min(len);
    Ok(Where { s, start, end })
}

/// Finds the needle; its place in code points.
fn locate(
    vm: &mut Vm,
    v: Value,
    a: Args<'_>,
    name: &str,
    right: bool,
) -> Result<Option<usize>, Raised> {
    arity(vm, name, a)?;
    let w = bounds(vm, v, a)?;
    let needle = this(vm, a[0])?;
    if w.start > w.end {
        return Ok(None);
    }
    let from = strs::byte_offset(vm, w.s, w.start);
    let to = strs::byte_offset(vm, w.s, w.end);
    vm.working(|vm| {
        let hay = &w.s.get(vm).as_bytes()[from..to];
        let n = needle.get(vm).as_bytes();
        let found = if right {
            strs::rfind(vm, hay, n)
        } else {
            strs::find(vm, hay, n)
        };
        found.map(|i| match w.s.get(vm).is_ascii() {
            true => w.start + i,
            false => w.start + strs::chars(vm, &hay[..i]),
        })
    })
}

fn or_minus_one(vm: &mut Vm, found: Option<usize>) -> R {
    vm.new_int(found.map_or(-1, |i| i as i64))
}
fn or_error(vm: &mut Vm, found: Option<usize>) -> R {
    match found {
        Some(i) => vm.new_int(i as i64),
        None => Err(raise!(vm, ValueError, "substring not found")),
    }
}

pub fn find(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let i = locate(vm, v, a, "find", false)?;
    or_minus_one(vm, i)
}
pub fn rfind(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let i = locate(vm, v, a, "rfind", true)?;
    or_minus_one(vm, i)
}
pub fn index(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let i = locate(vm, v, a, "index", false)?;
    or_error(vm, i)
}
pub fn rindex(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let i = locate(vm, v, a, "rindex", true)?;
    or_error(vm, i)
}

pub fn count(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    arity(vm, "count", a)?;
    let w = bounds(vm, v, a)?;
    let needle = this(vm, a[0])?;
    if w.start > w.end {
        return vm.new_int(0);
    }
    let from = strs::byte_offset(vm, w.s, w.start);
    let to = strs::byte_offset(vm, w.s, w.end);
    let n = vm.working(|vm| {
        let hay = &w.s.get(vm).as_bytes()[from..to];
        match needle.get(vm).as_bytes() {
            [] => w.end - w.start + 1,
            &[c] => work::count(vm, hay, |x| x == c),
            needle => cut::places(vm, hay, needle, usize::MAX, true),
        }
    })?;
    vm.new_int(n as i64)
}

/// Whether the range starts (or ends) with the string.
fn tail_match(vm: &mut Vm, w: &Where, sub: Value, end: bool) -> bool {
    let Some(o) = sub.get::<StrObj>(vm) else {
        return false;
    };
    let n = o.chars;
    if w.start > w.end || w.end - w.start < n {
        return false;
    }
    let at = if end { w.end - n } else { w.start };
    let at = strs::byte_offset(vm, w.s, at);
    let hay = w.s.get(vm).as_bytes();
    strs::bytes(vm, sub).is_some_and(|n| {
        let part = hay.get(at..at + n.len());
        part.is_some_and(|p| work::equal(vm, p, n))
    })
}

fn affix(vm: &mut Vm, v: Value, a: Args<'_>, name: &str, end: bool) -> R {
    arity(vm, name, a)?;
    let w = bounds(vm, v, a)?;
    let sub = a[0];
    if strs::bytes(vm, sub).is_some() {
        let fits = tail_match(vm, &w, sub, end);
        vm.poll()?;
        return Ok(Value::bool(fits));
    }
    let Some(n) = sub.get::<TupleObj>(vm).map(|t| t.len) else {
        let t = vm.type_name(sub);
        return Err(raise!(
            vm,
            TypeError,
            "{name} first arg must be str or a tuple of str, not {t}"
        ));
    };
    for i in 0..n {
        let x = sub
            .get::<TupleObj>(vm)
            .and_then(|t| t.get(i))
            .unwrap_or(Value::NONE);
        if strs::bytes(vm, x).is_none() {
            let t = vm.type_name(x);
            return Err(raise!(
                vm,
                TypeError,
                "tuple for {name} must only contain str, not {t}"
            ));
        }
        let fits = tail_match(vm, &w, x, end);
        // Each, however short: there may be a million of them. And it may have given up.
        vm.poll()?;
        if fits {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

pub fn startswith(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    affix(vm, v, a, "startswith", false)
}
pub fn endswith(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    affix(vm, v, a, "endswith", true)
}

pub use crate::types::args::kind_name as clinic_name;

/// An argument that must be a str, in the words of CPython's argument clinic.
pub fn str_arg(vm: &mut Vm, name: &str, n: usize, v: Value) -> Result<Gc<StrObj>, Raised> {
    match Gc::from_value(v) {
        Some(s) => Ok(s),
        None => {
            let t = clinic_name(vm, v);
            Err(raise!(
                vm,
                TypeError,
                "{name}() argument {n} must be str, not {t}"
            ))
        }
    }
}

pub fn replace(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let s = this(vm, v)?;
    let old = str_arg(vm, "replace", 1, a[0])?;
    let new = str_arg(vm, "replace", 2, a[1])?;
    let max = match a.get(2) {
        Some(n) => usize::try_from(ssize(vm, n)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let (len, chars) = (s.get(vm).len, s.get(vm).chars);
    let (oldlen, newlen) = (old.get(vm).len, new.get(vm).len);
    // An empty string is left alone by any count that is given, even for the empty pattern.
    if max == 0 || oldlen > len || old == new || len == 0 && max != usize::MAX {
        return Ok(v);
    }
    let places = vm.working(|vm| {
        let (b, old) = (s.get(vm).as_bytes(), old.get(vm).as_bytes());
        match old {
            &[c] if max == usize::MAX => work::count(vm, b, |x| x == c),
            [] => max.min(chars + 1),
            _ => cut::places(vm, b, old, max, true),
        }
    })?;
    if places == 0 {
        return Ok(v);
    }
    let total = places
        .checked_mul(newlen)
        .and_then(|n| n.checked_add(len - places * oldlen))
        .filter(|&n| n < isize::MAX as usize);
    let Some(total) = total else {
        return Err(vm.raise_memory());
    };
    let newchars = new.get(vm).chars;
    let oldchars = old.get(vm).chars;
    let chars = chars - places * oldchars + places * newchars;
    // What is removed may have been all that was not ASCII.
    let ascii = chars == total;
    strs::build(vm, total, chars, ascii, |vm, t| {
        let (b, old) = (s.get(vm).as_bytes(), old.get(vm).as_bytes());
        cut::replace(vm, t, b, (old, new.get(vm).as_bytes()), places, true);
    })
}

fn halves(vm: &mut Vm, v: Value, sep: Value, right: bool) -> R {
    let s = this(vm, v)?;
    let sep = this(vm, sep)?;
    let (n, len) = (sep.get(vm).len, s.get(vm).len);
    if n == 0 {
        return Err(raise!(vm, ValueError, "empty separator"));
    }
    let found = vm.working(|vm| {
        let (hay, needle) = (s.get(vm).as_bytes(), sep.get(vm).as_bytes());
        match right {
            true => strs::rfind(vm, hay, needle),
            false => strs::find(vm, hay, needle),
        }
    })?;
    match found {
        Some(i) => {
            let before = strs::sub(vm, s, 0, i)?;
            let after = strs::sub(vm, s, i + n, len)?;
            vm.new_tuple(&[before, sep.value(), after])
        }
        None => {
            let e = vm.new_str("")?;
            vm.new_tuple(&if right { [e, e, v] } else { [v, e, e] })
        }
    }
}
pub fn partition(vm: &mut Vm, v: Value, sep: Value) -> R {
    halves(vm, v, sep, false)
}
pub fn rpartition(vm: &mut Vm, v: Value, sep: Value) -> R {
    halves(vm, v, sep, true)
}
