//! `complex()`, its attributes and methods.

use super::ops::{self, Complex};
use super::text;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::int::ops as int;
use crate::types::str::methods::dunder_format;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "conjugate",
        conv: Conv::NoArgs(|vm, v| {
            let c = this(vm, v)?;
            vm.new_complex(c.re, -c.im)
        }),
        doc: "The number with the sign of its imaginary part changed.",
    },
    MethodDef {
        name: "__getnewargs__",
        conv: Conv::NoArgs(|vm, v| {
            let c = this(vm, v)?;
            vm.new_tuple(&[Value::float(c.re), Value::float(c.im)])
        }),
        doc: "The arguments that make it again.",
    },
    MethodDef {
        name: "__format__",
        conv: Conv::One(dunder_format),
        doc: "Formats by a format specification.",
    },
];

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter {
        name: "real",
        get: |vm, v| Ok(ops::get(vm, v).map(|c| Value::float(c.re))),
        set: Setter::Member,
    },
    Getter {
        name: "imag",
        get: |vm, v| Ok(ops::get(vm, v).map(|c| Value::float(c.im))),
        set: Setter::Member,
    },
];

fn this(vm: &mut Vm, v: Value) -> Result<Complex, Raised> {
    ops::from_number(vm, v)
}

/// `complex(real=0, imag=0)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let [re, im] = args::parse(vm, "complex", a, ["real", "imag"], 0, 2)?;
    let first = re.unwrap_or(Value::int_unchecked(0));
    let first = by_class(vm, first)?;
    if first.is_kind(Kind::Complex) && im.is_none() {
        if first.is_user() {
            let c = ops::from_number(vm, first)?;
            return vm.new_complex(c.re, c.im);
        }
        return Ok(first);
    }
    let im = match im {
        Some(v) if v.is_user() && !v.is_kind(Kind::Complex) && !v.is_kind(Kind::Str) => {
            Some(crate::protocol::user::try_float(vm, v)?.map_or(v, Value::float))
        }
        im => im,
    };
    if first.is_kind(Kind::Str) {
        if im.is_some() {
            return Err(raise!(
                vm,
                TypeError,
                "complex() can't take second arg if first is a string"
            ));
        }
        let c = text::parse(vm, first)?;
        return vm.new_complex(c.re, c.im);
    }
    if im.is_some_and(|v| v.is_kind(Kind::Str)) {
        return Err(raise!(
            vm,
            TypeError,
            "complex() second arg can't be a string"
        ));
    }
    let is_number = |v: Value| v.is_kind(Kind::Complex) || v.is_float() || int::is_int(v);
    if !is_number(first) {
        let t = vm.type_name(first);
        return Err(raise!(
            vm,
            TypeError,
            "complex() first argument must be a string or a number, not '{t}'"
        ));
    }
    if let Some(v) = im.filter(|&v| !is_number(v)) {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "complex() second argument must be a number, not '{t}'"
        ));
    }
    // real + imag * 1j, of which either may be complex itself; what is absent adds no zero, so
    // that the sign of a zero stays.
    let mut out = ops::from_number(vm, first)?;
    if let Some(v) = im {
        let i = ops::from_number(vm, v)?;
        let mut im = i.re;
        if v.is_kind(Kind::Complex) {
            out.re -= i.im;
        }
        if first.is_kind(Kind::Complex) {
            im += out.im;
        }
        out.im = im;
    }
    vm.new_complex(out.re, out.im)
}

/// What a program's `__complex__`, `__float__` or `__index__` gives.
fn by_class(vm: &mut Vm, v: Value) -> R {
    if !v.is_user() || v.is_kind(Kind::Str) {
        return Ok(v);
    }
    if let Some(r) = special::call_overridden(vm, v, Special::Complex, &[])? {
        if r.is_kind(Kind::Complex) {
            return Ok(r);
        }
        let t = vm.type_name(r);
        return Err(raise!(
            vm,
            TypeError,
            "__complex__ returned non-complex (type {t})"
        ));
    }
    if v.is_kind(Kind::Complex) {
        return Ok(v);
    }
    Ok(crate::protocol::user::try_float(vm, v)?.map_or(v, Value::float))
}
