//! Arithmetic operators.
//!
//! The entries are small and inlined: two inline ints or two floats are done on the spot. The rest
//! is cold, and goes by type: numbers, then `%` of strings, then sequences, then the error.

use crate::object::{ClassId, Gc, Kind, Value};
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::builtin::value::BuiltinObj;
use crate::types::bytearray::value::ByteArrayObj;
use crate::types::bytes::buffer;
use crate::types::deque::value::DequeObj;
use crate::types::instance::ops::plain;
use crate::types::list::value::ListObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{bytearray, bytes, complex, deque, float, int, list, set, str, tuple};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// A binary operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    MatMul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    LShift,
    RShift,
    And,
    Xor,
    Or,
}

impl BinOp {
    /// Every operator, in the order of its number.
    pub const ALL: [BinOp; 13] = [
        BinOp::Add,
        BinOp::Sub,
        BinOp::Mul,
        BinOp::MatMul,
        BinOp::TrueDiv,
        BinOp::FloorDiv,
        BinOp::Mod,
        BinOp::Pow,
        BinOp::LShift,
        BinOp::RShift,
        BinOp::And,
        BinOp::Xor,
        BinOp::Or,
    ];
    /// As it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            BinOp::Add => "+",
            BinOp::Sub => "-",
            BinOp::Mul => "*",
            BinOp::MatMul => "@",
            BinOp::TrueDiv => "/",
            BinOp::FloorDiv => "//",
            BinOp::Mod => "%",
            BinOp::Pow => "**",
            BinOp::LShift => "<<",
            BinOp::RShift => ">>",
            BinOp::And => "&",
            BinOp::Xor => "^",
            BinOp::Or => "|",
        }
    }
}

/// A unary operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum UnOp {
    Pos,
    Neg,
    Invert,
}

impl UnOp {
    /// As it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            UnOp::Pos => "+",
            UnOp::Neg => "-",
            UnOp::Invert => "~",
        }
    }
}

