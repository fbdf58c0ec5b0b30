//! Ways whose next branch is known go round it: where blocks meet that know different things of a number, and a
//! branch behind them asks for just that, who knows the answer gets a copy of what lies between, without the branch.
//! What numbers are exactly there is computed here, too.
//!
//! One walk in reverse post-order. What is known of a number (or of that from which it was counted down: `n - 1`
//! below 2 says that `n` is below 3) comes from the branches on the way, and where ways meet that are left, from all of
//! them. Of what a loop's way back brings nothing is known; no copy goes through a loop's header, or to it.
//!
//! A copy ends where nothing that lies behind can use what was copied: at a block that none of the copied ones
//! dominates, or in a return. So nothing has to be named anew but what the copy passes on.

mod float;

use super::dom::Dom;
use super::interval::Range;
use super::range::step;
use crate::jit::ssa::func::{Func, Imm, InstData, Target};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Cmp, Inst, StateId, Val};
use crate::jit::table::Table;

/// Blocks past which the pass is not worth its time.
const MANY: usize = 1000;
/// Blocks of a copy, instructions of it that are not known numbers, and those of all copies.
const MOST_BLOCKS: usize = 64;
const MOST: usize = 40;
const MOST_OF_ALL: usize = 300;
/// Numbers that a value is known not to be.
const MOST_NOT: usize = 16;

/// What is known of an int on a way.
#[derive(Clone)]
struct Fact {
    of: Val,
    range: Range,
    /// Numbers in the range that it is not.
    not: Vec<i64>,
}

impl Fact {
    fn narrow(&mut self, cmp: Cmp, k: i64) {
        self.range = self.range.narrow(cmp, Range::one(k));
        if cmp == Cmp::Ne && self.not.len() < MOST_NOT && !self.not.contains(&k) {
            self.not.push(k);
        }
        // An end that it is not is none.
        while self.range.lo < self.range.hi && self.not.contains(&self.range.lo) {
            self.range.lo += 1;
        }
        while self.range.lo < self.range.hi && self.not.contains(&self.range.hi) {
            self.range.hi -= 1;
        }
    }
    fn excludes(&self, k: i64) -> bool {
        !self.range.contains(Range::one(k)) || self.not.contains(&k)
    }
    /// What both say.
    fn join(&self, o: &Fact) -> Fact {
        let both = self.not.iter().chain(&o.not).copied();
        let mut not: Vec<i64> = Vec::new();
        for k in both {
            if self.excludes(k) && o.excludes(k) && !not.contains(&k) && not.len() < MOST_NOT {
                not.push(k);
            }
        }
        Fact {
            of: self.of,
            range: self.range.join(o.range),
            not,
        }
    }
}

/// What is known of values on a way.
#[derive(Clone, Default)]
struct Known {
    ints: Vec<Fact>,
    floats: Vec<float::Fact>,
}

/// An edge, and what is known on it.
struct Edge {
    from: Block,
    /// Which of the targets.
    way: usize,
    known: Known,
}

/// What an edge leads to in a line, its branches known.
struct Path {
    blocks: Vec<Block>,
    /// What parameters are.
    passed: Table<Val, Val>,
    /// Ranges of what is computed on the way, and sums that are known there to be numbers of 64 bits.
    ranges: Table<Val, Range>,
    sums: Table<Val, i64>,
    floats: Table<Val, f64>,
    /// Where it goes in the end, if not out of the function.
    to: Option<Target>,
    cost: usize,
}

impl Path {
    fn find(&self, mut v: Val) -> Val {
        while let Some(&w) = self.passed.get(&v) {
            v = w;
        }
        v
    }

    /// What gives a sum that is known.
    fn constant(&self, v: Val) -> Option<InstData> {
        let of = |op, imm| InstData::new(op, &[]).imm(imm);
        match (self.sums.get(&v), self.floats.get(&v)) {
            (Some(x), _) => Some(of(Op::ConstI64, Imm::Int(*x))),
            (None, Some(x)) => Some(of(Op::ConstF64, Imm::Float(x.to_bits()))),
            (None, None) => None,
        }
    }
}

struct Thread<'a> {
    f: &'a mut Func,
    dom: Dom,
    /// Edges that lead to a block from where the walk has been.
    into: Vec<Vec<Edge>>,
    left: usize,
}

