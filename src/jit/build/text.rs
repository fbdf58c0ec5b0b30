//! `ord` and `chr`.

use super::Builder;
use crate::interp::executable::QInstr;
use crate::interp::feedback::STR;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Cmp, Ty};

impl Builder<'_> {
    /// `ord` of one ASCII character. False: anything else was seen.
    pub(super) fn call_ord(&mut self, q: &QInstr) -> bool {
        let s = self.peek(1);
        if self.func.ty(s) != Ty::Val
            || !self.is_str(s, STR)
            || self.env.burnt(self.pc, Reason::OutOfRange)
        {
            return false;
        }
        let f = self.peek(2);
        self.guard_callee(f, q);
        let s = self.as_str(s);
        let s = self.guarded(Op::GuardAscii, &[s], Reason::OutOfRange);
        let (n, one) = (self.pure(Op::StrLen, &[s]), self.int(1));
        let d = InstData::new(Op::IcmpI64, &[n, one]).imm(Imm::Cmp(Cmp::Eq));
        let single = self.one(d);
        let state = self.at();
        self.push(InstData::new(Op::GuardTrue, &[single]).exit(Reason::OutOfRange, state));
        let first = self.int(0);
        let code = self.pure(Op::StrByte, &[s, first]);
        self.drop(2);
        self.frame.stack.push(code);
        true
    }

    /// `chr` of an int.
    pub(super) fn call_chr(&mut self, q: &QInstr) -> bool {
        let i = self.peek(1);
        if self.func.ty(i) != Ty::I64 {
            return false;
        }
        let f = self.peek(2);
        self.guard_callee(f, q);
        self.rt_push(2, InstData::new(Op::RtChar, &[i]));
        true
    }
}
