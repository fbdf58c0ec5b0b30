//! What the JIT did: `--stats`.

use std::cell::Cell;

/// Totals of one engine.
#[derive(Default, Debug)]
pub struct JitStats {
    /// Units compiled, and of those, units retired again.
    pub units: Cell<u64>,
    pub retired: Cell<u64>,
    /// Bytes of native code made.
    pub bytes: Cell<u64>,
    /// Microseconds spent compiling.
    pub compile_us: Cell<u64>,
}
