//! What a loop keeps in memory, kept in registers: how far an iterator is, and the values of global cells
//! and of closures' cells that the loop stores.
//!
//! The stores stay where they are, so memory is right wherever the loop is left or looked at; only the loads
//! go. (Numbers in closures' cells are not stored either: see `delay`.) A location's value becomes a parameter of the loop's joins. Inner loops come first; where anything
//! was found, the passes that make use of it run again.

use super::dom::{Dom, Loop, loops};
use super::licm::{anchor, preheader};
use super::range::PLACES;
use super::{delay, fold, gvn, licm, params, simplify, unbox};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::effect::{CELLS, GLOBALS, RANGE};
use crate::jit::ssa::func::{Def, Func, Imm, InstData};
use crate::jit::ssa::op::{BOXING, Op};
use crate::jit::ssa::types::{Block, ConstId, Inst, StateId, Ty, Val};
use std::collections::HashMap;

/// A place in memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// A global's cell.
    Cell(ConstId),
    /// What is in this closure's cell.
    Deref(Val),
    Next(Val),
    Remaining(Val),
    At(Val),
    Count(Val),
}

impl Place {
    fn load(self) -> Op {
        match self {
            Place::Cell(_) => Op::LoadGlobalCell,
            Place::Deref(_) => Op::LoadCell,
            Place::Next(_) => Op::RangeNext,
            Place::Remaining(_) => Op::RangeRemaining,
            Place::At(_) => Op::IterAt,
            Place::Count(_) => Op::IterCount,
        }
    }
    /// What stores into it, and which operand is the value.
    fn store(self) -> (Op, usize) {
        match self {
            Place::Cell(_) => (Op::StoreGlobalCell, 0),
            Place::Deref(_) => (Op::StoreCell, 1),
            Place::Next(_) => (Op::RangeAdvance, 1),
            Place::Remaining(_) => (Op::RangeAdvance, 2),
            Place::At(_) => (Op::IterAdvance, 1),
            Place::Count(_) => (Op::CountAdvance, 1),
        }
    }
    fn ty(self) -> Ty {
        match self {
            Place::Cell(_) | Place::Deref(_) => Ty::Val,
            Place::Next(_) | Place::Remaining(_) | Place::At(_) | Place::Count(_) => Ty::I64,
        }
    }
}

/// What an instruction loads.
fn loaded(d: &InstData) -> Option<Place> {
    let place = match (d.imms[0], d.args.first()) {
        (Imm::Const(c), _) => Some(Place::Cell(c)),
        (_, Some(&it)) => {
            let all = [
                Place::Next(it),
                Place::Remaining(it),
                Place::At(it),
                Place::Count(it),
                Place::Deref(it),
            ];
            all.into_iter().find(|p| p.load() == d.op)
        }
        (_, None) => None,
    };
    place.filter(|p| p.load() == d.op)
}

/// What an instruction stores into a place.
fn stored(d: &InstData, p: Place) -> Option<Val> {
    let (op, value) = p.store();
    let same = match p {
        Place::Cell(c) => d.imms[0] == Imm::Const(c),
        Place::Next(it)
        | Place::Remaining(it)
        | Place::At(it)
        | Place::Count(it)
        | Place::Deref(it) => d.args.first() == Some(&it),
    };
    (d.op == op && same).then(|| d.args[value])
}

pub fn run(f: &mut Func) {
    let mut changed = false;
    let mut done: Vec<Block> = Vec::new();
    let mut again = true;
    while std::mem::take(&mut again) {
        let dom = Dom::new(f);
        for l in loops(&dom) {
            if done.contains(&l.header) {
                continue;
            }
            done.push(l.header);
            let Some(p) = preheader(f, &dom, &l) else {
                continue;
            };
            for place in places(f, &dom, &l) {
                changed |= promote(f, &dom, &l, p, place, &mut again);
            }
            if again {
                // There are new blocks.
                break;
            }
        }
    }
    if changed {
        for pass in [
            params::run,
            unbox::run,
            fold::run,
            simplify::run,
            gvn::run,
            licm::run,
        ] {
            pass(f);
        }
    }
}

