//! Layout of `code`: a shared `CodeObject`, this engine's constants, and the form that runs.

use crate::code::object::CodeObject;
use crate::gc::Heap;
use crate::object::{Header, Kind, Object, Slot, Tracer, Value};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// What the interpreter attaches to a code object; it may hold values (inline caches).
pub trait Attached {
    fn trace(&self, t: &mut Tracer<'_>);
    fn release(&mut self, heap: &Heap);
    /// Empties the caches of what has died: they keep nothing alive. Called right after marking.
    fn forget(&self, dead: &dyn Fn(Value) -> bool);
    /// Address of the concrete struct, for its owner to cast back.
    fn address(&self) -> *const ();
}

/// A code object.
#[repr(C)]
pub struct CodeObj {
    pub h: Header,
    pub code: Option<Arc<CodeObject>>,
    /// `co_consts` as a tuple, made on first need.
    pub consts: Slot,
    /// `co_names` as a tuple of interned strings.
    pub names: Slot,
    /// `co_varnames`, likewise.
    pub varnames: Slot,
    /// The other objects that attributes show (`ops::fields`), as a tuple, made on first need.
    pub fields: Slot,
    /// The Executable, made on the first call.
    pub exec: RefCell<Option<Box<dyn Attached>>>,
    /// Bytes accounted for the CodeObject.
    pub accounted: usize,
    /// The word of the globals that `exec`'s inline caches and native code are about: those it first
    /// ran with. Not shown to the tracer: what runs holds them. `GONE` once they are dead, so that the
    /// caches are never taken for another dict's.
    pub globals: Cell<u64>,
    /// The word of the copy made last to run with other globals, while that lives; not shown to the
    /// tracer either. A function made again and again finds its warm code there.
    pub copy: Cell<u64>,
    /// What `__code__` shows, where this is a copy made to run with other globals.
    pub original: Slot,
}
/// `CodeObj::globals` of a code object whose globals have died.
pub const GONE: u64 = Value::NONE.bits();

impl Object for CodeObj {
    const KIND: Kind = Kind::Code;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.consts,
            &self.names,
            &self.varnames,
            &self.fields,
            &self.original,
        ] {
            t.slot(s);
        }
        if let Some(e) = &*self.exec.borrow() {
            e.trace(t);
        }
    }
    fn release(&mut self, heap: &Heap) {
        if let Some(mut e) = self.exec.get_mut().take() {
            e.release(heap);
        }
        self.code = None;
        heap.unaccount(self.accounted);
        self.accounted = 0;
    }
}
