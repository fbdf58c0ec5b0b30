//! Tuples, dicts of keywords, functions and complex numbers that nothing but states name are not made: an exit makes them for the frame that it
//! writes. `*args` of an inlined function is one, its `**kw` that only a call spreads again, the
//! function of a comprehension that is built in, or what a function returned that is unpacked at once, or the
//! product of a sum of products.

use crate::jit::ssa::func::{Func, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Inst, Val};

/// Items of a tuple that an exit makes.
pub const MOST: usize = 32;

pub fn run(f: &mut Func) {
    let order = f.rpo();
    let all = || order.iter().copied();
    let mut sunk: Vec<Inst> = all()
        .flat_map(|b| f.blocks[b.index()].insts.iter().copied())
        .filter(|i| {
            let d = &f.insts[i.index()];
            let many = matches!(d.op, Op::RtBuildTuple | Op::RtBindKeywords);
            d.op == Op::NewComplex || many && d.args.len() <= MOST || d.is_sound_function()
        })
        .collect();
    if sunk.is_empty() {
        return;
    }
    let mut is_sunk = vec![false; f.insts.len()];
    for i in &sunk {
        is_sunk[i.index()] = true;
    }
    // One that another instruction wants is made; then it wants its items.
    loop {
        let mut used = vec![false; f.vals.len()];
        for i in all().flat_map(|b| &f.blocks[b.index()].insts) {
            let d = &f.insts[i.index()];
            if is_sunk[i.index()] || is_needless(f, &is_sunk, *i) {
                continue;
            }
            let passed = d.targets.iter().flat_map(|t| &t.args);
            for v in d.args.iter().chain(passed) {
                used[v.index()] = true;
            }
        }
        let before = sunk.len();
        sunk.retain(|i| {
            let stays = !used[f.insts[i.index()].result().index()];
            is_sunk[i.index()] = stays;
            stays
        });
        if sunk.len() == before {
            break;
        }
    }
    for &b in &order {
        let mut insts = std::mem::take(&mut f.blocks[b.index()].insts);
        insts.retain(|i| !is_needless(f, &is_sunk, *i));
        f.blocks[b.index()].insts = insts;
    }
    for b in order {
        let insts = f.blocks[b.index()].insts.clone();
        for (k, i) in insts.iter().enumerate().filter(|(_, i)| is_sunk[i.index()]) {
            let d = &f.insts[i.index()];
            let items: Vec<Val> = d.args.iter().map(|v| f.unboxed(*v)).collect();
            let Some(op) = d.op.stand_in() else { continue };
            let mut made = InstData::new(op, &items).at(d.pc);
            // As far as its row has any.
            made.imms[..op.imms().len()].copy_from_slice(&d.imms[..op.imms().len()]);
            made.frame = d.frame;
            made.results = d.results.clone();
            f.insts[i.index()] = made;
            // It cannot raise any more.
            if let Some(next) = insts.get(k + 1)
                && f.insts[next.index()].op == Op::Catch
            {
                let c = &mut f.insts[next.index()];
                c.op = Op::Jump;
                c.targets.truncate(1);
            }
        }
    }
    f.order = f.rpo();
}

/// Whether it looks at a dict that nobody could have changed, because it is not made.
fn is_needless(f: &Func, is_sunk: &[bool], i: Inst) -> bool {
    let d = &f.insts[i.index()];
    let of = d.args.first().and_then(|v| f.def(*v));
    d.op == Op::GuardKeywords && of.is_some_and(|(made, _)| is_sunk[made.index()])
}
