//! Calls of classes, and `super()`.
//!
//! An `__init__` that does nothing but store its arguments needs no frame: the object is made with its
//! attributes in their slots. That nothing of it can fail is known before it begins: a guard sees that the
//! recursion limit leaves room for the call and for the frame.

use super::Builder;
use super::bind::{Known as Callee, Source, bind};
use super::frame::Slot;
use crate::code::opcode::Opcode;
use crate::interp::attr::{Seen, Way};
use crate::interp::executable::{Executable, QInstr, Spec};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::{ClassId, Value};

/// Slots of an object that is made so, at most.
const MOST_SLOTS: u32 = 24;

/// What an `__init__` stores.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// A parameter.
    Local(usize),
    Const(u64),
}

/// The object that a call makes: its last shape, the slots that it needs, and what is in them.
struct Plain {
    shape: u32,
    room: u32,
    slots: Vec<(u32, Field)>,
}

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
        let Some((plain, params, version)) = self.plain(n, e) else {
            return false;
        };
        let cap = inline.max(plain.room);
        if cap > MOST_SLOTS || plain.slots.iter().any(|(at, _)| *at >= cap) {
            return false;
        }
        let callee = self.peek(n + 1);
        let callee = self.boxed(callee);
        let s = self.at();
        let class = Imm::Const(self.pool(e.class));
        let d = InstData::new(Op::GuardIs, &[callee]).imm(class);
        self.push(d.exit(Reason::WrongCallee, s));
        self.guard_version(e.class, e.version);
        if let Some(version) = version {
            let f = self.word(e.value);
            let func = Imm::Const(self.pool(e.value));
            let d = InstData::new(Op::GuardFuncVersion, &[f])
                .imm(func)
                .imm(Imm::Int(version as i64));
            self.push(d.exit(Reason::WrongCallee, s));
        }
        let d = InstData::new(Op::GuardRoom, &[]).imm(Imm::Idx(2));
        self.push(d.exit(Reason::OutOfRange, s));
        let used = plain.slots.iter().map(|(at, _)| at + 1).max().unwrap_or(0);
        let mut slots: Vec<Option<Val>> = vec![None; used as usize];
        for (at, field) in plain.slots {
            let v = match field {
                Field::Const(w) => self.word(w),
                Field::Local(l) => match params.get(l) {
                    // The first argument is the object; the others lie on the stack.
                    Some(Source::Arg(k)) if *k > 0 => {
                        let v = self.peek(n + 1 - k);
                        self.boxed(v)
                    }
                    Some(Source::Const(w)) => self.word(*w),
                    Some(_) | None => return false,
                },
            };
            slots[at as usize] = Some(v);
        }
        let slots: Vec<Val> = slots
            .into_iter()
            .map(|v| match v {
                Some(v) => v,
                None => self.one(InstData::new(Op::ConstEmpty, &[])),
            })
            .collect();
        let d = InstData::new(Op::RtNewInstance, &slots)
            .imm(Imm::Int(cap as i64))
            .imm(Imm::Idx(plain.shape));
        self.rt_push(n + 1, d);
        true
    }

    /// What the object is after its `__init__`, how that one's parameters are bound, and its version; none if
    /// it does more than store.
    fn plain(&self, n: usize, e: &Seen) -> Option<(Plain, Vec<Source>, Option<u64>)> {
        let mut made = Plain {
            shape: e.shape,
            room: e.room,
            slots: Vec::new(),
        };
        if e.value == 0 {
            return (n == 0).then_some((made, Vec::new(), None));
        }
        let version = self.env.version(e.value)?;
        let c = self.env.callee(e.value)?;
        let exec = c.exec.unwrap_or(self.exec);
        if exec.ncells > 0 || exec.makes.is_some() {
            return None;
        }
        let known = Callee::Function {
            word: e.value,
            version,
        };
        let params = bind(&*self.env, exec, &c, known, n + 1, &[])?;
        let from_call = |s: &Source| matches!(s, Source::Arg(_)) || matches!(s, Source::Const(_));
        if !params.iter().all(from_call) || params.first() != Some(&Source::Arg(0)) {
            return None;
        }
        self.stores(exec, params.len(), e, &mut made)?;
        Some((made, params, Some(version)))
    }

    /// Follows code that only stores attributes of its first parameter.
    fn stores(&self, exec: &Executable, params: usize, e: &Seen, made: &mut Plain) -> Option<()> {
        let mut stack = Vec::new();
        for q in &exec.instrs {
            match q.opcode() {
                Opcode::NOP => {}
                Opcode::LOAD_FAST if (q.arg as usize) < params => {
                    stack.push(Field::Local(q.arg as usize));
                }
                Opcode::LOAD_CONST => stack.push(Field::Const(q.cache0.get())),
                Opcode::STORE_ATTR => {
                    let (o, v) = (stack.pop()?, stack.pop()?);
                    if o != Field::Local(0) || v == Field::Local(0) {
                        return None;
                    }
                    let all = self.env.seen(exec, q);
                    let next = all.iter().find(|x| {
                        x.way == Way::Add && x.shape == made.shape && x.class == e.class
                    })?;
                    made.slots.push((next.index, v));
                    made.shape = next.next;
                    made.room = next.room;
                }
                Opcode::RETURN_VALUE => {
                    let none = stack.pop()? == Field::Const(Value::NONE.bits());
                    return none.then_some(());
                }
                _anything_else => return None,
            }
        }
        None
    }

    /// `super()`: with the class and the first argument of this very method it is `super(class, object)`.
    pub(super) fn call_super(&mut self, q: &QInstr) -> bool {
        let exec = self.exec;
        let code = &exec.code;
        let ncells = exec.ncells as usize;
        if self.env.burnt(self.pc, Reason::WrongShape) || code.argcount == 0 {
            return false;
        }
        let mut free = code.freevars.iter();
        let Some(free) = free.position(|n| n.as_bytes() == b"__class__") else {
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
        self.rt_push(1, InstData::new(Op::RtCall, &[f, class, first]));
        true
    }
}
