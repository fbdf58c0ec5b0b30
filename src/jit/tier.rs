//! Counters and policy: what the interpreter asks at function entries and back edges.
//!
//! The interpreter calls [`on_frame`] when a frame whose arguments are bound is about to start, and
//! [`on_back_edge`] when a jump backwards was taken. Both cost one decrement until a countdown runs
//! out. Native code that takes over either finishes the frame or writes its state back into
//! it (deopt) and asks the interpreter to go on there.
//!
//! | mode | a function is compiled | a loop is compiled |
//! |---|---|---|
//! | `on` | at its 100th call | at its 1000th back edge |
//! | `always` | at its first call, knowing nothing, and again at the second | at its first back edge |
//! | `stress` | as `always`; guards fail at random, the drafts' compiler makes half | as `always` |
//!
//! When a bet is lost eight times at one instruction, the unit is retired, and made anew when the
//! countdown has run out again, from what the interpreter has seen by then; when that happens twice
//! the bet is burnt: not made any more. From the eighth unit of a code object on, a bet lost once is
//! burnt; after 24 (and four a loop) it is left to the interpreter for good.
//!
//! A function that calls itself from more than one place gets a draft first, in half the time: less of it is
//! built into itself. When that has run for as long as a better one takes to make, or was entered often, the better
//! one takes its place. Callers ask the interpreter for a draft, so that it sees it go by.
//!
//! In mode `on` large functions wait longer than the table says (half a call an instruction), and compiling
//! may take a quarter of the time since it began, after an allowance: past that, what is hot waits until it
//! is hot once more. The size of a unit and the memory of all are limited: see `memory`.

use crate::gc::Heap;
use crate::interp::frame::FramePtr;
use crate::interp::generator::Given;
use crate::object::{Gc, Tracer, Value};
use crate::protocol::iter::Taker;
use crate::types::function::value::FunctionObj;
use crate::types::generator::value::{GenObj, State};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

#[cfg(all(test, feature = "jit"))]
pub use make::install_for;
#[cfg(feature = "jit")]
pub(super) use make::start_cell;
#[cfg(feature = "jit")]
pub(super) use native::retire_all;
#[cfg(feature = "jit")]
pub use native::{evict, left, outcome, stale, unlink, unwatch};

/// What the interpreter does next.
pub enum Enter {
    /// Go on interpreting: nothing happened.
    Stay,
    /// The frame has finished: pop it, and return (or unwind its caller with) this. The traceback
    /// entries of this frame are already written.
    Done(Result<Value, Raised>),
    /// The frame was run natively up to a later place: reload the innermost frame of the VM stack
    /// (frames of inlined calls may lie on top), its pc and depth, and go on.
    Resume,
    /// As `Resume`, but an exception is on its way in the innermost frame, at its pc.
    Throw(Raised),
    /// The frame, a generator's, is written and has yielded this; what it is now.
    Yield(Value, State),
}

/// What the tier keeps for each Executable.
#[derive(Default)]
pub struct ExecTier {
    /// Calls, and back edges, until the tier looks.
    calls: Cell<i32>,
    edges: Cell<i32>,
    #[cfg(feature = "jit")]
    made: native::Made,
}

impl ExecTier {
    /// Shows the values that the code compiled for this Executable embeds.
    pub fn trace(&self, t: &mut Tracer<'_>) {
        #[cfg(feature = "jit")]
        self.made.trace(t);
        #[cfg(not(feature = "jit"))]
        let _ = t;
    }
    /// The code object died: its native code goes with it.
    pub fn release(&mut self, heap: &Heap) {
        #[cfg(feature = "jit")]
        self.made.release(heap);
        #[cfg(not(feature = "jit"))]
        let _ = heap;
    }
}

/// Whether a countdown still runs.
#[inline(always)]
fn counts(c: &Cell<i32>) -> bool {
    let n = c.get() - 1;
    c.set(n);
    n >= 0
}

/// A frame is about to start at instruction 0, its arguments bound, its stack empty, counted.
#[inline(always)]
pub fn on_frame(vm: &mut Vm, f: FramePtr) -> Enter {
    if counts(&f.exec().tier.calls) {
        Enter::Stay
    } else {
        frame_slow(vm, f)
    }
}

/// Rust calls a function whose frame was just pushed and bound, and not counted yet: none: nothing was done, or how it
/// went. The depth is to be set to what it was.
#[inline(always)]
pub fn run_hot(vm: &mut Vm, f: FramePtr) -> Option<Enter> {
    #[cfg(feature = "jit")]
    return hot::run(vm, f);
    #[cfg(not(feature = "jit"))]
    {
        let _ = (vm, f);
        None
    }
}

