//! Units: when one is made, entered, thrown away and made anew.

use super::make::{cells, compile, holds};
use super::{Enter, ExecTier};
use crate::code::opcode::Opcode;
use crate::gc::Heap;
use crate::interp::executable::Executable;
use crate::interp::feedback;
use crate::interp::frame::FramePtr;
use crate::interp::frames;
use crate::jit::build::{Start, turns};
use crate::jit::deopt::caught;
use crate::jit::deopt::reason::{Policy, Reason};
use crate::jit::deopt::reify::{boxed, int_of};
use crate::jit::lower::status;
use crate::jit::memory::{clear_shelf, free};
use crate::jit::native::unit::{EntryCell, ResumeCell, Unit, UnitKind};
use crate::jit::native::{call_frame, exec_of_word};
use crate::jit::runtime::Pair;
use crate::jit::ssa::func::Sig;
use crate::jit::ssa::types::Ty;
use crate::jit::stats::{Declined, JitStats};
use crate::jit::{available, turn, watch};
use crate::object::{Tracer, Value};
use crate::types::generator::value::State;
use crate::vm::{JitMode, Raised, Vm};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

const HOT_CALLS: i32 = 100;
const HOT_EDGES: i32 = 1000;
const HOT_RESUMES: u32 = 200;
/// Back edges of a loop around one that is compiled.
const HOT_OUTER: u32 = 2;
/// Calls and back edges that a retired unit's code object gathers feedback for.
const AGAIN_CALLS: i32 = 30;
const AGAIN_EDGES: i32 = 200;
/// Losses after which a unit is made anew with what the interpreter has seen since, and units
/// after which the bet is not made any more.
const LOST: u32 = 8;
const BURNT: u32 = 2;
/// Calls through an empty entry cell after which its users are made anew.
const STALE: u32 = 500;
/// Units of one code object, and four more for each of its loops.
pub(super) const MAX_COMPILES: u32 = 24;
/// Units of one code object after which what was lost once is not bet again.
const SETTLE: u32 = 8;
/// What a draft runs for, and how often it is entered, before it is replaced.
const DRAFT_RUNS: Duration = Duration::from_micros(3000);
const DRAFT_ENTRIES: u32 = 200;
/// A unit that was in service for less, when what it relied on changed, is not kept for when that comes back: what
/// changes more often is better not relied on.
const SERVED: Duration = Duration::from_millis(1);
/// Compiling may take one part in this many of the time since it began.
const SHARE: u32 = 4;

/// The units of one code object.
#[derive(Default)]
pub(super) struct Made {
    /// The function's unit.
    pub(super) unit: RefCell<Option<Rc<Unit>>>,
    pub(super) loops: RefCell<Vec<LoopTier>>,
    /// Entry cells that callers hold.
    pub(super) cells: RefCell<Vec<Rc<EntryCell>>>,
    /// The open entry of the function's unit, for whoever calls it; 0: there is none now. Native code reads it.
    pub(super) open: Cell<usize>,
    /// Those of the places where a generator goes on: suspended ones hold them.
    pub(super) resumes: RefCell<Vec<Rc<ResumeCell>>>,
    /// The units that are entered there.
    pub(super) hot: RefCell<Vec<(u32, Rc<Unit>)>>,
    pub(super) lost: RefCell<Vec<Lost>>,
    /// Units made, those that went for no fault of theirs not counted; and those evicted.
    pub(super) compiles: Cell<u32>,
    pub(super) evicted: Cell<u32>,
    pub(super) declined: Cell<bool>,
    /// The countdown has run: it starts at 0.
    pub(super) warmed: Cell<bool>,
    /// `always`: the first unit, made without feedback, has been entered.
    pub(super) blind: Cell<bool>,
    /// No drafts any more.
    pub(super) mature: Cell<bool>,
    /// The function's unit was put on the shelf: to be looked for there when it is called next.
    shelved: Cell<bool>,
}

/// A bet that was lost.
pub(super) struct Lost {
    pub(super) pc: u32,
    pub(super) reason: Reason,
    /// Since the last unit that was retired for it.
    pub(super) times: u32,
    /// Units retired for it.
    pub(super) units: u32,
}

