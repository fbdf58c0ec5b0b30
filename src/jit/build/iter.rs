//! GET_ITER and FOR_ITER. A range's iterator is run in registers and written back at each step, so
//! that its object is right whenever anything looks at it.

use super::Builder;
use crate::interp::executable::Spec;
use crate::interp::feedback::GENERATOR;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Cmp, Val};

impl Builder<'_> {
    /// GET_ITER
    pub(super) fn get_iter(&mut self) {
        let v = self.peek(1);
        if self.func.def(v).is_some_and(|(_, d)| d.op == Op::RangeIter) {
            // It is one already.
            return;
        }
        let all = self.top(1);
        self.rt_push(1, InstData::new(Op::RtGetIter, &all));
    }

    /// FOR_ITER. Its state `in` keeps the iterator: the item is pushed above it.
    pub(super) fn for_iter(&mut self, end: u32) {
        if self.unseen() {
            return self.exit(Reason::ColdPath);
        }
        let q = self.q();
        let range = q.spec() == Some(Spec::FOR_RANGE)
            && self.env.speculate()
            && !self.env.burnt(self.pc, Reason::NotRangeIter);
        let it = self.peek(1);
        let it = self.boxed(it);
        if range {
            let it = self.guarded(Op::GuardRangeIter, &[it], Reason::NotRangeIter);
            let it = match self.env.burnt(self.pc, Reason::RangeDown) {
                true => it,
                false => self.guarded(Op::GuardRangeUp, &[it], Reason::RangeDown),
            };
            let left = self.pure(Op::RangeRemaining, &[it]);
            let zero = self.int(0);
            let d = InstData::new(Op::IcmpI64, &[left, zero]).imm(Imm::Cmp(Cmp::Ne));
            let more = self.one(d);
            let no = self.fork(more);
            let v = self.pure(Op::RangeNext, &[it]);
            let step = self.pure(Op::RangeStep, &[it]);
            let next = self.pure(Op::WrapAddI64, &[v, step]);
            let one = self.int(-1);
            let left = self.pure(Op::WrapAddI64, &[left, one]);
            self.push(InstData::new(Op::RangeAdvance, &[it, next, left]));
            self.frame.stack.push(v);
            self.finish(no, end, None);
            return;
        }
        if self.for_each(it, end) {
            return;
        }
        let op = match q.cache1.get() as u8 & GENERATOR {
            0 => Op::RtForIter,
            _ => Op::RtForGen,
        };
        let i = self.rt(0, InstData::new(op, &[it]));
        let v = self.func.insts[i.index()].result();
        let more = self.pure(Op::IsBound, &[v]);
        let no = self.fork(more);
        self.frame.stack.push(v);
        self.finish(no, end, None);
    }

    /// Goes on where there is an item; gives the block where there is none.
    pub(super) fn fork(&mut self, more: Val) -> Block {
        let (yes, no) = self.branch(more, true);
        self.block = yes;
        no
    }

    /// With the item pushed: on to the body, and from `no`, without the iterator, to the end. Where it is
    /// named, the iterator is told.
    pub(super) fn finish(&mut self, no: Block, end: u32, ended: Option<Val>) {
        let mut before = self.frame.clone();
        before.stack.pop();
        self.goto(self.pc + 1);
        self.block = no;
        self.frame = before.clone();
        self.drop(1);
        self.at_state = None;
        if let Some(it) = ended {
            self.push(InstData::new(Op::IterEnd, &[it]));
        }
        self.jump(end, &before);
    }
}
