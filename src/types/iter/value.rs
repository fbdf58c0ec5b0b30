//! The one layout of every other builtin iterator: which it is, its class says.

use crate::object::{Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// An iterator: up to three values and two numbers. `a` is empty once it is exhausted.
#[repr(C)]
pub struct IterObj {
    pub h: Header,
    pub a: Slot,
    pub b: Slot,
    pub c: Slot,
    pub i: Cell<i64>,
    pub j: Cell<i64>,
}
impl Object for IterObj {
    const KIND: Kind = Kind::Iter;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [&self.a, &self.b, &self.c] {
            t.slot(s);
        }
    }
}
