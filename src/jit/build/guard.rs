//! Where speculation starts: what feedback says a value is, and the guards that make it so.

use super::bind::known;
use super::frame::Slot;
use super::{BuildEnv, Builder};
use crate::interp::executable::{Executable, HEAT, QInstr, Spec};
use crate::interp::feedback::{BOOL, FLOAT, FRACTION, INT, STR};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Entry, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::ClassId;

/// What a value is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Is {
    Int,
    Float,
    Bool,
    Other,
}

/// The one type that a set of feedback bits names.
pub fn is_of(bits: u8) -> Is {
    match bits {
        INT => Is::Int,
        FLOAT => Is::Float,
        BOOL => Is::Bool,
        _ => Is::Other,
    }
}

/// The representation a parameter is passed in.
pub fn param_type(exec: &Executable, env: &dyn BuildEnv<'_>, i: u32) -> Ty {
    if !env.speculate() {
        return Ty::Val;
    }
    let bits = exec.params.get(i as usize).map_or(0, |c| c.get()) & !FRACTION;
    let (ty, r) = match is_of(bits) {
        Is::Int => (Ty::I64, Reason::NotInt),
        Is::Float => (Ty::F64, Reason::NotFloat),
        Is::Bool => (Ty::Bool, Reason::NotBool),
        Is::Other => return Ty::Val,
    };
    // An argument of another type than the entry's counts as NotInt of the first instruction.
    match env.burnt(0, r) || env.burnt(0, Reason::NotInt) {
        true => Ty::Val,
        false => ty,
    }
}

/// The bits of an operator's two operands.
pub fn operands(q: &QInstr) -> (u8, u8) {
    match q.spec() {
        Some(
            Spec::ADD_INT
            | Spec::SUB_INT
            | Spec::MUL_INT
            | Spec::IADD_INT
            | Spec::ISUB_INT
            | Spec::IMUL_INT
            | Spec::COMPARE_INT,
        ) => (INT, INT),
        Some(
            Spec::ADD_FLOAT
            | Spec::SUB_FLOAT
            | Spec::MUL_FLOAT
            | Spec::IADD_FLOAT
            | Spec::ISUB_FLOAT
            | Spec::IMUL_FLOAT
            | Spec::COMPARE_FLOAT,
        ) => (FLOAT, FLOAT),
        Some(Spec::COMPARE_STR) => (STR, STR),
        Some(
            Spec::LOAD_GLOBAL_CELL
            | Spec::LOAD_GLOBAL_BUILTIN
            | Spec::STORE_GLOBAL_CELL
            | Spec::SUBSCR_LIST_INT
            | Spec::CALL_PY
            | Spec::CALL_BUILTIN
            | Spec::CALL_BOUND
            | Spec::CALL_CODE
            | Spec::CALL_KW_BOUND
            | Spec::CALL_KW_CODE
            | Spec::FOR_RANGE
            | Spec::LOAD_NAME_CELL
            | Spec::LOAD_NAME_BUILTIN
            | Spec::STORE_NAME_CELL
            | Spec::LOAD_ATTR_SITE
            | Spec::STORE_ATTR_SITE
            | Spec::LOAD_METHOD_SITE
            | Spec::CALL_METHOD_PY
            | Spec::CALL_CLASS,
        )
        | None => {
            // The general form of an operator keeps its operands' bits in `cache1`.
            let seen = q.cache1.get();
            (seen as u8, (seen >> 8) as u8)
        }
    }
}

