//! Methods of `set` and `frozenset`.

use super::value::SetObj;
use super::{algebra, ops};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, MethodDef, Value};
use crate::raise;
use crate::types::dict::ops::key_error;
use crate::types::slots::reduce;
use crate::types::{args, object};
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)* $(..$more:expr;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc },)* $($more),*]
    };
}
const COPY: MethodDef = MethodDef {
    name: "copy",
    conv: Conv::NoArgs(copy),
    doc: "Return a set of the same keys.",
};
const DIFFERENCE: MethodDef = MethodDef {
    name: "difference",
    conv: Conv::Pos(0, u8::MAX, difference),
    doc: "Return the keys that none of the iterables gives.",
};
const INTERSECTION: MethodDef = MethodDef {
    name: "intersection",
    conv: Conv::Pos(0, u8::MAX, intersection),
    doc: "Return the keys that every one of the iterables gives.",
};
const IS_DISJOINT: MethodDef = MethodDef {
    name: "isdisjoint",
    conv: Conv::One(is_disjoint),
    doc: "Whether the iterable gives none of the keys.",
};
const IS_SUBSET: MethodDef = MethodDef {
    name: "issubset",
    conv: Conv::One(is_subset),
    doc: "Whether the iterable gives every key.",
};
const IS_SUPERSET: MethodDef = MethodDef {
    name: "issuperset",
    conv: Conv::One(is_superset),
    doc: "Whether everything the iterable gives is a key.",
};
const SYMMETRIC_DIFFERENCE: MethodDef = MethodDef {
    name: "symmetric_difference",
    conv: Conv::One(symmetric_difference),
    doc: "Return the keys that only one of the two has.",
};
const UNION: MethodDef = MethodDef {
    name: "union",
    conv: Conv::Pos(0, u8::MAX, union),
    doc: "Return the keys and whatever the iterables give.",
};

const SIZE_OF: MethodDef = MethodDef {
    name: "__sizeof__",
    conv: Conv::NoArgs(|vm, s| {
        let places = s.get::<SetObj>(vm).map_or(0, |s| s.table.len());
        vm.new_int((std::mem::size_of::<SetObj>() + 16 * places) as i64)
    }),
    doc: "Bytes of memory it takes.",
};

/// Rows of `set`.
pub const METHODS: &[MethodDef] = rows! {
    "add" Conv::One(add), "Put a key in.";
    "clear" Conv::NoArgs(clear), "Remove every key.";
    "difference_update" Conv::Pos(0, u8::MAX, difference_update), "Remove what the iterables give.";
    "discard" Conv::One(discard), "Remove a key, if it is there.";
    "intersection_update" Conv::Pos(0, u8::MAX, intersection_update), "Keep only what every one of the iterables gives.";
    "pop" Conv::NoArgs(pop), "Remove some key and return it; KeyError when there is none.";
    "remove" Conv::One(remove), "Remove a key; KeyError when it is not there.";
    "symmetric_difference_update" Conv::One(symmetric_difference_update), "Keep the keys that only one of the two has.";
    "update" Conv::Pos(0, u8::MAX, update), "Put in whatever the iterables give.";
    ..COPY;
    ..DIFFERENCE;
    ..INTERSECTION;
    ..IS_DISJOINT;
    ..IS_SUBSET;
    ..IS_SUPERSET;
    ..SYMMETRIC_DIFFERENCE;
    ..UNION;
    ..object::CONTAINS;
    ..reduce::SET;
    ..SIZE_OF;
};
/// Rows of `frozenset`.
pub const FROZEN_METHODS: &[MethodDef] = &[
    COPY,
    DIFFERENCE,
    INTERSECTION,
    IS_DISJOINT,
    IS_SUBSET,
    IS_SUPERSET,
    SYMMETRIC_DIFFERENCE,
    UNION,
    object::CONTAINS,
    reduce::SET,
    SIZE_OF,
];

fn this(vm: &mut Vm, v: Value) -> Result<Gc<SetObj>, Raised> {
    match v.cast() {
        Some(s) => Ok(s),
        None => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "a set is required, not '{t}'"))
        }
    }
}

/// `set(iterable=())`, `frozenset(iterable=())`
pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, class.name(), a)?;
    args::arity(vm, class.name(), a, 0, 1)?;
    if class == ClassId::FrozenSet {
        return match a.get(0) {
            Some(v) if vm.class_of(v) == ClassId::FrozenSet && !v.is_user() => Ok(v),
            Some(v) => vm.new_frozenset(v),
            None => {
                let none = vm.new_tuple(&[])?;
                vm.new_frozenset(none)
            }
        };
    }
    let s = vm.new_set()?;
    if let Some(v) = a.get(0) {
        ops::update(vm, s, v)?;
    }
    Ok(s.value())
}

