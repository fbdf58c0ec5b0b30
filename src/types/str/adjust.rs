//! Padding, stripping, tabs; and what all methods of str begin with.

use super::ops as strs;
use super::unicode;
use super::value::StrObj;
use crate::code::wtf8::{code_points, decode_at, push_code_point};
use crate::object::{Args, Gc, Kind, Value};
use crate::protocol::{item, number};
use crate::raise;
use crate::types::int::big::room_bytes;
use crate::types::{args, int};
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;

/// The receiver.
pub fn this(vm: &mut Vm, v: Value) -> Result<Gc<StrObj>, Raised> {
    match Gc::from_value(v) {
        Some(s) => Ok(s),
        None => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "must be str, not {t}"))
        }
    }
}

/// An argument that CPython takes as an index.
pub fn ssize(vm: &mut Vm, v: Value) -> Result<i64, Raised> {
    if v.is_float() || v.is_kind(Kind::FloatBox) {
        return Err(raise!(
            vm,
            TypeError,
            "integer argument expected, got float"
        ));
    }
    let i = number::index(vm, v)?;
    match int::ops::to_i64(vm, i) {
        Some(i) => Ok(i),
        None => Err(raise!(
            vm,
            OverflowError,
            "Python int too large to convert to C ssize_t"
        )),
    }
}

/// The code point before byte `end`, and where it starts.
pub fn last_char(b: &[u8], end: usize) -> (u32, usize) {
    let mut i = end - 1;
    while i > 0 && b[i] & 0xC0 == 0x80 {
        i -= 1;
    }
    (decode_at(b, i).0, i)
}

fn fill_char(vm: &mut Vm, v: Option<Value>) -> Result<u32, Raised> {
    let Some(v) = v else { return Ok(b' ' as u32) };
    let Some(b) = strs::bytes(vm, v) else {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "The fill character must be a unicode character, not {t}"
        ));
    };
    if !b.is_empty() {
        let (c, w) = decode_at(b, 0);
        if w == b.len() {
            return Ok(c);
        }
    }
    Err(raise!(
        vm,
        TypeError,
        "The fill character must be exactly one character long"
    ))
}

/// The string with `left` and `right` fill characters around it.
fn padded(vm: &mut Vm, s: Gc<StrObj>, left: usize, right: usize, fill: u32) -> R {
    if left == 0 && right == 0 {
        return Ok(s.value());
    }
    let mut unit = Vec::new();
    push_code_point(&mut unit, fill);
    let o = s.get(vm);
    let (chars, ascii, len) = (o.chars, o.is_ascii() && fill < 128, o.len);
    let Some(total) = left
        .checked_add(right)
        .and_then(|n| n.checked_mul(unit.len()))
        .and_then(|n| n.checked_add(len))
        .filter(|&n| n < isize::MAX as usize)
    else {
        return Err(vm.raise_memory());
    };
    strs::build(vm, total, chars + left + right, ascii, |vm, t| {
        let (l, rest) = t.split_at_mut(left * unit.len());
        let (m, r) = rest.split_at_mut(len);
        work::copy(vm, m, s.get(vm).as_bytes());
        work::repeat(vm, l, &unit);
        work::repeat(vm, r, &unit);
    })
}

fn adjust(vm: &mut Vm, v: Value, a: Args<'_>, left: impl Fn(usize, usize) -> usize) -> R {
    let s = this(vm, v)?;
    let width = ssize(vm, a[0])?;
    let fill = fill_char(vm, a.get(1))?;
    let width = usize::try_from(width).unwrap_or(0);
    let n = width.saturating_sub(s.get(vm).chars);
    let l = left(n, width);
    padded(vm, s, l, n - l, fill)
}

pub fn center(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    // The odd one goes to the left when the width is odd.
    adjust(vm, v, a, |n, width| n / 2 + (n & width & 1))
}
pub fn ljust(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    adjust(vm, v, a, |_, _| 0)
}
pub fn rjust(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    adjust(vm, v, a, |n, _| n)
}

pub fn zfill(vm: &mut Vm, v: Value, width: Value) -> R {
    let s = this(vm, v)?;
    let width = usize::try_from(ssize(vm, width)?).unwrap_or(0);
    let n = width.saturating_sub(s.get(vm).chars);
    if n == 0 {
        return Ok(v);
    }
    let o = s.get(vm);
    let (len, chars, ascii) = (o.len, o.chars, o.is_ascii());
    if n > isize::MAX as usize - len {
        return Err(vm.raise_memory());
    }
    strs::build(vm, len + n, chars + n, ascii, |vm, t| {
        let b = s.get(vm).as_bytes();
        let signed = matches!(b.first(), Some(b'+' | b'-')) as usize;
        let (sign, digits) = b.split_at(signed);
        t[..signed].copy_from_slice(sign);
        work::repeat(vm, &mut t[signed..signed + n], b"0");
        work::copy(vm, &mut t[signed + n..], digits);
    })
}

