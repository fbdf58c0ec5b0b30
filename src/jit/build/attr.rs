//! Attributes by what their sites have found: a guard on the shape, one on the version of the class, and the
//! slot, the constant or the method that the name is then. A place that has met several: see `fork`.

use super::Builder;
use super::bind::{Known, Site};
use crate::interp::attr::{Seen, Way};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::{Field, Op};
use crate::jit::ssa::types::Val;
use crate::object::Value;

impl Builder<'_> {
    /// Guards that a class is as it was.
    pub(super) fn guard_version(&mut self, class: u64, version: u64) {
        let s = self.at();
        let class = Imm::Const(self.pool(class));
        let d = InstData::new(Op::GuardVersion, &[])
            .imm(class)
            .imm(Imm::Int(version as i64));
        self.push(d.exit(Reason::ClassChanged, s));
    }

    /// Guards that an object is of the sort that the entry speaks of; gives it. `tested`: it has that shape.
    pub(super) fn guard_receiver(&mut self, o: Val, e: &Seen, tested: bool) -> Val {
        let s = self.at();
        let one = matches!(
            e.way,
            Way::Global | Way::OfClass | Way::ObjectOfClass | Way::MethodOfClass
        );
        if one {
            let is = Imm::Const(self.pool(e.class));
            let d = InstData::new(Op::GuardIs, &[o]).imm(is);
            self.push(d.exit(Reason::WrongShape, s));
        }
        let shape = Imm::Int(e.shape as i64);
        let w = match tested && !one {
            true => self.one(InstData::new(Op::AsShape, &[o]).imm(shape)),
            false => {
                let d = InstData::new(Op::GuardShape, &[o]).imm(shape);
                self.one(d.exit(Reason::WrongShape, s))
            }
        };
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

    /// The instance, with the slots that all shapes of an arm have.
    fn guard_slots(&mut self, o: Val, arm: &[Seen]) -> Val {
        let s = self.at();
        let room = arm.iter().map(|e| e.room.max(e.index + 1)).min();
        let n = room.unwrap_or(0);
        let d = InstData::new(Op::GuardSlots, &[o]).imm(Imm::Int(n as i64));
        self.one(d.exit(Reason::NoSlot, s))
    }

    /// Whether the value that a load finds needs no call.
    fn is_value(&self, e: &Seen) -> bool {
        match e.way {
            Way::Slot | Way::Item | Way::Held | Way::Args => {
                !self.env.burnt(self.pc, Reason::NoSlot)
            }
            Way::Value | Way::OfClass => true,
            Way::Object | Way::ObjectOfClass => e.of_value.is_some(),
            Way::Global => !self.env.burnt(self.pc, Reason::GlobalChanged),
            Way::Dict
            | Way::Method
            | Way::ClassMethod
            | Way::MethodOfClass
            | Way::Property
            | Way::Add
            | Way::Make
            | Way::Empty => false,
        }
    }

    /// That value, of a receiver that was guarded.
    fn value_of(&mut self, w: Val, arm: &[Seen]) -> Option<Val> {
        let e = arm.first().filter(|e| self.is_value(e))?;
        Some(match e.way {
            Way::Slot => {
                let w = self.guard_slots(w, arm);
                let at = Imm::Int(e.index as i64);
                let v = self.one(InstData::new(Op::SlotGet, &[w]).imm(at));
                self.guarded(Op::GuardBound, &[v], Reason::NoSlot)
            }
            Way::Global => {
                let cell = Imm::Const(self.pool(e.value));
                let s = self.at();
                let d = InstData::new(Op::LoadGlobalCell, &[]).imm(cell);
                self.one(d.exit(Reason::GlobalChanged, s))
            }
            Way::Held => {
                let w = self.holder(w, e);
                let at = Imm::Int(e.index as i64);
                let v = self.one(InstData::new(Op::SlotGet, &[w]).imm(at));
                self.guarded(Op::GuardBound, &[v], Reason::NoSlot)
            }
            Way::Item => {
                let d = self.dict_of_function(w, e);
                let at = Imm::Int(e.index as i64);
                self.one(InstData::new(Op::ItemGet, &[d]).imm(at))
            }
            Way::Args => self.field_of(w, Field::ExceptionArgs),
            Way::Value | Way::OfClass | Way::Object | Way::ObjectOfClass => self.constant(e.value),
            Way::Dict
            | Way::Method
            | Way::ClassMethod
            | Way::MethodOfClass
            | Way::Property
            | Way::Add
            | Way::Make
            | Way::Empty => return None,
        })
    }

    /// What an object of a builtin layout has in a field: something.
    fn field_of(&mut self, w: Val, field: Field) -> Val {
        let field = Imm::Idx(field as u32);
        let v = self.one(InstData::new(Op::FieldGet, &[w]).imm(field));
        self.guarded(Op::GuardBound, &[v], Reason::NoSlot)
    }
    /// What holds the attributes of an exception that was guarded, with its slots.
    fn holder(&mut self, w: Val, e: &Seen) -> Val {
        let v = self.field_of(w, Field::ExceptionDict);
        let s = self.at();
        let d = InstData::new(Op::GuardShape, &[v]).imm(Imm::Int(e.next as i64));
        let v = self.one(d.exit(Reason::NoSlot, s));
        self.guard_slots(v, &[*e])
    }
    /// The dict of a function that was guarded, in which the entry is where it was.
    fn dict_of_function(&mut self, w: Val, e: &Seen) -> Val {
        let v = self.field_of(w, Field::FunctionDict);
        let s = self.at();
        let name = Imm::Const(self.pool(e.value));
        let d = InstData::new(Op::GuardItem, &[v])
            .imm(name)
            .imm(Imm::Int(e.index as i64));
        self.one(d.exit(Reason::NoSlot, s))
    }

    /// LOAD_ATTR
    pub(super) fn get_attr(&mut self, i: u32) {
        if self.unseen() {
            return self.exit(Reason::ColdPath);
        }
        let o = self.peek(1);
        let ways = self.ways(o, |e| self.is_value(e) || e.way == Way::Property);
        if let Some(arm) = ways.only() {
            let w = self.guard_arm(o, arm);
            return self.get_arm(w, arm, i);
        }
        if ways.arms.is_empty() || !self.may_fork(&ways, 1) {
            return self.get_general(i);
        }
        self.each_way(o, &ways, 1, &mut |b, arm| match arm {
            Some((w, arm)) => b.get_arm(w, arm, i),
            None => b.get_general(i),
        });
    }

    /// LOAD_ATTR of a receiver that was found to be one of the arm.
    fn get_arm(&mut self, w: Val, arm: &[Seen], i: u32) {
        if let Some(v) = self.value_of(w, arm) {
            self.drop(1);
            self.frame.stack.push(v);
            return;
        }
        match arm.first() {
            Some(e) if e.way == Way::Property && self.get_property(w, e) => {}
            Some(_) | None => self.get_general(i),
        }
    }

    /// LOAD_ATTR of anything.
    fn get_general(&mut self, i: u32) {
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
    fn get_property(&mut self, w: Val, e: &Seen) -> bool {
        let getter = self.env.getter(e.value);
        let Some(version) = self.env.version(getter) else {
            return false;
        };
        let known = Known::Function {
            word: getter,
            version,
        };
        let callee = self.word(getter);
        let site = Site {
            callee,
            args: vec![w],
            drop: 1,
        };
        if !self.direct_to(&site, &[], known) {
            return false;
        }
        if !self.ended {
            self.guard_result(self.q().fb.get());
        }
        true
    }

    /// STORE_ATTR: value, object.
    pub(super) fn set_attr(&mut self, i: u32) {
        if self.unseen() {
            return self.exit(Reason::ColdPath);
        }
        let o = self.peek(1);
        let no_slot = self.env.burnt(self.pc, Reason::NoSlot);
        let stores = |w| matches!(w, Way::Slot | Way::Add | Way::Item | Way::Held);
        let ways = self.ways(o, |e| stores(e.way) && !no_slot);
        if let Some(arm) = ways.only() {
            let w = self.guard_arm(o, arm);
            return self.set_arm(w, arm);
        }
        if ways.arms.is_empty() || !self.may_fork(&ways, 1) {
            return self.set_general(i);
        }
        self.each_way(o, &ways, 2, &mut |b, arm| match arm {
            Some((w, arm)) => b.set_arm(w, arm),
            None => b.set_general(i),
        });
    }

    /// STORE_ATTR of a receiver that was found to be one of the arm.
    fn set_arm(&mut self, w: Val, arm: &[Seen]) {
        let Some(e) = arm.first() else { return };
        let w = match e.way {
            Way::Item => self.dict_of_function(w, e),
            Way::Held => self.holder(w, e),
            _instance => self.guard_slots(w, arm),
        };
        let v = self.peek(2);
        let v = self.boxed(v);
        let at = Imm::Int(e.index as i64);
        let d = match e.way {
            Way::Item => InstData::new(Op::ItemSet, &[w, v]).imm(at),
            Way::Add => InstData::new(Op::SlotAdd, &[w, v])
                .imm(at)
                .imm(Imm::Idx(e.next)),
            _same_shape => InstData::new(Op::SlotSet, &[w, v]).imm(at),
        };
        self.push(d);
        if e.way == Way::Add {
            self.know(w, vec![e.next]);
        }
        self.drop(2);
    }

    /// STORE_ATTR of anything.
    fn set_general(&mut self, i: u32) {
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

    /// LOAD_METHOD by its site; where that knows several, the call, too. False: it has none.
    pub(super) fn method_of_site(&mut self) -> bool {
        let o = self.peek(1);
        let ways = self.ways(o, |e| {
            let method = matches!(e.way, Way::Method | Way::MethodOfClass | Way::ClassMethod);
            method || self.is_value(e)
        });
        if let Some(arm) = ways.only() {
            let w = self.guard_arm(o, arm);
            self.method_arm(w, arm);
            return true;
        }
        let from = self.pc;
        if !ways.arms.is_empty()
            && let Some(call) = self.call_of_method(from)
            && self.may_fork(&ways, (call - from) as usize)
        {
            self.each_way(o, &ways, 1, &mut |b, arm| {
                let found = match arm {
                    Some((w, arm)) => {
                        b.method_arm(w, arm);
                        true
                    }
                    None => b.method_general(),
                };
                if !found {
                    return b.exit(Reason::WrongShape);
                }
                let mut pc = from + 1;
                while pc <= call && !b.ended {
                    b.instr(pc);
                    pc = b.pc + 1;
                }
            });
            self.pc = call;
            return true;
        }
        self.method_general()
    }

    /// LOAD_METHOD of a receiver that was found to be one of the arm.
    fn method_arm(&mut self, w: Val, arm: &[Seen]) {
        let Some(e) = arm.first() else { return };
        if let Some(v) = self.value_of(w, arm) {
            self.drop(1);
            let mark = self.word(Value::MARK.bits());
            self.frame.stack.extend([mark, v]);
            return;
        }
        self.drop(1);
        let f = self.word(e.value);
        let receiver = match e.way {
            Way::ClassMethod => self.word(e.class),
            _same => w,
        };
        self.frame.stack.extend([f, receiver]);
    }

    /// LOAD_METHOD of anything, by its site. False: it has none.
    fn method_general(&mut self) -> bool {
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
    pub(super) fn constant_of(&self, v: Val) -> Option<u64> {
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
        if !self.direct_to(&site, &[], known) {
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
