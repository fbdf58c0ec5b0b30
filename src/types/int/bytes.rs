//! Ints as bytes, and back.

use super::big::room_bytes;
use super::ops::{self, Int};
use super::wide;
use crate::object::{Args, ClassId, Value};
use crate::protocol::truth;
use crate::raise;
use crate::types::args;
use crate::types::bytes::methods::from_object;
use crate::types::bytes::ops as bytes;
use crate::types::bytes::value::BytesObj;
use crate::types::str::adjust::ssize;
use crate::types::str::ops as strs;
use crate::types::str::search::clinic_name;
use crate::vm::{Raised, Vm};
use num_bigint::Sign;

type R = Result<Value, Raised>;

/// Whether the argument says 'big' (and not 'little').
fn is_big(vm: &mut Vm, fname: &str, v: Option<Value>) -> Result<bool, Raised> {
    let v = v.unwrap_or(Value::NONE);
    match strs::bytes(vm, v) {
        Some(b"big") => Ok(true),
        Some(b"little") => Ok(false),
        Some(_) => Err(raise!(
            vm,
            ValueError,
            "byteorder must be either 'little' or 'big'"
        )),
        None => {
            let t = clinic_name(vm, v);
            Err(raise!(
                vm,
                TypeError,
                "{fname}() argument 'byteorder' must be str, not {t}"
            ))
        }
    }
}
fn is_signed(vm: &mut Vm, v: Option<Value>) -> Result<bool, Raised> {
    match v {
        Some(v) => truth::is_true(vm, v),
        None => Ok(false),
    }
}

/// `int.to_bytes(length, byteorder, *, signed=False)`
pub fn to_bytes(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let names = ["length", "byteorder", "signed"];
    let [length, order, signed] = args::parse(vm, "to_bytes", a, names, 2, 2)?;
    let length = ssize(vm, length.unwrap_or(Value::NONE))?;
    let big = is_big(vm, "to_bytes", order)?;
    let signed = is_signed(vm, signed)?;
    let Ok(length) = usize::try_from(length) else {
        return Err(raise!(
            vm,
            ValueError,
            "length argument must be non-negative"
        ));
    };
    let Some(i) = ops::get(vm, v) else {
        return Err(vm.raise(ClassId::SystemError, "bad argument to to_bytes()"));
    };
    let negative = i.is_negative();
    if negative && !signed {
        return Err(raise!(
            vm,
            OverflowError,
            "can't convert negative int to unsigned"
        ));
    }
    // Least number of bits: two's complement where there is a sign.
    let bits = match (signed, i) {
        (false, _) => i.bits(),
        // The least number of so many bits needs no other for the sign.
        (true, Int::Small(n)) if negative => 65 - u64::from((!n).leading_zeros()),
        (true, Int::Big(n)) if negative => {
            let bits = n.bits();
            bits + u64::from(n.trailing_zeros() != Some(bits - 1))
        }
        (true, _) => i.bits() + 1,
    };
    if bits > (length as u64).saturating_mul(8) && !i.is_zero() {
        return Err(raise!(vm, OverflowError, "int too big to convert"));
    }
    bytes::build(vm, length, |vm, t| {
        if let Some(i) = ops::get(vm, v) {
            wide::write_bytes(vm, &i.big(), t, big);
        }
    })
}

/// `int.from_bytes(bytes, byteorder, *, signed=False)`
pub fn from_bytes(vm: &mut Vm, class: Value, a: Args<'_>) -> R {
    let names = ["bytes", "byteorder", "signed"];
    let [source, order, signed] = args::parse(vm, "from_bytes", a, names, 2, 2)?;
    let big = is_big(vm, "from_bytes", order)?;
    let signed = is_signed(vm, signed)?;
    let source = from_object(vm, source.unwrap_or(Value::NONE))?;
    let n = source.get::<BytesObj>(vm).map_or(0, |b| b.len);
    room_bytes(vm, n.saturating_mul(2))?;
    let i = vm.working(|vm| {
        let b = source.get::<BytesObj>(vm);
        wide::of_bytes(vm, b.map_or(&[], BytesObj::as_bytes), big, signed)
    })?;
    if crate::types::class::ops::id_of(vm, class) == Some(ClassId::Bool) {
        return Ok(Value::bool(i.sign() != Sign::NoSign));
    }
    let i = vm.new_bigint(i)?;
    // A class derived from int makes its own of it.
    match crate::types::class::ops::builtin_of(vm, class) {
        Some(_) => Ok(i),
        None => vm.call(class, Args::pos(&[i])),
    }
}
