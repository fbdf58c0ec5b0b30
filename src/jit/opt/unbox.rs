//! Representation of block parameters and of the result: a parameter of type `val` for which every edge
//! passes a box of the same kind (or another such parameter, round a loop) is passed unboxed, and a
//! function that only returns boxes of one kind (or what its own calls return) returns unboxed.

use crate::jit::ssa::func::{Entry, Func, Imm, InstData, Target};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Inst, Ty, Val};
use crate::object::Value;
use std::collections::HashMap;

/// What is known of the values a parameter gets. Starts at the hopeful end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Known {
    Nothing,
    Boxed(Ty),
    Any,
}
impl Known {
    fn join(self, o: Known) -> Known {
        match (self, o) {
            (Known::Nothing, x) | (x, Known::Nothing) => x,
            (Known::Boxed(a), Known::Boxed(b)) if a == b => self,
            (Known::Boxed(_) | Known::Any, Known::Boxed(_) | Known::Any) => Known::Any,
        }
    }
}

/// A constant word of one of the unboxed types.
fn constant(f: &Func, v: Val) -> Option<(Ty, InstData)> {
    let (_, d) = f.def(v)?;
    let (Op::ConstVal, Imm::Const(c)) = (d.op, d.imms[0]) else {
        return None;
    };
    let v = Value::from_bits(f.consts[c.index()].bits())?;
    let int = v
        .as_small_int()
        .map(|i| (Ty::I64, Op::ConstI64, Imm::Int(i)));
    let float = v
        .as_float()
        .map(|x| (Ty::F64, Op::ConstF64, Imm::Float(x.to_bits())));
    let bool = v.as_bool().map(|b| (Ty::Bool, Op::ConstBool, Imm::Bool(b)));
    let (ty, op, imm) = int.or(float).or(bool)?;
    Some((ty, InstData::new(op, &[]).imm(imm)))
}

