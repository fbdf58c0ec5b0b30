//! SETUP_WITH, WITH_CLEANUP_START, WITH_CLEANUP_FINISH: see `interp/ops/with`.

use super::Builder;
use super::block::Why;
use crate::code::opcode::Opcode;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::InstData;
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Val;
use crate::object::Value;

impl Builder<'_> {
    /// SETUP_WITH: `__exit__` takes the manager's place.
    pub(super) fn setup_with(&mut self) {
        let all = self.top(1);
        let i = self.rt(1, InstData::new(Op::RtSetupWith, &all));
        let two = self.func.insts[i.index()].results.clone();
        self.drop(1);
        self.frame.stack.extend(two);
    }

    /// WITH_CLEANUP_START
    pub(super) fn with_start(&mut self) {
        let four = [7, 3, 2, 1].map(|n| self.peek(n));
        let four = four.map(|v| self.boxed(v));
        let i = self.rt(0, InstData::new(Op::RtWithStart, &four));
        let two = self.func.insts[i.index()].results.clone();
        self.frame.stack.extend(two);
    }

    /// WITH_CLEANUP_FINISH
    pub(super) fn with_finish(&mut self) {
        let normal = match self.why(self.peek(3)) {
            Why::Begun | Why::Called(_) => true,
            Why::Raised | Why::Unknown => false,
        };
        if normal {
            return self.without_exit();
        }
        // A return address in the six would have to be told from an exception; no compiler makes one here.
        let next = self.pc + 1;
        let plain = match self.exec.verified.instrs[next as usize].op {
            Opcode::END_FINALLY => self
                .exec
                .verified
                .end_finally(next)
                .is_some_and(|e| e.sites.is_empty()),
            op => op == Opcode::POP_FINALLY,
        };
        if !plain {
            return self.exit(Reason::ColdPath);
        }
        let none = self.word(Value::NONE.bits());
        let class = self.peek(2);
        let class = self.boxed(class);
        let c = self.pure(Op::IsVal, &[class, none]);
        let before = self.frame.clone();
        let (entered, raised) = self.branch(c, true);
        self.block = entered;
        self.without_exit();
        self.goto(next);

        self.block = raised;
        self.frame = before.clone();
        self.at_state = None;
        let ends = self.truth(1);
        let (ends, goes_on) = self.branch(ends, true);
        self.block = ends;
        let handled = self.peek(7);
        let handled = self.boxed(handled);
        self.end_handler(handled, 8);
        self.drop(9);
        self.begin_finally();
        self.goto(next);

        self.block = goes_on;
        self.frame = before;
        self.at_state = None;
        self.without_exit();
        self.goto(next);
    }

    /// What WITH_CLEANUP_START pushed goes, and `__exit__` from below the six.
    fn without_exit(&mut self) {
        self.drop(2);
        let at = self.frame.stack.len() - 7;
        let _exit: Val = self.frame.stack.remove(at);
    }
}