/// Rust calls a function with these arguments. None: nothing was done, and the general way is to be taken.
#[inline(always)]
pub fn call_open(
    vm: &mut Vm,
    func: Gc<FunctionObj>,
    args: &[Value],
) -> Option<Result<Value, Raised>> {
    #[cfg(feature = "jit")]
    {
        let exec = super::native::exec_of_function(vm, func)?;
        match exec.tier.made.open.get() {
            0 => None,
            _ if exec.argcount as usize != args.len() => None,
            entry => hot::call(vm, func, args, entry),
        }
    }
    #[cfg(not(feature = "jit"))]
    {
        let _ = (vm, func, args);
        None
    }
}

/// Where an `ExecTier` has its function's open entry.
#[cfg(feature = "jit")]
pub const OPEN_OFFSET: usize =
    std::mem::offset_of!(ExecTier, made) + std::mem::offset_of!(native::Made, open);

/// A jump backwards to instruction `target` was taken, with `depth` values on the stack, after the
/// limit word was looked at and fuel was charged.
#[inline(always)]
pub fn on_back_edge(vm: &mut Vm, f: FramePtr, target: u32, depth: u32) -> Enter {
    if counts(&f.exec().tier.edges) {
        Enter::Stay
    } else {
        edge_slow(vm, f, target, depth)
    }
}

/// The innermost frame, a generator's, goes on at its `pc`, or starts: it is in the chain of frames and counted, and
/// what is sent lies on its stack. Neither a tracer nor a replaced evaluator is set.
#[inline(always)]
pub fn on_resume(vm: &mut Vm, f: FramePtr) -> Enter {
    if counts(&f.exec().tier.calls) {
        Enter::Stay
    } else {
        resume_slow(vm, f)
    }
}

/// A generator that may be suspended by native code goes on with `sent`; none: nothing was done.
#[inline(always)]
pub fn resume_parked(vm: &mut Vm, g: Gc<GenObj>, sent: Value) -> Option<Result<Given, Raised>> {
    #[cfg(feature = "jit")]
    if g.get(vm).native.get() != 0 {
        return super::native::parked::resume(vm, g, sent);
    }
    let _ = (vm, g, sent);
    None
}

/// Runs `f`, which goes on with this generator. What it yields natively meanwhile goes to who takes it, as far as
/// that is quiet.
#[inline(always)]
pub fn giving_to<T: Taker, R>(
    vm: &mut Vm,
    g: Gc<GenObj>,
    taker: &mut T,
    f: impl FnOnce(&mut Vm) -> R,
) -> R {
    #[cfg(feature = "jit")]
    if g.get(vm).native.get() != 0 {
        return super::runtime::giving_to(vm, g, taker, f);
    }
    let _ = (g, taker);
    f(vm)
}

/// Code of this engine names `tb_frame`: from now on the frames of all that is caught are kept for who asks a
/// traceback for them. What is known of those that were caught natively before stays what it is.
pub fn want_frames(vm: &Vm) {
    #[cfg(feature = "jit")]
    if !vm.jit.frames.replace(true) {
        retire_all(vm);
        if vm.jit.living_units() > 0 {
            vm.limit.request(crate::vm::limit::REPLACED);
        }
    }
    #[cfg(not(feature = "jit"))]
    let _ = vm;
}

#[cfg(feature = "jit")]
#[inline(never)]
fn frame_slow(vm: &mut Vm, f: FramePtr) -> Enter {
    native::on_frame(vm, f)
}
#[cfg(feature = "jit")]
#[inline(never)]
fn edge_slow(vm: &mut Vm, f: FramePtr, target: u32, depth: u32) -> Enter {
    native::on_back_edge(vm, f, target, depth)
}
#[cfg(feature = "jit")]
#[inline(never)]
fn resume_slow(vm: &mut Vm, f: FramePtr) -> Enter {
    native::on_resume(vm, f)
}
#[cfg(not(feature = "jit"))]
#[cold]
fn resume_slow(vm: &mut Vm, f: FramePtr) -> Enter {
    frame_slow(vm, f)
}
#[cfg(not(feature = "jit"))]
#[cold]
fn frame_slow(_: &mut Vm, f: FramePtr) -> Enter {
    f.exec().tier.calls.set(i32::MAX);
    Enter::Stay
}
#[cfg(not(feature = "jit"))]
#[cold]
fn edge_slow(_: &mut Vm, f: FramePtr, _: u32, _: u32) -> Enter {
    f.exec().tier.edges.set(i32::MAX);
    Enter::Stay
}

#[cfg(feature = "jit")]
mod env;
#[cfg(feature = "jit")]
mod hot;
#[cfg(feature = "jit")]
mod make;
#[cfg(feature = "jit")]
mod native;
