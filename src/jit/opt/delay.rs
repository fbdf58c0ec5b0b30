//! Stores that wait until a loop is left: a number in a closure's cell that `promote` keeps in a register. Each
//! way out of the loop stores it: an edge in a block of its own, an exit by what its state says
//! (`FrameState::cells`). Nobody else sees the cell meanwhile: nothing in the loop reads or writes
//! others' cells, and a collection runs no Python code.

use super::dom::{Dom, Loop};
use crate::jit::ssa::effect::RAISES;
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Func, InstData, Target};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, StateId, Val};
use std::collections::HashMap;

/// Takes the stores into the cell out of the loop; false: they stay. `states` and `at_end` say what is in it in
/// each state of the loop, and at the end of each block.
pub fn run(
    f: &mut Func,
    dom: &Dom,
    l: &Loop,
    cell: Val,
    states: &HashMap<StateId, Val>,
    at_end: &HashMap<Block, Val>,
) -> bool {
    let Some(exits) = exits(f, dom, l, states) else {
        return false;
    };
    let raising = raising(f, l);
    for (s, v) in states {
        // One of kind `in` that no instruction leaves with is a parent of others.
        if f.states[s.index()].kind == Kind::In && !raising.contains(s) {
            continue;
        }
        let known = &mut f.states[s.index()].cells;
        // In an inner loop it says so already.
        if known.iter().all(|(c, _)| *c != cell) {
            known.push((cell, *v));
        }
    }
    for &b in &l.blocks {
        let insts = std::mem::take(&mut f.blocks[b.index()].insts);
        let stores = |d: &InstData| d.op == Op::StoreCell && d.args[0] == cell;
        let kept = insts.into_iter().filter(|i| !stores(&f.insts[i.index()]));
        f.blocks[b.index()].insts = kept.collect();
    }
    for &b in &l.blocks {
        let Some(&last) = f.blocks[b.index()].insts.last() else {
            continue;
        };
        let (pc, frame) = (f.insts[last.index()].pc, f.insts[last.index()].frame);
        for k in 0..f.insts[last.index()].targets.len() {
            let to = f.insts[last.index()].targets[k].clone();
            if l.blocks.contains(&to.block) || exits.contains(&to.block) {
                continue;
            }
            let out = f.new_block();
            let mut store = InstData::new(Op::StoreCell, &[cell, at_end[&b]]).at(pc);
            let mut jump = InstData::new(Op::Jump, &[])
                .target(to.block, &to.args)
                .at(pc);
            store.frame = frame;
            jump.frame = frame;
            let (store, jump) = (f.make_inst(store), f.make_inst(jump));
            f.blocks[out.index()].insts = vec![store, jump];
            f.insts[last.index()].targets[k] = Target {
                block: out,
                args: Vec::new(),
            };
        }
    }
    f.order = f.rpo();
    true
}

/// The states of what may raise in the loop.
fn raising(f: &Func, l: &Loop) -> Vec<StateId> {
    let insts = l.blocks.iter().flat_map(|b| &f.blocks[b.index()].insts);
    let insts = insts.map(|i| &f.insts[i.index()]);
    let insts = insts.filter(|d| d.op.has(RAISES));
    insts.filter_map(|d| d.state).collect()
}

/// The blocks outside that do nothing but leave with a state of the loop, which does the store; none: something
/// else outside uses one, or the loop is left in a way that is not known here.
fn exits(f: &Func, dom: &Dom, l: &Loop, states: &HashMap<StateId, Val>) -> Option<Vec<Block>> {
    let mut out = Vec::new();
    for &b in &f.order {
        let insts = f.blocks[b.index()].insts.iter();
        let insts: Vec<&InstData> = insts.map(|i| &f.insts[i.index()]).collect();
        if l.blocks.contains(&b) {
            let ours = |d: &&InstData| d.state.is_none_or(|s| states.contains_key(&s));
            if !insts.iter().all(ours) || insts.iter().any(|d| d.op == Op::Catch) {
                return None;
            }
            continue;
        }
        let uses =
            |d: &InstData| d.op != Op::State && d.state.is_some_and(|s| states.contains_key(&s));
        if !insts.iter().any(|d| uses(d)) {
            continue;
        }
        let all = insts.iter().all(|d| d.state.is_none() || uses(d));
        let leaves = insts.last().is_some_and(|d| d.op == Op::Exit);
        if !all
            || !leaves
            || insts.iter().any(|d| d.op.ends_states())
            || dom.preds[b.index()].len() != 1
        {
            return None;
        }
        out.push(b);
    }
    Some(out)
}
