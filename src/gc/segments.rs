//! The machine stacks to scan.

/// See `gc/mod.rs`.
#[derive(Default)]
pub struct Segments {}
