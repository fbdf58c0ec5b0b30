//! Going on with frames that were shown while native code waited in a call: they are on the VM stack,
//! written, the innermost on top. The operation they wait for has ended somehow, or its callee's frame
//! has; the interpreter finishes it and goes on.

use super::reify::{Exit, push_value, result};
use crate::code::opcode::Opcode;
use crate::interp::frame::FramePtr;
use crate::interp::unwind::{Unwound, unwind};
use crate::jit::lower::{SiteKind, status};
use crate::jit::runtime::{Pair, raised};
use crate::object::Value;
use crate::raise;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

impl Exit<'_> {
    /// Leaves the `n` topmost frames of the VM stack, which are this native frame's, to the interpreter.
    pub(super) fn leave_shown(&self, vm: &mut Vm, kind: SiteKind, n: u32) -> Pair {
        let top = vm.stack.top_frame();
        let outer = top.map(|f| (1..n).fold(f, |f, _| f.before()));
        let Some(outer) = outer else {
            let r = raise!(vm, SystemError, "a frame of native code is lost");
            return raised(vm, r);
        };
        match self.st {
            status::TERMINATE => {
                self.unpush(vm, n as usize, 0);
                return Pair::new(0, status::TERMINATE);
            }
            status::RAISED | status::THROWN => {
                vm.depth.set(self.depth + n);
                let r = vm.raised();
                return self.go_on(vm, outer, Some(r));
            }
            status::RERAISED => {
                vm.depth.set(self.depth + n);
                return self.reraise_shown(vm, outer, n);
            }
            _ => {}
        }
        if kind == SiteKind::Enter {
            vm.depth.set(self.depth + n - 1);
            return self.enter_pushed(vm, outer, n);
        }
        vm.depth.set(self.depth + n);
        if self.st == status::GAVE {
            // It delegates: the frame, the one that native code was entered from, is suspended.
            let pc = outer.pc() as u64;
            return Pair::new(self.payload, pc << 8 | status::YIELD);
        }
        if kind == SiteKind::Call
            && let Some(f) = vm.stack.top_frame()
            && let Err(r) = self.complete(vm, f)
        {
            return self.go_on(vm, outer, Some(r));
        }
        self.go_on(vm, outer, None)
    }

    /// The innermost frame has its traceback entry.
    fn reraise_shown(&self, vm: &mut Vm, outer: FramePtr, n: u32) -> Pair {
        let r = vm.raised();
        let f = vm.stack.top_frame().unwrap_or(outer);
        match unwind(vm, f, f.pc(), r) {
            Unwound::Handler(pc) => {
                f.set_pc(pc);
                self.go_on(vm, outer, None)
            }
            Unwound::Leave(r) => {
                self.unpush(vm, n as usize, n as usize - 1);
                vm.depth.set(self.depth + n - 1);
                if n == 1 {
                    return raised(vm, r);
                }
                self.go_on(vm, outer, Some(r))
            }
        }
    }

    /// Finishes the instruction at the frame's `pc`: its operands are popped.
    fn complete(&self, vm: &mut Vm, f: FramePtr) -> Result<(), Raised> {
        let lost = |vm: &mut Vm| Err(raise!(vm, SystemError, "native code lost a result"));
        let pc = f.pc();
        match self.st {
            status::NOTHING => f.set_pc(pc + 1),
            status::TRUTH => truth(f, self.payload != 0),
            status::ENDED => {
                // FOR_ITER: the iterator goes.
                f.set_depth(f.depth().saturating_sub(1));
                f.set_pc(operand(f));
            }
            status::RETURNED => {
                // YIELD_FROM: the iterator goes.
                f.set_depth(f.depth().saturating_sub(1));
                match Value::from_bits(self.payload) {
                    Some(v) => result(f, v),
                    None => return lost(vm),
                }
            }
            status::MANY => {
                let t = Value::from_bits(self.payload).and_then(|v| v.cast::<TupleObj>());
                let Some(t) = t else { return lost(vm) };
                for v in t.get(vm).iter() {
                    push_value(f, v);
                }
                f.set_pc(pc + 1);
            }
            _boxed => match Value::from_bits(self.payload) {
                Some(v) => result(f, v),
                None => return lost(vm),
            },
        }
        Ok(())
    }
}

/// The operand of the instruction at the frame's `pc`.
fn operand(f: FramePtr) -> u32 {
    f.exec().instrs.get(f.pc() as usize).map_or(0, |i| i.arg)
}

/// The instruction at the frame's `pc` wanted to know whether something is true.
fn truth(f: FramePtr, is: bool) {
    let pc = f.pc();
    let op = f.exec().instrs.get(pc as usize).map(|i| i.opcode());
    if op == Some(Opcode::COMPARE_OP) {
        // `in`, `not in`, `exception match`.
        let is = is != (operand(f) == 7);
        return result(f, Value::bool(is));
    }
    let jumps_when = if op == Some(Opcode::JUMP_IF_TRUE_OR_POP) {
        Some(true)
    } else {
        (op == Some(Opcode::JUMP_IF_FALSE_OR_POP)).then_some(false)
    };
    match jumps_when {
        // What was tested is still there.
        Some(when) if when == is => f.set_pc(operand(f)),
        Some(_) => {
            f.set_depth(f.depth().saturating_sub(1));
            f.set_pc(pc + 1);
        }
        // The instruction is done again, on the answer: nobody is asked twice.
        None => push_value(f, Value::bool(is)),
    }
}
