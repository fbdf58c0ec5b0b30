//! `_thread`: locks. There is one thread.

use crate::object::{ClassId, Conv, MethodDef, Value};
use crate::types::dict::ops as dict;
use crate::types::lock::methods as lock;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "allocate_lock",
        conv: Conv::NoArgs(|vm, _| lock::new(vm, ClassId::Lock)),
        doc: "Make a lock that nobody has.",
    },
    MethodDef {
        name: "allocate",
        conv: Conv::NoArgs(|vm, _| lock::new(vm, ClassId::Lock)),
        doc: "The same as allocate_lock().",
    },
    MethodDef {
        name: "get_ident",
        conv: Conv::NoArgs(|vm, _| vm.new_int(lock::THREAD)),
        doc: "A number that names this thread.",
    },
];

/// Binds the classes and what is no function.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for (name, class) in [
        ("LockType", ClassId::Lock),
        ("RLock", ClassId::RLock),
        ("error", ClassId::RuntimeError),
    ] {
        let c = vm.class_object(class)?;
        dict::set_name(vm, d, name, c)?;
    }
    dict::set_name(vm, d, "TIMEOUT_MAX", Value::float(lock::TIMEOUT_MAX))
}
