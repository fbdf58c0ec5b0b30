//! Yielding, delegating, awaiting. A unit of a generator begins where it goes on and ends where it yields, its
//! frame written: what lies between is as any other code.

use super::Builder;
use super::frame::Slot;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Val;
use crate::object::ClassId;

impl Builder<'_> {
    /// YIELD_VALUE
    pub(super) fn yield_value(&mut self) {
        if self.exec.makes == Some(ClassId::AsyncGenerator) {
            let all = self.top(1);
            self.rt_push(1, InstData::new(Op::RtWrapYield, &all));
        }
        let v = self.peek(1);
        self.drop(1);
        self.give(v, false);
    }

    /// The frame is suspended here, as it is now, and gives `v`.
    fn give(&mut self, v: Val, delegating: bool) {
        let mut all = vec![self.boxed(v)];
        for i in 0..self.nlocals {
            let w = match self.frame.slots[i] {
                Slot::Bound(v) | Slot::Maybe(v) => self.boxed(v),
                Slot::Empty => self.one(InstData::new(Op::ConstEmpty, &[])),
            };
            all.push(w);
        }
        for i in 0..self.frame.stack.len() {
            let w = self.boxed(self.frame.stack[i]);
            all.push(w);
        }
        let pc = Imm::Idx(self.pc);
        let d = InstData::new(Op::Yield, &all).imm(pc);
        self.push(d.imm(Imm::Bool(delegating)));
    }

    /// YIELD_FROM: iterator, value to send.
    pub(super) fn yield_from(&mut self) {
        let all = self.top(2);
        let i = self.rt(1, InstData::new(Op::RtDelegate, &all));
        let two = self.func.insts[i.index()].results.clone();
        self.drop(1);
        let yields = self.pure(Op::IsBound, &[two[0]]);
        let ended = self.fork(yields);
        let before = self.frame.clone();
        self.give(two[0], true);
        self.block = ended;
        self.frame = before;
        self.ended = false;
        self.at_state = None;
        self.drop(1);
        self.frame.stack.push(two[1]);
    }

    /// GET_AITER, GET_AWAITABLE, GET_YIELD_FROM_ITER, GET_ANEXT, which takes none of its operands away.
    pub(super) fn get_await(&mut self, drop: usize) {
        let all = self.top(1);
        let before = self.pc.checked_sub(1);
        let before = before.map_or(0, |i| self.exec.verified.instrs[i as usize].op as i64);
        let place = before | (self.exec.code.flags as i64) << 8;
        let op = Imm::Opc(self.op());
        let d = InstData::new(Op::RtAwait, &all).imm(op);
        self.rt_push(drop, d.imm(Imm::Int(place)));
    }

    /// BEFORE_ASYNC_WITH: `__aexit__` takes the manager's place.
    pub(super) fn before_async_with(&mut self) {
        let all = self.top(1);
        let i = self.rt(1, InstData::new(Op::RtBeforeAsyncWith, &all));
        let two = self.func.insts[i.index()].results.clone();
        self.drop(1);
        self.frame.stack.extend(two);
    }

    /// END_ASYNC_FOR: the iterator, then the six slots of an exception.
    pub(super) fn end_async_for(&mut self) {
        let six: Vec<Val> = (1..=6).rev().map(|n| self.peek(n)).collect();
        let six: Vec<Val> = six.into_iter().map(|v| self.boxed(v)).collect();
        let ended = self.pure(Op::AsyncEnded, &six[4..5]);
        let before = self.frame.clone();
        let no = self.fork(ended);
        self.at_state = None;
        self.end_handler(six[1], 6);
        self.drop(7);
        self.goto(self.pc + 1);
        self.block = no;
        self.frame = before;
        self.ended = false;
        self.at_state = None;
        self.raise_again(&six);
    }
}
