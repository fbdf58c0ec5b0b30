//! Methods of iterators.

use crate::object::{ClassId, Conv, MethodDef, Value};
use crate::protocol::iter;
use crate::vm::Vm;

const NEXT: MethodDef = MethodDef {
    name: "__next__",
    conv: Conv::NoArgs(next),
    doc: "Return the next item; StopIteration at the end.",
};
const ITER: MethodDef = MethodDef {
    name: "__iter__",
    conv: Conv::NoArgs(|_, it| Ok(it)),
    doc: "Return the iterator itself.",
};
const HINT: MethodDef = MethodDef {
    name: "__length_hint__",
    conv: Conv::NoArgs(|vm, it| {
        let n = super::make::length_hint(vm, it);
        vm.new_int(i64::try_from(n).unwrap_or(i64::MAX))
    }),
    doc: "Return how many items are left, as far as that is known.",
};
/// Rows of the iterators that know no length.
pub const METHODS: &[MethodDef] = &[NEXT, ITER];
/// Rows of the others.
pub const SIZED_METHODS: &[MethodDef] = &[NEXT, ITER, HINT];

fn next(vm: &mut Vm, it: Value) -> crate::object::method::R {
    match iter::step(vm, it)? {
        Some(v) => Ok(v),
        None => Err(vm.raise_args(ClassId::StopIteration, &[])),
    }
}
