//! The rows of memoryview's methods, and `memoryview()` itself.

use super::ops::{self, Look, look};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::item::{as_ssize, get_item, len};
use crate::raise;
use crate::types::bytes::hex;
use crate::types::list::ops as list;
use crate::types::str::ops as strs;
use crate::types::{Getter, Setter, args};
use crate::vm::Vm;

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc },)*]
    };
}
macro_rules! getters {
    ($($name:literal $get:expr;)*) => {
        &[$(Getter {
            name: $name,
            get: |vm, v| {
                let l = look(vm, v)?;
                let f: fn(&mut Vm, Value, Look) -> R = $get;
                f(vm, v, l).map(Some)
            },
            set: Setter::None,
        }),*]
    };
}

/// Methods.
pub const METHODS: &[MethodDef] = rows! {
    "__enter__" Conv::NoArgs(|vm, v| look(vm, v).map(|_| v)), "The view itself.";
    "__exit__" Conv::Pos(0, u8::MAX, |vm, v, _| release(vm, v)), "Release the view.";
    "cast" Conv::Kw(cast), "The same bytes as items of another format.";
    "hex" Conv::Kw(|vm, v, a| {
        let b = ops::to_bytes(vm, v)?;
        hex::hex(vm, b, a)
    }), "As hexadecimal digits, perhaps with a separator between groups.";
    "release" Conv::NoArgs(release), "Look no longer; the object may be resized again.";
    "tobytes" Conv::Kw(tobytes), "The bytes as a bytes object.";
    "tolist" Conv::NoArgs(tolist), "The items in a list.";
    "toreadonly" Conv::NoArgs(|vm, v| {
        let l = look(vm, v)?;
        let owner = ops::owner(vm, v).unwrap_or(Value::NONE);
        ops::view(vm, owner, Look { readonly: true, ..l })
    }), "A view through which nothing can be changed.";
};

/// Computed attributes.
pub const GETTERS: &[Getter] = getters! {
    "c_contiguous" |_, _, l| Ok(Value::bool(l.is_contiguous()));
    "contiguous" |_, _, l| Ok(Value::bool(l.is_contiguous()));
    "f_contiguous" |_, _, l| Ok(Value::bool(l.is_contiguous()));
    "format" |vm, _, l| {
        let f = char::from(l.format).to_string();
        vm.new_str(&if l.native { format!("@{f}") } else { f })
    };
    "itemsize" |vm, _, l| vm.new_int(l.size() as i64);
    "nbytes" |vm, _, l| vm.new_int((l.len * l.size()) as i64);
    "ndim" |vm, _, _| vm.new_int(1);
    "obj" |vm, v, _| Ok(ops::owner(vm, v).unwrap_or(Value::NONE));
    "readonly" |_, _, l| Ok(Value::bool(l.readonly));
    "shape" |vm, _, l| {
        let n = vm.new_int(l.len as i64)?;
        vm.new_tuple(&[n])
    };
    "strides" |vm, _, l| {
        let n = vm.new_int(l.stride)?;
        vm.new_tuple(&[n])
    };
    "suboffsets" |vm, _, _| vm.new_tuple(&[]);
};

/// `memoryview(object)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let given = a.all().len();
    if given > 1 {
        return Err(raise!(
            vm,
            TypeError,
            "memoryview() takes at most 1 argument ({given} given)"
        ));
    }
    let [v] = args::parse(vm, "memoryview", a, ["object"], 1, 1)?;
    ops::of(vm, v.unwrap_or(Value::NONE))
}

fn release(vm: &mut Vm, v: Value) -> R {
    ops::release(vm, v);
    Ok(Value::NONE)
}

fn tolist(vm: &mut Vm, v: Value) -> R {
    let l = look(vm, v)?;
    let out = list::with_capacity(vm, l.len)?;
    for i in 0..l.len {
        vm.poll()?;
        let x = ops::item(vm, v, l, i)?;
        list::push(vm, out, x)?;
    }
    Ok(out.value())
}
fn tobytes(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let [order] = args::parse(vm, "tobytes", a, ["order"], 0, 1)?;
    if let Some(o) = order.filter(|o| !o.is_none()) {
        let known = strs::bytes(vm, o).map(|b| matches!(b, b"C" | b"F" | b"A"));
        match known {
            Some(true) => (),
            Some(false) => {
                return Err(raise!(vm, ValueError, "order must be 'C', 'F' or 'A'"));
            }
            None => {
                let t = args::kind_name(vm, o);
                return Err(raise!(
                    vm,
                    TypeError,
                    "tobytes() argument 1 must be str or None, not {t}"
                ));
            }
        }
    }
    ops::to_bytes(vm, v)
}

/// `m.cast(format, shape=…)`
fn cast(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let l = look(vm, v)?;
    let [format, shape] = args::parse(vm, "cast", a, ["format", "shape"], 1, 2)?;
    let format = format.unwrap_or(Value::NONE);
    let Some(text) = strs::bytes(vm, format) else {
        return Err(raise!(
            vm,
            TypeError,
            "memoryview: format argument must be a string"
        ));
    };
    let (native, code) = match *text {
        [b'@', c] => (true, Some(c)),
        [c] => (false, Some(c)),
        _ => (false, None),
    };
    if !l.is_contiguous() {
        return Err(raise!(
            vm,
            TypeError,
            "memoryview: casts are restricted to C-contiguous views"
        ));
    }
    let Some((code, size)) = code.and_then(|c| Some((c, ops::size_of_item(c)?))) else {
        return Err(raise!(
            vm,
            ValueError,
            "memoryview: destination format must be a native single character format \
             prefixed with an optional '@'"
        ));
    };
    let byte = |f: u8| matches!(f, b'b' | b'B' | b'c');
    if !byte(l.format) && !byte(code) {
        return Err(raise!(
            vm,
            TypeError,
            "memoryview: cannot cast between two non-byte formats"
        ));
    }
    let total = l.len * l.size();
    if !total.is_multiple_of(size) {
        return Err(raise!(
            vm,
            TypeError,
            "memoryview: length is not a multiple of itemsize"
        ));
    }
    if let Some(s) = shape {
        if len(vm, s)? != 1 {
            return Err(raise!(
                vm,
                NotImplementedError,
                "memoryview: views have one dimension"
            ));
        }
        let n = get_item(vm, s, Value::int_unchecked(0))?;
        let n = as_ssize(vm, n)?;
        if usize::try_from(n).ok().and_then(|n| n.checked_mul(size)) != Some(total) {
            return Err(raise!(
                vm,
                TypeError,
                "memoryview: product(shape) * itemsize != buffer size"
            ));
        }
    }
    look(vm, v)?;
    let owner = ops::owner(vm, v).unwrap_or(Value::NONE);
    let cast = Look {
        len: total / size,
        stride: size as i64,
        format: code,
        native,
        ..l
    };
    ops::view(vm, owner, cast)
}
