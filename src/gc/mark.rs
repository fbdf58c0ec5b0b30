//! Marking: an explicit stack, and a table that knows each layout.

use super::block::CHUNK;
use super::heap::{Heap, Large};
use crate::object::header::{FLAG_EXT, FLAG_LARGE, FLAG_USER};
use crate::object::{Header, Kind, Object, Slot, Value};

/// What the collector knows of a layout.
pub(super) struct Layout {
    /// Shows the object's values to the tracer.
    pub trace: unsafe fn(*mut Header, &mut Tracer<'_>),
    /// Gives back what the object owns outside its cell.
    pub release: unsafe fn(*mut Header, &Heap),
    pub releases: bool,
    /// Refers to nothing: marked, and never pushed.
    pub leaf: bool,
    pub size: usize,
}
const fn layout<T: Object>() -> Layout {
    /// # Safety
    /// `p` points at a live `T`.
    unsafe fn trace<T: Object>(p: *mut Header, t: &mut Tracer<'_>) {
        // SAFETY: by contract.
        unsafe { (*(p as *const T)).trace(t) }
    }
    /// # Safety
    /// `p` points at a `T` that nobody refers to.
    unsafe fn release<T: Object>(p: *mut Header, heap: &Heap) {
        // SAFETY: by contract.
        unsafe { (*(p as *mut T)).release(heap) }
    }
    Layout {
        trace: trace::<T>,
        release: release::<T>,
        releases: T::RELEASES,
        leaf: T::LEAF,
        size: size_of::<T>(),
    }
}
macro_rules! layouts {
    ($($kind:ident => $t:ty;)*) => {
        /// By `Kind`.
        pub(super) static LAYOUTS: [Layout; Kind::ALL.len()] = [$(layout::<$t>()),*];
        const _: () = { $(assert!(<$t as Object>::KIND as u8 == Kind::$kind as u8);)* };
    };
}
crate::for_each_kind!(layouts);

/// The row of an object's layout.
///
/// # Safety
/// `p` points at an object's header.
#[inline(always)]
pub(super) unsafe fn layout_of(p: *mut Header) -> &'static Layout {
    // SAFETY: by contract.
    &LAYOUTS[unsafe { (*p).kind() } as usize]
}

/// Entries between two looks at the interrupt.
const POLL: usize = 4096;

/// Collects what an object refers to.
pub struct Tracer<'a> {
    heap: &'a Heap,
    stack: Vec<*mut Header>,
    /// Something was marked that the stack had no room for: its fields are still to be traced.
    overflow: bool,
}

