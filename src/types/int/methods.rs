//! The rows of int's methods, and `int()` itself.

use super::{ops, parse};
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::number;
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::bytes::buffer;
use crate::types::str::methods::dunder_format;
use crate::types::{Getter, args};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Methods of int (and bool).
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "as_integer_ratio",
        conv: Conv::NoArgs(as_integer_ratio),
        doc: "The int as a pair, numerator and denominator.",
    },
    MethodDef {
        name: "bit_length",
        conv: Conv::NoArgs(bit_length),
        doc: "Number of bits of the absolute value.",
    },
    MethodDef {
        name: "conjugate",
        conv: Conv::NoArgs(ops::pos),
        doc: "The int itself.",
    },
    MethodDef {
        name: "to_bytes",
        conv: Conv::Kw(super::bytes::to_bytes),
        doc: "The digits in base 256.",
    },
    MethodDef {
        name: "__trunc__",
        conv: Conv::NoArgs(ops::pos),
        doc: "The int itself.",
    },
    MethodDef {
        name: "__floor__",
        conv: Conv::NoArgs(ops::pos),
        doc: "The int itself.",
    },
    MethodDef {
        name: "__ceil__",
        conv: Conv::NoArgs(ops::pos),
        doc: "The int itself.",
    },
    MethodDef {
        name: "__round__",
        conv: Conv::Pos(0, u8::MAX, round),
        doc: "Rounded to a multiple of a power of ten.",
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
    name: "from_bytes",
    conv: Conv::Kw(super::bytes::from_bytes),
    doc: "The int that the bytes spell in base 256.",
}];

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter::computed("real", itself),
    Getter::computed("imag", zero),
    Getter::computed("numerator", itself),
    Getter::computed("denominator", one),
];

fn itself(vm: &mut Vm, v: Value) -> Result<Option<Value>, Raised> {
    ops::pos(vm, v).map(Some)
}
fn zero(_: &mut Vm, _: Value) -> Result<Option<Value>, Raised> {
    Ok(Some(Value::int_unchecked(0)))
}
fn one(_: &mut Vm, _: Value) -> Result<Option<Value>, Raised> {
    Ok(Some(Value::int_unchecked(1)))
}

fn as_integer_ratio(vm: &mut Vm, v: Value) -> R {
    let n = ops::pos(vm, v)?;
    vm.new_tuple(&[n, Value::int_unchecked(1)])
}
fn bit_length(vm: &mut Vm, v: Value) -> R {
    let bits = ops::get(vm, v).map_or(0, ops::Int::bits);
    vm.new_int(bits as i64)
}
fn round(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    if a.len() > 1 {
        return Err(raise!(
            vm,
            TypeError,
            "function takes at most 1 argument ({} given)",
            a.len()
        ));
    }
    if let Some(n) = a.get(0) {
        number::index(vm, n)?;
    }
    number::round_plain(vm, v, a.get(0).unwrap_or(Value::NONE))
}

/// `int(x=0, base=10)`
pub fn construct(vm: &mut Vm, _class: ClassId, a: Args<'_>) -> R {
    let [x, base] = args::parse(vm, "int", a, ["", "base"], 0, 2)?;
    match (x, base) {
        (None, None) => vm.new_int(0),
        (None, Some(_)) => Err(raise!(vm, TypeError, "int() missing string argument")),
        (Some(x), None) => from_value(vm, x),
        (Some(x), Some(base)) => {
            let base = number::index(vm, base)?;
            let base = match ops::to_i64(vm, base) {
                Some(b) if b == 0 || (2..=36).contains(&b) => b as u32,
                _ => {
                    return Err(raise!(
                        vm,
                        ValueError,
                        "int() base must be >= 2 and <= 36, or 0"
                    ));
                }
            };
            let x = match x.is_kind(Kind::ByteArray) {
                true => buffer::frozen(vm, x)?,
                false => x,
            };
            if !x.is_kind(Kind::Str) && !x.is_kind(Kind::Bytes) {
                return Err(raise!(
                    vm,
                    TypeError,
                    "int() can't convert non-string with explicit base"
                ));
            }
            parse::parse(vm, x, base)
        }
    }
}

/// What a program's `__int__`, `__index__` or `__trunc__` gives.
fn by_class(vm: &mut Vm, x: Value) -> Result<Option<Value>, Raised> {
    for (s, name) in [(Special::Int, "__int__"), (Special::Index, "__index__")] {
        let Some(f) = special::find(vm, x, s)? else {
            continue;
        };
        if special::is_builtin_slot(vm, f) {
            return Ok(None);
        }
        let r = special::call(vm, f, x, &[])?;
        if ops::is_int(r) {
            crate::protocol::user::strict_int(vm, name, r)?;
            return ops::pos(vm, r).map(Some);
        }
        let t = vm.type_name(r);
        return Err(raise!(vm, TypeError, "{name} returned non-int (type {t})"));
    }
    if let Some(r) = special::call_overridden(vm, x, Special::Trunc, &[])? {
        let i = crate::protocol::user::try_index(vm, r)?;
        if ops::is_int(i) {
            return ops::pos(vm, i).map(Some);
        }
        if r.is_user()
            && let Some(i) = special::call_overridden(vm, r, Special::Int, &[])?
            && ops::is_int(i)
        {
            crate::protocol::user::strict_int(vm, "__int__", i)?;
            return ops::pos(vm, i).map(Some);
        }
        let t = vm.type_name(r);
        return Err(raise!(
            vm,
            TypeError,
            "__trunc__ returned non-Integral (type {t})"
        ));
    }
    Ok(None)
}

/// `int(x)`
pub fn from_value(vm: &mut Vm, x: Value) -> R {
    if x.is_user()
        && let Some(r) = by_class(vm, x)?
    {
        return Ok(r);
    }
    let x = crate::types::instance::ops::plain(vm, x)?;
    if ops::is_int(x) {
        return ops::pos(vm, x);
    }
    if let Some(f) = x.as_float() {
        return ops::from_float(vm, f);
    }
    let x = buffer::frozen(vm, x)?;
    if x.is_kind(Kind::Str) || x.is_kind(Kind::Bytes) {
        return parse::parse(vm, x, 10);
    }
    if x.is_kind(Kind::Complex) {
        return Err(raise!(vm, TypeError, "can't convert complex to int"));
    }
    let t = vm.type_name(x);
    Err(raise!(
        vm,
        TypeError,
        "int() argument must be a string, a bytes-like object or a number, not '{t}'"
    ))
}
