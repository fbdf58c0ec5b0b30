//! What makes a missing root show at once: freed cells are overwritten in debug builds, and under
//! stress everything is swept with each collection, which comes at every safepoint.

use super::block::{Chunk, GRANULE};
use crate::object::{Header, Kind};

/// Fills a freed cell, but for its header.
pub const POISON: u8 = 0xF5;

/// Overwrites the cells of `size` bytes whose bits are set in word `w` of a chunk's bitmap.
pub(super) fn poison(c: &Chunk, w: usize, mut bits: u64, size: usize) {
    while bits != 0 {
        let g = w * 64 + bits.trailing_zeros() as usize;
        let p = (c as *const Chunk as usize + g * GRANULE) as *mut u8;
        // SAFETY: a dead cell of `size` bytes, released already.
        unsafe {
            std::ptr::write_bytes(p, POISON, size);
            (p as *mut Header).write(Header::new(Kind::Free, 0));
        }
        bits &= bits - 1;
    }
}
