//! Asynchronous generators: what `__anext__`, `asend`, `athrow` and `aclose` give to be awaited.
//!
//! They are `IterObj`s. `asend`: `a` the generator, `b` the value, `i` its stage. `athrow`: `a` the generator,
//! `b` the arguments (none: `aclose`), `i` its stage. What the generator yields itself, not what it awaits, comes out
//! of its frame in a wrapper (`a` the value), and goes on as a StopIteration.

use super::methods::{Thrown, throw_into};
use super::value::{GenObj, State};
use crate::interp::generator::{self, Given};
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Value};
use crate::raise;
use crate::types::iter::make;
use crate::types::iter::value::IterObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// Stages of an awaitable.
const NEW: i64 = 0;
const RUNNING: i64 = 1;
const CLOSED: i64 = 2;

const IGNORED: &str = "async generator ignored GeneratorExit";

/// Wraps what an asynchronous generator yields.
///
/// # Errors
/// MemoryError.
pub fn wrap(vm: &mut Vm, v: Value) -> R {
    make::over(vm, ClassId::AsyncGenWrapped, v)
}
fn unwrap(vm: &Vm, v: Value) -> Option<Value> {
    if vm.class_of(v) != ClassId::AsyncGenWrapped {
        return None;
    }
    v.get::<IterObj>(vm).map(|w| w.a.get_or_none())
}

/// The first use of a generator: `sys.set_asyncgen_hooks`.
fn hook(vm: &mut Vm, g: Value) -> Result<(), Raised> {
    let Some(o) = g.get::<GenObj>(vm) else {
        return Ok(());
    };
    if o.hooked.replace(true) {
        return Ok(());
    }
    let last = vm.asyncgen_hooks[1].get();
    o.extra.write(&vm.heap, last);
    if last.is_some() && !o.listed.replace(true) {
        vm.with_room(8, |vm| vm.heap.add_wish(g))?;
    }
    match vm.asyncgen_hooks[0].get() {
        Some(first) => vm.call(first, Args::pos(&[g])).map(|_| ()),
        None => Ok(()),
    }
}

/// `g.__anext__()`
pub fn anext(vm: &mut Vm, g: Value) -> R {
    asend(vm, g, Value::NONE)
}
/// `g.asend(v)`
pub fn asend(vm: &mut Vm, g: Value, v: Value) -> R {
    hook(vm, g)?;
    make::raw(vm, ClassId::AsyncGenASend, [Some(g), Some(v), None], NEW, 0)
}
/// `g.athrow(type[, value[, traceback]])`
pub fn athrow(vm: &mut Vm, g: Value, a: Args<'_>) -> R {
    hook(vm, g)?;
    let all = vm.new_tuple(a.positional())?;
    make::raw(
        vm,
        ClassId::AsyncGenAThrow,
        [Some(g), Some(all), None],
        NEW,
        0,
    )
}
/// `g.aclose()`
pub fn aclose(vm: &mut Vm, g: Value) -> R {
    hook(vm, g)?;
    make::raw(vm, ClassId::AsyncGenAThrow, [Some(g), None, None], NEW, 0)
}

/// The generator of an awaitable.
fn of(vm: &mut Vm, it: Gc<IterObj>) -> Result<Gc<GenObj>, Raised> {
    match it.get(vm).a.get().and_then(|g| g.cast()) {
        Some(g) => Ok(g),
        None => Err(raise!(vm, SystemError, "an awaitable of no generator")),
    }
}

/// Whether a Raised says that the generator has ended; it stays raised.
fn has_ended(vm: &mut Vm, r: Raised) -> (Raised, bool) {
    for class in [ClassId::StopAsyncIteration, ClassId::GeneratorExit] {
        // Asked of what is raised, which goes on.
        if !vm.is_terminating()
            && let Some(e) = vm.exc.get()
            && crate::builtins::exceptions::is_or_of(vm, e, class)
        {
            return (r, true);
        }
    }
    (r, false)
}

/// What came out of the generator, for who awaits it (`async_gen_unwrap_value`).
fn outcome(vm: &mut Vm, g: Gc<GenObj>, r: Result<Given, Raised>) -> R {
    let r = match r {
        Ok(Given::Yield(v)) => match unwrap(vm, v) {
            Some(v) => {
                g.get(vm).awaited.set(false);
                return Err(generator::stop(vm, v));
            }
            None => return Ok(v),
        },
        Ok(Given::Return(_)) => vm.raise_args(ClassId::StopAsyncIteration, &[]),
        Err(r) => r,
    };
    let (r, ended) = has_ended(vm, r);
    let o = g.get(vm);
    if ended {
        o.closed.set(true);
    }
    o.awaited.set(false);
    Err(r)
}

fn close(vm: &Vm, it: Gc<IterObj>) {
    it.get(vm).i.set(CLOSED);
}

/// Goes on with an awaitable: what the generator awaits, or StopIteration with what it yields.
pub fn send(vm: &mut Vm, it: Gc<IterObj>, v: Value) -> R {
    match vm.class_of(it.value()) {
        ClassId::AsyncGenASend => send_send(vm, it, v),
        _ => throw_send(vm, it, v),
    }
}

