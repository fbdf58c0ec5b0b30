//! Functions of ints. Long loops poll; what grows is made by the operators of `int`, which account it.

use crate::object::method::R;
use crate::object::{Args, Value};
use crate::protocol::number;
use crate::raise;
use crate::types::int::big;
use crate::types::int::ops::{self as int, Int};
use crate::vm::{Raised, Vm};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

const SMALL: fn(i64) -> Value = Value::int_unchecked;

/// Product of the ints from `lo` up to but not including `hi`; halves multiply halves, so that long
/// numbers meet long ones.
fn product(vm: &mut Vm, lo: u64, hi: u64) -> R {
    if hi - lo <= 16 {
        vm.burn(1)?;
        vm.poll()?;
        let mut r = SMALL(1);
        for k in lo..hi {
            let k = int::from_u64(vm, k)?;
            r = int::mul(vm, r, k)?;
        }
        return Ok(r);
    }
    let mid = lo + (hi - lo) / 2;
    let a = product(vm, lo, mid)?;
    let b = product(vm, mid, hi)?;
    int::mul(vm, a, b)
}

pub fn factorial(vm: &mut Vm, _: Value, v: Value) -> R {
    let n = match crate::types::instance::ops::plain(vm, v)?.as_float() {
        Some(x) => {
            if !x.is_finite() || x != x.floor() {
                return Err(raise!(
                    vm,
                    ValueError,
                    "factorial() only accepts integral values"
                ));
            }
            int::from_float(vm, x)?
        }
        None => number::index(vm, v)?,
    };
    if int::get(vm, n).is_some_and(Int::is_negative) {
        return Err(raise!(
            vm,
            ValueError,
            "factorial() not defined for negative values"
        ));
    }
    let Some(n) = int::to_i64(vm, n) else {
        return Err(raise!(
            vm,
            OverflowError,
            "factorial() argument should not exceed {}",
            i64::MAX
        ));
    };
    // About as many bits as Stirling says; what cannot be held is not begun.
    let x = n as f64;
    let bits = if n < 2 {
        0.0
    } else {
        x * (x.log2() - std::f64::consts::LOG2_E)
    };
    big::room(vm, bits.max(0.0) as u64)?;
    product(vm, 1, n as u64 + 1)
}

/// Two ints that are not negative, as `comb` and `perm` want them.
fn choice(vm: &mut Vm, n: Value, k: Value) -> Result<(Value, Value), Raised> {
    let n = number::index(vm, n)?;
    let k = number::index(vm, k)?;
    for (name, v) in [("n", n), ("k", k)] {
        if int::get(vm, v).is_some_and(Int::is_negative) {
            return Err(raise!(
                vm,
                ValueError,
                "{name} must be a non-negative integer"
            ));
        }
    }
    Ok((n, k))
}
fn is_negative(vm: &Vm, v: Value) -> bool {
    int::get(vm, v).is_some_and(Int::is_negative)
}

pub fn comb(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let (n, k) = choice(vm, a[0], a[1])?;
    // As many ways to leave the others out.
    let other = int::sub(vm, n, k)?;
    if is_negative(vm, other) {
        return Ok(SMALL(0));
    }
    let less = int::sub(vm, other, k)?;
    let k = if is_negative(vm, less) { other } else { k };
    let Some(k) = int::to_i64(vm, k) else {
        return Err(raise!(
            vm,
            OverflowError,
            "min(n - k, k) must not exceed {}",
            i64::MAX
        ));
    };
    if k == 0 {
        return Ok(SMALL(1));
    }
    let mut r = n;
    let mut factor = n;
    for i in 1..k {
        vm.burn(1)?;
        vm.poll()?;
        factor = int::sub(vm, factor, SMALL(1))?;
        r = int::mul(vm, r, factor)?;
        let i = vm.new_int(i + 1)?;
        r = int::floordiv(vm, r, i)?;
    }
    Ok(r)
}

pub fn perm(vm: &mut Vm, m: Value, a: Args<'_>) -> R {
    let k = match a.get(1) {
        Some(k) if !k.is_none() => k,
        _ => return factorial(vm, m, a[0]),
    };
    let (n, k) = choice(vm, a[0], k)?;
    let left = int::sub(vm, n, k)?;
    if is_negative(vm, left) {
        return Ok(SMALL(0));
    }
    let Some(k) = int::to_i64(vm, k) else {
        return Err(raise!(vm, OverflowError, "k must not exceed {}", i64::MAX));
    };
    if k == 0 {
        return Ok(SMALL(1));
    }
    let mut r = n;
    let mut factor = n;
    for _ in 1..k {
        vm.burn(1)?;
        vm.poll()?;
        factor = int::sub(vm, factor, SMALL(1))?;
        r = int::mul(vm, r, factor)?;
    }
    Ok(r)
}

