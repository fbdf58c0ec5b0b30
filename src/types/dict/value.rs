//! Layout of `dict`: entries in insertion order, and an open-addressed index into them.

use crate::gc::{Buf, Heap};
use crate::object::{ClassId, Header, Kind, Object, Slot, Tracer, Value};
use std::cell::Cell;

/// One entry; `key` is empty when it was deleted.
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
    /// that called Python compares. Unique in the engine.
    pub keys_version: Cell<u64>,
    /// Live entries.
    pub used: Cell<usize>,
    pub entries: Buf<Entry>,
    /// Power-of-two table of `entry + 1`, 0 empty. No table at all for up to five entries, which
    /// are searched one by one.
    pub index: Buf<u32>,
    /// Entries that may still be appended before the dict is rebuilt: two thirds of its size,
    /// as CPython counts them, because a program that changes a dict while it iterates can tell.
    pub usable: Cell<u32>,
    /// No entry before this one is live.
    pub first: Cell<u32>,
    /// Of globals: the dict of builtins that code running with them uses, once one was needed
    /// (`interp/ops/global`).
    pub builtins: Slot,
    /// Of a `defaultdict`: what makes missing values. Of an `OrderedDict`: its `__dict__`.
    pub extra: Slot,
}
impl DictObj {
    /// A dict of no entries, of this class.
    pub const fn empty(class: ClassId, version: u64) -> DictObj {
        DictObj {
            h: Header::new(Kind::Dict, class as u32),
            keys_version: Cell::new(version),
            used: Cell::new(0),
            entries: Buf::new(),
            index: Buf::new(),
            usable: Cell::new(0),
            first: Cell::new(0),
            builtins: Slot::new(None),
            extra: Slot::new(None),
        }
    }
}
impl Object for DictObj {
    const KIND: Kind = Kind::Dict;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.builtins);
        t.slot(&self.extra);
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
