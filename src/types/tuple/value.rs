//! Layout of `tuple`: items inline behind the header.

use crate::object::gc_ptr::tail;
use crate::object::{Header, Kind, Object, Slot, Tracer, Value};

/// A tuple. Items follow the struct, at offset 16; none is empty once the tuple is visible.
#[repr(C)]
pub struct TupleObj {
    pub h: Header,
    pub len: usize,
}
impl TupleObj {
    /// The items as fields.
    pub fn slots(&self) -> &[Slot] {
        tail(self, self.len)
    }
    /// The items as values: a tuple's items neither move nor change.
    pub fn values(&self) -> &[Value] {
        tail(self, self.len)
    }
    pub fn get(&self, i: usize) -> Option<Value> {
        self.slots().get(i).map(Slot::get_or_none)
    }
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Value> + ExactSizeIterator + '_ {
        self.slots().iter().map(Slot::get_or_none)
    }
}
impl Object for TupleObj {
    const KIND: Kind = Kind::Tuple;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slots(self.slots());
    }
    fn cell_size(&self) -> usize {
        std::mem::size_of::<Self>() + 8 * self.len
    }
}
