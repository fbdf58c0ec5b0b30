//! The six slots of a handler or `finally` body, and raising. What they hold: see `interp`.

use super::Builder;
use super::cfg::{Catches, way};
use crate::code::verify::{self, BlockKind};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::{How, Op};
use crate::jit::ssa::types::{Block, StateId, Ty, Val};
use crate::object::Value;

/// Why a `finally` body was entered, by its topmost slot.
pub(super) enum Why {
    Begun,
    Called(u32),
    Raised,
    /// More than one of them.
    Unknown,
}

/// An exception on its way in native code: what `rt_catch` is told.
pub(super) struct Thrown {
    /// The block, which has no terminator yet, and the state of the frame that it came up in.
    from: Block,
    state: StateId,
    how: How,
    /// The exception, if it is at hand.
    exc: Option<Val>,
    /// What was handled before the handlers that have ended by it, if there were any.
    before: Option<Val>,
    /// Inlined frames that have ended by it.
    ended: u32,
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

    /// Whether an exception here goes on natively: to a handler of this frame, or out of it, where it is
    /// inlined, to one of a caller's.
    fn goes_on(&self, raises: bool) -> bool {
        let way = way(&self.exec.verified, self.pc);
        match self.catches {
            Catches::None => false,
            Catches::Plain => way.handler.is_some() && way.closed.is_none() && !raises,
            Catches::All => way.handler.is_some() || self.escapes,
        }
    }

    /// Whether a handler of this frame may run natively.
    pub(super) fn may_catch(&self) -> bool {
        let blocks = &self.exec.verified.blocks;
        let catches = |b: &verify::Block| matches!(b.kind, BlockKind::Finally { .. });
        self.catches != Catches::None && blocks.iter().any(catches)
    }

    /// Whether a handler of this frame, or of a caller's, catches what an inlined call here raises.
    pub(super) fn catches_calls(&self) -> bool {
        self.catches == Catches::All && self.goes_on(false)
    }

    /// The op just emitted may raise: then on to the handler, otherwise here.
    pub(super) fn catch(&mut self, add: bool) {
        let raises = !add;
        if !self.goes_on(raises) {
            return;
        }
        let (ok, caught) = (self.func.new_block(), self.func.new_block());
        let d = InstData::new(Op::Catch, &[]);
        self.push(d.target(ok, &[]).target(caught, &[]));
        let frame = self.frame.clone();
        self.block = caught;
        let how = if add { How::Raised } else { How::HasLine };
        self.thrown(how, None, None);
        self.block = ok;
        self.frame = frame;
        self.at_state = None;
        self.ended = false;
    }

    /// An exception is on its way at the current instruction, or `exc` is put on it.
    fn thrown(&mut self, how: How, exc: Option<Val>, before: Option<Val>) {
        self.at_state = None;
        let way = way(&self.exec.verified, self.pc);
        // What is above the handler's slots is gone; a frame that ends has none.
        let kept = way.handler.map_or(0, |h| h.1 as usize);
        let state = self.new_state(Kind::In, self.frame.stack.len() - kept);
        self.deliver(Thrown {
            from: self.block,
            state,
            how,
            exc,
            before,
            ended: 0,
        });
    }

    /// Brings an exception to the handler of this frame; where there is none, the frame, which is inlined, ends by
    /// it, and it goes on in the caller's.
    fn deliver(&mut self, mut t: Thrown) {
        let way = way(&self.exec.verified, self.pc);
        self.block = t.from;
        // Of all handlers that end, the outermost one's counts.
        if let Some(d) = way.closed {
            let v = self.frame.stack[d as usize + 1];
            t.before = Some(self.boxed(v));
        }
        let Some((to, depth)) = way.handler else {
            t.ended += 1;
            self.throws.push(t);
            self.ended = true;
            return;
        };
        self.frame.stack.truncate(depth as usize);
        let args: Vec<Val> = t.exc.into_iter().chain(t.before).collect();
        let d = InstData::new(Op::RtCatch, &args)
            .imm(Imm::Idx(t.how as u32))
            .imm(Imm::Idx(t.ended))
            .imm(Imm::Idx(depth));
        let i = self.push(d.state(t.state));
        let [before, tb, exc, class] = self.func.insts[i.index()].results[..] else {
            unreachable!("the row has four results");
        };
        let none = self.word(Value::NONE.bits());
        // See `interp::generator`.
        let first = match self.exec.makes {
            Some(_) => self.word(Value::MARK.bits()),
            None => none,
        };
        self.frame.stack.extend([first, before, tb, tb, exc, class]);
        self.goto(to);
    }

