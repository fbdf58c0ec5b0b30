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
    /// A slot of the type (CPython's wrapper descriptors) that takes nothing but `self`,
    Wrap0(fn(&mut Vm, Value) -> R),
    /// one argument,
    Wrap1(fn(&mut Vm, Value, Value) -> R),
    /// between `min` and `max` arguments,
    WrapN(u8, u8, for<'a> fn(&mut Vm, Value, Args<'a>) -> R),
    /// or what it checks itself.
    WrapKw(for<'a> fn(&mut Vm, Value, Args<'a>) -> R),
}

impl Conv {
    /// Whether the row is a slot of the type: its descriptor is a `wrapper_descriptor`.
    pub const fn is_slot(&self) -> bool {
        matches!(
            self,
            Conv::Wrap0(_) | Conv::Wrap1(_) | Conv::WrapN(..) | Conv::WrapKw(_)
        )
    }
}

/// One builtin function or method.
pub struct MethodDef {
    pub name: &'static str,
    pub conv: Conv,
    pub doc: &'static str,
}
