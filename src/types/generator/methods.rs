//! Methods and attributes of generators.

use super::value::{GenObj, State};
use crate::builtins::exceptions;
use crate::gc;
use crate::interp::frame::FramePtr;
use crate::interp::frames;
use crate::interp::generator::{self, Given};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Kind, MethodDef, Slot, Value};
use crate::protocol::attr;
use crate::raise;
use crate::types::exception::print;
use crate::types::{Getter, Setter};
use crate::vm::{Raised, Vm};

type Get = fn(&mut Vm, Value) -> Result<Option<Value>, Raised>;
type Set = fn(&mut Vm, Value, Option<Value>) -> Result<(), Raised>;

const fn field(name: &'static str, get: Get, set: Set) -> Getter {
    Getter {
        name,
        get,
        set: Setter::Fn(set),
    }
}

pub(super) const NAME: Getter = field(
    "__name__",
    |vm, g| Ok(g.get::<GenObj>(vm).map(|g| g.name.get_or_none())),
    |vm, g, v| set_name(vm, g, v, "__name__", |g| &g.name),
);
pub(super) const QUALNAME: Getter = field(
    "__qualname__",
    |vm, g| Ok(g.get::<GenObj>(vm).map(|g| g.qualname.get_or_none())),
    |vm, g, v| set_name(vm, g, v, "__qualname__", |g| &g.qualname),
);

/// Computed attributes of generators.
pub const GETTERS: &[Getter] = &[
    NAME,
    QUALNAME,
    Getter::computed("gi_yieldfrom", delegate_of),
    Getter::member("gi_frame", frame),
    Getter::member("gi_running", is_running),
    Getter::member("gi_code", code),
];

/// Rows of generators.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "send",
        conv: Conv::One(send),
        doc: "Go on with a value: the result of the yield that waits. The next value, or StopIteration.",
    },
    MethodDef {
        name: "throw",
        conv: Conv::Pos(1, 3, throw),
        doc: "Raise an exception at the yield that waits. The next value, or StopIteration.",
    },
    MethodDef {
        name: "close",
        conv: Conv::NoArgs(close),
        doc: "Raise GeneratorExit at the yield that waits.",
    },
    MethodDef {
        name: "__del__",
        conv: Conv::Wrap0(del),
        doc: "What happens when it dies.",
    },
];

/// `g.__del__()`
pub(super) fn del(vm: &mut Vm, g: Value) -> R {
    crate::interp::wish::finalise(vm, g)?;
    Ok(Value::NONE)
}

/// `co_flags` of what it runs.
pub fn flags_of(vm: &Vm, g: &GenObj) -> u32 {
    let code = g.frame.code();
    let code = code.get::<crate::types::code::value::CodeObj>(vm);
    code.and_then(|c| c.code.as_ref()).map_or(0, |c| c.flags)
}

fn this(g: Value) -> Option<Gc<GenObj>> {
    g.cast()
}

fn set_name(
    vm: &mut Vm,
    g: Value,
    v: Option<Value>,
    what: &str,
    slot: fn(&GenObj) -> &Slot,
) -> Result<(), Raised> {
    let Some(v) = v.filter(|v| v.is_kind(Kind::Str)) else {
        return Err(raise!(
            vm,
            TypeError,
            "{what} must be set to a string object"
        ));
    };
    if let Some(g) = g.get::<GenObj>(vm) {
        slot(g).write(&vm.heap, Some(v));
    }
    Ok(())
}

/// What it delegates to, while it is suspended there.
fn delegate(vm: &Vm, g: Gc<GenObj>) -> Option<Value> {
    if g.get(vm).state.get() != State::Delegating {
        return None;
    }
    let f = FramePtr::of(g);
    f.slot(f.stack_base() + (f.depth() as usize).checked_sub(1)?)
}
/// `gi_yieldfrom`
pub(super) fn delegate_of(vm: &mut Vm, g: Value) -> Result<Option<Value>, Raised> {
    Ok(Some(
        this(g).and_then(|g| delegate(vm, g)).unwrap_or(Value::NONE),
    ))
}
/// `gi_frame`
pub(super) fn frame(vm: &mut Vm, g: Value) -> Result<Option<Value>, Raised> {
    let Some(g) = this(g).filter(|g| g.get(vm).state.get() != State::Finished) else {
        return Ok(Some(Value::NONE));
    };
    if g.get(vm).state.get() == State::Running {
        frames::settle(vm)?;
    }
    vm.frame_object(FramePtr::of(g)).map(|f| Some(f.value()))
}
/// `gi_running`
pub(super) fn is_running(vm: &mut Vm, g: Value) -> Result<Option<Value>, Raised> {
    Ok(this(g).map(|g| Value::bool(g.get(vm).state.get() == State::Running)))
}
/// `gi_code`
pub(super) fn code(vm: &mut Vm, g: Value) -> Result<Option<Value>, Raised> {
    Ok(this(g).map(|g| crate::types::code::ops::original(vm, g.get(vm).frame.code())))
}

