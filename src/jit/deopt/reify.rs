//! Writing frames back: how native code hands over to the interpreter.
//!
//! [`leave`] is what every exit of native code calls. It turns the stored words into values and does one
//! of these:
//! * an exception that no frame of the site handles: adds their traceback entries, and says RAISED;
//! * a function: pushes the frames, inlined callers below, runs the interpreter on them to the
//!   end of the outermost, and gives the result to the native caller, unboxed when it is of
//!   the type the caller expects;
//! * a loop: writes the interpreter's frame, whose loop it is, in place, and says UNWIND.
#![allow(unsafe_code)]

use super::reason::Reason;
use crate::code::verify::NO_BLOCK;
use crate::gc::segments;
use crate::interp::frame::FramePtr;
use crate::interp::unwind::{Unwound, unwind};
use crate::interp::{self, run};
use crate::jit::lower::{FrameMeta, Loc, SiteKind, status};
use crate::jit::native::exec_of_word;
use crate::jit::native::unit::{Unit, UnitKind};
use crate::jit::runtime::{Pair, enter, raised};
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::types::Ty;
use crate::object::Value;
use crate::raise;
use crate::types::exception::ops as exceptions;
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
pub unsafe extern "C" fn leave(
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
    unsafe {
        enter(unit.vm, |vm| {
            let exit = Exit {
                unit,
                words,
                depth: depth as u32 - 1,
                payload,
                st,
            };
            match segments::with_stack(vm, move |vm| Ok(exit.leave(vm, site))) {
                Ok(p) => p,
                Err(r) => raised(vm, r),
            }
        })
    }
}

struct Exit<'a> {
    unit: &'a Unit,
    words: *const u64,
    depth: u32,
    payload: u64,
    st: u64,
}

