//! Arithmetic of ints: i64 first, and over to big integers where it does not fit.
//!
//! Each function takes values that are ints or bools; for anything else it raises SystemError,
//! because dispatch has gone wrong.

use super::big;
use super::value::{BigIntObj, Int64Obj};
use super::wide;
use crate::object::{ClassId, Kind, Value};
use crate::raise;
use crate::vm::{Raised, Vm};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::borrow::Cow;
use std::cmp::Ordering;

type R = Result<Value, Raised>;

/// The text of every integer division by zero but the true one.
pub const ZERO_DIVISION: &str = "integer division or modulo by zero";

/// An int of any size, borrowed.
#[derive(Clone, Copy, Debug)]
pub enum Int<'a> {
    Small(i64),
    /// Does not fit 64 bits.
    Big(&'a BigInt),
}

impl<'a> Int<'a> {
    pub fn big(self) -> Cow<'a, BigInt> {
        match self {
            Int::Small(i) => Cow::Owned(BigInt::from(i)),
            Int::Big(b) => Cow::Borrowed(b),
        }
    }
    pub fn is_negative(self) -> bool {
        match self {
            Int::Small(i) => i < 0,
            Int::Big(b) => b.is_negative(),
        }
    }
    pub fn is_zero(self) -> bool {
        matches!(self, Int::Small(0))
    }
    /// Bits of the absolute value.
    pub fn bits(self) -> u64 {
        match self {
            Int::Small(i) => 64 - i.unsigned_abs().leading_zeros() as u64,
            Int::Big(b) => b.bits(),
        }
    }
    pub fn small(self) -> Option<i64> {
        match self {
            Int::Small(i) => Some(i),
            Int::Big(_) => None,
        }
    }
    /// The nearest double, ties to even; `None` when it is too large.
    pub fn to_f64(self) -> Option<f64> {
        match self {
            Int::Small(i) => Some(i as f64),
            Int::Big(b) => big::to_f64(b),
        }
    }
    pub fn compare(self, o: Int<'_>) -> Ordering {
        match (self, o) {
            (Int::Small(x), Int::Small(y)) => x.cmp(&y),
            (Int::Big(x), Int::Big(y)) => x.cmp(y),
            // A big one lies beyond every i64.
            (Int::Small(_), Int::Big(y)) => {
                if y.is_negative() {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
            (Int::Big(x), Int::Small(_)) => {
                if x.is_negative() {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
    /// Exact comparison with a double; `None` for NaN.
    pub fn compare_float(self, f: f64) -> Option<Ordering> {
        if f.is_nan() {
            return None;
        }
        const TWO63: f64 = 9_223_372_036_854_775_808.0;
        Some(match self {
            Int::Small(i) => {
                if f >= TWO63 {
                    Ordering::Less
                } else if f < -TWO63 {
                    Ordering::Greater
                } else {
                    let t = f.trunc();
                    i.cmp(&(t as i64))
                        .then_with(|| 0.0f64.partial_cmp(&(f - t)).unwrap_or(Ordering::Equal))
                }
            }
            Int::Big(b) => {
                if f.is_infinite() {
                    return Some(if f > 0.0 {
                        Ordering::Less
                    } else {
                        Ordering::Greater
                    });
                }
                let t = f.trunc();
                b.cmp(&big::from_f64(t))
                    .then_with(|| 0.0f64.partial_cmp(&(f - t)).unwrap_or(Ordering::Equal))
            }
        })
    }
}

/// The int behind a value: an int of any layout, or a bool.
#[inline]
pub fn get(vm: &Vm, v: Value) -> Option<Int<'_>> {
    if let Some(i) = v.as_small_int() {
        return Some(Int::Small(i));
    }
    match v.kind() {
        Some(Kind::Int64) => v.get::<Int64Obj>(vm).map(|o| Int::Small(o.value)),
        Some(Kind::BigInt) => v.get::<BigIntObj>(vm).map(|o| Int::Big(&o.value)),
        Some(_) => None,
        None => v.as_bool().map(|b| Int::Small(b as i64)),
    }
}

/// A copy of an int, made with looks at the limits.
pub fn own(vm: &mut Vm, v: Value) -> Result<BigInt, Raised> {
    match get(vm, v) {
        Some(Int::Big(b)) if wide::is_wide(b.bits()) => vm.working(|vm| match get(vm, v) {
            Some(Int::Big(b)) => wide::copy(vm, b),
            _ => BigInt::ZERO,
        }),
        Some(i) => Ok(i.big().into_owned()),
        None => Err(not_ints(vm)),
    }
}

/// Two ints, borrowed where they are big.
fn pair(vm: &Vm, a: Value, b: Value) -> (Cow<'_, BigInt>, Cow<'_, BigInt>) {
    let of = |v| get(vm, v).map_or(Cow::Owned(BigInt::ZERO), Int::big);
    (of(a), of(b))
}

/// The int as i64, when the value is an int (or bool) that fits.
#[inline]
pub fn to_i64(vm: &Vm, v: Value) -> Option<i64> {
    if let Some(i) = v.as_small_int() {
        return Some(i);
    }
    get(vm, v).and_then(Int::small)
}

/// Whether the value is an int or a bool.
#[inline]
pub fn is_int(v: Value) -> bool {
    v.is_small_int() || v.is_bool() || matches!(v.kind(), Some(Kind::Int64 | Kind::BigInt))
}

/// An int of any i128.
pub fn from_i128(vm: &mut Vm, i: i128) -> R {
    match i64::try_from(i) {
        Ok(i) => vm.new_int(i),
        Err(_) => vm.new_bigint(BigInt::from(i)),
    }
}

/// An int of any u64.
pub fn from_u64(vm: &mut Vm, i: u64) -> R {
    from_i128(vm, i as i128)
}

#[cold]
fn not_ints(vm: &mut Vm) -> Raised {
    vm.raise(ClassId::SystemError, "bad argument to int arithmetic")
}

/// Runs `$small` when both fit i64, else makes an int of `$big` with both as big ints (borrowed from the engine), or
/// of `$wide` where they are so long that it has to look at the limits.
macro_rules! on_ints {
    ($vm:ident, $a:ident, $b:ident, |$x:ident, $y:ident| $small:expr, |$p:ident, $q:ident| $big:expr, $wide:expr) => {{
        let (x, y) = match (get($vm, $a), get($vm, $b)) {
            (Some(x), Some(y)) => (x, y),
            _ => return Err(not_ints($vm)),
        };
        if let (Int::Small($x), Int::Small($y)) = (x, y) {
            return $small;
        }
        let ($p, $q) = (x.big(), y.big());
        let bits = $p.bits().max($q.bits());
        let r = if wide::is_wide(bits) {
            $wide($vm, &$p, &$q)
        } else {
            $big
        };
        made($vm, bits, r)
    }};
}

/// The int that a pass over so many bits made, unless that gave up.
fn made(vm: &mut Vm, bits: u64, r: BigInt) -> R {
    if wide::is_wide(bits) {
        vm.poll()?;
    }
    vm.new_bigint(r)
}

/// Makes sure that the sum, difference or bitwise combination of two ints fits in memory.
fn room_linear(vm: &mut Vm, a: Value, b: Value) -> Result<(), Raised> {
    let bits = match (get(vm, a), get(vm, b)) {
        (Some(x), Some(y)) => x.bits().max(y.bits()) + 64,
        _ => return Err(not_ints(vm)),
    };
    big::room(vm, bits)
}

/// `a + b`
pub fn add(vm: &mut Vm, a: Value, b: Value) -> R {
    room_linear(vm, a, b)?;
    on_ints!(
        vm,
        a,
        b,
        |x, y| from_i128(vm, x as i128 + y as i128),
        |x, y| &*x + &*y,
        wide::add
    )
}

/// `a - b`
pub fn sub(vm: &mut Vm, a: Value, b: Value) -> R {
    room_linear(vm, a, b)?;
    on_ints!(
        vm,
        a,
        b,
        |x, y| from_i128(vm, x as i128 - y as i128),
        |x, y| &*x - &*y,
        wide::sub
    )
}

/// `a * b`
pub fn mul(vm: &mut Vm, a: Value, b: Value) -> R {
    let (x, y) = match (get(vm, a), get(vm, b)) {
        (Some(x), Some(y)) => (x, y),
        _ => return Err(not_ints(vm)),
    };
    if let (Int::Small(x), Int::Small(y)) = (x, y) {
        return from_i128(vm, x as i128 * y as i128);
    }
    if x.is_zero() || y.is_zero() {
        return vm.new_int(0);
    }
    let (n, m) = (x.bits(), y.bits());
    let bits = n + m;
    // The product, and of long factors copies and the parts that are multiplied.
    let parts = if big::is_long_product(n, m) { 3 } else { 1 };
    big::room(vm, parts * bits)?;
    if wide::is_wide(n.max(m)) || parts > 1 {
        let (x, y) = (own(vm, a)?, own(vm, b)?);
        let r = big::mul(vm, &x, &y)?;
        return vm.new_bigint(r);
    }
    let (x, y) = pair(vm, a, b);
    let r = &*x * &*y;
    vm.new_bigint(r)
}

/// `a // b`
pub fn floordiv(vm: &mut Vm, a: Value, b: Value) -> R {
    divmod_parts(vm, a, b, true, false).map(|(q, _)| q)
}

/// `a % b`
pub fn modulo(vm: &mut Vm, a: Value, b: Value) -> R {
    divmod_parts(vm, a, b, false, true).map(|(_, r)| r)
}

/// `divmod(a, b)`
pub fn divmod(vm: &mut Vm, a: Value, b: Value) -> Result<(Value, Value), Raised> {
    divmod_parts(vm, a, b, true, true)
}

/// Quotient and remainder; the part that is not wanted is 0.
fn divmod_parts(
    vm: &mut Vm,
    a: Value,
    b: Value,
    want_q: bool,
    want_r: bool,
) -> Result<(Value, Value), Raised> {
    let zero = Value::int_unchecked(0);
    let (x, y) = match (get(vm, a), get(vm, b)) {
        (Some(x), Some(y)) => (x, y),
        _ => return Err(not_ints(vm)),
    };
    if y.is_zero() {
        return Err(raise!(vm, ZeroDivisionError, "{ZERO_DIVISION}"));
    }
    if let (Int::Small(x), Int::Small(y)) = (x, y) {
        let (q, r) = floor_i64(x, y);
        return Ok((
            if want_q { from_i128(vm, q)? } else { zero },
            if want_r { vm.new_int(r)? } else { zero },
        ));
    }
    let (n, m) = (x.bits(), y.bits());
    // Quotient and rest, and of long ones copies and the parts that are divided.
    let long = big::is_long_division(n, m) || wide::is_wide(n.max(m));
    big::room(vm, if long { 3 * n + m } else { n })?;
    let (q, r) = if long {
        let (x, y) = (own(vm, a)?, own(vm, b)?);
        big::div_mod_floor(vm, &x, &y)?
    } else {
        let (x, y) = pair(vm, a, b);
        x.div_mod_floor(&y)
    };
    Ok((
        if want_q { vm.new_bigint(q)? } else { zero },
        if want_r { vm.new_bigint(r)? } else { zero },
    ))
}

/// Floor division of i64s, `y` not 0. The quotient may need 65 bits.
#[inline]
pub fn floor_i64(x: i64, y: i64) -> (i128, i64) {
    if y == -1 {
        return (-(x as i128), 0);
    }
    let (q, r) = (x / y, x % y);
    if r != 0 && (r < 0) != (y < 0) {
        (q as i128 - 1, r + y)
    } else {
        (q as i128, r)
    }
}

/// `a / b`, correctly rounded.
pub fn truediv(vm: &mut Vm, a: Value, b: Value) -> R {
    let (x, y) = match (get(vm, a), get(vm, b)) {
        (Some(x), Some(y)) => (x, y),
        _ => return Err(not_ints(vm)),
    };
    if y.is_zero() {
        return Err(raise!(vm, ZeroDivisionError, "division by zero"));
    }
    if let (Int::Small(x), Int::Small(y)) = (x, y) {
        const EXACT: u64 = 1 << 53;
        if x.unsigned_abs() <= EXACT && y.unsigned_abs() <= EXACT {
            return Ok(Value::float(x as f64 / y as f64));
        }
    }
    match big::true_div(&x.big(), &y.big()) {
        Some(f) => Ok(Value::float(f)),
        None => Err(raise!(
            vm,
            OverflowError,
            "integer division result too large for a float"
        )),
    }
}

/// `a << b`
pub fn lshift(vm: &mut Vm, a: Value, b: Value) -> R {
    let (x, y) = match (get(vm, a), get(vm, b)) {
        (Some(x), Some(y)) => (x, y),
        _ => return Err(not_ints(vm)),
    };
    if y.is_negative() {
        return Err(raise!(vm, ValueError, "negative shift count"));
    }
    if x.is_zero() {
        return vm.new_int(0);
    }
    if let (Int::Small(x), Int::Small(n @ 0..=63)) = (x, y) {
        return from_i128(vm, (x as i128) << n);
    }
    // A digit of CPython holds 30 bits, and it counts digits in a machine word.
    const MAX_SHIFT: u128 = (i64::MAX as u128 / 4 - 6) * 30;
    let bits = x.bits();
    match y {
        Int::Small(n) => {
            big::room(vm, bits.saturating_add(n as u64))?;
            let n = n as u64;
            let r = match get(vm, a) {
                Some(x) if wide::is_wide(bits.saturating_add(n)) => wide::shl(vm, &x.big(), n),
                Some(x) => x.big().into_owned() << n,
                None => return Err(not_ints(vm)),
            };
            made(vm, bits.saturating_add(n), r)
        }
        Int::Big(n) if n.to_u128().is_some_and(|n| n < MAX_SHIFT) => Err(vm.raise_memory()),
        Int::Big(_) => Err(raise!(vm, OverflowError, "too many digits in integer")),
    }
}

/// `a >> b`
pub fn rshift(vm: &mut Vm, a: Value, b: Value) -> R {
    let (x, y) = match (get(vm, a), get(vm, b)) {
        (Some(x), Some(y)) => (x, y),
        _ => return Err(not_ints(vm)),
    };
    if y.is_negative() {
        return Err(raise!(vm, ValueError, "negative shift count"));
    }
    let all_gone = if x.is_negative() { -1 } else { 0 };
    match (x, y) {
        (_, Int::Big(_)) => vm.new_int(all_gone),
        (Int::Small(x), Int::Small(n)) => vm.new_int(if n > 63 { all_gone } else { x >> n }),
        (Int::Big(x), Int::Small(n)) => {
            let (n, bits) = (n as u64, x.bits());
            if n > bits {
                return vm.new_int(all_gone);
            }
            big::room(vm, bits - n)?;
            let r = match get(vm, a) {
                Some(x) if wide::is_wide(bits) => wide::shr(vm, &x.big(), n),
                // `>>` of a negative BigInt rounds down, as Python's does.
                Some(x) => &*x.big() >> n,
                None => return Err(not_ints(vm)),
            };
            made(vm, bits, r)
        }
    }
}

/// `a & b` as ints.
pub fn and(vm: &mut Vm, a: Value, b: Value) -> R {
    room_linear(vm, a, b)?;
    on_ints!(
        vm,
        a,
        b,
        |x, y| vm.new_int(x & y),
        |x, y| &*x & &*y,
        wide::and
    )
}
/// `a | b` as ints.
pub fn or(vm: &mut Vm, a: Value, b: Value) -> R {
    room_linear(vm, a, b)?;
    on_ints!(
        vm,
        a,
        b,
        |x, y| vm.new_int(x | y),
        |x, y| &*x | &*y,
        wide::or
    )
}
/// `a ^ b` as ints.
pub fn xor(vm: &mut Vm, a: Value, b: Value) -> R {
    room_linear(vm, a, b)?;
    on_ints!(
        vm,
        a,
        b,
        |x, y| vm.new_int(x ^ y),
        |x, y| &*x ^ &*y,
        wide::xor
    )
}

/// `-a`
pub fn neg(vm: &mut Vm, a: Value) -> R {
    match get(vm, a) {
        Some(Int::Small(x)) => from_i128(vm, -(x as i128)),
        Some(Int::Big(x)) => {
            let bits = x.bits();
            big::room(vm, bits)?;
            let r = match get(vm, a) {
                Some(Int::Big(x)) if wide::is_wide(bits) => wide::neg(vm, x),
                Some(x) => -&*x.big(),
                None => return Err(not_ints(vm)),
            };
            made(vm, bits, r)
        }
        None => Err(not_ints(vm)),
    }
}
/// `~a`
pub fn invert(vm: &mut Vm, a: Value) -> R {
    match get(vm, a) {
        Some(Int::Small(x)) => vm.new_int(!x),
        Some(Int::Big(x)) => {
            let bits = x.bits();
            big::room(vm, bits)?;
            let r = match get(vm, a) {
                Some(Int::Big(x)) if wide::is_wide(bits) => wide::invert(vm, x),
                Some(x) => !&*x.big(),
                None => return Err(not_ints(vm)),
            };
            made(vm, bits, r)
        }
        None => Err(not_ints(vm)),
    }
}
/// `+a`: a bool becomes an int.
pub fn pos(vm: &mut Vm, a: Value) -> R {
    match a.as_bool() {
        Some(b) => vm.new_int(b as i64),
        None => crate::types::instance::ops::plain(vm, a),
    }
}
/// `abs(a)`
pub fn abs(vm: &mut Vm, a: Value) -> R {
    if get(vm, a).is_some_and(Int::is_negative) {
        neg(vm, a)
    } else {
        pos(vm, a)
    }
}

/// `a ** b`
pub fn pow(vm: &mut Vm, a: Value, b: Value) -> R {
    let (x, y) = match (get(vm, a), get(vm, b)) {
        (Some(x), Some(y)) => (x, y),
        _ => return Err(not_ints(vm)),
    };
    if y.is_negative() {
        let (x, y) = (to_float(vm, a)?, to_float(vm, b)?);
        return crate::types::float::ops::pow(vm, x, y);
    }
    let odd = match y {
        Int::Small(n) => n & 1 == 1,
        Int::Big(n) => n.is_odd(),
    };
    match (x, y) {
        (_, Int::Small(0)) | (Int::Small(1), _) => return vm.new_int(1),
        (Int::Small(0), _) => return vm.new_int(0),
        (Int::Small(-1), _) => return vm.new_int(if odd { -1 } else { 1 }),
        (Int::Small(x), Int::Small(n)) => {
            if let Some(r) = u32::try_from(n).ok().and_then(|n| x.checked_pow(n)) {
                return vm.new_int(r);
            }
        }
        _ => (),
    }
    let n = match y {
        Int::Small(n) => n as u64,
        Int::Big(_) => return Err(vm.raise_memory()),
    };
    // Two times the exponent's bits of |x| would be too much, one less too little.
    let bits = (x.bits() - 1).saturating_mul(n);
    let power_of_two = match x {
        Int::Small(x) => x.unsigned_abs().is_power_of_two(),
        Int::Big(x) => x.magnitude().trailing_zeros() == Some(x.bits() - 1),
    };
    let negative = x.is_negative() && odd;
    big::room(vm, bits)?;
    if power_of_two {
        let one = BigInt::from(if negative { -1 } else { 1 });
        let r = wide::shl(vm, &one, bits);
        return made(vm, bits, r);
    }
    let x = own(vm, a)?;
    let r = big::pow(vm, x, n)?;
    vm.new_bigint(r)
}

/// `pow(a, b, c)` of three ints.
pub fn pow_mod(vm: &mut Vm, a: Value, b: Value, c: Value) -> R {
    let all: u64 = [a, b, c]
        .map(|v| get(vm, v).map_or(0, Int::bits))
        .iter()
        .sum();
    big::room(vm, 4 * all)?;
    let (x, n, m) = (own(vm, a)?, own(vm, b)?, own(vm, c)?);
    if m.is_zero() {
        return Err(raise!(vm, ValueError, "pow() 3rd argument cannot be 0"));
    }
    let modulus = m.abs();
    let mut base = x.mod_floor(&modulus);
    let mut n = n;
    if n.is_negative() {
        if modulus.is_one() {
            base = BigInt::zero();
        } else {
            let g = base.extended_gcd(&modulus);
            if !g.gcd.abs().is_one() {
                return Err(raise!(
                    vm,
                    ValueError,
                    "base is not invertible for the given modulus"
                ));
            }
            let inverse = if g.gcd.is_negative() { -g.x } else { g.x };
            base = inverse.mod_floor(&modulus);
        }
        n = -n;
    }
    let mut r = big::pow_mod(vm, base, &n, &modulus)?;
    if m.is_negative() && !r.is_zero() {
        r += &m;
    }
    vm.new_bigint(r)
}

/// The nearest double; OverflowError when it is too large.
pub fn to_float(vm: &mut Vm, a: Value) -> Result<f64, Raised> {
    match get(vm, a).map(Int::to_f64) {
        Some(Some(f)) => Ok(f),
        Some(None) => Err(raise!(
            vm,
            OverflowError,
            "int too large to convert to float"
        )),
        None => Err(not_ints(vm)),
    }
}

/// `int(f)`: towards zero.
pub fn from_float(vm: &mut Vm, f: f64) -> R {
    if f.is_nan() {
        return Err(raise!(
            vm,
            ValueError,
            "cannot convert float NaN to integer"
        ));
    }
    if f.is_infinite() {
        return Err(raise!(
            vm,
            OverflowError,
            "cannot convert float infinity to integer"
        ));
    }
    let t = f.trunc();
    if (-9.2e18..9.2e18).contains(&t) {
        return vm.new_int(t as i64);
    }
    vm.new_bigint(big::from_f64(t))
}

/// `round(a, ndigits)`: to a multiple of a power of ten, ties to even.
pub fn round(vm: &mut Vm, a: Value, ndigits: Value) -> R {
    let (x, n) = match (get(vm, a), get(vm, ndigits)) {
        (Some(x), Some(n)) => (x, n),
        _ => return Err(not_ints(vm)),
    };
    if !n.is_negative() {
        return pos(vm, a);
    }
    // 10**k is beyond twice |a| already: the answer is 0.
    let k = match n {
        Int::Small(n) if n.unsigned_abs() <= x.bits() / 3 + 2 => n.unsigned_abs(),
        _ => return vm.new_int(0),
    };
    let x = x.big().into_owned();
    let p = big::pow(vm, BigInt::from(10), k)?;
    let (q, r) = x.div_mod_floor(&p);
    let twice: BigInt = &r * 2;
    let up = match twice.cmp(&p) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => q.is_odd(),
    };
    let q = if up { q + 1 } else { q };
    vm.new_bigint(q * p)
}

/// Which of two ints is greater that are so long, and as long as each other, that it has to look at the limits.
///
/// # Errors
/// Why the engine stops.
pub fn compare_wide(vm: &mut Vm, a: Value, b: Value) -> Result<Option<Ordering>, Raised> {
    let bits = |v: Value| match v.kind() {
        Some(Kind::BigInt) => get(vm, v).map_or(0, Int::bits),
        _ => 0,
    };
    let n = bits(a);
    if !wide::is_wide(n) || n != bits(b) {
        return Ok(None);
    }
    vm.working(|vm| {
        let (x, y) = pair(vm, a, b);
        Some(wide::compare(vm, &x, &y))
    })
}

/// What hashes of numbers are taken modulo of.
const P: u64 = (1 << 61) - 1;

/// Hash of an int: modulo 2**61 - 1, with the sign; never -1.
pub fn hash(i: Int<'_>) -> i64 {
    let (magnitude, negative) = match i {
        // Most need no division.
        Int::Small(i) if i.unsigned_abs() < P => (i.unsigned_abs(), i < 0),
        Int::Small(i) => (i.unsigned_abs() % P, i < 0),
        Int::Big(b) => {
            let m = fold_hash(b.iter_u64_digits().rev());
            (m, b.sign() == Sign::Minus)
        }
    };
    signed_hash(magnitude, negative)
}

/// The hash of an int, with looks at the limits where it is long.
pub fn hash_of(vm: &mut Vm, v: Value) -> Result<Option<i64>, Raised> {
    let Some(i) = get(vm, v) else {
        return Ok(None);
    };
    if !wide::is_wide(i.bits()) {
        return Ok(Some(hash(i)));
    }
    let negative = i.is_negative();
    let m = vm.working(|vm| match get(vm, v) {
        Some(Int::Big(b)) => wide::hash(vm, b),
        _ => 0,
    })?;
    Ok(Some(signed_hash(m, negative)))
}

/// Words of a magnitude, the highest first, modulo `2**61 - 1`.
pub(super) fn fold_hash(words: impl Iterator<Item = u64>) -> u64 {
    // 2**64 is 8 modulo P.
    let step = |m: u64, d: u64| ((m as u128 * 8 + d as u128) % P as u128) as u64;
    words.fold(0, step)
}

fn signed_hash(magnitude: u64, negative: bool) -> i64 {
    let h = if negative {
        -(magnitude as i64)
    } else {
        magnitude as i64
    };
    if h == -1 { -2 } else { h }
}
