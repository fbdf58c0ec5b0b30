//! Looking for bytes in bytes.

use super::buffer::{self as buffers, Buffer};
use super::methods::{buffer, this};
use super::ops::{self, find as find_in, rfind as rfind_in};
use crate::object::{Args, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::cut;
use crate::types::int::ops as int;
use crate::types::list::ops::clamp_index;
use crate::types::str::adjust::ssize;
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

/// The range that the second and third argument name; `None` where it is nowhere.
fn bounds(vm: &mut Vm, a: Args<'_>, len: usize) -> Result<Option<(usize, usize)>, Raised> {
    let mut bound = |i: usize| match a.get(i) {
        Some(v) if !v.is_none() => match crate::protocol::user::try_index(vm, v)? {
            v if int::is_int(v) => item::slice_index(vm, v).map(Some),
            _ => Err(raise!(
                vm,
                TypeError,
                "slice indices must be integers or None or have an __index__ method"
            )),
        },
        _ => Ok(None),
    };
    let start = bound(1)?.unwrap_or(0);
    let end = bound(2)?.unwrap_or(i64::MAX);
    let end = clamp_index(end, len);
    // A start past the end is not the end.
    let start = if start > len as i64 {
        return Ok(None);
    } else {
        clamp_index(start, len)
    };
    Ok((start <= end).then_some((start, end)))
}

/// The range, or what is left of it: asking for its bounds may have made a bytearray shorter.
fn within(b: &[u8], start: usize, end: usize) -> &[u8] {
    let end = end.min(b.len());
    &b[start.min(end)..end]
}

/// What is looked for: a byte or several.
enum Needle {
    Byte([u8; 1]),
    Bytes(Buffer),
}
impl Needle {
    fn get<'a>(&'a self, vm: &'a Vm) -> &'a [u8] {
        match self {
            Needle::Byte(c) => c,
            Needle::Bytes(b) => b.get(vm).as_bytes(),
        }
    }
}
fn needle(vm: &mut Vm, v: Value) -> Result<Needle, Raised> {
    if let Some(b) = buffers::of(vm, v)? {
        return Ok(Needle::Bytes(b));
    }
    let v = crate::protocol::user::try_index(vm, v)?;
    if !int::is_int(v) {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "argument should be integer or bytes-like object, not '{t}'"
        ));
    }
    Ok(Needle::Byte([byte(vm, v)?]))
}
/// An int that is a byte.
fn byte(vm: &mut Vm, v: Value) -> Result<u8, Raised> {
    match int::to_i64(vm, v).and_then(|i| u8::try_from(i).ok()) {
        Some(c) => Ok(c),
        None => Err(raise!(vm, ValueError, "byte must be in range(0, 256)")),
    }
}

/// `v in b`
pub fn contains(vm: &mut Vm, b: Buffer, v: Value) -> Result<bool, Raised> {
    let v = match v.is_user() && buffers::of(vm, v)?.is_none() {
        true => crate::protocol::user::try_index(vm, v)?,
        false => v,
    };
    if int::is_int(v) {
        let c = byte(vm, v)?;
        return vm.working(|vm| find_in(vm, b.get(vm).as_bytes(), &[c]).is_some());
    }
    let n = buffer(vm, v)?;
    vm.working(|vm| find_in(vm, b.get(vm).as_bytes(), n.get(vm).as_bytes()).is_some())
}

