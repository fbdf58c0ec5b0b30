//! Value ranges: an int op whose result cannot leave 64 bits needs no exit, a comparison that the operands'
//! ranges decide is a constant.
//!
//! One walk in reverse post-order. A value has the range that its operands give it where it is defined; in a
//! block that one side of a branch alone leads to, the outcome of the comparison narrows its operands for
//! all that the block dominates. A parameter of a loop's header keeps the bound that it starts from when
//! every way round the loop only adds, or only subtracts: the ops that count are checked themselves, so they
//! do not wrap. No iteration to a fixed point: what the walk has not seen yet may be anything.

use super::dom::Dom;
use crate::jit::ssa::func::{Def, Func, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Cmp, Ty, Val};

/// Blocks past which the pass is not worth its time.
const MANY: usize = 1000;
/// How far a loop's step is followed.
const STEPS: usize = 16;

/// Both ends belong to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Range {
    lo: i64,
    hi: i64,
}

impl Range {
    const FULL: Range = Range {
        lo: i64::MIN,
        hi: i64::MAX,
    };
    fn one(x: i64) -> Range {
        Range { lo: x, hi: x }
    }
    fn join(self, o: Range) -> Range {
        Range {
            lo: self.lo.min(o.lo),
            hi: self.hi.max(o.hi),
        }
    }
    /// What is in both. Nothing is: the code is never reached, and either will do.
    fn meet(self, o: Range) -> Range {
        let (lo, hi) = (self.lo.max(o.lo), self.hi.min(o.hi));
        match lo <= hi {
            true => Range { lo, hi },
            false => self,
        }
    }
    /// From bounds that may lie outside 64 bits; whether they do not.
    fn of(lo: i128, hi: i128) -> (Range, bool) {
        let (min, max) = (i64::MIN as i128, i64::MAX as i128);
        let inside = lo >= min && hi <= max;
        let clamp = |x: i128| x.clamp(min, max) as i64;
        let r = Range {
            lo: clamp(lo),
            hi: clamp(hi),
        };
        (r, inside)
    }
    fn add(self, o: Range) -> (Range, bool) {
        Range::of(
            self.lo as i128 + o.lo as i128,
            self.hi as i128 + o.hi as i128,
        )
    }
    fn sub(self, o: Range) -> (Range, bool) {
        Range::of(
            self.lo as i128 - o.hi as i128,
            self.hi as i128 - o.lo as i128,
        )
    }
    fn mul(self, o: Range) -> (Range, bool) {
        let ends = |a: Range| [a.lo as i128, a.hi as i128];
        let all = ends(self).map(|x| ends(o).map(|y| x * y));
        let all = [all[0][0], all[0][1], all[1][0], all[1][1]];
        let lo = all.into_iter().fold(i128::MAX, i128::min);
        let hi = all.into_iter().fold(i128::MIN, i128::max);
        Range::of(lo, hi)
    }
    /// What the comparison says, if the ranges decide it.
    fn decide(self, c: Cmp, o: Range) -> Option<bool> {
        let always = match c {
            Cmp::Lt => self.hi < o.lo,
            Cmp::Le => self.hi <= o.lo,
            Cmp::Gt => self.lo > o.hi,
            Cmp::Ge => self.lo >= o.hi,
            Cmp::Eq => self.lo == self.hi && self == o,
            Cmp::Ne => self.hi < o.lo || self.lo > o.hi,
        };
        if always {
            return Some(true);
        }
        let never = match c {
            Cmp::Lt => self.lo >= o.hi,
            Cmp::Le => self.lo > o.hi,
            Cmp::Gt => self.hi <= o.lo,
            Cmp::Ge => self.hi < o.lo,
            Cmp::Eq => self.hi < o.lo || self.lo > o.hi,
            Cmp::Ne => self.lo == self.hi && self == o,
        };
        never.then_some(false)
    }
    /// `self` where `self c o` holds.
    fn narrow(self, c: Cmp, o: Range) -> Range {
        let (lo, hi) = match c {
            Cmp::Lt => (i64::MIN, o.hi.saturating_sub(1)),
            Cmp::Le => (i64::MIN, o.hi),
            Cmp::Gt => (o.lo.saturating_add(1), i64::MAX),
            Cmp::Ge => (o.lo, i64::MAX),
            Cmp::Eq => (o.lo, o.hi),
            Cmp::Ne => return self.without(o),
        };
        self.meet(Range { lo, hi })
    }
    /// One number at an end goes.
    fn without(self, o: Range) -> Range {
        let mut r = self;
        if o.lo == o.hi && self.lo < self.hi {
            r.lo += (o.lo == self.lo) as i64;
            r.hi -= (o.lo == self.hi) as i64;
        }
        r
    }
}

struct Ranges<'a> {
    f: &'a mut Func,
    dom: Dom,
    /// Of each value where it is defined.
    base: Vec<Range>,
    /// What is known besides at a position in the order, and the next position above that knows something.
    facts: Vec<Vec<(Val, Range)>>,
    above: Vec<Option<usize>>,
}

