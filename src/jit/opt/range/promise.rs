//! What a function that calls itself gives to itself. A checked sum of numbers that are not negative tells by its
//! sign whether it overflowed; of what a call gives nothing is known but by induction: if no call of itself that
//! ends gives a negative number to the calls around it, none does. So that is assumed, and asked of all that the function
//! returns, with the arguments that it passes to itself and no others. What the interpreter returns for it, after an
//! exit, is looked at there (`Func::up`): a negative number then goes to the caller as what is not of its type does.

use super::Ranges;
use crate::jit::opt::interval::Range;
use crate::jit::ssa::func::Entry;
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Inst, Ty, Val};

impl Ranges<'_> {
    /// Notes in the function that its calls of itself give no negative numbers, if they do not.
    pub(super) fn promise(&mut self) {
        self.f.up = false;
        let calls = self.all(Op::CallSelf);
        if self.f.entry != Entry::Function || self.f.sig.ret != Ty::I64 || calls.is_empty() {
            return;
        }
        let params = self.f.blocks[self.dom.rpo[0].index()].params.clone();
        self.f.up = true;
        self.again();
        let passed = |r: &Self, k: usize| {
            let each = calls.iter().map(|&(at, i)| r.argument(at, i, k));
            each.reduce(Range::join).unwrap_or(Range::FULL)
        };
        let passed: Vec<Range> = (0..params.len()).map(|k| passed(self, k)).collect();
        self.enter_with(&params, |k| passed[k]);
        self.again();
        let returns = self.all(Op::Ret);
        let holds = |&(at, i): &(usize, Inst)| self.argument(at, i, 0).lo >= 0;
        self.f.up = returns.iter().all(holds);
        self.enter_with(&params, |_| Range::FULL);
        self.again();
    }

    /// Walks with another start.
    fn again(&mut self) {
        for c in &mut self.carried {
            c.grown = None;
        }
        match self.carried.is_empty() {
            true => self.walk(),
            false => self.settle(),
        }
    }

    fn enter_with(&mut self, params: &[Val], range: impl Fn(usize) -> Range) {
        for (k, p) in params.iter().enumerate() {
            if self.f.ty(*p) == Ty::I64 {
                self.base[p.index()] = range(k);
            }
        }
    }

    fn argument(&self, at: usize, i: Inst, k: usize) -> Range {
        self.range(self.f.insts[i.index()].args.get(k).copied(), at)
    }

    /// All of one op, and the positions of their blocks.
    fn all(&self, op: Op) -> Vec<(usize, Inst)> {
        let blocks = self.dom.rpo.iter().enumerate();
        let insts = blocks.flat_map(|(at, b)| {
            let insts = self.f.blocks[b.index()].insts.iter();
            insts.map(move |i| (at, *i))
        });
        insts
            .filter(|(_, i)| self.f.insts[i.index()].op == op)
            .collect()
    }
}
