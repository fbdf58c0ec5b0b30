//! Padding, stripping, case, classes of characters, tables: ASCII only.

use super::buffer::Buffer;
use super::methods::{buffer, this};
use super::ops;
use super::split::is_space;
use crate::object::{Args, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::args;
use crate::types::int::big::room_bytes;
use crate::types::str::adjust::ssize;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// A copy with each byte replaced.
fn map(vm: &mut Vm, v: Value, f: impl Fn(u8) -> u8) -> R {
    let b = this(vm, v)?;
    let n = b.get(vm).len;
    ops::build(vm, n, |vm, t| {
        for (to, &c) in t.iter_mut().zip(b.get(vm).as_bytes()) {
            *to = f(c);
        }
    })
}
pub fn upper(vm: &mut Vm, v: Value) -> R {
    map(vm, v, |c| c.to_ascii_uppercase())
}
pub fn lower(vm: &mut Vm, v: Value) -> R {
    map(vm, v, |c| c.to_ascii_lowercase())
}
fn swap(c: u8) -> u8 {
    if c.is_ascii_alphabetic() { c ^ 0x20 } else { c }
}
pub fn swapcase(vm: &mut Vm, v: Value) -> R {
    map(vm, v, swap)
}
pub fn capitalize(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?;
    let n = b.get(vm).len;
    ops::build(vm, n, |vm, t| {
        t.copy_from_slice(b.get(vm).as_bytes());
        t.make_ascii_lowercase();
        t[..1].make_ascii_uppercase();
    })
}
pub fn title(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?;
    let n = b.get(vm).len;
    ops::build(vm, n, |vm, t| {
        let mut inside = false;
        for (to, c) in t.iter_mut().zip(b.get(vm).as_bytes()) {
            *to = if inside {
                c.to_ascii_lowercase()
            } else {
                c.to_ascii_uppercase()
            };
            inside = c.is_ascii_alphabetic();
        }
    })
}

/// Whether there are bytes and all of them are of a class.
fn all(vm: &mut Vm, v: Value, f: impl Fn(&u8) -> bool) -> R {
    let b = this(vm, v)?.get(vm).as_bytes();
    Ok(Value::bool(!b.is_empty() && b.iter().all(f)))
}
pub fn isalnum(vm: &mut Vm, v: Value) -> R {
    all(vm, v, u8::is_ascii_alphanumeric)
}
pub fn isalpha(vm: &mut Vm, v: Value) -> R {
    all(vm, v, u8::is_ascii_alphabetic)
}
pub fn isdigit(vm: &mut Vm, v: Value) -> R {
    all(vm, v, u8::is_ascii_digit)
}
pub fn isspace(vm: &mut Vm, v: Value) -> R {
    all(vm, v, |c| is_space(*c))
}
pub fn isascii(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?.get(vm).as_bytes();
    Ok(Value::bool(b.is_ascii()))
}
pub fn islower(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?.get(vm).as_bytes();
    let some = b.iter().any(u8::is_ascii_lowercase);
    Ok(Value::bool(some && !b.iter().any(u8::is_ascii_uppercase)))
}
pub fn isupper(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?.get(vm).as_bytes();
    let some = b.iter().any(u8::is_ascii_uppercase);
    Ok(Value::bool(some && !b.iter().any(u8::is_ascii_lowercase)))
}
pub fn istitle(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?.get(vm).as_bytes();
    let (mut inside, mut some) = (false, false);
    for c in b {
        // A word starts in upper case and goes on in lower case.
        if c.is_ascii_uppercase() && inside || c.is_ascii_lowercase() && !inside {
            return Ok(Value::FALSE);
        }
        inside = c.is_ascii_alphabetic();
        some |= inside;
    }
    Ok(Value::bool(some))
}

fn strip_ends(vm: &mut Vm, v: Value, a: Args<'_>, left: bool, right: bool) -> R {
    let b = this(vm, v)?;
    let mut drop = [false; 256];
    match a.get(0) {
        Some(set) if !set.is_none() => {
            let set = buffer(vm, set)?;
            for &c in set.get(vm).as_bytes() {
                drop[c as usize] = true;
            }
        }
        _ => {
            for (c, d) in drop.iter_mut().enumerate() {
                *d = is_space(c as u8);
            }
        }
    }
    let all = b.get(vm).as_bytes();
    let keep = |c: &u8| !drop[*c as usize];
    let from = if left {
        all.iter().position(keep).unwrap_or(all.len())
    } else {
        0
    };
    let to = if right {
        all.iter().rposition(keep).map_or(from, |i| i + 1)
    } else {
        all.len()
    };
    ops::sub(vm, b, from, to.max(from))
}
pub fn strip(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    strip_ends(vm, v, a, true, true)
}
pub fn lstrip(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    strip_ends(vm, v, a, true, false)
}
pub fn rstrip(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    strip_ends(vm, v, a, false, true)
}

fn padded(vm: &mut Vm, b: Buffer, left: usize, right: usize, fill: u8) -> R {
    if left == 0 && right == 0 {
        return Ok(b.value());
    }
    let n = b.get(vm).len;
    let total = left.checked_add(right).and_then(|p| p.checked_add(n));
    let Some(total) = total.filter(|&t| t < isize::MAX as usize) else {
        return Err(vm.raise_memory());
    };
    ops::build(vm, total, |vm, t| {
        t.fill(fill);
        t[left..left + n].copy_from_slice(b.get(vm).as_bytes());
    })
}
fn adjust(
    vm: &mut Vm,
    v: Value,
    a: Args<'_>,
    name: &str,
    left: impl Fn(usize, usize) -> usize,
) -> R {
    let b = this(vm, v)?;
    let width = usize::try_from(ssize(vm, a[0])?).unwrap_or(0);
    let fill = match a.get(1) {
        None => b' ',
        Some(f) => match ops::get(vm, f) {
            Some(&[c]) => c,
            _ => {
                let t = crate::types::str::search::clinic_name(vm, f);
                return Err(raise!(
                    vm,
                    TypeError,
                    "{name}() argument 2 must be a byte string of length 1, not {t}"
                ));
            }
        },
    };
    let n = width.saturating_sub(b.get(vm).len);
    let l = left(n, width);
    padded(vm, b, l, n - l, fill)
}
pub fn center(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    // The odd one goes to the left when the width is odd.
    adjust(vm, v, a, "center", |n, width| n / 2 + (n & width & 1))
}
pub fn ljust(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    adjust(vm, v, a, "ljust", |_, _| 0)
}
pub fn rjust(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    adjust(vm, v, a, "rjust", |n, _| n)
}
pub fn zfill(vm: &mut Vm, v: Value, width: Value) -> R {
    let b = this(vm, v)?;
    let width = usize::try_from(ssize(vm, width)?).unwrap_or(0);
    let len = b.get(vm).len;
    let n = width.saturating_sub(len);
    if n == 0 {
        return Ok(v);
    }
    if n > isize::MAX as usize - len {
        return Err(vm.raise_memory());
    }
    ops::build(vm, len + n, |vm, t| {
        let b = b.get(vm).as_bytes();
        let signed = matches!(b.first(), Some(b'+' | b'-')) as usize;
        let (sign, digits) = b.split_at(signed);
        t[..signed].copy_from_slice(sign);
        t[signed..signed + n].fill(b'0');
        t[signed + n..].copy_from_slice(digits);
    })
}

pub fn expandtabs(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let b = this(vm, v)?;
    let [size] = args::parse(vm, "expandtabs", a, ["tabsize"], 0, 1)?;
    let size = match size {
        Some(n) => item::as_c_int(vm, n)?.max(0) as usize,
        None => 8,
    };
    let all = b.get(vm).as_bytes();
    let (n, tabs) = (all.len(), all.iter().filter(|&&c| c == b'\t').count());
    room_bytes(vm, tabs.saturating_mul(size).saturating_add(n))?;
    let mut out = Vec::with_capacity(n + 16);
    let mut column = 0usize;
    for &c in b.get(vm).as_bytes() {
        if c == b'\t' {
            let n = if size > 0 { size - column % size } else { 0 };
            out.resize(out.len() + n, b' ');
            column += n;
        } else {
            out.push(c);
            column = if matches!(c, b'\n' | b'\r') {
                0
            } else {
                column + 1
            };
        }
    }
    vm.new_bytes(&out)
}

pub fn translate(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let b = this(vm, v)?;
    let [table, delete] = args::parse(vm, "translate", a, ["", "delete"], 1, 2)?;
    let mut to = [0u8; 256];
    for (i, c) in to.iter_mut().enumerate() {
        *c = i as u8;
    }
    if let Some(t) = table.filter(|t| !t.is_none()) {
        let t = buffer(vm, t)?;
        let t = t.get(vm).as_bytes();
        if t.len() != 256 {
            return Err(raise!(
                vm,
                ValueError,
                "translation table must be 256 characters long"
            ));
        }
        to.copy_from_slice(t);
    }
    let mut gone = [false; 256];
    if let Some(d) = delete {
        let d = buffer(vm, d)?;
        for &c in d.get(vm).as_bytes() {
            gone[c as usize] = true;
        }
    }
    let stays = |c: &&u8| !gone[**c as usize];
    let n = b.get(vm).as_bytes().iter().filter(stays).count();
    ops::build(vm, n, |vm, t| {
        let kept = b.get(vm).as_bytes().iter().filter(stays);
        for (t, &c) in t.iter_mut().zip(kept) {
            *t = to[c as usize];
        }
    })
}
pub fn maketrans(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let (from, to) = (buffer(vm, a[0])?, buffer(vm, a[1])?);
    let mut table = [0u8; 256];
    for (i, c) in table.iter_mut().enumerate() {
        *c = i as u8;
    }
    let (from, to) = (from.get(vm).as_bytes(), to.get(vm).as_bytes());
    if from.len() != to.len() {
        return Err(raise!(
            vm,
            ValueError,
            "maketrans arguments must have same length"
        ));
    }
    for (&c, &d) in from.iter().zip(to) {
        table[c as usize] = d;
    }
    vm.new_bytes(&table)
}
