//! Layout of `set` and `frozenset`: an open-addressed table of keys and their hashes.

use crate::gc::{Buf, Heap};
use crate::object::{Header, Kind, Object, Tracer, Value};
use std::cell::Cell;

/// One place of the table. Without a key, hash 0 is a place never used, and [`Entry::GONE`]'s hash
/// one whose key was removed: a lookup goes on past it.
#[derive(Clone, Copy, PartialEq)]
#[repr(C)]
pub struct Entry {
    pub hash: u64,
    pub key: Option<Value>,
}
impl Entry {
    pub const FREE: Entry = Entry { hash: 0, key: None };
    pub const GONE: Entry = Entry {
        hash: u64::MAX,
        key: None,
    };
}

/// A set. The class says whether it is frozen.
#[repr(C)]
pub struct SetObj {
    pub h: Header,
    /// A power of two of places, 8 at least; none at all before the first key comes.
    pub table: Buf<Entry>,
    /// Keys.
    pub used: Cell<usize>,
    /// Keys and removed keys.
    pub fill: Cell<usize>,
    /// Where `pop` goes on searching.
    pub finger: Cell<usize>,
    /// Changes when the table is another one: what a lookup that ran Python compares.
    pub generation: Cell<u64>,
    /// The hash of a frozenset, once computed; -1 before.
    pub hash: Cell<u64>,
}
impl Object for SetObj {
    const KIND: Kind = Kind::Set;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        for e in self.table.cells() {
            if let Some(k) = e.get().key {
                t.value(k);
            }
        }
    }
    fn release(&mut self, heap: &Heap) {
        self.table.free(heap);
    }
}
