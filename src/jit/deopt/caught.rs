//! Exceptions that a native handler is handling: the line that the catching frame has in the traceback
//! names a frame that nobody has looked at. When the frame comes to the VM stack, or dies of another exception, the
//! line gets its object.
//!
//! The lines are chained from `State::caught` through `TracebackObj::pending`, that of the innermost frame
//! first. A handler puts its line in and, when it ends, takes it out.

use crate::interp::frame::FramePtr;
use crate::interp::frames;
use crate::object::Value;
use crate::types::exception::value::TracebackObj;
use crate::vm::Vm;

fn first(vm: &Vm) -> Option<Value> {
    vm.jit.caught.get()
}
fn depth_of(vm: &Vm, t: Value) -> u32 {
    t.get::<TracebackObj>(vm).map_or(0, |t| t.depth.get())
}

/// The handler that began last has ended.
pub fn pop(vm: &Vm) {
    if let Some(t) = first(vm) {
        let t = t.get::<TracebackObj>(vm);
        let next = t.and_then(|t| t.pending.get());
        vm.jit.caught.write(&vm.heap, next);
        if let Some(t) = t {
            t.pending.write(&vm.heap, None);
        }
    }
}

/// Frames deeper than this are gone.
fn prune(vm: &Vm, depth: u32) {
    while let Some(t) = first(vm)
        && depth_of(vm, t) > depth
    {
        pop(vm);
    }
}

/// A native handler of the innermost frame begins; `t` is its line.
pub fn push(vm: &Vm, t: Value) {
    let depth = vm.depth.get();
    prune(vm, depth);
    if let Some(o) = t.get::<TracebackObj>(vm) {
        o.depth.set(depth);
        o.pending.write(&vm.heap, first(vm));
        vm.jit.caught.write(&vm.heap, Some(t));
    }
}

/// The frame at this depth has this object now.
pub fn bind(vm: &Vm, depth: u32, object: Value) {
    prune(vm, depth);
    while let Some(t) = first(vm)
        && depth_of(vm, t) == depth
    {
        frames::give(vm, t, object);
        pop(vm);
    }
}

/// The `n` topmost frames of the VM stack, the innermost at this depth, were native.
pub fn bind_frames(vm: &Vm, depth: u32, n: u32) {
    let mut at = vm.stack.top_frame();
    for i in 0..n {
        let (Some(f), Some(t)) = (at, first(vm)) else {
            return;
        };
        let d = depth - i;
        prune(vm, d);
        if depth_of(vm, t) == d {
            bind_frame(vm, d, f);
        }
        at = f.prev();
    }
}

/// This frame, at this depth, was native.
pub fn bind_frame(vm: &Vm, depth: u32, f: FramePtr) {
    prune(vm, depth);
    if first(vm).is_some_and(|t| depth_of(vm, t) == depth)
        && let Ok(o) = frames::object_of(vm, f)
    {
        bind(vm, depth, o.value());
    }
}
