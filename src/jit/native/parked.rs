//! Going on with a generator that native code has suspended, for the runtime: what native code does itself
//! (`lower::generator`), without the general way through the interpreter's hooks.

use super::callout::{Activation, enter};
use super::unit::ResumeCell;
use crate::gc::segments::stack_is_low;
use crate::interp::frame::FramePtr;
use crate::interp::generator::{self, Given};
use crate::jit::lower::{RESUME_ROOM, status};
use crate::jit::ssa::types::Ty;
use crate::jit::stats::JitStats;
use crate::jit::{counts, tier};
use crate::object::{Gc, Value};
use crate::types::generator::value::{GenObj, State};
use crate::vm::{Raised, Vm};

/// Goes on with `sent`; none: nothing was done, and the general way is to be taken. `GenObj::native` is not 0.
#[inline]
pub fn resume(vm: &mut Vm, g: Gc<GenObj>, sent: Value) -> Option<Result<Given, Raised>> {
    let f = FramePtr::of(g);
    let o = g.get(vm);
    let created = o.state.get() == State::Created;
    let suspended = match o.state.get() {
        State::Suspended | State::Delegating => true,
        State::Created => sent.is_none(),
        State::Running | State::Finished => false,
    };
    let held = vm.watched.get() || vm.limit.is_pending() || stack_is_low(vm) || vm.jit.broken.get();
    if !suspended || held || f.object().is_some() {
        return None;
    }
    // SAFETY: the cell belongs to the code object, which the generator keeps.
    let cell = unsafe { &*(o.native.get() as *const ResumeCell) };
    let entry = cell.entry.get();
    let depth = vm.depth.get() + 1;
    if entry == 0
        || cell.globals.get() != f.globals().bits()
        || depth + RESUME_ROOM >= vm.recursion_limit.get()
        || vm.jit.armed.get() != counts(vm)
    {
        return None;
    }
    if let Err(r) = vm.burn(1) {
        return Some(Err(r));
    }
    JitStats::bump(&vm.jit.stats.resumes);
    vm.depth.set(depth);
    let o = g.get(vm);
    o.state.set(State::Running);
    o.native.set(0);
    o.outer.write(&vm.heap, vm.handled.get());
    vm.link_frame(f);
    if !created {
        f.push(sent);
    }
    let units = &vm.jit.units;
    let nesting = units.nesting.replace(units.nesting.get() + 1);
    let before = vm.segments.enter_native();
    let a = Activation::of(vm, f, depth);
    a.begin(vm);
    std::hint::black_box(std::ptr::from_mut(vm));
    // SAFETY: the cell leads to an entry for frames of this code at this place; a unit with a native frame is not
    // freed.
    let p = unsafe { enter(f.slots_ptr(), depth as u64, entry, &a) };
    std::hint::black_box(std::ptr::from_mut(vm));
    a.end(vm);
    vm.segments.leave_native(before);
    vm.jit.units.nesting.set(nesting);
    if nesting == 0 {
        vm.jit.units.drop_retired(&vm.heap);
        crate::jit::deopt::caught::clear(vm);
    }
    match (p.status, Value::from_bits(p.payload)) {
        (status::PARKED, Some(v)) => {
            vm.depth.set(depth - 1);
            let o = g.get(vm);
            vm.handled.write(&vm.heap, o.outer.get());
            o.outer.write(&vm.heap, None);
            vm.unlink_frame(f);
            Some(Ok(Given::Yield(v)))
        }
        _ => {
            let went = tier::outcome(vm, f, Ty::Val, depth, p);
            Some(generator::went_on(vm, g, depth - 1, went))
        }
    }
}
