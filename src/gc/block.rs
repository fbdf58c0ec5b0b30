//! Chunks, the blocks in them, the process's pool of chunks, and an engine's set of them.
//!
//! Memory for small cells comes in *chunks* of 32 KiB, aligned to their size, so that masking a
//! pointer gives the chunk's header. A chunk is eight pages of 4 KiB. A *block* is a run of pages
//! that serves one size class: a single page for the first few blocks of a class (an engine that
//! makes three objects of a size pays for a page), the whole chunk from then on.
//!
//! Both bitmaps have a bit for each granule of 16 bytes, set only at the start of a cell. So
//! marking a cell needs no knowledge of its class: mask, shift, set.

use super::heap::NoMemory;
use std::alloc::{Layout, alloc, dealloc};
use std::cell::Cell;
use std::ptr::null_mut;
use std::sync::Mutex;

/// Bytes of a chunk, and its alignment.
pub const CHUNK: usize = 32 << 10;
/// Bytes of a page, the smallest block.
pub const PAGE: usize = 4 << 10;
pub const PAGES: usize = CHUNK / PAGE;
/// Cells are multiples of this, and aligned to it.
pub const GRANULE: usize = 16;
const GRANULES: usize = CHUNK / GRANULE;
const WORDS: usize = GRANULES / 64;
const PAGE_WORDS: usize = PAGE / GRANULE / 64;

/// Granules of a cell, by size class.
pub const SIZES: [u16; 24] = [
    1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128,
];
/// Larger cells are allocated one by one.
pub const MAX_SMALL: usize = 128 * GRANULE;
/// Size classes come twice: for layouts without `release`, whose blocks are swept without a look
/// at the cells, and for layouts with it.
pub const CLASSES: usize = 2 * SIZES.len();

/// Size class by granules.
const CLASS_OF: [u8; 129] = {
    let mut t = [0; 129];
    let (mut g, mut c) = (1, 0);
    while g <= 128 {
        if g > SIZES[c] as usize {
            c += 1;
        }
        t[g] = c as u8;
        g += 1;
    }
    t
};
/// Bits 0, s, 2s … of a word, by size class of `s` granules.
const PATTERN: [u64; SIZES.len()] = {
    let mut t = [0; SIZES.len()];
    let mut c = 0;
    while c < SIZES.len() {
        let mut bit = 0;
        while bit < 64 {
            t[c] |= 1 << bit;
            bit += SIZES[c] as u32;
        }
        c += 1;
    }
    t
};

/// The class of a cell of `size` bytes, at least 1 and at most [`MAX_SMALL`].
#[inline(always)]
pub const fn class_of(size: usize, releases: bool) -> usize {
    CLASS_OF[size.div_ceil(GRANULE)] as usize + if releases { SIZES.len() } else { 0 }
}
/// Granules of a cell of class `c`.
#[inline(always)]
pub fn granules(c: usize) -> usize {
    SIZES[if c < SIZES.len() { c } else { c - SIZES.len() }] as usize
}

/// One bit a granule.
pub struct Bits([Cell<u64>; WORDS]);
impl Bits {
    #[inline(always)]
    pub fn get(&self, g: usize) -> bool {
        self.0[g / 64].get() >> (g % 64) & 1 != 0
    }
    /// Sets a bit; true when it was clear.
    #[inline(always)]
    pub fn set(&self, g: usize) -> bool {
        let w = &self.0[g / 64];
        let old = w.get();
        w.set(old | 1 << (g % 64));
        old >> (g % 64) & 1 == 0
    }
    pub fn clear_all(&self) {
        for w in &self.0 {
            w.set(0)
        }
    }
    pub fn word(&self, w: usize) -> u64 {
        self.0[w].get()
    }
    pub fn set_word(&self, w: usize, v: u64) {
        self.0[w].set(v)
    }
    /// Sets or clears the bits of the cells of class `c` in `from..to`.
    fn stride(&self, c: usize, from: usize, to: usize, on: bool) {
        let (p, s) = (PATTERN[c % SIZES.len()], granules(c));
        let mut g = from;
        while g < to {
            let (w, off) = (g / 64, g % 64);
            let mut m = p << off;
            if to - w * 64 < 64 {
                m &= (1 << (to - w * 64)) - 1;
            }
            let old = self.0[w].get();
            self.0[w].set(if on { old | m } else { old & !m });
            g += ((63 - off) / s + 1) * s;
        }
    }
    /// The first set bit at or after `g`, or `end`.
    fn next_set(&self, g: usize, end: usize) -> usize {
        let mut w = g / 64;
        let mut bits = self.0.get(w).map_or(0, |b| b.get() >> (g % 64) << (g % 64));
        loop {
            if bits != 0 {
                return end.min(w * 64 + bits.trailing_zeros() as usize);
            }
            w += 1;
            if w * 64 >= end {
                return end;
            }
            bits = self.0[w].get();
        }
    }
}

