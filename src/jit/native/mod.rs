//! Code in memory: the code heap (`heap`), the target (`isa`), instruction caches (`icache`), units and
//! the cells that lead to them (`unit`), from Cranelift's functions to bytes (`module`), in and out
//! (`callout`), names for `perf`.
#![allow(unsafe_code)]

pub mod callout;
pub mod heap;
pub mod icache;
pub mod isa;
pub mod module;
pub mod parked;
pub mod perf;
pub mod unit;

use super::runtime::Pair;
use crate::interp::executable::Executable;
use crate::interp::frame::FramePtr;
use crate::object::{Gc, Value};
use crate::types::code::value::CodeObj;
use crate::types::function::value::FunctionObj;
use crate::vm::Vm;

/// Calls a frame entry. `address` is the frame entry of a unit of the frame's own code object, in
/// code memory that its owner keeps; `depth` counts the Python frames, this one included.
///
/// Native code knows the Vm's address and writes its counts, but takes no argument that says so. The
/// optimiser may hold that nobody else writes what a `&mut Vm` points at while its address has not been
/// let out, so it must be let out here: else a count set after the call to what it was before is
/// not stored, and one set before it may be stored after.
#[inline]
pub fn call_frame(vm: &mut Vm, address: usize, f: FramePtr, depth: u32) -> Pair {
    let a = callout::Activation::of(vm, f, depth);
    a.begin(vm);
    std::hint::black_box(std::ptr::from_mut(vm));
    // SAFETY: `install` made this entry with that signature, and the unit is held by the caller.
    let p = unsafe { callout::enter(f.slots_ptr(), depth as u64, address, &a) };
    std::hint::black_box(std::ptr::from_mut(vm));
    a.end(vm);
    if a.collects.get() {
        // Before other frames lie where the native ones were.
        crate::gc::segments::wipe();
    }
    vm.jit.collect_again.set(a.collects.get());
    p
}

/// Calls an open entry of this function, whose frame would be at this depth and lie on `below`, the innermost one on
/// the VM stack. With it, whether it is to collect again now (see `Activation::collects`).
#[inline(always)]
pub fn call_open(
    vm: &mut Vm,
    address: usize,
    function: u64,
    args: &[Value],
    (below, depth): (Option<FramePtr>, u32),
) -> (Pair, bool) {
    let a = callout::Activation::beneath(vm, below, depth);
    a.begin(vm);
    // SAFETY: the function's code has this entry for so many arguments, and a unit with a native frame is not freed.
    let p = unsafe { callout::enter_open(vm, args, depth as u64, function, address, &a) };
    a.end(vm);
    if a.collects.get() {
        // Before other frames lie where the native ones were.
        crate::gc::segments::wipe();
    }
    (p, a.collects.get())
}

/// The Executable of a code object, given the object's word, which something keeps alive.
pub fn exec_of_word<'a>(code: u64) -> Option<&'a Executable> {
    let code = Value::from_bits(code)?.cast::<CodeObj>()?;
    let exec = code.as_ref().exec.borrow();
    let p = exec.as_ref()?.address() as *const Executable;
    // SAFETY: the code object owns its Executable, never replaces it, and is alive.
    Some(unsafe { &*p })
}

/// The Executable of a function that was called.
#[inline(always)]
pub fn exec_of_function<'a>(vm: &Vm, f: Gc<FunctionObj>) -> Option<&'a Executable> {
    let p = f.get(vm).exec.get() as *const Executable;
    // SAFETY: it belongs to the code object that the function keeps, which never replaces it.
    unsafe { p.as_ref() }
}

/// Processor time of this thread so far, where the system tells it: what others do on the machine is
/// not in it.
pub fn thread_time() -> Option<std::time::Duration> {
    #[cfg(target_os = "linux")]
    {
        let mut t = libc::timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        // SAFETY: fills the `timespec` it is given.
        let r = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut t) };
        if r == 0 {
            return Some(std::time::Duration::new(t.tv_sec as u64, t.tv_nsec as u32));
        }
    }
    None
}
