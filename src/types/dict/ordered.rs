//! `collections.OrderedDict`: the order is the dict's own, which can be changed and counts in `==`.
//! `extra` holds the attributes. The version of the keys stands for CPython's `od_state`: it changes
//! with every key that comes, goes or moves.

use super::value::{DictObj, DictViewObj};
use super::{factory, ops, view};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Kind, MethodDef, Value};
use crate::protocol::iter::{self, Flow};
use crate::protocol::{attr, compare, hash, item, repr, truth};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::iter::make;
use crate::types::iter::value::IterObj;
use crate::types::list::ops as list;
use crate::types::slots::reduce;
use crate::types::{Getter, args};
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}
/// Rows.
pub const METHODS: &[MethodDef] = rows! {
    "__reduce__" Conv::NoArgs(reduce_dict), "What makes it again.";
    "__reversed__" Conv::NoArgs(|vm, d| iterator(vm, d, BACKWARDS)), "Return an iterator from the last key to the first.";
    "clear" Conv::NoArgs(clear), "Remove every item.";
    "copy" Conv::NoArgs(copy), "Return one of the same class and items.";
    "items" Conv::NoArgs(|vm, d| view::new(vm, ClassId::OdictItems, d)), "A view of the items.";
    "keys" Conv::NoArgs(|vm, d| view::new(vm, ClassId::OdictKeys, d)), "A view of the keys.";
    "move_to_end" Conv::Kw(move_to_end), "Make a key the last, or the first; KeyError if it is absent.";
    "pop" Conv::Kw(pop), "Remove a key and return its value, or the default.";
    "popitem" Conv::Kw(pop_item), "Remove the last item, or the first, and return it.";
    "setdefault" Conv::Kw(set_default), "Return the value of a key; if it is absent, bind it first.";
    "update" Conv::Kw(|vm, d, a| {
        update(vm, d, a)?;
        Ok(Value::NONE)
    }), "Take over items from a mapping or from pairs, then from the keywords.";
    "values" Conv::NoArgs(|vm, d| view::new(vm, ClassId::OdictValues, d)), "A view of the values.";
};
/// Rows whose receiver is the class.
pub const CLASS_METHODS: &[MethodDef] = rows! {
    "fromkeys" Conv::Kw(from_keys), "Return one of the keys an iterable gives, with one value.";
};
/// Rows of the views.
pub const VIEW_METHODS: &[MethodDef] = rows! {
    "__reversed__" Conv::NoArgs(make::reverse_plain), "Return an iterator from the last item to the first.";
};
/// Rows of the iterator.
pub const ITER_METHODS: &[MethodDef] = rows! {
    "__reduce__" Conv::NoArgs(reduce_iter), "What makes it again.";
};
/// Computed attributes.
pub const GETTERS: &[Getter] = &[Getter {
    name: "__dict__",
    get: crate::types::instance::DICT.get,
    set: crate::types::instance::DICT.set,
}];

fn this(vm: &mut Vm, v: Value) -> Result<Gc<DictObj>, Raised> {
    match v.cast() {
        Some(d) => Ok(d),
        None => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "a dict is required, not '{t}'"))
        }
    }
}

/// Whether it is an OrderedDict, of a derived class too.
pub fn is_ordered(vm: &Vm, v: Value) -> bool {
    v.is_kind(Kind::Dict) && vm.class_of(v) == ClassId::OrderedDict
}

/// `OrderedDict(…)`
pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    let d = factory::new(vm, class)?.value();
    init(vm, d, a)?;
    Ok(d)
}
/// `od.__init__(…)`
pub fn init(vm: &mut Vm, d: Value, a: Args<'_>) -> Result<(), Raised> {
    if a.len() > 1 {
        return Err(raise!(
            vm,
            TypeError,
            "expected at most 1 arguments, got {}",
            a.len()
        ));
    }
    update(vm, d, a)
}

