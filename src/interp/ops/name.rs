//! LOAD_NAME, STORE_NAME, DELETE_NAME, IMPORT_NAME: module code.

use super::global::{load_uncached, undefined};
use crate::object::Value;
use crate::raise;
use crate::types::dict::ops;
use crate::types::dict::value::DictObj;
use crate::vm::{Raised, Vm};

/// LOAD_NAME: the namespace, then the globals, then builtins.
pub fn load(
    vm: &mut Vm,
    locals: Option<Value>,
    globals: Value,
    name: Value,
) -> Result<Value, Raised> {
    let Some(l) = locals.and_then(|l| l.cast::<DictObj>()) else {
        let n = vm.text(name);
        return Err(raise!(vm, SystemError, "no locals when loading '{n}'"));
    };
    if let Some(v) = ops::get(vm, l, name)? {
        return Ok(v);
    }
    load_uncached(vm, globals, name)
}

/// STORE_NAME.
pub fn store(vm: &mut Vm, locals: Option<Value>, name: Value, v: Value) -> Result<(), Raised> {
    match locals.and_then(|l| l.cast::<DictObj>()) {
        Some(l) => ops::set(vm, l, name, v),
        None => {
            let n = vm.text(name);
            Err(raise!(
                vm,
                SystemError,
                "no locals found when storing '{n}'"
            ))
        }
    }
}

/// DELETE_NAME.
pub fn delete(vm: &mut Vm, locals: Option<Value>, name: Value) -> Result<(), Raised> {
    match locals.and_then(|l| l.cast::<DictObj>()) {
        Some(l) => match ops::del(vm, l, name)? {
            true => Ok(()),
            false => Err(undefined(vm, name)),
        },
        None => {
            let n = vm.text(name);
            Err(raise!(vm, SystemError, "no locals when deleting '{n}'"))
        }
    }
}

/// IMPORT_NAME: `__import__(name, globals, locals, fromlist, level)`.
pub fn import(
    vm: &mut Vm,
    name: Value,
    globals: Value,
    locals: Option<Value>,
    fromlist: Value,
    level: Value,
) -> Result<Value, Raised> {
    crate::modules::import::import_name(vm, name, globals, locals, fromlist, level)
}
