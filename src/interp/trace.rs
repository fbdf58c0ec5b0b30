//! `sys.settrace` and `sys.setprofile`: the events of CPython 3.8, in its order.
//!
//! While a function is set, no native code is entered, and the interpreter runs the copy of its loop
//! that looks at every instruction (`run::execute::<true>`). The other copy learns of a tracer at four
//! places: a Python call (`Vm::watched`), the return of a builtin, a return (frames marked slow), a back edge
//! (`limit::TRACE`, which also makes native code leave at its next call or back edge).
//!
//! `call`, `line`, `opcode`, `exception` and `return` go to the trace function; `call` to the one that is set,
//! the others to the frame's `f_trace`. The profile function gets `call`, `return` and the three events of
//! builtins. There are no events while one of the two runs.

use super::frame::FramePtr;
use super::frames;
use crate::object::{Args, ClassId, Gc, Kind, Slot, Tracer, Value};
use crate::types::builtin::methods as builtin;
use crate::types::builtin::value::MethodDescrObj;
use crate::types::exception::ops as exceptions;
use crate::types::frame::value::FrameObj;
use crate::types::generator::value::{GenObj, State};
use crate::vm::{Raised, Vm, limit};
use std::cell::Cell;

/// Who is told what runs.
pub struct TraceState {
    /// `sys.settrace`'s function.
    pub func: Slot,
    /// `sys.setprofile`'s.
    pub profile: Slot,
    /// One of the two is running.
    pub inside: Cell<u32>,
    /// Events are announced: one is set, and none is running.
    pub on: Cell<bool>,
}

impl Default for TraceState {
    fn default() -> Self {
        TraceState {
            func: Slot::new(None),
            profile: Slot::new(None),
            inside: Cell::new(0),
            on: Cell::new(false),
        }
    }
}
impl TraceState {
    /// Shows the two functions.
    pub fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.func);
        t.slot(&self.profile);
    }
}

impl Vm {
    /// Sees to it that `trace.on`, `watched` and the limit word agree with what is set.
    pub fn rewatch(&self) {
        let t = &self.trace;
        let set = t.func.get().is_some() || t.profile.get().is_some();
        let on = set && t.inside.get() == 0;
        if t.on.replace(on) != on {
            if on {
                self.limit.request(limit::TRACE);
            } else {
                self.limit.clear(limit::TRACE);
            }
        }
        self.watched.set(on || self.eval_frame.is_some());
    }
}

/// Which function `set` is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Trace,
    Profile,
}

/// Sets or removes one of the functions. Frames that run natively go on in the interpreter.
///
/// # Errors
/// MemoryError.
pub fn set(vm: &mut Vm, which: Which, f: Option<Value>) -> Result<(), Raised> {
    if f.is_some() {
        frames::settle(vm)?;
        let mut at = vm.stack.top_frame();
        while let Some(f) = at {
            f.set_slow();
            at = f.prev();
        }
    }
    write(vm, which, f);
    Ok(())
}
fn write(vm: &Vm, which: Which, f: Option<Value>) {
    match which {
        Which::Trace => vm.trace.func.write(&vm.heap, f),
        Which::Profile => vm.trace.profile.write(&vm.heap, f),
    }
    vm.rewatch();
}

/// `sys.call_tracing`: runs `f` with events on, inside a trace function.
///
/// # Errors
/// What it raises.
pub fn with_events<T>(
    vm: &mut Vm,
    f: impl FnOnce(&mut Vm) -> Result<T, Raised>,
) -> Result<T, Raised> {
    let inside = vm.trace.inside.replace(0);
    vm.rewatch();
    let r = f(vm);
    vm.trace.inside.set(inside);
    vm.rewatch();
    r
}

fn object(vm: &mut Vm, f: FramePtr) -> Result<Gc<FrameObj>, Raised> {
    vm.with_room(256, |vm| frames::object_of(vm, f))
}

/// Calls a tracer (`call_trampoline`): the dict of `f_locals` is filled before and written back after, and
/// the frame gets a line in the traceback of what the tracer raises.
fn trampoline(
    vm: &mut Vm,
    callback: Value,
    o: Gc<FrameObj>,
    event: &str,
    arg: Value,
) -> Result<Value, Raised> {
    if o.get(vm).locals.get().is_some() {
        frames::locals_of(vm, o)?;
    }
    let event = vm.intern(event)?;
    o.get(vm).shown.set(true);
    vm.trace.inside.set(vm.trace.inside.get() + 1);
    vm.rewatch();
    let r = vm.call(callback, Args::pos(&[o.value(), event, arg]));
    vm.trace.inside.set(vm.trace.inside.get() - 1);
    vm.rewatch();
    match r {
        Ok(v) => {
            frames::locals_to_slots(vm, o)?;
            Ok(v)
        }
        Err(r) if vm.is_terminating() => Err(r),
        Err(r) => {
            // What the traceback needs must not be lost to an error while writing back.
            let exc = vm.exc.get();
            vm.exc.write(&vm.heap, None);
            frames::locals_to_slots(vm, o)?;
            vm.exc.write(&vm.heap, exc);
            if let Some(exc) = exc {
                let (lasti, line) = (frames::lasti(vm, o), frames::line(vm, o));
                let code = o.get(vm).code.get_or_none();
                exceptions::add_traceback(vm, exc, code, lasti, line, Some(o.value()));
            }
            Err(r)
        }
    }
}

