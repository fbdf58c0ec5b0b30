//! `math`: `real` is functions of one or two doubles, `gamma` and `erf` the ones that no C library is
//! asked for, `sums` what goes through many numbers, `whole` ints.
//!
//! A function that has no value raises ValueError, one whose value is too large OverflowError; which,
//! the table of each function says: a NaN made of numbers, or an infinity made of finite ones.

mod erf;
mod gamma;
pub mod real;
mod sums;
mod whole;

use crate::object::{Conv, MethodDef, Value};
use crate::types::dict::ops as dict;
use crate::types::module;
use crate::vm::{Raised, Vm};
use real::{Infinite, one, two};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc },)*]
    };
}
macro_rules! plain {
    ($f:expr) => {
        Conv::One(|vm, _, v| one(vm, v, $f, Infinite::Domain))
    };
}
macro_rules! growing {
    ($f:expr) => {
        Conv::One(|vm, _, v| one(vm, v, $f, Infinite::Range))
    };
}
macro_rules! pair {
    ($f:expr) => {
        Conv::Pos(2, 2, |vm, _, a| two(vm, a, $f))
    };
}

/// Rows.
pub const FUNCTIONS: &[MethodDef] = rows! {
    "acos" plain!(f64::acos), "Arc cosine, in radians.";
    "acosh" plain!(real::acosh), "Inverse hyperbolic cosine.";
    "asin" plain!(f64::asin), "Arc sine, in radians.";
    "asinh" plain!(real::asinh), "Inverse hyperbolic sine.";
    "atan" plain!(f64::atan), "Arc tangent, in radians.";
    "atan2" pair!(f64::atan2), "Angle of the point (x, y) in radians: arc tangent of y/x, in the right quadrant.";
    "atanh" plain!(real::atanh), "Inverse hyperbolic tangent.";
    "ceil" Conv::One(real::ceil), "The smallest int that is not less.";
    "comb" Conv::Pos(2, 2, whole::comb), "Number of ways to choose k of n things, in no order.";
    "copysign" pair!(f64::copysign), "The absolute value of x with the sign of y.";
    "cos" plain!(f64::cos), "Cosine of an angle in radians.";
    "cosh" growing!(f64::cosh), "Hyperbolic cosine.";
    "degrees" Conv::One(|vm, _, v| real::always(vm, v, |x| x * (180.0 / std::f64::consts::PI))), "From radians to degrees.";
    "dist" Conv::Pos(2, 2, sums::dist), "Euclidean distance of two points, tuples of coordinates.";
    "erf" Conv::One(|vm, _, v| real::always(vm, v, erf::erf)), "Error function.";
    "erfc" Conv::One(|vm, _, v| real::always(vm, v, erf::erfc)), "Complementary error function.";
    "exp" growing!(f64::exp), "e to the power of x.";
    "expm1" growing!(f64::exp_m1), "exp(x) - 1, exact for small x too.";
    "fabs" plain!(f64::abs), "Absolute value as a float.";
    "factorial" Conv::One(whole::factorial), "Product of the ints from 1 to x.";
    "floor" Conv::One(real::floor), "The greatest int that is not more.";
    "fmod" Conv::Pos(2, 2, real::fmod), "Remainder of x/y with the sign of x.";
    "frexp" Conv::One(real::frexp), "Mantissa and exponent: x = m * 2**e.";
    "fsum" Conv::One(sums::fsum), "Sum of the numbers, rounded once.";
    "gamma" Conv::One(|vm, _, v| real::checked(vm, v, gamma::gamma)), "Gamma function.";
    "gcd" Conv::Pos(2, 2, whole::gcd), "Greatest common divisor of two ints.";
    "hypot" Conv::Pos(0, u8::MAX, sums::hypot), "Euclidean length of the vector.";
    "isclose" Conv::Kw(real::isclose), "Whether two numbers are close to each other.";
    "isfinite" Conv::One(|vm, _, v| real::test(vm, v, f64::is_finite)), "Whether x is neither an infinity nor a NaN.";
    "isinf" Conv::One(|vm, _, v| real::test(vm, v, f64::is_infinite)), "Whether x is an infinity.";
    "isnan" Conv::One(|vm, _, v| real::test(vm, v, f64::is_nan)), "Whether x is a NaN.";
    "isqrt" Conv::One(whole::isqrt), "Square root of an int, rounded down.";
    "ldexp" Conv::Pos(2, 2, real::ldexp), "x * 2**i.";
    "lgamma" Conv::One(|vm, _, v| real::checked(vm, v, gamma::lgamma)), "Natural logarithm of the absolute value of gamma(x).";
    "log" Conv::Kw(real::log), "Logarithm, natural or to the given base.";
    "log10" Conv::One(|vm, _, v| real::logarithm(vm, v, f64::log10)), "Logarithm to base 10.";
    "log1p" plain!(f64::ln_1p), "Natural logarithm of 1 + x, exact for small x too.";
    "log2" Conv::One(|vm, _, v| real::logarithm(vm, v, f64::log2)), "Logarithm to base 2.";
    "modf" Conv::One(real::modf), "Fraction and whole part of x, both with its sign.";
    "perm" Conv::Pos(1, 2, whole::perm), "Number of ways to choose k of n things, in order.";
    "pow" Conv::Pos(2, 2, real::pow), "x to the power of y, as floats.";
    "prod" Conv::Kw(sums::prod), "Product of the numbers and of start.";
    "radians" Conv::One(|vm, _, v| real::always(vm, v, |x| x * (std::f64::consts::PI / 180.0))), "From degrees to radians.";
    "remainder" pair!(real::remainder), "x less the nearest multiple of y.";
    "sin" plain!(f64::sin), "Sine of an angle in radians.";
    "sinh" growing!(f64::sinh), "Hyperbolic sine.";
    "sqrt" plain!(f64::sqrt), "Square root.";
    "tan" plain!(f64::tan), "Tangent of an angle in radians.";
    "tanh" plain!(f64::tanh), "Hyperbolic tangent.";
    "trunc" Conv::One(real::trunc), "The int next to x towards zero, by its __trunc__.";
};

/// Binds the constants.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for (name, x) in [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        dict::set_name(vm, d, name, Value::float(x))?;
    }
    Ok(())
}
