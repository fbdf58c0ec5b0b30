//! Who takes the items that a generator yields while it runs natively: `sum`, `list`, `any` … of a generator
//! expression. As long as an item can be taken quietly (`protocol::iter::Taker`) the generator is not suspended
//! for it: native code gives it away and goes on.

use crate::interp::frame::FramePtr;
use crate::jit::stats::JitStats;
use crate::object::{Gc, Value};
use crate::protocol::iter::Taker;
use crate::types::generator::value::GenObj;
use crate::vm::Vm;
use std::cell::Cell;
use std::rc::Rc;

type Take = unsafe fn(usize, &Vm, Value) -> bool;

/// Which generator's items are taken now, and by whom.
#[repr(C)]
#[derive(Default)]
pub struct Taking {
    /// Address of the slots of its frame, or 0. Native code compares it with its own.
    slots: Cell<usize>,
    /// Address of the taker, and what gives it an item.
    taker: Cell<usize>,
    take: Cell<Option<Take>>,
}

impl Taking {
    fn set(&self, to: (usize, usize, Option<Take>)) {
        self.slots.set(to.0);
        self.taker.set(to.1);
        self.take.set(to.2);
    }
}

/// When this is gone, however that comes about, who took before takes again: it waits below.
struct Armed {
    now: Rc<Taking>,
    before: (usize, usize, Option<Take>),
}
impl Drop for Armed {
    fn drop(&mut self) {
        self.now.set(self.before);
    }
}

/// Gives an item to the taker of type `T` at an address.
///
/// # Safety
/// There is one, and nobody else uses it.
unsafe fn take<T: Taker>(taker: usize, vm: &Vm, x: Value) -> bool {
    // SAFETY: the contract.
    unsafe { (*(taker as *mut T)).take_quietly(vm, x) }
}

/// See `tier::giving_to`.
pub fn giving_to<T: Taker, R>(
    vm: &mut Vm,
    g: Gc<GenObj>,
    taker: &mut T,
    f: impl FnOnce(&mut Vm) -> R,
) -> R {
    let now = vm.jit.taking.clone();
    let before = (now.slots.get(), now.taker.get(), now.take.get());
    now.set((
        FramePtr::of(g).slots_ptr() as usize,
        std::ptr::from_mut(taker) as usize,
        Some(take::<T>),
    ));
    let armed = Armed { now, before };
    let r = f(vm);
    drop(armed);
    std::hint::black_box(taker);
    r
}

/// The helper `TakeItem`: native code calls it in the generator that is noted. Whatever the interpreter would look
/// at between two items asks for the way through it.
pub(super) fn take_item(vm: &mut Vm, x: Value) -> u64 {
    let t = &vm.jit.taking;
    let (taker, Some(take)) = (t.taker.get(), t.take.get()) else {
        return 0;
    };
    let held = vm.watched.get() || vm.limit.is_pending() || vm.jit.broken.get();
    // One unit for the item, one for going on.
    if held || vm.fuel.left() < 2 {
        return 0;
    }
    // SAFETY: the generator runs, so `giving_to`, which resumed it, waits with the taker that it noted: another
    // generator's would be noted with that one's slots.
    if !unsafe { take(taker, vm, x) } {
        return 0;
    }
    let burnt = vm.fuel.burn(2);
    debug_assert!(burnt);
    JitStats::bump(&vm.jit.stats.resumes);
    JitStats::bump(&vm.jit.stats.given);
    1
}
