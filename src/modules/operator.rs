//! `_operator`: the operators as functions. The module `operator`, written in Python, takes them from
//! here, and adds the classes that fetch items and attributes.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::compare::CmpOp;
use crate::protocol::iter::{self, Flow};
use crate::protocol::number::{self, BinOp, UnOp};
use crate::protocol::{attr, compare, item, truth};
use crate::raise;
use crate::types::int::ops as int;
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc },)*]
    };
}
macro_rules! binary {
    ($op:ident) => {
        Conv::Pos(2, 2, |vm, _, a| number::binary(vm, BinOp::$op, a[0], a[1]))
    };
}
macro_rules! inplace {
    ($op:ident) => {
        Conv::Pos(2, 2, |vm, _, a| number::inplace(vm, BinOp::$op, a[0], a[1]))
    };
}
macro_rules! compare {
    ($op:ident) => {
        Conv::Pos(2, 2, |vm, _, a| {
            compare::rich_compare(vm, CmpOp::$op, a[0], a[1])
        })
    };
}
macro_rules! unary {
    ($op:ident) => {
        Conv::One(|vm, _, v| number::unary(vm, UnOp::$op, v))
    };
}

/// Rows.
pub const FUNCTIONS: &[MethodDef] = rows! {
    "truth" Conv::One(|vm, _, v| Ok(Value::bool(truth::is_true(vm, v)?))), "Return True if a is true, False otherwise.";
    "not_" Conv::One(|vm, _, v| Ok(Value::bool(!truth::is_true(vm, v)?))), "Same as not a.";
    "is_" Conv::Pos(2, 2, |_, _, a| Ok(Value::bool(compare::is_same(a[0], a[1])))), "Same as a is b.";
    "is_not" Conv::Pos(2, 2, |_, _, a| Ok(Value::bool(!compare::is_same(a[0], a[1])))), "Same as a is not b.";
    "add" binary!(Add), "Same as a + b.";
    "sub" binary!(Sub), "Same as a - b.";
    "mul" binary!(Mul), "Same as a * b.";
    "matmul" binary!(MatMul), "Same as a @ b.";
    "floordiv" binary!(FloorDiv), "Same as a // b.";
    "truediv" binary!(TrueDiv), "Same as a / b.";
    "mod" binary!(Mod), "Same as a % b.";
    "pow" binary!(Pow), "Same as a ** b.";
    "lshift" binary!(LShift), "Same as a << b.";
    "rshift" binary!(RShift), "Same as a >> b.";
    "and_" binary!(And), "Same as a & b.";
    "xor" binary!(Xor), "Same as a ^ b.";
    "or_" binary!(Or), "Same as a | b.";
    "neg" unary!(Neg), "Same as -a.";
    "pos" unary!(Pos), "Same as +a.";
    "inv" unary!(Invert), "Same as ~a.";
    "invert" unary!(Invert), "Same as ~a.";
    "abs" Conv::One(|vm, _, v| number::abs(vm, v)), "Same as abs(a).";
    "index" Conv::One(|vm, _, v| index(vm, v)), "Same as a.__index__().";
    "iadd" inplace!(Add), "Same as a += b.";
    "isub" inplace!(Sub), "Same as a -= b.";
    "imul" inplace!(Mul), "Same as a *= b.";
    "imatmul" inplace!(MatMul), "Same as a @= b.";
    "ifloordiv" inplace!(FloorDiv), "Same as a //= b.";
    "itruediv" inplace!(TrueDiv), "Same as a /= b.";
    "imod" inplace!(Mod), "Same as a %= b.";
    "ipow" inplace!(Pow), "Same as a **= b.";
    "ilshift" inplace!(LShift), "Same as a <<= b.";
    "irshift" inplace!(RShift), "Same as a >>= b.";
    "iand" inplace!(And), "Same as a &= b.";
    "ixor" inplace!(Xor), "Same as a ^= b.";
    "ior" inplace!(Or), "Same as a |= b.";
    "concat" Conv::Pos(2, 2, |vm, _, a| concat(vm, a, number::binary)), "Same as a + b, for sequences.";
    "iconcat" Conv::Pos(2, 2, |vm, _, a| concat(vm, a, number::inplace)), "Same as a += b, for sequences.";
    "contains" Conv::Pos(2, 2, |vm, _, a| Ok(Value::bool(compare::contains(vm, a[0], a[1])?))), "Same as b in a (the operands change places).";
    "countOf" Conv::Pos(2, 2, count_of), "Return how many items of a are b.";
    "indexOf" Conv::Pos(2, 2, index_of), "Return the position of the first item of a that is b.";
    "getitem" Conv::Pos(2, 2, |vm, _, a| item::get_item(vm, a[0], a[1])), "Same as a[b].";
    "setitem" Conv::Pos(3, 3, |vm, _, a| {
        item::set_item(vm, a[0], a[1], a[2])?;
        Ok(Value::NONE)
    }), "Same as a[b] = c.";
    "delitem" Conv::Pos(2, 2, |vm, _, a| {
        item::del_item(vm, a[0], a[1])?;
        Ok(Value::NONE)
    }), "Same as del a[b].";
    "eq" compare!(Eq), "Same as a == b.";
    "ne" compare!(Ne), "Same as a != b.";
    "lt" compare!(Lt), "Same as a < b.";
    "le" compare!(Le), "Same as a <= b.";
    "gt" compare!(Gt), "Same as a > b.";
    "ge" compare!(Ge), "Same as a >= b.";
    "length_hint" Conv::Pos(1, 2, length_hint), "Return the length of obj, or what it is expected to be.";
};

