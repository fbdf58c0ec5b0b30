//! A call from Rust of a function that has a unit: what `on_frame` and `run` do between them, without the ways
//! there. Builtins and helpers that call back (a sort's key, `map`, a callee that native code does not know) come here.

use super::native::go_in;
use super::{Enter, outcome};
use crate::gc::segments::stack_is_low;
use crate::interp::frame::FramePtr;
use crate::jit::counts;
use crate::jit::deopt::reify::boxed;
use crate::jit::lower::status;
use crate::jit::stats::JitStats;
use crate::vm::{JitMode, Vm};

/// Runs a frame that was just pushed and bound; none: nothing was done, and the general way is to be taken. It is
/// not popped, and the depth is to be set to what it was.
#[inline]
pub(super) fn run(vm: &mut Vm, f: FramePtr) -> Option<Enter> {
    let made = &f.exec().tier.made;
    let depth = vm.depth.get() + 1;
    let counted = counts(vm);
    if vm.config.jit == JitMode::Off
        || vm.watched.get()
        || vm.limit.is_pending()
        || stack_is_low(vm)
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
