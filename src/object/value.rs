//! `Value`: one NaN-boxed word, and the only place (with `jit/lower/value`) that knows its bits.
//!
//! | top bits | what |
//! |---|---|
//! | `0x0000` | pointer to a heap object (48 bits, 8-byte aligned, never null) |
//! | `0x0001` | singleton: None, False, True, Ellipsis, NotImplemented |
//! | `0x0002`–`0x0003` | int of 49 bits: `TAG_INT | (i & INT_MASK)`, so `bits >> 49 == 1` |
//! | `0x0004` and up | double: `to_bits() + DOUBLE_OFFSET` |
//!
//! NaN is canonical but for its sign, so the largest double pattern is
//! `0xFFF8_0000_0000_0000` and the offset cannot carry. Ints that fit 49 bits are *always*
//! inline, ints that fit 64 bits always an Int64 object, larger ones always a BigInt:
//! equality of small ints is equality of words, and a shape test decides the rest.

use super::header::{Header, Kind};
use std::num::NonZeroU64;

/// A Python value. `Copy`; safe in a local variable, never in an off-heap container.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Value(NonZeroU64);

/// Tag of an inline int.
pub const TAG_INT: u64 = 1 << 49;
/// The payload bits of an inline int.
pub const INT_MASK: u64 = TAG_INT - 1;
/// Shift that tests an inline int: `bits >> INT_SHIFT == 1`.
pub const INT_SHIFT: u32 = 49;
/// Least and greatest inline int.
pub const INT_MIN: i64 = -(1 << 48);
pub const INT_MAX: i64 = (1 << 48) - 1;
/// Added to a double's bits; every word at or above it is a double.
pub const DOUBLE_OFFSET: u64 = 1 << 50;
/// Tag of the singletons.
pub const TAG_SINGLE: u64 = 1 << 48;
/// The positive and negative canonical NaN.
pub const NAN_POS: u64 = 0x7FF8_0000_0000_0000;
pub const NAN_NEG: u64 = 0xFFF8_0000_0000_0000;

const fn single(n: u64) -> Value {
    match NonZeroU64::new(TAG_SINGLE | n) {
        Some(v) => Value(v),
        None => unreachable!(),
    }
}

impl Value {
    pub const NONE: Value = single(2);
    /// False and True differ in bit 0 only.
    pub const FALSE: Value = single(6);
    pub const TRUE: Value = single(7);
    pub const ELLIPSIS: Value = single(10);
    pub const NOT_IMPLEMENTED: Value = single(18);
    /// Where C has NULL on the value stack: below an unbound LOAD_METHOD's callable, topmost of
    /// BEGIN_FINALLY's six slots. No Python expression gives it; hostile bytecode may, and
    /// then it is an `object` without attributes.
    pub const MARK: Value = single(34);

    /// The word.
    #[inline(always)]
    pub const fn bits(self) -> u64 {
        self.0.get()
    }
    /// A word that `bits` gave, or that native code made by the same rules; 0 is "no value".
    #[inline(always)]
    pub const fn from_bits(bits: u64) -> Option<Value> {
        match NonZeroU64::new(bits) {
            Some(v) => Some(Value(v)),
            None => None,
        }
    }

    // ---- ints
    /// An int, if it is inline: 49 bits.
    #[inline(always)]
    pub const fn small_int(i: i64) -> Option<Value> {
        if i >= INT_MIN && i <= INT_MAX {
            Some(Value::int_unchecked(i))
        } else {
            None
        }
    }
    /// An int that the caller knows to be inline (an index, a count of objects in memory).
    /// Only the low 49 bits are kept.
    #[inline(always)]
    pub const fn int_unchecked(i: i64) -> Value {
        match NonZeroU64::new(TAG_INT | (i as u64 & INT_MASK)) {
            Some(v) => Value(v),
            None => unreachable!(),
        }
    }
    #[inline(always)]
    pub const fn is_small_int(self) -> bool {
        self.bits() >> INT_SHIFT == 1
    }
    /// The inline int.
    #[inline(always)]
    pub const fn as_small_int(self) -> Option<i64> {
        if self.is_small_int() {
            Some(self.small_int_unchecked())
        } else {
            None
        }
    }
    /// The inline int of a value known to be one; anything else gives an arbitrary number.
    #[inline(always)]
    pub const fn small_int_unchecked(self) -> i64 {
        (self.bits() << 15) as i64 >> 15
    }
    /// Whether both are inline ints, in one test.
    #[inline(always)]
    pub const fn both_small(a: Value, b: Value) -> bool {
        ((a.bits() ^ TAG_INT) | (b.bits() ^ TAG_INT)) >> INT_SHIFT == 0
    }

