//! Attributes of code objects.

use super::ops;
use super::value::CodeObj;
use crate::code::object::CodeObject;
use crate::object::Value;
use crate::object::method::R;
use crate::types::str::ops as strings;
use crate::types::{Getter, Setter};
use crate::vm::{Raised, Vm};
use std::sync::Arc;

type Get = fn(&mut Vm, Value) -> Result<Option<Value>, Raised>;

const fn row(name: &'static str, get: Get) -> Getter {
    Getter {
        name,
        get,
        set: Setter::Member,
    }
}

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    row("co_argcount", |vm, c| number(vm, c, |c| c.argcount)),
    row("co_posonlyargcount", |vm, c| {
        number(vm, c, |c| c.posonlyargcount)
    }),
    row("co_kwonlyargcount", |vm, c| {
        number(vm, c, |c| c.kwonlyargcount)
    }),
    row("co_nlocals", |vm, c| number(vm, c, |c| c.nlocals)),
    row("co_stacksize", |vm, c| number(vm, c, |c| c.stacksize)),
    row("co_flags", |vm, c| number(vm, c, |c| c.flags)),
    row("co_firstlineno", |vm, c| number(vm, c, |c| c.firstlineno)),
    row("co_consts", |vm, c| {
        Ok(c.get::<CodeObj>(vm).map(|c| c.consts.get_or_none()))
    }),
    row("co_names", |vm, c| {
        Ok(c.get::<CodeObj>(vm).map(|c| c.names.get_or_none()))
    }),
    row("co_varnames", |vm, c| {
        Ok(c.get::<CodeObj>(vm).map(|c| c.varnames.get_or_none()))
    }),
    row("co_freevars", |vm, c| {
        with(vm, c, |vm, c| ops::interned(vm, &c.freevars))
    }),
    row("co_cellvars", |vm, c| {
        with(vm, c, |vm, c| ops::interned(vm, &c.cellvars))
    }),
    row("co_filename", |vm, c| {
        with(vm, c, |vm, c| vm.new_str(&c.filename))
    }),
    row("co_name", |vm, c| {
        with(vm, c, |vm, c| {
            let s = vm.new_str_wtf8(c.name.as_bytes())?;
            strings::intern(vm, s)
        })
    }),
];

fn with(
    vm: &mut Vm,
    c: Value,
    f: impl Fn(&mut Vm, &Arc<CodeObject>) -> R,
) -> Result<Option<Value>, Raised> {
    match c.get::<CodeObj>(vm).and_then(|c| c.code.clone()) {
        Some(c) => f(vm, &c).map(Some),
        None => Ok(None),
    }
}
fn number(vm: &mut Vm, c: Value, f: fn(&CodeObject) -> u32) -> Result<Option<Value>, Raised> {
    with(vm, c, |vm, c| vm.new_int(f(c) as i64))
}
