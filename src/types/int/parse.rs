//! Ints to text and back, in less than the square of their length, polling.

use super::big::{self, div_rem_abs, mul, room_bytes};
use super::ops::{self, Int};
use crate::object::{ClassId, Kind, Value};
use crate::raise;
use crate::types::bytes::ops as bytes;
use crate::types::str::ops as strs;
use crate::types::str::unicode;
use crate::vm::{Raised, Vm, work};
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{Num, One, Zero};

/// Bits up to which the crate's conversion is used as it is.
const SHORT: u64 = 64 * 64;
/// Digits up to which the crate's parser is used as it is.
const SHORT_DIGITS: usize = 1024;

/// Decimal digits of an int, with its sign.
pub fn to_decimal(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Result<(), Raised> {
    to_radix(vm, v, 10, out)
}

/// Digits of an int in base 2, 8, 10 or 16 (lower case), with its sign and without a prefix.
pub fn to_radix(vm: &mut Vm, v: Value, radix: u32, out: &mut Vec<u8>) -> Result<(), Raised> {
    match ops::get(vm, v) {
        Some(Int::Small(i)) => {
            let mut text = [0; 64];
            let (mut rest, mut at) = (i.unsigned_abs(), text.len());
            loop {
                at -= 1;
                text[at] = b"0123456789abcdef"[(rest % radix as u64) as usize];
                rest /= radix as u64;
                if rest == 0 {
                    break;
                }
            }
            if i < 0 {
                out.push(b'-');
            }
            out.extend_from_slice(&text[at..]);
            Ok(())
        }
        Some(Int::Big(b)) => {
            if b.sign() == Sign::Minus {
                out.push(b'-');
            }
            let bits = b.bits();
            if bits <= SHORT {
                let s = b.magnitude().to_str_radix(radix);
                if radix == 10 {
                    check_text(vm, s.len())?;
                }
                out.extend_from_slice(s.as_bytes());
                return Ok(());
            }
            // Never more digits than bits / 3.33 in truth: what is surely too long is not converted.
            let least = (bits as f64 * 0.301) as usize;
            if radix == 10 && is_too_long(vm, least) {
                return check_text(vm, least);
            }
            // Digits, and in base ten as much again, and what is divided and the powers of ten by which.
            let digits = bits as usize / radix.ilog2().max(1) as usize;
            let parts = if radix == 10 {
                digits + bits as usize / 2
            } else {
                bits as usize / 8
            };
            room_bytes(vm, out.len().saturating_add(digits).saturating_add(parts))?;
            vm.reserve(out, digits + 2)?;
            let m = ops::own(vm, v)?.into_parts().1;
            if radix.is_power_of_two() {
                return shifted(vm, &m, radix.ilog2(), out);
            }
            let start = out.len();
            split_decimal(vm, m, out)?;
            check_text(vm, out.len() - start)
        }
        None => Err(vm.raise(ClassId::SystemError, "bad argument to int conversion")),
    }
}

/// Digits of `bits` bits each.
fn shifted(vm: &mut Vm, m: &BigUint, bits: u32, out: &mut Vec<u8>) -> Result<(), Raised> {
    let start = out.len();
    let (mut rest, mut have) = (0u128, 0);
    let mut put = |d: u128| out.push(b"0123456789abcdef"[d as usize & 15]);
    let mask = (1u128 << bits) - 1;
    for (k, word) in m.iter_u64_digits().enumerate() {
        rest |= (word as u128) << have;
        have += 64;
        while have >= bits {
            put(rest & mask);
            rest >>= bits;
            have -= bits;
        }
        if k & 0x3FF == 0x3FF {
            vm.poll()?;
        }
    }
    put(rest);
    // The least significant came first, and zeros last.
    while out.len() > start + 1 && out.last() == Some(&b'0') {
        out.pop();
    }
    vm.working(|vm| work::reverse(vm, &mut out[start..]))
}

/// ValueError when an int's decimal text would have more digits than `sys.set_int_max_str_digits`
/// allows. Numbers of up to 640 digits are never refused.
fn check_text(vm: &mut Vm, digits: usize) -> Result<(), Raised> {
    let limit = vm.max_str_digits.get();
    if !is_too_long(vm, digits) {
        return Ok(());
    }
    Err(raise!(
        vm,
        ValueError,
        "Exceeds the limit ({limit}) for integer string conversion; \
         use sys.set_int_max_str_digits() to increase the limit"
    ))
}

fn is_too_long(vm: &Vm, digits: usize) -> bool {
    let limit = vm.max_str_digits.get() as usize;
    limit != 0 && digits > limit
}

/// Cuts the number in halves by powers of ten until they are short.
fn split_decimal(vm: &mut Vm, m: BigUint, out: &mut Vec<u8>) -> Result<(), Raised> {
    // powers[i] = 10 ** (step << i), the last of them the first beyond the square root.
    const STEP: usize = 1 << 10;
    let mut powers = vec![BigUint::from(10u32).pow(STEP as u32)];
    while let Some(p) = powers.last()
        && p.bits() * 2 <= m.bits() + 64
    {
        let p = BigInt::from(p.clone());
        let square = mul(vm, &p, &p)?;
        powers.push(square.magnitude().clone());
    }
    let width = STEP << powers.len();
    let mut digits = Vec::new();
    halves(vm, m, &powers, width, &mut digits)?;
    let start = digits
        .iter()
        .position(|&d| d != b'0')
        .unwrap_or(digits.len());
    out.extend_from_slice(&digits[start..]);
    Ok(())
}

/// Exactly `width` digits of `m`, which has no more of them.
fn halves(
    vm: &mut Vm,
    m: BigUint,
    powers: &[BigUint],
    width: usize,
    out: &mut Vec<u8>,
) -> Result<(), Raised> {
    match powers.split_last() {
        Some((p, rest)) if !m.is_zero() => {
            vm.poll()?;
            let (hi, lo) = div_rem_abs(vm, &m, p)?;
            drop(m);
            halves(vm, hi, rest, width / 2, out)?;
            halves(vm, lo, rest, width / 2, out)
        }
        _ => {
            let s = m.to_str_radix(10);
            let s = if m.is_zero() { "" } else { &s };
            out.resize(out.len() + width.saturating_sub(s.len()), b'0');
            out.extend_from_slice(s.as_bytes());
            Ok(())
        }
    }
}

/// Text as ASCII: decimal digits of any script as digits, whitespace as blanks, the rest as `?`.
pub fn to_ascii(b: &[u8]) -> Vec<u8> {
    if b.is_ascii() {
        return b.to_vec();
    }
    crate::code::wtf8::code_points(b).map(ascii_of).collect()
}
fn ascii_of(c: u32) -> u8 {
    match unicode::decimal(c) {
        Some(d) => b'0' + d,
        None if c < 128 => c as u8,
        None if unicode::is_space(c) => b' ',
        None => b'?',
    }
}

/// Without blanks at its ends; it may give up.
pub fn trim<'b>(vm: &Vm, b: &'b [u8]) -> &'b [u8] {
    let space = |c: &u8| matches!(c, b' ' | 9..=13);
    let skip = |c: &&u8| space(c);
    let from = work::steps(vm, b).take_while(skip).count();
    let b = &b[from..];
    let gone = work::steps(vm, b.iter().rev()).take_while(skip).count();
    &b[..b.len() - gone]
}

