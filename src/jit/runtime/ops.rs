//! The bodies of the helpers: what the interpreter does for the same opcode, without a stack.

use super::{Items, Many, Out, Pair, raised};
use crate::builtins::exceptions;
use crate::call::builtin::call_def;
use crate::call::{dispatch, make};
use crate::code::opcode::Opcode;
use crate::interp;
use crate::interp::ops::{block, build, global, name};
use crate::jit::deopt::reify;
use crate::jit::lower::status;
use crate::jit::native::callout::is_shown;
use crate::jit::native::exec_of_word;
use crate::jit::native::unit::EntryCell;
use crate::jit::watch;
use crate::object::{Args, ClassId, Header, Kind, Slot, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::number::{self, BinOp, UnOp};
use crate::protocol::{attr, format as fmt, item, iter, truth};
use crate::raise;
use crate::types::builtin::value::MethodDescrObj;
use crate::types::cell::value::CellObj;
use crate::types::code::value::CodeObj;
use crate::types::complex::ops::Complex;
use crate::types::complex::value::ComplexObj;
use crate::types::descr::zuper;
use crate::types::dict::quick;
use crate::types::float;
use crate::types::function::value::FunctionObj;
use crate::types::int::value::Int64Obj;
use crate::types::range::ops as range;
use crate::types::range::value::{RangeIterObj, RangeObj};
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::limit;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

type R = Result<Value, Raised>;

pub fn box_int(vm: &mut Vm, i: i64) -> u64 {
    match Value::small_int(i) {
        Some(v) => v.bits(),
        None => vm
            .heap
            .alloc_always(Int64Obj {
                h: Header::new(Kind::Int64, ClassId::Int as u32),
                value: i,
            })
            .value()
            .bits(),
    }
}

pub(super) fn super_method(vm: &mut Vm, name: Value, class: Value, o: Value) -> u64 {
    let f = zuper::function_of(vm, class, o, name);
    f.map_or(0, Value::bits)
}
pub(super) fn range_iter(vm: &mut Vm, next: i64, step: i64, left: u64) -> u64 {
    let it = vm.heap.alloc_always(RangeIterObj {
        h: Header::new(Kind::RangeIter, ClassId::RangeIter as u32),
        next: Cell::new(next),
        step,
        remaining: Cell::new(left),
    });
    it.value().bits()
}

pub(super) fn new_complex(vm: &mut Vm, re: f64, im: f64) -> u64 {
    let c = vm.heap.alloc_always(ComplexObj {
        h: Header::new(Kind::Complex, ClassId::Complex as u32),
        re,
        im,
    });
    c.value().bits()
}
pub(super) fn hypot(_: &mut Vm, re: f64, im: f64) -> u64 {
    let size = Complex { re, im }.size();
    size.unwrap_or(-1.0).to_bits()
}

pub(super) fn is_same(_: &mut Vm, a: Value, b: Value) -> u64 {
    compare::is_same(a, b) as u64
}

/// A float operation that cannot raise: the divisor is not 0.
fn float_op(vm: &mut Vm, op: BinOp, a: f64, b: f64) -> u64 {
    let r = number::binary(vm, op, Value::float(a), Value::float(b));
    r.ok()
        .and_then(Value::as_float)
        .unwrap_or(f64::NAN)
        .to_bits()
}
pub(super) fn float_mod(vm: &mut Vm, a: f64, b: f64) -> u64 {
    float_op(vm, BinOp::Mod, a, b)
}
pub(super) fn float_pow(_: &mut Vm, a: f64, b: f64) -> u64 {
    let r = float::ops::plain_pow(a, b);
    r.unwrap_or(-1.0).to_bits()
}
pub(super) fn float_floordiv(vm: &mut Vm, a: f64, b: f64) -> u64 {
    float_op(vm, BinOp::FloorDiv, a, b)
}

/// Collects if that is asked for. Whether more is: then native code leaves, and the interpreter, at the
/// same event, obeys.
fn attend(vm: &mut Vm) -> bool {
    let asked = vm.limit.take();
    if asked & (limit::GC | limit::STRESS) != 0 {
        vm.collect();
    }
    let rest = asked & !(limit::GC | limit::STRESS | limit::REPLACED);
    if rest != 0 {
        vm.limit.request(rest);
    }
    rest != 0 || asked & limit::REPLACED != 0
}

pub(super) fn enter_slow(vm: &mut Vm, depth: u64, deepest: u64) -> u64 {
    if deepest >= vm.recursion_limit.get() as u64 || crate::gc::segments::stack_is_low(vm) {
        return 1;
    }
    vm.depth.set(depth as u32);
    attend(vm) as u64
}
pub(super) fn poll_slow(vm: &mut Vm) -> u64 {
    attend(vm) as u64
}

pub(super) fn call_unit(vm: &mut Vm, cell: u64, words: Items) -> Pair {
    // SAFETY: the unit that calls keeps the cell; the word is the cell's address.
    let cell = unsafe { &*(cell as *const EntryCell) };
    crate::jit::tier::stale(vm, cell);
    let r = call_bound(vm, cell, words);
    match watch::settled_with(vm, r) {
        // The value is pushed on the interpreter's stack.
        Ok(v) if is_shown(vm) => Pair::new(v.bits(), status::BOXED),
        Ok(v) => reify::unboxed(cell.sig.ret, v),
        Err(r) => raised(vm, r),
    }
}
/// Runs the function of an entry cell in a frame: `words` are its arguments, bound already, its cells
/// and its free variables.
fn call_bound(vm: &mut Vm, cell: &EntryCell, words: Items) -> R {
    let (Some(code), Some(exec)) = (Value::from_bits(cell.code), exec_of_word(cell.code)) else {
        return Err(raise!(vm, SystemError, "native code calls no code"));
    };
    let globals = code.get::<CodeObj>(vm).map_or(0, |c| c.globals.get());
    let globals = Value::from_bits(globals).unwrap_or(Value::NONE);
    dispatch::count(match exec.fast {
        true => &vm.stats.fast,
        false => &vm.stats.general,
    });
    let f = vm.push_frame(exec, code, globals, None)?;
    let (params, nlocals) = (&cell.sig.params, exec.nlocals as usize);
    let extra = (exec.ncells + exec.nfrees) as usize;
    let words = words.words((params.len() + extra) as u64);
    for (i, (t, w)) in params.iter().zip(words).enumerate() {
        let v = reify::boxed(vm, *t, *w);
        f.set_slot(i, v);
    }
    for (i, w) in words[params.len()..].iter().enumerate() {
        f.set_slot(nlocals + i, Value::from_bits(*w));
    }
    interp::run_with_stack(vm, f)
}
/// A method of a builtin class, of which the receiver is: the first item.
pub(super) fn call_descr(vm: &mut Vm, descr: Value, items: Items, n: u64) -> R {
    let ([self_, rest @ ..], Some(d)) = (items.values(n), descr.get::<MethodDescrObj>(vm)) else {
        return Err(raise!(vm, SystemError, "not a descriptor"));
    };
    let (def, self_) = (d.def, *self_);
    dispatch::count(&vm.stats.method_descriptor);
    dispatch::level(vm, |vm| call_def(vm, def, self_, Args::pos(rest)))
}
pub(super) fn make_cell(vm: &mut Vm, content: Option<Value>) -> R {
    let cell = vm.alloc(CellObj {
        h: Header::new(Kind::Cell, ClassId::Cell as u32),
        value: Slot::new(content),
    })?;
    Ok(cell.value())
}
pub(super) fn bind_keywords(vm: &mut Vm, items: Items, n: u64) -> R {
    build::map(vm, items.values(n))
}
pub(super) fn call(vm: &mut Vm, callee: Value, args: Items, n: u64) -> R {
    if callee.is_kind(Kind::Host) && !callee.is_user() {
        return dispatch::call_host(vm, callee, Args::pos(args.values(n)));
    }
    vm.call(callee, Args::pos(args.values(n)))
}
pub(super) fn call_general(vm: &mut Vm, function: Value, args: Items, n: u64) -> R {
    match function.cast::<FunctionObj>() {
        Some(f) => dispatch::call_general(vm, f, Args::pos(args.values(n))),
        None => vm.call(function, Args::pos(args.values(n))),
    }
}
pub(super) fn call_kw(vm: &mut Vm, callee: Value, names: Value, args: Items, n: u64) -> R {
    let nkw = names.get::<TupleObj>(vm).map(|t| t.len);
    match nkw {
        Some(nkw) if nkw as u64 <= n => vm.call(callee, Args::with_kw(args.values(n), names, nkw)),
        _ => Err(raise!(vm, SystemError, "bad CALL_FUNCTION_KW names")),
    }
}
pub(super) fn call_method(vm: &mut Vm, lower: Value, upper: Value, args: Items, n: u64) -> R {
    if lower == Value::MARK {
        return vm.call(upper, Args::pos(args.values(n)));
    }
    const N: usize = 8;
    let rest = args.values(n);
    if rest.len() < N {
        let mut all = [Value::NONE; N];
        all[0] = upper;
        all[1..=rest.len()].copy_from_slice(rest);
        return vm.call(lower, Args::pos(&all[..=rest.len()]));
    }
    let list = vm.new_list(&[upper])?;
    if list
        .get(vm)
        .items
        .extend_from_slice(&vm.heap, rest)
        .is_err()
    {
        return Err(vm.raise_memory());
    }
    let t = vm.tuple_of_list(list)?;
    let r = vm.call(lower, Args::pos(t.as_ref().values()));
    // The tuple roots the values until here.
    std::hint::black_box(t);
    r
}

fn opcode(vm: &mut Vm, op: u64) -> Result<Opcode, Raised> {
    match Opcode::from_u8(op as u8) {
        Some(op) => Ok(op),
        None => Err(raise!(vm, SystemError, "unknown opcode")),
    }
}
/// Which operation an opcode is, and whether in place.
const BINARY: [(Opcode, BinOp, bool); 26] = [
    (Opcode::BINARY_POWER, BinOp::Pow, false),
    (Opcode::BINARY_MULTIPLY, BinOp::Mul, false),
    (Opcode::BINARY_MATRIX_MULTIPLY, BinOp::MatMul, false),
    (Opcode::BINARY_MODULO, BinOp::Mod, false),
    (Opcode::BINARY_ADD, BinOp::Add, false),
    (Opcode::BINARY_SUBTRACT, BinOp::Sub, false),
    (Opcode::BINARY_FLOOR_DIVIDE, BinOp::FloorDiv, false),
    (Opcode::BINARY_TRUE_DIVIDE, BinOp::TrueDiv, false),
    (Opcode::BINARY_LSHIFT, BinOp::LShift, false),
    (Opcode::BINARY_RSHIFT, BinOp::RShift, false),
    (Opcode::BINARY_AND, BinOp::And, false),
    (Opcode::BINARY_XOR, BinOp::Xor, false),
    (Opcode::BINARY_OR, BinOp::Or, false),
    (Opcode::INPLACE_POWER, BinOp::Pow, true),
    (Opcode::INPLACE_MULTIPLY, BinOp::Mul, true),
    (Opcode::INPLACE_MATRIX_MULTIPLY, BinOp::MatMul, true),
    (Opcode::INPLACE_MODULO, BinOp::Mod, true),
    (Opcode::INPLACE_ADD, BinOp::Add, true),
    (Opcode::INPLACE_SUBTRACT, BinOp::Sub, true),
    (Opcode::INPLACE_FLOOR_DIVIDE, BinOp::FloorDiv, true),
    (Opcode::INPLACE_TRUE_DIVIDE, BinOp::TrueDiv, true),
    (Opcode::INPLACE_LSHIFT, BinOp::LShift, true),
    (Opcode::INPLACE_RSHIFT, BinOp::RShift, true),
    (Opcode::INPLACE_AND, BinOp::And, true),
    (Opcode::INPLACE_XOR, BinOp::Xor, true),
    (Opcode::INPLACE_OR, BinOp::Or, true),
];
/// The same by the opcode's number.
const BY_OPCODE: [Option<(BinOp, bool)>; 256] = {
    let mut all = [None; 256];
    let mut i = 0;
    while i < BINARY.len() {
        let (code, op, inplace) = BINARY[i];
        all[code as usize] = Some((op, inplace));
        i += 1;
    }
    all
};

pub(super) fn binary(vm: &mut Vm, op: u64, a: Value, b: Value) -> R {
    match BY_OPCODE.get(op as usize) {
        Some(Some((op, false))) => number::binary(vm, *op, a, b),
        Some(Some((op, true))) => number::inplace(vm, *op, a, b),
        Some(None) | None => Err(raise!(vm, SystemError, "no binary opcode")),
    }
}
pub(super) fn unary(vm: &mut Vm, op: u64, a: Value) -> R {
    const OPS: [(Opcode, UnOp); 3] = [
        (Opcode::UNARY_POSITIVE, UnOp::Pos),
        (Opcode::UNARY_NEGATIVE, UnOp::Neg),
        (Opcode::UNARY_INVERT, UnOp::Invert),
    ];
    let op = opcode(vm, op)?;
    match OPS.iter().find(|(o, _)| *o == op) {
        Some((_, op)) => number::unary(vm, *op, a),
        None => Err(raise!(vm, SystemError, "no unary opcode")),
    }
}
pub(super) fn str_cmp(vm: &mut Vm, op: u64, a: Value, b: Value) -> u64 {
    let (a, b) = (a.get::<StrObj>(vm), b.get::<StrObj>(vm));
    // The order of WTF-8 bytes is that of code points.
    let order = a.map(StrObj::as_bytes).cmp(&b.map(StrObj::as_bytes));
    CmpOp::ALL
        .get(op as usize)
        .is_some_and(|op| op.holds(order)) as u64
}
pub(super) fn compare(vm: &mut Vm, op: u64, a: Value, b: Value) -> R {
    vm.enter_recursive(" in comparison")?;
    match CmpOp::ALL.get(op as usize) {
        Some(op) => compare::rich_compare(vm, *op, a, b),
        None => Err(raise!(vm, SystemError, "bad COMPARE_OP operand")),
    }
}
pub(super) fn contains(vm: &mut Vm, item: Value, container: Value) -> Result<bool, Raised> {
    compare::contains(vm, container, item)
}
pub(super) fn exc_match(vm: &mut Vm, exc: Value, classes: Value) -> Result<bool, Raised> {
    compare::exception_match(vm, exc, classes)
}
pub(super) fn class_matches(vm: &mut Vm, class: Value, classes: Value) -> u64 {
    compare::class_matches(vm, class, classes).map_or(2, u64::from)
}
pub(super) fn is_instance(vm: &mut Vm, o: Value, class: Value) -> Result<bool, Raised> {
    crate::types::class::ops::is_instance(vm, o, class)
}
pub(super) fn is_true(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    truth::is_true(vm, v)
}
pub(super) fn get_item(vm: &mut Vm, o: Value, k: Value) -> R {
    item::get_item(vm, o, k)
}
pub(super) fn dict_get(vm: &mut Vm, o: Value, k: Value) -> u64 {
    let v = quick::get(vm, o, k);
    keyed(vm, v.is_some());
    v.map_or(0, Value::bits)
}
pub(super) fn dict_get_or(vm: &mut Vm, o: Value, k: Value, default: Value) -> u64 {
    let found = quick::lookup(vm, o, k);
    keyed(vm, found.is_some());
    found.map_or(0, |v| v.unwrap_or(default).bits())
}
pub(super) fn dict_put(vm: &mut Vm, o: Value, k: Value, v: Value) -> u64 {
    let put = quick::put(vm, o, k, v);
    keyed(vm, put);
    put as u64
}
pub(super) fn has(vm: &mut Vm, o: Value, k: Value) -> u64 {
    let has = compare::contains_quietly(vm, o, k);
    keyed(vm, has.is_some());
    has.map_or(2, u64::from)
}
pub(super) fn range_get(vm: &mut Vm, o: Value, k: Value) -> u64 {
    let at = o.cast::<RangeObj>().zip(k.as_small_int());
    let v = at.and_then(|(r, i)| range::small_item(vm, r, i));
    v.map_or(0, Value::bits)
}
fn keyed(vm: &Vm, known: bool) {
    let s = &vm.jit.stats.keyed;
    s.set(s.get() + known as u64);
}
pub(super) fn get_char(vm: &mut Vm, o: Value, i: i64) -> R {
    let k = vm.new_int(i)?;
    item::get_item(vm, o, k)
}
pub(super) fn chr(vm: &mut Vm, i: i64) -> R {
    crate::builtins::functions::chr_of(vm, i)
}
pub(super) fn set_item(vm: &mut Vm, o: Value, k: Value, v: Value) -> Result<(), Raised> {
    item::set_item(vm, o, k, v)
}
pub(super) fn get_attr(vm: &mut Vm, name: Value, o: Value) -> R {
    attr::get_attr(vm, o, name)
}
pub(super) fn set_attr(vm: &mut Vm, name: Value, o: Value, v: Value) -> Result<(), Raised> {
    attr::set_attr(vm, o, name, v)
}
pub(super) fn load_method(vm: &mut Vm, name: Value, o: Value, out: Out) -> Result<Many, Raised> {
    match attr::load_method(vm, o, name)? {
        (callee, Some(receiver)) => {
            out.set(0, callee);
            out.set(1, receiver);
        }
        (callee, None) => {
            out.set(0, Value::MARK);
            out.set(1, callee);
        }
    }
    Ok(out.many(2))
}
pub(super) fn load_global(vm: &mut Vm, name: Value, globals: Value) -> R {
    global::load_uncached(vm, globals, name)
}
pub(super) fn store_global(
    vm: &mut Vm,
    name: Value,
    globals: Value,
    v: Value,
) -> Result<(), Raised> {
    global::store(vm, globals, name, v)
}
pub(super) fn load_name(vm: &mut Vm, name: Value, locals: Option<Value>, globals: Value) -> R {
    name::load(vm, locals, globals, name)
}
pub(super) fn store_name(
    vm: &mut Vm,
    name: Value,
    locals: Option<Value>,
    v: Value,
) -> Result<(), Raised> {
    name::store(vm, locals, name, v)
}
pub(super) fn delete_name(vm: &mut Vm, name: Value, locals: Option<Value>) -> Result<(), Raised> {
    name::delete(vm, locals, name)
}
pub(super) fn get_iter(vm: &mut Vm, v: Value) -> R {
    iter::get_iter(vm, v)
}
pub(super) fn for_iter(vm: &mut Vm, it: Value) -> Result<Option<Value>, Raised> {
    iter::next(vm, it)
}
pub(super) fn unpack(vm: &mut Vm, n: u64, v: Value, out: Out) -> Result<Many, Raised> {
    let items = item::unpack(vm, v, n as usize)?;
    for i in 0..n as usize {
        out.set(i, items.as_ref().get(i).unwrap_or(Value::NONE));
    }
    Ok(Many {
        reversed: true,
        ..out.many(n as usize)
    })
}
pub(super) fn build_tuple(vm: &mut Vm, items: Items, n: u64) -> R {
    vm.new_tuple(items.values(n))
}
pub(super) fn build_list(vm: &mut Vm, items: Items, n: u64) -> R {
    Ok(vm.new_list(items.values(n))?.value())
}
pub(super) fn build_map(vm: &mut Vm, items: Items, n: u64) -> R {
    build::map(vm, items.values(n))
}
pub(super) fn build_const_key_map(vm: &mut Vm, keys: Value, items: Items, n: u64) -> R {
    build::const_key_map(vm, keys, items.values(n))
}
pub(super) fn build_string(vm: &mut Vm, items: Items, n: u64) -> R {
    build::string(vm, items.values(n))
}
pub(super) fn format(vm: &mut Vm, flags: u64, v: Value, spec: Items, n: u64) -> R {
    let spec = spec.values(n).first().copied();
    fmt::format_value(vm, v, flags as u32, spec)
}
pub(super) fn make_function(vm: &mut Vm, flags: u64, items: Items, n: u64) -> R {
    match items.values(n) {
        [globals, code, qualname, extra @ ..] => {
            make::make_function(vm, *globals, *code, *qualname, flags as u32, extra)
        }
        _ => Err(raise!(vm, SystemError, "bad MAKE_FUNCTION operands")),
    }
}
pub(super) fn import_name(
    vm: &mut Vm,
    name: Value,
    globals: Value,
    locals: Value,
    level: Value,
    fromlist: Value,
) -> R {
    name::import(vm, name, globals, Some(locals), fromlist, level)
}
pub(super) fn handled(vm: &mut Vm) -> u64 {
    vm.handled.get_or_none().bits()
}
pub(super) fn raise(vm: &mut Vm, _count: u64, items: Items, n: u64) -> Pair {
    let v = items.values(n);
    let (exc, cause) = (v.first().copied(), v.get(1).copied());
    let again = exc.is_none() && vm.handled.get().is_some();
    let r = exceptions::raise(vm, exc, cause);
    let p = raised(vm, r);
    if again && p.status == status::RAISED {
        return Pair::new(0, status::RERAISED);
    }
    p
}
pub(super) fn reraise(vm: &mut Vm, items: Items, n: u64) -> Pair {
    let v = items.words(n);
    let at = |i: usize| v.get(i).and_then(|w| Value::from_bits(*w));
    block::restore_handled(vm, at(1).unwrap_or(Value::NONE));
    let r = match at(4) {
        Some(exc) if exc.is_kind(Kind::Exception) => vm.reraise(exc),
        _ => raise!(vm, SystemError, "'finally' pops bad exception"),
    };
    let p = raised(vm, r);
    if p.status == status::RAISED {
        return Pair::new(0, status::RERAISED);
    }
    p
}
