//! What Python's operators mean, for every builtin type: the interpreter and the JIT's runtime
//! call the very same functions.
//!
//! Order of reading: `number` (operators), `compare` (`<`, `==`, `in`, `is`, `except`), `truth`,
//! `hash`, `repr` (and `str()`), `format`. What they need from a type is in its `ops.rs`.
pub mod attr;
pub mod compare;
pub mod format;
pub mod hash;
pub mod item;
pub mod iter;
pub mod number;
pub mod repr;
pub mod truth;

use crate::raise;
use crate::vm::{Raised, Vm};

/// Goes one level deeper for a nested container: counts as a call does, and looks at the machine
/// stack. `what` ends the error's text. The caller calls [`leave`] if and only if this succeeds.
#[inline]
pub fn enter(vm: &mut Vm, what: &str) -> Result<(), Raised> {
    let depth = vm.depth.get() + 1;
    let here = 0u8;
    let sp = &here as *const u8 as usize;
    if depth > vm.recursion_limit.get() || sp < vm.limit.stack_limit() {
        return Err(too_deep(vm, what));
    }
    vm.depth.set(depth);
    Ok(())
}

#[cold]
fn too_deep(vm: &mut Vm, what: &str) -> Raised {
    raise!(vm, RecursionError, "maximum recursion depth exceeded{what}")
}

/// Comes back from [`enter`].
#[inline]
pub fn leave(vm: &mut Vm) {
    vm.depth.set(vm.depth.get().saturating_sub(1));
}
