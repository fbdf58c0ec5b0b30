//! Making frame objects, below everything that knows where frames are.

use super::value::{FrameObj, State};
use crate::code::object::CodeObject;
use crate::gc::{Heap, NoMemory};
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::types::code::value::CodeObj;
use crate::vm::Vm;
use std::cell::Cell;
use std::sync::Arc;

/// What a frame is, beside its values and its position.
#[derive(Clone, Copy)]
pub struct Of {
    /// The CodeObj that runs.
    pub code: Value,
    pub globals: Value,
    /// The namespace of module code.
    pub locals: Option<Value>,
}

/// An object with empty slots. Never collects, so that a frame can be kept while it is popped.
pub fn make(heap: &Heap, of: Of, state: State) -> Result<Gc<FrameObj>, NoMemory> {
    let code = of.code.cast::<CodeObj>();
    let co = code.and_then(|c| c.as_ref().code.as_ref());
    let len = co.map_or(0, |c| {
        c.nlocals as usize + c.cellvars.len() + c.freevars.len()
    });
    let init = FrameObj {
        h: Header::new(Kind::Frame, ClassId::Frame as u32),
        back: Slot::new(None),
        code: Slot::of(of.code),
        globals: Slot::of(of.globals),
        locals: Slot::new(of.locals),
        trace: Slot::new(None),
        generator: Slot::new(None),
        live: Cell::new(0),
        lasti: Cell::new(-1),
        line: Cell::new(co.map_or(0, |c| c.firstlineno)),
        lower: Cell::new(0),
        upper: Cell::new(-1),
        prev: Cell::new(-1),
        state: Cell::new(state),
        shown: Cell::new(false),
        fresh: Cell::new(false),
        at_line: Cell::new(false),
        orphan: Cell::new(false),
        pending: Slot::new(None),
        depth: Cell::new(0),
        trace_lines: Cell::new(true),
        trace_opcodes: Cell::new(false),
        len,
    };
    heap.alloc_tail(init, len, |_: &mut [Slot]| {})
}

/// The code of a frame.
pub fn code(vm: &Vm, o: Gc<FrameObj>) -> Option<Arc<CodeObject>> {
    let c = o.get(vm).code.get()?;
    c.get::<CodeObj>(vm)?.code.clone()
}
