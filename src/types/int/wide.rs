//! Passes over ints of many words, with looks at the limits as they go; what gave up gives any number, and the poll
//! behind it raises.
//!
//! The bigint crate works on a number in one piece. It gives its words one by one, and takes words one by one only from
//! serde: so numbers are made here ([`make`]).

use super::big::LONG_DIVISION;
use crate::vm::{Vm, work};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{Signed, Zero};
use serde_core::Deserialize;
use serde_core::de::value::{Error, SeqDeserializer};
use std::borrow::Cow;
use std::cmp::Ordering;

/// Words between two looks.
const PIECE: usize = work::PIECE / 8;
/// Bits from which on a number is worked on here.
const WIDE: u64 = 64 * PIECE as u64;

/// Whether a number of so many bits is worked on in pieces.
pub fn is_wide(bits: u64) -> bool {
    bits > WIDE
}

/// Halves of words, with a look now and then.
struct Halves<'a, I> {
    vm: &'a Vm,
    words: I,
    high: Option<u32>,
    left: usize,
}

impl<I: Iterator<Item = u64>> Iterator for Halves<'_, I> {
    type Item = u32;
    #[inline]
    fn next(&mut self) -> Option<u32> {
        if let Some(h) = self.high.take() {
            return Some(h);
        }
        if self.left == 0 {
            if self.vm.gives_up() {
                return None;
            }
            self.left = PIECE;
        }
        self.left -= 1;
        let w = self.words.next()?;
        self.high = Some((w >> 32) as u32);
        Some(w as u32)
    }
}

/// The number whose words these are, the lowest first. What holds them grows by doubling: it may have taken, and not
/// touched, as much again.
pub fn make(vm: &Vm, words: impl Iterator<Item = u64>) -> BigUint {
    let halves = Halves {
        vm,
        words,
        high: None,
        left: PIECE,
    };
    // Nothing in it can fail.
    BigUint::deserialize(SeqDeserializer::<_, Error>::new(halves)).unwrap_or_default()
}

/// Words of a number in two's complement, without end.
struct Twos<I> {
    words: I,
    flip: u64,
    carry: bool,
}

impl<I: Iterator<Item = u64>> Twos<I> {
    fn new(words: I, negative: bool) -> Self {
        Twos {
            words,
            flip: if negative { u64::MAX } else { 0 },
            carry: negative,
        }
    }
    #[inline]
    fn word(&mut self) -> u64 {
        let w = self.words.next().unwrap_or(0) ^ self.flip;
        let (w, over) = w.overflowing_add(self.carry as u64);
        self.carry = over;
        w
    }
}

fn words(x: &BigInt) -> usize {
    x.bits().div_ceil(64) as usize
}

/// A number of this sign, of `n` words in two's complement.
fn from_twos(vm: &Vm, negative: bool, n: usize, mut f: impl FnMut() -> u64) -> BigInt {
    let twos = (0..n).map(|_| f());
    let mut out = Twos::new(twos, negative);
    let m = make(vm, (0..n).map(|_| out.word()));
    signed(negative, m)
}

fn signed(negative: bool, m: BigUint) -> BigInt {
    BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, m)
}

/// What `f` makes of the words of two numbers in two's complement; `-b` in the place of `b` where `minus` says so.
fn combine(
    vm: &Vm,
    a: &BigInt,
    b: &BigInt,
    minus: bool,
    negative: bool,
    mut f: impl FnMut(u64, u64) -> u64,
) -> BigInt {
    let mut x = Twos::new(a.iter_u64_digits(), a.is_negative());
    let mut y = Twos::new(b.iter_u64_digits(), b.is_negative() != minus);
    let n = words(a).max(words(b)) + 1;
    from_twos(vm, negative, n, || f(x.word(), y.word()))
}

/// Which magnitude is greater.
fn compare_abs(vm: &Vm, a: &BigInt, b: &BigInt) -> Ordering {
    a.bits().cmp(&b.bits()).then_with(|| {
        let pairs = a.iter_u64_digits().rev().zip(b.iter_u64_digits().rev());
        let mut pairs = pace(vm, pairs);
        let differ = pairs.find(|(x, y)| x != y);
        differ.map_or(Ordering::Equal, |(x, y)| x.cmp(&y))
    })
}

/// Words, or pairs of them, with looks.
fn pace<I: Iterator>(vm: &Vm, it: I) -> impl Iterator<Item = I::Item> {
    let mut since = 0;
    it.take_while(move |_| {
        since += 1;
        since < PIECE || {
            since = 0;
            !vm.gives_up()
        }
    })
}

