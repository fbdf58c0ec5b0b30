//! Values that the host holds, and what makes an engine movable.
#![allow(unsafe_code)]

use crate::gc::roots::{DropQueue, HandleId};
use crate::object::Value;
use crate::vm::Vm;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A Python value that the host holds on to. Clones are not free: each is asked of the engine
/// ([`Engine::clone_object`](super::Engine::clone_object)). Dropping it, on any thread, lets the value go.
pub struct Object {
    /// Also tells which engine it belongs to.
    queue: Arc<DropQueue>,
    id: HandleId,
}

impl Object {
    /// Roots a value; None when memory is short.
    pub(crate) fn new(vm: &mut Vm, v: Value) -> Option<Object> {
        let id = vm.handles.insert(&vm.heap, v).ok()?;
        Some(Object {
            queue: vm.handles.queue(),
            id,
        })
    }
    /// The value, if the object is of this engine.
    pub(crate) fn value(&self, vm: &Vm) -> Option<Value> {
        if !Arc::ptr_eq(&self.queue, &vm.handles.queue()) {
            return None;
        }
        vm.handles.get(self.id)
    }
}
impl Drop for Object {
    fn drop(&mut self) {
        self.queue.push(self.id);
    }
}
impl std::fmt::Debug for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Object")
    }
}

/// The engine's state, which is reached through `&mut Engine` only.
pub(super) struct VmBox(Box<Vm>);

// SAFETY: nothing in a Vm is shared with another thread except through the atomics of LimitWord and
// the mutex of DropQueue; no value, pointer or native frame of it outlives a call of
// `Engine`, and no thread-local holds any of it. So it may be used by one thread after another.
unsafe impl Send for VmBox {}

impl VmBox {
    pub(super) fn new(vm: Box<Vm>) -> VmBox {
        VmBox(vm)
    }
}
impl Deref for VmBox {
    type Target = Vm;
    fn deref(&self) -> &Vm {
        &self.0
    }
}
impl DerefMut for VmBox {
    fn deref_mut(&mut self) -> &mut Vm {
        &mut self.0
    }
}
