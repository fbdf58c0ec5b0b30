//! Comparison, membership, identity, and the match of exceptions.
//!
//! A loop over a container looks at it anew on every turn, because `==` of an element may run
//! Python and change it; each turn polls, and each level of nesting counts as a call.

use super::{iter, truth};
use crate::object::{ClassId, Gc, Kind, Value};
use crate::raise;
use crate::types::builtin::value::{BoundMethodObj, BuiltinObj};
use crate::types::bytes::buffer;
use crate::types::bytes::value::BytesObj;
use crate::types::cell::value::CellObj;
use crate::types::class::value::ClassObj;
use crate::types::complex::value::ComplexObj;
use crate::types::descr::value::proxied;
use crate::types::dict;
use crate::types::dict::value::{DictObj, DictViewObj};
use crate::types::instance::ops::plain;
use crate::types::int::ops as int;
use crate::types::int::value::Int64Obj;
use crate::types::list::value::ListObj;
use crate::types::namespace;
use crate::types::range::value::RangeObj;
use crate::types::set;
use crate::types::str::ops as strs;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::types::weak;
use crate::vm::work::{self, PIECE};
use crate::vm::{Raised, Vm};
use std::cmp::Ordering;

type R = Result<Value, Raised>;

/// A comparison that asks for an order or for equality; numbered as COMPARE_OP's argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum CmpOp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl CmpOp {
    /// Every comparison, in the order of its number.
    pub const ALL: [CmpOp; 6] = [
        CmpOp::Lt,
        CmpOp::Le,
        CmpOp::Eq,
        CmpOp::Ne,
        CmpOp::Gt,
        CmpOp::Ge,
    ];
    /// As it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            CmpOp::Lt => "<",
            CmpOp::Le => "<=",
            CmpOp::Eq => "==",
            CmpOp::Ne => "!=",
            CmpOp::Gt => ">",
            CmpOp::Ge => ">=",
        }
    }
    /// What the comparison says about two values in this order.
    #[inline(always)]
    pub fn holds(self, o: Ordering) -> bool {
        match self {
            CmpOp::Lt => o == Ordering::Less,
            CmpOp::Le => o != Ordering::Greater,
            CmpOp::Eq => o == Ordering::Equal,
            CmpOp::Ne => o != Ordering::Equal,
            CmpOp::Gt => o == Ordering::Greater,
            CmpOp::Ge => o != Ordering::Less,
        }
    }
    /// The same of two doubles; NaN is only ever `!=`.
    #[inline(always)]
    pub fn holds_f64(self, x: f64, y: f64) -> bool {
        match self {
            CmpOp::Lt => x < y,
            CmpOp::Le => x <= y,
            CmpOp::Eq => x == y,
            CmpOp::Ne => x != y,
            CmpOp::Gt => x > y,
            CmpOp::Ge => x >= y,
        }
    }
}