/// A loop, or an instruction where a generator goes on.
pub(super) struct LoopTier {
    pub(super) pc: u32,
    pub(super) resumes: bool,
    /// The first unit, made without feedback, has been entered, or is about to be.
    pub(super) blind: bool,
    /// Back edges seen, and how many there must be.
    pub(super) edges: u32,
    pub(super) wait: u32,
    pub(super) declined: bool,
    /// As `Made::shelved`.
    pub(super) shelved: bool,
    pub(super) unit: Option<Rc<Unit>>,
}

impl LoopTier {
    /// Whether units of this kind are for this place.
    pub(super) fn is(&self, kind: UnitKind) -> bool {
        match kind {
            UnitKind::Function => false,
            UnitKind::Loop(pc) => !self.resumes && self.pc == pc,
            UnitKind::Resume(pc) => self.resumes && self.pc == pc,
        }
    }
}

pub(super) fn kind(start: Start<'_>) -> UnitKind {
    match start {
        Start::Function => UnitKind::Function,
        Start::Loop { pc, .. } => UnitKind::Loop(pc),
        Start::Resume { pc } => UnitKind::Resume(pc),
    }
}

impl Made {
    pub(super) fn trace(&self, t: &mut Tracer<'_>) {
        if let Some(u) = &*self.unit.borrow() {
            u.trace(t);
        }
        for l in &*self.loops.borrow() {
            if let Some(u) = &l.unit {
                u.trace(t);
            }
        }
    }
    pub(super) fn release(&mut self, heap: &Heap) {
        for c in self.cells.get_mut().drain(..) {
            c.addr.set(0);
        }
        self.open.set(0);
        for c in &*self.resumes.borrow() {
            c.entry.set(0);
        }
        self.hot.get_mut().clear();
        let loops = self.loops.get_mut().drain(..).filter_map(|l| l.unit);
        for u in loops.chain(self.unit.get_mut().take()) {
            free(heap, u);
        }
    }
    pub(super) fn is_burnt(&self, pc: u32, r: Reason) -> bool {
        let lost = self.lost.borrow();
        let settle = self.compiles.get() > SETTLE;
        let enough = match r.policy() {
            Policy::Raises => 1,
            Policy::Recompile | Policy::Interpret => BURNT,
        };
        // A place where one bet was lost makes no other then: under stress it would lose them in turn.
        lost.iter()
            .any(|l| l.pc == pc && (settle || l.reason == r && l.units >= enough))
    }
    /// Counts a lost bet; whether the unit is to be made anew because of it.
    fn lose(&self, pc: u32, reason: Reason) -> bool {
        let mut lost = self.lost.borrow_mut();
        let at = match lost.iter().position(|l| l.pc == pc && l.reason == reason) {
            Some(i) => i,
            None => {
                lost.push(Lost {
                    pc,
                    reason,
                    times: 0,
                    units: 0,
                });
                lost.len() - 1
            }
        };
        let l = &mut lost[at];
        l.times += 1;
        if l.times < LOST {
            return false;
        }
        l.times = 0;
        l.units += 1;
        true
    }
    /// The unit is the one that is entered from now on.
    pub(super) fn serve(&self, unit: &Rc<Unit>) {
        match unit.kind {
            UnitKind::Function => {
                *self.unit.borrow_mut() = Some(unit.clone());
                self.point_cells();
            }
            UnitKind::Loop(_) | UnitKind::Resume(_) => {
                for l in self.loops.borrow_mut().iter_mut() {
                    if l.is(unit.kind) {
                        l.unit = Some(unit.clone());
                    }
                }
                self.point_resumes();
            }
        }
    }
    /// Whether the function's unit is a draft of this signature.
    fn is_draft(&self, sig: &Sig) -> bool {
        let unit = self.unit.borrow();
        unit.as_ref()
            .is_some_and(|u| u.sig == *sig && u.draft().is_some())
    }
    /// Points the cells of the places where a generator goes on at the units for them.
    pub(super) fn point_resumes(&self) {
        let loops = self.loops.borrow();
        let mut hot = self.hot.borrow_mut();
        hot.clear();
        for l in loops.iter().filter(|l| l.resumes && !l.blind) {
            hot.extend(l.unit.iter().map(|u| (l.pc, u.clone())));
        }
        for c in &*self.resumes.borrow() {
            let ours = loops.iter().find(|l| l.is(UnitKind::Resume(c.pc)));
            let unit = ours.filter(|l| !l.blind).and_then(|l| l.unit.as_ref());
            let entry = unit.and_then(|u| Some((u.body.get()?.frame, u.globals.bits())));
            let (entry, globals) = entry.unwrap_or((0, 0));
            c.globals.set(globals);
            c.entry.set(entry);
        }
    }
    /// Points the cells of the function's signature at its unit, the others at nothing.
    pub(super) fn point_cells(&self) {
        self.open.set(self.open_entry());
        let unit = self.unit.borrow();
        for c in &*self.cells.borrow() {
            let to = unit
                .as_ref()
                .filter(|u| u.sig == c.sig && u.draft().is_none())
                .and_then(|u| u.body.get());
            c.addr.set(to.map_or(0, |b| b.direct));
        }
    }
    /// The open entry that callers may use from now on.
    fn open_entry(&self) -> usize {
        let unit = self.unit.borrow();
        // The first unit of `always` is to be seen entered.
        let unit = unit.as_ref().filter(|_| !self.blind.get());
        let unit = unit.filter(|u| u.draft().is_none());
        unit.and_then(|u| u.body.get()).map_or(0, |b| b.open)
    }
}

