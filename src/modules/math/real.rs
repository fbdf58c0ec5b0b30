//! Functions of one or two doubles, and what is made of doubles.

use crate::object::method::R;
use crate::object::{Args, ClassId, Value};
use crate::protocol::number::{self, BinOp};
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::args;
use crate::types::int::ops::{self as int, Int};
use crate::vm::{Raised, Vm};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::f64::consts::LN_2;

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// None exists.
    Domain,
    /// It is too large.
    Range,
}

/// What an infinity made of a finite number means.
#[derive(Clone, Copy, Debug)]
pub enum Infinite {
    /// There is a pole.
    Domain,
    /// The value is too large.
    Range,
}

/// Raises what CPython raises.
#[cold]
pub fn fail(vm: &mut Vm, f: Fault) -> Raised {
    match f {
        Fault::Domain => vm.raise(ClassId::ValueError, "math domain error"),
        Fault::Range => vm.raise(ClassId::OverflowError, "math range error"),
    }
}

/// A function of a double that always has a value.
pub fn always(vm: &mut Vm, v: Value, f: fn(f64) -> f64) -> R {
    Ok(Value::float(f(number::as_f64(vm, v)?)))
}
/// A question about a double.
pub fn test(vm: &mut Vm, v: Value, f: fn(f64) -> bool) -> R {
    Ok(Value::bool(f(number::as_f64(vm, v)?)))
}
/// A function of a double that says itself where it has no value.
pub fn checked(vm: &mut Vm, v: Value, f: fn(f64) -> Result<f64, Fault>) -> R {
    let x = number::as_f64(vm, v)?;
    match f(x) {
        Ok(r) => Ok(Value::float(r)),
        Err(e) => Err(fail(vm, e)),
    }
}
/// A function of a double whose result says whether it has a value.
#[inline]
pub fn one(vm: &mut Vm, v: Value, f: fn(f64) -> f64, infinite: Infinite) -> R {
    let x = match v.as_float() {
        Some(x) => x,
        None => number::as_f64(vm, v)?,
    };
    let r = f(x);
    if r.is_finite() {
        return Ok(Value::float(r));
    }
    if r.is_nan() && !x.is_nan() {
        return Err(fail(vm, Fault::Domain));
    }
    if r.is_infinite() && x.is_finite() {
        return Err(fail(
            vm,
            match infinite {
                Infinite::Domain => Fault::Domain,
                Infinite::Range => Fault::Range,
            },
        ));
    }
    Ok(Value::float(r))
}
/// The same of two doubles.
pub fn two(vm: &mut Vm, a: Args<'_>, f: fn(f64, f64) -> f64) -> R {
    let x = number::as_f64(vm, a[0])?;
    let y = number::as_f64(vm, a[1])?;
    let r = f(x, y);
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(fail(vm, Fault::Domain));
    }
    if r.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(fail(vm, Fault::Range));
    }
    Ok(Value::float(r))
}

/// Below this a square is lost beside 1, and above its inverse 1 beside a square.
const TINY: f64 = 3.725290298461914e-09;

/// The inverse of sinh, by logarithms.
pub fn asinh(x: f64) -> f64 {
    let a = x.abs();
    if !a.is_finite() || a < TINY {
        return x;
    }
    // By the upper half of the bits, as glibc tells them apart.
    let high = a.to_bits() >> 32;
    let w = if high > 0x41B0_0000 {
        a.ln() + LN_2
    } else if high > 0x4000_0000 {
        (2.0 * a + 1.0 / ((a * a + 1.0).sqrt() + a)).ln()
    } else {
        let t = a * a;
        (a + t / (1.0 + (1.0 + t).sqrt())).ln_1p()
    };
    w.copysign(x)
}
/// The inverse of cosh.
pub fn acosh(x: f64) -> f64 {
    if x.is_nan() || x == f64::INFINITY {
        return x;
    }
    if x < 1.0 {
        return f64::NAN;
    }
    if x >= 1.0 / TINY {
        x.ln() + LN_2
    } else if x > 2.0 {
        (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln()
    } else {
        let t = x - 1.0;
        (t + (2.0 * t + t * t).sqrt()).ln_1p()
    }
}
/// The inverse of tanh.
pub fn atanh(x: f64) -> f64 {
    let a = x.abs();
    if a < TINY || a.is_nan() {
        return x;
    }
    if a > 1.0 {
        return f64::NAN;
    }
    let t = if a < 0.5 {
        let t = a + a;
        0.5 * (t + t * a / (1.0 - a)).ln_1p()
    } else {
        0.5 * ((a + a) / (1.0 - a)).ln_1p()
    };
    t.copysign(x)
}

/// `x` less the nearest multiple of `y`, ties to the even one.
pub fn remainder(x: f64, y: f64) -> f64 {
    if x.is_finite() && y.is_finite() {
        if y == 0.0 {
            return f64::NAN;
        }
        let (a, b) = (x.abs(), y.abs());
        let m = a % b;
        // The distances to the multiples below and above: `b - m` is exact where it matters.
        let c = b - m;
        let r = if m < c {
            m
        } else if m > c {
            -c
        } else {
            // In the middle: the multiple below is odd or even.
            m - 2.0 * ((0.5 * (a - m)) % b)
        };
        return 1f64.copysign(x) * r;
    }
    if x.is_nan() {
        x
    } else if y.is_nan() {
        y
    } else if x.is_infinite() {
        f64::NAN
    } else {
        x
    }
}

pub fn fmod(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let x = number::as_f64(vm, a[0])?;
    let y = number::as_f64(vm, a[1])?;
    if y.is_infinite() && x.is_finite() {
        return Ok(Value::float(x));
    }
    let r = x % y;
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(fail(vm, Fault::Domain));
    }
    Ok(Value::float(r))
}

