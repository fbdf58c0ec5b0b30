//! Attributes of code objects.

use super::ops;
use super::value::CodeObj;
use crate::code::object::CodeObject;
use crate::object::Value;
use crate::types::{Getter, Setter};
use crate::vm::{Raised, Vm};

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
    row("co_code", |vm, c| field(vm, c, ops::CODE)),
    row("co_lnotab", |vm, c| field(vm, c, ops::LNOTAB)),
    row("co_freevars", |vm, c| field(vm, c, ops::FREEVARS)),
    row("co_cellvars", |vm, c| field(vm, c, ops::CELLVARS)),
    row("co_filename", |vm, c| field(vm, c, ops::FILENAME)),
    row("co_name", |vm, c| field(vm, c, ops::NAME)),
];

fn field(vm: &mut Vm, c: Value, i: usize) -> Result<Option<Value>, Raised> {
    let Some(c) = c.cast::<CodeObj>() else {
        return Ok(None);
    };
    let t = ops::fields(vm, c)?;
    Ok(t.get(vm).get(i))
}
fn number(vm: &mut Vm, c: Value, f: fn(&CodeObject) -> u32) -> Result<Option<Value>, Raised> {
    let n = c
        .get::<CodeObj>(vm)
        .and_then(|c| c.code.as_ref())
        .map(|c| f(c) as i32);
    Ok(n.map(|n| Value::int_unchecked(n as i64)))
}
