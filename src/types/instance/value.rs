//! Layout of instances.

use crate::object::gc_ptr::tail;
use crate::object::{Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// An instance of a class that derives from `object` alone; behind it `cap` slots, the members of
/// `__slots__` first, then the attributes in the order of the shape.
///
/// Instances of classes with another builtin layout refer to one of these, which holds their
/// attributes only (`Heap::extra`).
#[repr(C)]
pub struct InstanceObj {
    pub h: Header,
    /// `__dict__`, once a program has seen it (then the shape says so, and no attribute is in a slot);
    /// before that a list of the attributes that found no slot behind the object.
    pub dict: Slot,
    /// Slots behind it.
    pub cap: Cell<u32>,
}
impl InstanceObj {
    /// The slots behind it.
    #[inline(always)]
    pub fn slots(&self) -> &[Slot] {
        tail::<InstanceObj, Slot>(self, self.cap.get() as usize)
    }
}
impl Object for InstanceObj {
    const KIND: Kind = Kind::Instance;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.dict);
        t.slots(self.slots());
    }
    fn cell_size(&self) -> usize {
        size_of::<InstanceObj>() + 8 * self.cap.get() as usize
    }
}
