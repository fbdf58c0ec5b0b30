//! Layouts of exceptions and tracebacks.

use crate::object::{Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// An instance of BaseException or a class derived from it (the shape says which).
#[repr(C)]
pub struct ExceptionObj {
    pub h: Header,
    /// A tuple.
    pub args: Slot,
    pub cause: Slot,
    pub context: Slot,
    pub traceback: Slot,
    pub suppress_context: Cell<bool>,
    /// StopIteration.value, SystemExit.code, ImportError.name …
    pub extra: Slot,
    /// `__dict__`, or what holds the attributes before somebody wants that (`instance::ops::begin_store`).
    pub dict: Slot,
}
impl ExceptionObj {
    /// A new one of these arguments, a tuple, and of attributes of its own.
    pub const fn new(h: Header, args: Slot, dict: Slot) -> ExceptionObj {
        ExceptionObj {
            h,
            args,
            cause: Slot::new(None),
            context: Slot::new(None),
            traceback: Slot::new(None),
            suppress_context: Cell::new(false),
            extra: Slot::new(None),
            dict,
        }
    }
}
impl Object for ExceptionObj {
    const KIND: Kind = Kind::Exception;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.args,
            &self.cause,
            &self.context,
            &self.traceback,
            &self.extra,
            &self.dict,
        ] {
            t.slot(s);
        }
    }
}

/// One line of a traceback; `next` is the frame called from here.
#[repr(C)]
pub struct TracebackObj {
    pub h: Header,
    pub next: Slot,
    /// A CodeObj.
    pub code: Slot,
    /// The FrameObj, where one was made for it; the globals of a frame that ran natively and was not
    /// looked at since.
    pub frame: Slot,
    /// While the handler that caught the exception natively runs: the next of the same kind, the
    /// depth of its frame (0 at other times), and that of the frame's stack below the handler.
    pub pending: Slot,
    pub depth: std::cell::Cell<u32>,
    pub level: std::cell::Cell<u32>,
    pub lasti: i32,
    pub line: i32,
}
impl Object for TracebackObj {
    const KIND: Kind = Kind::Traceback;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.next);
        t.slot(&self.code);
        t.slot(&self.frame);
        t.slot(&self.pending);
    }
}
