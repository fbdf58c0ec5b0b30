//! Methods of `deque` and of its iterators.

use super::ops;
use super::value::DequeObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, MethodDef, Value};
use crate::protocol::{attr, compare, item, iter, number, repr};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::iter::make;
use crate::types::iter::value::IterObj;
use crate::types::list::ops::wrap_index;
use crate::types::str::adjust::ssize;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}

/// Rows.
pub const METHODS: &[MethodDef] = rows! {
    "append" Conv::One(append), "Add an item at the right end.";
    "appendleft" Conv::One(append_left), "Add an item at the left end.";
    "clear" Conv::NoArgs(clear), "Remove every item.";
    "__copy__" Conv::NoArgs(copy), "Return a deque of the same items.";
    "copy" Conv::NoArgs(copy), "Return a deque of the same items.";
    "count" Conv::One(count), "Return how many items equal the value.";
    "extend" Conv::One(extend), "Add the items of an iterable at the right end.";
    "extendleft" Conv::One(extend_left), "Add the items of an iterable at the left end, one after the other.";
    "index" Conv::Kw(index), "Return the first index of the value; ValueError if it is absent.";
    "insert" Conv::Kw(insert), "Put an item before an index.";
    "pop" Conv::NoArgs(pop), "Remove the rightmost item and return it.";
    "popleft" Conv::NoArgs(pop_left), "Remove the leftmost item and return it.";
    "__reduce__" Conv::NoArgs(reduce), "What makes it again.";
    "remove" Conv::One(remove), "Remove the first item that equals the value.";
    "__reversed__" Conv::NoArgs(make::reverse_plain), "Return an iterator from the last item to the first.";
    "reverse" Conv::NoArgs(reverse), "Reverse the order of the items in place.";
    "rotate" Conv::Kw(rotate), "Move items from the right end to the left one; with a negative number the other way.";
    "__sizeof__" Conv::NoArgs(bytes_of), "Bytes of memory it takes.";
};
/// Slots whose direct call takes an index in another way than the operator.
pub static SLOTS: &[MethodDef] = rows! {
    "__getitem__" Conv::Wrap1(|vm, d, i| {
        let i = slot_index(vm, i)?;
        object_get(vm, d, i)
    }), "The item at an index.";
    "__setitem__" Conv::WrapN(2, 2, |vm, d, a| {
        let i = slot_index(vm, a[0])?;
        set_item(vm, d, i, Some(a[1]))?;
        Ok(Value::NONE)
    }), "Bind the item at an index.";
    "__delitem__" Conv::Wrap1(|vm, d, i| {
        let i = slot_index(vm, i)?;
        set_item(vm, d, i, None)?;
        Ok(Value::NONE)
    }), "Remove the item at an index.";
};
/// Computed attributes.
pub const GETTERS: &[Getter] = &[Getter {
    name: "maxlen",
    get: |vm, d| {
        let n = d.get::<DequeObj>(vm).map_or(-1, |d| d.maxlen.get());
        match n < 0 {
            true => Ok(Some(Value::NONE)),
            false => vm.new_int(n).map(Some),
        }
    },
    set: Setter::None,
}];
/// Rows of the iterators.
pub const ITER_METHODS: &[MethodDef] = rows! {
    "__length_hint__" Conv::NoArgs(|vm, it| {
        let n = make::length_hint(vm, it);
        vm.new_int(n as i64)
    }), "Return how many items are left.";
    "__reduce__" Conv::NoArgs(reduce_iter), "What makes it again.";
};

fn this(vm: &mut Vm, v: Value) -> Result<Gc<DequeObj>, Raised> {
    match v.cast() {
        Some(d) => Ok(d),
        None => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "a deque is required, not '{t}'"))
        }
    }
}

