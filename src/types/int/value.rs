//! Layouts of ints that are not inline.

use crate::gc::Heap;
use crate::object::{Header, Kind, Object, Tracer};
use num_bigint::BigInt;

/// An int that fits 64 bits but not 49. `value` at offset 8: native code reads and makes it.
#[repr(C)]
pub struct Int64Obj {
    pub h: Header,
    pub value: i64,
}
impl Object for Int64Obj {
    const KIND: Kind = Kind::Int64;
    const LEAF: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
}

/// An int that does not fit 64 bits.
#[repr(C)]
pub struct BigIntObj {
    pub h: Header,
    pub value: BigInt,
    /// Bytes accounted for the digits, given back on release.
    pub accounted: usize,
}
impl Object for BigIntObj {
    const KIND: Kind = Kind::BigInt;
    const LEAF: bool = true;
    const RELEASES: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn release(&mut self, heap: &Heap) {
        self.value = BigInt::ZERO;
        heap.unaccount(self.accounted);
        self.accounted = 0;
    }
}
