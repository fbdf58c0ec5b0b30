//! Exceptions that a native handler is handling: the line that the catching frame has in the traceback
//! names a frame that nobody has looked at. When the frame comes to the VM stack, or dies of another exception, the
//! line gets its object.
//!
//! The lines are chained from `State::caught` through `TracebackObj::pending`, that of the innermost frame
//! first, in it that of the innermost handler. A handler puts its line in and, when it ends, however that
//! comes about, takes it out.

use crate::interp::frame::FramePtr;
use crate::interp::frames;
use crate::object::{Kind, Value};
use crate::types::exception::value::TracebackObj;
use crate::vm::Vm;

fn first(vm: &Vm) -> Option<Value> {
    vm.jit.caught.get()
}
fn depth_of(vm: &Vm, t: Value) -> u32 {
    t.get::<TracebackObj>(vm).map_or(0, |t| t.depth.get())
}

/// Takes the first one out.
fn pop(vm: &Vm) {
    if let Some(t) = first(vm) {
        let t = t.get::<TracebackObj>(vm);
        let next = t.and_then(|t| t.pending.get());
        vm.jit.caught.write(&vm.heap, next);
        if let Some(t) = t {
            t.pending.write(&vm.heap, None);
            t.depth.set(0);
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

/// The handlers of the frame at this depth have ended whose slots lie at this depth of its stack, or above.
pub fn close(vm: &Vm, depth: u32, level: u32) {
    prune(vm, depth);
    while let Some(t) = first(vm).and_then(|t| t.get::<TracebackObj>(vm))
        && t.depth.get() == depth
        && t.level.get() >= level
    {
        pop(vm);
    }
}

/// The same by an exception that a handler with its slots here catches: theirs are contexts of that exception, or
/// it is one of them, so they stay for as long as that handler runs.
pub fn sink(vm: &Vm, depth: u32, level: u32) {
    prune(vm, depth);
    let mut at = first(vm);
    while let Some(t) = at.and_then(|t| t.get::<TracebackObj>(vm))
        && t.depth.get() == depth
        && t.level.get() > level
    {
        t.level.set(level);
        at = t.pending.get();
    }
}

/// A native handler of the frame at this depth, of this code, begins; `t` is its line, if that is the last one
/// of the traceback and has no object yet.
pub fn push(vm: &Vm, t: Value, code: Value, depth: u32, level: u32) {
    prune(vm, depth);
    let Some(o) = t.get::<TracebackObj>(vm) else {
        return;
    };
    let named = o.frame.get().is_some_and(|f| f.is_kind(Kind::Frame));
    if named || o.depth.get() != 0 || o.code.get() != Some(code) {
        return;
    }
    o.depth.set(depth);
    o.level.set(level);
    o.pending.write(&vm.heap, first(vm));
    vm.jit.caught.write(&vm.heap, Some(t));
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
