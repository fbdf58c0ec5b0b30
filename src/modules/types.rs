//! `types`: names for classes that have none among the builtins.

use crate::object::{ClassId, MethodDef, Value};
use crate::types::dict::ops as dict;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[];

const NAMES: &[(&str, ClassId)] = &[
    ("FunctionType", ClassId::Function),
    ("GeneratorType", ClassId::Generator),
    ("CoroutineType", ClassId::Coroutine),
    ("AsyncGeneratorType", ClassId::AsyncGenerator),
    ("LambdaType", ClassId::Function),
    ("CodeType", ClassId::Code),
    ("CellType", ClassId::Cell),
    ("MethodType", ClassId::Method),
    ("BuiltinFunctionType", ClassId::BuiltinFunction),
    ("BuiltinMethodType", ClassId::BuiltinFunction),
    ("MethodDescriptorType", ClassId::MethodDescriptor),
    ("ModuleType", ClassId::Module),
    ("TracebackType", ClassId::Traceback),
    ("FrameType", ClassId::Frame),
];

/// Binds the classes.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for &(name, id) in NAMES {
        let class = vm.class_object(id)?;
        dict::set_name(vm, d, name, class)?;
    }
    Ok(())
}
