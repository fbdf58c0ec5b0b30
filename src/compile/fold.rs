//! Constant folding on the tree, where CPython 3.8 folds and within its size limits.
//!
//! What would raise, or would grow past the limits, is left for run time. `fold_*` take a
//! node whose children are folded already, and change it in place.

use super::tree::{CmpOp, Ctx, Expr, ExprKind, Operator, Slice, UnaryOp};
use crate::code::object::Const;
use crate::code::wtf8::Wtf8Buf;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Bits of an int that folding may make by `*`, `**` and `<<`.
const MAX_INT_BITS: u64 = 128;
/// Items of a repeated tuple.
const MAX_ITEMS: i64 = 256;
/// Characters or bytes of a repeated string.
const MAX_CHARS: i64 = 4096;
/// Items of a repeated tuple, those of tuples inside counted too.
const MAX_TOTAL_ITEMS: i64 = 1024;

/// `not x`, `-x`, `+x`, `~x`; and `not (a in b)` becomes `a not in b`.
pub fn fold_unary(e: &mut Expr) {
    let ExprKind::UnaryOp(op, arg) = &mut e.kind else {
        return;
    };
    if let ExprKind::Const(c) = &arg.kind {
        if let Some(v) = unary(*op, c) {
            e.kind = ExprKind::Const(v);
        }
        return;
    }
    if *op != UnaryOp::Not {
        return;
    }
    if let ExprKind::Compare(left, rest) = &mut arg.kind
        && let [(op, _)] = rest.as_mut_slice()
    {
        let flipped = match *op {
            CmpOp::Is => CmpOp::IsNot,
            CmpOp::IsNot => CmpOp::Is,
            CmpOp::In => CmpOp::NotIn,
            CmpOp::NotIn => CmpOp::In,
            CmpOp::Eq | CmpOp::NotEq | CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => return,
        };
        *op = flipped;
        let left = std::mem::replace(
            left,
            Box::new(Expr {
                loc: arg.loc,
                kind: ExprKind::Const(Const::None),
            }),
        );
        // The comparison takes the node over, its place in the source included.
        *e = Expr {
            loc: arg.loc,
            kind: ExprKind::Compare(left, std::mem::take(rest)),
        };
    }
}

/// A binary operator on two constants.
pub fn fold_binary(e: &mut Expr) {
    // A long chain of concatenations grows one buffer.
    if let ExprKind::BinOp(l, Operator::Add, r) = &mut e.kind
        && let (ExprKind::Const(Const::Str(l)), ExprKind::Const(Const::Str(r))) =
            (&mut l.kind, &r.kind)
    {
        let mut text = std::mem::take(l);
        text.push_wtf8(r);
        e.kind = ExprKind::Const(Const::Str(text));
        return;
    }
    if let ExprKind::BinOp(l, op, r) = &e.kind
        && let (ExprKind::Const(l), ExprKind::Const(r)) = (&l.kind, &r.kind)
        && let Some(v) = binary(*op, l, r)
    {
        e.kind = ExprKind::Const(v);
    }
}

/// A tuple of constants is a constant.
pub fn fold_tuple(e: &mut Expr) {
    if let ExprKind::Tuple(elts, Ctx::Load) = &mut e.kind
        && let Some(c) = const_items(elts)
    {
        e.kind = ExprKind::Const(Const::Tuple(c));
    }
}

fn const_items(elts: &mut [Expr]) -> Option<Box<[Const]>> {
    if elts.iter().any(|e| e.as_const().is_none()) {
        return None;
    }
    Some(
        elts.iter_mut()
            .filter_map(|e| match &mut e.kind {
                ExprKind::Const(c) => Some(std::mem::replace(c, Const::None)),
                _ => None,
            })
            .collect(),
    )
}

/// What `for` or a last `in` goes over: a list becomes a tuple, a set of constants a frozenset.
pub fn fold_iter(e: &mut Expr) {
    match &mut e.kind {
        ExprKind::List(elts, ctx) => {
            if elts.iter().any(|x| matches!(x.kind, ExprKind::Starred(_))) {
                return;
            }
            e.kind = ExprKind::Tuple(std::mem::take(elts), *ctx);
            fold_tuple(e);
        }
        ExprKind::Set(elts) => {
            if let Some(items) = const_items(elts) {
                let mut out: Vec<Const> = Vec::new();
                let mut seen = std::collections::HashSet::new();
                for c in items.into_vec() {
                    if seen.insert(super::consts::EqKey(c.clone())) {
                        out.push(c);
                    }
                }
                e.kind = ExprKind::Const(Const::FrozenSet(out.into()));
            }
        }
        _ => {}
    }
}

