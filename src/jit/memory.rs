//! The code memory of an engine: how much there is, whose turn it is to go, and when it is safe to free.
//!
//! A unit goes with its code object (`ExecTier::release`), or when another takes its place, or when
//! `Config::max_code` is reached: then the units entered longest ago are retired. Native frames of a
//! retired unit go on, so it is freed when none is left: when native code has come to its end, or earlier when
//! no word of the machine stacks is an address in it.
//!
//! Who calls a unit natively is not seen here. A unit that looks old is therefore first unlinked from the
//! cells through which it is called; the next call comes through the interpreter, which links it again.

use super::native::unit::{Unit, UnitKind};
use super::stats::JitStats;
use super::tier;
use crate::gc::{Heap, segments};
use crate::object::Tracer;
use crate::vm::Vm;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// Bytes of retired units that may wait before the stacks are looked through for them.
const WAITING: usize = 256 << 10;

/// Units on the shelf, at most.
const SHELF: usize = 16;

/// Bytes of an engine's units, freed ones not among them.
#[derive(Clone, Default)]
pub struct Tally(Rc<Cell<usize>>);
/// Bytes counted for as long as this lives.
pub struct Counted {
    tally: Tally,
    bytes: usize,
}
impl Tally {
    /// Counts them.
    pub fn count(&self, bytes: usize) -> Counted {
        self.0.set(self.0.get() + bytes);
        Counted {
            tally: self.clone(),
            bytes,
        }
    }
    pub fn get(&self) -> usize {
        self.0.get()
    }
}
impl Counted {
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}
impl Drop for Counted {
    fn drop(&mut self) {
        self.tally.0.set(self.tally.0.get() - self.bytes);
    }
}

/// Calls what it is given with each word of the machine stacks.
type EachWord<'a> = dyn FnMut(&mut dyn FnMut(usize)) + 'a;

/// Every unit of an engine.
#[derive(Default)]
pub struct Units {
    /// For finding the unit of an address.
    all: RefCell<Vec<Weak<Unit>>>,
    /// Those of `all` that are dead are dropped when it has become this long.
    tidy_at: Cell<usize>,
    /// Replaced units that may still have native frames; looked through at this many bytes.
    retired: RefCell<Vec<Rc<Unit>>>,
    sweep_at: Cell<usize>,
    /// Units that went because a name got another value, the newest last: it may get this one back (`tier::revive`).
    /// No collector sees what they embed; each collection clears the shelf first.
    shelf: RefCell<Vec<Rc<Unit>>>,
    /// Activations of native code.
    pub nesting: Cell<u32>,
    /// A loop's unit was left by a jump back to this instruction, the header of a loop around it.
    pub outward: Cell<Option<u32>>,
    /// Entries from the interpreter so far: the clock of `Unit::used`.
    clock: Cell<u64>,
    pub tally: Tally,
}

/// Whether there is room for a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Room {
    Yes,
    /// Not while what runs now runs.
    Later,
    /// It is larger than all that may be.
    Never,
}

/// Gives back a unit's bytes; its memory goes with the last reference.
pub fn free(heap: &Heap, u: Rc<Unit>) {
    heap.unaccount(u.bytes());
    drop(u);
}

impl Units {
    pub fn trace(&self, t: &mut Tracer<'_>) {
        for u in &*self.retired.borrow() {
            u.trace(t);
        }
    }
    /// The living ones.
    pub fn living(&self) -> Vec<Rc<Unit>> {
        let all = self.all.borrow();
        all.iter().filter_map(Weak::upgrade).collect()
    }
    /// A new one.
    pub fn add(&self, u: &Rc<Unit>) {
        self.used(u);
        let mut all = self.all.borrow_mut();
        if all.len() >= self.tidy_at.get() {
            all.retain(|u| u.strong_count() > 0);
            self.tidy_at.set(64 + 2 * all.len());
        }
        all.push(Rc::downgrade(u));
    }
    /// It is being entered from the interpreter. Whether its callers have lost sight of it.
    pub fn used(&self, u: &Unit) -> bool {
        let now = self.clock.get() + 1;
        self.clock.set(now);
        u.used.set(now);
        u.unlinked.replace(false)
    }
    /// It is out of service.
    pub fn retire(&self, u: Rc<Unit>) {
        self.retired.borrow_mut().push(u);
    }
    /// It is out of service, but may come back.
    pub fn shelve(&self, u: Rc<Unit>) {
        let mut shelf = self.shelf.borrow_mut();
        shelf.push(u);
        if shelf.len() > SHELF {
            self.retire(shelf.remove(0));
        }
    }
    /// The newest of those on the shelf that fits.
    pub fn unshelve(&self, fits: impl FnMut(&Rc<Unit>) -> bool) -> Option<Rc<Unit>> {
        let mut shelf = self.shelf.borrow_mut();
        let at = shelf.iter().rposition(fits)?;
        Some(shelf.remove(at))
    }
    /// Native code has come to its end: nothing runs in any unit.
    #[inline(always)]
    pub fn drop_retired(&self, heap: &Heap) {
        if !self.retired.borrow().is_empty() {
            self.drop_some(heap);
        }
    }
    #[cold]
    fn drop_some(&self, heap: &Heap) {
        for u in std::mem::take(&mut *self.retired.borrow_mut()) {
            free(heap, u);
        }
    }

