//! Ranges of 64-bit ints and what operators make of them: the arithmetic of `range`.

use crate::jit::ssa::types::Cmp;

/// Both ends belong to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Range {
    pub lo: i64,
    pub hi: i64,
}

impl Range {
    pub const FULL: Range = Range {
        lo: i64::MIN,
        hi: i64::MAX,
    };
    pub fn one(x: i64) -> Range {
        Range { lo: x, hi: x }
    }
    pub fn join(self, o: Range) -> Range {
        Range {
            lo: self.lo.min(o.lo),
            hi: self.hi.max(o.hi),
        }
    }
    /// What is in both. Nothing is: the code is never reached, and either will do.
    pub fn meet(self, o: Range) -> Range {
        let (lo, hi) = (self.lo.max(o.lo), self.hi.min(o.hi));
        match lo <= hi {
            true => Range { lo, hi },
            false => self,
        }
    }
    /// From bounds that may lie outside 64 bits; whether they do not.
    pub fn of(lo: i128, hi: i128) -> (Range, bool) {
        let (min, max) = (i64::MIN as i128, i64::MAX as i128);
        let inside = lo >= min && hi <= max;
        let clamp = |x: i128| x.clamp(min, max) as i64;
        let r = Range {
            lo: clamp(lo),
            hi: clamp(hi),
        };
        (r, inside)
    }
    pub fn add(self, o: Range) -> (Range, bool) {
        Range::of(
            self.lo as i128 + o.lo as i128,
            self.hi as i128 + o.hi as i128,
        )
    }
    pub fn sub(self, o: Range) -> (Range, bool) {
        Range::of(
            self.lo as i128 - o.hi as i128,
            self.hi as i128 - o.lo as i128,
        )
    }
    pub fn mul(self, o: Range) -> (Range, bool) {
        let ends = |a: Range| [a.lo as i128, a.hi as i128];
        let all = ends(self).map(|x| ends(o).map(|y| x * y));
        let all = [all[0][0], all[0][1], all[1][0], all[1][1]];
        let lo = all.into_iter().fold(i128::MAX, i128::min);
        let hi = all.into_iter().fold(i128::MIN, i128::max);
        Range::of(lo, hi)
    }
    /// What the comparison says, if the ranges decide it.
    pub fn decide(self, c: Cmp, o: Range) -> Option<bool> {
        let always = match c {
            Cmp::Lt => self.hi < o.lo,
            Cmp::Le => self.hi <= o.lo,
            Cmp::Gt => self.lo > o.hi,
            Cmp::Ge => self.lo >= o.hi,
            Cmp::Eq => self.lo == self.hi && self == o,
            Cmp::Ne => self.hi < o.lo || self.lo > o.hi,
        };
        if always {
            return Some(true);
        }
        let never = match c {
            Cmp::Lt => self.lo >= o.hi,
            Cmp::Le => self.lo > o.hi,
            Cmp::Gt => self.hi <= o.lo,
            Cmp::Ge => self.hi < o.lo,
            Cmp::Eq => self.hi < o.lo || self.lo > o.hi,
            Cmp::Ne => self.lo == self.hi && self == o,
        };
        never.then_some(false)
    }
    /// `self` where `self c o` holds.
    pub fn narrow(self, c: Cmp, o: Range) -> Range {
        let (lo, hi) = match c {
            Cmp::Lt => (i64::MIN, o.hi.saturating_sub(1)),
            Cmp::Le => (i64::MIN, o.hi),
            Cmp::Gt => (o.lo.saturating_add(1), i64::MAX),
            Cmp::Ge => (o.lo, i64::MAX),
            Cmp::Eq => (o.lo, o.hi),
            Cmp::Ne => return self.without(o),
        };
        self.meet(Range { lo, hi })
    }
    /// Whether all of the other is in it.
    pub fn contains(self, o: Range) -> bool {
        self.lo <= o.lo && o.hi <= self.hi
    }
    /// From 0 to there.
    pub fn to(hi: i64) -> Range {
        Range { lo: 0, hi }
    }
    /// What holds both, an end that has to move moving as far as makes sense: it is not to move often.
    pub fn widen(self, o: Range) -> Range {
        let lo = match (o.lo < self.lo, o.lo >= 0) {
            (false, _) => self.lo,
            (true, true) => 0,
            (true, false) => i64::MIN,
        };
        let hi = if o.hi > self.hi { i64::MAX } else { self.hi };
        Range { lo, hi }
    }
    /// Bits of the largest number; of a range without negative ones.
    pub fn bits(self) -> u32 {
        64 - self.hi.leading_zeros()
    }
    /// One number at an end goes.
    fn without(self, o: Range) -> Range {
        let mut r = self;
        if o.lo == o.hi && self.lo < self.hi {
            r.lo += (o.lo == self.lo) as i64;
            r.hi -= (o.lo == self.hi) as i64;
        }
        r
    }
}
