//! Who takes the items that a generator yields while it runs natively: `sum`, `list`, `any` … of a generator
//! expression. As long as an item can be taken quietly (`protocol::iter::Taker`) the generator is not suspended
//! for it: native code gives it away and goes on.

use crate::interp::frame::FramePtr;
use crate::jit::stats::JitStats;
use crate::object::{Gc, Value};
use crate::protocol::iter::{Running, Taker};
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
    /// Addresses of its total, if it adds floats or ints; or 0.
    float: Cell<usize>,
    int: Cell<usize>,
    /// Address of the taker, and what gives it an item.
    taker: Cell<usize>,
    take: Cell<Option<Take>>,
}

/// Where native code finds the totals, from the slots' address on.
pub const FLOAT: i32 = std::mem::offset_of!(Taking, float) as i32;
pub const INT: i32 = std::mem::offset_of!(Taking, int) as i32;

/// The words of a [`Taking`].
#[derive(Clone, Copy)]
struct Who {
    slots: usize,
    running: Running,
    taker: usize,
    take: Option<Take>,
}

impl Taking {
    fn get(&self) -> Who {
        Who {
            slots: self.slots.get(),
            running: match (self.float.get(), self.int.get()) {
                (0, 0) => Running::None,
                (0, int) => Running::Int(int),
                (float, _) => Running::Float(float),
            },
            taker: self.taker.get(),
            take: self.take.get(),
        }
    }
    fn set(&self, to: Who) {
        let (float, int) = match to.running {
            Running::None => (0, 0),
            Running::Float(at) => (at, 0),
            Running::Int(at) => (0, at),
        };
        self.slots.set(to.slots);
        self.float.set(float);
        self.int.set(int);
        self.taker.set(to.taker);
        self.take.set(to.take);
    }
}

/// When this is gone, however that comes about, who took before takes again: it waits below.
struct Armed {
    now: Rc<Taking>,
    before: Who,
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

/// See `tier::giving_to`. Who takes is noted by the order of nesting: `f` ends before any that waits below it. A call
/// that pauses in `f`, on a stack of its own, keeps to that, because its engine runs nothing else until it goes on or
/// is dropped.
pub fn giving_to<T: Taker, R>(
    vm: &mut Vm,
    g: Gc<GenObj>,
    taker: &mut T,
    f: impl FnOnce(&mut Vm) -> R,
) -> R {
    let now = vm.jit.taking.clone();
    let before = now.get();
    now.set(Who {
        slots: FramePtr::of(g).slots_ptr() as usize,
        running: taker.running(),
        taker: std::ptr::from_mut(taker) as usize,
        take: Some(take::<T>),
    });
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
