//! Value ranges: an int op whose result cannot leave 64 bits needs no exit, a comparison that the operands'
//! ranges decide is a constant, a division by a known divisor of what is known to be small is a multiplication.
//!
//! A walk in reverse post-order. A value has the range that its operands give it where it is defined; in a
//! block that one side of a branch alone leads to, the outcome of the comparison narrows its operands for
//! all that the block dominates. What a loop carries starts with what comes from outside; as long as a way round
//! the loop brings more, that is added (soon in large steps) and walked again. What holds in the end holds by
//! induction. Then once more without what the large steps added in vain.
//!
//! A number that is counted down step by step (`n - 1`, and 1 less again in what was inlined) is asked once, at
//! the first step, whether it is far enough from the end for all of them.
//!
//! What a function's calls of itself give is known by induction (`promise`).
//!
//! A unit for a loop is entered with numbers that nothing is known of. Where every way round the loop leaves a
//! value in a range, the entry asks for it: if it is not there yet, the interpreter does the first round.

mod promise;

use super::dom::Dom;
use super::interval::Range;
use super::licm::anchor;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Entry, Func, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Cmp, Inst, Ty, Val};
use crate::jit::table::Table;

/// Blocks past which the pass is not worth its time.
const MANY: usize = 1000;
/// Walks after which what has still not settled may be anything.
const ROUNDS: usize = 10;
/// Lengths, and places of ranges that `guard_range_up` has seen, are not above it.
pub const PLACES: i64 = 1 << 47;
/// How far `above` looks.
const STEPS: u32 = 4;

/// A parameter that an edge from further down passes something for.
struct Carried {
    block: Block,
    index: usize,
    val: Val,
    /// What it starts with, where the entry makes sure.
    start: Option<Range>,
    /// What ways round have added.
    grown: Option<Range>,
}

struct Ranges<'a> {
    f: &'a mut Func,
    dom: Dom,
    carried: Vec<Carried>,
    /// Position in `carried`.
    place: Table<Val, usize>,
    /// Of each value where it is defined.
    base: Vec<Range>,
    /// What is known besides at a position in the order, and the next position above that knows something.
    facts: Vec<Vec<(Val, Range)>>,
    above: Vec<Option<usize>>,
    /// The walk changes what it can.
    change: bool,
    /// What goes before the instruction that is being changed.
    before: Vec<Inst>,
    /// Sums that are what they should be: they did not wrap round.
    exact: Vec<bool>,
    /// What a step of a known length makes of a value, and the length.
    steps: Table<Val, Vec<(Val, i64)>>,
}

/// Steps that one question is asked for, at least and at most.
const CHAIN: std::ops::RangeInclusive<u32> = 3..=64;
/// How far all of them may go.
const DISTANCE: i64 = 1 << 32;

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
        carried: Vec::new(),
        place: Table::default(),
        base: vec![Range::FULL; vals],
        facts: vec![Vec::new(); n],
        above: vec![None; n],
        change: false,
        before: Vec::new(),
        exact: vec![false; vals],
        steps: Table::default(),
    };
    r.carried();
    if !r.carried.is_empty() {
        r.settle();
        r.ask();
    }
    r.promise();
    r.change = true;
    r.steps();
    r.walk();
}

