//! Exceptions that native code has caught: the line that the catching frame has in the traceback names a frame
//! that nobody has looked at. When the frame comes to the VM stack, or dies of another exception, the line gets its
//! object.
//!
//! The lines are chained from `State::caught` through `TracebackObj::pending`, that of the innermost frame
//! first, in it that of the innermost handler. A handler puts its line in and, when it ends, however that
//! comes about, takes it out: then the frame's variables are lost to who asks the line for them later.
//!
//! Where somebody may ask (`tier::want_frames`), the line gets an object at once, one for all that the
//! frame catches. The object is what is chained, until the frame ends: it does not return natively (the
//! op `guard_uncaught`), so its variables and its caller are as the interpreter leaves them.

use crate::interp::frame::FramePtr;
use crate::interp::frames;
use crate::jit::native::callout::Activation;
use crate::jit::native::unit::Unit;
use crate::object::{Gc, Kind, Slot, Value};
use crate::types::exception::value::TracebackObj;
use crate::types::frame::ops::Of;
use crate::types::frame::value::{FrameObj, State};
use crate::vm::Vm;
use std::cell::Cell;

fn first(vm: &Vm) -> Option<Value> {
    vm.jit.caught.get()
}
/// The chain's fields in a line or an object.
fn fields(vm: &Vm, v: Value) -> Option<(&Slot, &Cell<u32>)> {
    match v.get::<TracebackObj>(vm) {
        Some(t) => Some((&t.pending, &t.depth)),
        None => v.get::<FrameObj>(vm).map(|f| (&f.pending, &f.depth)),
    }
}
fn depth_of(vm: &Vm, v: Value) -> u32 {
    fields(vm, v).map_or(0, |(_, d)| d.get())
}

/// Puts one in.
fn put(vm: &Vm, v: Value, depth: u32) {
    if let Some((pending, d)) = fields(vm, v) {
        pending.write(&vm.heap, first(vm));
        d.set(depth);
        vm.jit.caught.write(&vm.heap, Some(v));
        vm.jit.caught_depth.set(depth as u64);
    }
}

/// Takes the first one out.
fn pop(vm: &Vm) {
    if let Some(v) = first(vm) {
        let mut next = None;
        if let Some((pending, depth)) = fields(vm, v) {
            next = pending.get();
            pending.write(&vm.heap, None);
            depth.set(0);
        }
        vm.jit.caught.write(&vm.heap, next);
        let depth = next.map_or(0, |v| depth_of(vm, v));
        vm.jit.caught_depth.set(depth as u64);
    }
}

/// No native code runs.
#[inline]
pub fn clear(vm: &Vm) {
    if first(vm).is_none() {
        return;
    }
    vm.jit.caught.write(&vm.heap, None);
    vm.jit.caught_depth.set(0);
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

/// A native handler of the frame at this depth, of this code of the unit, begins; `t` is its line, if that is the
/// last one of the traceback and has no object yet.
pub fn push(vm: &Vm, unit: &Unit, t: Value, code: Value, depth: u32, level: u32) {
    prune(vm, depth);
    let Some(o) = t.get::<TracebackObj>(vm) else {
        return;
    };
    let named = o.frame.get().is_some_and(|f| f.is_kind(Kind::Frame));
    if named || o.depth.get() != 0 || o.code.get() != Some(code) {
        return;
    }
    if !unit.frames {
        o.level.set(level);
        return put(vm, t, depth);
    }
    if let Some(f) = object(vm, unit, code, depth) {
        frames::give(vm, t, f);
    }
}

/// The object of the native frame at this depth, which is chained until the frame ends. Not for want of
/// memory.
fn object(vm: &Vm, unit: &Unit, code: Value, depth: u32) -> Option<Value> {
    if let Some(f) = first(vm).filter(|f| f.is_kind(Kind::Frame) && depth_of(vm, *f) == depth) {
        return Some(f);
    }
    let entered = Activation::current(vm).filter(|a| a.depth == depth && !a.shown.get());
    let made = match entered.and_then(Activation::own) {
        Some(f) => frames::object_of(vm, f),
        None => {
            let of = Of {
                code,
                globals: unit.globals,
                locals: None,
            };
            frames::left(vm, of, 0)
        }
    };
    let o = made.ok()?;
    // Its caller is not known by what the exception does next: it goes on.
    o.get(vm).orphan.set(false);
    put(vm, o.value(), depth);
    Some(o.value())
}

/// The object that the frame at this depth, which ends by an exception and is not on the VM stack, has: taken
/// out.
pub fn own(vm: &Vm, depth: u32) -> Option<Gc<FrameObj>> {
    prune(vm, depth);
    let f = first(vm).filter(|f| depth_of(vm, *f) == depth)?;
    let f = f.cast::<FrameObj>()?;
    pop(vm);
    (f.get(vm).state.get() == State::Dead).then_some(f)
}

/// The frame at this depth has this object now.
pub fn bind(vm: &Vm, depth: u32, object: Value) {
    prune(vm, depth);
    while let Some(t) = first(vm)
        && depth_of(vm, t) == depth
    {
        if t.is_kind(Kind::Traceback) {
            frames::give(vm, t, object);
        }
        pop(vm);
    }
}

/// The `n` topmost frames of the VM stack, the innermost at this depth, were native.
pub fn bind_frames(vm: &Vm, depth: u32, n: u32) {
    let mut at = vm.stack.top_frame();
    for i in 0..n {
        let (Some(f), Some(_)) = (at, first(vm)) else {
            return;
        };
        bind_frame(vm, depth - i, f);
        at = f.prev();
    }
}

/// This frame, at this depth, was native.
pub fn bind_frame(vm: &Vm, depth: u32, f: FramePtr) {
    prune(vm, depth);
    let Some(t) = first(vm).filter(|t| depth_of(vm, *t) == depth) else {
        return;
    };
    if let Some(o) = t.cast::<FrameObj>() {
        frames::attach(vm, o, f);
    }
    if let Ok(o) = frames::object_of(vm, f) {
        bind(vm, depth, o.value());
    }
}
