//! `cell_contents`, and `cell()`.

use super::value::CellObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Header, Kind, Slot};
use crate::raise;
use crate::types::{Getter, Setter, args};
use crate::vm::Vm;

/// Computed attributes.
pub const GETTERS: &[Getter] = &[Getter {
    name: "cell_contents",
    get: |vm, c| match c.get::<CellObj>(vm).map(|c| c.value.get()) {
        Some(None) => Err(raise!(vm, ValueError, "Cell is empty")),
        v => Ok(v.flatten()),
    },
    set: Setter::Fn(|vm, c, v| {
        if let Some(c) = c.get::<CellObj>(vm) {
            c.value.write(&vm.heap, v);
        }
        Ok(())
    }),
}];

/// `cell([contents])`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "cell", a)?;
    args::arity(vm, "cell", a, 0, 1)?;
    let c = vm.alloc(CellObj {
        h: Header::new(Kind::Cell, ClassId::Cell as u32),
        value: Slot::new(a.get(0)),
    })?;
    Ok(c.value())
}