/// Newton's method on more and more of the leading bits: each step doubles the bits that are right.
pub fn isqrt(vm: &mut Vm, _: Value, v: Value) -> R {
    let v = number::index(vm, v)?;
    if is_negative(vm, v) {
        return Err(raise!(
            vm,
            ValueError,
            "isqrt() argument must be nonnegative"
        ));
    }
    let bits = int::get(vm, v).map_or(0, Int::bits);
    big::room(vm, 4 * bits)?;
    let n = int::own(vm, v)?;
    if n.is_zero() {
        return Ok(SMALL(0));
    }
    // The root has c + 1 bits; `a` is the root of n's bits above 2 * (c - d), off by one at most.
    let c = (n.bits() - 1) / 2;
    let mut a = BigInt::one();
    let mut d = 0;
    for s in (0..u64::from(64 - c.leading_zeros())).rev() {
        let e = d;
        d = c >> s;
        let top = &n >> (2 * c - e - d + 1);
        let q = big::div_mod_floor(vm, &top, &a)?.0;
        a = (a << (d - e - 1)) + q;
    }
    if big::mul(vm, &a, &a)? > n {
        a -= 1;
    }
    vm.new_bigint(a)
}

pub fn gcd(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let x = number::index(vm, a[0])?;
    let y = number::index(vm, a[1])?;
    if let (Some(x), Some(y)) = (int::to_i64(vm, x), int::to_i64(vm, y)) {
        return int::from_u64(vm, x.unsigned_abs().gcd(&y.unsigned_abs()));
    }
    let bits = |v| int::get(vm, v).map_or(0, Int::bits);
    let bits = bits(x) + bits(y);
    big::room(vm, 3 * bits)?;
    let (x, y) = (int::abs(vm, x)?, int::abs(vm, y)?);
    let (x, y) = (int::own(vm, x)?, int::own(vm, y)?);
    let g = lehmer(vm, x, y)?;
    vm.new_bigint(g)
}

/// Euclid's algorithm after Lehmer: many steps on the leading bits, whose quotients hold for the whole
/// numbers too, then one combination of these.
fn lehmer(vm: &mut Vm, x: BigInt, y: BigInt) -> Result<BigInt, Raised> {
    let (mut x, mut y) = if x < y { (y, x) } else { (x, y) };
    while y.bits() > 64 {
        vm.poll()?;
        let shift = x.bits() - 62;
        let lead = |n: &BigInt| (n >> shift).to_i128().unwrap_or(0);
        let (mut p, mut q) = (lead(&x), lead(&y));
        // The numbers so far are a*x + b*y and c*x + d*y.
        let (mut a, mut b, mut c, mut d) = (1i128, 0, 0, 1);
        while q + c != 0 && q + d != 0 {
            let quotient = (p + a) / (q + c);
            if quotient != (p + b) / (q + d) {
                break;
            }
            (a, c) = (c, a - quotient * c);
            (b, d) = (d, b - quotient * d);
            (p, q) = (q, p - quotient * q);
        }
        (x, y) = match b {
            0 => {
                let r = big::div_mod_floor(vm, &x, &y)?.1;
                (y, r)
            }
            _ => (&x * a + &y * b, &x * c + &y * d),
        };
    }
    if y.is_zero() {
        return Ok(x);
    }
    let r = &x % &y;
    Ok(y.gcd(&r))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::Config;

    #[test]
    fn long_divisors_are_found() {
        let mut vm = Vm::new(Config::default());
        let n = |k: u32| BigInt::from(k).pow(97) + 12345u32;
        for (a, b) in [(3u32, 7u32), (1000, 999), (77, 76), (2, 1_000_000)] {
            let g = n(a + b) | BigInt::one();
            let (x, y) = (n(a) * &g, n(b) * &g);
            let found = lehmer(&mut vm, x.clone(), y.clone()).expect("no limit");
            assert_eq!(found, x.gcd(&y));
        }
    }
}