pub fn run(f: &mut Func) {
    let dom = Dom::new(f);
    let n = dom.rpo.len();
    if n > MANY {
        return;
    }
    let vals = f.vals.len();
    let mut r = Ranges {
        f,
        dom,
        base: vec![Range::FULL; vals],
        facts: vec![Vec::new(); n],
        above: vec![None; n],
    };
    for at in 0..n {
        r.block(at);
    }
}

impl Ranges<'_> {
    /// The range of a value at a position.
    fn at(&self, v: Val, at: usize) -> Range {
        let mut r = self.base[v.index()];
        let mut here = Some(at);
        while let Some(p) = here {
            for (w, s) in &self.facts[p] {
                if *w == v {
                    r = r.meet(*s);
                }
            }
            here = self.above[p];
        }
        r
    }

    fn block(&mut self, at: usize) {
        let b = self.dom.rpo[at];
        if let Some(d) = self.dom.idom(b).and_then(|d| self.dom.number(d)) {
            self.above[at] = match self.facts[d].is_empty() {
                true => self.above[d],
                false => Some(d),
            };
        }
        if let [p] = self.dom.preds[b.index()][..] {
            self.branched(at, p, b);
        }
        if at > 0 {
            for i in 0..self.f.blocks[b.index()].params.len() {
                let v = self.f.blocks[b.index()].params[i];
                if self.f.ty(v) == Ty::I64 {
                    self.base[v.index()] = self.param(at, b, v, i);
                }
            }
        }
        for k in 0..self.f.blocks[b.index()].insts.len() {
            let i = self.f.blocks[b.index()].insts[k];
            if let Some(new) = self.inst(at, i.index()) {
                let old = &mut self.f.insts[i.index()];
                let (results, pc, frame) = (std::mem::take(&mut old.results), old.pc, old.frame);
                *old = new;
                (old.results, old.pc, old.frame) = (results, pc, frame);
            }
        }
    }

    /// What the branch that alone leads to a block says.
    fn branched(&mut self, at: usize, from: Block, to: Block) {
        let Some(t) = self.f.term(from).filter(|t| t.op == Op::Brif) else {
            return;
        };
        let (mut holds, mut c) = (t.targets[0].block == to, t.args[0]);
        let d = loop {
            match self.f.def(c) {
                Some((_, d)) if d.op == Op::NotBool => (holds, c) = (!holds, d.args[0]),
                Some((_, d)) if d.op == Op::IcmpI64 => break d,
                Some(_) | None => return,
            }
        };
        let Imm::Cmp(cmp) = d.imms[0] else { return };
        let cmp = if holds { cmp } else { cmp.negate() };
        let (x, y) = (d.args[0], d.args[1]);
        let above = self.dom.number(from).unwrap_or(0);
        let (rx, ry) = (self.at(x, above), self.at(y, above));
        self.facts[at] = vec![(x, rx.narrow(cmp, ry)), (y, ry.narrow(cmp.swap(), rx))];
    }

    /// The range of a block's parameter.
    fn param(&self, at: usize, b: Block, v: Val, i: usize) -> Range {
        let mut start: Option<Range> = None;
        let (mut up, mut down) = (false, false);
        for &p in &self.dom.preds[b.index()] {
            let n = self.dom.number(p).unwrap_or(0);
            let Some(t) = self.f.term(p) else {
                return Range::FULL;
            };
            for t in t.targets.iter().filter(|t| t.block == b) {
                let a = t.args[i];
                if n < at {
                    let r = self.at(a, n);
                    start = Some(start.map_or(r, |s| s.join(r)));
                    continue;
                }
                let mut steps = STEPS;
                match self.way(a, v, at, &mut steps) {
                    Some((u, d)) => (up, down) = (up || u, down || d),
                    None => return Range::FULL,
                }
            }
        }
        let Some(s) = start else { return Range::FULL };
        Range {
            lo: if down { i64::MIN } else { s.lo },
            hi: if up { i64::MAX } else { s.hi },
        }
    }

    /// Whether `a` may be more, or less, than the parameter `v` of the loop at position `header`; nothing where
    /// it may be anything.
    fn way(&self, a: Val, v: Val, header: usize, steps: &mut usize) -> Option<(bool, bool)> {
        if a == v {
            return Some((false, false));
        }
        *steps = steps.checked_sub(1)?;
        match self.f.vals[a.index()].def {
            Def::Result(i, _) => {
                let d = &self.f.insts[i.index()];
                if d.op != Op::AddI64 && d.op != Op::SubI64 {
                    return None;
                }
                let step = |s: Val| match self.f.def(s) {
                    Some((_, d)) if d.op == Op::ConstI64 => Some(d.int()),
                    Some(_) | None => None,
                };
                let (x, n) = match (step(d.args[1]), step(d.args[0])) {
                    (Some(n), _) => (d.args[0], n),
                    (None, Some(n)) if d.op == Op::AddI64 => (d.args[1], n),
                    (None, _) => return None,
                };
                let (up, down) = self.way(x, v, header, steps)?;
                let more = (d.op == Op::AddI64) == (n > 0);
                Some((up || (n != 0 && more), down || (n != 0 && !more)))
            }
            Def::Param(b, k) => {
                // Where ways within the loop meet; not another loop's header, nor one outside.
                let at = self.dom.number(b)?;
                if at <= header {
                    return None;
                }
                let mut all = (false, false);
                for &p in &self.dom.preds[b.index()] {
                    if self.dom.number(p)? >= at {
                        return None;
                    }
                    for t in self.f.term(p)?.targets.iter().filter(|t| t.block == b) {
                        let (u, d) = self.way(t.args[k as usize], v, header, steps)?;
                        all = (all.0 || u, all.1 || d);
                    }
                }
                Some(all)
            }
            Def::Gone => None,
        }
    }

    /// Notes what an instruction gives; what it becomes, if it can be simpler.
    fn inst(&mut self, at: usize, i: usize) -> Option<InstData> {
        let d = &self.f.insts[i];
        let arg = |k: usize| self.at(d.args[k], at);
        let mut new = None;
        let r = if d.op == Op::ConstI64 {
            Range::one(d.int())
        } else if d.op == Op::AddI64 || d.op == Op::SubI64 || d.op == Op::MulI64 {
            let (x, y) = (arg(0), arg(1));
            let ((r, fits), wraps) = if d.op == Op::AddI64 {
                (x.add(y), Op::WrapAddI64)
            } else if d.op == Op::SubI64 {
                (x.sub(y), Op::WrapSubI64)
            } else {
                (x.mul(y), Op::WrapMulI64)
            };
            new = fits.then(|| InstData::new(wraps, &d.args));
            r
        } else if d.op == Op::NegI64 {
            Range::one(0).sub(arg(0)).0
        } else if d.op == Op::AndI64 {
            let (x, y) = (arg(0), arg(1));
            match (x.lo >= 0, y.lo >= 0) {
                (true, true) => Range {
                    lo: 0,
                    hi: x.hi.min(y.hi),
                },
                (true, false) => Range { lo: 0, hi: x.hi },
                (false, true) => Range { lo: 0, hi: y.hi },
                (false, false) => Range::FULL,
            }
        } else if d.op == Op::OrI64 || d.op == Op::XorI64 {
            let (x, y) = (arg(0), arg(1));
            let bits = 64 - x.hi.max(y.hi).leading_zeros();
            match x.lo >= 0 && y.lo >= 0 {
                true => Range {
                    lo: 0,
                    hi: ((1u64 << bits) - 1) as i64,
                },
                false => Range::FULL,
            }
        } else if d.op == Op::NotI64 {
            let x = arg(0);
            Range {
                lo: !x.hi,
                hi: !x.lo,
            }
        } else if d.op == Op::RangeNext {
            let it = self.f.def(d.args[0]);
            let up = it.is_some_and(|(_, d)| d.op == Op::GuardRangeUp);
            Range {
                lo: if up { 0 } else { i64::MIN },
                hi: i64::MAX,
            }
        } else if d.op == Op::FloorDivI64 {
            let (x, y) = (arg(0), arg(1));
            if x.lo >= 0 && y.lo > 0 {
                new = Some(InstData::new(Op::UdivI64, &d.args));
            }
            if x.lo >= 0 && y.lo > 0 {
                Range {
                    lo: x.lo / y.hi,
                    hi: x.hi / y.lo,
                }
            } else if y.lo == y.hi && y.lo > 0 {
                Range {
                    lo: x.lo.div_euclid(y.lo),
                    hi: x.hi.div_euclid(y.lo),
                }
            } else {
                Range::FULL
            }
        } else if d.op == Op::ModI64 {
            let (x, y) = (arg(0), arg(1));
            if x.lo >= 0 && y.lo > 0 {
                new = Some(InstData::new(Op::UremI64, &d.args));
            }
            match (x.lo >= 0, y.lo > 0) {
                (true, true) => Range {
                    lo: 0,
                    hi: x.hi.min(y.hi - 1),
                },
                (false, true) => Range {
                    lo: 0,
                    hi: y.hi - 1,
                },
                (_, false) => Range::FULL,
            }
        } else if d.op == Op::ShrI64 {
            let x = arg(0);
            Range {
                lo: x.lo.min(0),
                hi: x.hi.max(0),
            }
        } else if d.op == Op::BoolToI64 {
            Range { lo: 0, hi: 1 }
        } else {
            if d.op == Op::IcmpI64
                && let Imm::Cmp(c) = d.imms[0]
                && let Some(b) = arg(0).decide(c, arg(1))
            {
                return Some(InstData::new(Op::ConstBool, &[]).imm(Imm::Bool(b)));
            }
            const EXACT: i64 = 1 << 53;
            if d.op == Op::I64ToF64Exact && arg(0).lo >= -EXACT && arg(0).hi <= EXACT {
                return Some(InstData::new(Op::I64ToF64, &d.args));
            }
            return None;
        };
        let v = self.f.insts[i].results.first()?.index();
        self.base[v] = r;
        new
    }
}
