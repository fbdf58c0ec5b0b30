//! Writing frames back: how native code hands over to the interpreter.
//!
//! `leave` is what every exit of native code calls. It turns the stored words into values and does one
//! of these:
//! * an exception that no frame of the site handles: adds their traceback entries, and says RAISED;
//! * a frame that another native frame called: pushes the frames, inlined callers below, runs the
//!   interpreter on them to the end of the outermost, and gives the result to the native caller,
//!   unboxed when it is of the type the caller expects;
//! * the outermost native frame, a function's or a loop's: the frame it was entered from is on the VM
//!   stack; writes that one, and says UNWIND; the same where it was entered in no frame: pushes one;
//! * a frame that is on the VM stack already (`show`): the interpreter goes on with it (`shown`);
//! * while frames are being shown: takes a note of the words.
#![allow(unsafe_code)]

use super::caught;
use super::reason::Reason;
use super::show::Notes;
use crate::call::make::make_function;
use crate::code::verify::NO_BLOCK;
use crate::gc::{NoMemory, segments};
use crate::interp::frame::FramePtr;
use crate::interp::frames;
use crate::interp::ops::{block, build};
use crate::interp::unwind::{Unwound, unwind};
use crate::interp::{self, drive};
use crate::jit::build::{MAX_NEST, way};
use crate::jit::lower::{FrameMeta, Loc, SiteKind, TupleMeta, status};
use crate::jit::native::callout::{Activation, is_shown};
use crate::jit::native::exec_of_word;
use crate::jit::native::unit::Unit;
use crate::jit::opt::sink::MOST;
use crate::jit::runtime::{Pair, enter, raised, thrown};
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::op::Makes;
use crate::jit::ssa::types::Ty;
use crate::jit::stats::JitStats;
use crate::jit::watch;
use crate::object::{self, ClassId, Header, Value};
use crate::raise;
use crate::types::cell::value::CellObj;
use crate::types::exception::ops as exceptions;
use crate::types::frame::ops::Of;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// A stored word as a value.
pub fn boxed(vm: &mut Vm, t: Ty, w: u64) -> Option<Value> {
    match t {
        Ty::Val => Value::from_bits(w),
        Ty::Bool => Some(Value::bool(w & 1 != 0)),
        Ty::F64 => Some(Value::float(f64::from_bits(w))),
        Ty::I64 => Value::from_bits(crate::jit::runtime::box_int(vm, w as i64)),
    }
}

/// A value as a payload of a signature that returns `t`.
pub fn unboxed(t: Ty, v: Value) -> Pair {
    let word = match t {
        Ty::Val => Some(v.bits()),
        Ty::Bool => v.as_bool().map(|b| b as u64),
        Ty::F64 => v.as_float().map(f64::to_bits),
        Ty::I64 => int_of(v).map(|i| i as u64),
    };
    match word {
        Some(w) => Pair::new(w, status::OK),
        None => Pair::new(v.bits(), status::BOXED),
    }
}

/// The number of an inline int or an Int64 object.
pub fn int_of(v: Value) -> Option<i64> {
    v.as_small_int().or_else(|| {
        v.cast::<crate::types::int::value::Int64Obj>()
            .map(|g| g.as_ref().value)
    })
}

/// What native code calls to leave. `words` are what the site stored; `depth` is the number of frames
/// with the unit's; payload and status say how the call ended at which it leaves.
///
/// # Safety
/// Called by the code of `unit` only, with one of its sites and that site's words.
unsafe extern "C" fn leave(
    unit: *const Unit,
    site: u64,
    words: *const u64,
    depth: u64,
    payload: u64,
    st: u64,
) -> Pair {
    // SAFETY: the unit lives as long as a native frame of it (the contract of retiring).
    let unit = unsafe { &*unit };
    // SAFETY: native code runs in its unit's engine, which it alone uses meanwhile.
    let notes = unsafe { (*unit.vm).jit.notes.get() };
    if notes != 0 {
        // SAFETY: the address is that of the notes of `show`, which lets this frame leave.
        unsafe { (*(notes as *mut Notes)).take(unit, site, words) };
        return Pair::new(1, status::BOXED);
    }
    // SAFETY: as above.
    unsafe {
        enter(unit.vm, |vm| {
            let mut exit = Exit {
                unit,
                words,
                depth: depth as u32 - 1,
                payload,
                st,
            };
            let p = match segments::with_stack(vm, move |vm| Ok(exit.leave(vm, site))) {
                Ok(p) => p,
                Err(r) => raised(vm, r),
            };
            if p.status == status::RAISED {
                watch::settle_raised(vm);
            }
            // The native caller is shown when this frame is.
            if is_shown(vm) { thrown(p) } else { p }
        })
    }
}