    /// These exceptions have left the function inlined at the current instruction.
    pub(super) fn thrown_from(&mut self, all: Vec<Thrown>) {
        for t in all {
            let frame = self.frame.clone();
            self.at_state = None;
            self.deliver(t);
            self.frame = frame;
        }
        self.at_state = None;
        self.ended = false;
    }

    /// The depth of the six slots that end `above` values below the top, and of the frame.
    fn level(&self, d: InstData, six: usize) -> InstData {
        let level = self.frame.stack.len() - six;
        d.imm(Imm::Idx(level as u32))
            .imm(Imm::Idx(self.nest.len() as u32 - 1))
    }

    /// A handler ends whose slots begin `from` values below the top: what was handled before is again.
    pub(super) fn end_handler(&mut self, before: Val, from: usize) {
        let d = InstData::new(Op::RtPopExcept, &[before]);
        let d = self.level(d, from);
        self.push(d);
    }

    /// END_FINALLY
    pub(super) fn end_finally(&mut self) {
        let Some(e) = self.exec.verified.end_finally(self.pc) else {
            return self.exit(Reason::ColdPath);
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
        self.raise_again(&six);
    }

    /// Raises what is in the six slots on top of the stack.
    pub(super) fn raise_again(&mut self, six: &[Val]) {
        self.restore_traceback(six[2]);
        match self.goes_on(true) {
            true => self.thrown(How::Again, Some(six[4]), Some(six[1])),
            // The six stay in the state: unwinding looks at them where they lie.
            false => {
                self.rt(0, InstData::new(Op::Reraise, six));
            }
        }
    }

    fn restore_traceback(&mut self, tb: Val) {
        if self.constant_of(tb) != Some(Value::NONE.bits()) {
            let tb = self.boxed(tb);
            self.push(InstData::new(Op::RtRestoreTraceback, &[tb]));
        }
    }

    /// A `raise` without operands, in handlers of this frame. The last one wins: the innermost that an exception has
    /// entered.
    fn restore_tracebacks(&mut self) {
        let handler = |b: &&verify::Block| matches!(b.kind, BlockKind::Handler { .. });
        let blocks = self.exec.verified.blocks_at(self.pc).filter(handler);
        let mut all: Vec<Val> = Vec::new();
        for b in blocks {
            let tb = self.frame.stack[b.depth as usize + 2];
            all.push(tb);
            if self.is_caught(tb) {
                break;
            }
        }
        for tb in all.into_iter().rev() {
            self.restore_traceback(tb);
        }
    }

    fn is_caught(&self, tb: Val) -> bool {
        matches!(self.func.def(tb), Some((_, d)) if d.op == Op::RtCatch)
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
                let d = InstData::new(Op::RtPopFinally, &[before, top]);
                let d = self.level(d, 6);
                self.push(d);
            }
        }
        self.drop(6);
        self.frame.stack.extend(result);
    }

    /// POP_EXCEPT
    pub(super) fn pop_except(&mut self) {
        let before = self.peek(2);
        let before = self.boxed(before);
        // A value that is returned lies below the three slots: where the six began, the verifier knows.
        let block = self.exec.verified.blocks_at(self.pc).next();
        let from = match block {
            Some(b) if matches!(b.kind, crate::code::verify::BlockKind::Handler { .. }) => {
                self.frame.stack.len() - b.depth as usize
            }
            Some(_) | None => 3,
        };
        self.end_handler(before, from);
        self.drop(3);
    }

    /// RAISE_VARARGS
    pub(super) fn raise(&mut self, n: usize) {
        let args: Vec<Val> = (1..=n).rev().map(|k| self.peek(k)).collect();
        let args: Vec<Val> = args.into_iter().map(|v| self.boxed(v)).collect();
        if n == 0 {
            self.restore_tracebacks();
        }
        let natively = self.goes_on(true);
        let new = |v: Val| matches!(self.func.def(v), Some((_, d)) if d.op == Op::RtNewException);
        if natively
            && let [exc] = args[..]
            && new(exc)
        {
            return self.thrown(How::Object, Some(exc), None);
        }
        let op = if natively { Op::RtRaise } else { Op::Raise };
        let d = InstData::new(op, &args).imm(Imm::Idx(n as u32));
        match natively {
            true => {
                let s = self.new_state(Kind::In, n);
                self.push(d.state(s));
                self.catch(false);
                // Not reached.
                self.exit(Reason::ColdPath);
            }
            false => {
                self.rt(n, d);
            }
        }
    }
}