/// Code that counts and code that does not are separate: all units go when that changes. False: there are frames of the
/// other sort, whose calls must find what they were made for.
fn rearm(vm: &mut Vm) -> bool {
    let counts = crate::jit::counts(vm);
    if vm.jit.armed.get() != counts {
        if vm.jit.units.nesting.get() != 0 {
            return false;
        }
        vm.jit.armed.set(counts);
        retire_all(vm);
    }
    true
}

/// What units were made for has changed.
pub fn retire_all(vm: &Vm) {
    for u in vm.jit.units.living().iter().filter(|u| !u.retired.get()) {
        retire_of(vm, u);
        no_bet_of(u);
    }
    clear_shelf(vm);
}

/// The units that rely on a function are made anew; those that rely on a cell wait for its value to come back.
pub fn unwatch(vm: &Vm, object: u64) {
    for u in vm.jit.units.living().iter().filter(|u| !u.retired.get()) {
        let watched = u.body.get().map_or(&[][..], |b| &b.watched);
        if watched.iter().any(|w| w.function == object) {
            retire_of(vm, u);
        } else if watched.iter().any(|w| w.cell == object) {
            shelve(vm, u);
        } else {
            continue;
        }
        no_bet_of(u);
    }
}

/// Takes a unit out of service because a name has got another value. Programs go to and fro between a few values: it is
/// kept, if it has served for long enough.
fn shelve(vm: &Vm, u: &Unit) {
    let Some((exec, own)) = in_service(u) else {
        return;
    };
    let (t, made) = (&exec.tier, &exec.tier.made);
    let served = eager(vm) || own.since.get().elapsed() >= SERVED;
    let kept = match own.kind {
        UnitKind::Function => served && !made.blind.get() && own.draft().is_none(),
        UnitKind::Loop(_) => served,
        UnitKind::Resume(_) => false,
    };
    if !kept {
        return retire(vm, t, &own);
    }
    if !take_out(vm, t, &own) {
        return;
    }
    match own.kind {
        UnitKind::Function => {
            made.shelved.set(true);
            t.calls.set(0);
        }
        UnitKind::Loop(_) | UnitKind::Resume(_) => {
            for l in made.loops.borrow_mut().iter_mut() {
                l.shelved |= l.is(own.kind);
            }
        }
    }
    vm.jit.units.shelve(own);
}

/// A unit for this place in this frame that was put on the shelf, if all that it relies on is again what it was then.
/// That it went was no loss: what came back may change as often as before.
pub(super) fn revive(vm: &Vm, f: FramePtr, kind: UnitKind) -> Option<Rc<Unit>> {
    let u = vm.jit.units.unshelve(|u| {
        let alike = u.kind == kind && u.owner == f.code();
        alike && u.globals == f.globals() && u.namespace == f.locals() && holds(vm, u)
    })?;
    for c in cells(vm, &u).filter(|c| !c.watched.replace(true)) {
        c.changed.set(c.changed.get().saturating_sub(1));
    }
    // `no_bet_of` took it away.
    let compiles = &f.exec().tier.made.compiles;
    compiles.set(compiles.get() + 1);
    u.retired.set(false);
    u.since.set(Instant::now());
    vm.jit.units.used(&u);
    f.exec().tier.made.serve(&u);
    JitStats::bump(&vm.jit.stats.revived);
    Some(u)
}