/// `x in [1, 2]`.
pub fn fold_compare(e: &mut Expr) {
    if let ExprKind::Compare(_, rest) = &mut e.kind
        && let Some((CmpOp::In | CmpOp::NotIn, right)) = rest.last_mut()
    {
        fold_iter(right);
    }
}

/// A constant indexed by a constant.
pub fn fold_subscript(e: &mut Expr) {
    if let ExprKind::Subscript(v, s, Ctx::Load) = &e.kind
        && let (ExprKind::Const(v), Slice::Index(i)) = (&v.kind, &**s)
        && let ExprKind::Const(i) = &i.kind
        && let Some(i) = as_int(i)
        && let Some(r) = index(v, &i)
    {
        e.kind = ExprKind::Const(r);
    }
}

fn index(v: &Const, i: &BigInt) -> Option<Const> {
    let i = i.to_i64()?;
    let at = |len: usize| {
        let i = if i < 0 { i + len as i64 } else { i };
        usize::try_from(i).ok().filter(|&i| i < len)
    };
    match v {
        Const::Tuple(t) => Some(t[at(t.len())?].clone()),
        Const::Bytes(b) => Some(Const::Int(b[at(b.len())?].into())),
        Const::Str(s) => {
            let len = s.code_points().count();
            let c = s.code_points().nth(at(len)?)?;
            let mut out = Wtf8Buf::new();
            out.push_code_point(c);
            Some(Const::Str(out))
        }
        _ => None,
    }
}

/// Python's truth of a constant.
pub fn truth(c: &Const) -> bool {
    match c {
        Const::None => false,
        Const::Ellipsis | Const::Code(_) => true,
        Const::Bool(b) => *b,
        Const::Int(i) => !i.is_zero(),
        Const::Float(f) => *f != 0.0,
        Const::Complex(a, b) => *a != 0.0 || *b != 0.0,
        Const::Str(s) => !s.is_empty(),
        Const::Bytes(b) => !b.is_empty(),
        Const::Tuple(t) | Const::FrozenSet(t) => !t.is_empty(),
    }
}

/// An int or a bool as an int.
fn as_int(c: &Const) -> Option<BigInt> {
    match c {
        Const::Int(i) => Some(i.clone()),
        Const::Bool(b) => Some((*b as i32).into()),
        _ => None,
    }
}

fn unary(op: UnaryOp, c: &Const) -> Option<Const> {
    if op == UnaryOp::Not {
        return Some(Const::Bool(!truth(c)));
    }
    if let Some(i) = as_int(c) {
        return Some(Const::Int(match op {
            UnaryOp::USub => -i,
            UnaryOp::UAdd => i,
            UnaryOp::Invert => -i - 1,
            UnaryOp::Not => return None,
        }));
    }
    match (c, op) {
        (Const::Float(f), UnaryOp::USub) => Some(Const::Float(-f)),
        (Const::Float(f), UnaryOp::UAdd) => Some(Const::Float(*f)),
        (Const::Complex(a, b), UnaryOp::USub) => Some(Const::Complex(-a, -b)),
        (Const::Complex(a, b), UnaryOp::UAdd) => Some(Const::Complex(*a, *b)),
        _ => None,
    }
}

fn binary(op: Operator, l: &Const, r: &Const) -> Option<Const> {
    if let (Some(a), Some(b)) = (as_int(l), as_int(r)) {
        // Between bools, the bit operators give a bool.
        if let (Const::Bool(a), Const::Bool(b)) = (l, r) {
            match op {
                Operator::BitAnd => return Some(Const::Bool(a & b)),
                Operator::BitOr => return Some(Const::Bool(a | b)),
                Operator::BitXor => return Some(Const::Bool(a ^ b)),
                _ => {}
            }
        }
        return int_op(op, &a, &b);
    }
    if let (Some(a), Some(b)) = (as_number(l)?, as_number(r)?).both_real() {
        return float_op(op, a, b);
    }
    match (as_number(l)?, as_number(r)?) {
        (Number::NotOne, _) | (_, Number::NotOne) => sequence_op(op, l, r),
        (a, b) => complex_op(op, a.complex()?, b.complex()?),
    }
}

