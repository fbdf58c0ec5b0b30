//! Layout of `bytearray`.

use crate::gc::{Buf, Heap};
use crate::object::{Header, Kind, Object, Tracer};
use std::cell::{Cell, OnceCell};
use std::rc::Rc;

/// A bytearray.
#[repr(C)]
pub struct ByteArrayObj {
    pub h: Header,
    pub items: Buf<u8>,
    /// How many memoryviews look at the bytes; made with the first. They share it, because either may be
    /// collected first.
    pub exports: OnceCell<Rc<Cell<usize>>>,
}
impl Object for ByteArrayObj {
    const KIND: Kind = Kind::ByteArray;
    const LEAF: bool = true;
    const RELEASES: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn release(&mut self, heap: &Heap) {
        self.items.free(heap);
        self.exports.take();
    }
}
