//! Generators: yielding, and what only they and coroutines do.

use super::{L, Lower, bad, status, value};
use crate::interp::frame::in_generator;
use crate::jit::native::unit::ResumeCell;
use crate::jit::runtime::{FLOAT, Helper, INT};
use crate::jit::ssa::effect::PASSES;
use crate::jit::ssa::func::{Def, Entry, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::header::SHAPE_OFFSET;
use crate::object::{ClassId, Kind, Value};
use crate::types::generator::value::{GenObj, State};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, AbiParam, Block, InstBuilder, MemFlagsData, Signature, types};
use std::mem::offset_of;

/// Frames that calls inlined in a unit add to the depth, and more: nearer to the limit the runtime counts.
pub const ROOM: u32 = 16;

/// Offsets in a generator.
const STATE: i32 = offset_of!(GenObj, state) as i32;
const NATIVE: i32 = offset_of!(GenObj, native) as i32;
const OUTER: i32 = offset_of!(GenObj, outer) as i32;
const LISTED: i32 = offset_of!(GenObj, listed) as i32;
const PREV: i32 = in_generator::PREV as i32;
const SLOTS: i32 = size_of::<GenObj>() as i32;

/// Which generators an instruction resumes, and what it does with what does not just yield.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    For,
    Delegation,
}

