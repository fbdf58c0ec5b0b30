//! Layout of locks.

use crate::object::{Header, Kind, Object, Tracer};
use std::cell::Cell;

/// A lock, or one that its holder may take again (class `RLock`).
#[repr(C)]
pub struct LockObj {
    pub h: Header,
    /// How often it was acquired and not released; at most 1 for a plain lock.
    pub count: Cell<u64>,
}
impl Object for LockObj {
    const KIND: Kind = Kind::Lock;
    const LEAF: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
}
