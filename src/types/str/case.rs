//! Case, and the questions about characters.

use super::adjust::this;
use super::ops as strs;
use super::unicode as u;
use crate::code::wtf8::{code_points, push_code_point};
use crate::object::Value;
use crate::types::int::big::room_bytes;
use crate::vm::work::{PIECE, pieces_mut, steps};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// A new string from all code points of the receiver; `inside` is what one hands on to the next. ASCII text maps byte by
/// byte instead.
fn map(
    vm: &mut Vm,
    v: Value,
    ascii: impl Fn(u8, &mut bool) -> u8,
    f: fn(&[u32], usize, &mut bool, &mut Vec<u8>),
) -> R {
    let s = this(vm, v)?;
    let o = s.get(vm);
    let (len, chars, is_ascii) = (o.len, o.chars, o.is_ascii());
    if is_ascii {
        return strs::build(vm, len, len, true, |vm, t| {
            let mut inside = false;
            for (t, b) in pieces_mut(vm, t).zip(s.get(vm).as_bytes().chunks(PIECE)) {
                for (t, c) in t.iter_mut().zip(b) {
                    *t = ascii(*c, &mut inside);
                }
            }
        });
    }
    // The code points, and what they become: seldom longer, never more than three times as long.
    room_bytes(vm, chars * 4 + len * 3)?;
    let out = vm.working(|vm| {
        let all: Vec<u32> = steps(vm, code_points(s.get(vm).as_bytes())).collect();
        let mut out = Vec::with_capacity(len + 16);
        let mut inside = false;
        for i in steps(vm, 0..all.len()) {
            f(&all, i, &mut inside, &mut out);
        }
        out
    })?;
    vm.new_str_wtf8(&out)
}

pub fn upper(vm: &mut Vm, v: Value) -> R {
    let ascii = |c: u8, _: &mut bool| c.to_ascii_uppercase();
    map(vm, v, ascii, |all, i, _, out| u::push_upper(out, all[i]))
}
pub fn lower(vm: &mut Vm, v: Value) -> R {
    let ascii = |c: u8, _: &mut bool| c.to_ascii_lowercase();
    map(vm, v, ascii, |all, i, _, out| u::push_lower(out, all, i))
}
pub fn casefold(vm: &mut Vm, v: Value) -> R {
    let ascii = |c: u8, _: &mut bool| c.to_ascii_lowercase();
    map(vm, v, ascii, |all, i, _, out| u::push_fold(out, all[i]))
}
pub fn swapcase(vm: &mut Vm, v: Value) -> R {
    fn ascii(c: u8, _: &mut bool) -> u8 {
        if c.is_ascii_alphabetic() { c ^ 0x20 } else { c }
    }
    map(vm, v, ascii, |all, i, _, out| {
        let c = all[i];
        if u::is_upper(c) {
            u::push_lower(out, all, i);
        } else if u::is_lower(c) {
            u::push_upper(out, c);
        } else {
            push_code_point(out, c);
        }
    })
}
pub fn capitalize(vm: &mut Vm, v: Value) -> R {
    fn ascii(c: u8, inside: &mut bool) -> u8 {
        match std::mem::replace(inside, true) {
            true => c.to_ascii_lowercase(),
            false => c.to_ascii_uppercase(),
        }
    }
    map(vm, v, ascii, |all, i, _, out| {
        if i == 0 {
            u::push_title(out, all[0]);
        } else {
            u::push_lower(out, all, i);
        }
    })
}
pub fn title(vm: &mut Vm, v: Value) -> R {
    fn ascii(c: u8, inside: &mut bool) -> u8 {
        match std::mem::replace(inside, c.is_ascii_alphabetic()) {
            true => c.to_ascii_lowercase(),
            false => c.to_ascii_uppercase(),
        }
    }
    map(vm, v, ascii, |all, i, inside, out| {
        if std::mem::replace(inside, u::is_cased(all[i])) {
            u::push_lower(out, all, i);
        } else {
            u::push_title(out, all[i]);
        }
    })
}