/// The unit went through no bet of its own: it does not count towards `MAX_COMPILES`.
fn no_bet_of(u: &Unit) {
    if let Some(exec) = exec_of_word(u.owner.bits()) {
        let n = &exec.tier.made.compiles;
        n.set(n.get().saturating_sub(1));
    }
}

/// Makes native callers ask the interpreter for this function; whether there may be any.
pub fn unlink(u: &Unit) -> bool {
    let Some(exec) = exec_of_word(u.owner.bits()) else {
        return false;
    };
    let cells = exec.tier.made.cells.borrow();
    for c in &*cells {
        c.addr.set(0);
    }
    exec.tier.made.open.replace(0) != 0 || !cells.is_empty()
}

/// The unit makes room for others. The more often that happens to a code object, the longer it waits
/// for the next.
pub fn evict(vm: &Vm, u: &Rc<Unit>) {
    let Some(exec) = exec_of_word(u.owner.bits()) else {
        return;
    };
    let t = &exec.tier;
    retire(vm, t, u);
    no_bet_of(u);
    let n = t.made.evicted.get();
    t.made.evicted.set(n + 1);
    let times = 1 << n.min(10);
    match u.kind {
        UnitKind::Function => t.calls.set(HOT_CALLS * times),
        UnitKind::Loop(_) | UnitKind::Resume(_) => {
            for l in t
                .made
                .loops
                .borrow_mut()
                .iter_mut()
                .filter(|l| l.is(u.kind))
            {
                l.wait = HOT_EDGES as u32 * times as u32;
                l.edges = 0;
            }
        }
    }
}

/// A caller keeps asking a cell that leads nowhere: its function has another signature now. The
/// units that use the cell are made anew.
pub fn stale(vm: &Vm, cell: &EntryCell) {
    // A draft is asked for through the interpreter.
    let young = exec_of_word(cell.code).is_some_and(|e| e.tier.made.is_draft(&cell.sig));
    let n = cell.misses.get() + !young as u32;
    cell.misses.set(n);
    if n < STALE {
        return;
    }
    cell.misses.set(0);
    for u in vm.jit.units.living().iter().filter(|u| !u.retired.get()) {
        let cells = u.body.get().map_or(&[][..], |b| &b.cells);
        if cells.iter().any(|c| std::ptr::eq(Rc::as_ptr(c), cell)) {
            retire_of(vm, u);
            no_bet_of(u);
            vm.limit.request(crate::vm::limit::REPLACED);
        }
    }
}

pub(super) fn off(vm: &Vm) -> bool {
    vm.config.jit == JitMode::Off
}
pub(super) fn eager(vm: &Vm) -> bool {
    matches!(vm.config.jit, JitMode::Always | JitMode::Stress)
}

/// Calls of a function whose countdown ran out.
pub(super) fn on_frame(vm: &mut Vm, f: FramePtr) -> Enter {
    let exec = f.exec();
    let t = &exec.tier;
    t.calls.set(0);
    if vm.eval_frame.is_some() {
        return Enter::Stay;
    }
    if !rearm(vm) {
        return Enter::Stay;
    }
    if t.made.declined.get() || off(vm) {
        t.calls.set(i32::MAX);
        return Enter::Stay;
    }
    let unit = t.made.unit.borrow().clone();
    let unit = match unit {
        // `always`: the second call knows what the first one saw.
        Some(u) if t.made.blind.replace(false) => {
            retire(vm, t, &u);
            None
        }
        u => u,
    };
    let unit = match unit {
        Some(u) if u.draft().is_some() => replaced(vm, f, u),
        Some(u) => u,
        None if t.made.shelved.replace(false) => match revive(vm, f, UnitKind::Function) {
            Some(u) => u,
            None => {
                t.calls.set(AGAIN_CALLS);
                return Enter::Stay;
            }
        },
        None => {
            if !eager(vm) && t.made.compiles.get() == 0 && !warm(t) {
                t.calls.set(hot_calls(exec));
                t.edges.set(HOT_EDGES);
                return Enter::Stay;
            }
            // Not asked sooner: who runs nothing hot need not know the machine.
            if available().is_err() {
                t.calls.set(i32::MAX);
                return Enter::Stay;
            }
            match compile(vm, f, Start::Function) {
                Some(u) => u,
                None => return Enter::Stay,
            }
        }
    };
    if unit.globals != f.globals() || unit.namespace != f.locals() {
        return Enter::Stay;
    }
    run(vm, f, &unit)
}