/// Does `f` with a key; with a frozen copy of it where it is a set that cannot be hashed.
fn with_key<T>(
    vm: &mut Vm,
    s: Gc<SetObj>,
    key: Value,
    f: fn(&mut Vm, Gc<SetObj>, Value) -> Result<T, Raised>,
) -> Result<T, Raised> {
    match key.cast::<SetObj>() {
        Some(_) if vm.class_of(key) == ClassId::Set => {
            if key.is_user() {
                // Its class may have given it a hash.
                match f(vm, s, key) {
                    Ok(r) => return Ok(r),
                    Err(r) => vm.catch(r, ClassId::TypeError)?,
                };
            }
            let frozen = vm.new_frozenset(key)?;
            f(vm, s, frozen)
        }
        _ => f(vm, s, key),
    }
}
/// `key in s`
pub fn contains(vm: &mut Vm, s: Gc<SetObj>, key: Value) -> Result<bool, Raised> {
    with_key(vm, s, key, ops::contains)
}

fn add(vm: &mut Vm, s: Value, k: Value) -> R {
    let s = this(vm, s)?;
    ops::add(vm, s, k)?;
    Ok(Value::NONE)
}
fn clear(vm: &mut Vm, s: Value) -> R {
    let s = this(vm, s)?;
    ops::clear(vm, s);
    Ok(Value::NONE)
}
fn copy(vm: &mut Vm, v: Value) -> R {
    let s = this(vm, v)?;
    if vm.class_of(v) == ClassId::FrozenSet {
        return Ok(v);
    }
    Ok(ops::copy(vm, s)?.value())
}
fn discard(vm: &mut Vm, s: Value, k: Value) -> R {
    let s = this(vm, s)?;
    with_key(vm, s, k, ops::remove)?;
    Ok(Value::NONE)
}
fn remove(vm: &mut Vm, s: Value, k: Value) -> R {
    let s = this(vm, s)?;
    match with_key(vm, s, k, ops::remove)? {
        true => Ok(Value::NONE),
        false => Err(key_error(vm, k)),
    }
}
fn pop(vm: &mut Vm, s: Value) -> R {
    let s = this(vm, s)?;
    match ops::pop(vm, s) {
        Some(k) => Ok(k),
        None => Err(raise!(vm, KeyError, "pop from an empty set")),
    }
}

fn update(vm: &mut Vm, s: Value, a: Args<'_>) -> R {
    let s = this(vm, s)?;
    for &other in a.positional() {
        ops::update(vm, s, other)?;
    }
    Ok(Value::NONE)
}
fn union(vm: &mut Vm, s: Value, a: Args<'_>) -> R {
    let s = this(vm, s)?;
    let out = ops::copy(vm, s)?;
    for &other in a.positional() {
        if other != s.value() {
            ops::update(vm, out, other)?;
        }
    }
    Ok(out.value())
}
/// What all of them have.
fn intersect_all(vm: &mut Vm, s: Gc<SetObj>, a: Args<'_>) -> Result<Gc<SetObj>, Raised> {
    if a.is_empty() {
        return ops::copy(vm, s);
    }
    let mut out = s;
    for &other in a.positional() {
        out = algebra::intersection(vm, out, other)?;
    }
    Ok(out)
}
fn intersection(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let s = this(vm, v)?;
    if a.is_empty() {
        return copy(vm, v);
    }
    Ok(intersect_all(vm, s, a)?.value())
}
fn intersection_update(vm: &mut Vm, s: Value, a: Args<'_>) -> R {
    let s = this(vm, s)?;
    let new = intersect_all(vm, s, a)?;
    ops::swap(vm, s, new);
    Ok(Value::NONE)
}
fn difference(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let s = this(vm, v)?;
    let Some((&first, rest)) = a.positional().split_first() else {
        return copy(vm, v);
    };
    let out = algebra::difference(vm, s, first)?;
    for &other in rest {
        algebra::difference_update(vm, out, other)?;
    }
    Ok(out.value())
}
fn difference_update(vm: &mut Vm, s: Value, a: Args<'_>) -> R {
    let s = this(vm, s)?;
    for &other in a.positional() {
        algebra::difference_update(vm, s, other)?;
    }
    Ok(Value::NONE)
}
fn symmetric_difference(vm: &mut Vm, s: Value, other: Value) -> R {
    let s = this(vm, s)?;
    Ok(algebra::symmetric_difference(vm, s, other)?.value())
}
fn symmetric_difference_update(vm: &mut Vm, s: Value, other: Value) -> R {
    let s = this(vm, s)?;
    algebra::symmetric_difference_update(vm, s, other)?;
    Ok(Value::NONE)
}

fn is_disjoint(vm: &mut Vm, s: Value, other: Value) -> R {
    let s = this(vm, s)?;
    algebra::is_disjoint(vm, s, other).map(Value::bool)
}
/// The other operand of a test for subsets, as a set.
fn as_set(vm: &mut Vm, v: Value) -> Result<Gc<SetObj>, Raised> {
    match v.cast() {
        Some(s) => Ok(s),
        None => ops::from_iterable(vm, ClassId::Set, v),
    }
}
fn is_subset(vm: &mut Vm, s: Value, other: Value) -> R {
    let s = this(vm, s)?;
    let other = as_set(vm, other)?;
    algebra::is_subset(vm, s, other).map(Value::bool)
}
fn is_superset(vm: &mut Vm, s: Value, other: Value) -> R {
    let s = this(vm, s)?;
    let other = as_set(vm, other)?;
    algebra::is_subset(vm, other, s).map(Value::bool)
}
