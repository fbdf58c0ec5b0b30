//! Layouts of cells.

use crate::object::{Header, Kind, Object, Slot, Tracer};

/// A closure's variable. Empty: not assigned yet. `value` at offset 8: native code reads it.
#[repr(C)]
pub struct CellObj {
    pub h: Header,
    pub value: Slot,
}
impl Object for CellObj {
    const KIND: Kind = Kind::Cell;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.value);
    }
}

/// The value of a global that some cache points at; empty once the global was deleted, and
/// then never used again. Lives only in the entry of a namespace dict, and is never seen by Python.
/// `value` at offset 8.
#[repr(C)]
pub struct GlobalCellObj {
    pub h: Header,
    pub value: Slot,
}
impl Object for GlobalCellObj {
    const KIND: Kind = Kind::GlobalCell;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.value);
    }
}
