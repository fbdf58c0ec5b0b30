//! What is known of floats on a way: ends, and whether it may be NaN. A sum with a known float rounds, but never
//! turns the order of two floats round; so what is known of `x - 1.0` says something of `x`, and that of `x - 2.0`.

use super::{Known, Path, Thread};
use crate::interp::feedback::WHOLE;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Cmp, Val};

/// Floats tried for an end, on each side of where it is looked for.
const TRIES: usize = 4;
/// Sums from a value to what it was counted from.
const MOST_STEPS: usize = 64;

/// A float between two ends that belong to it, or NaN.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Span {
    lo: f64,
    hi: f64,
    nan: bool,
}

/// What is known of a value.
#[derive(Clone, Copy)]
pub(super) struct Fact {
    pub of: Val,
    span: Span,
}

impl Span {
    const ANY: Span = Span {
        lo: f64::NEG_INFINITY,
        hi: f64::INFINITY,
        nan: true,
    };

    const WHOLE: Span = Span {
        lo: -WHOLE,
        hi: WHOLE,
        nan: false,
    };

    /// Of whole floats in it (and not further from zero than those that are told apart).
    fn whole(self) -> Span {
        Span {
            lo: self.lo.ceil(),
            hi: self.hi.floor(),
            nan: self.nan,
        }
        .meet(Span::WHOLE)
    }

    fn meet(self, o: Span) -> Span {
        Span {
            lo: self.lo.max(o.lo),
            hi: self.hi.min(o.hi),
            nan: self.nan && o.nan,
        }
    }
    fn join(self, o: Span) -> Span {
        Span {
            lo: self.lo.min(o.lo),
            hi: self.hi.max(o.hi),
            nan: self.nan || o.nan,
        }
    }

    /// Of what compares so with a number. NaN compares with none, so that it may be what does not.
    fn of(cmp: Cmp, k: f64, holds: bool) -> Span {
        let (lo, hi) = (f64::NEG_INFINITY, f64::INFINITY);
        let (lo, hi) = match (cmp, holds) {
            (Cmp::Lt, true) | (Cmp::Ge, false) => (lo, k.next_down()),
            (Cmp::Le, true) | (Cmp::Gt, false) => (lo, k),
            (Cmp::Gt, true) | (Cmp::Le, false) => (k.next_up(), hi),
            (Cmp::Ge, true) | (Cmp::Lt, false) => (k, hi),
            (Cmp::Eq, true) | (Cmp::Ne, false) => (k, k),
            (Cmp::Eq, false) | (Cmp::Ne, true) => (lo, hi),
        };
        let nan = holds == (cmp == Cmp::Ne);
        Span { lo, hi, nan }
    }

    /// Whether it compares so, if all of it does or none.
    fn decide(self, cmp: Cmp, k: f64) -> Option<bool> {
        let (below, above) = (self.hi < k, self.lo > k);
        let (always, never) = match cmp {
            Cmp::Lt => (below, self.lo >= k),
            Cmp::Le => (self.hi <= k, above),
            Cmp::Gt => (above, self.hi <= k),
            Cmp::Ge => (self.lo >= k, below),
            Cmp::Eq => (false, below || above),
            Cmp::Ne => return (below || above).then_some(true),
        };
        match (always && !self.nan, never) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }

    /// Of the sum with a finite number.
    fn plus(self, a: f64) -> Span {
        Span {
            lo: self.lo + a,
            hi: self.hi + a,
            nan: self.nan,
        }
    }

    /// Of what has this sum with a finite number.
    fn minus(self, a: f64) -> Span {
        Span {
            lo: least(self.lo, a),
            // The same, seen from the other side.
            hi: -least(-self.hi, -a),
            nan: self.nan,
        }
    }
}

/// A number below which no float has a sum with `a` that is not below `k`.
fn least(k: f64, a: f64) -> f64 {
    let mut b = k - a;
    for _ in 0..TRIES {
        if b + a < k {
            b = b.next_up();
        }
    }
    for _ in 0..TRIES {
        if b.next_down() + a >= k {
            b = b.next_down();
        }
    }
    match b.is_finite() && b.next_down() + a < k {
        true => b,
        false => f64::NEG_INFINITY,
    }
}

pub(super) fn joined(a: &[Fact], b: &[Fact]) -> Vec<Fact> {
    let both = |x: &Fact| {
        let y = b.iter().find(|y| y.of == x.of)?;
        let span = x.span.join(y.span);
        Some(Fact { of: x.of, span })
    };
    a.iter().filter_map(both).collect()
}

