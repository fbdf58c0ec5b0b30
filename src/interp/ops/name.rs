//! LOAD_NAME, STORE_NAME, DELETE_NAME, IMPORT_NAME, SETUP_ANNOTATIONS, PRINT_EXPR: module code.

use super::global::{load_uncached, undefined};
use crate::object::{Args, ClassId, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::cell::value::CellObj;
use crate::types::code::value::CodeObj;
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
    match l.exact::<DictObj>() {
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
    match locals.map(|l| (l, l.exact::<DictObj>())) {
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
    match locals.map(|l| (l, l.exact::<DictObj>())) {
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

/// LOAD_BUILD_CLASS
pub fn build_class(vm: &mut Vm, globals: Value) -> Result<Value, Raised> {
    let b = match globals.cast::<DictObj>() {
        Some(g) => super::global::builtins_of(vm, g)?,
        None => None,
    };
    let found = match b {
        Some(b) => ops::get_name(vm, b, "__build_class__")?,
        None => None,
    };
    match found {
        Some(f) => Ok(f),
        None => Err(raise!(vm, NameError, "__build_class__ not found")),
    }
}

/// The name of cell or free variable `i`.
pub fn free_name(vm: &mut Vm, code: Value, i: u32) -> Result<Value, Raised> {
    let c = code.get::<CodeObj>(vm).and_then(|c| c.code.clone());
    let name = c.and_then(|c| {
        let n = c.cellvars.len();
        let all = c.cellvars.get(i as usize);
        all.or_else(|| c.freevars.get((i as usize).checked_sub(n)?))
            .map(|n| n.as_bytes().to_vec())
    });
    let v = vm.new_str_wtf8(&name.unwrap_or_default())?;
    crate::types::str::ops::intern(vm, v)
}

/// LOAD_CLASSDEREF: a free variable: its name in the namespace of a class body, else its cell.
pub fn class_deref(
    vm: &mut Vm,
    locals: Option<Value>,
    name: Value,
    cell: Value,
) -> Result<Value, Raised> {
    if let Some(l) = locals
        && let Some(v) = find(vm, l, name)?
    {
        return Ok(v);
    }
    match cell.get::<CellObj>(vm).and_then(|c| c.value.get()) {
        Some(v) => Ok(v),
        None => {
            let name = vm.text(name);
            Err(raise!(
                vm,
                NameError,
                "free variable '{name}' referenced before assignment in enclosing scope"
            ))
        }
    }
}