/// Where a block stands between two collections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum State {
    /// The pages are free.
    Free,
    /// The alloc bits say what is live (and what was allocated since).
    Swept,
    /// Marks are newer than the alloc bits.
    Unswept,
}

/// A run of pages of one class. Lies in its chunk's header.
pub struct Block {
    /// Next in a list of the class; see `ClassState`.
    pub next: Cell<*mut Block>,
    /// Granules of the first cell and of the end of the last.
    start: Cell<u16>,
    end: Cell<u16>,
    class: Cell<u8>,
    state: Cell<State>,
    pages: Cell<u8>,
    page: Cell<u8>,
}

/// The header of a chunk; cells follow.
#[repr(C)]
pub struct Chunk {
    pub mark: Bits,
    pub alloc: Bits,
    blocks: [Block; PAGES],
    /// Page to the block it belongs to.
    owner: [Cell<u8>; PAGES],
    /// Next chunk with free pages.
    pub next_split: Cell<*mut Chunk>,
    /// The heap's number, for debug assertions.
    pub heap: Cell<u64>,
    free_pages: Cell<u8>,
}

const HEADER: usize = size_of::<Chunk>().div_ceil(GRANULE) * GRANULE;
const _: () = assert!(HEADER + MAX_SMALL <= PAGE);

impl Block {
    pub fn class(&self) -> usize {
        self.class.get() as usize
    }
    pub fn state(&self) -> State {
        self.state.get()
    }
    pub fn set_state(&self, s: State) {
        self.state.set(s)
    }
    pub fn is_whole_chunk(&self) -> bool {
        self.pages.get() as usize == PAGES
    }
    pub fn start(&self) -> usize {
        self.start.get() as usize
    }
    pub fn cells(&self) -> usize {
        (self.end.get() as usize - self.start()) / granules(self.class())
    }
    /// The words of the bitmaps that cover this block and no other.
    pub fn words(&self) -> std::ops::Range<usize> {
        let p = self.page.get() as usize;
        p * PAGE_WORDS..(p + self.pages.get() as usize) * PAGE_WORDS
    }
    /// The chunk it lies in.
    pub fn chunk<'a>(&self) -> &'a Chunk {
        // SAFETY: a block lies in the header of its chunk, which is aligned to its size; the
        // chunk outlives the block's use (it is given back only when all its blocks are free).
        unsafe { &*((self as *const Block as usize & !(CHUNK - 1)) as *const Chunk) }
    }
    /// Finds free cells at or after granule `g`, and takes them all: their alloc bits are set.
    /// Gives the addresses of the run's start and end.
    pub fn claim(&self, g: usize) -> Option<(usize, usize)> {
        let (c, end) = (self.class(), self.end.get() as usize);
        let s = granules(c);
        let ch = self.chunk();
        let mut g = g;
        while g < end && ch.alloc.get(g) {
            g += s;
        }
        if g >= end {
            return None;
        }
        let to = ch.alloc.next_set(g, end);
        ch.alloc.stride(c, g, to, true);
        let base = ch as *const Chunk as usize;
        Some((base + g * GRANULE, base + to * GRANULE))
    }
    /// Gives cells `from..to` (addresses within this block) back.
    pub fn unclaim(&self, from: usize, to: usize) {
        let ch = self.chunk();
        let base = ch as *const Chunk as usize;
        let (g, e) = ((from - base) / GRANULE, (to - base) / GRANULE);
        ch.alloc.stride(self.class(), g, e, false);
    }
    /// The granule of an address within this block, or at its end.
    pub fn granule_of(&self, a: usize) -> usize {
        (a - self.chunk() as *const Chunk as usize) / GRANULE
    }
    /// Live cells: those whose bit is set.
    pub fn count(&self, bits: &Bits) -> usize {
        self.words()
            .map(|w| bits.word(w).count_ones() as usize)
            .sum()
    }
}