impl Lower<'_> {
    fn load(&mut self, t: ir::Type, at: ir::Value, offset: i32) -> ir::Value {
        self.b.ins().load(t, MemFlagsData::trusted(), at, offset)
    }
    fn put(&mut self, x: ir::Value, at: ir::Value, offset: i32) {
        self.b.ins().store(MemFlagsData::trusted(), x, at, offset);
    }
    fn put_byte(&mut self, x: u8, at: ir::Value, offset: i32) {
        let x = self.b.ins().iconst(types::I8, x as i64);
        self.put(x, at, offset);
    }
    fn away_unless(&mut self, ok: ir::Value, away: Block) {
        let next = self.b.create_block();
        self.b.ins().brif(ok, next, &[], away, &[]);
        self.b.switch_to_block(next);
    }

    /// `rt_for_gen`
    pub(super) fn for_gen(&mut self, d: &InstData) -> L<()> {
        let it = self.arg(d, 0)?;
        let none = self.iconst(Value::NONE.bits() as i64);
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        let v = self.b.append_block_param(done, types::I64);
        let joined = self.joined();
        let given = self.resume(d, it, none, By::For, slow, joined)?;
        self.b.ins().jump(done, &[given.into()]);

        self.b.switch_to_block(slow);
        self.publish(d);
        let (p, st) = self.helper(Helper::ForIter, &[it])?;
        self.b.ins().jump(joined, &[p.into(), st.into()]);

        let p = self.after(d, joined)?;
        self.b.ins().jump(done, &[p.into()]);
        self.b.switch_to_block(done);
        self.zero = None;
        self.result(d, v)
    }

    /// `rt_delegate`
    pub(super) fn delegate(&mut self, d: &InstData) -> L<()> {
        let (it, sent) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let [yielded, returned] = d.results[..] else {
            return bad("rt_delegate has two results");
        };
        self.reserve_slot(2);
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        let gave = self.b.append_block_param(done, types::I64);
        let ended = self.b.append_block_param(done, types::I64);
        let joined = self.joined();
        let given = self.resume(d, it, sent, By::Delegation, slow, joined)?;
        let nothing = self.iconst(0);
        self.b.ins().jump(done, &[given.into(), nothing.into()]);

        self.b.switch_to_block(slow);
        let out = self.b.ins().stack_addr(types::I64, self.slot, 0);
        self.publish(d);
        let (p, st) = self.helper(Helper::Delegate, &[it, sent, out])?;
        self.b.ins().jump(joined, &[p.into(), st.into()]);

        self.after(d, joined)?;
        let out = self.b.ins().stack_addr(types::I64, self.slot, 0);
        let (a, b) = (self.load(types::I64, out, 0), self.load(types::I64, out, 8));
        self.b.ins().jump(done, &[a.into(), b.into()]);
        self.b.switch_to_block(done);
        self.zero = None;
        self.set(yielded, gave);
        self.set(returned, ended);
        Ok(())
    }

    /// A block that payload and status of the runtime come to.
    fn joined(&mut self) -> Block {
        let b = self.b.create_block();
        self.b.set_cold_block(b);
        self.b.append_block_param(b, types::I64);
        self.b.append_block_param(b, types::I64);
        b
    }
    /// Goes on there, where the runtime ended well; the payload.
    fn after(&mut self, d: &InstData, joined: Block) -> L<ir::Value> {
        self.b.switch_to_block(joined);
        let (p, st) = {
            let all = self.b.block_params(joined);
            (all[0], all[1])
        };
        self.ended(d, p, st)?;
        Ok(p)
    }

    /// What `interp::generator` does to a generator that native code has suspended: gives what it yields. To `slow`
    /// where anything is out of the ordinary, with nothing done; to `joined` where it does not just yield.
    fn resume(
        &mut self,
        d: &InstData,
        it: ir::Value,
        sent: ir::Value,
        by: By,
        slow: Block,
        joined: Block,
    ) -> L<ir::Value> {
        value::expect_kind(&mut self.b, it, Kind::Generator, slow);
        let class = self.load(types::I32, it, SHAPE_OFFSET);
        let ok = match by {
            By::For => self
                .b
                .ins()
                .icmp_imm_s(IntCC::Equal, class, ClassId::Generator as i64),
            By::Delegation => {
                let other = ClassId::AsyncGenerator as i64;
                self.b.ins().icmp_imm_s(IntCC::NotEqual, class, other)
            }
        };
        self.away_unless(ok, slow);
        let cell = self.load(types::I64, it, NATIVE);
        self.away_unless(cell, slow);
        let state = self.load(types::I8, it, STATE);
        let state = self.b.ins().iadd_imm_s(state, -(State::Suspended as i64));
        const { assert!(State::Delegating as u8 == State::Suspended as u8 + 1) }
        let ok = self.b.ins().icmp_imm_s(IntCC::UnsignedLessThan, state, 2);
        self.away_unless(ok, slow);
        let entry = self.load(types::I64, cell, offset_of!(ResumeCell, entry) as i32);
        self.away_unless(entry, slow);
        let (have, want) = (
            self.load(types::I64, it, in_generator::GLOBALS as i32),
            self.load(types::I64, cell, offset_of!(ResumeCell, globals) as i32),
        );
        let ok = self.b.ins().icmp(IntCC::Equal, have, want);
        self.away_unless(ok, slow);
        let object = self.load(types::I64, it, in_generator::OBJECT as i32);
        let ok = self.b.ins().icmp_imm_s(IntCC::Equal, object, 0);
        self.away_unless(ok, slow);
        // As at a function's entry: whether anything is pending, or the stack low.
        let word = self.iconst(self.env.guard as i64);
        let flags = MemFlagsData::trusted();
        let guard = self.b.ins().atomic_load(types::I64, flags, word);
        let sp = self.b.ins().get_stack_pointer(types::I64);
        let ok = self
            .b
            .ins()
            .icmp(IntCC::UnsignedGreaterThanOrEqual, sp, guard);
        self.away_unless(ok, slow);
        let depth = self.callee_depth(d);
        let deep = self.too_deep(depth, ROOM);
        self.branch_away(deep, slow);
        self.burn(1, slow);
        if self.env.count {
            let n = self.load_abs(types::I64, self.env.resumes);
            let n = self.b.ins().iadd_imm_s(n, 1);
            self.store_abs(n, self.env.resumes);
        }

        self.put_byte(State::Running as u8, it, STATE);
        let none = self.iconst(0);
        self.put(none, it, NATIVE);
        let handled = self.load_abs(types::I64, self.env.handled);
        self.put(handled, it, OUTER);
        self.put_byte(in_generator::LINKED, it, in_generator::FLAGS as i32);
        let top = self.load_abs(types::I64, self.env.top);
        self.put(top, it, PREV);
        let frame = self.b.ins().iadd_imm_s(it, in_generator::FRAME as i64);
        self.store_abs(frame, self.env.top);
        let at = self.load(types::I64, cell, offset_of!(ResumeCell, sent) as i32);
        let at = self.b.ins().iadd(it, at);
        self.put(sent, at, 0);

        let slots = self.b.ins().iadd_imm_s(it, SLOTS as i64);
        let (p, st) = self.enter_generator(slots, depth, entry);
        let (parked, other) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(other);
        let ok = self
            .b
            .ins()
            .icmp_imm_s(IntCC::Equal, st, status::PARKED as i64);
        self.b.ins().brif(ok, parked, &[], other, &[]);

        self.b.switch_to_block(other);
        let end = self.b.create_block();
        self.b.set_cold_block(end);
        // Frames are being shown: this one leaves.
        let shown = self
            .b
            .ins()
            .icmp_imm_s(IntCC::Equal, st, status::BOXED as i64);
        self.b
            .ins()
            .brif(shown, joined, &[p.into(), st.into()], end, &[]);
        self.b.switch_to_block(end);
        let (p2, st2) = match by {
            By::For => self.helper(Helper::ForEnd, &[it, p, st, depth])?,
            By::Delegation => {
                let out = self.b.ins().stack_addr(types::I64, self.slot, 0);
                self.helper(Helper::DelegateEnd, &[it, p, st, depth, out])?
            }
        };
        self.b.ins().jump(joined, &[p2.into(), st2.into()]);

        self.b.switch_to_block(parked);
        let prev = self.load(types::I64, it, PREV);
        self.store_abs(prev, self.env.top);
        self.put(none, it, PREV);
        let outer = self.load(types::I64, it, OUTER);
        self.store_abs(outer, self.env.handled);
        self.put(none, it, OUTER);
        Ok(p)
    }

    /// Calls `generator_thunk`.
    fn enter_generator(
        &mut self,
        slots: ir::Value,
        depth: ir::Value,
        entry: ir::Value,
    ) -> (ir::Value, ir::Value) {
        let mut s = Signature::new(self.cc);
        s.params = vec![AbiParam::new(types::I64); 4];
        s.returns = vec![AbiParam::new(types::I64); 2];
        let sig = self.b.import_signature(s);
        let vm = self.iconst(self.env.vm as i64);
        let thunk = self.iconst(Helper::generator_address() as i64);
        let all = [vm, slots, depth, entry];
        self.publish_fuel();
        let call = self.b.ins().call_indirect(sig, thunk, &all);
        let r = self.b.inst_results(call);
        let r = (r[0], r[1]);
        self.reload_fuel();
        r
    }

    /// `yield`: stores what has changed since the frame was entered, and returns. Position and depth follow from
    /// the instruction: whoever entered writes them.
    pub(super) fn yield_value(&mut self, d: &InstData) -> L<()> {
        let (Some(slots), Some(frame)) = (self.slots, self.f.frames.first()) else {
            return bad("a yield outside a generator's frame");
        };
        let locals = frame.locals as usize;
        let closure = (frame.cells + frame.frees) as usize;
        for (i, &v) in d.args[1..].iter().enumerate() {
            let at = if i < locals { i } else { i + closure };
            if self.is_slot(v, at) {
                continue;
            }
            let x = self.v(v)?;
            let flags = MemFlagsData::trusted();
            self.b.ins().store(flags, x, slots, (at * 8) as i32);
        }
        let x = self.arg(d, 0)?;
        let pc = self.idx(d)?;
        let code = self
            .f
            .consts
            .get(frame.code.index())
            .map_or(0, |c| c.bits());
        if let Some((cell, ip)) = (self.links.suspends)(code, pc) {
            self.give(d, x, pc, closure)?;
            let g = self.b.ins().iadd_imm_s(slots, -(SLOTS as i64));
            let state = match d.imms[1] == Imm::Bool(true) {
                true => State::Delegating,
                false => State::Suspended,
            };
            if state == State::Delegating {
                // The runtime puts it in the list of what has something to do before it dies.
                let slow = self.b.create_block();
                self.b.set_cold_block(slow);
                let listed = self.load(types::I8, g, LISTED);
                self.away_unless(listed, slow);
                self.park(d, g, (state, cell, ip), locals);
                let st = self.iconst(status::PARKED as i64);
                self.ret(x, st);
                self.b.switch_to_block(slow);
            } else {
                self.park(d, g, (state, cell, ip), locals);
                let st = self.iconst(status::PARKED as i64);
                self.ret(x, st);
                return Ok(());
            }
        }
        let st = self.iconst((pc as i64) << 8 | status::YIELD as i64);
        self.ret(x, st);
        Ok(())
    }

    /// Where this unit is entered at what follows this yield, and somebody takes all that the generator yields: gives
    /// it away and begins anew, as if it had been suspended and had gone on. Its values are in the slots.
    fn give(&mut self, d: &InstData, x: ir::Value, pc: u32, closure: usize) -> L<()> {
        let here = matches!(self.f.entry, Entry::Resume { pc: p } if p == pc + 1);
        let (Some(slots), Some(again)) = (self.slots, self.again) else {
            return Ok(());
        };
        if !here || d.imms[1] == Imm::Bool(true) {
            return Ok(());
        }
        let (give, more, park) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        let whose = self.load_abs(types::I64, self.env.taking);
        let ours = self.b.ins().icmp(IntCC::Equal, whose, slots);
        self.b.ins().brif(ours, give, &[], park, &[]);
        self.b.switch_to_block(give);
        self.add_up(d, more)?;
        self.publish_fuel();
        let (taken, _) = self.helper(Helper::TakeItem, &[x])?;
        self.reload_fuel();
        self.b.ins().brif(taken, more, &[], park, &[]);
        self.b.switch_to_block(more);
        // What is sent lies where the yielded value did.
        let none = self.iconst(Value::NONE.bits() as i64);
        let at = ((d.args.len() - 1 + closure) * 8) as i32;
        self.put(none, slots, at);
        self.b.ins().jump(again, &[]);
        self.b.switch_to_block(park);
        self.zero = None;
        Ok(())
    }

    /// A number that is added to a total of its type is, and the generator goes on at `more`; else the helper gives
    /// it away. Where fuel is counted that is always so.
    fn add_up(&mut self, d: &InstData, more: Block) -> L<()> {
        let raw = self.f.unboxed(d.args[0]);
        let (at, t) = match self.f.ty(raw) {
            Ty::F64 => (FLOAT, types::F64),
            Ty::I64 => (INT, types::I64),
            Ty::Bool | Ty::Val => return Ok(()),
        };
        if self.env.burns {
            return Ok(());
        }
        let x = self.v(raw)?;
        let (add, ask) = (self.b.create_block(), self.b.create_block());
        let total = self.load_abs(types::I64, self.env.taking + at as u64);
        self.b.ins().brif(total, add, &[], ask, &[]);
        self.b.switch_to_block(add);
        let old = self.load(t, total, 0);
        let new = if t == types::F64 {
            self.b.ins().fadd(old, x)
        } else {
            let (new, over) = self.b.ins().sadd_overflow(old, x);
            self.branch_away(over, ask);
            new
        };
        self.put(new, total, 0);
        let n = self.load_abs(types::I64, self.env.given);
        let n = self.b.ins().iadd_imm_s(n, 1);
        self.store_abs(n, self.env.given);
        self.b.ins().jump(more, &[]);
        self.b.switch_to_block(ask);
        self.zero = None;
        Ok(())
    }

    /// The generator's state, position and depth are those of a suspended one.
    fn park(&mut self, d: &InstData, g: ir::Value, to: (State, u64, u64), locals: usize) {
        let (state, cell, ip) = to;
        self.put_byte(state as u8, g, STATE);
        let cell = self.iconst(cell as i64);
        self.put(cell, g, NATIVE);
        let ip = self.iconst(ip as i64);
        self.put(ip, g, in_generator::IP as i32);
        let depth = (d.args.len() - 1 - locals) as i64;
        let depth = self.b.ins().iconst(types::I32, depth);
        self.put(depth, g, in_generator::DEPTH as i32);
    }

    /// Whether a value is what slot `at` has held since the frame was entered.
    fn is_slot(&self, v: Val, at: usize) -> bool {
        let mut v = v;
        loop {
            match self.f.vals[v.index()].def {
                Def::Param(b, i) => return self.f.order.first() == Some(&b) && i as usize == at,
                Def::Gone => return false,
                Def::Result(i, _) => {
                    let d = &self.f.insts[i.index()];
                    // A guard gives what it was given, a box what was unboxed.
                    let other = d.op.boxes().or(d.op.unboxes()).is_some();
                    let same = other || d.op.has(PASSES) || d.op == Op::KnownI64;
                    match d.args.first() {
                        Some(&of) if same => v = of,
                        Some(_) | None => return false,
                    }
                }
            }
        }
    }

    /// `rt_await`
    pub(super) fn rt_await(&mut self, d: &InstData) -> L<()> {
        let (op, place) = (self.opcode(d)?, self.int_imm(d)?);
        self.rt(d, Helper::Await, Some(op | (place as u64) << 8))
    }

    /// `async_ended`
    pub(super) fn async_ended(&mut self, d: &InstData) -> L<()> {
        let x = self.arg(d, 0)?;
        let (r, _) = self.helper(Helper::AsyncEnded, &[x])?;
        let r = self.b.ins().ireduce(types::I8, r);
        self.result(d, r)
    }
}
