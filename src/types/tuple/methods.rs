//! Methods of `tuple`.

use super::value::TupleObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::{compare, item};
use crate::raise;
use crate::types::list::ops::clamp_index;
use crate::types::{Getter, Setter, args};
use crate::vm::Vm;

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "__getnewargs__",
        conv: Conv::NoArgs(|vm, t| {
            let t = crate::types::instance::ops::unchanged(vm, t)?;
            vm.new_tuple(&[t])
        }),
        doc: "The arguments that make it again.",
    },
    MethodDef {
        name: "count",
        conv: Conv::One(count),
        doc: "Return how many items equal the value.",
    },
    MethodDef {
        name: "index",
        conv: Conv::Pos(1, 3, index),
        doc: "Return the first index of the value; ValueError if it is absent.",
    },
];

/// `tuple(iterable=())`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "tuple", a)?;
    args::arity(vm, "tuple", a, 0, 1)?;
    match a.get(0) {
        Some(v) => super::ops::from_iterable(vm, v),
        None => vm.new_tuple(&[]),
    }
}

fn count(vm: &mut Vm, t: Value, x: Value) -> R {
    let (mut n, mut i) = (0, 0);
    while let Some(v) = t.get::<TupleObj>(vm).and_then(|t| t.get(i)) {
        n += compare::eq(vm, v, x)? as i64;
        i += 1;
        vm.poll()?;
    }
    vm.new_int(n)
}
fn index(vm: &mut Vm, t: Value, a: Args<'_>) -> R {
    let len = t.get::<TupleObj>(vm).map_or(0, |t| t.len);
    let (mut i, end) = search_range(vm, a, len)?;
    while i < end {
        if let Some(v) = t.get::<TupleObj>(vm).and_then(|t| t.get(i))
            && compare::eq(vm, v, a[0])?
        {
            return vm.new_int(i as i64);
        }
        i += 1;
        vm.poll()?;
    }
    Err(raise!(vm, ValueError, "tuple.index(x): x not in tuple"))
}

/// The `start` and `stop` of `index(x, start, stop)`, clamped.
pub fn search_range(
    vm: &mut Vm,
    a: Args<'_>,
    len: usize,
) -> Result<(usize, usize), crate::vm::Raised> {
    let start = match a.get(1) {
        Some(v) => item::slice_index(vm, v)?,
        None => 0,
    };
    let stop = match a.get(2) {
        Some(v) => item::slice_index(vm, v)?,
        None => i64::MAX,
    };
    Ok((clamp_index(start, len), clamp_index(stop, len)))
}

macro_rules! items {
    ($($name:literal $i:literal),*) => {
        &[$(Getter {
            name: $name,
            get: |vm, t| Ok(t.get::<TupleObj>(vm).and_then(|t| t.get($i))),
            set: Setter::Member,
        }),*]
    };
}
/// The named items of `dis.Instruction`.
pub const INSTRUCTION_GETTERS: &[Getter] = items!(
    "opname" 0, "opcode" 1, "arg" 2, "argval" 3, "argrepr" 4, "offset" 5, "starts_line" 6, "is_jump_target" 7
);
/// The named items of `sys.version_info`.
pub const VERSION_GETTERS: &[Getter] =
    items!("major" 0, "minor" 1, "micro" 2, "releaselevel" 3, "serial" 4);
