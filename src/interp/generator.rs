//! Generators run: started, resumed, thrown into, ended.
//!
//! The loop resumes a generator itself where it can (FOR_ITER, YIELD_FROM): [`begin`] puts its frame on top, [`park`] and
//! [`end`] take it off again, and nothing recurses natively. Everything else goes through [`resume`] and [`throw`], which run
//! the frame with a loop of their own.
//!
//! What is handled (`Vm::handled`) inside a generator is its own exception, or else what its caller handles, whoever that
//! is this time. While it is suspended, slots of open handlers that say "before this, what the caller handled" hold a mark;
//! when it goes on they get what the caller handles then. Slot 0 of a handler that an exception has entered holds a mark in
//! a generator's frame: what is handled inside is the generator's own.

use super::frame::FramePtr;
use super::{frames, trace};
use crate::code::object::flags;
use crate::code::verify::BlockKind;
use crate::gc::{NoMemory, segments};
use crate::interp::executable::Executable;
use crate::jit::tier::{self, Enter};
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::iter::Taker;
use crate::raise;
use crate::types::exception::ops as exceptions;
use crate::types::exception::value::ExceptionObj;
use crate::types::frame::value::FrameObj;
use crate::types::generator::value::{GenObj, State};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// What a generator gave.
pub enum Given {
    Yield(Value),
    /// It has ended, with this value.
    Return(Value),
}

/// How [`begin`] went.
pub enum Begun {
    /// Its frame is the innermost, counted.
    Frame(FramePtr),
    /// It had ended before.
    Ended,
}

/// Makes the generator of a function that is called; its arguments are bound in its frame.
///
/// # Errors
/// MemoryError.
pub fn make(
    vm: &mut Vm,
    class: ClassId,
    exec: &Executable,
    (code, globals): (Value, Value),
    (name, qualname): (Value, Value),
) -> Result<Gc<GenObj>, Raised> {
    let slots = exec.slots as usize;
    vm.with_room(size_of::<GenObj>() + 8 * slots, |vm| {
        let init = GenObj {
            h: Header::new(Kind::Generator, class as u32),
            name: Slot::of(name),
            qualname: Slot::of(qualname),
            handled: Slot::new(None),
            outer: Slot::new(None),
            extra: Slot::new(None),
            state: Cell::new(State::Created),
            marked: Cell::new(false),
            hooked: Cell::new(false),
            closed: Cell::new(false),
            awaited: Cell::new(false),
            listed: Cell::new(false),
            native: Cell::new(0),
            frame: super::frame::Frame::of_generator(exec, code, globals),
        };
        let g = vm.heap.alloc_tail(init, slots, |_: &mut [u64]| {})?;
        if class == ClassId::Coroutine {
            vm.heap.add_wish(g.value())?;
            g.get(vm).listed.set(true);
        }
        Ok(g)
    })
}

/// What messages call it.
fn what(vm: &Vm, g: Gc<GenObj>) -> &'static str {
    match vm.class_of(g.value()) {
        ClassId::Coroutine => "coroutine",
        ClassId::AsyncGenerator => "async generator",
        _ => "generator",
    }
}

#[cold]
fn executing(vm: &mut Vm, g: Gc<GenObj>) -> Raised {
    let t = what(vm, g);
    raise!(vm, ValueError, "{t} already executing")
}
#[cold]
fn awaited_twice(vm: &mut Vm) -> Raised {
    raise!(vm, RuntimeError, "cannot reuse already awaited coroutine")
}

/// A level deeper for a generator that goes on: the limit word, the depth, a unit of fuel. Where one more level is too much,
/// the generator has ended.
#[inline(always)]
fn enter<const CLEAN: bool>(vm: &mut Vm, g: Gc<GenObj>) -> Result<(), Raised> {
    let depth = vm.depth.get() + 1;
    if depth > vm.recursion_limit.get()
        && let Err(r) = vm.recursion_overflow("")
    {
        finish(vm, g);
        return Err(r);
    }
    vm.burn(1)?;
    vm.depth.set(depth);
    Ok(())
}

