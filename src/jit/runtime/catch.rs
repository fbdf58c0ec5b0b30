//! The helpers of exceptions that stay in native code: raising, catching, leaving inlined frames, ending
//! handlers. What the interpreter's `unwind` does in one go is spread over them.

use super::ops;
use super::{Items, Out, Pair};
use crate::interp::ops::block;
use crate::jit::deopt::{caught, reify};
use crate::jit::lower::status;
use crate::jit::native::callout::is_shown;
use crate::jit::native::exec_of_word;
use crate::jit::native::unit::Unit;
use crate::jit::ssa::op::How;
use crate::jit::watch;
use crate::object::{Kind, Value};
use crate::raise;
use crate::types::exception::ops as exceptions;
use crate::types::exception::ops::{add_traceback, set_context, traceback};
use crate::vm::{Raised, Vm};

/// Adds the frame's line to the traceback. No object is made for the frame: it stands for itself through
/// its globals until somebody looks.
fn add_line(vm: &mut Vm, unit: u64, code: Value, pc: u32, exc: Value) {
    let Some(exec) = exec_of_word(code.bits()) else {
        return;
    };
    // SAFETY: the unit runs.
    let globals = unsafe { (*(unit as *const Unit)).globals };
    let (lasti, line) = (exec.start(pc), exec.line(pc));
    add_traceback(vm, exc, code, lasti as i32, line, Some(globals));
}

/// What the interpreter does when an exception enters a handler: frames and handlers that it ends, their
/// lines in the traceback, the slots, which take the place of the site's words.
pub(super) fn catch(
    vm: &mut Vm,
    unit: u64,
    site: u64,
    words: u64,
    exc: Option<Value>,
    before: Option<Value>,
) -> Result<(), Raised> {
    let how = How::ALL.get((site >> 32) as usize).copied();
    let mut add = matches!(how, Some(How::Raised | How::Object));
    if vm.is_terminating() {
        return Err(vm.raised());
    }
    if let (Some(How::Object), Some(e)) = (how, exc) {
        set_context(vm, e);
    }
    if let Some(b) = before {
        block::restore_handled(vm, b);
    }
    let exc = match exc.filter(|e| e.is_kind(Kind::Exception)) {
        Some(e) => e,
        None => {
            if how == Some(How::Again) {
                let _ = raise!(vm, SystemError, "'finally' pops bad exception");
                add = true;
            }
            match vm.exc.get() {
                Some(e) if !vm.is_terminating() => e,
                Some(_) | None => return Err(vm.raised()),
            }
        }
    };
    vm.exc.write(&vm.heap, None);
    // SAFETY: the unit runs.
    let unit = unsafe { &*(unit as *const Unit) };
    let words = words as *mut u64;
    // SAFETY: native code has stored the words of this site there, in its own frame.
    let Some(to) = (unsafe { reify::ended(vm, unit, words, site & 0xFFFF_FFFF, exc, add) }) else {
        return Err(raise!(
            vm,
            SystemError,
            "native code caught an exception nowhere"
        ));
    };
    // Objects of frames that could not be made leave an error that nobody wants.
    vm.exc.write(&vm.heap, None);
    if vm.is_terminating() {
        return Err(vm.raised());
    }
    let depth = vm.depth.get();
    let line = traceback(vm, exc);
    let level = to.stack.len() as u32;
    caught::sink(vm, depth, level);
    if let Some(code) = Value::from_bits(to.code) {
        caught::push(vm, unit, line, code, depth, level);
    }
    let class = crate::types::class::ops::type_of(vm, exc)?;
    let out = Out(words);
    out.set(0, vm.handled.get_or_none());
    out.set(1, line);
    out.set(2, exc);
    out.set(3, class);
    vm.handled.write(&vm.heap, Some(exc));
    Ok(())
}

pub(super) fn pop_except(vm: &mut Vm, before: Option<Value>, level: u64, depth: u64) -> u64 {
    block::restore_handled(vm, before.unwrap_or(Value::NONE));
    caught::close(vm, depth as u32, level as u32);
    0
}
pub(super) fn restore_traceback(vm: &mut Vm, tb: Option<Value>) -> u64 {
    exceptions::restore_traceback(vm, tb.unwrap_or(Value::NONE));
    0
}
pub(super) fn pop_finally(
    vm: &mut Vm,
    before: Option<Value>,
    top: Option<Value>,
    level: u64,
    depth: u64,
) -> u64 {
    if top != Some(Value::MARK) && top.and_then(Value::as_small_int).is_none() {
        pop_except(vm, before, level, depth);
    }
    0
}

pub(super) fn raise_here(
    vm: &mut Vm,
    unit: u64,
    code: Value,
    pc: u64,
    items: Items,
    n: u64,
) -> Pair {
    let p = ops::raise(vm, n, items, n);
    here(vm, unit, code, pc as u32, p)
}
/// Adds the frame's line where the exception is new; one that is raised again has it. A frame that has been
/// shown goes on in the interpreter, which does that.
fn here(vm: &mut Vm, unit: u64, code: Value, pc: u32, p: Pair) -> Pair {
    watch::settle_raised(vm);
    if is_shown(vm) {
        return p;
    }
    match (p.status, vm.exc.get()) {
        (status::RAISED, Some(exc)) => {
            add_line(vm, unit, code, pc, exc);
            let line = traceback(vm, exc);
            // Above every handler: the next thing that happens takes it from there.
            // SAFETY: the unit runs.
            let unit = unsafe { &*(unit as *const Unit) };
            caught::push(vm, unit, line, code, vm.depth.get(), u32::MAX);
            p
        }
        (status::RERAISED, _) => Pair::new(p.payload, status::RAISED),
        _ => p,
    }
}