/// `a < b`, `a == b` or `a > b`
pub fn compare(vm: &Vm, a: &BigInt, b: &BigInt) -> Ordering {
    match (a.is_negative(), b.is_negative()) {
        (false, false) => compare_abs(vm, a, b),
        (true, true) => compare_abs(vm, b, a),
        (x, y) => y.cmp(&x),
    }
}

fn sum(vm: &Vm, a: &BigInt, b: &BigInt, minus: bool) -> BigInt {
    let (x, y) = (a.is_negative(), b.is_negative() != minus);
    let negative = match x == y {
        true => x,
        false if compare_abs(vm, a, b).is_ge() => x,
        false => y,
    };
    let mut carry = false;
    combine(vm, a, b, minus, negative, |x, y| {
        let (s, c) = x.overflowing_add(y);
        let (s, d) = s.overflowing_add(carry as u64);
        carry = c || d;
        s
    })
}

/// `a + b`
pub fn add(vm: &Vm, a: &BigInt, b: &BigInt) -> BigInt {
    sum(vm, a, b, false)
}
/// `a - b`
pub fn sub(vm: &Vm, a: &BigInt, b: &BigInt) -> BigInt {
    sum(vm, a, b, true)
}
/// `a & b`
pub fn and(vm: &Vm, a: &BigInt, b: &BigInt) -> BigInt {
    let negative = a.is_negative() && b.is_negative();
    combine(vm, a, b, false, negative, |x, y| x & y)
}
/// `a | b`
pub fn or(vm: &Vm, a: &BigInt, b: &BigInt) -> BigInt {
    let negative = a.is_negative() || b.is_negative();
    combine(vm, a, b, false, negative, |x, y| x | y)
}
/// `a ^ b`
pub fn xor(vm: &Vm, a: &BigInt, b: &BigInt) -> BigInt {
    let negative = a.is_negative() != b.is_negative();
    combine(vm, a, b, false, negative, |x, y| x ^ y)
}
/// `~a`
pub fn invert(vm: &Vm, a: &BigInt) -> BigInt {
    combine(vm, a, &BigInt::ZERO, false, !a.is_negative(), |x, _| !x)
}
/// `a` once more.
pub fn copy(vm: &Vm, a: &BigInt) -> BigInt {
    signed(a.is_negative(), make(vm, a.iter_u64_digits()))
}
/// `-a`
pub fn neg(vm: &Vm, a: &BigInt) -> BigInt {
    signed(!a.is_negative(), make(vm, a.iter_u64_digits()))
}

/// `a << n`
pub fn shl(vm: &Vm, a: &BigInt, n: u64) -> BigInt {
    let (zeros, by) = ((n / 64) as usize, n % 64);
    let mut low = 0;
    let digits = a.iter_u64_digits().chain([0]).map(|w| {
        let r = if by == 0 {
            w
        } else {
            w << by | low >> (64 - by)
        };
        low = w;
        r
    });
    let all = std::iter::repeat_n(0, zeros).chain(digits);
    signed(a.is_negative(), make(vm, all))
}

/// `a >> n`, rounded down.
pub fn shr(vm: &Vm, a: &BigInt, n: u64) -> BigInt {
    let (gone, by) = ((n / 64) as usize, n % 64);
    let mut x = Twos::new(a.iter_u64_digits(), a.is_negative());
    pace(vm, 0..gone).for_each(|_| {
        x.word();
    });
    let mut high = x.word();
    let n = (words(a) + 1).saturating_sub(gone).max(1);
    from_twos(vm, a.is_negative(), n, || {
        let w = high;
        high = x.word();
        if by == 0 {
            w
        } else {
            w >> by | high << (64 - by)
        }
    })
}

/// Words `0..PIECE` of a number, then those above as a number.
fn cut(p: BigUint) -> (Vec<u64>, BigUint) {
    let mut low: Vec<u64> = p.iter_u64_digits().take(PIECE).collect();
    low.resize(PIECE, 0);
    (low, p >> WIDE)
}

/// The number that these words are, the lowest first: few.
fn small(words: &[u64]) -> BigUint {
    let halves = words.iter().flat_map(|w| [*w as u32, (w >> 32) as u32]);
    BigUint::new(halves.collect())
}