/// A generator goes on with `sent`: its frame becomes the innermost and gets the value. `CLEAN`: the caller keeps
/// every value on the VM stack.
///
/// # Errors
/// KeyboardInterrupt and a TERMINATE, the generator untouched; RecursionError, which ends it; what cannot go on.
#[inline(always)]
pub fn begin<const CLEAN: bool>(vm: &mut Vm, g: Gc<GenObj>, sent: Value) -> Result<Begun, Raised> {
    if vm.limit.is_pending() {
        if CLEAN { vm.safepoint()? } else { vm.poll()? }
    }
    let state = g.get(vm).state.get();
    match state {
        State::Suspended | State::Delegating => (),
        State::Created if sent.is_none() => (),
        State::Created => {
            let t = what(vm, g);
            return Err(raise!(
                vm,
                TypeError,
                "can't send non-None value to a just-started {t}"
            ));
        }
        State::Running => return Err(executing(vm, g)),
        State::Finished if vm.class_of(g.value()) == ClassId::Coroutine => {
            return Err(awaited_twice(vm));
        }
        State::Finished => return Ok(Begun::Ended),
    }
    enter::<CLEAN>(vm, g)?;
    let f = FramePtr::of(g);
    start(vm, g, f);
    if state != State::Created {
        f.push(sent);
        if state == State::Suspended {
            f.set_pc(f.pc() + 1);
        }
    }
    Ok(Begun::Frame(f))
}

/// The frame becomes the innermost; what is handled is what was when it was suspended.
#[inline(always)]
fn start(vm: &mut Vm, g: Gc<GenObj>, f: FramePtr) {
    let o = g.get(vm);
    o.state.set(State::Running);
    o.native.set(0);
    let handled = vm.handled.get();
    o.outer.write(&vm.heap, handled);
    if o.marked.get() {
        unmark(vm, g, f, handled);
    }
    if let Some(o) = f.object().and_then(|o| o.get::<FrameObj>(vm)) {
        // The tracer has seen nothing of this run.
        o.lower.set(0);
        o.upper.set(-1);
        o.prev.set(-1);
    }
    vm.link_frame(f);
}

/// Calls `f` with the depth of the stack below each handler that is open where the frame is, from the inside.
fn handlers(f: FramePtr, mut each: impl FnMut(usize)) {
    let exec = f.exec();
    let pc = f.pc();
    if (pc as usize) < exec.verified.block.len() {
        for b in exec.verified.blocks_at(pc) {
            match b.kind {
                BlockKind::Handler { .. } => each(f.stack_base() + b.depth as usize),
                BlockKind::Finally { .. } => (),
            }
        }
    }
}

/// Gives the slots that hold the mark what the caller handles now.
#[cold]
fn unmark(vm: &mut Vm, g: Gc<GenObj>, f: FramePtr, outer: Option<Value>) {
    handlers(f, |at| {
        if f.slot(at + 1) == Some(Value::MARK) {
            f.set_slot(at + 1, Some(outer.unwrap_or(Value::NONE)));
        }
    });
    let o = g.get(vm);
    o.marked.set(false);
    if let Some(own) = o.handled.get() {
        vm.handled.write(&vm.heap, Some(own));
        o.handled.write(&vm.heap, None);
    }
}

/// Keeps what the generator handles itself, and marks what it does not.
#[cold]
fn mark(vm: &mut Vm, g: Gc<GenObj>, f: FramePtr) {
    let (mut n, mut outermost) = (0, 0);
    handlers(f, |at| {
        n += 1;
        if f.slot(at) == Some(Value::MARK) {
            outermost = n;
        }
    });
    if n == 0 {
        return;
    }
    let o = g.get(vm);
    o.marked.set(true);
    if outermost > 0 {
        o.handled.write(&vm.heap, vm.handled.get());
    }
    let mut i = 0;
    handlers(f, |at| {
        i += 1;
        if i >= outermost {
            f.set_slot(at + 1, Some(Value::MARK));
        }
    });
}

