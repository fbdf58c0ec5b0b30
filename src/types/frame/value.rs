//! Layout of `frame`.

use crate::object::gc_ptr::tail;
use crate::object::{Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// Where the values of a frame are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum State {
    /// On the VM stack or in a generator, at `live`.
    Live,
    /// It has ended; the object keeps the last values and the last position.
    Dead,
}

/// A frame as an object. Locals, cells and free variables follow the struct; they are empty while
/// the frame is `Live`.
#[repr(C)]
pub struct FrameObj {
    pub h: Header,
    /// The frame that called, where that is not simply the one below on the VM stack.
    pub back: Slot,
    /// The CodeObj that runs.
    pub code: Slot,
    pub globals: Slot,
    /// The namespace of module code; of a function the dict that `locals()` fills, made when asked.
    pub locals: Slot,
    /// `f_trace`
    pub trace: Slot,
    /// The generator that the frame lies in, until it ends.
    pub generator: Slot,
    /// Address of the frame on the VM stack.
    pub live: Cell<usize>,
    /// Offset in `co_code` of the last instruction, where the frame is not `Live`.
    pub lasti: Cell<i32>,
    /// `f_lineno` while `f_trace` is set: the last line that was announced.
    pub line: Cell<u32>,
    /// Offsets in `co_code` of the line that the tracer is in, and the last instruction it saw.
    pub lower: Cell<i32>,
    pub upper: Cell<i32>,
    pub prev: Cell<i32>,
    pub state: Cell<State>,
    /// A program may hold this object: its frame never runs natively again.
    pub shown: Cell<bool>,
    /// The frame is about to run its first instruction: `f_lasti` is -1.
    pub fresh: Cell<bool>,
    /// The tracer is told of a line or an instruction: it may set `f_lineno`.
    pub at_line: Cell<bool>,
    /// It ran natively and an exception left it: its caller is the frame that gets the next line of
    /// the traceback.
    pub orphan: Cell<bool>,
    /// While it runs natively and has caught exceptions: the next of the same kind, and the depth of its
    /// frame (`jit::deopt::caught`).
    pub pending: Slot,
    pub depth: Cell<u32>,
    pub trace_lines: Cell<bool>,
    pub trace_opcodes: Cell<bool>,
    /// Slots that follow.
    pub len: usize,
}
impl FrameObj {
    /// Locals, cells, free variables.
    pub fn slots(&self) -> &[Slot] {
        tail(self, self.len)
    }
}
impl Object for FrameObj {
    const KIND: Kind = Kind::Frame;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.back,
            &self.code,
            &self.globals,
            &self.locals,
            &self.trace,
            &self.pending,
            &self.generator,
        ] {
            t.slot(s);
        }
        t.slots(self.slots());
    }
    fn cell_size(&self) -> usize {
        std::mem::size_of::<Self>() + 8 * self.len
    }
}
