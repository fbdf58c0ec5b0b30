//! From a slice to indices.

use super::value::SliceObj;
use crate::object::method::R;
use crate::object::{Gc, Value};
use crate::protocol::compare::CmpOp;
use crate::protocol::number::{self as operators, BinOp};
use crate::raise;
use crate::types::int::ops as int;
use crate::types::range::ops::holds;
use crate::vm::{Raised, Vm};

/// Start, stop and step as they were given.
pub fn fields(vm: &Vm, s: Gc<SliceObj>) -> [Value; 3] {
    let o = s.get(vm);
    [&o.start, &o.stop, &o.step].map(|f| f.get_or_none())
}

/// A slice's bounds before the length is known; what does not fit 64 bits is clamped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub start: i64,
    pub stop: i64,
    /// Neither 0 nor `i64::MIN`.
    pub step: i64,
}

/// A slice of a sequence: `len` items from `start`, `step` apart. All of them exist. Where
/// there are none, `start` is where they would be inserted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub start: usize,
    pub stop: i64,
    pub step: i64,
    pub len: usize,
}
impl Span {
    /// The index of item `k`.
    #[inline]
    pub fn index(&self, k: usize) -> usize {
        (self.start as i64 + k as i64 * self.step) as usize
    }
}

fn not_index(vm: &mut Vm) -> Raised {
    raise!(
        vm,
        TypeError,
        "slice indices must be integers or None or have an __index__ method"
    )
}
fn zero_step(vm: &mut Vm) -> Raised {
    raise!(vm, ValueError, "slice step cannot be zero")
}

#[inline]
fn clamped(vm: &mut Vm, v: Value) -> Result<i64, Raised> {
    match v.as_small_int() {
        Some(i) => Ok(i),
        None => clamped_slow(vm, v),
    }
}
#[inline(never)]
fn clamped_slow(vm: &mut Vm, v: Value) -> Result<i64, Raised> {
    let v = crate::protocol::user::try_index(vm, v)?;
    if let Some(i) = int::to_i64(vm, v) {
        return Ok(i);
    }
    match int::get(vm, v) {
        Some(i) => Ok(if i.is_negative() { i64::MIN } else { i64::MAX }),
        None => Err(not_index(vm)),
    }
}

/// The bounds of a slice: step first, as CPython looks at them.
///
/// # Errors
/// TypeError for a bound that is no int, ValueError for a step of 0.
pub fn unpack(vm: &mut Vm, s: Gc<SliceObj>) -> Result<Bounds, Raised> {
    let [start, stop, step] = fields(vm, s);
    let step = if step.is_none() {
        1
    } else {
        let step = clamped(vm, step)?;
        if step == 0 {
            return Err(zero_step(vm));
        }
        step.max(-i64::MAX)
    };
    let start = match start {
        Value::NONE if step < 0 => i64::MAX,
        Value::NONE => 0,
        v => clamped(vm, v)?,
    };
    let stop = match stop {
        Value::NONE if step < 0 => i64::MIN,
        Value::NONE => i64::MAX,
        v => clamped(vm, v)?,
    };
    Ok(Bounds { start, stop, step })
}

