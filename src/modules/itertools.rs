//! `itertools`.

use crate::object::{Conv, MethodDef, Value};
use crate::types::dict::ops as dict;
use crate::types::{itertools, module};
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[MethodDef {
    name: "tee",
    conv: Conv::Pos(1, 2, itertools::tee::tee),
    doc: "Return several iterators over the items of one.",
}];

/// Binds the classes.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for &c in itertools::CLASSES {
        let o = vm.class_object(c)?;
        dict::set_name(vm, d, c.name(), o)?;
    }
    Ok(())
}