/// The digits without underscores, each as its value, if they are spelled as Python wants them.
fn clean_digits(vm: &Vm, b: &[u8], base: u32) -> Option<Vec<u8>> {
    let mut digits = Vec::with_capacity(b.len());
    let mut after_digit = false;
    for &c in work::steps(vm, b) {
        if c == b'_' {
            if !after_digit {
                return None;
            }
            after_digit = false;
        } else {
            let d = (c as char).to_digit(36).filter(|&d| d < base)?;
            digits.push(d as u8);
            after_digit = true;
        }
    }
    after_digit.then_some(digits)
}

/// A number that is spelled in nothing but a sign and a few digits.
fn plain(b: &[u8]) -> Option<i64> {
    let (negative, digits) = match b {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    let short = !digits.is_empty() && digits.len() <= 18;
    if !short || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let n = digits.iter().fold(0, |n, d| n * 10 + (d - b'0') as i64);
    Some(if negative { -n } else { n })
}

/// `int(text, base)`; base 0 means "as a literal". ValueError quotes `text`.
pub fn parse(vm: &mut Vm, text: Value, base: u32) -> Result<Value, Raised> {
    let Some(bytes) = strs::bytes(vm, text).or_else(|| bytes::get(vm, text)) else {
        return Err(vm.raise(ClassId::SystemError, "bad argument to int()"));
    };
    if base == 10
        && let Some(n) = plain(bytes)
    {
        return vm.new_int(n);
    }
    if base == 10
        && !text.is_user()
        && let Some(msg) = strs::bytes(vm, text).and_then(plainly_wrong)
    {
        return Err(vm.raise(ClassId::ValueError, msg.text()));
    }
    // The text once more, and its digits.
    let n = bytes.len();
    room_bytes(vm, n.saturating_mul(2))?;
    let spelt = vm.working(|vm| split(vm, &text_of(vm, text), base))?;
    match spelt {
        Some((negative, base, digits)) => {
            let limit = vm.max_str_digits.get() as usize;
            if limit != 0 && digits.len() > limit && !base.is_power_of_two() {
                let msg = crate::compile::too_many_digits(limit, digits.len());
                return Err(vm.raise(ClassId::ValueError, &msg));
            }
            let m = from_digits(vm, &digits, base)?;
            let sign = if negative { Sign::Minus } else { Sign::Plus };
            vm.new_bigint(BigInt::from_biguint(sign, m))
        }
        None => {
            room_bytes(vm, quoted_bound(n))?;
            // A str of a derived class shows itself.
            let own = match text.is_user() && text.is_kind(Kind::Str) {
                true => Some(shown(vm, text)?),
                false => None,
            };
            let mut msg = format!("invalid literal for int() with base {base}: ").into_bytes();
            let mut quoted = Vec::new();
            match own.and_then(|r| strs::bytes(vm, r)) {
                Some(r) => quoted.extend_from_slice(&r[..strs::byte_of_char(r, 200)]),
                None => {
                    let bytes = strs::bytes(vm, text).or_else(|| bytes::get(vm, text));
                    quote(vm, text, bytes.unwrap_or_default(), &mut quoted);
                }
            }
            let end = strs::byte_of_char(&quoted, 200);
            msg.extend_from_slice(&quoted[..end]);
            Err(strs::raise_wtf8(vm, ClassId::ValueError, &msg))
        }
    }
}

/// The `repr` of what a ValueError is to quote. Where that fails, the ValueError says nothing instead.
///
/// # Errors
/// That; what is no `Exception`.
pub fn shown(vm: &mut Vm, v: Value) -> Result<Value, Raised> {
    match crate::protocol::repr::repr(vm, v) {
        Err(r) => {
            vm.catch(r, ClassId::Exception)?;
            Err(vm.raise(ClassId::ValueError, ""))
        }
        shown => shown,
    }
}

/// Bytes of a text that is told apart at once.
const QUICK: usize = 40;
const WRONG: &str = "invalid literal for int() with base 10: '";
/// What a ValueError says, made without a buffer.
struct Wrong {
    bytes: [u8; WRONG.len() + QUICK + 1],
    len: usize,
}
impl Wrong {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or(WRONG)
    }
}

