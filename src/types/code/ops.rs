//! Making code objects: the shared `CodeObject` gets this engine's constants and names.

use super::value::CodeObj;
use crate::code::object::{CodeObject, Const};
use crate::code::wtf8::Wtf8Buf;
use crate::object::method::R;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::raise;
use crate::types::complex::value::ComplexObj;
use crate::types::list::ops as list;
use crate::types::set;
use crate::types::set::value::SetObj;
use crate::types::str::ops as strings;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// A code object of this engine. Names and varnames are interned; constants as CPython has them: a
/// str that could be a name is interned, a nested code object is a `code`.
pub fn new(vm: &mut Vm, code: Arc<CodeObject>) -> Result<Gc<CodeObj>, Raised> {
    let names = interned(vm, &code.names)?;
    let varnames = interned(vm, &code.varnames)?;
    let consts = tuple(vm, &code.consts)?;
    with(vm, code, consts, names, varnames)
}

/// A code object with these tuples; `consts` may hold any values.
pub fn with(
    vm: &mut Vm,
    code: Arc<CodeObject>,
    consts: Value,
    names: Value,
    varnames: Value,
) -> Result<Gc<CodeObj>, Raised> {
    let accounted = size_of(&code);
    vm.with_room(accounted, |vm| vm.heap.account(accounted))?;
    let made = vm.alloc(CodeObj {
        h: Header::new(Kind::Code, ClassId::Code as u32),
        code: Some(code),
        consts: Slot::of(consts),
        names: Slot::of(names),
        varnames: Slot::of(varnames),
        fields: Slot::new(None),
        exec: RefCell::new(None),
        accounted,
        globals: Cell::new(0),
        copy: Cell::new(0),
        original: Slot::new(None),
    });
    if made.is_err() {
        vm.heap.unaccount(accounted);
    }
    made
}

/// The code object to run with these globals: itself, if it never ran with others; else a copy that
/// shares everything but what its caches will learn.
pub fn for_globals(vm: &mut Vm, code: Gc<CodeObj>, globals: Value) -> Result<Gc<CodeObj>, Raised> {
    let word = globals.bits();
    if code.get(vm).globals.get() == word {
        return Ok(code);
    }
    let Some(root) = original(vm, code.value()).cast::<CodeObj>() else {
        return Ok(code);
    };
    if root.get(vm).globals.get() == 0 {
        vm.with_room(8, |vm| vm.heap.watch_code(root.value()))?;
        root.get(vm).globals.set(word);
        return Ok(root);
    }
    let last = Value::from_bits(root.get(vm).copy.get()).and_then(|c| c.cast::<CodeObj>());
    if let Some(c) = [Some(root), last]
        .into_iter()
        .flatten()
        .find(|c| c.get(vm).globals.get() == word)
    {
        return Ok(c);
    }
    let o = root.get(vm);
    let init = CodeObj {
        h: Header::new(Kind::Code, ClassId::Code as u32),
        code: o.code.clone(),
        consts: Slot::new(o.consts.get()),
        names: Slot::new(o.names.get()),
        varnames: Slot::new(o.varnames.get()),
        fields: Slot::new(o.fields.get()),
        exec: RefCell::new(None),
        accounted: 0,
        globals: Cell::new(word),
        copy: Cell::new(0),
        original: Slot::of(root.value()),
    };
    let copy = vm.alloc(init)?;
    vm.with_room(8, |vm| vm.heap.watch_code(copy.value()))?;
    root.get(vm).copy.set(copy.value().bits());
    Ok(copy)
}
/// The code object that a program sees for one that runs.
pub fn original(vm: &Vm, code: Value) -> Value {
    code.get::<CodeObj>(vm)
        .and_then(|c| c.original.get())
        .unwrap_or(code)
}

/// Places in the tuple [`fields`] gives.
pub const CODE: usize = 0;
pub const LNOTAB: usize = 1;
pub const FREEVARS: usize = 2;
pub const CELLVARS: usize = 3;
pub const FILENAME: usize = 4;
pub const NAME: usize = 5;
/// How many there are.
pub const FIELDS: usize = 6;

/// The objects that attributes show, besides those which code needs when it runs: each is made once.
pub fn fields(vm: &mut Vm, code: Gc<CodeObj>) -> Result<Gc<TupleObj>, Raised> {
    if let Some(t) = code.get(vm).fields.get().and_then(Value::cast) {
        return Ok(t);
    }
    let Some(c) = code.get(vm).code.clone() else {
        return Err(raise!(vm, SystemError, "code object without code"));
    };
    let bytes = vm.new_bytes(&c.code)?;
    let lnotab = vm.new_bytes(&c.lnotab)?;
    let freevars = interned(vm, &c.freevars)?;
    let cellvars = interned(vm, &c.cellvars)?;
    let filename = vm.new_str(&c.filename)?;
    let name = vm.new_str_wtf8(c.name.as_bytes())?;
    let name = strings::intern(vm, name)?;
    let t = vm.new_tuple(&[bytes, lnotab, freevars, cellvars, filename, name])?;
    code.get(vm).fields.write(&vm.heap, Some(t));
    match t.cast() {
        Some(t) => Ok(t),
        None => Err(raise!(vm, SystemError, "code object without fields")),
    }
}