/// `deque(iterable=(), maxlen=None)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let d = ops::new(vm)?;
    init(vm, d.value(), a)?;
    Ok(d.value())
}
/// `d.__init__(…)`
pub fn init(vm: &mut Vm, d: Value, a: Args<'_>) -> Result<(), Raised> {
    let d = this(vm, d)?;
    let [items, most] = args::parse(vm, "deque", a, ["iterable", "maxlen"], 0, 2)?;
    let most = match most.filter(|m| !m.is_none()) {
        None => -1,
        Some(m) => {
            if !crate::types::int::ops::is_int(m) {
                return Err(raise!(vm, TypeError, "an integer is required"));
            }
            let n = item::as_ssize(vm, m)?;
            if n < 0 {
                return Err(raise!(vm, ValueError, "maxlen must be non-negative"));
            }
            n
        }
    };
    d.get(vm).maxlen.set(most);
    if ops::len(vm, d) > 0 {
        ops::clear(vm, d);
    }
    match items {
        Some(v) => ops::extend(vm, d, v, false),
        None => Ok(()),
    }
}

fn append(vm: &mut Vm, d: Value, v: Value) -> R {
    let d = this(vm, d)?;
    ops::push(vm, d, v)?;
    Ok(Value::NONE)
}
fn append_left(vm: &mut Vm, d: Value, v: Value) -> R {
    let d = this(vm, d)?;
    ops::push_left(vm, d, v)?;
    Ok(Value::NONE)
}
fn clear(vm: &mut Vm, d: Value) -> R {
    let d = this(vm, d)?;
    ops::clear(vm, d);
    Ok(Value::NONE)
}
fn extend(vm: &mut Vm, d: Value, v: Value) -> R {
    let d = this(vm, d)?;
    ops::extend(vm, d, v, false)?;
    Ok(Value::NONE)
}
fn extend_left(vm: &mut Vm, d: Value, v: Value) -> R {
    let d = this(vm, d)?;
    ops::extend(vm, d, v, true)?;
    Ok(Value::NONE)
}
fn pop(vm: &mut Vm, d: Value) -> R {
    let d = this(vm, d)?;
    match ops::pop(vm, d) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, IndexError, "pop from an empty deque")),
    }
}
fn pop_left(vm: &mut Vm, d: Value) -> R {
    let d = this(vm, d)?;
    match ops::pop_left(vm, d) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, IndexError, "pop from an empty deque")),
    }
}
fn reverse(vm: &mut Vm, d: Value) -> R {
    let d = this(vm, d)?;
    ops::reverse(vm, d);
    Ok(Value::NONE)
}
fn rotate(vm: &mut Vm, d: Value, a: Args<'_>) -> R {
    let d = this(vm, d)?;
    args::no_keywords(vm, "rotate", a)?;
    args::counted(vm, "rotate()", a, 0, 1)?;
    let n = match a.get(0) {
        Some(n) => ssize(vm, n)?,
        None => 1,
    };
    ops::rotate(vm, d, n)?;
    Ok(Value::NONE)
}
fn insert(vm: &mut Vm, d: Value, a: Args<'_>) -> R {
    let d = this(vm, d)?;
    args::no_keywords(vm, "insert", a)?;
    args::counted(vm, "insert()", a, 2, 2)?;
    let i = ssize(vm, a[0])?;
    let n = ops::len(vm, d);
    if d.get(vm).maxlen.get() == n as i64 {
        return Err(raise!(vm, IndexError, "deque already at its maximum size"));
    }
    let at = crate::types::list::ops::clamp_index(i, n);
    vm.burn(at.min(n - at) as u64)?;
    ops::insert(vm, d, at, a[1])?;
    Ok(Value::NONE)
}
fn count(vm: &mut Vm, d: Value, x: Value) -> R {
    let d = this(vm, d)?;
    let state = d.get(vm).state.get();
    let (mut n, mut i) = (0, 0);
    while let Some(v) = ops::item(vm, d, i) {
        n += compare::eq(vm, v, x)? as i64;
        ops::unchanged(vm, d, state)?;
        vm.poll()?;
        i += 1;
    }
    vm.new_int(n)
}
fn index(vm: &mut Vm, d: Value, a: Args<'_>) -> R {
    let d = this(vm, d)?;
    args::no_keywords(vm, "index", a)?;
    args::counted(vm, "index()", a, 1, 3)?;
    let n = ops::len(vm, d);
    let (mut i, stop) = crate::types::tuple::methods::search_range(vm, a, n)?;
    let state = d.get(vm).state.get();
    while i < stop {
        let Some(v) = ops::item(vm, d, i) else { break };
        if compare::eq(vm, v, a[0])? {
            return vm.new_int(i as i64);
        }
        ops::unchanged(vm, d, state)?;
        vm.poll()?;
        i += 1;
    }
    let r = repr::repr(vm, a[0])?;
    let r = args::text(vm, r);
    Err(raise!(vm, ValueError, "{r} is not in deque"))
}
fn remove(vm: &mut Vm, d: Value, x: Value) -> R {
    let d = this(vm, d)?;
    let n = ops::len(vm, d);
    let mut i = 0;
    while let Some(v) = ops::item(vm, d, i) {
        let same = compare::eq(vm, v, x)?;
        if ops::len(vm, d) != n {
            return Err(raise!(vm, IndexError, "deque mutated during remove()."));
        }
        if same {
            ops::remove_at(vm, d, i);
            return Ok(Value::NONE);
        }
        vm.poll()?;
        i += 1;
    }
    Err(raise!(vm, ValueError, "deque.remove(x): x not in deque"))
}