/// `MutableMapping.update`: items are bound as the class of `d` binds them.
fn update(vm: &mut Vm, d: Value, a: Args<'_>) -> Result<(), Raised> {
    if a.len() > 1 {
        return Err(raise!(
            vm,
            TypeError,
            "update() takes at most 1 positional argument ({} given)",
            a.len()
        ));
    }
    if let Some(other) = a.get(0) {
        let plain = !other.is_user() && vm.class_of(other) == ClassId::Dict;
        if plain && let Some(o) = other.cast::<DictObj>() {
            // Those that are there now.
            let all = ops::copy(vm, o)?;
            let mut pos = 0;
            while let Some((k, v)) = ops::next_item(vm, all, &mut pos) {
                item::set_item(vm, d, k, v)?;
                vm.burn(1)?;
                vm.poll()?;
            }
        } else {
            let (keys, items) = (vm.intern("keys")?, vm.intern("items")?);
            if let Some(f) = attr::optional(vm, other, keys)? {
                let keys = vm.call(f, Args::pos(&[]))?;
                iter::for_each(vm, keys, |vm, k| {
                    let v = item::get_item(vm, other, k)?;
                    item::set_item(vm, d, k, v)?;
                    Ok(Flow::Go)
                })?;
            } else if let Some(f) = attr::optional(vm, other, items)? {
                let items = vm.call(f, Args::pos(&[]))?;
                add_pairs(vm, d, items)?;
            } else {
                add_pairs(vm, d, other)?;
            }
        }
    }
    args::str_keywords(vm, a)?;
    for (i, &v) in a.kw_values().iter().enumerate() {
        let k = args::kwname(vm, a, i);
        item::set_item(vm, d, k, v)?;
    }
    Ok(())
}
fn add_pairs(vm: &mut Vm, d: Value, pairs: Value) -> Result<(), Raised> {
    iter::for_each(vm, pairs, |vm, pair| {
        let it = iter::get_iter(vm, pair)?;
        let Some(k) = iter::next(vm, it)? else {
            return Err(raise!(vm, ValueError, "need more than 0 values to unpack"));
        };
        let Some(v) = iter::next(vm, it)? else {
            return Err(raise!(vm, ValueError, "need more than 1 value to unpack"));
        };
        if iter::next(vm, it)?.is_some() {
            return Err(raise!(
                vm,
                ValueError,
                "too many values to unpack (expected 2)"
            ));
        }
        item::set_item(vm, d, k, v)?;
        Ok(Flow::Go)
    })
}

fn clear(vm: &mut Vm, d: Value) -> R {
    let d = this(vm, d)?;
    ops::clear(vm, d);
    Ok(Value::NONE)
}
fn copy(vm: &mut Vm, v: Value) -> R {
    let d = this(vm, v)?;
    if !v.is_user() {
        let new = factory::new(vm, ClassId::OrderedDict)?;
        ops::merge(vm, new, d, true)?;
        return Ok(new.value());
    }
    let c = class::type_of(vm, v)?;
    let new = vm.call(c, Args::pos(&[]))?;
    let keys = ops::copy(vm, d)?;
    let mut pos = 0;
    while let Some((k, _)) = ops::next_item(vm, keys, &mut pos) {
        let x = item::get_item(vm, v, k)?;
        item::set_item(vm, new, k, x)?;
        vm.burn(1)?;
        vm.poll()?;
    }
    Ok(new)
}
fn from_keys(vm: &mut Vm, c: Value, a: Args<'_>) -> R {
    let [items, v] = args::parse(vm, "fromkeys", a, ["iterable", "value"], 1, 2)?;
    let v = v.unwrap_or(Value::NONE);
    let d = vm.call(c, Args::pos(&[]))?;
    iter::for_each(vm, items.unwrap_or(Value::NONE), |vm, k| {
        item::set_item(vm, d, k, v)?;
        Ok(Flow::Go)
    })?;
    Ok(d)
}

/// The entry of a key.
fn find(vm: &mut Vm, d: Gc<DictObj>, k: Value) -> Result<Option<usize>, Raised> {
    let h = hash::hash(vm, k)?;
    ops::find(vm, d, k, h)
}
fn flag(vm: &mut Vm, v: Option<Value>) -> Result<bool, Raised> {
    match v {
        Some(v) => truth::is_true(vm, v),
        None => Ok(true),
    }
}

fn move_to_end(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let d = this(vm, v)?;
    let [k, last] = args::parse(vm, "move_to_end", a, ["key", "last"], 1, 2)?;
    let k = k.unwrap_or(Value::NONE);
    let last = flag(vm, last)?;
    if ops::len(vm, d) == 0 {
        return Err(ops::key_error(vm, k));
    }
    let Some(i) = find(vm, d, k)? else {
        return Err(ops::key_error(vm, k));
    };
    let there = match last {
        true => ops::last(vm, d),
        false => ops::first(vm, d),
    };
    if there != Some(i) {
        ops::move_to_end(vm, d, i, last)?;
    }
    Ok(Value::NONE)
}

