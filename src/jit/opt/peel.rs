//! A function that calls itself more than once is mostly called where it ends at once: of a tree, the
//! leaves are half. Where its first tests decide that, they are made at the call, and the call only where it
//! goes on. What is peeled off is what lies between the entry and a return: pure, and a few instructions; a guard of
//! an argument's type is nothing where the call passes a box of that type, and one that a float is whole is left out. The
//! entry sees to it that there is room for one frame more, so that the leaf needs no check of its own; where calls
//! are counted, it is counted as one built in.

use super::dom::Dom;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Entry, Func, Imm, InstData, Target};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Inst, StateId, Val};
use crate::jit::table::Table;

/// Instructions of a leaf, and tests in a row.
const MAX_LEAF: usize = 8;
const MAX_TESTS: usize = 3;

/// How a call may end at once.
struct Leaf {
    tests: Vec<Test>,
    /// The state of the entry, and what it counts.
    state: StateId,
    counts: Imm,
}

/// A test, of which one way is a return.
#[derive(Clone)]
struct Test {
    /// What the test needs, and the test.
    before: Vec<Inst>,
    cond: Val,
    /// Which way of the branch it is, and what it passes.
    way: usize,
    block: Block,
    passed: Vec<Val>,
    /// What the result needs, and the result.
    after: Vec<Inst>,
    result: Val,
}

pub fn run(f: &mut Func) {
    if f.entry != Entry::Function {
        return;
    }
    let sites = sites(f);
    if sites.len() < 2 {
        return;
    }
    let Some(leaf) = leaf(f) else { return };
    let mut map: Table<Val, Val> = Table::default();
    let mut joins = Vec::with_capacity(sites.len());
    // The last of a block first: what follows a call moves to a block of its own.
    for (b, at) in sites.into_iter().rev() {
        let call = f.blocks[b.index()].insts[at];
        if !fits(f, &leaf, call) {
            continue;
        }
        let mut rest = f.blocks[b.index()].insts.split_off(at);
        rest.remove(0);
        let cold = f.blocks[b.index()].cold;
        let (far, join) = (f.new_block(), f.new_block());
        let result = f.insts[call.index()].result();
        let end = f.add_param(join, f.ty(result));
        map.insert(result, end);
        f.blocks[join.index()].insts = rest;
        f.blocks[join.index()].cold = cold;
        f.blocks[far.index()].cold = cold;
        f.blocks[far.index()].insts.push(call);
        joins.push((far, join, result));
        site(f, &leaf, b, call, far, join);
    }
    f.substitute(&map);
    for (far, join, result) in joins {
        f.push(far, InstData::new(Op::Jump, &[]).target(join, &[result]));
    }
    f.order = f.rpo();
}

/// The calls of the function itself that nothing catches the exceptions of, in order.
fn sites(f: &Func) -> Vec<(Block, usize)> {
    let mut out = Vec::new();
    for &b in &f.order {
        let insts = &f.blocks[b.index()].insts;
        let caught = f.term(b).is_some_and(|t| t.op == Op::Catch);
        for (k, i) in insts.iter().enumerate() {
            if f.insts[i.index()].op == Op::CallSelf && !(caught && k + 2 == insts.len()) {
                out.push((b, k));
            }
        }
    }
    out
}

/// Nothing comes of it but its result.
fn pure(d: &InstData) -> bool {
    d.op.repeatable()
        && d.op.reads() == 0
        && d.reason.is_none()
        && d.state.is_none()
        && !matches!(d.op, Op::UdivI64 | Op::UremI64)
}

/// Those that are not just names of states, if all are pure.
fn all_pure(f: &Func, insts: &[Inst]) -> Option<Vec<Inst>> {
    let mut out = Vec::new();
    for &i in insts {
        let d = &f.insts[i.index()];
        if d.op != Op::State {
            out.push(pure(d).then_some(i)?);
        }
    }
    Some(out)
}

fn leaf(f: &Func) -> Option<Leaf> {
    let &entry = f.order.first()?;
    // A header of a loop is not left for good by its test.
    let dom = Dom::new(f);
    if !dom.preds[entry.index()].is_empty() {
        return None;
    }
    let insts = &f.blocks[entry.index()].insts;
    let at = insts
        .iter()
        .position(|i| f.insts[i.index()].op == Op::Enter)?;
    let enter = &f.insts[insts[at].index()];
    let mut tests = Vec::new();
    let mut next = test(f, &insts[at + 1..]);
    while let Some((t, other)) = next {
        tests.push(t);
        // Every call lies beyond the tests so far, and what they depend on holds there.
        let block = &f.blocks[other.index()];
        let alone = dom.preds[other.index()].len() == 1 && block.params.is_empty();
        next = match alone && tests.len() < MAX_TESTS {
            true => test(f, &block.insts),
            false => None,
        };
    }
    (!tests.is_empty()).then(|| Leaf {
        tests,
        state: enter.state.unwrap_or(StateId(0)),
        counts: enter.imms[0],
    })
}

/// The parameter of the function that an instruction is a guard of the type of.
fn guarded(f: &Func, d: &InstData) -> Option<usize> {
    d.op.unboxes()?;
    let params = &f.blocks[f.order[0].index()].params;
    params.iter().position(|p| d.args.first() == Some(p))
}

