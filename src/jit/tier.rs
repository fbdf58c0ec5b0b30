//! Counters and policy: what the interpreter asks at function entries and back edges.
//!
//! The interpreter calls [`on_frame`] when a frame whose arguments are bound is about to start, and
//! [`on_back_edge`] when a jump backwards was taken. Both cost one decrement until a countdown runs
//! out. Native code that takes over either finishes the frame or writes its state back into
//! it (deopt) and asks the interpreter to go on there.
//!
//! | mode | a function is compiled | a loop is compiled |
//! |---|---|---|
//! | `on` | at its 100th call | at its 1000th back edge |
//! | `always` | at its first call, knowing nothing, and again at the second | at its first back edge |
//! | `stress` | as `always`; guards fail at random | as `always` |
//!
//! When a bet is lost eight times at one instruction, the unit is retired, and made anew when the
//! countdown has run out again, from what the interpreter has seen by then; when that happens twice
//! the bet is burnt: not made any more. From the eighth unit of a code object on, a bet lost once is
//! burnt; after 24 (and four a loop) it is left to the interpreter for good.
//!
//! A function that calls itself from more than one place gets a draft first, in half the time: less of it is
//! built into itself. When that has run for as long as a better one takes to make, or was entered often, the better
//! one takes its place. Callers ask the interpreter for a draft, so that it sees it go by.
//!
//! In mode `on` large functions wait longer than the table says (half a call an instruction), and compiling
//! may take a quarter of the time since it began, after an allowance: past that, what is hot waits until it
//! is hot once more. The size of a unit and the memory of all are limited: see `memory`.

use crate::gc::Heap;
use crate::interp::frame::FramePtr;
use crate::interp::generator::Given;
use crate::object::{Gc, Tracer, Value};
use crate::types::generator::value::{GenObj, State};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

#[cfg(all(test, feature = "jit"))]
pub use native::install_for;
#[cfg(feature = "jit")]
use native::retire_all;
#[cfg(feature = "jit")]
pub use native::{evict, left, outcome, stale, unlink};

/// What the interpreter does next.
pub enum Enter {
    /// Go on interpreting: nothing happened.
    Stay,
    /// The frame has finished: pop it, and return (or unwind its caller with) this. The traceback
    /// entries of this frame are already written.
    Done(Result<Value, Raised>),
    /// The frame was run natively up to a later place: reload the innermost frame of the VM stack
    /// (frames of inlined calls may lie on top), its pc and depth, and go on.
    Resume,
    /// As `Resume`, but an exception is on its way in the innermost frame, at its pc.
    Throw(Raised),
    /// The frame, a generator's, is written and has yielded this; what it is now.
    Yield(Value, State),
}

/// What the tier keeps for each Executable.
#[derive(Default)]
pub struct ExecTier {
    /// Calls, and back edges, until the tier looks.
    calls: Cell<i32>,
    edges: Cell<i32>,
    #[cfg(feature = "jit")]
    made: native::Made,
}

impl ExecTier {
    /// Shows the values that the code compiled for this Executable embeds.
    pub fn trace(&self, t: &mut Tracer<'_>) {
        #[cfg(feature = "jit")]
        self.made.trace(t);
        #[cfg(not(feature = "jit"))]
        let _ = t;
    }
    /// The code object died: its native code goes with it.
    pub fn release(&mut self, heap: &Heap) {
        #[cfg(feature = "jit")]
        self.made.release(heap);
        #[cfg(not(feature = "jit"))]
        let _ = heap;
    }
}

/// A frame is about to start at instruction 0, its arguments bound, its stack empty, counted.
#[inline(always)]
pub fn on_frame(vm: &mut Vm, f: FramePtr) -> Enter {
    let c = &f.exec().tier.calls;
    let n = c.get() - 1;
    c.set(n);
    if n >= 0 {
        Enter::Stay
    } else {
        frame_slow(vm, f)
    }
}