/// Removes a key in the way of the class: the value; the default; KeyError.
fn pop_key(vm: &mut Vm, v: Value, k: Value, default: Option<Value>) -> R {
    let d = this(vm, v)?;
    if !v.is_user() {
        return match ops::pop(vm, d, k)?.or(default) {
            Some(v) => Ok(v),
            None => Err(ops::key_error(vm, k)),
        };
    }
    if compare::contains(vm, v, k)? {
        let x = item::get_item(vm, v, k)?;
        item::del_item(vm, v, k)?;
        return Ok(x);
    }
    match default {
        Some(v) => Ok(v),
        None => Err(ops::key_error(vm, k)),
    }
}
fn pop(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let [k, default] = args::parse(vm, "pop", a, ["key", "default"], 1, 2)?;
    pop_key(vm, v, k.unwrap_or(Value::NONE), default)
}
fn pop_item(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let d = this(vm, v)?;
    let [last] = args::parse(vm, "popitem", a, ["last"], 0, 1)?;
    let last = flag(vm, last)?;
    let at = match last {
        true => ops::last(vm, d),
        false => ops::first(vm, d),
    };
    let Some(i) = at else {
        return Err(raise!(vm, KeyError, "dictionary is empty"));
    };
    if !v.is_user() {
        let Some((k, x)) = (match last {
            true => ops::pop_last(vm, d),
            false => ops::take(vm, d, i),
        }) else {
            return Err(raise!(vm, KeyError, "dictionary is empty"));
        };
        return vm.new_tuple(&[k, x]);
    }
    let k = ops::item_at(vm, d, i).map_or(Value::NONE, |(k, _)| k);
    let x = pop_key(vm, v, k, None)?;
    vm.new_tuple(&[k, x])
}
fn set_default(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let d = this(vm, v)?;
    let [k, default] = args::parse(vm, "setdefault", a, ["key", "default"], 1, 2)?;
    let (k, default) = (k.unwrap_or(Value::NONE), default.unwrap_or(Value::NONE));
    if !v.is_user() {
        let h = hash::hash(vm, k)?;
        if let Some(found) = ops::get_hashed(vm, d, k, h)? {
            return Ok(found);
        }
        ops::insert_new(vm, d, k, h, default)?;
        return Ok(default);
    }
    if compare::contains(vm, v, k)? {
        return item::get_item(vm, v, k);
    }
    item::set_item(vm, v, k, default)?;
    Ok(default)
}

fn reduce_dict(vm: &mut Vm, v: Value) -> R {
    let name = vm.intern("__dict__")?;
    let own = attr::get_attr(vm, v, name)?;
    let own = match item::len(vm, own)? {
        0 => Value::NONE,
        _ => own,
    };
    let it = factory::items(vm, v)?;
    let c = class::type_of(vm, v)?;
    let none = vm.new_tuple(&[])?;
    vm.new_tuple(&[c, none, own, Value::NONE, it])
}

/// Whether two of them are equal: as dicts, and in order.
pub fn equal(vm: &mut Vm, a: Gc<DictObj>, b: Gc<DictObj>) -> Result<bool, Raised> {
    if !ops::equal(vm, a, b)? {
        return Ok(false);
    }
    let (mut p, mut q) = (0, 0);
    loop {
        match (ops::next_item(vm, a, &mut p), ops::next_item(vm, b, &mut q)) {
            (Some((x, _)), Some((y, _))) => {
                if !compare::eq(vm, x, y)? {
                    return Ok(false);
                }
            }
            (x, y) => return Ok(x.is_none() && y.is_none()),
        }
        vm.poll()?;
    }
}