/// `a op b`
///
/// # Errors
/// TypeError when the types do not go together; what the operation itself raises.
#[inline]
pub fn binary(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    match fast(vm, op, a, b) {
        Some(r) => r,
        None if a.is_user() || b.is_user() => super::user::binary(vm, op, a, b, false),
        None => general(vm, op, a, b, false),
    }
}
/// `a op b` by the layouts of both, whatever their classes define: the builtin types' own slots.
///
/// # Errors
/// As [`binary`].
pub fn binary_plain(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    if matches!(op, BinOp::Add | BinOp::Mod) && is_sequence(a) {
        // What is formatted may have a `__str__` of its own, and errors name its class.
        return general(vm, op, a, b, false);
    }
    let (a, b) = (plain(vm, a)?, plain(vm, b)?);
    match fast(vm, op, a, b) {
        Some(r) => r,
        None => general(vm, op, a, b, false),
    }
}
/// `a op= b` in the same way.
///
/// # Errors
/// As [`binary`].
pub fn inplace_plain(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    inplace_general(vm, op, a, b)
}
/// `a op= b` of a set; NOT_IMPLEMENTED for what is none on the right.
///
/// # Errors
/// As [`binary`].
pub fn inplace_kernel(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    match set::algebra::binary(vm, op, a, b, true) {
        Some(r) if b.is_kind(Kind::Set) => r,
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a op= b`: the new value of `a`.
///
/// # Errors
/// As [`binary`].
#[inline]
pub fn inplace(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    match fast(vm, op, a, b) {
        Some(r) => r,
        None if a.is_user() || b.is_user() => super::user::binary(vm, op, a, b, true),
        None => inplace_general(vm, op, a, b),
    }
}

/// What needs no look at the heap. Inline ints have 49 bits, so sums do not overflow an i64.
#[inline(always)]
fn fast(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> Option<R> {
    if Value::both_small(a, b) {
        let (x, y) = (a.small_int_unchecked(), b.small_int_unchecked());
        return Some(match op {
            BinOp::Add => vm.new_int(x + y),
            BinOp::Sub => vm.new_int(x - y),
            BinOp::Mul => match x.checked_mul(y) {
                Some(r) => vm.new_int(r),
                None => return None,
            },
            BinOp::FloorDiv if y != 0 => {
                let (q, r) = (x / y, x % y);
                vm.new_int(q - (r != 0 && (r ^ y) < 0) as i64)
            }
            BinOp::Mod if y != 0 => {
                let r = x % y;
                vm.new_int(if r != 0 && (r ^ y) < 0 { r + y } else { r })
            }
            BinOp::And => vm.new_int(x & y),
            BinOp::Or => vm.new_int(x | y),
            BinOp::Xor => vm.new_int(x ^ y),
            BinOp::RShift if (0..64).contains(&y) => vm.new_int(x >> y),
            // 49 bits and 14 more fit.
            BinOp::LShift if (0..15).contains(&y) => vm.new_int(x << y),
            BinOp::MatMul
            | BinOp::TrueDiv
            | BinOp::FloorDiv
            | BinOp::Mod
            | BinOp::Pow
            | BinOp::LShift
            | BinOp::RShift => return None,
        });
    }
    if let (Some(x), Some(y)) = (a.as_float(), b.as_float()) {
        return Some(match op {
            BinOp::Add => Ok(Value::float(x + y)),
            BinOp::Sub => Ok(Value::float(x - y)),
            BinOp::Mul => Ok(Value::float(x * y)),
            BinOp::TrueDiv if y != 0.0 => Ok(Value::float(x / y)),
            BinOp::MatMul
            | BinOp::TrueDiv
            | BinOp::FloorDiv
            | BinOp::Mod
            | BinOp::Pow
            | BinOp::LShift
            | BinOp::RShift
            | BinOp::And
            | BinOp::Xor
            | BinOp::Or => return None,
        });
    }
    None
}

#[cold]
fn inplace_general(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    if let Some(l) = Gc::<ListObj>::from_value(a) {
        if op == BinOp::Add {
            list::ops::extend(vm, l, b)?;
            return Ok(a);
        }
        if op == BinOp::Mul {
            let n = repeat_count(vm, b)?;
            list::ops::repeat_in_place(vm, l, n)?;
            return Ok(a);
        }
    }
    if let Some(d) = Gc::<DequeObj>::from_value(a) {
        if op == BinOp::Add {
            deque::ops::extend(vm, d, b, false)?;
            return Ok(a);
        }
        if op == BinOp::Mul {
            let n = repeat_count(vm, b)?;
            deque::ops::repeat_in_place(vm, d, n)?;
            return Ok(a);
        }
    }
    if let Some(l) = Gc::<ByteArrayObj>::from_value(a) {
        if op == BinOp::Add {
            return bytearray::ops::append_buffer(vm, l, b);
        }
        if op == BinOp::Mul {
            let n = repeat_count(vm, b)?;
            return bytearray::ops::repeat_in_place(vm, l, n);
        }
    }
    general(vm, op, a, b, true)
}

/// Whether the value is a number, and if so as double where the other operand is a float.
fn is_number(v: Value) -> bool {
    v.is_float() || int::ops::is_int(v)
}

/// The value as a double: a float, or an int that is not too large.
fn number_to_f64(vm: &mut Vm, v: Value) -> Result<f64, Raised> {
    match v.as_float() {
        Some(f) => Ok(f),
        None => int::ops::to_float(vm, v),
    }
}

#[inline(never)]
fn general(vm: &mut Vm, op: BinOp, a: Value, b: Value, inplace: bool) -> R {
    // What is added most, beside numbers.
    if op == BinOp::Add {
        if a.is_kind(Kind::Str) && b.is_kind(Kind::Str) {
            return str::ops::concat(vm, a, b);
        }
        if let (Some(x), Some(y)) = (Gc::<ListObj>::from_value(a), Gc::<ListObj>::from_value(b)) {
            return list::ops::concat(vm, x, y);
        }
    }
    if int::ops::is_int(a) && int::ops::is_int(b) {
        return int_op(vm, op, a, b, inplace);
    }
    if is_number(a) && is_number(b) {
        return float_op(vm, op, a, b, inplace);
    }
    let is_complex = |v: Value| v.is_kind(Kind::Complex);
    if is_complex(a) || is_complex(b) {
        let any = |v| is_complex(v) || is_number(v);
        let text = matches!(a.kind(), Some(Kind::Str | Kind::Bytes | Kind::ByteArray));
        if op == BinOp::FloorDiv || op == BinOp::Mod && !text {
            return Err(complex::ops::no_floor(vm, op));
        }
        if any(a)
            && any(b)
            && let Some(r) = complex::ops::binary(vm, op, a, b)
        {
            return r;
        }
    }
    if let Some(r) = set::algebra::binary(vm, op, a, b, inplace) {
        return r;
    }
    match op {
        BinOp::Add => match a.kind() {
            Some(Kind::Str) => {
                if b.is_kind(Kind::Str) {
                    return str::ops::concat(vm, a, b);
                }
                return Err(cannot_concat(vm, "str", b));
            }
            Some(Kind::Bytes) => {
                if let (Some(x), Some(y)) = (buffer::of(vm, a)?, buffer::of(vm, b)?) {
                    return bytes::ops::concat(vm, x, y);
                }
                let (t, u) = (vm.type_name(a), vm.type_name(b));
                return Err(raise!(vm, TypeError, "can't concat {u} to {t}"));
            }
            Some(Kind::ByteArray) => {
                if let Some(x) = Gc::<ByteArrayObj>::from_value(a) {
                    return bytearray::ops::concat(vm, x, b);
                }
            }
            Some(Kind::List) => {
                return match (Gc::<ListObj>::from_value(a), Gc::<ListObj>::from_value(b)) {
                    (Some(x), Some(y)) => list::ops::concat(vm, x, y),
                    _ => Err(cannot_concat(vm, "list", b)),
                };
            }
            Some(Kind::Deque) => return deque::methods::concat(vm, a, b),
            Some(Kind::Tuple) => {
                return match (Gc::<TupleObj>::from_value(a), Gc::<TupleObj>::from_value(b)) {
                    (Some(x), Some(y)) => tuple::ops::concat(vm, x, y),
                    _ => Err(cannot_concat(vm, "tuple", b)),
                };
            }
            _ => (),
        },
        BinOp::Mul => {
            if is_sequence(a) {
                return repeat(vm, a, b);
            }
            // `*=` asks the right operand only if the left one is no sequence at all, though it
            // may be one that does not repeat.
            let asks = !inplace
                || !matches!(
                    a.kind(),
                    Some(Kind::Dict | Kind::Range | Kind::DictView | Kind::Set)
                );
            if is_sequence(b) && asks {
                return repeat(vm, b, a);
            }
        }
        BinOp::Mod if a.is_kind(Kind::Str) => return str::percent::format(vm, a, b),
        BinOp::Mod if a.is_kind(Kind::Bytes) => return str::percent::format_of_bytes(vm, a, b),
        BinOp::Mod if a.is_kind(Kind::ByteArray) => {
            let text = buffer::frozen(vm, a)?;
            let made = str::percent::format_of_bytes(vm, text, b)?;
            let made = buffer::required(vm, made)?;
            return Ok(bytearray::ops::copy(vm, made)?.value());
        }
        BinOp::Sub
        | BinOp::MatMul
        | BinOp::TrueDiv
        | BinOp::FloorDiv
        | BinOp::Mod
        | BinOp::Pow
        | BinOp::LShift
        | BinOp::RShift
        | BinOp::And
        | BinOp::Xor
        | BinOp::Or => (),
    }
    Err(unsupported(vm, op, a, b, inplace))
}

fn int_op(vm: &mut Vm, op: BinOp, a: Value, b: Value, inplace: bool) -> R {
    let both_bool = match (a.as_bool(), b.as_bool()) {
        (Some(x), Some(y)) => Some((x, y)),
        _ => None,
    };
    match (op, both_bool) {
        (BinOp::And, Some((x, y))) => Ok(Value::bool(x & y)),
        (BinOp::Or, Some((x, y))) => Ok(Value::bool(x | y)),
        (BinOp::Xor, Some((x, y))) => Ok(Value::bool(x ^ y)),
        (BinOp::Add, _) => int::ops::add(vm, a, b),
        (BinOp::Sub, _) => int::ops::sub(vm, a, b),
        (BinOp::Mul, _) => int::ops::mul(vm, a, b),
        (BinOp::TrueDiv, _) => int::ops::truediv(vm, a, b),
        (BinOp::FloorDiv, _) => int::ops::floordiv(vm, a, b),
        (BinOp::Mod, _) => int::ops::modulo(vm, a, b),
        (BinOp::Pow, _) => int::ops::pow(vm, a, b),
        (BinOp::LShift, _) => int::ops::lshift(vm, a, b),
        (BinOp::RShift, _) => int::ops::rshift(vm, a, b),
        (BinOp::And, None) => int::ops::and(vm, a, b),
        (BinOp::Or, None) => int::ops::or(vm, a, b),
        (BinOp::Xor, None) => int::ops::xor(vm, a, b),
        (BinOp::MatMul, _) => Err(unsupported(vm, op, a, b, inplace)),
    }
}

fn float_op(vm: &mut Vm, op: BinOp, a: Value, b: Value, inplace: bool) -> R {
    match op {
        BinOp::MatMul | BinOp::LShift | BinOp::RShift | BinOp::And | BinOp::Xor | BinOp::Or => {
            return Err(unsupported(vm, op, a, b, inplace));
        }
        BinOp::Add
        | BinOp::Sub
        | BinOp::Mul
        | BinOp::TrueDiv
        | BinOp::FloorDiv
        | BinOp::Mod
        | BinOp::Pow => (),
    }
    let x = number_to_f64(vm, a)?;
    let y = number_to_f64(vm, b)?;
    match op {
        BinOp::Add => Ok(Value::float(x + y)),
        BinOp::Sub => Ok(Value::float(x - y)),
        BinOp::Mul => Ok(Value::float(x * y)),
        BinOp::TrueDiv => float::ops::truediv(vm, x, y),
        BinOp::FloorDiv => float::ops::floordiv(vm, x, y),
        BinOp::Mod => float::ops::modulo(vm, x, y),
        BinOp::Pow
        | BinOp::MatMul
        | BinOp::LShift
        | BinOp::RShift
        | BinOp::And
        | BinOp::Xor
        | BinOp::Or => float::ops::pow(vm, x, y),
    }
}

/// Whether `*` repeats it.
pub(super) fn is_sequence(v: Value) -> bool {
    matches!(
        v.kind(),
        Some(Kind::Str | Kind::List | Kind::Tuple | Kind::Bytes | Kind::ByteArray | Kind::Deque)
    )
}

fn repeat_count(vm: &mut Vm, n: Value) -> Result<i64, Raised> {
    let n = super::user::try_index(vm, n)?;
    if !int::ops::is_int(n) {
        let t = vm.type_name(n);
        return Err(raise!(
            vm,
            TypeError,
            "can't multiply sequence by non-int of type '{t}'"
        ));
    }
    as_index_i64(vm, n, ClassId::OverflowError)
}

/// `s * n` of a sequence.
///
/// # Errors
/// TypeError when `n` is no int; what `__index__` raises; MemoryError.
pub(super) fn repeat(vm: &mut Vm, s: Value, n: Value) -> R {
    let n = repeat_count(vm, n)?;
    if let Some(l) = Gc::<ListObj>::from_value(s) {
        list::ops::repeat(vm, l, n)
    } else if let Some(t) = Gc::<TupleObj>::from_value(s) {
        tuple::ops::repeat(vm, t, n)
    } else if s.is_kind(Kind::Deque) {
        deque::methods::repeat(vm, s, n)
    } else if let Some(b) = Gc::<ByteArrayObj>::from_value(s) {
        bytearray::ops::repeat(vm, b, n)
    } else if let Some(b) = Gc::from_value(s) {
        bytes::ops::repeat(vm, b, n)
    } else {
        str::ops::repeat(vm, s, n)
    }
}

#[cold]
fn cannot_concat(vm: &mut Vm, t: &str, b: Value) -> Raised {
    let u = vm.type_name(b);
    raise!(
        vm,
        TypeError,
        "can only concatenate {t} (not \"{u}\") to {t}"
    )
}

/// The error of operands that do not go together.
#[cold]
pub fn unsupported(vm: &mut Vm, op: BinOp, a: Value, b: Value, inplace: bool) -> Raised {
    let (t, u) = (vm.type_name(a), vm.type_name(b));
    let name = match (op, inplace) {
        (BinOp::Pow, _) => "** or pow()".to_string(),
        (_, true) => format!("{}=", op.symbol()),
        (_, false) => op.symbol().to_string(),
    };
    let print = op == BinOp::RShift
        && !inplace
        && a.get::<BuiltinObj>(vm)
            .is_some_and(|f| f.def.name == "print");
    let hint = if print {
        ". Did you mean \"print(<message>, file=<output_stream>)\"?"
    } else {
        ""
    };
    raise!(
        vm,
        TypeError,
        "unsupported operand type(s) for {name}: '{t}' and '{u}'{hint}"
    )
}

/// `op a`
///
/// # Errors
/// TypeError when it is not a number (or not an int, for `~`).
#[inline]
pub fn unary(vm: &mut Vm, op: UnOp, a: Value) -> R {
    if let Some(x) = a.as_small_int() {
        return match op {
            UnOp::Pos => Ok(a),
            UnOp::Neg => vm.new_int(-x),
            UnOp::Invert => vm.new_int(!x),
        };
    }
    if let Some(x) = a.as_float() {
        match op {
            UnOp::Pos => return Ok(a),
            UnOp::Neg => return Ok(Value::float(-x)),
            UnOp::Invert => (),
        }
    }
    match a.is_user() {
        true => super::user::unary(vm, op, a),
        false => unary_general(vm, op, a),
    }
}
/// `op a` by the layout.
///
/// # Errors
/// As [`unary`].
pub fn unary_plain(vm: &mut Vm, op: UnOp, a: Value) -> R {
    let a = plain(vm, a)?;
    match a.is_user() {
        true => unary_general(vm, op, a),
        false => unary(vm, op, a),
    }
}

#[cold]
fn unary_general(vm: &mut Vm, op: UnOp, a: Value) -> R {
    if int::ops::is_int(a) {
        return match op {
            UnOp::Pos => int::ops::pos(vm, a),
            UnOp::Neg => int::ops::neg(vm, a),
            UnOp::Invert => int::ops::invert(vm, a),
        };
    }
    if let Some(c) = complex::ops::get(vm, a) {
        match op {
            UnOp::Pos => return Ok(a),
            UnOp::Neg => return vm.new_complex(-c.re, -c.im),
            UnOp::Invert => (),
        }
    }
    let t = vm.type_name(a);
    let s = op.symbol();
    Err(raise!(
        vm,
        TypeError,
        "bad operand type for unary {s}: '{t}'"
    ))
}

/// `operator.index(v)`: an int (a bool becomes one).
///
/// # Errors
/// TypeError when it is not one.
pub fn index(vm: &mut Vm, v: Value) -> R {
    let v = super::user::try_index(vm, v)?;
    if int::ops::is_int(v) {
        return int::ops::pos(vm, v);
    }
    let t = vm.type_name(v);
    Err(raise!(
        vm,
        TypeError,
        "'{t}' object cannot be interpreted as an integer"
    ))
}

/// An int as i64; `exc` is raised where it does not fit.
///
/// # Errors
/// TypeError when it is not an int.
pub fn as_index_i64(vm: &mut Vm, v: Value, exc: ClassId) -> Result<i64, Raised> {
    if let Some(i) = int::ops::to_i64(vm, v) {
        return Ok(i);
    }
    let i = index(vm, v)?;
    if let Some(i) = int::ops::to_i64(vm, i) {
        return Ok(i);
    }
    let t = vm.type_name(v);
    Err(vm.raise(exc, format!("cannot fit '{t}' into an index-sized integer")))
}

/// `divmod(a, b)`
///
/// # Errors
/// TypeError, ZeroDivisionError, OverflowError.
pub fn divmod(vm: &mut Vm, a: Value, b: Value) -> R {
    match a.is_user() || b.is_user() {
        true => super::user::divmod(vm, a, b),
        false => divmod_plain(vm, a, b),
    }
}
/// The same by the layouts.
///
/// # Errors
/// As [`divmod`].
pub fn divmod_plain(vm: &mut Vm, a: Value, b: Value) -> R {
    let (a, b) = (plain(vm, a)?, plain(vm, b)?);
    let (q, r) = if int::ops::is_int(a) && int::ops::is_int(b) {
        int::ops::divmod(vm, a, b)?
    } else if is_number(a) && is_number(b) {
        let x = number_to_f64(vm, a)?;
        let y = number_to_f64(vm, b)?;
        let (q, r) = float::ops::divmod(vm, x, y)?;
        (Value::float(q), Value::float(r))
    } else if a.is_kind(Kind::Complex) || b.is_kind(Kind::Complex) {
        return Err(raise!(
            vm,
            TypeError,
            "can't take floor or mod of complex number."
        ));
    } else {
        let (t, u) = (vm.type_name(a), vm.type_name(b));
        return Err(raise!(
            vm,
            TypeError,
            "unsupported operand type(s) for divmod(): '{t}' and '{u}'"
        ));
    };
    vm.new_tuple(&[q, r])
}

/// `pow(a, b, c)`; None for `c` is `a ** b`.
///
/// # Errors
/// TypeError, ValueError, and those of `**`.
pub fn pow3(vm: &mut Vm, a: Value, b: Value, c: Value) -> R {
    if c.is_none() {
        return binary(vm, BinOp::Pow, a, b);
    }
    if a.is_user() || b.is_user() || c.is_user() {
        let ints = [a, b, c].into_iter().all(int::ops::is_int);
        if !ints || a.is_user() {
            return super::user::pow3(vm, a, b, c);
        }
    }
    pow3_plain(vm, a, b, c)
}
/// The same by the layouts.
///
/// # Errors
/// As [`pow3`].
pub fn pow3_plain(vm: &mut Vm, a: Value, b: Value, c: Value) -> R {
    let (a, b, c) = (plain(vm, a)?, plain(vm, b)?, plain(vm, c)?);
    if [a, b, c].into_iter().all(int::ops::is_int) {
        return int::ops::pow_mod(vm, a, b, c);
    }
    // Each operand's type is asked in turn: a float's refuses any third argument, a complex one's where
    // base and exponent are numbers.
    let number = |v: Value| v.is_float() || int::ops::is_int(v) || v.is_kind(Kind::Complex);
    for v in [a, b, c] {
        if v.is_float() {
            return Err(raise!(
                vm,
                TypeError,
                "pow() 3rd argument not allowed unless all arguments are integers"
            ));
        }
        if v.is_kind(Kind::Complex) && number(a) && number(b) {
            return Err(raise!(vm, ValueError, "complex modulo"));
        }
    }
    let (t, u, w) = (vm.type_name(a), vm.type_name(b), vm.type_name(c));
    Err(raise!(
        vm,
        TypeError,
        "unsupported operand type(s) for pow(): '{t}', '{u}', '{w}'"
    ))
}

/// `abs(v)`
///
/// # Errors
/// TypeError when it is not a number.
pub fn abs(vm: &mut Vm, v: Value) -> R {
    if v.is_user()
        && let Some(r) = special::call_overridden(vm, v, Special::Abs, &[])?
    {
        return Ok(r);
    }
    abs_plain(vm, v)
}
/// The same by the layout.
///
/// # Errors
/// As [`abs`].
pub fn abs_plain(vm: &mut Vm, v: Value) -> R {
    let v = plain(vm, v)?;
    if let Some(f) = v.as_float() {
        return Ok(Value::float(f.abs()));
    }
    if int::ops::is_int(v) {
        return int::ops::abs(vm, v);
    }
    if let Some(c) = complex::ops::get(vm, v) {
        return complex::ops::abs(vm, c);
    }
    let t = vm.type_name(v);
    Err(raise!(vm, TypeError, "bad operand type for abs(): '{t}'"))
}

/// `round(v, ndigits)`; None for `ndigits` rounds to an int.
///
/// # Errors
/// TypeError when it is not a number, ValueError and OverflowError for what no int is near.
pub fn round(vm: &mut Vm, v: Value, ndigits: Value) -> R {
    if v.is_user()
        && let Some(f) = special::overridden(vm, v, Special::Round)?
    {
        return match ndigits.is_none() {
            true => special::call(vm, f, v, &[]),
            false => special::call(vm, f, v, &[ndigits]),
        };
    }
    round_plain(vm, v, ndigits)
}
/// The same by the layout.
///
/// # Errors
/// As [`round`].
pub fn round_plain(vm: &mut Vm, v: Value, ndigits: Value) -> R {
    let v = plain(vm, v)?;
    if let Some(f) = v.as_float() {
        if ndigits.is_none() {
            return float::ops::round_to_int(vm, f);
        }
        let n = index(vm, ndigits)?;
        let n = match int::ops::get(vm, n) {
            Some(int::ops::Int::Small(n)) => n,
            Some(big) if big.is_negative() => i64::MIN,
            _ => i64::MAX,
        };
        return float::ops::round(vm, f, n);
    }
    if int::ops::is_int(v) {
        if ndigits.is_none() {
            return int::ops::pos(vm, v);
        }
        let n = index(vm, ndigits)?;
        return int::ops::round(vm, v, n);
    }
    let t = vm.type_name(v);
    Err(raise!(
        vm,
        TypeError,
        "type {t} doesn't define __round__ method"
    ))
}

/// `float(v)` for what is a number: the value that `math` functions and `%f` take.
///
/// # Errors
/// TypeError "must be real number, not …", OverflowError.
pub fn as_f64(vm: &mut Vm, v: Value) -> Result<f64, Raised> {
    if let Some(f) = v.get::<float::value::FloatObj>(vm) {
        // What is a float is not asked, whatever its class defines.
        return Ok(f.value);
    }
    if let Some(x) = super::user::try_float(vm, v)? {
        return Ok(x);
    }
    if is_number(v) {
        return number_to_f64(vm, v);
    }
    if v.is_kind(Kind::Complex) {
        return Err(raise!(vm, TypeError, "can't convert complex to float"));
    }
    let t = vm.type_name(v);
    Err(raise!(vm, TypeError, "must be real number, not {t}"))
}
