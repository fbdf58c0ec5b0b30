//! Case, and the questions about characters.

use super::adjust::this;
use super::ops as strs;
use super::unicode as u;
use crate::code::wtf8::{code_points, push_code_point};
use crate::object::Value;
use crate::types::int::big::room_bytes;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// A new string from all code points of the receiver; ASCII text maps byte by byte instead.
fn map(vm: &mut Vm, v: Value, ascii: fn(&mut [u8]), f: fn(&[u32], &mut Vec<u8>)) -> R {
    let s = this(vm, v)?;
    let o = s.get(vm);
    let (len, chars, is_ascii) = (o.len, o.chars, o.is_ascii());
    if is_ascii {
        return strs::build(vm, len, len, true, |vm, t| {
            t.copy_from_slice(s.get(vm).as_bytes());
            ascii(t);
        });
    }
    room_bytes(vm, chars * 4 + len * 2)?;
    let all: Vec<u32> = code_points(s.get(vm).as_bytes()).collect();
    let mut out = Vec::with_capacity(len + 16);
    f(&all, &mut out);
    vm.new_str_wtf8(&out)
}

pub fn upper(vm: &mut Vm, v: Value) -> R {
    map(vm, v, <[u8]>::make_ascii_uppercase, |all, out| {
        for &c in all {
            u::push_upper(out, c);
        }
    })
}
pub fn lower(vm: &mut Vm, v: Value) -> R {
    map(vm, v, <[u8]>::make_ascii_lowercase, |all, out| {
        for i in 0..all.len() {
            u::push_lower(out, all, i);
        }
    })
}
pub fn casefold(vm: &mut Vm, v: Value) -> R {
    map(vm, v, <[u8]>::make_ascii_lowercase, |all, out| {
        for &c in all {
            u::push_fold(out, c);
        }
    })
}
pub fn swapcase(vm: &mut Vm, v: Value) -> R {
    fn ascii(b: &mut [u8]) {
        for c in b {
            if c.is_ascii_alphabetic() {
                *c ^= 0x20;
            }
        }
    }
    map(vm, v, ascii, |all, out| {
        for (i, &c) in all.iter().enumerate() {
            if u::is_upper(c) {
                u::push_lower(out, all, i);
            } else if u::is_lower(c) {
                u::push_upper(out, c);
            } else {
                push_code_point(out, c);
            }
        }
    })
}
pub fn capitalize(vm: &mut Vm, v: Value) -> R {
    fn ascii(b: &mut [u8]) {
        b.make_ascii_lowercase();
        if let Some(c) = b.first_mut() {
            c.make_ascii_uppercase();
        }
    }
    map(vm, v, ascii, |all, out| {
        for (i, &c) in all.iter().enumerate() {
            if i == 0 {
                u::push_title(out, c);
            } else {
                u::push_lower(out, all, i);
            }
        }
    })
}
pub fn title(vm: &mut Vm, v: Value) -> R {
    fn ascii(b: &mut [u8]) {
        let mut inside = false;
        for c in b {
            if inside {
                c.make_ascii_lowercase();
            } else {
                c.make_ascii_uppercase();
            }
            inside = c.is_ascii_alphabetic();
        }
    }
    map(vm, v, ascii, |all, out| {
        let mut inside = false;
        for (i, &c) in all.iter().enumerate() {
            if inside {
                u::push_lower(out, all, i);
            } else {
                u::push_title(out, c);
            }
            inside = u::is_cased(c);
        }
    })
}

/// Whether every character is such; `empty` is the answer where there is none.
fn all(vm: &mut Vm, v: Value, empty: bool, f: fn(u32) -> bool) -> R {
    let s = this(vm, v)?;
    let b = s.get(vm).as_bytes();
    Ok(Value::bool(if b.is_empty() {
        empty
    } else {
        code_points(b).all(f)
    }))
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
    Ok(Value::bool(is_identifier(s.get(vm).as_bytes())))
}
/// Whether the text is an identifier.
pub fn is_identifier(text: &[u8]) -> bool {
    let mut it = code_points(text);
    it.next().is_some_and(u::is_id_start) && it.all(u::is_id_continue)
}
pub fn islower(vm: &mut Vm, v: Value) -> R {
    let s = this(vm, v)?;
    let mut cased = false;
    for c in code_points(s.get(vm).as_bytes()) {
        if u::is_upper(c) || u::is_title(c) {
            return Ok(Value::FALSE);
        }
        cased |= u::is_lower(c);
    }
    Ok(Value::bool(cased))
}
pub fn isupper(vm: &mut Vm, v: Value) -> R {
    let s = this(vm, v)?;
    let mut cased = false;
    for c in code_points(s.get(vm).as_bytes()) {
        if u::is_lower(c) || u::is_title(c) {
            return Ok(Value::FALSE);
        }
        cased |= u::is_upper(c);
    }
    Ok(Value::bool(cased))
}
pub fn istitle(vm: &mut Vm, v: Value) -> R {
    let s = this(vm, v)?;
    let (mut cased, mut inside) = (false, false);
    for c in code_points(s.get(vm).as_bytes()) {
        let starts = u::is_upper(c) || u::is_title(c);
        let goes_on = u::is_lower(c);
        if starts && inside || goes_on && !inside {
            return Ok(Value::FALSE);
        }
        inside = starts || goes_on;
        cased |= inside;
    }
    Ok(Value::bool(cased))
}
