//! What Python's operators mean, for every builtin type: the interpreter and the JIT's runtime
//! call the very same functions.
//!
//! Order of reading: `number` (operators), `compare` (`<`, `==`, `in`, `is`, `except`), `truth`,
//! `hash`, `repr` (and `str()`), `format`. What they need from a type is in its `ops.rs`.
pub mod attr;
pub mod collect;
pub mod compare;
pub mod format;
pub mod hash;
pub mod item;
pub mod iter;
pub mod number;
pub mod repr;
pub mod special;
pub mod truth;
pub mod user;

use crate::vm::{Raised, Vm};

/// Runs `f` one level deeper, for a nested container: the level counts as a call does, and the
/// machine stack may change under it. `what` ends the text of RecursionError.
///
/// # Errors
/// RecursionError; what `f` raises.
#[inline]
pub fn nested<T>(
    vm: &mut Vm,
    what: &str,
    f: impl FnOnce(&mut Vm) -> Result<T, Raised>,
) -> Result<T, Raised> {
    vm.enter_recursive(what)?;
    let depth = vm.depth.get();
    vm.depth.set(depth + 1);
    let r = crate::gc::with_stack(vm, f);
    vm.depth.set(depth);
    r
}
