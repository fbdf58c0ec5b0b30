//! What follows when the loop stops: a frame that ends, yields, raises or makes way for another.
//!
//! `run::execute` stays in its loop while Python calls Python and returns; it comes here for all that is rarer,
//! with the reason as a `Stop`.

use super::executable::QInstr;
use super::frame::FramePtr;
use super::run::execute;
use super::unwind::{Unwound, add_traceback, unwind};
use super::{feedback, generator, trace};
use crate::code::opcode::Opcode;
use crate::object::{Gc, Value};
use crate::types::class::make;
use crate::types::generator::value::{GenObj, State};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Why the inner loop stopped.
pub(super) enum Stop {
    /// An exception at `ip`; its traceback entry is still to be written.
    Raise(Raised),
    /// An exception whose traceback entry for this frame exists already (a re-raise).
    Reraise(Raised),
    /// An exception that left this frame in native code, its entry written.
    Leave(Raised),
    /// As `Leave`, and the tracers know.
    Gone(Raised),
    /// The frame returned.
    Return(Value),
    /// As `Return`, and the tracers know.
    Done(Value),
    /// The frame, a generator's, gave a value; what it is now.
    Yield(Value, State),
    /// Another frame is the innermost: load it.
    Switch,
    /// Native code wrote a frame back with an exception on its way: load the innermost frame
    /// and raise at its `pc`.
    SwitchThrow(Raised),
}

/// Runs the innermost frame `f`, from its `pc`, until the frame marked as entry ends. With
/// `throw` an exception is raised at its `pc` first. A generator that yields gives the value, too; its state tells.
///
/// # Errors
/// What leaves the entry frame. Frames above it are popped; it itself is left to the caller.
pub fn run(vm: &mut Vm, f: FramePtr, throw: bool) -> R {
    debug_assert!(f.is_entry());
    let first = if throw {
        Stop::SwitchThrow(vm.raised())
    } else {
        Stop::Switch
    };
    run_from(vm, f, first)
}

/// Goes on with the innermost frame after native code wrote it back; `f` is the entry frame.
pub fn resume(vm: &mut Vm, f: FramePtr, thrown: Option<Raised>) -> R {
    f.set_entry(true);
    run_from(vm, f, thrown.map_or(Stop::Switch, Stop::SwitchThrow))
}

fn run_from(vm: &mut Vm, entry: FramePtr, first: Stop) -> R {
    let nesting = vm.segments.enter_native();
    let r = run_loop(vm, entry, first);
    vm.segments.leave_native(nesting);
    r
}

fn run_loop(vm: &mut Vm, entry: FramePtr, first: Stop) -> R {
    let mut f = entry;
    let mut stop = first;
    let mut ip: *const QInstr = std::ptr::null();
    loop {
        match stop {
            Stop::Switch => {}
            Stop::SwitchThrow(r) => {
                f = vm.stack.top_frame().unwrap_or(entry);
                stop = Stop::Raise(r);
                ip = f.ip();
                continue;
            }
            Stop::Leave(r) if vm.trace.on.get() => {
                stop = match trace::leave(vm, f, Err(r)) {
                    Err(r) => Stop::Gone(r),
                    Ok(v) => Stop::Done(v),
                };
                continue;
            }
            Stop::Leave(r) | Stop::Gone(r) => {
                if f.is_entry() {
                    return Err(r);
                }
                stop = Stop::Raise(match f.generator() {
                    Some(g) => {
                        f = ended(vm, g, f);
                        generator::failed(vm, g, r)
                    }
                    None => {
                        f = leave(vm, f);
                        r
                    }
                });
                ip = f.ip();
                continue;
            }
            Stop::Yield(v, state) => {
                if vm.trace.on.get()
                    && let Err(r) = trace::leave(vm, f, Ok(v))
                {
                    stop = Stop::Gone(r);
                    continue;
                }
                match given(vm, f, state) {
                    Some(up) => f = up,
                    None => return Ok(v),
                }
                if let Some(s) = passes_on(f, v) {
                    stop = s;
                    continue;
                }
            }
            Stop::Return(v) if vm.trace.on.get() => {
                stop = match trace::leave(vm, f, Ok(v)) {
                    Err(r) => Stop::Gone(r),
                    Ok(v) => Stop::Done(v),
                };
                continue;
            }
            Stop::Return(v) | Stop::Done(v) => {
                if f.is_entry() {
                    return Ok(v);
                }
                match f.generator() {
                    Some(g) => {
                        f = ended(vm, g, f);
                        stopped(f, v);
                    }
                    None if f.levels() > 1 => {
                        f = leave(vm, f);
                        if v.is_none() {
                            made(f);
                        } else {
                            stop = Stop::Raise(make::bad_init(vm, v));
                            ip = f.ip();
                            continue;
                        }
                    }
                    None => {
                        f = leave(vm, f);
                        returned(f, v);
                    }
                }
            }
            Stop::Raise(r) => {
                f.set_ip(ip);
                add_traceback(vm, f, f.pc());
                stop = Stop::Reraise(match vm.trace.on.get() {
                    true => trace::exception(vm, f, r),
                    false => r,
                });
                continue;
            }
            Stop::Reraise(r) => {
                f.set_ip(ip);
                match unwind(vm, f, f.pc(), r) {
                    Unwound::Handler(pc) => f.set_pc(pc),
                    Unwound::Leave(r) => {
                        stop = Stop::Leave(r);
                        continue;
                    }
                }
            }
        }
        f = vm.stack.top_frame().unwrap_or(entry);
        stop = match vm.trace.on.get() {
            false => execute::<false>(vm, f, &mut ip),
            true => execute::<true>(vm, f, &mut ip),
        };
        f = vm.stack.top_frame().unwrap_or(entry);
    }
}