    /// Units sorted by address, each with whether one of these words is a return address in it.
    fn running(&self, words: &mut EachWord<'_>) -> Vec<(usize, usize, Rc<Unit>, bool)> {
        let mut live: Vec<(usize, usize, Rc<Unit>, bool)> = self
            .living()
            .into_iter()
            .map(|u| (u.range().0, u.range().1, u, false))
            .collect();
        if live.is_empty() || self.nesting.get() == 0 {
            return live;
        }
        live.sort_by_key(|l| l.0);
        let low = live[0].0;
        let high = live.last().map_or(0, |l| l.0 + l.1);
        words(&mut |w| {
            if w < low || w >= high {
                return;
            }
            let i = live.partition_point(|l| l.0 <= w);
            if let Some(l) = i.checked_sub(1).and_then(|i| live.get_mut(i))
                && w < l.0 + l.1
            {
                l.3 = true;
            }
        });
        live
    }

    /// Shows what the units embed that have native frames: a frame may be all that keeps their code
    /// object alive.
    pub fn trace_running(&self, words: &mut EachWord<'_>, t: &mut Tracer<'_>) {
        for l in self.running(words).iter().filter(|l| l.3) {
            l.2.trace(t);
        }
    }
}

/// The units that have a native frame: addresses alone, a reference would keep each of them.
fn running(vm: &Vm) -> Vec<*const Unit> {
    let words = &mut |f: &mut dyn FnMut(usize)| segments::each_word(&vm.segments, f);
    let all = vm.jit.units.running(words);
    let mut found = Vec::new();
    found.extend(all.iter().filter(|l| l.3).map(|l| Rc::as_ptr(&l.2)));
    found
}

/// None that went comes back.
pub fn clear_shelf(vm: &Vm) {
    let units = &vm.jit.units;
    let all = std::mem::take(&mut *units.shelf.borrow_mut());
    if !all.is_empty() {
        units.retired.borrow_mut().extend(all);
        sweep(vm);
    }
}

/// Frees the retired units that have no native frame. Who runs now has one, or holds a reference.
fn sweep(vm: &Vm) {
    let units = &vm.jit.units;
    let running = running(vm);
    let (stay, go) = std::mem::take(&mut *units.retired.borrow_mut())
        .into_iter()
        .partition(|u| running.contains(&Rc::as_ptr(u)) || Rc::strong_count(u) > 1);
    *units.retired.borrow_mut() = stay;
    for u in go {
        free(&vm.heap, u);
    }
    units.sweep_at.set(WAITING + 2 * waiting(units));
}

/// Bytes of retired units.
fn waiting(units: &Units) -> usize {
    units.retired.borrow().iter().map(|u| u.bytes()).sum()
}

/// Sees to it that there is room for a unit of so many bytes.
pub fn room(vm: &Vm, bytes: usize) -> Room {
    let (units, max) = (&vm.jit.units, vm.config.max_code);
    if waiting(units) > units.sweep_at.get().max(WAITING) {
        sweep(vm);
    }
    if units.tally.get().saturating_add(bytes) <= max {
        return Room::Yes;
    }
    if bytes > max {
        return Room::Never;
    }
    clear_shelf(vm);
    sweep(vm);
    // More than is needed now, so that the next unit finds room, too.
    let aim = (max - max / 8).saturating_sub(bytes);
    // What waits now runs still: it makes no room, and nor would another unit that runs.
    let (stays, running) = (waiting(units), running(vm));
    let mut old: Vec<Rc<Unit>> = units.living();
    old.retain(|u| !u.retired.get() && !running.contains(&Rc::as_ptr(u)));
    old.sort_by_key(|u| u.used.get());
    for doubted in [false, true] {
        let mut left = units.tally.get() - (waiting(units) - stays);
        for u in &old {
            if left <= aim {
                break;
            }
            if u.retired.get() {
                continue;
            }
            if !doubted && u.kind == UnitKind::Function && !u.unlinked.get() && tier::unlink(u) {
                u.unlinked.set(true);
                continue;
            }
            left = left.saturating_sub(u.bytes());
            JitStats::bump(&vm.jit.stats.evicted);
            tier::evict(vm, u);
        }
    }
    drop(old);
    sweep(vm);
    match units.tally.get().saturating_add(bytes) <= max {
        true => Room::Yes,
        false => Room::Later,
    }
}
