//! Slices. Nobody sees the slice itself where a subscript or a store follows at once; of a list, its bounds are
//! numbers then. A part of a list that is at once assigned to a part of a list is not made either.

use super::frame::Slot;
use super::guard::operands;
use super::{Builder, NONE};
use crate::code::opcode::Opcode;
use crate::interp::feedback::LIST;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::Value;

/// Start and stop; the step.
struct Part {
    bounds: [Val; 2],
    step: i64,
}

/// `name[a:b] =` of a variable, in one block.
struct Target {
    name: u32,
    ends: [End; 2],
    /// The STORE_SUBSCR.
    store: u32,
}
/// Where an end of a slice is loaded, and the constant that is added to it.
type End = (u32, i64);

impl Builder<'_> {
    /// BUILD_SLICE of so many values. A subscript or a store by it that follows is done at once.
    pub(super) fn slice(&mut self, n: usize) {
        let next = self.pc + 1;
        let op = self.exec.verified.instrs.get(next as usize).map(|i| i.op);
        let alone = self.cfg.block_of[next as usize] == NONE;
        let gets = op == Some(Opcode::BINARY_SUBSCR);
        if gets && alone && !self.never(self.exec.instrs[next as usize].fb.get()) {
            if self.list_part(n, next) {
                return;
            }
            self.reach(next);
            let all = self.top(n + 1);
            self.rt_push(n + 1, InstData::new(Op::RtGetSlice, &all));
        } else if op == Some(Opcode::STORE_SUBSCR) && alone {
            self.reach(next);
            let mut all = self.top(n + 2);
            all.swap(0, 1);
            self.rt(n + 2, InstData::new(Op::RtSetSlice, &all));
            self.drop(n + 2);
        } else {
            self.collect(n, 0);
        }
    }

    /// The same with a subscript of a list, which is instruction `next`. False: of something else.
    fn list_part(&mut self, n: usize, next: u32) -> bool {
        // The items cost fuel, of which the general way takes care.
        let (holder, _) = operands(&self.exec.instrs[next as usize]);
        let o = self.peek(n + 1);
        if holder != LIST || self.env.fuel() || self.func.ty(o) != Ty::Val {
            return false;
        }
        let step = match n {
            2 => Some(1),
            // As CPython does: what is taken away from it can be taken the other way round.
            _three => {
                let step = self.number(self.peek(1)).filter(|s| *s != 0);
                step.map(|s| s.max(-i64::MAX))
            }
        };
        let Some(step) = step else { return false };
        let (start, stop) = (self.peek(n), self.peek(n - 1));
        if !self.may_bound(start) || !self.may_bound(stop) {
            return false;
        }
        let Some(o) = self.as_list(o) else {
            return false;
        };
        let part = Part {
            bounds: [self.bound(start, step, true), self.bound(stop, step, false)],
            step,
        };
        if self.list_move(n, next, o, &part) {
            return true;
        }
        self.reach(next);
        let [start, stop] = part.bounds;
        let d = InstData::new(Op::ListPart, &[o, start, stop]);
        self.rt_push(n + 1, d.imm(Imm::Int(step)));
        true
    }

    /// A constant number.
    fn number(&self, v: Val) -> Option<i64> {
        let (_, d) = self.func.def(v)?;
        (d.op == Op::ConstI64).then(|| d.int())
    }
    /// Whether it is None, or an int as far as one may bet.
    fn may_bound(&self, v: Val) -> bool {
        match self.func.ty(v) {
            Ty::I64 => true,
            Ty::F64 | Ty::Bool => false,
            Ty::Val => match self.word_of(v) {
                0 => !self.env.burnt(self.pc, Reason::NotInt),
                w => w == Value::NONE.bits(),
            },
        }
    }
    /// The number that it stands for as the start of a slice of that step, or its stop.
    fn bound(&mut self, v: Val, step: i64, start: bool) -> Val {
        match self.func.ty(v) {
            Ty::Val if self.word_of(v) != 0 => self.int(match (start, step < 0) {
                (true, false) => 0,
                (true, true) | (false, false) => i64::MAX,
                (false, true) => i64::MIN,
            }),
            Ty::Val => self.guarded(Op::GuardInt, &[v], Reason::NotInt),
            Ty::I64 | Ty::F64 | Ty::Bool => v,
        }
    }

    /// Where that part of a list is at once assigned to `name[a:b]`: both are one instruction, at the BUILD_SLICE
    /// of the first, for nothing of this can be seen before the store. False: something else follows.
    fn list_move(&mut self, n: usize, subscr: u32, from: Val, part: &Part) -> bool {
        let Some(Target { name, ends, store }) = self.target(subscr + 1) else {
            return false;
        };
        let v = match self.frame.slots.get(name as usize) {
            Some(Slot::Bound(v)) if self.func.ty(*v) == Ty::Val => *v,
            Some(_) | None => return false,
        };
        let Some(ends) = self.ends(ends) else {
            return false;
        };
        let Some(to) = self.as_list(v) else {
            return false;
        };
        let mut bounds = Vec::new();
        for (k, (v, add)) in ends.into_iter().enumerate() {
            let v = self.bound(v, 1, k == 0);
            bounds.push(match add {
                0 => v,
                add => {
                    let add = self.int(add);
                    self.guarded(Op::AddI64, &[v, add], Reason::Overflow)
                }
            });
        }
        bounds.extend(part.bounds);
        for pc in subscr..=store {
            self.reach(pc);
        }
        self.drop(n + 1);
        let mut all = vec![to, from];
        all.extend(bounds);
        let d = InstData::new(Op::ListMove, &all);
        self.rt(0, d.imm(Imm::Int(part.step)));
        true
    }

    /// The values of the ends of a target, and what is added to each: constants, or variables that are ints.
    fn ends(&mut self, ends: [End; 2]) -> Option<[(Val, i64); 2]> {
        let mut out = Vec::new();
        for (load, add) in ends {
            let i = self.exec.verified.instrs.get(load as usize)?;
            let v = match i.op {
                Opcode::LOAD_CONST => self.constant(self.exec.instrs[load as usize].cache0.get()),
                _fast => match self.frame.slots.get(i.arg as usize) {
                    Some(Slot::Bound(v)) => *v,
                    Some(_) | None => return None,
                },
            };
            let adds = add == 0 || self.word_of(v) == 0;
            if !self.may_bound(v) || !adds || self.env.burnt(self.pc, Reason::Overflow) {
                return None;
            }
            out.push((v, add));
        }
        out.try_into().ok()
    }

    /// What begins at instruction `at`, where that is one; the store has been of a list so far.
    fn target(&self, at: u32) -> Option<Target> {
        let op = |pc: u32| {
            let i = self.exec.verified.instrs.get(pc as usize)?;
            let alone = self.cfg.block_of.get(pc as usize) == Some(&NONE);
            alone.then_some((i.op, i.arg))
        };
        let (Opcode::LOAD_FAST, name) = op(at)? else {
            return None;
        };
        let mut ends = [(0, 0); 2];
        let mut pc = at + 1;
        for end in &mut ends {
            let (Opcode::LOAD_CONST | Opcode::LOAD_FAST, _) = op(pc)? else {
                return None;
            };
            *end = (pc, 0);
            pc += 1;
            let sign = match op(pc + 1)?.0 {
                Opcode::BINARY_ADD => 1,
                Opcode::BINARY_SUBTRACT => -1,
                _other => continue,
            };
            let (Opcode::LOAD_CONST, _) = op(pc)? else {
                return None;
            };
            let k = Value::from_bits(self.exec.instrs[pc as usize].cache0.get())?;
            end.1 = sign * k.as_small_int()?;
            pc += 2;
        }
        let (Opcode::BUILD_SLICE, 2) = op(pc)? else {
            return None;
        };
        let (Opcode::STORE_SUBSCR, _) = op(pc + 1)? else {
            return None;
        };
        let (holder, _) = operands(&self.exec.instrs[pc as usize + 1]);
        let store = pc + 1;
        (holder == LIST).then_some(Target { name, ends, store })
    }
}
