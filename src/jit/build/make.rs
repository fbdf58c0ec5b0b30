//! Calls of classes, and `super()`.
//!
//! An `__init__` that does nothing but store its arguments needs no frame: the object is made with its
//! attributes in their slots. That nothing of it can fail is known before it begins: a guard sees that the
//! recursion limit leaves room for the call and for the frame.

use super::Builder;
use super::bind::{Known, known};
use super::frame::Slot;
use super::init::{Field, Global, class_cell};
use crate::code::opcode::Opcode;
use crate::interp::attr::{Seen, Way};
use crate::interp::executable::{QInstr, Spec};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::ClassId;

/// Slots of an object that is made so, at most.
const MOST_SLOTS: u32 = 24;

impl Builder<'_> {
    /// CALL_FUNCTION with `n` arguments of a class that a program made. False: of something else.
    pub(super) fn call_class(&mut self, n: usize) -> bool {
        let q = self.q();
        if q.spec() != Some(Spec::CALL_CLASS) || q.poly.get() || !self.env.speculate() {
            return false;
        }
        let seen = self.env.seen(self.exec, q);
        let Some(e) = seen.first().copied().filter(|e| e.way == Way::Make) else {
            return false;
        };
        if self.make_plain(n, &e) {
            return true;
        }
        let Some(at) = self.env.site(q) else {
            return false;
        };
        let all = self.top(n + 1);
        let d = InstData::new(Op::RtMake, &all).imm(Imm::Int(at as i64));
        self.rt_push(n + 1, d);
        true
    }

    fn make_plain(&mut self, n: usize, e: &Seen) -> bool {
        let burnt = |r| self.env.burnt(self.pc, r);
        // Where calls and fuel are counted, `__init__` is one.
        if self.env.entries()
            || burnt(Reason::WrongCallee)
            || burnt(Reason::ClassChanged)
            || burnt(Reason::OutOfRange)
        {
            return false;
        }
        let Some(inline) = e.inline else {
            return false;
        };
        let Some(plain) = self.plain(n, e) else {
            return false;
        };
        let used = plain.slots.iter().map(|(at, _)| at + 1).max().unwrap_or(0);
        let cap = inline.max(used);
        if cap > MOST_SLOTS {
            return false;
        }
        let callee = self.peek(n + 1);
        let callee = self.boxed(callee);
        let s = self.at();
        let class = Imm::Const(self.pool(e.class));
        let d = InstData::new(Op::GuardIs, &[callee]).imm(class);
        self.push(d.exit(Reason::WrongCallee, s));
        self.guard_version(e.class, e.version);
        for &(f, version) in &plain.functions {
            let w = self.word(f);
            let func = Imm::Const(self.pool(f));
            let d = InstData::new(Op::GuardFuncVersion, &[w])
                .imm(func)
                .imm(Imm::Int(version as i64));
            self.push(d.exit(Reason::WrongCallee, s));
        }
        let globals: Vec<Val> = plain.globals.iter().map(|g| self.global_of(g)).collect();
        for &(g, callee) in &plain.callees {
            let callee = Imm::Const(self.pool(callee));
            let d = InstData::new(Op::GuardIs, &[globals[g]]).imm(callee);
            self.push(d.exit(Reason::WrongCallee, s));
        }
        for &(cell, content) in &plain.cells {
            let cell = self.word(cell);
            let v = self.pure(Op::LoadCell, &[cell]);
            let content = Imm::Const(self.pool(content));
            let d = InstData::new(Op::GuardIs, &[v]).imm(content);
            self.push(d.exit(Reason::WrongCallee, s));
        }
        let d = InstData::new(Op::GuardRoom, &[]).imm(Imm::Idx(plain.levels));
        self.push(d.exit(Reason::OutOfRange, s));
        // Nothing leaves any more.
        let lists: Vec<Val> = plain
            .lists
            .iter()
            .map(|items| {
                let items: Vec<Val> = self.fields(n, items, &globals, &[]);
                let i = self.rt(n + 1, InstData::new(Op::RtBuildList, &items));
                self.func.insts[i.index()].result()
            })
            .collect();
        let mut slots: Vec<Option<Field>> = vec![None; used as usize];
        for (at, field) in plain.slots {
            slots[at as usize] = Some(field);
        }
        let slots: Vec<Val> = slots
            .into_iter()
            .map(|f| match f {
                Some(f) => self.field(n, f, &globals, &lists),
                None => self.one(InstData::new(Op::ConstEmpty, &[])),
            })
            .collect();
        let instance = InstData::new(Op::RtNewInstance, &slots)
            .imm(Imm::Int(cap as i64))
            .imm(Imm::Idx(plain.shape));
        if !e.exception {
            self.rt_push(n + 1, instance);
            return true;
        }
        let args = match plain.args {
            Some(args) => self.fields(n, &args, &globals, &lists),
            None => self.top(n),
        };
        let i = self.rt(n + 1, InstData::new(Op::RtBuildTuple, &args));
        let args = self.func.insts[i.index()].result();
        let store = match slots.is_empty() {
            true => self.one(InstData::new(Op::ConstEmpty, &[])),
            false => {
                let i = self.rt(n + 1, instance);
                self.func.insts[i.index()].result()
            }
        };
        let d = InstData::new(Op::RtNewException, &[args, store]).imm(Imm::Idx(e.shape));
        self.rt_push(n + 1, d);
        true
    }

    /// A global that an `__init__` names.
    fn global_of(&mut self, g: &Global) -> Val {
        let s = self.at();
        if let Some((globals, version)) = g.builtin {
            let globals = Imm::Const(self.pool(globals));
            let d = InstData::new(Op::GuardKeysVersion, &[])
                .imm(globals)
                .imm(Imm::Int(version as i64));
            self.push(d.exit(Reason::GlobalChanged, s));
        }
        let cell = Imm::Const(self.pool(g.cell));
        let d = InstData::new(Op::LoadGlobalCell, &[]).imm(cell);
        self.one(d.exit(Reason::GlobalChanged, s))
    }

    fn field(&mut self, n: usize, f: Field, globals: &[Val], lists: &[Val]) -> Val {
        match f {
            // The first argument is the object, which is in no field.
            Field::Arg(k) => {
                let v = self.peek(n + 1 - k);
                self.boxed(v)
            }
            Field::Const(w) => self.word(w),
            Field::Global(g) => globals[g],
            Field::List(l) => lists[l],
        }
    }
    fn fields(&mut self, n: usize, all: &[Field], globals: &[Val], lists: &[Val]) -> Vec<Val> {
        all.iter()
            .map(|f| self.field(n, *f, globals, lists))
            .collect()
    }

    /// The LOAD_METHOD behind `super()`, where a Python function has been found so far: no `super` is made, which nobody
    /// sees. False: it is something else.
    fn found_by_super(&mut self, class: Val, first: Val) -> bool {
        let load = self.pc + 1;
        let Some(at) = self.exec.verified.instrs.get(load as usize) else {
            return false;
        };
        let call = match self.follows(load, Opcode::LOAD_METHOD) {
            true => self.call_of_method(load),
            false => None,
        };
        let found = call.is_some_and(|pc| {
            let q = &self.exec.instrs[pc as usize];
            !q.poly.get() && matches!(known(q), Some(Known::Function { .. }))
        });
        let name = self.name(at.arg);
        let Imm::Const(n) = name else { return false };
        let word = self.func.consts[n.index()].bits();
        if !found || self.env.is_text(word, b"__class__") || self.env.burnt(self.pc, Reason::NoSlot)
        {
            return false;
        }
        let d = InstData::new(Op::SuperMethod, &[class, first]).imm(name);
        let f = self.one(d);
        let f = self.guarded(Op::GuardBound, &[f], Reason::NoSlot);
        self.reach(load);
        self.drop(1);
        self.frame.stack.extend([f, first]);
        true
    }
    /// Whether this is a function that was found so.
    pub(super) fn is_of_super(&self, f: Val) -> bool {
        let d = self.func.def(f).filter(|(_, d)| d.op == Op::GuardBound);
        let under = d.and_then(|(_, d)| self.func.def(d.args[0]));
        under.is_some_and(|(_, d)| d.op == Op::SuperMethod)
    }

    /// `super()`: with the class and the first argument of this very method it is `super(class, object)`.
    pub(super) fn call_super(&mut self, q: &QInstr) -> bool {
        let exec = self.exec;
        let code = &exec.code;
        let ncells = exec.ncells as usize;
        if self.env.burnt(self.pc, Reason::WrongShape) || code.argcount == 0 {
            return false;
        }
        let Some(free) = class_cell(exec) else {
            return false;
        };
        let celled = exec.cell2arg.iter().position(|a| *a == 0);
        let first = match (self.frame.slots.first(), celled) {
            (Some(Slot::Bound(v)), _) => *v,
            (Some(Slot::Empty), Some(cell)) => {
                let c = self.cell(cell as u32);
                let v = self.pure(Op::LoadCell, &[c]);
                self.guarded(Op::GuardBound, &[v], Reason::UnboundLocal)
            }
            (Some(_) | None, _) => return false,
        };
        let f = self.peek(1);
        self.guard_callee(f, q);
        let c = self.cell((ncells + free) as u32);
        let class = self.pure(Op::LoadCell, &[c]);
        if self.func.ty(class) != Ty::Val {
            return false;
        }
        // What is no class raises another error here than there.
        let s = self.at();
        let d = InstData::new(Op::GuardShape, &[class]).imm(Imm::Int(ClassId::Type as i64));
        let class = self.one(d.exit(Reason::WrongShape, s));
        let (f, first) = (self.boxed(f), self.boxed(first));
        if self.found_by_super(class, first) {
            return true;
        }
        self.rt_push(1, InstData::new(Op::RtCall, &[f, class, first]));
        true
    }
}