impl Chunk {
    fn base(&self) -> usize {
        self as *const Chunk as usize
    }
    /// The block that owns the page of this granule.
    pub fn block_of(&self, g: usize) -> &Block {
        &self.blocks[self.owner[g * GRANULE / PAGE].get() as usize]
    }
    /// Every block in use.
    pub fn used(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|b| b.state() != State::Free)
    }
    pub fn has_free_page(&self) -> bool {
        self.free_pages.get() != 0
    }
    pub fn is_free(&self) -> bool {
        self.free_pages.get() as usize == PAGES
    }
    /// Makes a block of `pages` pages, one or all; they are free.
    pub fn take(&self, class: usize, pages: usize) -> Option<&Block> {
        let first = if pages == PAGES {
            self.is_free().then_some(0)?
        } else {
            // A page is free when the block that owns it is.
            (0..PAGES)
                .find(|&p| self.blocks[self.owner[p].get() as usize].state() == State::Free)?
        };
        let b = &self.blocks[first];
        let start = if first == 0 { HEADER } else { first * PAGE } / GRANULE;
        let s = granules(class);
        let room = (first + pages) * PAGE / GRANULE - start;
        b.next.set(null_mut());
        b.start.set(start as u16);
        b.end.set((start + room / s * s) as u16);
        b.class.set(class as u8);
        b.pages.set(pages as u8);
        b.page.set(first as u8);
        b.set_state(State::Swept);
        for p in first..first + pages {
            self.owner[p].set(first as u8);
        }
        self.free_pages.set(self.free_pages.get() - pages as u8);
        Some(b)
    }
    /// Frees the pages of a block that holds no live cell.
    pub fn put_back(&self, b: &Block) {
        debug_assert!(b.words().all(|w| self.alloc.word(w) == 0));
        b.set_state(State::Free);
        let first = b.page.get() as usize;
        for p in first..first + b.pages.get() as usize {
            self.owner[p].set(p as u8);
            self.blocks[p].set_state(State::Free);
        }
        self.free_pages.set(self.free_pages.get() + b.pages.get());
    }
    /// The start of the allocated cell that byte offset `off` lies in.
    #[inline]
    pub fn cell_at(&self, off: usize) -> Option<usize> {
        let g = off / GRANULE;
        let b = self.block_of(g);
        if b.state() == State::Free || g < b.start() || g >= b.end.get() as usize {
            return None;
        }
        let (g, start) = (g as u32, b.start() as u32);
        let s = granules(b.class()) as u32;
        let cell = (start + (g - start) / s * s) as usize;
        self.alloc.get(cell).then(|| self.base() + cell * GRANULE)
    }
}

// ---- the pool

/// Chunks the process keeps for the next engine: 2 MiB of them at most.
const POOL_MAX: usize = 64;
struct Pool {
    chunks: [*mut Chunk; POOL_MAX],
    n: usize,
}
// SAFETY: a pooled chunk belongs to the pool alone, whichever thread gave it back.
unsafe impl Send for Pool {}
static POOL: Mutex<Pool> = Mutex::new(Pool {
    chunks: [null_mut(); POOL_MAX],
    n: 0,
});
const CHUNK_LAYOUT: Layout = match Layout::from_size_align(CHUNK, CHUNK) {
    Ok(l) => l,
    Err(_) => unreachable!(),
};

fn pool() -> std::sync::MutexGuard<'static, Pool> {
    // A panic cannot leave the pool half changed.
    POOL.lock().unwrap_or_else(|e| e.into_inner())
}

/// A chunk with all pages free, from the pool or the system.
pub fn new_chunk(heap: u64) -> Result<*mut Chunk, NoMemory> {
    let pooled = {
        let mut p = pool();
        p.n.checked_sub(1).map(|n| {
            p.n = n;
            p.chunks[n]
        })
    };
    let c = match pooled {
        Some(c) => c,
        // SAFETY: the layout's size is not 0.
        None => unsafe { alloc(CHUNK_LAYOUT) as *mut Chunk },
    };
    if c.is_null() {
        return Err(NoMemory);
    }
    // SAFETY: the chunk is ours alone and large enough; a zeroed header is valid in every field
    // (State::Free is 0), and `owner` is written before it is read.
    unsafe {
        std::ptr::write_bytes(c as *mut u8, 0, HEADER);
        for (p, o) in (*c).owner.iter().enumerate() {
            o.set(p as u8);
        }
        (*c).free_pages.set(PAGES as u8);
        (*c).heap.set(heap);
    }
    Ok(c)
}

