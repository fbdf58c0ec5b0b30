//! Allocation and accounting.

use crate::object::{Gc, Header, Object, Value};
use std::cell::Cell;

/// The memory cap was reached, or the system has no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMemory;

/// An engine's heap.
pub struct Heap {
    bytes: Cell<usize>,
    cap: Cell<usize>,
    /// Bytes beyond the cap that are open while MemoryError itself is made.
    reserve: Cell<usize>,
}

/// What `enter_reserve` opens.
const RESERVE: usize = 64 << 10;

impl Heap {
    /// An empty heap that may hold `cap` bytes.
    pub fn new(cap: usize) -> Heap {
        Heap {
            bytes: Cell::new(0),
            cap: Cell::new(cap),
            reserve: Cell::new(0),
        }
    }
    /// The identity number of an object.
    pub fn identity(&self, v: Value) -> Result<u64, NoMemory> {
        Ok(v.bits())
    }
    /// Bytes in use, every kind.
    pub fn bytes(&self) -> usize {
        self.bytes.get()
    }
    /// Whether `n` more bytes stay under the cap.
    pub fn has_room(&self, n: usize) -> bool {
        self.bytes
            .get()
            .checked_add(n)
            .is_some_and(|b| b <= self.cap.get().saturating_add(self.reserve.get()))
    }
    /// Opens the reserve, for making MemoryError; false when it is open already.
    pub fn enter_reserve(&self) -> bool {
        self.reserve.replace(RESERVE) == 0
    }
    /// Closes the reserve.
    pub fn leave_reserve(&self) {
        self.reserve.set(0);
    }
    /// Reserves `n` bytes against the cap before they are allocated.
    pub fn account(&self, n: usize) -> Result<(), NoMemory> {
        if !self.has_room(n) {
            return Err(NoMemory);
        }
        self.bytes.set(self.bytes.get() + n);
        Ok(())
    }
    /// Gives `n` accounted bytes back.
    pub fn unaccount(&self, n: usize) {
        self.bytes.set(self.bytes.get() - n);
    }
    /// Makes an object. `init.h` is a header of kind `T::KIND`.
    #[inline]
    pub fn alloc<T: Object>(&self, init: T) -> Result<Gc<T>, NoMemory> {
        self.alloc_tail(init, 0, |_: &mut [u64]| ())
    }
    /// Makes an object with a tail of `n` items of type `U`, zeroed and then filled by `fill`.
    pub fn alloc_tail<T: Object, U>(
        &self,
        init: T,
        n: usize,
        fill: impl FnOnce(&mut [U]),
    ) -> Result<Gc<T>, NoMemory> {
        let size = n
            .checked_mul(std::mem::size_of::<U>())
            .and_then(|t| t.checked_add(std::mem::size_of::<T>()))
            .ok_or(NoMemory)?;
        self.account(size)?;
        // SAFETY: (interim) size is not 0; 8-byte alignment suffices for every layout.
        unsafe {
            let p =
                std::alloc::alloc_zeroed(std::alloc::Layout::from_size_align_unchecked(size, 16))
                    as *mut T;
            if p.is_null() {
                return Err(NoMemory);
            }
            p.write(init);
            fill(std::slice::from_raw_parts_mut(p.add(1) as *mut U, n));
            Ok(Gc::from_new(Value::from_ptr(p as *const Header)))
        }
    }
}
