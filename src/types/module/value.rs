//! Layout of modules.

use crate::object::{Header, Kind, Object, Slot, Tracer};

/// A module: its namespace is `dict`.
#[repr(C)]
pub struct ModuleObj {
    pub h: Header,
    pub name: Slot,
    pub dict: Slot,
}
impl Object for ModuleObj {
    const KIND: Kind = Kind::Module;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.name);
        t.slot(&self.dict);
    }
}
