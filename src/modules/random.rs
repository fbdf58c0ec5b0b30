//! `_random`.

use crate::object::{ClassId, Value};
use crate::types::dict::ops as dict;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// Binds the class.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    let c = vm.class_object(ClassId::Random)?;
    dict::set_name(vm, d, "Random", c)
}
