//! Operators on instances of classes that programs make: which class's method is asked, in which order
//! (CPython's `binary_op1`, `do_richcompare`, `slot_*`).

use super::compare::CmpOp;
use super::number::{BinOp, UnOp, unsupported};
use super::special::{self, Special};
use super::{iter, truth};
use crate::object::method::R;
use crate::object::{Args, ClassId, Kind, Value};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::exception::warn;
use crate::types::int::ops as int;
use crate::vm::{Raised, Vm};

/// The names of an operator's methods: on the left, on the right, in place.
fn names(op: BinOp) -> (Special, Special, Special) {
    match op {
        BinOp::Add => (Special::Add, Special::RAdd, Special::IAdd),
        BinOp::Sub => (Special::Sub, Special::RSub, Special::ISub),
        BinOp::Mul => (Special::Mul, Special::RMul, Special::IMul),
        BinOp::MatMul => (Special::MatMul, Special::RMatMul, Special::IMatMul),
        BinOp::TrueDiv => (Special::TrueDiv, Special::RTrueDiv, Special::ITrueDiv),
        BinOp::FloorDiv => (Special::FloorDiv, Special::RFloorDiv, Special::IFloorDiv),
        BinOp::Mod => (Special::Mod, Special::RMod, Special::IMod),
        BinOp::Pow => (Special::Pow, Special::RPow, Special::IPow),
        BinOp::LShift => (Special::LShift, Special::RLShift, Special::ILShift),
        BinOp::RShift => (Special::RShift, Special::RRShift, Special::IRShift),
        BinOp::And => (Special::And, Special::RAnd, Special::IAnd),
        BinOp::Xor => (Special::Xor, Special::RXor, Special::IXor),
        BinOp::Or => (Special::Or, Special::ROr, Special::IOr),
    }
}

/// A method that a class defines; `None` set to a name hides it.
fn defined(vm: &mut Vm, c: Value, s: Special) -> Result<Option<Value>, Raised> {
    let name = vm.special(s)?;
    class::lookup(vm, c, name)
}

/// Asks both operands' classes; NOT_IMPLEMENTED when neither knows the other.
fn ask(vm: &mut Vm, l: Special, r: Special, sequence: bool, a: Value, b: Value) -> R {
    let (ta, tb) = (class::type_of(vm, a)?, class::type_of(vm, b)?);
    let m = defined(vm, ta, l)?;
    let mut n = match ta == tb {
        true => None,
        false => defined(vm, tb, r)?,
    };
    // The slots of sequences come after those of numbers.
    let late = sequence
        && m.is_some_and(|m| special::is_builtin_slot(vm, m))
        && matches!(
            a.kind(),
            Some(
                Kind::List | Kind::Tuple | Kind::Str | Kind::Bytes | Kind::ByteArray | Kind::Deque
            )
        );
    if let Some(f) = n
        && (late || class::is_subtype(vm, tb, ta) && defined(vm, ta, r)? != Some(f))
    {
        n = None;
        let v = special::call(vm, f, b, &[a])?;
        if v != Value::NOT_IMPLEMENTED {
            return Ok(v);
        }
    }
    if let Some(f) = m {
        let v = special::call(vm, f, a, &[b])?;
        if v != Value::NOT_IMPLEMENTED {
            return Ok(v);
        }
    }
    if let Some(f) = n {
        return special::call(vm, f, b, &[a]);
    }
    Ok(Value::NOT_IMPLEMENTED)
}

