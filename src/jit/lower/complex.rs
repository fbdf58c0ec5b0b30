//! Complex numbers: their parts, the object, the absolute value.

use super::{L, Lower, bad};
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Cmp;
use crate::object::{ClassId, Kind};
use crate::types::complex::value::ComplexObj;
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};
use std::mem::offset_of;

const RE: i32 = offset_of!(ComplexObj, re) as i32;
const IM: i32 = offset_of!(ComplexObj, im) as i32;

/// How far a square must be from another, as a part of it, for its root to be on the same side for sure: rounding
/// takes less than a thousandth of this.
const APART: f64 = 1e-12;
/// Between this and its inverse a bound has a square that is far from the ends of what a float can be.
const LARGE: f64 = 1e100;

impl Lower<'_> {
    pub(super) fn complex_part(&mut self, d: &InstData) -> L<()> {
        let v = self.arg(d, 0)?;
        let at = match d.imms[0] {
            Imm::Idx(0) => RE,
            _imaginary => IM,
        };
        let x = self
            .b
            .ins()
            .load(types::F64, MemFlagsData::trusted(), v, at);
        self.result(d, x)
    }

    pub(super) fn new_complex(&mut self, d: &InstData) -> L<()> {
        let (re, im) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let head = ClassId::Complex as i64 | (Kind::Complex as i64) << 32;
        let fill = |l: &mut Self, p: ir::Value| {
            let flags = MemFlagsData::trusted();
            l.b.ins().store(flags, re, p, RE);
            l.b.ins().store(flags, im, p, IM);
        };
        let zero = self.zero;
        let made = self.make((size_of::<ComplexObj>(), head), fill, |l| {
            let (re, im) = (l.bits(re), l.bits(im));
            Ok(l.cold_helper(Helper::NewComplex, &[re, im])?.0)
        })?;
        self.zero = zero;
        self.result(d, made)
    }

    fn bits(&mut self, x: ir::Value) -> ir::Value {
        self.b.ins().bitcast(types::I64, MemFlagsData::new(), x)
    }

    /// The size of a number, by the library's function.
    fn size(&mut self, d: &InstData, re: ir::Value, im: ir::Value, cold: bool) -> L<ir::Value> {
        let args = [self.bits(re), self.bits(im)];
        let (bits, _) = match cold {
            true => self.cold_helper(Helper::Hypot, &args)?,
            false => self.helper(Helper::Hypot, &args)?,
        };
        self.not_negative(d, bits)
    }
    /// The float of these bits; leaves where it is negative.
    fn not_negative(&mut self, d: &InstData, bits: ir::Value) -> L<ir::Value> {
        let out = self.exit_block(d)?;
        let size = self.b.ins().bitcast(types::F64, MemFlagsData::new(), bits);
        let zero = self.b.ins().f64const(0.0);
        let beyond = self.b.ins().fcmp(FloatCC::LessThan, size, zero);
        self.branch_away(beyond, out);
        Ok(size)
    }

    /// `pow_f64`: by the library's function, too.
    pub(super) fn pow(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (x, y) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let args = [self.bits(x), self.bits(y)];
        let (bits, _) = self.helper(Helper::FloatPow, &args)?;
        let r = self.not_negative(d, bits)?;
        self.result(d, r)
    }

    pub(super) fn hypot(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (re, im) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let size = self.size(d, re, im, false)?;
        self.result(d, size)
    }

    /// The square of the size says on which side of a bound the size is, but where both are close.
    pub(super) fn hypot_cmp(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (re, im, x) = (self.arg(d, 0)?, self.arg(d, 1)?, self.arg(d, 2)?);
        let Imm::Cmp(cmp) = d.imms[0] else {
            return bad("hypot_cmp without a comparison");
        };
        let bound = match self.f.def(d.args[2]) {
            Some((_, c)) if c.op == Op::ConstF64 => match c.imms[0] {
                Imm::Float(b) => Some(f64::from_bits(b)),
                _no_float => None,
            },
            Some(_) | None => None,
        };
        let bound = bound.filter(|c| (LARGE.recip()..LARGE).contains(c));
        let done = self.b.create_block();
        let r = self.b.append_block_param(done, types::I8);
        if let Some(bound) = bound {
            let square = bound * bound;
            let (far, near) = (self.b.create_block(), self.b.create_block());
            self.b.set_cold_block(near);
            let (rr, ii) = (self.b.ins().fmul(re, re), self.b.ins().fmul(im, im));
            let s = self.b.ins().fadd(rr, ii);
            let low = self.b.ins().f64const(square * (1.0 - APART));
            let below = self.b.ins().fcmp(FloatCC::LessThan, s, low);
            let yes = matches!(cmp, Cmp::Lt | Cmp::Le | Cmp::Ne);
            let yes = self.b.ins().iconst(types::I8, yes as i64);
            self.b.ins().brif(below, done, &[yes.into()], far, &[]);
            self.b.switch_to_block(far);
            // Neither infinite nor NaN.
            let high = self.b.ins().f64const(square * (1.0 + APART));
            let most = self.b.ins().f64const(LARGE.powi(3));
            let above = self.b.ins().fcmp(FloatCC::GreaterThan, s, high);
            let finite = self.b.ins().fcmp(FloatCC::LessThan, s, most);
            let above = self.b.ins().band(above, finite);
            let yes = matches!(cmp, Cmp::Gt | Cmp::Ge | Cmp::Ne);
            let yes = self.b.ins().iconst(types::I8, yes as i64);
            self.b.ins().brif(above, done, &[yes.into()], near, &[]);
            self.b.switch_to_block(near);
        }
        let size = self.size(d, re, im, bound.is_some())?;
        let c = self.b.ins().fcmp(super::float_cc(cmp), size, x);
        self.b.ins().jump(done, &[c.into()]);
        self.b.switch_to_block(done);
        self.result(d, r)
    }
}
