//! Branches that no predictor learns become choices: where a rest or a bit of a number decides which of two cheap
//! values goes on, both are computed and one is taken. A branch that goes either way as by chance costs
//! more than a few additions.
//!
//! What may leave on one of the ways is a test of one comparison: it is made on both, and leaves with a state from
//! before the branch, of which nothing has happened.

use super::licm::anchor;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::effect::EXITS;
use crate::jit::ssa::func::{Func, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Inst, StateId, Ty, Val};

/// Instructions that a way may have, without constants and tests.
const CHEAP: usize = 3;

pub fn run(f: &mut Func) {
    let preds = f.preds();
    for b in f.rpo() {
        if let Some(c) = choice(f, &preds, b) {
            choose(f, b, c);
        }
    }
    f.order = f.rpo();
}

/// A branch whose ways meet at once.
struct Choice {
    cond: Val,
    /// The blocks in between that go.
    ways: Vec<Block>,
    to: Block,
    /// What each passes: where the condition holds, and where not.
    args: [Vec<Val>; 2],
    /// Where tests leave from then.
    state: Option<StateId>,
}

fn choice(f: &Func, preds: &[Vec<Block>], b: Block) -> Option<Choice> {
    let t = f.term(b).filter(|t| t.op == Op::Brif)?;
    if !by_chance(f, t.args[0]) {
        return None;
    }
    let mut ways = Vec::new();
    let mut ends = Vec::new();
    for t in &t.targets {
        let alone = preds[t.block.index()].len() == 1 && t.args.is_empty();
        match alone.then(|| cheap(f, t.block)).flatten() {
            Some(end) => {
                ways.push(t.block);
                ends.push(end);
            }
            None => ends.push((t.block, t.args.clone())),
        }
    }
    let [(to, yes), (other, no)] = <[_; 2]>::try_from(ends).ok()?;
    let differ = |(x, y): (&Val, &Val)| x != y && f.ty(*x) != Ty::I64;
    if to != other || to == b || ways.is_empty() || yes.iter().zip(&no).any(differ) {
        return None;
    }
    let exits = |b: &Block| {
        let all = f.blocks[b.index()].insts.iter();
        all.clone().any(|i| f.insts[i.index()].op.has(EXITS))
    };
    let state = before(f, preds, b);
    if state.is_none() && ways.iter().any(exits) {
        return None;
    }
    Some(Choice {
        cond: t.args[0],
        ways,
        to,
        args: [yes, no],
        state,
    })
}

/// A comparison of a rest, or of some bits.
fn by_chance(f: &Func, c: Val) -> bool {
    let part = |v: Val| {
        let d = f.def(v).map(|(_, d)| d);
        d.is_some_and(|d| [Op::AndI64, Op::UremI64, Op::ModI64].contains(&d.op))
    };
    f.def(c)
        .is_some_and(|(_, d)| d.op == Op::IcmpI64 && (part(d.args[0]) || part(d.args[1])))
}

/// Where a block that only computes a little goes on, and what it passes.
fn cheap(f: &Func, b: Block) -> Option<(Block, Vec<Val>)> {
    let (last, insts) = f.blocks[b.index()].insts.split_last()?;
    let mut cost = 0;
    for i in insts {
        let d = &f.insts[i.index()];
        let free = [
            Op::State,
            Op::ConstI64,
            Op::GuardTrue,
            Op::IcmpI64,
            Op::KnownI64,
        ];
        const SHORT: [Op; 7] = [
            Op::WrapAddI64,
            Op::WrapSubI64,
            Op::WrapMulI64,
            Op::AndI64,
            Op::OrI64,
            Op::XorI64,
            Op::NotI64,
        ];
        let shift = |v: Val| match f.def(v) {
            Some((_, d)) if d.op == Op::ConstI64 => d.int().count_ones() == 1,
            Some(_) | None => false,
        };
        // Another way than this may have a value of which a bet does not hold; one that does not fit is rare.
        if d.op == Op::GuardTrue && d.reason != Some(Reason::Overflow) {
            return None;
        }
        if SHORT.contains(&d.op) || (d.op == Op::UdivI64 && shift(d.args[1])) {
            cost += 1;
        } else if !free.contains(&d.op) {
            return None;
        }
    }
    let t = &f.insts[last.index()];
    let jump = t.op == Op::Jump && cost <= CHEAP && t.targets[0].block != b;
    jump.then(|| (t.targets[0].block, t.targets[0].args.clone()))
}

/// A state that holds at the end of a block.
fn before(f: &Func, preds: &[Vec<Block>], mut b: Block) -> Option<StateId> {
    for _ in 0..4 {
        if let Some(s) = anchor(f, b) {
            return Some(s);
        }
        let ends = |i: &Inst| f.insts[i.index()].op.ends_states();
        if f.blocks[b.index()].insts.iter().any(ends) {
            return None;
        }
        let [p] = preds[b.index()][..] else {
            return None;
        };
        b = p;
    }
    None
}

fn choose(f: &mut Func, b: Block, c: Choice) {
    let branch = f.blocks[b.index()].insts.pop();
    for way in &c.ways {
        let mut insts = std::mem::take(&mut f.blocks[way.index()].insts);
        insts.pop();
        for i in insts {
            let d = &mut f.insts[i.index()];
            if d.op == Op::State {
                continue;
            }
            if d.op.has(EXITS) {
                d.state = c.state;
            }
            f.blocks[b.index()].insts.push(i);
        }
    }
    let [yes, no] = c.args;
    let mut args = Vec::with_capacity(yes.len());
    for (x, y) in yes.into_iter().zip(no) {
        if x == y {
            args.push(x);
            continue;
        }
        let i = f.push(b, InstData::new(Op::SelectI64, &[c.cond, x, y]));
        args.push(f.insts[i.index()].result());
    }
    let Some(branch) = branch else { return };
    let d = &mut f.insts[branch.index()];
    let (pc, frame) = (d.pc, d.frame);
    *d = InstData::new(Op::Jump, &[]).target(c.to, &args).at(pc);
    (d.frame, d.imms) = (frame, [Imm::None; 3]);
    f.blocks[b.index()].insts.push(branch);
}