impl<'a> Tracer<'a> {
    pub(super) fn new(heap: &'a Heap) -> Tracer<'a> {
        Tracer {
            heap,
            stack: Vec::new(),
            overflow: false,
        }
    }

    /// A value that is live.
    #[inline]
    pub fn value(&mut self, v: Value) {
        if let Some(p) = v.as_ptr() {
            self.mark(p)
        }
    }
    #[inline]
    pub fn slot(&mut self, s: &Slot) {
        if let Some(v) = s.get() {
            self.value(v)
        }
    }
    pub fn buf(&mut self, b: &super::Buf<Value>) {
        for c in b.cells() {
            self.value(c.get())
        }
    }
    pub fn slots(&mut self, s: &[Slot]) {
        for s in s {
            self.slot(s)
        }
    }
    /// A word of a VM stack: the bits of a value, or 0.
    #[inline]
    pub fn word(&mut self, bits: u64) {
        if let Some(v) = Value::from_bits(bits) {
            self.value(v)
        }
    }
    /// A word that may be anything: the object it points at or into, if there is one.
    #[inline]
    pub fn maybe(&mut self, word: usize) {
        if let Some(p) = self.heap.find_cell(word) {
            self.mark(p)
        }
    }

    #[inline]
    fn mark(&mut self, p: *mut Header) {
        // SAFETY: `p` is an object of this heap: values come from roots and live objects, and
        // `find_cell` gives allocated cells only. A small cell lies in a chunk (aligned to its
        // size), a large one behind its `Large`.
        let leaf = unsafe {
            let h = &*p;
            debug_assert!(
                (h.kind() as usize) < Kind::ALL.len() && h.kind() != Kind::Free,
                "a freed object is still referred to: a root is missing"
            );
            if h.has(FLAG_LARGE) {
                let l = (p as *mut Large).sub(1);
                if (*l).mark.replace(true) {
                    return;
                }
            } else {
                let c = &*((p as usize & !(CHUNK - 1)) as *const super::block::Chunk);
                debug_assert_eq!(c.heap.get(), self.heap.number, "another engine's object");
                if !c.mark.set(p as usize % CHUNK / super::block::GRANULE) {
                    return;
                }
            }
            // An instance of a program's class refers to its shape at least.
            layout_of(p).leaf && !h.has(FLAG_USER)
        };
        if !leaf {
            self.push(p)
        }
    }
    #[inline]
    fn push(&mut self, p: *mut Header) {
        if self.stack.len() == self.stack.capacity() && !self.grow() {
            self.overflow = true;
            return;
        }
        self.stack.push(p);
    }
    /// Doubles the stack. It is outside the accounts: gone when the collection ends.
    #[cold]
    fn grow(&mut self) -> bool {
        let n = self.stack.len();
        let more = n.max(512).min(self.heap.mark_limit.get().saturating_sub(n));
        more > 0 && self.stack.try_reserve_exact(more).is_ok()
    }
    /// Shows what a marked object refers to.
    ///
    /// # Safety
    /// `p` points at a live object.
    unsafe fn trace(&mut self, p: *mut Header) {
        // SAFETY: by contract; the extra word is the cell's last (`Heap::enlarge`).
        unsafe {
            (layout_of(p).trace)(p, self);
            let h = &*p;
            if h.has(FLAG_USER)
                && let Some(shape) = self.heap.shape_at(h.shape())
            {
                self.mark(shape);
            }
            if h.has(FLAG_EXT) {
                self.slot(&*self.heap.last_word(p));
            }
        }
    }
    /// Traces everything that is on the stack, and all it leads to. False: given up, because
    /// the engine is to stop.
    pub(super) fn drain(&mut self) -> bool {
        loop {
            if !self.drain_stack() {
                return false;
            }
            if !std::mem::take(&mut self.overflow) {
                return true;
            }
            // Something marked was not traced. Trace every marked object again: each round
            // marks at least one more, so this ends.
            let heap = self.heap;
            let mut go_on = true;
            heap.each_marked(|p| {
                // SAFETY: a marked object is live.
                unsafe { self.trace(p) };
                go_on = go_on && self.drain_stack();
            });
            if !go_on {
                return false;
            }
        }
    }
    fn drain_stack(&mut self) -> bool {
        let mut left = POLL;
        while let Some(p) = self.stack.pop() {
            // SAFETY: only marked, live objects are pushed.
            unsafe { self.trace(p) };
            left -= 1;
            if left == 0 {
                if self.heap.interrupted() {
                    return false;
                }
                left = POLL;
            }
        }
        true
    }
}

impl Heap {
    /// Every marked object that may refer to others.
    fn each_marked(&self, mut f: impl FnMut(*mut Header)) {
        for c in self.chunks.borrow().iter() {
            for b in c.used() {
                for w in b.words() {
                    let mut bits = c.mark.word(w);
                    while bits != 0 {
                        let g = w * 64 + bits.trailing_zeros() as usize;
                        f((c as *const _ as usize + g * super::block::GRANULE) as *mut Header);
                        bits &= bits - 1;
                    }
                }
            }
        }
        let n = self.large.borrow().len();
        for i in 0..n {
            let l = self.large.borrow()[i];
            // SAFETY: rows of the table are live large cells.
            if unsafe { (*l).mark.get() } {
                f(Large::cell(l) as *mut Header)
            }
        }
    }
    /// Bytes of an object's layout, less what lies behind it or in its buffers.
    pub fn cell_bytes(&self, v: Value) -> usize {
        v.kind()
            .map_or(size_of::<Value>(), |k| LAYOUTS[k as usize].size)
    }
    /// Whether the collection that has just marked found this object live.
    pub(super) fn is_marked(&self, p: *mut Header) -> bool {
        match self.chunks.borrow().find(p as usize) {
            Some(c) => c.mark.get(p as usize % CHUNK / super::block::GRANULE),
            // SAFETY: an object outside the chunks is a large cell.
            None => unsafe { (*(p as *mut Large).sub(1)).mark.get() },
        }
    }
}