/// An operand of float or complex arithmetic.
#[derive(Clone, Copy)]
enum Number {
    Real(f64),
    Complex(f64, f64),
    NotOne,
}

impl Number {
    fn complex(self) -> Option<(f64, f64)> {
        match self {
            Number::Real(a) => Some((a, 0.0)),
            Number::Complex(a, b) => Some((a, b)),
            Number::NotOne => None,
        }
    }
}

trait BothReal {
    fn both_real(self) -> (Option<f64>, Option<f64>);
}
impl BothReal for (Number, Number) {
    fn both_real(self) -> (Option<f64>, Option<f64>) {
        match self {
            (Number::Real(a), Number::Real(b)) => (Some(a), Some(b)),
            _ => (None, None),
        }
    }
}

/// `None` if it is an int too large for a float, which raises.
fn as_number(c: &Const) -> Option<Number> {
    Some(match c {
        Const::Float(f) => Number::Real(*f),
        Const::Complex(a, b) => Number::Complex(*a, *b),
        Const::Int(_) | Const::Bool(_) => {
            let i = as_int(c)?;
            Number::Real(int_to_f64(&i)?)
        }
        _ => Number::NotOne,
    })
}

/// Correctly rounded; `None` on overflow.
pub fn int_to_f64(i: &BigInt) -> Option<f64> {
    ratio_to_f64(i, &BigInt::one())
}

/// `a / b` rounded once, half to even; `None` on overflow. `b` is not zero.
fn ratio_to_f64(a: &BigInt, b: &BigInt) -> Option<f64> {
    if a.is_zero() {
        return Some(if b.is_negative() { -0.0 } else { 0.0 });
    }
    let negative = a.is_negative() != b.is_negative();
    let (a, b) = (a.magnitude(), b.magnitude());
    // Scale so that the quotient has 55 to 56 bits, or fewer where the result is subnormal.
    let mut shift = 55 + b.bits() as i64 - a.bits() as i64;
    shift = shift.min(1074 + 2);
    let (q, r) = if shift >= 0 {
        (a << shift as u64).div_rem(b)
    } else {
        a.div_rem(&(b << (-shift) as u64))
    };
    let mut q = q.to_u64()?;
    // Bits below those that a double keeps.
    let bits = 64 - q.leading_zeros() as i64;
    let extra = (bits - 53).max(shift - 1074).max(0) as u32;
    let mut exp = -shift;
    if extra > 0 {
        let half = 1u64 << (extra - 1);
        let low = q & ((1u64 << extra) - 1);
        let up = low > half || (low == half && (!r.is_zero() || q >> extra & 1 == 1));
        q = (q >> extra) + up as u64;
        exp += extra as i64;
    }
    // `q` has at most 54 bits and is exact as a double; two steps keep 2**exp in range.
    let half = exp / 2;
    let f = q as f64 * 2f64.powi(half as i32) * 2f64.powi((exp - half) as i32);
    if f.is_infinite() {
        return None;
    }
    Some(if negative { -f } else { f })
}

