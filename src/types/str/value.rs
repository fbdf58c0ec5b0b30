//! Layout of `str`: WTF-8 bytes inline behind the header.

use crate::gc::{Buf, Heap};
use crate::object::gc_ptr::tail;
use crate::object::header::{FLAG_A, FLAG_B};
use crate::object::{Header, Kind, Object, Tracer};
use std::cell::Cell;

/// A str. Flags: `FLAG_A` all ASCII, `FLAG_B` interned. The bytes follow the struct.
#[repr(C)]
pub struct StrObj {
    pub h: Header,
    /// Bytes.
    pub len: usize,
    /// Code points.
    pub chars: usize,
    /// 0: not computed yet.
    pub hash: Cell<u64>,
    /// Byte offset of every 64th code point; filled on the first index into a non-ASCII string.
    pub index: Buf<u32>,
}
impl StrObj {
    pub fn as_bytes(&self) -> &[u8] {
        tail(self, self.len)
    }
    pub fn is_ascii(&self) -> bool {
        self.h.has(FLAG_A)
    }
    pub fn is_interned(&self) -> bool {
        self.h.has(FLAG_B)
    }
    /// As UTF-8, unless it holds a lone surrogate.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(self.as_bytes()).ok()
    }
}
impl Object for StrObj {
    const KIND: Kind = Kind::Str;
    const LEAF: bool = true;
    const RELEASES: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn release(&mut self, heap: &Heap) {
        self.index.free(heap);
    }
    fn cell_size(&self) -> usize {
        std::mem::size_of::<Self>() + self.len
    }
}
