//! Arithmetic of complex numbers, by CPython's formulas.

use super::value::ComplexObj;
use crate::object::{ClassId, Value};
use crate::protocol::number::{self, BinOp};
use crate::raise;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Real and imaginary part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}
const ONE: Complex = Complex { re: 1.0, im: 0.0 };

/// A value that is complex.
pub fn get(vm: &Vm, v: Value) -> Option<Complex> {
    let c = v.get::<ComplexObj>(vm)?;
    Some(Complex { re: c.re, im: c.im })
}
/// Any number as a complex one.
///
/// # Errors
/// OverflowError for an int that is too large for a double.
pub fn from_number(vm: &mut Vm, v: Value) -> Result<Complex, Raised> {
    match get(vm, v) {
        Some(c) => Ok(c),
        None => Ok(Complex {
            re: number::as_f64(vm, v)?,
            im: 0.0,
        }),
    }
}

fn product(a: Complex, b: Complex) -> Complex {
    Complex {
        re: a.re * b.re - a.im * b.im,
        im: a.re * b.im + a.im * b.re,
    }
}
/// The quotient, scaled by the divisor's larger part; `None` for a divisor of 0.
pub fn quotient(a: Complex, b: Complex) -> Option<Complex> {
    let (re, im) = (b.re.abs(), b.im.abs());
    if re >= im {
        if re == 0.0 {
            return None;
        }
        let ratio = b.im / b.re;
        let denom = b.re + b.im * ratio;
        Some(Complex {
            re: (a.re + a.im * ratio) / denom,
            im: (a.im - a.re * ratio) / denom,
        })
    } else if im >= re {
        let ratio = b.re / b.im;
        let denom = b.re * ratio + b.im;
        Some(Complex {
            re: (a.re * ratio + a.im) / denom,
            im: (a.im * ratio - a.re) / denom,
        })
    } else {
        Some(Complex {
            re: f64::NAN,
            im: f64::NAN,
        })
    }
}
/// `a ** b`; `None` for 0 to a negative or complex power.
fn power(a: Complex, b: Complex) -> Option<Complex> {
    // A small whole exponent multiplies, so that (1+2j)**2 is exact.
    if b.im == 0.0 && b.re == b.re.trunc() && b.re.abs() <= 100.0 {
        let n = b.re as i64;
        return if n > 0 {
            Some(whole_power(a, n as u64))
        } else {
            quotient(ONE, whole_power(a, n.unsigned_abs()))
        };
    }
    if b.re == 0.0 && b.im == 0.0 {
        return Some(ONE);
    }
    if a.re == 0.0 && a.im == 0.0 {
        return if b.im != 0.0 || b.re < 0.0 {
            None
        } else {
            Some(Complex { re: 0.0, im: 0.0 })
        };
    }
    let size = a.re.hypot(a.im);
    let angle = a.im.atan2(a.re);
    let mut len = size.powf(b.re);
    let mut phase = angle * b.re;
    if b.im != 0.0 {
        len /= (angle * b.im).exp();
        phase += b.im * size.ln();
    }
    Some(Complex {
        re: len * phase.cos(),
        im: len * phase.sin(),
    })
}
fn whole_power(x: Complex, n: u64) -> Complex {
    let (mut r, mut p) = (ONE, x);
    let mut mask = 1;
    while n >= mask {
        if n & mask != 0 {
            r = product(r, p);
        }
        mask <<= 1;
        p = product(p, p);
    }
    r
}

fn wrap(vm: &mut Vm, c: Complex) -> R {
    vm.new_complex(c.re, c.im)
}

/// `a op b` of two numbers, one of them complex; `None` where complex numbers have no such operator.
pub fn binary(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> Option<R> {
    Some(match op {
        BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::TrueDiv | BinOp::Pow => operate(vm, op, a, b),
        BinOp::FloorDiv | BinOp::Mod => Err(no_floor(vm, op)),
        BinOp::MatMul | BinOp::LShift | BinOp::RShift | BinOp::And | BinOp::Xor | BinOp::Or => {
            return None;
        }
    })
}
/// `//` and `%` with a complex operand, whatever the other is.
pub fn no_floor(vm: &mut Vm, op: BinOp) -> Raised {
    let msg = if op == BinOp::Mod {
        "can't mod complex numbers."
    } else {
        "can't take floor of complex number."
    };
    vm.raise(ClassId::TypeError, msg)
}
fn operate(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    let x = from_number(vm, a)?;
    let y = from_number(vm, b)?;
    match op {
        BinOp::Add => vm.new_complex(x.re + y.re, x.im + y.im),
        BinOp::Sub => vm.new_complex(x.re - y.re, x.im - y.im),
        BinOp::Mul => wrap(vm, product(x, y)),
        BinOp::TrueDiv => match quotient(x, y) {
            Some(c) => wrap(vm, c),
            None => Err(raise!(vm, ZeroDivisionError, "complex division by zero")),
        },
        _ => pow(vm, x, y),
    }
}
/// `x ** y`
pub fn pow(vm: &mut Vm, x: Complex, y: Complex) -> R {
    match power(x, y) {
        None => Err(raise!(
            vm,
            ZeroDivisionError,
            "0.0 to a negative or complex power"
        )),
        Some(c) if c.re.is_infinite() || c.im.is_infinite() => {
            Err(raise!(vm, OverflowError, "complex exponentiation"))
        }
        Some(c) => wrap(vm, c),
    }
}

impl Complex {
    /// Its absolute value; none: too large, though the parts are finite.
    pub fn size(self) -> Option<f64> {
        if self.re.is_infinite() || self.im.is_infinite() {
            return Some(f64::INFINITY);
        }
        Some(self.re.hypot(self.im)).filter(|s| !s.is_infinite())
    }
}

/// `abs(c)`
pub fn abs(vm: &mut Vm, c: Complex) -> R {
    match c.size() {
        Some(size) => Ok(Value::float(size)),
        None => Err(raise!(vm, OverflowError, "absolute value too large")),
    }
}
