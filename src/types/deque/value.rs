//! Layout of `deque`.

use crate::gc::{Buf, Heap};
use crate::object::{Header, Kind, Object, Tracer, Value};
use std::cell::Cell;

/// A queue with two ends.
#[repr(C)]
pub struct DequeObj {
    pub h: Header,
    /// Places: none, or a power of two of them. The items are `len` places from `head` on, which go
    /// around the end; what the others hold means nothing.
    pub ring: Buf<Option<Value>>,
    pub head: Cell<usize>,
    pub len: Cell<usize>,
    /// Most items there may be; -1: any number.
    pub maxlen: Cell<i64>,
    /// Changes when an item comes, goes or moves: what an iterator and a search compare.
    pub state: Cell<u64>,
}
impl DequeObj {
    /// The place of item `i`, which is in range.
    #[inline(always)]
    pub fn place(&self, i: usize) -> usize {
        self.head.get().wrapping_add(i) & self.ring.len().wrapping_sub(1)
    }
    /// Item `i`.
    #[inline(always)]
    pub fn get(&self, i: usize) -> Option<Value> {
        match i < self.len.get() {
            true => self.ring.get(self.place(i))?,
            false => None,
        }
    }
}
impl Object for DequeObj {
    const KIND: Kind = Kind::Deque;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        for i in 0..self.len.get() {
            if let Some(v) = self.get(i) {
                t.value(v);
            }
        }
    }
    fn release(&mut self, heap: &Heap) {
        self.ring.free(heap);
    }
}
