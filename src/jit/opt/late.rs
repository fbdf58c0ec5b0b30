//! Boxes are made where they are wanted: `unbox` puts the box of a loop's parameter at the head of the loop,
//! and often nothing but what follows the loop wants the word. A box that its own block does not want moves to
//! the blocks that do, unless those are run more often.

use super::dom::{Dom, loops};
use crate::jit::ssa::func::{Func, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Inst, Val};
use std::collections::HashMap;

pub fn run(f: &mut Func) {
    let dom = Dom::new(f);
    let mut depth = vec![0u32; f.blocks.len()];
    for b in loops(&dom).iter().flat_map(|l| &l.blocks) {
        depth[b.index()] += 1;
    }
    if depth.iter().all(|d| *d == 0) {
        return;
    }
    // Where each box is wanted.
    let mut wanted: HashMap<Val, Vec<Block>> = HashMap::new();
    for &b in &dom.rpo {
        for &i in &f.blocks[b.index()].insts {
            let d = &f.insts[i.index()];
            let passed = d.targets.iter().flat_map(|t| &t.args);
            for v in d.args.iter().chain(passed) {
                if f.def(*v).is_some_and(|(_, d)| d.op.boxes().is_some()) {
                    let all = wanted.entry(*v).or_default();
                    if all.last() != Some(&b) {
                        all.push(b);
                    }
                }
            }
        }
    }
    let mut moved: HashMap<Val, Val> = HashMap::new();
    for &b in &dom.rpo {
        let insts = f.blocks[b.index()].insts.clone();
        for i in insts {
            let d = &f.insts[i.index()];
            if d.op.boxes().is_none() {
                continue;
            }
            let (op, v, x) = (d.op, d.result(), d.args[0]);
            let to = wanted.get(&v).map_or(&[][..], |w| w);
            let here = depth[b.index()];
            let better = to.iter().any(|u| depth[u.index()] < here);
            if !better || to.iter().any(|u| *u == b || depth[u.index()] > here) {
                continue;
            }
            let (pc, frame) = (d.pc, d.frame);
            for &u in to {
                let mut new = InstData::new(op, &[x]).at(pc);
                new.frame = frame;
                let new = f.make_inst(new);
                place(f, u, new, v);
            }
            f.blocks[b.index()].insts.retain(|k| *k != i);
            moved.insert(v, x);
        }
    }
    // A state takes what was boxed.
    let mut states = std::mem::take(&mut f.states);
    for v in states.iter_mut().flat_map(|s| s.values_mut()) {
        if let Some(&x) = moved.get(v) {
            *v = x;
        }
    }
    f.states = states;
}

/// Puts a box at the head of a block, which uses it for `old`.
fn place(f: &mut Func, b: Block, new: Inst, old: Val) {
    let v = f.insts[new.index()].result();
    let insts = f.blocks[b.index()].insts.clone();
    for i in &insts {
        let d = &mut f.insts[i.index()];
        let passed = d.targets.iter_mut().flat_map(|t| &mut t.args);
        for a in d.args.iter_mut().chain(passed).filter(|a| **a == old) {
            *a = v;
        }
    }
    // The exception is taken first.
    let takes = insts
        .first()
        .is_some_and(|i| f.insts[i.index()].op == Op::RtCatch);
    f.blocks[b.index()].insts.insert(takes as usize, new);
}