fn int_op(op: Operator, a: &BigInt, b: &BigInt) -> Option<Const> {
    let v = match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => {
            if !a.is_zero() && !b.is_zero() && a.bits() + b.bits() > MAX_INT_BITS {
                return None;
            }
            a * b
        }
        Operator::Div => {
            if b.is_zero() {
                return None;
            }
            return ratio_to_f64(a, b).map(Const::Float);
        }
        Operator::FloorDiv => {
            if b.is_zero() {
                return None;
            }
            a.div_floor(b)
        }
        Operator::Mod => {
            if b.is_zero() {
                return None;
            }
            a.mod_floor(b)
        }
        Operator::Pow => {
            if b.is_negative() {
                let (a, b) = (int_to_f64(a)?, int_to_f64(b)?);
                return float_op(Operator::Pow, a, b);
            }
            if !a.is_zero() && !b.is_zero() {
                let n = b.to_u64()?;
                if a.bits() > MAX_INT_BITS / n {
                    return None;
                }
                a.pow(n as u32)
            } else if b.is_zero() {
                BigInt::one()
            } else {
                BigInt::zero()
            }
        }
        Operator::LShift => {
            if b.is_negative() {
                return None;
            }
            if a.is_zero() || b.is_zero() {
                a.clone()
            } else {
                let n = b.to_u64()?;
                if n > MAX_INT_BITS || a.bits() > MAX_INT_BITS - n {
                    return None;
                }
                a << n
            }
        }
        Operator::RShift => {
            if b.is_negative() {
                return None;
            }
            match b.to_u64() {
                Some(n) if n < a.bits() + 1 => a >> n,
                _ if a.sign() == Sign::Minus => BigInt::from(-1),
                _ => BigInt::zero(),
            }
        }
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        Operator::BitAnd => a & b,
        Operator::MatMult => return None,
    };
    Some(Const::Int(v))
}

/// Floor division and remainder of floats as Python defines them: the remainder has the
/// divisor's sign, and the quotient is the nearest whole number to the exact one.
pub fn float_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut m = a % b;
    let mut d = (a - m) / b;
    if m != 0.0 {
        if (b < 0.0) != (m < 0.0) {
            m += b;
            d -= 1.0;
        }
    } else {
        m = 0f64.copysign(b);
    }
    let q = if d != 0.0 {
        let f = d.floor();
        if d - f > 0.5 { f + 1.0 } else { f }
    } else {
        0f64.copysign(a / b)
    };
    (q, m)
}

fn float_op(op: Operator, a: f64, b: f64) -> Option<Const> {
    Some(Const::Float(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        Operator::FloorDiv if b != 0.0 => float_divmod(a, b).0,
        Operator::Mod if b != 0.0 => {
            let m = a % b;
            if m == 0.0 {
                0f64.copysign(b)
            } else if (b < 0.0) != (m < 0.0) {
                m + b
            } else {
                m
            }
        }
        Operator::Pow => return float_pow(a, b),
        Operator::Div
        | Operator::FloorDiv
        | Operator::Mod
        | Operator::MatMult
        | Operator::LShift
        | Operator::RShift
        | Operator::BitOr
        | Operator::BitXor
        | Operator::BitAnd => return None,
    }))
}

fn float_pow(a: f64, b: f64) -> Option<Const> {
    let whole = b.is_finite() && b.floor() == b;
    if b == 0.0 || a == 1.0 {
        return Some(Const::Float(1.0));
    }
    if a.is_finite() && b.is_finite() {
        if a == 0.0 && b < 0.0 {
            return None;
        }
        if a < 0.0 && !whole {
            return complex_pow((a, 0.0), (b, 0.0));
        }
        let r = a.powf(b);
        return r.is_finite().then_some(Const::Float(r));
    }
    Some(Const::Float(a.powf(b)))
}

fn complex_op(op: Operator, a: (f64, f64), b: (f64, f64)) -> Option<Const> {
    let (re, im) = match op {
        Operator::Add => (a.0 + b.0, a.1 + b.1),
        Operator::Sub => (a.0 - b.0, a.1 - b.1),
        Operator::Mult => complex_mul(a, b),
        Operator::Div => complex_div(a, b)?,
        Operator::Pow => return complex_pow(a, b),
        Operator::FloorDiv
        | Operator::Mod
        | Operator::MatMult
        | Operator::LShift
        | Operator::RShift
        | Operator::BitOr
        | Operator::BitXor
        | Operator::BitAnd => return None,
    };
    Some(Const::Complex(re, im))
}