/// The frame, the innermost, has yielded, its position and depth stored: it leaves the chain. The frame below.
#[inline(always)]
pub fn park(vm: &mut Vm, g: Gc<GenObj>, f: FramePtr, state: State) -> FramePtr {
    let block = f.exec().verified.block.get(f.pc() as usize);
    let o = g.get(vm);
    o.state.set(state);
    if block.is_some_and(|b| *b != crate::code::verify::NO_BLOCK) {
        mark(vm, g, f);
        list(vm, g);
    } else if state == State::Delegating {
        list(vm, g);
    }
    let o = g.get(vm);
    vm.handled.write(&vm.heap, o.outer.get());
    o.outer.write(&vm.heap, None);
    vm.unlink_frame(f)
}

/// It has something to do before it dies: a handler, a `finally`, a delegate that may have.
#[inline]
fn list(vm: &Vm, g: Gc<GenObj>) {
    if !g.get(vm).listed.replace(true) && vm.heap.add_wish(g.value()).is_err() {
        // Next time there may be memory.
        g.get(vm).listed.set(false);
    }
}

/// The frame, the innermost, has returned or was left by an exception. The frame below.
pub fn end(vm: &mut Vm, g: Gc<GenObj>, f: FramePtr) -> FramePtr {
    let o = g.get(vm);
    vm.handled.write(&vm.heap, o.outer.get());
    o.outer.write(&vm.heap, None);
    let below = vm.unlink_frame(f);
    finish(vm, g);
    below
}

/// It never runs again. Its frame's object keeps the values.
pub fn finish(vm: &mut Vm, g: Gc<GenObj>) {
    let f = FramePtr::of(g);
    if f.object().is_some() {
        frames::retire(vm, f);
    }
    let o = g.get(vm);
    o.state.set(State::Finished);
    o.marked.set(false);
    o.handled.write(&vm.heap, None);
    f.clear();
}

/// What leaves a generator's frame as an exception: a StopIteration would end somebody else's loop.
#[cold]
pub fn failed(vm: &mut Vm, g: Gc<GenObj>, r: Raised) -> Raised {
    let is_async = vm.class_of(g.value()) == ClassId::AsyncGenerator;
    let (r, name) = match vm.catch(r, ClassId::StopIteration) {
        Ok(e) => (e, "StopIteration"),
        Err(r) if is_async => match vm.catch(r, ClassId::StopAsyncIteration) {
            Ok(e) => (e, "StopAsyncIteration"),
            Err(r) => return r,
        },
        Err(r) => return r,
    };
    let t = what(vm, g);
    let text = format!("{t} raised {name}");
    raise_from(vm, ClassId::RuntimeError, &text, r)
}

/// Raises an exception whose cause and context is another, which was caught (`_PyErr_FormatFromCause`).
#[cold]
pub fn raise_from(vm: &mut Vm, class: ClassId, text: &str, from: Value) -> Raised {
    let made = vm.new_str(text).and_then(|s| vm.new_exception(class, &[s]));
    match made {
        Ok(e) => {
            crate::types::exception::methods::set_cause(vm, e, Some(from));
            if let Some(e) = e.get::<ExceptionObj>(vm) {
                e.context.write(&vm.heap, Some(from));
            }
            vm.reraise(e)
        }
        Err(r) => r,
    }
}

/// Runs the frame that `begin` or `throw` put on top.
fn go_on(vm: &mut Vm, g: Gc<GenObj>, thrown: bool) -> Result<Given, Raised> {
    let f = FramePtr::of(g);
    let depth = vm.depth.get() - 1;
    let r = match vm.eval_frame {
        Some(hook) => {
            crate::call::dispatch::count(&vm.stats.hooked);
            hook(vm, f, thrown)
        }
        None if thrown || vm.trace.on.get() => super::eval_frame_default(vm, f, thrown),
        None => {
            let went = tier::on_resume(vm, f);
            return went_on(vm, g, depth, went);
        }
    };
    came_out(vm, g, depth, r)
}

