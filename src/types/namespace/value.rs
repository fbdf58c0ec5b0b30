//! Layout of objects that are nothing but their attributes.

use crate::object::{Header, Kind, Object, Slot, Tracer};

/// A `SimpleNamespace`, a `ModuleSpec`, a loader: the class says which.
#[repr(C)]
pub struct NamespaceObj {
    pub h: Header,
    pub dict: Slot,
}
impl Object for NamespaceObj {
    const KIND: Kind = Kind::Namespace;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.dict);
    }
}
