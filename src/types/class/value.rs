//! Layout of class objects.

use crate::object::{ClassId, Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// A class.
#[repr(C)]
pub struct ClassObj {
    pub h: Header,
    pub id: ClassId,
    /// Changed when the class's dict changes; unique in the engine.
    pub version: Cell<u64>,
    /// A dict of the class's own attributes (method descriptors).
    pub dict: Slot,
}
impl Object for ClassObj {
    const KIND: Kind = Kind::Class;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.dict);
    }
}
