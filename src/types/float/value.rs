//! Floats are immediates: see `object::value`. Only instances of classes derived from `float` have a layout.

use crate::object::{Header, Kind, Object, Tracer};

/// An instance of a class that derives from `float`.
#[repr(C)]
pub struct FloatObj {
    pub h: Header,
    pub value: f64,
}
impl Object for FloatObj {
    const KIND: Kind = Kind::FloatBox;
    const LEAF: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
}
