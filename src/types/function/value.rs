//! Layout of `function`: PyFunctionObject's fields, and what the fast path needs beside them.

use crate::object::{Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// See `FunctionObj::first`: no word of a function.
const CHANGED: u64 = 1;

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
    /// Its own word, from when native code asks for it to when the version changes for the first time; then
    /// `CHANGED` for good. Code that was made for the first version compares with it: that is the function, and
    /// it is as it was.
    pub first: Cell<u64>,
    /// Address of the code's Executable once it was called; 0 before, and again when `__code__`
    /// is assigned. `code` keeps it alive.
    pub exec: Cell<usize>,
}
impl FunctionObj {
    /// Whether `first` may stand for this version of the function whose word this is: then it does.
    pub fn is_first(&self, word: u64, version: u64) -> bool {
        let fits = self.first.get() != CHANGED && self.version.get() == version;
        if fits {
            self.first.set(word);
        }
        fits
    }
    /// If native code has ever asked for its version: whether that is still the first.
    pub fn asked_for(&self) -> Option<bool> {
        let first = self.first.get();
        (first != 0).then_some(first != CHANGED)
    }
    /// What anybody knows of it ends here.
    pub fn change(&self, version: u64) {
        self.version.set(version);
        self.first.set(CHANGED);
    }
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