/// A draft, or the unit that takes its place when it is time.
fn replaced(vm: &mut Vm, f: FramePtr, old: Rc<Unit>) -> Rc<Unit> {
    let Some(d) = old.draft() else { return old };
    d.entries.set(d.entries.get() + 1);
    let young = d.ran.get() < DRAFT_RUNS && d.entries.get() < DRAFT_ENTRIES;
    if young || spent(vm) {
        return old;
    }
    let t = &f.exec().tier;
    t.made.mature.set(true);
    let n = t.made.compiles.get();
    let new = compile(vm, f, Start::Function);
    // It is no bet that was lost.
    t.made.compiles.set(n);
    let Some(new) = new else {
        // What runs goes on running, whatever was against a larger one.
        d.stays.set(true);
        t.made.declined.set(false);
        t.calls.set(0);
        t.made.point_cells();
        return old;
    };
    old.retired.set(true);
    vm.jit.units.retire(old);
    new
}

/// Whether the countdown has run before: it starts at 0.
pub(super) fn warm(t: &ExecTier) -> bool {
    t.made.warmed.replace(true)
}

/// Back edges of a code object whose countdown ran out. A unit that is left by a jump back to the loop
/// around its own has seen a back edge of that one.
pub(super) fn on_back_edge(vm: &mut Vm, f: FramePtr, target: u32, depth: u32) -> Enter {
    vm.jit.units.outward.set(None);
    let mut end = back_edge(vm, f, f.pc(), target, depth);
    while matches!(end, Enter::Resume)
        && let Some(outer) = vm.jit.units.outward.take()
        && vm.stack.top_frame() == Some(f)
        && f.pc() == outer
    {
        match back_edge(vm, f, u32::MAX, outer, f.depth()) {
            Enter::Stay => break,
            e => end = e,
        }
    }
    end
}

/// A jump back from instruction `from` to `target`.
fn back_edge(vm: &mut Vm, f: FramePtr, from: u32, target: u32, depth: u32) -> Enter {
    let exec = f.exec();
    let t = &exec.tier;
    t.edges.set(0);
    JitStats::bump(&vm.jit.stats.edges);
    // A frame that a program may look at any time does not run natively.
    if vm.eval_frame.is_some() || frames::is_seen(vm, f) {
        return Enter::Stay;
    }
    if !rearm(vm) {
        return Enter::Stay;
    }
    if t.made.declined.get() || off(vm) {
        t.edges.set(i32::MAX);
        return Enter::Stay;
    }
    let unit = {
        let mut loops = t.made.loops.borrow_mut();
        let at = match loops.iter().position(|l| l.is(UnitKind::Loop(target))) {
            Some(i) => i,
            None => {
                loops.push(LoopTier {
                    pc: target,
                    resumes: false,
                    blind: false,
                    edges: 0,
                    wait: hot_edges(exec),
                    // What yields each time round is entered where it goes on.
                    declined: exec.makes.is_some() && !turns(&exec.verified, target),
                    shelved: false,
                    unit: None,
                });
                loops.len() - 1
            }
        };
        // A loop around one that is compiled is wanted soon.
        let inner = loops
            .iter()
            .any(|l| l.unit.is_some() && !l.resumes && l.pc > target && l.pc <= from);
        let l = &mut loops[at];
        let wait = if inner { l.wait.min(HOT_OUTER) } else { l.wait };
        if l.declined {
            return Enter::Stay;
        }
        l.edges += 1;
        match &l.unit {
            Some(u) => Ok(u.clone()),
            None if std::mem::take(&mut l.shelved) => Err(true),
            None if l.edges < wait && !eager(vm) => return Enter::Stay,
            None => Err(false),
        }
    };
    let unit = match unit {
        Ok(u) => u,
        Err(true) => match revive(vm, f, UnitKind::Loop(target)) {
            Some(u) => u,
            None => return Enter::Stay,
        },
        Err(false) => {
            if available().is_err() {
                t.edges.set(i32::MAX);
                return Enter::Stay;
            }
            let base = f.stack_base();
            let types: Vec<u8> = (0..base + depth as usize)
                .map(|i| f.slot(i).map_or(0, feedback::bit_of))
                .collect();
            let start = Start::Loop {
                pc: target,
                types: &types,
            };
            match compile(vm, f, start) {
                Some(u) => u,
                None => return Enter::Stay,
            }
        }
    };
    if unit.globals != f.globals() || unit.namespace != f.locals() {
        return Enter::Stay;
    }
    run(vm, f, &unit)
}

