//! `float.fromhex`: a hexadecimal text as the nearest float, halves to even.

use crate::object::method::R;
use crate::object::{Args, Kind, Value};
use crate::raise;
use crate::types::class::ops as class;
use crate::vm::Vm;

/// What a text says.
#[derive(Debug, PartialEq)]
enum Parsed {
    Float(f64),
    Invalid,
    TooLarge,
}

/// `float.fromhex(text)`, for the class that it is called on.
///
/// # Errors
/// ValueError for another text; OverflowError.
pub fn from_hex(vm: &mut Vm, c: Value, text: Value) -> R {
    if !text.is_kind(Kind::Str) {
        return Err(raise!(
            vm,
            TypeError,
            "bad argument type for built-in operation"
        ));
    }
    let f = match parse(&vm.text(text)) {
        Parsed::Float(f) => Value::float(f),
        Parsed::Invalid => {
            return Err(raise!(
                vm,
                ValueError,
                "invalid hexadecimal floating-point string"
            ));
        }
        Parsed::TooLarge => {
            return Err(raise!(
                vm,
                OverflowError,
                "hexadecimal value too large to represent as a float"
            ));
        }
    };
    match class::builtin_of(vm, c) {
        Some(_) => Ok(f),
        None => vm.call(c, Args::pos(&[f])),
    }
}

fn parse(text: &str) -> Parsed {
    let blank = |c: char| c.is_ascii_whitespace() || c == '\x0b';
    let text = text.trim_matches(blank);
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let found = match rest.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => Parsed::Float(f64::INFINITY),
        "nan" => Parsed::Float(f64::NAN),
        lower => digits(lower.strip_prefix("0x").unwrap_or(lower)),
    };
    match found {
        Parsed::Float(f) if negative => Parsed::Float(-f),
        other => other,
    }
}

/// `digits[.digits][p[sign]digits]`
fn digits(text: &str) -> Parsed {
    let (mantissa, exponent) = match text.split_once('p') {
        Some((m, e)) => (m, Some(e)),
        None => (text, None),
    };
    let mut exp = match exponent.map(decimal) {
        Some(None) => return Parsed::Invalid,
        Some(Some(e)) => e,
        None => 0,
    };
    // The first 16 digits that count, and whether anything but zeros follows.
    let (mut m, mut sticky, mut any, mut point) = (0u64, false, false, false);
    for b in mantissa.bytes() {
        let d = match char::from(b).to_digit(16) {
            Some(d) => u64::from(d),
            None if b == b'.' && !point => {
                point = true;
                continue;
            }
            None => return Parsed::Invalid,
        };
        any = true;
        if m >> 60 == 0 {
            m = m << 4 | d;
            exp -= 4 * i64::from(point);
        } else {
            sticky |= d != 0;
            exp += 4 * i64::from(!point);
        }
    }
    match any {
        true => nearest(m, sticky, exp),
        false => Parsed::Invalid,
    }
}

/// A decimal exponent; beyond what matters it stays where it is.
fn decimal(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut n = 0i64;
    for b in digits.bytes() {
        if !b.is_ascii_digit() {
            return None;
        }
        n = (n * 10 + i64::from(b - b'0')).min(1 << 56);
    }
    Some(if negative { -n } else { n })
}

/// `m * 2**exp`, a little more if `sticky`.
fn nearest(m: u64, sticky: bool, exp: i64) -> Parsed {
    if m == 0 {
        return Parsed::Float(0.0);
    }
    let bits = i64::from(64 - m.leading_zeros());
    // The value is at least 2**top and below the next power.
    let top = exp.saturating_add(bits - 1);
    if top > 1023 {
        return Parsed::TooLarge;
    }
    if top < -1075 {
        return Parsed::Float(0.0);
    }
    let kept = if top >= -1022 { 53 } else { top + 1075 };
    let drop = (bits - kept).max(0);
    let wide = u128::from(m);
    let mut q = wide >> drop;
    if drop > 0 {
        let (rest, half) = (wide & ((1 << drop) - 1), 1u128 << (drop - 1));
        q += u128::from(rest > half || rest == half && (sticky || q & 1 == 1));
    }
    // Each step is exact: the result is a float.
    let mut f = q as f64;
    let mut left = exp + drop;
    while left != 0 {
        let step = left.clamp(-1000, 1000);
        f *= f64::from_bits(((1023 + step) as u64) << 52);
        left -= step;
    }
    match f.is_infinite() {
        true => Parsed::TooLarge,
        false => Parsed::Float(f),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_even_and_the_ends_are_exact() {
        let f = |t: &str| parse(t);
        assert_eq!(f("0x1.8p1"), Parsed::Float(3.0));
        assert_eq!(f(" -0X.8P+2\n"), Parsed::Float(-2.0));
        assert_eq!(f("0x1.00000000000008p0"), Parsed::Float(1.0));
        assert_eq!(
            f("0x1.000000000000080001p0"),
            Parsed::Float(1.0 + f64::EPSILON)
        );
        assert_eq!(f("0x1p-1074"), Parsed::Float(f64::from_bits(1)));
        assert_eq!(f("0x1p-1075"), Parsed::Float(0.0));
        assert_eq!(f("0x1.1p-1075"), Parsed::Float(f64::from_bits(1)));
        assert_eq!(f("0x1.fffffffffffffp1023"), Parsed::Float(f64::MAX));
        assert_eq!(f("0x1.fffffffffffff8p1023"), Parsed::TooLarge);
        assert_eq!(f("1p99999999999999999999"), Parsed::TooLarge);
        assert_eq!(f("1p-99999999999999999999"), Parsed::Float(0.0));
        for bad in ["", "0x", "0x.p1", "1p", "1..2", "x1", "0xg", "- 1", "infi"] {
            assert_eq!(f(bad), Parsed::Invalid, "{bad}");
        }
    }
}