fn index(vm: &mut Vm, v: Value) -> R {
    match int::is_int(v) {
        true => Ok(v),
        false => number::index(vm, v),
    }
}

/// What has items by number: the sequences of the builtins, and classes with a `__getitem__`.
fn has_items(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if v.is_kind(Kind::Dict) {
        return Ok(false);
    }
    let name = vm.intern("__getitem__")?;
    Ok(attr::lookup_special(vm, v, name)?.is_some())
}

fn concat(vm: &mut Vm, a: Args<'_>, add: fn(&mut Vm, BinOp, Value, Value) -> R) -> R {
    let (a, b) = (a[0], a[1]);
    let builtin = matches!(
        vm.class_of(a),
        ClassId::List | ClassId::Tuple | ClassId::Str | ClassId::Bytes
    );
    if !(builtin || has_items(vm, a)? && has_items(vm, b)?) {
        let t = vm.type_name(a);
        return Err(raise!(vm, TypeError, "'{t}' object can't be concatenated"));
    }
    add(vm, BinOp::Add, a, b)
}

/// Goes through the items; `f` sees each with whether it is the one looked for.
fn search(vm: &mut Vm, a: Args<'_>, mut f: impl FnMut(bool) -> Flow) -> Result<(), Raised> {
    let (all, wanted) = (a[0], a[1]);
    let items = match iter::get_iter(vm, all) {
        Ok(it) => it,
        Err(r) => {
            vm.catch(r, ClassId::TypeError)?;
            let t = vm.type_name(all);
            return Err(raise!(
                vm,
                TypeError,
                "argument of type '{t}' is not iterable"
            ));
        }
    };
    iter::for_each(vm, items, |vm, x| Ok(f(compare::eq(vm, wanted, x)?)))
}

fn count_of(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let mut n = 0;
    search(vm, a, |same| {
        n += i64::from(same);
        Flow::Go
    })?;
    vm.new_int(n)
}

fn index_of(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let mut at = -1;
    let mut found = false;
    search(vm, a, |same| {
        at += 1;
        found = same;
        match same {
            true => Flow::Stop,
            false => Flow::Go,
        }
    })?;
    match found {
        true => vm.new_int(at),
        false => Err(raise!(
            vm,
            ValueError,
            "sequence.index(x): x not in sequence"
        )),
    }
}

/// The length; else what `__length_hint__` says; else the default. A TypeError of either says that
/// it does not know.
fn length_hint(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let v = a[0];
    let default = match a.get(1) {
        Some(d) if vm.class_of(d) == ClassId::Float => {
            return Err(raise!(
                vm,
                TypeError,
                "integer argument expected, got float"
            ));
        }
        Some(d) => item::as_ssize(vm, d)?,
        None => 0,
    };
    match item::len(vm, v) {
        Ok(n) => return vm.new_int(i64::try_from(n).unwrap_or(i64::MAX)),
        Err(r) => vm.catch(r, ClassId::TypeError)?,
    };
    let name = vm.intern("__length_hint__")?;
    let Some(f) = attr::lookup_special(vm, v, name)? else {
        return vm.new_int(default);
    };
    let r = vm.call(f, Args::pos(&[]));
    let n = crate::protocol::user::hinted(vm, r)?.unwrap_or(default);
    vm.new_int(n)
}
