//! Layout of `function`: PyFunctionObject's fields, and what the fast path needs beside them.

use crate::object::{Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// A Python function. Empty slots are C's NULL.
#[repr(C)]
pub struct FunctionObj {
    pub h: Header,
    /// `__code__`: a CodeObj.
    pub code: Slot,
    /// `__globals__`: a DictObj.
    pub globals: Slot,
    pub defaults: Slot,
    pub kwdefaults: Slot,
    /// A tuple of cells, as many as `co_freevars`.
    pub closure: Slot,
    pub doc: Slot,
    pub name: Slot,
    pub dict: Slot,
    pub module: Slot,
    pub annotations: Slot,
    pub qualname: Slot,
    /// Changed when `__code__`, `__defaults__` or `__kwdefaults__` is assigned; unique in
    /// the engine, so that a cache can hold one number.
    pub version: Cell<u64>,
    /// Address of the code's Executable once it was called; 0 before, and again when `__code__`
    /// is assigned. `code` keeps it alive.
    pub exec: Cell<usize>,
}
impl Object for FunctionObj {
    const KIND: Kind = Kind::Function;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.code,
            &self.globals,
            &self.defaults,
            &self.kwdefaults,
            &self.closure,
            &self.doc,
            &self.name,
            &self.dict,
            &self.module,
            &self.annotations,
            &self.qualname,
        ] {
            t.slot(s);
        }
    }
}