/// Pops a frame that called returned from or left by an exception; its caller.
#[inline(always)]
pub(super) fn leave(vm: &mut Vm, f: FramePtr) -> FramePtr {
    vm.depth.set(vm.depth.get() - f.levels());
    let prev = f.prev();
    vm.pop_frame(f);
    prev.unwrap_or(f)
}

/// The instruction that the frame is at.
fn at(f: &FramePtr) -> Option<&QInstr> {
    f.exec().instrs.get(f.pc() as usize)
}
/// Notes what the frame's instruction gave.
fn saw(f: FramePtr, bits: u8) {
    if let Some(i) = at(&f) {
        i.fb.set(i.fb.get() | bits);
    }
}
fn is_yield_from(f: FramePtr) -> bool {
    at(&f).is_some_and(|i| i.opcode() == Opcode::YIELD_FROM)
}

/// The call at the caller's `pc` returned `v`: its callee and arguments are gone already.
#[inline(always)]
fn returned(f: FramePtr, v: Value) {
    let base = f.stack_base();
    let d = f.depth();
    f.set_slot(base + d as usize, Some(v));
    f.set_depth(d + 1);
    saw(f, feedback::bit_of(v));
    f.set_pc(f.pc() + 1);
}

/// The `__init__` that the caller's `pc` had called has returned: the object is on the stack.
fn made(f: FramePtr) {
    saw(f, feedback::OTHER);
    f.set_pc(f.pc() + 1);
}

/// A generator that FOR_ITER or YIELD_FROM resumed has ended: the frame below.
fn ended(vm: &mut Vm, g: Gc<GenObj>, f: FramePtr) -> FramePtr {
    vm.depth.set(vm.depth.get() - 1);
    generator::end(vm, g, f)
}

/// A generator has yielded: the frame that resumed it, or none where Rust did.
pub(super) fn given(vm: &mut Vm, f: FramePtr, state: State) -> Option<FramePtr> {
    let g = f.generator()?;
    if f.is_entry() {
        // Whoever entered parks it.
        g.get(vm).state.set(state);
        return None;
    }
    vm.depth.set(vm.depth.get() - 1);
    Some(generator::park(vm, g, f, state))
}

/// What the instruction that resumed a generator does with the value: FOR_ITER keeps it, YIELD_FROM yields it.
fn passes_on(f: FramePtr, v: Value) -> Option<Stop> {
    if is_yield_from(f) {
        return Some(Stop::Yield(v, State::Delegating));
    }
    f.push(v);
    saw(f, feedback::bit_of(v));
    f.set_pc(f.pc() + 1);
    None
}

/// A generator has returned `v` to the instruction that resumed it: FOR_ITER leaves its loop, YIELD_FROM has its result.
fn stopped(f: FramePtr, v: Value) {
    f.set_depth(f.depth() - 1);
    if is_yield_from(f) {
        f.push(v);
        f.set_pc(f.pc() + 1);
    } else {
        f.set_pc(at(&f).map_or(0, |i| i.arg));
    }
}