/// The items of a tuple as constants of the compiler, `None` for what is none of them, where tuples nest
/// deeply, or beyond the budget.
pub fn plain(vm: &Vm, items: Value, depth: usize, budget: &mut usize) -> Box<[Const]> {
    let Some(t) = items.get::<TupleObj>(vm) else {
        return Box::default();
    };
    let items = t.iter().map(|v| plain_one(vm, v, depth, budget));
    items.collect()
}
fn plain_one(vm: &Vm, v: Value, depth: usize, budget: &mut usize) -> Const {
    if *budget == 0 || depth > 20 {
        return Const::None;
    }
    *budget -= 1;
    if let Some(b) = v.as_bool() {
        return Const::Bool(b);
    }
    if let Some(f) = v.as_float() {
        return Const::Float(f);
    }
    if let Some(i) = crate::types::int::ops::get(vm, v) {
        return Const::Int(i.big().into_owned());
    }
    if let Some(s) = strings::bytes(vm, v) {
        let mut out = Wtf8Buf::new();
        crate::code::wtf8::code_points(s).for_each(|c| out.push_code_point(c));
        return Const::Str(out);
    }
    if let Some(b) = crate::types::bytes::ops::get(vm, v) {
        return Const::Bytes(b.into());
    }
    if let Some(c) = v.get::<ComplexObj>(vm) {
        return Const::Complex(c.re, c.im);
    }
    if let Some(c) = v.get::<CodeObj>(vm).and_then(|c| c.code.clone()) {
        return Const::Code(c);
    }
    if let Some(s) = v
        .cast::<SetObj>()
        .filter(|_| vm.class_of(v) == ClassId::FrozenSet)
    {
        let mut at = 0;
        let mut out = Vec::new();
        while let Some((k, _)) = set::ops::next(vm, s, &mut at) {
            out.push(plain_one(vm, k, depth + 1, budget));
        }
        return Const::FrozenSet(out.into());
    }
    if v.is_kind(Kind::Tuple) {
        return Const::Tuple(plain(vm, v, depth + 1, budget));
    }
    match v {
        Value::ELLIPSIS => Const::Ellipsis,
        _ => Const::None,
    }
}

/// Bytes of a CodeObject less its nested ones, which account for themselves.
fn size_of(c: &CodeObject) -> usize {
    let names = [&c.names, &c.varnames, &c.freevars, &c.cellvars];
    let text: usize = names
        .iter()
        .flat_map(|n| n.iter())
        .map(|n| n.as_bytes().len() + std::mem::size_of::<Wtf8Buf>())
        .sum();
    let consts: usize = c.consts.iter().map(Const::size).sum();
    std::mem::size_of::<CodeObject>() + c.code.len() + c.lnotab.len() + text + consts
}

/// A tuple of interned strings.
pub fn interned(vm: &mut Vm, names: &[Wtf8Buf]) -> R {
    let l = list::with_capacity(vm, names.len())?;
    for n in names {
        let s = vm.new_str_wtf8(n.as_bytes())?;
        let s = strings::intern(vm, s)?;
        list::push(vm, l, s)?;
    }
    list::to_tuple(vm, l)
}

fn tuple(vm: &mut Vm, items: &[Const]) -> R {
    let l = list::with_capacity(vm, items.len())?;
    for c in items {
        let v = constant(vm, c)?;
        list::push(vm, l, v)?;
    }
    list::to_tuple(vm, l)
}

/// A constant as a value.
pub fn constant(vm: &mut Vm, c: &Const) -> R {
    match c {
        Const::None => Ok(Value::NONE),
        Const::Ellipsis => Ok(Value::ELLIPSIS),
        Const::Bool(b) => Ok(Value::bool(*b)),
        Const::Int(i) => vm.new_bigint(i.clone()),
        Const::Float(f) => Ok(Value::float(*f)),
        Const::Str(s) => {
            let v = vm.new_str_wtf8(s.as_bytes())?;
            let nameable = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
            if s.as_bytes().iter().all(nameable) {
                return strings::intern(vm, v);
            }
            Ok(v)
        }
        Const::Tuple(t) => tuple(vm, t),
        Const::Code(c) => Ok(new(vm, c.clone())?.value()),
        Const::Complex(re, im) => vm.new_complex(*re, *im),
        Const::Bytes(b) => vm.new_bytes(b),
        Const::FrozenSet(t) => {
            let items = tuple(vm, t)?;
            vm.new_frozenset(items)
        }
    }
}

/// `co_consts`
pub fn consts(vm: &mut Vm, code: Gc<CodeObj>) -> Result<Gc<TupleObj>, Raised> {
    match code.get(vm).consts.get().and_then(|c| c.cast()) {
        Some(t) => Ok(t),
        None => Err(raise!(vm, SystemError, "code object without constants")),
    }
}
/// `co_name`, interned. Of code that has run it is looked up once: its functions are made again and again.
pub fn co_name(vm: &mut Vm, code: Gc<CodeObj>) -> R {
    let again = code.get(vm).exec.borrow().is_some();
    if again && let Some(n) = fields(vm, code)?.get(vm).get(NAME) {
        return Ok(n);
    }
    let Some(c) = code.get(vm).code.clone() else {
        return vm.intern("");
    };
    let s = vm.new_str_wtf8(c.name.as_bytes())?;
    strings::intern(vm, s)
}
/// `co_names[i]` of a code object: an interned str.
pub fn name(vm: &mut Vm, code: Value, i: usize) -> R {
    nth(vm, code, i, |c| &c.names)
}
/// `co_varnames[i]`
pub fn varname(vm: &mut Vm, code: Value, i: usize) -> R {
    nth(vm, code, i, |c| &c.varnames)
}
fn nth(vm: &mut Vm, code: Value, i: usize, of: fn(&CodeObj) -> &Slot) -> R {
    let names = code
        .get::<CodeObj>(vm)
        .map_or(Value::NONE, |c| of(c).get_or_none());
    match names.get::<TupleObj>(vm).and_then(|t| t.get(i)) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, SystemError, "code object has no name {i}")),
    }
}