/// `leave`, behind a thunk as helpers are.
///
/// # Safety
/// As for `leave`.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
#[unsafe(naked)]
pub unsafe extern "C" fn leave_thunk(
    unit: *const Unit,
    site: u64,
    words: *const u64,
    depth: u64,
    payload: u64,
    st: u64,
) -> Pair {
    crate::thunk_vm!(leave, leave, std::mem::offset_of!(Unit, vm))
}
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub use leave as leave_thunk;

pub(super) struct Exit<'a> {
    pub unit: &'a Unit,
    words: *const u64,
    /// Python frames below this one.
    pub depth: u32,
    pub payload: u64,
    pub st: u64,
}

impl Exit<'_> {
    fn leave(&mut self, vm: &mut Vm, site: u64) -> Pair {
        let Some((site, chain)) = self.unit.site(site) else {
            let r = raise!(vm, SystemError, "native code left by an unknown exit");
            return raised(vm, r);
        };
        let (kind, reason, bet) = (site.kind, site.reason, (site.code, site.bet));
        // Only a call says how it ended.
        if kind != SiteKind::Call {
            (self.payload, self.st) = (0, status::OK);
        }
        let n = chain.len() as u32;
        for (cell, v) in self.unit.stores(site) {
            // SAFETY: the words lie in native code's frame, which waits.
            let (cell, v) = unsafe {
                let cell = value(vm, self.words, *cell);
                (cell, value(vm, self.words, *v))
            };
            if let Some(c) = cell.and_then(|c| c.cast::<CellObj>()) {
                c.get(vm).value.write(&vm.heap, v);
            }
        }
        if is_shown(vm) {
            return self.leave_shown(vm, kind, n);
        }
        if self.st == status::TERMINATE {
            return Pair::new(0, status::TERMINATE);
        }
        let tuples = self.unit.tuples(site);
        if !tuples.is_empty() {
            // SAFETY: the words lie in native code's frame, which waits; nobody else looks at them.
            let made = unsafe { make_tuples(vm, self.words as *mut u64, tuples) };
            if let Err(r) = made {
                return self.lost(vm, chain, r);
            }
        }
        match self.st {
            status::RAISED | status::RERAISED => {
                vm.depth.set(self.depth + n);
                return self.throw(vm, chain, self.st == status::RERAISED);
            }
            _ => {}
        }
        if kind != SiteKind::Call {
            if let (Reason::LoopLeft, [m]) = (reason, chain)
                && m.pc <= bet.1
            {
                vm.jit.units.outward.set(Some(m.pc));
            }
            crate::jit::tier::left(vm, self.unit, reason, bet);
        }
        if kind == SiteKind::Enter {
            return self.enter_frame(vm, chain);
        }
        vm.depth.set(self.depth + n);
        let outer = match self.push(vm, chain) {
            Ok(f) => f,
            Err(r) => return self.lost(vm, chain, r),
        };
        caught::bind_frames(vm, self.depth + n, n);
        if kind == SiteKind::Call {
            // A callee's result of another type than expected: it goes on the stack.
            if let (Some(f), Some(v)) = (vm.stack.top_frame(), Value::from_bits(self.payload)) {
                result(f, v);
            }
        }
        self.go_on(vm, outer, None)
    }

    /// The frame on the VM stack that the outermost one of the unit is, if native code was entered
    /// there.
    fn entered(&self, vm: &Vm) -> Option<FramePtr> {
        let a = Activation::current(vm)?;
        a.own().filter(|_| a.depth == self.depth + 1)
    }

    /// Whether Rust called the outermost one of the unit, in no frame: it goes on with the frames then, when no native
    /// frame is left in which something might lie that the program has let go of.
    fn beneath(&self, vm: &Vm) -> bool {
        let a = Activation::current(vm);
        a.is_some_and(|a| a.own().is_none() && a.depth == self.depth + 1)
    }

    /// The interpreter goes on with the frames down to `outer`; with `thrown`, an exception at the
    /// innermost one's `pc`.
    pub(super) fn go_on(&self, vm: &mut Vm, outer: FramePtr, thrown: Option<Raised>) -> Pair {
        if self.entered(vm) == Some(outer) {
            let st = match thrown {
                None => status::UNWIND,
                Some(_) => status::THROW,
            };
            return Pair::new(0, st);
        }
        if self.beneath(vm) {
            let st = match thrown {
                None => status::UNWIND,
                Some(_) => status::THROW,
            };
            return Pair::new(outer.address() as u64, st);
        }
        let r = drive::resume(vm, outer, thrown);
        vm.pop_frame(outer);
        vm.depth.set(self.depth);
        let r = watch::settled_with(vm, r);
        match r {
            Ok(v) if is_shown(vm) => Pair::new(v.bits(), status::BOXED),
            // Native code around it relies on that.
            Ok(v) if self.unit.up && int_of(v).is_some_and(|i| i < 0) => {
                Pair::new(v.bits(), status::BOXED)
            }
            Ok(v) => unboxed(self.unit.sig.ret, v),
            Err(r) => raised(vm, r),
        }
    }

    /// Before the innermost frame was counted: the interpreter enters it as if it had been called,
    /// and does not ask the tier again.
    fn enter_frame(&self, vm: &mut Vm, chain: &[FrameMeta]) -> Pair {
        let n = chain.len() as u32;
        vm.depth.set(self.depth + n - 1);
        match self.push(vm, chain) {
            Ok(outer) => {
                caught::bind_frames(vm, self.depth + n, n);
                self.enter_pushed(vm, outer, n)
            }
            Err(r) => self.lost(vm, &chain[1..], r),
        }
    }

    /// The same when all `n` frames are on the VM stack.
    pub(super) fn enter_pushed(&self, vm: &mut Vm, outer: FramePtr, n: u32) -> Pair {
        let Err(r) = interp::enter::<false>(vm) else {
            return self.go_on(vm, outer, None);
        };
        self.unpush(vm, n as usize, n as usize - 1);
        if n == 1 {
            vm.depth.set(self.depth);
            return raised(vm, r);
        }
        // The call raises in the frame that it was inlined in; that frame is written already.
        self.go_on(vm, outer, Some(r))
    }

    /// No frame could be written: MemoryError leaves all of them.
    fn lost(&self, vm: &mut Vm, chain: &[FrameMeta], r: Raised) -> Pair {
        for m in chain {
            add_line(vm, m, None);
        }
        vm.depth.set(self.depth);
        raised(vm, r)
    }

    /// An exception at the innermost frame's `pc`: the first frame with an open block unwinds, those
    /// inside it only get their line in the traceback.
    fn throw(&self, vm: &mut Vm, chain: &[FrameMeta], again: bool) -> Pair {
        let mut r = vm.raised();
        // Objects that frames of the chain got while they were on the VM stack.
        let mut made = [None; MAX_NEST + 2];
        for (i, m) in chain.iter().enumerate() {
            let line = !(again && i == 0);
            let rest = &chain[i..];
            if let Some(closed) = leaves(m) {
                // The handlers that end with it are its own affair, and run nothing.
                if let Some(l) = closed.filter(|_| !vm.is_terminating()) {
                    // SAFETY: the site stored the words, and native code's frame is still there.
                    let before = unsafe { value(vm, self.words, l) };
                    block::restore_handled(vm, before.unwrap_or(Value::NONE));
                }
                // Its traceback, made when the exception came the first time, shows the variables of now.
                let looked_at = line
                    || vm.jit.caught.get().is_some()
                    || rest.len() == 1 && self.entered(vm).is_some_and(|f| f.object().is_some());
                if !vm.is_terminating() && looked_at {
                    let o = match made.get(i).copied().flatten() {
                        Some(o) => Some(o),
                        None => self.object(vm, m, rest.len() as u32),
                    };
                    if let Some(o) = o {
                        caught::bind(vm, self.depth + rest.len() as u32, o);
                    }
                    if line {
                        add_line(vm, m, o);
                    }
                }
                continue;
            }
            vm.depth.set(self.depth + rest.len() as u32);
            let exc = vm.exc.get();
            let outer = match self.push(vm, rest) {
                Ok(f) => f,
                Err(r) => return self.lost(vm, rest, r),
            };
            vm.exc.write(&vm.heap, exc);
            let f = vm.stack.top_frame().unwrap_or(outer);
            let mut at = f;
            for o in made.iter().take(chain.len()).skip(i) {
                if let Some(o) = o.and_then(|o: Value| o.cast()) {
                    frames::attach(vm, o, at);
                }
                at = at.before();
            }
            caught::bind_frames(vm, self.depth + rest.len() as u32, rest.len() as u32);
            if line {
                let o = frames::object_of(vm, f).ok().map(|o| o.value());
                add_line(vm, m, o);
            }
            match unwind(vm, f, m.pc, r) {
                Unwound::Handler(pc) => {
                    crate::jit::tier::left(vm, self.unit, Reason::Throw, (m.code, m.pc));
                    f.set_pc(pc);
                    return self.go_on(vm, outer, None);
                }
                Unwound::Leave(left) => r = left,
            }
            for k in i..chain.len() - self.entered(vm).is_some() as usize {
                let Some(f) = vm.stack.top_frame() else { break };
                if let (Some(o), true) = (made.get_mut(k), k > i) {
                    *o = f.object();
                }
                vm.pop_frame(f);
            }
        }
        vm.depth.set(self.depth);
        raised(vm, r)
    }

    /// The object of the `nth` frame that an exception leaves, the outermost the first. That of the frame that
    /// native code was entered from is its own; the frame is written.
    fn object(&self, vm: &mut Vm, m: &FrameMeta, nth: u32) -> Option<Value> {
        if nth == 1
            && let Some(f) = self.entered(vm)
        {
            // SAFETY: the site stored the words, and native code's frame is still there.
            unsafe { write(vm, self.words, f, m) };
            return frames::object_of(vm, f).ok().map(|o| o.value());
        }
        // SAFETY: as above.
        unsafe { left_object(vm, self.unit, self.words, m, self.depth + nth) }
    }

    /// Takes frames off the VM stack, of `n` that are there, until `keep` are left. The frame that
    /// native code was entered from stays: its owner pops it.
    pub(super) fn unpush(&self, vm: &mut Vm, n: usize, keep: usize) {
        let keep = keep.max(self.entered(vm).is_some() as usize);
        for _ in keep..n {
            if let Some(f) = vm.stack.top_frame() {
                vm.pop_frame(f);
            }
        }
    }

    /// Writes the frames of a chain, the outermost first; gives that one. The frame that native code
    /// was entered from is there.
    fn push(&self, vm: &mut Vm, chain: &[FrameMeta]) -> Result<FramePtr, Raised> {
        let mut outer = None;
        for (i, m) in chain.iter().enumerate().rev() {
            let last = i + 1 == chain.len();
            let there = if last { self.entered(vm) } else { None };
            let f = match there {
                Some(f) => f,
                None => match self.push_one(vm, m, last) {
                    Ok(f) => f,
                    Err(r) => {
                        self.unpush(vm, chain.len() - 1 - i, 0);
                        return Err(r);
                    }
                },
            };
            // SAFETY: the site stored the words, and native code's frame is still there.
            unsafe { write(vm, self.words, f, m) };
            JitStats::bump(&vm.jit.stats.written);
            outer.get_or_insert(f);
        }
        match outer {
            Some(f) => Ok(f),
            None => Err(raise!(vm, SystemError, "native code left without a frame")),
        }
    }

    fn push_one(&self, vm: &mut Vm, m: &FrameMeta, outermost: bool) -> Result<FramePtr, Raised> {
        let (Some(code), Some(exec)) = (Value::from_bits(m.code), exec_of_word(m.code)) else {
            return Err(raise!(
                vm,
                SystemError,
                "native code left a frame without code"
            ));
        };
        let namespace = self.unit.namespace.filter(|_| outermost);
        vm.push_frame(exec, code, self.unit.globals, namespace)
    }
}