    // ---- floats
    /// A float.
    #[inline(always)]
    pub fn float(f: f64) -> Value {
        let mut bits = f.to_bits();
        if f.is_nan() {
            bits = NAN_POS | (bits & (1 << 63));
        }
        match NonZeroU64::new(bits + DOUBLE_OFFSET) {
            Some(v) => Value(v),
            None => unreachable!(),
        }
    }
    #[inline(always)]
    pub const fn is_float(self) -> bool {
        self.bits() >= DOUBLE_OFFSET
    }
    #[inline(always)]
    pub fn as_float(self) -> Option<f64> {
        if self.is_float() {
            Some(f64::from_bits(self.bits() - DOUBLE_OFFSET))
        } else {
            None
        }
    }

    // ---- singletons
    #[inline(always)]
    pub const fn bool(b: bool) -> Value {
        single(6 | b as u64)
    }
    #[inline(always)]
    pub const fn is_bool(self) -> bool {
        self.bits() | 1 == Value::TRUE.bits()
    }
    #[inline(always)]
    pub const fn as_bool(self) -> Option<bool> {
        if self.is_bool() {
            Some(self.bits() & 1 == 1)
        } else {
            None
        }
    }
    #[inline(always)]
    pub const fn is_none(self) -> bool {
        self.bits() == Value::NONE.bits()
    }

    // ---- objects
    /// Whether it points at a heap object.
    #[inline(always)]
    pub const fn is_object(self) -> bool {
        self.bits() < TAG_SINGLE
    }
    /// The object's address.
    #[inline(always)]
    pub const fn as_ptr(self) -> Option<*mut Header> {
        if self.is_object() {
            Some(self.bits() as *mut Header)
        } else {
            None
        }
    }
    /// The value that points at an object. The pointer is not null.
    #[inline(always)]
    pub fn from_ptr(p: *const Header) -> Value {
        debug_assert!(!p.is_null() && (p as u64) < TAG_SINGLE && (p as u64) & 7 == 0);
        Value(NonZeroU64::new(p as u64).expect("an object's address is not null"))
    }
    /// The layout of the heap object, or `None` for an immediate.
    #[inline(always)]
    pub fn kind(self) -> Option<Kind> {
        if self.is_object() {
            Some(super::header::header_of(self).kind())
        } else {
            None
        }
    }
    /// Whether it is a heap object of this layout.
    #[inline(always)]
    pub fn is_kind(self, k: Kind) -> bool {
        self.is_object() && super::header::header_of(self).kind() == k
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(i) = self.as_small_int() {
            write!(f, "int {i}")
        } else if let Some(x) = self.as_float() {
            write!(f, "float {x:?}")
        } else if self.is_object() {
            write!(f, "object {:#x}", self.bits())
        } else {
            match *self {
                Value::NONE => f.write_str("None"),
                Value::TRUE => f.write_str("True"),
                Value::FALSE => f.write_str("False"),
                _ => write!(f, "singleton {:#x}", self.bits()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_do_not_overlap() {
        let ints = [0, 1, -1, INT_MIN, INT_MAX].map(|i| Value::small_int(i).unwrap());
        let floats = [
            0.0,
            -0.0,
            1.5,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            -f64::NAN,
            f64::MIN_POSITIVE / 4.0,
        ]
        .map(Value::float);
        for v in ints {
            assert!(v.is_small_int() && !v.is_float() && !v.is_object() && !v.is_bool());
            assert_eq!(Value::small_int(v.as_small_int().unwrap()), Some(v));
        }
        for v in floats {
            assert!(v.is_float() && !v.is_small_int() && !v.is_object());
            assert_eq!(Value::float(v.as_float().unwrap()), v);
        }
        assert_eq!(Value::small_int(INT_MAX + 1), None);
        assert_eq!(Value::small_int(INT_MIN - 1), None);
        for v in [
            Value::NONE,
            Value::TRUE,
            Value::FALSE,
            Value::ELLIPSIS,
            Value::NOT_IMPLEMENTED,
        ] {
            assert!(!v.is_object() && !v.is_float() && !v.is_small_int());
        }
        assert_eq!(std::mem::size_of::<Result<Value, ()>>(), 8);
    }
}
