//! What is found out about a whole unit before its blocks are lowered.

use crate::jit::opt::dom::{Dom, loops};
use crate::jit::opt::licm::preheader;
use crate::jit::ssa::effect::{CALLS, NONE, RAISES, RARELY};
use crate::jit::ssa::func::{Func, Imm};
use crate::jit::ssa::op::{Op, TySpec};
use crate::jit::ssa::types::{Block, Inst, Ty, Val};
use crate::jit::table::Table;

/// The blocks whose loop goes around one that calls nothing on its way: what that holds in registers would be
/// spilled for a call in these. A loop that calls has spilled it already. And the blocks of all loops.
pub(super) fn around_tight(func: &Func) -> (Vec<bool>, Vec<bool>) {
    let mut around = vec![false; func.blocks.len()];
    let mut looping = around.clone();
    let all = loops(&Dom::new(func));
    let calls = |b: &Block| {
        let block = &func.blocks[b.index()];
        let mut insts = block.insts.iter().map(|i| func.insts[i.index()].op);
        !block.cold && insts.any(|op| op.has(RAISES | CALLS) && !op.has(RARELY))
    };
    // Inner loops come before those around them.
    let within = |k: usize, of: usize| all[of].blocks.contains(&all[k].header) && k != of;
    let innermost = |k: usize| !(0..k).any(|i| within(i, k));
    let tight: Vec<usize> = (0..all.len())
        .filter(|k| innermost(*k) && !all[*k].blocks.iter().any(calls))
        .collect();
    // Of the loops that a block is in, the innermost has the last word.
    for k in (0..all.len()).rev() {
        let has = tight.iter().any(|t| within(*t, k));
        for b in &all[k].blocks {
            around[b.index()] = has;
            looping[b.index()] = true;
        }
    }
    (around, looping)
}

/// Places that call whatever there is, past which none of them looks for an open entry.
const MANY_CALLS: usize = 48;

/// Whether there are few such places.
pub(super) fn few_calls(func: &Func, rpo: &[Block]) -> bool {
    let of = |b: &Block| func.blocks[b.index()].insts.iter();
    let ops = rpo.iter().flat_map(of).map(|i| func.insts[i.index()].op);
    let calls = ops.filter(|op| matches!(op, Op::RtCall | Op::RtCallMethod));
    calls.count() <= MANY_CALLS
}

/// What loops use that was computed before them, by the block that leads into the outermost of them.
///
/// Cranelift places what has no effect where it is first used, so that a value that `licm` has moved before a
/// loop may be computed in each of its rounds again. A store before the loop keeps it there.
pub(super) fn kept_before_loops(func: &Func) -> Table<Block, Vec<Val>> {
    let dom = Dom::new(func);
    let mut out: Table<Block, Vec<Val>> = Table::default();
    let mut pinned = vec![false; func.vals.len()];
    for l in loops(&dom).iter().rev() {
        let Some(before) = preheader(func, &dom, l) else {
            continue;
        };
        let mut inside = vec![false; func.vals.len()];
        let insts = || {
            let of = |b: &Block| func.blocks[b.index()].insts.iter();
            l.blocks.iter().flat_map(of).map(|i| &func.insts[i.index()])
        };
        for v in insts().flat_map(|d| &d.results) {
            inside[v.index()] = true;
        }
        for d in insts() {
            let passed = d.targets.iter().flat_map(|t| &t.args);
            for v in d.args.iter().chain(passed) {
                let floats = func.def(*v).is_some_and(|(_, d)| sinks(d.op));
                if floats && !inside[v.index()] && !pinned[v.index()] {
                    pinned[v.index()] = true;
                    out.entry(before).or_default().push(*v);
                }
            }
        }
    }
    out
}

/// Whether Cranelift may compute it elsewhere, at a cost.
fn sinks(op: Op) -> bool {
    const CONSTANTS: [Op; 5] = [
        Op::ConstI64,
        Op::ConstF64,
        Op::ConstBool,
        Op::ConstVal,
        Op::ConstEmpty,
    ];
    let number = matches!(op.results(), [TySpec::Is(Ty::I64 | Ty::F64)]);
    number && op.reads() == NONE && op.repeatable() && !CONSTANTS.contains(&op)
}

/// Whether a value is a known number, or counted from a whole float. (Infinities give NaN, but finite steps never do.)
pub(super) fn never_nan(func: &Func, mut v: Val) -> bool {
    let known = |v: Val| match func.def(v) {
        Some((_, d)) if d.op == Op::ConstF64 => {
            matches!(d.imms[0], Imm::Float(x) if f64::from_bits(x).is_finite())
        }
        Some(_) | None => false,
    };
    while let Some((_, d)) = func.def(v)
        && [Op::AddF64, Op::SubF64].contains(&d.op)
        && known(d.args[1])
    {
        v = d.args[0];
    }
    known(v) || func.def(v).is_some_and(|(_, d)| d.op == Op::GuardWhole)
}

/// Sums of what calls of the function itself gave, which are wanted behind the next call or in another block. A store
/// (see `kept_before_loops`) makes them be kept, and not what is added, for a sum at the end.
pub(super) fn kept_over_calls(func: &Func) -> Vec<bool> {
    let n = func.vals.len();
    let (mut made, mut kept, mut home) = (vec![false; n], vec![false; n], vec![None; n]);
    for &b in &func.order {
        let block = &func.blocks[b.index()];
        for p in &block.params {
            made[p.index()] = b != func.order[0] && func.ty(*p) == Ty::F64;
        }
        let insts = || block.insts.iter().map(|i| &func.insts[i.index()]);
        let last = insts().rposition(|d| d.op == Op::CallSelf);
        for (k, d) in insts().enumerate() {
            let sum = matches!(d.op, Op::AddF64 | Op::SubF64 | Op::MulF64);
            if d.op == Op::CallSelf {
                made[d.result().index()] = func.ty(d.result()) == Ty::F64;
            } else if sum && d.args.iter().any(|a| made[a.index()]) {
                let v = d.result().index();
                (made[v], home[v]) = (true, Some(b));
                kept[v] = last.is_some_and(|last| last > k);
            }
            let passed = d.targets.iter().flat_map(|t| &t.args);
            for v in d.args.iter().chain(passed) {
                kept[v.index()] |= home[v.index()].is_some_and(|h| h != b);
            }
        }
    }
    kept
}

/// See `Lower::caught`.
#[derive(Clone, Copy)]
pub(crate) struct Caught {
    pub guard: Inst,
    /// The load's state still holds at the guard.
    pub holds: bool,
}

pub(super) fn caught(func: &Func, rpo: &[Block]) -> Table<Val, Caught> {
    let mut out = Table::default();
    for &b in rpo {
        let insts = &func.blocks[b.index()].insts;
        for (at, &guard) in insts.iter().enumerate() {
            let d = &func.insts[guard.index()];
            if d.op != Op::GuardFuncVersion {
                continue;
            }
            let Some(&v) = d.args.first() else { continue };
            if let Some((load, l)) = func.def(v)
                && l.op == Op::LoadGlobalCell
                && let Some(from) = insts[..at].iter().position(|i| *i == load)
            {
                let ends = |i: &Inst| func.insts[i.index()].op.ends_states();
                let holds = !insts[from..at].iter().any(ends);
                out.entry(v).or_insert(Caught { guard, holds });
            }
        }
    }
    out
}
