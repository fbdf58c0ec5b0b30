//! Attributes by what their sites have found: a guard on the shape, one on the version of the class, and the
//! slot, the constant or the method that the name is then. A place that has met several shapes asks the
//! interpreter's site.

use super::Builder;
use super::bind::{Known, Site};
use crate::interp::attr::{Seen, Way};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::Value;

impl Builder<'_> {
    /// What the site of this instruction has always found, if that may be bet on.
    fn found(&self, o: Val) -> Option<Seen> {
        let q = self.q();
        let burnt = |r| self.env.burnt(self.pc, r);
        if !self.env.speculate()
            || q.poly.get()
            || self.func.ty(o) != Ty::Val
            || burnt(Reason::WrongShape)
            || burnt(Reason::ClassChanged)
        {
            return None;
        }
        let all = self.env.seen(self.exec, q);
        match all.len() {
            1 => all.first().copied(),
            _none_or_several => None,
        }
    }

    /// Guards that a class is as it was.
    pub(super) fn guard_version(&mut self, class: u64, version: u64) {
        let s = self.at();
        let class = Imm::Const(self.pool(class));
        let d = InstData::new(Op::GuardVersion, &[])
            .imm(class)
            .imm(Imm::Int(version as i64));
        self.push(d.exit(Reason::ClassChanged, s));
    }

    /// Guards that an object is of the sort that the entry speaks of; gives it.
    fn guard_receiver(&mut self, o: Val, e: &Seen) -> Val {
        let s = self.at();
        match e.way {
            Way::Global | Way::OfClass | Way::ObjectOfClass | Way::MethodOfClass => {
                let is = Imm::Const(self.pool(e.class));
                let d = InstData::new(Op::GuardIs, &[o]).imm(is);
                self.push(d.exit(Reason::WrongShape, s));
            }
            _of_any => {}
        }
        let shape = Imm::Int(e.shape as i64);
        let d = InstData::new(Op::GuardShape, &[o]).imm(shape);
        let w = self.one(d.exit(Reason::WrongShape, s));
        if e.way != Way::Global {
            self.guard_version(e.class, e.version);
        }
        if let (Way::Object | Way::ObjectOfClass, Some((class, version, shape))) =
            (e.way, e.of_value)
        {
            // It is no descriptor as long as it is of that class, and the class as it was.
            let v = self.word(e.value);
            let d = InstData::new(Op::GuardShape, &[v]).imm(Imm::Int(shape as i64));
            self.push(d.exit(Reason::WrongShape, s));
            self.guard_version(class, version);
        }
        w
    }

    /// The instance, with the slots of its shape.
    fn guard_slots(&mut self, o: Val, e: &Seen) -> Val {
        let s = self.at();
        let n = e.room.max(e.index + 1);
        let d = InstData::new(Op::GuardSlots, &[o]).imm(Imm::Int(n as i64));
        self.one(d.exit(Reason::WrongShape, s))
    }

    /// The value that a load finds, where that needs no call. The receiver is guarded.
    fn found_value(&mut self, o: Val, e: &Seen) -> Option<Val> {
        match e.way {
            Way::Slot => {
                let w = self.guard_receiver(o, e);
                let w = self.guard_slots(w, e);
                let at = Imm::Int(e.index as i64);
                let v = self.one(InstData::new(Op::SlotGet, &[w]).imm(at));
                Some(self.guarded(Op::GuardBound, &[v], Reason::WrongShape))
            }
            Way::Object | Way::ObjectOfClass if e.of_value.is_none() => None,
            Way::Value | Way::Object | Way::OfClass | Way::ObjectOfClass => {
                self.guard_receiver(o, e);
                Some(self.constant(e.value))
            }
            Way::Global => {
                self.guard_receiver(o, e);
                let cell = Imm::Const(self.pool(e.value));
                let s = self.at();
                let d = InstData::new(Op::LoadGlobalCell, &[]).imm(cell);
                Some(self.one(d.exit(Reason::GlobalChanged, s)))
            }
            Way::Dict
            | Way::Method
            | Way::ClassMethod
            | Way::MethodOfClass
            | Way::Property
            | Way::Add
            | Way::Make
            | Way::Empty => None,
        }
    }

    /// LOAD_ATTR
    pub(super) fn get_attr(&mut self, i: u32) {
        let o = self.peek(1);
        if let Some(e) = self.found(o) {
            let global = e.way == Way::Global && self.env.burnt(self.pc, Reason::GlobalChanged);
            if !global && let Some(v) = self.found_value(o, &e) {
                self.drop(1);
                self.frame.stack.push(v);
                return;
            }
            if e.way == Way::Property && self.get_property(o, &e) {
                return;
            }
        }
        let all = self.top(1);
        match self.env.site(self.q()) {
            Some(at) => self.rt_push(
                1,
                InstData::new(Op::RtGetSite, &all).imm(Imm::Int(at as i64)),
            ),
            None => {
                let name = self.name(i);
                self.rt_push(1, InstData::new(Op::RtGetAttr, &all).imm(name));
            }
        }
        if self.env.speculate() {
            self.guard_result(self.q().fb.get());
        }
    }

    /// Calls the getter of a property, a Python function. False: it is called in the general way.
    fn get_property(&mut self, o: Val, e: &Seen) -> bool {
        let getter = self.env.getter(e.value);
        let Some(version) = self.env.version(getter) else {
            return false;
        };
        let known = Known::Function {
            word: getter,
            version,
        };
        let w = self.guard_receiver(o, e);
        let callee = self.word(getter);
        let site = Site {
            callee,
            args: vec![w],
            drop: 1,
        };
        if !self.direct_to(&site, None, known) {
            return false;
        }
        if !self.ended {
            self.guard_result(self.q().fb.get());
        }
        true
    }

    /// STORE_ATTR: value, object.
    pub(super) fn set_attr(&mut self, i: u32) {
        let o = self.peek(1);
        let found = self
            .found(o)
            .filter(|e| matches!(e.way, Way::Slot | Way::Add));
        if let Some(e) = found {
            let w = self.guard_receiver(o, &e);
            let w = self.guard_slots(w, &e);
            let v = self.peek(2);
            let v = self.boxed(v);
            let at = Imm::Int(e.index as i64);
            let d = match e.way {
                Way::Add => InstData::new(Op::SlotAdd, &[w, v])
                    .imm(at)
                    .imm(Imm::Idx(e.next)),
                _same_shape => InstData::new(Op::SlotSet, &[w, v]).imm(at),
            };
            self.push(d);
            self.drop(2);
            return;
        }
        let all = self.top(2);
        let d = match self.env.site(self.q()) {
            Some(at) => InstData::new(Op::RtSetSite, &[all[1], all[0]]).imm(Imm::Int(at as i64)),
            None => {
                let name = self.name(i);
                InstData::new(Op::RtSetAttr, &[all[1], all[0]]).imm(name)
            }
        };
        self.rt(2, d);
        self.drop(2);
    }

    /// LOAD_METHOD by its site. False: it has none.
    pub(super) fn method_of_site(&mut self) -> bool {
        let o = self.peek(1);
        if let Some(e) = self.found(o) {
            match e.way {
                Way::Method | Way::MethodOfClass | Way::ClassMethod => {
                    let w = self.guard_receiver(o, &e);
                    self.drop(1);
                    let f = self.word(e.value);
                    let receiver = match e.way {
                        Way::ClassMethod => self.word(e.class),
                        _same => w,
                    };
                    self.frame.stack.extend([f, receiver]);
                    return true;
                }
                _no_method => {
                    let global =
                        e.way == Way::Global && self.env.burnt(self.pc, Reason::GlobalChanged);
                    if !global && let Some(v) = self.found_value(o, &e) {
                        self.drop(1);
                        let mark = self.word(Value::MARK.bits());
                        self.frame.stack.extend([mark, v]);
                        return true;
                    }
                }
            }
        }
        let Some(at) = self.env.site(self.q()) else {
            return false;
        };
        let all = self.top(1);
        let d = InstData::new(Op::RtMethodSite, &all).imm(Imm::Int(at as i64));
        let i = self.rt(1, d);
        let two = self.func.insts[i.index()].results.clone();
        self.drop(1);
        self.frame.stack.extend(two);
        true
    }

    /// The constant that a value is.
    fn constant_of(&self, v: Val) -> Option<u64> {
        match self.func.def(v) {
            Some((_, d)) if d.op == Op::ConstVal => match d.imms[0] {
                Imm::Const(c) => Some(self.func.consts[c.index()].bits()),
                _other => None,
            },
            Some(_) | None => None,
        }
    }

    /// CALL_METHOD with `n` arguments of a Python function that is known here, by LOAD_METHOD's bet. False: of
    /// something else.
    pub(super) fn call_function_method(&mut self, n: usize) -> bool {
        let (lower, upper) = (self.peek(n + 2), self.peek(n + 1));
        let mark = self.constant_of(lower) == Some(Value::MARK.bits());
        let (callee, first) = match mark {
            true => (upper, n),
            false => (lower, n + 1),
        };
        let Some(word) = self.constant_of(callee) else {
            return false;
        };
        let Some(version) = self.env.version(word) else {
            return false;
        };
        let known = Known::Function { word, version };
        let site = Site {
            callee,
            args: (1..=first).rev().map(|k| self.peek(k)).collect(),
            drop: n + 2,
        };
        if !self.direct_to(&site, None, known) {
            let mut all = vec![self.boxed(callee)];
            all.extend(self.top(first));
            self.rt_push(n + 2, InstData::new(Op::RtCall, &all));
        }
        if !self.ended {
            self.guard_result(self.q().fb.get());
        }
        true
    }
}
