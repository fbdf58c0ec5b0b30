//! `==` and `hash()` of code objects.

use super::ops;
use super::value::CodeObj;
use crate::code::object::CodeObject;
use crate::object::{Gc, Kind, Value};
use crate::protocol::{compare, hash};
use crate::types::complex::value::ComplexObj;
use crate::types::set;
use crate::types::set::value::SetObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use std::sync::Arc;

fn parts(vm: &Vm, c: Gc<CodeObj>) -> (Option<Arc<CodeObject>>, Value) {
    let c = c.get(vm);
    (c.code.clone(), c.consts.get_or_none())
}

/// Whether two code objects are equal as CPython sees it: all that matters when they run, and
/// name and first line; not file, line table and stack size.
///
/// # Errors
/// RecursionError.
pub fn equal(vm: &mut Vm, a: Gc<CodeObj>, b: Gc<CodeObj>) -> Result<bool, Raised> {
    if a == b {
        return Ok(true);
    }
    let ((Some(x), ca), (Some(y), cb)) = (parts(vm, a), parts(vm, b)) else {
        return Ok(false);
    };
    let numbers = |c: &CodeObject| {
        [
            c.argcount,
            c.posonlyargcount,
            c.kwonlyargcount,
            c.nlocals,
            c.flags,
            c.firstlineno,
        ]
    };
    let same = x.name == y.name
        && numbers(&x) == numbers(&y)
        && x.code == y.code
        && x.names == y.names
        && x.varnames == y.varnames
        && x.freevars == y.freevars
        && x.cellvars == y.cellvars;
    Ok(same && same_constant(vm, ca, cb)?)
}

/// Whether two constants could be one: of one type and equal, zeros by their signs, the items of
/// tuples and frozensets likewise; what is no constant of the compiler's only as itself.
fn same_constant(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    if a == b {
        return Ok(true);
    }
    if vm.class_of(a) != vm.class_of(b) {
        return Ok(false);
    }
    vm.poll()?;
    if let (Some(x), Some(y)) = (a.as_float(), b.as_float()) {
        return Ok(x == y && x.is_sign_negative() == y.is_sign_negative());
    }
    if let (Some(x), Some(y)) = (a.cast::<CodeObj>(), b.cast::<CodeObj>()) {
        return nested(vm, |vm| equal(vm, x, y));
    }
    match a.kind() {
        Some(Kind::Int64 | Kind::BigInt | Kind::Str | Kind::Bytes) => compare::eq(vm, a, b),
        Some(Kind::Complex) => {
            let get = |v: Value| v.get::<ComplexObj>(vm).map(|c| (c.re, c.im));
            let sign = |f: f64| f.is_sign_negative();
            Ok(match (get(a), get(b)) {
                (Some((r, i)), Some((s, j))) => {
                    r == s && i == j && sign(r) == sign(s) && sign(i) == sign(j)
                }
                _ => false,
            })
        }
        Some(Kind::Tuple) => nested(vm, |vm| tuples(vm, a, b)),
        Some(Kind::Set) => nested(vm, |vm| sets(vm, a, b)),
        _ => Ok(false),
    }
}

fn nested<T>(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> Result<T, Raised>) -> Result<T, Raised> {
    crate::protocol::nested(vm, " in comparison", f)
}

fn tuples(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    let item = |vm: &Vm, v: Value, i: usize| v.get::<TupleObj>(vm).and_then(|t| t.get(i));
    let mut i = 0;
    loop {
        match (item(vm, a, i), item(vm, b, i)) {
            (Some(x), Some(y)) => {
                if !same_constant(vm, x, y)? {
                    return Ok(false);
                }
            }
            (x, y) => return Ok(x.is_none() && y.is_none()),
        }
        i += 1;
    }
}

/// Equal elements of frozensets are looked for one by one: those of constants are short.
fn sets(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    let (Some(x), Some(y)) = (a.cast::<SetObj>(), b.cast::<SetObj>()) else {
        return Ok(false);
    };
    if set::ops::len(vm, x) != set::ops::len(vm, y) {
        return Ok(false);
    }
    let mut at = 0;
    while let Some((k, h)) = set::ops::next(vm, x, &mut at) {
        let mut other = 0;
        let mut found = false;
        while let Some((l, i)) = set::ops::next(vm, y, &mut other) {
            if h == i && same_constant(vm, k, l)? {
                found = true;
                break;
            }
        }
        if !found {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `hash(code)`
///
/// # Errors
/// TypeError where a constant has none.
pub fn hash_of(vm: &mut Vm, c: Gc<CodeObj>) -> Result<u64, Raised> {
    let (Some(code), consts) = parts(vm, c) else {
        return Ok(0);
    };
    let consts = hash::hash(vm, consts)?;
    let mut h = consts;
    let bytes = crate::types::str::ops::hash_bytes;
    for list in [&code.names, &code.varnames, &code.freevars, &code.cellvars] {
        h = hash::combine(
            list.iter()
                .map(|n| bytes(n.as_bytes()))
                .chain([h, list.len() as u64]),
        );
    }
    let numbers = [
        code.argcount,
        code.posonlyargcount,
        code.kwonlyargcount,
        code.nlocals,
        code.flags,
    ];
    let all = numbers.into_iter().map(u64::from);
    let h = hash::combine(all.chain([h, bytes(code.name.as_bytes()), bytes(&code.code)]));
    Ok(if h == u64::MAX { h - 1 } else { h })
}

/// `co_consts` of a code object as constants of the compiler; what is none becomes `None`. Only
/// tools that look at the shared `CodeObject` see these: what runs is the tuple itself.
pub fn plain_constants(vm: &Vm, consts: Value) -> Box<[crate::code::object::Const]> {
    let mut budget = 10_000usize;
    ops::plain(vm, consts, 0, &mut budget)
}
