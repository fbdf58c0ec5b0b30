//! Control flow: constant branches become jumps, chains of blocks become one, blocks that only pass
//! on are gone round, what cannot be reached goes.

use crate::jit::ssa::func::{Func, Imm, Target};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Val};
use std::collections::HashMap;

pub fn run(f: &mut Func) {
    constant_branches(f);
    f.order = f.rpo();
    pass_through(f);
    f.order = f.rpo();
    chains(f);
}

fn constant_branches(f: &mut Func) {
    for b in f.order.clone() {
        let Some(&i) = f.blocks[b.index()].insts.last() else {
            continue;
        };
        let d = &f.insts[i.index()];
        if d.op != Op::Brif {
            continue;
        }
        let known = match f.def(d.args[0]) {
            Some((_, c)) if c.op == Op::ConstBool => Some(c.imms[0] == Imm::Bool(true)),
            Some(_) | None => None,
        };
        let known = known.or((d.targets[0] == d.targets[1]).then_some(true));
        if let Some(yes) = known {
            let d = &mut f.insts[i.index()];
            let t = d.targets.swap_remove(!yes as usize);
            d.targets = vec![t];
            d.op = Op::Jump;
            d.args.clear();
        }
    }
}

/// The target of a block that does nothing but jump, as seen by one that passes it these values.
fn beyond(f: &Func, t: &Target) -> Option<Target> {
    let b = &f.blocks[t.block.index()];
    let [only] = b.insts[..] else { return None };
    let d = &f.insts[only.index()];
    if d.op != Op::Jump || d.targets[0].block == t.block {
        return None;
    }
    // Its parameters may be used elsewhere (it dominates its target, perhaps); then it stays.
    if !b.params.is_empty() {
        return None;
    }
    Some(d.targets[0].clone())
}

fn pass_through(f: &mut Func) {
    for b in f.order.clone() {
        let Some(&i) = f.blocks[b.index()].insts.last() else {
            continue;
        };
        for k in 0..f.insts[i.index()].targets.len() {
            // A ring of empty blocks would never end.
            for _ in 0..8 {
                match beyond(f, &f.insts[i.index()].targets[k]) {
                    Some(t) => f.insts[i.index()].targets[k] = t,
                    None => break,
                }
            }
        }
    }
}

/// A block with one way in, from a jump, is appended to where it is jumped to from.
fn chains(f: &mut Func) {
    let preds = f.preds();
    let mut map: HashMap<Val, Val> = HashMap::new();
    let mut into: HashMap<Block, Block> = HashMap::new();
    for b in f.order.clone() {
        // Where this block's instructions have gone.
        let mut home = b;
        while let Some(&h) = into.get(&home) {
            home = h;
        }
        while let Some(&i) = f.blocks[home.index()].insts.last() {
            let d = &f.insts[i.index()];
            if d.op != Op::Jump {
                break;
            }
            let t = d.targets[0].clone();
            if preds[t.block.index()].len() != 1 || t.block == home || into.contains_key(&t.block) {
                break;
            }
            let params = std::mem::take(&mut f.blocks[t.block.index()].params);
            for (p, a) in params.into_iter().zip(t.args) {
                f.vals[p.index()].def = crate::jit::ssa::func::Def::Gone;
                map.insert(p, a);
            }
            f.blocks[home.index()].insts.pop();
            let mut rest = std::mem::take(&mut f.blocks[t.block.index()].insts);
            f.blocks[home.index()].insts.append(&mut rest);
            into.insert(t.block, home);
        }
    }
    f.order.retain(|b| !into.contains_key(b));
    f.substitute(&map);
}
