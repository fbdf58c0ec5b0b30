//! Layout of `memoryview`.

use crate::gc::Heap;
use crate::object::{Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;
use std::rc::Rc;

/// A memoryview.
#[repr(C)]
pub struct MemoryObj {
    pub h: Header,
    /// bytes or a bytearray; empty once the view is released.
    pub owner: Slot,
    /// The count of the bytearray's views that this one is counted in.
    pub counted: Cell<Option<Rc<Cell<usize>>>>,
    /// Byte where the first item lies, number of items, bytes from one to the next.
    pub at: usize,
    pub len: usize,
    pub stride: i64,
    /// What an item is, as `struct` spells it.
    pub format: u8,
    /// The format was given with an `@`.
    pub native: bool,
    pub readonly: bool,
}
impl Object for MemoryObj {
    const KIND: Kind = Kind::Memory;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.owner);
    }
    fn release(&mut self, _: &Heap) {
        self.uncount();
    }
}
impl MemoryObj {
    /// The view looks no longer.
    pub fn uncount(&self) {
        if let Some(n) = self.counted.take() {
            n.set(n.get().saturating_sub(1));
        }
    }
}