/// Whether `f` is the way in which builtin sequences repeat.
fn is_repeat(vm: &Vm, op: BinOp, f: Value, o: Value) -> bool {
    op == BinOp::Mul && super::number::is_sequence(o) && special::is_builtin_slot(vm, f)
}
/// Whether a sequence's class has nothing to say of its own when it is multiplied.
fn repeats(vm: &mut Vm, c: Value, o: Value) -> Result<bool, Raised> {
    for s in [Special::Mul, Special::RMul] {
        let f = defined(vm, c, s)?;
        if !f.is_some_and(|f| is_repeat(vm, BinOp::Mul, f, o)) {
            return Ok(false);
        }
    }
    Ok(true)
}
/// `a * b` and `a *= b` where one is a sequence that repeats in the builtin way: that comes after what the other
/// one, as a number, says. None: neither is.
fn repeated(vm: &mut Vm, a: Value, b: Value, inplace: bool) -> Result<Option<Value>, Raised> {
    let (ta, tb) = (class::type_of(vm, a)?, class::type_of(vm, b)?);
    let m = defined(vm, ta, Special::Mul)?;
    let n = defined(vm, tb, Special::RMul)?;
    let (left, right) = (repeats(vm, ta, a)?, repeats(vm, tb, b)?);
    let (asked, done) = match (left, right) {
        (false, false) => return Ok(None),
        (true, true) => (None, false),
        (true, false) => (n.filter(|_| ta != tb).map(|f| (f, b, a)), false),
        // A program's class is a sequence itself: in place, the right one is not looked at.
        (false, true) => (m.map(|f| (f, a, b)), inplace && a.is_user()),
    };
    if let Some((f, o, other)) = asked {
        let v = special::call(vm, f, o, &[other])?;
        if v != Value::NOT_IMPLEMENTED {
            return Ok(Some(v));
        }
    }
    if inplace && repeats_in_place(vm, a)? {
        return super::number::inplace_plain(vm, BinOp::Mul, a, b).map(Some);
    }
    if done {
        return Err(unsupported(vm, BinOp::Mul, a, b, inplace));
    }
    match left {
        true => super::number::repeat(vm, a, b).map(Some),
        false => super::number::repeat(vm, b, a).map(Some),
    }
}
/// Whether it is a list, or its like, whose class leaves the builtin way in place.
fn repeats_in_place(vm: &mut Vm, a: Value) -> Result<bool, Raised> {
    if !matches!(a.kind(), Some(Kind::List | Kind::Deque | Kind::ByteArray)) {
        return Ok(false);
    }
    let c = class::type_of(vm, a)?;
    let f = defined(vm, c, Special::IMul)?;
    Ok(f.is_some_and(|f| is_repeat(vm, BinOp::Mul, f, a)))
}

/// `a op b`, `a op= b`, where a program made the class of one.
///
/// # Errors
/// TypeError when neither class knows the other; what a method raises.
pub fn binary(vm: &mut Vm, op: BinOp, a: Value, b: Value, inplace: bool) -> R {
    let (l, r, i) = names(op);
    if inplace {
        if a.is_user() {
            if let Some(f) = special::find(vm, a, i)?.filter(|f| !is_repeat(vm, op, *f, a)) {
                let v = special::call(vm, f, a, &[b])?;
                if v != Value::NOT_IMPLEMENTED {
                    return Ok(v);
                }
            }
        } else if matches!(a.kind(), Some(Kind::List | Kind::ByteArray | Kind::Deque))
            && matches!(op, BinOp::Add | BinOp::Mul)
        {
            // What the right operand says comes before the list's own way.
            if let Some(f) = special::find(vm, b, r)? {
                let v = special::call(vm, f, b, &[a])?;
                if v != Value::NOT_IMPLEMENTED {
                    return Ok(v);
                }
            }
            return super::number::inplace_plain(vm, op, a, b);
        } else if a.is_kind(Kind::Set) {
            let v = super::number::inplace_kernel(vm, op, a, b)?;
            if v != Value::NOT_IMPLEMENTED {
                return Ok(v);
            }
        }
    }
    if op == BinOp::Mul
        && let Some(v) = repeated(vm, a, b, inplace)?
    {
        return Ok(v);
    }
    let sequence = matches!(op, BinOp::Add | BinOp::Mul);
    let v = ask(vm, l, r, sequence, a, b)?;
    if v != Value::NOT_IMPLEMENTED {
        return Ok(v);
    }
    // The list's own way in place stays where a class has another `__mul__`.
    if inplace && op == BinOp::Mul && repeats_in_place(vm, a)? {
        return super::number::inplace_plain(vm, op, a, b);
    }
    Err(unsupported(vm, op, a, b, inplace))
}

/// `divmod(a, b)`
///
/// # Errors
/// As [`binary`].
pub fn divmod(vm: &mut Vm, a: Value, b: Value) -> R {
    let v = ask(vm, Special::DivMod, Special::RDivMod, false, a, b)?;
    if v != Value::NOT_IMPLEMENTED {
        return Ok(v);
    }
    let (t, u) = (vm.type_name(a), vm.type_name(b));
    Err(raise!(
        vm,
        TypeError,
        "unsupported operand type(s) for divmod(): '{t}' and '{u}'"
    ))
}

