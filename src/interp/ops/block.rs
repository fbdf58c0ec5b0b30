//! The six slots of a handler, and RAISE_VARARGS.

use crate::code::verify::{Block, BlockKind};
use crate::interp::frame::{FramePtr, Sp};
use crate::object::{Kind, Value};
use crate::raise;
use crate::types::exception::ops::restore_traceback;
use crate::vm::{Raised, Vm};

/// BEGIN_FINALLY.
pub fn begin_finally(vm: &Vm, s: &mut Sp) {
    normal_entry(vm, s, Value::MARK);
}

/// CALL_FINALLY's six slots; `back` is the instruction to return to.
pub fn call_finally(vm: &Vm, s: &mut Sp, back: u32) {
    normal_entry(vm, s, Value::int_unchecked(back as i64));
}

/// What is handled now counts as handled before, so that restoring it changes nothing.
fn normal_entry(vm: &Vm, s: &mut Sp, top: Value) {
    s.push(Value::NONE);
    s.push(vm.handled.get_or_none());
    for _ in 0..3 {
        s.push(Value::NONE);
    }
    s.push(top);
}

/// Pushes the six slots of an exception that enters a handler, and makes it the one being handled. Its traceback is
/// there twice: the upper three slots go when the body of an `except` begins.
pub fn enter_handler(vm: &mut Vm, s: &mut Sp, exc: Value) -> Result<(), Raised> {
    let class = crate::types::class::ops::type_of(vm, exc)?;
    let tb = crate::types::exception::ops::traceback(vm, exc);
    s.push(Value::NONE);
    s.push(vm.handled.get_or_none());
    s.push(tb);
    s.push(tb);
    s.push(exc);
    s.push(class);
    vm.handled.write(&vm.heap, Some(exc));
    Ok(())
}

/// What was handled before is handled again.
pub fn restore_handled(vm: &mut Vm, before: Value) {
    let v = before.is_kind(Kind::Exception).then_some(before);
    vm.handled.write(&vm.heap, v);
}

/// A `raise` without operands at instruction `pc` raises what is handled again. Where the handler is one of this
/// frame, the traceback is as it was when that began.
pub fn raise_again(vm: &Vm, f: FramePtr, pc: u32) {
    let handlers = |b: &&Block| matches!(b.kind, BlockKind::Handler { .. });
    for b in f.exec().verified.blocks_at(pc).filter(handlers) {
        let tb = f.slot(f.stack_base() + b.depth as usize + 2);
        // One that was entered otherwise handles nothing.
        if let Some(tb) = tb.filter(|t| t.is_kind(Kind::Traceback)) {
            return restore_traceback(vm, tb);
        }
    }
}

/// How END_FINALLY goes on.
pub enum Finally {
    Next,
    Return(u32),
    Raise(Raised),
}

/// END_FINALLY, and what POP_FINALLY does with the same slots: pops the six.
///
/// An int is obeyed only if it is one of `sites`, the return points the verifier found:
/// hostile code may have put any int there.
pub fn end_finally(vm: &mut Vm, s: &mut Sp, sites: impl Fn(u32) -> bool) -> Finally {
    let (top, exc, tb, before) = (s.peek(1), s.peek(2), s.peek(3), s.peek(5));
    s.drop(6);
    if top == Value::MARK {
        return Finally::Next;
    }
    if let Some(i) = top.as_small_int() {
        return match u32::try_from(i) {
            Ok(i) if sites(i) => Finally::Return(i),
            _ => Finally::Raise(raise!(vm, SystemError, "'finally' pops bad exception")),
        };
    }
    restore_traceback(vm, tb);
    restore_handled(vm, before);
    if exc.is_kind(Kind::Exception) {
        Finally::Raise(vm.reraise(exc))
    } else {
        Finally::Raise(raise!(vm, SystemError, "'finally' pops bad exception"))
    }
}

/// POP_FINALLY: the six slots go, a result above them stays.
pub fn pop_finally(vm: &mut Vm, s: &mut Sp, keep: bool) {
    let result = keep.then(|| s.pop());
    let (top, before) = (s.peek(1), s.peek(5));
    s.drop(6);
    if top != Value::MARK && top.as_small_int().is_none() {
        restore_handled(vm, before);
    }
    if let Some(r) = result {
        s.push(r);
    }
}