pub fn pow(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let x = number::as_f64(vm, a[0])?;
    let y = number::as_f64(vm, a[1])?;
    match power(x, y) {
        Ok(r) => Ok(Value::float(r)),
        Err(e) => Err(fail(vm, e)),
    }
}
fn power(x: f64, y: f64) -> Result<f64, Fault> {
    // What is not finite is decided here, so that all platforms agree.
    if y == 0.0 || x == 1.0 {
        return Ok(1.0);
    }
    if x.is_nan() {
        return Ok(x);
    }
    if y.is_nan() {
        return Ok(y);
    }
    let odd = y.is_finite() && y.abs() % 2.0 == 1.0;
    if x.is_infinite() {
        return Ok(match (y > 0.0, odd) {
            (true, true) => x,
            (true, false) => x.abs(),
            (false, true) => 0f64.copysign(x),
            (false, false) => 0.0,
        });
    }
    if y.is_infinite() {
        let m = x.abs();
        return if m == 1.0 {
            Ok(1.0)
        } else if y > 0.0 && m > 1.0 {
            Ok(y)
        } else if y < 0.0 && m < 1.0 {
            match x == 0.0 {
                true => Err(Fault::Domain),
                false => Ok(-y),
            }
        } else {
            Ok(0.0)
        };
    }
    let r = x.powf(y);
    if r.is_nan() || r.is_infinite() && x == 0.0 {
        return Err(Fault::Domain);
    }
    match r.is_infinite() {
        true => Err(Fault::Range),
        false => Ok(r),
    }
}

/// `x * 2**n`, rounded once.
pub fn scale(x: f64, n: i32) -> f64 {
    let two = |e: i32| f64::from_bits(((e + 1023) as u64) << 52);
    let (mut x, mut n) = (x, n);
    for _ in 0..2 {
        if n > 1023 {
            x *= two(1023);
            n -= 1023;
        } else if n < -1022 {
            // 53 bits above the smallest normal number: rounding happens in the last product only.
            x *= two(-1022 + 53);
            n += 1022 - 53;
        }
    }
    x * two(n.clamp(-1022, 1023))
}

pub fn ldexp(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let x = number::as_f64(vm, a[0])?;
    let n = match int::get(vm, a[1]) {
        Some(Int::Small(n)) => n,
        Some(n) if n.is_negative() => i64::MIN,
        Some(_) => i64::MAX,
        None => {
            return Err(raise!(
                vm,
                TypeError,
                "Expected an int as second argument to ldexp."
            ));
        }
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(Value::float(x));
    }
    // Beyond these nothing is left, or everything is too large.
    let r = scale(x, n.clamp(-5000, 5000) as i32);
    if r.is_infinite() {
        return Err(fail(vm, Fault::Range));
    }
    Ok(Value::float(r))
}

/// `x` as `m * 2**e` with `m` in [0.5, 1).
fn split(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (x, more) = match x.abs() < f64::MIN_POSITIVE {
        true => (scale(x, 64), -64),
        false => (x, 0),
    };
    let bits = x.to_bits();
    let e = (bits >> 52 & 0x7FF) as i64 - 1022;
    let m = f64::from_bits(bits & !(0x7FF << 52) | 1022 << 52);
    (m, e + more)
}
pub fn frexp(vm: &mut Vm, _: Value, v: Value) -> R {
    let (m, e) = split(number::as_f64(vm, v)?);
    vm.new_tuple(&[Value::float(m), Value::int_unchecked(e)])
}
pub fn modf(vm: &mut Vm, _: Value, v: Value) -> R {
    let x = number::as_f64(vm, v)?;
    let (fraction, whole) = if x.is_infinite() {
        (0f64.copysign(x), x)
    } else {
        let whole = x.trunc();
        ((x - whole).copysign(x), whole)
    };
    vm.new_tuple(&[Value::float(fraction), Value::float(whole)])
}