/// `pow(a, b, c)`: only the first operand's class is asked, if a program made it.
///
/// # Errors
/// As [`binary`].
pub fn pow3(vm: &mut Vm, a: Value, b: Value, c: Value) -> R {
    if a.is_user()
        && let Some(f) = special::find(vm, a, Special::Pow)?
    {
        let v = special::call(vm, f, a, &[b, c])?;
        if v != Value::NOT_IMPLEMENTED {
            return Ok(v);
        }
    }
    let (t, u, w) = (vm.type_name(a), vm.type_name(b), vm.type_name(c));
    Err(raise!(
        vm,
        TypeError,
        "unsupported operand type(s) for pow(): '{t}', '{u}', '{w}'"
    ))
}

/// `op a`
///
/// # Errors
/// TypeError when the class does not define it; what the method raises.
pub fn unary(vm: &mut Vm, op: UnOp, a: Value) -> R {
    let s = match op {
        UnOp::Pos => Special::Pos,
        UnOp::Neg => Special::Neg,
        UnOp::Invert => Special::Invert,
    };
    match special::find(vm, a, s)? {
        Some(f) => special::call(vm, f, a, &[]),
        None => {
            let (t, s) = (vm.type_name(a), op.symbol());
            Err(raise!(
                vm,
                TypeError,
                "bad operand type for unary {s}: '{t}'"
            ))
        }
    }
}

/// The comparison that the other operand is asked for.
fn swapped(op: CmpOp) -> CmpOp {
    match op {
        CmpOp::Lt => CmpOp::Gt,
        CmpOp::Le => CmpOp::Ge,
        CmpOp::Eq => CmpOp::Eq,
        CmpOp::Ne => CmpOp::Ne,
        CmpOp::Gt => CmpOp::Lt,
        CmpOp::Ge => CmpOp::Le,
    }
}
fn name_of(op: CmpOp) -> Special {
    match op {
        CmpOp::Lt => Special::Lt,
        CmpOp::Le => Special::Le,
        CmpOp::Eq => Special::Eq,
        CmpOp::Ne => Special::Ne,
        CmpOp::Gt => Special::Gt,
        CmpOp::Ge => Special::Ge,
    }
}

