//! The functions, by the formulas of Kahan ("Branch cuts for complex elementary functions", 1987) in
//! the form CPython gives them: large arguments are scaled, branch cuts follow the signs of zeros.

use super::special;
use crate::modules::math::real::{Fault, asinh as real_asinh, scale};
pub use crate::types::complex::ops::Complex;
use std::f64::consts::{E, LN_2, LN_10, PI};

type F = Result<Complex, Fault>;

/// Doubles beyond this are scaled before they are added up,
const LARGE: f64 = f64::MAX / 4.0;
/// squared only below this,
const SQRT_LARGE: f64 = 6.703903964971298e153;
/// and e to the power of more is taken in two steps.
const LOG_LARGE: f64 = 708.3964185322641;
const SQRT_MIN: f64 = 1.4916681462400413e-154;
/// Digits of a double's mantissa.
const DIGITS: i32 = 53;

fn c(re: f64, im: f64) -> Complex {
    Complex { re, im }
}
fn finite(z: Complex) -> bool {
    z.re.is_finite() && z.im.is_finite()
}
/// An infinite real part and an imaginary part that is an angle: the result's parts have its signs.
fn endless(z: Complex) -> bool {
    z.re.is_infinite() && z.im.is_finite() && z.im != 0.0
}
fn huge(z: Complex) -> bool {
    z.re.abs() > LARGE || z.im.abs() > LARGE
}
/// The logarithm of the absolute value of a number so large that this would overflow.
fn log_huge(z: Complex, doublings: f64) -> f64 {
    (z.re / 2.0).hypot(z.im / 2.0).ln() + LN_2 * doublings
}
fn no_overflow(z: Complex) -> F {
    match z.re.is_infinite() || z.im.is_infinite() {
        true => Err(Fault::Range),
        false => Ok(z),
    }
}

pub fn acos(z: Complex) -> F {
    if !finite(z) {
        return Ok(special::value(&special::ACOS, z));
    }
    if huge(z) {
        let l = log_huge(z, 2.0);
        let im = match z.re < 0.0 {
            true => -l.copysign(z.im),
            false => l.copysign(-z.im),
        };
        return Ok(c(z.im.abs().atan2(z.re), im));
    }
    let s = root(c(1.0 - z.re, -z.im));
    let t = root(c(1.0 + z.re, z.im));
    Ok(c(
        2.0 * s.re.atan2(t.re),
        real_asinh(t.re * s.im - t.im * s.re),
    ))
}

pub fn acosh(z: Complex) -> F {
    if !finite(z) {
        return Ok(special::value(&special::ACOSH, z));
    }
    if huge(z) {
        return Ok(c(log_huge(z, 2.0), z.im.atan2(z.re)));
    }
    let s = root(c(z.re - 1.0, z.im));
    let t = root(c(z.re + 1.0, z.im));
    Ok(c(
        real_asinh(s.re * t.re + s.im * t.im),
        2.0 * s.im.atan2(t.re),
    ))
}

/// `f` of the plane turned by a right angle: how the circular functions are made of the hyperbolic ones.
fn turned(z: Complex, f: fn(Complex) -> F) -> F {
    let r = f(c(-z.im, z.re))?;
    Ok(c(r.im, -r.re))
}

pub fn asin(z: Complex) -> F {
    turned(z, asinh)
}

pub fn asinh(z: Complex) -> F {
    if !finite(z) {
        return Ok(special::value(&special::ASINH, z));
    }
    if huge(z) {
        let l = log_huge(z, 2.0);
        let re = match z.im >= 0.0 {
            true => l.copysign(z.re),
            false => -l.copysign(-z.re),
        };
        return Ok(c(re, z.im.atan2(z.re.abs())));
    }
    let s = root(c(1.0 + z.im, -z.re));
    let t = root(c(1.0 - z.im, z.re));
    Ok(c(
        real_asinh(s.re * t.im - t.re * s.im),
        z.im.atan2(s.re * t.re - s.im * t.im),
    ))
}

