//! LOAD_NAME, STORE_NAME, DELETE_NAME, IMPORT_NAME, SETUP_ANNOTATIONS, PRINT_EXPR: module code.

use super::global::{load_uncached, undefined};
use crate::object::{Args, ClassId, Value};
use crate::protocol::item;
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
    let Some(l) = locals else {
        let n = vm.text(name);
        return Err(raise!(vm, SystemError, "no locals when loading '{n}'"));
    };
    match find(vm, l, name)? {
        Some(v) => Ok(v),
        None => load_uncached(vm, globals, name),
    }
}

/// What a namespace, a dict or another mapping, holds under a name.
fn find(vm: &mut Vm, l: Value, name: Value) -> Result<Option<Value>, Raised> {
    match l.cast::<DictObj>() {
        Some(l) => ops::get(vm, l, name),
        None => match item::get_item(vm, l, name) {
            Ok(v) => Ok(Some(v)),
            Err(r) => {
                vm.catch(r, ClassId::KeyError)?;
                Ok(None)
            }
        },
    }
}

/// STORE_NAME.
pub fn store(vm: &mut Vm, locals: Option<Value>, name: Value, v: Value) -> Result<(), Raised> {
    match locals.map(|l| (l, l.cast::<DictObj>())) {
        Some((_, Some(l))) => ops::set(vm, l, name, v),
        Some((l, None)) => item::set_item(vm, l, name, v),
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
    match locals.map(|l| (l, l.cast::<DictObj>())) {
        Some((_, Some(l))) => match ops::del(vm, l, name)? {
            true => Ok(()),
            false => Err(undefined(vm, name)),
        },
        // Whatever went wrong, the name is not defined.
        Some((l, None)) => match item::del_item(vm, l, name) {
            Ok(()) => Ok(()),
            Err(r) => {
                vm.catch(r, ClassId::Exception)?;
                Err(undefined(vm, name))
            }
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

/// SETUP_ANNOTATIONS: `__annotations__` of the namespace, made where it is missing.
pub fn setup_annotations(vm: &mut Vm, locals: Option<Value>) -> Result<(), Raised> {
    let Some(l) = locals else {
        return Err(raise!(
            vm,
            SystemError,
            "no locals found when setting up annotations"
        ));
    };
    let name = vm.intern("__annotations__")?;
    if find(vm, l, name)?.is_none() {
        let d = vm.new_dict()?;
        store(vm, locals, name, d.value())?;
    }
    Ok(())
}

/// PRINT_EXPR: `sys.displayhook(v)`.
pub fn print_expr(vm: &mut Vm, v: Value) -> Result<(), Raised> {
    let hook = crate::modules::sys_attribute(vm, "displayhook")?;
    match hook {
        Some(hook) => vm.call(hook, Args::pos(&[v])).map(|_| ()),
        None => Err(raise!(vm, RuntimeError, "lost sys.displayhook")),
    }
}