/// `a op b`, where a program made the class of one.
///
/// # Errors
/// TypeError when they have no order; what a method raises.
pub fn compare(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> R {
    super::nested(vm, " in comparison", |vm| compare_asked(vm, op, a, b))
}
/// Calls a comparison. One that cannot even be had counts as not defined.
fn call_compare(vm: &mut Vm, f: Value, a: Value, b: Value) -> R {
    if f.exact::<crate::types::function::value::FunctionObj>()
        .is_some()
        || special::is_builtin_slot(vm, f)
    {
        return special::call(vm, f, a, &[b]);
    }
    match super::attr::bind(vm, f, a) {
        Ok(f) => vm.call(f, Args::pos(&[b])),
        Err(r) => {
            vm.catch(r, ClassId::Exception)?;
            Ok(Value::NOT_IMPLEMENTED)
        }
    }
}
/// What the class of `a`, which a program made, says to `a op b`, where that of `b` is not asked.
///
/// # Errors
/// What the method raises.
pub fn own_comparison(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> R {
    let c = class::type_of(vm, a)?;
    match defined(vm, c, name_of(op))? {
        Some(f) => call_compare(vm, f, a, b),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}
fn compare_asked(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> R {
    let (ta, tb) = (class::type_of(vm, a)?, class::type_of(vm, b)?);
    let mut asked = false;
    if ta != tb
        && class::is_subtype(vm, tb, ta)
        && let Some(f) = defined(vm, tb, name_of(swapped(op)))?
    {
        asked = true;
        let v = call_compare(vm, f, b, a)?;
        if v != Value::NOT_IMPLEMENTED {
            return Ok(v);
        }
    }
    if let Some(f) = defined(vm, ta, name_of(op))? {
        let v = call_compare(vm, f, a, b)?;
        if v != Value::NOT_IMPLEMENTED {
            return Ok(v);
        }
    }
    if !asked && let Some(f) = defined(vm, tb, name_of(swapped(op)))? {
        let v = call_compare(vm, f, b, a)?;
        if v != Value::NOT_IMPLEMENTED {
            return Ok(v);
        }
    }
    match op {
        CmpOp::Eq => Ok(Value::bool(a == b)),
        CmpOp::Ne => Ok(Value::bool(a != b)),
        CmpOp::Lt | CmpOp::Le | CmpOp::Gt | CmpOp::Ge => {
            Err(super::compare::unordered(vm, op, a, b))
        }
    }
}

/// `bool(v)`: `__bool__`, else `__len__`, else true.
///
/// # Errors
/// TypeError when they return something else than they should; what they raise.
pub fn is_true(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if let Some(f) = special::find(vm, v, Special::Bool)? {
        let r = special::call(vm, f, v, &[])?;
        return match r.as_bool() {
            Some(b) => Ok(b),
            None => {
                let t = vm.type_name(r);
                Err(raise!(
                    vm,
                    TypeError,
                    "__bool__ should return bool, returned {t}"
                ))
            }
        };
    }
    match special::find(vm, v, Special::Len)? {
        Some(_) => Ok(len(vm, v)? != 0),
        None => Ok(true),
    }
}

/// `len(v)`
///
/// # Errors
/// TypeError without `__len__`; ValueError for a negative length; what it raises.
pub fn len(vm: &mut Vm, v: Value) -> Result<usize, Raised> {
    let Some(f) = special::find(vm, v, Special::Len)? else {
        let t = vm.type_name(v);
        return Err(raise!(vm, TypeError, "object of type '{t}' has no len()"));
    };
    let r = special::call(vm, f, v, &[])?;
    let n = super::number::index(vm, r)?;
    if int::get(vm, n).is_some_and(|i| i.is_negative()) {
        return Err(raise!(vm, ValueError, "__len__() should return >= 0"));
    }
    match int::to_i64(vm, n) {
        Some(n) => Ok(n as usize),
        None => {
            let t = vm.type_name(n);
            Err(raise!(
                vm,
                OverflowError,
                "cannot fit '{t}' into an index-sized integer"
            ))
        }
    }
}

/// What `v` says of its length: `__len__`, else `__length_hint__`. A TypeError of either says that it does not
/// know.
///
/// # Errors
/// What they raise otherwise; a hint that is no int, or negative.
pub fn length_hint(vm: &mut Vm, v: Value) -> Result<Option<i64>, Raised> {
    if special::find(vm, v, Special::Len)?.is_some() {
        match len(vm, v) {
            Ok(n) => return Ok(Some(i64::try_from(n).unwrap_or(i64::MAX))),
            Err(r) => {
                vm.catch(r, ClassId::TypeError)?;
            }
        }
    }
    let Some(f) = special::find(vm, v, Special::LengthHint)? else {
        return Ok(None);
    };
    let r = special::call(vm, f, v, &[]);
    hinted(vm, r)
}
/// What came of `__length_hint__`, as a length.
///
/// # Errors
/// As above.
pub fn hinted(vm: &mut Vm, r: R) -> Result<Option<i64>, Raised> {
    let hint = match r {
        Ok(h) => h,
        Err(r) => {
            vm.catch(r, ClassId::TypeError)?;
            Value::NOT_IMPLEMENTED
        }
    };
    if hint == Value::NOT_IMPLEMENTED {
        return Ok(None);
    }
    if !int::is_int(hint) {
        let t = vm.type_name(hint);
        return Err(raise!(
            vm,
            TypeError,
            "__length_hint__ must be an integer, not {t}"
        ));
    }
    let n = super::item::as_ssize(vm, hint)?;
    if n < 0 {
        return Err(raise!(
            vm,
            ValueError,
            "__length_hint__() should return >= 0"
        ));
    }
    Ok(Some(n))
}

/// `hash(v)`
///
/// # Errors
/// TypeError when `__hash__` is None or gives no int; what it raises.
pub fn hash(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    let f = special::find(vm, v, Special::Hash)?;
    match f {
        Some(f) if f.is_none() => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "unhashable type: '{t}'"))
        }
        None => super::hash::identity_hash(vm, v),
        Some(f) if special::is_builtin_slot(vm, f) && v.is_kind(Kind::Instance) => {
            super::hash::identity_hash(vm, v)
        }
        Some(f) => {
            let r = special::call(vm, f, v, &[])?;
            match int::get(vm, r) {
                Some(i) => {
                    let h = match i.small() {
                        Some(h) => h,
                        None => int::hash(i),
                    };
                    Ok(if h == -1 { -2i64 as u64 } else { h as u64 })
                }
                None => Err(raise!(
                    vm,
                    TypeError,
                    "__hash__ method should return an integer"
                )),
            }
        }
    }
}

/// `iter(v)`: `__iter__`, else a sequence by index.
///
/// # Errors
/// TypeError when there is neither; what they raise.
pub fn get_iter(vm: &mut Vm, v: Value) -> R {
    match special::find(vm, v, Special::Iter)? {
        Some(f) if f.is_none() => (),
        Some(f) => {
            let it = special::call(vm, f, v, &[])?;
            if iter::is_iterator(vm, it)? {
                return Ok(it);
            }
            let t = vm.type_name(it);
            return Err(raise!(
                vm,
                TypeError,
                "iter() returned non-iterator of type '{t}'"
            ));
        }
        None if special::find(vm, v, Special::GetItem)?.is_some() => {
            return crate::types::iter::make::sequence(vm, v);
        }
        None => (),
    }
    let t = vm.type_name(v);
    Err(raise!(vm, TypeError, "'{t}' object is not iterable"))
}

/// The next item: `__next__`; a StopIteration goes on.
///
/// # Errors
/// TypeError without it; what it raises.
pub fn next(vm: &mut Vm, it: Value) -> R {
    match special::find(vm, it, Special::Next)? {
        Some(f) => special::call(vm, f, it, &[]),
        None => {
            let t = vm.type_name(it);
            Err(raise!(vm, TypeError, "'{t}' object is not an iterator"))
        }
    }
}

/// `item in v`: `__contains__`; none where the items are searched.
///
/// # Errors
/// TypeError when it is None; what it raises.
pub fn contains(vm: &mut Vm, v: Value, item: Value) -> Result<Option<bool>, Raised> {
    match special::find(vm, v, Special::Contains)? {
        Some(f) if f.is_none() => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "'{t}' object is not a container"))
        }
        Some(f) => {
            let r = special::call(vm, f, v, &[item])?;
            truth::is_true(vm, r).map(Some)
        }
        None => Ok(None),
    }
}