/// The frame, the innermost, has gone on natively, or not: `depth` is what is counted below it.
///
/// # Errors
/// What the generator raises.
#[inline]
pub fn went_on(vm: &mut Vm, g: Gc<GenObj>, depth: u32, went: Enter) -> Result<Given, Raised> {
    let f = FramePtr::of(g);
    let r = match went {
        // What it delegated to may have set a tracer.
        Enter::Yield(v, state) if vm.trace.on.get() => {
            let seen = super::trace::leave(vm, f, Ok(v));
            if seen.is_ok() {
                g.get(vm).state.set(state);
            }
            seen
        }
        Enter::Yield(v, state) => {
            vm.depth.set(depth);
            park(vm, g, f, state);
            return Ok(Given::Yield(v));
        }
        Enter::Stay => super::eval_frame_default(vm, f, false),
        Enter::Done(r) => r,
        Enter::Resume => super::drive::resume(vm, f, None),
        Enter::Throw(r) => super::drive::resume(vm, f, Some(r)),
    };
    came_out(vm, g, depth, r)
}

/// The frame, the innermost, has yielded or ended: it leaves the chain.
fn came_out(
    vm: &mut Vm,
    g: Gc<GenObj>,
    depth: u32,
    r: Result<Value, Raised>,
) -> Result<Given, Raised> {
    let f = FramePtr::of(g);
    vm.depth.set(depth);
    match g.get(vm).state.get() {
        state @ (State::Suspended | State::Delegating) => {
            park(vm, g, f, state);
            r.map(Given::Yield)
        }
        State::Running | State::Created | State::Finished => {
            end(vm, g, f);
            match r {
                Ok(v) => Ok(Given::Return(v)),
                Err(r) => Err(failed(vm, g, r)),
            }
        }
    }
}

/// On another machine stack when there is little left of this one.
fn with_stack(
    vm: &mut Vm,
    run: impl FnOnce(&mut Vm) -> Result<Given, Raised>,
) -> Result<Given, Raised> {
    if !segments::stack_is_low(vm) {
        return run(vm);
    }
    match segments::on_big_stack(vm, run) {
        Ok(r) => r,
        Err(NoMemory) => Err(vm.raise_memory()),
    }
}

/// Goes on with `sent` until it yields, returns or raises (`gen_send_ex`).
///
/// # Errors
/// What it raises, and what [`begin`] does.
pub fn resume(vm: &mut Vm, g: Gc<GenObj>, sent: Value) -> Result<Given, Raised> {
    if let Some(r) = tier::resume_parked(vm, g, sent) {
        return r;
    }
    with_stack(vm, move |vm| match begin::<false>(vm, g, sent)? {
        Begun::Ended => Ok(Given::Return(Value::NONE)),
        Begun::Frame(_) => go_on(vm, g, false),
    })
}

/// The same for who takes all that it yields: what is yielded in the end, or returned, is what was not taken
/// quietly.
///
/// # Errors
/// As [`resume`].
pub fn resume_for<T: Taker>(vm: &mut Vm, g: Gc<GenObj>, taker: &mut T) -> Result<Given, Raised> {
    tier::giving_to(vm, g, taker, |vm| resume(vm, g, Value::NONE))
}

/// Raises `exc` where the generator is suspended, its context untouched. `closing`: a coroutine that has ended is silent.
///
/// # Errors
/// What comes out: `exc` itself where the generator has ended.
pub fn throw(vm: &mut Vm, g: Gc<GenObj>, exc: Value, closing: bool) -> Result<Given, Raised> {
    with_stack(vm, move |vm| {
        vm.poll()?;
        let state = g.get(vm).state.get();
        match state {
            State::Running => return Err(executing(vm, g)),
            State::Finished if vm.class_of(g.value()) == ClassId::Coroutine && !closing => {
                return Err(awaited_twice(vm));
            }
            State::Finished => return Err(vm.reraise(exc)),
            State::Created | State::Suspended | State::Delegating => (),
        }
        enter::<false>(vm, g)?;
        let f = FramePtr::of(g);
        start(vm, g, f);
        let thrown = vm.reraise(exc);
        if state == State::Created {
            let r = refuse_to_start(vm, f, thrown);
            vm.depth.set(vm.depth.get() - 1);
            end(vm, g, f);
            return Err(failed(vm, g, r));
        }
        // What `go_on` runs finds the exception where it was left.
        go_on(vm, g, true)
    })
}

