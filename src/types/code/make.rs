//! `CodeType(...)` and `code.replace(...)`: code objects of a program's making. Nothing is proved
//! of them here: that is done before they first run.

use super::compare::plain_constants;
use super::ops;
use super::value::CodeObj;
use crate::code::object::{CodeObject, Version, flags};
use crate::code::wtf8::Wtf8Buf;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::str::ops as strings;
use crate::types::tuple::value::TupleObj;
use crate::types::{args, bytes};
use crate::vm::{Raised, Vm};
use std::sync::Arc;

/// Rows.
pub const METHODS: &[MethodDef] = &[MethodDef {
    name: "replace",
    conv: Conv::Kw(replace),
    doc: "Return a copy of the code object with new values for the specified fields.",
}];

/// What an argument must be.
#[derive(Clone, Copy, PartialEq)]
enum Want {
    Int,
    Bytes,
    Tuple,
    Str,
}
use Want::*;

/// The fields in the order of `CodeType`'s parameters.
const FIELDS: [(&str, Want); 16] = [
    ("co_argcount", Int),
    ("co_posonlyargcount", Int),
    ("co_kwonlyargcount", Int),
    ("co_nlocals", Int),
    ("co_stacksize", Int),
    ("co_flags", Int),
    ("co_code", Bytes),
    ("co_consts", Tuple),
    ("co_names", Tuple),
    ("co_varnames", Tuple),
    ("co_filename", Str),
    ("co_name", Str),
    ("co_firstlineno", Int),
    ("co_lnotab", Bytes),
    ("co_freevars", Tuple),
    ("co_cellvars", Tuple),
];
const N: usize = FIELDS.len();

/// Where `replace`'s keywords stand in CPython's list: the order in which they are looked at.
const REPLACE_ORDER: [usize; N] = [0, 1, 2, 3, 4, 5, 12, 6, 7, 8, 9, 14, 15, 10, 11, 13];

/// The numbers of a code object, by field.
type Numbers = [i32; N];

/// Checks one argument: a number is returned.
fn check(vm: &mut Vm, fname: &str, i: usize, v: Value, named: bool) -> Result<i32, Raised> {
    let want = FIELDS[i].1;
    let (ok, what) = match want {
        Int if named => return item::as_c_int(vm, v),
        Int => return c_int(vm, v),
        Bytes => (v.is_kind(Kind::Bytes), "bytes"),
        Tuple => (v.is_kind(Kind::Tuple), "tuple"),
        Str => (v.is_kind(Kind::Str), "str"),
    };
    if ok {
        return Ok(0);
    }
    let t = match v.is_none() {
        true => "None".into(),
        false => vm.type_name(v),
    };
    let which = match named {
        true => format!("'{}'", FIELDS[i].0),
        false => (i + 1).to_string(),
    };
    Err(raise!(
        vm,
        TypeError,
        "{fname}() argument {which} must be {what}, not {t}"
    ))
}

/// The format unit `i`, whose texts for numbers out of range are its own.
fn c_int(vm: &mut Vm, v: Value) -> Result<i32, Raised> {
    let wide = crate::types::int::ops::to_i64(vm, v);
    match wide {
        Some(n) if n > i32::MAX as i64 && i64::MAX != n => Err(raise!(
            vm,
            OverflowError,
            "signed integer is greater than maximum"
        )),
        Some(n) if n < i32::MIN as i64 => Err(raise!(
            vm,
            OverflowError,
            "signed integer is less than minimum"
        )),
        _ if wide.is_none() && crate::types::int::ops::is_int(v) => Err(raise!(
            vm,
            OverflowError,
            "Python int too large to convert to C long"
        )),
        _ => item::as_c_int(vm, v),
    }
}

