//! `cmath`: `functions` computes, `special` has the values at infinities and NaNs.

mod functions;
mod special;

use super::math::real::{self, Fault, fail};
use crate::object::method::R;
use crate::object::{Args, Conv, Kind, MethodDef, Value};
use crate::protocol::number;
use crate::protocol::special::{Special, call_overridden};
use crate::raise;
use crate::types::args;
use crate::types::complex::ops as complex;
use crate::types::dict::ops as dict;
use crate::types::module;
use crate::vm::{Raised, Vm};
use functions::Complex;

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc },)*]
    };
}
macro_rules! function {
    ($f:expr) => {
        Conv::One(|vm, _, v| apply(vm, v, $f))
    };
}
macro_rules! test {
    ($f:expr) => {
        Conv::One(|vm, _, v| {
            let z = argument(vm, v)?;
            let f: fn(Complex) -> bool = $f;
            Ok(Value::bool(f(z)))
        })
    };
}

/// Rows.
pub const FUNCTIONS: &[MethodDef] = rows! {
    "acos" function!(functions::acos), "Arc cosine.";
    "acosh" function!(functions::acosh), "Inverse hyperbolic cosine.";
    "asin" function!(functions::asin), "Arc sine.";
    "asinh" function!(functions::asinh), "Inverse hyperbolic sine.";
    "atan" function!(functions::atan), "Arc tangent.";
    "atanh" function!(functions::atanh), "Inverse hyperbolic tangent.";
    "cos" function!(functions::cos), "Cosine.";
    "cosh" function!(functions::cosh), "Hyperbolic cosine.";
    "exp" function!(functions::exp), "e to the power of z.";
    "isclose" Conv::Kw(isclose), "Whether two complex numbers are close to each other.";
    "isfinite" test!(|z| z.re.is_finite() && z.im.is_finite()), "Whether both parts are finite.";
    "isinf" test!(|z| z.re.is_infinite() || z.im.is_infinite()), "Whether a part is an infinity.";
    "isnan" test!(|z| z.re.is_nan() || z.im.is_nan()), "Whether a part is a NaN.";
    "log" Conv::Pos(1, 2, log), "Logarithm, natural or to the given base.";
    "log10" function!(functions::log10), "Logarithm to base 10.";
    "phase" Conv::One(phase), "The angle of z, in radians.";
    "polar" Conv::One(polar), "Absolute value and angle of z.";
    "rect" Conv::Pos(2, 2, rect), "The number with this absolute value and angle.";
    "sin" function!(functions::sin), "Sine.";
    "sinh" function!(functions::sinh), "Hyperbolic sine.";
    "sqrt" function!(functions::sqrt), "Square root.";
    "tan" function!(functions::tan), "Tangent.";
    "tanh" function!(functions::tanh), "Hyperbolic tangent.";
};

/// Binds the constants.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    super::math::fill(vm, m)?;
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for (name, im) in [("infj", f64::INFINITY), ("nanj", f64::NAN)] {
        let z = vm.new_complex(0.0, im)?;
        dict::set_name(vm, d, name, z)?;
    }
    Ok(())
}

/// A complex number, or what can be made one.
fn argument(vm: &mut Vm, v: Value) -> Result<Complex, Raised> {
    if let Some(z) = complex::get(vm, v) {
        return Ok(z);
    }
    if v.is_user()
        && let Some(r) = call_overridden(vm, v, Special::Complex, &[])?
    {
        return match complex::get(vm, r) {
            Some(z) if r.is_kind(Kind::Complex) => Ok(z),
            _ => {
                let t = vm.type_name(r);
                Err(raise!(
                    vm,
                    TypeError,
                    "__complex__ returned non-complex (type {t})"
                ))
            }
        };
    }
    let re = number::as_f64(vm, v)?;
    Ok(Complex { re, im: 0.0 })
}

fn apply(vm: &mut Vm, v: Value, f: fn(Complex) -> Result<Complex, Fault>) -> R {
    let z = argument(vm, v)?;
    match f(z) {
        Ok(z) => vm.new_complex(z.re, z.im),
        Err(e) => Err(fail(vm, e)),
    }
}

/// `log(z[, base])`: a pole of the first logarithm counts only where there is no second.
fn log(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let z = argument(vm, a[0])?;
    let (r, pole) = functions::log(z);
    let (r, pole) = match a.get(1) {
        None => (r, pole),
        Some(base) => {
            let base = argument(vm, base)?;
            let (b, pole) = functions::log(base);
            match complex::quotient(r, b) {
                Some(q) => (q, pole),
                None => (r, true),
            }
        }
    };
    match pole {
        true => Err(fail(vm, Fault::Domain)),
        false => vm.new_complex(r.re, r.im),
    }
}

fn phase(vm: &mut Vm, _: Value, v: Value) -> R {
    let z = argument(vm, v)?;
    let angle = z.im.atan2(z.re);
    // An angle too small for a double counts as an error here, and only here.
    if angle == 0.0 && z.im != 0.0 && z.re.is_finite() {
        return Err(fail(vm, Fault::Range));
    }
    Ok(Value::float(angle))
}
fn polar(vm: &mut Vm, _: Value, v: Value) -> R {
    let z = argument(vm, v)?;
    let angle = z.im.atan2(z.re);
    let size = z.re.hypot(z.im);
    if size.is_infinite() && z.re.is_finite() && z.im.is_finite() {
        return Err(fail(vm, Fault::Range));
    }
    vm.new_tuple(&[Value::float(size), Value::float(angle)])
}
fn rect(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let r = number::as_f64(vm, a[0])?;
    let phi = number::as_f64(vm, a[1])?;
    match functions::rect(r, phi) {
        Ok(z) => vm.new_complex(z.re, z.im),
        Err(e) => Err(fail(vm, e)),
    }
}

/// `isclose(a, b, *, rel_tol=1e-9, abs_tol=0.0)`
fn isclose(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [x, y, relative, absolute] =
        args::parse(vm, "isclose", a, ["a", "b", "rel_tol", "abs_tol"], 2, 2)?;
    let none = Value::NONE;
    let x = argument(vm, x.unwrap_or(none))?;
    let y = argument(vm, y.unwrap_or(none))?;
    let (relative, absolute) = real::tolerances(vm, relative, absolute)?;
    real::not_negative(vm, (relative, absolute))?;
    if x == y {
        return Ok(Value::TRUE);
    }
    if [x.re, x.im, y.re, y.im].iter().any(|f| f.is_infinite()) {
        return Ok(Value::FALSE);
    }
    let size = |z: Complex| z.re.hypot(z.im);
    let d = size(Complex {
        re: x.re - y.re,
        im: x.im - y.im,
    });
    Ok(Value::bool(
        d <= relative * size(y) || d <= relative * size(x) || d <= absolute,
    ))
}