/// The places that the loop both loads and stores, and that nothing else in it can write.
fn places(f: &Func, dom: &Dom, l: &Loop) -> Vec<Place> {
    let insts = || {
        let of = |b: &Block| f.blocks[b.index()].insts.iter();
        l.blocks.iter().flat_map(of).map(|i| &f.insts[i.index()])
    };
    let mut out = Vec::new();
    for p in insts().filter_map(loaded) {
        if out.contains(&p) || !insts().any(|d| stored(d, p).is_some()) {
            continue;
        }
        let alone = match p {
            Place::Cell(_) => insts()
                .filter(|d| d.op.writes() & GLOBALS != 0)
                .all(|d| d.op == Op::StoreGlobalCell),
            Place::Deref(cell) => {
                outside(f, dom, l, cell)
                    && insts()
                        .filter(|d| d.op.writes() & CELLS != 0)
                        .all(|d| d.op == Op::StoreCell && apart_cells(f, d.args[0], cell))
            }
            Place::Next(it) | Place::Remaining(it) | Place::At(it) | Place::Count(it) => {
                outside(f, dom, l, it)
                    && insts()
                        .filter(|d| d.op.writes() & RANGE != 0)
                        .all(|d| apart(f, d, it))
            }
        };
        if alone {
            out.push(p);
        }
    }
    out
}

/// Whether a value is defined before the loop.
fn outside(f: &Func, dom: &Dom, l: &Loop, v: Val) -> bool {
    let home = match f.vals[v.index()].def {
        Def::Param(b, _) => Some(b),
        Def::Result(i, _) => dom
            .rpo
            .iter()
            .copied()
            .find(|b| f.blocks[b.index()].insts.contains(&i)),
        Def::Gone => None,
    };
    home.is_some_and(|b| !l.blocks.contains(&b))
}

/// Whether two values are the same cell for sure, or different ones: one is made here, and the other is
/// another made here or was there before.
fn apart_cells(f: &Func, a: Val, b: Val) -> bool {
    let made = |v: Val| f.def(v).is_some_and(|(_, d)| d.op == Op::RtMakeCell);
    let word = |v: Val| match f.def(v) {
        Some((_, d)) if d.op == Op::ConstVal => Some(d.imms[0]),
        Some(_) | None => None,
    };
    let entry = f.order.first().copied();
    let given = |v: Val| match f.vals[v.index()].def {
        Def::Param(b, _) => Some(b) == entry,
        Def::Result(..) | Def::Gone => word(v).is_some(),
    };
    a == b
        || (made(a) && (made(b) || given(b)))
        || (made(b) && given(a))
        || (word(a).is_some() && word(b).is_some() && word(a) != word(b))
}

/// Whether an instruction that writes how far iterators are leaves this one alone, or says what it writes.
fn apart(f: &Func, d: &InstData, it: Val) -> bool {
    let ours = own(f, it);
    if ![Op::RangeAdvance, Op::IterAdvance, Op::CountAdvance].contains(&d.op) {
        // It may advance any iterator that others know of.
        return ours;
    }
    let other = d.args[0];
    let kinds = matches!((class(f, it), class(f, other)), (Some(a), Some(b)) if a != b);
    let guarded = |a: Val, b: Val| {
        let def = f.def(b).filter(|(_, d)| d.op == Op::GuardApart);
        def.is_some_and(|(_, d)| d.args[0] == a)
    };
    let told = guarded(it, other) || guarded(other, it);
    other == it || ours || own(f, other) || kinds || told
}

/// What tells iterators of different classes apart: nothing for a range's, a number for others.
fn class(f: &Func, mut it: Val) -> Option<Option<Imm>> {
    loop {
        let (_, d) = f.def(it)?;
        match d.op {
            Op::GuardRangeIter | Op::GuardRangeUp | Op::RangeIter => return Some(None),
            Op::GuardIter => return Some(Some(d.imms[0])),
            Op::GuardApart => it = d.args[1],
            _other => return None,
        }
    }
}