/// Enters a unit from its frame.
fn run(vm: &mut Vm, f: FramePtr, unit: &Rc<Unit>) -> Enter {
    let Some(body) = unit.body.get() else {
        return Enter::Stay;
    };
    let depth = vm.depth.get();
    let is_loop = unit.kind != UnitKind::Function;
    if let Err(r) = watch::settle(vm) {
        // Not natively, then: it was not asked for.
        let _ = vm.catch(r, crate::object::ClassId::BaseException);
        return Enter::Stay;
    }
    // What a function's entry checks itself: at the limit no inlined frame runs natively.
    if is_loop && depth + unit.room >= vm.recursion_limit.get() {
        return Enter::Stay;
    }
    // The native entry counts the frame's fuel again.
    let counted = !is_loop && crate::jit::counts(vm);
    if counted {
        vm.fuel.set(vm.fuel.get() - 1);
    }
    let s = &vm.jit.stats;
    JitStats::bump(match unit.kind {
        UnitKind::Function => &s.entries,
        UnitKind::Loop(_) => &s.loops,
        UnitKind::Resume(_) => &s.resumes,
    });
    if vm.jit.units.used(unit) {
        f.exec().tier.made.point_cells();
    }
    let draft = unit.draft().map(|d| (d, Instant::now()));
    let p = go_in(vm, body.frame, f, depth);
    if let Some((d, from)) = draft {
        d.ran.set(d.ran.get() + from.elapsed());
    }
    match p.status {
        status::MISMATCH => {
            vm.depth.set(depth);
            if counted {
                vm.fuel.set(vm.fuel.get() + 1);
            }
            let misfit = misfit(unit, f);
            lost_bet(vm, unit, 0, misfit);
            Enter::Stay
        }
        _ => outcome(vm, f, unit.sig.ret, depth, p),
    }
}

/// Runs the native code at `entry` on a frame. A unit with a native frame is not freed meanwhile, nor is one of a
/// code object that a frame is of.
#[inline]
pub(super) fn go_in(vm: &mut Vm, entry: usize, f: FramePtr, depth: u32) -> Pair {
    nested(vm, |vm| call_frame(vm, entry, f, depth))
}

/// Runs what enters native code.
#[inline(always)]
pub(super) fn nested<R>(vm: &mut Vm, enter: impl FnOnce(&mut Vm) -> R) -> R {
    let nesting = vm.jit.units.nesting.get();
    vm.jit.units.nesting.set(nesting + 1);
    let before = vm.segments.enter_native();
    let p = enter(vm);
    vm.segments.leave_native(before);
    vm.jit.units.nesting.set(nesting);
    if nesting == 0 {
        vm.jit.units.drop_retired(&vm.heap);
        caught::clear(vm);
    }
    p
}

/// What became of a frame at this depth that native code was entered from.
pub fn outcome(vm: &mut Vm, f: FramePtr, ret: Ty, depth: u32, p: Pair) -> Enter {
    if vm.jit.collect_again.replace(false)
        && p.status == status::UNWIND
        && let Err(r) = crate::interp::wish::collect_all(vm, false)
    {
        return Enter::Throw(r);
    }
    if p.status & 0xFF == status::YIELD {
        return yielded(vm, f, depth, p);
    }
    match p.status {
        status::UNWIND => return Enter::Resume,
        status::THROW => return Enter::Throw(vm.raised()),
        _ => vm.depth.set(depth),
    }
    match p.status {
        status::PARKED => {
            let state = f.generator().map(|g| g.get(vm).state.get());
            match (Value::from_bits(p.payload), state) {
                (Some(v), Some(state)) => Enter::Yield(v, state),
                _ => Enter::Done(Err(nothing(vm, "yielded"))),
            }
        }
        status::OK => match boxed(vm, ret, p.payload) {
            Some(v) => Enter::Done(Ok(v)),
            None => Enter::Done(Err(nothing(vm, "returned"))),
        },
        status::BOXED => match Value::from_bits(p.payload) {
            Some(v) => Enter::Done(Ok(v)),
            None => Enter::Done(Err(nothing(vm, "returned"))),
        },
        _ => Enter::Done(Err(vm.raised())),
    }
}

