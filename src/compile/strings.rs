//! Escapes of string literals that ruff's tree cannot hold, and big number literals.

use crate::code::wtf8::Wtf8Buf;
use num_bigint::BigInt;

/// Decodes the inside of a string literal that is not raw; lone surrogates stay.
/// With `braces`, doubled braces are one (the text is a piece of an f-string).
pub fn decode(text: &str, braces: bool) -> Wtf8Buf {
    let mut out = Wtf8Buf::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if braces && (c == '{' || c == '}') && rest.starts_with(c) {
            rest = &rest[1..];
        }
        if c != '\\' {
            out.push_code_point(c as u32);
            continue;
        }
        let Some(e) = rest.chars().next() else {
            out.push_code_point('\\' as u32);
            break;
        };
        let after = &rest[e.len_utf8()..];
        let simple = match e {
            '\n' => {
                rest = after;
                continue;
            }
            '\\' | '\'' | '"' => Some(e as u32),
            'a' => Some(7),
            'b' => Some(8),
            'f' => Some(12),
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            'v' => Some(11),
            _ => None,
        };
        if let Some(c) = simple {
            out.push_code_point(c);
            rest = after;
            continue;
        }
        let (digits, radix) = match e {
            'x' => (2, 16),
            'u' => (4, 16),
            'U' => (8, 16),
            '0'..='7' => {
                let n = rest
                    .bytes()
                    .take(3)
                    .take_while(|b| (b'0'..=b'7').contains(b))
                    .count();
                (n, 8)
            }
            'N' => {
                if let Some(end) = after.find('}') {
                    out.push_str(&named(&after[..=end]));
                    rest = &after[end + 1..];
                    continue;
                }
                (0, 0)
            }
            _ => (0, 0),
        };
        let from = if radix == 8 { rest } else { after };
        match from
            .get(..digits)
            .map(|d| u32::from_str_radix(d, radix.max(2)))
        {
            Some(Ok(c)) if c <= 0x10FFFF => {
                out.push_code_point(c);
                rest = &from[digits..];
            }
            // An escape Python does not know keeps its backslash.
            _ => out.push_code_point('\\' as u32),
        }
    }
    out
}

/// `{NAME}` of a `\N{NAME}`: the parser knows the names.
fn named(name: &str) -> String {
    let quoted = format!("'\\N{name}'");
    match ruff_python_parser::parse_expression(&quoted) {
        Ok(p) => match p.expr() {
            ruff_python_ast::Expr::StringLiteral(s) => s.value.to_str().to_owned(),
            _ => String::new(),
        },
        Err(_) => String::new(),
    }
}

/// Digits of a decimal literal; 0 for one of another base.
pub fn decimal_digits(text: &str) -> usize {
    if text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return 0;
    }
    text.bytes().filter(|b| *b != b'_').count()
}

/// What CPython says of text with more decimal digits than its limit.
pub fn too_many_digits(limit: usize, digits: usize) -> String {
    format!(
        "Exceeds the limit ({limit}) for integer string conversion: value has {digits} digits; \
         use sys.set_int_max_str_digits() to increase the limit"
    )
}

/// An integer literal, underscores and prefix included. Long decimals are split in halves,
/// so that a million digits do not take quadratic time.
pub fn parse_int(text: &str) -> Option<BigInt> {
    let digits: String = text.chars().filter(|&c| c != '_').collect();
    let lower = digits.to_ascii_lowercase();
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(d) = lower.strip_prefix(prefix) {
            return BigInt::parse_bytes(d.as_bytes(), radix);
        }
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.is_empty() {
        return None;
    }
    Some(decimal(&digits, &mut Vec::new()))
}

/// `powers[k]` is 10 ** (LEAF << k).
fn decimal(d: &str, powers: &mut Vec<BigInt>) -> BigInt {
    const LEAF: usize = 512;
    if d.len() <= LEAF {
        return BigInt::parse_bytes(d.as_bytes(), 10).unwrap_or_default();
    }
    let mut k = 0;
    while LEAF << (k + 1) < d.len() {
        k += 1;
    }
    while powers.len() <= k {
        let next = match powers.last() {
            Some(p) => p * p,
            None => BigInt::from(10).pow(LEAF as u32),
        };
        powers.push(next);
    }
    let (high, low) = d.split_at(d.len() - (LEAF << k));
    let high = decimal(high, powers);
    let low = decimal(low, powers);
    high * &powers[k] + low
}
