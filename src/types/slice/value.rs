//! Layout of `slice`.

use crate::object::{Header, Kind, Object, Slot, Tracer};

/// A slice: three values of any type.
#[repr(C)]
pub struct SliceObj {
    pub h: Header,
    pub start: Slot,
    pub stop: Slot,
    pub step: Slot,
}
impl Object for SliceObj {
    const KIND: Kind = Kind::Slice;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [&self.start, &self.stop, &self.step] {
            t.slot(s);
        }
    }
}
