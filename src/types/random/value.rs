//! Layout of a source of random numbers.

use crate::gc::{Buf, Heap};
use crate::object::{Header, Kind, Object, Tracer};
use std::cell::Cell;

/// A Mersenne twister.
#[repr(C)]
pub struct RandomObj {
    pub h: Header,
    /// Its 624 words.
    pub words: Buf<u32>,
    /// Which of them is next; 624: they are to be made anew.
    pub at: Cell<usize>,
}
impl Object for RandomObj {
    const KIND: Kind = Kind::Random;
    const LEAF: bool = true;
    const RELEASES: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn release(&mut self, heap: &Heap) {
        self.words.free(heap);
    }
}
