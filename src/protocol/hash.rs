//! Hashes. Equal values have equal hashes, across types.

use crate::object::{ClassId, Kind, Value};
use crate::raise;
use crate::types::builtin::value::{BoundMethodObj, BuiltinObj};
use crate::types::bytes::value::BytesObj;
use crate::types::complex::value::ComplexObj;
use crate::types::range::value::RangeObj;
use crate::types::str::ops::hash_while;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{float, int, set};
use crate::vm::{Raised, Vm, work};

/// `hash(v)`; as a Python int it is this number taken as i64.
///
/// # Errors
/// TypeError for mutable containers.
#[inline]
pub fn hash(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    if v.is_user() {
        return super::user::hash(vm, v);
    }
    match at_hand(vm, v) {
        Some(h) => Ok(h),
        None if v.is_kind(Kind::Str) => long_hash(vm, v),
        None => hash_slow(vm, v),
    }
}
/// The hash of a small int, and of a str that is short or has been hashed: nothing can happen meanwhile.
/// Of no derived class: those are asked.
#[inline]
pub fn at_hand(vm: &Vm, v: Value) -> Option<u64> {
    if let Some(i) = v.as_small_int() {
        return Some(int::ops::hash(int::ops::Int::Small(i)) as u64);
    }
    let s = v.get::<StrObj>(vm)?;
    (!v.is_user() && (s.hash.get() != 0 || s.len <= work::PIECE)).then(|| str_hash(s))
}
/// Of a long str or bytes object, kept in it.
#[cold]
fn long_hash(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    let b = |vm: &Vm| match v.get::<StrObj>(vm) {
        Some(s) => hash_while(s.as_bytes(), || !vm.gives_up()),
        None => {
            let b = v.get::<BytesObj>(vm).map_or(&[][..], BytesObj::as_bytes);
            hash_while(b, || !vm.gives_up())
        }
    };
    let h = vm.working(b)?;
    match (v.get::<StrObj>(vm), v.get::<BytesObj>(vm)) {
        (Some(s), _) => s.hash.set(h),
        (None, Some(b)) => b.hash.set(h),
        (None, None) => (),
    }
    Ok(h)
}
/// The same by the layout.
///
/// # Errors
/// As [`hash()`].
pub fn hash_plain(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    let v = crate::types::instance::ops::plain(vm, v)?;
    match v.get::<StrObj>(vm) {
        Some(s) => Ok(str_hash(s)),
        None => hash_slow(vm, v),
    }
}

/// Hash of a str; computed once.
#[inline]
pub fn str_hash(s: &StrObj) -> u64 {
    crate::types::str::ops::hash(s)
}

fn hash_slow(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    if let Some(h) = int::ops::hash_of(vm, v)? {
        return Ok(h as u64);
    }
    if let Some(f) = v.as_float() {
        return Ok(float::ops::hash(f) as u64);
    }
    match v.kind() {
        // The singletons: any fixed number does.
        None => Ok(v.bits().wrapping_mul(0x9E37_79B9) & (u64::MAX >> 2)),
        Some(Kind::Tuple) => tuple_hash(vm, v),
        Some(
            Kind::List
            | Kind::Dict
            | Kind::Cell
            | Kind::Slice
            | Kind::MappingProxy
            | Kind::Deque
            | Kind::KeyWrapper
            | Kind::ByteArray,
        ) => Err(unhashable(vm, v)),
        Some(Kind::Memory) => crate::types::memory::ops::hash(vm, v),
        Some(Kind::DictView) if vm.class_of(v) != ClassId::DictValues => Err(unhashable(vm, v)),
        Some(Kind::Set) if vm.class_of(v) == ClassId::Set => Err(unhashable(vm, v)),
        Some(Kind::Set) => match v.cast() {
            Some(s) => set::ops::hash(vm, s),
            None => Ok(0),
        },
        Some(Kind::Bytes) => match v.get::<BytesObj>(vm) {
            Some(b) if b.len > work::PIECE && b.hash.get() == 0 => long_hash(vm, v),
            Some(b) => Ok(crate::types::bytes::ops::hash(b)),
            None => Ok(0),
        },
        Some(Kind::Complex) => Ok(v.get::<ComplexObj>(vm).map_or(0, complex_hash)),
        Some(Kind::Range) => range_hash(vm, v),
        Some(Kind::Code) => match v.cast() {
            Some(c) => crate::types::code::compare::hash_of(vm, c),
            None => identity_hash(vm, v),
        },
        Some(Kind::BoundMethod) => {
            let (f, s) = match v.get::<BoundMethodObj>(vm) {
                Some(m) => (m.func.get_or_none(), m.self_.get_or_none()),
                None => (Value::NONE, Value::NONE),
            };
            let h = hash(vm, f)?;
            Ok(fix(h ^ identity_hash(vm, s)?))
        }
        Some(Kind::Builtin) => {
            let (def, s) = match v.get::<BuiltinObj>(vm) {
                Some(b) => (b.def as *const _ as u64, b.self_.get()),
                None => (0, None),
            };
            match s {
                // Two `[].append` of one list are equal. The name stands for the address.
                Some(s) if def != 0 => {
                    let name = v.get::<BuiltinObj>(vm).map_or("", |b| b.def.name);
                    let h = crate::types::str::ops::hash_bytes(name.as_bytes());
                    Ok(fix(h ^ identity_hash(vm, s)?))
                }
                _ => identity_hash(vm, v),
            }
        }
        Some(Kind::WeakRef) => crate::types::weak::methods::hash_of(vm, v),
        Some(_) => identity_hash(vm, v),
    }
}

