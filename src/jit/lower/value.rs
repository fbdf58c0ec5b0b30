//! The tag arithmetic of `object/value.rs`, in CLIF.

use super::{L, Lower, clif};
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::ClassId;
use crate::object::header::{FLAG_USER, FLAGS_OFFSET, KIND_OFFSET, SHAPE_OFFSET};
use crate::object::value::{DOUBLE_OFFSET, INT_MIN, INT_SHIFT, TAG_INT, TAG_SINGLE};
use crate::object::{Kind, Value};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, Block, InstBuilder, MemFlagsData, types};
use cranelift_frontend::FunctionBuilder;

/// Offset of an Int64 object's number.
const INT64_VALUE: i32 = std::mem::offset_of!(crate::types::int::value::Int64Obj, value) as i32;

/// Whether a word is an inline int.
pub(super) fn is_small(b: &mut FunctionBuilder<'_>, v: ir::Value) -> ir::Value {
    let top = b.ins().ushr_imm_s(v, INT_SHIFT as i64);
    b.ins().icmp_imm_s(IntCC::Equal, top, 1)
}

/// The number of an inline int.
fn small(b: &mut FunctionBuilder<'_>, v: ir::Value) -> ir::Value {
    let up = b.ins().ishl_imm_s(v, 64 - INT_SHIFT as i64);
    b.ins().sshr_imm_s(up, 64 - INT_SHIFT as i64)
}

/// Goes on where the word is a heap object, else to `else_`.
pub(super) fn expect_object(b: &mut FunctionBuilder<'_>, v: ir::Value, else_: Block) {
    let object = b.create_block();
    // 0, "nothing", is below the tags too: counted from 1 it is beyond them.
    let from_one = b.ins().iadd_imm_s(v, -1);
    let is = b
        .ins()
        .icmp_imm_s(IntCC::UnsignedLessThan, from_one, TAG_SINGLE as i64 - 1);
    b.ins().brif(is, object, &[], else_, &[]);
    b.switch_to_block(object);
}

/// Goes on where the word is a heap object of this kind, and of no class that a program made, else to
/// `else_`.
pub(super) fn expect_kind(b: &mut FunctionBuilder<'_>, v: ir::Value, k: Kind, else_: Block) {
    expect_object(b, v, else_);
    let next = b.create_block();
    let only = match k {
        Kind::Str => Some(ClassId::Str),
        Kind::List => Some(ClassId::List),
        Kind::Tuple => Some(ClassId::Tuple),
        Kind::Function => Some(ClassId::Function),
        _ => None,
    };
    let flags = MemFlagsData::trusted();
    let (have, want) = match only {
        // Of one layout and one class: the shape says both.
        Some(c) => (
            b.ins().load(types::I32, flags, v, SHAPE_OFFSET),
            c as u32 as i64,
        ),
        None => {
            const { assert!(FLAGS_OFFSET == KIND_OFFSET + 1) }
            let both = b.ins().load(types::I16, flags, v, KIND_OFFSET);
            let mask = (FLAG_USER as i64) << 8 | 0xff;
            (b.ins().band_imm_s(both, mask), k as i64)
        }
    };
    let same = b.ins().icmp_imm_s(IntCC::Equal, have, want);
    b.ins().brif(same, next, &[], else_, &[]);
    b.switch_to_block(next);
}

/// The word in the given representation; `else_` when it is not of that type.
pub(super) fn unbox(b: &mut FunctionBuilder<'_>, t: Ty, v: ir::Value, else_: Block) -> ir::Value {
    match t {
        Ty::Val => v,
        Ty::I64 => {
            let (fast, slow, done) = (b.create_block(), b.create_block(), b.create_block());
            b.append_block_param(done, types::I64);
            b.set_cold_block(slow);
            let c = is_small(b, v);
            b.ins().brif(c, fast, &[], slow, &[]);
            b.switch_to_block(slow);
            expect_kind(b, v, Kind::Int64, else_);
            let x = b
                .ins()
                .load(types::I64, MemFlagsData::trusted(), v, INT64_VALUE);
            b.ins().jump(done, &[x.into()]);
            b.switch_to_block(fast);
            let x = small(b, v);
            b.ins().jump(done, &[x.into()]);
            b.switch_to_block(done);
            b.block_params(done)[0]
        }
        Ty::F64 => {
            let next = b.create_block();
            let c = b
                .ins()
                .icmp_imm_s(IntCC::UnsignedGreaterThanOrEqual, v, DOUBLE_OFFSET as i64);
            b.ins().brif(c, next, &[], else_, &[]);
            b.switch_to_block(next);
            let off = b.ins().iconst(types::I64, DOUBLE_OFFSET as i64);
            let bits = b.ins().isub(v, off);
            b.ins().bitcast(clif(t), MemFlagsData::new(), bits)
        }
        Ty::Bool => {
            let next = b.create_block();
            let either = b.ins().bor_imm_s(v, 1);
            let c = b
                .ins()
                .icmp_imm_s(IntCC::Equal, either, Value::TRUE.bits() as i64);
            b.ins().brif(c, next, &[], else_, &[]);
            b.switch_to_block(next);
            let low = b.ins().ireduce(types::I8, v);
            b.ins().band_imm_s(low, 1)
        }
    }
}

/// An int as a value, if it is inline: the other is 0 then.
pub(super) fn small_or_large(b: &mut FunctionBuilder<'_>, x: ir::Value) -> (ir::Value, ir::Value) {
    // Shifted up by 2^48, the inline ints are the numbers of 49 bits.
    let half = b.ins().iconst(types::I64, -INT_MIN);
    let y = b.ins().iadd(x, half);
    let top = b.ins().ushr_imm_s(y, INT_SHIFT as i64);
    let tag = (TAG_INT | -INT_MIN as u64) as i64;
    let tag = b.ins().iconst(types::I64, tag);
    (b.ins().bxor(y, tag), top)
}