impl Builder<'_> {
    /// What a value is: by its representation, or by feedback if that may be bet on here.
    pub(super) fn is(&self, v: Val, bits: u8) -> Is {
        match self.func.ty(v) {
            Ty::I64 => Is::Int,
            Ty::F64 => Is::Float,
            Ty::Bool => Is::Bool,
            Ty::Val => {
                if !self.env.speculate() || self.is_constant(v) {
                    return Is::Other;
                }
                let is = is_of(bits);
                let r = match is {
                    Is::Int => Reason::NotInt,
                    Is::Float => Reason::NotFloat,
                    Is::Bool => Reason::NotBool,
                    Is::Other => return Is::Other,
                };
                match self.env.burnt(self.pc, r) {
                    true => Is::Other,
                    false => is,
                }
            }
        }
    }

    /// Whether it is a str, or was always one where that may be bet on.
    pub(super) fn is_str(&self, v: Val, bits: u8) -> bool {
        if self.is_constant(v) {
            return self.env.is_str(self.word_of(v));
        }
        let bet = self.env.speculate() && !self.env.burnt(self.pc, Reason::WrongCallee);
        bits == STR && bet && self.func.ty(v) == Ty::Val
    }
    /// The value as that str.
    pub(super) fn as_str(&mut self, v: Val) -> Val {
        if self.is_constant(v) {
            return v;
        }
        let s = self.at();
        let class = Imm::Int(ClassId::Str as i64);
        let guard = InstData::new(Op::GuardClass, &[v]).imm(class);
        self.one(guard.exit(Reason::WrongCallee, s))
    }

    /// A constant in a word is none of the types with a representation of their own.
    fn is_constant(&self, v: Val) -> bool {
        self.func.def(v).is_some_and(|(_, d)| d.op == Op::ConstVal)
    }

    /// The value in the representation of what it was found to be; the frame learns it.
    pub(super) fn unbox(&mut self, v: Val, is: Is) -> Val {
        if self.func.ty(v) != Ty::Val {
            return v;
        }
        let (op, r) = match is {
            Is::Int => (Op::GuardInt, Reason::NotInt),
            Is::Float => (Op::GuardFloat, Reason::NotFloat),
            Is::Bool => (Op::GuardBool, Reason::NotBool),
            Is::Other => return v,
        };
        let w = self.guarded(op, &[v], r);
        self.frame.rename(v, w);
        match self.argument(v) {
            Some(param) => self.whole(param, w),
            None => w,
        }
    }

    /// A bool counts as an int.
    pub(super) fn as_int(&mut self, v: Val, is: Is) -> Val {
        let v = self.unbox(v, is);
        match self.func.ty(v) {
            Ty::Bool => self.pure(Op::BoolToI64, &[v]),
            Ty::I64 | Ty::F64 | Ty::Val => v,
        }
    }

    /// The nearest float of an int, bool or float.
    pub(super) fn as_float(&mut self, v: Val, is: Is) -> Val {
        if is == Is::Float {
            return self.unbox(v, is);
        }
        let i = self.as_int(v, is);
        self.pure(Op::I64ToF64, &[i])
    }

    /// The float equal to an int, bool or float.
    pub(super) fn as_float_exact(&mut self, v: Val, is: Is) -> Val {
        if is == Is::Float {
            return self.unbox(v, is);
        }
        let i = self.as_int(v, is);
        self.guarded(Op::I64ToF64Exact, &[i], Reason::Inexact)
    }

    /// The result of a call, which lies on top of the stack, in the representation of what it has
    /// always been. What has happened has happened: the state is `after`.
    pub(super) fn guard_result(&mut self, bits: u8) {
        let v = self.peek(1);
        let is = self.is(v, bits);
        let (op, r) = match is {
            Is::Int => (Op::GuardInt, Reason::NotInt),
            Is::Float => (Op::GuardFloat, Reason::NotFloat),
            Is::Bool => (Op::GuardBool, Reason::NotBool),
            Is::Other => return,
        };
        if self.func.ty(v) != Ty::Val {
            return;
        }
        let s = self.new_state(Kind::After, 0);
        let w = self.one(InstData::new(op, &[v]).exit(r, s));
        self.frame.rename(v, w);
    }

    /// A value that the interpreter's frame holds when a loop is entered.
    pub(super) fn guard_entry(&mut self, slot: Slot, bits: u8) {
        let Some(v) = slot.val() else { return };
        if bits == 0 || !self.env.speculate() {
            return;
        }
        let mut v = v;
        if let Slot::Maybe(_) = slot {
            if self.env.burnt(self.pc, Reason::UnboundLocal) {
                return;
            }
            let w = self.guarded(Op::GuardBound, &[v], Reason::UnboundLocal);
            self.frame.rename(v, w);
            v = w;
        }
        let is = self.is(v, bits);
        self.unbox(v, is);
    }

    /// A float argument of a function that calls itself: that it is whole, as it always was, tells what its
    /// inlined calls compute. Others would gain little by it.
    pub(super) fn whole(&mut self, param: usize, v: Val) -> Val {
        let env = &*self.env;
        let calls = |q| known(q).is_some_and(|k| env.is_own(k.word()));
        let fraction = self.exec.params[param].get() & FRACTION != 0;
        if fraction
            || self.func.ty(v) != Ty::F64
            || !env.speculate()
            || env.burnt(self.pc, Reason::NotWhole)
            || !self.exec.instrs.iter().any(calls)
        {
            return v;
        }
        let w = self.guarded(Op::GuardWhole, &[v], Reason::NotWhole);
        self.frame.rename(v, w);
        w
    }

    /// The argument that a value is, where no other function is built in.
    fn argument(&self, v: Val) -> Option<usize> {
        let entry = self.func.entry == Entry::Function && self.nest.len() == 1;
        let params = &self.func.blocks[0].params;
        let at = params.iter().position(|p| *p == v).filter(|_| entry)?;
        (at < self.func.sig.params.len()).then_some(at)
    }

    /// Whether this instruction has never been executed, so that leaving costs nothing.
    pub(super) fn never(&self, bits: u8) -> bool {
        bits == 0 && self.env.speculate() && !self.env.burnt(self.pc, Reason::ColdPath)
    }

    /// The same of an attribute's site, or of a loop over something: they learn in their own ways. Built in the
    /// general way they would stay so, in whatever their function is inlined into.
    pub(super) fn unseen(&self) -> bool {
        let q = self.q();
        let learnt = q.poly.get() || q.spec().is_some() || q.heat.get() != HEAT;
        let noted = q.cache0.get() != 0 || q.cache1.get() != 0;
        !learnt && !noted && self.never(q.fb.get())
    }
}
