//! Failing on purpose: one allocation, chosen by its number, finds no memory. While a number is armed every
//! allocation of the heap is counted, so runs of free cells are handed out cell by cell (native code's too); an
//! engine that was not armed pays for one load in the slow paths.
//!
//! What is counted: cells, whatever is accounted (buffers, large cells, tables), and each question whether
//! something would fit.

use super::heap::{Heap, block};
use std::cell::Cell;

/// What is armed, and what came of it.
#[derive(Default)]
pub(super) struct Inject {
    /// The allocation that fails; 0: none was armed and nothing is counted.
    at: Cell<u64>,
    count: Cell<u64>,
    /// It has just failed: collecting is not to help.
    failed: Cell<bool>,
}

impl Heap {
    /// The `k`-th allocation from now on fails, once, as if the cap were reached and no collection helped.
    /// `u64::MAX` only counts, 0 ends it.
    pub fn fail_alloc_at(&self, k: u64) {
        self.inject.at.set(k);
        self.inject.count.set(0);
        self.inject.failed.set(false);
        if k != 0 {
            // What lies ready would be handed out uncounted.
            for class in 0..self.classes.len() {
                self.keep_cells(class, 0);
            }
        }
    }
    /// Allocations since one was armed.
    pub fn allocations(&self) -> u64 {
        self.inject.count.get()
    }
    #[inline(always)]
    pub(super) fn is_armed(&self) -> bool {
        self.inject.at.get() != 0
    }
    /// Counts an allocation; whether it is to fail.
    #[inline(always)]
    pub(super) fn injected(&self) -> bool {
        self.is_armed() && self.count_allocation()
    }
    #[cold]
    #[inline(never)]
    fn count_allocation(&self) -> bool {
        let i = &self.inject;
        i.count.set(i.count.get() + 1);
        let fails = i.count.get() == i.at.get();
        i.failed.set(fails);
        fails
    }
    /// Whether the last allocation failed on purpose: said once.
    pub fn take_injected(&self) -> bool {
        self.inject.failed.replace(false)
    }
    /// Gives back all but the first `n` cells of the class's run.
    pub(super) fn keep_cells(&self, class: usize, n: usize) {
        let st = &self.classes[class];
        let run = &self.runs[class];
        let (cur, end) = (run.cur.get(), run.end.get());
        let Some(b) = block(st.current.get()) else {
            return;
        };
        let to = cur + n * super::heap::cell_bytes(class);
        if to < end {
            b.unclaim(to, end);
            run.end.set(to);
            st.scan.set(b.granule_of(to));
        }
    }
    /// Bytes of buffers, large cells and whatever else is accounted beside small cells, exactly; with the bytes of the cells that
    /// the last collection found alive ([`GcStats::live`](super::GcStats)) this says what a program left behind.
    pub fn bytes_beside_cells(&self) -> usize {
        self.bytes() - self.chunks.borrow().bytes()
    }
}