/// A generator's frame has yielded: its slots are written.
fn yielded(vm: &mut Vm, f: FramePtr, depth: u32, p: Pair) -> Enter {
    vm.depth.set(depth);
    let pc = (p.status >> 8) as u32;
    let (v, exec) = (&f.exec().verified, f.exec());
    let from = match exec.instrs.get(pc as usize).map(|i| i.opcode()) {
        Some(Opcode::YIELD_FROM) => State::Delegating,
        Some(_) | None => State::Suspended,
    };
    f.set_pc(pc);
    // What was yielded, or sent, is gone.
    let before = v.depth.get(pc as usize).copied().unwrap_or(1);
    f.set_depth(before - 1);
    if vm.jit.caught_depth.get() != 0 {
        caught::bind_frame(vm, depth, f);
    }
    match Value::from_bits(p.payload) {
        Some(v) => Enter::Yield(v, from),
        None => Enter::Done(Err(nothing(vm, "yielded"))),
    }
}

#[cold]
fn nothing(vm: &mut Vm, what: &str) -> Raised {
    crate::raise!(vm, SystemError, "native code {what} nothing")
}

/// A generator goes on: see the hook.
pub(super) fn on_resume(vm: &mut Vm, f: FramePtr) -> Enter {
    let exec = f.exec();
    let t = &exec.tier;
    t.calls.set(0);
    // A frame that a program may look at any time does not run natively.
    if frames::is_seen(vm, f) {
        return Enter::Stay;
    }
    if !rearm(vm) {
        return Enter::Stay;
    }
    if t.made.declined.get() || off(vm) {
        t.calls.set(i32::MAX);
        return Enter::Stay;
    }
    let pc = f.pc();
    let hot = {
        let hot = t.made.hot.borrow();
        hot.iter().find(|h| h.0 == pc).map(|h| h.1.clone())
    };
    if let Some(u) = hot
        && u.globals == f.globals()
        && u.namespace == f.locals()
    {
        return run(vm, f, &u);
    }
    let kind = UnitKind::Resume(pc);
    let unit = {
        let mut loops = t.made.loops.borrow_mut();
        let at = match loops.iter().position(|l| l.is(kind)) {
            Some(i) => i,
            None => {
                loops.push(LoopTier {
                    pc,
                    resumes: true,
                    blind: eager(vm),
                    edges: 0,
                    wait: HOT_RESUMES.max(hot_calls(exec) as u32),
                    declined: false,
                    shelved: false,
                    unit: None,
                });
                loops.len() - 1
            }
        };
        let l = &mut loops[at];
        if l.declined {
            return Enter::Stay;
        }
        l.edges = l.edges.saturating_add(1);
        match &l.unit {
            // `always`: the second unit knows what has been seen.
            Some(u) if l.edges == 2 && std::mem::take(&mut l.blind) => {
                let u = u.clone();
                drop(loops);
                retire(vm, t, &u);
                None
            }
            Some(u) => Some(u.clone()),
            None if l.edges < l.wait && !eager(vm) => return Enter::Stay,
            None => None,
        }
    };
    let unit = match unit {
        Some(u) => u,
        None => {
            if available().is_err() {
                t.calls.set(i32::MAX);
                return Enter::Stay;
            }
            match compile(vm, f, Start::Resume { pc }) {
                Some(u) => u,
                None => return Enter::Stay,
            }
        }
    };
    if unit.globals != f.globals() || unit.namespace != f.locals() {
        return Enter::Stay;
    }
    run(vm, f, &unit)
}

/// Which bet an argument lost that the frame entry refused.
fn misfit(unit: &Unit, f: FramePtr) -> Reason {
    for (i, t) in unit.sig.params.iter().enumerate() {
        let Some(v) = f.slot(i) else { continue };
        let (fits, reason) = match t {
            Ty::Val => continue,
            Ty::I64 => (int_of(v).is_some(), Reason::NotInt),
            Ty::F64 => (v.is_float(), Reason::NotFloat),
            Ty::Bool => (v.is_bool(), Reason::NotBool),
        };
        if !fits {
            return reason;
        }
    }
    Reason::NotInt
}

