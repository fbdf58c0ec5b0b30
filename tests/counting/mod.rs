//! The system's allocator, counting for each thread by itself, because tests run beside each other. Each test file
//! that takes this module in allocates through it.
#![allow(unsafe_code, dead_code)] // each test file is a crate of its own

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MADE: Cell<u64> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

static ALL_HELD: AtomicIsize = AtomicIsize::new(0);
static ALL_PEAK: AtomicIsize = AtomicIsize::new(0);

/// Not the chunks of heaps, which all threads share through a pool.
fn count(l: Layout, sign: isize) {
    if l.align() < 4096 {
        let n = sign * l.size() as isize;
        ALL_PEAK.fetch_max(ALL_HELD.fetch_add(n, Relaxed) + n, Relaxed);
        let now = HELD.try_with(|c| {
            c.set(c.get() + sign * l.size() as isize);
            c.get()
        });
        let _ = PEAK.try_with(|p| p.set(p.get().max(now.unwrap_or(0))));
    }
}

// SAFETY: everything is the system's allocator's; what is added are counts that allocate nothing themselves.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, l: Layout) -> *mut u8 {
        count(l, 1);
        let _ = MADE.try_with(|c| c.set(c.get() + 1));
        // SAFETY: the caller's promise.
        unsafe { System.alloc(l) }
    }
    /// What is large is moved page by page: the two are never there at once.
    unsafe fn realloc(&self, p: *mut u8, l: Layout, size: usize) -> *mut u8 {
        if l.align() < 4096 {
            count(l, -1);
            count(Layout::from_size_align(size, 1).unwrap_or(l), 1);
        }
        let _ = MADE.try_with(|c| c.set(c.get() + 1));
        // SAFETY: the caller's promise.
        unsafe { System.realloc(p, l, size) }
    }
    unsafe fn dealloc(&self, p: *mut u8, l: Layout) {
        count(l, -1);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(p, l) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Bytes that this thread has allocated and not freed, but for chunks.
pub fn held() -> isize {
    HELD.get()
}

/// The most that this thread held at once while `f` ran, beyond what it held before.
pub fn peak<T>(f: impl FnOnce() -> T) -> (T, isize) {
    let before = held();
    PEAK.set(before);
    let r = f();
    (r, PEAK.get() - before)
}

/// The same of all threads together: for a test beside which no other runs.
pub fn peak_of_all<T>(f: impl FnOnce() -> T) -> (T, isize) {
    let before = ALL_HELD.load(Relaxed);
    ALL_PEAK.store(before, Relaxed);
    let r = f();
    (r, ALL_PEAK.load(Relaxed) - before)
}

/// Allocations of this thread, chunks too.
pub fn made() -> u64 {
    MADE.get()
}
