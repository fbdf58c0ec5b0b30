//! The range itself: numbers of any size; where all fit 64 bits, plain arithmetic.

use super::value::{RangeIterObj, RangeObj};
use crate::object::method::R;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::number::{self as operators, BinOp, UnOp};
use crate::protocol::truth;
use crate::raise;
use crate::types::int::ops as int;
use crate::types::iter::make;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// `range(start, stop, step)` of three ints; `step` is not 0.
pub fn new(vm: &mut Vm, start: Value, stop: Value, step: Value) -> R {
    let length = length(vm, start, stop, step)?;
    let r = vm.alloc(RangeObj {
        h: Header::new(Kind::Range, ClassId::Range as u32),
        start: Slot::of(start),
        stop: Slot::of(stop),
        step: Slot::of(step),
        length: Slot::of(length),
    })?;
    Ok(r.value())
}

fn length(vm: &mut Vm, start: Value, stop: Value, step: Value) -> R {
    let inline = (
        start.as_small_int(),
        stop.as_small_int(),
        step.as_small_int(),
    );
    if let (Some(a), Some(b), Some(s)) = inline {
        let span = if s > 0 { b - a } else { a - b };
        // A division takes longer than all the rest.
        let n = match s {
            _any if span <= 0 => 0,
            // Of a class's own operators: `range` takes none.
            0 => {
                let text = "integer division or modulo by zero";
                return Err(vm.raise(ClassId::ZeroDivisionError, text));
            }
            1 | -1 => span,
            s => (span - 1) / s.abs() + 1,
        };
        return vm.new_int(n);
    }
    if ![start, stop, step].into_iter().all(is_plain_int) {
        return length_by_operators(vm, start, stop, step);
    }
    plain_length(vm, start, stop, step)
}
/// The same of instances of classes derived from int: their own operators are asked.
fn length_by_operators(vm: &mut Vm, start: Value, stop: Value, step: Value) -> R {
    let (zero, one) = (Value::int_unchecked(0), Value::int_unchecked(1));
    let (lo, hi, step) = match holds(vm, CmpOp::Gt, step, zero)? {
        true => (start, stop, step),
        false => (stop, start, operators::unary(vm, UnOp::Neg, step)?),
    };
    if holds(vm, CmpOp::Ge, lo, hi)? {
        return Ok(zero);
    }
    let span = operators::binary(vm, BinOp::Sub, hi, lo)?;
    let span = operators::binary(vm, BinOp::Sub, span, one)?;
    let n = operators::binary(vm, BinOp::FloorDiv, span, step)?;
    let n = operators::binary(vm, BinOp::Add, n, one)?;
    if int::is_int(n) {
        return Ok(n);
    }
    let t = vm.type_name(n);
    Err(raise!(
        vm,
        TypeError,
        "an integer is required (got type {t})"
    ))
}
fn plain_length(vm: &mut Vm, start: Value, stop: Value, step: Value) -> R {
    let small = (
        int::to_i64(vm, start),
        int::to_i64(vm, stop),
        int::to_i64(vm, step),
    );
    if let (Some(a), Some(b), Some(s)) = small {
        let (a, b, s) = (a as i128, b as i128, s as i128);
        let span = if s > 0 { b - a } else { a - b };
        let n = if span <= 0 {
            0
        } else {
            (span - 1) / s.abs() + 1
        };
        return int::from_i128(vm, n);
    }
    let down = int::get(vm, step).is_some_and(|s| s.is_negative());
    let (lo, hi) = if down { (stop, start) } else { (start, stop) };
    let span = int::sub(vm, hi, lo)?;
    if int::get(vm, span).is_none_or(|s| s.is_negative() || s.is_zero()) {
        return Ok(Value::int_unchecked(0));
    }
    let one = Value::int_unchecked(1);
    let step = int::abs(vm, step)?;
    let n = int::sub(vm, span, one)?;
    let n = int::floordiv(vm, n, step)?;
    int::add(vm, n, one)
}

/// start, stop, step, length.
pub fn fields(vm: &Vm, r: Gc<RangeObj>) -> [Value; 4] {
    let r = r.get(vm);
    [&r.start, &r.stop, &r.step, &r.length].map(Slot::get_or_none)
}

