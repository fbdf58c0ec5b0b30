//! Methods of iterators.

use crate::object::{Conv, MethodDef};

const HINT: MethodDef = MethodDef {
    name: "__length_hint__",
    conv: Conv::NoArgs(|vm, it| {
        let n = super::make::length_hint(vm, it);
        vm.new_int(i64::try_from(n).unwrap_or(i64::MAX))
    }),
    doc: "Return how many items are left, as far as that is known.",
};
/// Rows of the iterators that know no length.
pub const METHODS: &[MethodDef] = &[];
/// Rows of the others.
pub const SIZED_METHODS: &[MethodDef] = &[HINT];
