//! Arithmetic of floats.

use super::text;
use crate::object::{ClassId, Value};
use crate::raise;
use crate::types::complex::ops::{self as complex, Complex};
use crate::types::int::big;
use crate::vm::{Raised, Vm};
use num_bigint::BigInt;
use num_integer::Integer;
use std::cmp::Ordering;

type R = Result<Value, Raised>;

/// `a / b`
pub fn truediv(vm: &mut Vm, a: f64, b: f64) -> R {
    if b == 0.0 {
        return Err(raise!(vm, ZeroDivisionError, "float division by zero"));
    }
    Ok(Value::float(a / b))
}

/// `a % b`
pub fn modulo(vm: &mut Vm, a: f64, b: f64) -> R {
    if b == 0.0 {
        return Err(raise!(vm, ZeroDivisionError, "float modulo"));
    }
    Ok(Value::float(mod_kernel(a, b)))
}

/// The remainder has the divisor's sign, also when it is zero.
pub fn mod_kernel(a: f64, b: f64) -> f64 {
    let m = a % b;
    if m == 0.0 {
        0f64.copysign(b)
    } else if (b < 0.0) != (m < 0.0) {
        m + b
    } else {
        m
    }
}

/// `divmod(a, b)`
pub fn divmod(vm: &mut Vm, a: f64, b: f64) -> Result<(f64, f64), Raised> {
    if b == 0.0 {
        return Err(raise!(vm, ZeroDivisionError, "float divmod()"));
    }
    Ok(divmod_kernel(a, b))
}

/// Quotient (rounded down) and remainder; `b` is not 0.
pub fn divmod_kernel(a: f64, b: f64) -> (f64, f64) {
    let mut m = a % b;
    let mut d = (a - m) / b;
    if m == 0.0 {
        m = 0f64.copysign(b);
    } else if (b < 0.0) != (m < 0.0) {
        m += b;
        d -= 1.0;
    }
    let q = if d == 0.0 {
        0f64.copysign(a / b)
    } else {
        // `d` is a whole number but for rounding.
        let f = d.floor();
        if d - f > 0.5 { f + 1.0 } else { f }
    };
    (q, m)
}

/// `a // b`
pub fn floordiv(vm: &mut Vm, a: f64, b: f64) -> R {
    divmod(vm, a, b).map(|(q, _)| Value::float(q))
}

/// `a ** b` where all is as one expects: a positive number, and everything finite.
pub fn plain_pow(a: f64, b: f64) -> Option<f64> {
    let plain = a > 0.0 && a.is_finite() && b.is_finite();
    let r = plain.then(|| if a == 1.0 { 1.0 } else { a.powf(b) });
    r.filter(|r| r.is_finite())
}
/// `a ** b`
pub fn pow(vm: &mut Vm, a: f64, b: f64) -> R {
    // The cases IEEE leaves to the library are fixed here, so that all platforms agree.
    if b == 0.0 {
        return Ok(Value::float(1.0));
    }
    if a.is_nan() {
        return Ok(Value::float(a));
    }
    if b.is_nan() {
        return Ok(Value::float(if a == 1.0 { 1.0 } else { b }));
    }
    let odd = (b.abs() % 2.0) == 1.0;
    if b.is_infinite() {
        let m = a.abs();
        return Ok(Value::float(if m == 1.0 {
            1.0
        } else if (b > 0.0) == (m > 1.0) {
            f64::INFINITY
        } else {
            0.0
        }));
    }
    if a.is_infinite() {
        return Ok(Value::float(match (b > 0.0, odd) {
            (true, true) => a,
            (true, false) => a.abs(),
            (false, true) => 0f64.copysign(a),
            (false, false) => 0.0,
        }));
    }
    if a == 0.0 {
        if b < 0.0 {
            return Err(raise!(
                vm,
                ZeroDivisionError,
                "0.0 cannot be raised to a negative power"
            ));
        }
        return Ok(Value::float(if odd { a } else { 0.0 }));
    }
    let negate = a < 0.0 && odd;
    if a < 0.0 && b != b.floor() {
        let (a, b) = [a, b].map(|re| Complex { re, im: 0.0 }).into();
        return complex::pow(vm, a, b);
    }
    let m = a.abs();
    let r = if m == 1.0 { 1.0 } else { m.powf(b) };
    if r.is_infinite() {
        return Err(range_error(vm));
    }
    Ok(Value::float(if negate { -r } else { r }))
}

