//! FOR_ITER of what goes over lists and tuples: their iterators, `enumerate` of one, `zip` of two. The
//! iterators are written back at each step, as a range's is.

use super::Builder;
use super::seq::Seq;
use crate::interp::feedback::{ENUMERATE, LIST, OTHER, SECOND, TEXT, TUPLE, ZIP};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Cmp, Val};
use crate::object::ClassId;

/// An iterator of a list or a tuple that has been looked at.
struct Source {
    seq: Seq,
    it: Val,
    over: Val,
    at: Val,
    /// Whether there is an item.
    more: Val,
}

const fn seq_of(bit: u8) -> Option<Seq> {
    match bit {
        LIST => Some(Seq::List),
        TUPLE => Some(Seq::Tuple),
        _other => None,
    }
}

impl Builder<'_> {
    /// FOR_ITER of one of these. False: it is of another kind.
    pub(super) fn for_each(&mut self, it: Val, end: u32) -> bool {
        if !self.env.speculate() || self.env.burnt(self.pc, Reason::NotIter) {
            return false;
        }
        let seen = self.q().cache1.get();
        let under = (seen >> 8) as u8;
        match seen as u8 {
            ENUMERATE => match seq_of(under) {
                Some(seq) => self.for_enumerate(it, seq, end),
                None => return false,
            },
            ZIP => {
                let (first, second) = (under & (LIST | TUPLE | OTHER), under << SECOND);
                match (seq_of(first), seq_of(second)) {
                    (Some(a), Some(b)) => self.for_zip(it, a, b, end),
                    _other => return false,
                }
            }
            TEXT => return self.for_text(it, end),
            bit => match seq_of(bit) {
                Some(seq) => self.for_seq(it, seq, end),
                None => return false,
            },
        }
        true
    }

    fn guard_iter(&mut self, it: Val, class: ClassId) -> Val {
        let s = self.at();
        let d = InstData::new(Op::GuardIter, &[it]).imm(Imm::Idx(class as u32));
        self.one(d.exit(Reason::NotIter, s))
    }
    fn seq_iter(&mut self, it: Val, seq: Seq) -> Val {
        let class = match seq {
            Seq::List => ClassId::ListIter,
            Seq::Tuple => ClassId::TupleIter,
        };
        self.guard_iter(it, class)
    }
    /// What an iterator that has not ended goes over.
    fn under(&mut self, it: Val) -> Val {
        let o = self.pure(Op::IterSeq, &[it]);
        self.guarded(Op::GuardBound, &[o], Reason::NotIter)
    }
    fn source(&mut self, it: Val, seq: Seq) -> Source {
        let over = self.under(it);
        let n = self.pure(seq.len(), &[over]);
        let at = self.pure(Op::IterAt, &[it]);
        let more = self.one(InstData::new(Op::IcmpI64, &[at, n]).imm(Imm::Cmp(Cmp::Lt)));
        Source {
            seq,
            it,
            over,
            at,
            more,
        }
    }
    fn item(&mut self, s: &Source) -> Val {
        self.pure(s.seq.get(), &[s.over, s.at])
    }
    fn advance(&mut self, s: &Source) {
        let one = self.int(1);
        let next = self.pure(Op::WrapAddI64, &[s.at, one]);
        self.push(InstData::new(Op::IterAdvance, &[s.it, next]));
    }

    fn for_seq(&mut self, it: Val, seq: Seq, end: u32) {
        let it = self.seq_iter(it, seq);
        let s = self.source(it, seq);
        let no = self.fork(s.more);
        let v = self.item(&s);
        let v = self.typed(v, self.q().fb.get());
        self.advance(&s);
        self.frame.stack.push(v);
        self.finish(no, end, Some(it));
    }

    /// The characters of a str, if it is ASCII: places are those of its bytes.
    fn for_text(&mut self, it: Val, end: u32) -> bool {
        let it = self.guard_iter(it, ClassId::StrIter);
        let over = self.under(it);
        let state = self.at();
        let class = Imm::Int(ClassId::Str as i64);
        let d = InstData::new(Op::GuardClass, &[over]).imm(class);
        let over = self.one(d.exit(Reason::NotIter, state));
        let over = self.guarded(Op::GuardAscii, &[over], Reason::NotIter);
        let n = self.pure(Op::StrLen, &[over]);
        let at = self.pure(Op::IterAt, &[it]);
        let more = self.one(InstData::new(Op::IcmpI64, &[at, n]).imm(Imm::Cmp(Cmp::Lt)));
        let no = self.fork(more);
        let code = self.pure(Op::StrByte, &[over, at]);
        let one = self.int(1);
        let next = self.pure(Op::WrapAddI64, &[at, one]);
        self.rt_push(0, InstData::new(Op::RtChar, &[code]));
        self.push(InstData::new(Op::IterAdvance, &[it, next]));
        self.finish(no, end, Some(it));
        true
    }

    /// Numbers and items.
    fn for_enumerate(&mut self, it: Val, seq: Seq, end: u32) {
        let it = self.guard_iter(it, ClassId::Enumerate);
        let big = self.pure(Op::IterBig, &[it]);
        let big = self.pure(Op::IsBound, &[big]);
        let small = self.pure(Op::NotBool, &[big]);
        let state = self.at();
        self.push(InstData::new(Op::GuardTrue, &[small]).exit(Reason::NotIter, state));
        let inner = self.under(it);
        let inner = self.seq_iter(inner, seq);
        let s = self.source(inner, seq);
        let no = self.fork(s.more);
        let v = self.item(&s);
        let count = self.pure(Op::IterCount, &[it]);
        let one = self.int(1);
        let next = self.guarded(Op::AddI64, &[count, one], Reason::Overflow);
        self.advance(&s);
        self.push(InstData::new(Op::CountAdvance, &[it, next]));
        self.pair(count, v);
        self.finish(no, end, Some(inner));
    }

    /// Items of two.
    fn for_zip(&mut self, it: Val, a: Seq, b: Seq, end: u32) {
        let it = self.guard_iter(it, ClassId::Zip);
        let both = self.under(it);
        let state = self.at();
        let d = InstData::new(Op::GuardTuple, &[both]).imm(Imm::Int(2));
        let both = self.one(d.exit(Reason::NotIter, state));
        let nth = |i: i64| InstData::new(Op::LoadTupleItem, &[both]).imm(Imm::Int(i));
        let (x, y) = (self.one(nth(0)), self.one(nth(1)));
        let (x, y) = (self.seq_iter(x, a), self.seq_iter(y, b));
        let y = match a == b {
            true => self.guarded(Op::GuardApart, &[x, y], Reason::NotIter),
            false => y,
        };
        let (x, y) = (self.source(x, a), self.source(y, b));
        let no_first = self.fork(x.more);
        let no_second = self.fork(y.more);
        let (v, w) = (self.item(&x), self.item(&y));
        self.advance(&x);
        self.advance(&y);
        self.pair(v, w);
        // The first has given an item that goes nowhere.
        let (block, frame) = (self.block, self.frame.clone());
        self.block = no_second;
        self.drop(2);
        let mut before = frame.clone();
        before.stack.pop();
        self.at_state = None;
        self.advance(&x);
        self.push(InstData::new(Op::IterEnd, &[y.it]));
        self.jump(end, &before);
        self.block = block;
        self.frame = frame;
        self.at_state = None;
        self.ended = false;
        self.finish(no_first, end, Some(x.it));
    }

    /// The tuple of what two gave, pushed above the iterator.
    fn pair(&mut self, v: Val, w: Val) {
        let all = [self.boxed(v), self.boxed(w)];
        self.rt_push(0, InstData::new(Op::RtBuildTuple, &all));
    }
}
