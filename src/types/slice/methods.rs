//! `slice()`, its attributes and its method.

use super::ops;
use super::value::SliceObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, MethodDef, Value};
use crate::raise;
use crate::types::int::ops as int;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "indices",
        conv: Conv::One(indices),
        doc: "Return start, stop and step for a sequence of the given length.",
    },
    crate::types::slots::reduce::SLICE,
];

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter {
        name: "start",
        get: |vm, s| field(vm, s, 0),
        set: Setter::Member,
    },
    Getter {
        name: "stop",
        get: |vm, s| field(vm, s, 1),
        set: Setter::Member,
    },
    Getter {
        name: "step",
        get: |vm, s| field(vm, s, 2),
        set: Setter::Member,
    },
];

fn field(vm: &mut Vm, s: Value, i: usize) -> Result<Option<Value>, Raised> {
    Ok(s.cast::<SliceObj>().map(|s| ops::fields(vm, s)[i]))
}

/// `slice(stop)`, `slice(start, stop[, step])`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "slice", a)?;
    args::arity(vm, "slice", a, 1, 3)?;
    let none = Value::NONE;
    match a.get(1) {
        None => vm.new_slice(none, a[0], none),
        Some(stop) => vm.new_slice(a[0], stop, a.get(2).unwrap_or(none)),
    }
}

fn indices(vm: &mut Vm, s: Value, length: Value) -> R {
    let Some(s) = Gc::<SliceObj>::from_value(s) else {
        return Ok(Value::NONE);
    };
    let length = crate::protocol::number::index(vm, length)?;
    if int::get(vm, length).is_some_and(|n| n.is_negative()) {
        return Err(raise!(vm, ValueError, "length should not be negative"));
    }
    let all = ops::indices(vm, s, length)?;
    vm.new_tuple(&all)
}