/// Appends the text: name and items.
///
/// # Errors
/// What `__repr__` of an item raises.
pub fn repr_into(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Result<(), Raised> {
    let d = this(vm, v)?;
    let name = class::short_name(vm, v);
    if ops::len(vm, d) == 0 {
        out.extend_from_slice(format!("{name}()").as_bytes());
        return Ok(());
    }
    if vm.showing.borrow().contains(&v.bits()) {
        out.extend_from_slice(b"...");
        return Ok(());
    }
    vm.showing.borrow_mut().push(v.bits());
    let r = crate::protocol::nested(vm, " while getting the repr of an object", |vm| {
        let items = match v.is_user() {
            true => {
                let it = factory::items(vm, v)?;
                list::from_iterable(vm, it)?
            }
            false => {
                let it = iterator(vm, v, ITEMS)?;
                list::from_iterable(vm, it)?
            }
        };
        repr::repr(vm, items.value())
    });
    vm.showing.borrow_mut().pop();
    let items = r?;
    out.extend_from_slice(name.as_bytes());
    out.push(b'(');
    repr::append(vm, items, out)?;
    out.push(b')');
    Ok(())
}

/// What an iterator gives, in `b` of it: keys, values or items, perhaps from the last to the first.
pub const KEYS: i64 = 0;
pub const VALUES: i64 = 1;
pub const ITEMS: i64 = 2;
pub const BACKWARDS: i64 = 4;

/// What an iterator over a view gives.
pub fn kind_of_view(class: ClassId) -> Option<i64> {
    match class {
        ClassId::OdictKeys => Some(KEYS),
        ClassId::OdictValues => Some(VALUES),
        ClassId::OdictItems => Some(ITEMS),
        _ => None,
    }
}
/// The dict's class of a view.
pub fn plain_view(class: ClassId) -> ClassId {
    match class {
        ClassId::OdictKeys => ClassId::DictKeys,
        ClassId::OdictValues => ClassId::DictValues,
        ClassId::OdictItems => ClassId::DictItems,
        c => c,
    }
}
/// The dict of a view of one.
pub fn viewed(vm: &Vm, v: Value) -> Value {
    v.get::<DictViewObj>(vm)
        .map_or(Value::NONE, |w| w.dict.get_or_none())
}

/// An iterator. `i` is the entry of the next item, -1 at the end; `j` the version of the keys.
pub fn iterator(vm: &mut Vm, d: Value, what: i64) -> R {
    let (at, version) = match d.cast::<DictObj>() {
        Some(g) => {
            let at = match what & BACKWARDS {
                0 => ops::first(vm, g),
                _ => ops::last(vm, g),
            };
            (
                at.map_or(-1, |i| i as i64),
                g.get(vm).keys_version.get() as i64,
            )
        }
        None => (-1, 0),
    };
    let what = Value::int_unchecked(what);
    make::raw(
        vm,
        ClassId::OdictIter,
        [Some(d), Some(what), None],
        at,
        version,
    )
}
/// The next item of an iterator.
pub fn next(vm: &mut Vm, it: Gc<IterObj>) -> Result<Option<Value>, Raised> {
    let o = it.get(vm);
    let Some(d) = o.a.get().and_then(|d| d.cast::<DictObj>()) else {
        return Ok(None);
    };
    let at = o.i.get();
    if at < 0 {
        o.a.write(&vm.heap, None);
        return Ok(None);
    }
    if d.get(vm).keys_version.get() as i64 != o.j.get() {
        // A clear is not among the changes that CPython counts, but the size is looked at, too.
        if d.get(vm).entries.capacity() == 0 {
            return Err(raise!(
                vm,
                RuntimeError,
                "OrderedDict changed size during iteration"
            ));
        }
        o.a.write(&vm.heap, None);
        return Err(raise!(
            vm,
            RuntimeError,
            "OrderedDict mutated during iteration"
        ));
    }
    let Some((k, v)) = ops::item_at(vm, d, at as usize) else {
        return Ok(None);
    };
    let what = o.b.get().and_then(Value::as_small_int).unwrap_or(KEYS);
    let next = if what & BACKWARDS == 0 {
        let mut pos = at as usize + 1;
        ops::next_item(vm, d, &mut pos).map(|_| pos as i64 - 1)
    } else {
        (0..at)
            .rev()
            .find(|i| ops::item_at(vm, d, *i as usize).is_some())
    };
    o.i.set(next.unwrap_or(-1));
    Ok(Some(match what & !BACKWARDS {
        VALUES => v,
        ITEMS => vm.new_tuple(&[k, v])?,
        _ => k,
    }))
}
fn reduce_iter(vm: &mut Vm, it: Value) -> R {
    let Some(o) = it.get::<IterObj>(vm) else {
        return Ok(Value::NONE);
    };
    let (a, b, i, j) = (o.a.get(), o.b.get(), o.i.get(), o.j.get());
    let copy = make::raw(vm, ClassId::OdictIter, [a, b, None], i, j)?;
    let rest = list::from_iterable(vm, copy)?;
    let f = reduce::builtin(vm, "iter")?;
    let a = vm.new_tuple(&[rest.value()])?;
    vm.new_tuple(&[f, a])
}