/// An iterator made here that nobody else knows: only its own instructions, and states, name it.
fn own(f: &Func, it: Val) -> bool {
    let made = match f.def(it) {
        Some((_, d)) if d.op == Op::GuardRangeUp => d.args[0],
        Some(_) | None => it,
    };
    if f.def(made).is_none_or(|(_, d)| d.op != Op::RangeIter) {
        return false;
    }
    const OWN: [Op; 6] = [
        Op::GuardRangeUp,
        Op::RangeNext,
        Op::RangeStep,
        Op::RangeRemaining,
        Op::RangeAdvance,
        Op::GuardRangeIter,
    ];
    f.order.iter().all(|b| {
        f.blocks[b.index()].insts.iter().all(|i| {
            let d = &f.insts[i.index()];
            [made, it].iter().all(|v| {
                let passed = d.targets.iter().any(|t| t.args.contains(v));
                !passed && (OWN.contains(&d.op) || !d.args.contains(v))
            })
        })
    })
}

/// Makes a place's value a parameter; false: it cannot be. `split`: there are new blocks where the loop is left.
fn promote(f: &mut Func, dom: &Dom, l: &Loop, pre: Block, p: Place, split: &mut bool) -> bool {
    let number = numbers(f, &all(f, l), p).is_some();
    let mut states: HashMap<StateId, Val> = HashMap::new();
    let Some(first) = initial(f, l, pre, p) else {
        return false;
    };
    let mut at_end: HashMap<Block, Val> = HashMap::new();
    let mut joins: Vec<Block> = Vec::new();
    let mut map: HashMap<Val, Val> = HashMap::new();
    for &b in &l.blocks {
        let preds = &dom.preds[b.index()];
        let known = match preds[..] {
            [one] if b != l.header => at_end.get(&one).copied(),
            _ => None,
        };
        let mut v = match known {
            Some(v) => v,
            None => {
                joins.push(b);
                f.add_param(b, p.ty())
            }
        };
        let insts = std::mem::take(&mut f.blocks[b.index()].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for i in insts {
            let d = &f.insts[i.index()];
            if loaded(d) == Some(p) {
                let result = d.result();
                let known = match p {
                    Place::Next(it) if f.def(it).is_some_and(|(_, d)| d.op == Op::GuardRangeUp) => {
                        placed(f, v, &mut kept)
                    }
                    Place::Cell(_)
                    | Place::Deref(_)
                    | Place::Next(_)
                    | Place::Remaining(_)
                    | Place::At(_)
                    | Place::Count(_) => v,
                };
                map.insert(result, known);
                continue;
            }
            if let Some(new) = stored(d, p) {
                v = new;
            }
            if let (Op::State, Some(s)) = (d.op, d.state) {
                states.insert(s, v);
            }
            kept.push(i);
        }
        f.blocks[b.index()].insts = kept;
        at_end.insert(b, v);
    }
    at_end.insert(pre, first);
    let from: Vec<Block> = l.blocks.iter().copied().chain([pre]).collect();
    for b in from {
        let Some(&i) = f.blocks[b.index()].insts.last() else {
            continue;
        };
        let v = at_end[&b];
        for t in &mut f.insts[i.index()].targets {
            if joins.contains(&t.block) {
                t.args.push(v);
            }
        }
    }
    if let Place::Deref(cell) = p
        && number
    {
        *split |= delay::run(f, dom, l, cell, &states, &at_end);
    }
    f.substitute(&map);
    true
}

/// The number as one that shows where it lies: the guard of its iterator says so.
fn placed(f: &mut Func, v: Val, insts: &mut Vec<Inst>) -> Val {
    let i = f.make_inst(InstData::new(Op::KnownI64, &[v]).imm(Imm::Int(PLACES)));
    insts.push(i);
    f.insts[i.index()].result()
}

/// The value before the loop, in the block before it.
fn initial(f: &mut Func, l: &Loop, pre: Block, p: Place) -> Option<Val> {
    let end = f.blocks[pre.index()].insts.len().checked_sub(1)?;
    let mut new: Vec<Inst> = Vec::new();
    let v = match p {
        Place::Next(it) | Place::Remaining(it) | Place::At(it) | Place::Count(it) => {
            let i = f.make_inst(InstData::new(p.load(), &[it]));
            new.push(i);
            f.insts[i.index()].result()
        }
        Place::Cell(c) => {
            let s = anchor(f, pre)?;
            let insts = all(f, l);
            let load = insts
                .iter()
                .find(|i| loaded(&f.insts[i.index()]) == Some(p))?;
            let pc = f.insts[load.index()].pc;
            let d = InstData::new(Op::LoadGlobalCell, &[])
                .imm(Imm::Const(c))
                .exit(Reason::GlobalChanged, s)
                .at(pc);
            let i = f.make_inst(d);
            new.push(i);
            let v = f.insts[i.index()].result();
            number(f, &insts, p, v, s, &mut new)
        }
        Place::Deref(cell) => {
            let i = f.make_inst(InstData::new(p.load(), &[cell]));
            new.push(i);
            let v = f.insts[i.index()].result();
            match anchor(f, pre) {
                Some(s) => number(f, &all(f, l), p, v, s, &mut new),
                None => v,
            }
        }
    };
    f.blocks[pre.index()].insts.splice(end..end, new);
    Some(v)
}

/// The instructions of a loop.
fn all(f: &Func, l: &Loop) -> Vec<Inst> {
    let of = |b: &Block| f.blocks[b.index()].insts.clone();
    l.blocks.iter().flat_map(of).collect()
}

/// The value before the loop, guarded to be what the loop's own guards want, if all that is stored is.
fn number(f: &mut Func, insts: &[Inst], p: Place, v: Val, s: StateId, new: &mut Vec<Inst>) -> Val {
    let Some((guard, boxer, reason, pc)) = numbers(f, insts, p) else {
        return v;
    };
    let d = InstData::new(guard, &[v]).exit(reason, s).at(pc);
    let g = f.make_inst(d);
    let x = f.insts[g.index()].result();
    let b = f.make_inst(InstData::new(boxer, &[x]));
    new.extend([g, b]);
    f.insts[b.index()].result()
}

/// Where all that is stored into a cell are boxes of one type that a load of it is guarded to be: that guard.
fn numbers(f: &Func, insts: &[Inst], p: Place) -> Option<(Op, Op, Reason, u32)> {
    let mut loads: Vec<Val> = Vec::new();
    for d in insts.iter().map(|i| &f.insts[i.index()]) {
        let bound = d.op == Op::GuardBound && loads.contains(&d.args[0]);
        if bound || loaded(d) == Some(p) {
            loads.push(d.result());
        }
    }
    let (guard, boxer, d) = insts.iter().find_map(|i| {
        let d = &f.insts[i.index()];
        let (_, boxer, guard) = BOXING.into_iter().find(|r| r.2 == d.op)?;
        loads.contains(&d.args[0]).then_some((guard, boxer, d))
    })?;
    insts
        .iter()
        .filter_map(|i| stored(&f.insts[i.index()], p))
        .all(|v| gives(f, v, boxer, &mut loads))
        .then_some((guard, boxer, d.reason?, d.pc))
}

/// Whether a value is a box of this kind: an inner loop passes boxes on. `known`: these are.
fn gives(f: &Func, v: Val, boxer: Op, known: &mut Vec<Val>) -> bool {
    if known.contains(&v) {
        return true;
    }
    known.push(v);
    match f.vals[v.index()].def {
        Def::Param(b, k) => {
            let mut terms = f.order.iter().filter_map(|&b| f.term(b));
            f.order.first() != Some(&b)
                && terms.all(|t| {
                    let here = t.targets.iter().filter(|t| t.block == b);
                    let mut passed = here.map(|t| t.args[k as usize]);
                    passed.all(|a| gives(f, a, boxer, known))
                })
        }
        Def::Result(i, _) => {
            let d = &f.insts[i.index()];
            match d.imms[0] {
                Imm::Const(c) if d.op == Op::ConstVal => {
                    boxer == Op::BoxI64
                        && crate::object::Value::from_bits(f.consts[c.index()].bits())
                            .is_some_and(crate::object::Value::is_small_int)
                }
                _any => d.op == boxer,
            }
        }
        Def::Gone => false,
    }
}
