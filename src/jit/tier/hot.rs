//! A call from Rust of a function that has a unit: what `on_frame` and `run` do between them, without the ways
//! there. Builtins and helpers that call back (a sort's key, `map`, a callee that native code does not know) come here.

use super::native::{go_in, nested};
use super::{Enter, outcome};
use crate::gc::segments::is_stopped;
use crate::interp::frame::FramePtr;
use crate::interp::{drive, frames, wish};
use crate::jit::counts;
use crate::jit::deopt::reify::boxed;
use crate::jit::lower::status;
use crate::jit::native::call_open;
use crate::jit::runtime::Pair;
use crate::jit::show;
use crate::jit::stats::JitStats;
use crate::object::{Gc, Value};
use crate::types::exception::ops as exceptions;
use crate::types::exception::value::{ExceptionObj, TracebackObj};
use crate::types::frame::value::FrameObj;
use crate::types::function::value::FunctionObj;
use crate::vm::{JitMode, Raised, Vm};

/// Runs a frame that was just pushed and bound; none: nothing was done, and the general way is to be taken. It is
/// not popped, and the depth is to be set to what it was.
#[inline]
pub(super) fn run(vm: &mut Vm, f: FramePtr) -> Option<Enter> {
    let made = &f.exec().tier.made;
    let depth = vm.depth.get() + 1;
    let counted = counts(vm);
    if vm.config.jit == JitMode::Off
        || vm.watched.get()
        || is_stopped(vm)
        || depth > vm.recursion_limit.get()
        || made.blind.get()
        // Native frames that wait rely on what has changed (`watch`): the general way sees to them first.
        || vm.jit.broken.get()
        || vm.jit.armed.get() != counted
    {
        return None;
    }
    let (entry, ret) = {
        let unit = made.unit.borrow();
        let u = unit.as_ref()?;
        if u.draft().is_some() || u.globals != f.globals() || u.namespace != f.locals() {
            return None;
        }
        let entry = u.body.get()?.frame;
        if vm.jit.units.used(u) {
            made.point_cells();
        }
        (entry, u.sig.ret)
    };
    // Native code that counts burns the frame's fuel itself.
    if counted && vm.fuel.left() <= 0 {
        return None;
    }
    if !counted && let Err(r) = vm.burn(1) {
        return Some(Enter::Done(Err(r)));
    }
    vm.depth.set(depth);
    let p = go_in(vm, entry, f, depth);
    if p.status == status::MISMATCH {
        vm.depth.set(depth - 1);
        if !counted {
            vm.fuel.set(vm.fuel.get() - 1);
        }
        return None;
    }
    JitStats::bump(&vm.jit.stats.entries);
    if p.status == status::OK
        && let Some(v) = boxed(vm, ret, p.payload)
    {
        vm.jit.collect_again.set(false);
        return Some(Enter::Done(Ok(v)));
    }
    Some(outcome(vm, f, ret, depth, p))
}

/// Calls a function through its open entry, which takes so many arguments: there is no frame. None: nothing was done.
/// Not built into its callers, whose frames on the machine stack would be larger then, with words in them that nobody
/// has written for long: what those name is kept.
#[inline(never)]
pub(super) fn call(
    vm: &mut Vm,
    func: Gc<FunctionObj>,
    args: &[Value],
    entry: usize,
) -> Option<Result<Value, Raised>> {
    let below = vm.stack.top_frame();
    let depth = vm.depth.get() + 1;
    let counted = counts(vm);
    if vm.watched.get()
        || is_stopped(vm)
        || depth > vm.recursion_limit.get()
        // See `run`.
        || vm.jit.broken.get()
        || vm.jit.armed.get() != counted
    {
        return None;
    }
    // Native code that counts burns the call's fuel itself, and the general way does, to which an entry goes that
    // the arguments do not fit.
    if counted && vm.fuel.left() <= 0 {
        return None;
    }
    vm.depth.set(depth);
    let at = (below, depth);
    let function = func.value().bits();
    let (p, collects) = nested(vm, |vm| call_open(vm, entry, function, args, at));
    JitStats::bump(&vm.jit.stats.entries);
    if p.status == status::OK
        && let Some(v) = Value::from_bits(p.payload)
        && !collects
    {
        vm.depth.set(depth - 1);
        return Some(Ok(v));
    }
    Some(ended(vm, below, depth, p, collects))
}

/// How a call ended that did not simply return. Built into its caller: a frame of its own would lie where native
/// frames were, and show the collector what is left of them.
#[inline(always)]
fn ended(
    vm: &mut Vm,
    below: Option<FramePtr>,
    depth: u32,
    p: Pair,
    collects: bool,
) -> Result<Value, Raised> {
    let mut collected = Ok(());
    if collects
        && !matches!(
            p.status,
            status::RAISED | status::THROWN | status::TERMINATE
        )
    {
        collected = wish::collect_all(vm, false);
    }
    let r = match (p.status, Value::from_bits(p.payload)) {
        (status::UNWIND | status::THROW, _) => {
            let thrown = match collected {
                Err(r) => Some(r),
                Ok(()) => (p.status == status::THROW).then(|| vm.raised()),
            };
            // The frames that left are on the VM stack.
            let outer = FramePtr::from_address(p.payload as usize);
            let r = drive::resume(vm, outer, thrown);
            vm.pop_frame(outer);
            r
        }
        (status::OK | status::BOXED, Some(v)) => collected.map(|()| v),
        _raised => Err(vm.raised()),
    };
    vm.depth.set(depth - 1);
    if let Some(caller) = below
        && r.is_err()
        && !vm.is_terminating()
    {
        called_by(vm, caller);
    }
    r
}

/// The frame that an exception has just left, if it never was on the VM stack, learns who called it, if that is the
/// interpreter: the exception may go no further.
#[cold]
#[inline(never)]
fn called_by(vm: &mut Vm, caller: FramePtr) {
    let exc = vm.exc.get();
    let line = exc.and_then(|e| e.get::<ExceptionObj>(vm)?.traceback.get());
    let frame = |vm: &Vm| line?.get::<TracebackObj>(vm)?.frame.get();
    let of = frame(vm).and_then(|f| f.get::<FrameObj>(vm).map(|o| o.orphan.get()));
    if of == Some(true)
        && !show::calls_natively(vm, caller)
        && let Ok(caller) = frames::object_of(vm, caller)
    {
        exceptions::link_called(vm, line, caller.value());
    }
}
