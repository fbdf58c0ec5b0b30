//! Layout of a weak reference.

use crate::object::{Header, Kind, Object, Slot, Tracer, Value};
use std::cell::Cell;

/// A reference that does not keep its referent alive.
#[repr(C)]
pub struct WeakRefObj {
    pub h: Header,
    /// The word of the referent, 0 once it is dead. Never shown to the tracer.
    pub target: Cell<u64>,
    /// Called with the reference once the referent is dead.
    pub callback: Slot,
    /// The next reference whose callback is to be called.
    pub next: Slot,
    /// The referent's hash, once it was asked for.
    pub hash: Cell<Option<u64>>,
    /// Counts up in the engine: callbacks run from the newest reference to the oldest.
    pub number: u64,
}
impl WeakRefObj {
    /// The referent, while it lives.
    pub fn referent(&self) -> Option<Value> {
        Value::from_bits(self.target.get())
    }
}
impl Object for WeakRefObj {
    const KIND: Kind = Kind::WeakRef;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.callback);
        t.slot(&self.next);
    }
}
