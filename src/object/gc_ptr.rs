//! Typed pointers to heap objects, fields that hold values, and the tracer they show themselves to.

use super::header::{Header, Kind};
use super::value::Value;
use crate::gc::heap::Heap;
use std::cell::Cell;
use std::marker::PhantomData;

/// A layout. Contract, checked when the heap allocates one: `#[repr(C)]`, the first field is the
/// `Header`, and `KIND`'s row in `for_each_kind!` names this very type.
pub trait Object: Sized + 'static {
    const KIND: Kind;
    /// Whether `release` must run when the object dies.
    const RELEASES: bool = false;
    /// Whether it never refers to a value: `trace` shows nothing, and need not be called.
    const LEAF: bool = false;
    /// Shows every value the object holds to the tracer.
    fn trace(&self, t: &mut Tracer<'_>);
    /// Gives back off-heap memory. Runs during sweep: may look at no other object.
    fn release(&mut self, _heap: &Heap) {}
    /// Bytes of the cell, the inline tail included.
    fn cell_size(&self) -> usize {
        std::mem::size_of::<Self>()
    }
}

/// What a free cell holds: never seen as a value.
#[repr(C)]
pub struct FreeCell {
    pub h: Header,
}
impl Object for FreeCell {
    const KIND: Kind = Kind::Free;
    const LEAF: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
}

pub use crate::gc::mark::Tracer;

/// A field that holds a value or nothing. One word; 0 is nothing.
#[repr(transparent)]
pub struct Slot(Cell<u64>);

impl Default for Slot {
    fn default() -> Slot {
        Slot::new(None)
    }
}
impl Slot {
    /// A field of an object that is being made.
    pub const fn new(v: Option<Value>) -> Slot {
        Slot(Cell::new(match v {
            Some(v) => v.bits(),
            None => 0,
        }))
    }
    pub const fn of(v: Value) -> Slot {
        Slot::new(Some(v))
    }
    #[inline(always)]
    pub fn get(&self) -> Option<Value> {
        Value::from_bits(self.0.get())
    }
    /// The value, or None where nothing is.
    pub fn get_or_none(&self) -> Value {
        self.get().unwrap_or(Value::NONE)
    }
    /// Every store of a value into a heap object goes through here: the barrier's place.
    #[inline(always)]
    pub fn write(&self, _heap: &Heap, v: Option<Value>) {
        self.0.set(v.map_or(0, Value::bits))
    }
}

/// A value known to be a `T`. `Copy`, like `Value`, and under the same rule.
pub struct Gc<T>(Value, PhantomData<*const T>);
impl<T> Clone for Gc<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Gc<T> {}
impl<T> PartialEq for Gc<T> {
    fn eq(&self, o: &Self) -> bool {
        self.0 == o.0
    }
}

impl<T: Object> Gc<T> {
    /// The value as a `T`, if it is one.
    #[inline(always)]
    pub fn from_value(v: Value) -> Option<Gc<T>> {
        if v.is_kind(T::KIND) {
            Some(Gc(v, PhantomData))
        } else {
            None
        }
    }
    /// For the heap, which has just made it.
    #[inline(always)]
    pub(crate) fn from_new(v: Value) -> Gc<T> {
        debug_assert!(v.is_kind(T::KIND));
        Gc(v, PhantomData)
    }
    #[inline(always)]
    pub fn value(self) -> Value {
        self.0
    }
    /// The object, borrowed from the engine so that no collection can run meanwhile.
    #[inline(always)]
    pub fn get(self, _vm: &crate::vm::Vm) -> &T {
        self.as_ref()
    }
    /// The same for code below `Vm` (the heap itself).
    #[inline(always)]
    pub(crate) fn as_ref<'a>(self) -> &'a T {
        // SAFETY: the kind was tested when the Gc was made, `T::KIND` names this layout, and the
        // object is live: it is on a scanned stack or reachable from a root.
        unsafe { &*(self.0.bits() as *const T) }
    }
}

impl Value {
    /// The object as a `T`, if it is one.
    #[inline(always)]
    pub fn get<T: Object>(self, vm: &crate::vm::Vm) -> Option<&T> {
        Gc::<T>::from_value(self).map(|g| g.get(vm))
    }
    #[inline(always)]
    pub fn cast<T: Object>(self) -> Option<Gc<T>> {
        Gc::from_value(self)
    }
    /// The object as a `T` of a builtin class, whose behaviour no program has changed
    /// (`PyList_CheckExact`, where `cast` is `PyList_Check`).
    #[inline(always)]
    pub fn exact<T: Object>(self) -> Option<Gc<T>> {
        Gc::from_value(self).filter(|_| !self.is_user())
    }
}

/// The `n` items of type `U` that lie behind a `T` in its cell.
///
/// Contract: the object was allocated with a tail of at least `n` such items.
pub(crate) fn tail<T: Object, U>(obj: &T, n: usize) -> &[U] {
    debug_assert!(std::mem::size_of::<T>().is_multiple_of(std::mem::align_of::<U>()));
    // What `obj` borrows ends where `T` does: the tail is found by its address.
    let at = std::ptr::from_ref(obj).expose_provenance() + size_of::<T>();
    // SAFETY: `Heap::alloc_tail` reserved and initialised the tail; `n` is the length
    // that the object itself records.
    unsafe { std::slice::from_raw_parts(std::ptr::with_exposed_provenance(at), n) }
}
