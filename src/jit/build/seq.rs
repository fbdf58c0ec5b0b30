//! Lists, tuples and ranges: subscripts, loops, unpacking, and the calls of builtins that native code does
//! itself (`len`, `range` before a loop, `list.append`).

use super::guard::{Is, operands};
use super::{Builder, NONE};
use crate::code::opcode::Opcode;
use crate::interp::executable::{QInstr, Spec};
use crate::interp::feedback::{INT, LIST, TUPLE};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Cmp, Ty, Val};
use crate::object::{ClassId, Value};

/// A callee that native code knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    Len,
    Range,
    ListAppend,
    ListInsert,
    ListPop,
    Super,
    IsInstance,
    Abs,
    Complex,
    Ord,
    Chr,
    Reversed,
    Max,
    Min,
    DictGet,
    /// A builtin class of exceptions that are nothing but their arguments.
    Exception(ClassId),
}

/// What holds items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seq {
    List,
    Tuple,
}

impl Seq {
    pub(super) const fn len(self) -> Op {
        match self {
            Seq::List => Op::ListLen,
            Seq::Tuple => Op::TupleLen,
        }
    }
    pub(super) const fn get(self) -> Op {
        match self {
            Seq::List => Op::ListGet,
            Seq::Tuple => Op::TupleGet,
        }
    }
    const fn guard(self) -> (Op, Reason) {
        match self {
            Seq::List => (Op::GuardList, Reason::NotList),
            Seq::Tuple => (Op::GuardAnyTuple, Reason::NotTuple),
        }
    }
}

