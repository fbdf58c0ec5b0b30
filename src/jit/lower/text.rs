//! Strings.

use super::{L, Lower, value};
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::InstData;
use crate::jit::ssa::types::Cmp;
use crate::object::header::{FLAG_A, FLAGS_OFFSET, SHAPE_OFFSET};
use crate::object::{ClassId, Slot};
use crate::types::str::value::StrObj;
use crate::vm::Vm;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, MemFlagsData, Value, types};

pub(super) const LEN: i32 = std::mem::offset_of!(StrObj, len) as i32;
pub(super) const BYTES: i32 = size_of::<StrObj>() as i32;
// Cells are of whole 16 bytes: there is a byte to read, be it no part of the string.
const _: () = assert!(!size_of::<StrObj>().is_multiple_of(16));

const CHARS: usize = std::mem::offset_of!(Vm, chars);
const _: () = assert!(size_of::<Slot>() == 8);

impl Lower<'_> {
    pub(super) fn guard_ascii(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let s = self.arg(d, 0)?;
        let flags = MemFlagsData::trusted();
        let bits = self.b.ins().load(types::I8, flags, s, FLAGS_OFFSET);
        let bits = self.b.ins().band_imm_s(bits, FLAG_A as i64);
        let wide = self.b.ins().icmp_imm_s(IntCC::Equal, bits, 0);
        self.branch_away(wide, out);
        self.result(d, s)
    }
    pub(super) fn str_byte(&mut self, d: &InstData) -> L<()> {
        let (s, i) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let p = self.b.ins().iadd(s, i);
        let flags = MemFlagsData::trusted();
        let c = self.b.ins().uload8(types::I64, flags, p, BYTES);
        self.result(d, c)
    }
    /// Goes to `done` with the str of the character below 128, if there is one yet, else to `slow`.
    fn kept_char(&mut self, c: Value, [slow, done]: [Block; 2]) {
        let at = self.b.ins().ishl_imm_u(c, 3);
        let chars = self.iconst((self.env.vm as usize + CHARS) as i64);
        let p = self.b.ins().iadd(chars, at);
        let flags = MemFlagsData::trusted();
        let made = self.b.ins().load(types::I64, flags, p, 0);
        self.b.ins().brif(made, done, &[made.into()], slow, &[]);
    }
    /// Where `kept_char` goes.
    fn char_blocks(&mut self) -> ([Block; 2], Value) {
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        let r = self.b.append_block_param(done, types::I64);
        ([slow, done], r)
    }
    /// `rt_char`
    pub(super) fn char(&mut self, d: &InstData) -> L<()> {
        let i = self.arg(d, 0)?;
        let (to, r) = self.char_blocks();
        let cc = IntCC::UnsignedGreaterThanOrEqual;
        let out = self.b.ins().icmp_imm_u(cc, i, 128);
        self.branch_away(out, to[0]);
        self.kept_char(i, to);
        self.quietly(|l| l.general(d, Helper::Chr, &[i], to))?;
        self.result(d, r)
    }

    /// `rt_get_char`: of an ASCII str there is one str for each of its characters, once one was asked for.
    pub(super) fn get_char(&mut self, d: &InstData) -> L<()> {
        let (o, i) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let (to, r) = self.char_blocks();
        let [slow, _] = to;
        let flags = MemFlagsData::trusted();
        value::expect_object(&mut self.b, o, slow);
        let shape = self.b.ins().load(types::I32, flags, o, SHAPE_OFFSET);
        let str = ClassId::Str as i64;
        let other = self.b.ins().icmp_imm_s(IntCC::NotEqual, shape, str);
        self.branch_away(other, slow);
        let bits = self.b.ins().load(types::I8, flags, o, FLAGS_OFFSET);
        let bits = self.b.ins().band_imm_s(bits, FLAG_A as i64);
        let wide = self.b.ins().icmp_imm_s(IntCC::Equal, bits, 0);
        self.branch_away(wide, slow);
        let n = self.b.ins().load(types::I64, flags, o, LEN);
        let below = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, i, 0);
        let wrapped = self.b.ins().iadd(i, n);
        let at = self.b.ins().select(below, wrapped, i);
        let out = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, at, n);
        self.branch_away(out, slow);
        let p = self.b.ins().iadd(o, at);
        let c = self.b.ins().uload8(types::I64, flags, p, BYTES);
        self.kept_char(c, to);
        self.quietly(|l| l.general(d, Helper::GetChar, &[o, i], to))?;
        self.result(d, r)
    }

    /// The same, which comes first: the order is that of bytes, and the first of them say it as a rule.
    fn str_order(&mut self, d: &InstData, cmp: Cmp, (x, y): (Value, Value)) -> L<()> {
        let (apart, compare, done) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        let r = self.b.append_block_param(done, types::I8);
        let flags = MemFlagsData::trusted();
        let (m, n) = (
            self.b.ins().load(types::I64, flags, x, LEN),
            self.b.ins().load(types::I64, flags, y, LEN),
        );
        let (a, b) = (
            self.b.ins().load(types::I8, flags, x, BYTES),
            self.b.ins().load(types::I8, flags, y, BYTES),
        );
        // Neither is empty, and they differ there.
        let none = self.b.ins().icmp_imm_s(IntCC::Equal, m, 0);
        let nothing = self.b.ins().icmp_imm_s(IntCC::Equal, n, 0);
        let same = self.b.ins().icmp(IntCC::Equal, a, b);
        let ask = self.b.ins().bor(none, nothing);
        let ask = self.b.ins().bor(ask, same);
        self.b.ins().brif(ask, compare, &[], apart, &[]);
        self.b.switch_to_block(apart);
        let cc = match cmp {
            Cmp::Lt | Cmp::Le | Cmp::Ne => IntCC::UnsignedLessThan,
            Cmp::Gt | Cmp::Ge | Cmp::Eq => IntCC::UnsignedGreaterThan,
        };
        let less = self.b.ins().icmp(cc, a, b);
        self.b.ins().jump(done, &[less.into()]);
        self.b.switch_to_block(compare);
        let op = self.iconst(cmp as i64);
        let (z, _) = self.helper(Helper::StrCmp, &[op, x, y])?;
        let z = self.b.ins().ireduce(types::I8, z);
        self.b.ins().jump(done, &[z.into()]);
        self.b.switch_to_block(done);
        self.result(d, r)
    }

    /// `str_cmp`: what is not the same string differs in its length or its first byte as a rule.
    pub(super) fn str_cmp(&mut self, d: &InstData) -> L<()> {
        let (x, y) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let cmp = self.cmp(d)?;
        let op = self.iconst(cmp as i64);
        if !matches!(cmp, Cmp::Eq | Cmp::Ne) {
            return self.str_order(d, cmp, (x, y));
        }
        let done = self.b.create_block();
        let r = self.b.append_block_param(done, types::I8);
        let (yes, no) = (
            self.b.ins().iconst(types::I8, (cmp == Cmp::Eq) as i64),
            self.b.ins().iconst(types::I8, (cmp == Cmp::Ne) as i64),
        );
        let (apart, alike, compare) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        let same = self.b.ins().icmp(IntCC::Equal, x, y);
        self.b.ins().brif(same, done, &[yes.into()], apart, &[]);
        self.b.switch_to_block(apart);
        let flags = MemFlagsData::trusted();
        let (m, n) = (
            self.b.ins().load(types::I64, flags, x, LEN),
            self.b.ins().load(types::I64, flags, y, LEN),
        );
        let differ = self.b.ins().icmp(IntCC::NotEqual, m, n);
        self.b.ins().brif(differ, done, &[no.into()], alike, &[]);
        self.b.switch_to_block(alike);
        let (a, b) = (
            self.b.ins().load(types::I8, flags, x, BYTES),
            self.b.ins().load(types::I8, flags, y, BYTES),
        );
        let differ = self.b.ins().icmp(IntCC::NotEqual, a, b);
        let some = self.b.ins().icmp_imm_s(IntCC::NotEqual, n, 0);
        let differ = self.b.ins().band(differ, some);
        self.b.ins().brif(differ, done, &[no.into()], compare, &[]);
        self.b.switch_to_block(compare);
        let (z, _) = self.helper(Helper::StrCmp, &[op, x, y])?;
        let z = self.b.ins().ireduce(types::I8, z);
        self.b.ins().jump(done, &[z.into()]);
        self.b.switch_to_block(done);
        self.result(d, r)
    }
}
