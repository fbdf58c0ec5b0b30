//! Sweeping, and what comes before and after marking.
//!
//! Blocks are swept when allocation comes to them, or all at once when memory is asked for and
//! when the next collection begins (so a mark never meets a dead object). Large cells are swept
//! with the collection: their memory is worth having at once.

use super::block::{Block, Chunk, GRANULE, SIZES, State, granules};
use super::heap::{Heap, Large, pop, push};
use super::mark::layout_of;
use super::stress;
use crate::object::Header;
use std::cell::Cell;
use std::ptr::null_mut;

impl Heap {
    /// Calls `release` for the cells of a block whose bits `word` gives.
    pub(super) fn release_cells(&self, c: &Chunk, b: &Block, word: impl Fn(usize) -> u64) {
        let base = c as *const Chunk as usize;
        for w in b.words() {
            let mut bits = word(w);
            while bits != 0 {
                let p = (base + (w * 64 + bits.trailing_zeros() as usize) * GRANULE) as *mut Header;
                // SAFETY: an alloc bit stands for an object; it is dead, so nobody refers to it.
                unsafe {
                    let l = layout_of(p);
                    if l.releases {
                        (l.release)(p, self)
                    }
                }
                bits &= bits - 1;
            }
        }
    }
    pub(super) fn release_large(&self, l: *mut Large) {
        let p = Large::cell(l) as *mut Header;
        // SAFETY: a live row of the table, whose object is dead.
        unsafe {
            if (*l).releases {
                (layout_of(p).release)(p, self)
            }
        }
    }
    /// Frees the dead cells of a block that is out of the lists. True when none is live.
    pub(super) fn sweep_block(&self, b: &Block) -> bool {
        debug_assert!(b.state() == State::Unswept);
        let c = b.chunk();
        let dead = |w: usize| c.alloc.word(w) & !c.mark.word(w);
        if b.class() >= SIZES.len() {
            self.sweeping.set(true);
            self.release_cells(c, b, dead);
            self.sweeping.set(false);
        }
        let size = granules(b.class()) * GRANULE;
        let (mut freed, mut live) = (0, false);
        for w in b.words() {
            let d = dead(w);
            if cfg!(debug_assertions) {
                stress::poison(c, w, d, size);
            }
            freed += d.count_ones() as usize;
            let l = c.alloc.word(w) & c.mark.word(w);
            c.alloc.set_word(w, l);
            live |= l != 0;
        }
        b.set_state(State::Swept);
        self.stats.borrow_mut().freed += (freed * size) as u64;
        self.unswept.set(self.unswept.get() - 1);
        if self.unswept.get() == 0 {
            self.settle();
        }
        !live
    }
    /// Sweeps every block that is left. Afterwards `bytes()` counts nothing that is known dead.
    pub fn finish_sweep(&self) {
        if self.unswept.get() == 0 || self.sweeping.get() {
            return;
        }
        for st in &self.classes {
            while let Some(b) = pop(&st.unswept) {
                if self.sweep_block(b) {
                    self.free_block(b);
                } else if b.count(&b.chunk().alloc) < b.cells() {
                    push(&st.partial, b);
                }
            }
        }
    }
    /// Calls `f` with each object that is not known to be dead. `f` allocates nothing.
    pub(super) fn each_object(&self, mut f: impl FnMut(*const Header)) {
        self.flush();
        self.finish_sweep();
        for c in self.chunks.borrow().iter() {
            let base = c as *const Chunk as usize;
            for b in c.used() {
                for w in b.words() {
                    let mut bits = c.alloc.word(w);
                    while bits != 0 {
                        let at = w * 64 + bits.trailing_zeros() as usize;
                        f((base + at * GRANULE) as *const Header);
                        bits &= bits - 1;
                    }
                }
            }
        }
        for &l in self.large.borrow().iter() {
            f(Large::cell(l) as *const Header);
        }
    }
    /// What was live at the last collection and stays so, with all there is outside of cells.
    fn living(&self) -> usize {
        let cells = self.chunks.borrow().len() * super::block::CHUNK;
        let live = self.bytes().saturating_sub(cells) + self.live_cells.get();
        live.saturating_sub(self.dying.get())
    }
    /// Everything is swept: what is left is live, so the threshold can be set by it.
    fn settle(&self) {
        let was = self.threshold.get() as isize;
        self.set_threshold(self.living());
        self.budget
            .set(self.budget.get() + self.threshold.get() as isize - was);
    }

