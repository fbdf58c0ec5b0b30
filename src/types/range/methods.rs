//! Methods of `range`.

use super::ops;
use super::value::RangeObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::{item, repr};
use crate::raise;
use crate::types::int::ops as int;
use crate::types::{Getter, Setter, args, object};
use crate::vm::{Raised, Vm};

/// Rows.
pub const METHODS: &[MethodDef] = &[
    object::REVERSED,
    crate::types::slots::reduce::RANGE,
    MethodDef {
        name: "count",
        conv: Conv::One(count),
        doc: "Return how many numbers equal the value.",
    },
    MethodDef {
        name: "index",
        conv: Conv::One(index),
        doc: "Return the index of the value; ValueError if it is absent.",
    },
];
/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter {
        name: "start",
        get: |vm, r| field(vm, r, 0),
        set: Setter::Member,
    },
    Getter {
        name: "stop",
        get: |vm, r| field(vm, r, 1),
        set: Setter::Member,
    },
    Getter {
        name: "step",
        get: |vm, r| field(vm, r, 2),
        set: Setter::Member,
    },
];

fn field(vm: &mut Vm, r: Value, i: usize) -> Result<Option<Value>, Raised> {
    Ok(r.cast::<RangeObj>().map(|r| ops::fields(vm, r)[i]))
}

/// `range(stop)`, `range(start, stop[, step])`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "range", a)?;
    // The length is found by comparing ints.
    vm.enter_recursive(" in comparison")?;
    let n = a.len();
    if n == 0 {
        return Err(raise!(vm, TypeError, "range expected 1 argument, got 0"));
    }
    args::arity(vm, "range", a, 1, 3)?;
    let one = Value::int_unchecked(1);
    if n == 1 {
        let stop = item::as_int(vm, a[0])?;
        return ops::new(vm, Value::int_unchecked(0), stop, one);
    }
    let start = item::as_int(vm, a[0])?;
    let stop = item::as_int(vm, a[1])?;
    let step = match a.get(2) {
        Some(s) => item::as_int(vm, s)?,
        None => one,
    };
    if int::get(vm, step).is_some_and(|s| s.is_zero()) {
        return Err(raise!(vm, ValueError, "range() arg 3 must not be zero"));
    }
    ops::new(vm, start, stop, step)
}

fn count(vm: &mut Vm, r: Value, v: Value) -> R {
    let Some(g) = r.cast::<RangeObj>() else {
        return Ok(Value::NONE);
    };
    if ops::is_plain_int(v) {
        return Ok(Value::int_unchecked(ops::contains(vm, g, v)? as i64));
    }
    let n = crate::protocol::iter::count(vm, r, v)?;
    vm.new_int(n)
}
fn index(vm: &mut Vm, r: Value, v: Value) -> R {
    let Some(g) = r.cast::<RangeObj>() else {
        return Ok(Value::NONE);
    };
    if let Some(i) = ops::position(vm, g, v)? {
        return Ok(i);
    }
    if !ops::is_plain_int(v) {
        return Err(raise!(
            vm,
            ValueError,
            "sequence.index(x): x not in sequence"
        ));
    }
    let t = repr::repr(vm, v)?;
    let t = args::text(vm, t);
    Err(raise!(vm, ValueError, "{t} is not in range"))
}