/// An event for the trace function (`trace_trampoline`).
fn tell(vm: &mut Vm, o: Gc<FrameObj>, event: &str, arg: Value) -> Result<(), Raised> {
    let callback = match event {
        "call" => vm.trace.func.get(),
        _ => o.get(vm).trace.get(),
    };
    let Some(callback) = callback else {
        return Ok(());
    };
    match trampoline(vm, callback, o, event, arg) {
        Ok(v) => {
            if !v.is_none() {
                o.get(vm).trace.write(&vm.heap, Some(v));
            }
            Ok(())
        }
        Err(r) => {
            write(vm, Which::Trace, None);
            o.get(vm).trace.write(&vm.heap, None);
            Err(r)
        }
    }
}

/// An event for the profile function (`profile_trampoline`).
fn tell_profile(vm: &mut Vm, o: Gc<FrameObj>, event: &str, arg: Value) -> Result<(), Raised> {
    let Some(callback) = vm.trace.profile.get() else {
        return Ok(());
    };
    match trampoline(vm, callback, o, event, arg) {
        Ok(_) => Ok(()),
        Err(r) => {
            write(vm, Which::Profile, None);
            Err(r)
        }
    }
}

/// Tells of something while an exception may be on its way: it goes on after that, unless the tracer
/// raises another (`call_trace_protected`).
fn protected(
    vm: &mut Vm,
    thrown: Option<Raised>,
    told: impl FnOnce(&mut Vm) -> Result<(), Raised>,
) -> Result<(), Raised> {
    let Some(r) = thrown else { return told(vm) };
    let Some(exc) = vm.exc.get().filter(|_| !vm.is_terminating()) else {
        return Err(r);
    };
    vm.exc.write(&vm.heap, None);
    told(vm)?;
    Err(vm.reraise(exc))
}

/// A frame that was just entered starts.
///
/// # Errors
/// What a tracer raises: the frame does not run.
#[cold]
pub fn call(vm: &mut Vm, f: FramePtr) -> Result<(), Raised> {
    let o = object(vm, f)?;
    // A generator that goes on is past its first instruction.
    o.get(vm).fresh.set(!f.is_generator() || f.pc() == 0);
    let mut r = Ok(());
    if vm.trace.func.get().is_some() {
        r = tell(vm, o, "call", Value::NONE);
    }
    if r.is_ok() && vm.trace.on.get() {
        r = tell_profile(vm, o, "call", Value::NONE);
    }
    o.get(vm).fresh.set(false);
    r
}

/// As `call`, for a frame that goes on with an exception. Whether that still is what is raised.
#[cold]
pub fn call_thrown(vm: &mut Vm, f: FramePtr, r: Raised) -> (Raised, bool) {
    let exc = vm.exc.get();
    match protected(vm, Some(r), |vm| call(vm, f)) {
        Err(r) => {
            let same = vm.exc.get() == exc;
            (r, same)
        }
        Ok(()) => (vm.raised(), true),
    }
}

/// The frame is about to run the instruction that it is at. The tracer may have moved it.
///
/// # Errors
/// What the tracer raises.
pub fn instruction(vm: &mut Vm, f: FramePtr) -> Result<(), Raised> {
    if vm.trace.func.get().is_none() {
        return Ok(());
    }
    let g = object(vm, f)?;
    let lasti = f.exec().start(f.pc()) as i32;
    let o = g.get(vm);
    if f.exec().continues(f.pc()) && o.prev.get() == lasti {
        return Ok(());
    }
    let mut line = o.line.get();
    if lasti < o.lower.get() || lasti >= o.upper.get() {
        let (n, lower, upper) = f.exec().code.line_bounds(lasti);
        line = n;
        o.lower.set(lower);
        o.upper.set(upper);
    }
    let mut r = Ok(());
    // The start of a line, or a jump backwards.
    if lasti == o.lower.get() || lasti < o.prev.get() {
        o.line.set(line);
        if o.trace_lines.get() {
            g.get(vm).at_line.set(true);
            r = tell(vm, g, "line", Value::NONE);
            g.get(vm).at_line.set(false);
        }
    }
    if r.is_ok() && g.get(vm).trace_opcodes.get() && vm.trace.on.get() {
        g.get(vm).at_line.set(true);
        r = tell(vm, g, "opcode", Value::NONE);
        g.get(vm).at_line.set(false);
    }
    let at = f.exec().start(f.pc()) as i32;
    g.get(vm).prev.set(at);
    r
}

