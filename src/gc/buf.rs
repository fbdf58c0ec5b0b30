//! `Buf<T>`: the one growable buffer of engine-owned memory: `repr(C)`, fallible, accounted.

use super::heap::{Heap, NoMemory};
use std::alloc::Layout;
use std::cell::Cell;

/// `ptr` at 0, `len` at 8, `cap` at 16: native code reads it. `T: Copy` and valid when zeroed or
/// never read before it is written. It does not free itself: its owner calls [`Buf::free`] from
/// `Object::release`, because only the heap can un-account the bytes.
#[repr(C)]
pub struct Buf<T: Copy> {
    ptr: Cell<*mut T>,
    len: Cell<usize>,
    cap: Cell<usize>,
}

/// Offsets for native code.
pub const PTR_OFFSET: i32 = 0;
pub const LEN_OFFSET: i32 = 8;
pub const CAP_OFFSET: i32 = 16;

impl<T: Copy> Buf<T> {
    /// An empty buffer; owns no memory.
    pub const fn new() -> Self {
        Buf {
            ptr: Cell::new(std::ptr::dangling_mut()),
            len: Cell::new(0),
            cap: Cell::new(0),
        }
    }
    /// Room for `cap` items.
    pub fn with_capacity(heap: &Heap, cap: usize) -> Result<Self, NoMemory> {
        let b = Buf::new();
        b.reserve_exact(heap, cap)?;
        Ok(b)
    }
    /// `n` copies of `v`.
    pub fn filled(heap: &Heap, n: usize, v: T) -> Result<Self, NoMemory> {
        let b: Buf<T> = Buf::with_capacity(heap, n)?;
        for i in 0..n {
            // SAFETY: i < n <= cap.
            unsafe { b.ptr.get().add(i).write(v) }
        }
        b.len.set(n);
        Ok(b)
    }
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.get()
    }
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }
    pub fn capacity(&self) -> usize {
        self.cap.get()
    }
    /// The items as cells. Not to be held over a call that may grow or free the buffer.
    #[inline(always)]
    pub fn cells(&self) -> &[Cell<T>] {
        // SAFETY: ptr is valid for len items (dangling only when len is 0); Cell<T> has T's layout;
        // growth needs the engine exclusively, which a holder of this borrow excludes.
        unsafe { std::slice::from_raw_parts(self.ptr.get() as *const Cell<T>, self.len.get()) }
    }
    #[inline(always)]
    pub fn get(&self, i: usize) -> Option<T> {
        self.cells().get(i).map(Cell::get)
    }
    /// Stores item `i`; every store of a value into a buffer goes through here or `push`.
    ///
    /// # Panics
    /// When `i` is out of range.
    #[inline(always)]
    pub fn set(&self, _heap: &Heap, i: usize, v: T) {
        self.cells()[i].set(v)
    }
    /// Room for so many items in all.
    pub fn reserve_exact(&self, heap: &Heap, cap: usize) -> Result<(), NoMemory> {
        let old = self.cap.get();
        if cap <= old || std::mem::size_of::<T>() == 0 {
            return Ok(());
        }
        let new = Layout::array::<T>(cap).map_err(|_| NoMemory)?;
        if new.size() > isize::MAX as usize - 7 {
            return Err(NoMemory);
        }
        heap.account(new.size() - old * std::mem::size_of::<T>())?;
        const { assert!(std::mem::align_of::<T>() <= 8) };
        let p = if old == 0 {
            heap.buffer(new.size())
        } else {
            let was = old * std::mem::size_of::<T>();
            // SAFETY: this buffer's own memory, of `old` items.
            unsafe { heap.grow_buffer(self.ptr.get() as *mut u8, was, new.size()) }
        };
        if p.is_null() {
            heap.unaccount(new.size() - old * std::mem::size_of::<T>());
            return Err(NoMemory);
        }
        self.ptr.set(p as *mut T);
        self.cap.set(cap);
        Ok(())
    }
    /// Room for `extra` more items, growing by an eighth at least.
    pub fn reserve(&self, heap: &Heap, extra: usize) -> Result<(), NoMemory> {
        let need = self.len.get().checked_add(extra).ok_or(NoMemory)?;
        if need <= self.cap.get() {
            return Ok(());
        }
        let grown = need + need / 8 + if need < 9 { 3 } else { 6 };
        if heap.fits(
            grown
                .saturating_sub(self.cap.get())
                .saturating_mul(std::mem::size_of::<T>()),
        ) {
            self.reserve_exact(heap, grown)
        } else {
            self.reserve_exact(heap, need)
        }
    }
    /// Appends an item.
    #[inline]
    pub fn push(&self, heap: &Heap, v: T) -> Result<(), NoMemory> {
        let n = self.len.get();
        if n == self.cap.get() {
            self.reserve(heap, 1)?;
        }
        // SAFETY: n < cap after the reserve.
        unsafe { self.ptr.get().add(n).write(v) }
        self.len.set(n + 1);
        Ok(())
    }
    /// Appends items that do not lie in this buffer.
    pub fn extend_from_slice(&self, heap: &Heap, s: &[T]) -> Result<(), NoMemory> {
        self.reserve(heap, s.len())?;
        let n = self.len.get();
        // SAFETY: room was reserved; the source is another allocation by contract.
        unsafe { super::heap::copy(s, self.ptr.get().add(n)) }
        self.len.set(n + s.len());
        Ok(())
    }
    /// Takes the last item.
    pub fn pop(&self) -> Option<T> {
        let n = self.len.get().checked_sub(1)?;
        let v = self.cells()[n].get();
        self.len.set(n);
        Some(v)
    }
    /// Inserts before item `i` (at the end when `i` is past it).
    pub fn insert(&self, heap: &Heap, i: usize, v: T) -> Result<(), NoMemory> {
        self.reserve(heap, 1)?;
        let n = self.len.get();
        let i = i.min(n);
        // SAFETY: room for n + 1 items was reserved; i <= n.
        unsafe {
            let p = self.ptr.get().add(i);
            std::ptr::copy(p, p.add(1), n - i);
            p.write(v);
        }
        self.len.set(n + 1);
        Ok(())
    }
    /// Removes items `from..to` (clamped to the length).
    pub fn remove_range(&self, from: usize, to: usize) {
        let n = self.len.get();
        let (from, to) = (from.min(n), to.min(n));
        if from >= to {
            return;
        }
        // SAFETY: both ranges lie within len.
        unsafe { std::ptr::copy(self.ptr.get().add(to), self.ptr.get().add(from), n - to) }
        self.len.set(n - (to - from));
    }
    /// Puts `n` items in the place of items `from..to` (clamped to the length); item `i` of them is
    /// `fill(i)`, which looks at no item of this buffer from `from` on.
    pub fn replace_range(
        &self,
        heap: &Heap,
        from: usize,
        to: usize,
        n: usize,
        fill: impl Fn(usize) -> T,
    ) -> Result<(), NoMemory> {
        let len = self.len.get();
        let to = to.min(len);
        let from = from.min(to);
        self.reserve(heap, n.saturating_sub(to - from))?;
        let p = self.ptr.get();
        // SAFETY: the buffer has room for the new length; the tail moves within it.
        unsafe { std::ptr::copy(p.add(to), p.add(from + n), len - to) }
        for i in 0..n {
            // SAFETY: from + i lies below the new length.
            unsafe { p.add(from + i).write(fill(i)) }
        }
        self.len.set(len - (to - from) + n);
        Ok(())
    }
    /// Puts items of another buffer in the place of items `from..to` (clamped to the length).
    pub fn replace_with(
        &self,
        heap: &Heap,
        from: usize,
        to: usize,
        new: &[Cell<T>],
    ) -> Result<(), NoMemory> {
        let (n, len) = (new.len(), self.len.get());
        let to = to.min(len);
        let from = from.min(to);
        self.reserve(heap, n.saturating_sub(to - from))?;
        // SAFETY: the buffer has room for the new length, and the tail moves within it; the source is another
        // allocation by contract, and nobody writes into it meanwhile.
        unsafe {
            let p = self.ptr.get();
            if from + n != to && to < len {
                std::ptr::copy(p.add(to), p.add(from + n), len - to);
            }
            let new = std::slice::from_raw_parts(new.as_ptr() as *const T, n);
            super::heap::copy(new, p.add(from));
        }
        self.len.set(len - (to - from) + n);
        Ok(())
    }
    /// Shortens to `n` items; longer is left alone.
    pub fn truncate(&self, n: usize) {
        self.len.set(self.len.get().min(n));
    }
    /// Gives the memory back; the buffer is empty and usable afterwards.
    pub fn free(&self, heap: &Heap) {
        let cap = self.cap.replace(0);
        self.len.set(0);
        if cap != 0 {
            let size = cap * std::mem::size_of::<T>();
            let p = self.ptr.replace(std::ptr::dangling_mut());
            // SAFETY: this buffer's own memory, of `cap` items.
            unsafe { heap.free_buffer(p as *mut u8, size) };
            heap.unaccount(size);
        }
    }
    /// Exchanges the contents of two buffers.
    pub fn swap(&self, o: &Buf<T>) {
        self.ptr.swap(&o.ptr);
        self.len.swap(&o.len);
        self.cap.swap(&o.cap);
    }
}
impl<T: Copy> Default for Buf<T> {
    fn default() -> Self {
        Buf::new()
    }
}
impl Buf<u8> {
    /// The bytes. Not to be held over a call that may grow or free the buffer.
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: len initialised bytes; see `cells`.
        unsafe { std::slice::from_raw_parts(self.ptr.get(), self.len.get()) }
    }
}
