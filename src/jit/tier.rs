//! Counters and policy: what the interpreter asks at function entries and back edges.
//!
//! The interpreter calls [`on_frame`] when a frame whose arguments are bound is about to start, and
//! [`on_back_edge`] when a jump backwards was taken. Both cost one decrement until a countdown runs
//! out. Native code that takes over either finishes the frame or writes its state back into
//! it (deopt) and asks the interpreter to go on there.

use crate::gc::Heap;
use crate::interp::frame::FramePtr;
use crate::object::{Tracer, Value};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

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
}

/// What the tier keeps for each Executable.
#[derive(Default)]
pub struct ExecTier {
    /// Entries and back edges until the tier looks again.
    pub countdown: Cell<i32>,
}

impl ExecTier {
    /// Shows the values that the code compiled for this Executable embeds.
    pub fn trace(&self, _t: &mut Tracer<'_>) {}
    /// The code object died: its native code goes with it.
    pub fn release(&mut self, _heap: &Heap) {}
}

/// A frame is about to start at instruction 0, its arguments bound, its stack empty.
#[inline(always)]
pub fn on_frame(_vm: &mut Vm, _f: FramePtr) -> Enter {
    Enter::Stay
}

/// A jump backwards to instruction `target` was taken, with `depth` values on the stack, after the
/// limit word was looked at and fuel was charged.
#[inline(always)]
pub fn on_back_edge(_vm: &mut Vm, _f: FramePtr, _target: u32, _depth: u32) -> Enter {
    Enter::Stay
}