fn complex_mul(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// Divides by the larger part of the divisor first, so that nothing overflows early.
fn complex_div(a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    if b.0.abs() >= b.1.abs() {
        if b.0 == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let denom = b.0 + b.1 * ratio;
        Some(((a.0 + a.1 * ratio) / denom, (a.1 - a.0 * ratio) / denom))
    } else if b.1.abs() >= b.0.abs() {
        let ratio = b.0 / b.1;
        let denom = b.0 * ratio + b.1;
        Some(((a.0 * ratio + a.1) / denom, (a.1 * ratio - a.0) / denom))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

fn complex_pow(a: (f64, f64), b: (f64, f64)) -> Option<Const> {
    let n = b.0 as i64;
    let (re, im) = if b.1 == 0.0 && b.0 == n as f64 {
        // Small whole powers are products.
        if n.unsigned_abs() > 100 {
            polar_pow(a, (n as f64, 0.0))?
        } else if n > 0 {
            complex_powu(a, n as u64)
        } else {
            complex_div((1.0, 0.0), complex_powu(a, n.unsigned_abs()))?
        }
    } else {
        polar_pow(a, b)?
    };
    // An infinity is an overflow; a NaN is a result.
    (!re.is_infinite() && !im.is_infinite()).then_some(Const::Complex(re, im))
}

fn complex_powu(a: (f64, f64), n: u64) -> (f64, f64) {
    let (mut r, mut p) = ((1.0, 0.0), a);
    let mut mask = 1u64;
    while mask > 0 && n >= mask {
        if n & mask != 0 {
            r = complex_mul(r, p);
        }
        mask <<= 1;
        p = complex_mul(p, p);
    }
    r
}

fn polar_pow(a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    if b == (0.0, 0.0) {
        return Some((1.0, 0.0));
    }
    if a == (0.0, 0.0) {
        return (b.1 == 0.0 && b.0 >= 0.0).then_some((0.0, 0.0));
    }
    let vabs = a.0.hypot(a.1);
    let mut len = vabs.powf(b.0);
    let at = a.1.atan2(a.0);
    let mut phase = at * b.0;
    if b.1 != 0.0 {
        len /= (at * b.1).exp();
        phase += b.1 * vabs.ln();
    }
    Some((len * phase.cos(), len * phase.sin()))
}

/// Concatenation and repetition.
fn sequence_op(op: Operator, l: &Const, r: &Const) -> Option<Const> {
    match (op, l, r) {
        (Operator::Add, Const::Bytes(a), Const::Bytes(b)) => {
            Some(Const::Bytes([&a[..], &b[..]].concat().into()))
        }
        (Operator::Add, Const::Tuple(a), Const::Tuple(b)) => {
            Some(Const::Tuple(a.iter().chain(b.iter()).cloned().collect()))
        }
        (Operator::Mult, s, n) if as_int(n).is_some() => repeat(s, &as_int(n)?),
        (Operator::Mult, n, s) if as_int(n).is_some() => repeat(s, &as_int(n)?),
        _ => None,
    }
}

fn repeat(s: &Const, n: &BigInt) -> Option<Const> {
    let size = match s {
        Const::Tuple(t) => t.len(),
        Const::Str(s) => s.code_points().count(),
        Const::Bytes(b) => b.len(),
        _ => return None,
    } as i64;
    if size == 0 {
        // Nothing, however often; a count that is no machine word raises.
        n.to_i64()?;
        return Some(s.clone());
    }
    let n = n.to_i64().filter(|&n| n >= 0)?;
    let max = if matches!(s, Const::Tuple(_)) {
        MAX_ITEMS
    } else {
        MAX_CHARS
    };
    if n > max / size {
        return None;
    }
    if n > 0 && matches!(s, Const::Tuple(_)) && complexity(s, MAX_TOTAL_ITEMS / n) < 0 {
        return None;
    }
    let n = n as usize;
    Some(match s {
        Const::Tuple(t) => {
            let mut v = Vec::with_capacity(t.len() * n);
            for _ in 0..n {
                v.extend_from_slice(t);
            }
            Const::Tuple(v.into())
        }
        Const::Str(s) => {
            let mut out = Wtf8Buf::new();
            for _ in 0..n {
                out.push_wtf8(s);
            }
            Const::Str(out)
        }
        Const::Bytes(b) => Const::Bytes(b.repeat(n).into()),
        _ => return None,
    })
}

/// `limit` less the items in `c`, those of tuples inside counted too.
fn complexity(c: &Const, limit: i64) -> i64 {
    match c {
        Const::Tuple(t) | Const::FrozenSet(t) => {
            let mut limit = limit - t.len() as i64;
            for x in t.iter() {
                if limit < 0 {
                    break;
                }
                limit = complexity(x, limit);
            }
            limit
        }
        _ => limit,
    }
}