/// The error of a short text that does not begin as an int does, and whose characters stand for themselves in its
/// `repr`: what programs that try `int()` to tell numbers from words come by all the time.
fn plainly_wrong(text: &[u8]) -> Option<Wrong> {
    let shown = |c: &u8| matches!(c, b' '..=b'~') && !matches!(c, b'\'' | b'\\');
    if text.len() > QUICK || !text.iter().all(shown) {
        return None;
    }
    let rest = text.trim_ascii_start();
    let rest = match rest {
        [b'+' | b'-', rest @ ..] => rest,
        _ => rest,
    };
    if rest.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let mut w = Wrong {
        bytes: [b'\''; WRONG.len() + QUICK + 1],
        len: WRONG.len() + text.len() + 1,
    };
    w.bytes[..WRONG.len()].copy_from_slice(WRONG.as_bytes());
    w.bytes[WRONG.len()..][..text.len()].copy_from_slice(text);
    Some(w)
}

/// The text of a str or of a bytes object as ASCII, where it could be a number; it may give up.
pub fn text_of(vm: &Vm, text: Value) -> Vec<u8> {
    if let Some(b) = bytes::get(vm, text) {
        let mut out = Vec::with_capacity(b.len());
        work::append(vm, &mut out, b);
        return out;
    }
    let b = strs::bytes(vm, text).unwrap_or_default();
    if work::is_ascii(vm, b) {
        let mut out = Vec::with_capacity(b.len());
        work::append(vm, &mut out, b);
        return out;
    }
    work::steps(vm, crate::code::wtf8::code_points(b))
        .map(ascii_of)
        .collect()
}
/// Bytes that the `repr` of so many may take, while it grows.
pub fn quoted_bound(n: usize) -> usize {
    n.saturating_mul(12)
}
/// Appends the `repr` of the str or bytes object.
pub fn quote(vm: &Vm, text: Value, bytes: &[u8], out: &mut Vec<u8>) {
    if bytes::get(vm, text).is_some() {
        bytes::quote(bytes, out);
    } else {
        crate::protocol::repr::quote(bytes, out);
    }
}