impl Exit<'_> {
    fn leave(&self, vm: &mut Vm, site: u64) -> Pair {
        let Some((site, chain)) = self.unit.site(site) else {
            let r = raise!(vm, SystemError, "native code left by an unknown exit");
            return raised(vm, r);
        };
        let (kind, reason, bet) = (site.kind, site.reason, site.bet);
        let n = chain.len() as u32;
        match self.st {
            status::TERMINATE => return Pair::new(0, status::TERMINATE),
            status::RAISED | status::RERAISED => {
                vm.depth.set(self.depth + n);
                return self.throw(vm, chain, self.st == status::RERAISED);
            }
            _ => {}
        }
        if kind != SiteKind::Call {
            crate::jit::tier::left(vm, self.unit, reason, chain, bet);
        }
        if kind == SiteKind::Enter {
            return self.enter_frame(vm, chain);
        }
        vm.depth.set(self.depth + n);
        let outer = match self.push(vm, chain) {
            Ok(f) => f,
            Err(r) => return self.lost(vm, chain, r),
        };
        if kind == SiteKind::Call {
            // A callee's result of another type than expected: it goes on the stack.
            if let (Some(f), Some(v)) = (vm.stack.top_frame(), Value::from_bits(self.payload)) {
                result(f, v);
            }
        }
        self.go_on(vm, outer)
    }

    /// The interpreter goes on with the frames down to `outer`.
    fn go_on(&self, vm: &mut Vm, outer: FramePtr) -> Pair {
        match self.unit.kind {
            UnitKind::Loop(_) => Pair::new(0, status::UNWIND),
            UnitKind::Function => {
                let r = run::resume(vm, outer, None);
                vm.pop_frame(outer);
                vm.depth.set(self.depth);
                self.finish(vm, r)
            }
        }
    }

    fn finish(&self, vm: &mut Vm, r: Result<Value, Raised>) -> Pair {
        match r {
            Ok(v) => unboxed(self.unit.sig.ret, v),
            Err(r) => raised(vm, r),
        }
    }

    /// Before the innermost frame was counted: the interpreter enters it as if it had been called,
    /// and does not ask the tier again.
    fn enter_frame(&self, vm: &mut Vm, chain: &[FrameMeta]) -> Pair {
        let n = chain.len() as u32;
        vm.depth.set(self.depth + n - 1);
        let outer = match self.push(vm, chain) {
            Ok(f) => f,
            Err(r) => return self.lost(vm, &chain[1..], r),
        };
        let Err(r) = interp::enter::<false>(vm) else {
            return self.go_on(vm, outer);
        };
        let Some(f) = vm.stack.top_frame() else {
            return raised(vm, r);
        };
        vm.pop_frame(f);
        if n == 1 {
            vm.depth.set(self.depth);
            return raised(vm, r);
        }
        // The call raises in the frame that it was inlined in; that frame is written already.
        let r = run::resume(vm, outer, Some(r));
        vm.pop_frame(outer);
        vm.depth.set(self.depth);
        self.finish(vm, r)
    }

    /// No frame could be written: MemoryError leaves all of them.
    fn lost(&self, vm: &mut Vm, chain: &[FrameMeta], r: Raised) -> Pair {
        for m in chain {
            add_line(vm, m);
        }
        vm.depth.set(self.depth);
        raised(vm, r)
    }

    /// An exception at the innermost frame's `pc`: the first frame with an open block unwinds, those
    /// inside it only get their line in the traceback.
    fn throw(&self, vm: &mut Vm, chain: &[FrameMeta], again: bool) -> Pair {
        let mut r = vm.raised();
        for (i, m) in chain.iter().enumerate() {
            if !(again && i == 0) {
                add_line(vm, m);
            }
            if !has_block(m) {
                continue;
            }
            let rest = &chain[i..];
            vm.depth.set(self.depth + rest.len() as u32);
            let exc = vm.exc.get();
            let outer = match self.push(vm, rest) {
                Ok(f) => f,
                Err(r) => return self.lost(vm, &rest[1..], r),
            };
            vm.exc.write(&vm.heap, exc);
            let f = vm.stack.top_frame().unwrap_or(outer);
            match unwind(vm, f, m.pc, r) {
                Unwound::Handler(pc) => {
                    crate::jit::tier::left(vm, self.unit, Reason::Throw, rest, m.pc);
                    f.set_pc(pc);
                    return self.go_on(vm, outer);
                }
                Unwound::Leave(left) => r = left,
            }
            self.unpush(vm, rest.len());
        }
        vm.depth.set(self.depth);
        raised(vm, r)
    }

    /// Takes the frames away again that `push` pushed.
    fn unpush(&self, vm: &mut Vm, n: usize) {
        let keep = matches!(self.unit.kind, UnitKind::Loop(_)) as usize;
        for _ in keep..n {
            if let Some(f) = vm.stack.top_frame() {
                vm.pop_frame(f);
            }
        }
    }

    /// Writes the frames of a chain, the outermost first; gives that one. A loop's own frame is there.
    fn push(&self, vm: &mut Vm, chain: &[FrameMeta]) -> Result<FramePtr, Raised> {
        let mut outer = None;
        for (i, m) in chain.iter().enumerate().rev() {
            let last = i + 1 == chain.len();
            let there = match self.unit.kind {
                UnitKind::Loop(_) if last => vm.stack.top_frame(),
                UnitKind::Loop(_) | UnitKind::Function => None,
            };
            let f = match there {
                Some(f) => f,
                None => match self.push_one(vm, m, last) {
                    Ok(f) => f,
                    Err(r) => {
                        self.unpush(vm, chain.len() - 1 - i);
                        return Err(r);
                    }
                },
            };
            self.write(vm, f, m);
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

    fn value(&self, vm: &mut Vm, l: Loc) -> Option<Value> {
        match l {
            Loc::Empty => None,
            Loc::Const(w) => Value::from_bits(w),
            Loc::Stored(t, i) => {
                // SAFETY: the site stored this word in native code's frame, which is still there.
                let w = unsafe { *self.words.add(i as usize) };
                boxed(vm, t, w)
            }
        }
    }

    fn write(&self, vm: &mut Vm, f: FramePtr, m: &FrameMeta) {
        let base = f.stack_base();
        for (i, l) in m.slots.iter().enumerate() {
            let v = self.value(vm, *l);
            f.set_slot(i, v);
        }
        for (i, l) in m.stack.iter().enumerate() {
            let v = self.value(vm, *l);
            f.set_slot(base + i, v);
        }
        f.set_depth(m.stack.len() as u32);
        f.set_pc(match m.kind {
            Kind::At | Kind::In => m.pc,
            Kind::After => m.pc + 1,
        });
    }
}

/// The call at the frame's `pc` gave `v`.
fn result(f: FramePtr, v: Value) {
    let d = f.depth();
    f.set_slot(f.stack_base() + d as usize, Some(v));
    f.set_depth(d + 1);
    f.set_pc(f.pc() + 1);
}

/// Whether a block is open where the frame is: leaving it by an exception has to unwind it.
fn has_block(m: &FrameMeta) -> bool {
    let Some(exec) = exec_of_word(m.code) else {
        return false;
    };
    let b = exec.verified.block.get(m.pc as usize);
    b.is_some_and(|b| *b != NO_BLOCK)
}

/// Adds the frame's line to the traceback of what is being raised.
fn add_line(vm: &mut Vm, m: &FrameMeta) {
    if vm.is_terminating() {
        return;
    }
    let (Some(exc), Some(code), Some(exec)) =
        (vm.exc.get(), Value::from_bits(m.code), exec_of_word(m.code))
    else {
        return;
    };
    let (lasti, line) = (exec.start(m.pc), exec.line(m.pc));
    exceptions::add_traceback(vm, exc, code, lasti as i32, line, None);
}
