//! What the bigint crate does not do: memory reserved first, work in pieces with a poll between
//! them, division below the square of the length, exact conversions to and from doubles.

use super::wide;
use crate::vm::{Raised, Vm};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Bits from which on a factor counts as long: its product is made in pieces.
const LONG: u64 = 64 * 4096;
/// Bits of quotient and of divisor from which on recursive division pays and polls.
pub(super) const LONG_DIVISION: u64 = 64 * 128;

/// Makes sure that an int of `bits` bits may be made: MemoryError, not an abort of the process.
pub fn room(vm: &mut Vm, bits: u64) -> Result<(), Raised> {
    room_bytes(vm, usize::try_from(bits / 8).unwrap_or(usize::MAX))
}

/// The same for `n` bytes of any transient memory.
pub fn room_bytes(vm: &mut Vm, n: usize) -> Result<(), Raised> {
    if n < 4096 {
        return Ok(());
    }
    vm.ensure_room(n)
}

/// Whether the product of numbers of these lengths is worth cutting up.
pub fn is_long_product(a: u64, b: u64) -> bool {
    a.max(b) > LONG && a.min(b) > 64 * 64
}

/// Whether a division of numbers of these lengths is worth cutting up.
pub fn is_long_division(a: u64, b: u64) -> bool {
    b > LONG_DIVISION && a > b && a - b > LONG_DIVISION
}

fn low(x: &BigUint, bits: u64) -> BigUint {
    if x.bits() <= bits {
        return x.clone();
    }
    let digits: Vec<u32> = x
        .iter_u32_digits()
        .take(bits.div_ceil(32) as usize)
        .collect();
    let mut x = BigUint::new(digits);
    for b in bits..bits.next_multiple_of(32) {
        x.set_bit(b, false);
    }
    x
}

/// Product, with polls.
pub fn mul(vm: &mut Vm, a: &BigInt, b: &BigInt) -> Result<BigInt, Raised> {
    let (n, m) = (a.bits(), b.bits());
    if !is_long_product(n, m) && wide::is_wide(n.max(m)) {
        let (long, short) = if n < m { (b, a) } else { (a, b) };
        return vm.working(|vm| wide::mul_short(vm, long, short));
    }
    let sign = a.sign() * b.sign();
    Ok(BigInt::from_biguint(
        sign,
        mul_abs(vm, a.magnitude(), b.magnitude())?,
    ))
}

fn mul_abs(vm: &mut Vm, a: &BigUint, b: &BigUint) -> Result<BigUint, Raised> {
    let (n, m) = (a.bits(), b.bits());
    if !is_long_product(n, m) {
        return Ok(a * b);
    }
    vm.poll()?;
    if n < m {
        return mul_abs(vm, b, a);
    }
    let half = (n / 2).next_multiple_of(64);
    let (a0, a1) = (low(a, half), a >> half);
    if m <= half {
        // Unbalanced: two products of the shorter one.
        let hi = mul_abs(vm, &a1, b)?;
        return Ok((hi << half) + mul_abs(vm, &a0, b)?);
    }
    // Karatsuba: three products of half the length.
    let (b0, b1) = (low(b, half), b >> half);
    let lo = mul_abs(vm, &a0, &b0)?;
    let hi = mul_abs(vm, &a1, &b1)?;
    let mid = mul_abs(vm, &(a0 + a1), &(b0 + b1))? - &lo - &hi;
    Ok((hi << (2 * half)) + (mid << half) + lo)
}

/// `x ** n`, with polls.
pub fn pow(vm: &mut Vm, x: BigInt, n: u64) -> Result<BigInt, Raised> {
    let mut r = BigInt::one();
    for i in (0..64 - n.leading_zeros()).rev() {
        r = mul(vm, &r, &r)?;
        if n >> i & 1 == 1 {
            r = mul(vm, &r, &x)?;
        }
    }
    Ok(r)
}

/// `x ** n % m`, with polls; `x` and `m` are not negative, `m` not 0.
pub fn pow_mod(vm: &mut Vm, x: BigInt, n: &BigInt, m: &BigInt) -> Result<BigInt, Raised> {
    if m.bits() * n.bits() < 1 << 20 {
        return Ok(x.modpow(n, m));
    }
    let mut r = BigInt::one();
    for i in (0..n.bits()).rev() {
        vm.poll()?;
        let square = mul(vm, &r, &r)?;
        r = div_mod_floor(vm, &square, m)?.1;
        if n.bit(i) {
            let p = mul(vm, &r, &x)?;
            r = div_mod_floor(vm, &p, m)?.1;
        }
    }
    Ok(r)
}

