//! `dict.keys()`, `.values()`, `.items()`.

use super::value::{DictObj, DictViewObj};
use crate::object::method::R;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::vm::Vm;

/// A view of this class.
pub fn new(vm: &mut Vm, class: ClassId, d: Value) -> R {
    let v = vm.alloc(DictViewObj {
        h: Header::new(Kind::DictView, class as u32),
        dict: Slot::of(d),
    })?;
    Ok(v.value())
}

/// The dict behind a view.
pub fn dict_of(vm: &Vm, view: Value) -> Option<Gc<DictObj>> {
    view.get::<DictViewObj>(vm)?.dict.get()?.cast()
}