/// An exception is thrown into a frame that has not started: it leaves at the line of the `def`.
fn refuse_to_start(vm: &mut Vm, f: FramePtr, mut r: Raised) -> Raised {
    let line = f.exec().code.firstlineno;
    if vm.trace.on.get() {
        match trace::call_thrown(vm, f, r) {
            (again, true) => r = again,
            (other, false) => return other,
        }
    }
    let frame = frames::object_of(vm, f).ok();
    if let Some(o) = frame {
        o.get(vm).fresh.set(true);
    }
    if let Some(exc) = vm.exc.get() {
        let frame = frame.map(Gc::value);
        exceptions::add_traceback(vm, exc, f.code(), -1, line, frame);
    }
    if vm.trace.on.get() {
        r = trace::exception(vm, f, r);
        return match trace::leave(vm, f, Err(r)) {
            Err(r) => r,
            Ok(_) => vm.raised(),
        };
    }
    r
}

/// What a YIELD_FROM does to something it does not run itself: `sent` goes to the iterator.
///
/// # Errors
/// What the iterator raises.
pub fn delegate(vm: &mut Vm, it: Value, sent: Value) -> Result<Given, Raised> {
    if let Some(g) = it.cast::<GenObj>()
        && vm.class_of(it) != ClassId::AsyncGenerator
    {
        return resume(vm, g, sent);
    }
    let r = if sent.is_none() {
        match crate::protocol::iter::step(vm, it) {
            Ok(Some(v)) => return Ok(Given::Yield(v)),
            Ok(None) => return Ok(Given::Return(Value::NONE)),
            Err(r) => r,
        }
    } else {
        let name = vm.intern("send")?;
        let sent = crate::protocol::attr::get_attr(vm, it, name)
            .and_then(|m| vm.call(m, crate::object::Args::pos(&[sent])));
        match sent {
            Ok(v) => return Ok(Given::Yield(v)),
            Err(r) => r,
        }
    };
    let e = vm.catch(r, ClassId::StopIteration)?;
    Ok(Given::Return(stop_value(vm, e)))
}

/// The value that a StopIteration carries.
pub fn stop_value(vm: &Vm, e: Value) -> Value {
    e.get::<ExceptionObj>(vm)
        .map_or(Value::NONE, |e| e.extra.get_or_none())
}

/// The StopIteration of a generator that has returned `v`.
pub fn stop(vm: &mut Vm, v: Value) -> Raised {
    if v.is_none() {
        vm.raise_args(ClassId::StopIteration, &[])
    } else {
        vm.raise_args(ClassId::StopIteration, &[v])
    }
}

/// GET_YIELD_FROM_ITER in code with these flags: what `yield from v` runs over. A coroutine does for coroutines
/// alone.
///
/// # Errors
/// TypeError.
pub fn iterator(vm: &mut Vm, in_code: u32, v: Value) -> Result<Value, Raised> {
    if vm.class_of(v) != ClassId::Coroutine {
        return crate::protocol::iter::get_iter(vm, v);
    }
    if in_code & (flags::COROUTINE | flags::ITERABLE_COROUTINE) == 0 {
        return Err(raise!(
            vm,
            TypeError,
            "cannot 'yield from' a coroutine object in a non-coroutine generator"
        ));
    }
    Ok(v)
}

/// What a suspended generator delegated to has ended: its frame is past it, as if at a YIELD_VALUE.
pub fn undelegate(vm: &mut Vm, g: Gc<GenObj>) {
    let o = g.get(vm);
    if o.state.get() == State::Delegating {
        let f = FramePtr::of(g);
        f.set_depth(f.depth().saturating_sub(1));
        o.native.set(0);
        o.state.set(State::Suspended);
    }
}
