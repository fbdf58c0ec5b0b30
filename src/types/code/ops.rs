//! Making code objects: the shared `CodeObject` gets this engine's constants and names.

use super::value::CodeObj;
use crate::code::object::{CodeObject, Const};
use crate::code::wtf8::Wtf8Buf;
use crate::object::method::R;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::raise;
use crate::types::list::ops as list;
use crate::types::str::ops as strings;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use std::cell::RefCell;
use std::sync::Arc;

/// A code object of this engine. Names and varnames are interned; constants as CPython has them: a
/// str that could be a name is interned, a nested code object is a `code`.
pub fn new(vm: &mut Vm, code: Arc<CodeObject>) -> Result<Gc<CodeObj>, Raised> {
    let names = interned(vm, &code.names)?;
    let varnames = interned(vm, &code.varnames)?;
    let consts = tuple(vm, &code.consts)?;
    let accounted = size_of(&code);
    vm.with_room(accounted, |vm| vm.heap.account(accounted))?;
    vm.alloc(CodeObj {
        h: Header::new(Kind::Code, ClassId::Code as u32),
        code: Some(code),
        consts: Slot::of(consts),
        names: Slot::of(names),
        varnames: Slot::of(varnames),
        exec: RefCell::new(None),
        accounted,
        globals: Slot::new(None),
        original: Slot::new(None),
    })
}

/// The code object to run with these globals: itself, if it never ran with others; else a copy that
/// shares everything but what its caches will learn.
pub fn for_globals(vm: &mut Vm, code: Gc<CodeObj>, globals: Value) -> Result<Gc<CodeObj>, Raised> {
    let o = code.get(vm);
    match o.globals.get() {
        Some(g) if g == globals => return Ok(code),
        Some(_) => (),
        None => {
            o.globals.write(&vm.heap, Some(globals));
            return Ok(code);
        }
    }
    let init = CodeObj {
        h: Header::new(Kind::Code, ClassId::Code as u32),
        code: o.code.clone(),
        consts: Slot::new(o.consts.get()),
        names: Slot::new(o.names.get()),
        varnames: Slot::new(o.varnames.get()),
        exec: RefCell::new(None),
        accounted: 0,
        globals: Slot::of(globals),
        original: Slot::of(original(vm, code.value())),
    };
    vm.alloc(init)
}
/// The code object that a program sees for one that runs.
pub fn original(vm: &Vm, code: Value) -> Value {
    code.get::<CodeObj>(vm)
        .and_then(|c| c.original.get())
        .unwrap_or(code)
}

/// Bytes of a CodeObject less its nested ones, which account for themselves.
fn size_of(c: &CodeObject) -> usize {
    let names = [&c.names, &c.varnames, &c.freevars, &c.cellvars];
    let text: usize = names
        .iter()
        .flat_map(|n| n.iter())
        .map(|n| n.as_bytes().len() + std::mem::size_of::<Wtf8Buf>())
        .sum();
    let consts: usize = c.consts.iter().map(const_size).sum();
    std::mem::size_of::<CodeObject>() + c.code.len() + c.lnotab.len() + text + consts
}
fn const_size(c: &Const) -> usize {
    let tail = match c {
        Const::Int(i) => i.bits() as usize / 8,
        Const::Str(s) => s.as_bytes().len(),
        Const::Bytes(b) => b.len(),
        Const::Tuple(t) | Const::FrozenSet(t) => t.iter().map(const_size).sum(),
        Const::None
        | Const::Ellipsis
        | Const::Bool(_)
        | Const::Float(_)
        | Const::Complex(..)
        | Const::Code(_) => 0,
    };
    std::mem::size_of::<Const>() + tail
}

/// A tuple of interned strings.
pub fn interned(vm: &mut Vm, names: &[Wtf8Buf]) -> R {
    let l = list::with_capacity(vm, names.len())?;
    for n in names {
        let s = vm.new_str_wtf8(n.as_bytes())?;
        let s = strings::intern(vm, s)?;
        list::push(vm, l, s)?;
    }
    list::to_tuple(vm, l)
}

fn tuple(vm: &mut Vm, items: &[Const]) -> R {
    let l = list::with_capacity(vm, items.len())?;
    for c in items {
        let v = constant(vm, c)?;
        list::push(vm, l, v)?;
    }
    list::to_tuple(vm, l)
}

/// A constant as a value.
pub fn constant(vm: &mut Vm, c: &Const) -> R {
    match c {
        Const::None => Ok(Value::NONE),
        Const::Ellipsis => Ok(Value::ELLIPSIS),
        Const::Bool(b) => Ok(Value::bool(*b)),
        Const::Int(i) => vm.new_bigint(i.clone()),
        Const::Float(f) => Ok(Value::float(*f)),
        Const::Str(s) => {
            let v = vm.new_str_wtf8(s.as_bytes())?;
            let nameable = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
            if s.as_bytes().iter().all(nameable) {
                return strings::intern(vm, v);
            }
            Ok(v)
        }
        Const::Tuple(t) => tuple(vm, t),
        Const::Code(c) => Ok(new(vm, c.clone())?.value()),
        Const::Complex(re, im) => vm.new_complex(*re, *im),
        Const::Bytes(b) => vm.new_bytes(b),
        Const::FrozenSet(t) => {
            let items = tuple(vm, t)?;
            vm.new_frozenset(items)
        }
    }
}

/// `co_consts`
pub fn consts(vm: &mut Vm, code: Gc<CodeObj>) -> Result<Gc<TupleObj>, Raised> {
    match code.get(vm).consts.get().and_then(|c| c.cast()) {
        Some(t) => Ok(t),
        None => Err(raise!(vm, SystemError, "code object without constants")),
    }
}
/// `co_name`, interned.
pub fn co_name(vm: &mut Vm, code: Gc<CodeObj>) -> R {
    let Some(c) = code.get(vm).code.clone() else {
        return vm.intern("");
    };
    let s = vm.new_str_wtf8(c.name.as_bytes())?;
    strings::intern(vm, s)
}
/// `co_names[i]` of a code object: an interned str.
pub fn name(vm: &mut Vm, code: Value, i: usize) -> R {
    nth(vm, code, i, |c| &c.names)
}
/// `co_varnames[i]`
pub fn varname(vm: &mut Vm, code: Value, i: usize) -> R {
    nth(vm, code, i, |c| &c.varnames)
}
fn nth(vm: &mut Vm, code: Value, i: usize, of: fn(&CodeObj) -> &Slot) -> R {
    let names = code
        .get::<CodeObj>(vm)
        .map_or(Value::NONE, |c| of(c).get_or_none());
    match names.get::<TupleObj>(vm).and_then(|t| t.get(i)) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, SystemError, "code object has no name {i}")),
    }
}
