//! The limit word: the one word that every entry and back edge reads.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// Why the engine should look up from its work: bits of `pending`.
pub const INTERRUPT: u32 = 1;
/// Ctrl-C: KeyboardInterrupt, which a program may catch.
pub const KEYBOARD: u32 = 2;
/// A collection was asked for by allocation.
pub const GC: u32 = 4;
/// Stress: collect at every safepoint; stays set.
pub const STRESS: u32 = 8;

/// RecursionError was raised and the depth has not fallen below the low-water mark yet; stays
/// set until an entry finds that it has.
pub const OVERFLOWED: u32 = 16;

/// A unit of native code that may be running was replaced: the loop that sees this first goes on in
/// the interpreter, and so in the new one.
pub const REPLACED: u32 = 64;

/// A trace or profile function is set: native code is left at its next call or back edge; stays set.
pub const TRACE: u32 = 128;

/// Objects that have died wish something (`gc::wish`), or weak references to them have callbacks: the
/// interpreter's next safepoint sees to it.
pub const WISHES: u32 = 256;

/// The time is over (`vm::alarm`).
pub const DEADLINE: u32 = 512;

/// The engine is stopping (`Vm::stopped`): whoever loses the news on its way hears it again at the next look.
pub const STOPPED: u32 = 1024;

/// Looks are counted (`Stats::looks`): each is one that finds something; stays set.
pub const COUNTED: u32 = 2048;

/// A deadline that has passed stays so until its owner takes it back.
const STICKY: u32 = STRESS | OVERFLOWED | TRACE | DEADLINE | STOPPED | COUNTED;

/// `guard` is the lowest address the machine stack may reach, or `usize::MAX` once something is
/// pending: so one compare of the stack pointer (or a test for MAX) checks both. Shared with
/// interrupt handles on other threads. `guard` at offset 0: native code reads it with
/// `atomic_load`, because a plain load is merged by Cranelift and the loop never looks again.
#[repr(C)]
pub struct LimitWord {
    guard: AtomicUsize,
    stack_limit: AtomicUsize,
    pending: AtomicU32,
}

impl LimitWord {
    pub const fn new() -> LimitWord {
        LimitWord {
            guard: AtomicUsize::new(0),
            stack_limit: AtomicUsize::new(0),
            pending: AtomicU32::new(0),
        }
    }
    /// Asks for attention; from any thread.
    pub fn request(&self, bits: u32) {
        self.pending.fetch_or(bits, Ordering::SeqCst);
        self.guard.store(usize::MAX, Ordering::SeqCst);
    }
    /// Whether the slow path must be taken. `Relaxed`: the next look will see it.
    #[inline(always)]
    pub fn is_pending(&self) -> bool {
        self.guard.load(Ordering::Relaxed) == usize::MAX
    }
    /// The lowest address that the machine stack may reach, or above every address when something is pending.
    #[inline(always)]
    pub fn guard(&self) -> usize {
        self.guard.load(Ordering::Relaxed)
    }
    /// The requests, taken. A request that arrives meanwhile raises the guard again. STRESS stays.
    pub fn take(&self) -> u32 {
        self.guard
            .store(self.stack_limit.load(Ordering::SeqCst), Ordering::SeqCst);
        let p = self.pending.swap(0, Ordering::SeqCst);
        if p & STICKY != 0 {
            self.request(p & STICKY);
        }
        p
    }
    /// Whether one of these is pending.
    pub fn has(&self, bits: u32) -> bool {
        self.pending.load(Ordering::SeqCst) & bits != 0
    }
    /// Withdraws requests (an engine that is entered anew drops a stale Ctrl-C).
    pub fn clear(&self, bits: u32) {
        self.pending.fetch_and(!bits, Ordering::SeqCst);
    }
    /// The lowest address the machine stack may reach; returns the one before. Engine thread only.
    #[inline]
    pub fn set_stack_limit(&self, limit: usize) -> usize {
        let old = self.stack_limit.load(Ordering::Relaxed);
        if old == limit {
            return old;
        }
        self.stack_limit.store(limit, Ordering::SeqCst);
        // A request that arrived must not be lost: the guard is lowered only if none is pending.
        let _ = self
            .guard
            .compare_exchange(old, limit, Ordering::SeqCst, Ordering::SeqCst);
        old
    }
    pub fn stack_limit(&self) -> usize {
        self.stack_limit.load(Ordering::Relaxed)
    }
    /// Address of the guard, for native code.
    pub fn guard_address(&self) -> usize {
        &self.guard as *const AtomicUsize as usize
    }
}
impl Default for LimitWord {
    fn default() -> Self {
        LimitWord::new()
    }
}