/// A jump backwards to instruction `target` was taken, with `depth` values on the stack, after the
/// limit word was looked at and fuel was charged.
#[inline(always)]
pub fn on_back_edge(vm: &mut Vm, f: FramePtr, target: u32, depth: u32) -> Enter {
    let c = &f.exec().tier.edges;
    let n = c.get() - 1;
    c.set(n);
    if n >= 0 {
        Enter::Stay
    } else {
        edge_slow(vm, f, target, depth)
    }
}

/// The innermost frame, a generator's, goes on at its `pc`, or starts: it is in the chain of frames and counted, and
/// what is sent lies on its stack. Neither a tracer nor a replaced evaluator is set.
#[inline(always)]
pub fn on_resume(vm: &mut Vm, f: FramePtr) -> Enter {
    let c = &f.exec().tier.calls;
    let n = c.get() - 1;
    c.set(n);
    if n >= 0 {
        Enter::Stay
    } else {
        resume_slow(vm, f)
    }
}

/// A generator that may be suspended by native code goes on with `sent`; none: nothing was done.
#[inline(always)]
pub fn resume_parked(vm: &mut Vm, g: Gc<GenObj>, sent: Value) -> Option<Result<Given, Raised>> {
    #[cfg(feature = "jit")]
    if g.get(vm).native.get() != 0 {
        return super::native::parked::resume(vm, g, sent);
    }
    let _ = (vm, g, sent);
    None
}

/// Code of this engine names `tb_frame`: from now on the frames of all that is caught are kept for who asks a
/// traceback for them. What is known of those that were caught natively before stays what it is.
pub fn want_frames(vm: &Vm) {
    #[cfg(feature = "jit")]
    if !vm.jit.frames.replace(true) {
        retire_all(vm);
        if vm.jit.living_units() > 0 {
            vm.limit.request(crate::vm::limit::REPLACED);
        }
    }
    #[cfg(not(feature = "jit"))]
    let _ = vm;
}

#[cfg(feature = "jit")]
#[inline(never)]
fn frame_slow(vm: &mut Vm, f: FramePtr) -> Enter {
    native::on_frame(vm, f)
}
#[cfg(feature = "jit")]
#[inline(never)]
fn edge_slow(vm: &mut Vm, f: FramePtr, target: u32, depth: u32) -> Enter {
    native::on_back_edge(vm, f, target, depth)
}
#[cfg(feature = "jit")]
#[inline(never)]
fn resume_slow(vm: &mut Vm, f: FramePtr) -> Enter {
    native::on_resume(vm, f)
}
#[cfg(not(feature = "jit"))]
#[cold]
fn resume_slow(vm: &mut Vm, f: FramePtr) -> Enter {
    frame_slow(vm, f)
}
#[cfg(not(feature = "jit"))]
#[cold]
fn frame_slow(_: &mut Vm, f: FramePtr) -> Enter {
    f.exec().tier.calls.set(i32::MAX);
    Enter::Stay
}
#[cfg(not(feature = "jit"))]
#[cold]
fn edge_slow(_: &mut Vm, f: FramePtr, _: u32, _: u32) -> Enter {
    f.exec().tier.edges.set(i32::MAX);
    Enter::Stay
}