/// `o[k]`
///
/// # Errors
/// TypeError without `__getitem__`; what it raises.
pub fn get_item(vm: &mut Vm, o: Value, k: Value) -> R {
    match special::find(vm, o, Special::GetItem)? {
        // The operator takes an index in another way than the slot that is called by name.
        Some(f) if o.is_kind(Kind::Deque) && special::is_builtin_slot(vm, f) => {
            super::item::get_item_plain(vm, o, k)
        }
        Some(f) => special::call(vm, f, o, &[k]),
        None => {
            let t = vm.type_name(o);
            Err(raise!(vm, TypeError, "'{t}' object is not subscriptable"))
        }
    }
}
/// `o[k] = v`, `del o[k]` (`None`)
///
/// # Errors
/// TypeError without the method; what it raises.
pub fn set_item(vm: &mut Vm, o: Value, k: Value, v: Option<Value>) -> Result<(), Raised> {
    let (s, other, what) = match v {
        Some(_) => (Special::SetItem, Special::DelItem, "assignment"),
        None => (Special::DelItem, Special::SetItem, "deletion"),
    };
    match (special::find(vm, o, s)?, v) {
        (Some(f), v) if o.is_kind(Kind::Deque) && special::is_builtin_slot(vm, f) => {
            return crate::types::deque::methods::store_item(vm, o, k, v);
        }
        (Some(f), Some(v)) => special::call(vm, f, o, &[k, v])?,
        (Some(f), None) => special::call(vm, f, o, &[k])?,
        (None, _) => {
            // One of them makes the slot of both.
            if special::find(vm, o, other)?.is_some() {
                return Err(vm.raise(ClassId::AttributeError, s.name()));
            }
            // By number, an item is set and deleted as a sequence's.
            let key = k;
            let k = try_index(vm, key)?;
            if int::is_int(k) && int::to_i64(vm, k).is_none() {
                let t = vm.type_name(key);
                let what = "into an index-sized integer";
                return Err(raise!(vm, IndexError, "cannot fit '{t}' {what}"));
            }
            let t = vm.type_name(o);
            let not = match v.is_none() && int::is_int(k) {
                true => "doesn't",
                false => "does not",
            };
            return Err(raise!(
                vm,
                TypeError,
                "'{t}' object {not} support item {what}"
            ));
        }
    };
    Ok(())
}

