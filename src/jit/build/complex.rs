//! Complex numbers: their parts are floats in registers. The object is made where something but arithmetic wants
//! it; one that only an exit wants is made there (`opt::sink`).

use super::arith::Arith;
use super::guard::Is;
use super::{Builder, NONE};
use crate::code::opcode::Opcode;
use crate::interp::executable::QInstr;
use crate::interp::feedback::{COMPLEX, COMPLEX_OPERAND, OTHER, OTHER_OPERAND};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Cmp, Ty, Val};
use crate::object::ClassId;

/// Real part, imaginary part.
type Parts = (Val, Val);

impl Builder<'_> {
    /// Whether it was made as one here, or was found to be one.
    fn made_complex(&self, v: Val) -> bool {
        self.func.def(v).is_some_and(|(_, d)| {
            d.op == Op::NewComplex || d.op == Op::GuardClass && d.int() == ClassId::Complex as i64
        })
    }

    /// Whether an operand with these bits is one, or may be bet to be.
    fn is_complex(&self, v: Val, bits: u8) -> bool {
        if self.func.ty(v) != Ty::Val {
            return false;
        }
        let seen = self.q().cache1.get() & (COMPLEX_OPERAND | OTHER_OPERAND);
        let bet = bits == OTHER
            && seen == COMPLEX_OPERAND
            && self.env.speculate()
            && !self.env.burnt(self.pc, Reason::NotComplex);
        self.made_complex(v) || bet
    }

    /// The parts of what is taken for a complex number; the frame learns that it is one.
    fn parts(&mut self, v: Val) -> Parts {
        let v = match self.made_complex(v) {
            true => v,
            false => {
                let s = self.at();
                let class = Imm::Int(ClassId::Complex as i64);
                let d = InstData::new(Op::GuardClass, &[v]).imm(class);
                let w = self.one(d.exit(Reason::NotComplex, s));
                self.frame.rename(v, w);
                w
            }
        };
        let part = |i| InstData::new(Op::ComplexPart, &[v]).imm(Imm::Idx(i));
        (self.one(part(0)), self.one(part(1)))
    }

    fn parts_of(&mut self, v: Val, is: Is, complex: bool) -> Parts {
        if complex {
            return self.parts(v);
        }
        let re = self.as_float(v, is);
        let zero = InstData::new(Op::ConstF64, &[]).imm(Imm::Float(0));
        (re, self.one(zero))
    }

    /// `+`, `-` or `*` of two numbers of which one is complex, each with what it is taken for and its bits.
    pub(super) fn complex_binary(
        &mut self,
        how: Arith,
        a: (Val, Is, u8),
        b: (Val, Is, u8),
    ) -> Option<Val> {
        let (ca, cb) = (self.is_complex(a.0, a.2), self.is_complex(b.0, b.2));
        let number = |i: Is| matches!(i, Is::Int | Is::Float | Is::Bool);
        let fits = match (ca, cb) {
            (true, true) => true,
            (true, false) => number(b.1),
            (false, true) => number(a.1),
            (false, false) => false,
        };
        if !fits {
            return None;
        }
        let Arith::Both(_, op @ (Op::AddF64 | Op::SubF64 | Op::MulF64)) = how else {
            return None;
        };
        let (x, y) = (self.parts_of(a.0, a.1, ca), self.parts_of(b.0, b.1, cb));
        let (re, im) = if op == Op::MulF64 {
            let (rr, ii) = (self.pure(op, &[x.0, y.0]), self.pure(op, &[x.1, y.1]));
            let (ri, ir) = (self.pure(op, &[x.0, y.1]), self.pure(op, &[x.1, y.0]));
            (
                self.pure(Op::SubF64, &[rr, ii]),
                self.pure(Op::AddF64, &[ri, ir]),
            )
        } else {
            (self.pure(op, &[x.0, y.0]), self.pure(op, &[x.1, y.1]))
        };
        Some(self.pure(Op::NewComplex, &[re, im]))
    }

    /// `abs(z)`. False: of something else.
    pub(super) fn call_abs(&mut self, q: &QInstr) -> bool {
        let z = self.peek(1);
        let burnt = |r| self.env.burnt(self.pc, r);
        let complex =
            self.func.ty(z) == Ty::Val && (self.made_complex(z) || q.cache1.get() as u8 == COMPLEX);
        if !complex || burnt(Reason::NotComplex) || burnt(Reason::Overflow) {
            return false;
        }
        let f = self.peek(2);
        self.guard_callee(f, q);
        let (re, im) = self.parts(z);
        let s = self.at();
        let next = self.compared_next();
        let r = match next {
            Some((x, cmp)) => {
                let x = InstData::new(Op::ConstF64, &[]).imm(Imm::Float(x.to_bits()));
                let x = self.one(x);
                let d = InstData::new(Op::HypotCmp, &[re, im, x]).imm(Imm::Cmp(cmp));
                self.one(d.exit(Reason::Overflow, s))
            }
            None => {
                let d = InstData::new(Op::HypotF64, &[re, im]);
                self.one(d.exit(Reason::Overflow, s))
            }
        };
        self.drop(2);
        self.frame.stack.push(r);
        if next.is_some() {
            self.pc += 2;
            self.at_state = None;
            if self.env.coverage() {
                for op in [Opcode::LOAD_CONST, Opcode::COMPARE_OP] {
                    self.push(InstData::new(Op::Cover, &[]).imm(Imm::Opc(op)));
                }
            }
        }
        true
    }

    /// The constant that the result of this instruction is compared with by the two that follow, if nothing else
    /// leads to those.
    fn compared_next(&self) -> Option<(f64, Cmp)> {
        let at = |k: u32| self.exec.instrs.get((self.pc + k) as usize);
        let (load, compare) = (at(1)?, at(2)?);
        let inside = (1..=2).all(|k| self.cfg.block_of[(self.pc + k) as usize] == NONE);
        let fits = load.opcode() == Opcode::LOAD_CONST && compare.opcode() == Opcode::COMPARE_OP;
        if !inside || !fits {
            return None;
        }
        let cmp = *Cmp::ALL.get(compare.arg as usize)?;
        let x = crate::object::Value::from_bits(load.cache0.get())?.as_float()?;
        Some((x, cmp))
    }

    /// `complex(re, im)` of two numbers in registers. False: of something else.
    pub(super) fn call_complex(&mut self, q: &QInstr) -> bool {
        let (re, im) = (self.peek(2), self.peek(1));
        let number = |v: Val| self.func.ty(v) != Ty::Val;
        if !number(re) || !number(im) || self.env.burnt(self.pc, Reason::OutOfRange) {
            return false;
        }
        let f = self.peek(3);
        self.guard_callee(f, q);
        // The call is a level, and what measures its arguments may be another.
        let s = self.at();
        let d = InstData::new(Op::GuardRoom, &[]).imm(Imm::Idx(2));
        self.push(d.exit(Reason::OutOfRange, s));
        let (x, y) = (self.is(re, 0), self.is(im, 0));
        let (re, im) = (self.as_float(re, x), self.as_float(im, y));
        let c = self.pure(Op::NewComplex, &[re, im]);
        self.drop(3);
        self.frame.stack.push(c);
        true
    }
}
