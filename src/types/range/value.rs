//! Layouts of `range` and its iterator.

use crate::object::{Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// A range; each number is an int of any size.
#[repr(C)]
pub struct RangeObj {
    pub h: Header,
    pub start: Slot,
    pub stop: Slot,
    pub step: Slot,
    pub length: Slot,
}
impl Object for RangeObj {
    const KIND: Kind = Kind::Range;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [&self.start, &self.stop, &self.step, &self.length] {
            t.slot(s);
        }
    }
}

/// Iterator over a range whose numbers fit 64 bits: native code runs it in registers. The
/// next number is `next`; `remaining` more follow, `step` apart. Offsets 8, 16, 24.
#[repr(C)]
pub struct RangeIterObj {
    pub h: Header,
    pub next: Cell<i64>,
    pub step: i64,
    pub remaining: Cell<u64>,
}
impl Object for RangeIterObj {
    const KIND: Kind = Kind::RangeIter;
    const LEAF: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
}
