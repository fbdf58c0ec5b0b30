//! Layout of `bytes`: the bytes inline behind the header.

use crate::object::gc_ptr::tail;
use crate::object::{Header, Kind, Object, Tracer};
use std::cell::Cell;

/// A bytes object. The bytes follow the struct.
#[repr(C)]
pub struct BytesObj {
    pub h: Header,
    pub len: usize,
    /// 0: not computed yet.
    pub hash: Cell<u64>,
}
impl BytesObj {
    pub fn as_bytes(&self) -> &[u8] {
        tail(self, self.len)
    }
}
impl Object for BytesObj {
    const KIND: Kind = Kind::Bytes;
    const LEAF: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn cell_size(&self) -> usize {
        std::mem::size_of::<Self>() + self.len
    }
}
