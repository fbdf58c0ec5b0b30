//! Bytes as hexadecimal digits, and back.

use super::methods::this;
use super::ops;
use super::split::is_space;
use crate::object::{Args, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::args;
use crate::types::int::big::room_bytes;
use crate::types::str::ops as strs;
use crate::types::str::search::clinic_name;
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;

/// The separator of `hex`: one ASCII character, as str or bytes.
fn separator(vm: &mut Vm, v: Value) -> Result<u8, Raised> {
    if item::len(vm, v)? != 1 {
        return Err(raise!(vm, ValueError, "sep must be length 1."));
    }
    let b = match (strs::bytes(vm, v), ops::get(vm, v)) {
        (Some(s), _) => s,
        (_, Some(b)) => b,
        (None, None) => return Err(raise!(vm, TypeError, "sep must be str or bytes.")),
    };
    match b {
        &[c] if c < 128 => Ok(c),
        _ => Err(raise!(vm, ValueError, "sep must be ASCII.")),
    }
}

pub fn hex(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let b = this(vm, v)?;
    let [sep, every] = args::parse(vm, "hex", a, ["sep", "bytes_per_sep"], 0, 2)?;
    let every = match every {
        Some(n) => item::as_c_int(vm, n)?,
        None => 1,
    };
    let sep = match sep {
        Some(s) => Some(separator(vm, s)?),
        None => None,
    };
    let n = b.get(vm).len;
    room_bytes(vm, n.saturating_mul(3))?;
    let group = every.unsigned_abs() as usize;
    let out = vm.working(|vm| {
        let mut out = Vec::with_capacity(n.saturating_mul(3));
        for (i, c) in work::steps(vm, b.get(vm).as_bytes().iter().enumerate()) {
            if let Some(sep) = sep
                && group != 0
                && i > 0
            {
                // Groups count from the right, unless the number is negative.
                let at = if every > 0 { n - i } else { i };
                if at.is_multiple_of(group) {
                    out.push(sep);
                }
            }
            for d in [c >> 4, c & 15] {
                out.push(b"0123456789abcdef"[d as usize]);
            }
        }
        out
    })?;
    vm.new_str_wtf8(&out)
}

/// `bytes.fromhex(text)`, for the class that it is called on.
pub fn fromhex_of(vm: &mut Vm, c: Value, text: Value) -> R {
    let made = fromhex(vm, c, text)?;
    match crate::types::class::ops::builtin_of(vm, c) {
        Some(_) => Ok(made),
        None => vm.call(c, crate::object::Args::pos(&[made])),
    }
}
/// The bytes that hexadecimal digits spell.
pub fn fromhex(vm: &mut Vm, _: Value, text: Value) -> R {
    let Some(s) = strs::bytes(vm, text) else {
        let t = clinic_name(vm, text);
        return Err(raise!(
            vm,
            TypeError,
            "fromhex() argument must be str, not {t}"
        ));
    };
    let wrong = |vm: &mut Vm, at: usize| {
        raise!(
            vm,
            ValueError,
            "non-hexadecimal number found in fromhex() arg at position {at}"
        )
    };
    let n = s.len();
    room_bytes(vm, n)?;
    // The bytes, or where there is no digit.
    let read = vm.working(|vm| {
        let s = strs::bytes(vm, text).unwrap_or_default();
        if let Some(at) = work::steps(vm, s).position(|c| *c >= 128) {
            return Err(at);
        }
        let digit = |at: usize| s.get(at).and_then(|c| (*c as char).to_digit(16));
        let mut out = Vec::with_capacity(n / 2);
        let mut at = 0;
        for _ in work::steps(vm, 0..n) {
            match (digit(at), digit(at + 1)) {
                (None, _) if s.get(at).is_none_or(|c| is_space(*c)) => at += 1,
                (Some(high), Some(low)) => {
                    out.push((high << 4 | low) as u8);
                    at += 2;
                }
                (Some(_), None) => return Err(at + 1),
                (None, _) => return Err(at),
            }
        }
        Ok(out)
    })?;
    match read {
        Ok(out) => vm.new_bytes(&out),
        Err(at) => Err(wrong(vm, at)),
    }
}