/// Floor division, with polls; `b` is not 0.
pub fn div_mod_floor(vm: &mut Vm, a: &BigInt, b: &BigInt) -> Result<(BigInt, BigInt), Raised> {
    if !is_long_division(a.bits(), b.bits()) {
        return if wide::is_wide(a.bits()) {
            vm.working(|vm| wide::div_mod_floor(vm, a, b))
        } else {
            Ok(a.div_mod_floor(b))
        };
    }
    let (q, r) = div_rem_abs(vm, a.magnitude(), b.magnitude())?;
    let (q, r) = (BigInt::from(q), BigInt::from(r));
    Ok(match (a.sign() == Sign::Minus, b.sign() == Sign::Minus) {
        (false, false) => (q, r),
        (true, true) => (q, -r),
        (true, false) if r.is_zero() => (-q, r),
        (true, false) => (-q - 1, b - r),
        (false, true) if r.is_zero() => (-q, r),
        (false, true) => (-q - 1, r + b),
    })
}

/// Division of magnitudes: long division with "digits" as long as the divisor, each step of which
/// is the recursive two-by-one division.
pub fn div_rem_abs(vm: &mut Vm, a: &BigUint, b: &BigUint) -> Result<(BigUint, BigUint), Raised> {
    if !is_long_division(a.bits(), b.bits()) {
        return Ok(a.div_rem(b));
    }
    // Round the divisor's length up so that it halves evenly down to a short one, and shift so
    // that its top bit is set.
    let mut pieces = 1u64;
    while b.bits() / pieces > LONG_DIVISION {
        pieces *= 2;
    }
    let n = b.bits().div_ceil(pieces).next_multiple_of(64) * pieces;
    let shift = n - b.bits();
    let (b, a) = (b << shift, a << shift);
    let digits: Vec<u32> = a.iter_u32_digits().collect();
    let per = (n / 32) as usize;
    let mut q = vec![0u32; digits.len().next_multiple_of(per)];
    let mut r = BigUint::zero();
    for (i, digit) in digits.chunks(per).enumerate().rev() {
        vm.poll()?;
        let (qi, ri) = div_2n_1n(vm, (r << n) + BigUint::from_slice(digit), &b, n)?;
        for (to, from) in q[i * per..].iter_mut().zip(qi.iter_u32_digits()) {
            *to = from;
        }
        r = ri;
    }
    let q = BigUint::new(q);
    Ok((q, r >> shift))
}

/// `a / b` where `b` has exactly `n` bits and `a < b << n`.
fn div_2n_1n(vm: &mut Vm, a: BigUint, b: &BigUint, n: u64) -> Result<(BigUint, BigUint), Raised> {
    if !n.is_multiple_of(128) || n <= LONG_DIVISION {
        return Ok(a.div_rem(b));
    }
    vm.poll()?;
    let h = n / 2;
    let (q1, r) = div_3n_2n(vm, &a >> n, low(&(&a >> h), h), b, h)?;
    let (q0, r) = div_3n_2n(vm, r, low(&a, h), b, h)?;
    Ok(((q1 << h) + q0, r))
}

/// `((a_hi << h) + a_lo) / b` where `b` has exactly `2h` bits and the quotient fits `h` bits.
fn div_3n_2n(
    vm: &mut Vm,
    a_hi: BigUint,
    a_lo: BigUint,
    b: &BigUint,
    h: u64,
) -> Result<(BigUint, BigUint), Raised> {
    let (b1, b0) = (b >> h, low(b, h));
    let top = &a_hi >> h;
    let (mut q, r) = if top < b1 {
        div_2n_1n(vm, a_hi, &b1, h)?
    } else {
        // The estimate would need h + 1 bits; the true quotient does not.
        let q = (BigUint::one() << h) - 1u32;
        let r = a_hi + &b1 - (b1.clone() << h);
        (q, r)
    };
    let product = mul_abs(vm, &q, &b0)?;
    let mut r = (r << h) + a_lo;
    // At most two corrections: the estimate left out the divisor's low half.
    while r < product {
        q -= 1u32;
        r += b;
    }
    r -= product;
    Ok((q, r))
}