/// `a op b`
///
/// # Errors
/// TypeError when the values have no order; what comparing elements raises.
#[inline]
pub fn rich_compare(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> R {
    if Value::both_small(a, b) {
        let o = a.small_int_unchecked().cmp(&b.small_int_unchecked());
        return Ok(Value::bool(op.holds(o)));
    }
    if let (Some(x), Some(y)) = (a.as_float(), b.as_float()) {
        return Ok(Value::bool(op.holds_f64(x, y)));
    }
    if a.is_user() || b.is_user() {
        return super::user::compare(vm, op, a, b);
    }
    if let (Some(x), Some(y)) = (a.get::<StrObj>(vm), b.get::<StrObj>(vm))
        && matches!(op, CmpOp::Eq | CmpOp::Ne)
    {
        let long = x.len > PIECE;
        let same = a == b || (x.len == y.len && work::equal(vm, x.as_bytes(), y.as_bytes()));
        vm.enter_recursive(" in comparison")?;
        if long {
            vm.poll()?;
        }
        return Ok(Value::bool(same == (op == CmpOp::Eq)));
    }
    compare_general(vm, op, a, b).map(Value::bool)
}
/// `a op b` by the layouts of both: the builtin types' own slots.
///
/// # Errors
/// As [`rich_compare`].
pub fn compare_plain(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> R {
    let (a, b) = (plain(vm, a)?, plain(vm, b)?);
    compare_general(vm, op, a, b).map(Value::bool)
}

/// Comparison of an element: identity first (as `PyObject_RichCompareBool`), then `==`.
///
/// # Errors
/// What `==` raises.
#[inline]
pub fn eq(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    if a == b {
        return Ok(true);
    }
    // Each comparison is a level, one of two numbers too: it must be there, at the very end.
    vm.enter_recursive(" in comparison")?;
    if a.as_small_int().is_some() && b.as_small_int().is_some() {
        return Ok(false);
    }
    if let Some((same, units)) = short_tuples(vm, a, b) {
        vm.burn(units)?;
        vm.poll()?;
        return Ok(same);
    }
    let r = rich_compare(vm, CmpOp::Eq, a, b)?;
    truth::is_true(vm, r)
}

/// Whether two short tuples are equal, where their items say so without running Python (keys of dicts and sets,
/// mostly), and the units that comparing them costs. Near the end of the levels the long way says it.
fn short_tuples(vm: &Vm, a: Value, b: Value) -> Option<(bool, u64)> {
    const SHORT: u64 = 8;
    let (s, t) = (
        a.exact::<TupleObj>()?.get(vm),
        b.exact::<TupleObj>()?.get(vm),
    );
    if vm.depth.get() + 1 >= vm.recursion_limit.get() {
        return None;
    }
    for i in 0..=SHORT {
        let same = match (s.get(i as usize), t.get(i as usize)) {
            // A long text is compared with looks at the limits.
            (Some(x), Some(y)) if x != y && x.get::<StrObj>(vm).is_some_and(|x| x.len > PIECE) => {
                return None;
            }
            (Some(x), Some(y)) => dict::ops::quick_eq(vm, x, y)?,
            _ => return Some((s.len == t.len, i + 1)),
        };
        if !same {
            return Some((false, i + 1));
        }
    }
    None
}

/// Python's `is`. An int beyond 49 bits is the same as its equal: native code keeps it in a register
/// and boxes it when need be, so its object is no identity.
#[inline(always)]
pub fn is_same(a: Value, b: Value) -> bool {
    a == b || (a.is_object() && b.is_object() && same_int64(a, b))
}

#[inline(never)]
fn same_int64(a: Value, b: Value) -> bool {
    match (a.cast::<Int64Obj>(), b.cast::<Int64Obj>()) {
        (Some(x), Some(y)) => !a.is_user() && !b.is_user() && x.as_ref().value == y.as_ref().value,
        (None, _) | (_, None) => false,
    }
}

#[inline(never)]
fn compare_general(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Result<bool, Raised> {
    vm.enter_recursive(" in comparison")?;
    if let Some(o) = int::compare_wide(vm, a, b)? {
        return Ok(op.holds(o));
    }
    if let Some(r) = compare_numbers(vm, op, a, b) {
        return Ok(r);
    }
    match (a.kind(), b.kind()) {
        (Some(Kind::MappingProxy), _) | (_, Some(Kind::MappingProxy)) => {
            let (a, b) = (proxied(vm, a), proxied(vm, b));
            let r = rich_compare(vm, op, a, b)?;
            truth::is_true(vm, r)
        }
        (Some(Kind::Namespace), Some(Kind::Namespace)) if matches!(op, CmpOp::Eq | CmpOp::Ne) => {
            match (namespace::dict_of(vm, a), namespace::dict_of(vm, b)) {
                (Some(x), Some(y)) if vm.class_of(a) == vm.class_of(b) => {
                    compare_general(vm, op, x.value(), y.value())
                }
                _ => Ok(op == CmpOp::Ne),
            }
        }
        (Some(Kind::WeakRef), Some(Kind::WeakRef)) if matches!(op, CmpOp::Eq | CmpOp::Ne) => {
            Ok(weak::methods::equal(vm, a, b)? == (op == CmpOp::Eq))
        }
        (Some(Kind::Str), Some(Kind::Str)) => {
            let (x, y) = match (a.get::<StrObj>(vm), b.get::<StrObj>(vm)) {
                (Some(x), Some(y)) => (x, y),
                _ => return Ok(false),
            };
            if matches!(op, CmpOp::Eq | CmpOp::Ne) {
                let same = a == b || work::equal(vm, x.as_bytes(), y.as_bytes());
                vm.poll()?;
                return Ok(same == (op == CmpOp::Eq));
            }
            // The order of WTF-8 bytes is that of code points.
            let order = work::compare(vm, x.as_bytes(), y.as_bytes());
            vm.poll()?;
            Ok(op.holds(order))
        }
        (Some(Kind::List), Some(Kind::List)) => {
            nested(vm, |vm| compare_sequences(vm, op, a, b, list_item))
        }
        (Some(Kind::KeyWrapper), _) | (_, Some(Kind::KeyWrapper)) => {
            nested(vm, |vm| crate::types::functools::key::compare(vm, op, a, b))
        }
        (Some(Kind::Deque), Some(Kind::Deque)) => {
            nested(vm, |vm| crate::types::deque::ops::compare(vm, op, a, b))
        }
        (Some(Kind::Tuple), Some(Kind::Tuple)) => {
            nested(vm, |vm| compare_sequences(vm, op, a, b, tuple_item))
        }
        (Some(Kind::Dict), Some(Kind::Dict)) if matches!(op, CmpOp::Eq | CmpOp::Ne) => {
            let (x, y) = match (Gc::<DictObj>::from_value(a), Gc::<DictObj>::from_value(b)) {
                (Some(x), Some(y)) => (x, y),
                _ => return Ok(false),
            };
            let ordered = dict::ordered::is_ordered(vm, a) && dict::ordered::is_ordered(vm, b);
            let same = nested(vm, |vm| match ordered {
                true => dict::ordered::equal(vm, x, y),
                false => dict::ops::equal(vm, x, y),
            })?;
            Ok(same == (op == CmpOp::Eq))
        }
        (Some(Kind::Range), Some(Kind::Range)) if matches!(op, CmpOp::Eq | CmpOp::Ne) => {
            Ok(same_range(vm, a, b) == (op == CmpOp::Eq))
        }
        (Some(Kind::DictView), Some(Kind::DictView))
            if is_set_like(vm, a) && is_set_like(vm, b) =>
        {
            nested(vm, |vm| compare_views(vm, op, a, b))
        }
        (Some(Kind::Set), Some(Kind::Set)) => match (Gc::from_value(a), Gc::from_value(b)) {
            (Some(x), Some(y)) => nested(vm, |vm| set::algebra::compare(vm, op, x, y)),
            _ => Ok(false),
        },
        (Some(Kind::Set), Some(Kind::DictView)) | (Some(Kind::DictView), Some(Kind::Set))
            if is_set_like(vm, a) && is_set_like(vm, b) =>
        {
            nested(vm, |vm| compare_views(vm, op, a, b))
        }
        (Some(Kind::Bytes), Some(Kind::Bytes)) => {
            vm.working(|vm| match (a.get::<BytesObj>(vm), b.get::<BytesObj>(vm)) {
                (Some(x), Some(y)) => op.holds(work::compare(vm, x.as_bytes(), y.as_bytes())),
                _ => false,
            })
        }
        (Some(Kind::Memory), Some(Kind::Bytes | Kind::ByteArray | Kind::Memory))
        | (Some(Kind::Bytes), Some(Kind::Memory))
            if matches!(op, CmpOp::Eq | CmpOp::Ne) =>
        {
            Ok(crate::types::memory::ops::equal(vm, a, b)? == (op == CmpOp::Eq))
        }
        (Some(Kind::ByteArray), Some(Kind::Bytes | Kind::ByteArray | Kind::Memory))
        | (Some(Kind::Bytes | Kind::Memory), Some(Kind::ByteArray)) => {
            match (buffer::of(vm, a), buffer::of(vm, b)) {
                (Ok(Some(x)), Ok(Some(y))) => {
                    let order =
                        |vm: &Vm| work::compare(vm, x.get(vm).as_bytes(), y.get(vm).as_bytes());
                    vm.working(order).map(|o| op.holds(o))
                }
                (Err(r), _) | (_, Err(r)) => {
                    vm.catch(r, ClassId::ValueError)?;
                    Ok(op == CmpOp::Ne)
                }
                _ => Ok(false),
            }
        }
        (Some(Kind::Slice), Some(Kind::Slice)) => compare_slices(vm, op, a, b),
        (Some(Kind::Complex), _) | (_, Some(Kind::Complex))
            if matches!(op, CmpOp::Eq | CmpOp::Ne) =>
        {
            Ok(same_complex(vm, a, b) == (op == CmpOp::Eq))
        }
        (Some(Kind::Cell), Some(Kind::Cell)) => compare_cells(vm, op, a, b),
        (Some(Kind::Code), Some(Kind::Code)) if matches!(op, CmpOp::Eq | CmpOp::Ne) => {
            let same = match (a.cast(), b.cast()) {
                (Some(x), Some(y)) => crate::types::code::compare::equal(vm, x, y)?,
                _ => false,
            };
            Ok(same == (op == CmpOp::Eq))
        }
        (Some(x), Some(y)) if x == y && matches!(op, CmpOp::Eq | CmpOp::Ne) => {
            Ok(same_callable(vm, a, b) == (op == CmpOp::Eq))
        }
        _ => match op {
            CmpOp::Eq => Ok(a == b),
            CmpOp::Ne => Ok(a != b),
            CmpOp::Lt | CmpOp::Le | CmpOp::Gt | CmpOp::Ge => Err(unordered(vm, op, a, b)),
        },
    }
}

/// The error of values without an order.
#[cold]
pub fn unordered(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Raised {
    let (s, t, u) = (op.symbol(), vm.type_name(a), vm.type_name(b));
    raise!(
        vm,
        TypeError,
        "'{s}' not supported between instances of '{t}' and '{u}'"
    )
}

/// Comparison of any two numbers; `None` when one is none.
fn compare_numbers(vm: &Vm, op: CmpOp, a: Value, b: Value) -> Option<bool> {
    let nan = op == CmpOp::Ne;
    match (a.as_float(), b.as_float()) {
        (Some(x), Some(y)) => Some(op.holds_f64(x, y)),
        (Some(x), None) => {
            let o = int::get(vm, b)?.compare_float(x).map(Ordering::reverse);
            Some(o.map_or(nan, |o| op.holds(o)))
        }
        (None, Some(y)) => {
            let o = int::get(vm, a)?.compare_float(y);
            Some(o.map_or(nan, |o| op.holds(o)))
        }
        (None, None) => {
            let (x, y) = (int::get(vm, a)?, int::get(vm, b)?);
            Some(op.holds(x.compare(y)))
        }
    }
}

fn nested<T>(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> Result<T, Raised>) -> Result<T, Raised> {
    super::nested(vm, " in comparison", f)
}

/// Length, and item `i` where there is one.
type ItemFn = fn(&Vm, Value, usize) -> (usize, Option<Value>);

fn list_item(vm: &Vm, v: Value, i: usize) -> (usize, Option<Value>) {
    v.get::<ListObj>(vm)
        .map_or((0, None), |l| (l.items.len(), l.items.get(i)))
}
fn tuple_item(vm: &Vm, v: Value, i: usize) -> (usize, Option<Value>) {
    v.get::<TupleObj>(vm)
        .map_or((0, None), |t| (t.len, t.get(i)))
}

fn compare_sequences(
    vm: &mut Vm,
    op: CmpOp,
    a: Value,
    b: Value,
    item: ItemFn,
) -> Result<bool, Raised> {
    // Lists of different length differ; tuples are looked at first (CPython's way).
    if a.is_kind(Kind::List)
        && item(vm, a, 0).0 != item(vm, b, 0).0
        && matches!(op, CmpOp::Eq | CmpOp::Ne)
    {
        return Ok(op == CmpOp::Ne);
    }
    let mut i = 0;
    loop {
        vm.burn(1)?;
        vm.poll()?;
        match (item(vm, a, i), item(vm, b, i)) {
            ((_, Some(x)), (_, Some(y))) => {
                if !eq(vm, x, y)? {
                    // The comparison may have emptied a list.
                    let (n, m) = (item(vm, a, i), item(vm, b, i));
                    if n.1.is_none() || m.1.is_none() {
                        return Ok(op.holds(n.0.cmp(&m.0)));
                    }
                    return match op {
                        CmpOp::Eq => Ok(false),
                        CmpOp::Ne => Ok(true),
                        CmpOp::Lt | CmpOp::Le | CmpOp::Gt | CmpOp::Ge => {
                            let r = rich_compare(vm, op, x, y)?;
                            truth::is_true(vm, r)
                        }
                    };
                }
            }
            ((n, _), (m, _)) => return Ok(op.holds(n.cmp(&m))),
        }
        i += 1;
    }
}

fn same_int(vm: &Vm, a: Value, b: Value) -> bool {
    a == b
        || matches!((int::get(vm, a), int::get(vm, b)),
            (Some(x), Some(y)) if x.compare(y) == Ordering::Equal)
}

/// Ranges are equal when they give the same numbers.
fn same_range(vm: &Vm, a: Value, b: Value) -> bool {
    let (Some(x), Some(y)) = (a.get::<RangeObj>(vm), b.get::<RangeObj>(vm)) else {
        return false;
    };
    let len = x.length.get_or_none();
    let same = |p: Value, q: Value| same_int(vm, p, q);
    if !same(len, y.length.get_or_none()) {
        return false;
    }
    match int::to_i64(vm, len) {
        Some(0) => true,
        Some(1) => same(x.start.get_or_none(), y.start.get_or_none()),
        _ => {
            same(x.start.get_or_none(), y.start.get_or_none())
                && same(x.step.get_or_none(), y.step.get_or_none())
        }
    }
}

/// Bound methods and builtin methods are equal when receiver and function are the same.
fn same_callable(vm: &Vm, a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    if let (Some(x), Some(y)) = (a.get::<BuiltinObj>(vm), b.get::<BuiltinObj>(vm)) {
        return std::ptr::eq(x.def, y.def) && x.self_.get() == y.self_.get();
    }
    if let (Some(x), Some(y)) = (a.get::<BoundMethodObj>(vm), b.get::<BoundMethodObj>(vm)) {
        return x.func.get() == y.func.get() && x.self_.get() == y.self_.get();
    }
    false
}

/// Cells compare by what is in them; an empty one is less.
fn compare_cells(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Result<bool, Raised> {
    let content = |v: Value| v.get::<CellObj>(vm).and_then(|c| c.value.get());
    match (content(a), content(b)) {
        (Some(x), Some(y)) => nested(vm, |vm| {
            let r = rich_compare(vm, op, x, y)?;
            truth::is_true(vm, r)
        }),
        (x, y) => Ok(op.holds(x.is_some().cmp(&y.is_some()))),
    }
}

/// Whether it is a set, or a view that compares as one.
pub fn is_set_like(vm: &Vm, v: Value) -> bool {
    matches!(
        vm.class_of(v),
        ClassId::DictKeys
            | ClassId::DictItems
            | ClassId::Set
            | ClassId::FrozenSet
            | ClassId::OdictKeys
            | ClassId::OdictItems
    )
}

fn view_dict(vm: &Vm, v: Value) -> Option<Gc<DictObj>> {
    v.get::<DictViewObj>(vm)
        .and_then(|o| o.dict.get())
        .and_then(Gc::from_value)
}

/// Slices compare as tuples of their three values.
fn compare_slices(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Result<bool, Raised> {
    if a == b {
        return Ok(op.holds(Ordering::Equal));
    }
    let (Some(x), Some(y)) = (Gc::from_value(a), Gc::from_value(b)) else {
        return Ok(false);
    };
    let x = vm.new_tuple(&crate::types::slice::ops::fields(vm, x))?;
    let y = vm.new_tuple(&crate::types::slice::ops::fields(vm, y))?;
    compare_general(vm, op, x, y)
}

/// Whether two numbers, one of them complex, are equal.
fn same_complex(vm: &Vm, a: Value, b: Value) -> bool {
    let (c, other) = match (a.get::<ComplexObj>(vm), b) {
        (Some(c), other) => (c, other),
        (None, b) => match b.get::<ComplexObj>(vm) {
            Some(c) => (c, a),
            None => return false,
        },
    };
    if let Some(d) = other.get::<ComplexObj>(vm) {
        return c.re == d.re && c.im == d.im;
    }
    c.im == 0.0
        && compare_numbers(vm, CmpOp::Eq, Value::float(c.re), other).is_some_and(|same| same)
}

/// `keys()` and `items()` compare as sets.
fn compare_views(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Result<bool, Raised> {
    let (n, m) = (super::item::len(vm, a)?, super::item::len(vm, b)?);
    let (small, large, possible) = match op {
        CmpOp::Eq | CmpOp::Ne => (a, b, n == m),
        CmpOp::Lt => (a, b, n < m),
        CmpOp::Le => (a, b, n <= m),
        CmpOp::Gt => (b, a, n > m),
        CmpOp::Ge => (b, a, n >= m),
    };
    let mut all = possible;
    if possible {
        let it = iter::get_iter(vm, small)?;
        while let Some(x) = iter::next(vm, it)? {
            vm.poll()?;
            if !contains(vm, large, x)? {
                all = false;
                break;
            }
        }
    }
    Ok(all != (op == CmpOp::Ne))
}

/// `item in container`
///
/// # Errors
/// TypeError when it is no container; what comparing elements raises.
pub fn contains(vm: &mut Vm, container: Value, item: Value) -> Result<bool, Raised> {
    if container.is_user() {
        return match super::user::contains(vm, container, item)? {
            Some(b) => Ok(b),
            None => contains_iterable(vm, container, item),
        };
    }
    contains_plain(vm, container, item)
}
/// The same by the layout.
///
/// # Errors
/// As [`contains`].
pub fn contains_plain(vm: &mut Vm, container: Value, item: Value) -> Result<bool, Raised> {
    match container.kind() {
        Some(Kind::Str) => match (strs::bytes(vm, container), strs::bytes(vm, item)) {
            (Some(_), Some(_)) => vm.working(|vm| {
                let all = (strs::bytes(vm, container), strs::bytes(vm, item));
                matches!(all, (Some(h), Some(n)) if strs::find(vm, h, n).is_some())
            }),
            _ => {
                let t = vm.type_name(item);
                Err(raise!(
                    vm,
                    TypeError,
                    "'in <string>' requires string as left operand, not {t}"
                ))
            }
        },
        Some(Kind::Bytes | Kind::ByteArray) => {
            let b = buffer::required(vm, container)?;
            crate::types::bytes::search::contains(vm, b, item)
        }
        Some(Kind::List) => contains_sequence(vm, container, item, list_item),
        Some(Kind::Deque) => match Gc::from_value(container) {
            Some(d) => crate::types::deque::ops::contains(vm, d, item),
            None => Ok(false),
        },
        Some(Kind::Tuple) => contains_sequence(vm, container, item, tuple_item),
        Some(Kind::Dict) => match Gc::<DictObj>::from_value(container) {
            Some(d) => Ok(dict::ops::get(vm, d, item)?.is_some()),
            None => Ok(false),
        },
        Some(Kind::Set) => match Gc::from_value(container) {
            Some(s) => crate::types::set::methods::contains(vm, s, item),
            None => Ok(false),
        },
        Some(Kind::MappingProxy) => {
            let d = proxied(vm, container);
            contains(vm, d, item)
        }
        Some(Kind::DictView) => contains_view(vm, container, item),
        Some(Kind::Range) if int::is_int(item) && !item.is_user() => {
            contains_range(vm, container, item)
        }
        _ => contains_iterable(vm, container, item),
    }
}

/// The same where that is known at once: no Python runs, nothing is collected and nothing can fail. `None`: nothing
/// was done.
pub fn contains_quietly(vm: &Vm, container: Value, item: Value) -> Option<bool> {
    const SHORT: usize = 64;
    if container.is_user() {
        return None;
    }
    match container.kind()? {
        Kind::Dict => dict::quick::has(vm, container, item),
        Kind::Set => set::ops::has_quietly(vm, container.cast()?, item),
        Kind::Str => {
            let text = container.get::<StrObj>(vm)?.as_bytes();
            let part = item.get::<StrObj>(vm)?.as_bytes();
            let within = |part: &[u8]| match part {
                [] => true,
                [c] => text.contains(c),
                _ => text.windows(part.len()).any(|w| w == part),
            };
            (text.len() <= SHORT).then(|| within(part))
        }
        _ => None,
    }
}

fn contains_sequence(
    vm: &mut Vm,
    container: Value,
    item: Value,
    at: ItemFn,
) -> Result<bool, Raised> {
    let mut i = 0;
    while let (_, Some(x)) = at(vm, container, i) {
        vm.poll()?;
        if eq(vm, item, x)? {
            return Ok(true);
        }
        i += 1;
    }
    Ok(false)
}

fn contains_view(vm: &mut Vm, view: Value, item: Value) -> Result<bool, Raised> {
    let Some(d) = view_dict(vm, view) else {
        return Ok(false);
    };
    match dict::ordered::plain_view(vm.class_of(view)) {
        ClassId::DictKeys => Ok(dict::ops::get(vm, d, item)?.is_some()),
        ClassId::DictItems => {
            let (k, v) = match item.get::<TupleObj>(vm) {
                Some(t) if t.len == 2 => (t.get(0), t.get(1)),
                _ => return Ok(false),
            };
            let (Some(k), Some(v)) = (k, v) else {
                return Ok(false);
            };
            match dict::ops::get(vm, d, k)? {
                Some(x) => eq(vm, x, v),
                None => Ok(false),
            }
        }
        _ => contains_iterable(vm, view, item),
    }
}

/// An int lies in a range when it is within the bounds and a step hits it.
fn contains_range(vm: &mut Vm, range: Value, item: Value) -> Result<bool, Raised> {
    let (start, stop, step) = match range.get::<RangeObj>(vm) {
        Some(r) => (
            r.start.get_or_none(),
            r.stop.get_or_none(),
            r.step.get_or_none(),
        ),
        None => return Ok(false),
    };
    let (x, lo, hi, by) = match (
        int::get(vm, item),
        int::get(vm, start),
        int::get(vm, stop),
        int::get(vm, step),
    ) {
        (Some(x), Some(a), Some(b), Some(s)) => (x, a, b, s),
        _ => return Ok(false),
    };
    let inside = if by.is_negative() {
        x.compare(lo) != Ordering::Greater && x.compare(hi) == Ordering::Greater
    } else {
        x.compare(lo) != Ordering::Less && x.compare(hi) == Ordering::Less
    };
    if !inside {
        return Ok(false);
    }
    let distance = int::sub(vm, item, start)?;
    let rest = int::modulo(vm, distance, step)?;
    Ok(rest == Value::int_unchecked(0))
}

fn contains_iterable(vm: &mut Vm, container: Value, item: Value) -> Result<bool, Raised> {
    let it = match iter::get_iter(vm, container) {
        Ok(it) => it,
        Err(r) => {
            vm.catch(r, ClassId::TypeError)?;
            let t = vm.type_name(container);
            return Err(raise!(
                vm,
                TypeError,
                "argument of type '{t}' is not iterable"
            ));
        }
    };
    while let Some(x) = iter::next(vm, it)? {
        vm.poll()?;
        if eq(vm, item, x)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether it is a class of exceptions.
fn is_exception_class(vm: &Vm, v: Value) -> bool {
    v.get::<ClassObj>(vm).is_some_and(|c| c.id.is_exception())
}

/// Whether `except class_or_tuple:` catches `exc`, an exception or a class of one.
///
/// # Errors
/// TypeError when something else than exception classes stands there.
pub fn exception_match(vm: &mut Vm, exc: Value, class_or_tuple: Value) -> Result<bool, Raised> {
    let class = match is_exception_class(vm, exc) {
        true => exc,
        false => crate::types::class::ops::type_of(vm, exc)?,
    };
    match matches_class(vm, class, class_or_tuple) {
        Some(found) => Ok(found),
        None => Err(raise!(
            vm,
            TypeError,
            "catching classes that do not inherit from BaseException is not allowed"
        )),
    }
}

/// The same of the class of an exception; `None` where it would raise, and of anything else.
pub fn class_matches(vm: &Vm, class: Value, class_or_tuple: Value) -> Option<bool> {
    match is_exception_class(vm, class) {
        true => matches_class(vm, class, class_or_tuple),
        false => None,
    }
}

/// `None` for the TypeError.
fn matches_class(vm: &Vm, class: Value, class_or_tuple: Value) -> Option<bool> {
    let mut found = false;
    let mut proper = true;
    let mut look = |v: Value| match is_exception_class(vm, v) {
        true => found |= crate::types::class::ops::is_subtype(vm, class, v),
        false => proper = false,
    };
    match class_or_tuple.get::<TupleObj>(vm) {
        // Every item is checked, also behind one that matches.
        Some(t) => t.iter().for_each(look),
        None => look(class_or_tuple),
    }
    proper.then_some(found)
}
