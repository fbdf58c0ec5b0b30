//! Calls: direct to a unit where the callee is known and its arguments fit, through the interpreter's
//! dispatch otherwise.

use super::guard::{Is, is_of};
use super::{BuildEnv, Builder, Callee};
use crate::interp::executable::{Executable, Spec};
use crate::interp::feedback::{BOOL, FLOAT, INT};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};

/// What a function's calls to itself were seen to return: the first guess of its return type.
pub(super) fn guess_return(exec: &Executable, env: &dyn BuildEnv<'_>) -> Ty {
    let mut bits = 0;
    for q in &exec.instrs {
        if q.spec() == Some(Spec::CALL_PY)
            && let Some(Callee::Own) = env.callee(q.cache0.get(), q.arg as usize)
        {
            bits |= q.fb.get();
        }
    }
    match is_of(bits) {
        Is::Int => Ty::I64,
        Is::Float => Ty::F64,
        Is::Bool => Ty::Bool,
        Is::Other => Ty::Val,
    }
}

fn bit(t: Ty) -> u8 {
    match t {
        Ty::I64 => INT,
        Ty::F64 => FLOAT,
        Ty::Bool => BOOL,
        Ty::Val => 0,
    }
}

impl Builder<'_> {
    /// The topmost `n` values as words, the deepest first.
    pub(super) fn top(&mut self, n: usize) -> Vec<Val> {
        (1..=n)
            .rev()
            .map(|k| {
                let v = self.peek(k);
                self.boxed(v)
            })
            .collect()
    }

    /// CALL_FUNCTION
    pub(super) fn call_function(&mut self, n: usize) {
        let q = self.q();
        let known = q.cache0.get() != 0 || q.poly.get() || q.spec().is_some();
        if !known && self.never(q.fb.get()) {
            return self.exit(Reason::ColdPath);
        }
        if !self.direct(n) {
            let all = self.top(n + 1);
            self.rt_push(n + 1, InstData::new(Op::RtCall, &all));
        }
        if !self.ended && self.env.speculate() {
            self.guard_result(q.fb.get());
        }
    }

    /// Calls the function that was always called here by its native entry, if it has one that these
    /// arguments fit.
    fn direct(&mut self, n: usize) -> bool {
        let q = self.q();
        if q.spec() != Some(Spec::CALL_PY)
            || q.poly.get()
            || !self.env.speculate()
            || self.env.burnt(self.pc, Reason::WrongCallee)
        {
            return false;
        }
        if let Some(callee) = self.worth(q.cache0.get(), n) {
            self.guard_callee(n);
            let args: Vec<Val> = (1..=n).rev().map(|k| self.peek(k)).collect();
            self.inline(callee, &args);
            return true;
        }
        let Some(callee) = self.env.callee(q.cache0.get(), n) else {
            return false;
        };
        let own = matches!(callee, Callee::Own);
        let loop_unit = self.func.entry != crate::jit::ssa::func::Entry::Function;
        let sig = match callee {
            // A loop's unit is not the function's entry.
            Callee::Own if loop_unit => return false,
            Callee::Own => self.func.sig.clone(),
            Callee::Unit(s) => s,
        };
        // A result of another type than the signature's is a lost bet, too.
        let misfit = sig.ret != Ty::Val && self.env.burnt(self.pc, Reason::NotInt);
        if sig.params.len() != n || misfit {
            return false;
        }
        let mut kinds = Vec::with_capacity(n);
        for (i, &t) in sig.params.iter().enumerate() {
            let v = self.peek(n - i);
            let is = self.is(v, bit(t));
            let fits = match t {
                Ty::Val => true,
                Ty::I64 => is == Is::Int,
                Ty::F64 => is == Is::Float,
                Ty::Bool => is == Is::Bool,
            };
            if !fits {
                return false;
            }
            kinds.push(is);
        }
        let func = self.guard_callee(n);
        let mut args = Vec::with_capacity(n);
        for (i, &t) in sig.params.iter().enumerate() {
            let v = self.peek(n - i);
            args.push(match t {
                Ty::Val => self.boxed(v),
                Ty::I64 | Ty::F64 | Ty::Bool => self.unbox(v, kinds[i]),
            });
        }
        let d = match own {
            true => InstData::new(Op::CallSelf, &args),
            false => {
                let g = Imm::Sig(self.func.add_sig(sig));
                InstData::new(Op::CallUnit, &args).imm(func).imm(g)
            }
        };
        self.rt_push(n + 1, d);
        true
    }

    /// Makes sure that the callee under `n` arguments is the one that was always called here.
    fn guard_callee(&mut self, n: usize) -> Imm {
        let q = self.q();
        let f = self.peek(n + 1);
        let f = self.boxed(f);
        let func = Imm::Const(self.pool(q.cache0.get()));
        let version = Imm::Int(q.cache1.get() as i64);
        let s = self.at();
        let guard = InstData::new(Op::GuardFuncVersion, &[f]);
        let guard = guard.imm(func).imm(version);
        self.push(guard.exit(Reason::WrongCallee, s));
        func
    }

    /// CALL_FUNCTION_KW: callee, arguments, names.
    pub(super) fn call_function_kw(&mut self, n: usize) {
        if self.never(self.q().fb.get()) {
            return self.exit(Reason::ColdPath);
        }
        let mut all = self.top(n + 2);
        if let Some(names) = all.pop() {
            all.insert(1, names);
        }
        self.rt_push(n + 2, InstData::new(Op::RtCallKw, &all));
        self.guard_result(self.q().fb.get());
    }

    /// CALL_FUNCTION_EX: callee, arguments, `extra` mappings.
    pub(super) fn call_function_ex(&mut self, extra: usize) {
        if self.never(self.q().fb.get()) {
            return self.exit(Reason::ColdPath);
        }
        let all = self.top(extra + 2);
        self.rt_push(extra + 2, InstData::new(Op::RtCallEx, &all));
        self.guard_result(self.q().fb.get());
    }

    /// LOAD_METHOD
    pub(super) fn load_method(&mut self, i: u32) {
        let name = self.name(i);
        let all = self.top(1);
        let i = self.rt(1, InstData::new(Op::RtLoadMethod, &all).imm(name));
        let two = self.func.insts[i.index()].results.clone();
        self.drop(1);
        self.frame.stack.extend(two);
    }

    /// CALL_METHOD
    pub(super) fn call_method(&mut self, n: usize) {
        let all = self.top(n + 2);
        self.rt_push(n + 2, InstData::new(Op::RtCallMethod, &all));
        self.guard_result(self.q().fb.get());
    }

    /// MAKE_FUNCTION: what the flags name, code, qualified name.
    pub(super) fn make_function(&mut self, flags: u32) {
        let extra = (flags & 15).count_ones() as usize;
        let globals = self.env.globals();
        let globals = self.word(globals);
        let all = self.top(extra + 2);
        let mut args = vec![globals, all[extra], all[extra + 1]];
        args.extend(&all[..extra]);
        let d = InstData::new(Op::RtMakeFunction, &args).imm(Imm::Idx(flags));
        self.rt_push(extra + 2, d);
    }
}