/// `code(argcount, posonlyargcount, …, lnotab[, freevars[, cellvars]])`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    // Keywords are not looked at, as in CPython 3.8.
    let n = a.len();
    if !(N - 2..=N).contains(&n) {
        let (how, bound) = match n < N - 2 {
            true => ("at least", N - 2),
            false => ("at most", N),
        };
        return Err(raise!(
            vm,
            TypeError,
            "code() takes {how} {bound} arguments ({n} given)"
        ));
    }
    let empty = vm.new_tuple(&[])?;
    let mut values = [empty; N];
    values[..n].copy_from_slice(a.positional());
    let mut numbers = [0; N];
    for i in 0..n {
        numbers[i] = check(vm, "code", i, values[i], false)?;
    }
    for (i, name) in ["argcount", "posonlyargcount", "kwonlyargcount", "nlocals"]
        .into_iter()
        .enumerate()
    {
        if numbers[i] < 0 {
            return Err(raise!(vm, ValueError, "code: {name} must not be negative"));
        }
    }
    build(vm, Version::V38, &mut values, &numbers)
}

/// `code.replace(**fields)`
fn replace(vm: &mut Vm, code: Value, a: Args<'_>) -> R {
    if !a.positional().is_empty() {
        return Err(raise!(
            vm,
            TypeError,
            "replace() takes no positional arguments"
        ));
    }
    let Some(code) = code.cast::<CodeObj>() else {
        return Err(raise!(vm, TypeError, "replace() of no code object"));
    };
    let Some(old) = code.get(vm).code.clone() else {
        return Err(raise!(vm, SystemError, "code object without code"));
    };
    let f = ops::fields(vm, code)?;
    let o = code.get(vm);
    let at = |i: usize| f.get(vm).get(i).unwrap_or(Value::NONE);
    let none = Value::NONE;
    let mut values = [
        none,
        none,
        none,
        none,
        none,
        none,
        at(ops::CODE),
        o.consts.get_or_none(),
        o.names.get_or_none(),
        o.varnames.get_or_none(),
        at(ops::FILENAME),
        at(ops::NAME),
        none,
        at(ops::LNOTAB),
        at(ops::FREEVARS),
        at(ops::CELLVARS),
    ];
    let mut numbers = [0; N];
    numbers[..6].copy_from_slice(&[
        old.argcount as i32,
        old.posonlyargcount as i32,
        old.kwonlyargcount as i32,
        old.nlocals as i32,
        old.stacksize as i32,
        old.flags as i32,
    ]);
    numbers[12] = old.firstlineno as i32;
    let mut given = [None; N];
    for i in 0..a.nkw() {
        let k = args::kwname(vm, a, i);
        let k = args::text(vm, k);
        match FIELDS.iter().position(|f| f.0 == k) {
            Some(p) => given[p] = Some(a.kw_values()[i]),
            None => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "'{k}' is an invalid keyword argument for replace()"
                ));
            }
        }
    }
    for i in REPLACE_ORDER {
        if let Some(v) = given[i] {
            let n = check(vm, "replace", i, v, true)?;
            if FIELDS[i].1 == Int {
                numbers[i] = n;
            } else {
                values[i] = v;
            }
        }
    }
    for i in REPLACE_ORDER.into_iter().filter(|i| FIELDS[*i].1 == Int) {
        // A negative first line may be the old one's.
        if numbers[i] < 0 && given[i].is_some() {
            return Err(raise!(
                vm,
                ValueError,
                "{} must be a positive integer",
                FIELDS[i].0
            ));
        }
    }
    build(vm, old.version, &mut values, &numbers)
}

