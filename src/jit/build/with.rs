//! SETUP_WITH, WITH_CLEANUP_START, WITH_CLEANUP_FINISH: see `interp/ops/with`.

use super::Builder;
use super::bind::Known;
use super::block::Why;
use crate::code::opcode::Opcode;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::Value;
use crate::protocol::special::Special;

impl Builder<'_> {
    /// SETUP_WITH: `__exit__` takes the manager's place.
    pub(super) fn setup_with(&mut self) {
        if self.enter_known() {
            return;
        }
        let all = self.top(1);
        let i = self.rt(1, InstData::new(Op::RtSetupWith, &all));
        let two = self.func.insts[i.index()].results.clone();
        self.drop(1);
        self.frame.stack.extend(two);
    }

    /// SETUP_WITH of managers of one shape, whose methods are Python functions.
    fn enter_known(&mut self) -> bool {
        let q = self.q();
        let o = self.peek(1);
        let burnt = |r| self.env.burnt(self.pc, r);
        if !self.env.speculate()
            || q.poly.get()
            || q.cache1.get() == 0
            || self.func.ty(o) != Ty::Val
            || burnt(Reason::WrongShape)
            || burnt(Reason::ClassChanged)
        {
            return false;
        }
        let shape = q.cache1.get() as u32;
        let Some((class, version)) = self.env.class_of_shape(shape) else {
            return false;
        };
        let (Some(enter), Some(exit)) = (
            self.method_of(class, Special::Enter),
            self.method_of(class, Special::Exit),
        ) else {
            return false;
        };
        let s = self.at();
        let d = InstData::new(Op::GuardShape, &[o]).imm(Imm::Int(shape as i64));
        let w = self.one(d.exit(Reason::WrongShape, s));
        self.know(w, vec![shape]);
        self.guard_version(class, version);
        self.call_found(enter, vec![w], |b| {
            let f = b.word(exit.word());
            let i = b.rt(1, InstData::new(Op::RtBindMethod, &[f, w]));
            let bound = b.func.insts[i.index()].result();
            b.drop(1);
            b.frame.stack.push(bound);
        });
        true
    }

    /// The Python function that a class has under this name.
    fn method_of(&self, class: u64, name: Special) -> Option<Known> {
        let word = self.env.of_order(class, self.env.special(name)?, None)?;
        let version = self.env.version(word)?;
        Some(Known::Function { word, version })
    }

    /// WITH_CLEANUP_START where SETUP_WITH knew `__exit__`.
    fn exit_known(&mut self) -> bool {
        let (tb, exc, top) = (self.peek(3), self.peek(2), self.peek(1));
        let bound = match self.func.def(self.peek(7)) {
            Some((_, d)) if d.op == Op::RtBindMethod => (d.args[0], d.args[1]),
            Some(_) | None => return false,
        };
        let Some(word) = self.constant_of(bound.0) else {
            return false;
        };
        let Some(version) = self.env.version(word) else {
            return false;
        };
        let none = self.word(Value::NONE.bits());
        let args = match self.why(top) {
            Why::Begun => [none; 3],
            // No return address is among what it may be.
            Why::Unknown if self.func.ty(top) == Ty::Val && self.without_sites() => {
                let mark = self.word(Value::MARK.bits());
                let c = self.pure(Op::IsVal, &[top, mark]);
                let (entered, raised) = self.branch(c, true);
                let meet = self.func.new_block();
                let class = self.func.add_param(meet, Ty::Val);
                for (block, v) in [(entered, none), (raised, top)] {
                    self.block = block;
                    self.push(InstData::new(Op::Jump, &[]).target(meet, &[v]));
                }
                self.block = meet;
                self.ended = false;
                self.at_state = None;
                // Both are None where no exception is.
                [class, exc, tb]
            }
            Why::Called(_) | Why::Raised | Why::Unknown => return false,
        };
        let class = args[0];
        let mut all = vec![bound.1];
        all.extend(args);
        let known = Known::Function { word, version };
        self.call_found(known, all, |b| b.frame.stack.push(class));
        true
    }

    /// Whether the END_FINALLY after the next instruction returns to no CALL_FINALLY.
    fn without_sites(&self) -> bool {
        let end = self.exec.verified.end_finally(self.pc + 2);
        end.is_some_and(|e| e.sites.is_empty())
    }

    /// WITH_CLEANUP_START
    pub(super) fn with_start(&mut self) {
        if self.exit_known() {
            return;
        }
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
