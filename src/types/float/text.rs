//! Floats to text and back.

use super::super::int::big::room_bytes;
use super::super::int::parse::{quote, quoted_bound, text_of, trim};
use crate::object::{ClassId, Value};
use crate::types::bytes::ops as bytes;
use crate::types::str::ops as strs;
use crate::vm::{Raised, Vm};

/// No double has more digits than this after its point (or in front of it).
const MOST_DIGITS: usize = 1100;

/// `|f|` with `prec` digits after the point.
pub fn fixed(f: f64, prec: usize) -> String {
    let f = f.abs();
    let p = prec.min(MOST_DIGITS);
    let mut s = format!("{f:.p$}");
    s.extend(std::iter::repeat_n('0', prec - p));
    s
}

/// Decimal digits and the place of the point: `0.d1d2d3… × 10**point`.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

fn from_exponential(s: &str) -> Decimal {
    let (m, e) = s.split_once('e').unwrap_or((s, "0"));
    Decimal {
        digits: m.bytes().filter(u8::is_ascii_digit).collect(),
        point: e.parse::<i32>().unwrap_or(0) + 1,
    }
}

/// The shortest digits that read back as `f`, finite and not negative.
fn shortest(f: f64) -> Decimal {
    if f == 0.0 {
        return Decimal {
            digits: vec![b'0'],
            point: 1,
        };
    }
    let mut buf = zmij::Buffer::new();
    let s = buf.format_finite(f);
    let (m, e) = match s.split_once(['e', 'E']) {
        Some((m, e)) => (m, e.parse::<i32>().unwrap_or(0)),
        None => (s, 0),
    };
    let (int, frac) = m.split_once('.').unwrap_or((m, ""));
    let mut digits: Vec<u8> = int.bytes().chain(frac.bytes()).collect();
    let mut point = int.len() as i32 + e;
    let zeros = digits.iter().take_while(|&&d| d == b'0').count();
    digits.drain(..zeros);
    point -= zeros as i32;
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    Decimal { digits, point }
}

/// `n` significant digits, correctly rounded.
fn significant(f: f64, n: usize) -> Decimal {
    let p = (n - 1).min(MOST_DIGITS);
    let mut d = from_exponential(&format!("{f:.p$e}"));
    d.digits.resize(n, b'0');
    d
}

/// How a float becomes text: C's `e`, `f`, `g`, or `r` for the shortest form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    Exp,
    Fixed,
    General,
    Repr,
}

/// What else there is to know.
#[derive(Clone, Copy, Default, Debug)]
pub struct Flags {
    /// Write `+` before a positive number.
    pub sign: bool,
    /// `.0` after a number that would look like an int.
    pub dot_zero: bool,
    /// `#`: keep the point and the zeros.
    pub alternate: bool,
    pub upper: bool,
}

/// Appends `f` in the given style. `prec` is ignored by `Repr`.
pub fn write(f: f64, style: Style, prec: usize, flags: Flags, out: &mut Vec<u8>) {
    if f.is_nan() || (f < 0.0 || f == 0.0 && f.is_sign_negative()) {
        if !f.is_nan() {
            out.push(b'-');
        } else if flags.sign {
            out.push(b'+');
        }
    } else if flags.sign {
        out.push(b'+');
    }
    if !f.is_finite() {
        let s: &[u8; 3] = match (f.is_nan(), flags.upper) {
            (true, false) => b"nan",
            (true, true) => b"NAN",
            (false, false) => b"inf",
            (false, true) => b"INF",
        };
        out.extend_from_slice(s);
        return;
    }
    let f = f.abs();
    let (d, exponent, upto) = match style {
        Style::Fixed => {
            out.extend_from_slice(fixed(f, prec).as_bytes());
            if prec == 0 && flags.alternate {
                out.push(b'.');
            } else if prec == 0 && flags.dot_zero {
                out.extend_from_slice(b".0");
            }
            return;
        }
        Style::Exp => {
            let d = significant(f, prec + 1);
            let n = d.digits.len();
            (d, true, n)
        }
        Style::General => {
            let n = prec.max(1);
            let mut d = significant(f, n);
            if !flags.alternate {
                while d.digits.len() > 1 && d.digits.last() == Some(&b'0') {
                    d.digits.pop();
                }
            }
            let most = n as i64 - flags.dot_zero as i64;
            let exp = d.point <= -4 || d.point as i64 > most;
            let upto = if flags.alternate { n } else { d.digits.len() };
            (d, exp, upto)
        }
        Style::Repr => {
            let d = shortest(f);
            let exp = d.point <= -4 || d.point > 16;
            let n = d.digits.len();
            (d, exp, n)
        }
    };
    let digit = |i: usize| d.digits.get(i).copied().unwrap_or(b'0');
    if exponent {
        out.push(digit(0));
        if upto > 1 || flags.alternate {
            out.push(b'.');
            out.extend((1..upto).map(digit));
        }
        out.push(if flags.upper { b'E' } else { b'e' });
        let e = d.point - 1;
        out.extend_from_slice(
            format!("{}{:02}", if e < 0 { '-' } else { '+' }, e.unsigned_abs()).as_bytes(),
        );
        return;
    }
    if d.point <= 0 {
        out.extend_from_slice(b"0.");
        out.extend(std::iter::repeat_n(b'0', -d.point as usize));
        out.extend((0..upto).map(digit));
        return;
    }
    let point = d.point as usize;
    out.extend((0..point).map(digit));
    if upto > point {
        out.push(b'.');
        out.extend((point..upto).map(digit));
    } else if flags.dot_zero {
        out.extend_from_slice(b".0");
    } else if flags.alternate {
        out.push(b'.');
    }
}