/// An exception is raised in the frame, its line in the traceback written. What goes on its way.
#[cold]
pub fn exception(vm: &mut Vm, f: FramePtr, r: Raised) -> Raised {
    let traced = |vm: &Vm| {
        let o = f.object().and_then(|o| o.get::<FrameObj>(vm));
        o.is_some_and(|o| o.trace.get().is_some())
    };
    if vm.trace.func.get().is_none() || !traced(vm) {
        return r;
    }
    let Some(exc) = vm.exc.get().filter(|_| !vm.is_terminating()) else {
        return r;
    };
    let told = protected(vm, Some(r), |vm| {
        let o = object(vm, f)?;
        let class = crate::types::class::ops::type_of(vm, exc)?;
        let tb = exceptions::traceback(vm, exc);
        let arg = vm.new_tuple(&[class, exc, tb])?;
        tell(vm, o, "exception", arg)
    });
    match told {
        Err(r) => r,
        Ok(()) => vm.reraise(exc),
    }
}

/// FOR_ITER's next item. A StopIteration that ends the loop is an exception in the frame, for who looks on.
///
/// # Errors
/// What the iterator or the tracer raises.
pub fn next(vm: &mut Vm, f: FramePtr, it: Value) -> Result<Option<Value>, Raised> {
    let running = it
        .cast::<GenObj>()
        .is_some_and(|g| g.get(vm).state.get() != State::Finished);
    let r = match crate::protocol::iter::step(vm, it) {
        // A generator's end is an exception, an iterator's need not be.
        Ok(None) if running => super::generator::stop(vm, Value::NONE),
        Err(r) => r,
        ok => return ok,
    };
    let e = vm.catch(r, ClassId::StopIteration)?;
    let r = vm.reraise(e);
    let r = exception(vm, f, r);
    vm.catch(r, ClassId::StopIteration).map(|_| None)
}

/// What YIELD_FROM delegates to has returned `v`: the same.
///
/// # Errors
/// What the tracer raises.
pub fn ended(vm: &mut Vm, f: FramePtr, v: Value) -> Result<(), Raised> {
    let r = super::generator::stop(vm, v);
    let r = exception(vm, f, r);
    vm.catch(r, ClassId::StopIteration).map(|_| ())
}

/// The frame ends, with a value or by an exception.
///
/// # Errors
/// The exception; what a tracer raises instead.
#[cold]
pub fn leave(vm: &mut Vm, f: FramePtr, r: Result<Value, Raised>) -> Result<Value, Raised> {
    let (arg, thrown, v) = match r {
        Ok(v) => (v, None, Some(v)),
        Err(r) => (Value::NONE, Some(r), None),
    };
    let told = protected(vm, thrown, |vm| {
        let o = object(vm, f)?;
        if vm.trace.func.get().is_some() {
            tell(vm, o, "return", arg)?;
        }
        Ok(())
    });
    let was_err = told.is_err();
    // The profile function is told even where the trace function has just raised.
    let told = protected(vm, told.err(), |vm| {
        if vm.trace.on.get() && vm.trace.profile.get().is_some() {
            let o = object(vm, f)?;
            let arg = if was_err { Value::NONE } else { arg };
            tell_profile(vm, o, "return", arg)?;
        }
        Ok(())
    });
    told.map(|()| v.unwrap_or(Value::NONE))
}

/// Bytecode calls what is no Python function: tells the profile function before and after, if it is a builtin.
///
/// # Errors
/// What the callee or the profile function raises.
#[cold]
pub fn call_object(
    vm: &mut Vm,
    callee: Value,
    args: Args<'_>,
    run: impl FnOnce(&mut Vm) -> Result<Value, Raised>,
) -> Result<Value, Raised> {
    let shown = match callee.kind() {
        Some(Kind::Builtin) => callee,
        Some(Kind::MethodDescr) if !args.is_empty() => {
            match callee.get::<MethodDescrObj>(vm).map(|d| d.def) {
                Some(def) => builtin::new(vm, def, args.get(0), None)?,
                None => callee,
            }
        }
        _ => return run(vm),
    };
    let Some(f) = vm
        .stack
        .top_frame()
        .filter(|_| vm.trace.profile.get().is_some())
    else {
        return run(vm);
    };
    let o = object(vm, f)?;
    tell_profile(vm, o, "c_call", shown)?;
    let r = run(vm);
    if vm.trace.profile.get().is_none() || !vm.trace.on.get() {
        return r;
    }
    match r {
        Ok(v) => {
            tell_profile(vm, o, "c_return", shown)?;
            Ok(v)
        }
        Err(r) => match protected(vm, Some(r), |vm| tell_profile(vm, o, "c_exception", shown)) {
            Err(r) => Err(r),
            Ok(()) => Ok(Value::NONE),
        },
    }
}

/// The line that a frame's traceback entry shows: of a traced frame, the one announced last.
pub fn line_in_traceback(vm: &Vm, f: FramePtr, pc: u32) -> u32 {
    match f.object().and_then(|o| o.get::<FrameObj>(vm)) {
        Some(o) if o.trace.get().is_some() => o.line.get(),
        _ => f.exec().line(pc),
    }
}
