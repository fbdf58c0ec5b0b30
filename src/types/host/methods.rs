//! Making and calling host functions.

use super::value::{HostCall, HostObj};
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Header, Kind, Slot, Value};
use crate::raise;
use crate::types::Getter;
use crate::vm::{Raised, Vm};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// A host function. Its module and its text may be None.
///
/// # Errors
/// MemoryError.
pub fn new(vm: &mut Vm, name: Value, module: Value, doc: Value, call: HostCall) -> R {
    let f = vm.alloc(HostObj {
        h: Header::new(Kind::Host, ClassId::HostFunction as u32),
        name: Slot::of(name),
        module: Slot::of(module),
        doc: Slot::of(doc),
        call: RefCell::new(None),
    })?;
    f.get(vm).call.replace(Some(call));
    Ok(f.value())
}

/// Calls it. A panic in it becomes a RuntimeError. What of the engine the closure calls catches the panics of other
/// closures, writers, readers and clocks itself; one that did come through Python frames is a bug of the engine, and
/// goes on to the embedder, who finds the engine poisoned.
///
/// # Errors
/// What the closure gives; RuntimeError when it is running already.
pub fn call(vm: &mut Vm, f: Gc<HostObj>, args: Args<'_>) -> R {
    let (depth, top, handed) = (vm.depth.get(), vm.stack.top_frame(), vm.handed.get());
    // The host's frames must not be left behind by a run that pauses.
    let pause = vm.pause.take();
    let r = match f.as_ref().call.try_borrow_mut() {
        Ok(mut call) => match &mut *call {
            Some(HostCall::Once(run)) => catch_unwind(AssertUnwindSafe(|| run(vm, args))),
            Some(HostCall::Shared(run)) => {
                let run = run.clone();
                drop(call);
                catch_unwind(AssertUnwindSafe(|| run(vm, args)))
            }
            None => return Err(running(vm, f, pause)),
        },
        Err(_) => return Err(running(vm, f, pause)),
    };
    vm.pause.set(pause);
    vm.check_stopped()?;
    match r {
        Ok(r) => r,
        Err(p) if vm.stack.top_frame() != top => resume_unwind(p),
        Err(p) => {
            vm.depth.set(depth);
            // A conversion that it came out of is over.
            let left = vm.handed.replace(handed).saturating_sub(handed);
            vm.heap.unaccount(left);
            let said = p
                .downcast_ref::<&str>()
                .map(|s| s.to_string())
                .or_else(|| p.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            let name = name(vm, f);
            Err(raise!(
                vm,
                RuntimeError,
                "host function '{name}' panicked: {said}"
            ))
        }
    }
}

#[cold]
fn running(vm: &mut Vm, f: Gc<HostObj>, pause: usize) -> Raised {
    vm.pause.set(pause);
    let name = name(vm, f);
    raise!(
        vm,
        RuntimeError,
        "host function '{name}' is already running"
    )
}

/// Its name, for messages.
pub fn name(vm: &Vm, f: Gc<HostObj>) -> String {
    vm.text(f.get(vm).name.get_or_none())
}

fn of(v: Value, vm: &Vm, get: impl Fn(&HostObj) -> &Slot) -> Result<Option<Value>, Raised> {
    Ok(v.get::<HostObj>(vm).map(|f| get(f).get_or_none()))
}

/// Rows.
pub const GETTERS: &[Getter] = &[
    Getter::computed("__name__", |vm, v| of(v, vm, |f| &f.name)),
    Getter::computed("__qualname__", |vm, v| of(v, vm, |f| &f.name)),
    Getter::computed("__doc__", |vm, v| of(v, vm, |f| &f.doc)),
    Getter::member("__module__", |vm, v| of(v, vm, |f| &f.module)),
];
