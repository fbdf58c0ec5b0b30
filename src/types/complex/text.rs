//! Complex numbers to text and back.

use crate::object::{ClassId, Value};
use crate::types::float::text::{Flags, Style, parse_ascii, write};
use crate::types::int::big::room_bytes;
use crate::types::int::parse::{quoted_bound, to_ascii};
use crate::types::str::ops as strs;
use crate::vm::{Raised, Vm};

use super::ops::Complex;

/// Appends `repr(c)`. A real part of +0 is left out, and then the parentheses too.
pub fn repr(c: Complex, out: &mut Vec<u8>) {
    let imaginary = c.re == 0.0 && c.re.is_sign_positive();
    let plain = Flags::default();
    if imaginary {
        write(c.im, Style::Repr, 0, plain, out);
        out.push(b'j');
        return;
    }
    out.push(b'(');
    write(c.re, Style::Repr, 0, plain, out);
    let signed = Flags {
        sign: true,
        ..plain
    };
    write(c.im, Style::Repr, 0, signed, out);
    out.extend_from_slice(b"j)");
}

/// The float at the start of the text, and what follows it.
fn prefix(b: &[u8]) -> Option<(f64, &[u8])> {
    let sign = matches!(b.first(), Some(b'+' | b'-')) as usize;
    let body = &b[sign..];
    let word = |w: &[u8]| body.len() >= w.len() && body[..w.len()].eq_ignore_ascii_case(w);
    let n = if word(b"infinity") {
        8
    } else if word(b"inf") || word(b"nan") {
        3
    } else {
        let digits = |at: usize| {
            let run = body[at..].iter().take_while(|c| c.is_ascii_digit());
            run.count()
        };
        let whole = digits(0);
        let mut n = whole;
        let mut any = whole > 0;
        if body.get(n) == Some(&b'.') {
            let fraction = digits(n + 1);
            any |= fraction > 0;
            n += 1 + fraction;
        }
        if !any {
            return None;
        }
        if matches!(body.get(n), Some(b'e' | b'E')) {
            let signed = matches!(body.get(n + 1), Some(b'+' | b'-')) as usize;
            let exponent = digits(n + 1 + signed);
            if exponent > 0 {
                n += 1 + signed + exponent;
            }
        }
        n
    };
    let (number, rest) = b.split_at(sign + n);
    Some((parse_ascii(number)?, rest))
}

fn trim(b: &[u8]) -> &[u8] {
    let space = |c: &u8| matches!(c, b' ' | 9..=13);
    let start = b.iter().position(|c| !space(c)).unwrap_or(b.len());
    let end = b.iter().rposition(|c| !space(c)).map_or(start, |i| i + 1);
    &b[start..end]
}

/// The text less its underscores, each of which must stand between digits.
fn without_underscores(b: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::with_capacity(b.len());
    for (i, &c) in b.iter().enumerate() {
        if c == b'_' {
            let digit = |j: Option<usize>| j.and_then(|j| b.get(j)).is_some_and(u8::is_ascii_digit);
            if !digit(i.checked_sub(1)) || !digit(Some(i + 1)) {
                return None;
            }
        } else {
            clean.push(c);
        }
    }
    Some(clean)
}

/// A complex number as Python spells it.
fn parse_text(b: &[u8]) -> Option<Complex> {
    let mut s = trim(b);
    if let Some(inner) = s.strip_prefix(b"(") {
        s = trim(inner.strip_suffix(b")")?);
    }
    let unit = |s: &[u8]| match s {
        [b'j' | b'J'] => Some(1.0),
        [b'+', b'j' | b'J'] => Some(1.0),
        [b'-', b'j' | b'J'] => Some(-1.0),
        _ => None,
    };
    let Some((x, rest)) = prefix(s) else {
        return unit(s).map(|im| Complex { re: 0.0, im });
    };
    let (re, im) = match rest {
        [] => (x, 0.0),
        [b'j' | b'J'] => (0.0, x),
        [b'+' | b'-', ..] => match (prefix(rest), unit(rest)) {
            (Some((y, [b'j' | b'J'])), _) => (x, y),
            (_, Some(y)) => (x, y),
            _ => return None,
        },
        _ => return None,
    };
    Some(Complex { re, im })
}

/// `complex(text)`
///
/// # Errors
/// ValueError.
pub fn parse(vm: &mut Vm, text: Value) -> Result<Complex, Raised> {
    // The text once more, and without underscores, or quoted.
    let n = strs::bytes(vm, text).map_or(0, <[u8]>::len);
    room_bytes(vm, quoted_bound(n))?;
    let b = to_ascii(strs::bytes(vm, text).unwrap_or_default());
    let c = match without_underscores(&b) {
        Some(clean) => parse_text(&clean),
        None => {
            let mut msg = b"could not convert string to complex: ".to_vec();
            let text = strs::bytes(vm, text).unwrap_or_default();
            crate::protocol::repr::quote(text, &mut msg);
            return Err(strs::raise_wtf8(vm, ClassId::ValueError, &msg));
        }
    };
    match c {
        Some(c) => Ok(c),
        None => Err(vm.raise(ClassId::ValueError, "complex() arg is a malformed string")),
    }
}
