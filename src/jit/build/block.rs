//! The six slots of a handler or `finally` body, and raising. What they hold: see `interp`.

use super::Builder;
use crate::code::verify::BlockKind;
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::Value;

/// Why a `finally` body was entered, by its topmost slot.
pub(super) enum Why {
    Begun,
    Called(u32),
    Raised,
    /// More than one of them.
    Unknown,
}

impl Builder<'_> {
    /// BEGIN_FINALLY
    pub(super) fn begin_finally(&mut self) {
        let mark = self.word(Value::MARK.bits());
        self.normal_entry(mark);
    }

    /// What is handled now counts as handled before, so that restoring it changes nothing.
    fn normal_entry(&mut self, top: Val) {
        let none = self.word(Value::NONE.bits());
        let handled = self.pure(Op::LoadHandled, &[]);
        let six = [none, handled, none, none, none, top];
        self.frame.stack.extend(six);
    }

    /// CALL_FINALLY
    pub(super) fn call_finally(&mut self, to: u32) {
        let before = self.frame.clone();
        let back = self.int(self.pc as i64 + 1);
        self.normal_entry(back);
        self.jump(to, &before);
    }

    pub(super) fn why(&self, top: Val) -> Why {
        match self.func.def(top) {
            Some((_, d)) if d.op == Op::ConstI64 => {
                u32::try_from(d.int()).map_or(Why::Unknown, Why::Called)
            }
            Some((_, d)) if d.op == Op::ConstVal => match d.imms[0] {
                Imm::Const(c) if self.func.consts[c.index()].bits() == Value::MARK.bits() => {
                    Why::Begun
                }
                _any => Why::Unknown,
            },
            Some(_) | None => match self.func.ty(top) {
                // An int that is not known here: a return address.
                Ty::I64 | Ty::Val => Why::Unknown,
                Ty::F64 | Ty::Bool => Why::Raised,
            },
        }
    }

    /// The handler that an exception here goes to, if it is in this frame and no block of a handler or
    /// `finally` body has to be closed on the way: its first instruction, and the depth below its slots.
    pub(super) fn handler(&self) -> Option<(u32, u32)> {
        let b = self.exec.verified.blocks_at(self.pc).next()?;
        match b.kind {
            BlockKind::Finally { handler } => Some((handler, b.depth)),
            BlockKind::Handler { .. } => None,
        }
    }

    /// The op just emitted may raise: then on to the handler, otherwise here.
    pub(super) fn catch(&mut self, (to, depth): (u32, u32)) {
        let (ok, caught) = (self.func.new_block(), self.func.new_block());
        let d = InstData::new(Op::Catch, &[]);
        self.push(d.target(ok, &[]).target(caught, &[]));
        let frame = self.frame.clone();
        self.block = caught;
        self.at_state = None;
        self.frame.stack.truncate(depth as usize);
        let s = self.new_state(Kind::In, 0);
        let i = self.push(InstData::new(Op::RtCatch, &[]).state(s));
        let [before, tb, exc, class] = self.func.insts[i.index()].results[..] else {
            unreachable!("the row has four results");
        };
        let none = self.word(Value::NONE.bits());
        self.frame
            .stack
            .extend([none, before, none, tb, exc, class]);
        self.goto(to);
        self.block = ok;
        self.frame = frame;
        self.at_state = None;
        self.ended = false;
    }

    /// END_FINALLY
    pub(super) fn end_finally(&mut self) {
        let Some(e) = self.exec.verified.end_finally(self.pc) else {
            return self.exit(crate::jit::deopt::reason::Reason::ColdPath);
        };
        let before = self.frame.clone();
        let top = self.peek(1);
        match self.why(top) {
            Why::Begun if e.falls => {
                self.drop(6);
                return self.goto(self.pc + 1);
            }
            Why::Called(to) if e.sites.contains(&to) => {
                self.drop(6);
                // Not a back edge, wherever it lies: it returns to where CALL_FINALLY left.
                return self.goto(to);
            }
            Why::Begun | Why::Called(_) | Why::Raised | Why::Unknown => {}
        }
        let top = self.boxed(top);
        if e.falls {
            let mark = self.word(Value::MARK.bits());
            let c = self.pure(Op::IsVal, &[top, mark]);
            let (yes, no) = self.branch(c, true);
            self.block = yes;
            self.drop(6);
            self.goto(self.pc + 1);
            self.block = no;
            self.frame = before.clone();
        }
        for &to in &e.sites {
            self.at_state = None;
            let site = Value::int_unchecked(to as i64).bits();
            let site = self.word(site);
            let c = self.pure(Op::IsVal, &[top, site]);
            let (yes, no) = self.branch(c, true);
            self.block = yes;
            self.drop(6);
            self.goto(to);
            self.block = no;
            self.frame = before.clone();
        }
        self.at_state = None;
        let six: Vec<Val> = (1..=6).rev().map(|n| self.peek(n)).collect();
        let six: Vec<Val> = six.into_iter().map(|v| self.boxed(v)).collect();
        // The six stay in the state: unwinding looks at them where they lie.
        self.rt(0, InstData::new(Op::Reraise, &six));
    }

    /// POP_FINALLY
    pub(super) fn pop_finally(&mut self, keep: bool) {
        let result = keep.then(|| self.peek(1));
        self.drop(keep as usize);
        let (top, before) = (self.peek(1), self.peek(5));
        match self.why(top) {
            Why::Begun | Why::Called(_) => {}
            Why::Raised | Why::Unknown => {
                let (before, top) = (self.boxed(before), self.boxed(top));
                self.push(InstData::new(Op::RtPopFinally, &[before, top]));
            }
        }
        self.drop(6);
        self.frame.stack.extend(result);
    }

    /// POP_EXCEPT
    pub(super) fn pop_except(&mut self) {
        let before = self.peek(2);
        let before = self.boxed(before);
        self.push(InstData::new(Op::RtPopExcept, &[before]));
        self.drop(3);
    }

    /// RAISE_VARARGS
    pub(super) fn raise(&mut self, n: usize) {
        let args: Vec<Val> = (1..=n).rev().map(|k| self.peek(k)).collect();
        let args: Vec<Val> = args.into_iter().map(|v| self.boxed(v)).collect();
        let d = InstData::new(Op::Raise, &args).imm(Imm::Idx(n as u32));
        self.rt(n, d);
    }
}