/// `repr(v)` or `str(v)` by the class's method, which gives a str.
///
/// # Errors
/// TypeError when it gives something else; what it raises.
pub fn text(vm: &mut Vm, f: Value, v: Value, s: Special) -> R {
    let what = match s {
        Special::Str => " while getting the str of an object",
        _ => " while getting the repr of an object",
    };
    let r = super::nested(vm, what, |vm| special::call(vm, f, v, &[]))?;
    if r.is_kind(Kind::Str) {
        return Ok(r);
    }
    let (t, name) = (vm.type_name(r), s.name());
    Err(raise!(
        vm,
        TypeError,
        "{name} returned non-string (type {t})"
    ))
}

/// A value as an int where its class has `__index__`; anything else is itself.
///
/// # Errors
/// TypeError when it gives no int; what it raises.
pub fn try_index(vm: &mut Vm, v: Value) -> R {
    if !v.is_user() || int::is_int(v) {
        return Ok(v);
    }
    let Some(f) = special::find(vm, v, Special::Index)? else {
        return Ok(v);
    };
    let r = special::call(vm, f, v, &[])?;
    if int::is_int(r) {
        strict_int(vm, "__index__", r)?;
        return Ok(r);
    }
    let t = vm.type_name(r);
    Err(raise!(
        vm,
        TypeError,
        "__index__ returned non-int (type {t})"
    ))
}

/// Warns of an int whose class is not `int` itself.
///
/// # Errors
/// The warning, where a filter makes it an error.
pub fn strict_int(vm: &mut Vm, name: &str, r: Value) -> Result<(), Raised> {
    if !r.is_user() && !r.is_bool() {
        return Ok(());
    }
    let t = vm.type_name(r).into_owned();
    warn::warn(
        vm,
        ClassId::DeprecationWarning,
        &format!(
            "{name} returned non-int (type {t}).  The ability to return an instance of a strict \
             subclass of int is deprecated, and may be removed in a future version of Python."
        ),
    )
}

/// A value as a float where its class has `__float__` or `__index__`; none otherwise.
///
/// # Errors
/// TypeError when it gives no float; what it raises.
pub fn try_float(vm: &mut Vm, v: Value) -> Result<Option<f64>, Raised> {
    if !v.is_user() {
        return Ok(None);
    }
    if let Some(f) = special::overridden(vm, v, Special::Float)? {
        let r = special::call(vm, f, v, &[])?;
        let t = vm.type_name(v);
        let p = crate::types::instance::ops::plain(vm, r)?;
        return match p.as_float() {
            Some(x) => {
                if r.is_user() {
                    let u = vm.type_name(r).into_owned();
                    let t = t.into_owned();
                    warn::warn(
                        vm,
                        ClassId::DeprecationWarning,
                        &format!(
                            "{t}.__float__ returned non-float (type {u}).  The ability to return an \
                             instance of a strict subclass of float is deprecated, and may be removed in \
                             a future version of Python."
                        ),
                    )?;
                }
                Ok(Some(x))
            }
            None => {
                let u = vm.type_name(r);
                Err(raise!(
                    vm,
                    TypeError,
                    "{t}.__float__ returned non-float (type {u})"
                ))
            }
        };
    }
    let p = crate::types::instance::ops::plain(vm, v)?;
    if let Some(x) = p.as_float() {
        return Ok(Some(x));
    }
    let i = try_index(vm, v)?;
    match int::is_int(i) {
        true => int::to_float(vm, i).map(Some),
        false => Ok(None),
    }
}

/// `o(…)` of an instance.
///
/// # Errors
/// TypeError when it is not callable; what it raises.
pub fn call(vm: &mut Vm, o: Value, a: Args<'_>) -> R {
    match special::find(vm, o, Special::Call)? {
        Some(f)
            if f.exact::<crate::types::function::value::FunctionObj>()
                .is_some()
                || special::is_builtin_slot(vm, f) =>
        {
            crate::types::class::make::call_with(vm, f, o, a)
        }
        Some(f) => {
            let f = super::attr::bind(vm, f, o)?;
            super::nested(vm, " in __call__", |vm| vm.call(f, a))
        }
        None => {
            let t = vm.type_name(o);
            Err(vm.raise(ClassId::TypeError, format!("'{t}' object is not callable")))
        }
    }
}