fn send_send(vm: &mut Vm, it: Gc<IterObj>, mut v: Value) -> R {
    let g = of(vm, it)?;
    match it.get(vm).i.get() {
        CLOSED => {
            return Err(raise!(
                vm,
                RuntimeError,
                "cannot reuse already awaited __anext__()/asend()"
            ));
        }
        NEW => {
            if g.get(vm).awaited.get() {
                return Err(raise!(
                    vm,
                    RuntimeError,
                    "anext(): asynchronous generator is already running"
                ));
            }
            if v.is_none() {
                v = it.get(vm).b.get_or_none();
            }
            it.get(vm).i.set(RUNNING);
        }
        _ => (),
    }
    g.get(vm).awaited.set(true);
    let r = generator::resume(vm, g, v);
    let r = outcome(vm, g, r);
    if r.is_err() {
        close(vm, it);
    }
    r
}

fn throw_send(vm: &mut Vm, it: Gc<IterObj>, v: Value) -> R {
    let g = of(vm, it)?;
    let args = it.get(vm).b.get();
    let stage = it.get(vm).i.get();
    if stage == CLOSED {
        return Err(raise!(
            vm,
            RuntimeError,
            "cannot reuse already awaited aclose()/athrow()"
        ));
    }
    if g.get(vm).state.get() == State::Finished {
        close(vm, it);
        return Err(generator::stop(vm, Value::NONE));
    }
    if stage != NEW {
        let r = generator::resume(vm, g, v);
        return match args {
            Some(_) => outcome(vm, g, r),
            None => closed(vm, it, g, r),
        };
    }
    if g.get(vm).awaited.get() {
        close(vm, it);
        let what = if args.is_some() { "athrow" } else { "aclose" };
        return Err(raise!(
            vm,
            RuntimeError,
            "{what}(): asynchronous generator is already running"
        ));
    }
    if g.get(vm).closed.get() {
        close(vm, it);
        return Err(vm.raise_args(ClassId::StopAsyncIteration, &[]));
    }
    if !v.is_none() {
        return Err(raise!(
            vm,
            RuntimeError,
            "can't send non-None value to a just-started coroutine"
        ));
    }
    it.get(vm).i.set(RUNNING);
    g.get(vm).awaited.set(true);
    let Some(args) = args else {
        g.get(vm).closed.set(true);
        let t = Thrown {
            class: vm.class_object(ClassId::GeneratorExit)?,
            value: None,
            traceback: None,
        };
        let r = throw_into(vm, g, false, t);
        return closed(vm, it, g, r);
    };
    let t = thrown(vm, args);
    let r = throw_into(vm, g, false, t);
    match outcome(vm, g, r) {
        Ok(v) => Ok(v),
        Err(r) => {
            let (r, ended) = has_ended(vm, r);
            g.get(vm).awaited.set(false);
            if ended {
                close(vm, it);
            }
            Err(r)
        }
    }
}

fn thrown(vm: &Vm, args: Value) -> Thrown {
    let arg = |i| args.get::<TupleObj>(vm).and_then(|t| t.get(i));
    Thrown {
        class: arg(0).unwrap_or(Value::NONE),
        value: arg(1),
        traceback: arg(2),
    }
}

/// What came out of a generator that is being closed.
fn closed(vm: &mut Vm, it: Gc<IterObj>, g: Gc<GenObj>, r: Result<Given, Raised>) -> R {
    let r = match r {
        Ok(Given::Yield(v)) => {
            if unwrap(vm, v).is_none() {
                return Ok(v);
            }
            g.get(vm).awaited.set(false);
            return Err(raise!(vm, RuntimeError, "{IGNORED}"));
        }
        Ok(Given::Return(_)) => vm.raise_args(ClassId::StopAsyncIteration, &[]),
        Err(r) => r,
    };
    g.get(vm).awaited.set(false);
    let (r, ended) = has_ended(vm, r);
    if !ended {
        return Err(r);
    }
    close(vm, it);
    vm.catch(r, ClassId::BaseException)?;
    Err(generator::stop(vm, Value::NONE))
}

/// Throws into an awaitable.
pub fn throw(vm: &mut Vm, it: Gc<IterObj>, a: Args<'_>) -> R {
    let g = of(vm, it)?;
    let is_send = vm.class_of(it.value()) == ClassId::AsyncGenASend;
    if it.get(vm).i.get() == CLOSED {
        let what = if is_send {
            "__anext__()/asend()"
        } else {
            "aclose()/athrow()"
        };
        return Err(raise!(
            vm,
            RuntimeError,
            "cannot reuse already awaited {what}"
        ));
    }
    let t = Thrown {
        class: a.get(0).unwrap_or(Value::NONE),
        value: a.get(1),
        traceback: a.get(2),
    };
    let r = throw_into(vm, g, true, t);
    if is_send {
        let r = outcome(vm, g, r);
        if r.is_err() {
            close(vm, it);
        }
        return r;
    }
    if it.get(vm).b.get().is_some() {
        return outcome(vm, g, r);
    }
    let r = match r {
        Ok(Given::Yield(v)) => {
            if unwrap(vm, v).is_none() {
                return Ok(v);
            }
            g.get(vm).awaited.set(false);
            return Err(raise!(vm, RuntimeError, "{IGNORED}"));
        }
        Ok(Given::Return(_)) => vm.raise_args(ClassId::StopAsyncIteration, &[]),
        Err(r) => r,
    };
    let (r, ended) = has_ended(vm, r);
    if !ended {
        return Err(r);
    }
    vm.catch(r, ClassId::BaseException)?;
    Err(generator::stop(vm, Value::NONE))
}

/// Closes an awaitable.
pub fn close_awaitable(vm: &mut Vm, it: Value) -> R {
    if let Some(it) = it.cast::<IterObj>() {
        close(vm, it);
    }
    Ok(Value::NONE)
}