/// A length as a value: it is not negative, and far below the largest inline int.
pub(super) fn box_length(b: &mut FunctionBuilder<'_>, n: ir::Value) -> ir::Value {
    let tag = b.ins().iconst(types::I64, TAG_INT as i64);
    b.ins().bor(n, tag)
}

/// A float as a value. Native arithmetic on canonical NaNs gives canonical NaNs.
pub(super) fn box_f64(b: &mut FunctionBuilder<'_>, x: ir::Value) -> ir::Value {
    let bits = b.ins().bitcast(types::I64, MemFlagsData::new(), x);
    let off = b.ins().iconst(types::I64, DOUBLE_OFFSET as i64);
    b.ins().iadd(bits, off)
}

/// A bool as a value.
pub(super) fn box_bool(b: &mut FunctionBuilder<'_>, x: ir::Value) -> ir::Value {
    let x = b.ins().uextend(types::I64, x);
    let f = b.ins().iconst(types::I64, Value::FALSE.bits() as i64);
    b.ins().bor(x, f)
}

/// Any representation as the 64 bits that a payload or an exit's store takes.
pub(super) fn to_word(b: &mut FunctionBuilder<'_>, x: ir::Value) -> ir::Value {
    let t = b.func.dfg.value_type(x);
    if t == types::F64 {
        b.ins().bitcast(types::I64, MemFlagsData::new(), x)
    } else if t == types::I8 {
        b.ins().uextend(types::I64, x)
    } else {
        x
    }
}

impl Lower<'_> {
    /// An int as a value: inline when it fits, else the helper makes the object.
    pub(super) fn box_i64(&mut self, d: &InstData) -> L<()> {
        let x = self.arg(d, 0)?;
        let (fast, slow, done) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        self.b.append_block_param(done, types::I64);
        self.b.set_cold_block(slow);
        // Shifted up by 2^48, the inline ints are the numbers of 49 bits.
        let half = self.iconst(-INT_MIN);
        let y = self.b.ins().iadd(x, half);
        let top = self.b.ins().ushr_imm_s(y, INT_SHIFT as i64);
        self.b.ins().brif(top, slow, &[], fast, &[]);
        self.b.switch_to_block(fast);
        let tag = self.iconst((TAG_INT | -INT_MIN as u64) as i64);
        let v = self.b.ins().bxor(y, tag);
        self.b.ins().jump(done, &[v.into()]);
        self.b.switch_to_block(slow);
        let v = self.make_int64(x)?;
        self.b.ins().jump(done, &[v.into()]);
        self.b.switch_to_block(done);
        let v = self.b.block_params(done)[0];
        self.result(d, v)
    }

    /// Truth: of bools at once.
    pub(super) fn is_true(&mut self, d: &InstData) -> L<()> {
        let v = self.arg(d, 0)?;
        let (other, done) = (self.b.create_block(), self.b.create_block());
        self.b.append_block_param(done, types::I8);
        let low = self.b.ins().ireduce(types::I8, v);
        let bit = self.b.ins().band_imm_s(low, 1);
        let either = self.b.ins().bor_imm_s(v, 1);
        let is_bool = self
            .b
            .ins()
            .icmp_imm_s(IntCC::Equal, either, Value::TRUE.bits() as i64);
        self.b.ins().brif(is_bool, done, &[bit.into()], other, &[]);
        self.b.switch_to_block(other);
        self.publish(d);
        let (payload, st) = self.helper(Helper::IsTrue, &[v])?;
        self.ended(d, payload, st)?;
        let r = self.b.ins().ireduce(types::I8, payload);
        self.b.ins().jump(done, &[r.into()]);
        self.b.switch_to_block(done);
        self.zero = None;
        let r = self.b.block_params(done)[0];
        self.result(d, r)
    }

    /// `is`: the same word, or Int64 objects of equal number.
    pub(super) fn is_val(&mut self, d: &InstData) -> L<()> {
        let (x, y) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let word = |v: &Val| match self.f.def(*v) {
            Some((_, d)) if d.op == Op::ConstVal => match d.imms[0] {
                Imm::Const(c) => self.f.consts.get(c.index()).map(|c| c.bits()),
                _other => None,
            },
            Some(_) | None => None,
        };
        let plain = |bits: u64| {
            let v = Value::from_bits(bits);
            v.is_some_and(|v| !v.is_kind(Kind::Int64))
        };
        if d.args.iter().filter_map(word).any(plain) {
            let same = self.b.ins().icmp(IntCC::Equal, x, y);
            return self.result(d, same);
        }
        let (differ, ask, done) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        self.b.append_block_param(done, types::I8);
        self.b.set_cold_block(ask);
        let same = self.b.ins().icmp(IntCC::Equal, x, y);
        self.b.ins().brif(same, done, &[same.into()], differ, &[]);
        self.b.switch_to_block(differ);
        let either = self.b.ins().bor(x, y);
        let objects = self
            .b
            .ins()
            .icmp_imm_s(IntCC::UnsignedLessThan, either, TAG_SINGLE as i64);
        self.b.ins().brif(objects, ask, &[], done, &[same.into()]);
        self.b.switch_to_block(ask);
        let (r, _) = self.cold_helper(Helper::IsSame, &[x, y])?;
        let r = self.b.ins().ireduce(types::I8, r);
        self.b.ins().jump(done, &[r.into()]);
        self.b.switch_to_block(done);
        let r = self.b.block_params(done)[0];
        self.result(d, r)
    }
}
