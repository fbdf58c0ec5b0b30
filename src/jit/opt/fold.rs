//! Constants and algebra: what the operands alone decide is decided here, boxes of what was just unboxed
//! are what they were, tests of tests are one test.
//!
//! Ints here are Python's: an operation that would leave 64 bits is not folded, it leaves when run.

use crate::jit::ssa::effect::RAISES;
use crate::jit::ssa::func::{Const, Func, Imm, InstData};
use crate::jit::ssa::op::{BOXING, Op};
use crate::jit::ssa::types::{Cmp, Ty, Val};
use crate::object::{ClassId, Value};
use std::collections::HashMap;

/// What becomes of an instruction.
enum Act {
    Keep,
    /// It does nothing.
    Gone,
    /// Its result is this value.
    Same(Val),
    /// Another instruction takes its place, with the same result.
    Become(InstData),
    /// The same; a constant goes before it, which is its last operand.
    BecomeWith(InstData, InstData),
}

pub fn run(f: &mut Func) {
    let mut map: HashMap<Val, Val> = HashMap::new();
    for b in f.rpo() {
        let insts = std::mem::take(&mut f.blocks[b.index()].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for i in insts {
            for a in &mut f.insts[i.index()].args {
                while let Some(&w) = map.get(a) {
                    *a = w;
                }
            }
            // One rule may make room for the next.
            let mut stays = true;
            for _ in 0..4 {
                match act(f, &f.insts[i.index()]) {
                    Act::Keep => break,
                    Act::Gone => {
                        stays = false;
                        break;
                    }
                    Act::Same(v) => {
                        map.insert(f.insts[i.index()].result(), v);
                        stays = false;
                        break;
                    }
                    Act::BecomeWith(mut d, c) => {
                        let c = f.make_inst(c);
                        kept.push(c);
                        d.args.push(f.insts[c.index()].result());
                        let old = &mut f.insts[i.index()];
                        d.results = std::mem::take(&mut old.results);
                        d.pc = old.pc;
                        *old = d;
                        break;
                    }
                    Act::Become(mut d) => {
                        let old = &mut f.insts[i.index()];
                        d.results = std::mem::take(&mut old.results);
                        d.pc = old.pc;
                        d.frame = old.frame;
                        *old = d;
                        word_constant(f, i.index());
                    }
                }
            }
            if stays {
                word_constant(f, i.index());
                kept.push(i);
            }
        }
        // What was to be caught may not happen any more.
        if let [.., before, last] = kept[..]
            && f.insts[last.index()].op == Op::Catch
            && !f.insts[before.index()].op.has(RAISES)
        {
            no_catch(&mut f.insts[last.index()]);
        } else if let [last] = kept[..]
            && f.insts[last.index()].op == Op::Catch
        {
            no_catch(&mut f.insts[last.index()]);
        }
        f.blocks[b.index()].insts = kept;
    }
    f.substitute(&map);
    // A state boxes what it names when it is left by: it takes the unboxed value.
    let mut states = std::mem::take(&mut f.states);
    for v in states.iter_mut().flat_map(|s| s.values_mut()) {
        if let Some((_, d)) = f.def(*v).filter(|(_, d)| d.op.boxes().is_some()) {
            *v = d.args[0];
        }
    }
    f.states = states;
}

fn no_catch(d: &mut InstData) {
    d.op = Op::Jump;
    d.targets.truncate(1);
}

/// A box of a constant is a constant of the pool.
fn word_constant(f: &mut Func, i: usize) {
    let d = &f.insts[i];
    let word = if d.op == Op::BoxI64 {
        int(f, d.args[0]).and_then(Value::small_int)
    } else if d.op == Op::BoxF64 {
        float(f, d.args[0]).map(Value::float)
    } else if d.op == Op::BoxBool {
        truth(f, d.args[0]).map(Value::bool)
    } else {
        None
    };
    if let Some(v) = word {
        let c = f.add_const(Const::Imm(v.bits()));
        let d = &mut f.insts[i];
        d.op = Op::ConstVal;
        d.args.clear();
        d.imms = [Imm::Const(c), Imm::None, Imm::None];
    }
}

// ---- what is known of a value

fn imm_of(f: &Func, v: Val, op: Op) -> Option<Imm> {
    f.def(v).filter(|(_, d)| d.op == op).map(|(_, d)| d.imms[0])
}
fn int(f: &Func, v: Val) -> Option<i64> {
    match imm_of(f, v, Op::ConstI64) {
        Some(Imm::Int(i)) => Some(i),
        Some(_) | None => None,
    }
}
fn float(f: &Func, v: Val) -> Option<f64> {
    match imm_of(f, v, Op::ConstF64) {
        Some(Imm::Float(b)) => Some(f64::from_bits(b)),
        Some(_) | None => None,
    }
}
fn truth(f: &Func, v: Val) -> Option<bool> {
    match imm_of(f, v, Op::ConstBool) {
        Some(Imm::Bool(b)) => Some(b),
        Some(_) | None => None,
    }
}
/// The word of a constant, 0 included.
fn word(f: &Func, v: Val) -> Option<u64> {
    let (_, d) = f.def(v)?;
    match (d.op, d.imms[0]) {
        (Op::ConstEmpty, _) => Some(0),
        // An object of parsed text has no word.
        (Op::ConstVal, Imm::Const(c)) => match &f.consts[c.index()] {
            Const::Imm(b) => Some(*b),
            Const::Object { bits, .. } => Some(*bits).filter(|b| *b != 0),
        },
        (_, _) => None,
    }
}
/// The operand of the instruction that defines `v`, if that is this op.
fn arg_of(f: &Func, v: Val, op: Op) -> Option<Val> {
    f.def(v).filter(|(_, d)| d.op == op).map(|(_, d)| d.args[0])
}

// ---- rules

fn const_int(i: i64) -> Act {
    Act::Become(InstData::new(Op::ConstI64, &[]).imm(Imm::Int(i)))
}
fn const_float(x: f64) -> Act {
    // NaNs are canonical, as in values.
    let bits = if x.is_nan() {
        Value::float(x).as_float().unwrap_or(x).to_bits()
    } else {
        x.to_bits()
    };
    Act::Become(InstData::new(Op::ConstF64, &[]).imm(Imm::Float(bits)))
}
fn const_bool(b: bool) -> Act {
    Act::Become(InstData::new(Op::ConstBool, &[]).imm(Imm::Bool(b)))
}

type Ints = fn(i64, i64) -> Option<i64>;
const INTS: [(Op, Ints); 13] = [
    (Op::AddI64, i64::checked_add),
    (Op::SubI64, i64::checked_sub),
    (Op::MulI64, i64::checked_mul),
    (Op::FloorDivI64, floor_div),
    (Op::ModI64, modulo),
    (Op::ShlI64, shl),
    (Op::ShrI64, shr),
    (Op::AndI64, |a, b| Some(a & b)),
    (Op::OrI64, |a, b| Some(a | b)),
    (Op::XorI64, |a, b| Some(a ^ b)),
    (Op::WrapAddI64, |a, b| Some(a.wrapping_add(b))),
    (Op::WrapSubI64, |a, b| Some(a.wrapping_sub(b))),
    (Op::WrapMulI64, |a, b| Some(a.wrapping_mul(b))),
];
type Floats = fn(f64, f64) -> Option<f64>;
const FLOATS: [(Op, Floats); 4] = [
    (Op::AddF64, |a, b| Some(a + b)),
    (Op::SubF64, |a, b| Some(a - b)),
    (Op::MulF64, |a, b| Some(a * b)),
    (Op::DivF64, |a, b| (b != 0.0).then(|| a / b)),
];

fn floor_div(a: i64, b: i64) -> Option<i64> {
    let q = a.checked_div(b)?;
    Some(q - (a % b != 0 && (a < 0) != (b < 0)) as i64)
}
fn modulo(a: i64, b: i64) -> Option<i64> {
    if b == -1 {
        return Some(0);
    }
    let r = a.checked_rem(b)?;
    Some(if r != 0 && (r < 0) != (b < 0) {
        r + b
    } else {
        r
    })
}
fn shl(a: i64, n: i64) -> Option<i64> {
    let n = u32::try_from(n).ok().filter(|n| *n < 64)?;
    Some(a << n).filter(|r| r >> n == a)
}
fn shr(a: i64, n: i64) -> Option<i64> {
    u32::try_from(n.min(63)).ok().map(|n| a >> n)
}

fn act(f: &Func, d: &InstData) -> Act {
    match d.args[..] {
        [a, b] => two(f, d, a, b),
        [a] => one(f, d, a),
        _ => Act::Keep,
    }
}

fn one(f: &Func, d: &InstData, a: Val) -> Act {
    let op = d.op;
    for (_, boxed, guard) in BOXING {
        if op == guard
            && let Some(x) = arg_of(f, a, boxed)
        {
            return Act::Same(x);
        }
        if op == boxed
            && let Some(x) = arg_of(f, a, guard)
        {
            return Act::Same(x);
        }
    }
    let def = f.def(a).map(|(_, d)| d.op);
    if op == Op::GuardInt
        && let Some(i) = word(f, a)
            .and_then(Value::from_bits)
            .and_then(Value::as_small_int)
    {
        return const_int(i);
    }
    if op == Op::GuardFloat
        && let Some(x) = word(f, a)
            .and_then(Value::from_bits)
            .and_then(Value::as_float)
    {
        return const_float(x);
    }
    if op == Op::GuardBool
        && let Some(b) = word(f, a)
            .and_then(Value::from_bits)
            .and_then(Value::as_bool)
    {
        return const_bool(b);
    }
    let known: &[(Op, &[Op])] = &[
        (
            Op::GuardRangeIter,
            &[Op::GuardRangeIter, Op::GuardRangeUp, Op::RangeIter],
        ),
        (Op::GuardRangeUp, &[Op::GuardRangeUp]),
        (Op::GuardList, &[Op::GuardList, Op::RtBuildList]),
        (
            Op::GuardAnyTuple,
            &[Op::GuardAnyTuple, Op::GuardTuple, Op::RtBuildTuple],
        ),
    ];
    if op == Op::GuardClass && d.int() == ClassId::Complex as i64 && def == Some(Op::NewComplex) {
        return Act::Same(a);
    }
    if op == Op::ComplexPart
        && let Some((_, made)) = f.def(a).filter(|(_, m)| m.op == Op::NewComplex)
        && let Imm::Idx(part) = d.imms[0]
        && let Some(&x) = made.args.get(part as usize)
    {
        return Act::Same(x);
    }
    let same = |(guard, defs): &(Op, &[Op])| op == *guard && def.is_some_and(|d| defs.contains(&d));
    if known.iter().any(same) {
        return Act::Same(a);
    }
    if op == Op::GuardBound || op == Op::IsBound {
        let full = def.is_some_and(|o| {
            const FULL: [Op; 15] = [
                Op::GuardGlobal,
                Op::NewComplex,
                Op::GuardClass,
                Op::GuardBound,
                Op::GuardTuple,
                Op::GuardApart,
                Op::RtBuildTuple,
                Op::GuardRangeIter,
                Op::LoadGlobalCell,
                Op::GuardList,
                Op::GuardAnyTuple,
                Op::GuardIter,
                Op::ListGet,
                Op::TupleGet,
                Op::RangeIter,
            ];
            o.boxes().is_some() || FULL.contains(&o)
        }) || word(f, a).is_some_and(|w| w != 0)
            || def == Some(Op::ConstVal);
        if full && op == Op::GuardBound {
            return Act::Same(a);
        }
        if full {
            return const_bool(true);
        }
        if op == Op::IsBound && def == Some(Op::ConstEmpty) {
            return const_bool(false);
        }
    }
    if let Some(x) = int(f, a) {
        let r = if op == Op::NegI64 {
            x.checked_neg().map(const_int)
        } else if op == Op::NotI64 {
            Some(const_int(!x))
        } else if op == Op::I64ToF64 || (op == Op::I64ToF64Exact && x.unsigned_abs() <= 1 << 53) {
            Some(const_float(x as f64))
        } else {
            None
        };
        if let Some(r) = r {
            return r;
        }
    }
    if let (Op::NegF64, Some(x)) = (op, float(f, a)) {
        return const_float(-x);
    }
    if let Some(b) = truth(f, a) {
        if op == Op::GuardTrue && b {
            return Act::Gone;
        }
        if op == Op::BoolToI64 {
            return const_int(b as i64);
        }
        if op == Op::NotBool {
            return const_bool(!b);
        }
    }
    if op == Op::NotBool {
        return not(f, a);
    }
    if op == Op::Brif
        && let Some(x) = arg_of(f, a, Op::NotBool)
    {
        let mut n = d.clone();
        n.args = vec![x];
        n.targets.swap(0, 1);
        return Act::Become(n);
    }
    if op == Op::RtIsTrue {
        return is_true(f, a);
    }
    if op == Op::RetBoxed
        && let Some((_, b)) = f.def(a).filter(|(_, b)| b.op.boxes().is_some())
        && f.ty(b.args[0]) == f.sig.ret
    {
        return Act::Become(InstData::new(Op::Ret, &[b.args[0]]));
    }
    Act::Keep
}

/// The truth of what was boxed.
fn is_true(f: &Func, a: Val) -> Act {
    if let Some(b) = arg_of(f, a, Op::BoxBool) {
        return Act::Same(b);
    }
    let zeros = [
        (Op::BoxI64, Op::IcmpI64, Op::ConstI64, Imm::Int(0)),
        (Op::BoxF64, Op::FcmpF64, Op::ConstF64, Imm::Float(0)),
    ];
    for (boxed, compare, zero, imm) in zeros {
        if let Some(x) = arg_of(f, a, boxed) {
            return Act::BecomeWith(
                InstData::new(compare, &[x]).imm(Imm::Cmp(Cmp::Ne)),
                InstData::new(zero, &[]).imm(imm),
            );
        }
    }
    match word(f, a).and_then(Value::from_bits) {
        Some(Value::NONE) => const_bool(false),
        Some(v) => match (v.as_bool(), v.as_small_int(), v.as_float()) {
            (Some(b), _, _) => const_bool(b),
            (_, Some(i), _) => const_bool(i != 0),
            (_, _, Some(x)) => const_bool(x != 0.0),
            (None, None, None) => Act::Keep,
        },
        None => Act::Keep,
    }
}

fn not(f: &Func, a: Val) -> Act {
    let Some((_, d)) = f.def(a) else {
        return Act::Keep;
    };
    if d.op == Op::NotBool {
        return Act::Same(d.args[0]);
    }
    let Imm::Cmp(c) = d.imms[0] else {
        return Act::Keep;
    };
    // An ordering of floats has no opposite: NaN fails both.
    let flips = d.op == Op::IcmpI64 || (d.op == Op::FcmpF64 && matches!(c, Cmp::Eq | Cmp::Ne));
    if !flips {
        return Act::Keep;
    }
    let n = InstData::new(d.op, &d.args).imm(Imm::Cmp(c.negate()));
    Act::Become(n)
}

fn two(f: &Func, d: &InstData, a: Val, b: Val) -> Act {
    let op = d.op;
    let (x, y) = (int(f, a), int(f, b));
    if let (Some(x), Some(y)) = (x, y) {
        if let Some(&(_, g)) = INTS.iter().find(|r| r.0 == op)
            && let Some(r) = g(x, y)
        {
            return const_int(r);
        }
        if let (Op::IcmpI64, Imm::Cmp(c)) = (op, d.imms[0]) {
            return const_bool(c.eval(x, y));
        }
    }
    if let (Some(x), Some(y)) = (float(f, a), float(f, b)) {
        if let Some(&(_, g)) = FLOATS.iter().find(|r| r.0 == op)
            && let Some(r) = g(x, y)
        {
            return const_float(r);
        }
        if let (Op::FcmpF64, Imm::Cmp(c)) = (op, d.imms[0]) {
            return const_bool(c.eval(x, y));
        }
    }
    if f.ty(a) == Ty::I64
        && let Some(r) = int_algebra(op, d, (a, x), (b, y))
    {
        return r;
    }
    if let Some(r) = float_algebra(op, (a, float(f, a)), (b, float(f, b))) {
        return r;
    }
    if op == Op::IsVal {
        return is_val(f, a, b);
    }
    Act::Keep
}

fn float_algebra(op: Op, a: (Val, Option<f64>), b: (Val, Option<f64>)) -> Option<Act> {
    let ((a, x), (b, y)) = (a, b);
    if (op == Op::MulF64 || op == Op::DivF64) && y == Some(1.0) {
        return Some(Act::Same(a));
    }
    // A power of two has an exact reciprocal, and products are faster than quotients.
    if let (Op::DivF64, Some(k)) = (op, y)
        && k.to_bits() << 12 == 0
        && k.is_normal()
        && k.recip().is_normal()
    {
        let constant = InstData::new(Op::ConstF64, &[]).imm(Imm::Float(k.recip().to_bits()));
        return Some(Act::BecomeWith(InstData::new(Op::MulF64, &[a]), constant));
    }
    // An operand that is known can be read from memory if it is the second.
    let known = x.is_some_and(|x| !x.is_nan()) && y.is_none();
    let swaps = op == Op::MulF64 || op == Op::AddF64;
    (known && swaps).then(|| Act::Become(InstData::new(op, &[b, a])))
}

fn int_algebra(op: Op, d: &InstData, a: (Val, Option<i64>), b: (Val, Option<i64>)) -> Option<Act> {
    let ((a, x), (b, y)) = (a, b);
    let adds = op == Op::AddI64 || op == Op::WrapAddI64;
    let or = op == Op::OrI64 || op == Op::XorI64;
    let shifts = op == Op::ShlI64 || op == Op::ShrI64;
    if y == Some(0) && (adds || or || shifts || op == Op::SubI64) {
        return Some(Act::Same(a));
    }
    if x == Some(0) && (adds || or) {
        return Some(Act::Same(b));
    }
    if y == Some(1) && (op == Op::MulI64 || op == Op::FloorDivI64) {
        return Some(Act::Same(a));
    }
    if x == Some(1) && op == Op::MulI64 {
        return Some(Act::Same(b));
    }
    let zero = (op == Op::MulI64 && (x == Some(0) || y == Some(0)))
        || (op == Op::AndI64 && (x == Some(0) || y == Some(0)))
        || (op == Op::ModI64 && matches!(y, Some(1 | -1)))
        || (a == b && (op == Op::SubI64 || op == Op::XorI64));
    if zero {
        return Some(const_int(0));
    }
    if a == b && (op == Op::AndI64 || op == Op::OrI64) {
        return Some(Act::Same(a));
    }
    if a == b
        && op == Op::IcmpI64
        && let Imm::Cmp(c) = d.imms[0]
    {
        return Some(const_bool(c.eval(0, 0)));
    }
    None
}

/// `is`, where the words cannot be, or must be, the same.
fn is_val(f: &Func, a: Val, b: Val) -> Act {
    if a == b {
        return const_bool(true);
    }
    let (wa, wb) = (word(f, a), word(f, b));
    if let (Some(x), Some(y)) = (wa, wb) {
        let objects = [x, y].map(|w| Value::from_bits(w).is_some_and(Value::is_object));
        if x == y || objects != [true, true] {
            return const_bool(x == y);
        }
    }
    for (v, w) in [(a, wb), (b, wa)] {
        let (Some((_, d)), Some(w)) = (f.def(v), w) else {
            continue;
        };
        let Some(w) = Value::from_bits(w) else {
            continue;
        };
        let never = (d.op == Op::BoxI64 && !w.is_small_int() && !w.is_object())
            || (d.op == Op::BoxF64 && !w.is_float())
            || (d.op == Op::BoxBool && !w.is_bool());
        if never {
            return const_bool(false);
        }
    }
    Act::Keep
}
