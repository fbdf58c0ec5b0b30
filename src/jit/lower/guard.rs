//! Guards: a test, and the way out.

use super::{L, Lower, value};
use crate::gc::buf;
use crate::interp::feedback::WHOLE;
use crate::jit::opt::range::PLACES;
use crate::jit::ssa::func::{Func, InstData};
use crate::jit::ssa::types::Ty;
use crate::object::Kind;
use crate::object::header::SHAPE_OFFSET;
use crate::types::code::value::CodeObj;
use crate::types::dict::value::{DictObj, Entry};
use crate::types::function::value::FunctionObj;
use crate::types::tuple::value::TupleObj;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};

const DICT_USED: i32 = std::mem::offset_of!(DictObj, used) as i32;
const DICT_ENTRIES: i32 = std::mem::offset_of!(DictObj, entries) as i32 + buf::PTR_OFFSET;
const ENTRY_KEY: i32 = std::mem::offset_of!(Entry, key) as i32;
const ENTRY_VALUE: i32 = std::mem::offset_of!(Entry, value) as i32;

impl<'a> Lower<'a> {
    pub(super) fn guard_type(&mut self, d: &InstData, t: Ty) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        let x = value::unbox(&mut self.b, t, v, out);
        self.result(d, x)
    }
    fn expect_word(&mut self, d: &InstData, out: ir::Block) -> L<()> {
        let v = self.arg(d, 0)?;
        let want = self.const_of(d)?.bits();
        let want = self.iconst(want as i64);
        let differ = self.b.ins().icmp(IntCC::NotEqual, v, want);
        self.branch_away(differ, out);
        Ok(())
    }
    pub(super) fn guard_bound(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        let none = self.b.ins().icmp_imm_s(IntCC::Equal, v, 0);
        self.branch_away(none, out);
        self.result(d, v)
    }
    pub(super) fn guard_uncaught(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let caught = self.load_abs(types::I64, self.env.caught);
        let inlined = self.frames_at(d) as i64 - 1;
        let depth = self.depth;
        let depth = self.b.ins().iadd_imm_s(depth, inlined);
        let there = self
            .b
            .ins()
            .icmp(IntCC::UnsignedGreaterThanOrEqual, caught, depth);
        self.branch_away(there, out);
        Ok(())
    }
    pub(super) fn guard_kind(&mut self, d: &InstData, k: Kind) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        value::expect_kind(&mut self.b, v, k, out);
        self.result(d, v)
    }
    pub(super) fn guard_class(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        let have = self.shape_or(d, out)?;
        let want = self.int_imm(d)?;
        let differ = self.b.ins().icmp_imm_s(IntCC::NotEqual, have, want);
        self.branch_away(differ, out);
        self.result(d, v)
    }
    pub(super) fn guard_tuple(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        value::expect_kind(&mut self.b, v, Kind::Tuple, out);
        let at = std::mem::offset_of!(TupleObj, len) as i32;
        let flags = MemFlagsData::trusted();
        let have = self.b.ins().load(types::I64, flags, v, at);
        let n = self.int_imm(d)?;
        let differ = self.b.ins().icmp_imm_s(IntCC::NotEqual, have, n);
        self.branch_away(differ, out);
        self.result(d, v)
    }
    pub(super) fn guard_keywords(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let dict = self.arg(d, 0)?;
        let flags = MemFlagsData::trusted();
        let used = self.b.ins().load(types::I64, flags, dict, DICT_USED);
        let n = (d.args.len() / 2) as i64;
        let differ = self.b.ins().icmp_imm_s(IntCC::NotEqual, used, n);
        self.branch_away(differ, out);
        if n == 0 {
            return Ok(());
        }
        let entries = self.b.ins().load(types::I64, flags, dict, DICT_ENTRIES);
        for i in 0..2 * n as usize {
            let want = self.arg(d, i + 1)?;
            let field = if i % 2 == 0 { ENTRY_KEY } else { ENTRY_VALUE };
            let at = (i / 2 * size_of::<Entry>()) as i32 + field;
            let have = self.b.ins().load(types::I64, flags, entries, at);
            let differ = self.b.ins().icmp(IntCC::NotEqual, have, want);
            self.branch_away(differ, out);
        }
        Ok(())
    }
    pub(super) fn guard_range_up(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        let flags = MemFlagsData::trusted();
        let next = self.b.ins().load(types::I64, flags, v, super::memory::NEXT);
        let step = self.b.ins().load(types::I64, flags, v, super::memory::STEP);
        let left = self
            .b
            .ins()
            .load(types::I64, flags, v, super::memory::REMAINING);
        // All steps together, in 128 bits; that and where they start are below half of what `range` relies on.
        let way = self.b.ins().imul(step, left);
        let far = self.b.ins().umulhi(step, left);
        let either = self.b.ins().bor(next, step);
        let either = self.b.ins().bor(either, way);
        let high = self
            .b
            .ins()
            .ushr_imm_s(either, PLACES.trailing_zeros() as i64 - 1);
        let high = self.b.ins().bor(high, far);
        let wrong = self.b.ins().icmp_imm_s(IntCC::NotEqual, high, 0);
        self.branch_away(wrong, out);
        self.result(d, v)
    }
    pub(super) fn guard_iter(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        // The class says the layout, too.
        value::expect_object(&mut self.b, v, out);
        let shape = self
            .b
            .ins()
            .load(types::I32, MemFlagsData::trusted(), v, SHAPE_OFFSET);
        let want = self.idx(d)? as i64;
        let differ = self.b.ins().icmp_imm_s(IntCC::NotEqual, shape, want);
        self.branch_away(differ, out);
        self.result(d, v)
    }
    pub(super) fn guard_apart(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let (first, second) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let same = self.b.ins().icmp(IntCC::Equal, first, second);
        self.branch_away(same, out);
        self.result(d, second)
    }
    /// To add half as much again as 2^52 to a float leaves no room for a fraction. What comes of it lies between 2^52
    /// and 2^53, unless the float was NaN, or too far from zero.
    pub(super) fn guard_whole(&mut self, d: &InstData) -> L<()> {
        const EXPONENT: i64 = (WHOLE * 2.0).to_bits() as i64 >> 52;
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let x = self.arg(d, 0)?;
        let shift = self.b.ins().f64const(WHOLE * 3.0);
        let sum = self.b.ins().fadd(x, shift);
        let bits = self.b.ins().bitcast(types::I64, MemFlagsData::new(), sum);
        let exponent = self.b.ins().ushr_imm_s(bits, 52);
        let far = self.b.ins().icmp_imm_s(IntCC::NotEqual, exponent, EXPONENT);
        self.branch_away(far, out);
        let back = self.b.ins().fsub(sum, shift);
        let differs = self.b.ins().fcmp(FloatCC::OrderedNotEqual, back, x);
        self.branch_away(differs, out);
        self.result(d, x)
    }
    pub(super) fn guard_true(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let c = self.arg(d, 0)?;
        let next = self.b.create_block();
        self.b.ins().brif(c, next, &[], out, &[]);
        self.b.switch_to_block(next);
        Ok(())
    }
    pub(super) fn guard_is(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        self.expect_word(d, out)
    }
    pub(super) fn guard_keys_version(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let dict = self.const_of(d)?.bits();
        let at = std::mem::offset_of!(DictObj, keys_version) as i32;
        let want = self.int_imm(d)?;
        self.expect_number(dict, at, want, out);
        Ok(())
    }
    pub(super) fn guard_func_version(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        // Whoever changes the function is told that somebody asked; of one that is watched for the first time, that
        // is all.
        let first = self.is_first(d)?;
        if first && self.watches(d)? {
            return Ok(());
        }
        let out = match self.caught_load(d) {
            Some((_, true)) if first => return Ok(()),
            // The load was compared with the function already; where nothing has happened since, one exit
            // does for both.
            Some((load, true)) => self.exit_of_load(load, d)?,
            Some((_, false)) => self.exit_block(d)?,
            None => {
                let out = self.exit_block(d)?;
                self.expect_word(d, out)?;
                out
            }
        };
        let func = self.const_of(d)?.bits();
        let at = std::mem::offset_of!(FunctionObj, version) as i32;
        let want = self.int_imm(d)?;
        self.expect_number(func, at, want, out);
        Ok(())
    }
    pub(super) fn guard_func_code(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let out = self.exit_block(d)?;
        let v = self.arg(d, 0)?;
        value::expect_kind(&mut self.b, v, Kind::Function, out);
        let flags = MemFlagsData::trusted();
        let code = self.const_of(d)?.bits();
        let want = self.iconst(code as i64);
        let at = std::mem::offset_of!(FunctionObj, code) as i32;
        let have = self.b.ins().load(types::I64, flags, v, at);
        let differ = self.b.ins().icmp(IntCC::NotEqual, have, want);
        self.branch_away(differ, out);
        // A function that was never called may have the code with other globals than its own.
        let at = std::mem::offset_of!(CodeObj, globals) as i32;
        let want = self.b.ins().load(types::I64, flags, want, at);
        let at = std::mem::offset_of!(FunctionObj, globals) as i32;
        let have = self.b.ins().load(types::I64, flags, v, at);
        let differ = self.b.ins().icmp(IntCC::NotEqual, have, want);
        self.branch_away(differ, out);
        let n = self.int_imm(d)?;
        if n >= 0 {
            let tuple = self
                .b
                .ins()
                .load(types::I64, flags, v, super::memory::DEFAULTS);
            let none = self.b.ins().icmp_imm_s(IntCC::Equal, tuple, 0);
            self.branch_away(none, out);
            let at = std::mem::offset_of!(TupleObj, len) as i32;
            let have = self.b.ins().load(types::I64, flags, tuple, at);
            let differ = self.b.ins().icmp_imm_s(IntCC::NotEqual, have, n);
            self.branch_away(differ, out);
        }
        self.result(d, v)
    }
    /// Whether the word that `FunctionObj::first` is stands for what this guard wants.
    pub(super) fn is_first(&self, guard: &InstData) -> L<bool> {
        Ok((self.links.is_first)(
            self.const_of(guard)?.bits(),
            self.int_imm(guard)?,
        ))
    }
    /// Whether the operand is this function for as long as the unit is entered.
    fn watches(&self, guard: &InstData) -> L<bool> {
        let Some((_, d)) = guard.args.first().and_then(|v| self.f.def(*v)) else {
            return Ok(false);
        };
        Ok(self.held(d) == Some(self.const_of(guard)?.bits()))
    }
    /// The load of a global cell that compared its value for this guard; whether its state holds here.
    fn caught_load(&self, guard: &InstData) -> Option<(&'a InstData, bool)> {
        let f: &'a Func = self.f;
        let v = *guard.args.first()?;
        let c = self.caught.get(&v)?;
        let mine = std::ptr::eq(&f.insts[c.guard.index()], guard);
        let (_, load) = f.def(v)?;
        (mine && self.expected(v).is_some()).then_some((load, c.holds))
    }

    /// Leaves unless the number in the object is the expected one.
    pub(super) fn expect_number(&mut self, object: u64, offset: i32, want: i64, out: ir::Block) {
        let p = self.iconst(object as i64);
        let have = self
            .b
            .ins()
            .load(types::I64, MemFlagsData::trusted(), p, offset);
        let differ = self.b.ins().icmp_imm_s(IntCC::NotEqual, have, want);
        self.branch_away(differ, out);
    }

    /// In stress mode, a guard fails when the counter runs out.
    pub(super) fn stress(&mut self, d: &InstData) -> L<()> {
        let Some(addr) = self.env.stress else {
            return Ok(());
        };
        let out = self.exit_block(d)?;
        let p = self.iconst(addr as i64);
        let n = self.b.ins().load(types::I64, MemFlagsData::trusted(), p, 0);
        let n = self.b.ins().iadd_imm_s(n, -1);
        self.b.ins().store(MemFlagsData::trusted(), n, p, 0);
        let gone = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, n, 0);
        self.branch_away(gone, out);
        Ok(())
    }
}
