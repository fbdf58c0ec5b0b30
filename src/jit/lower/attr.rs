//! Instances: their shape, their slots, and the version of their class.

use super::{L, Lower, bad};
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::object::header::SHAPE_OFFSET;
use crate::types::class::value::ClassObj;
use crate::types::instance::value::InstanceObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, types};

/// Where an instance says how many slots it has, and where they begin.
const CAP: i32 = std::mem::offset_of!(InstanceObj, cap) as i32;
const SLOTS: i64 = size_of::<InstanceObj>() as i64;

impl Lower<'_> {
    pub(super) fn guard_slots(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let o = self.arg(d, 0)?;
        let flags = MemFlagsData::trusted();
        let have = self.b.ins().load(types::I32, flags, o, CAP);
        let want = self.int_imm(d)?;
        let few = self.b.ins().icmp_imm_s(IntCC::UnsignedLessThan, have, want);
        self.branch_away(few, out);
        self.result(d, o)
    }
    pub(super) fn guard_version(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let class = self.const_of(d)?.bits();
        let at = std::mem::offset_of!(ClassObj, version) as i32;
        let want = self.int_imm(d)?;
        self.expect_number(class, at, want, out);
        Ok(())
    }
    /// Where slot number `int` of an instance lies.
    fn slot_at(&self, d: &InstData) -> L<i32> {
        let at = self.int_imm(d)?;
        match i32::try_from(SLOTS + 8 * at) {
            Ok(at) if at >= 0 => Ok(at),
            Ok(_) | Err(_) => bad("a slot out of reach"),
        }
    }
    pub(super) fn slot_get(&mut self, d: &InstData) -> L<()> {
        let at = self.slot_at(d)?;
        self.load_field(d, at)
    }
    /// `slot_set`, `slot_add`
    pub(super) fn slot_set(&mut self, d: &InstData) -> L<()> {
        let at = self.slot_at(d)?;
        let (o, v) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let flags = MemFlagsData::trusted();
        self.b.ins().store(flags, v, o, at);
        if d.op == Op::SlotAdd {
            let Imm::Idx(next) = d.imms[1] else {
                return bad("slot_add without a shape");
            };
            let next = self.b.ins().iconst(types::I32, next as i64);
            self.b.ins().store(flags, next, o, SHAPE_OFFSET);
        }
        Ok(())
    }
}