/// An object for a native frame at this depth that an exception leaves: it keeps the frame's variables.
///
/// # Safety
/// `words` are those of a site in whose chain the frame is.
unsafe fn left_object(
    vm: &mut Vm,
    unit: &Unit,
    words: *const u64,
    m: &FrameMeta,
    depth: u32,
) -> Option<Value> {
    let at = place(m).0;
    let of = Of {
        code: Value::from_bits(m.code)?,
        globals: unit.globals,
        locals: None,
    };
    let o = match caught::own(vm, depth) {
        Some(o) => {
            o.get(vm).lasti.set(at);
            o.get(vm).orphan.set(true);
            o
        }
        None => frames::left(vm, of, at as u32).ok()?,
    };
    for (i, l) in m.slots.iter().enumerate() {
        // SAFETY: the contract.
        let v = unsafe { value(vm, words, *l) };
        if let Some(s) = o.get(vm).slots().get(i) {
            s.write(&vm.heap, v);
        }
    }
    Some(o.value())
}

/// An exception reaches the last frame of a site, which it gives and counts as the innermost; the others,
/// inlined ones, end by it: their lines get objects. `add`: the innermost one's own line is not there yet.
///
/// # Safety
/// `words` are those of the site, and may be written to.
pub unsafe fn ended<'a>(
    vm: &mut Vm,
    unit: &'a Unit,
    words: *mut u64,
    site: u64,
    exc: Value,
    add: bool,
) -> Option<&'a FrameMeta> {
    let (site, chain) = unit.site(site)?;
    let (to, left) = chain.split_last()?;
    let tuples = unit.tuples(site);
    let mut made = true;
    if !tuples.is_empty() {
        // SAFETY: the contract.
        if let Err(r) = unsafe { make_tuples(vm, words, tuples) } {
            // The lines go without objects: it is another exception's.
            let _ = vm.catch(r, ClassId::BaseException);
            made = false;
        }
    }
    let mut depth = vm.depth.get();
    let mut add = add;
    for m in left {
        // SAFETY: the contract.
        let o = match made {
            true => unsafe { left_object(vm, unit, words, m, depth) },
            false => None,
        };
        if let Some(o) = o {
            caught::bind(vm, depth, o);
        }
        if add {
            add_line_to(vm, exc, m, o);
        }
        add = true;
        depth -= 1;
    }
    vm.depth.set(depth);
    if add {
        add_line_to(vm, exc, to, Some(unit.globals));
    }
    Some(to)
}