/// `m * 2**e` for `m` up to 64 bits whose lowest bit may stand for all the bits below it;
/// ties to even; `None` when it overflows.
fn scale(m: u64, e: i64) -> Option<f64> {
    if m == 0 {
        return Some(0.0);
    }
    let bits = 64 - m.leading_zeros() as i64;
    let drop = (bits - 53).max(-1074 - e).max(0);
    let (mut q, e) = (if drop >= 64 { 0 } else { m >> drop }, e + drop);
    if drop > 0 && drop <= 64 {
        let rest = if drop == 64 { m } else { m & ((1 << drop) - 1) };
        let half = 1u64 << (drop - 1);
        if rest > half || (rest == half && q & 1 == 1) {
            q += 1;
        }
    }
    if e > 1023 {
        return None;
    }
    // Exact from here: q has at most 53 bits, and the result is a double or too large.
    let two = |e: i64| f64::from_bits(((e + 1023) as u64) << 52);
    let f = if e < -1022 {
        q as f64 * f64::from_bits(1u64 << (e + 1074))
    } else {
        q as f64 * two(e)
    };
    f.is_finite().then_some(f)
}

/// The top 64 bits, the lowest of them set when anything below them is, and how far they were shifted.
fn top_bits(x: &BigUint) -> (u64, u64) {
    let bits = x.bits();
    if bits <= 64 {
        return (x.to_u64().unwrap_or(0), 0);
    }
    let shift = bits - 64;
    let top = (x >> shift).to_u64().unwrap_or(0);
    let sticky = x.trailing_zeros().is_some_and(|z| z < shift);
    (top | sticky as u64, shift)
}

/// The nearest double, ties to even; `None` when it is too large.
pub fn to_f64(b: &BigInt) -> Option<f64> {
    let (m, e) = top_bits(b.magnitude());
    let f = scale(m, i64::try_from(e).ok()?)?;
    Some(if b.is_negative() { -f } else { f })
}

/// The int a finite double without fraction is.
pub fn from_f64(f: f64) -> BigInt {
    let (m, e) = decompose(f.abs());
    let m = if e >= 0 {
        BigInt::from(m) << e
    } else {
        BigInt::from(m) >> -e
    };
    if f < 0.0 { -m } else { m }
}

/// A finite, not negative double as `m * 2**e`.
pub fn decompose(f: f64) -> (u64, i64) {
    let bits = f.to_bits();
    let (e, m) = ((bits >> 52 & 0x7FF) as i64, bits & ((1 << 52) - 1));
    if e == 0 {
        (m, -1074)
    } else {
        (m | 1 << 52, e - 1075)
    }
}

/// The double nearest to `a / b`; `b` is not 0; `None` when it is too large.
pub fn true_div(a: &BigInt, b: &BigInt) -> Option<f64> {
    let negative = a.is_negative() != b.is_negative();
    let (a, b) = (a.magnitude(), b.magnitude());
    let sign = |f: f64| if negative { -f } else { f };
    if a.is_zero() {
        return Some(sign(0.0));
    }
    let (n, m) = (a.bits() as i64, b.bits() as i64);
    if n - m > 1025 {
        return None;
    }
    if n - m < -1080 {
        return Some(sign(0.0));
    }
    // The quotient gets 55 or 56 bits, fewer where the result is subnormal: at least two more
    // than the double keeps, the lowest of them sticky.
    let shift = (n - m - 55).max(-1076);
    let (q, r) = if shift < 0 {
        (a << -shift).div_rem(b)
    } else {
        a.div_rem(&(b << shift))
    };
    let q = q.to_u64().unwrap_or(u64::MAX) | !r.is_zero() as u64;
    scale(q, shift).map(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_rounds_to_even() {
        assert_eq!(scale(1, -1074), Some(f64::from_bits(1)));
        assert_eq!(scale(1, -1075), Some(0.0));
        assert_eq!(scale(3, -1075), Some(f64::from_bits(2)));
        assert_eq!(scale(1, 1023), Some(2f64.powi(1023)));
        assert_eq!(scale(1, 1024), None);
        assert_eq!(scale(u64::MAX, 960), None);
        assert_eq!(scale((1 << 53) + 1, 0), Some(9007199254740992.0));
        assert_eq!(scale((1 << 53) + 3, 0), Some(9007199254740996.0));
    }
}