pub fn run(f: &mut Func) {
    let dom = Dom::new(f);
    let n = dom.rpo.len();
    if n > MANY {
        return;
    }
    let into = (0..f.blocks.len()).map(|_| Vec::new()).collect();
    let mut t = Thread {
        f,
        dom,
        into,
        left: MOST_OF_ALL,
    };
    for at in 0..n {
        t.block(at);
    }
    f.order = f.rpo();
}

impl Thread<'_> {
    fn is_header(&self, b: Block) -> bool {
        let at = self.dom.number(b).unwrap_or(0);
        let preds = self.dom.preds[b.index()].iter();
        at == 0 || preds.filter_map(|p| self.dom.number(*p)).any(|p| p >= at)
    }

    fn block(&mut self, at: usize) {
        let b = self.dom.rpo[at];
        let mut edges = std::mem::take(&mut self.into[b.index()]);
        if edges.len() > 1 && !self.is_header(b) {
            edges.retain(|e| !self.thread(b, e));
        }
        if at > 0 && edges.is_empty() {
            return;
        }
        let known = edges.into_iter().map(|e| e.known).reduce(joined);
        self.end(b, known.unwrap_or_default());
    }

    /// Tells those that follow a block what they know.
    fn end(&mut self, b: Block, known: Known) {
        let Some(&i) = self.f.blocks[b.index()].insts.last() else {
            return;
        };
        let d = &self.f.insts[i.index()];
        let branch = d.op == Op::Brif;
        let nowhere = Path::empty();
        if branch && let Some(yes) = self.decide(&nowhere, d.args[0], &known) {
            let d = &mut self.f.insts[i.index()];
            let t = d.targets.swap_remove(!yes as usize);
            (d.op, d.targets) = (Op::Jump, vec![t]);
            d.args.clear();
        }
        let d = &self.f.insts[i.index()];
        for (way, to) in d.targets.iter().enumerate() {
            let mut known = known.clone();
            if d.op == Op::Brif {
                self.learn(&mut known, d.args[0], way == 0);
            }
            self.into[to.block.index()].push(Edge {
                from: b,
                way,
                known,
            });
        }
    }

    /// What a condition says where it holds, or does not.
    fn learn(&self, known: &mut Known, c: Val, holds: bool) {
        let Some((_, d)) = self.f.def(c) else { return };
        if d.op == Op::NotBool {
            return self.learn(known, d.args[0], !holds);
        }
        if d.op == Op::FcmpF64 {
            return self.learn_float(known, d, holds);
        }
        let nowhere = Path::empty();
        let Some((x, cmp, k)) = self.compares(&nowhere, d, known) else {
            return;
        };
        let (of, from) = self.root(&nowhere, x);
        let Some(k) = k.checked_sub(from) else { return };
        let cmp = if holds { cmp } else { cmp.negate() };
        match known.ints.iter_mut().find(|f| f.of == of) {
            Some(f) => f.narrow(cmp, k),
            None => {
                let (range, not) = (Range::FULL, Vec::new());
                let mut f = Fact { of, range, not };
                f.narrow(cmp, k);
                known.ints.push(f);
            }
        }
    }

    /// A value that is compared with a known number.
    fn compares(&self, path: &Path, d: &InstData, known: &Known) -> Option<(Val, Cmp, i64)> {
        let (Op::IcmpI64, Imm::Cmp(cmp)) = (d.op, d.imms[0]) else {
            return None;
        };
        let one = |v: Val| {
            let r = self.range(path, v, known);
            (r.lo == r.hi).then_some(r.lo)
        };
        match (one(d.args[0]), one(d.args[1])) {
            (_, Some(k)) => Some((d.args[0], cmp, k)),
            (Some(k), None) => Some((d.args[1], cmp.swap(), k)),
            (None, None) => None,
        }
    }

    /// What a value was counted from, and how much was added to that.
    fn root(&self, path: &Path, v: Val) -> (Val, i64) {
        let (mut v, mut sum) = (path.find(v), 0i64);
        while let Some((_, d)) = self.f.def(v)
            && let Some((from, by)) = step(self.f, d)
            && let Some(more) = sum.checked_add(by)
        {
            (v, sum) = (path.find(from), more);
        }
        (v, sum)
    }

    fn range(&self, path: &Path, v: Val, known: &Known) -> Range {
        let v = path.find(v);
        if let Some(r) = path.ranges.get(&v) {
            return *r;
        }
        if let Some((_, d)) = self.f.def(v)
            && d.op == Op::ConstI64
        {
            return Range::one(d.int());
        }
        let (root, sum) = self.root(path, v);
        match known.ints.iter().find(|f| f.of == root) {
            Some(f) => f.range.add(Range::one(sum)).0,
            None => Range::FULL,
        }
    }

    /// Whether a condition holds, if that is known.
    fn decide(&self, path: &Path, c: Val, known: &Known) -> Option<bool> {
        let (_, d) = self.f.def(path.find(c))?;
        match (d.op == Op::NotBool, d.op == Op::ConstBool) {
            (true, _) => return Some(!self.decide(path, d.args[0], known)?),
            (_, true) => return Some(d.imms[0] == Imm::Bool(true)),
            (false, false) => {}
        }
        if d.op == Op::FcmpF64 {
            return self.decide_float(path, d, known);
        }
        let (x, cmp, k) = self.compares(path, d, known)?;
        let decided = self.range(path, x, known).decide(cmp, Range::one(k));
        if decided.is_some() {
            return decided;
        }
        let (root, sum) = self.root(path, x);
        let fact = known.ints.iter().find(|f| f.of == root)?;
        let differs = fact.excludes(k.checked_sub(sum)?);
        match cmp {
            Cmp::Eq if differs => Some(false),
            Cmp::Ne if differs => Some(true),
            Cmp::Eq | Cmp::Ne | Cmp::Lt | Cmp::Le | Cmp::Gt | Cmp::Ge => None,
        }
    }

    /// Gives an edge to `b` a copy of its own of what it leads to, if it knows a branch there.
    fn thread(&mut self, b: Block, e: &Edge) -> bool {
        let Some(&last) = self.f.blocks[e.from.index()].insts.last() else {
            return false;
        };
        let target = self.f.insts[last.index()].targets[e.way].clone();
        let Some(path) = self.follow(b, &target.args, &e.known) else {
            return false;
        };
        self.left -= path.cost;
        let copy = self.f.new_block();
        self.into.push(Vec::new());
        self.f.blocks[copy.index()].cold = self.f.blocks[e.from.index()].cold;
        self.copy(copy, &path);
        let to = &mut self.f.insts[last.index()].targets[e.way];
        *to = Target {
            block: copy,
            args: Vec::new(),
        };
        if let Some(t) = &path.to {
            let known = e.known.clone();
            self.into[t.block.index()].push(Edge {
                from: copy,
                way: 0,
                known,
            });
        }
        true
    }

    /// The way from `b` on, as far as its branches are known; at least one.
    fn follow(&self, b: Block, args: &[Val], known: &Known) -> Option<Path> {
        let mut path = Path::empty();
        let mut next = Target {
            block: b,
            args: args.to_vec(),
        };
        // Where the copy may end, the last branch before it known: blocks, cost, and what comes then.
        let mut best: Option<(usize, usize, Option<Target>)> = None;
        let mut news = false;
        let start = self.dom.number(b)?;
        while path.blocks.len() < MOST_BLOCKS
            && !self.is_header(next.block)
            && !path.blocks.contains(&next.block)
        {
            let here = next.block;
            let (last, insts) = self.f.blocks[here.index()].insts.split_last()?;
            let params = self.f.blocks[here.index()].params.iter();
            path.passed.extend(params.copied().zip(next.args));
            if !insts.iter().all(|i| self.passes(&mut path, *i, known)) {
                break;
            }
            if path.cost > MOST.min(self.left) {
                break;
            }
            path.blocks.push(here);
            let d = &self.f.insts[last.index()];
            let yes = match d.op == Op::Brif {
                true => self.decide(&path, d.args[0], known),
                false => Some(true),
            };
            if d.op == Op::Ret {
                if news {
                    best = Some((path.blocks.len(), path.cost, None));
                }
                break;
            }
            let Some(yes) = yes.filter(|_| d.op == Op::Brif || d.op == Op::Jump) else {
                break;
            };
            news |= d.op == Op::Brif;
            next = d.targets[!yes as usize].clone();
            let below = self.dom.number(next.block).is_some_and(|n| n > start);
            let used = |p: &Block| self.dom.dominates(*p, next.block);
            if news && below && !self.is_header(next.block) && !path.blocks.iter().any(used) {
                best = Some((path.blocks.len(), path.cost, Some(next.clone())));
                news = false;
            }
        }
        let (blocks, cost, to) = best?;
        path.blocks.truncate(blocks);
        (path.cost, path.to) = (cost, to);
        Some(path)
    }

    /// Whether an instruction may be copied. Notes what it costs, and what it gives.
    fn passes(&self, path: &mut Path, i: Inst, known: &Known) -> bool {
        let d = &self.f.insts[i.index()];
        let counts = [Op::State, Op::EnterInlined, Op::Charge].contains(&d.op);
        if !counts && !d.op.repeatable() {
            return false;
        }
        let sum = [Op::AddI64, Op::SubI64].contains(&d.op);
        let mut fixed = d.args.is_empty() || [Op::IcmpI64, Op::FcmpF64].contains(&d.op);
        if sum {
            let (x, y) = (
                self.range(path, d.args[0], known),
                self.range(path, d.args[1], known),
            );
            let (r, fits) = match d.op == Op::AddI64 {
                true => x.add(y),
                false => x.sub(y),
            };
            let r = r.meet(self.range(path, d.result(), known));
            path.ranges.insert(d.result(), r);
            if fits && r.lo == r.hi {
                path.sums.insert(d.result(), r.lo);
                fixed = true;
            }
        }
        if [Op::AddF64, Op::SubF64].contains(&d.op)
            && let Some(x) = self.float_sum(path, d, known)
        {
            path.floats.insert(d.result(), x);
            fixed = true;
        }
        path.cost += !fixed as usize;
        true
    }

    /// Fills a copy.
    fn copy(&mut self, to: Block, path: &Path) {
        let mut c = Copy {
            to,
            new: Table::default(),
            states: Table::default(),
            old: Vec::new(),
        };
        for (k, b) in path.blocks.iter().enumerate() {
            let insts = self.f.blocks[b.index()].insts.clone();
            for (n, i) in insts.iter().enumerate() {
                let mut d = self.f.insts[i.index()].clone();
                if d.op == Op::State {
                    c.old.extend(d.state.map(|s| (s, *i)));
                    continue;
                }
                let last = n + 1 == insts.len();
                if last && (path.to.is_some() || k + 1 < path.blocks.len()) {
                    continue;
                }
                let old = std::mem::take(&mut d.results);
                if let Some(d) = old.first().and_then(|v| path.constant(*v)) {
                    let i = self.f.push(to, d);
                    let new = self.f.insts[i.index()].result();
                    c.new.insert(old[0], new);
                    continue;
                }
                for a in &mut d.args {
                    *a = c.find(path, *a);
                }
                d.state = d.state.map(|s| self.state(&mut c, path, s));
                let i = self.f.push(to, d);
                let new = self.f.insts[i.index()].results.iter().copied();
                c.new.extend(old.into_iter().zip(new));
            }
        }
        if let Some(t) = &path.to {
            let args: Vec<Val> = t.args.iter().map(|v| c.find(path, *v)).collect();
            let jump = InstData::new(Op::Jump, &[]).target(t.block, &args);
            self.f.push(to, jump);
        }
    }

    /// The state in the copy that this one is, named there if it lies on the way.
    fn state(&mut self, c: &mut Copy, path: &Path, s: StateId) -> StateId {
        let Some(&(_, names)) = c.old.iter().find(|(o, _)| *o == s) else {
            return s;
        };
        if let Some(new) = c.states.get(&s.0) {
            return *new;
        }
        let mut state = self.f.states[s.index()].clone();
        state.parent = state.parent.map(|p| self.state(c, path, p));
        for v in state.values_mut() {
            *v = c.find(path, *v);
        }
        let new = self.f.add_state(state);
        let mut d = self.f.insts[names.index()].clone();
        d.state = Some(new);
        self.f.push(c.to, d);
        c.states.insert(s.0, new);
        new
    }
}

impl Path {
    fn empty() -> Path {
        Path {
            blocks: Vec::new(),
            passed: Table::default(),
            ranges: Table::default(),
            sums: Table::default(),
            floats: Table::default(),
            to: None,
            cost: 0,
        }
    }
}

/// A copy that is being filled.
struct Copy {
    to: Block,
    new: Table<Val, Val>,
    states: Table<u32, StateId>,
    /// States on the way, and what names them.
    old: Vec<(StateId, Inst)>,
}

impl Copy {
    fn find(&self, path: &Path, v: Val) -> Val {
        let v = path.find(v);
        self.new.get(&v).copied().unwrap_or(v)
    }
}

fn joined(a: Known, b: Known) -> Known {
    let both = |x: &Fact| {
        let y = b.ints.iter().find(|y| y.of == x.of);
        y.map(|y| x.join(y))
    };
    Known {
        ints: a.ints.iter().filter_map(both).collect(),
        floats: float::joined(&a.floats, &b.floats),
    }
}
