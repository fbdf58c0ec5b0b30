//! Operators: unboxed where the operands are known or were always seen to be numbers, the
//! interpreter's protocol functions otherwise.

use super::Builder;
use super::guard::{Is, operands};
use crate::code::opcode::Opcode;
use crate::interp::feedback::{BOOL, OTHER};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::effect::EXITS;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Cmp, Ty, Val};

/// How an operator works on numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Arith {
    /// (on ints, on floats)
    Both(Op, Op),
    /// On ints alone.
    Ints(Op, Reason),
    /// On ints alone; of two bools it is a bool.
    Bits(Op),
    TrueDiv,
    /// On floats alone, or a float and an int.
    Pow,
    /// In no way of its own.
    General,
}

/// Why an op on numbers leaves.
fn reason_of(op: Op) -> Reason {
    if op == Op::AddI64 || op == Op::SubI64 || op == Op::MulI64 {
        Reason::Overflow
    } else {
        Reason::DivByZero
    }
}

impl Builder<'_> {
    /// BINARY_* and INPLACE_* but subscripts.
    pub(super) fn binary(&mut self, how: Arith) {
        let (op, q) = (self.op(), self.q());
        let (x, y) = operands(q);
        let (a, b) = (self.peek(2), self.peek(1));
        let (ia, ib) = (self.is(a, x), self.is(b, y));
        let known = match self.numbers(how, (a, ia), (b, ib)) {
            None => self.complex_binary(how, (a, ia, x), (b, ib, y)),
            some => some,
        };
        if let Some(v) = known {
            self.drop(2);
            self.frame.stack.push(v);
            return;
        }
        if self.never(q.fb.get() | x | y) && q.spec().is_none() {
            return self.exit(Reason::ColdPath);
        }
        let (a, b) = (self.boxed(a), self.boxed(b));
        let d = InstData::new(Op::RtBinary, &[a, b]).imm(Imm::Opc(op));
        self.rt_push(2, d);
    }

    fn numbers(&mut self, how: Arith, a: (Val, Is), b: (Val, Is)) -> Option<Val> {
        let integral = |i: Is| matches!(i, Is::Int | Is::Bool);
        let ints = integral(a.1) && integral(b.1);
        let floats =
            !ints && (integral(a.1) || a.1 == Is::Float) && (integral(b.1) || b.1 == Is::Float);
        let burnt = |r: Reason| self.env.burnt(self.pc, r);
        match how {
            Arith::Both(op, _) if ints => {
                // A result seen beyond 64 bits would be again.
                let big = self.q().fb.get() & OTHER != 0 && self.env.speculate();
                let r = reason_of(op);
                if burnt(Reason::Overflow) || (r == Reason::Overflow && big) {
                    return None;
                }
                let zero = burnt(r);
                let (x, y) = (self.as_int(a.0, a.1), self.as_int(b.0, b.1));
                if zero {
                    self.raise_at_zero(y);
                }
                Some(self.guarded(op, &[x, y], r))
            }
            Arith::Both(_, op) if floats => {
                let r = reason_of(op);
                let zero = op.has(EXITS) && burnt(r);
                let (x, y) = (self.as_float(a.0, a.1), self.as_float(b.0, b.1));
                if zero {
                    self.raise_at_zero(y);
                }
                Some(match op.has(EXITS) {
                    true => self.guarded(op, &[x, y], r),
                    false => self.pure(op, &[x, y]),
                })
            }
            Arith::Ints(op, r) if ints => {
                if burnt(Reason::Overflow) || burnt(Reason::ShiftCount) {
                    return None;
                }
                let (x, y) = (self.as_int(a.0, a.1), self.as_int(b.0, b.1));
                Some(self.guarded(op, &[x, y], r))
            }
            Arith::Bits(op) if ints && (a.1 == Is::Int || b.1 == Is::Int) => {
                let (x, y) = (self.as_int(a.0, a.1), self.as_int(b.0, b.1));
                Some(self.pure(op, &[x, y]))
            }
            Arith::TrueDiv if ints || floats => {
                if ints && burnt(Reason::Inexact) {
                    return None;
                }
                let zero = burnt(Reason::DivByZero);
                // Of two ints the quotient is rounded once: both must be floats exactly.
                let (x, y) = match ints {
                    true => (self.as_float_exact(a.0, a.1), self.as_float_exact(b.0, b.1)),
                    false => (self.as_float(a.0, a.1), self.as_float(b.0, b.1)),
                };
                if zero {
                    self.raise_at_zero(y);
                }
                Some(self.guarded(Op::DivF64, &[x, y], Reason::DivByZero))
            }
            Arith::Pow if floats && !burnt(Reason::Overflow) => {
                let (x, y) = (self.as_float(a.0, a.1), self.as_float(b.0, b.1));
                Some(self.guarded(Op::PowF64, &[x, y], Reason::Overflow))
            }
            Arith::Both(..)
            | Arith::Ints(..)
            | Arith::Bits(_)
            | Arith::TrueDiv
            | Arith::Pow
            | Arith::General => None,
        }
    }

    /// A divisor that has been zero before: the exception is raised here, and may be caught here.
    fn raise_at_zero(&mut self, y: Val) {
        let c = match self.func.ty(y) {
            Ty::F64 => {
                let zero = self.one(InstData::new(Op::ConstF64, &[]).imm(Imm::Float(0)));
                InstData::new(Op::FcmpF64, &[y, zero])
            }
            Ty::I64 | Ty::Bool | Ty::Val => {
                let zero = self.int(0);
                InstData::new(Op::IcmpI64, &[y, zero])
            }
        };
        let c = self.one(c.imm(Imm::Cmp(Cmp::Ne)));
        let (divides, raises) = self.branch(c, true);
        let frame = self.frame.clone();
        self.block = raises;
        self.at_state = None;
        let all = self.top(2);
        let d = InstData::new(Op::RtBinary, &all).imm(Imm::Opc(self.op()));
        self.rt(2, d);
        // Not reached.
        self.exit(Reason::ColdPath);
        self.block = divides;
        self.frame = frame;
        self.at_state = None;
        self.ended = false;
    }

    /// UNARY_POSITIVE, UNARY_NEGATIVE, UNARY_INVERT. The result's type is taken for the operand's.
    pub(super) fn unary(&mut self) {
        let op = self.op();
        let v = self.peek(1);
        let is = self.is(v, self.q().fb.get());
        let burnt = self.env.burnt(self.pc, Reason::Overflow);
        let integral = matches!(is, Is::Int | Is::Bool);
        let r = if op == Opcode::UNARY_POSITIVE && integral {
            Some(self.as_int(v, is))
        } else if op == Opcode::UNARY_POSITIVE && is == Is::Float {
            Some(self.unbox(v, is))
        } else if op == Opcode::UNARY_NEGATIVE && is == Is::Float {
            let x = self.unbox(v, is);
            Some(self.pure(Op::NegF64, &[x]))
        } else if op == Opcode::UNARY_NEGATIVE && integral && !burnt {
            let i = self.as_int(v, is);
            Some(self.guarded(Op::NegI64, &[i], Reason::Overflow))
        } else if op == Opcode::UNARY_INVERT && integral {
            let i = self.as_int(v, is);
            Some(self.pure(Op::NotI64, &[i]))
        } else {
            None
        };
        match r {
            Some(r) => {
                self.drop(1);
                self.frame.stack.push(r);
            }
            None => {
                let v = self.boxed(v);
                let d = InstData::new(Op::RtUnary, &[v]).imm(Imm::Opc(op));
                self.rt_push(1, d);
            }
        }
    }

    pub(super) fn unary_not(&mut self) {
        let b = self.truth(1);
        let v = self.pure(Op::NotBool, &[b]);
        self.drop(1);
        self.frame.stack.push(v);
    }

    /// The truth of the topmost value, which stays; `drop` is what the instruction pops.
    pub(super) fn truth(&mut self, drop: usize) -> Val {
        let v = self.peek(1);
        // The interpreter notes the type of what is no bool: where nothing is noted, bools were all that came.
        let seen = match self.q().fb.get() {
            0 => BOOL,
            some => some,
        };
        let v = match self.is(v, seen) {
            is @ (Is::Int | Is::Float | Is::Bool) => self.unbox(v, is),
            Is::Other => v,
        };
        match self.func.ty(v) {
            Ty::Bool => v,
            Ty::I64 => {
                let z = self.int(0);
                self.one(InstData::new(Op::IcmpI64, &[v, z]).imm(Imm::Cmp(Cmp::Ne)))
            }
            Ty::F64 => {
                let z = self.one(InstData::new(Op::ConstF64, &[]).imm(Imm::Float(0)));
                self.one(InstData::new(Op::FcmpF64, &[v, z]).imm(Imm::Cmp(Cmp::Ne)))
            }
            Ty::Val => {
                let i = self.rt(drop, InstData::new(Op::RtIsTrue, &[v]));
                self.func.insts[i.index()].result()
            }
        }
    }

    /// COMPARE_OP.
    pub(super) fn compare(&mut self) {
        let arg = self.arg();
        let (a, b) = (self.peek(2), self.peek(1));
        let Some(&cmp) = Cmp::ALL.get(arg as usize) else {
            return self.compare_rest(arg, a, b);
        };
        let q = self.q();
        let (x, y) = operands(q);
        let (ia, ib) = (self.is(a, x), self.is(b, y));
        let integral = |i: Is| matches!(i, Is::Int | Is::Bool);
        let number = |i: Is| integral(i) || i == Is::Float;
        let r = if integral(ia) && integral(ib) {
            let (x, y) = (self.as_int(a, ia), self.as_int(b, ib));
            self.one(InstData::new(Op::IcmpI64, &[x, y]).imm(Imm::Cmp(cmp)))
        } else if number(ia)
            && number(ib)
            && ((ia == Is::Float && ib == Is::Float) || !self.env.burnt(self.pc, Reason::Inexact))
        {
            let (x, y) = (self.as_float_exact(a, ia), self.as_float_exact(b, ib));
            self.one(InstData::new(Op::FcmpF64, &[x, y]).imm(Imm::Cmp(cmp)))
        } else if self.is_str(a, x) && self.is_str(b, y) {
            let (x, y) = (self.as_str(a), self.as_str(b));
            self.one(InstData::new(Op::StrCmp, &[x, y]).imm(Imm::Cmp(cmp)))
        } else {
            if self.never(q.fb.get() | x | y) && q.spec().is_none() {
                return self.exit(Reason::ColdPath);
            }
            let fb = q.fb.get();
            let (a, b) = (self.boxed(a), self.boxed(b));
            let d = InstData::new(Op::RtCompare, &[a, b]).imm(Imm::Cmp(cmp));
            self.rt_push(2, d);
            if fb == BOOL {
                self.guard_result(BOOL);
            }
            return;
        };
        self.drop(2);
        self.frame.stack.push(r);
    }

    /// `in`, `not in`, `is`, `is not`, `exception match`.
    fn compare_rest(&mut self, arg: u32, a: Val, b: Val) {
        let (a, b) = (self.boxed(a), self.boxed(b));
        let r = match arg {
            8 | 9 => self.pure(Op::IsVal, &[a, b]),
            10 => {
                let i = self.rt(2, InstData::new(Op::RtExcMatch, &[a, b]));
                self.func.insts[i.index()].result()
            }
            // The verifier has seen that it is one of 0 to 10.
            _in_or_not => {
                let d = match self.env.ascii(self.word_of(b)) {
                    Some([low, high]) => InstData::new(Op::RtInText, &[a, b])
                        .imm(Imm::Int(low as i64))
                        .imm(Imm::Int(high as i64)),
                    None => InstData::new(Op::RtContains, &[a, b]),
                };
                let i = self.rt(2, d);
                self.func.insts[i.index()].result()
            }
        };
        let r = match arg {
            7 | 9 => self.pure(Op::NotBool, &[r]),
            _as_it_is => r,
        };
        self.drop(2);
        self.frame.stack.push(r);
    }
}