pub fn atan(z: Complex) -> F {
    turned(z, atanh)
}

pub fn atanh(z: Complex) -> F {
    if !finite(z) {
        return Ok(special::value(&special::ATANH, z));
    }
    if z.re.is_sign_negative() {
        let r = atanh(c(-z.re, -z.im))?;
        return Ok(c(-r.re, -r.im));
    }
    let ay = z.im.abs();
    if z.re > SQRT_LARGE || ay > SQRT_LARGE {
        let h = (z.re / 2.0).hypot(z.im / 2.0);
        return Ok(c(z.re / 4.0 / h / h, -(PI / 2.0).copysign(-z.im)));
    }
    if z.re == 1.0 && ay < SQRT_MIN {
        if ay == 0.0 {
            return Err(Fault::Domain);
        }
        return Ok(c(
            -(ay.sqrt() / ay.hypot(2.0).sqrt()).ln(),
            (2f64.atan2(-ay) / 2.0).copysign(z.im),
        ));
    }
    let d = 1.0 - z.re;
    Ok(c(
        (4.0 * z.re / (d * d + ay * ay)).ln_1p() / 4.0,
        -(-2.0 * z.im).atan2(d * (1.0 + z.re) - ay * ay) / 2.0,
    ))
}

pub fn cos(z: Complex) -> F {
    cosh(c(-z.im, z.re))
}

/// `x` one nearer to zero, where the functions of x itself would be too large.
fn nearer(x: f64) -> f64 {
    x - 1f64.copysign(x)
}

pub fn cosh(z: Complex) -> F {
    let (sin, cos) = (z.im.sin(), z.im.cos());
    if !finite(z) {
        if z.im.is_infinite() && !z.re.is_nan() {
            return Err(Fault::Domain);
        }
        if endless(z) {
            let im = f64::INFINITY.copysign(sin);
            let im = if z.re > 0.0 { im } else { -im };
            return Ok(c(f64::INFINITY.copysign(cos), im));
        }
        return Ok(special::value(&special::COSH, z));
    }
    no_overflow(if z.re.abs() > LOG_LARGE {
        let x = nearer(z.re);
        c(cos * x.cosh() * E, sin * x.sinh() * E)
    } else {
        c(cos * z.re.cosh(), sin * z.re.sinh())
    })
}

pub fn exp(z: Complex) -> F {
    let (sin, cos) = (z.im.sin(), z.im.cos());
    if !finite(z) {
        if z.im.is_infinite() && (z.re.is_finite() || z.re == f64::INFINITY) {
            return Err(Fault::Domain);
        }
        if endless(z) {
            let size = if z.re > 0.0 { f64::INFINITY } else { 0.0 };
            return Ok(c(size.copysign(cos), size.copysign(sin)));
        }
        return Ok(special::value(&special::EXP, z));
    }
    no_overflow(if z.re > LOG_LARGE {
        let l = (z.re - 1.0).exp();
        c(l * cos * E, l * sin * E)
    } else {
        let l = z.re.exp();
        c(l * cos, l * sin)
    })
}

/// The natural logarithm, and whether it has its pole there.
pub fn log(z: Complex) -> (Complex, bool) {
    if !finite(z) {
        return (special::value(&special::LOG, z), false);
    }
    let (ax, ay) = (z.re.abs(), z.im.abs());
    let tiny = f64::MIN_POSITIVE;
    let re = if huge(z) {
        log_huge(z, 1.0)
    } else if ax < tiny && ay < tiny {
        if ax == 0.0 && ay == 0.0 {
            return (c(f64::NEG_INFINITY, z.im.atan2(z.re)), true);
        }
        // The absolute value itself would have lost digits.
        let h = scale(ax, DIGITS).hypot(scale(ay, DIGITS));
        h.ln() - f64::from(DIGITS) * LN_2
    } else {
        let h = ax.hypot(ay);
        if (0.71..=1.73).contains(&h) {
            let (large, small) = if ax > ay { (ax, ay) } else { (ay, ax) };
            ((large - 1.0) * (large + 1.0) + small * small).ln_1p() / 2.0
        } else {
            h.ln()
        }
    };
    (c(re, z.im.atan2(z.re)), false)
}

