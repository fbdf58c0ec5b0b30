//! Stopping an engine from outside.

use crate::vm::{LimitWord, limit};
use std::sync::Arc;

/// Stops one engine; from any thread, a signal handler's included (it only stores to atomics).
///
/// A request stays until the engine sees it: made while the engine is idle, it ends the next run.
#[derive(Clone)]
pub struct InterruptHandle(pub(super) Arc<LimitWord>);

impl InterruptHandle {
    /// Ends the run for good: no `except`, no `finally` runs, and the caller gets
    /// [`Error::Terminated`](super::Error::Terminated).
    pub fn interrupt(&self) {
        self.0.request(limit::INTERRUPT);
    }
    /// Raises KeyboardInterrupt, as Ctrl-C does: a program may catch it.
    pub fn keyboard_interrupt(&self) {
        self.0.request(limit::KEYBOARD);
    }
}
impl std::fmt::Debug for InterruptHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InterruptHandle")
    }
}
