//! Layout of `dict`: entries in insertion order, and an open-addressed index into them.

use crate::gc::{Buf, Heap};
use crate::object::{Header, Kind, Object, Slot, Tracer, Value};
use std::cell::Cell;

/// One entry; `key` is 0 bits when it was deleted.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Entry {
    pub hash: u64,
    pub key: Option<Value>,
    pub value: Option<Value>,
}

/// A dict. Flags: `FLAG_B` it is a namespace, so a cache may turn the value of an entry into a
/// `GlobalCell` (then `FLAG_A`): every read of a value goes through `ops`, which looks through it.
#[repr(C)]
pub struct DictObj {
    pub h: Header,
    /// Changed by every insertion of a new key, deletion, clear and rebuild: what a lookup
    /// that called Python compares, and what iteration checks.
    pub keys_version: Cell<u64>,
    /// Live entries.
    pub used: Cell<usize>,
    pub entries: Buf<Entry>,
    /// Power-of-two table of `entry + 1`, 0 empty, `u32::MAX` deleted.
    pub index: Buf<u32>,
}
impl Object for DictObj {
    const KIND: Kind = Kind::Dict;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        for e in self.entries.cells() {
            let e = e.get();
            if let (Some(k), Some(v)) = (e.key, e.value) {
                t.value(k);
                t.value(v);
            }
        }
    }
    fn release(&mut self, heap: &Heap) {
        self.entries.free(heap);
        self.index.free(heap);
    }
}

/// `dict.keys()`, `.values()`, `.items()`: which, by the class.
#[repr(C)]
pub struct DictViewObj {
    pub h: Header,
    pub dict: Slot,
}
impl Object for DictViewObj {
    const KIND: Kind = Kind::DictView;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.dict);
    }
}