pub fn run(f: &mut Func) {
    let order = f.rpo();
    let mut known = vec![Known::Any; f.vals.len()];
    let mut candidates = 0;
    for &b in order.iter().skip(1) {
        for &p in &f.blocks[b.index()].params {
            if f.ty(p) == Ty::Val {
                known[p.index()] = Known::Nothing;
                candidates += 1;
            }
        }
    }
    // What the function returns is one more: the results of its calls to itself.
    let returns = f.entry == Entry::Function && f.sig.ret == Ty::Val;
    let mut ret = if returns { Known::Nothing } else { Known::Any };
    if candidates == 0 && !returns {
        return;
    }
    let of = |f: &Func, known: &[Known], ret: Known, v: Val| {
        if f.ty(v) != Ty::Val {
            return Known::Any;
        }
        match f.def(v) {
            Some((_, d)) if d.op == Op::CallSelf => ret,
            Some((_, d)) => match d.op.boxes().or_else(|| constant(f, v).map(|c| c.0)) {
                Some(t) => Known::Boxed(t),
                None => Known::Any,
            },
            None => known[v.index()],
        }
    };
    let mut again = true;
    while again {
        again = false;
        for &b in &order {
            let Some(t) = f.term(b) else { continue };
            if t.op == Op::Ret && returns {
                let new = ret.join(of(f, &known, ret, t.args[0]));
                again |= new != ret;
                ret = new;
            }
            for t in &t.targets {
                for (&p, &a) in f.blocks[t.block.index()].params.iter().zip(&t.args) {
                    let new = known[p.index()].join(of(f, &known, ret, a));
                    again |= new != known[p.index()];
                    known[p.index()] = new;
                }
            }
        }
        if !again && ret == Known::Nothing {
            // It leaves before it returns: its own calls of it return words.
            ret = Known::Any;
            again = true;
        }
    }

    // The parameters change their type in place. A box of each stands at the head of its block for
    // those that want the word; guards of it are it; states take it as it is.
    let mut word: HashMap<Val, Val> = HashMap::new();
    for &b in order.iter().skip(1) {
        let mut heads = Vec::new();
        for p in f.blocks[b.index()].params.clone() {
            let Known::Boxed(t) = known[p.index()] else {
                continue;
            };
            let Some(boxer) = Op::boxer(t) else { continue };
            f.vals[p.index()].ty = t;
            let i = f.make_inst(InstData::new(boxer, &[p]));
            word.insert(p, f.insts[i.index()].result());
            heads.push(i);
        }
        f.blocks[b.index()].insts.splice(0..0, heads);
    }
    if let Known::Boxed(t) = ret {
        f.sig.ret = t;
        for &b in &order {
            let insts = std::mem::take(&mut f.blocks[b.index()].insts);
            let mut all = Vec::with_capacity(insts.len());
            let mut boxed = None;
            for i in insts {
                let op = f.insts[i.index()].op;
                match boxed.take() {
                    Some(w) if op == Op::Catch => behind_catch(f, i, w),
                    Some(w) => all.push(w),
                    None => {}
                }
                all.push(i);
                if op == Op::CallSelf
                    && let Some(boxer) = Op::boxer(t)
                {
                    let v = f.insts[i.index()].result();
                    f.vals[v.index()].ty = t;
                    let w = f.make_inst(InstData::new(boxer, &[v]));
                    word.insert(v, f.insts[w.index()].result());
                    boxed = Some(w);
                }
            }
            f.blocks[b.index()].insts = all;
        }
    } else if word.is_empty() {
        return;
    }
    let ret = f.sig.ret;
    let mut map: HashMap<Val, Val> = HashMap::new();
    // The blocks made above among them.
    let order = f.rpo();
    for &b in &order {
        let insts = std::mem::take(&mut f.blocks[b.index()].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for i in insts {
            let op = f.insts[i.index()].op;
            let d = &f.insts[i.index()];
            let of_param = d.args.first().copied().filter(|a| word.contains_key(a));
            if let (Some(p), Some(t)) = (of_param, d.op.unboxes())
                && f.ty(p) == t
            {
                map.insert(d.result(), p);
                continue;
            }
            if let (Some(_), Some(_)) = (of_param, d.op.boxes()) {
                kept.push(i);
                continue;
            }
            let mut targets = std::mem::take(&mut f.insts[i.index()].targets);
            for t in &mut targets {
                let params = f.blocks[t.block.index()].params.clone();
                for (p, a) in params.iter().zip(&mut t.args) {
                    if !word.contains_key(p) {
                        if let Some(&w) = word.get(a) {
                            *a = w;
                        }
                        continue;
                    }
                    let mut new = Vec::new();
                    *a = plain(f, &word, *a, &mut new);
                    let at = kept.len() - (op == Op::Catch) as usize;
                    kept.splice(at..at, new);
                }
            }
            if op == Op::Ret && ret != Ty::Val {
                let v = f.insts[i.index()].args[0];
                let v = if f.ty(v) == Ty::Val || word.contains_key(&v) {
                    plain(f, &word, v, &mut kept)
                } else {
                    v
                };
                f.insts[i.index()].targets = targets;
                f.insts[i.index()].args[0] = v;
                kept.push(i);
                continue;
            }
            let d = &mut f.insts[i.index()];
            d.targets = targets;
            for a in &mut d.args {
                if let Some(&w) = word.get(a) {
                    *a = w;
                }
            }
            kept.push(i);
        }
        f.blocks[b.index()].insts = kept;
    }
    f.substitute(&map);
}

/// The unboxed form of a value that was found to be a box, a constant or one that has changed its type.
fn plain(f: &mut Func, word: &HashMap<Val, Val>, v: Val, insts: &mut Vec<Inst>) -> Val {
    if word.contains_key(&v) {
        return v;
    }
    match f.def(v) {
        Some((_, d)) if d.op.boxes().is_some() => d.args[0],
        Some(_) | None => match constant(f, v) {
            Some((_, d)) => {
                let c = f.make_inst(d);
                insts.push(c);
                f.insts[c.index()].result()
            }
            None => v,
        },
    }
}

/// Nothing may stand between a catch and what raises: `inst` goes where the catch goes when nothing did.
fn behind_catch(f: &mut Func, catch: Inst, inst: Inst) {
    let new = f.new_block();
    let here = Target {
        block: new,
        args: Vec::new(),
    };
    let to = std::mem::replace(&mut f.insts[catch.index()].targets[0], here);
    let jump = InstData::new(Op::Jump, &[]).target(to.block, &to.args);
    let jump = f.make_inst(jump);
    f.blocks[new.index()].insts = vec![inst, jump];
}