/// Whether a call passes boxes where the leaf's guards want their insides.
fn fits(f: &Func, leaf: &Leaf, call: Inst) -> bool {
    let args = &f.insts[call.index()].args;
    leaf.tests.iter().flat_map(|t| &t.before).all(|i| {
        let d = &f.insts[i.index()];
        guarded(f, d).is_none_or(|k| {
            let passed = args.get(k).and_then(|&a| f.def(a));
            passed.is_some_and(|(_, a)| a.op.boxes().is_some() && a.op.boxes() == d.op.unboxes())
        })
    })
}

/// The test that these instructions are, and where it goes if it does not end.
fn test(f: &Func, insts: &[Inst]) -> Option<(Test, Block)> {
    let of = |i: &Inst| &f.insts[i.index()];
    let (last, between) = insts.split_last()?;
    let mut before = Vec::new();
    for i in between {
        let d = of(i);
        if d.op != Op::State {
            let bet = d.op == Op::GuardWhole || guarded(f, d).is_some();
            before.push((pure(d) || bet).then_some(*i)?);
        }
    }
    // What depends on nothing holds at every call.
    before.retain(|i| !of(i).args.is_empty());
    let term = of(last);
    if term.op != Op::Brif {
        return None;
    }
    (0..2).find_map(|way| {
        let Target { block, args } = &term.targets[way];
        let (last, rest) = f.blocks[block.index()].insts.split_last()?;
        let after = all_pure(f, rest)?;
        let ret = of(last);
        let fits = ret.op == Op::Ret && before.len() + after.len() <= MAX_LEAF;
        let t = fits.then(|| Test {
            before: before.clone(),
            cond: term.args[0],
            way,
            block: *block,
            passed: args.clone(),
            after,
            result: ret.args[0],
        })?;
        Some((t, term.targets[1 - way].block))
    })
}

/// Makes a call's tests where its block ends now.
fn site(f: &mut Func, leaf: &Leaf, b: Block, call: Inst, far: Block, join: Block) {
    let entry = f.order[0];
    let d = &f.insts[call.index()];
    let (args, pc, frame, within) = (d.args.clone(), d.pc, d.frame, d.state);
    if let Some(s) = within {
        f.room = f.room.max(f.state_chain(s).count() as u32);
    }
    let params = f.blocks[entry.index()].params.clone();
    let mut here: Table<Val, Val> = params.into_iter().zip(args).collect();
    let cold = f.blocks[b.index()].cold;
    let mut at = b;
    for (k, test) in leaf.tests.iter().enumerate() {
        copy(f, &test.before, at, &mut here);
        let near = f.new_block();
        f.blocks[near.index()].cold = cold;
        let on = match k + 1 == leaf.tests.len() {
            true => far,
            false => f.new_block(),
        };
        f.blocks[on.index()].cold = cold;
        let cond = found(&here, test.cond);
        let (yes, no) = match test.way {
            0 => (near, on),
            _ => (on, near),
        };
        let branch = InstData::new(Op::Brif, &[cond]).target(yes, &[]);
        let mut branch = branch.target(no, &[]).at(pc);
        branch.frame = frame;
        f.push(at, branch);
        if let Some(s) = within
            && leaf.counts != Imm::Idx(0)
        {
            counted(f, leaf, near, s, &here);
        }
        let params = f.blocks[test.block.index()].params.clone();
        for (p, v) in params.into_iter().zip(&test.passed) {
            let v = found(&here, *v);
            here.insert(p, v);
        }
        copy(f, &test.after, near, &mut here);
        let result = found(&here, test.result);
        f.push(near, InstData::new(Op::Jump, &[]).target(join, &[result]));
        at = on;
    }
}

/// Counts the call of a leaf, as if it had been built in within that state.
fn counted(f: &mut Func, leaf: &Leaf, near: Block, within: StateId, here: &Table<Val, Val>) {
    let mut state = f.states[leaf.state.index()].clone();
    state.parent = Some(within);
    state.kind = Kind::At;
    for v in state.values_mut() {
        *v = found(here, *v);
    }
    let own = state.frame;
    let s = f.add_state(state);
    let mut named = InstData::new(Op::State, &[]).state(s);
    named.frame = own;
    f.push(near, named);
    let counted = InstData::new(Op::EnterInlined, &[]).imm(leaf.counts);
    let mut counted = counted.exit(Reason::Poll, s).at(0);
    counted.frame = own;
    f.push(near, counted);
}

fn found(here: &Table<Val, Val>, v: Val) -> Val {
    here.get(&v).copied().unwrap_or(v)
}

/// Appends copies to a block, of these operands.
fn copy(f: &mut Func, insts: &[Inst], to: Block, here: &mut Table<Val, Val>) {
    for i in insts {
        let mut d = f.insts[i.index()].clone();
        for a in &mut d.args {
            *a = found(here, *a);
        }
        if d.op.unboxes().is_some() {
            // Of a box, as `fits` has seen.
            let inner = f.def(d.args[0]).map(|(_, b)| b.args[0]);
            here.extend(d.results.first().copied().zip(inner));
            continue;
        }
        if d.op == Op::GuardWhole {
            // Nothing here relies on it.
            here.insert(d.result(), d.args[0]);
            continue;
        }
        let old = std::mem::take(&mut d.results);
        let new = f.push(to, d);
        let new = f.insts[new.index()].results.iter().copied();
        here.extend(old.into_iter().zip(new));
    }
}
