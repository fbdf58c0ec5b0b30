//! Layout of objects that have identity and a number, and nothing else: `object()`, and the standard
//! streams, whose number says which.

use crate::object::method::R;
use crate::object::{ClassId, Header, Kind, Object, Tracer};
use crate::vm::Vm;

/// An object of a class without attributes.
#[repr(C)]
pub struct PlainObj {
    pub h: Header,
    pub number: u64,
}
impl Object for PlainObj {
    const KIND: Kind = Kind::Plain;
    fn trace(&self, _: &mut Tracer<'_>) {}
}

/// Makes one.
pub fn new(vm: &mut Vm, class: ClassId, number: u64) -> R {
    let o = vm.alloc(PlainObj {
        h: Header::new(Kind::Plain, class as u32),
        number,
    })?;
    Ok(o.value())
}
