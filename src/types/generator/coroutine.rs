//! Methods and attributes of coroutines, of asynchronous generators, and of what they give to be awaited.

use super::agen;
use super::methods::{
    self, NAME, QUALNAME, close, code, delegate_of, frame, is_running, send, throw,
};
use super::value::GenObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::types::Getter;
use crate::types::iter::make;
use crate::types::iter::value::IterObj;
use crate::vm::Vm;

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}

/// Computed attributes of coroutines.
pub const GETTERS: &[Getter] = &[
    NAME,
    QUALNAME,
    Getter::computed("cr_await", delegate_of),
    Getter::member("cr_frame", frame),
    Getter::member("cr_running", is_running),
    Getter::member("cr_code", code),
    Getter::member("cr_origin", |vm, g| {
        Ok(g.get::<GenObj>(vm).map(|g| g.extra.get_or_none()))
    }),
];
/// Computed attributes of asynchronous generators.
pub const ASYNC_GETTERS: &[Getter] = &[
    NAME,
    QUALNAME,
    Getter::computed("ag_await", delegate_of),
    Getter::member("ag_frame", frame),
    Getter::member("ag_running", |vm, g| {
        Ok(g.get::<GenObj>(vm).map(|g| Value::bool(g.awaited.get())))
    }),
    Getter::member("ag_code", code),
];

/// Rows of coroutines.
pub const METHODS: &[MethodDef] = rows! {
    "send" Conv::One(send), "Go on with a value: what is awaited next, or StopIteration.";
    "throw" Conv::Pos(1, 3, throw), "Raise an exception where it waits.";
    "close" Conv::NoArgs(close), "Raise GeneratorExit where it waits.";
    "__await__" Conv::Wrap0(await_it), "An iterator that runs the coroutine.";
    "__del__" Conv::Wrap0(methods::del), "What happens when it dies.";
};
/// Rows of asynchronous generators.
pub const ASYNC_METHODS: &[MethodDef] = rows! {
    "asend" Conv::One(agen::asend), "Awaited: go on with a value.";
    "athrow" Conv::Pos(0, u8::MAX, agen::athrow), "Awaited: raise an exception at the yield that waits.";
    "aclose" Conv::NoArgs(agen::aclose), "Awaited: raise GeneratorExit at the yield that waits.";
    "__aiter__" Conv::Wrap0(|_, g| Ok(g)), "The generator itself.";
    "__anext__" Conv::Wrap0(agen::anext), "Awaited: the next item.";
    "__del__" Conv::Wrap0(methods::del), "What happens when it dies.";
};
/// Rows of what `__await__` of a coroutine gives.
pub const WRAPPER_METHODS: &[MethodDef] = rows! {
    "send" Conv::One(|vm, w, v| { let c = wrapped(vm, w); send(vm, c, v) }), "As the coroutine's.";
    "throw" Conv::Pos(1, 3, |vm, w, a| { let c = wrapped(vm, w); throw(vm, c, a) }), "As the coroutine's.";
    "close" Conv::NoArgs(|vm, w| { let c = wrapped(vm, w); close(vm, c) }), "As the coroutine's.";
};
/// Rows of what an asynchronous generator's methods give.
pub const AWAITABLE_METHODS: &[MethodDef] = rows! {
    "send" Conv::One(|vm, it, v| match it.cast() { Some(it) => agen::send(vm, it, v), None => Ok(Value::NONE) }), "Go on with a value.";
    "throw" Conv::Pos(1, 3, throw_awaitable), "Raise an exception where it waits.";
    "close" Conv::NoArgs(agen::close_awaitable), "It is not awaited any more.";
    "__await__" Conv::Wrap0(|_, it| Ok(it)), "Itself.";
};

/// `c.__await__()`
fn await_it(vm: &mut Vm, c: Value) -> R {
    make::over(vm, ClassId::CoroutineWrapper, c)
}
/// The coroutine of a wrapper.
pub fn wrapped(vm: &Vm, w: Value) -> Value {
    w.get::<IterObj>(vm)
        .map_or(Value::NONE, |w| w.a.get_or_none())
}
fn throw_awaitable(vm: &mut Vm, it: Value, a: Args<'_>) -> R {
    match it.cast() {
        Some(it) => agen::throw(vm, it, a),
        None => Ok(Value::NONE),
    }
}
