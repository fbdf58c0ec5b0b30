//! Layout of `list`.

use crate::gc::{Buf, Heap};
use crate::object::{Header, Kind, Object, Tracer, Value};

/// A list. `items` at offset 8: native code reads it.
#[repr(C)]
pub struct ListObj {
    pub h: Header,
    pub items: Buf<Value>,
}
impl Object for ListObj {
    const KIND: Kind = Kind::List;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.buf(&self.items);
    }
    fn release(&mut self, heap: &Heap) {
        self.items.free(heap);
    }
}