    /// Before marking: the alloc bits are exact, the marks clear.
    pub(super) fn prepare_mark(&self) {
        self.flush();
        self.finish_sweep();
        for st in &self.classes {
            st.partial.set(null_mut());
        }
        for c in self.chunks.borrow().iter() {
            c.mark.clear_all();
        }
        let mut table = self.large.borrow_mut();
        table.sort_unstable();
        for &l in table.iter() {
            // SAFETY: rows of the table are live large cells.
            unsafe { (*l).mark.set(false) };
        }
    }
    /// What the marked cells of blocks take.
    pub(super) fn marked_bytes(&self) -> usize {
        let of = |b: &Block, c: &Chunk| b.count(&c.mark) * granules(b.class()) * GRANULE;
        let chunks = self.chunks.borrow();
        chunks
            .iter()
            .map(|c| c.used().map(|b| of(b, c)).sum::<usize>())
            .sum()
    }
    /// After marking: what is unmarked is dead, and its memory comes back as sweeping gets to it.
    pub(super) fn after_mark(&self) {
        self.prune_ids(|p| self.is_marked(p));
        let dead: Cell<*mut Block> = Cell::new(null_mut());
        let mut live = 0;
        for c in self.chunks.borrow().iter() {
            for b in c.used() {
                let (marked, had) = (b.count(&c.mark), b.count(&c.alloc));
                live += marked * granules(b.class()) * GRANULE;
                let st = &self.classes[b.class()];
                let plain = b.class() < SIZES.len();
                if marked == had && had > 0 {
                    b.set_state(State::Swept);
                    if had < b.cells() {
                        push(&st.partial, b);
                    }
                    continue;
                }
                b.set_state(State::Unswept);
                self.unswept.set(self.unswept.get() + 1);
                if marked == 0 && (plain || had == 0) {
                    push(&dead, b);
                } else {
                    push(&st.unswept, b);
                }
            }
        }
        self.live_cells.set(live);
        self.stats.borrow_mut().live = live;
        // The garbage in buffers is not known before the sweep, that in cells is. Blocks of sizes that nobody
        // asks for wait for the next collection to be swept: by all bytes each would come later than the last.
        self.set_threshold(self.living());
        self.budget.set(self.threshold.get() as isize);
        self.asked.set(false);
        while let Some(b) = pop(&dead) {
            self.sweep_block(b);
            self.free_block(b);
        }
        self.sweep_large();
        if self.eager.get() {
            self.finish_sweep();
        }
        if self.unswept.get() == 0 {
            self.settle();
        }
    }
    fn sweep_large(&self) {
        let before = self.bytes();
        let mut table = std::mem::take(&mut *self.large.borrow_mut());
        self.sweeping.set(true);
        table.retain(|&l| {
            // SAFETY: rows of the table are live large cells.
            let live = unsafe { (*l).mark.get() };
            if !live {
                self.release_large(l);
                self.free_large(l);
            }
            live
        });
        self.sweeping.set(false);
        // Nothing is allocated while sweeping, so nothing was added meanwhile.
        *self.large.borrow_mut() = table;
        self.stats.borrow_mut().freed += (before - self.bytes()) as u64;
    }
    /// Marking was given up: everything counts as live.
    pub(super) fn after_abandoned(&self) {
        for c in self.chunks.borrow().iter() {
            for b in c.used() {
                if b.count(&c.alloc) < b.cells() {
                    push(&self.classes[b.class()].partial, b);
                }
            }
        }
        self.budget.set(self.threshold.get() as isize);
        self.asked.set(false);
        self.stats.borrow_mut().abandoned += 1;
    }
}