/// `a * b` for a short `b`.
pub fn mul_short(vm: &Vm, a: &BigInt, b: &BigInt) -> BigInt {
    let mut from = a.iter_u64_digits();
    let mut carry = BigUint::ZERO;
    let pieces = std::iter::from_fn(|| {
        let piece: Vec<u64> = from.by_ref().take(PIECE).collect();
        if piece.is_empty() && carry.is_zero() || vm.gives_up() {
            return None;
        }
        let p = small(&piece) * b.magnitude() + std::mem::take(&mut carry);
        let (low, high) = cut(p);
        carry = high;
        Some(low)
    });
    let m = make(vm, pieces.flatten());
    signed(a.is_negative() != b.is_negative(), m)
}

/// Quotient and rest of magnitudes, for a short divisor that is not 0.
fn div_short(vm: &Vm, a: &BigInt, b: &BigUint) -> (BigUint, BigUint) {
    let n = words(a);
    let mut q = vec![0u64; n];
    let mut rest = BigUint::ZERO;
    let mut end = n;
    let mut from = a.iter_u64_digits().rev();
    while end > 0 && !vm.gives_up() {
        // The uppermost piece is the one that is not whole.
        let len = match end % PIECE {
            0 => PIECE,
            some => some,
        };
        let mut piece: Vec<u64> = from.by_ref().take(len).collect();
        piece.reverse();
        let top = (rest << (64 * len)) + small(&piece);
        let (part, r) = top.div_rem(b);
        end -= len;
        for (to, w) in q[end..].iter_mut().zip(part.iter_u64_digits()) {
            *to = w;
        }
        rest = r;
    }
    (make(vm, q.into_iter()), rest)
}

/// The same for a short quotient of long numbers, `a >= b`: that of their leading bits is off by one at most.
fn div_close(vm: &Vm, a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let keep = a.bits() - b.bits() + 65;
    let s = b.bits().saturating_sub(keep);
    let (x, y) = (a.magnitude() >> s, b.magnitude() >> s);
    let mut q = BigInt::from(x / y);
    let mut r = sub(vm, a, &mul_short(vm, b, &q));
    if r.is_negative() {
        q -= 1;
        r = add(vm, &r, b);
    } else if compare(vm, &r, b).is_ge() && !vm.gives_up() {
        q += 1;
        r = sub(vm, &r, b);
    }
    (q, r)
}

/// Floor division of a wide `a` where divisor or quotient is short; `b` is not 0.
pub fn div_mod_floor(vm: &Vm, a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let (x, y) = (a.is_negative(), b.is_negative());
    let (q, r) = if b.bits() <= LONG_DIVISION {
        let (q, r) = div_short(vm, a, b.magnitude());
        (BigInt::from(q), BigInt::from(r))
    } else if compare_abs(vm, a, b).is_lt() {
        (BigInt::ZERO, signed(false, make(vm, a.iter_u64_digits())))
    } else {
        let positive = |i| match BigInt::is_negative(i) {
            true => Cow::Owned(neg(vm, i)),
            false => Cow::Borrowed(i),
        };
        let (a, b) = (positive(a), positive(b));
        if vm.gives_up() {
            // They may be anything.
            return (BigInt::ZERO, BigInt::ZERO);
        }
        div_close(vm, &a, &b)
    };
    // Of magnitudes; the rest takes the divisor's sign.
    let one = BigInt::from(1);
    match (x == y, r.is_zero()) {
        (true, _) => (q, if y { neg(vm, &r) } else { r }),
        (false, true) => (neg(vm, &q), r),
        (false, false) => {
            let q = neg(vm, &add(vm, &q, &one));
            let r = if y { add(vm, &r, b) } else { sub(vm, b, &r) };
            (q, r)
        }
    }
}

/// Writes the bytes of a number in two's complement, as many as there is room for; `big`: the highest first.
pub fn write_bytes(vm: &Vm, a: &BigInt, to: &mut [u8], big: bool) {
    let mut x = Twos::new(a.iter_u64_digits(), a.is_negative());
    let mut put = |part: &mut [u8]| {
        let w = x.word();
        let n = part.len();
        match big {
            true => part.copy_from_slice(&w.to_be_bytes()[8 - n..]),
            false => part.copy_from_slice(&w.to_le_bytes()[..n]),
        }
    };
    match big {
        true => pace(vm, to.rchunks_mut(8)).for_each(&mut put),
        false => pace(vm, to.chunks_mut(8)).for_each(&mut put),
    }
}

