//! What native code takes for granted beyond its calls: that a global's cell still holds the function that it held
//! when the code was made, and that the function is as it was.
//!
//! A unit does not look at all (`guard_global`, and `guard_func_version` behind it, are no code). That is right
//! because of three rules:
//!
//! * Who stores into a watched cell says so first ([`cell_changes`]), as does who changes a function
//!   ([`function_changes`]). The units that rely on them are retired: nothing enters them any more. The cell is not
//!   watched any more. The value may come back, and with it units that were kept for that (`tier::revive`), if all they
//!   rely on is as it was: then the cell is watched again. Native code does not store into a watched cell: it leaves.
//! * If native code waits meanwhile in a call, `broken` is set, and before control comes back to any of it all of
//!   it is shown ([`settle`], then `deopt::show`): so each of its frames leaves when its call ends, whether
//!   that has returned or raised. That is seen to where helpers end, where `leave` has run the interpreter, and
//!   before other native code is entered. So native code never runs while `broken` is set; when there is no memory for
//!   it, the call raises MemoryError, and the next helper that can fail tries again.
//! * Whoever lets one run of native code wait while others go on (on a stack of its own) has to set `broken` when
//!   it goes on, if a cell or a function has changed meanwhile.
//!
//! The recursion limit is a number in the code, too: see [`limit_changes`].
//!
//! A cell that was changed too often is not watched again, and what a function is that was changed once, its
//! version says: then units look after each call, as they do for whatever else may change.

use crate::object::Value;
use crate::types::cell::value::GlobalCellObj;
use crate::vm::{Raised, Vm};

/// How often a watched cell, or the recursion limit, may change.
#[cfg(feature = "jit")]
const MOST: u32 = 8;

/// Whether a cell may be watched.
#[cfg(feature = "jit")]
pub fn settled(c: &GlobalCellObj) -> bool {
    c.changed.get() < MOST
}

/// A watched cell is about to change.
#[cold]
#[inline(never)]
pub fn cell_changes(vm: &Vm, c: &GlobalCellObj) {
    c.watched.set(false);
    c.changed.set(c.changed.get().saturating_add(1));
    #[cfg(feature = "jit")]
    {
        super::tier::unwatch(vm, std::ptr::from_ref(c) as u64);
        broken(vm);
    }
    #[cfg(not(feature = "jit"))]
    let _ = vm;
}

/// A function is about to change that native code has asked about; whether for the first time.
#[cold]
pub fn function_changes(vm: &Vm, function: Value, first: bool) {
    #[cfg(feature = "jit")]
    {
        if first {
            super::tier::unwatch(vm, function.bits());
        }
        broken(vm);
    }
    #[cfg(not(feature = "jit"))]
    let _ = (vm, function, first);
}

/// The recursion limit is about to become this. Units have the old one in their code and go; those whose frames
/// wait ask the runtime from there on, if it grew. If it shrank they do not go on: they have made sure that there is
/// room for the calls inlined in them, and may be wrong now.
///
/// # Errors
/// MemoryError: the limit is to stay.
pub fn limit_changes(vm: &mut Vm, limit: u32) -> Result<(), Raised> {
    let old = vm.recursion_limit.get();
    if limit < old {
        super::show::show(vm)?;
    }
    #[cfg(feature = "jit")]
    if limit != old && settled_limit(vm) {
        let n = &vm.jit.limit_changes;
        n.set(n.get() + 1);
        super::tier::retire_all(vm);
    }
    Ok(())
}

/// Whether the recursion limit may be a number in code: it has not changed often.
#[cfg(feature = "jit")]
pub fn settled_limit(vm: &Vm) -> bool {
    vm.jit.limit_changes.get() < MOST
}

#[cfg(feature = "jit")]
fn broken(vm: &Vm) {
    if runs(vm) {
        vm.jit.broken.set(true);
    }
}

/// Whether native frames wait that are not shown.
#[cfg(feature = "jit")]
fn runs(vm: &Vm) -> bool {
    super::native::callout::Activation::current(vm).is_some_and(|a| !a.shown.get())
}

/// Sees to it that no native frame goes on that relies on what has changed.
///
/// # Errors
/// MemoryError: they would go on.
#[inline(always)]
pub fn settle(vm: &mut Vm) -> Result<(), Raised> {
    #[cfg(feature = "jit")]
    if vm.jit.broken.get() {
        return settle_slow(vm);
    }
    let _ = vm;
    Ok(())
}

#[cfg(feature = "jit")]
#[cold]
fn settle_slow(vm: &mut Vm) -> Result<(), Raised> {
    if !runs(vm) {
        vm.jit.broken.set(false);
        return Ok(());
    }
    // All of them end anyway.
    if vm.is_terminating() {
        return Ok(());
    }
    let exc = vm.exc.get();
    super::deopt::show::show(vm)?;
    vm.exc.write(&vm.heap, exc);
    vm.jit.broken.set(false);
    Ok(())
}

/// The same where an exception is on its way: it is not replaced by another. Without memory the frame goes on in
/// its handler, and the next helper that can fail tries again.
#[cfg(feature = "jit")]
#[inline(always)]
pub fn settle_raised(vm: &mut Vm) {
    if vm.jit.broken.get() {
        let exc = vm.exc.get();
        if settle_slow(vm).is_err() {
            vm.exc.write(&vm.heap, exc);
        }
    }
}

/// The same behind what has ended so.
#[cfg(feature = "jit")]
#[inline(always)]
pub fn settled_with<T>(vm: &mut Vm, r: Result<T, Raised>) -> Result<T, Raised> {
    if !vm.jit.broken.get() {
        return r;
    }
    let exc = vm.exc.get();
    match (settle_slow(vm), r) {
        (Ok(()), r) => r,
        (Err(e), Ok(_)) => Err(e),
        (Err(_), Err(r)) => {
            vm.exc.write(&vm.heap, exc);
            Err(r)
        }
    }
}
