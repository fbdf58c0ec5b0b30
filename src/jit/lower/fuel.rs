//! Fuel is counted in a register, which direct entries pass on, and put into the Vm's word only where somebody else may
//! look at it: before calls of what burns some, and on every other way out. A body of many such calls keeps it there.
//!
//! A charge makes sure that what it burns is there, and, where that costs nothing more, what the charges
//! behind it burn that are certain to be met before anybody else counts: those then add and do not ask. Where too
//! little is left for all of them none is burnt, and the interpreter, which charges one by one, goes on from there. So
//! a program stops at the very charge that finds nothing left, whoever counts.

use super::Lower;
use crate::jit::ssa::effect::{CALLS, FUEL, RAISES};
use crate::jit::ssa::func::{Entry, Func, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Inst};
use crate::jit::table::Table;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, types};
use cranelift_frontend::Variable;

/// What a charge asks for at most, beyond its own: so near to its end a program is interpreted.
const AHEAD: u32 = 64;

/// Calls of others past which the register is not worth it: it would be another one behind each, and have a slot of the
/// frame for itself where it is spilled. The module of a long program is such a body.
const MANY: usize = 300;

/// Where the count is kept.
#[derive(Clone, Copy)]
enum At {
    Register(Variable),
    /// In the Vm's word.
    Word,
}

/// The count of a body, where fuel is counted.
#[derive(Default)]
pub(crate) struct Count {
    at: Option<At>,
    /// What each charge asks for; 0: it was asked for before.
    asks: Table<Inst, u32>,
}

impl Lower<'_> {
    /// At the body's entry, with these parameters.
    pub(super) fn begin_fuel(&mut self, params: &[ir::Value]) {
        if !self.env.burns {
            return;
        }
        let calls = self
            .f
            .order
            .iter()
            .flat_map(|b| &self.f.blocks[b.index()].insts);
        let calls = calls.filter(|i| self.f.insts[i.index()].op.has(CALLS | RAISES));
        let at = match calls.count() > MANY {
            true => At::Word,
            false => At::Register(self.b.declare_var(types::I64)),
        };
        self.fuel.at = Some(at);
        self.fuel.asks = asks(self.f);
        match self.f.entry {
            Entry::Function => self.left(at, params[1]),
            Entry::Loop { .. } | Entry::Resume { .. } => self.reload_fuel(),
        }
    }

    fn have(&mut self, at: At) -> ir::Value {
        match at {
            At::Register(v) => self.b.use_var(v),
            At::Word => self.load_abs(types::I64, self.env.fuel),
        }
    }

    fn left(&mut self, at: At, left: ir::Value) {
        match at {
            At::Register(v) => self.b.def_var(v, left),
            At::Word => self.store_abs(left, self.env.fuel),
        }
    }

    /// What is left, for a direct entry.
    pub(super) fn fuel(&mut self) -> Option<ir::Value> {
        self.fuel.at.map(|at| self.have(at))
    }

    /// Payload and status of a direct entry's call.
    pub(super) fn called(&mut self, call: ir::Inst) -> (ir::Value, ir::Value) {
        let r = self.b.inst_results(call);
        let (payload, st, left) = (r[0], r[1], r.get(2).copied());
        if let (Some(at), Some(left)) = (self.fuel.at, left) {
            self.left(at, left);
        }
        (payload, st)
    }

    /// What a return gives back; the frame entry of a loop or a generator has put it into the word.
    pub(super) fn return_fuel(&mut self) -> Option<ir::Value> {
        match self.f.entry {
            Entry::Function => self.fuel(),
            Entry::Loop { .. } | Entry::Resume { .. } => {
                self.publish_fuel();
                None
            }
        }
    }

    /// Before others look at it.
    pub(super) fn publish_fuel(&mut self) {
        if let Some(At::Register(at)) = self.fuel.at {
            let have = self.b.use_var(at);
            self.store_abs(have, self.env.fuel);
        }
    }

    /// After others may have burnt some.
    pub(super) fn reload_fuel(&mut self) {
        if let Some(At::Register(at)) = self.fuel.at {
            let have = self.load_abs(types::I64, self.env.fuel);
            self.b.def_var(at, have);
        }
    }

    /// Burns fuel, or leaves with none burnt.
    pub(super) fn burn(&mut self, n: u32, out: ir::Block) {
        let Some(at) = self.fuel.at.filter(|_| n != 0) else {
            return;
        };
        let asks = self.fuel.asks.get(&self.now).copied().unwrap_or(n);
        let left = self.have(at);
        if asks != 0 {
            let short = self
                .b
                .ins()
                .icmp_imm_s(IntCC::SignedLessThan, left, asks as i64);
            self.branch_away(short, out);
        }
        let more = self.b.ins().iadd_imm_s(left, -(n as i64));
        self.left(at, more);
    }
}