/// What an exit stored, or knows.
///
/// # Safety
/// `words` are the words of the exit's site.
unsafe fn value(vm: &mut Vm, words: *const u64, l: Loc) -> Option<Value> {
    match l {
        Loc::Empty => None,
        Loc::Const(w) => Value::from_bits(w),
        Loc::Stored(t, i) => {
            // SAFETY: one of the site's words (contract).
            let w = unsafe { *words.add(i as usize) };
            boxed(vm, t, w)
        }
    }
}

/// Makes the tuples, the dicts and the complex numbers that a site's frames hold, and puts each into its word. Nothing is collected.
///
/// # Errors
/// MemoryError.
///
/// # Safety
/// `words` are those of the site that makes these tuples, and may be written to.
pub(super) unsafe fn make_tuples(
    vm: &mut Vm,
    words: *mut u64,
    tuples: &[TupleMeta],
) -> Result<(), Raised> {
    for t in tuples {
        let mut items = [Value::NONE; MOST];
        for (to, l) in items.iter_mut().zip(&t.items) {
            // SAFETY: the contract.
            *to = unsafe { value(vm, words, *l) }.unwrap_or(Value::NONE);
        }
        let n = t.items.len().min(MOST);
        let other = match t.makes {
            Makes::Tuple => None,
            Makes::Dict => Some(build::map(vm, &items[..n])?),
            Makes::Function => {
                let [globals, code, name, ref rest @ ..] = items;
                let closure = &rest[..n.saturating_sub(3)];
                let flags = if closure.is_empty() { 0 } else { 8 };
                Some(make_function(vm, globals, code, name, flags, closure)?)
            }
            Makes::Complex => {
                let [re, im] = [items[0], items[1]].map(|v| v.as_float().unwrap_or_default());
                Some(vm.new_complex(re, im)?)
            }
        };
        if let Some(made) = other {
            // SAFETY: the contract.
            unsafe { *words.add(t.at as usize) = made.bits() };
            continue;
        }
        let init = TupleObj {
            h: Header::new(object::Kind::Tuple, ClassId::Tuple as u32),
            len: n,
        };
        let made = match n {
            0 => vm.empty_tuple.get(),
            _ => None,
        };
        let made = match made {
            Some(t) => t,
            None => match vm.heap.alloc_copy(init, &items[..n]) {
                Ok(t) => t.value(),
                Err(NoMemory) => return Err(vm.raise_memory()),
            },
        };
        // SAFETY: the contract.
        unsafe { *words.add(t.at as usize) = made.bits() };
    }
    Ok(())
}

