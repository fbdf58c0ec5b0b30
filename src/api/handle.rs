//! Values that the host holds, and what makes an engine movable.
#![allow(unsafe_code)]

use crate::gc::roots::{DropQueue, HandleId};
use crate::object::Value;
use crate::vm::Vm;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A Python value that the host holds on to, on any thread. A clone is another holder of the same value and costs
/// no more than one of an [`Arc`]; when the last is dropped, wherever that is, the engine lets the value go.
///
/// What can be done with it takes the engine, or the [`Context`](super::Context) of a host function:
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// use taipan::{CallArgs, Engine, Object};
///
/// let mut engine = Engine::new();
/// let words: Object = engine.eval("['b', 'a']")?;
/// words.call_method::<()>(&mut engine, "append", ("c",))?;
/// words.call_method::<()>(&mut engine, "sort", ().kw("reverse", true))?;
/// words.set_item(&mut engine, 0, "C")?;
/// let all: Result<Vec<String>, _> = words.iter(&mut engine)?.collect();
/// assert_eq!(all?, ["C", "b", "a"]);
/// assert_eq!((words.len(&mut engine)?, words.repr(&mut engine)?), (3, "['C', 'b', 'a']".into()));
/// # Ok(()) }
/// ```
///
/// An engine that it is not of answers [`Error::ForeignObject`](super::Error::ForeignObject).
#[derive(Clone)]
pub struct Object(Arc<Handle>);

struct Handle {
    /// Also tells which engine it belongs to.
    queue: Arc<DropQueue>,
    id: HandleId,
}

impl Object {
    /// Roots a value; None when memory is short.
    pub(crate) fn new(vm: &mut Vm, v: Value) -> Option<Object> {
        let id = vm.handles.insert(&vm.heap, v).ok()?;
        Some(Object(Arc::new(Handle {
            queue: vm.handles.queue(),
            id,
        })))
    }
    /// The value, if the object is of this engine.
    #[inline]
    pub(crate) fn value(&self, vm: &Vm) -> Option<Value> {
        match vm.handles.is_of(&self.0.queue) {
            true => vm.handles.get(self.0.id),
            false => None,
        }
    }
}
impl Drop for Handle {
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
// `Engine`, and no thread-local holds any of it. So it may be used by one thread after another. A call that
// paused has native frames: it borrows the engine, stays on its thread, and forgotten it never runs again.
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
