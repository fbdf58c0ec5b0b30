//! LOAD_GLOBAL, STORE_GLOBAL and their inline caches.

use super::arith::set_spec;
use super::name_at;
use crate::interp::executable::{QInstr, Spec};
use crate::interp::frame::FramePtr;
use crate::object::{Gc, Value};
use crate::raise;
use crate::types::dict::ops;
use crate::types::dict::value::DictObj;
use crate::vm::{Raised, Vm};

/// The NameError of a global.
#[cold]
pub fn undefined(vm: &mut Vm, name: Value) -> Raised {
    let name = vm.text(name);
    raise!(vm, NameError, "name '{name}' is not defined")
}

fn globals(f: FramePtr) -> Option<Gc<DictObj>> {
    f.globals().cast()
}

/// The dict of builtins.
fn builtins(vm: &Vm) -> Option<Gc<DictObj>> {
    vm.builtins.get().and_then(|b| b.cast())
}

/// LOAD_GLOBAL in its general form: finds the name in the globals or in builtins, and points the
/// instruction at its cell. The cell of a builtin counts only while the globals gain no name.
pub fn load(vm: &mut Vm, f: FramePtr, i: &QInstr) -> Result<Value, Raised> {
    let name = name_at(vm, f, i.arg)?;
    if let Some(d) = globals(f) {
        if let Some(cell) = ops::global_cell(vm, d, name)? {
            i.cache0.set(cell.value().bits());
            set_spec(i, Spec::LOAD_GLOBAL_CELL);
            if let Some(v) = cell.get(vm).value.get() {
                return Ok(v);
            }
        }
        if let Some(b) = builtins(vm)
            && let Some(cell) = ops::global_cell(vm, b, name)?
        {
            i.cache0.set(cell.value().bits());
            i.cache1.set(d.get(vm).keys_version.get());
            set_spec(i, Spec::LOAD_GLOBAL_BUILTIN);
            if let Some(v) = cell.get(vm).value.get() {
                return Ok(v);
            }
        }
    }
    Err(undefined(vm, name))
}

/// LOAD_GLOBAL without a cache, for native code's general form.
pub fn load_uncached(vm: &mut Vm, globals: Value, name: Value) -> Result<Value, Raised> {
    if let Some(d) = globals.cast::<DictObj>()
        && let Some(v) = ops::get(vm, d, name)?
    {
        return Ok(v);
    }
    if let Some(b) = builtins(vm)
        && let Some(v) = ops::get(vm, b, name)?
    {
        return Ok(v);
    }
    Err(undefined(vm, name))
}

/// STORE_GLOBAL in its general form; points the instruction at the name's cell.
pub fn store_and_cache(vm: &mut Vm, f: FramePtr, i: &QInstr, v: Value) -> Result<(), Raised> {
    let name = name_at(vm, f, i.arg)?;
    store(vm, f.globals(), name, v)?;
    if i.heat.get() > 0
        && let Some(d) = globals(f)
        && let Some(cell) = ops::global_cell(vm, d, name)?
    {
        i.cache0.set(cell.value().bits());
        set_spec(i, Spec::STORE_GLOBAL_CELL);
    }
    Ok(())
}

/// STORE_GLOBAL.
pub fn store(vm: &mut Vm, globals: Value, name: Value, v: Value) -> Result<(), Raised> {
    match globals.cast::<DictObj>() {
        Some(d) => ops::set(vm, d, name, v),
        None => Err(raise!(vm, SystemError, "globals are not a dict")),
    }
}