impl Ranges<'_> {
    /// Finds what loops carry.
    fn carried(&mut self) {
        for (at, &b) in self.dom.rpo.iter().enumerate() {
            let back = |p: &Block| self.dom.number(*p).is_some_and(|n| n >= at);
            if !self.dom.preds[b.index()].iter().any(back) {
                continue;
            }
            for (index, &val) in self.f.blocks[b.index()].params.iter().enumerate() {
                if self.f.ty(val) == Ty::I64 {
                    self.place.insert(val, self.carried.len());
                    self.carried.push(Carried {
                        block: b,
                        index,
                        val,
                        start: None,
                        grown: None,
                    });
                }
            }
        }
    }

    /// Walks until the ways round loops bring nothing new.
    fn settle(&mut self) {
        for round in 0.. {
            self.walk();
            let more: Vec<(usize, Range)> = (0..self.carried.len())
                .map(|k| (k, self.back(k)))
                .filter(|&(k, r)| !self.base[self.carried[k].val.index()].contains(r))
                .collect();
            if more.is_empty() {
                break;
            }
            if round >= ROUNDS {
                self.carried
                    .iter_mut()
                    .for_each(|c| c.grown = Some(Range::FULL));
                continue;
            }
            for (k, new) in more {
                let have = self.base[self.carried[k].val.index()];
                let grown = match round {
                    0 | 1 => have.join(new),
                    2..=5 => have.widen(new),
                    _ => Range::FULL,
                };
                self.carried[k].grown = Some(grown);
            }
        }
        // What comes round under what holds is all that can come round: large steps may have added more.
        for _ in 0..2 {
            let all: Vec<Range> = (0..self.carried.len()).map(|k| self.back(k)).collect();
            for (c, r) in self.carried.iter_mut().zip(all) {
                c.grown = Some(r);
            }
            self.walk();
        }
        let holds = |k: usize| self.base[self.carried[k].val.index()].contains(self.back(k));
        if !(0..self.carried.len()).all(holds) {
            self.carried
                .iter_mut()
                .for_each(|c| c.grown = Some(Range::FULL));
            self.walk();
        }
    }

    /// What ways round the loop pass for a parameter.
    fn back(&self, k: usize) -> Range {
        let c = &self.carried[k];
        let at = self.dom.number(c.block).unwrap_or(0);
        let mut all: Option<Range> = None;
        for (n, t) in self.edges(c.block).filter(|(n, _)| *n >= at) {
            let r = self.at(t[c.index], n);
            all = Some(all.map_or(r, |s| s.join(r)));
        }
        all.unwrap_or(Range::FULL)
    }

    /// Positions that lead to a block, and what they pass.
    fn edges(&self, b: Block) -> impl Iterator<Item = (usize, &[Val])> {
        self.dom.preds[b.index()].iter().flat_map(move |&p| {
            let n = self.dom.number(p).unwrap_or(0);
            let targets = self.f.term(p).map_or(&[][..], |t| &t.targets);
            let here = targets.iter().filter(move |t| t.block == b);
            here.map(move |t| (n, &t.args[..]))
        })
    }

    /// The entry of a loop's unit asks for what the loop keeps to.
    fn ask(&mut self) {
        let entry = self.dom.rpo[0];
        let Some(t) = self.f.term(entry).filter(|t| t.op == Op::Jump) else {
            return;
        };
        let header = t.targets[0].block;
        let alone = self.edges(header).filter(|(n, _)| *n == 0).count() == 1;
        let Entry::Loop { .. } = self.f.entry else {
            return;
        };
        let at = self.dom.number(header).unwrap_or(0);
        let outside = self.edges(header).filter(|(n, _)| *n < at).count();
        let (true, 1, Some(state)) = (alone, outside, anchor(self.f, entry)) else {
            return;
        };
        let mut used = vec![false; self.f.vals.len()];
        for i in self
            .dom
            .rpo
            .iter()
            .flat_map(|b| &self.f.blocks[b.index()].insts)
        {
            for v in &self.f.insts[i.index()].args {
                used[v.index()] = true;
            }
        }
        let mut asked: Vec<(Val, Range)> = Vec::new();
        for k in 0..self.carried.len() {
            let c = &self.carried[k];
            if c.block != header {
                continue;
            }
            let first = self.f.term(entry).map(|t| t.targets[0].args[c.index]);
            let Some(first) = first else { continue };
            let (start, back) = (self.at(first, 0), self.back(k));
            const FAR: i64 = 1 << 53;
            let near = back.lo >= -FAR && back.hi <= FAR;
            if near && used[c.val.index()] && !back.contains(start) {
                asked.push((first, back));
                self.carried[k].start = Some(back);
            }
        }
        if asked.is_empty() {
            return;
        }
        for c in &mut self.carried {
            c.grown = None;
        }
        self.settle();
        let mut new = Vec::new();
        let mut make = |f: &mut Func, d: InstData| {
            let i = f.make_inst(d);
            new.push(i);
            f.insts[i.index()].results.first().copied()
        };
        for (v, r) in asked {
            for (end, cmp) in [(r.lo, Cmp::Ge), (r.hi, Cmp::Le)] {
                let c = make(self.f, InstData::new(Op::ConstI64, &[]).imm(Imm::Int(end)));
                let Some(c) = c else { continue };
                let d = InstData::new(Op::IcmpI64, &[v, c]).imm(Imm::Cmp(cmp));
                if let Some(b) = make(self.f, d) {
                    let d = InstData::new(Op::GuardTrue, &[b]);
                    make(self.f, d.exit(Reason::NotYet, state));
                }
            }
        }
        let insts = &mut self.f.blocks[entry.index()].insts;
        let end = insts.len() - 1;
        insts.splice(end..end, new);
        self.base.resize(self.f.vals.len(), Range::FULL);
    }

    fn walk(&mut self) {
        for at in 0..self.dom.rpo.len() {
            self.facts[at].clear();
            self.block(at);
        }
    }

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
        let mut k = 0;
        while let Some(&i) = self.f.blocks[b.index()].insts.get(k) {
            if let Some(new) = self.inst(at, i.index())
                && self.change
            {
                let old = &mut self.f.insts[i.index()];
                let (results, pc, frame) = (std::mem::take(&mut old.results), old.pc, old.frame);
                *old = new;
                (old.results, old.pc, old.frame) = (results, pc, frame);
                let before = std::mem::take(&mut self.before);
                k += before.len();
                let insts = &mut self.f.blocks[b.index()].insts;
                insts.splice(k - before.len()..k - before.len(), before);
            }
            k += 1;
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
        let both = [(x, rx.narrow(cmp, ry)), (y, ry.narrow(cmp.swap(), rx))];
        for (mut v, mut r) in both {
            self.facts[at].push((v, r));
            // What it was counted from is as far from there.
            while let Some((from, by)) = self.counted(v) {
                let start = r.sub(Range::one(by)).0;
                (v, r) = (from, start.meet(self.at(from, above)));
                self.facts[at].push((v, r));
            }
        }
    }

    /// What a value is a sum of, if the other operand is known, and the sum is in 64 bits.
    fn counted(&self, v: Val) -> Option<(Val, i64)> {
        let (_, d) = self.f.def(v)?;
        if !*self.exact.get(v.index())? {
            return None;
        }
        moved(self.f, d)
    }

    /// The range of a block's parameter.
    fn param(&self, at: usize, b: Block, v: Val, i: usize) -> Range {
        let carried = self.place.get(&v).map(|k| &self.carried[*k]);
        let mut all = carried.and_then(|c| c.start);
        if all.is_none() {
            for (n, t) in self.edges(b).filter(|(n, _)| *n < at) {
                let r = self.at(t[i], n);
                all = Some(all.map_or(r, |s| s.join(r)));
            }
        }
        match (all, carried.and_then(|c| c.grown)) {
            (Some(r), Some(g)) => r.join(g),
            (Some(r), None) => r,
            (None, _) => Range::FULL,
        }
    }

    /// Notes what an instruction gives; what it becomes, if it can be simpler.
    fn inst(&mut self, at: usize, i: usize) -> Option<InstData> {
        let d = &self.f.insts[i];
        let arg = |k: usize| self.at(d.args[k], at);
        let up = |v: Val| {
            let def = self.f.def(v);
            def.is_some_and(|(_, d)| d.op == Op::GuardRangeUp)
        };
        let mut new = None;
        let r = if d.op == Op::ConstI64 {
            Range::one(d.int())
        } else if let Some((checked, wraps)) = sum(d.op) {
            let (x, y) = (arg(0), arg(1));
            let (r, fits) = match wraps {
                Op::WrapAddI64 => x.add(y),
                Op::WrapSubI64 => x.sub(y),
                _product => x.mul(y),
            };
            if checked {
                new = match fits {
                    true => Some(InstData::new(wraps, &d.args)),
                    false => up_or_down(d, x, y),
                };
                if !fits
                    && self.change
                    && let Some(whole) = self.far_enough(at, i)
                {
                    self.base[self.f.insts[i].result().index()] = whole;
                    self.exact[self.f.insts[i].result().index()] = true;
                    return Some(InstData::new(wraps, &self.f.insts[i].args));
                }
            }
            let d = &self.f.insts[i];
            if let Some(e) = self.exact.get_mut(d.result().index()) {
                *e = fits || checked;
            }
            // What wraps round may be anything.
            let mut r = if fits || checked { r } else { Range::FULL };
            if d.op == Op::MulI64 && !fits {
                // What is checked is a multiple.
                if let Some((a, c)) = times(d, x, y)
                    && self.change
                {
                    new = self.product(i, a, c);
                }
                if let Some((_, c)) = times(&self.f.insts[i], x, y) {
                    r = r.meet(Range::to(i64::MAX / c * c));
                }
            }
            let d = &self.f.insts[i];
            let minus = wraps == Op::WrapSubI64 && (fits || checked);
            match minus && r.lo < 0 && self.ordered(d.args[0], d.args[1], at) {
                true => Range::to(r.hi),
                false => r,
            }
        } else if d.op == Op::NegI64 {
            Range::one(0).sub(arg(0)).0
        } else if d.op == Op::AndI64 {
            let (x, y) = (arg(0), arg(1));
            match (x.lo >= 0, y.lo >= 0) {
                (true, true) => Range::to(x.hi.min(y.hi)),
                (true, false) => Range::to(x.hi),
                (false, true) => Range::to(y.hi),
                (false, false) => Range::FULL,
            }
        } else if d.op == Op::OrI64 || d.op == Op::XorI64 {
            let (x, y) = (arg(0), arg(1));
            let bits = x.bits().max(y.bits());
            match x.lo >= 0 && y.lo >= 0 {
                true => Range::to(((1u64 << bits) - 1) as i64),
                false => Range::FULL,
            }
        } else if d.op == Op::NotI64 {
            let x = arg(0);
            Range {
                lo: !x.hi,
                hi: !x.lo,
            }
        } else if d.op == Op::RangeNext || d.op == Op::RangeStep {
            match up(d.args[0]) {
                true => Range::to(PLACES),
                false => Range::FULL,
            }
        } else if d.op == Op::KnownI64 {
            arg(0).meet(Range::to(d.int()))
        } else if [
            Op::ListLen,
            Op::TupleLen,
            Op::Index,
            Op::StrLen,
            Op::StrByte,
        ]
        .contains(&d.op)
        {
            Range::to(PLACES)
        } else if d.op == Op::FloorDivI64 || d.op == Op::UdivI64 {
            let (x, y) = (arg(0), arg(1));
            let r = if x.lo >= 0 && y.lo > 0 {
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
            };
            if self.change && d.op == Op::FloorDivI64 {
                new = self.quotient(i, x, y);
            }
            r
        } else if d.op == Op::ModI64 || d.op == Op::UremI64 {
            let (x, y) = (arg(0), arg(1));
            let r = match (x.lo >= 0, y.lo > 0) {
                (true, true) => Range::to(x.hi.min(y.hi - 1)),
                (false, true) => Range::to(y.hi - 1),
                (_, false) => Range::FULL,
            };
            if self.change && d.op == Op::ModI64 {
                new = self.rest(i, x, y);
            }
            r
        } else if d.op == Op::ShrI64 {
            let x = arg(0);
            Range {
                lo: x.lo.min(0),
                hi: x.hi.max(0),
            }
        } else if d.op == Op::BoolToI64 {
            Range::to(1)
        } else if d.op == Op::CallSelf {
            match self.f.up {
                true => Range::to(i64::MAX),
                false => Range::FULL,
            }
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

    // ---- steps

    /// Notes who makes a step from where.
    fn steps(&mut self) {
        for b in &self.dom.rpo {
            for i in &self.f.blocks[b.index()].insts {
                let d = &self.f.insts[i.index()];
                if let Some((from, length)) = step(self.f, d) {
                    let mut all = self.steps.get(&from).cloned().unwrap_or_default();
                    all.push((d.result(), length));
                    self.steps.insert(from, all);
                }
            }
        }
    }
    /// The most that steps from a value down (or up) come to, and how many they are.
    fn reach(&self, v: Val, down: bool, left: u32) -> (i64, u32) {
        let mut most = (0, 0);
        let Some(all) = self.steps.get(&v).filter(|_| left > 0) else {
            return most;
        };
        for &(to, length) in all.iter().filter(|(_, l)| (*l < 0) == down) {
            let (further, n) = self.reach(to, down, left - 1);
            let whole = further.saturating_add(length);
            if whole.unsigned_abs() > i64::unsigned_abs(most.0) {
                most = (whole, n + 1);
            }
        }
        most
    }
    /// The first of some steps: a question before it that holds for all. The range of what it makes.
    fn far_enough(&mut self, at: usize, i: usize) -> Option<Range> {
        let d = self.f.insts[i].clone();
        let (from, length) = step(self.f, &d)?;
        let (further, n) = self.reach(d.result(), length < 0, *CHAIN.end());
        let whole = further.checked_add(length)?;
        if !CHAIN.contains(&(n + 1)) || whole.unsigned_abs() > DISTANCE.unsigned_abs() {
            return None;
        }
        let (end, cmp) = match whole < 0 {
            true => (i64::MIN - whole, Cmp::Ge),
            false => (i64::MAX - whole, Cmp::Le),
        };
        let known = self.at(from, at).narrow(cmp, Range::one(end));
        let (range, fits) = known.add(Range::one(length));
        if !fits {
            return None;
        }
        let end = self.put_int(end);
        let asks = InstData::new(Op::IcmpI64, &[from, end]).imm(Imm::Cmp(cmp));
        let asks = self.put(asks, Range::FULL);
        self.guard(&d, asks);
        self.facts[at].push((from, known));
        Some(range)
    }
    /// Leaves as `d` does, if it does not hold.
    fn guard(&mut self, d: &InstData, holds: Val) {
        let mut guard = InstData::new(Op::GuardTrue, &[holds]).at(d.pc);
        (guard.reason, guard.state, guard.frame) = (d.reason, d.state, d.frame);
        let guard = self.f.make_inst(guard);
        self.before.push(guard);
    }

    // ---- products and divisions

    /// A factor that is not negative, by a number: it alone says whether the product fits.
    fn product(&mut self, i: usize, a: Val, c: i64) -> Option<InstData> {
        let d = self.f.insts[i].clone();
        let most = self.put_int(i64::MAX / c);
        let fits = InstData::new(Op::IcmpI64, &[a, most]).imm(Imm::Cmp(Cmp::Le));
        let fits = self.put(fits, Range::FULL);
        self.guard(&d, fits);
        Some(InstData::new(Op::WrapMulI64, &d.args))
    }

    /// An instruction before the one that is being changed.
    fn put(&mut self, d: InstData, r: Range) -> Val {
        let i = self.f.make_inst(d);
        self.before.push(i);
        self.base.resize(self.f.vals.len(), Range::FULL);
        let v = self.f.insts[i.index()].result();
        self.base[v.index()] = r;
        v
    }
    fn put_int(&mut self, x: i64) -> Val {
        let d = InstData::new(Op::ConstI64, &[]).imm(Imm::Int(x));
        self.put(d, Range::one(x))
    }

    /// A dividend that is not negative: itself, or it and as many times the divisor as that takes; the range, and
    /// how many.
    fn lifted(&mut self, x: Val, r: Range, y: Range) -> Option<(Val, Range, i64)> {
        if r.lo >= 0 {
            return Some((x, r, 0));
        }
        if y.lo != y.hi {
            return None;
        }
        let times = i64::try_from((r.lo as i128).unsigned_abs().div_ceil(y.lo as u128)).ok()?;
        let by = times.checked_mul(y.lo)?;
        let (sum, fits) = r.add(Range::one(by));
        if !fits {
            return None;
        }
        let by = self.put_int(by);
        let x = self.put(InstData::new(Op::WrapAddI64, &[x, by]), sum);
        Some((x, sum, times))
    }

    /// `//` without correction and exit.
    fn quotient(&mut self, i: usize, x: Range, y: Range) -> Option<InstData> {
        let d = &self.f.insts[i];
        let (a, b) = (d.args[0], d.args[1]);
        // A power of two shifts, whatever the sign.
        let power = y.lo == y.hi && y.lo.count_ones() == 1;
        if y.lo <= 0 || (power && x.lo < 0) {
            return None;
        }
        let (a, r, times) = self.lifted(a, x, y)?;
        let div = InstData::new(Op::UdivI64, &[a, b]).imm(Imm::Idx(r.bits()));
        if times == 0 {
            return Some(div);
        }
        let q = self.put(div, Range::FULL);
        let times = self.put_int(times);
        Some(InstData::new(Op::WrapSubI64, &[q, times]))
    }

    /// `%` without correction and exit.
    fn rest(&mut self, i: usize, x: Range, y: Range) -> Option<InstData> {
        let d = &self.f.insts[i];
        let (a, b) = (d.args[0], d.args[1]);
        if y.lo <= 0 {
            return None;
        }
        if y.lo == y.hi && y.lo.count_ones() == 1 {
            let mask = self.put_int(y.lo - 1);
            return Some(InstData::new(Op::AndI64, &[a, mask]));
        }
        let (a, r, _) = self.lifted(a, x, y)?;
        Some(InstData::new(Op::UremI64, &[a, b]).imm(Imm::Idx(r.bits())))
    }

    // ---- order

    /// Whether `x` is not below `y`, as far as what they were made of says.
    fn ordered(&self, x: Val, y: Val, at: usize) -> bool {
        let (mut most, mut least) = (vec![y], vec![x]);
        self.bounds(y, at, STEPS, false, &mut most);
        self.bounds(x, at, STEPS, true, &mut least);
        most.iter().any(|v| least.contains(v))
    }

    /// Values that a value is not below (`over`), or not above.
    fn bounds(&self, v: Val, at: usize, steps: u32, over: bool, out: &mut Vec<Val>) {
        let Some((_, d)) = self.f.def(v).filter(|_| steps > 0) else {
            return;
        };
        let [a, rest @ ..] = &d.args[..] else { return };
        let positive = |v: Val, least: i64| self.at(v, at).lo >= least;
        let b = rest.first().copied();
        let also = |least: i64| b.is_some_and(|b| positive(b, least));
        let mut next = Vec::new();
        if d.op == Op::KnownI64 {
            next.push(*a);
        } else if over && (d.op == Op::AddI64 || d.op == Op::WrapAddI64) {
            // Only where it does not wrap round: both are not negative and the sum is none either.
            let fits = d.op == Op::AddI64 || self.at(*a, at).add(self.range(b, at)).1;
            next.extend(b.filter(|_| fits && positive(*a, 0)));
            next.extend(Some(*a).filter(|_| fits && also(0)));
        } else if over && (d.op == Op::MulI64 || d.op == Op::WrapMulI64) {
            let fits = d.op == Op::MulI64 || self.at(*a, at).mul(self.range(b, at)).1;
            next.extend(b.filter(|_| fits && positive(*a, 1) && also(0)));
            next.extend(Some(*a).filter(|_| fits && positive(*a, 0) && also(1)));
        } else if !over && [Op::FloorDivI64, Op::UdivI64].contains(&d.op) {
            next.extend(Some(*a).filter(|_| positive(*a, 0) && also(1)));
        } else if !over && [Op::ModI64, Op::UremI64].contains(&d.op) {
            next.extend(Some(*a).filter(|_| positive(*a, 0) && also(1)));
        } else if !over && d.op == Op::AndI64 {
            next.extend(Some(*a).filter(|_| positive(*a, 0)));
            next.extend(b.filter(|_| also(0)));
        } else if !over && d.op == Op::ShrI64 {
            next.extend(Some(*a).filter(|_| positive(*a, 0)));
        }
        for v in next {
            out.push(v);
            self.bounds(v, at, steps - 1, over, out);
        }
    }
    fn range(&self, v: Option<Val>, at: usize) -> Range {
        v.map_or(Range::FULL, |v| self.at(v, at))
    }
}

/// Whether a sum or product is checked, and the op that is not.
fn sum(op: Op) -> Option<(bool, Op)> {
    const ALL: [(Op, Op); 3] = [
        (Op::AddI64, Op::WrapAddI64),
        (Op::SubI64, Op::WrapSubI64),
        (Op::MulI64, Op::WrapMulI64),
    ];
    let (checked, wraps) = ALL.into_iter().find(|(c, w)| op == *c || op == *w)?;
    Some((op == checked, wraps))
}

/// Where a checked step of a known length starts, and the length: what is taken away counts as negative.
pub(super) fn step(f: &Func, d: &InstData) -> Option<(Val, i64)> {
    let checked = sum(d.op)?.0;
    moved(f, d).filter(|_| checked)
}

/// The same if it may wrap round.
fn moved(f: &Func, d: &InstData) -> Option<(Val, i64)> {
    let number = |v: Val| match f.def(v) {
        Some((_, d)) if d.op == Op::ConstI64 => Some(d.int()),
        Some(_) | None => None,
    };
    let [a, b] = d.args[..] else { return None };
    let (_, wraps) = sum(d.op)?;
    let (from, length) = match (wraps == Op::WrapSubI64, wraps == Op::WrapAddI64) {
        (true, _) => (a, number(b)?.checked_neg()?),
        (_, true) => (a, number(b)?),
        (false, false) => return None,
    };
    (length != 0).then_some((from, length))
}

/// The factor that is not negative, and the number that it is multiplied by, if one of them is positive.
fn times(d: &InstData, x: Range, y: Range) -> Option<(Val, i64)> {
    if x.lo >= 0 && y.lo == y.hi && y.lo > 0 {
        return Some((d.args[0], y.lo));
    }
    (y.lo >= 0 && x.lo == x.hi && x.lo > 0).then(|| (d.args[1], x.lo))
}

/// A sum that tells by itself whether it overflowed: what is added, or taken away, is not negative.
fn up_or_down(d: &InstData, x: Range, y: Range) -> Option<InstData> {
    let (op, args) = match (d.op == Op::AddI64, d.op == Op::SubI64) {
        (true, _) if y.lo >= 0 => (Op::AddUpI64, [d.args[0], d.args[1]]),
        (true, _) if x.lo >= 0 => (Op::AddUpI64, [d.args[1], d.args[0]]),
        (_, true) if y.lo >= 0 => (Op::SubUpI64, [d.args[0], d.args[1]]),
        (_, _) => return None,
    };
    let mut new = InstData::new(op, &args);
    (new.reason, new.state) = (d.reason, d.state);
    Some(new)
}