/// Writes one frame.
///
/// # Safety
/// `words` are those of a site in whose chain the frame is.
pub(super) unsafe fn write(vm: &mut Vm, words: *const u64, f: FramePtr, m: &FrameMeta) {
    let base = f.stack_base();
    for (i, l) in m.slots.iter().enumerate() {
        // SAFETY: the contract.
        let v = unsafe { value(vm, words, *l) };
        f.set_slot(i, v);
    }
    for (i, l) in m.stack.iter().enumerate() {
        // SAFETY: the contract.
        let v = unsafe { value(vm, words, *l) };
        f.set_slot(base + i, v);
    }
    f.set_depth(m.stack.len() as u32);
    f.set_pc(match m.kind {
        Kind::At | Kind::In => m.pc,
        Kind::After => m.pc + 1,
    });
}

/// The call at the frame's `pc` gave `v`.
pub(super) fn result(f: FramePtr, v: Value) {
    push_value(f, v);
    f.set_pc(f.pc() + 1);
}
/// Pushes a value on the frame's stack.
pub(super) fn push_value(f: FramePtr, v: Value) {
    let d = f.depth();
    f.set_slot(f.stack_base() + d as usize, Some(v));
    f.set_depth(d + 1);
}

/// Whether an exception where the frame is leaves it: no `try` is around. If handlers end by that, what was handled
/// before the outermost of them.
fn leaves(m: &FrameMeta) -> Option<Option<Loc>> {
    let Some(exec) = exec_of_word(m.code) else {
        return Some(None);
    };
    if exec.verified.block.get(m.pc as usize) == Some(&NO_BLOCK) {
        return Some(None);
    }
    let way = way(&exec.verified, m.pc);
    match (way.handler, way.closed) {
        (Some(_), _) => None,
        (None, None) => Some(None),
        (None, Some(d)) => m.stack.get(d as usize + 1).map(|l| Some(*l)),
    }
}

/// Adds the frame's line to the traceback of what is being raised.
fn add_line(vm: &mut Vm, m: &FrameMeta, frame: Option<Value>) {
    if let (false, Some(exc)) = (vm.is_terminating(), vm.exc.get()) {
        add_line_to(vm, exc, m, frame);
    }
}
fn add_line_to(vm: &mut Vm, exc: Value, m: &FrameMeta, frame: Option<Value>) {
    let Some(code) = Value::from_bits(m.code) else {
        return;
    };
    let (lasti, line) = place(m);
    exceptions::add_traceback(vm, exc, code, lasti, line, frame);
}

/// Offset and line of the instruction that a frame is at.
fn place(m: &FrameMeta) -> (i32, u32) {
    let mut at = m.place.get();
    if at == 0 {
        let exec = exec_of_word(m.code);
        at = exec.map_or(0, |e| (e.start(m.pc) as u64) << 32 | e.line(m.pc) as u64);
        m.place.set(at);
    }
    ((at >> 32) as i32, at as u32)
}
