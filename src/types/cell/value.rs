//! Layouts of cells.

use crate::object::{Header, Kind, Object, Slot, Tracer, Value};
use crate::vm::Vm;
use std::cell::Cell;

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
    /// Native code takes it for granted that the value stays: who changes it tells `jit::watch`. Native
    /// code reads it.
    pub watched: Cell<bool>,
    /// How often that was wrong.
    pub changed: Cell<u32>,
}
impl GlobalCellObj {
    /// Stores a value, or empties the cell.
    #[inline(always)]
    pub fn put(&self, vm: &Vm, v: Option<Value>) {
        if self.watched.get() {
            crate::jit::watch::cell_changes(vm, self);
        }
        self.value.write(&vm.heap, v);
    }
}
impl Object for GlobalCellObj {
    const KIND: Kind = Kind::GlobalCell;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.value);
    }
}
