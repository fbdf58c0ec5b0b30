//! Generators: yielding, and what only they and coroutines do.

use super::{L, Lower, bad, status};
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::{Def, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Val;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, types};

impl Lower<'_> {
    /// `yield`: stores what has changed since the frame was entered, and returns. Position and depth follow from
    /// the instruction: whoever entered writes them.
    pub(super) fn yield_value(&mut self, d: &InstData) -> L<()> {
        let (Some(slots), Some(frame)) = (self.slots, self.f.frames.first()) else {
            return bad("a yield outside a generator's frame");
        };
        let locals = frame.locals as usize;
        let closure = (frame.cells + frame.frees) as usize;
        for (i, &v) in d.args[1..].iter().enumerate() {
            let at = if i < locals { i } else { i + closure };
            if self.is_slot(v, at) {
                continue;
            }
            let x = self.v(v)?;
            let flags = MemFlagsData::trusted();
            self.b.ins().store(flags, x, slots, (at * 8) as i32);
        }
        let x = self.arg(d, 0)?;
        let pc = self.idx(d)? as i64;
        let st = self.iconst(pc << 8 | status::YIELD as i64);
        self.ret(x, st);
        Ok(())
    }

    /// Whether a value is what slot `at` has held since the frame was entered.
    fn is_slot(&self, v: Val, at: usize) -> bool {
        let mut v = v;
        loop {
            match self.f.vals[v.index()].def {
                Def::Param(b, i) => return self.f.order.first() == Some(&b) && i as usize == at,
                Def::Gone => return false,
                Def::Result(i, _) => {
                    let d = &self.f.insts[i.index()];
                    // A guard gives what it was given, a box what was unboxed.
                    let same = matches!(
                        d.op,
                        Op::BoxI64
                            | Op::BoxF64
                            | Op::BoxBool
                            | Op::GuardInt
                            | Op::GuardFloat
                            | Op::GuardBool
                            | Op::GuardBound
                            | Op::GuardRangeIter
                            | Op::GuardRangeUp
                            | Op::GuardClass
                            | Op::GuardTuple
                            | Op::GuardList
                            | Op::GuardAnyTuple
                            | Op::GuardIter
                            | Op::KnownI64
                    );
                    match d.args.first() {
                        Some(&of) if same => v = of,
                        Some(_) | None => return false,
                    }
                }
            }
        }
    }

    /// `rt_await`
    pub(super) fn rt_await(&mut self, d: &InstData) -> L<()> {
        let (op, place) = (self.opcode(d)?, self.int_imm(d)?);
        self.rt(d, Helper::Await, Some(op | (place as u64) << 8))
    }

    /// `async_ended`
    pub(super) fn async_ended(&mut self, d: &InstData) -> L<()> {
        let x = self.arg(d, 0)?;
        let (r, _) = self.helper(Helper::AsyncEnded, &[x])?;
        let r = self.b.ins().ireduce(types::I8, r);
        self.result(d, r)
    }
}
