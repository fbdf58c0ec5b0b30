//! The adaptive stack interpreter: frames, `run` (fetch, dispatch, tier-up check), unwinding,
//! inline caches and the feedback they are for the JIT.
//!
//! * A frame is locals | cells | frees | value stack in one run of words on the VM stack.
//! * There is no run-time block stack: `code::verify` proves the blocks open at each instruction.
//!   BEGIN_FINALLY and CALL_FINALLY pad to the six slots of an exception, so that the depth is one
//!   number at each instruction; the topmost of the six tells the three apart:
//!
//!   | slot | exception | CALL_FINALLY | BEGIN_FINALLY |
//!   |---|---|---|---|
//!   | 5 (top) | its class | int: instruction to return to | `Value::MARK` |
//!   | 4 | the exception | None | None |
//!   | 3 | its traceback | None | None |
//!   | 1 | what was handled before | what is handled | what is handled |
//!   | 2, 0 | None | None | None |
//!
//! * Python-to-Python calls push a frame and do not recurse natively.
//! * Order at a function's entry, the same in every tier: limit word, depth, fuel.

pub mod executable;
pub mod feedback;
pub mod frame;
#[cfg(any())]
pub mod ops;
#[cfg(any())]
pub mod run;
#[cfg(any())]
pub mod unwind;

use crate::object::Value;
use crate::vm::{Raised, Vm};
use frame::FramePtr;

/// A replacement of the frame evaluator: gets the frame about to run and `throwflag`; it runs it
/// with [`eval_frame_default`] or not at all. While one is set, every Python frame passes through it.
pub type EvalFrame = fn(&mut Vm, frame: FramePtr, throwflag: bool) -> Result<Value, Raised>;