/// The number that bytes spell; `big`: the highest first; `signed`: in two's complement.
pub fn of_bytes(vm: &Vm, b: &[u8], big: bool, signs: bool) -> BigInt {
    let top = if big { b.first() } else { b.last() };
    let negative = signs && top.is_some_and(|c| c & 0x80 != 0);
    let fill = if negative { 0xFF } else { 0 };
    let word = |part: &[u8]| {
        let mut w = [fill; 8];
        w[..part.len()].copy_from_slice(part);
        u64::from_le_bytes(w)
    };
    let turned = |part: &[u8]| {
        let mut w = [fill; 8];
        w[8 - part.len()..].copy_from_slice(part);
        u64::from_be_bytes(w)
    };
    let n = b.len().div_ceil(8);
    let end = if negative { u64::MAX } else { 0 };
    if big {
        let mut words = b.rchunks(8).map(turned);
        from_twos(vm, negative, n + 1, || words.next().unwrap_or(end))
    } else {
        let mut words = b.chunks(8).map(word);
        from_twos(vm, negative, n + 1, || words.next().unwrap_or(end))
    }
}

/// The magnitude modulo `2**61 - 1`.
pub fn hash(vm: &Vm, a: &BigInt) -> u64 {
    super::ops::fold_hash(pace(vm, a.iter_u64_digits().rev()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::Config;

    /// Numbers of about so many bits, of both signs; with runs of ones and of zeros.
    fn some(bits: u64, state: &mut u64) -> Vec<BigInt> {
        let mut word = || {
            *state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (*state >> 32) as u32
        };
        let n = (bits / 32) as usize;
        let random = BigInt::from(BigUint::new((0..n).map(|_| word()).collect()));
        let ones = (BigInt::from(1) << bits) - 1;
        let one = BigInt::from(1) << bits;
        let mut all = vec![random.clone(), ones, one, random << (bits / 2)];
        all.extend(all.clone().into_iter().map(|x| -x));
        all
    }

    /// What the crate does in one piece.
    #[test]
    fn they_agree_with_the_crate() {
        let vm = &*Vm::new(Config::default());
        let mut state = 9;
        let mut all = Vec::new();
        for bits in [1, 60, 64, 128, 6400, WIDE - 1, WIDE, WIDE + 70, 3 * WIDE] {
            all.extend(some(bits, &mut state));
        }
        all.push(BigInt::ZERO);
        for a in &all {
            assert_eq!(neg(vm, a), -a);
            assert_eq!(copy(vm, a), *a);
            assert_eq!(invert(vm, a), !a);
            for extra in [0, 1, 7, 8, 9] {
                let mut bytes = a.to_signed_bytes_le();
                let n = bytes.len() + extra;
                bytes.resize(n, if a.is_negative() { 0xFF } else { 0 });
                let mut out = vec![1; n];
                write_bytes(vm, a, &mut out, false);
                assert_eq!(out, bytes);
                assert_eq!(of_bytes(vm, &bytes, false, true), *a);
                let plus = BigInt::from_bytes_le(Sign::Plus, &bytes);
                assert_eq!(of_bytes(vm, &bytes, false, false), plus);
                bytes.reverse();
                write_bytes(vm, a, &mut out, true);
                assert_eq!(out, bytes);
                assert_eq!(of_bytes(vm, &bytes, true, true), *a);
                assert_eq!(of_bytes(vm, &bytes, true, false), plus);
            }
            assert_eq!(
                hash(vm, a),
                super::super::ops::fold_hash(a.iter_u64_digits().rev())
            );
            for n in [0, 1, 63, 64, 65, WIDE - 3, WIDE, 5 * WIDE] {
                assert_eq!(shl(vm, a, n), a << n);
                assert_eq!(shr(vm, a, n), a >> n, "{} bits >> {n}", a.bits());
            }
            for b in &all {
                assert_eq!(add(vm, a, b), a + b);
                assert_eq!(sub(vm, a, b), a - b);
                assert_eq!(and(vm, a, b), a & b);
                assert_eq!(or(vm, a, b), a | b);
                assert_eq!(xor(vm, a, b), a ^ b);
                assert_eq!(compare(vm, a, b), a.cmp(b));
                if b.bits() <= 6400 {
                    assert_eq!(mul_short(vm, a, b), a * b);
                }
                let short = b.bits() <= LONG_DIVISION || a.bits() < b.bits() + LONG_DIVISION;
                if short && !b.is_zero() {
                    assert_eq!(div_mod_floor(vm, a, b), a.div_mod_floor(b));
                }
            }
        }
        // A quotient whose estimate is too large, and one that is too small.
        let b = BigInt::from(1) << (2 * WIDE);
        for (k, off) in [(3, -1), (3, 0), (3, 1), (1, -1), (1, 0), (u64::MAX, -1)] {
            for b in [&b + 1, &b - 1] {
                let a: BigInt = &b * k + off;
                assert_eq!(div_mod_floor(vm, &a, &b), a.div_mod_floor(&b));
            }
        }
    }
}