impl Bounds {
    /// Those of a slice of these parts (start, stop, perhaps step), if each is None or an inline int and the
    /// step is not 0: nothing of a program is asked.
    pub fn plain(parts: &[Value]) -> Option<Bounds> {
        let part = |i: usize| parts.get(i).copied().filter(|v| !v.is_none());
        let number = |i: usize, none: i64| part(i).map_or(Some(none), |v| v.as_small_int());
        let step = number(2, 1).filter(|s| *s != 0)?;
        let (first, last) = match step < 0 {
            true => (i64::MAX, i64::MIN),
            false => (0, i64::MAX),
        };
        Some(Bounds {
            start: number(0, first)?,
            stop: number(1, last)?,
            step,
        })
    }
    /// What the slice takes of a sequence of this length.
    pub fn adjust(self, len: usize) -> Span {
        let n = len as i64;
        let down = self.step < 0;
        let fit = |i: i64| {
            if i < 0 {
                let i = i + n;
                if i >= 0 {
                    i
                } else if down {
                    -1
                } else {
                    0
                }
            } else if i >= n {
                if down { n - 1 } else { n }
            } else {
                i
            }
        };
        let (start, stop) = (fit(self.start), fit(self.stop));
        // A division takes longer than all the rest.
        let steps = |span: i64, step: i64| match step {
            1 => span,
            _ => (span - 1) / step + 1,
        };
        let count = if down {
            if stop < start {
                steps(start - stop, -self.step)
            } else {
                0
            }
        } else if start < stop {
            steps(stop - start, self.step)
        } else {
            0
        };
        Span {
            start: start.max(0) as usize,
            stop,
            step: self.step,
            len: count as usize,
        }
    }
}

/// Start, stop and step of a slice of a sequence whose length is an int of any size.
///
/// # Errors
/// As [`unpack`].
pub fn indices(vm: &mut Vm, s: Gc<SliceObj>, length: Value) -> Result<[Value; 3], Raised> {
    let [start, stop, step] = fields(vm, s);
    let (zero, one) = (Value::int_unchecked(0), Value::int_unchecked(1));
    let step = if step.is_none() {
        one
    } else {
        let step = as_int(vm, step)?;
        if int::get(vm, step).is_some_and(|s| s.is_zero()) {
            return Err(zero_step(vm));
        }
        step
    };
    let down = int::get(vm, step).is_some_and(|s| s.is_negative());
    let (lower, upper) = if down {
        let minus = Value::int_unchecked(-1);
        let last = operators::binary(vm, BinOp::Add, length, minus)?;
        (minus, last)
    } else {
        (zero, length)
    };
    // Instances of classes derived from int have their own operators asked.
    let mut fit = |v: Value, default: Value| -> R {
        if v.is_none() {
            return Ok(default);
        }
        let v = as_int(vm, v)?;
        let (v, op, end) = match int::get(vm, v).is_some_and(|i| i.is_negative()) {
            true => {
                let v = operators::binary(vm, BinOp::Add, v, length)?;
                (v, CmpOp::Lt, lower)
            }
            false => (v, CmpOp::Gt, upper),
        };
        Ok(if holds(vm, op, v, end)? { end } else { v })
    };
    let start = fit(start, if down { upper } else { lower })?;
    let stop = fit(stop, if down { lower } else { upper })?;
    Ok([start, stop, step])
}
/// A bound as an int, which keeps its class.
fn as_int(vm: &mut Vm, v: Value) -> R {
    let v = crate::protocol::user::try_index(vm, v)?;
    match int::is_int(v) {
        true => Ok(v),
        false => Err(not_index(vm)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every slice of a short sequence takes the items that counting takes.
    #[test]
    fn spans_are_those_of_counting() {
        let some = [i64::MIN, -9, -3, -1, 0, 1, 2, 4, 9, i64::MAX];
        for len in 0..5usize {
            let n = len as i64;
            for start in some {
                for stop in some {
                    for step in [1, 2, 3, -1, -2, i64::MAX, -i64::MAX] {
                        let from_end = |i: i64| if i < 0 { i.saturating_add(n) } else { i };
                        let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
                        let mut at = from_end(start).clamp(low, high);
                        let end = from_end(stop).clamp(low, high);
                        let mut want = Vec::new();
                        while if step > 0 { at < end } else { at > end } {
                            want.push(at as usize);
                            at = at.saturating_add(step);
                        }
                        let span = Bounds { start, stop, step }.adjust(len);
                        let got: Vec<usize> = (0..span.len).map(|k| span.index(k)).collect();
                        assert_eq!(got, want, "{start}:{stop}:{step} of {len}");
                    }
                }
            }
        }
    }
}