#[cfg(feature = "jit")]
mod native {
    use super::{Enter, ExecTier};
    use crate::code::opcode::Opcode;
    use crate::code::verify::NO_BLOCK;
    use crate::gc::Heap;
    use crate::interp::attr::{self, Seen};
    use crate::interp::executable::{Executable, QInstr};
    use crate::interp::feedback;
    use crate::interp::frame::FramePtr;
    use crate::interp::frames;
    use crate::jit::build::bind::Callee;
    use crate::jit::build::{BuildEnv, Inlined, Known, Start, build, signature, turns};
    use crate::jit::deopt::caught;
    use crate::jit::deopt::reason::{Policy, Reason};
    use crate::jit::deopt::reify::{boxed, int_of};
    use crate::jit::dump::Lines;
    use crate::jit::install::{NoUnit, Request, install};
    use crate::jit::lower::status;
    use crate::jit::memory::free;
    use crate::jit::native::unit::{EntryCell, ResumeCell, Unit, UnitKind};
    use crate::jit::native::{call_frame, exec_of_word, thread_time};
    use crate::jit::runtime::Pair;
    use crate::jit::ssa::func::Sig;
    use crate::jit::ssa::types::Ty;
    use crate::jit::stats::{Declined, JitStats};
    use crate::jit::{available, pipeline, turn};
    use crate::object::{ClassId, Kind, Slot, Tracer, Value};
    use crate::types::builtin::value::{BuiltinObj, MethodDescrObj};
    use crate::types::class::ops as class;
    use crate::types::code::value::CodeObj;
    use crate::types::descr::property::PropertyObj;
    use crate::types::dict::ops as dict;
    use crate::types::dict::value::DictObj;
    use crate::types::function::value::FunctionObj;
    use crate::types::generator::value::{GenObj, State};
    use crate::types::str::value::StrObj;
    use crate::types::tuple::value::TupleObj;
    use crate::vm::{JitMode, Raised, Vm};
    use std::cell::{Cell, RefCell};
    use std::io::Write;
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
    const MAX_COMPILES: u32 = 24;
    /// Units of one code object after which what was lost once is not bet again.
    const SETTLE: u32 = 8;
    /// Instructions of SSA past which a unit is not worth its time.
    const MAX_SSA: usize = 60_000;
    /// What a draft runs for, and how often it is entered, before it is replaced.
    const DRAFT_RUNS: Duration = Duration::from_micros(1500);
    const DRAFT_ENTRIES: u32 = 200;
    /// Compiling may take one part in this many of the time since it began.
    const SHARE: u32 = 4;

    /// The units of one code object.
    #[derive(Default)]
    pub(super) struct Made {
        /// The function's unit.
        unit: RefCell<Option<Rc<Unit>>>,
        loops: RefCell<Vec<LoopTier>>,
        /// Entry cells that callers hold.
        cells: RefCell<Vec<Rc<EntryCell>>>,
        /// Those of the places where a generator goes on: suspended ones hold them.
        resumes: RefCell<Vec<Rc<ResumeCell>>>,
        /// The units that are entered there.
        hot: RefCell<Vec<(u32, Rc<Unit>)>>,
        lost: RefCell<Vec<Lost>>,
        /// Units made, those that went for no fault of theirs not counted; and those evicted.
        compiles: Cell<u32>,
        evicted: Cell<u32>,
        declined: Cell<bool>,
        /// The countdown has run: it starts at 0.
        warmed: Cell<bool>,
        /// `always`: the first unit, made without feedback, has been entered.
        blind: Cell<bool>,
        /// No drafts any more.
        mature: Cell<bool>,
    }

    /// A bet that was lost.
    struct Lost {
        pc: u32,
        reason: Reason,
        /// Since the last unit that was retired for it.
        times: u32,
        /// Units retired for it.
        units: u32,
    }

    /// A loop, or an instruction where a generator goes on.
    struct LoopTier {
        pc: u32,
        resumes: bool,
        /// The first unit, made without feedback, has been entered, or is about to be.
        blind: bool,
        /// Back edges seen, and how many there must be.
        edges: u32,
        wait: u32,
        declined: bool,
        unit: Option<Rc<Unit>>,
    }

    impl LoopTier {
        /// Whether units of this kind are for this place.
        fn is(&self, kind: UnitKind) -> bool {
            match kind {
                UnitKind::Function => false,
                UnitKind::Loop(pc) => !self.resumes && self.pc == pc,
                UnitKind::Resume(pc) => self.resumes && self.pc == pc,
            }
        }
    }