/// A whole number near a double, or what the class says.
fn rounded(vm: &mut Vm, v: Value, s: Special, f: fn(f64) -> f64) -> R {
    if !v.is_float()
        && let Some(m) = special::find(vm, v, s)?
    {
        return special::call(vm, m, v, &[]);
    }
    let x = number::as_f64(vm, v)?;
    int::from_float(vm, f(x))
}
pub fn ceil(vm: &mut Vm, _: Value, v: Value) -> R {
    rounded(vm, v, Special::Ceil, f64::ceil)
}
pub fn floor(vm: &mut Vm, _: Value, v: Value) -> R {
    rounded(vm, v, Special::Floor, f64::floor)
}
pub fn trunc(vm: &mut Vm, _: Value, v: Value) -> R {
    if let Some(x) = v.as_float() {
        return int::from_float(vm, x);
    }
    match special::find(vm, v, Special::Trunc)? {
        Some(m) => special::call(vm, m, v, &[]),
        None => {
            let t = vm.type_name(v);
            Err(raise!(
                vm,
                TypeError,
                "type {t} doesn't define __trunc__ method"
            ))
        }
    }
}

/// A positive int as `m * 2**e`, `m` in [0.5, 1), rounded to the nearest, ties to even.
fn split_int(b: &BigInt) -> (f64, u64) {
    let m = b.magnitude();
    let bits = m.bits();
    let shift = bits.saturating_sub(64);
    let top = (m >> shift).to_u64().unwrap_or(0);
    // What is cut off must not look like a tie.
    let rest = m.trailing_zeros().is_some_and(|z| z < shift);
    let f = (top | u64::from(rest)) as f64;
    let (m, e) = split(f);
    (m, shift + e.unsigned_abs())
}
/// The logarithm of a number; ints may be too large for a double.
fn logarithm_f64(vm: &mut Vm, v: Value, f: fn(f64) -> f64) -> Result<f64, Raised> {
    let x = match int::get(vm, v) {
        Some(i) if i.is_negative() || i.is_zero() => return Err(fail(vm, Fault::Domain)),
        Some(Int::Big(b)) => match int::get(vm, v).and_then(Int::to_f64) {
            Some(x) => x,
            None => {
                let (m, e) = split_int(b);
                return Ok(f(m) + f(2.0) * e as f64);
            }
        },
        _ => number::as_f64(vm, v)?,
    };
    // A negative number and zero have none.
    if x <= 0.0 {
        return Err(fail(vm, Fault::Domain));
    }
    Ok(match x.is_finite() {
        true => f(x),
        false => x,
    })
}
pub fn logarithm(vm: &mut Vm, v: Value, f: fn(f64) -> f64) -> R {
    logarithm_f64(vm, v, f).map(Value::float)
}
/// `log(x[, base])`
pub fn log(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    args::no_keywords(vm, "log", a)?;
    if !(1..=2).contains(&a.len()) {
        return Err(raise!(vm, TypeError, "math.log requires 1 to 2 arguments"));
    }
    let x = logarithm(vm, a[0], f64::ln)?;
    match a.get(1) {
        None => Ok(x),
        Some(base) => {
            let base = logarithm(vm, base, f64::ln)?;
            number::binary(vm, BinOp::TrueDiv, x, base)
        }
    }
}

/// The tolerances of `isclose`.
pub fn tolerances(
    vm: &mut Vm,
    relative: Option<Value>,
    absolute: Option<Value>,
) -> Result<(f64, f64), Raised> {
    let relative = match relative {
        Some(v) => number::as_f64(vm, v)?,
        None => 1e-9,
    };
    let absolute = match absolute {
        Some(v) => number::as_f64(vm, v)?,
        None => 0.0,
    };
    Ok((relative, absolute))
}
/// Refuses tolerances below zero.
pub fn not_negative(vm: &mut Vm, (relative, absolute): (f64, f64)) -> Result<(), Raised> {
    if relative < 0.0 || absolute < 0.0 {
        return Err(raise!(vm, ValueError, "tolerances must be non-negative"));
    }
    Ok(())
}
/// `isclose(a, b, *, rel_tol=1e-9, abs_tol=0.0)`
pub fn isclose(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [x, y, relative, absolute] =
        args::parse(vm, "isclose", a, ["a", "b", "rel_tol", "abs_tol"], 2, 2)?;
    let none = Value::NONE;
    let x = number::as_f64(vm, x.unwrap_or(none))?;
    let y = number::as_f64(vm, y.unwrap_or(none))?;
    let tol = tolerances(vm, relative, absolute)?;
    not_negative(vm, tol)?;
    if x == y {
        return Ok(Value::TRUE);
    }
    if x.is_infinite() || y.is_infinite() {
        return Ok(Value::FALSE);
    }
    let d = (y - x).abs();
    let (relative, absolute) = tol;
    Ok(Value::bool(
        d <= (relative * y).abs() || d <= (relative * x).abs() || d <= absolute,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_rounds_once() {
        assert_eq!(scale(1.0, -1074), f64::from_bits(1));
        assert_eq!(scale(1.0, -1075), 0.0);
        assert_eq!(scale(3.0, -1075), f64::from_bits(2));
        assert_eq!(scale(1.5 + f64::EPSILON, -1074), f64::from_bits(2));
        assert_eq!(scale(f64::from_bits(1), 2097), 2f64.powi(1023));
        assert_eq!(scale(f64::from_bits(1), 2098), f64::INFINITY);
        assert_eq!(split(f64::from_bits(1)), (0.5, -1073));
        assert_eq!(split(-1.0), (-0.5, 1));
    }
}
