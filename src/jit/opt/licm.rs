//! Loop-invariant code: what computes the same in every round moves before the loop.
//!
//! An instruction that may leave moves only if every round executes it, and leaves with the state that the
//! builder put before the loop: the interpreter then enters the loop anew, and nothing of it has happened.

use super::dom::{Dom, Loop, loops};
use crate::jit::ssa::effect::{EXITS, Heap};
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Def, Func};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Inst, StateId, Val};

pub fn run(f: &mut Func) {
    let dom = Dom::new(f);
    for l in loops(&dom) {
        if let Some(p) = preheader(f, &dom, &l) {
            hoist(f, &dom, &l, p);
        }
    }
}

/// The one block outside that jumps to the header.
pub(crate) fn preheader(f: &Func, dom: &Dom, l: &Loop) -> Option<Block> {
    let mut outside = dom.preds[l.header.index()]
        .iter()
        .filter(|p| !l.latches.contains(p));
    let p = *outside.next()?;
    let alone = outside.next().is_none();
    let jumps = f.term(p).is_some_and(|t| t.op == Op::Jump);
    (alone && jumps).then_some(p)
}

/// The last state in a block that still holds at its end and from which the interpreter can go on.
pub(super) fn anchor(f: &Func, b: Block) -> Option<StateId> {
    for i in f.blocks[b.index()].insts.iter().rev() {
        let d = &f.insts[i.index()];
        if d.op.ends_states() {
            return None;
        }
        if let (Op::State, Some(s)) = (d.op, d.state)
            && f.states[s.index()].kind != Kind::In
        {
            return Some(s);
        }
    }
    None
}

fn hoist(f: &mut Func, dom: &Dom, l: &Loop, to: Block) {
    let mut inside = vec![false; f.blocks.len()];
    let mut written: Heap = 0;
    for &b in &l.blocks {
        inside[b.index()] = true;
        for &i in &f.blocks[b.index()].insts {
            written |= f.insts[i.index()].op.writes();
        }
    }
    // Blocks of the values defined inside; a value that moves is inside no longer.
    let mut varies = vec![false; f.vals.len()];
    for &b in &l.blocks {
        let results = f.blocks[b.index()]
            .insts
            .iter()
            .flat_map(|i| &f.insts[i.index()].results);
        for v in f.blocks[b.index()].params.iter().chain(results) {
            varies[v.index()] = true;
        }
    }
    let anchor = anchor(f, to);
    for &b in &l.blocks {
        let always = l.latches.iter().all(|x| dom.dominates(b, *x));
        let insts = std::mem::take(&mut f.blocks[b.index()].insts);
        let mut kept = Vec::with_capacity(insts.len());
        let mut moved: Vec<Inst> = Vec::new();
        for i in insts {
            let d = &f.insts[i.index()];
            let invariant = d.op.repeatable()
                && d.op.reads() & written == 0
                && d.args.iter().all(|a: &Val| !varies[a.index()]);
            let leaves = d.op.has(EXITS);
            if !invariant || (leaves && (!always || anchor.is_none())) {
                kept.push(i);
                continue;
            }
            let d = &mut f.insts[i.index()];
            if leaves {
                d.state = anchor;
            }
            for v in d.results.clone() {
                varies[v.index()] = false;
                debug_assert!(matches!(f.vals[v.index()].def, Def::Result(..)));
            }
            moved.push(i);
        }
        f.blocks[b.index()].insts = kept;
        let home = &mut f.blocks[to.index()].insts;
        let end = home.len() - 1;
        home.splice(end..end, moved);
    }
}