impl Thread<'_> {
    fn float(&self, path: &Path, v: Val) -> Option<f64> {
        let v = path.find(v);
        if let Some(x) = path.floats.get(&v) {
            return Some(*x);
        }
        let (_, d) = self.f.def(v)?;
        match (d.op == Op::ConstF64, d.imms[0]) {
            (true, Imm::Float(bits)) => Some(f64::from_bits(bits)).filter(|x| x.is_finite()),
            (_, _) => None,
        }
    }

    /// A value that is compared with a known float.
    fn compares_float(&self, path: &Path, d: &InstData) -> Option<(Val, Cmp, f64)> {
        let (Op::FcmpF64, Imm::Cmp(cmp)) = (d.op, d.imms[0]) else {
            return None;
        };
        match (self.float(path, d.args[0]), self.float(path, d.args[1])) {
            (_, Some(k)) => Some((d.args[0], cmp, k)),
            (Some(k), None) => Some((d.args[1], cmp.swap(), k)),
            (None, None) => None,
        }
    }

    /// What a value was counted from, and what was added to that, one after the other.
    fn float_root(&self, path: &Path, v: Val) -> (Val, Vec<f64>) {
        let (mut v, mut steps) = (path.find(v), Vec::new());
        while let Some((_, d)) = self.f.def(v)
            && [Op::AddF64, Op::SubF64].contains(&d.op)
            && steps.len() < MOST_STEPS
            && let Some(k) = self.float(path, d.args[1])
        {
            // To subtract is to add the opposite.
            steps.push(if d.op == Op::AddF64 { k } else { -k });
            v = path.find(d.args[0]);
        }
        steps.reverse();
        (v, steps)
    }

    /// What a comparison of floats says where it holds, or does not.
    pub(super) fn learn_float(&self, known: &mut Known, d: &InstData, holds: bool) {
        let nowhere = Path::empty();
        let Some((x, cmp, k)) = self.compares_float(&nowhere, d) else {
            return;
        };
        let (of, steps) = self.float_root(&nowhere, x);
        let span = steps.iter().rev();
        let mut span = span.fold(Span::of(cmp, k, holds), |s, a| s.minus(*a));
        if self.is_whole(of) {
            span = span.whole();
        }
        match known.floats.iter_mut().find(|f| f.of == of) {
            Some(f) => f.span = f.span.meet(span),
            None => known.floats.push(Fact { of, span }),
        }
    }

    fn is_whole(&self, v: Val) -> bool {
        self.f.def(v).is_some_and(|(_, d)| d.op == Op::GuardWhole)
    }

    fn span(&self, root: Val, known: &Known) -> Span {
        match known.floats.iter().find(|f| f.of == root) {
            Some(fact) => fact.span,
            None if self.is_whole(root) => Span::WHOLE,
            None => Span::ANY,
        }
    }

    /// The float that a value is, if that is known.
    fn exact(&self, path: &Path, v: Val, known: &Known) -> Option<f64> {
        if let Some(x) = self.float(path, v) {
            return Some(x);
        }
        let (root, steps) = self.float_root(path, v);
        let span = self.span(root, known);
        let span = steps.iter().fold(span, |s, a| s.plus(*a));
        // What nothing was added to may be -0.0.
        let signed = span.lo == 0.0 && steps.iter().all(|a| *a == 0.0);
        (span.lo == span.hi && !span.nan && !signed).then_some(span.lo)
    }

    /// The float that a sum or a difference is, if that is known.
    pub(super) fn float_sum(&self, path: &Path, d: &InstData, known: &Known) -> Option<f64> {
        let a = self.exact(path, d.args[0], known)?;
        let b = self.exact(path, d.args[1], known)?;
        let sum = match d.op {
            Op::AddF64 => a + b,
            Op::SubF64 => a - b,
            _other => return None,
        };
        sum.is_finite().then_some(sum)
    }

    /// Whether a comparison of floats holds, if that is known.
    pub(super) fn decide_float(&self, path: &Path, d: &InstData, known: &Known) -> Option<bool> {
        let (x, cmp, k) = self.compares_float(path, d)?;
        let (root, steps) = self.float_root(path, x);
        let span = self.span(root, known);
        steps.iter().fold(span, |s, a| s.plus(*a)).decide(cmp, k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [f64; 14] = [
        -1e300,
        -3.5,
        -1.0,
        -1e-16,
        0.0,
        5e-324,
        1e-30,
        0.1,
        1.0,
        2.0,
        3.0,
        4503599627370497.5,
        1e20,
        1e300,
    ];

    /// What a sum says of its operand leaves out no float near the ends.
    #[test]
    fn what_is_counted_down_is_where_its_sum_says() {
        for k in NUMBERS {
            for a in NUMBERS {
                let far = Span::of(Cmp::Ge, k, true).minus(a);
                let near = Span::of(Cmp::Le, k, true).minus(a);
                let (mut down, mut up) = (k - a, k - a);
                for _ in 0..20 {
                    for x in [down, up] {
                        assert!(x + a < k || x >= far.lo, "{x} + {a} >= {k}: {far:?}");
                        assert!(x + a > k || x <= near.hi, "{x} + {a} <= {k}: {near:?}");
                    }
                    (down, up) = (down.next_down(), up.next_up());
                }
            }
        }
    }

    /// What is decided is so, of each number and of NaN.
    #[test]
    fn what_is_decided_holds() {
        for cmp in [Cmp::Lt, Cmp::Le, Cmp::Gt, Cmp::Ge, Cmp::Eq, Cmp::Ne] {
            let holds = |c: Cmp, x: f64, k: f64| match c {
                Cmp::Lt => x < k,
                Cmp::Le => x <= k,
                Cmp::Gt => x > k,
                Cmp::Ge => x >= k,
                Cmp::Eq => x == k,
                Cmp::Ne => x != k,
            };
            for x in NUMBERS.into_iter().chain([f64::NAN, f64::INFINITY, -0.0]) {
                for k in NUMBERS {
                    let s = Span::of(cmp, k, holds(cmp, x, k));
                    for d in [Cmp::Lt, Cmp::Le, Cmp::Gt, Cmp::Ge, Cmp::Eq, Cmp::Ne] {
                        for (a, l) in NUMBERS.into_iter().zip(NUMBERS) {
                            let sum = s.plus(a).decide(d, l);
                            assert!(
                                sum.is_none_or(|b| b == holds(d, x + a, l)),
                                "{x} {cmp:?} {k}"
                            );
                        }
                    }
                }
            }
        }
    }
}
