//! The helpers of exceptions that stay in native code: raising, catching, leaving inlined frames, ending
//! handlers. What the interpreter's `unwind` does in one go is spread over them.

use super::ops::{raise, reraise};
use super::{Items, Out, Pair};
use crate::interp::ops::block;
use crate::jit::deopt::{caught, reify};
use crate::jit::lower::status;
use crate::jit::native::callout::is_shown;
use crate::jit::native::exec_of_word;
use crate::jit::native::unit::Unit;
use crate::jit::watch;
use crate::object::Value;
use crate::types::exception::ops::{add_traceback, traceback};
use crate::vm::{Raised, Vm};

/// Where an exception is, as the lowering packs it.
#[derive(Clone, Copy)]
struct Place {
    pc: u32,
    /// Depth of the value stack, below what a handler pushes.
    level: u32,
    /// Whether the frame's line is still to be added.
    add: bool,
}
impl Place {
    fn of(word: u64) -> Place {
        Place {
            pc: word as u32,
            level: (word >> 32) as u32 & 0x7FFF_FFFF,
            add: word >> 63 != 0,
        }
    }
}

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

/// What the interpreter does when an exception enters a handler: handlers that it ends, its line in
/// the traceback, the slots.
pub(super) fn catch(
    vm: &mut Vm,
    unit: u64,
    code: Value,
    place: u64,
    before: Option<Value>,
    out: Out,
) -> Result<(), Raised> {
    let exc = match vm.exc.get() {
        Some(e) if !vm.is_terminating() => e,
        Some(_) | None => return Err(vm.raised()),
    };
    let at = Place::of(place);
    if let Some(b) = before {
        block::restore_handled(vm, b);
    }
    let depth = vm.depth.get();
    if at.add {
        add_line(vm, unit, code, at.pc, exc);
    }
    let line = traceback(vm, exc);
    caught::sink(vm, depth, at.level);
    // SAFETY: the unit runs.
    let unit = unsafe { &*(unit as *const Unit) };
    caught::push(vm, unit, line, code, depth, at.level);
    vm.exc.write(&vm.heap, None);
    let class = crate::types::class::ops::type_of(vm, exc)?;
    out.set(0, vm.handled.get_or_none());
    out.set(1, line);
    out.set(2, exc);
    out.set(3, class);
    vm.handled.write(&vm.heap, Some(exc));
    Ok(())
}

/// An inlined frame ends by an exception: its line gets an object that keeps its variables.
pub(super) fn leave_frame(
    vm: &mut Vm,
    unit: u64,
    site: u64,
    words: u64,
    before: Option<Value>,
) -> u64 {
    if let Some(b) = before {
        block::restore_handled(vm, b);
    }
    // SAFETY: the unit runs.
    let unit = unsafe { &*(unit as *const Unit) };
    let (site, add) = (site & 0xFFFF_FFFF, site >> 32 != 0);
    // SAFETY: native code has stored the words of this site there, in its own frame.
    unsafe { reify::ended(vm, unit, words as *mut u64, site, add) };
    0
}

pub(super) fn pop_except(vm: &mut Vm, before: Option<Value>, level: u64, depth: u64) -> u64 {
    block::restore_handled(vm, before.unwrap_or(Value::NONE));
    caught::close(vm, depth as u32, level as u32);
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
    place: u64,
    items: Items,
    n: u64,
) -> Pair {
    let p = raise(vm, n, items, n);
    here(vm, unit, code, place, p)
}
pub(super) fn reraise_here(
    vm: &mut Vm,
    unit: u64,
    code: Value,
    place: u64,
    items: Items,
    n: u64,
) -> Pair {
    let p = reraise(vm, items, n);
    here(vm, unit, code, place, p)
}

/// Adds the frame's line where the exception is new; one that is raised again has it. A frame that has been
/// shown goes on in the interpreter, which does that.
fn here(vm: &mut Vm, unit: u64, code: Value, place: u64, p: Pair) -> Pair {
    watch::settle_raised(vm);
    if is_shown(vm) {
        return p;
    }
    match (p.status, vm.exc.get()) {
        (status::RAISED, Some(exc)) => {
            add_line(vm, unit, code, Place::of(place).pc, exc);
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
