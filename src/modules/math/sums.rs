//! Functions that go through many numbers.

use super::real::Fault;
use crate::object::method::R;
use crate::object::{Args, ClassId, Kind, Value};
use crate::protocol::iter::{self, Flow};
use crate::protocol::number::{self, BinOp};
use crate::raise;
use crate::types::args;
use crate::types::int::big::room_bytes;
use crate::types::tuple::ops as tuple;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// Partial sums that do not overlap, the smallest first: together they are the sum, exactly.
struct Exact {
    partials: Vec<f64>,
    /// Sum of the infinities and NaNs, and of the infinities among them.
    special: f64,
    infinite: f64,
}

impl Exact {
    /// Adds a number. `Err` when finite numbers grow beyond the largest double on the way.
    fn add(&mut self, number: f64) -> Result<(), Fault> {
        let mut x = number;
        let mut kept = 0;
        for i in 0..self.partials.len() {
            let mut y = self.partials[i];
            if x.abs() < y.abs() {
                (x, y) = (y, x);
            }
            // hi + lo is x + y exactly.
            let hi = x + y;
            let lo = y - (hi - x);
            if lo != 0.0 {
                self.partials[kept] = lo;
                kept += 1;
            }
            x = hi;
        }
        self.partials.truncate(kept);
        if x == 0.0 {
            return Ok(());
        }
        if x.is_finite() {
            self.partials.push(x);
            return Ok(());
        }
        if number.is_finite() {
            return Err(Fault::Range);
        }
        if number.is_infinite() {
            self.infinite += number;
        }
        self.special += number;
        self.partials.clear();
        Ok(())
    }
    /// The sum of the partials, rounded once, ties to even.
    fn total(&self) -> f64 {
        let mut rest = self.partials.iter().rev();
        let Some(&first) = rest.next() else {
            return 0.0;
        };
        let (mut hi, mut lo) = (first, 0.0);
        for &y in rest.by_ref() {
            let x = hi;
            hi = x + y;
            lo = y - (hi - x);
            if lo != 0.0 {
                break;
            }
        }
        // What lies below decides a tie.
        if let Some(&next) = rest.next()
            && (lo < 0.0 && next < 0.0 || lo > 0.0 && next > 0.0)
        {
            let y = lo * 2.0;
            let x = hi + y;
            if y == x - hi {
                hi = x;
            }
        }
        hi
    }
}

pub fn fsum(vm: &mut Vm, _: Value, v: Value) -> R {
    let mut sum = Exact {
        partials: Vec::new(),
        special: 0.0,
        infinite: 0.0,
    };
    iter::for_each(vm, v, |vm, x| {
        let x = number::as_f64(vm, x)?;
        match sum.add(x) {
            Ok(()) => Ok(Flow::Go),
            Err(_) => Err(raise!(vm, OverflowError, "intermediate overflow in fsum")),
        }
    })?;
    if sum.special != 0.0 {
        if sum.infinite.is_nan() {
            return Err(raise!(vm, ValueError, "-inf + inf in fsum"));
        }
        return Ok(Value::float(sum.special));
    }
    Ok(Value::float(sum.total()))
}

/// `prod(iterable, *, start=1)`
pub fn prod(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [v, start] = args::parse(vm, "prod", a, ["", "start"], 1, 1)?;
    let mut r = start.unwrap_or(Value::int_unchecked(1));
    iter::for_each(vm, v.unwrap_or(Value::NONE), |vm, x| {
        r = number::binary(vm, BinOp::Mul, r, x)?;
        Ok(Flow::Go)
    })?;
    Ok(r)
}

/// The length of a vector of absolute values, scaled by the largest of them.
fn norm(v: &[f64]) -> f64 {
    let max = v.iter().fold(0.0, |m, &x| if x > m { x } else { m });
    if max.is_infinite() {
        return max;
    }
    if v.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || v.len() <= 1 {
        return max;
    }
    // The sum starts at 1, more than any term, so that what each addition loses is known exactly.
    let (mut sum, mut lost) = (1.0, 0.0);
    for x in v {
        let x = x / max;
        let x = x * x;
        let old = sum;
        sum += x;
        lost += (old - sum) + x;
    }
    max * (sum - 1.0 + lost).sqrt()
}

pub fn hypot(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    room_bytes(vm, 8 * a.len())?;
    let mut all = Vec::with_capacity(a.len());
    for &x in a.positional() {
        all.push(number::as_f64(vm, x)?.abs());
    }
    Ok(Value::float(norm(&all)))
}

/// Coordinates: a tuple, or what one is made of.
fn point(vm: &mut Vm, p: Value) -> Result<Value, Raised> {
    match p.is_kind(Kind::Tuple) {
        true => Ok(p),
        false => tuple::from_iterable(vm, p),
    }
}
/// `dist(p, q)`
pub fn dist(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let (p, q) = (point(vm, a[0])?, point(vm, a[1])?);
    let len = |vm: &Vm, v: Value| v.get::<TupleObj>(vm).map_or(0, |t| t.len);
    let n = len(vm, p);
    if n != len(vm, q) {
        return Err(vm.raise(
            ClassId::ValueError,
            "both points must have the same number of dimensions",
        ));
    }
    room_bytes(vm, 8 * n)?;
    let mut all = Vec::with_capacity(n);
    for i in 0..n {
        let at = |vm: &Vm, v: Value| v.get::<TupleObj>(vm).and_then(|t| t.get(i));
        let x = at(vm, p).unwrap_or(Value::NONE);
        let x = number::as_f64(vm, x)?;
        let y = at(vm, q).unwrap_or(Value::NONE);
        let y = number::as_f64(vm, y)?;
        all.push((x - y).abs());
    }
    Ok(Value::float(norm(&all)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_sum_is_rounded_once() {
        let sum = |v: &[f64]| {
            let mut s = Exact {
                partials: Vec::new(),
                special: 0.0,
                infinite: 0.0,
            };
            for &x in v {
                s.add(x).ok();
            }
            s.total()
        };
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[1e100, 1.0, -1e100]), 1.0);
        assert_eq!(sum(&[1e16, 1.0, 1e-16]), 10000000000000002.0);
        assert_eq!(
            sum(&[
                1e16 - 2.0,
                1.0 - 2f64.powi(-53),
                -(1e16 - 2.0),
                -(1.0 - 2f64.powi(-53))
            ]),
            0.0
        );
    }
}