/// Number `i`, which is in range: `start + i * step`.
pub fn number(vm: &mut Vm, r: Gc<RangeObj>, i: Value) -> R {
    let [start, _, step, _] = fields(vm, r);
    if ![i, start, step].into_iter().all(is_plain_int) {
        let d = operators::binary(vm, BinOp::Mul, i, step)?;
        return operators::binary(vm, BinOp::Add, start, d);
    }
    let d = int::mul(vm, i, step)?;
    int::add(vm, start, d)
}

/// `r[i]` where all numbers are small.
pub fn small_item(vm: &Vm, r: Gc<RangeObj>, i: i64) -> Option<Value> {
    let [start, _, step, length] = fields(vm, r);
    let n = length.as_small_int()?;
    let i = if i < 0 { i + n } else { i };
    let far = i.checked_mul(step.as_small_int()?)?;
    let at = start.as_small_int()?.checked_add(far)?;
    Value::small_int(at).filter(|_| (0..n).contains(&i))
}
/// `r[i]` for an int of any size.
pub fn get_item(vm: &mut Vm, r: Gc<RangeObj>, i: Value) -> R {
    if let Some(v) = i.as_small_int().and_then(|i| small_item(vm, r, i)) {
        return Ok(v);
    }
    let [_, _, _, length] = fields(vm, r);
    if i.is_user() || length.is_user() {
        return item_by_operators(vm, r, i);
    }
    let negative = int::get(vm, i).is_some_and(|i| i.is_negative());
    let i = if negative {
        int::add(vm, i, length)?
    } else {
        i
    };
    let inside = match (int::get(vm, i), int::get(vm, length)) {
        (Some(i), Some(n)) => !i.is_negative() && i.compare(n).is_lt(),
        _ => false,
    };
    if !inside {
        return Err(out_of_range(vm));
    }
    number(vm, r, i)
}
fn out_of_range(vm: &mut Vm) -> Raised {
    raise!(vm, IndexError, "range object index out of range")
}
/// `r[i]` for an instance of a class derived from int: its own operators are asked, as CPython asks
/// those of any number.
fn item_by_operators(vm: &mut Vm, r: Gc<RangeObj>, i: Value) -> R {
    let [_, _, _, length] = fields(vm, r);
    let zero = Value::int_unchecked(0);
    let i = match holds(vm, CmpOp::Lt, i, zero)? {
        true => operators::binary(vm, BinOp::Add, length, i)?,
        false => i,
    };
    if holds(vm, CmpOp::Lt, i, zero)? || holds(vm, CmpOp::Ge, i, length)? {
        return Err(out_of_range(vm));
    }
    number(vm, r, i)
}
/// `a op b`, asked as CPython does.
pub fn holds(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Result<bool, Raised> {
    let said = compare::rich_compare(vm, op, a, b)?;
    truth::is_true(vm, said)
}

/// An int of no derived class, which might compare in its own way.
pub fn is_plain_int(v: Value) -> bool {
    int::is_int(v) && !v.is_user()
}
/// The index at which the range holds `v`. Plain ints are computed, anything else is compared
/// with number after number.
pub fn position(vm: &mut Vm, r: Gc<RangeObj>, v: Value) -> Result<Option<Value>, Raised> {
    let [start, _, step, length] = fields(vm, r);
    if is_plain_int(v) {
        let d = int::sub(vm, v, start)?;
        let (i, rest) = int::divmod(vm, d, step)?;
        if int::get(vm, rest).is_none_or(|r| !r.is_zero()) {
            return Ok(None);
        }
        let inside = match (int::get(vm, i), int::get(vm, length)) {
            (Some(i), Some(n)) => !i.is_negative() && i.compare(n).is_lt(),
            _ => false,
        };
        return Ok(inside.then_some(i));
    }
    let it = iter(vm, r)?;
    let mut i = 0;
    while let Some(x) = crate::protocol::iter::next(vm, it)? {
        if compare::eq(vm, x, v)? {
            return Ok(Some(vm.new_int(i)?));
        }
        i += 1;
        vm.burn(1)?;
        vm.poll()?;
    }
    Ok(None)
}
/// `v in r`
pub fn contains(vm: &mut Vm, r: Gc<RangeObj>, v: Value) -> Result<bool, Raised> {
    Ok(position(vm, r, v)?.is_some())
}

/// `==`: of the sequences, not of the arguments.
pub fn equal(vm: &mut Vm, a: Gc<RangeObj>, b: Gc<RangeObj>) -> Result<bool, Raised> {
    if a == b {
        return Ok(true);
    }
    let ([s1, _, d1, n1], [s2, _, d2, n2]) = (fields(vm, a), fields(vm, b));
    if !compare::eq(vm, n1, n2)? {
        return Ok(false);
    }
    if n1 == Value::int_unchecked(0) {
        return Ok(true);
    }
    if !compare::eq(vm, s1, s2)? {
        return Ok(false);
    }
    if n1 == Value::int_unchecked(1) {
        return Ok(true);
    }
    compare::eq(vm, d1, d2)
}

/// What the hash of a range is the hash of: length, start, step, as far as they matter for `==`.
pub fn hash_key(vm: &mut Vm, r: Gc<RangeObj>) -> R {
    let [start, _, step, n] = fields(vm, r);
    let key = match n.as_small_int() {
        Some(0) => [n, Value::NONE, Value::NONE],
        Some(1) => [n, start, Value::NONE],
        _ => [n, start, step],
    };
    vm.new_tuple(&key)
}

/// An iterator over the range.
pub fn iter(vm: &mut Vm, r: Gc<RangeObj>) -> R {
    let [start, stop, step, mut length] = fields(vm, r);
    let all = [start, stop, step];
    // What fits 64 bits is counted, whatever operators said.
    if all.into_iter().any(Value::is_user) && all.iter().all(|v| int::to_i64(vm, *v).is_some()) {
        length = plain_length(vm, start, stop, step)?;
    }
    iter_over(vm, start, Some(stop), step, length)
}
/// `reversed(r)`
pub fn reversed(vm: &mut Vm, r: Gc<RangeObj>) -> R {
    let [mut start, stop, mut step, mut length] = fields(vm, r);
    let of_operators = ![start, stop, step].into_iter().all(is_plain_int);
    if of_operators
        && let (Some(a), Some(_), Some(s)) = (
            int::to_i64(vm, start),
            int::to_i64(vm, stop),
            int::to_i64(vm, step),
        )
    {
        // Counted, as going forwards.
        length = plain_length(vm, start, stop, step)?;
        (start, step) = (vm.new_int(a)?, vm.new_int(s)?);
    }
    if length == Value::int_unchecked(0) {
        return iter_over(vm, start, None, step, length);
    }
    let small = (
        start.as_small_int(),
        step.as_small_int(),
        length.as_small_int(),
    );
    if let (Some(start), Some(step), Some(n)) = small
        && let Some(far) = step.checked_mul(n - 1)
        && let Some(last) = start.checked_add(far)
    {
        return small_iter(vm, last, -step, n);
    }
    let one = Value::int_unchecked(1);
    let last = int::sub(vm, length, one)?;
    let last = match is_plain_int(start) && is_plain_int(step) {
        true => {
            let far = int::mul(vm, last, step)?;
            int::add(vm, start, far)?
        }
        false => number(vm, r, last)?,
    };
    // What would come after the first number has to fit, too.
    let end = int::sub(vm, start, step)?;
    let step = int::neg(vm, step)?;
    iter_over(vm, last, Some(end), step, length)
}
fn small_iter(vm: &mut Vm, next: i64, step: i64, n: i64) -> R {
    let it = vm.alloc(RangeIterObj {
        h: Header::new(Kind::RangeIter, ClassId::RangeIter as u32),
        next: Cell::new(next),
        step,
        remaining: Cell::new(n as u64),
    })?;
    Ok(it.value())
}
/// Numbers from `start` on, `length` of them. 64 bits suffice where all three numbers of the range fit.
fn iter_over(vm: &mut Vm, start: Value, stop: Option<Value>, step: Value, length: Value) -> R {
    let small = (
        int::to_i64(vm, start),
        int::to_i64(vm, step),
        int::to_i64(vm, length),
        stop.is_none_or(|s| int::to_i64(vm, s).is_some()),
    );
    if let (Some(next), Some(step), Some(n), true) = small {
        return small_iter(vm, next, step, n);
    }
    make::raw(
        vm,
        ClassId::LongRangeIter,
        [Some(start), Some(step), Some(length)],
        0,
        0,
    )
}

/// The next number.
#[inline]
pub fn iter_next(vm: &mut Vm, it: Gc<RangeIterObj>) -> Result<Option<Value>, Raised> {
    let o = it.get(vm);
    let n = o.remaining.get();
    if n == 0 {
        return Ok(None);
    }
    let v = o.next.get();
    o.remaining.set(n - 1);
    o.next.set(v.wrapping_add(o.step));
    vm.new_int(v).map(Some)
}
