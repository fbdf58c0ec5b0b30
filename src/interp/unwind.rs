//! Finding the handler of an exception.

use super::frame::{FramePtr, Sp};
use super::ops::block;
use super::{frames, trace};
use crate::code::verify::{BlockKind, NO_BLOCK};
use crate::object::Value;
use crate::types::exception::ops as exceptions;
use crate::vm::{Raised, Vm};

/// Where an exception leads.
pub enum Unwound {
    /// To the handler at this instruction; its six slots are pushed.
    Handler(u32),
    /// Out of the frame.
    Leave(Raised),
}

/// Adds this frame's line to the traceback of what is being raised.
pub fn add_traceback(vm: &mut Vm, f: FramePtr, pc: u32) {
    if let (false, Some(exc)) = (vm.is_terminating(), vm.exc.get()) {
        let (lasti, line) = (f.exec().start(pc), trace::line_in_traceback(vm, f, pc));
        let frame = frames::object_of(vm, f).ok().map(|o| o.value());
        exceptions::add_traceback(vm, exc, f.code(), lasti as i32, line, frame);
    }
}

/// Unwinds the blocks open at instruction `pc` of the frame. A TERMINATE leaves every frame.
///
/// Blocks are static. A Handler block's saved slot is intact, because the verifier lets nothing
/// pop it, and holds what was handled before however the block was entered.
pub fn unwind(vm: &mut Vm, f: FramePtr, pc: u32, mut r: Raised) -> Unwound {
    if vm.is_terminating() {
        return Unwound::Leave(r);
    }
    let base = f.stack_base();
    let mut at = f
        .exec()
        .verified
        .block
        .get(pc as usize)
        .copied()
        .unwrap_or(NO_BLOCK);
    while let Some(b) = f.exec().verified.blocks.get(at as usize) {
        let depth = b.depth as usize;
        at = b.parent;
        match b.kind {
            BlockKind::Handler { .. } => {
                let before = f.slot(base + depth + 1).unwrap_or(Value::NONE);
                block::restore_handled(vm, before);
            }
            BlockKind::Finally { handler } => {
                let Some(exc) = vm.exc.get() else {
                    return Unwound::Leave(r);
                };
                vm.exc.write(&vm.heap, None);
                let mut s = Sp(f.slots_ptr().wrapping_add(base + depth));
                match block::enter_handler(vm, &mut s, exc) {
                    Ok(()) => {
                        if f.is_generator() {
                            // What is handled in here is the generator's own.
                            f.set_slot(base + depth, Some(Value::MARK));
                        }
                        f.set_depth((depth + 6) as u32);
                        return Unwound::Handler(handler);
                    }
                    Err(e) => r = e,
                }
            }
        }
    }
    Unwound::Leave(r)
}
