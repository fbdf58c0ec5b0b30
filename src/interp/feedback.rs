//! What the interpreter has seen: the JIT's type feedback.
//!
//! Feedback is a set of type bits per instruction (`QInstr::fb`, what it produced), per parameter
//! (`Executable::params`), and the quickened opcode itself, whose specialised forms say what its
//! operands were. No bit: never executed.

use crate::object::{ClassId, Kind, Value};
use crate::types::iter::value::IterObj;
use crate::types::tuple::value::TupleObj;

/// An int of at most 64 bits (inline or Int64).
pub const INT: u8 = 1;
pub const FLOAT: u8 = 2;
pub const BOOL: u8 = 4;
pub const NONE: u8 = 8;
pub const STR: u8 = 16;
pub const LIST: u8 = 32;
/// A range iterator over 64-bit numbers.
pub const RANGE_ITER: u8 = 64;
pub const OTHER: u8 = 128;

/// Of parameters (which no range iterator stands for): a float that is not whole, or too far from zero.
pub const FRACTION: u8 = 64;

/// Whole floats of at most this have exact sums with each other.
pub const WHOLE: f64 = (1u64 << 51) as f64;

/// The bit of a value.
#[inline]
pub fn bit_of(v: Value) -> u8 {
    if v.is_small_int() {
        INT
    } else if v.is_float() {
        FLOAT
    } else if v.is_bool() {
        BOOL
    } else if v.is_none() {
        NONE
    } else {
        match v.kind() {
            // Of a class that a program made: nothing is known.
            _ if v.is_user() => OTHER,
            Some(Kind::Int64) => INT,
            Some(Kind::Str) => STR,
            Some(Kind::List) => LIST,
            Some(Kind::RangeIter) => RANGE_ITER,
            _ => OTHER,
        }
    }
}

/// Of what a subscript, an unpacking or a loop goes into, in the low byte of `cache1`: a tuple, or its
/// iterator. (`LIST` also stands for a list's iterator.)
pub const TUPLE: u8 = 64;

/// Of what a loop goes over, too: a generator.
pub const GENERATOR: u8 = STR;

/// And: a str.
pub const TEXT: u8 = BOOL;

/// Of what a builtin function gets, too: a complex number.
pub const COMPLEX: u8 = NONE;

/// Bits of an operator's `cache1` above those of its two operands: an operand was a complex number; one was
/// something else that no bit names.
pub const COMPLEX_OPERAND: u64 = 1 << 16;
pub const OTHER_OPERAND: u64 = 1 << 17;

/// The further bits of an operator's operands.
#[inline]
pub fn operand_bits(a: Value, b: Value) -> u64 {
    let of = |v: Value| match bit_of(v) {
        OTHER if v.is_kind(Kind::Complex) && !v.is_user() => COMPLEX_OPERAND,
        OTHER => OTHER_OPERAND,
        _named => 0,
    };
    of(a) | of(b)
}

/// The bit of what holds items.
#[inline]
pub fn container_bit(v: Value) -> u8 {
    match v.kind() {
        _ if v.is_user() => OTHER,
        Some(Kind::List) => LIST,
        Some(Kind::Tuple) => TUPLE,
        Some(Kind::Str) => STR,
        Some(Kind::Complex) => COMPLEX,
        _ => OTHER,
    }
}

/// And: `enumerate`; then what it goes over stands in the next byte.
pub const ENUMERATE: u8 = INT;
/// And: `zip` of two iterators; what the first goes over stands in the next byte, that of the second
/// [`SECOND`] bits lower.
pub const ZIP: u8 = FLOAT;
pub const SECOND: u32 = 4;

/// The bit of an iterator.
#[inline]
pub fn iterator_bit(it: Value) -> u8 {
    match ClassId::from_shape(crate::object::header::shape_of(it)).unwrap_or(ClassId::Object) {
        ClassId::ListIter => LIST,
        ClassId::TupleIter => TUPLE,
        ClassId::Generator => GENERATOR,
        ClassId::StrIter => TEXT,
        ClassId::Enumerate => ENUMERATE,
        ClassId::Zip => ZIP,
        _ => OTHER,
    }
}

/// Notes which iterator a loop has, and what is under it.
#[inline]
pub fn note_iterator(vm: &crate::vm::Vm, i: &super::executable::QInstr, it: Value) {
    let bit = iterator_bit(it);
    let inner = match bit {
        ENUMERATE | ZIP => inner(vm, it, bit),
        _ => 0,
    };
    note(i, bit, inner);
}
fn inner(vm: &crate::vm::Vm, it: Value, bit: u8) -> u8 {
    let of = |v: Value| match iterator_bit(v) {
        b @ (LIST | TUPLE) => b,
        _ => OTHER,
    };
    let Some(under) = it.get::<IterObj>(vm).and_then(|o| o.a.get()) else {
        return OTHER;
    };
    if bit == ENUMERATE {
        return of(under);
    }
    match under
        .get::<TupleObj>(vm)
        .map(|t| (t.len, t.get(0), t.get(1)))
    {
        // One that is taken from twice in a round is another matter.
        Some((2, Some(a), Some(b))) if a != b => of(a) | of(b) >> SECOND,
        _ => OTHER,
    }
}

/// Adds bits to the low byte of `cache1`, and to the next one.
#[inline]
pub fn note(i: &super::executable::QInstr, low: u8, next: u8) {
    i.cache1
        .set(i.cache1.get() | low as u64 | (next as u64) << 8);
}

/// Notes the types of a frame's arguments, which are bound. Done for interpreted calls only, and only
/// where there is a JIT to read it.
#[inline]
pub fn record_params(f: super::frame::FramePtr) {
    for (i, p) in f.exec().params.iter().enumerate() {
        let Some(v) = f.slot(i) else { continue };
        let bit = match (v.as_float(), bit_of(v)) {
            (Some(x), _) if x.abs() >= WHOLE || x.fract() != 0.0 => FLOAT | FRACTION,
            (_, RANGE_ITER) => OTHER,
            (_, bit) => bit,
        };
        p.set(p.get() | bit);
    }
}