/// What a method that resumes gives: the value, or StopIteration.
fn result(vm: &mut Vm, given: Given) -> R {
    match given {
        Given::Yield(v) => Ok(v),
        Given::Return(v) => Err(generator::stop(vm, v)),
    }
}

/// `g.send(v)`
pub fn send(vm: &mut Vm, g: Value, v: Value) -> R {
    let Some(g) = this(g) else {
        return Ok(Value::NONE);
    };
    let given = generator::resume(vm, g, v)?;
    result(vm, given)
}

/// `g.throw(type[, value[, traceback]])`
pub fn throw(vm: &mut Vm, g: Value, a: Args<'_>) -> R {
    let Some(g) = this(g) else {
        return Ok(Value::NONE);
    };
    let what = Thrown {
        class: a.get(0).unwrap_or(Value::NONE),
        value: a.get(1),
        traceback: a.get(2),
    };
    let given = throw_into(vm, g, true, what)?;
    result(vm, given)
}

/// The arguments of `throw`.
#[derive(Clone, Copy)]
pub struct Thrown {
    pub class: Value,
    pub value: Option<Value>,
    pub traceback: Option<Value>,
}

/// `_gen_throw`: the exception goes to what the generator delegates to, or into its own frame. `closes`: a
/// GeneratorExit closes the delegate instead.
///
/// # Errors
/// What comes out.
pub fn throw_into(vm: &mut Vm, g: Gc<GenObj>, closes: bool, t: Thrown) -> Result<Given, Raised> {
    let Some(it) = delegate(vm, g) else {
        return throw_here(vm, g, t);
    };
    if closes && exceptions::is_or_of(vm, t.class, ClassId::GeneratorExit) {
        let closed = waiting(vm, g, |vm| close_iterator(vm, it));
        return match closed {
            Ok(()) => throw_here(vm, g, t),
            Err(r) => throw_raised(vm, g, r, false),
        };
    }
    let r = if let Some(inner) = it.cast::<GenObj>()
        && vm.class_of(it) != ClassId::AsyncGenerator
    {
        waiting(vm, g, |vm| {
            gc::with_stack(vm, |vm| throw_into(vm, inner, closes, t))
        })
    } else {
        let name = vm.intern("throw")?;
        let Some(m) = attr::optional(vm, it, name)? else {
            return throw_here(vm, g, t);
        };
        let none = Value::NONE;
        let all = [
            t.class,
            t.value.unwrap_or(none),
            t.traceback.unwrap_or(none),
        ];
        let n = 1 + t.value.is_some() as usize + t.traceback.is_some() as usize;
        waiting(vm, g, |vm| {
            vm.call(m, Args::pos(&all[..n])).map(Given::Yield)
        })
    };
    let r = match r {
        Ok(Given::Yield(v)) => return Ok(Given::Yield(v)),
        Ok(Given::Return(v)) => Ok(v),
        Err(r) => match vm.catch(r, ClassId::StopIteration) {
            Ok(e) => Ok(generator::stop_value(vm, e)),
            Err(r) => Err(r),
        },
    };
    generator::undelegate(vm, g);
    match r {
        // The result of its YIELD_FROM.
        Ok(v) => generator::resume(vm, g, v),
        Err(r) => throw_raised(vm, g, r, false),
    }
}

/// Runs `f` while the generator counts as running.
fn waiting<T>(
    vm: &mut Vm,
    g: Gc<GenObj>,
    f: impl FnOnce(&mut Vm) -> Result<T, Raised>,
) -> Result<T, Raised> {
    let before = g.get(vm).state.replace(State::Running);
    let r = f(vm);
    g.get(vm).state.set(before);
    r
}