/// What an instruction burns itself, by its own number.
fn charge(d: &InstData) -> u32 {
    let charges = [Op::Enter, Op::EnterInlined, Op::Charge].contains(&d.op);
    if charges && let Imm::Idx(n) = d.imms[0] {
        return n;
    }
    0
}

/// Whether others may burn some, or change what is left.
fn others(d: &InstData) -> bool {
    charge(d) == 0 && (d.op.writes() & FUEL != 0 || d.op.has(CALLS))
}

/// What each charge asks for.
fn asks(f: &Func) -> Table<Inst, u32> {
    let rpo = f.rpo();
    let mut number = vec![usize::MAX; f.blocks.len()];
    for (k, b) in rpo.iter().enumerate() {
        number[b.index()] = k;
    }
    let forward = |from: Block, to: Block| number[to.index()] > number[from.index()];
    // From behind: what the charges up to the next that is not ours burn at most, by block, and from each charge on.
    let mut wants: Table<Inst, u32> = Table::default();
    let mut ahead = vec![0; f.blocks.len()];
    let insts = |b: Block| f.blocks[b.index()].insts.iter();
    for &b in rpo.iter().rev() {
        let next = f.succs(b).filter(|s| forward(b, *s));
        let mut n = next.map(|s| ahead[s.index()]).max().unwrap_or(0);
        for i in insts(b).rev() {
            let d = &f.insts[i.index()];
            n = match others(d) {
                true => 0,
                false => AHEAD.min(n + charge(d)),
            };
            wants.insert(*i, n);
        }
        ahead[b.index()] = n;
    }
    // From the front: what has been asked for already.
    let mut out = Table::default();
    let mut left: Vec<Option<u32>> = vec![None; f.blocks.len()];
    for &b in &rpo {
        for s in f.succs(b).filter(|s| !forward(b, *s)) {
            left[s.index()] = Some(0);
        }
    }
    for &b in &rpo {
        let mut have = left[b.index()].unwrap_or(0);
        for i in insts(b) {
            let d = &f.insts[i.index()];
            let want = wants.get(i).copied().unwrap_or(0);
            let own = charge(d);
            if others(d) {
                have = 0;
            } else if own > have {
                let all = want.max(own);
                out.insert(*i, all);
                have = all - own;
            } else if own != 0 {
                out.insert(*i, 0);
                have -= own;
            }
        }
        for s in f.succs(b) {
            let all = &mut left[s.index()];
            *all = Some(all.map_or(have, |a| a.min(have)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::asks;
    use crate::jit::ssa::parse::parse;

    /// What is certain to be met is asked for once; behind a call, and where a loop begins anew, it is asked again.
    #[test]
    fn charges_are_asked_for_together() {
        let text = r#"func "f" function (i64) -> i64 {
  c0 = object "code f"
  g0 = (i64) -> i64
  f0 = c0 locals 1 cells 0 frees 0 stack 4
block0(v0: i64):
  s0 = state at f0 0 [v0 |]
  enter #1 !Poll s0
  enter_inlined #1 !Poll s0 @2
  v1 = const_i64 2
  v2 = icmp lt v0, v1 @2
  brif v2, block1(), block2()
block1():
  charge #3 !Fuel s0 @3
  jump block3()
block2():
  charge #4 !Fuel s0 @4
  jump block3()
block3():
  enter_inlined #1 !Poll s0 @5
  s2 = state in f0 10 [v0 |]
  v7 = call_self v0 s2 @10
  s3 = state at f0 11 [v0 |]
  charge #2 !Fuel s3 @11
  jump block4()
block4():
  charge #1 !Fuel s3 @12
  brif v2, block4(), block5()
block5():
  charge #5 !Fuel s3 @13
  ret v7
}
"#;
        let f = parse(text).unwrap();
        let all = asks(&f);
        let insts = f
            .rpo()
            .into_iter()
            .flat_map(|b| f.blocks[b.index()].insts.clone());
        let all: Vec<u32> = insts.filter_map(|i| all.get(&i).copied()).collect();
        // Entry to the call: 1 + 1 + 4 + 1; then 2 + 1 + 5, of which the loop may have taken more.
        assert_eq!(all, [7, 0, 0, 0, 0, 8, 6, 0]);
    }
}