    fn kind(start: Start<'_>) -> UnitKind {
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
            for c in &*self.resumes.borrow() {
                c.entry.set(0);
            }
            self.hot.get_mut().clear();
            let loops = self.loops.get_mut().drain(..).filter_map(|l| l.unit);
            for u in loops.chain(self.unit.get_mut().take()) {
                free(heap, u);
            }
        }
        fn is_burnt(&self, pc: u32, r: Reason) -> bool {
            let lost = self.lost.borrow();
            let settle = self.compiles.get() > SETTLE;
            let enough = match r.policy() {
                Policy::Raises => 1,
                Policy::Recompile | Policy::Interpret => BURNT,
            };
            lost.iter()
                .any(|l| l.pc == pc && l.reason == r && (settle || l.units >= enough))
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
        /// Whether the function's unit is a draft of this signature.
        fn is_draft(&self, sig: &Sig) -> bool {
            let unit = self.unit.borrow();
            unit.as_ref()
                .is_some_and(|u| u.sig == *sig && u.draft().is_some())
        }
        /// Points the cells of the places where a generator goes on at the units for them.
        fn point_resumes(&self) {
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
        fn point_cells(&self) {
            let unit = self.unit.borrow();
            for c in &*self.cells.borrow() {
                let to = unit
                    .as_ref()
                    .filter(|u| u.sig == c.sig && u.draft().is_none())
                    .and_then(|u| u.body.get());
                c.addr.set(to.map_or(0, |b| b.direct));
            }
        }
    }

    /// Code that counts and code that does not are separate: all units go when that changes.
    fn rearm(vm: &mut Vm) {
        let counts = crate::jit::counts(vm);
        if vm.jit.armed.replace(counts) != counts {
            retire_all(vm);
        }
    }

    /// What units were made for has changed.
    pub fn retire_all(vm: &Vm) {
        for u in vm.jit.units.living().iter().filter(|u| !u.retired.get()) {
            retire_of(vm, u);
            no_bet_of(u);
        }
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
        !cells.is_empty()
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

    fn off(vm: &Vm) -> bool {
        vm.config.jit == JitMode::Off
    }
    fn eager(vm: &Vm) -> bool {
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
        rearm(vm);
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
    fn warm(t: &ExecTier) -> bool {
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
        rearm(vm);
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
                Some(u) => Some(u.clone()),
                None if l.edges < wait && !eager(vm) => return Enter::Stay,
                None => None,
            }
        };
        let unit = match unit {
            Some(u) => u,
            None => {
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
        let nesting = vm.jit.units.nesting.get();
        vm.jit.units.nesting.set(nesting + 1);
        let before = vm.segments.enter_native();
        let draft = unit.draft().map(|d| (d, Instant::now()));
        let p = call_frame(vm, body.frame, f, depth);
        if let Some((d, from)) = draft {
            d.ran.set(d.ran.get() + from.elapsed());
        }
        vm.segments.leave_native(before);
        vm.jit.units.nesting.set(nesting);
        if nesting == 0 {
            vm.jit.units.drop_retired(&vm.heap);
            crate::jit::deopt::caught::clear(vm);
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

    /// What became of a frame at this depth that native code was entered from.
    pub fn outcome(vm: &mut Vm, f: FramePtr, ret: Ty, depth: u32, p: Pair) -> Enter {
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
        rearm(vm);
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
        if unit.retired.replace(true) {
            return;
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
        vm.jit.units.retire(unit.clone());
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
        let Some(exec) = exec_of_word(unit.owner.bits()) else {
            return;
        };
        let t = &exec.tier;
        let own = {
            let function = t.made.unit.borrow();
            let loops = t.made.loops.borrow();
            let all = loops.iter().filter_map(|l| l.unit.as_ref());
            all.chain(function.as_ref())
                .find(|u| std::ptr::eq(Rc::as_ptr(u), unit))
                .cloned()
        };
        if let Some(u) = own {
            retire(vm, t, &u);
        }
    }

    /// An argument was not of the type that the function's entry expects.
    fn lost_bet(vm: &mut Vm, unit: &Rc<Unit>, pc: u32, r: Reason) {
        let Some(exec) = exec_of_word(unit.owner.bits()) else {
            return;
        };
        if exec.tier.made.lose(pc, r) {
            retire_of(vm, unit);
        }
    }

    fn decline(vm: &Vm, f: FramePtr, start: Start<'_>, why: Declined) {
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
    fn spent(vm: &Vm) -> bool {
        if eager(vm) {
            return false;
        }
        let began = vm.jit.began.get_or_init(Instant::now);
        vm.jit.compiling.get() > vm.config.compile_allowance + began.elapsed() / SHARE
    }

    /// Not now: when as much has been run again.
    fn put_off(vm: &Vm, exec: &Executable, start: Start<'_>) {
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
    fn hot_calls(exec: &Executable) -> i32 {
        HOT_CALLS.max((exec.instrs.len() / 2).min(1 << 16) as i32)
    }
    fn hot_edges(exec: &Executable) -> u32 {
        (HOT_EDGES as u32).max((2 * exec.instrs.len()).min(1 << 16) as u32)
    }

    /// Compiles the frame's function, or a loop of it.
    fn compile(vm: &mut Vm, f: FramePtr, start: Start<'_>) -> Option<Rc<Unit>> {
        let exec = f.exec();
        let t = &exec.tier;
        if spent(vm) {
            put_off(vm, exec, start);
            return None;
        }
        let n = t.made.compiles.get() + 1;
        t.made.compiles.set(n);
        if n > MAX_COMPILES + 4 * t.made.loops.borrow().len() as u32 {
            decline(vm, f, start, Declined::Unsettled);
            return None;
        }
        turn::start(vm);
        let blind = match start {
            Start::Function => eager(vm) && n == 1,
            Start::Loop { .. } => false,
            Start::Resume { .. } => {
                let loops = t.made.loops.borrow();
                loops.iter().any(|l| l.is(kind(start)) && l.blind)
            }
        };
        let started = Instant::now();
        let cpu = thread_time();
        let dump = vm.config.dump.ssa;
        if !exec.code.names.is_empty()
            && let Err(r) = crate::types::code::ops::name(vm, f.code(), 0)
        {
            // No memory for the names: the interpreter will meet that, too.
            let _ = vm.catch(r, crate::object::ClassId::BaseException);
            return None;
        }
        let draft = matches!(start, Start::Function) && !eager(vm) && !t.made.mature.get();
        let env = Env {
            vm,
            exec,
            unit: exec,
            draft,
            code: f.code(),
            globals: f.globals(),
            namespace: f.locals(),
            speculate: !blind,
            in_loop: !matches!(start, Start::Function),
        };
        let mut dumped = String::new();
        let times = &vm.jit.stats.times;
        let building = Instant::now();
        let func = build(exec, start, &env);
        times.add(pipeline::BUILD, building);
        let func = func.map(|mut f| {
            if f.insts.len() > MAX_SSA {
                return f;
            }
            let mut lines = Lines::new(vm.config.files);
            if dump {
                dumped += &format!("; built\n{}", lines.beside(&f));
            }
            pipeline::optimise(&mut f, times, &mut |_, _| ());
            if dump {
                dumped += &format!("; optimised\n{}\n", lines.beside(&f));
            }
            f
        });
        if dump {
            let _ = vm.stderr.write_all(dumped.as_bytes());
        }
        let func = match func {
            Ok(f) if f.insts.len() <= MAX_SSA => f,
            Ok(_) | Err(_) => {
                decline(vm, f, start, Declined::TooLarge);
                return None;
            }
        };
        // A traceback may ask for what it has caught: the runtime sees to that.
        let frames = vm.jit.frames.get();
        let q = Request {
            func: &func,
            owner: f.code(),
            globals: f.globals(),
            namespace: f.locals(),
            cells: &|code, sig| cell_of(code, sig),
            draft: draft && func.held_back,
            is_first: &|function, version| is_first(function, version),
            suspends: &|code, at| match frames {
                false => suspension(code, at),
                true => None,
            },
        };
        let unit = install(vm, &q);
        let s = &vm.jit.stats;
        let took = started.elapsed();
        // Of a busy machine's time only what this thread had.
        let took = match (cpu, thread_time()) {
            (Some(from), Some(to)) => to.saturating_sub(from),
            _ => took,
        };
        s.compile_us
            .set(s.compile_us.get() + took.as_micros() as u64);
        vm.jit.compiling.set(vm.jit.compiling.get() + took);
        let unit = match unit {
            Ok(u) => u,
            Err(NoUnit::Declined(why)) => {
                decline(vm, f, start, why);
                return None;
            }
            Err(NoUnit::Later) => {
                // Making room may have counted, too.
                t.made.compiles.set(t.made.compiles.get().saturating_sub(1));
                put_off(vm, exec, start);
                return None;
            }
        };
        vm.jit.units.add(&unit);
        match unit.kind {
            UnitKind::Function => {
                *t.made.unit.borrow_mut() = Some(unit.clone());
                t.made.blind.set(blind);
                t.made.point_cells();
            }
            UnitKind::Loop(_) | UnitKind::Resume(_) => {
                for l in t.made.loops.borrow_mut().iter_mut() {
                    if l.is(unit.kind) {
                        l.unit = Some(unit.clone());
                    }
                }
                t.made.point_resumes();
            }
        }
        Some(unit)
    }

    /// Gives a function hand-written code: what no pass makes yet can be run.
    #[cfg(test)]
    pub fn install_for(vm: &mut Vm, func: Value, ssa: &crate::jit::ssa::func::Func) {
        let f = func.cast::<FunctionObj>().expect("a function");
        let exec = crate::call::dispatch::exec_of(vm, f).expect("code that verifies") as u64;
        let q = Request {
            func: ssa,
            owner: f.get(vm).code.get_or_none(),
            globals: f.get(vm).globals.get_or_none(),
            namespace: None,
            cells: &|_, _| None,
            draft: false,
            is_first: &|_, _| false,
            suspends: &|_, _| None,
        };
        let unit = install(vm, &q).expect("it compiles");
        vm.jit.units.add(&unit);
        let code = f.get(vm).code.get_or_none();
        let exec = exec_of_word(code.bits()).filter(|e| *e as *const Executable as u64 == exec);
        *exec.expect("its own").tier.made.unit.borrow_mut() = Some(unit);
    }

    /// See `Links::suspends`.
    fn suspension(code: u64, at: u32) -> Option<(u64, u64)> {
        let exec = exec_of_word(code)?;
        let i = exec.instrs.get(at as usize)?;
        if *exec.verified.block.get(at as usize)? != NO_BLOCK {
            return None;
        }
        let pc = at + (i.opcode() != Opcode::YIELD_FROM) as u32;
        let made = &exec.tier.made;
        let known = made.resumes.borrow().iter().find(|c| c.pc == pc).cloned();
        let cell = match known {
            Some(c) => c,
            None => {
                // What was yielded, or sent, lay there.
                let depth = (*exec.verified.depth.get(at as usize)? as u64).checked_sub(1)?;
                let base = (exec.nlocals + exec.ncells + exec.nfrees) as u64;
                let c = Rc::new(ResumeCell {
                    entry: Cell::new(0),
                    globals: Cell::new(0),
                    sent: size_of::<GenObj>() as u64 + 8 * (base + depth),
                    pc,
                });
                made.resumes.borrow_mut().push(c.clone());
                made.point_resumes();
                c
            }
        };
        Some((Rc::as_ptr(&cell) as u64, std::ptr::from_ref(i) as u64))
    }

    /// See `FunctionObj::first`.
    fn is_first(function: u64, version: i64) -> bool {
        let f = Value::from_bits(function).and_then(|v| v.cast::<FunctionObj>());
        f.is_some_and(|f| f.as_ref().is_first(function, version as u64))
    }

    /// The cell through which the functions of a code object are called natively by this signature.
    fn cell_of(code: u64, sig: &Sig) -> Option<Rc<EntryCell>> {
        let exec = exec_of_word(code)?;
        let made = &exec.tier.made;
        let known = made.cells.borrow().iter().find(|c| c.sig == *sig).cloned();
        let c = known.unwrap_or_else(|| {
            let c = Rc::new(EntryCell {
                addr: Cell::new(0),
                misses: Cell::new(0),
                sig: sig.clone(),
                code,
            });
            made.cells.borrow_mut().push(c.clone());
            c
        });
        made.point_cells();
        Some(c)
    }

    /// What the builder asks.
    #[derive(Clone, Copy)]
    struct Env<'a> {
        vm: &'a Vm,
        exec: &'a Executable,
        /// That of the unit's own function.
        unit: &'a Executable,
        code: Value,
        globals: Value,
        namespace: Option<Value>,
        speculate: bool,
        /// The unit is a loop's: its own function is a callee like any other.
        in_loop: bool,
        draft: bool,
    }

    impl Env<'_> {
        /// The cells that the interpreter has made for keyword-only parameters' defaults.
        fn kwdefaults(&self, f: &FunctionObj, c: &CodeObj) -> Vec<u64> {
            let (Some(d), Some(names), Some(code)) = (
                f.kwdefaults.get().and_then(|d| d.get::<DictObj>(self.vm)),
                c.varnames.get().and_then(|n| n.get::<TupleObj>(self.vm)),
                &c.code,
            ) else {
                return Vec::new();
            };
            let from = code.argcount as usize;
            let cell = |k: usize| {
                let at = dict::find_str(self.vm, d, names.get(k)?)?;
                let cell = d.entries.get(at)?.value?;
                cell.is_kind(Kind::GlobalCell).then(|| cell.bits())
            };
            (from..from + code.kwonlyargcount as usize)
                .map(|k| cell(k).unwrap_or(0))
                .collect()
        }
        /// The signature that a function's unit will have.
        fn of(&self, exec: &Executable, code: Value, globals: Value) -> Sig {
            let callee = Env {
                vm: self.vm,
                exec,
                unit: exec,
                code,
                globals,
                namespace: None,
                speculate: true,
                in_loop: false,
                draft: false,
            };
            signature(exec, &callee)
        }
    }

    impl<'a> BuildEnv<'a> for Env<'a> {
        fn speculate(&self) -> bool {
            self.speculate
        }
        fn fuel(&self) -> bool {
            crate::jit::counts(self.vm)
        }
        fn coverage(&self) -> bool {
            self.vm.coverage.is_some()
        }
        fn frames(&self) -> bool {
            self.vm.jit.frames.get()
        }
        fn globals(&self) -> u64 {
            self.globals.bits()
        }
        fn namespace(&self) -> u64 {
            self.namespace.map_or(0, Value::bits)
        }
        fn code(&self) -> u64 {
            self.code.bits()
        }
        fn name(&self, i: u32) -> u64 {
            self.code
                .get::<CodeObj>(self.vm)
                .and_then(|c| c.names.get())
                .and_then(|n| n.get::<TupleObj>(self.vm))
                .and_then(|t| t.get(i as usize))
                .map_or(0, Value::bits)
        }
        fn describe(&self, object: u64) -> String {
            describe(self.vm, object)
        }
        fn int64(&self, object: u64) -> Option<i64> {
            crate::jit::deopt::reify::int_of(Value::from_bits(object)?)
        }
        fn callee(&self, object: u64) -> Option<Callee<'a>> {
            let v = Value::from_bits(object)?;
            let func = v.cast::<FunctionObj>();
            let code = match func {
                Some(f) => f.get(self.vm).code.get()?,
                None => v,
            };
            let c = code.get::<CodeObj>(self.vm)?;
            let exec = exec_of_word(code.bits())?;
            let globals = match func {
                Some(f) => f.get(self.vm).globals.get()?.bits(),
                None => c.globals.get(),
            };
            if c.globals.get() != globals || exec.makes.is_some() {
                return None;
            }
            let made = &exec.tier.made;
            let sig = if std::ptr::eq(exec, self.unit) && !self.in_loop {
                None
            } else if made.declined.get() {
                return None;
            } else {
                let unit = made.unit.borrow();
                Some(match unit.as_ref() {
                    Some(u) => u.sig.clone(),
                    // It has none yet: the one it will get.
                    None => self.of(exec, code, Value::from_bits(globals)?),
                })
            };
            let words = |s: &Slot| -> Vec<u64> {
                let t = s.get().and_then(|t| t.get::<TupleObj>(self.vm));
                t.map_or(Vec::new(), |t| t.iter().map(Value::bits).collect())
            };
            let o = func.map(|f| f.get(self.vm));
            Some(Callee {
                exec: Some(exec),
                code: code.bits(),
                sig,
                defaults: o.map_or(Vec::new(), |o| words(&o.defaults)),
                kwdefaults: o.map_or(Vec::new(), |o| self.kwdefaults(o, c)),
                closure: o.map_or(Vec::new(), |o| words(&o.closure)),
            })
        }
        fn is_own(&self, object: u64) -> bool {
            let Some(v) = Value::from_bits(object) else {
                return false;
            };
            let code = match v.get::<FunctionObj>(self.vm) {
                Some(f) => f.code.get(),
                None => Some(v),
            };
            code == Some(self.code)
        }
        fn items(&self, tuple: u64) -> Option<Vec<u64>> {
            let t = Value::from_bits(tuple)?.get::<TupleObj>(self.vm)?;
            let names = t.iter().all(|n| n.is_kind(Kind::Str));
            names.then(|| t.iter().map(Value::bits).collect())
        }
        fn is_text(&self, str: u64, text: &[u8]) -> bool {
            Value::from_bits(str)
                .and_then(|s| s.get::<StrObj>(self.vm))
                .is_some_and(|s| s.as_bytes() == text)
        }
        fn inline(&self, object: u64) -> Option<Inlined<'a>> {
            let v = Value::from_bits(object)?;
            let code = match v.cast::<FunctionObj>() {
                Some(f) => f.get(self.vm).code.get()?,
                None => v,
            };
            let c = code.get::<CodeObj>(self.vm)?;
            let exec = exec_of_word(code.bits())?;
            // Frames that are written back get the unit's globals.
            if c.globals.get() != self.globals.bits()
                || exec.tier.made.declined.get()
                || exec.makes.is_some()
            {
                return None;
            }
            // The builder cannot allocate the names.
            if c.names.get().is_none() && !exec.code.names.is_empty() {
                return None;
            }
            let env = Env {
                exec,
                code,
                namespace: None,
                ..*self
            };
            Some(Inlined {
                exec,
                env: Box::new(env),
            })
        }
        fn draft(&self) -> bool {
            self.draft
        }
        fn entries(&self) -> bool {
            self.fuel() || turn::armed(&self.vm.config)
        }
        fn known(&self, object: u64) -> Option<Known> {
            let v = Value::from_bits(object).filter(|v| v.is_object())?;
            if let Some(b) = v.get::<BuiltinObj>(self.vm) {
                let ours = b.module.get().is_some_and(|m| {
                    m.is_kind(crate::object::Kind::Str) && self.vm.text(m) == "builtins"
                });
                return (ours && b.def.name == "len").then_some(Known::Len);
            }
            if let Some(d) = v.get::<MethodDescrObj>(self.vm) {
                let append = d.class == ClassId::List && d.def.name == "append";
                return append.then_some(Known::ListAppend);
            }
            match class::builtin_of(self.vm, v) {
                Some(ClassId::Range) => Some(Known::Range),
                Some(ClassId::Super) => Some(Known::Super),
                Some(_) | None => None,
            }
        }
        fn seen(&self, exec: &Executable, q: &QInstr) -> Vec<Seen> {
            attr::seen(self.vm, &exec.sites, q)
        }
        fn site(&self, q: &QInstr) -> Option<u64> {
            self.exec.sites.address(q)
        }
        fn version(&self, function: u64) -> Option<u64> {
            let f = Value::from_bits(function)?.get::<FunctionObj>(self.vm)?;
            Some(f.version.get())
        }
        fn getter(&self, property: u64) -> u64 {
            Value::from_bits(property)
                .and_then(|p| p.get::<PropertyObj>(self.vm)?.get.get())
                .map_or(0, Value::bits)
        }
        fn burnt(&self, pc: u32, r: Reason) -> bool {
            self.exec.tier.made.is_burnt(pc, r)
        }
    }

    fn describe(vm: &Vm, object: u64) -> String {
        let Some(v) = Value::from_bits(object) else {
            return "nothing".to_string();
        };
        if let Some(f) = v.get::<FunctionObj>(vm)
            && let Some(n) = f.name.get()
        {
            return format!("function {}", vm.text(n));
        }
        if let Some(c) = v.get::<CodeObj>(vm)
            && let Some(c) = &c.code
        {
            return format!("code {}", c.name);
        }
        if v.is_kind(Kind::Str) {
            return vm.text(v);
        }
        vm.type_name(v).to_string()
    }
}
