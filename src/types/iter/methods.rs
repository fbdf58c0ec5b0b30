//! Methods of iterators.

use super::make;
use super::state::{REDUCE, SET_STATE};
use crate::object::{Conv, MethodDef};

const HINT: MethodDef = MethodDef {
    name: "__length_hint__",
    conv: Conv::NoArgs(|vm, it| {
        if make::asks(vm, it) {
            return super::state::sequence_left(vm, it);
        }
        let n = make::length_hint(vm, it);
        vm.new_int(i64::try_from(n).unwrap_or(i64::MAX))
    }),
    doc: "Return how many items are left, as far as that is known.",
};
/// Rows of the iterators that know no length.
pub const METHODS: &[MethodDef] = &[REDUCE];
/// Rows of those that do.
pub const SIZED_METHODS: &[MethodDef] = &[HINT, REDUCE];
/// Rows of those whose place is a number.
pub const SEQUENCE_METHODS: &[MethodDef] = &[HINT, REDUCE, SET_STATE];
