//! Numbers. Instructions that can trap stand behind explicit tests: there is no trap handler.

use super::{L, Lower, bad};
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Val;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};

impl Lower<'_> {
    /// The number, when the operand is a constant.
    fn known(&self, v: Val) -> Option<i64> {
        match self.f.def(v) {
            Some((_, d)) if d.op == Op::ConstI64 => Some(d.int()),
            _ => None,
        }
    }
    pub(super) fn known_arg(&self, d: &InstData, i: usize) -> Option<i64> {
        d.args.get(i).and_then(|&v| self.known(v))
    }
    /// A number less known ones: the number, and how much less in all.
    fn less(&self, mut v: Val) -> (Val, i64) {
        let mut by = 0i64;
        while let Some((_, of)) = self.f.def(v).filter(|(_, of)| of.op == Op::WrapSubI64)
            && let Some(sum) = self.known_arg(of, 1).and_then(|n| by.checked_add(n))
        {
            (v, by) = (of.args[0], sum);
        }
        (v, by)
    }
    /// Where such a number is compared: the first number, and what it is compared with moved as far, so that the
    /// comparison needs no difference. In a loop that would keep two numbers alive.
    pub(super) fn shifted(&mut self, d: &InstData) -> L<Option<(ir::Value, ir::Value)>> {
        let (Some(&x), Some(to), true) = (d.args.first(), self.known_arg(d, 1), self.straight)
        else {
            return Ok(None);
        };
        match self.less(x) {
            (of, by)
                if by != 0
                    && let Some(to) = to.checked_add(by) =>
            {
                let to = self.iconst(to);
                Ok(Some((self.v(of)?, to)))
            }
            _same => Ok(None),
        }
    }
    /// `wrap_sub_i64`: to add a constant is one instruction.
    pub(super) fn difference(&mut self, d: &InstData) -> L<()> {
        let (x, y) = self.two(d)?;
        let r = match self.known_arg(d, 1).and_then(i64::checked_neg) {
            Some(y) => self.b.ins().iadd_imm_s(x, y),
            None => self.b.ins().isub(x, y),
        };
        self.result(d, r)
    }
    fn two(&self, d: &InstData) -> L<(ir::Value, ir::Value)> {
        Ok((self.arg(d, 0)?, self.arg(d, 1)?))
    }

    /// `+`, `-`, `*`: leaves when the result does not fit.
    pub(super) fn checked(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (x, y) = self.two(d)?;
        let out = self.exit_block(d)?;
        // With a constant the sum tells by itself whether it went the right way: a compare and a
        // branch, where the overflow flag would be brought into a register first.
        let step = match (d.op == Op::AddI64, d.op == Op::SubI64) {
            (true, _) => self.known_arg(d, 1),
            (_, true) => self.known_arg(d, 1).and_then(i64::checked_neg),
            (false, false) => None,
        };
        if let Some(step) = step.filter(|&s| s != 0) {
            let r = self.b.ins().iadd_imm_s(x, step);
            let wrong = if step > 0 {
                IntCC::SignedLessThan
            } else {
                IntCC::SignedGreaterThan
            };
            let over = self.b.ins().icmp(wrong, r, x);
            self.branch_away(over, out);
            return self.result(d, r);
        }
        let (r, over) = if d.op == Op::AddI64 {
            self.b.ins().sadd_overflow(x, y)
        } else if d.op == Op::SubI64 {
            self.b.ins().ssub_overflow(x, y)
        } else {
            self.b.ins().smul_overflow(x, y)
        };
        self.branch_away(over, out);
        self.result(d, r)
    }

    /// The same, of a second operand that is not negative: the result lies on its side of the first.
    pub(super) fn up_or_down(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (x, y) = self.two(d)?;
        let out = self.exit_block(d)?;
        let (r, wrong) = match d.op == Op::AddUpI64 {
            true => (self.b.ins().iadd(x, y), IntCC::SignedLessThan),
            false => (self.b.ins().isub(x, y), IntCC::SignedGreaterThan),
        };
        let over = self.b.ins().icmp(wrong, r, x);
        self.branch_away(over, out);
        self.result(d, r)
    }

    pub(super) fn neg_i64(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let x = self.arg(d, 0)?;
        let out = self.exit_block(d)?;
        let least = self.b.ins().icmp_imm_s(IntCC::Equal, x, i64::MIN);
        self.branch_away(least, out);
        let r = self.b.ins().ineg(x);
        self.result(d, r)
    }

    /// Leaves where the divisor is 0; whether it may be -1 is left to tell.
    fn divisor(&mut self, d: &InstData, y: ir::Value) -> L<Option<i64>> {
        let known = self.known_arg(d, 1).filter(|&k| k != 0);
        if known.is_none() {
            let out = self.exit_block(d)?;
            let zero = self.b.ins().icmp_imm_s(IntCC::Equal, y, 0);
            self.branch_away(zero, out);
        }
        Ok(known)
    }

    pub(super) fn floordiv_i64(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (x, y) = self.two(d)?;
        let known = self.divisor(d, y)?;
        if let Some(k) = known
            && k > 0
        {
            if k.count_ones() == 1 {
                let r = self.b.ins().sshr_imm_s(x, k.trailing_zeros() as i64);
                return self.result(d, r);
            }
            // The quotient rounds to zero; below it when something negative was left over.
            let q = self.b.ins().sdiv(x, y);
            let back = self.b.ins().imul(q, y);
            let rest = self.b.ins().isub(x, back);
            let fix = self.b.ins().sshr_imm_s(rest, 63);
            let r = self.b.ins().iadd(q, fix);
            return self.result(d, r);
        }
        if known.is_none_or(|k| k == -1) {
            // The least int by -1 does not fit, and the instruction would trap.
            let out = self.exit_block(d)?;
            let least = self.b.ins().icmp_imm_s(IntCC::Equal, x, i64::MIN);
            let minus = self.b.ins().icmp_imm_s(IntCC::Equal, y, -1);
            let both = self.b.ins().band(least, minus);
            self.branch_away(both, out);
        }
        let done = self.narrow(known, x, y, |l, x, y| l.b.ins().udiv(x, y));
        let q = self.b.ins().sdiv(x, y);
        let back = self.b.ins().imul(q, y);
        let rest = self.b.ins().isub(x, back);
        let signs = self.b.ins().bxor(rest, y);
        let differ = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, signs, 0);
        let left = self.b.ins().icmp_imm_s(IntCC::NotEqual, rest, 0);
        let fix = self.b.ins().band(differ, left);
        let fix = self.b.ins().uextend(types::I64, fix);
        let r = self.b.ins().isub(q, fix);
        let r = self.wide(done, r);
        self.result(d, r)
    }

    /// Where both operands of a division have 32 bits and no sign, the short instruction, which is several
    /// times as fast, and needs no correction. Goes on where they have not; the block where both ways
    /// meet, for `wide`. The divisor is not 0.
    fn narrow(
        &mut self,
        known: Option<i64>,
        x: ir::Value,
        y: ir::Value,
        f: impl FnOnce(&mut Self, ir::Value, ir::Value) -> ir::Value,
    ) -> Option<ir::Block> {
        if known.is_some() {
            return None;
        }
        let (short, long, done) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        self.b.append_block_param(done, types::I64);
        let either = self.b.ins().bor(x, y);
        let high = self.b.ins().ushr_imm_s(either, 32);
        self.b.ins().brif(high, long, &[], short, &[]);
        self.b.switch_to_block(short);
        let x = self.b.ins().ireduce(types::I32, x);
        let y = self.b.ins().ireduce(types::I32, y);
        let r = f(self, x, y);
        let r = self.b.ins().uextend(types::I64, r);
        self.b.ins().jump(done, &[r.into()]);
        self.b.switch_to_block(long);
        Some(done)
    }
    /// See `narrow`: what the other way gave.
    fn wide(&mut self, done: Option<ir::Block>, r: ir::Value) -> ir::Value {
        let Some(done) = done else { return r };
        self.b.ins().jump(done, &[r.into()]);
        self.b.switch_to_block(done);
        self.b.block_params(done)[0]
    }

    /// Quotient or rest of numbers without sign; by a known number with a multiplication.
    pub(super) fn unsigned_by(&mut self, d: &InstData) -> L<()> {
        let (x, y) = self.two(d)?;
        let bits = self.idx(d)?;
        let div = d.op == Op::UdivI64;
        let by = self.known_arg(d, 1).filter(|&k| k > 0);
        let power = by.filter(|k| k.count_ones() == 1);
        let r = if let Some(k) = power {
            match div {
                true => self.b.ins().ushr_imm_s(x, k.trailing_zeros() as i64),
                false => self.b.ins().band_imm_s(x, k - 1),
            }
        } else if let Some((k, m)) = by.and_then(|k| Some((k, magic(k as u64, bits)?))) {
            let factor = self.iconst(m.factor as i64);
            let q = match m.short {
                true => self.b.ins().imul(x, factor),
                false => self.b.ins().umulhi(x, factor),
            };
            let q = match m.shift {
                0 => q,
                n => self.b.ins().ushr_imm_s(q, n as i64),
            };
            if div { q } else { self.less_times(x, q, k) }
        } else if div {
            self.b.ins().udiv(x, y)
        } else {
            self.b.ins().urem(x, y)
        };
        self.result(d, r)
    }

    /// A product that fits: next to a power of two by a shift, which is sooner ready.
    pub(super) fn product(&mut self, d: &InstData) -> L<()> {
        let (x, y) = self.two(d)?;
        let (a, k) = match (self.known_arg(d, 0), self.known_arg(d, 1)) {
            (_, Some(k)) => (x, k),
            (Some(k), None) => (y, k),
            (None, None) => (x, 0),
        };
        let near = (3..1 << 32).contains(&k);
        let up = |n: i64| n.trailing_zeros() as i64;
        let r = if near && (k - 1).count_ones() == 1 {
            let far = self.b.ins().ishl_imm_s(a, up(k - 1));
            self.b.ins().iadd(a, far)
        } else if near && (k + 1).count_ones() == 1 {
            let far = self.b.ins().ishl_imm_s(a, up(k + 1));
            self.b.ins().isub(far, a)
        } else {
            self.b.ins().imul(x, y)
        };
        self.result(d, r)
    }

    /// `x - q * k`. Next to a power of two a shift is sooner ready than the product.
    fn less_times(&mut self, x: ir::Value, q: ir::Value, k: i64) -> ir::Value {
        let up = |n: i64| n.trailing_zeros() as i64;
        let (near, by) = match ((k - 1).count_ones(), k.wrapping_add(1).count_ones()) {
            (1, _) => (self.b.ins().isub(x, q), up(k - 1)),
            (_, 1) => (self.b.ins().iadd(x, q), up(k.wrapping_add(1))),
            (_, _) => {
                let back = self.b.ins().imul_imm_s(q, k);
                return self.b.ins().isub(x, back);
            }
        };
        let far = self.b.ins().ishl_imm_s(q, by);
        self.b.ins().isub(near, far)
    }

    pub(super) fn mod_i64(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (x, y) = self.two(d)?;
        let known = self.divisor(d, y)?;
        if let Some(k) = known
            && k > 0
        {
            let r = if k.count_ones() == 1 {
                self.b.ins().band_imm_s(x, k - 1)
            } else {
                let rest = self.b.ins().srem(x, y);
                let minus = self.b.ins().sshr_imm_s(rest, 63);
                let fix = self.b.ins().band(minus, y);
                self.b.ins().iadd(rest, fix)
            };
            return self.result(d, r);
        }
        let done = self.narrow(known, x, y, |l, x, y| l.b.ins().urem(x, y));
        // By -1 the rest is 0, and the instruction may trap: divide by 1 instead.
        let minus = self.b.ins().icmp_imm_s(IntCC::Equal, y, -1);
        let one = self.iconst(1);
        let by = self.b.ins().select(minus, one, y);
        let rest = self.b.ins().srem(x, by);
        let signs = self.b.ins().bxor(rest, y);
        let differ = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, signs, 0);
        let left = self.b.ins().icmp_imm_s(IntCC::NotEqual, rest, 0);
        let fix = self.b.ins().band(differ, left);
        let zero = self.iconst(0);
        let fix = self.b.ins().select(fix, y, zero);
        let r = self.b.ins().iadd(rest, fix);
        let r = self.wide(done, r);
        self.result(d, r)
    }

    pub(super) fn shl_i64(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (x, n) = self.two(d)?;
        let out = self.exit_block(d)?;
        if !matches!(self.known_arg(d, 1), Some(0..=63)) {
            let wide = self.b.ins().icmp_imm_s(IntCC::UnsignedGreaterThan, n, 63);
            self.branch_away(wide, out);
        }
        let r = self.b.ins().ishl(x, n);
        let back = self.b.ins().sshr(r, n);
        let lost = self.b.ins().icmp(IntCC::NotEqual, back, x);
        self.branch_away(lost, out);
        self.result(d, r)
    }

    pub(super) fn shr_i64(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (x, n) = self.two(d)?;
        let n = match self.known_arg(d, 1) {
            Some(0..=63) => n,
            _ => {
                let out = self.exit_block(d)?;
                let minus = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, n, 0);
                self.branch_away(minus, out);
                let most = self.iconst(63);
                self.b.ins().umin(n, most)
            }
        };
        let r = self.b.ins().sshr(x, n);
        self.result(d, r)
    }

    pub(super) fn float_by(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let (x, y) = self.two(d)?;
        let divisor = self.f.def(d.args[1]).map(|(_, by)| by.imms[0]);
        let known = |i| matches!(i, Imm::Float(bits) if f64::from_bits(bits) != 0.0);
        if !divisor.is_some_and(known) {
            let out = self.exit_block(d)?;
            let zero = self.b.ins().f64const(0.0);
            let by_zero = self.b.ins().fcmp(FloatCC::Equal, y, zero);
            self.branch_away(by_zero, out);
        }
        let r = if d.op == Op::DivF64 {
            self.b.ins().fdiv(x, y)
        } else {
            let h = if d.op == Op::ModF64 {
                Helper::FloatMod
            } else {
                Helper::FloatFloorDiv
            };
            let x = self.b.ins().bitcast(types::I64, MemFlagsData::new(), x);
            let y = self.b.ins().bitcast(types::I64, MemFlagsData::new(), y);
            let (bits, _) = self.helper(h, &[x, y])?;
            self.b.ins().bitcast(types::F64, MemFlagsData::new(), bits)
        };
        self.result(d, r)
    }

    pub(super) fn exact(&mut self, d: &InstData) -> L<()> {
        self.stress(d)?;
        let x = self.arg(d, 0)?;
        let out = self.exit_block(d)?;
        const EXACT: i64 = 1 << 53;
        let half = self.iconst(EXACT);
        let shifted = self.b.ins().iadd(x, half);
        let most = self.iconst(2 * EXACT);
        let far = self.b.ins().icmp(IntCC::UnsignedGreaterThan, shifted, most);
        self.branch_away(far, out);
        let r = self.b.ins().fcvt_from_sint(types::F64, x);
        self.result(d, r)
    }

    /// An op of two operands that cannot fail.
    pub(super) fn plain2(
        &mut self,
        d: &InstData,
        f: impl FnOnce(&mut Lower<'_>, ir::Value, ir::Value) -> ir::Value,
    ) -> L<()> {
        let (x, y) = self.two(d)?;
        let r = f(self, x, y);
        self.result(d, r)
    }
    /// An op of one operand that cannot fail.
    pub(super) fn plain1(
        &mut self,
        d: &InstData,
        f: impl FnOnce(&mut Lower<'_>, ir::Value) -> ir::Value,
    ) -> L<()> {
        let x = self.arg(d, 0)?;
        if d.results.is_empty() {
            return bad(format!("{} has no result", d.op.name()));
        }
        let r = f(self, x);
        self.result(d, r)
    }
}

/// A division as a multiplication: the product, or its upper half, is shifted down.
struct Magic {
    factor: u64,
    /// The product has 64 bits.
    short: bool,
    shift: u32,
}

/// How to divide a number below 2^bits by `d`, which is no power of two. The factor is 2^n / d, rounded up by
/// `over / d`: too much by less than the least fraction that a quotient can lack to the next number, while
/// `over` times the dividend is below 2^n.
fn magic(d: u64, bits: u32) -> Option<Magic> {
    let d = d as u128;
    let of = |n: u32| {
        let factor = (1u128 << n).div_ceil(d);
        let over = factor * d - (1 << n);
        (over << bits <= 1 << n).then_some(factor)
    };
    let short = (0..64).find_map(|n| Some((of(n)?, n)));
    if let Some((factor, n)) = short
        && 128 - factor.leading_zeros() + bits <= 64
    {
        return Some(Magic {
            factor: factor as u64,
            short: true,
            shift: n,
        });
    }
    let long = (64..126).find_map(|n| Some((of(n)?, n)));
    let (factor, n) = long?;
    Some(Magic {
        factor: u64::try_from(factor).ok()?,
        short: false,
        shift: n - 64,
    })
}

#[cfg(test)]
mod magic_tests {
    use super::magic;

    /// By multiplication as by division, at both ends of each quotient.
    #[test]
    fn a_multiplication_divides() {
        let mut divisors: Vec<u64> = (3..2000).collect();
        divisors.extend([65_537, 2_147_483_647, (1 << 40) + 1, (1 << 62) - 57]);
        for d in divisors.into_iter().filter(|d| d.count_ones() > 1) {
            for bits in [1, 5, 8, 16, 24, 31, 32, 33, 40, 47, 48, 50, 55, 62, 63] {
                let Some(m) = magic(d, bits) else {
                    assert!(bits > 48, "{d} {bits}");
                    continue;
                };
                let by = |x: u64| match m.short {
                    true => x.checked_mul(m.factor).unwrap() >> m.shift,
                    false => ((x as u128 * m.factor as u128) >> 64) as u64 >> m.shift,
                };
                let most = (1u64 << bits) - 1;
                let q = most / d;
                for q in [0, 1, 2, q / 3, q / 2, q.saturating_sub(1), q] {
                    for x in [
                        q * d,
                        (q * d).saturating_sub(1),
                        q * d + 1,
                        q * d + d / 2,
                        most,
                    ] {
                        if x <= most {
                            assert_eq!(by(x), x / d, "{x} / {d}, {bits} bits");
                        }
                    }
                }
            }
        }
    }
}
