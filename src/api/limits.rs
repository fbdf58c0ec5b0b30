//! Stopping an engine from outside.

use crate::vm::{LimitWord, limit};
use std::sync::Arc;

/// Stops one engine; from any thread, a signal handler's included (it only stores to atomics).
///
/// A request stays until the engine sees it: made while the engine is idle, it ends the next run.
///
/// ```
/// use taipan::Engine;
/// let mut engine = Engine::new();
/// let handle = engine.interrupt_handle();
/// std::thread::spawn(move || {
///     std::thread::sleep(std::time::Duration::from_millis(20));
///     handle.interrupt();
/// });
/// let e = engine.run("while True: pass", "loop.py").unwrap_err();
/// assert_eq!(e.to_string(), "interrupted");
/// assert_eq!(engine.eval::<i64>("1 + 1")?, 2);
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Clone)]
pub struct InterruptHandle(pub(super) Arc<LimitWord>);

impl InterruptHandle {
    /// Ends the run for good: no `except`, no `finally` runs, and the caller gets
    /// [`Error::Terminated`](super::Error::Terminated).
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.interrupt_handle().interrupt();
    /// let e = engine.run("try: x = 1\nexcept: pass\nwhile True: pass", "t.py").unwrap_err();
    /// assert_eq!(e.to_string(), "interrupted");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn interrupt(&self) {
        self.0.request(limit::INTERRUPT);
    }
    /// Raises KeyboardInterrupt, as Ctrl-C does: a program may catch it.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.interrupt_handle().keyboard_interrupt();
    /// let e = engine.run("while True: pass", "t.py").unwrap_err();
    /// assert_eq!(e.type_name(), Some("KeyboardInterrupt"));
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn keyboard_interrupt(&self) {
        self.0.request(limit::KEYBOARD);
    }
}
impl std::fmt::Debug for InterruptHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InterruptHandle")
    }
}