/// What C calls ERANGE.
pub fn range_error(vm: &mut Vm) -> Raised {
    match vm.new_str("Numerical result out of range") {
        Ok(s) => vm.raise_args(ClassId::OverflowError, &[Value::int_unchecked(34), s]),
        Err(r) => r,
    }
}

/// `round(f)`: the nearest int, ties to even.
pub fn round_to_int(vm: &mut Vm, f: f64) -> R {
    crate::types::int::ops::from_float(vm, f.round_ties_even())
}

/// `round(f, ndigits)`: correctly rounded in decimal.
pub fn round(vm: &mut Vm, f: f64, ndigits: i64) -> R {
    // Beyond these a double keeps all its digits, or none.
    if !f.is_finite() || f == 0.0 || ndigits > 323 {
        return Ok(Value::float(f));
    }
    if ndigits < -308 {
        return Ok(Value::float(0.0 * f));
    }
    let r = if ndigits >= 0 {
        text::fixed(f.abs(), ndigits as usize).parse().unwrap_or(f)
    } else {
        round_to_tens(f.abs(), -ndigits as u32)
    };
    if r.is_infinite() {
        return Err(raise!(
            vm,
            OverflowError,
            "rounded value too large to represent"
        ));
    }
    Ok(Value::float(r.copysign(f)))
}

/// `f` to the nearest multiple of `10**k`, ties to even.
fn round_to_tens(f: f64, k: u32) -> f64 {
    let (m, e) = big::decompose(f);
    let mut num = BigInt::from(m);
    let ten = BigInt::from(10).pow(k);
    let mut den = ten.clone();
    if e >= 0 {
        num <<= e;
    } else {
        den <<= -e;
    }
    let (q, r) = num.div_mod_floor(&den);
    let twice: BigInt = r * 2;
    let up = match twice.cmp(&den) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => q.is_odd(),
    };
    let q = if up { q + 1 } else { q };
    big::to_f64(&(q * ten)).unwrap_or(f64::INFINITY)
}

/// `float.as_integer_ratio`: numerator and denominator of a finite double.
pub fn integer_ratio(f: f64) -> (BigInt, BigInt) {
    let (mut m, mut e) = big::decompose(f.abs());
    if m == 0 {
        return (BigInt::ZERO, BigInt::from(1));
    }
    let z = m.trailing_zeros();
    m >>= z;
    e += z as i64;
    let m = BigInt::from(m);
    let m = if f < 0.0 { -m } else { m };
    if e >= 0 {
        (m << e, BigInt::from(1))
    } else {
        (m, BigInt::from(1) << -e)
    }
}

/// Hash of a float: that of the rational number it is, modulo 2**61 - 1.
pub fn hash(f: f64) -> i64 {
    const BITS: u32 = 61;
    const P: u64 = (1 << BITS) - 1;
    if f.is_nan() {
        return 0;
    }
    if f.is_infinite() {
        return if f > 0.0 { 314159 } else { -314159 };
    }
    let (m, e) = big::decompose(f.abs());
    // 2**61 is 1 modulo P: multiplying by a power of two turns the bits round.
    let k = e.rem_euclid(BITS as i64) as u32;
    let m = m % P;
    let m = if k == 0 {
        m
    } else {
        (m << k & P) | (m >> (BITS - k))
    };
    let h = if f < 0.0 { -(m as i64) } else { m as i64 };
    if h == -1 { -2 } else { h }
}
