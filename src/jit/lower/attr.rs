//! Instances: their shape, their slots, and the version of their class.

use super::{L, Lower, bad, value};
use crate::jit::runtime::Helper;
use crate::jit::ssa::effect::OBJECT;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::object::header::{FLAG_USER, SHAPE_OFFSET};
use crate::object::{ClassId, Value};
use crate::types::class::value::ClassObj;
use crate::types::instance::value::InstanceObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};

/// Where an instance says how many slots it has, and where they begin.
const CAP: i32 = std::mem::offset_of!(InstanceObj, cap) as i32;
const SLOTS: i64 = size_of::<InstanceObj>() as i64;

/// Which class this is, if its objects are none that have no header, and no builtin class derives from it.
fn class_without_others(class: Value) -> Option<ClassId> {
    let c = class.cast::<ClassObj>()?;
    let id = c.as_ref().id;
    let alone = [
        ClassId::Str,
        ClassId::Bytes,
        ClassId::List,
        ClassId::Tuple,
        ClassId::Set,
        ClassId::FrozenSet,
    ];
    let others = ClassId::ALL.iter().filter(|k| k.is_subclass(id)).count();
    (!c.as_ref().user && alone.contains(&id) && others == 1).then_some(id)
}

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
    /// Whether the first operand is known to be an object, by how it was made.
    pub(super) fn is_object(&self, d: &InstData) -> bool {
        let def = d.args.first().and_then(|v| self.f.def(*v));
        def.is_some_and(|(_, d)| d.op.has(OBJECT))
    }
    /// The shape of the first operand, which leaves for `out` where it is no object.
    pub(super) fn shape_or(&mut self, d: &InstData, out: ir::Block) -> L<ir::Value> {
        let v = self.arg(d, 0)?;
        if !self.is_object(d) {
            value::expect_object(&mut self.b, v, out);
        }
        let flags = MemFlagsData::trusted();
        Ok(self.b.ins().load(types::I32, flags, v, SHAPE_OFFSET))
    }
    pub(super) fn guard_object(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        value::expect_object(&mut self.b, v, out);
        self.result(d, v)
    }
    pub(super) fn is_shape(&mut self, d: &InstData) -> L<()> {
        let v = self.arg(d, 0)?;
        let want = self.int_imm(d)?;
        let flags = MemFlagsData::trusted();
        if self.is_object(d) {
            let have = self.b.ins().load(types::I32, flags, v, SHAPE_OFFSET);
            let same = self.b.ins().icmp_imm_s(IntCC::Equal, have, want);
            return self.result(d, same);
        }
        let (other, done) = (self.b.create_block(), self.b.create_block());
        self.b.append_block_param(done, types::I8);
        let have = self.shape_or(d, other)?;
        let same = self.b.ins().icmp_imm_s(IntCC::Equal, have, want);
        self.b.ins().jump(done, &[same.into()]);
        self.b.switch_to_block(other);
        let no = self.b.ins().iconst(types::I8, 0);
        self.b.ins().jump(done, &[no.into()]);
        self.b.switch_to_block(done);
        let r = self.b.block_params(done)[0];
        self.result(d, r)
    }
    /// Of classes from which no other builtin one derives, objects of builtin classes say by their header whether
    /// they are instances; all others are asked.
    pub(super) fn is_instance(&mut self, d: &InstData) -> L<()> {
        let guess = self.const_of(d)?.bits();
        let id = Value::from_bits(guess).and_then(class_without_others);
        let Some(id) = id else {
            return self.rt(d, Helper::IsInstance, None);
        };
        let (o, class) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        let answer = self.b.append_block_param(done, types::I8);
        let want = self.iconst(guess as i64);
        let other = self.b.ins().icmp(IntCC::NotEqual, class, want);
        self.branch_away(other, slow);
        let no = self.b.create_block();
        value::expect_object(&mut self.b, o, no);
        let flags = MemFlagsData::trusted();
        let head = self.b.ins().load(types::I64, flags, o, 0);
        let user = self.b.ins().band_imm_s(head, (FLAG_USER as i64) << 40);
        let user = self.b.ins().icmp_imm_s(IntCC::NotEqual, user, 0);
        self.branch_away(user, slow);
        let shape = self.b.ins().ireduce(types::I32, head);
        let same = self
            .b
            .ins()
            .icmp_imm_s(IntCC::Equal, shape, id as u32 as i64);
        self.b.ins().jump(done, &[same.into()]);
        self.b.switch_to_block(no);
        let zero = self.b.ins().iconst(types::I8, 0);
        self.b.ins().jump(done, &[zero.into()]);
        self.b.switch_to_block(slow);
        let r = self.rt_call(d, Helper::IsInstance, None, 2)?;
        let r = self.b.ins().ireduce(types::I8, r);
        self.b.ins().jump(done, &[r.into()]);
        self.b.switch_to_block(done);
        // The status of the call is known on one of the ways only.
        self.zero = None;
        self.result(d, answer)
    }

    /// The constant that an operand is.
    fn constant_at(&self, d: &InstData, at: usize) -> L<u64> {
        let def = d.args.get(at).and_then(|v| self.f.def(*v));
        match def.map(|(_, d)| d.imms[0]) {
            Some(Imm::Int(i)) => Ok(i as u64),
            Some(Imm::Const(c)) => match self.f.consts.get(c.index()) {
                Some(c) => Ok(c.bits()),
                None => bad("no such constant"),
            },
            Some(_) | None => bad("an operand is no constant"),
        }
    }
    /// Shape by shape; the class of the one that it is must be as it was.
    pub(super) fn guard_shapes(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        let have = self.shape_or(d, out)?;
        let done = self.b.create_block();
        let n = d.args.len() / 3;
        for k in 0..n {
            let shape = self.constant_at(d, 3 * k + 1)? as i64;
            let class = self.constant_at(d, 3 * k + 2)?;
            let version = self.constant_at(d, 3 * k + 3)? as i64;
            let differ = self.b.ins().icmp_imm_s(IntCC::NotEqual, have, shape);
            let next = (k + 1 < n).then(|| self.b.create_block());
            self.branch_away(differ, next.unwrap_or(out));
            let at = std::mem::offset_of!(ClassObj, version) as i32;
            self.expect_number(class, at, version, out);
            self.b.ins().jump(done, &[]);
            if let Some(next) = next {
                self.b.switch_to_block(next);
            }
        }
        if n == 0 {
            self.b.ins().jump(done, &[]);
        }
        self.b.switch_to_block(done);
        self.result(d, v)
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
