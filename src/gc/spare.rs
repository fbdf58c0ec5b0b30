//! Memory of small buffers that were freed, kept for the next buffer of its size. Lists, dicts and sets die by the
//! dozen as a block is swept, just before others like them are made there; the process's allocator takes four times as
//! long for the two. At most [`KEPT`] bytes a heap are kept. A build in which a tool looks at each access keeps none, or
//! it could not tell who uses a buffer that was freed.

use super::heap::Heap;
use super::pages::{alloc, dealloc, realloc};
use std::alloc::Layout;
use std::cell::Cell;
use std::ptr::null_mut;

/// Bytes of the largest buffer that is kept, between two sizes, and in all.
const MOST: usize = 1024;
const STEP: usize = 16;
const KEPT: usize = 64 << 10;
const CLASSES: usize = MOST / STEP;
const KEEPS: bool = !cfg!(any(miri, taipan_precise));

/// What is kept: for each size a list through the first words of the pieces.
pub struct Spare {
    first: [Cell<*mut Piece>; CLASSES],
    bytes: Cell<usize>,
}
struct Piece {
    next: *mut Piece,
}

impl Spare {
    pub fn new() -> Spare {
        Spare {
            first: std::array::from_fn(|_| Cell::new(null_mut())),
            bytes: Cell::new(0),
        }
    }
    /// A piece of exactly this size; sizes up to `MOST` are multiples of `STEP`.
    #[inline(always)]
    fn take(&self, size: usize) -> Option<*mut u8> {
        let list = self.first.get(size.div_ceil(STEP) - 1)?;
        let p = list.get();
        if p.is_null() {
            return None;
        }
        // SAFETY: a piece in a list is memory that only the list knows; `keep` wrote its first word.
        list.set(unsafe { (*p).next });
        self.bytes.set(self.bytes.get() - size);
        Some(p.cast())
    }
    /// Keeps a piece, if there is room for it.
    ///
    /// # Safety
    /// Memory of `buffer_layout` that nobody uses any more.
    #[inline(always)]
    unsafe fn keep(&self, p: *mut u8, size: usize) -> bool {
        let bytes = self.bytes.get() + size;
        let Some(list) = self
            .first
            .get(size.div_ceil(STEP) - 1)
            .filter(|_| KEEPS && bytes <= KEPT)
        else {
            return false;
        };
        let p: *mut Piece = p.cast();
        // SAFETY: the caller's promise; it is aligned and large enough for the word.
        unsafe { p.write(Piece { next: list.get() }) };
        list.set(p);
        self.bytes.set(bytes);
        true
    }
    /// Gives all of it back.
    pub fn free(&self) {
        for i in 0..CLASSES {
            let size = (i + 1) * STEP;
            while let Some(p) = self.take(size) {
                // SAFETY: a piece of this size came from `alloc` with this layout.
                unsafe { dealloc(p, buffer_layout(size)) };
            }
        }
    }
}

/// How a buffer of so many bytes, which are not 0, lies in memory: the same for every buffer of a size, whatever is
/// in it.
#[inline(always)]
fn buffer_layout(size: usize) -> Layout {
    let size = if size <= MOST {
        size.next_multiple_of(STEP)
    } else {
        size
    };
    // SAFETY: the size is that of a `Layout`, or small.
    unsafe { Layout::from_size_align_unchecked(size, 8) }
}

impl Heap {
    /// Memory of `size` bytes for a buffer, which are not 0 and at most `isize::MAX - 7`; null when there is none.
    #[inline]
    pub(super) fn buffer(&self, size: usize) -> *mut u8 {
        let l = buffer_layout(size);
        match self.spare.take(l.size()) {
            Some(p) => p,
            // SAFETY: the size is not 0.
            None => unsafe { alloc(l) },
        }
    }
    /// # Safety
    /// Memory of `buffer` of this size, which nobody uses any more.
    #[inline]
    pub(super) unsafe fn free_buffer(&self, p: *mut u8, size: usize) {
        let l = buffer_layout(size);
        // SAFETY: the caller's promise.
        unsafe {
            if !self.spare.keep(p, l.size()) {
                dealloc(p, l);
            }
        }
    }
    /// Memory of `to` bytes, more than `size`, with what is in `p`; null when there is none, and `p` stays.
    ///
    /// # Safety
    /// Memory of `buffer` of `size` bytes; if there is other memory, `p` is not to be used any more.
    pub(super) unsafe fn grow_buffer(&self, p: *mut u8, size: usize, to: usize) -> *mut u8 {
        let (was, l) = (buffer_layout(size), buffer_layout(to));
        if was.size() == l.size() {
            return p;
        }
        // SAFETY: the caller's promise; what is large is not kept, and may grow in place.
        unsafe {
            if was.size() > MOST {
                return realloc(p, was, l.size());
            }
            let new = self.buffer(to);
            if !new.is_null() {
                std::ptr::copy_nonoverlapping(p, new, size);
                self.free_buffer(p, size);
            }
            new
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_freed_serves_the_next_of_its_size() {
        let h = Heap::new(1 << 20);
        let p = h.buffer(100);
        // SAFETY: each piece was given for this size, and is not used after it is freed.
        unsafe { h.free_buffer(p, 100) };
        if KEEPS {
            assert_eq!(h.spare.bytes.get(), 112);
            assert_eq!(h.buffer(97), p, "sizes are rounded up");
            assert_ne!(h.buffer(97), p, "it is given once");
        }
        // SAFETY: as above.
        let grown = unsafe { h.grow_buffer(p, 97, 112) };
        assert_eq!(grown, p, "there was room");
        // SAFETY: as above.
        unsafe { h.free_buffer(p, 112) };
    }
    #[test]
    fn only_so_much_is_kept() {
        let h = Heap::new(1 << 20);
        let all: Vec<_> = (0..100).map(|_| h.buffer(MOST)).collect();
        let large = h.buffer(MOST + 1);
        // SAFETY: as below.
        unsafe { h.free_buffer(large, MOST + 1) };
        assert_eq!(h.spare.bytes.get(), 0, "it is too large");
        // SAFETY: each was given for this size, and is not used any more.
        unsafe {
            all.iter().for_each(|&p| h.free_buffer(p, MOST));
        }
        assert_eq!(h.spare.bytes.get(), if KEEPS { KEPT } else { 0 });
        let large = h.buffer(MOST + 1);
        let kept = if KEEPS { KEPT } else { 0 };
        assert_eq!(h.spare.bytes.get(), kept, "each piece is too small for it");
        // SAFETY: as above.
        unsafe { h.free_buffer(large, MOST + 1) };
        h.spare.free();
        assert_eq!(h.spare.bytes.get(), 0);
    }
}
