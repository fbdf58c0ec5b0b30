//! The module `builtins`: functions, classes, exceptions, constants.
mod build_class;
pub mod compile;
pub mod exceptions;
pub mod functions;
mod namespace;
pub mod printing;
mod sum;

pub use printing::display;

use crate::object::{ClassId, Value};
use crate::types::dict::ops as dict;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// Classes that have a name in `builtins`, besides the exceptions.
const CLASSES: &[ClassId] = &[
    ClassId::Object,
    ClassId::Type,
    ClassId::Int,
    ClassId::Bool,
    ClassId::Float,
    ClassId::Str,
    ClassId::Tuple,
    ClassId::List,
    ClassId::Dict,
    ClassId::Range,
    ClassId::Enumerate,
    ClassId::Zip,
    ClassId::Map,
    ClassId::Filter,
    ClassId::Reversed,
    ClassId::Set,
    ClassId::FrozenSet,
    ClassId::Slice,
    ClassId::Complex,
    ClassId::Bytes,
    ClassId::ClassMethod,
    ClassId::StaticMethod,
    ClassId::Property,
    ClassId::Super,
    ClassId::ByteArray,
    ClassId::MemoryView,
];

/// Fills `vm.builtins` and `vm.modules` (`builtins` and `sys`). Called once, when the engine is made.
pub fn install(vm: &mut Vm) -> Result<(), Raised> {
    let name = vm.intern("builtins")?;
    let doc = vm.new_str("Functions, classes, exceptions and constants that need no import.")?;
    let m = module::new(vm, name, doc)?.value();
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    vm.builtins.write(&vm.heap, Some(d.value()));
    let modules = vm.new_dict()?;
    vm.modules.write(&vm.heap, Some(modules.value()));
    dict::set(vm, modules, name, m)?;
    crate::modules::add_functions(vm, m, functions::FUNCTIONS)?;
    for &c in CLASSES {
        let class = vm.class_object(c)?;
        dict::set_name(vm, d, c.name(), class)?;
    }
    for &c in ClassId::ALL
        .iter()
        .filter(|c| c.is_exception() && crate::types::module_name(**c) == "builtins")
    {
        let class = vm.class_object(c)?;
        dict::set_name(vm, d, c.name(), class)?;
    }
    let os_error = vm.class_object(ClassId::OSError)?;
    let constants = [
        ("None", Value::NONE),
        ("Ellipsis", Value::ELLIPSIS),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("False", Value::FALSE),
        ("True", Value::TRUE),
        ("__debug__", Value::bool(vm.config.flags.optimize == 0)),
        ("EnvironmentError", os_error),
        ("IOError", os_error),
    ];
    for (k, v) in constants {
        dict::set_name(vm, d, k, v)?;
    }
    let sys = vm.intern("sys")?;
    crate::modules::import(vm, sys)?;
    Ok(())
}
