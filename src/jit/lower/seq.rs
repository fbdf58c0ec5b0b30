//! Lists, tuples and their iterators, at the offsets their layouts promise; ranges that are made here.

use super::{L, Lower};
use crate::gc::buf;
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::InstData;
use crate::types::iter::value::IterObj;
use crate::types::list::value::ListObj;
use crate::types::tuple::value::TupleObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};

const ITEMS: i32 = std::mem::offset_of!(ListObj, items) as i32;
const PTR: i32 = ITEMS + buf::PTR_OFFSET;
pub(super) const LIST_LEN: i32 = ITEMS + buf::LEN_OFFSET;
const CAP: i32 = ITEMS + buf::CAP_OFFSET;
pub(super) const TUPLE_LEN: i32 = std::mem::offset_of!(TupleObj, len) as i32;
/// A tuple's items follow the struct.
const TUPLE_ITEMS: i32 = size_of::<TupleObj>() as i32;
pub(super) const ITER_SEQ: i32 = std::mem::offset_of!(IterObj, a) as i32;
pub(super) const ITER_BIG: i32 = std::mem::offset_of!(IterObj, b) as i32;
pub(super) const ITER_AT: i32 = std::mem::offset_of!(IterObj, i) as i32;

impl Lower<'_> {
    /// The place an index names: the usual one, not negative, on the straight line.
    pub(super) fn index(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (i, n) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let out = self.exit_block(d)?;
        if self.known_arg(d, 0).is_some_and(|i| i < 0) {
            let at = self.b.ins().iadd(n, i);
            let wrong = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, at, n);
            self.branch_away(wrong, out);
            return self.result(d, at);
        }
        let inside = self.b.ins().icmp(IntCC::UnsignedLessThan, i, n);
        if self.known_arg(d, 0).is_some() {
            let next = self.b.create_block();
            self.b.ins().brif(inside, next, &[], out, &[]);
            self.b.switch_to_block(next);
            return self.result(d, i);
        }
        let (from_end, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(from_end);
        self.b.append_block_param(done, types::I64);
        self.b.ins().brif(inside, done, &[i.into()], from_end, &[]);
        self.b.switch_to_block(from_end);
        let at = self.b.ins().iadd(n, i);
        let inside = self.b.ins().icmp(IntCC::UnsignedLessThan, at, n);
        self.b.ins().brif(inside, done, &[at.into()], out, &[]);
        self.b.switch_to_block(done);
        let at = self.b.block_params(done)[0];
        self.result(d, at)
    }

    /// Address of item `i` of a list.
    fn item(&mut self, list: ir::Value, i: ir::Value) -> ir::Value {
        let p = self
            .b
            .ins()
            .load(types::I64, MemFlagsData::trusted(), list, PTR);
        let by = self.b.ins().ishl_imm_s(i, 3);
        self.b.ins().iadd(p, by)
    }
    pub(super) fn list_get(&mut self, d: &InstData) -> L<()> {
        let (list, i) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let p = self.item(list, i);
        let v = self.b.ins().load(types::I64, MemFlagsData::trusted(), p, 0);
        self.result(d, v)
    }
    /// Stores a value into a list's buffer: the one place, as `Buf::set` is the interpreter's.
    fn write_item(&mut self, v: ir::Value, p: ir::Value) {
        self.b.ins().store(MemFlagsData::trusted(), v, p, 0);
    }
    pub(super) fn list_set(&mut self, d: &InstData) -> L<()> {
        let (list, i, v) = (self.arg(d, 0)?, self.arg(d, 1)?, self.arg(d, 2)?);
        let p = self.item(list, i);
        self.write_item(v, p);
        Ok(())
    }
    /// Appends where there is room; else the helper does.
    pub(super) fn list_push(&mut self, d: &InstData) -> L<()> {
        let (list, v) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let (fast, slow, done) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        self.b.set_cold_block(slow);
        let flags = MemFlagsData::trusted();
        let n = self.b.ins().load(types::I64, flags, list, LIST_LEN);
        let cap = self.b.ins().load(types::I64, flags, list, CAP);
        let room = self.b.ins().icmp(IntCC::UnsignedLessThan, n, cap);
        self.b.ins().brif(room, fast, &[], slow, &[]);
        self.b.switch_to_block(fast);
        let p = self.item(list, n);
        self.write_item(v, p);
        let more = self.b.ins().iadd_imm_s(n, 1);
        self.b.ins().store(flags, more, list, LIST_LEN);
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(slow);
        self.publish(d);
        let (payload, st) = self.cold_helper(Helper::ListAppend, &[list, v])?;
        self.ended(d, payload, st)?;
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(done);
        self.zero = None;
        Ok(())
    }
    /// The last item is gone when the list is shorter; the helper closes the gap that another leaves.
    pub(super) fn list_cut(&mut self, d: &InstData) -> L<()> {
        let (list, i) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let flags = MemFlagsData::trusted();
        let n = self.b.ins().load(types::I64, flags, list, LIST_LEN);
        let less = self.b.ins().iadd_imm_s(n, -1);
        let (last, other, done) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        let is_last = self.b.ins().icmp(IntCC::Equal, i, less);
        self.b.ins().brif(is_last, last, &[], other, &[]);
        self.b.switch_to_block(last);
        self.b.ins().store(flags, less, list, LIST_LEN);
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(other);
        self.helper(Helper::ListCut, &[list, i])?;
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(done);
        self.zero = None;
        Ok(())
    }
    pub(super) fn tuple_get(&mut self, d: &InstData) -> L<()> {
        let (t, i) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let by = self.b.ins().ishl_imm_s(i, 3);
        let p = self.b.ins().iadd(t, by);
        let v = self
            .b
            .ins()
            .load(types::I64, MemFlagsData::trusted(), p, TUPLE_ITEMS);
        self.result(d, v)
    }
    pub(super) fn iter_advance(&mut self, d: &InstData) -> L<()> {
        let (it, at) = (self.arg(d, 0)?, self.arg(d, 1)?);
        self.b.ins().store(MemFlagsData::trusted(), at, it, ITER_AT);
        Ok(())
    }
    pub(super) fn iter_end(&mut self, d: &InstData) -> L<()> {
        let it = self.arg(d, 0)?;
        let none = self.iconst(0);
        self.b
            .ins()
            .store(MemFlagsData::trusted(), none, it, ITER_SEQ);
        Ok(())
    }

    pub(super) fn range_count(&mut self, d: &InstData) -> L<()> {
        let (start, stop, step) = (self.arg(d, 0)?, self.arg(d, 1)?, self.arg(d, 2)?);
        let zero = self.iconst(0);
        let n = match self.known_arg(d, 2) {
            Some(1 | 0) => {
                let span = self.b.ins().isub(stop, start);
                let some = self.b.ins().icmp(IntCC::SignedLessThan, start, stop);
                self.b.ins().select(some, span, zero)
            }
            _any => {
                let up = self.b.ins().icmp_imm_s(IntCC::SignedGreaterThan, step, 0);
                let low = self.b.ins().select(up, start, stop);
                let high = self.b.ins().select(up, stop, start);
                let minus = self.b.ins().ineg(step);
                let by = self.b.ins().select(up, step, minus);
                // The instruction may be executed before its guard: it must not trap.
                let one = self.iconst(1);
                let by = self.b.ins().umax(by, one);
                let span = self.b.ins().isub(high, low);
                let rest = self.b.ins().iadd_imm_s(span, -1);
                let n = self.b.ins().udiv(rest, by);
                let n = self.b.ins().iadd_imm_s(n, 1);
                let some = self.b.ins().icmp(IntCC::SignedLessThan, low, high);
                self.b.ins().select(some, n, zero)
            }
        };
        self.result(d, n)
    }
    pub(super) fn range_iter(&mut self, d: &InstData) -> L<()> {
        let args = [self.arg(d, 0)?, self.arg(d, 1)?, self.arg(d, 2)?];
        let (it, _) = self.helper(Helper::RangeIter, &args)?;
        self.result(d, it)
    }
}