/// The names in a tuple, which becomes one of interned strings.
fn names(vm: &mut Vm, v: &mut Value) -> Result<Box<[Wtf8Buf]>, Raised> {
    let item = |vm: &Vm, v: Value, i: usize| v.get::<TupleObj>(vm).and_then(|t| t.get(i));
    let mut out = Vec::new();
    let n = v.get::<TupleObj>(vm).map_or(0, |t| t.len);
    vm.ensure_room(n * size_of::<Wtf8Buf>())?;
    let mut interned = true;
    for i in 0..n {
        vm.poll()?;
        let Some(s) = item(vm, *v, i) else { break };
        let Some(b) = strings::bytes(vm, s) else {
            let t = vm.type_name(s);
            return Err(raise!(
                vm,
                TypeError,
                "name tuples must contain only strings, not '{t}'"
            ));
        };
        out.push(wtf8(b));
        interned &= strings::intern(vm, s)? == s;
    }
    if !interned {
        *v = ops::interned(vm, &out)?;
    }
    Ok(out.into_boxed_slice())
}

fn wtf8(b: &[u8]) -> Wtf8Buf {
    let mut out = Wtf8Buf::new();
    match std::str::from_utf8(b) {
        Ok(s) => out.push_str(s),
        Err(_) => crate::code::wtf8::code_points(b).for_each(|c| out.push_code_point(c)),
    }
    out
}

/// `PyCode_NewWithPosOnlyArgs`
fn build(vm: &mut Vm, version: Version, values: &mut [Value; N], numbers: &Numbers) -> R {
    let [name_list, varnames, freevars, cellvars] = [8, 9, 14, 15].map(|i| (i, values[i]));
    let mut lists = Vec::new();
    for (i, mut v) in [name_list, varnames, freevars, cellvars] {
        lists.push(names(vm, &mut v)?);
        values[i] = v;
    }
    let mut lists = lists.into_iter();
    let mut next = || lists.next().unwrap_or_default();
    let (name_list, varnames, freevars, cellvars) = (next(), next(), next(), next());
    let [argcount, posonly, kwonly, nlocals, stacksize, mut co_flags] =
        std::array::from_fn(|i| numbers[i]);
    let negative = [posonly, kwonly, nlocals, stacksize, co_flags];
    if argcount < posonly || negative.iter().any(|n| *n < 0) {
        return Err(raise!(
            vm,
            SystemError,
            "Objects/codeobject.c:130: bad argument to internal function"
        ));
    }
    let nofree = flags::NOFREE as i32;
    if freevars.is_empty() && cellvars.is_empty() {
        co_flags |= nofree;
    } else {
        co_flags &= !nofree;
    }
    let stars = [flags::VARARGS, flags::VARKEYWORDS];
    let stars = stars.iter().filter(|f| co_flags as u32 & **f != 0).count() as i64;
    if argcount as i64 + kwonly as i64 + stars > varnames.len() as i64 {
        return Err(raise!(vm, ValueError, "code: varnames is too small"));
    }
    let slice = |vm: &Vm, v: Value| bytes::ops::get(vm, v).unwrap_or_default().into();
    let code = CodeObject {
        version,
        argcount: argcount as u32,
        posonlyargcount: posonly as u32,
        kwonlyargcount: kwonly as u32,
        nlocals: nlocals as u32,
        stacksize: stacksize as u32,
        flags: co_flags as u32,
        code: slice(vm, values[6]),
        consts: plain_constants(vm, values[7]),
        names: name_list,
        varnames,
        freevars,
        cellvars,
        filename: strings::lossy(vm, values[10]).into(),
        name: wtf8(strings::bytes(vm, values[11]).unwrap_or_default()),
        firstlineno: numbers[12] as u32,
        lnotab: slice(vm, values[13]),
    };
    let mut fields = [Value::NONE; ops::FIELDS];
    for (at, i) in [
        (ops::CODE, 6),
        (ops::LNOTAB, 13),
        (ops::FREEVARS, 14),
        (ops::CELLVARS, 15),
        (ops::FILENAME, 10),
        (ops::NAME, 11),
    ] {
        fields[at] = values[i];
    }
    let fields = vm.new_tuple(&fields)?;
    let made = ops::with(vm, Arc::new(code), values[7], values[8], values[9])?;
    made.get(vm).fields.write(&vm.heap, Some(fields));
    Ok(made.value())
}
