//! Entries, back edges, calls of Python functions and of the interpreter's protocols.

use super::{L, Lower, bad, clif, ret_type, value};
use crate::interp::executable::Executable;
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Ty;
use crate::jit::tier::OPEN_OFFSET;
use crate::object::{Kind, Value};
use crate::types::function::value::FunctionObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};

const EXEC: i32 = std::mem::offset_of!(FunctionObj, exec) as i32;
const ARGCOUNT: i32 = std::mem::offset_of!(Executable, argcount) as i32;
const OPEN: i32 = (std::mem::offset_of!(Executable, tier) + OPEN_OFFSET) as i32;

impl Lower<'_> {
    /// The number of frames at this op, its own included.
    fn depth_at(&mut self, d: &InstData) -> ir::Value {
        match self.frames_at(d) as i64 - 1 {
            0 => self.depth,
            n => self.b.ins().iadd_imm_s(self.depth, n),
        }
    }

    /// The same with a callee's.
    pub(super) fn callee_depth(&mut self, d: &InstData) -> ir::Value {
        let n = self.frames_at(d) as i64;
        self.b.ins().iadd_imm_s(self.depth, n)
    }

    /// Counts the frame in the Vm: whoever runs next may look.
    pub(super) fn publish(&mut self, d: &InstData) {
        let depth = self.depth_at(d);
        let depth = self.b.ins().ireduce(types::I32, depth);
        self.store_abs(depth, self.env.depth);
    }

    pub(super) fn enter(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let (slow, go) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        // The stack's limit is below every address when nothing is pending and above when something is.
        let word = self.iconst(self.env.guard as i64);
        let guard = self
            .b
            .ins()
            .atomic_load(types::I64, MemFlagsData::trusted(), word);
        let sp = self.b.ins().get_stack_pointer(types::I64);
        let low = self.b.ins().icmp(IntCC::UnsignedLessThan, sp, guard);
        self.branch_away(low, slow);
        // With this frame and those inlined in it: at the limit the interpreter takes over, because a
        // comparison counts one level more.
        let deep = self.too_deep(self.depth, self.f.room);
        self.b.ins().brif(deep, slow, &[], go, &[]);
        self.b.switch_to_block(slow);
        let now = self.depth;
        let depth = self.b.ins().iadd_imm_s(now, self.f.room as i64);
        let (leave, _) = self.cold_helper(Helper::EnterSlow, &[now, depth])?;
        self.b.ins().brif(leave, out, &[], go, &[]);
        self.b.switch_to_block(go);
        self.count_call(d, out)
    }

    /// The entry has made sure of everything else.
    pub(super) fn enter_inlined(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        self.count_call(d, out)
    }

    fn count_call(&mut self, d: &InstData, out: ir::Block) -> L<()> {
        let n = self.idx(d)?;
        self.burn(n, out);
        if self.env.count {
            let n = self.load_abs(types::I64, self.env.native_calls);
            let n = self.b.ins().iadd_imm_s(n, 1);
            self.store_abs(n, self.env.native_calls);
        }
        Ok(())
    }

    pub(super) fn guard_room(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let depth = self.depth_at(d);
        // So many levels more may be the last ones.
        let more = self.idx(d)?.saturating_sub(1);
        let deep = self.too_deep(depth, more);
        self.branch_away(deep, out);
        Ok(())
    }

    /// Whether `more` levels below `depth` the recursion limit is reached.
    pub(super) fn too_deep(&mut self, depth: ir::Value, more: u32) -> ir::Value {
        let cc = IntCC::UnsignedGreaterThanOrEqual;
        if let Some(limit) = self.env.fixed_limit {
            let most = limit.saturating_sub(more) as i64;
            return self.b.ins().icmp_imm_s(cc, depth, most);
        }
        let deepest = match more {
            0 => depth,
            n => self.b.ins().iadd_imm_s(depth, n as i64),
        };
        let limit = self.load_abs(types::I32, self.env.recursion_limit);
        let limit = self.b.ins().uextend(types::I64, limit);
        self.b.ins().icmp(cc, deepest, limit)
    }

    pub(super) fn charge(&mut self, d: &InstData) -> L<()> {
        let n = self.idx(d)?;
        let out = self.exit_block(d)?;
        self.burn(n, out);
        Ok(())
    }

    pub(super) fn poll(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let (slow, go) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        let word = self.iconst(self.env.guard as i64);
        let guard = self
            .b
            .ins()
            .atomic_load(types::I64, MemFlagsData::trusted(), word);
        let pending = self.b.ins().icmp_imm_s(IntCC::Equal, guard, -1);
        self.b.ins().brif(pending, slow, &[], go, &[]);
        self.b.switch_to_block(slow);
        self.publish(d);
        let (leave, _) = self.cold_helper(Helper::PollSlow, &[])?;
        self.b.ins().brif(leave, out, &[], go, &[]);
        self.b.switch_to_block(go);
        Ok(())
    }

    pub(super) fn call_self(&mut self, d: &InstData) -> L<()> {
        let first = self.f.order[0];
        let want = self.f.blocks[first.index()].params.len();
        if d.args.len() != want {
            return bad("a call of itself with other parameters");
        }
        let extra = want - self.f.sig.params.len();
        let callee = self.self_ref(extra);
        let mut args = vec![self.callee_depth(d)];
        args.extend(self.fuel());
        for i in 0..d.args.len() {
            args.push(self.arg(d, i)?);
        }
        let call = self.b.ins().call(callee, &args);
        let (payload, st) = self.called(call);
        self.ended(d, payload, st)?;
        self.typed_result(d, self.f.sig.ret, payload)
    }

    fn typed_result(&mut self, d: &InstData, t: Ty, payload: ir::Value) -> L<()> {
        let x = if t == Ty::Bool {
            self.b.ins().ireduce(types::I8, payload)
        } else {
            payload
        };
        self.result(d, x)
    }

    /// Calls a function's direct entry through its entry cell; where it has none (now), the
    /// helper calls it as the interpreter would and brings the result into the signature's type.
    pub(super) fn call_unit(&mut self, d: &InstData) -> L<()> {
        let code = self.const_of(d)?.bits();
        let mut sig = None;
        for i in d.imms {
            if let Imm::Sig(g) = i {
                sig = self.f.sigs.get(g.index()).cloned();
            }
        }
        let Some(sig) = sig else {
            return bad("call_unit without a signature");
        };
        let Some(extra) = d.args.len().checked_sub(sig.params.len()) else {
            return bad("call_unit with other parameters");
        };
        let Some(cell) = (self.links.cell)(code, &sig) else {
            return bad("a callee without an entry cell");
        };
        let mut args = vec![self.callee_depth(d)];
        args.extend(self.fuel());
        let before = args.len();
        for i in 0..d.args.len() {
            let x = self.arg(d, i)?;
            let want = sig.params.get(i).map_or(types::I64, |t| clif(*t));
            if self.b.func.dfg.value_type(x) != want {
                return bad("call_unit with an argument of another type");
            }
            args.push(x);
        }
        let (fast, slow, done) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        self.b.set_cold_block(slow);
        let payload = self.b.append_block_param(done, ret_type(sig.ret));
        let st = self.b.append_block_param(done, types::I64);
        let entry = self.load_abs(types::I64, cell);
        let none = self.b.ins().icmp_imm_s(IntCC::Equal, entry, 0);
        self.b.ins().brif(none, slow, &[], fast, &[]);

        self.b.switch_to_block(fast);
        let s = super::direct_sig(&sig, extra, self.env.burns);
        let s = self.b.import_signature(s);
        let call = self.b.ins().call_indirect(s, entry, &args);
        let (p, t) = self.called(call);
        self.b.ins().jump(done, &[p.into(), t.into()]);

        self.b.switch_to_block(slow);
        self.reserve_slot(d.args.len());
        for (i, &x) in args[before..].iter().enumerate() {
            let x = value::to_word(&mut self.b, x);
            let slot = self.slot;
            self.b
                .ins()
                .stack_store(types::I64, x, slot, (i * 8) as i32);
        }
        self.publish(d);
        let slot = self.slot;
        let buf = self.b.ins().stack_addr(types::I64, slot, 0);
        let cell = self.iconst(cell as i64);
        let (p, t) = self.helper(Helper::CallUnit, &[cell, buf])?;
        let p = if sig.ret == Ty::F64 {
            self.b.ins().bitcast(types::F64, MemFlagsData::new(), p)
        } else {
            p
        };
        self.b.ins().jump(done, &[p.into(), t.into()]);

        self.b.switch_to_block(done);
        self.ended(d, payload, st)?;
        self.typed_result(d, sig.ret, payload)
    }

    /// Operands from `from` on, stored to the stack slot: (address, count).
    fn spread(&mut self, d: &InstData, from: usize) -> L<(ir::Value, ir::Value)> {
        let n = d.args.len().saturating_sub(from);
        self.reserve_slot(n);
        for i in 0..n {
            let x = self.arg(d, from + i)?;
            let slot = self.slot;
            self.b
                .ins()
                .stack_store(types::I64, x, slot, (i * 8) as i32);
        }
        let slot = self.slot;
        let buf = self.b.ins().stack_addr(types::I64, slot, 0);
        let n = self.iconst(n as i64);
        Ok((buf, n))
    }

    /// `rt_call`: a function that has an open entry for so many arguments is called by it.
    pub(super) fn call_any(&mut self, d: &InstData) -> L<()> {
        if !self.opens() {
            return self.rt_spread(d, Helper::Call, None, 1);
        }
        let callee = self.arg(d, 0)?;
        let (buf, n) = self.spread(d, 1)?;
        let known = d.args.first().and_then(|v| self.f.def(*v));
        let known = known.is_some_and(|(_, c)| matches!(c.op, Op::ConstVal | Op::GuardGlobal))
            || d.args.first().is_some_and(|v| self.expected(*v).is_some());
        let slow = self.b.create_block();
        let done = self.b.create_block();
        let payload = self.b.append_block_param(done, types::I64);
        let st = self.b.append_block_param(done, types::I64);
        if known {
            self.b.ins().jump(slow, &[]);
        } else {
            self.open(d, callee, (buf, n), slow, done)?;
        }
        self.b.switch_to_block(slow);
        self.publish(d);
        let (p, t) = self.helper(Helper::Call, &[callee, buf, n])?;
        self.b.ins().jump(done, &[p.into(), t.into()]);
        self.b.switch_to_block(done);
        self.forget_row(d.args.len() - 1);
        self.ended(d, payload, st)?;
        self.rt_result(d, payload)
    }

    /// `rt_call_method`: the same, behind the receiver if there is one.
    pub(super) fn call_method(&mut self, d: &InstData) -> L<()> {
        if !self.opens() {
            return self.rt_spread(d, Helper::CallMethod, None, 2);
        }
        let (lower, upper) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let all = d.args.len() - 1;
        self.reserve_slot(all);
        let slot = self.slot;
        for i in 0..all {
            let x = self.arg(d, 1 + i)?;
            let at = (i * 8) as i32;
            self.b.ins().stack_store(types::I64, x, slot, at);
        }
        let with = self.b.ins().stack_addr(types::I64, slot, 0);
        let without = self.b.ins().stack_addr(types::I64, slot, 8);
        let mark = self.iconst(Value::MARK.bits() as i64);
        let plain = self.b.ins().icmp(IntCC::Equal, lower, mark);
        let callee = self.b.ins().select(plain, upper, lower);
        let buf = self.b.ins().select(plain, without, with);
        let (n, more) = (self.iconst(all as i64 - 1), self.iconst(all as i64));
        let given = self.b.ins().select(plain, n, more);
        let slow = self.b.create_block();
        let done = self.b.create_block();
        let payload = self.b.append_block_param(done, types::I64);
        let st = self.b.append_block_param(done, types::I64);
        self.open(d, callee, (buf, given), slow, done)?;
        self.b.switch_to_block(slow);
        self.publish(d);
        let (p, t) = self.helper(Helper::CallMethod, &[lower, upper, without, n])?;
        self.b.ins().jump(done, &[p.into(), t.into()]);
        self.b.switch_to_block(done);
        self.forget_row(all);
        self.ended(d, payload, st)?;
        self.rt_result(d, payload)
    }

    /// Nobody is to find in the first words of the stack slot what the program has let go of since.
    fn forget_row(&mut self, words: usize) {
        let nothing = self.iconst(0);
        for i in 0..words {
            let slot = self.slot;
            let at = (i * 8) as i32;
            self.b.ins().stack_store(types::I64, nothing, slot, at);
        }
    }

    /// Whether calls here are worth the code that looks for an open entry: in a loop, or in a function that may be
    /// called often. A module's lines run once, and there are many; and code with many calls would be larger by half.
    fn opens(&self) -> bool {
        self.opens && (!self.straight || self.links.open.is_some())
    }

    /// Calls a function by its open entry (`open`) with arguments in memory and goes to `done`; to `slow` where
    /// the callee is something else, or has none now.
    fn open(
        &mut self,
        d: &InstData,
        callee: ir::Value,
        (args, n): (ir::Value, ir::Value),
        slow: ir::Block,
        done: ir::Block,
    ) -> L<()> {
        value::expect_kind(&mut self.b, callee, Kind::Function, slow);
        let flags = MemFlagsData::trusted();
        let exec = self.b.ins().load(types::I64, flags, callee, EXEC);
        self.unless(exec, slow);
        let entry = self.b.ins().load(types::I64, flags, exec, OPEN);
        self.unless(entry, slow);
        let takes = self.b.ins().load(types::I32, flags, exec, ARGCOUNT);
        let n = self.b.ins().ireduce(types::I32, n);
        let fits = self.b.ins().icmp(IntCC::Equal, takes, n);
        self.unless(fits, slow);
        let depth = self.callee_depth(d);
        let sig = self.b.import_signature(super::open_sig(self.cc));
        let all = [args, depth, callee];
        self.publish_fuel();
        let call = self.b.ins().call_indirect(sig, entry, &all);
        let r = self.b.inst_results(call);
        let (p, t) = (r[0], r[1]);
        self.reload_fuel();
        self.b.ins().jump(done, &[p.into(), t.into()]);
        Ok(())
    }
    /// Goes on where it is not 0.
    fn unless(&mut self, x: ir::Value, out: ir::Block) {
        let next = self.b.create_block();
        self.b.ins().brif(x, next, &[], out, &[]);
        self.b.switch_to_block(next);
    }

    /// A helper that takes the fixed operands, then `last`: the result is a value.
    pub(super) fn rt(&mut self, d: &InstData, h: Helper, imm: Option<u64>) -> L<()> {
        let payload = self.rt_call(d, h, imm, d.args.len())?;
        self.rt_result(d, payload)
    }
    /// A helper whose operands from `fixed` on are passed as address and count.
    pub(super) fn rt_spread(
        &mut self,
        d: &InstData,
        h: Helper,
        imm: Option<u64>,
        fixed: usize,
    ) -> L<()> {
        let payload = self.rt_call(d, h, imm, fixed)?;
        self.rt_result(d, payload)
    }
    pub(super) fn rt_call(
        &mut self,
        d: &InstData,
        h: Helper,
        imm: Option<u64>,
        fixed: usize,
    ) -> L<ir::Value> {
        let mut args = Vec::new();
        if let Some(i) = imm {
            args.push(self.iconst(i as i64));
        }
        for i in 0..fixed {
            args.push(self.arg(d, i)?);
        }
        if h.arity() == args.len() + 2 {
            let (buf, n) = self.spread(d, fixed)?;
            args.extend([buf, n]);
        }
        self.publish(d);
        let (payload, st) = self.helper(h, &args)?;
        self.ended(d, payload, st)?;
        Ok(payload)
    }
    fn rt_result(&mut self, d: &InstData, payload: ir::Value) -> L<()> {
        let Some(&r) = d.results.first() else {
            return Ok(());
        };
        let x = if self.f.ty(r) == Ty::Bool {
            self.b.ins().ireduce(types::I8, payload)
        } else {
            payload
        };
        self.set(r, x);
        Ok(())
    }

    /// The general way, from `slow` on to `done` with its result.
    pub(super) fn general(
        &mut self,
        d: &InstData,
        h: Helper,
        args: &[ir::Value],
        to: [ir::Block; 2],
    ) -> L<()> {
        let [slow, done] = to;
        self.b.switch_to_block(slow);
        self.publish(d);
        let (payload, st) = self.helper(h, args)?;
        self.ended(d, payload, st)?;
        match self.b.block_params(done).is_empty() {
            true => self.b.ins().jump(done, &[]),
            false => self.b.ins().jump(done, &[payload.into()]),
        };
        self.b.switch_to_block(done);
        self.zero = None;
        Ok(())
    }

    /// A helper that writes its results to the stack slot.
    pub(super) fn rt_many(&mut self, d: &InstData, h: Helper, imm: Option<u64>) -> L<()> {
        let mut args = Vec::new();
        if let Some(i) = imm {
            args.push(self.iconst(i as i64));
        }
        for i in 0..d.args.len() {
            args.push(self.arg(d, i)?);
        }
        self.reserve_slot(d.results.len());
        let slot = self.slot;
        args.push(self.b.ins().stack_addr(types::I64, slot, 0));
        self.publish(d);
        let (payload, st) = self.helper(h, &args)?;
        self.ended(d, payload, st)?;
        for (i, &r) in d.results.iter().enumerate() {
            let slot = self.slot;
            let x = self
                .b
                .ins()
                .stack_load(types::I64, types::I64, slot, (i * 8) as i32);
            self.set(r, x);
        }
        Ok(())
    }

    /// Unit, code and instruction of an op's frame, for its line in a traceback.
    fn line(&mut self, d: &InstData) -> L<[ir::Value; 3]> {
        let state = d.state.and_then(|s| self.f.states.get(s.index()));
        let frame = state.and_then(|s| self.f.frames.get(s.frame.index()));
        let code = frame.and_then(|f| self.f.consts.get(f.code.index()));
        let (Some(s), Some(code)) = (state, code) else {
            return bad(format!("{} has no frame", d.op.name()));
        };
        let unit = self.iconst(self.env.unit as i64);
        let code = self.iconst(code.bits() as i64);
        Ok([unit, code, self.iconst(s.pc as i64)])
    }

    /// `rt_exc_match`: an exception's class is one, and matches itself.
    pub(super) fn exc_match(&mut self, d: &InstData) -> L<()> {
        let (class, wanted) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        let r = self.b.append_block_param(done, types::I64);
        let of = d.args.first();
        let known = of.and_then(|v| self.f.def(*v));
        let caught = known.is_some_and(|(_, c)| c.op == Op::RtCatch && c.results.get(3) == of);
        if caught {
            let other = self.b.create_block();
            let same = self.b.ins().icmp(IntCC::Equal, class, wanted);
            let yes = self.iconst(1);
            self.b.ins().brif(same, done, &[yes.into()], other, &[]);
            self.b.switch_to_block(other);
        }
        let (found, _) = self.helper(Helper::ClassMatches, &[class, wanted])?;
        let asked = self.b.ins().icmp_imm_s(IntCC::Equal, found, 2);
        self.b.ins().brif(asked, slow, &[], done, &[found.into()]);
        self.b.set_cold_block(slow);
        self.b.switch_to_block(slow);
        let payload = self.rt_call(d, Helper::ExcMatch, None, 2)?;
        self.b.ins().jump(done, &[payload.into()]);
        self.b.switch_to_block(done);
        self.zero = None;
        let r = self.b.ins().ireduce(types::I8, r);
        self.result(d, r)
    }

    /// `rt_catch`
    pub(super) fn rt_catch(&mut self, d: &InstData) -> L<()> {
        let Some(how) = d.how() else {
            return bad("rt_catch of an exception from nowhere");
        };
        let site = self.catch_site(d)?;
        let mut given = [None; 2];
        for i in 0..d.args.len() {
            let at = i + !how.at_hand() as usize;
            given[at] = Some(self.arg(d, i)?);
        }
        let [exc, before] = given.map(|x| x.unwrap_or_else(|| self.iconst(0)));
        self.publish(d);
        let unit = self.iconst(self.env.unit as i64);
        let site = self.iconst(site as i64 | (how as i64) << 32);
        let slot = self.slot;
        let words = self.b.ins().stack_addr(types::I64, slot, 0);
        let (payload, st) = self.helper(Helper::Catch, &[unit, site, words, exc, before])?;
        self.ended(d, payload, st)?;
        for (i, &r) in d.results.iter().enumerate() {
            let slot = self.slot;
            let x = self
                .b
                .ins()
                .stack_load(types::I64, types::I64, slot, (i * 8) as i32);
            self.set(r, x);
        }
        Ok(())
    }

    /// `rt_raise`: what the op does besides goes to the `catch` behind it.
    pub(super) fn raise_here(&mut self, d: &InstData) -> L<()> {
        let (buf, n) = self.spread(d, 0)?;
        let [unit, code, pc] = self.line(d)?;
        self.publish(d);
        let (payload, st) = self.helper(Helper::RaiseHere, &[unit, code, pc, buf, n])?;
        self.ended(d, payload, st)
    }

    /// `rt_pop_except`, `rt_pop_finally`
    pub(super) fn pop_handler(&mut self, d: &InstData, h: Helper) -> L<()> {
        let (Imm::Idx(level), Imm::Idx(nest)) = (d.imms[0], d.imms[1]) else {
            return bad("the end of a handler without its place");
        };
        let mut args = Vec::with_capacity(4);
        for i in 0..d.args.len() {
            args.push(self.arg(d, i)?);
        }
        args.push(self.iconst(level as i64));
        args.push(self.b.ins().iadd_imm_s(self.depth, nest as i64));
        self.helper(h, &args).map(|_| ())
    }

    /// `raise`, `reraise`.
    pub(super) fn raise(&mut self, d: &InstData, h: Helper, imm: Option<u64>) -> L<()> {
        let mut args = Vec::new();
        if let Some(i) = imm {
            args.push(self.iconst(i as i64));
        }
        let (buf, n) = self.spread(d, 0)?;
        args.extend([buf, n]);
        self.raised(d, h, &args)
    }
}