/// Sign, base and digit values.
fn split(vm: &Vm, ascii: &[u8], mut base: u32) -> Option<(bool, u32, Vec<u8>)> {
    let mut b = trim(vm, ascii);
    let mut negative = false;
    if let Some((&s @ (b'+' | b'-'), rest)) = b.split_first() {
        negative = s == b'-';
        b = rest;
    }
    let prefix = match b {
        [b'0', c, ..] => match c | 0x20 {
            b'x' => 16,
            b'o' => 8,
            b'b' => 2,
            _ => 0,
        },
        _ => 0,
    };
    let as_literal = base == 0;
    if as_literal {
        base = if prefix != 0 { prefix } else { 10 };
    }
    if prefix != 0 && prefix == base {
        b = &b[2..];
        if let Some((b'_', rest)) = b.split_first() {
            b = rest;
        }
    } else if as_literal && b.first() == Some(&b'0') {
        // "007" is no literal; "000" is.
        let digits = clean_digits(vm, b, 10)?;
        return digits
            .iter()
            .all(|&d| d == 0)
            .then_some((negative, 10, digits));
    }
    Some((negative, base, clean_digits(vm, b, base)?))
}

/// The number that digits (by value, most significant first) stand for.
fn from_digits(vm: &mut Vm, digits: &[u8], base: u32) -> Result<BigUint, Raised> {
    if digits.len() <= 18 && base <= 10 {
        let n = digits.iter().fold(0u64, |n, &d| n * base as u64 + d as u64);
        return Ok(BigUint::from(n));
    }
    big::room(vm, digits.len() as u64 * (base.ilog2() as u64 + 1))?;
    if digits.len() <= SHORT_DIGITS {
        return Ok(short(digits, base));
    }
    if base.is_power_of_two() {
        return vm.working(|vm| shifted_in(vm, digits, base.ilog2()));
    }
    // Values of runs of digits, then of pairs of runs, and so on.
    let mut parts: Vec<BigUint> = Vec::new();
    for c in digits.rchunks(SHORT_DIGITS) {
        vm.poll()?;
        parts.push(short(c, base));
    }
    let mut power = BigInt::from(BigUint::from(base).pow(SHORT_DIGITS as u32));
    while parts.len() > 1 {
        let mut joined = Vec::with_capacity(parts.len().div_ceil(2));
        let mut it = parts.into_iter();
        while let Some(lo) = it.next() {
            vm.poll()?;
            joined.push(match it.next() {
                Some(hi) => {
                    let hi = mul(vm, &BigInt::from(hi), &power)?;
                    hi.magnitude() + lo
                }
                None => lo,
            });
        }
        parts = joined;
        if parts.len() > 1 {
            power = mul(vm, &power, &power)?;
        }
    }
    Ok(parts.pop().unwrap_or_default())
}

/// The number that digits of `bits` bits each stand for; it may give up.
fn shifted_in(vm: &Vm, digits: &[u8], bits: u32) -> BigUint {
    let mut words = Vec::with_capacity(digits.len() * bits as usize / 32 + 1);
    let (mut rest, mut have) = (0u64, 0);
    for d in work::steps(vm, digits.iter().rev()) {
        rest |= (*d as u64) << have;
        have += bits;
        if have >= 32 {
            words.push(rest as u32);
            rest >>= 32;
            have -= 32;
        }
    }
    words.push(rest as u32);
    BigUint::new(words)
}

fn short(digits: &[u8], base: u32) -> BigUint {
    // The radices that are powers of two up to 256 are what `from_radix_be` takes, and the others too.
    BigUint::from_radix_be(digits, base).unwrap_or_else(|| {
        digits.iter().fold(BigUint::zero(), |n, &d| {
            n * BigUint::from(base) + BigUint::one() * BigUint::from(d)
        })
    })
}

/// The int that decimal text (digits only, perhaps a sign) stands for.
pub fn from_plain(s: &str) -> BigInt {
    BigInt::from_str_radix(s, 10).unwrap_or_default()
}
