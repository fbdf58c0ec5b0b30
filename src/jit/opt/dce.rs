//! Dead code: instructions whose results nothing needs, states that no exit uses, parameters that
//! only feed each other. What a live state names is needed.

use super::params;
use crate::jit::ssa::func::{Def, Func};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{StateId, Val};

pub fn run(f: &mut Func) {
    let order = f.rpo();
    let mut live_val = vec![false; f.vals.len()];
    let mut live_inst = vec![false; f.insts.len()];
    let mut live_state = vec![false; f.states.len()];
    let mut work: Vec<Val> = Vec::new();
    let mut states: Vec<StateId> = Vec::new();

    // Where each parameter's value comes from.
    let mut sources: Vec<Vec<Val>> = vec![Vec::new(); f.vals.len()];
    for &b in &order {
        if let Some(t) = f.term(b) {
            for t in &t.targets {
                for (&p, &a) in f.blocks[t.block.index()].params.iter().zip(&t.args) {
                    sources[p.index()].push(a);
                }
            }
        }
        for &i in &f.blocks[b.index()].insts {
            let d = &f.insts[i.index()];
            if !d.op.removable() && d.op != Op::State {
                live_inst[i.index()] = true;
                work.extend(&d.args);
                states.extend(d.state);
            }
        }
    }
    loop {
        if let Some(v) = work.pop() {
            if std::mem::replace(&mut live_val[v.index()], true) {
                continue;
            }
            match f.vals[v.index()].def {
                Def::Result(i, _) => {
                    if !std::mem::replace(&mut live_inst[i.index()], true) {
                        let d = &f.insts[i.index()];
                        work.extend(&d.args);
                        states.extend(d.state);
                    }
                }
                Def::Param(..) => work.extend(&sources[v.index()]),
                Def::Gone => {}
            }
        } else if let Some(s) = states.pop() {
            if !std::mem::replace(&mut live_state[s.index()], true) {
                let s = &f.states[s.index()];
                work.extend(s.values());
                states.extend(s.parent);
            }
        } else {
            break;
        }
    }
    params::remove(f, &order, |p| !live_val[p.index()]);
    for &b in &order {
        let insts = std::mem::take(&mut f.blocks[b.index()].insts);
        f.blocks[b.index()].insts = insts
            .into_iter()
            .filter(|i| {
                let d = &f.insts[i.index()];
                match (d.op == Op::State, d.state) {
                    (true, Some(s)) => live_state[s.index()],
                    (true, None) => false,
                    (false, _) => live_inst[i.index()],
                }
            })
            .collect();
    }
    f.order = order;
}