/// Takes a unit out of service. Its native frames go on.
fn retire(vm: &Vm, t: &ExecTier, unit: &Rc<Unit>) {
    if take_out(vm, t, unit) {
        vm.jit.units.retire(unit.clone());
    }
}
/// Nobody enters it any more; false: that was so before.
fn take_out(vm: &Vm, t: &ExecTier, unit: &Rc<Unit>) -> bool {
    if unit.retired.replace(true) {
        return false;
    }
    JitStats::bump(&vm.jit.stats.retired);
    match unit.kind {
        UnitKind::Function => {
            *t.made.unit.borrow_mut() = None;
            t.made.point_cells();
            t.calls.set(AGAIN_CALLS);
            // A loop of its own may gather the feedback.
            t.edges.set(AGAIN_EDGES);
        }
        UnitKind::Loop(_) | UnitKind::Resume(_) => {
            for l in t.made.loops.borrow_mut().iter_mut() {
                if l.is(unit.kind) {
                    l.unit = None;
                    l.edges = 0;
                    l.wait = AGAIN_EDGES as u32;
                }
            }
            t.made.point_resumes();
        }
    }
    true
}

/// Native code of `unit` was left for this reason: the bet of that instruction of that code object.
pub fn left(vm: &mut Vm, unit: &Unit, r: Reason, (code, pc): (u64, u32)) {
    JitStats::bump(&vm.jit.stats.exits[r as usize]);
    unit.left(r);
    if turn::taken(vm) || r.policy() == Policy::Interpret {
        return;
    }
    let Some(exec) = exec_of_word(code) else {
        return;
    };
    if exec.tier.made.lose(pc, r) {
        retire_of(vm, unit);
    }
}

fn retire_of(vm: &Vm, unit: &Unit) {
    if let Some((exec, u)) = in_service(unit) {
        retire(vm, &exec.tier, &u);
    }
}

/// The unit, if it is in service, and whose it is.
fn in_service<'a>(unit: &Unit) -> Option<(&'a Executable, Rc<Unit>)> {
    let exec = exec_of_word(unit.owner.bits())?;
    let made = &exec.tier.made;
    let function = made.unit.borrow();
    let loops = made.loops.borrow();
    let all = loops.iter().filter_map(|l| l.unit.as_ref());
    let own = all
        .chain(function.as_ref())
        .find(|u| std::ptr::eq(Rc::as_ptr(u), unit));
    Some((exec, own?.clone()))
}

/// An argument was not of the type that the function's entry expects.
pub(super) fn lost_bet(vm: &mut Vm, unit: &Rc<Unit>, pc: u32, r: Reason) {
    let Some(exec) = exec_of_word(unit.owner.bits()) else {
        return;
    };
    if exec.tier.made.lose(pc, r) {
        retire_of(vm, unit);
    }
}

pub(super) fn decline(vm: &Vm, f: FramePtr, start: Start<'_>, why: Declined) {
    JitStats::bump(&vm.jit.stats.declined[why as usize]);
    let t = &f.exec().tier;
    match start {
        Start::Function => t.made.declined.set(true),
        Start::Loop { .. } | Start::Resume { .. } => {
            for l in t.made.loops.borrow_mut().iter_mut() {
                l.declined |= l.is(kind(start));
            }
        }
    }
}

/// Whether compiling has taken its share of the time. Who wants all of it native gets it.
pub(super) fn spent(vm: &Vm) -> bool {
    if eager(vm) {
        return false;
    }
    let began = vm.jit.began.get_or_init(Instant::now);
    vm.jit.compiling.get() > vm.config.compile_allowance + began.elapsed() / SHARE
}

/// Not now: when as much has been run again.
pub(super) fn put_off(vm: &Vm, exec: &Executable, start: Start<'_>) {
    JitStats::bump(&vm.jit.stats.put_off);
    let t = &exec.tier;
    match start {
        Start::Function => t.calls.set(hot_calls(exec)),
        Start::Loop { .. } | Start::Resume { .. } => {
            let mut loops = t.made.loops.borrow_mut();
            for l in loops.iter_mut().filter(|l| l.is(kind(start))) {
                l.edges = 0;
                l.wait = hot_edges(exec);
            }
        }
    }
}

/// What a function is worth: the larger it is, the longer it takes to compile.
pub(super) fn hot_calls(exec: &Executable) -> i32 {
    HOT_CALLS.max((exec.instrs.len() / 2).min(1 << 16) as i32)
}
fn hot_edges(exec: &Executable) -> u32 {
    (HOT_EDGES as u32).max((2 * exec.instrs.len()).min(1 << 16) as u32)
}
