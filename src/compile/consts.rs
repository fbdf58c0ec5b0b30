//! `co_consts` while a code object is being made: which constants are one constant.

use crate::code::object::{CodeObject, Const};
use num_bigint::BigInt;
use num_traits::{FromPrimitive, Zero};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

/// Equal as entries of `co_consts`: in type and value, -0.0 apart from 0.0, and no NaN
/// equal to another. Code objects compare as CPython's do (not their file, lines of
/// instructions or stack size).
#[derive(Clone)]
pub struct ConstKey(pub Const);

fn float_eq(a: f64, b: f64) -> bool {
    a == b && a.is_sign_negative() == b.is_sign_negative()
}

fn key_eq(a: &Const, b: &Const) -> bool {
    use Const::*;
    match (a, b) {
        (None, None) | (Ellipsis, Ellipsis) => true,
        (Bool(a), Bool(b)) => a == b,
        (Int(a), Int(b)) => a == b,
        (Float(a), Float(b)) => float_eq(*a, *b),
        (Complex(a, b), Complex(c, d)) => float_eq(*a, *c) && float_eq(*b, *d),
        (Str(a), Str(b)) => a == b,
        (Bytes(a), Bytes(b)) => a == b,
        (Tuple(a), Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| key_eq(a, b)),
        (FrozenSet(a), FrozenSet(b)) => {
            a.len() == b.len() && a.iter().all(|x| b.iter().any(|y| key_eq(x, y)))
        }
        (Code(a), Code(b)) => code_eq(a, b),
        _ => false,
    }
}

fn code_eq(a: &CodeObject, b: &CodeObject) -> bool {
    a.name == b.name
        && a.argcount == b.argcount
        && a.posonlyargcount == b.posonlyargcount
        && a.kwonlyargcount == b.kwonlyargcount
        && a.nlocals == b.nlocals
        && a.flags == b.flags
        && a.firstlineno == b.firstlineno
        && a.code == b.code
        && a.consts.len() == b.consts.len()
        && a.consts.iter().zip(&b.consts).all(|(a, b)| key_eq(a, b))
        && a.names == b.names
        && a.varnames == b.varnames
        && a.freevars == b.freevars
        && a.cellvars == b.cellvars
}

fn key_hash<H: Hasher>(c: &Const, h: &mut H) {
    std::mem::discriminant(c).hash(h);
    match c {
        Const::None | Const::Ellipsis => {}
        Const::Bool(b) => b.hash(h),
        Const::Int(i) => i.hash(h),
        Const::Float(f) => f.to_bits().hash(h),
        Const::Complex(a, b) => (a.to_bits(), b.to_bits()).hash(h),
        Const::Str(s) => s.hash(h),
        Const::Bytes(b) => b.hash(h),
        Const::Tuple(t) => {
            t.len().hash(h);
            t.iter().for_each(|c| key_hash(c, h));
        }
        Const::FrozenSet(t) => t.len().hash(h),
        Const::Code(c) => {
            c.name.hash(h);
            c.firstlineno.hash(h);
            c.code.hash(h);
        }
    }
}

impl PartialEq for ConstKey {
    fn eq(&self, o: &Self) -> bool {
        key_eq(&self.0, &o.0)
    }
}
// A NaN is not equal to itself, which a hash map allows: it is then never found.
impl Eq for ConstKey {}
impl Hash for ConstKey {
    fn hash<H: Hasher>(&self, h: &mut H) {
        key_hash(&self.0, h);
    }
}

/// Equal as elements of a Python set: `1 == True == 1.0`.
pub struct EqKey(pub Const);

/// A number as an int, if it is whole.
fn whole(c: &Const) -> Option<BigInt> {
    match c {
        Const::Bool(b) => Some((*b as i32).into()),
        Const::Int(i) => Some(i.clone()),
        Const::Float(f) | Const::Complex(f, 0.0) if f.fract() == 0.0 => BigInt::from_f64(*f),
        _ => None,
    }
}

fn py_eq(a: &Const, b: &Const) -> bool {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => return a == b,
        (None, None) => {}
        _ => return false,
    }
    match (a, b) {
        (Const::Float(a), Const::Float(b)) => a == b,
        (Const::Float(a), Const::Complex(b, c)) | (Const::Complex(b, c), Const::Float(a)) => {
            a == b && *c == 0.0
        }
        (Const::Complex(a, b), Const::Complex(c, d)) => a == c && b == d,
        (Const::Tuple(a), Const::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| py_eq(a, b))
        }
        _ => key_eq(a, b),
    }
}

fn py_hash<H: Hasher>(c: &Const, h: &mut H) {
    if let Some(i) = whole(c) {
        return i.hash(h);
    }
    match c {
        Const::Float(f) => f.to_bits().hash(h),
        Const::Complex(a, b) if b.is_zero() => a.to_bits().hash(h),
        Const::Tuple(t) => t.iter().for_each(|c| py_hash(c, h)),
        _ => key_hash(c, h),
    }
}

impl PartialEq for EqKey {
    fn eq(&self, o: &Self) -> bool {
        py_eq(&self.0, &o.0)
    }
}
impl Eq for EqKey {}
impl Hash for EqKey {
    fn hash<H: Hasher>(&self, h: &mut H) {
        py_hash(&self.0, h);
    }
}

/// The constants of a code object, in the order they were first asked for.
#[derive(Default)]
pub struct ConstTable {
    map: HashMap<ConstKey, u32>,
    list: Vec<Const>,
}

impl ConstTable {
    /// The index of a constant, which is added if no equal one is there.
    pub fn add(&mut self, c: Const) -> u32 {
        let next = self.list.len() as u32;
        match self.map.entry(ConstKey(c)) {
            std::collections::hash_map::Entry::Occupied(e) => *e.get(),
            std::collections::hash_map::Entry::Vacant(e) => {
                self.list.push(e.key().0.clone());
                e.insert(next);
                next
            }
        }
    }
    /// The constants.
    pub fn into_list(self) -> Vec<Const> {
        self.list
    }
}
