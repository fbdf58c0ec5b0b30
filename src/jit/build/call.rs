//! Calls: direct to a unit where the callee is known and its arguments fit (`bind`), through the
//! interpreter's dispatch otherwise.

use super::bind::{Site, known};
use super::guard::{Is, is_of};
use super::seq::Known as Builtin;
use super::{BuildEnv, Builder};
use crate::interp::executable::Executable;
use crate::interp::site;
use crate::jit::deopt::reason::Reason;
use crate::jit::opt::sink::MOST;
use crate::jit::ssa::func::{Imm, InstData, SOUND};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Inst, Ty, Val};
use crate::object::Value;

/// What a function's calls to itself were seen to return: the first guess of its return type.
pub(super) fn guess_return(exec: &Executable, env: &dyn BuildEnv<'_>) -> Ty {
    let mut bits = 0;
    for q in &exec.instrs {
        if let Some(k) = known(q)
            && env.is_own(k.word())
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
        if self.call_known(n) || self.call_class(n) || self.call_generator(n) {
            return;
        }
        if !self.direct(&self.site(n, 0), &[]) {
            let all = self.top(n + 1);
            self.rt_push(n + 1, InstData::new(Op::RtCall, &all));
        }
        if !self.ended && self.env.speculate() {
            self.guard_result(q.fb.get());
        }
    }

    /// CALL_FUNCTION of a function that was made here and gives a generator, as a generator expression is: that is
    /// made at once. False: of something else.
    fn call_generator(&mut self, n: usize) -> bool {
        let f = self.peek(n + 1);
        if self.env.fuel() || !self.env.speculate() {
            return false;
        }
        let Some((code, cells)) = self.function_of(f) else {
            return false;
        };
        if !self.env.is_generator(code, n, cells.len()) {
            return false;
        }
        let Some((_, made)) = self.func.def(f) else {
            return false;
        };
        let mut all = made.args[..3].to_vec();
        all.extend(self.top(n));
        all.extend(cells);
        self.rt_push(n + 1, InstData::new(Op::RtNewGenerator, &all));
        true
    }

    /// CALL_FUNCTION_KW: callee, arguments, names.
    pub(super) fn call_function_kw(&mut self, n: usize) {
        let q = self.q();
        let known = q.cache0.get() != 0 || q.poly.get() || q.spec().is_some();
        if !known && self.never(q.fb.get()) {
            return self.exit(Reason::ColdPath);
        }
        let names = self.env.items(self.word_of(self.peek(1)));
        if !names.is_some_and(|names| self.direct(&self.site(n, 1), &names)) {
            let mut all = self.top(n + 2);
            if let Some(names) = all.pop() {
                all.insert(1, names);
            }
            self.rt_push(n + 2, InstData::new(Op::RtCallKw, &all));
        }
        if !self.ended {
            self.guard_result(q.fb.get());
        }
    }

    /// A call with `n` arguments on the stack, and `above` other values on them.
    fn site(&self, n: usize, above: usize) -> Site {
        Site {
            callee: self.peek(above + n + 1),
            args: (0..n).map(|k| self.peek(above + n - k)).collect(),
            drop: n + above + 1,
        }
    }

    /// CALL_FUNCTION_EX: callee, arguments, `extra` mappings.
    pub(super) fn call_function_ex(&mut self, extra: usize) {
        let q = self.q();
        let known = q.cache0.get() != 0 || q.poly.get();
        if !known && self.never(q.fb.get()) {
            return self.exit(Reason::ColdPath);
        }
        let direct = known && !q.poly.get() && self.call_spread(extra);
        if !direct {
            let all = self.top(extra + 2);
            self.rt_push(extra + 2, InstData::new(Op::RtCallEx, &all));
        }
        if !self.ended {
            self.guard_result(q.fb.get());
        }
    }

    /// The same where what is spread is known. The mapping has to be the callee's own `**kw`, bound in this unit.
    fn call_spread(&mut self, extra: usize) -> bool {
        let keywords = match extra {
            0 => Vec::new(),
            _mapping => match self.keywords_of(self.peek(1)) {
                Some(all) => all,
                None => return false,
            },
        };
        let v = self.peek(extra + 1);
        let Some(mut args) = self.items(v, site::length(self.q(), 0)) else {
            return false;
        };
        let burnt = self.env.burnt(self.pc, Reason::WrongCallee);
        let charged = self.env.fuel() && !args.is_empty();
        // The interpreter charges for each item; nothing after that may be left to it.
        if extra > 0 && (burnt || charged && !keywords.is_empty()) {
            return false;
        }
        let mut names = Vec::new();
        for (name, v) in &keywords {
            names.push(self.word_of(*name));
            args.push(self.func.unboxed(*v));
        }
        let site = Site {
            callee: self.peek(extra + 2),
            args,
            drop: extra + 2,
        };
        if extra > 0 {
            let mut all = vec![self.peek(1)];
            all.extend(keywords.iter().flat_map(|(name, v)| [*name, *v]));
            let s = self.at();
            let guard = InstData::new(Op::GuardKeywords, &all);
            self.push(guard.exit(Reason::WrongCallee, s));
        }
        self.direct(&site, &names)
    }

    /// Names and values of the keywords that were bound here to this `**kw`.
    fn keywords_of(&self, v: Val) -> Option<Vec<(Val, Val)>> {
        let (_, d) = self.func.def(v)?;
        let pairs = d.args.chunks_exact(2).map(|p| (p[0], p[1]));
        (d.op == Op::RtBindKeywords && d.args.len() <= MOST).then(|| pairs.collect())
    }

    /// The word of a constant, or 0.
    pub(super) fn word_of(&self, v: Val) -> u64 {
        match self.func.def(v) {
            Some((_, d)) if d.op == Op::ConstVal => match d.imms[0] {
                Imm::Const(c) => self.func.consts[c.index()].bits(),
                _other => 0,
            },
            Some(_) | None => 0,
        }
    }

    /// The items of a tuple that was made here, or that was always as long as `length` says.
    pub(super) fn items(&mut self, v: Val, length: Option<usize>) -> Option<Vec<Val>> {
        if let Some(items) = self.made_of(v) {
            return Some(items);
        }
        let n = length.filter(|n| *n <= MOST)?;
        if !self.env.speculate() || self.env.burnt(self.pc, Reason::NotTuple) {
            return None;
        }
        if self.func.ty(v) != Ty::Val {
            return None;
        }
        let s = self.at();
        let guard = InstData::new(Op::GuardTuple, &[v]).imm(Imm::Int(n as i64));
        let t = self.one(guard.exit(Reason::NotTuple, s));
        let item = |i: i64| InstData::new(Op::LoadTupleItem, &[t]).imm(Imm::Int(i));
        Some((0..n as i64).map(|i| self.one(item(i))).collect())
    }

    /// The items of a tuple that was made here, in the representations that they have.
    pub(super) fn made_of(&self, v: Val) -> Option<Vec<Val>> {
        let (_, d) = self.func.def(v).filter(|(_, d)| d.op == Op::RtBuildTuple)?;
        Some(d.args.iter().map(|v| self.func.unboxed(*v)).collect())
    }

    /// BUILD_TUPLE_UNPACK_WITH_CALL of `n` parts: when each is a tuple of a known length, the tuple of all.
    pub(super) fn spread(&mut self, n: usize) -> bool {
        let q = self.q();
        let mut all = Vec::new();
        for k in 0..n {
            let v = self.peek(n - k);
            let length = if q.poly.get() {
                None
            } else {
                site::length(q, k)
            };
            match self.items(v, length) {
                Some(items) => all.extend(items),
                None => return false,
            }
        }
        if self.env.fuel() && !all.is_empty() {
            // As the interpreter does for each item.
            let s = self.at();
            let n = Imm::Idx(all.len() as u32);
            self.push(InstData::new(Op::Charge, &[]).imm(n).exit(Reason::Fuel, s));
        }
        let all: Vec<Val> = all.into_iter().map(|v| self.boxed(v)).collect();
        self.rt_push(n, InstData::new(Op::RtBuildTuple, &all));
        true
    }

    /// LOAD_METHOD
    pub(super) fn load_method(&mut self, i: u32) {
        if self.q().spec().is_some() && self.method_of_site() {
            return;
        }
        if self.seq_method() {
            return;
        }
        if self.unseen() {
            return self.exit(Reason::ColdPath);
        }
        let q = self.q();
        let o = self.peek(1);
        let bet = self.env.speculate() && !self.env.burnt(self.pc, Reason::WrongCallee);
        if bet && !q.poly.get() && q.cache0.get() != 0 && self.func.ty(o) == Ty::Val {
            let s = self.at();
            let class = Imm::Int(q.cache1.get() as i64 - 1);
            let d = InstData::new(Op::GuardClass, &[o]).imm(class);
            let o = self.one(d.exit(Reason::WrongCallee, s));
            self.drop(1);
            let m = self.word(q.cache0.get());
            self.frame.stack.extend([m, o]);
            return;
        }
        let name = self.name(i);
        let all = self.top(1);
        let i = self.rt(1, InstData::new(Op::RtLoadMethod, &all).imm(name));
        let two = self.func.insts[i.index()].results.clone();
        self.drop(1);
        self.frame.stack.extend(two);
    }

    /// CALL_METHOD
    pub(super) fn call_method(&mut self, n: usize) {
        if self.call_seq_method(n) || self.call_function_method(n) {
            return;
        }
        let callee = self.peek(n + 2);
        if self.is_of_super(callee) {
            let args = (1..=n + 1).rev().map(|k| self.peek(k)).collect();
            let drop = n + 2;
            if self.direct(&Site { callee, args, drop }, &[]) {
                if !self.ended {
                    self.guard_result(self.q().fb.get());
                }
                return;
            }
        }
        let all = self.top(n + 2);
        // A method that LOAD_METHOD was sure of.
        let known = match self.func.def(all[0]) {
            Some((_, d)) if d.op == Op::ConstVal => Some(d.imms[0]),
            Some(_) | None => None,
        };
        if let Some(method @ Imm::Const(c)) = known
            && self.func.consts[c.index()].bits() != Value::MARK.bits()
        {
            let word = self.func.consts[c.index()].bits();
            let d = match self.env.known(word) {
                Some(Builtin::DictGet) if self.gets_quickly(&all[2..]) => {
                    let mut all = all[1..].to_vec();
                    if n == 1 {
                        all.push(self.word(Value::NONE.bits()));
                    }
                    InstData::new(Op::RtDictGet, &all)
                }
                Some(_) | None => InstData::new(Op::RtCallDescr, &all[1..]),
            };
            self.rt_push(n + 2, d.imm(method));
            return self.guard_result(self.q().fb.get());
        }
        self.rt_push(n + 2, InstData::new(Op::RtCallMethod, &all));
        self.guard_result(self.q().fb.get());
    }

    /// Whether `get` of a dict may be asked so without the call that counters would count. A tuple has no hash at hand.
    fn gets_quickly(&self, args: &[Val]) -> bool {
        let tuple = |k: &Val| {
            self.func
                .def(*k)
                .is_some_and(|d| d.1.op == Op::RtBuildTuple)
        };
        (1..=2).contains(&args.len()) && !self.env.counts() && !tuple(&args[0])
    }

    /// MAKE_FUNCTION: what the flags name, code, qualified name.
    pub(super) fn make_function(&mut self, flags: u32) {
        let extra = (flags & 15).count_ones() as usize;
        let globals = self.env.globals();
        let globals = self.word(globals);
        let all = self.top(extra + 2);
        let mut args = vec![globals, all[extra], all[extra + 1]];
        args.extend(&all[..extra]);
        let sound = match self.is_sound(flags, &args) {
            true => SOUND,
            false => 0,
        };
        let flags = Imm::Idx(flags & 15 | sound);
        let d = InstData::new(Op::RtMakeFunction, &args).imm(flags);
        self.rt_push(extra + 2, d);
    }

    /// Whether these are what MAKE_FUNCTION wants: a code object, its name, and no more than a closure of cells
    /// of this frame that fits.
    fn is_sound(&self, flags: u32, args: &[Val]) -> bool {
        let (code, name) = (self.word_of(args[1]), self.word_of(args[2]));
        let frees = self.env.frees(code, name);
        let cells = &self.frame.slots[self.nlocals..];
        let is_cell = |v: &Val| cells.iter().any(|s| s.val() == Some(*v));
        let closed = match flags & 15 {
            0 => Some(0),
            8 => self.made_of(args[3]).and_then(|all| {
                let fits = all.iter().all(is_cell);
                fits.then_some(all.len())
            }),
            _more => None,
        };
        frees.is_some() && frees == closed
    }

    /// The code of a function that was made here, and the cells of its closure; none where somebody may have got hold
    /// of it meanwhile, and given it another code. Who finds it through a frame is no matter: native frames that were
    /// looked at are left.
    pub(super) fn function_of(&self, v: Val) -> Option<(u64, Vec<Val>)> {
        let (made, d) = self.func.def(v)?;
        if !d.is_sound_function() {
            return None;
        }
        // In other blocks it may have had other uses, one in a loop those of the round before.
        let here = &self.func.blocks[self.block.index()].insts;
        let at = here.iter().position(|i| *i == made)?;
        let uses = |i: &Inst| self.func.insts[i.index()].args.contains(&v);
        if here[at..].iter().any(uses) {
            return None;
        }
        let cells = d.args.get(3).and_then(|t| self.made_of(*t));
        Some((self.word_of(d.args[1]), cells.unwrap_or_default()))
    }
}
