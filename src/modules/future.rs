//! `__future__`: what `from __future__ import` names, as a program sees it at run time. Each feature is
//! a tuple of the release in which it could first be asked for, the one that has it always, and the
//! flag of the compiler.

use crate::object::Value;
use crate::object::method::R;
use crate::types::dict::ops as dict;
use crate::types::list::ops as list;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// (major, minor, micro, level, serial)
type Release = (i64, i64, i64, &'static str, i64);

const FEATURES: [(&str, Release, Option<Release>, i64); 10] = [
    (
        "nested_scopes",
        (2, 1, 0, "beta", 1),
        Some((2, 2, 0, "alpha", 0)),
        0x10,
    ),
    (
        "generators",
        (2, 2, 0, "alpha", 1),
        Some((2, 3, 0, "final", 0)),
        0,
    ),
    (
        "division",
        (2, 2, 0, "alpha", 2),
        Some((3, 0, 0, "alpha", 0)),
        0x2000,
    ),
    (
        "absolute_import",
        (2, 5, 0, "alpha", 1),
        Some((3, 0, 0, "alpha", 0)),
        0x4000,
    ),
    (
        "with_statement",
        (2, 5, 0, "alpha", 1),
        Some((2, 6, 0, "alpha", 0)),
        0x8000,
    ),
    (
        "print_function",
        (2, 6, 0, "alpha", 2),
        Some((3, 0, 0, "alpha", 0)),
        0x10000,
    ),
    (
        "unicode_literals",
        (2, 6, 0, "alpha", 2),
        Some((3, 0, 0, "alpha", 0)),
        0x20000,
    ),
    (
        "barry_as_FLUFL",
        (3, 1, 0, "alpha", 2),
        Some((4, 0, 0, "alpha", 0)),
        0x40000,
    ),
    (
        "generator_stop",
        (3, 5, 0, "beta", 1),
        Some((3, 7, 0, "alpha", 0)),
        0x80000,
    ),
    (
        "annotations",
        (3, 7, 0, "beta", 1),
        Some((4, 0, 0, "alpha", 0)),
        0x100000,
    ),
];

fn release(vm: &mut Vm, r: Option<Release>) -> R {
    let Some((major, minor, micro, level, serial)) = r else {
        return Ok(Value::NONE);
    };
    let n = Value::int_unchecked;
    let level = vm.new_str(level)?;
    vm.new_tuple(&[n(major), n(minor), n(micro), level, n(serial)])
}

/// Binds the features.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    let all = vm.new_list(&[])?;
    for (name, first, always, flag) in FEATURES {
        let first = release(vm, Some(first))?;
        let always = release(vm, always)?;
        let feature = vm.new_tuple(&[first, always, Value::int_unchecked(flag)])?;
        dict::set_name(vm, d, name, feature)?;
        let name = vm.intern(name)?;
        list::push(vm, all, name)?;
    }
    dict::set_name(vm, d, "all_feature_names", all.value())
}