pub fn log10(z: Complex) -> F {
    match log(z) {
        (_, true) => Err(Fault::Domain),
        (r, false) => Ok(c(r.re / LN_10, r.im / LN_10)),
    }
}

pub fn sin(z: Complex) -> F {
    turned(z, sinh)
}

pub fn sinh(z: Complex) -> F {
    let (sin, cos) = (z.im.sin(), z.im.cos());
    if !finite(z) {
        if z.im.is_infinite() && !z.re.is_nan() {
            return Err(Fault::Domain);
        }
        if endless(z) {
            let re = f64::INFINITY.copysign(cos);
            let re = if z.re > 0.0 { re } else { -re };
            return Ok(c(re, f64::INFINITY.copysign(sin)));
        }
        return Ok(special::value(&special::SINH, z));
    }
    no_overflow(if z.re.abs() > LOG_LARGE {
        let x = nearer(z.re);
        c(cos * x.sinh() * E, sin * x.cosh() * E)
    } else {
        c(cos * z.re.sinh(), sin * z.re.cosh())
    })
}

pub fn sqrt(z: Complex) -> F {
    Ok(root(z))
}
fn root(z: Complex) -> Complex {
    if !finite(z) {
        return special::value(&special::SQRT, z);
    }
    if z.re == 0.0 && z.im == 0.0 {
        return c(0.0, z.im);
    }
    let (ax, ay) = (z.re.abs(), z.im.abs());
    let s = if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        // By 2**53 up, and by the root of 2**54 down: the sum is doubled as it should be.
        let ax = scale(ax, DIGITS);
        scale((ax + ax.hypot(scale(ay, DIGITS))).sqrt(), -27)
    } else {
        let ax = ax / 8.0;
        2.0 * (ax + ax.hypot(ay / 8.0)).sqrt()
    };
    let d = ay / (2.0 * s);
    match z.re >= 0.0 {
        true => c(s, d.copysign(z.im)),
        false => c(d, s.copysign(z.im)),
    }
}

pub fn tan(z: Complex) -> F {
    turned(z, tanh)
}

pub fn tanh(z: Complex) -> F {
    if !finite(z) {
        if z.im.is_infinite() && z.re.is_finite() {
            return Err(Fault::Domain);
        }
        if endless(z) {
            let im = 0f64.copysign(2.0 * z.im.sin() * z.im.cos());
            return Ok(c(1f64.copysign(z.re), im));
        }
        return Ok(special::value(&special::TANH, z));
    }
    if z.re.abs() > LOG_LARGE {
        let im = 4.0 * z.im.sin() * z.im.cos() * (-2.0 * z.re.abs()).exp();
        return Ok(c(1f64.copysign(z.re), im));
    }
    let (tx, ty) = (z.re.tanh(), z.im.tan());
    let cx = 1.0 / z.re.cosh();
    let both = tx * ty;
    let d = 1.0 + both * both;
    Ok(c(tx * (1.0 + ty * ty) / d, ((ty / d) * cx) * cx))
}

pub fn rect(r: f64, phi: f64) -> F {
    let (sin, cos) = (phi.sin(), phi.cos());
    if !r.is_finite() || !phi.is_finite() {
        if r != 0.0 && !r.is_nan() && phi.is_infinite() {
            return Err(Fault::Domain);
        }
        if endless(c(r, phi)) {
            let (re, im) = (f64::INFINITY.copysign(cos), f64::INFINITY.copysign(sin));
            return Ok(if r > 0.0 { c(re, im) } else { c(-re, -im) });
        }
        return Ok(special::value(&special::RECT, c(r, phi)));
    }
    Ok(match phi == 0.0 {
        // So that the sign of the zero stays.
        true => c(r, r * phi),
        false => c(r * cos, r * sin),
    })
}
