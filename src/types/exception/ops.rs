//! Exceptions below `call`: context, arguments, the MemoryError that needs no memory.

use super::value::ExceptionObj;
use crate::object::{ClassId, Gc, Value};
use crate::vm::{Raised, Terminate, Vm};

/// Makes the exception being handled the `__context__` of `exc`, without closing a cycle.
pub fn set_context(vm: &mut Vm, exc: Value) {
    let Some(ctx) = vm.handled.get() else { return };
    if ctx == exc {
        return;
    }
    // Break the chain where `exc` already stands in it.
    let mut at = ctx;
    while let Some(o) = at.get::<ExceptionObj>(vm) {
        match o.context.get() {
            Some(next) if next == exc => {
                o.context.write(&vm.heap, None);
                break;
            }
            Some(next) => at = next,
            None => break,
        }
    }
    if let Some(o) = exc.get::<ExceptionObj>(vm) {
        o.context.write(&vm.heap, Some(ctx));
    }
}

/// Fills `extra` from `args` (StopIteration.value, SystemExit.code).
pub fn init_extra(vm: &mut Vm, e: Gc<ExceptionObj>) {
    let o = e.get(vm);
    let class = o.class();
    if class.is_subclass(ClassId::StopIteration) || class.is_subclass(ClassId::SystemExit) {
        let args = o
            .args
            .get()
            .and_then(|a| a.cast::<crate::types::tuple::value::TupleObj>());
        let v = match args.map(|a| a.get(vm)) {
            Some(t) if t.len == 1 => t.get(0),
            Some(t) if t.len > 1 && class.is_subclass(ClassId::SystemExit) => o.args.get(),
            Some(t) if t.len > 1 => t.get(0),
            _ => None,
        };
        o.extra.write(&vm.heap, v);
    }
}

/// Raises MemoryError from the heap's reserve; when even that is used up, the engine stops.
pub fn raise_memory(vm: &mut Vm) -> Raised {
    if !vm.heap.enter_reserve() {
        return vm.raise_terminate(Terminate::Memory);
    }
    let made = vm.new_exception(ClassId::MemoryError, &[]);
    vm.heap.leave_reserve();
    match made {
        Ok(e) => vm.raise_value(e),
        Err(r) => r,
    }
}
