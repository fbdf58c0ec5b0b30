//! Layout of generators.

use crate::interp::frame::Frame;
use crate::object::{ClassId, Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// What a generator is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum State {
    /// It has not started: its arguments are bound, its frame is at its first instruction.
    Created,
    /// It has yielded: its frame is at the YIELD_VALUE, the value popped.
    Suspended,
    /// What it delegates to has yielded: its frame is at the YIELD_FROM, the iterator topmost.
    Delegating,
    /// Its frame is in the chain of frames, or it waits for what it delegates to.
    Running,
    /// Its frame is empty.
    Finished,
}

/// A generator, a coroutine or an asynchronous generator. The frame's slots follow the struct.
#[repr(C)]
pub struct GenObj {
    pub h: Header,
    pub name: Slot,
    pub qualname: Slot,
    /// While it is suspended: the exception that it handles itself.
    pub handled: Slot,
    /// While it runs: what its caller handles.
    pub outer: Slot,
    /// A coroutine's `cr_origin`; an asynchronous generator's finaliser.
    pub extra: Slot,
    pub state: Cell<State>,
    /// Slots of its frame that show what was handled outside hold a mark while it is suspended.
    pub marked: Cell<bool>,
    /// An asynchronous generator: its hooks were asked for, `aclose` has begun, and one of its awaitables runs.
    pub hooked: Cell<bool>,
    pub closed: Cell<bool>,
    pub awaited: Cell<bool>,
    /// It is in the heap's list of what has a last wish.
    pub listed: Cell<bool>,
    /// Address of the cell of the native entry where it goes on (`jit::native::unit::ResumeCell`); 0 unless native code
    /// has suspended it with nothing left to do.
    pub native: Cell<usize>,
    pub frame: Frame,
}
impl GenObj {
    /// Whether it has something to do before it dies: it is suspended where an exception may be handled, or a
    /// coroutine that was never awaited.
    pub fn has_wish(&self) -> bool {
        match self.state.get() {
            State::Suspended | State::Delegating | State::Running => true,
            State::Created => {
                self.h.shape() == ClassId::Coroutine as u32 || self.extra.get().is_some()
            }
            State::Finished => false,
        }
    }
}
impl Object for GenObj {
    const KIND: Kind = Kind::Generator;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.name,
            &self.qualname,
            &self.handled,
            &self.outer,
            &self.extra,
        ] {
            t.slot(s);
        }
        self.frame.trace_generator(t, self.state.get());
    }
}
