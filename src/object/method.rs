//! Rows of builtin functions and methods.

use super::{Args, Value};
use crate::vm::{Raised, Vm};

pub type R = Result<Value, Raised>;

/// How a builtin takes its arguments; who checks them, and with which text, follows from it
/// (`call/builtin`): CPython's METH_NOARGS, METH_O, METH_FASTCALL, METH_FASTCALL|KEYWORDS.
/// The first value is `self`: the receiver of a method, the module of a function.
#[derive(Clone, Copy)]
pub enum Conv {
    NoArgs(fn(&mut Vm, Value) -> R),
    One(fn(&mut Vm, Value, Value) -> R),
    /// Positional only, between `min` and `max` of them (`u8::MAX`: any number).
    Pos(u8, u8, for<'a> fn(&mut Vm, Value, Args<'a>) -> R),
    /// Positional and keyword arguments; the function checks them itself.
    Kw(for<'a> fn(&mut Vm, Value, Args<'a>) -> R),
}

/// One builtin function or method.
pub struct MethodDef {
    pub name: &'static str,
    pub conv: Conv,
    pub doc: &'static str,
}
