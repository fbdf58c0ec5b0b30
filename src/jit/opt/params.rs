//! Block parameters that are always the same value give way to it.

use crate::jit::ssa::effect::PASSES;
use crate::jit::ssa::func::{Def, Func};
use crate::jit::ssa::op::BOXING;
use crate::jit::ssa::types::{Block, Val};
use std::collections::HashMap;

/// What each edge passes for a parameter, apart from the parameter itself: one value or several.
#[derive(Clone, Copy)]
enum Source {
    None,
    One(Val),
    Many,
}

/// The value whose word `v` is: guards and boxes of guards pass it on.
fn root(f: &Func, map: &HashMap<Val, Val>, mut v: Val) -> Val {
    loop {
        while let Some(&w) = map.get(&v) {
            v = w;
        }
        let Some((_, d)) = f.def(v) else { return v };
        let guard = BOXING.iter().find(|r| r.1 == d.op).map(|r| r.2);
        if d.op.has(PASSES) {
            v = d.args[0];
        } else if let (Some(g), Some((_, inner))) = (guard, d.args.first().and_then(|a| f.def(*a)))
            && inner.op == g
        {
            v = inner.args[0];
        } else {
            return v;
        }
    }
}

/// Until nothing changes: a parameter for which every edge passes one value, or the parameter itself, is
/// that value.
pub fn run(f: &mut Func) {
    let mut map: HashMap<Val, Val> = HashMap::new();
    let order = f.rpo();
    let mut again = true;
    while again {
        again = false;
        let mut sources: Vec<Source> = vec![Source::None; f.vals.len()];
        for &b in &order {
            let Some(t) = f.term(b) else { continue };
            for t in &t.targets {
                let params = &f.blocks[t.block.index()].params;
                for (&p, &a) in params.iter().zip(&t.args) {
                    let a = root(f, &map, a);
                    let s = &mut sources[p.index()];
                    *s = match *s {
                        _ if a == p => *s,
                        Source::None => Source::One(a),
                        Source::One(x) if x == a => *s,
                        Source::One(_) | Source::Many => Source::Many,
                    };
                }
            }
        }
        for &b in order.iter().skip(1) {
            for &p in &f.blocks[b.index()].params {
                if let (Source::One(v), false) = (sources[p.index()], map.contains_key(&p)) {
                    // An earlier one of this round may have turned `v` into `p` itself.
                    let v = root(f, &map, v);
                    if v != p {
                        map.insert(p, v);
                        again = true;
                    }
                }
            }
        }
    }
    if map.is_empty() {
        return;
    }
    f.substitute(&map);
    remove(f, &order, |p| map.contains_key(&p));
}

/// Takes away parameters, and what edges pass for them. The entry block keeps its own.
pub(super) fn remove(f: &mut Func, order: &[Block], gone: impl Fn(Val) -> bool) {
    for &b in order.iter().skip(1) {
        let keep: Vec<bool> = f.blocks[b.index()]
            .params
            .iter()
            .map(|p| !gone(*p))
            .collect();
        if keep.iter().all(|k| *k) {
            continue;
        }
        for &from in order {
            let Some(&i) = f.blocks[from.index()].insts.last() else {
                continue;
            };
            for t in &mut f.insts[i.index()].targets {
                if t.block == b {
                    let mut it = keep.iter();
                    t.args.retain(|_| it.next().copied().unwrap_or(true));
                }
            }
        }
        let params = std::mem::take(&mut f.blocks[b.index()].params);
        for p in params {
            if gone(p) {
                f.vals[p.index()].def = Def::Gone;
            } else {
                let at = f.blocks[b.index()].params.len() as u32;
                f.vals[p.index()].def = Def::Param(b, at);
                f.blocks[b.index()].params.push(p);
            }
        }
    }
}