fn locate(
    vm: &mut Vm,
    v: Value,
    a: Args<'_>,
    name: &str,
    right: bool,
) -> Result<Option<usize>, Raised> {
    let b = this(vm, v)?;
    arity(vm, name, a)?;
    let n = b.get(vm).len;
    let range = bounds(vm, a, n)?;
    let needle = needle(vm, a[0])?;
    let Some((start, end)) = range else {
        return Ok(None);
    };
    let found = vm.working(|vm| {
        let hay = within(b.get(vm).as_bytes(), start, end);
        match right {
            true => rfind_in(vm, hay, needle.get(vm)),
            false => find_in(vm, hay, needle.get(vm)),
        }
    })?;
    Ok(found.map(|i| start + i))
}
fn or_minus_one(vm: &mut Vm, found: Option<usize>) -> R {
    vm.new_int(found.map_or(-1, |i| i as i64))
}
fn or_error(vm: &mut Vm, found: Option<usize>) -> R {
    match found {
        Some(i) => vm.new_int(i as i64),
        None => Err(raise!(vm, ValueError, "subsection not found")),
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
    let b = this(vm, v)?;
    arity(vm, "count", a)?;
    let len = b.get(vm).len;
    let range = bounds(vm, a, len)?;
    let needle = needle(vm, a[0])?;
    let Some((start, end)) = range else {
        return vm.new_int(0);
    };
    let n = vm.working(|vm| {
        let hay = within(b.get(vm).as_bytes(), start, end);
        match needle.get(vm) {
            [] => hay.len() + 1,
            &[c] => work::count(vm, hay, |x| x == c),
            needle => cut::places(vm, hay, needle, usize::MAX, false),
        }
    })?;
    vm.new_int(n as i64)
}

fn affix(vm: &mut Vm, v: Value, a: Args<'_>, name: &str, end: bool) -> R {
    let b = this(vm, v)?;
    arity(vm, name, a)?;
    let len = b.get(vm).len;
    let range = bounds(vm, a, len)?;
    let fits = |vm: &mut Vm, x: Value| -> Result<bool, Raised> {
        let x = buffer(vm, x)?;
        let Some((from, to)) = range else {
            return Ok(false);
        };
        vm.working(|vm| {
            let (hay, x) = (within(b.get(vm).as_bytes(), from, to), x.get(vm).as_bytes());
            let Some(spare) = hay.len().checked_sub(x.len()) else {
                return false;
            };
            let at = if end { spare } else { 0 };
            work::equal(vm, &hay[at..at + x.len()], x)
        })
    };
    let x = a[0];
    if let Some(n) = x.get::<TupleObj>(vm).map(|t| t.len) {
        for i in 0..n {
            let part = x.get::<TupleObj>(vm).and_then(|t| t.get(i));
            if fits(vm, part.unwrap_or(Value::NONE))? {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    if !buffers::is_buffer(x) {
        let t = vm.type_name(x);
        return Err(raise!(
            vm,
            TypeError,
            "{name} first arg must be bytes or a tuple of bytes, not {t}"
        ));
    }
    fits(vm, x).map(Value::bool)
}
pub fn startswith(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    affix(vm, v, a, "startswith", false)
}
pub fn endswith(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    affix(vm, v, a, "endswith", true)
}

pub fn replace(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let b = this(vm, v)?;
    let old = buffer(vm, a[0])?;
    let new = buffer(vm, a[1])?;
    let max = match a.get(2) {
        Some(n) => usize::try_from(ssize(vm, n)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let (len, oldlen, newlen) = (b.get(vm).len, old.get(vm).len, new.get(vm).len);
    // Nothing is left alone by any count that is given, even for the empty pattern.
    if max == 0 || oldlen > len || len == 0 && max != usize::MAX {
        return Ok(v);
    }
    let places = vm.working(|vm| {
        let (b, old) = (b.get(vm).as_bytes(), old.get(vm).as_bytes());
        match old {
            [] => max.min(len + 1),
            _ => cut::places(vm, b, old, max, false),
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
        return Err(raise!(vm, OverflowError, "replace bytes is too long"));
    };
    ops::build(vm, total, |vm, t| {
        let (src, old) = (b.get(vm).as_bytes(), old.get(vm).as_bytes());
        cut::replace(vm, t, src, (old, new.get(vm).as_bytes()), places, false);
    })
}

fn halves(vm: &mut Vm, v: Value, sep: Value, right: bool) -> R {
    let b = this(vm, v)?;
    let sep = buffer(vm, sep)?;
    let (n, len) = (sep.get(vm).len, b.get(vm).len);
    if n == 0 {
        return Err(raise!(vm, ValueError, "empty separator"));
    }
    let found = vm.working(|vm| {
        let (hay, needle) = (b.get(vm).as_bytes(), sep.get(vm).as_bytes());
        match right {
            true => rfind_in(vm, hay, needle),
            false => find_in(vm, hay, needle),
        }
    })?;
    match found {
        Some(i) => {
            let before = ops::sub(vm, b, 0, i)?;
            let after = ops::sub(vm, b, i + n, len)?;
            vm.new_tuple(&[before, sep.value(), after])
        }
        None => {
            let e = vm.new_bytes(b"")?;
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