/// A deque of the same class, items and bound: a derived class is called for it.
pub fn copy(vm: &mut Vm, v: Value) -> R {
    let d = this(vm, v)?;
    if !v.is_user() {
        return Ok(ops::copy_plain(vm, d)?.value());
    }
    let c = class::type_of(vm, v)?;
    let most = d.get(vm).maxlen.get();
    let new = match most < 0 {
        true => vm.call(c, Args::pos(&[v]))?,
        false => {
            let most = vm.new_int(most)?;
            vm.call(c, Args::pos(&[v, most]))?
        }
    };
    if new.cast::<DequeObj>().is_none() {
        let (t, u) = (vm.type_name(v), vm.type_name(new));
        return Err(raise!(vm, TypeError, "{t}() must return a deque, not {u}"));
    }
    Ok(new)
}
/// `d + other`
pub fn concat(vm: &mut Vm, d: Value, other: Value) -> R {
    if other.cast::<DequeObj>().is_none() {
        let t = vm.type_name(other);
        return Err(raise!(
            vm,
            TypeError,
            "can only concatenate deque (not \"{t}\") to deque"
        ));
    }
    let new = copy(vm, d)?;
    if let Some(n) = new.cast() {
        ops::extend(vm, n, other, false)?;
    }
    Ok(new)
}
/// `d * n`
pub fn repeat(vm: &mut Vm, d: Value, n: i64) -> R {
    let new = copy(vm, d)?;
    if let Some(d) = new.cast() {
        ops::repeat_in_place(vm, d, n)?;
    }
    Ok(new)
}

fn slot_index(vm: &mut Vm, i: Value) -> Result<i64, Raised> {
    number::as_index_i64(vm, i, ClassId::OverflowError)
}
fn operator_index(vm: &mut Vm, k: Value) -> Result<i64, Raised> {
    let i = crate::protocol::user::try_index(vm, k)?;
    if !crate::types::int::ops::is_int(i) {
        let t = vm.type_name(k);
        return Err(raise!(
            vm,
            TypeError,
            "sequence index must be integer, not '{t}'"
        ));
    }
    number::as_index_i64(vm, i, ClassId::IndexError)
}
fn object_get(vm: &mut Vm, d: Value, i: i64) -> R {
    let d = this(vm, d)?;
    let n = ops::len(vm, d);
    match wrap_index(i, n).and_then(|i| ops::item(vm, d, i)) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, IndexError, "deque index out of range")),
    }
}
/// `d[k]`
pub fn get_item(vm: &mut Vm, d: Value, k: Value) -> R {
    let i = operator_index(vm, k)?;
    object_get(vm, d, i)
}
/// `d[k] = v`, `del d[k]` (`None`)
pub fn store_item(vm: &mut Vm, d: Value, k: Value, v: Option<Value>) -> Result<(), Raised> {
    let i = operator_index(vm, k)?;
    set_item(vm, d, i, v)
}
fn set_item(vm: &mut Vm, d: Value, i: i64, v: Option<Value>) -> Result<(), Raised> {
    let d = this(vm, d)?;
    let n = ops::len(vm, d);
    match (wrap_index(i, n), v) {
        (Some(i), Some(v)) => ops::put(vm, d, i, v),
        (Some(i), None) => {
            vm.burn(i.min(n - i) as u64)?;
            ops::remove_at(vm, d, i);
        }
        (None, _) => return Err(raise!(vm, IndexError, "deque index out of range")),
    }
    Ok(())
}