pub fn expandtabs(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let s = this(vm, v)?;
    let [size] = args::parse(vm, "expandtabs", a, ["tabsize"], 0, 1)?;
    let size = match size {
        Some(n) => item::as_c_int(vm, n)?.max(0) as usize,
        None => 8,
    };
    let tabs = vm.working(|vm| work::count(vm, s.get(vm).as_bytes(), |c| c == b'\t'))?;
    if tabs == 0 {
        return Ok(v);
    }
    let most = tabs.saturating_mul(size).saturating_add(s.get(vm).len);
    room_bytes(vm, most)?;
    let out = vm.working(|vm| expanded(vm, s.get(vm).as_bytes(), size))?;
    vm.new_str_wtf8(&out)
}

/// Text with blanks in the place of tabs, up to the next multiple of `size` columns; it may give up.
pub fn expanded(vm: &Vm, b: &[u8], size: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(b.len() + 16);
    let mut column = 0usize;
    let mut pace = work::Pace::new(vm);
    for &c in b {
        let n = match c {
            b'\t' if size > 0 => size - column % size,
            _ => 0,
        };
        if !pace.goes_on(n) {
            break;
        }
        match c {
            b'\t' => {
                // A tab may be as wide as it likes.
                out.extend(work::steps(vm, std::iter::repeat_n(b' ', n)));
                column += n;
            }
            _ => {
                out.push(c);
                match c {
                    b'\n' | b'\r' => column = 0,
                    c if c & 0xC0 != 0x80 => column += 1,
                    _ => (),
                }
            }
        }
    }
    out
}

/// What is left of a short ASCII str without blanks, or without the characters of a short ASCII str, at its ends.
fn short_ends(
    vm: &Vm,
    s: Gc<StrObj>,
    a: Args<'_>,
    left: bool,
    right: bool,
) -> Option<(usize, usize)> {
    const SHORT: usize = 256;
    let short = |s: &StrObj| s.is_ascii() && s.len <= SHORT;
    let set = match a.get(0).filter(|c| !c.is_none()) {
        None => None,
        Some(c) => Some(c.get::<StrObj>(vm).filter(|c| short(c))?.as_bytes()),
    };
    let b = Some(s.get(vm)).filter(|s| short(s))?.as_bytes();
    let stays = |c: &u8| match set {
        None => !unicode::is_space(*c as u32),
        Some(set) => !set.contains(c),
    };
    let from = match left {
        true => b.iter().position(stays).unwrap_or(b.len()),
        false => 0,
    };
    let to = match right {
        true => from + b[from..].iter().rposition(stays).map_or(0, |i| i + 1),
        false => b.len(),
    };
    Some((from, to))
}
fn strip_ends(vm: &mut Vm, v: Value, a: Args<'_>, name: &str, left: bool, right: bool) -> R {
    let s = this(vm, v)?;
    if let Some((from, to)) = short_ends(vm, s, a, left, right) {
        return strs::sub(vm, s, from, to);
    }
    let set: Option<Vec<u32>> = match a.get(0) {
        None => None,
        Some(c) if c.is_none() => None,
        Some(c) => match strs::bytes(vm, c) {
            Some(b) => Some(code_points(b).collect()),
            None => {
                return Err(raise!(vm, TypeError, "{name} arg must be None or str"));
            }
        },
    };
    let drop = |c: u32| match &set {
        None => unicode::is_space(c),
        Some(set) => set.contains(&c),
    };
    let (from, to) = vm.working(|vm| {
        let b = s.get(vm).as_bytes();
        let (mut from, mut to) = (0, b.len());
        for _ in work::steps(vm, 0..b.len()) {
            if !left || from >= to {
                break;
            }
            let (c, w) = decode_at(b, from);
            if !drop(c) {
                break;
            }
            from += w;
        }
        for _ in work::steps(vm, 0..b.len()) {
            if !right || to <= from {
                break;
            }
            let (c, at) = last_char(b, to);
            if !drop(c) {
                break;
            }
            to = at;
        }
        (from, to)
    })?;
    strs::sub(vm, s, from, to)
}

pub fn strip(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    strip_ends(vm, v, a, "strip", true, true)
}
pub fn lstrip(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    strip_ends(vm, v, a, "lstrip", true, false)
}
pub fn rstrip(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    strip_ends(vm, v, a, "rstrip", false, true)
}