/// What was raised goes into the generator; a TERMINATE does not.
fn throw_raised(vm: &mut Vm, g: Gc<GenObj>, r: Raised, closing: bool) -> Result<Given, Raised> {
    let e = vm.catch(r, ClassId::BaseException)?;
    generator::throw(vm, g, e, closing)
}

fn throw_here(vm: &mut Vm, g: Gc<GenObj>, t: Thrown) -> Result<Given, Raised> {
    let traceback = t.traceback.filter(|t| !t.is_none());
    if traceback.is_some_and(|t| !t.is_kind(Kind::Traceback)) {
        return Err(raise!(
            vm,
            TypeError,
            "throw() third argument must be a traceback object"
        ));
    }
    let value = t.value.filter(|v| !v.is_none());
    match exceptions::thrown(vm, t.class, value, traceback) {
        Ok(Some(e)) => generator::throw(vm, g, e, false),
        Ok(None) if t.class.is_kind(Kind::Exception) => Err(raise!(
            vm,
            TypeError,
            "instance exception may not have a separate value"
        )),
        Ok(None) => {
            let n = crate::types::full_name(vm.class_of(t.class));
            Err(raise!(
                vm,
                TypeError,
                "exceptions must be classes or instances deriving from BaseException, not {n}"
            ))
        }
        Err(r) => throw_raised(vm, g, r, false),
    }
}

/// Closes what a generator delegates to (`gen_close_iter`).
fn close_iterator(vm: &mut Vm, it: Value) -> Result<(), Raised> {
    if let Some(g) = it.cast::<GenObj>()
        && vm.class_of(it) != ClassId::AsyncGenerator
    {
        return gc::with_stack(vm, |vm| close_generator(vm, g));
    }
    let name = vm.intern("close")?;
    let m = match attr::optional(vm, it, name) {
        Ok(m) => m,
        Err(r) => {
            let e = vm.catch(r, ClassId::BaseException)?;
            print::unraisable(vm, it, e)?;
            None
        }
    };
    match m {
        Some(m) => vm.call(m, Args::pos(&[])).map(|_| ()),
        None => Ok(()),
    }
}

/// `g.close()`
pub fn close(vm: &mut Vm, g: Value) -> R {
    if let Some(g) = this(g) {
        close_generator(vm, g)?;
    }
    Ok(Value::NONE)
}

/// `gen_close`
///
/// # Errors
/// What comes out, GeneratorExit and StopIteration aside; RuntimeError when it yields.
pub fn close_generator(vm: &mut Vm, g: Gc<GenObj>) -> Result<(), Raised> {
    let closed = match delegate(vm, g) {
        Some(it) => waiting(vm, g, |vm| close_iterator(vm, it)),
        None => Ok(()),
    };
    let r = match closed {
        Ok(()) => {
            let e = vm.new_exception(ClassId::GeneratorExit, &[])?;
            // Set as any other that is raised: what is handled becomes its context.
            let r = vm.raise_value(e);
            throw_raised(vm, g, r, true)
        }
        Err(r) => throw_raised(vm, g, r, true),
    };
    match r {
        Ok(Given::Yield(_)) => {
            let t = match vm.class_of(g.value()) {
                ClassId::Coroutine => "coroutine",
                ClassId::AsyncGenerator => "async generator",
                _ => "generator",
            };
            Err(raise!(vm, RuntimeError, "{t} ignored GeneratorExit"))
        }
        Ok(Given::Return(_)) => Ok(()),
        Err(r) => match vm.catch(r, ClassId::GeneratorExit) {
            Ok(_) => Ok(()),
            Err(r) => vm.catch(r, ClassId::StopIteration).map(|_| ()),
        },
    }
}

/// What happens when a generator dies (`_PyGen_Finalize`): one that is suspended is closed. What that raises is printed.
///
/// # Errors
/// A TERMINATE.
pub fn finalise(vm: &mut Vm, v: Value) -> Result<(), Raised> {
    let Some(g) = this(v) else { return Ok(()) };
    if matches!(g.get(vm).state.get(), State::Finished | State::Running) {
        return Ok(());
    }
    if let Err(r) = close_generator(vm, g) {
        let e = vm.catch(r, ClassId::BaseException)?;
        print::unraisable(vm, v, e)?;
    }
    Ok(())
}
