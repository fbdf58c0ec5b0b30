//! `_weakref`: what the library's `weakref` is built on.

use crate::object::{ClassId, Conv, MethodDef, Value};
use crate::types::dict::ops as dict;
use crate::types::module;
use crate::types::weak::methods as weak;
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "getweakrefcount",
        conv: Conv::One(|vm, _, v| weak::count(vm, v)),
        doc: "Return how many weak references there are to an object.",
    },
    MethodDef {
        name: "getweakrefs",
        conv: Conv::One(|vm, _, v| weak::refs_to(vm, v)),
        doc: "Return the weak references to an object in a list.",
    },
];

/// Binds the class of references.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    let c = vm.class_object(ClassId::WeakRef)?;
    dict::set_name(vm, d, "ref", c)?;
    dict::set_name(vm, d, "ReferenceType", c)
}
