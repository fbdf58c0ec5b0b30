//! LOAD_GLOBAL, STORE_GLOBAL and their inline caches.

use super::arith::set_spec;
use super::name_at;
use crate::code::opcode::Opcode;
use crate::interp::executable::{QInstr, Spec};
use crate::interp::frame::FramePtr;
use crate::interp::frames;
use crate::object::{Gc, Value};
use crate::raise;
use crate::types::cell::value::GlobalCellObj;
use crate::types::dict::ops;
use crate::types::dict::value::DictObj;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// What the cell holds that a LOAD_GLOBAL or LOAD_NAME has found.
#[inline(always)]
pub fn in_cell(vm: &Vm, i: &QInstr) -> Option<Value> {
    cell_of(i)?.get(vm).value.get()
}
/// The same of a cell of the builtins' dict: the globals must have no new name since.
#[inline(always)]
pub fn in_builtins(vm: &Vm, f: FramePtr, i: &QInstr) -> Option<Value> {
    let d = f.globals().get::<DictObj>(vm)?;
    if d.keys_version.get() != i.cache1.get() {
        return None;
    }
    in_cell(vm, i)
}
/// Puts a value where one is; an empty cell's name is not in the dict.
#[inline(always)]
pub fn put_in_cell(vm: &Vm, i: &QInstr, v: Value) -> bool {
    match cell_of(i) {
        Some(c) if c.get(vm).value.get().is_some() => {
            c.get(vm).put(vm, Some(v));
            true
        }
        _ => false,
    }
}
#[inline(always)]
fn cell_of(i: &QInstr) -> Option<Gc<GlobalCellObj>> {
    i.cached().and_then(Gc::from_value)
}

/// The NameError of a global.
#[cold]
pub fn undefined(vm: &mut Vm, name: Value) -> Raised {
    let name = vm.text(name);
    raise!(vm, NameError, "name '{name}' is not defined")
}

fn globals(f: FramePtr) -> Option<Gc<DictObj>> {
    f.globals().cast()
}

/// The dict in which names are looked for that the globals do not have: what `__builtins__` named
/// when it was first needed, or when `exec` or `eval` last began with these globals. It is
/// remembered, so that every tier sees the same one (CPython remembers it in each frame).
/// Globals without `__builtins__` have none.
pub fn builtins_of(vm: &mut Vm, globals: Gc<DictObj>) -> Result<Option<Gc<DictObj>>, Raised> {
    if let Some(b) = globals.get(vm).builtins.get() {
        return Ok(b.cast());
    }
    let found = named_builtins(vm, globals)?;
    if let Some(b) = found {
        globals.get(vm).builtins.write(&vm.heap, Some(b.value()));
    }
    Ok(found)
}

fn named_builtins(vm: &mut Vm, globals: Gc<DictObj>) -> Result<Option<Gc<DictObj>>, Raised> {
    let named = ops::get_name(vm, globals, "__builtins__")?;
    Ok(named.and_then(|b| match module::dict_of(vm, b) {
        Some(d) => Some(d),
        None => b.cast(),
    }))
}

/// Code is about to run with these globals: they get the caller's builtins where they name none, and
/// what they name counts from now on.
pub fn give_builtins(vm: &mut Vm, globals: Gc<DictObj>) -> Result<(), Raised> {
    if ops::get_name(vm, globals, "__builtins__")?.is_none() {
        let caller = vm.stack.top_frame().map(|_| frames::caller_globals(vm));
        let own = match caller.transpose()?.and_then(Value::cast) {
            Some(g) => builtins_of(vm, g)?.map(Gc::value),
            None => vm.builtins.get(),
        };
        if let Some(b) = own {
            ops::set_name(vm, globals, "__builtins__", b)?;
        }
    }
    let named = named_builtins(vm, globals)?.map(Gc::value);
    // Code that runs with these globals now keeps what it began with, as does code it calls.
    let running = match vm.stack.top_frame() {
        Some(_) => frames::caller_globals(vm)? == globals.value(),
        None => false,
    };
    let o = globals.get(vm);
    if o.builtins.get() != named && !(running && o.builtins.get().is_some()) {
        // What caches found in the builtins before is void.
        o.builtins.write(&vm.heap, named);
        o.keys_version.set(vm.new_version());
    }
    Ok(())
}

/// LOAD_GLOBAL in its general form: finds the name in the globals or in builtins, and points the
/// instruction at its cell. The cell of a builtin counts only while the globals gain no name.
pub fn load(vm: &mut Vm, f: FramePtr, i: &QInstr) -> Result<Value, Raised> {
    load_as(vm, f, i, Spec::LOAD_GLOBAL_CELL, Spec::LOAD_GLOBAL_BUILTIN)
}

/// Whether the namespace that LOAD_NAME and STORE_NAME mean is the globals: module code.
#[inline(always)]
pub fn is_namespace(f: FramePtr) -> bool {
    f.locals() == Some(f.globals())
}

/// The same for LOAD_NAME, where the namespace is the globals.
pub fn load_name(vm: &mut Vm, f: FramePtr, i: &QInstr) -> Result<Value, Raised> {
    load_as(vm, f, i, Spec::LOAD_NAME_CELL, Spec::LOAD_NAME_BUILTIN)
}

fn load_as(
    vm: &mut Vm,
    f: FramePtr,
    i: &QInstr,
    own: Spec,
    builtin: Spec,
) -> Result<Value, Raised> {
    let name = name_at(vm, f, i.arg)?;
    if let Some(d) = globals(f) {
        if let Some(cell) = ops::global_cell(vm, d, name)? {
            i.cache0.set(cell.value().bits());
            set_spec(i, own);
            if let Some(v) = cell.get(vm).value.get() {
                return Ok(v);
            }
        }
        if let Some(b) = builtins_of(vm, d)?
            && let Some(cell) = ops::global_cell(vm, b, name)?
        {
            i.cache0.set(cell.value().bits());
            i.cache1.set(d.get(vm).keys_version.get());
            set_spec(i, builtin);
            if let Some(v) = cell.get(vm).value.get() {
                return Ok(v);
            }
        }
    }
    Err(undefined(vm, name))
}

/// LOAD_GLOBAL without a cache, for native code's general form.
pub fn load_uncached(vm: &mut Vm, globals: Value, name: Value) -> Result<Value, Raised> {
    if let Some(d) = globals.cast::<DictObj>() {
        if let Some(v) = ops::get(vm, d, name)? {
            return Ok(v);
        }
        if let Some(b) = builtins_of(vm, d)?
            && let Some(v) = ops::get(vm, b, name)?
        {
            return Ok(v);
        }
    }
    Err(undefined(vm, name))
}

/// STORE_GLOBAL in its general form, or STORE_NAME where the namespace is the globals; points the
/// instruction at the name's cell.
pub fn store_and_cache(vm: &mut Vm, f: FramePtr, i: &QInstr, v: Value) -> Result<(), Raised> {
    let name = name_at(vm, f, i.arg)?;
    store(vm, f.globals(), name, v)?;
    if i.heat.get() > 0
        && let Some(d) = globals(f)
        && let Some(cell) = ops::global_cell(vm, d, name)?
    {
        i.cache0.set(cell.value().bits());
        let name = i.opcode() == Opcode::STORE_NAME;
        set_spec(
            i,
            match name {
                true => Spec::STORE_NAME_CELL,
                false => Spec::STORE_GLOBAL_CELL,
            },
        );
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