/// `repr(f)`
pub fn repr(f: f64, out: &mut Vec<u8>) {
    let flags = Flags {
        dot_zero: true,
        ..Flags::default()
    };
    write(f, Style::Repr, 0, flags, out);
}

/// `float.hex`
pub fn hex(f: f64) -> String {
    let sign = if f.is_sign_negative() && !f.is_nan() {
        "-"
    } else {
        ""
    };
    if !f.is_finite() {
        let mut out = Vec::new();
        repr(f, &mut out);
        return String::from_utf8_lossy(&out).into_owned();
    }
    if f == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = f.to_bits();
    let (e, m) = ((bits >> 52 & 0x7FF) as i32, bits & ((1 << 52) - 1));
    // A subnormal number has no leading one.
    let (lead, e) = if e == 0 { (0, -1022) } else { (1, e - 1023) };
    format!("{sign}0x{lead}.{m:013x}p{e:+}")
}

/// A float as Python spells it, without blanks around it.
pub fn parse_ascii(b: &[u8]) -> Option<f64> {
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
    let (sign, body) = match clean.split_first() {
        Some((b'-', rest)) => (-1.0, rest),
        Some((b'+', rest)) => (1.0, rest),
        _ => (1.0, &clean[..]),
    };
    let lower = body.to_ascii_lowercase();
    match &lower[..] {
        b"inf" | b"infinity" => return Some(sign * f64::INFINITY),
        b"nan" => return Some(f64::NAN.copysign(sign)),
        _ => (),
    }
    // digits [. digits] [e [sign] digits], with a digit on one side of the point.
    let (mantissa, exponent) = match lower.iter().position(|&c| c == b'e') {
        Some(i) => (&lower[..i], Some(&lower[i + 1..])),
        None => (&lower[..], None),
    };
    if let Some(e) = exponent {
        let e = match e.split_first() {
            Some((b'+' | b'-', rest)) => rest,
            _ => e,
        };
        if e.is_empty() || !e.iter().all(u8::is_ascii_digit) {
            return None;
        }
    }
    let points = mantissa.iter().filter(|&&c| c == b'.').count();
    let digits = mantissa.iter().filter(|c| c.is_ascii_digit()).count();
    if points > 1 || digits == 0 || points + digits != mantissa.len() {
        return None;
    }
    let f: f64 = std::str::from_utf8(&lower).ok()?.parse().ok()?;
    Some(sign * f)
}

/// `float(given)`, whose characters are those of `text`; ValueError quotes it.
pub fn parse(vm: &mut Vm, text: Value, given: Value) -> Result<f64, Raised> {
    let Some(bytes) = strs::bytes(vm, text).or_else(|| bytes::get(vm, text)) else {
        return Err(vm.raise(ClassId::SystemError, "bad argument to float()"));
    };
    // The text once more, without underscores, in lower case; or quoted.
    let n = bytes.len();
    room_bytes(vm, n.saturating_mul(4))?;
    let (found, blank) = vm.working(|vm| {
        let ascii = text_of(vm, text);
        let trimmed = trim(vm, &ascii);
        (parse_ascii(trimmed), trimmed.is_empty())
    })?;
    if let Some(f) = found {
        return Ok(f);
    }
    room_bytes(vm, quoted_bound(n))?;
    let bytes = strs::bytes(vm, text).or_else(|| bytes::get(vm, text));
    let bytes = bytes.unwrap_or_default();
    let mut msg = b"could not convert string to float: ".to_vec();
    if blank {
        // Of nothing but blanks nothing is left to quote.
        msg.extend_from_slice(b"''");
    } else if text == given && !given.is_user() {
        quote(vm, text, bytes, &mut msg);
    } else {
        let shown = crate::types::int::parse::shown(vm, given)?;
        // A program says how long that is.
        let shown = vm.copied(|vm| strs::bytes(vm, shown).unwrap_or_default())?;
        vm.extend(&mut msg, &shown)?;
    }
    Err(strs::raise_wtf8(vm, ClassId::ValueError, &msg))
}
