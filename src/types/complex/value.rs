//! Layout of `complex`.

use crate::object::{Header, Kind, Object, Tracer};

/// A complex number.
#[repr(C)]
pub struct ComplexObj {
    pub h: Header,
    pub re: f64,
    pub im: f64,
}
impl Object for ComplexObj {
    const KIND: Kind = Kind::Complex;
    const LEAF: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
}
