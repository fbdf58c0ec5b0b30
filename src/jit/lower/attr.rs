//! Instances: their shape, their slots, and the version of their class.

use super::{L, Lower, bad, value};
use crate::gc::buf;
use crate::jit::runtime::Helper;
use crate::jit::ssa::effect::OBJECT;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::{Field, Op};
use crate::object::header::{FLAG_A, FLAG_B, FLAG_USER, SHAPE_OFFSET};
use crate::object::{ClassId, Value};
use crate::types::class::shape::ShapeObj;
use crate::types::class::value::ClassObj;
use crate::types::dict::value::{DictObj, Entry};
use crate::types::exception::value::ExceptionObj;
use crate::types::function::value::FunctionObj;
use crate::types::instance::value::InstanceObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};
use std::mem::offset_of;

/// Where an instance says how many slots it has, and where they begin.
const CAP: i32 = std::mem::offset_of!(InstanceObj, cap) as i32;
const SLOTS: i64 = size_of::<InstanceObj>() as i64;
/// Where a dict keeps its entries.
const ENTRIES: i32 = offset_of!(DictObj, entries) as i32;
const ENTRY_KEY: i64 = offset_of!(Entry, key) as i64;
const ENTRY_VALUE: i64 = offset_of!(Entry, value) as i64;

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

/// The shape of instances of this class that have all their attributes, if they have got them in one order so far.
fn last_shape(c: &ClassObj) -> Option<u32> {
    let mut last = c.root.get()?.cast::<ShapeObj>()?;
    while let Some(next) = last.as_ref().next.get().and_then(Value::cast) {
        last = next;
    }
    Some(last.as_ref().number)
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
        let class = Value::from_bits(guess);
        let id = class.and_then(class_without_others);
        let Some(id) = id else {
            return match class.and_then(|c| c.cast::<ClassObj>()) {
                Some(c) if c.as_ref().user => {
                    self.is_instance_of_user(d, guess, last_shape(c.as_ref()))
                }
                Some(_) | None => self.rt(d, Helper::IsInstance, None),
            };
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

    /// Of a class that a program made whose own class is `type`: what no program's class made is no instance, and what
    /// has that shape, which is of this class, is one.
    fn is_instance_of_user(&mut self, d: &InstData, guess: u64, shape: Option<u32>) -> L<()> {
        let (o, class) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let (slow, no, done) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        let answer = self.b.append_block_param(done, types::I8);
        let want = self.iconst(guess as i64);
        let other = self.b.ins().icmp(IntCC::NotEqual, class, want);
        self.branch_away(other, slow);
        let flags = MemFlagsData::trusted();
        let user = (FLAG_USER as i64) << 40;
        // Its class may become another one.
        let head = self.b.ins().load(types::I64, flags, class, 0);
        let meta = self.b.ins().band_imm_s(head, user | u32::MAX as i64);
        let plain = ClassId::Type as u32 as i64;
        let meta = self.b.ins().icmp_imm_s(IntCC::NotEqual, meta, plain);
        self.branch_away(meta, slow);
        value::expect_object(&mut self.b, o, no);
        let head = self.b.ins().load(types::I64, flags, o, 0);
        let of_user = self.b.ins().band_imm_s(head, user);
        let of_user = self.b.ins().icmp_imm_s(IntCC::NotEqual, of_user, 0);
        let of_program = self.b.create_block();
        self.b.ins().brif(of_user, of_program, &[], no, &[]);
        self.b.switch_to_block(of_program);
        match shape {
            Some(shape) => {
                let one = self.b.ins().iconst(types::I8, 1);
                let head = self.b.ins().ireduce(types::I32, head);
                let same = self.b.ins().icmp_imm_s(IntCC::Equal, head, shape as i64);
                self.b.ins().brif(same, done, &[one.into()], slow, &[]);
            }
            None => {
                self.b.ins().jump(slow, &[]);
            }
        }
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

    pub(super) fn field_get(&mut self, d: &InstData) -> L<()> {
        let Imm::Idx(n) = d.imms[0] else {
            return bad("field_get of no field");
        };
        let at = match Field::ALL.get(n as usize) {
            Some(Field::FunctionDict) => offset_of!(FunctionObj, dict),
            Some(Field::ExceptionDict) => offset_of!(ExceptionObj, dict),
            Some(Field::ExceptionArgs) => offset_of!(ExceptionObj, args),
            None => return bad("field_get of no field"),
        };
        self.load_field(d, at as i32)
    }
    /// How far into the entries of a dict a part of an entry lies.
    fn entry_at(number: i64, part: i64) -> L<i32> {
        match i32::try_from(number * size_of::<Entry>() as i64 + part) {
            Ok(at) if at >= 0 => Ok(at),
            Ok(_) | Err(_) => bad("an entry out of reach"),
        }
    }
    pub(super) fn guard_item(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let name = self.const_of(d)?.bits();
        let Imm::Int(number) = d.imms[1] else {
            return bad("guard_item without a number");
        };
        let key_at = Self::entry_at(number, ENTRY_KEY)?;
        let o = self.arg(d, 0)?;
        if !self.is_object(d) {
            value::expect_object(&mut self.b, o, out);
        }
        let flags = MemFlagsData::trusted();
        let head = self.b.ins().load(types::I64, flags, o, 0);
        let odd = ((FLAG_A | FLAG_B | FLAG_USER) as i64) << 40 | u32::MAX as i64;
        let head = self.b.ins().band_imm_s(head, odd);
        let dict = ClassId::Dict as u32 as i64;
        let other = self.b.ins().icmp_imm_s(IntCC::NotEqual, head, dict);
        self.branch_away(other, out);
        let len = self
            .b
            .ins()
            .load(types::I64, flags, o, ENTRIES + buf::LEN_OFFSET);
        let few = self
            .b
            .ins()
            .icmp_imm_s(IntCC::UnsignedLessThanOrEqual, len, number);
        self.branch_away(few, out);
        let entries = self
            .b
            .ins()
            .load(types::I64, flags, o, ENTRIES + buf::PTR_OFFSET);
        let key = self.b.ins().load(types::I64, flags, entries, key_at);
        let name = self.iconst(name as i64);
        let differ = self.b.ins().icmp(IntCC::NotEqual, key, name);
        self.branch_away(differ, out);
        self.result(d, o)
    }
    /// The entries of a dict, and how far in the value of entry `int` lies.
    fn value_of_entry(&mut self, d: &InstData) -> L<(ir::Value, i32)> {
        let at = Self::entry_at(self.int_imm(d)?, ENTRY_VALUE)?;
        let o = self.arg(d, 0)?;
        let flags = MemFlagsData::trusted();
        let entries = self
            .b
            .ins()
            .load(types::I64, flags, o, ENTRIES + buf::PTR_OFFSET);
        Ok((entries, at))
    }
    pub(super) fn item_get(&mut self, d: &InstData) -> L<()> {
        let (entries, at) = self.value_of_entry(d)?;
        let flags = MemFlagsData::trusted();
        let v = self.b.ins().load(types::I64, flags, entries, at);
        self.result(d, v)
    }
    pub(super) fn item_set(&mut self, d: &InstData) -> L<()> {
        let (entries, at) = self.value_of_entry(d)?;
        let v = self.arg(d, 1)?;
        let flags = MemFlagsData::trusted();
        self.b.ins().store(flags, v, entries, at);
        Ok(())
    }
}