fn reduce(vm: &mut Vm, v: Value) -> R {
    let d = this(vm, v)?;
    let name = vm.intern("__dict__")?;
    let state = match attr::lookup(vm, v, name) {
        Ok(s) => s.unwrap_or(Value::NONE),
        Err(r) => {
            vm.catch(r, ClassId::BaseException)?;
            Value::NONE
        }
    };
    let it = iter::get_iter(vm, v)?;
    let c = class::type_of(vm, v)?;
    let most = d.get(vm).maxlen.get();
    let none = vm.new_tuple(&[])?;
    let a = match most < 0 {
        true => none,
        false => {
            let most = vm.new_int(most)?;
            vm.new_tuple(&[none, most])?
        }
    };
    vm.new_tuple(&[c, a, state, it])
}
fn bytes_of(vm: &mut Vm, d: Value) -> R {
    let places = d.get::<DequeObj>(vm).map_or(0, |d| d.ring.capacity());
    vm.new_int((size_of::<DequeObj>() + 8 * places) as i64)
}

/// An iterator. `i` of it counts the items left, `j` is the state of the deque.
pub fn iter(vm: &mut Vm, class: ClassId, d: Value) -> R {
    let (n, state) = d
        .get::<DequeObj>(vm)
        .map_or((0, 0), |d| (d.len.get() as i64, d.state.get() as i64));
    make::raw(vm, class, [Some(d), None, None], n, state)
}
/// The next item of an iterator of either direction.
pub fn next(vm: &mut Vm, it: Gc<IterObj>, backwards: bool) -> Result<Option<Value>, Raised> {
    let o = it.get(vm);
    let Some(d) = o.a.get().and_then(|d| d.get::<DequeObj>(vm)) else {
        return Ok(None);
    };
    if d.state.get() as i64 != o.j.get() {
        o.i.set(0);
        return Err(raise!(vm, RuntimeError, "deque mutated during iteration"));
    }
    let left = o.i.get() as usize;
    if left == 0 {
        return Ok(None);
    }
    let at = match backwards {
        true => left - 1,
        false => d.len.get() - left,
    };
    o.i.set(left as i64 - 1);
    Ok(d.get(at))
}
/// `_deque_iterator(deque, index=0)` and the one that goes backwards.
pub fn construct_iter(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    args::counted(vm, "function", a, 1, 2)?;
    let d = a[0];
    if d.cast::<DequeObj>().is_none() {
        let t = args::kind_name(vm, d);
        return Err(raise!(
            vm,
            TypeError,
            "argument 1 must be collections.deque, not {t}"
        ));
    }
    let skip = match a.get(1) {
        Some(n) => ssize(vm, n)?.max(0),
        None => 0,
    };
    let it = iter(vm, class, d)?;
    if let Some(o) = it.get::<IterObj>(vm) {
        o.i.set((o.i.get() - skip).max(0));
    }
    Ok(it)
}
fn reduce_iter(vm: &mut Vm, it: Value) -> R {
    let (d, left) = match it.get::<IterObj>(vm) {
        Some(o) => (o.a.get_or_none(), o.i.get()),
        None => (Value::NONE, 0),
    };
    let n = d.get::<DequeObj>(vm).map_or(0, |d| d.len.get() as i64);
    let done = vm.new_int(n - left)?;
    let a = vm.new_tuple(&[d, done])?;
    let c = class::type_of(vm, it)?;
    vm.new_tuple(&[c, a])
}
