//! Subscripts, `in` and `len` where the container may be a dict (`types::dict::quick` is asked first), or another of
//! the builtin classes that need no protocol.

use super::{L, Lower, bad, text, value};
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::{Imm, InstData};
use crate::object::ClassId;
use crate::object::header::SHAPE_OFFSET;
use crate::types::dict::value::DictObj;
use crate::types::set::value::SetObj;
use crate::types::str::value::StrObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, Block, InstBuilder, MemFlagsData, types};
use std::mem::offset_of;

/// Classes whose objects know how many items they have, and where.
const LENGTHS: [(ClassId, usize); 4] = [
    (ClassId::Str, offset_of!(StrObj, chars)),
    (ClassId::Dict, offset_of!(DictObj, used)),
    (ClassId::Set, offset_of!(SetObj, used)),
    (ClassId::FrozenSet, offset_of!(SetObj, used)),
];

impl Lower<'_> {
    /// Goes on here for a dict of the builtin class, else at `slow`.
    fn expect_dict(&mut self, o: ir::Value, slow: Block) {
        value::expect_object(&mut self.b, o, slow);
        let flags = MemFlagsData::trusted();
        let shape = self.b.ins().load(types::I32, flags, o, SHAPE_OFFSET);
        let dict = ClassId::Dict as i64;
        let other = self.b.ins().icmp_imm_s(IntCC::NotEqual, shape, dict);
        self.branch_away(other, slow);
    }

    /// `rt_len`
    pub(super) fn length(&mut self, d: &InstData) -> L<()> {
        let o = self.arg(d, 1)?;
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        let r = self.b.append_block_param(done, types::I64);
        value::expect_object(&mut self.b, o, slow);
        let flags = MemFlagsData::trusted();
        let shape = self.b.ins().load(types::I32, flags, o, SHAPE_OFFSET);
        for (class, field) in LENGTHS {
            let (yes, no) = (self.b.create_block(), self.b.create_block());
            let is = self
                .b
                .ins()
                .icmp_imm_s(IntCC::Equal, shape, class as u32 as i64);
            self.b.ins().brif(is, yes, &[], no, &[]);
            self.b.switch_to_block(yes);
            let n = self.b.ins().load(types::I64, flags, o, field as i32);
            let v = value::box_length(&mut self.b, n);
            self.b.ins().jump(done, &[v.into()]);
            self.b.switch_to_block(no);
        }
        self.b.ins().jump(slow, &[]);
        self.b.switch_to_block(slow);
        let v = self.rt_call(d, Helper::Call, None, 1)?;
        self.b.ins().jump(done, &[v.into()]);
        self.b.switch_to_block(done);
        self.zero = None;
        self.result(d, r)
    }

    /// `rt_get_item`
    pub(super) fn get_key(&mut self, d: &InstData) -> L<()> {
        let (o, k) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        let r = self.b.append_block_param(done, types::I64);
        let (dict, other, range) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        value::expect_object(&mut self.b, o, slow);
        let flags = MemFlagsData::trusted();
        let shape = self.b.ins().load(types::I32, flags, o, SHAPE_OFFSET);
        let is = |l: &mut Self, class: ClassId| {
            let class = class as u32 as i64;
            l.b.ins().icmp_imm_s(IntCC::Equal, shape, class)
        };
        let is_dict = is(self, ClassId::Dict);
        self.b.ins().brif(is_dict, dict, &[], other, &[]);
        self.b.switch_to_block(other);
        let is_range = is(self, ClassId::Range);
        self.b.ins().brif(is_range, range, &[], slow, &[]);
        self.b.switch_to_block(range);
        let (v, _) = self.helper(Helper::RangeGet, &[o, k])?;
        self.b.ins().brif(v, done, &[v.into()], slow, &[]);
        self.b.switch_to_block(dict);
        let (v, _) = self.helper(Helper::DictGet, &[o, k])?;
        self.b.ins().brif(v, done, &[v.into()], slow, &[]);
        self.general(d, Helper::GetItem, &[o, k], [slow, done])?;
        self.result(d, r)
    }
    /// `rt_dict_get`
    pub(super) fn dict_get(&mut self, d: &InstData) -> L<()> {
        let args = [self.arg(d, 0)?, self.arg(d, 1)?, self.arg(d, 2)?];
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        let r = self.b.append_block_param(done, types::I64);
        let (v, _) = self.helper(Helper::DictGetOr, &args)?;
        self.b.ins().brif(v, done, &[v.into()], slow, &[]);
        self.b.switch_to_block(slow);
        let descr = self.const_of(d)?.bits();
        let v = self.rt_call(d, Helper::CallDescr, Some(descr), 0)?;
        self.b.ins().jump(done, &[v.into()]);
        self.b.switch_to_block(done);
        self.zero = None;
        self.result(d, r)
    }
    /// `rt_set_item`
    pub(super) fn set_key(&mut self, d: &InstData) -> L<()> {
        let (o, k, v) = (self.arg(d, 0)?, self.arg(d, 1)?, self.arg(d, 2)?);
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        self.expect_dict(o, slow);
        let (put, _) = self.helper(Helper::DictPut, &[o, k, v])?;
        self.b.ins().brif(put, done, &[], slow, &[]);
        self.general(d, Helper::SetItem, &[o, k, v], [slow, done])
    }
    /// `rt_contains`
    pub(super) fn has_key(&mut self, d: &InstData) -> L<()> {
        let done = self.b.create_block();
        let r = self.b.append_block_param(done, types::I64);
        self.contains(d, done)?;
        let r = self.b.ins().ireduce(types::I8, r);
        self.result(d, r)
    }
    /// Asks whether the one is in the other; goes on in `done` with that.
    fn contains(&mut self, d: &InstData, done: Block) -> L<()> {
        // Tuples, which are looked for in sets as often as not, are no matter of the quick way.
        const QUICK: [(ClassId, bool); 4] = [
            (ClassId::Dict, true),
            (ClassId::Str, true),
            (ClassId::Set, false),
            (ClassId::FrozenSet, false),
        ];
        let (k, o) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let (quick, slow) = (self.b.create_block(), self.b.create_block());
        value::expect_object(&mut self.b, o, slow);
        let flags = MemFlagsData::trusted();
        let shape = self.b.ins().load(types::I32, flags, o, SHAPE_OFFSET);
        let int = self.b.create_block();
        for (class, any) in QUICK {
            let next = self.b.create_block();
            let class = class as u32 as i64;
            let is = self.b.ins().icmp_imm_s(IntCC::Equal, shape, class);
            let to = if any { quick } else { int };
            self.b.ins().brif(is, to, &[], next, &[]);
            self.b.switch_to_block(next);
        }
        self.b.ins().jump(slow, &[]);
        self.b.switch_to_block(int);
        let small = value::is_small(&mut self.b, k);
        self.b.ins().brif(small, quick, &[], slow, &[]);
        self.b.switch_to_block(quick);
        let (has, _) = self.helper(Helper::Has, &[o, k])?;
        let known = self.b.ins().icmp_imm_s(IntCC::NotEqual, has, 2);
        self.b.ins().brif(known, done, &[has.into()], slow, &[]);
        self.general(d, Helper::Contains, &[k, o], [slow, done])
    }
    /// `rt_in_text`: a str of one byte is one ASCII character, whose bit says it.
    pub(super) fn in_text(&mut self, d: &InstData) -> L<()> {
        let (Imm::Int(low), Imm::Int(high)) = (d.imms[0], d.imms[1]) else {
            return bad("rt_in_text without its characters");
        };
        let k = self.arg(d, 0)?;
        let (ask, done) = (self.b.create_block(), self.b.create_block());
        let r = self.b.append_block_param(done, types::I64);
        let flags = MemFlagsData::trusted();
        value::expect_object(&mut self.b, k, ask);
        let shape = self.b.ins().load(types::I32, flags, k, SHAPE_OFFSET);
        let str = ClassId::Str as i64;
        let other = self.b.ins().icmp_imm_s(IntCC::NotEqual, shape, str);
        self.branch_away(other, ask);
        let n = self.b.ins().load(types::I64, flags, k, text::LEN);
        let longer = self.b.ins().icmp_imm_s(IntCC::NotEqual, n, 1);
        self.branch_away(longer, ask);
        let c = self.b.ins().uload8(types::I64, flags, k, text::BYTES);
        let (low, high) = (self.iconst(low), self.iconst(high));
        let above = self.b.ins().band_imm_s(c, 64);
        let bits = self.b.ins().select(above, high, low);
        let at = self.b.ins().band_imm_s(c, 63);
        let bits = self.b.ins().ushr(bits, at);
        let has = self.b.ins().band_imm_s(bits, 1);
        self.b.ins().jump(done, &[has.into()]);
        self.b.switch_to_block(ask);
        self.contains(d, done)?;
        let r = self.b.ins().ireduce(types::I8, r);
        self.result(d, r)
    }
}
