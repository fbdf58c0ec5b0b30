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
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;

/// A copy with each byte replaced; `inside` is what one hands on to the next.
fn map(vm: &mut Vm, v: Value, f: impl Fn(u8, &mut bool) -> u8) -> R {
    let b = this(vm, v)?;
    let n = b.get(vm).len;
    ops::build(vm, n, |vm, t| {
        let mut inside = false;
        let from = b.get(vm).as_bytes().chunks(work::PIECE);
        for (t, b) in work::pieces_mut(vm, t).zip(from) {
            for (to, c) in t.iter_mut().zip(b) {
                *to = f(*c, &mut inside);
            }
        }
    })
}
pub fn upper(vm: &mut Vm, v: Value) -> R {
    map(vm, v, |c, _| c.to_ascii_uppercase())
}
pub fn lower(vm: &mut Vm, v: Value) -> R {
    map(vm, v, |c, _| c.to_ascii_lowercase())
}
pub fn swapcase(vm: &mut Vm, v: Value) -> R {
    map(vm, v, |c, _| match c.is_ascii_alphabetic() {
        true => c ^ 0x20,
        false => c,
    })
}
pub fn capitalize(vm: &mut Vm, v: Value) -> R {
    map(vm, v, |c, inside| match std::mem::replace(inside, true) {
        true => c.to_ascii_lowercase(),
        false => c.to_ascii_uppercase(),
    })
}
pub fn title(vm: &mut Vm, v: Value) -> R {
    map(vm, v, |c, inside| {
        match std::mem::replace(inside, c.is_ascii_alphabetic()) {
            true => c.to_ascii_lowercase(),
            false => c.to_ascii_uppercase(),
        }
    })
}

/// Whether the bytes, a piece at a time, are such.
fn all(vm: &mut Vm, v: Value, f: impl FnMut(&[u8]) -> bool) -> Result<bool, Raised> {
    let b = this(vm, v)?;
    vm.working(|vm| work::pieces(vm, b.get(vm).as_bytes()).all(f))
}
/// Whether there are bytes and all of them are of a class.
fn each(vm: &mut Vm, v: Value, f: impl Fn(&u8) -> bool) -> R {
    let none = this(vm, v)?.get(vm).len == 0;
    let is = all(vm, v, |b| b.iter().all(&f))?;
    Ok(Value::bool(is && !none))
}
pub fn isalnum(vm: &mut Vm, v: Value) -> R {
    each(vm, v, u8::is_ascii_alphanumeric)
}
pub fn isalpha(vm: &mut Vm, v: Value) -> R {
    each(vm, v, u8::is_ascii_alphabetic)
}
pub fn isdigit(vm: &mut Vm, v: Value) -> R {
    each(vm, v, u8::is_ascii_digit)
}
pub fn isspace(vm: &mut Vm, v: Value) -> R {
    each(vm, v, |c| is_space(*c))
}
pub fn isascii(vm: &mut Vm, v: Value) -> R {
    all(vm, v, <[u8]>::is_ascii).map(Value::bool)
}
/// Whether a byte is `wanted` and none is `refused`.
fn some_and_none(vm: &mut Vm, v: Value, wanted: fn(&u8) -> bool, refused: fn(&u8) -> bool) -> R {
    let mut some = false;
    let none = all(vm, v, |b| {
        some |= b.iter().any(wanted);
        !b.iter().any(refused)
    })?;
    Ok(Value::bool(some && none))
}
pub fn islower(vm: &mut Vm, v: Value) -> R {
    some_and_none(vm, v, u8::is_ascii_lowercase, u8::is_ascii_uppercase)
}
pub fn isupper(vm: &mut Vm, v: Value) -> R {
    some_and_none(vm, v, u8::is_ascii_uppercase, u8::is_ascii_lowercase)
}
pub fn istitle(vm: &mut Vm, v: Value) -> R {
    let (mut inside, mut some) = (false, false);
    let is = all(vm, v, |b| {
        b.iter().all(|c| {
            // A word starts in upper case and goes on in lower case.
            let wrong = c.is_ascii_uppercase() && inside || c.is_ascii_lowercase() && !inside;
            inside = c.is_ascii_alphabetic();
            some |= inside;
            !wrong
        })
    })?;
    Ok(Value::bool(some && is))
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
    let (from, to) = vm.working(|vm| {
        let all = b.get(vm).as_bytes();
        let keep = |c: &u8| !drop[*c as usize];
        let from = match left {
            true => work::steps(vm, all).position(keep).unwrap_or(all.len()),
            false => 0,
        };
        let rest = all.iter().rev();
        let to = match right {
            true => work::steps(vm, rest)
                .position(keep)
                .map_or(from, |i| all.len() - i),
            false => all.len(),
        };
        (from, to)
    })?;
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
        let (l, rest) = t.split_at_mut(left);
        let (m, r) = rest.split_at_mut(n);
        work::repeat(vm, l, &[fill]);
        work::copy(vm, m, b.get(vm).as_bytes());
        work::repeat(vm, r, &[fill]);
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
        work::repeat(vm, &mut t[signed..signed + n], b"0");
        work::copy(vm, &mut t[signed + n..], digits);
    })
}

pub fn expandtabs(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let b = this(vm, v)?;
    let [size] = args::parse(vm, "expandtabs", a, ["tabsize"], 0, 1)?;
    let size = match size {
        Some(n) => item::as_c_int(vm, n)?.max(0) as usize,
        None => 8,
    };
    let n = b.get(vm).len;
    let tabs = vm.working(|vm| work::count(vm, b.get(vm).as_bytes(), |c| c == b'\t'))?;
    room_bytes(vm, tabs.saturating_mul(size).saturating_add(n))?;
    let out = vm.working(|vm| {
        let mut out = Vec::with_capacity(n + 16);
        let mut column = 0usize;
        let mut pace = work::Pace::new(vm);
        for &c in b.get(vm).as_bytes() {
            let n = match c {
                b'\t' if size > 0 => size - column % size,
                _ => 0,
            };
            if !pace.goes_on(n) {
                break;
            }
            if c == b'\t' {
                out.extend(work::steps(vm, std::iter::repeat_n(b' ', n)));
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
        out
    })?;
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
    let n = vm.working(|vm| work::count(vm, b.get(vm).as_bytes(), |c| !gone[c as usize]))?;
    ops::build(vm, n, |vm, t| {
        let all = work::steps(vm, b.get(vm).as_bytes());
        let kept = all.filter(|c| !gone[**c as usize]);
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
