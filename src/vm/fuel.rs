//! Fuel: what a program may still burn.

use std::cell::Cell;

/// The limit of an engine that has none: nobody burns so much.
const NONE: u64 = i64::MAX as u64;

/// What is left is what is kept, so that a charge looks at one word: native code, too.
pub struct Fuel {
    /// Below zero once a charge has found too little.
    left: Cell<i64>,
    limit: Cell<u64>,
}

impl Fuel {
    pub fn new(limit: Option<u64>) -> Fuel {
        let limit = limit.map_or(NONE, |l| l.min(NONE - 1));
        Fuel {
            left: Cell::new(limit as i64),
            limit: Cell::new(limit),
        }
    }
    /// What has been burnt so far.
    #[inline]
    pub fn get(&self) -> u64 {
        (self.limit.get() as i64).wrapping_sub(self.left.get()) as u64
    }
    /// The same, set: charges are taken back, or made without a look.
    pub fn set(&self, burnt: u64) {
        self.left
            .set((self.limit.get() as i64).wrapping_sub(burnt as i64));
    }
    /// Where it ends, if it does.
    pub fn limit(&self) -> Option<u64> {
        Some(self.limit.get()).filter(|l| *l != NONE)
    }
    /// Puts the end there, for good or bad of what has been burnt; none: there is no end.
    pub fn set_limit(&self, limit: Option<u64>) {
        let burnt = self.get();
        self.limit.set(limit.map_or(NONE, |l| l.min(NONE - 1)));
        self.set(burnt);
    }
    /// Whether there is an end.
    #[inline]
    pub fn is_limited(&self) -> bool {
        self.limit.get() != NONE
    }
    /// What is left, below zero where more was burnt than there was.
    #[inline(always)]
    pub fn left(&self) -> i64 {
        self.left.get()
    }
    /// Burns `n` units; false: so many were not there.
    #[inline(always)]
    #[must_use]
    pub fn burn(&self, n: u64) -> bool {
        let left = self.left.get().wrapping_sub(n as i64);
        self.left.set(left);
        left >= 0
    }
    /// Address of what is left, for native code.
    pub fn address(&self) -> usize {
        &raw const self.left as usize
    }
}