/// Gives a chunk back. It holds no live cell and nobody looks at it again.
pub fn free_chunk(c: *mut Chunk) {
    {
        let mut p = pool();
        if p.n < POOL_MAX {
            let n = p.n;
            p.chunks[n] = c;
            p.n = n + 1;
            return;
        }
    }
    // SAFETY: made by `new_chunk` with this layout.
    unsafe { dealloc(c as *mut u8, CHUNK_LAYOUT) }
}

/// Chunks in the pool.
pub fn pool_len() -> usize {
    pool().n
}
/// Gives the pool's chunks back to the system.
pub fn pool_trim() {
    let mut p = pool();
    while p.n > 0 {
        p.n -= 1;
        // SAFETY: a pooled chunk belongs to the pool alone.
        unsafe { dealloc(p.chunks[p.n] as *mut u8, CHUNK_LAYOUT) }
    }
}

// ---- the set of an engine's chunks

/// Open addressing by chunk number; empty slots are null. What conservative lookup asks.
#[derive(Default)]
pub struct ChunkSet {
    table: Vec<*mut Chunk>,
    n: usize,
    /// Addresses that may lie in a chunk: a filter before the table.
    low: usize,
    high: usize,
}
impl ChunkSet {
    #[inline(always)]
    fn slot(&self, a: usize) -> usize {
        // Fibonacci hashing: chunk numbers are dense in runs.
        ((a / CHUNK).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) & (self.table.len() - 1)
    }
    /// The chunk that address `a` lies in.
    #[inline]
    pub fn find<'a>(&self, a: usize) -> Option<&'a Chunk> {
        if a < self.low || a >= self.high {
            return None;
        }
        let base = a & !(CHUNK - 1);
        let mut i = self.slot(base);
        loop {
            let c = self.table[i];
            if c as usize == base {
                // SAFETY: chunks in the set are live, and stay so while a collection runs.
                return Some(unsafe { &*c });
            }
            if c.is_null() {
                return None;
            }
            i = (i + 1) & (self.table.len() - 1);
        }
    }
    /// Bytes accounted for the chunks and for the table.
    pub fn bytes(&self) -> usize {
        self.n * CHUNK + self.table.len() * size_of::<*mut Chunk>()
    }
    /// Room for one more; gives the bytes by which the table grew.
    pub fn reserve(&mut self) -> Result<usize, NoMemory> {
        if (self.n + 1) * 2 <= self.table.len() {
            return Ok(0);
        }
        let was = self.table.len();
        let want = (was * 2).max(8);
        let mut t = Vec::new();
        t.try_reserve_exact(want).map_err(|_| NoMemory)?;
        t.resize(want, null_mut());
        for c in std::mem::replace(&mut self.table, t) {
            if !c.is_null() {
                self.place(c);
            }
        }
        Ok((want - was) * size_of::<*mut Chunk>())
    }
    fn place(&mut self, c: *mut Chunk) {
        let mut i = self.slot(c as usize);
        while !self.table[i].is_null() {
            i = (i + 1) & (self.table.len() - 1);
        }
        self.table[i] = c;
    }
    /// Adds a chunk; `reserve` has made room.
    pub fn insert(&mut self, c: *mut Chunk) {
        self.place(c);
        self.n += 1;
        let a = c as usize;
        self.low = if self.n == 1 { a } else { self.low.min(a) };
        self.high = self.high.max(a + CHUNK);
    }
    /// Removes a chunk; gives the bytes by which the table shrank (when it was the last).
    pub fn remove(&mut self, c: *mut Chunk) -> usize {
        let mask = self.table.len() - 1;
        let mut i = self.slot(c as usize);
        while self.table[i] != c {
            i = (i + 1) & mask;
        }
        self.n -= 1;
        if self.n == 0 {
            let bytes = self.table.len() * size_of::<*mut Chunk>();
            *self = ChunkSet::default();
            return bytes;
        }
        // Shift back what the hole would hide.
        let mut j = i;
        loop {
            j = (j + 1) & mask;
            let next = self.table[j];
            if next.is_null() {
                break;
            }
            let home = self.slot(next as usize);
            if (j.wrapping_sub(home) & mask) >= (j.wrapping_sub(i) & mask) {
                self.table[i] = next;
                i = j;
            }
        }
        self.table[i] = null_mut();
        0
    }
    pub fn len(&self) -> usize {
        self.n
    }
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }
    /// Every chunk.
    pub fn iter<'a>(&self) -> impl Iterator<Item = &'a Chunk> + use<'a, '_> {
        self.table
            .iter()
            .filter(|c| !c.is_null())
            // SAFETY: see `find`.
            .map(|&c| unsafe { &*c })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_cover_every_size() {
        for size in 1..=MAX_SMALL {
            let c = class_of(size, false);
            assert!(granules(c) * GRANULE >= size);
            assert!(c == 0 || granules(c - 1) * GRANULE < size);
            assert_eq!(granules(class_of(size, true)), granules(c));
        }
    }

    #[test]
    fn runs_are_claimed_cell_by_cell() {
        for class in 0..SIZES.len() {
            let c = new_chunk(0).unwrap();
            // SAFETY: just made, freed below.
            let ch = unsafe { &*c };
            let b = ch.take(class, PAGES).unwrap();
            let (from, to) = b.claim(b.start()).unwrap();
            let s = granules(class) * GRANULE;
            assert_eq!((to - from) / s, b.cells());
            assert_eq!(b.count(&ch.alloc), b.cells());
            assert!(b.claim(b.start()).is_none());
            // Free every third cell: as many runs of one cell.
            let mut freed = 0;
            for i in (0..b.cells()).step_by(3) {
                b.unclaim(from + i * s, from + (i + 1) * s);
                freed += 1;
            }
            assert_eq!(b.count(&ch.alloc), b.cells() - freed);
            for i in 0..b.cells() {
                let inside = from + i * s + s - 1;
                let want = (i % 3 != 0).then_some(from + i * s);
                assert_eq!(ch.cell_at(inside - c as usize), want);
            }
            let mut g = b.start();
            for _ in 0..freed {
                let (a, z) = b.claim(g).unwrap();
                assert_eq!(z - a, s);
                g = (z - c as usize) / GRANULE;
            }
            assert!(b.claim(b.start()).is_none());
            b.unclaim(from, to);
            ch.put_back(b);
            assert!(ch.is_free());
            free_chunk(c);
        }
    }

    #[test]
    fn pages_of_a_chunk_serve_several_classes() {
        let c = new_chunk(0).unwrap();
        // SAFETY: just made, freed below.
        let ch = unsafe { &*c };
        let blocks: Vec<&Block> = (0..PAGES).map(|i| ch.take(i * 2, 1).unwrap()).collect();
        assert!(ch.take(0, 1).is_none() && !ch.has_free_page());
        for (i, b) in blocks.iter().enumerate() {
            let (a, z) = b.claim(b.start()).unwrap();
            assert!(a / PAGE == (z - 1) / PAGE && (a - c as usize) / PAGE == i);
            assert_eq!(ch.cell_at(a + 1 - c as usize), Some(a));
        }
        assert_eq!(ch.cell_at(8), None);
        let b = blocks[3];
        b.unclaim(
            c as usize + 3 * PAGE,
            c as usize + 3 * PAGE + b.cells() * granules(6) * GRANULE,
        );
        ch.put_back(b);
        assert_eq!(ch.cell_at(3 * PAGE + 5), None);
        assert!(ch.take(20, 1).is_some());
        free_chunk(c);
    }

    #[test]
    fn the_set_finds_what_is_in_it() {
        let mut set = ChunkSet::default();
        let all: Vec<*mut Chunk> = (0..100).map(|_| new_chunk(0).unwrap()).collect();
        for &c in &all {
            set.reserve().unwrap();
            set.insert(c);
        }
        for (i, &c) in all.iter().enumerate() {
            assert!(std::ptr::eq(set.find(c as usize + i * 300).unwrap(), c));
            if i % 2 == 0 {
                set.remove(c);
            }
        }
        for (i, &c) in all.iter().enumerate() {
            assert_eq!(set.find(c as usize + 77).is_some(), i % 2 == 1);
        }
        for (i, &c) in all.iter().enumerate() {
            if i % 2 == 1 {
                set.remove(c);
            }
            free_chunk(c);
        }
        assert!(set.is_empty() && set.find(all[0] as usize).is_none());
        assert!(pool_len() <= POOL_MAX);
    }
}
