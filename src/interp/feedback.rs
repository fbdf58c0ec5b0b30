//! What the interpreter has seen: the JIT's type feedback.
//!
//! Feedback is a set of type bits per instruction (`QInstr::fb`, what it produced), per parameter
//! (`Executable::params`), and the quickened opcode itself, whose specialised forms say what its
//! operands were. No bit: never executed.

use crate::object::{Kind, Value};

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
            Some(Kind::Int64) => INT,
            Some(Kind::Str) => STR,
            Some(Kind::List) => LIST,
            Some(Kind::RangeIter) => RANGE_ITER,
            _ => OTHER,
        }
    }
}

/// Notes the types of a frame's arguments, which are bound. Done for interpreted calls only, and only
/// where there is a JIT to read it.
#[inline]
pub fn record_params(f: super::frame::FramePtr) {
    for (i, p) in f.exec().params.iter().enumerate() {
        if let Some(v) = f.slot(i) {
            p.set(p.get() | bit_of(v));
        }
    }
}
