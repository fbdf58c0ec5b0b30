//! Fields of heap objects, at the offsets their layouts promise.

use super::exit::SiteKind;
use super::{L, Lower, bad};
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::types::cell::value::{CellObj, GlobalCellObj};
use crate::types::function::value::FunctionObj;
use crate::types::range::value::RangeIterObj;
use crate::types::tuple::value::TupleObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};

const GLOBAL: i32 = std::mem::offset_of!(GlobalCellObj, value) as i32;
const WATCHED: i32 = std::mem::offset_of!(GlobalCellObj, watched) as i32;
const CELL: i32 = std::mem::offset_of!(CellObj, value) as i32;
pub(super) const NEXT: i32 = std::mem::offset_of!(RangeIterObj, next) as i32;
pub(super) const STEP: i32 = std::mem::offset_of!(RangeIterObj, step) as i32;
pub(super) const REMAINING: i32 = std::mem::offset_of!(RangeIterObj, remaining) as i32;
pub(super) const DEFAULTS: i32 = std::mem::offset_of!(FunctionObj, defaults) as i32;
pub(super) const CLOSURE: i32 = std::mem::offset_of!(FunctionObj, closure) as i32;
const FIRST: u64 = std::mem::offset_of!(FunctionObj, first) as u64;
/// Where a tuple's items begin.
pub(super) const ITEMS: i64 = std::mem::size_of::<TupleObj>() as i64;

impl Lower<'_> {
    pub(super) fn load_global_cell(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let cell = self.const_of(d)?.bits();
        let p = self.iconst(cell as i64);
        let v = self
            .b
            .ins()
            .load(types::I64, MemFlagsData::trusted(), p, GLOBAL);
        // Where a guard wants one object, that is compared with at once: emptiness is another word.
        let bet = d.results.first().and_then(|r| self.expected(*r));
        if let Some((guard, want)) = bet {
            let out = self.exit_of_load(d, guard)?;
            // Where it can, the comparison says that the function is as it was, too.
            let known = self.iconst(want as i64);
            let word = match self.is_first(guard)? {
                true => self.load_abs(types::I64, want + FIRST),
                false => known,
            };
            let differ = self.b.ins().icmp(IntCC::NotEqual, v, word);
            self.branch_away(differ, out);
            return self.result(d, known);
        }
        let out = self.exit_block(d)?;
        let gone = self.b.ins().icmp_imm_s(IntCC::Equal, v, 0);
        self.branch_away(gone, out);
        self.result(d, v)
    }
    /// Nothing to do: a unit whose cell has changed is not entered, and no frame of it goes on (`jit::watch`).
    pub(super) fn guard_global(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let Some(function) = self.held(d) else {
            return bad("guard_global without a function");
        };
        let function = self.iconst(function as i64);
        self.result(d, function)
    }
    /// The function that a `guard_global` gives.
    pub(super) fn held(&self, d: &InstData) -> Option<u64> {
        match d.imms[1] {
            Imm::Const(c) if d.op == Op::GuardGlobal => {
                self.f.consts.get(c.index()).map(|c| c.bits())
            }
            _other => None,
        }
    }
    /// Where a load leaves whose value is not what a guard wants: the guard's bet, at the load.
    pub(super) fn exit_of_load(&mut self, load: &InstData, guard: &InstData) -> L<ir::Block> {
        let (Some(reason), Some(at)) = (guard.reason, guard.state) else {
            return bad("a guard without a way out");
        };
        let Some(state) = load.state else {
            return bad("load_global_cell without a state");
        };
        let bet = self.f.states[at.index()].at();
        self.exit_for(SiteKind::Exit, reason, state, bet)
    }
    pub(super) fn store_global_cell(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let cell = self.const_of(d)?.bits();
        let out = self.exit_block(d)?;
        let p = self.iconst(cell as i64);
        let old = self
            .b
            .ins()
            .load(types::I64, MemFlagsData::trusted(), p, GLOBAL);
        let gone = self.b.ins().icmp_imm_s(IntCC::Equal, old, 0);
        self.branch_away(gone, out);
        let flags = MemFlagsData::trusted();
        let watched = self.b.ins().load(types::I8, flags, p, WATCHED);
        self.branch_away(watched, out);
        let v = self.arg(d, 0)?;
        self.b.ins().store(MemFlagsData::trusted(), v, p, GLOBAL);
        Ok(())
    }
    pub(super) fn load_cell(&mut self, d: &InstData) -> L<()> {
        self.load_field(d, CELL)
    }
    pub(super) fn load_field(&mut self, d: &InstData, at: i32) -> L<()> {
        let p = self.arg(d, 0)?;
        let v = self
            .b
            .ins()
            .load(types::I64, MemFlagsData::trusted(), p, at);
        self.result(d, v)
    }
    pub(super) fn store_cell(&mut self, d: &InstData) -> L<()> {
        let (p, v) = (self.arg(d, 0)?, self.arg(d, 1)?);
        self.b.ins().store(MemFlagsData::trusted(), v, p, CELL);
        Ok(())
    }
    pub(super) fn range_advance(&mut self, d: &InstData) -> L<()> {
        let (p, next, left) = (self.arg(d, 0)?, self.arg(d, 1)?, self.arg(d, 2)?);
        self.b.ins().store(MemFlagsData::trusted(), next, p, NEXT);
        self.b
            .ins()
            .store(MemFlagsData::trusted(), left, p, REMAINING);
        Ok(())
    }
    /// An item of a tuple that a function has; how many there are, a guard has seen.
    pub(super) fn load_func_item(&mut self, d: &InstData, field: i32) -> L<()> {
        let f = self.arg(d, 0)?;
        let flags = MemFlagsData::trusted();
        let tuple = self.b.ins().load(types::I64, flags, f, field);
        self.load_item(d, tuple)
    }
    pub(super) fn load_tuple_item(&mut self, d: &InstData) -> L<()> {
        let tuple = self.arg(d, 0)?;
        self.load_item(d, tuple)
    }
    fn load_item(&mut self, d: &InstData, tuple: ir::Value) -> L<()> {
        let Ok(at) = i32::try_from(ITEMS + 8 * self.int_imm(d)?) else {
            return bad("an item too far");
        };
        let flags = MemFlagsData::trusted();
        let v = self.b.ins().load(types::I64, flags, tuple, at);
        self.result(d, v)
    }
}
