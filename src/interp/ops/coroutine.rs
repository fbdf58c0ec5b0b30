//! What `await`, `async for` and `async with` ask of objects.

use super::with::special;
use crate::code::object::flags;
use crate::code::opcode::Opcode;
use crate::interp::frame::FramePtr;
use crate::object::{Args, ClassId, Kind, Value};
use crate::protocol::special::Special;
use crate::protocol::{attr, iter};
use crate::raise;
use crate::types::generator::value::{GenObj, State};
use crate::types::generator::{agen, methods};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// A coroutine, or a generator that counts as one.
fn is_coroutine(vm: &Vm, v: Value) -> bool {
    match vm.class_of(v) {
        ClassId::Coroutine => true,
        ClassId::Generator => v
            .get::<GenObj>(vm)
            .is_some_and(|g| methods::flags_of(vm, g) & flags::ITERABLE_COROUTINE != 0),
        _ => false,
    }
}

/// What the class defines under a name, bound; `None` where it defines nothing.
fn defined(vm: &mut Vm, v: Value, name: &str) -> Result<Option<Value>, Raised> {
    let name = vm.intern(name)?;
    attr::lookup_special(vm, v, name)
}

/// The iterator that awaiting `v` runs (`_PyCoro_GetAwaitableIter`).
///
/// # Errors
/// TypeError for what cannot be awaited; what its `__await__` raises.
pub fn awaitable(vm: &mut Vm, v: Value) -> R {
    if is_coroutine(vm, v) {
        return Ok(v);
    }
    let Some(m) = defined(vm, v, "__await__")? else {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "object {t} can't be used in 'await' expression"
        ));
    };
    let it = vm.call(m, Args::pos(&[]))?;
    if is_coroutine(vm, it) {
        return Err(raise!(vm, TypeError, "__await__() returned a coroutine"));
    }
    if !iter::is_iterator(vm, it)? {
        let t = vm.type_name(it);
        return Err(raise!(
            vm,
            TypeError,
            "__await__() returned non-iterator of type '{t}'"
        ));
    }
    Ok(it)
}

/// GET_AWAITABLE
///
/// # Errors
/// As [`awaitable`]; RuntimeError for a coroutine that somebody awaits already.
pub fn get_awaitable(vm: &mut Vm, f: FramePtr, v: Value) -> R {
    let before = f.pc().checked_sub(1);
    let before = before.and_then(|i| f.exec().instrs.get(i as usize).map(|i| i.opcode()));
    get_awaitable_after(vm, before, v)
}

/// The same where the opcode before it is known.
///
/// # Errors
/// As above.
pub fn get_awaitable_after(vm: &mut Vm, before: Option<Opcode>, v: Value) -> R {
    let it = match awaitable(vm, v) {
        Ok(it) => it,
        Err(r) => return Err(awaitable_error(vm, before, v, r)),
    };
    if vm.class_of(it) == ClassId::Coroutine
        && let Some(g) = it.get::<GenObj>(vm)
        && g.state.get() == State::Delegating
    {
        return Err(raise!(
            vm,
            RuntimeError,
            "coroutine is being awaited already"
        ));
    }
    Ok(it)
}

/// `async with` has its own words for what its methods give.
#[cold]
fn awaitable_error(vm: &mut Vm, before: Option<Opcode>, v: Value, r: Raised) -> Raised {
    let method = if before == Some(Opcode::BEFORE_ASYNC_WITH) {
        "__aenter__"
    } else if before == Some(Opcode::WITH_CLEANUP_START) {
        "__aexit__"
    } else {
        return r;
    };
    let exc = vm.exc.get();
    match defined(vm, v, "__await__") {
        Ok(None) => (),
        Ok(Some(_)) => {
            vm.exc.write(&vm.heap, exc);
            return r;
        }
        Err(r) => return r,
    }
    let t = vm.type_name(v);
    raise!(
        vm,
        TypeError,
        "'async with' received an object from {method} that does not implement __await__: {t}"
    )
}

/// GET_AITER
///
/// # Errors
/// TypeError; what `__aiter__` raises.
pub fn get_aiter(vm: &mut Vm, v: Value) -> R {
    if vm.class_of(v) == ClassId::AsyncGenerator {
        return Ok(v);
    }
    let Some(m) = defined(vm, v, "__aiter__")? else {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "'async for' requires an object with __aiter__ method, got {t}"
        ));
    };
    let it = vm.call(m, Args::pos(&[]))?;
    if defined(vm, it, "__anext__")?.is_none() {
        let t = vm.type_name(it);
        return Err(raise!(
            vm,
            TypeError,
            "'async for' received an object from __aiter__ that does not implement __anext__: {t}"
        ));
    }
    Ok(it)
}

/// GET_ANEXT: what to await for the next item.
///
/// # Errors
/// TypeError; what `__anext__` raises.
pub fn get_anext(vm: &mut Vm, it: Value) -> R {
    if vm.class_of(it) == ClassId::AsyncGenerator {
        return agen::anext(vm, it);
    }
    let Some(m) = defined(vm, it, "__anext__")? else {
        let t = vm.type_name(it);
        return Err(raise!(
            vm,
            TypeError,
            "'async for' requires an iterator with __anext__ method, got {t}"
        ));
    };
    let next = vm.call(m, Args::pos(&[]))?;
    match awaitable(vm, next) {
        Ok(v) => Ok(v),
        Err(r) => {
            let e = vm.catch(r, ClassId::BaseException)?;
            let t = vm.type_name(next);
            let text = format!("'async for' received an invalid object from __anext__: {t}");
            Err(crate::interp::generator::raise_from(
                vm,
                ClassId::TypeError,
                &text,
                e,
            ))
        }
    }
}

/// BEFORE_ASYNC_WITH: `__aexit__` of the manager, and what its `__aenter__` gave.
///
/// # Errors
/// AttributeError; what `__aenter__` raises.
pub fn before_with(vm: &mut Vm, manager: Value) -> Result<(Value, Value), Raised> {
    let exit = special(vm, manager, Special::AExit)?;
    let enter = special(vm, manager, Special::AEnter)?;
    let entered = vm.call(enter, Args::pos(&[]))?;
    Ok((exit, entered))
}

/// END_ASYNC_FOR: whether the exception, no longer raised, only says that there are no more items.
///
/// # Errors
/// The exception.
pub fn ends_loop(vm: &mut Vm, exc: Value) -> Result<(), Raised> {
    if !exc.is_kind(Kind::Exception) {
        return Err(raise!(vm, SystemError, "'async for' pops bad exception"));
    }
    let r = vm.reraise(exc);
    vm.catch(r, ClassId::StopAsyncIteration).map(|_| ())
}
