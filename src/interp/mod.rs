//! The adaptive stack interpreter: frames, `run` (fetch, dispatch, tier-up check), unwinding,
//! inline caches and the feedback they are for the JIT.
//!
//! * A frame is locals | cells | frees | value stack in one run of words on the VM stack.
//! * There is no run-time block stack: `code::verify` proves the blocks open at each instruction.
//!   BEGIN_FINALLY and CALL_FINALLY pad to the six slots of an exception, so that the depth is one
//!   number at each instruction; the topmost of the six tells the three apart.
//! * Python-to-Python calls push a frame and do not recurse natively.

pub mod frame;

use crate::object::Value;
use crate::vm::{Raised, Vm};

/// A replacement of the frame evaluator: gets the frame about to run and `throwflag`; it runs it
/// with [`eval_frame_default`] or not at all. While one is set, every Python frame passes through it.
pub type EvalFrame = fn(&mut Vm, frame: frame::FramePtr, throwflag: bool) -> Result<Value, Raised>;
