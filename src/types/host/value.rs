//! Layout of host functions.

use crate::gc::Heap;
use crate::object::method::R;
use crate::object::{Args, Header, Kind, Object, Slot, Tracer};
use crate::vm::Vm;
use std::cell::RefCell;
use std::rc::Rc;

type Once = dyn FnMut(&mut Vm, Args<'_>) -> R + Send;
type Shared = dyn Fn(&mut Vm, Args<'_>) -> R + Send;

/// What a host function does with its arguments, which the collector sees.
pub enum HostCall {
    /// It may change what it has captured, so it is not entered twice.
    Once(Box<Once>),
    /// It may be entered while it runs.
    Shared(Rc<Shared>),
}

/// A closure of the embedding program.
#[repr(C)]
pub struct HostObj {
    pub h: Header,
    /// `__name__`, a str.
    pub name: Slot,
    /// `__module__`: a str or None.
    pub module: Slot,
    /// `__doc__`: a str or None.
    pub doc: Slot,
    /// Borrowed while it runs and is not to be entered; it stays where it is, since moving it costs more than the
    /// rest of a call.
    pub call: RefCell<Option<HostCall>>,
}
impl Object for HostObj {
    const KIND: Kind = Kind::Host;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.name);
        t.slot(&self.module);
        t.slot(&self.doc);
    }
    fn release(&mut self, _: &Heap) {
        *self.call.get_mut() = None;
    }
}
