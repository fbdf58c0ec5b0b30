//! `int()`, `float()`, `str()`.

use super::args;
use crate::object::method::R;
use crate::object::{Args, ClassId, Kind, Value};
use crate::protocol::{number, repr};
use crate::raise;
use crate::types::float::text;
use crate::types::int::{ops as ints, parse};
use crate::vm::Vm;

/// `int(x=0, base=10)`
pub fn int(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let [x, base] = args::parse(vm, "int", a, ["", "base"], 0, 2)?;
    let Some(x) = x else {
        if base.is_some() {
            return Err(raise!(vm, TypeError, "int() missing string argument"));
        }
        return Ok(Value::int_unchecked(0));
    };
    let is_str = x.is_kind(Kind::Str);
    if let Some(base) = base {
        let base = number::index(vm, base)?;
        let base = ints::to_i64(vm, base).and_then(|b| u32::try_from(b).ok());
        let Some(base) = base.filter(|b| *b == 0 || (2..=36).contains(b)) else {
            return Err(raise!(
                vm,
                ValueError,
                "int() base must be >= 2 and <= 36, or 0"
            ));
        };
        if !is_str {
            return Err(raise!(
                vm,
                TypeError,
                "int() can't convert non-string with explicit base"
            ));
        }
        return parse::parse(vm, x, base);
    }
    if ints::is_int(x) {
        return ints::pos(vm, x);
    }
    if let Some(f) = x.as_float() {
        return ints::from_float(vm, f);
    }
    if is_str {
        return parse::parse(vm, x, 10);
    }
    let t = vm.type_name(x);
    Err(raise!(
        vm,
        TypeError,
        "int() argument must be a string, a bytes-like object or a number, not '{t}'"
    ))
}

/// `float(x=0)`
pub fn float(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "float", a)?;
    args::arity(vm, "float", a, 0, 1)?;
    let Some(x) = a.get(0) else {
        return Ok(Value::float(0.0));
    };
    if x.is_float() {
        return Ok(x);
    }
    if ints::is_int(x) {
        return ints::to_float(vm, x).map(Value::float);
    }
    if x.is_kind(Kind::Str) {
        return text::parse(vm, x).map(Value::float);
    }
    let t = vm.type_name(x);
    Err(raise!(
        vm,
        TypeError,
        "float() argument must be a string or a number, not '{t}'"
    ))
}

/// `str(object='', encoding=, errors=)`; there is nothing yet that could be decoded.
pub fn str(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let names = ["object", "encoding", "errors"];
    let [x, encoding, errors] = args::parse(vm, "str", a, names, 0, 3)?;
    let Some(x) = x else {
        return vm.new_str("");
    };
    for (i, v) in [encoding, errors].into_iter().enumerate() {
        if let Some(v) = v.filter(|v| !v.is_kind(Kind::Str)) {
            let t = vm.type_name(v);
            return Err(raise!(
                vm,
                TypeError,
                "str() argument {} must be str, not {t}",
                i + 2
            ));
        }
    }
    if encoding.is_none() && errors.is_none() {
        return repr::str(vm, x);
    }
    if x.is_kind(Kind::Str) {
        return Err(raise!(vm, TypeError, "decoding str is not supported"));
    }
    let t = vm.type_name(x);
    Err(raise!(
        vm,
        TypeError,
        "decoding to str: need a bytes-like object, {t} found"
    ))
}