/// The hash of a complex number: that of its real part where it has no other.
fn complex_hash(c: &ComplexObj) -> u64 {
    let (re, im) = (float::ops::hash(c.re) as u64, float::ops::hash(c.im) as u64);
    fix(re.wrapping_add(im.wrapping_mul(1_000_003)))
}

/// The hash of what is equal only to itself.
pub fn identity_hash(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    let n = vm.identity(v)?;
    Ok(fix(n.rotate_right(4) ^ n))
}

#[cold]
fn unhashable(vm: &mut Vm, v: Value) -> Raised {
    let t = vm.type_name(v);
    raise!(vm, TypeError, "unhashable type: '{t}'")
}

/// -1 is an error to C code: no hash is it.
fn fix(h: u64) -> u64 {
    if h == u64::MAX { u64::MAX - 1 } else { h }
}

const P1: u64 = 11_400_714_785_074_694_791;
const P2: u64 = 14_029_467_366_897_019_727;
const P5: u64 = 2_870_177_450_012_600_261;

/// The hash of a tuple with these items' hashes: xxHash's rounds, as CPython 3.8 takes them.
pub fn combine(hashes: impl IntoIterator<Item = u64>) -> u64 {
    let mut acc = P5;
    let mut n = 0u64;
    for h in hashes {
        acc = acc.wrapping_add(h.wrapping_mul(P2));
        acc = acc.rotate_left(31).wrapping_mul(P1);
        n += 1;
    }
    acc = acc.wrapping_add(n ^ (P5 ^ 3_527_539));
    if acc == u64::MAX { 1_546_275_796 } else { acc }
}

fn tuple_hash(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    // A tuple that holds another twice, and so on, hashes for ever: each one counts.
    vm.burn(1)?;
    vm.poll()?;
    if let Some(h) = v.get::<TupleObj>(vm).and_then(|t| short_tuple_hash(vm, t)) {
        return Ok(h);
    }
    // No level of its own, as in CPython: only the machine stack may need to change.
    crate::gc::with_stack(vm, |vm| tuple_items_hash(vm, v))
}
/// Where all items have a hash at hand: most keys that are tuples.
fn short_tuple_hash(vm: &Vm, t: &TupleObj) -> Option<u64> {
    const SHORT: usize = 8;
    let mut acc = P5;
    for i in 0..(t.len <= SHORT).then_some(t.len)? {
        acc = with_item(acc, at_hand(vm, t.get(i)?)?);
    }
    Some(tuple_end(acc, t.len))
}
fn tuple_items_hash(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    let n = v.get::<TupleObj>(vm).map_or(0, |t| t.len);
    let mut acc = P5;
    for i in 0..n {
        let x = v.get::<TupleObj>(vm).and_then(|t| t.get(i));
        acc = with_item(acc, hash(vm, x.unwrap_or(Value::NONE))?);
        if i & 0xFFF == 0xFFF {
            vm.poll()?;
        }
    }
    Ok(tuple_end(acc, n))
}
/// A step of xxHash, as CPython takes it for the hash of each item; and the end.
fn with_item(acc: u64, hash: u64) -> u64 {
    let acc = acc.wrapping_add(hash.wrapping_mul(P2));
    acc.rotate_left(31).wrapping_mul(P1)
}
fn tuple_end(acc: u64, n: usize) -> u64 {
    let acc = acc.wrapping_add(n as u64 ^ (P5 ^ 3_527_539));
    if acc == u64::MAX { 1_546_275_796 } else { acc }
}

/// A range hashes as (length, first, step), None where they do not matter.
fn range_hash(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    let (len, start, step) = match v.get::<RangeObj>(vm) {
        Some(r) => (
            r.length.get_or_none(),
            r.start.get_or_none(),
            r.step.get_or_none(),
        ),
        None => return identity_hash(vm, v),
    };
    let none = Value::NONE;
    let parts = match int::ops::to_i64(vm, len) {
        Some(0) => [len, none, none],
        Some(1) => [len, start, none],
        _ => [len, start, step],
    };
    let mut hashes = [0; 3];
    for (h, p) in hashes.iter_mut().zip(parts) {
        *h = hash(vm, p)?;
    }
    Ok(combine(hashes))
}
