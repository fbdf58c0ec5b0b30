//! What is counted from a whole float step by step is counted at once: the sums are exact, so that `(x - 1.0) - 1.0`
//! is `x - 2.0`, which waits for one addition instead of two. (A zero that this gives is +0.0 both ways.)
//!
//! Comes after `peel`, which copies leaves for arguments that nothing has guarded yet: no sum in those may rely on it.

use crate::interp::feedback::WHOLE;
use crate::jit::ssa::func::{Func, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Inst, Val};

pub fn run(f: &mut Func) {
    for b in f.rpo() {
        let insts = std::mem::take(&mut f.blocks[b.index()].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for i in insts {
            if let Some((from, by)) = counted(f, i) {
                let bits = by.abs().to_bits();
                let c = f.make_inst(InstData::new(Op::ConstF64, &[]).imm(Imm::Float(bits)));
                kept.push(c);
                let k = f.insts[c.index()].result();
                let d = &mut f.insts[i.index()];
                d.op = if by < 0.0 { Op::SubF64 } else { Op::AddF64 };
                d.args = vec![from, k];
            }
            kept.push(i);
        }
        f.blocks[b.index()].insts = kept;
    }
}

/// What an addition of a constant adds.
fn step(f: &Func, d: &InstData) -> Option<f64> {
    let k = match f.def(*d.args.get(1)?)?.1 {
        c if c.op == Op::ConstF64 => c.imms[0],
        _other => return None,
    };
    match (d.op, k) {
        (Op::AddF64, Imm::Float(bits)) => Some(f64::from_bits(bits)),
        (Op::SubF64, Imm::Float(bits)) => Some(-f64::from_bits(bits)),
        (_, _) => None,
    }
}

/// The whole float that two steps lead to an instruction from, and both together.
fn counted(f: &Func, i: Inst) -> Option<(Val, f64)> {
    let whole = |x: f64| x.fract() == 0.0 && x.abs() <= WHOLE / 2.0;
    let last = &f.insts[i.index()];
    let second = step(f, last)?;
    let (_, before) = f.def(last.args[0])?;
    let first = step(f, before)?;
    let from = before.args[0];
    let (_, root) = f.def(from)?;
    let by = first + second;
    let exact = root.op == Op::GuardWhole && whole(first) && whole(second) && whole(by);
    (exact && by != 0.0).then_some((from, by))
}