/// Whether every character is such; `empty` is the answer where there is none.
/// Bytes that are gone through at once.
const SHORT: usize = 256;

fn all(vm: &mut Vm, v: Value, empty: bool, f: fn(u32) -> bool) -> R {
    let s = this(vm, v)?;
    if s.get(vm).len == 0 {
        return Ok(Value::bool(empty));
    }
    // A word has no need of looks at the limits.
    let text = s.get(vm).as_bytes();
    if text.len() <= SHORT && s.get(vm).is_ascii() {
        return Ok(Value::bool(text.iter().all(|c| f(*c as u32))));
    }
    let every = vm.working(|vm| steps(vm, code_points(s.get(vm).as_bytes())).all(f))?;
    Ok(Value::bool(every))
}

pub fn isalnum(vm: &mut Vm, v: Value) -> R {
    all(vm, v, false, u::is_alnum)
}
pub fn isalpha(vm: &mut Vm, v: Value) -> R {
    all(vm, v, false, u::is_alpha)
}
pub fn isdecimal(vm: &mut Vm, v: Value) -> R {
    all(vm, v, false, |c| u::decimal(c).is_some())
}
pub fn isdigit(vm: &mut Vm, v: Value) -> R {
    all(vm, v, false, u::is_digit)
}
pub fn isnumeric(vm: &mut Vm, v: Value) -> R {
    all(vm, v, false, u::is_numeric)
}
pub fn isspace(vm: &mut Vm, v: Value) -> R {
    all(vm, v, false, u::is_space)
}
pub fn isprintable(vm: &mut Vm, v: Value) -> R {
    all(vm, v, true, u::is_printable)
}
pub fn isascii(vm: &mut Vm, v: Value) -> R {
    let s = this(vm, v)?;
    Ok(Value::bool(s.get(vm).is_ascii()))
}
pub fn isidentifier(vm: &mut Vm, v: Value) -> R {
    let s = this(vm, v)?;
    let is = vm.working(|vm| {
        let mut it = steps(vm, code_points(s.get(vm).as_bytes()));
        it.next().is_some_and(u::is_id_start) && it.all(u::is_id_continue)
    })?;
    Ok(Value::bool(is))
}
/// Whether the text is an identifier.
pub fn is_identifier(text: &[u8]) -> bool {
    let mut it = code_points(text);
    it.next().is_some_and(u::is_id_start) && it.all(u::is_id_continue)
}

/// Whether a character is `wanted` and none is `refused`.
fn some_and_none(vm: &mut Vm, v: Value, wanted: fn(u32) -> bool, refused: fn(u32) -> bool) -> R {
    let s = this(vm, v)?;
    let is = vm.working(|vm| {
        let mut some = false;
        for c in steps(vm, code_points(s.get(vm).as_bytes())) {
            if refused(c) {
                return false;
            }
            some |= wanted(c);
        }
        some
    })?;
    Ok(Value::bool(is))
}
pub fn islower(vm: &mut Vm, v: Value) -> R {
    some_and_none(vm, v, u::is_lower, |c| u::is_upper(c) || u::is_title(c))
}
pub fn isupper(vm: &mut Vm, v: Value) -> R {
    some_and_none(vm, v, u::is_upper, |c| u::is_lower(c) || u::is_title(c))
}
pub fn istitle(vm: &mut Vm, v: Value) -> R {
    let s = this(vm, v)?;
    let is = vm.working(|vm| {
        let (mut cased, mut inside) = (false, false);
        for c in steps(vm, code_points(s.get(vm).as_bytes())) {
            let starts = u::is_upper(c) || u::is_title(c);
            let goes_on = u::is_lower(c);
            if starts && inside || goes_on && !inside {
                return false;
            }
            inside = starts || goes_on;
            cased |= inside;
        }
        cased
    })?;
    Ok(Value::bool(is))
}