impl Builder<'_> {
    /// Which kind of sequence was always seen, if that may be bet on here.
    fn seq_of(&self, bits: u8) -> Option<Seq> {
        let s = match bits {
            LIST => Seq::List,
            TUPLE => Seq::Tuple,
            _ => return None,
        };
        (self.env.speculate() && !self.env.burnt(self.pc, s.guard().1)).then_some(s)
    }

    /// The value as that sequence; the frame learns it.
    fn as_seq(&mut self, v: Val, s: Seq) -> Val {
        let (op, r) = s.guard();
        let w = self.guarded(op, &[v], r);
        self.frame.rename(v, w);
        w
    }

    /// The value as a list, if that may be bet on here.
    pub(super) fn as_list(&mut self, v: Val) -> Option<Val> {
        let s = self.seq_of(LIST)?;
        Some(self.as_seq(v, s))
    }

    /// The container and the place that a subscript names, for the container `depth` below the top and the
    /// key on top.
    fn place(&mut self) -> Option<(Seq, Val, Val)> {
        let q = self.q();
        let (holder, key) = match q.spec() {
            Some(Spec::SUBSCR_LIST_INT) => (LIST, INT),
            Some(_) | None => operands(q),
        };
        let (o, k) = (self.peek(2), self.peek(1));
        let seq = self.seq_of(holder).filter(|_| self.func.ty(o) == Ty::Val)?;
        let is = self.is(k, key);
        // What raises again and again is left to the protocol: it raises natively.
        let raises = self.env.burnt(self.pc, Reason::OutOfRange);
        if raises || is != Is::Int || (seq == Seq::Tuple && self.op() == Opcode::STORE_SUBSCR) {
            return None;
        }
        let o = self.as_seq(o, seq);
        let k = self.peek(1);
        let i = self.as_int(k, is);
        let n = self.pure(seq.len(), &[o]);
        let i = self.guarded(Op::Index, &[i, n], Reason::OutOfRange);
        Some((seq, o, i))
    }

    /// An item in the representation of what was always found here. Nothing has happened yet: the
    /// instruction can be executed anew.
    pub(super) fn typed(&mut self, v: Val, bits: u8) -> Val {
        let (op, r) = match self.is(v, bits) {
            Is::Int => (Op::GuardInt, Reason::NotInt),
            Is::Float => (Op::GuardFloat, Reason::NotFloat),
            Is::Bool => (Op::GuardBool, Reason::NotBool),
            Is::Other => return v,
        };
        self.guarded(op, &[v], r)
    }

    /// BINARY_SUBSCR of a list or a tuple. False: it is something else.
    pub(super) fn seq_get(&mut self) -> bool {
        let Some((seq, o, i)) = self.place() else {
            return false;
        };
        let v = self.pure(seq.get(), &[o, i]);
        let v = self.typed(v, self.q().fb.get());
        self.drop(2);
        self.frame.stack.push(v);
        true
    }

    /// STORE_SUBSCR of a list: value, list, index. False: it is something else.
    pub(super) fn seq_set(&mut self) -> bool {
        let Some((_, o, i)) = self.place() else {
            return false;
        };
        let v = self.peek(3);
        let v = self.boxed(v);
        self.push(InstData::new(Op::ListSet, &[o, i, v]));
        self.drop(3);
        true
    }

    /// UNPACK_SEQUENCE of a list or tuple. False: it is something else.
    pub(super) fn seq_unpack(&mut self, n: u32) -> bool {
        let o = self.peek(1);
        if let Some(items) = self.made_of(o).filter(|all| all.len() == n as usize) {
            self.drop(1);
            self.frame.stack.extend(items.into_iter().rev());
            return true;
        }
        let Some(seq) = self
            .seq_of(self.q().cache1.get() as u8)
            .filter(|_| self.func.ty(o) == Ty::Val)
        else {
            return false;
        };
        let o = self.as_seq(o, seq);
        let (len, want) = (self.pure(seq.len(), &[o]), self.int(n as i64));
        let same = InstData::new(Op::IcmpI64, &[len, want]).imm(Imm::Cmp(Cmp::Eq));
        let same = self.one(same);
        let s = self.at();
        self.push(InstData::new(Op::GuardTrue, &[same]).exit(seq.guard().1, s));
        let mut items = Vec::new();
        for i in (0..n).rev() {
            let i = self.int(i as i64);
            items.push(self.pure(seq.get(), &[o, i]));
        }
        self.drop(1);
        self.frame.stack.extend(items);
        true
    }

    /// Bets on the callee that was always called here.
    fn known(&mut self, q: &QInstr) -> Option<Known> {
        let bet =
            self.env.speculate() && !q.poly.get() && !self.env.burnt(self.pc, Reason::WrongCallee);
        // Counters count what builtins are called; `super` is a class, and is called all the same.
        let counted = self.env.counts();
        let known = self.env.known(q.cache0.get()).filter(|_| bet);
        let class = |k: &Known| matches!(k, Known::Super | Known::Exception(_));
        known.filter(|k| class(k) || !counted)
    }

    pub(super) fn guard_callee(&mut self, f: Val, q: &QInstr) {
        let f = self.boxed(f);
        let want = Imm::Const(self.pool(q.cache0.get()));
        let s = self.at();
        let d = InstData::new(Op::GuardIs, &[f]).imm(want);
        self.push(d.exit(Reason::WrongCallee, s));
    }

    /// CALL_FUNCTION of `len`, or of `range` before a loop. False: of something else.
    pub(super) fn call_known(&mut self, n: usize) -> bool {
        let q = self.q();
        match self.known(q) {
            Some(Known::Len) if n == 1 => self.call_len(q),
            Some(Known::Range) if (1..=3).contains(&n) => self.call_range(q, n),
            Some(Known::Super) if n == 0 => self.call_super(q),
            Some(Known::IsInstance) if n == 2 => self.call_is_instance(q),
            Some(Known::Abs) if n == 1 => self.call_abs(q),
            Some(Known::Complex) if n == 2 => self.call_complex(q),
            Some(Known::Ord) if n == 1 => self.call_ord(q),
            Some(Known::Chr) if n == 1 => self.call_chr(q),
            Some(Known::Max) if n == 2 => self.call_extreme(q, Cmp::Gt),
            Some(Known::Min) if n == 2 => self.call_extreme(q, Cmp::Lt),
            Some(Known::Exception(id)) => self.call_exception(q, n, id),
            Some(
                Known::Len
                | Known::Range
                | Known::ListAppend
                | Known::ListInsert
                | Known::ListPop
                | Known::Super
                | Known::IsInstance
                | Known::Abs
                | Known::Complex
                | Known::Ord
                | Known::Chr
                | Known::Reversed
                | Known::Max
                | Known::Min
                | Known::DictGet,
            )
            | None => false,
        }
    }

    /// `isinstance(object, class)`, with the class that is there right now.
    fn call_is_instance(&mut self, q: &QInstr) -> bool {
        let (o, class) = (self.peek(2), self.peek(1));
        if self.func.ty(class) != Ty::Val {
            return false;
        }
        let class_now = match self.func.def(class) {
            Some((_, d)) if d.op == Op::LoadGlobalCell => match d.imms[0] {
                Imm::Const(c) => self.env.in_cell(self.func.consts[c.index()].bits()),
                _any => 0,
            },
            Some(_) | None => 0,
        };
        if class_now == 0 {
            return false;
        }
        let f = self.peek(3);
        self.guard_callee(f, q);
        let o = self.boxed(o);
        let class_now = Imm::Const(self.pool(class_now));
        let d = InstData::new(Op::RtIsInstance, &[o, class]).imm(class_now);
        self.rt_push(3, d);
        true
    }

    /// `max` or `min` of two ints: the second if it is beyond the first. False: something else was seen.
    fn call_extreme(&mut self, q: &QInstr, beyond: Cmp) -> bool {
        let (a, b) = (self.peek(2), self.peek(1));
        let ints = [a, b].iter().all(|v| self.is(*v, INT) == Is::Int);
        if !ints || q.fb.get() != INT || self.env.burnt(self.pc, Reason::OutOfRange) {
            return false;
        }
        let f = self.peek(3);
        self.guard_callee(f, q);
        self.guard_levels();
        let (a, b) = (self.as_int(a, Is::Int), self.as_int(b, Is::Int));
        let c = self.one(InstData::new(Op::IcmpI64, &[b, a]).imm(Imm::Cmp(beyond)));
        let r = self.pure(Op::SelectI64, &[c, b, a]);
        self.drop(3);
        self.frame.stack.push(r);
        true
    }
    /// Room for the level that the call of a builtin is, and for that of a comparison in it.
    fn guard_levels(&mut self) {
        let s = self.at();
        let d = InstData::new(Op::GuardRoom, &[]).imm(Imm::Idx(2));
        self.push(d.exit(Reason::OutOfRange, s));
    }
    /// `ValueError(…)`
    fn call_exception(&mut self, q: &QInstr, n: usize, id: ClassId) -> bool {
        if self.env.burnt(self.pc, Reason::OutOfRange) {
            return false;
        }
        let f = self.peek(n + 1);
        self.guard_callee(f, q);
        // The call is a level.
        let s = self.at();
        let d = InstData::new(Op::GuardRoom, &[]).imm(Imm::Idx(1));
        self.push(d.exit(Reason::OutOfRange, s));
        let args = self.top(n);
        let i = self.rt(n + 1, InstData::new(Op::RtBuildTuple, &args));
        let args = self.func.insts[i.index()].result();
        let store = self.one(InstData::new(Op::ConstEmpty, &[]));
        let d = InstData::new(Op::RtNewException, &[args, store]).imm(Imm::Idx(id as u32));
        self.rt_push(n + 1, d);
        true
    }

    fn call_len(&mut self, q: &QInstr) -> bool {
        let o = self.peek(1);
        let seq = self
            .seq_of(q.cache1.get() as u8)
            .filter(|_| self.func.ty(o) == Ty::Val);
        let f = self.peek(2);
        self.guard_callee(f, q);
        let Some(seq) = seq else {
            let all = self.top(2);
            self.rt_push(2, InstData::new(Op::RtLen, &all));
            self.guard_result(q.fb.get());
            return true;
        };
        let o = self.as_seq(o, seq);
        let n = self.pure(seq.len(), &[o]);
        self.drop(2);
        self.frame.stack.push(n);
        true
    }

    /// Whether that instruction is this one, and nothing jumps to it.
    pub(super) fn follows(&self, pc: u32, op: Opcode) -> bool {
        let instr = self.exec.verified.instrs.get(pc as usize);
        instr.map(|i| i.op) == Some(op) && self.cfg.block_of[pc as usize] == NONE
    }

    /// Whether `reversed`, which lies below the range that is called with `n` arguments, gets nothing but that. Only
    /// where the range counts up one by one.
    fn is_reversed(&mut self, n: usize) -> bool {
        let next = self.pc + 1;
        if n > 2 || !self.follows(next, Opcode::CALL_FUNCTION) {
            return false;
        }
        let call = &self.exec.instrs[next as usize];
        call.arg == 1 && self.known(call) == Some(Known::Reversed)
    }

    /// `range(…)` whose iterator a loop takes at once: the range itself is seen by nobody. Nor is that of
    /// `reversed(range(…))`.
    fn call_range(&mut self, q: &QInstr, n: usize) -> bool {
        let reversed = self.is_reversed(n);
        let last = self.pc + u32::from(reversed);
        let taken = self.follows(last + 1, Opcode::GET_ITER);
        let args: Vec<Val> = (1..=n).rev().map(|k| self.peek(k)).collect();
        let ints = args.iter().all(|v| self.is(*v, INT) == Is::Int);
        let misfit = self.env.burnt(self.pc, Reason::OutOfRange);
        if !taken || !ints || misfit {
            return false;
        }
        let f = self.peek(n + 1);
        self.guard_callee(f, q);
        if reversed {
            let f = self.peek(n + 2);
            self.guard_callee(f, &self.exec.instrs[last as usize]);
        }
        // What measures the range is a comparison.
        self.guard_levels();
        let args: Vec<Val> = args.into_iter().map(|v| self.as_int(v, Is::Int)).collect();
        let (start, stop, step) = match args[..] {
            [stop] => (self.int(0), stop, None),
            [start, stop] => (start, stop, None),
            [start, stop, step, ..] => (start, stop, Some(step)),
            [] => return false,
        };
        let step = match step {
            None => self.int(1),
            Some(step) => {
                let zero = self.int(0);
                let d = InstData::new(Op::IcmpI64, &[step, zero]).imm(Imm::Cmp(Cmp::Ne));
                let fits = self.one(d);
                let s = self.at();
                self.push(InstData::new(Op::GuardTrue, &[fits]).exit(Reason::OutOfRange, s));
                step
            }
        };
        let left = self.pure(Op::RangeCount, &[start, stop, step]);
        if reversed {
            let back = self.int(-1);
            let from = self.pure(Op::WrapAddI64, &[start, left]);
            let from = self.pure(Op::WrapAddI64, &[from, back]);
            let it = self.pure(Op::RangeIter, &[from, back, left]);
            self.reach(last);
            self.drop(n + 2);
            self.frame.stack.push(it);
            return true;
        }
        let it = self.pure(Op::RangeIter, &[start, step, left]);
        self.drop(n + 1);
        self.frame.stack.push(it);
        true
    }

    /// LOAD_METHOD of a list's method that native code knows. False: of something else.
    pub(super) fn seq_method(&mut self) -> bool {
        let q = self.q();
        let o = self.peek(1);
        // The interpreter keeps the method, and the number of the class behind 1.
        let list = q.cache1.get() == ClassId::List as u64 + 1 && !q.poly.get();
        let known = self.known(q);
        let known = known.filter(|k| method(*k).is_some());
        if !list || self.seq_of(LIST).is_none() || self.func.ty(o) != Ty::Val || known.is_none() {
            return false;
        }
        let o = self.as_seq(o, Seq::List);
        let f = self.word(q.cache0.get());
        self.drop(1);
        self.frame.stack.extend([f, o]);
        true
    }

    /// CALL_METHOD of what `seq_method` pushed. False: of something else.
    pub(super) fn call_seq_method(&mut self, n: usize) -> bool {
        let (f, o) = (self.peek(n + 2), self.peek(n + 1));
        let bits = match self.func.def(f) {
            Some((_, d)) if d.op == Op::ConstVal => match d.imms[0] {
                Imm::Const(c) => self.func.consts[c.index()].bits(),
                _any => return false,
            },
            Some(_) | None => return false,
        };
        let list = self.func.def(o).is_some_and(|(_, d)| d.op == Op::GuardList);
        let known = self.env.known(bits).filter(|_| list);
        match known.and_then(method) {
            Some(Method::Append) if n == 1 => self.call_append(o),
            Some(Method::Insert) if n == 2 => self.call_insert(o),
            Some(Method::Pop) if n < 2 => self.call_pop(o, n),
            Some(_) | None => false,
        }
    }

    fn call_append(&mut self, o: Val) -> bool {
        let v = self.peek(1);
        let v = self.boxed(v);
        self.rt(3, InstData::new(Op::ListPush, &[o, v]));
        self.drop(3);
        let none = self.word(Value::NONE.bits());
        self.frame.stack.push(none);
        true
    }

    fn call_insert(&mut self, o: Val) -> bool {
        let (i, v) = (self.peek(2), self.peek(1));
        if self.func.ty(i) != Ty::I64 {
            return false;
        }
        let v = self.boxed(v);
        self.rt(4, InstData::new(Op::ListInsert, &[o, v, i]));
        self.drop(4);
        let none = self.word(Value::NONE.bits());
        self.frame.stack.push(none);
        true
    }

    /// What is not there is left to the interpreter, which raises; where that is so again and again, to the method.
    fn call_pop(&mut self, o: Val, n: usize) -> bool {
        let i = match n {
            0 => self.int(-1),
            _one => self.peek(1),
        };
        if self.func.ty(i) != Ty::I64 || self.env.burnt(self.pc, Reason::OutOfRange) {
            return false;
        }
        let len = self.pure(Op::ListLen, &[o]);
        let i = self.guarded(Op::Index, &[i, len], Reason::OutOfRange);
        let v = self.pure(Op::ListGet, &[o, i]);
        let v = self.typed(v, self.q().fb.get());
        self.push(InstData::new(Op::ListCut, &[o, i]));
        self.drop(n + 2);
        self.frame.stack.push(v);
        true
    }
}

/// The methods of lists that native code does itself.
enum Method {
    Append,
    Insert,
    Pop,
}
fn method(k: Known) -> Option<Method> {
    match k {
        Known::ListAppend => Some(Method::Append),
        Known::ListInsert => Some(Method::Insert),
        Known::ListPop => Some(Method::Pop),
        Known::Len
        | Known::Range
        | Known::Super
        | Known::IsInstance
        | Known::Abs
        | Known::Complex
        | Known::Ord
        | Known::Chr
        | Known::Reversed
        | Known::Max
        | Known::Min
        | Known::DictGet
        | Known::Exception(_) => None,
    }
}
