//! The rows of float's methods, and `float()` itself.

use super::{ops, text};
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::number;
use crate::raise;
use crate::types::int::ops as int;
use crate::types::str::methods::dunder_format;
use crate::types::{Getter, args};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Methods of float.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "as_integer_ratio",
        conv: Conv::NoArgs(as_integer_ratio),
        doc: "The float as a pair of ints, exactly.",
    },
    MethodDef {
        name: "conjugate",
        conv: Conv::NoArgs(conjugate),
        doc: "The float itself.",
    },
    MethodDef {
        name: "hex",
        conv: Conv::NoArgs(hex),
        doc: "The float in hexadecimal.",
    },
    MethodDef {
        name: "is_integer",
        conv: Conv::NoArgs(is_integer),
        doc: "Whether the float is a whole number.",
    },
    MethodDef {
        name: "__trunc__",
        conv: Conv::NoArgs(trunc),
        doc: "The int next to the float, towards zero.",
    },
    MethodDef {
        name: "__round__",
        conv: Conv::Pos(0, 1, round),
        doc: "Rounded to a number of decimal digits.",
    },
    MethodDef {
        name: "__format__",
        conv: Conv::One(dunder_format),
        doc: "Formats by a format specification.",
    },
    crate::types::slots::kernels::GET_NEW_ARGS,
];

/// Methods that are called on the class.
pub const CLASS_METHODS: &[MethodDef] = &[MethodDef {
    name: "fromhex",
    conv: Conv::One(super::hex::from_hex),
    doc: "The float that a hexadecimal text spells.",
}];

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter::computed("real", real),
    Getter::computed("imag", imag),
];

fn real(_: &mut Vm, v: Value) -> Result<Option<Value>, Raised> {
    Ok(Some(v))
}
fn imag(_: &mut Vm, _: Value) -> Result<Option<Value>, Raised> {
    Ok(Some(Value::float(0.0)))
}

/// The receiver.
fn this(vm: &mut Vm, v: Value) -> Result<f64, Raised> {
    number::as_f64(vm, v)
}

fn conjugate(_: &mut Vm, v: Value) -> R {
    Ok(v)
}
fn is_integer(vm: &mut Vm, v: Value) -> R {
    let f = this(vm, v)?;
    Ok(Value::bool(f.is_finite() && f.trunc() == f))
}
fn trunc(vm: &mut Vm, v: Value) -> R {
    let f = this(vm, v)?;
    int::from_float(vm, f)
}
fn round(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    number::round_plain(vm, v, a.get(0).unwrap_or(Value::NONE))
}
fn hex(vm: &mut Vm, v: Value) -> R {
    let f = this(vm, v)?;
    vm.new_str(&text::hex(f))
}
fn as_integer_ratio(vm: &mut Vm, v: Value) -> R {
    let f = this(vm, v)?;
    if f.is_infinite() {
        return Err(raise!(
            vm,
            OverflowError,
            "cannot convert Infinity to integer ratio"
        ));
    }
    if f.is_nan() {
        return Err(raise!(
            vm,
            ValueError,
            "cannot convert NaN to integer ratio"
        ));
    }
    let (n, d) = ops::integer_ratio(f);
    let n = vm.new_bigint(n)?;
    let d = vm.new_bigint(d)?;
    vm.new_tuple(&[n, d])
}

/// `float(x=0.0)`
pub fn construct(vm: &mut Vm, _class: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "float", a)?;
    args::arity(vm, "float", a, 0, 1)?;
    match a.get(0) {
        Some(x) => from_value(vm, x).map(Value::float),
        None => Ok(Value::float(0.0)),
    }
}

/// `float(x)` as a double.
pub fn from_value(vm: &mut Vm, x: Value) -> Result<f64, Raised> {
    if let Some(f) = crate::protocol::user::try_float(vm, x)? {
        return Ok(f);
    }
    if let Some(f) = x.as_float() {
        return Ok(f);
    }
    if int::is_int(x) {
        return int::to_float(vm, x);
    }
    let text = crate::types::bytes::buffer::frozen(vm, x)?;
    if text.is_kind(Kind::Str) || text.is_kind(Kind::Bytes) {
        return text::parse(vm, text, x);
    }
    if x.is_kind(Kind::Complex) {
        return Err(raise!(vm, TypeError, "can't convert complex to float"));
    }
    let t = vm.type_name(x);
    Err(raise!(
        vm,
        TypeError,
        "float() argument must be a string or a number, not '{t}'"
    ))
}
