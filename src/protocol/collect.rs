//! Unpacking: `[*a, *b]`, `{**a, **b}`, `a, *b = c`, and what calls with `*` and `**` share with them.
//! Both tiers call these with the operands in the order in which they were pushed.

use crate::object::{ClassId, Gc, Value};
use crate::protocol::special::{self, Special};
use crate::protocol::{attr, item, iter};
use crate::raise;
use crate::types::builtin::methods::is_callable;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::set::ops as set;
use crate::types::set::value::SetObj;
use crate::vm::{Raised, Vm};

/// BUILD_LIST_UNPACK: the items of each iterable.
pub fn list_unpack(vm: &mut Vm, parts: &[Value]) -> Result<Gc<ListObj>, Raised> {
    let out = vm.new_list(&[])?;
    for p in parts {
        list::extend(vm, out, *p)?;
    }
    Ok(out)
}

/// BUILD_TUPLE_UNPACK
pub fn tuple_unpack(vm: &mut Vm, parts: &[Value]) -> Result<Value, Raised> {
    let all = list_unpack(vm, parts)?;
    list::to_tuple(vm, all)
}

/// BUILD_SET
pub fn build_set(vm: &mut Vm, items: &[Value]) -> Result<Value, Raised> {
    let out = vm.new_set()?;
    for &v in items {
        set::add(vm, out, v)?;
    }
    Ok(out.value())
}

/// BUILD_SET_UNPACK
pub fn set_unpack(vm: &mut Vm, parts: &[Value]) -> Result<Value, Raised> {
    let out = vm.new_set()?;
    for &p in parts {
        set::update(vm, out, p)?;
    }
    Ok(out.value())
}

/// BUILD_SLICE: start, stop and perhaps step.
pub fn build_slice(vm: &mut Vm, parts: &[Value]) -> Result<Value, Raised> {
    let part = |i: usize| parts.get(i).copied().unwrap_or(Value::NONE);
    vm.new_slice(part(0), part(1), part(2))
}

/// BUILD_MAP_UNPACK: the items of each mapping, later ones over earlier ones.
pub fn map_unpack(vm: &mut Vm, parts: &[Value]) -> Result<Value, Raised> {
    let out = vm.new_dict()?;
    for &p in parts {
        let merged = match plain_dict(vm, p)? {
            Some(d) => dict::merge(vm, out, d, true).map(|()| Merged::All),
            None => merge_mapping(vm, out, p, true),
        };
        if let Merged::NoMapping = no_attribute(vm, merged)? {
            let t = vm.type_name(p);
            return Err(raise!(vm, TypeError, "'{t}' object is not a mapping"));
        }
    }
    Ok(out.value())
}

/// The dict, if its items are what its layout holds: a derived class may iterate in another way, and CPython takes
/// each that is derived from OrderedDict for one that does.
pub fn plain_dict(vm: &mut Vm, v: Value) -> Result<Option<Gc<DictObj>>, Raised> {
    let d = v.cast::<DictObj>();
    if d.is_some()
        && v.is_user()
        && (vm.class_of(v) == ClassId::OrderedDict
            || special::overridden(vm, v, Special::Iter)?.is_some())
    {
        return Ok(None);
    }
    Ok(d)
}

/// How a merge ended.
pub enum Merged {
    All,
    /// This key was there already.
    Twice(Value),
    /// It has no `keys`.
    NoMapping,
}

/// CPython knows what has no `keys` by an AttributeError, and takes each for that one, whichever code
/// raised it.
fn no_attribute(vm: &mut Vm, merged: Result<Merged, Raised>) -> Result<Merged, Raised> {
    match merged {
        Err(r) => {
            vm.catch(r, ClassId::AttributeError)?;
            Ok(Merged::NoMapping)
        }
        merged => merged,
    }
}

/// Adds the items of a mapping, none of whose keys may be there already.
pub fn merge_new(vm: &mut Vm, into: Gc<DictObj>, from: Value) -> Result<Merged, Raised> {
    let merged = merge_absent(vm, into, from);
    no_attribute(vm, merged)
}
fn merge_absent(vm: &mut Vm, into: Gc<DictObj>, from: Value) -> Result<Merged, Raised> {
    let Some(d) = plain_dict(vm, from)? else {
        return merge_mapping(vm, into, from, false);
    };
    if d == into || dict::len(vm, d) == 0 {
        return Ok(Merged::All);
    }
    if dict::len(vm, into) == 0 {
        dict::merge(vm, into, d, true)?;
        return Ok(Merged::All);
    }
    dict::reserve(vm, into, dict::len(vm, d))?;
    let entries = d.get(vm).entries.len();
    let mut pos = 0;
    while let Some((k, v)) = dict::next_item(vm, d, &mut pos) {
        if dict::get(vm, into, k)?.is_some() {
            return Ok(Merged::Twice(k));
        }
        dict::set(vm, into, k, v)?;
        if d.get(vm).entries.len() != entries {
            return Err(raise!(vm, RuntimeError, "dict mutated during update"));
        }
        vm.poll()?;
    }
    Ok(Merged::All)
}

/// The same for what is no dict: by its `keys()`, all of which are asked for first, and its items.
///
/// # Errors
/// AttributeError when it has no `keys`; what its code raises.
pub fn merge_mapping(
    vm: &mut Vm,
    into: Gc<DictObj>,
    from: Value,
    replace: bool,
) -> Result<Merged, Raised> {
    let name = vm.intern("keys")?;
    let method = attr::get_attr(vm, from, name)?;
    if !is_callable(vm, method)? {
        let t = vm.type_name(method);
        let why = format!("attribute of type '{t}' is not callable");
        return Err(vm.raise(ClassId::TypeError, why));
    }
    let keys = vm.call(method, crate::object::Args::pos(&[]))?;
    let it = match iter::get_iter(vm, keys) {
        Ok(it) => it,
        Err(r) => {
            vm.catch(r, ClassId::TypeError)?;
            let (t, k) = (vm.type_name(from), vm.type_name(keys));
            return Err(raise!(
                vm,
                TypeError,
                "{t}.keys() returned a non-iterable (type {k})"
            ));
        }
    };
    let keys = list::from_iterable(vm, it)?;
    let mut i = 0;
    while let Some(k) = list::item(vm, keys, i) {
        i += 1;
        if !replace && dict::get(vm, into, k)?.is_some() {
            return Ok(Merged::Twice(k));
        }
        let v = item::get_item(vm, from, k)?;
        dict::set(vm, into, k, v)?;
        vm.poll()?;
    }
    Ok(Merged::All)
}

/// UNPACK_EX: the first `before` items of `v`, a list of those in the middle, and the last `after`
/// ones, in this order in one list.
pub fn unpack_ex(
    vm: &mut Vm,
    v: Value,
    before: usize,
    after: usize,
) -> Result<Gc<ListObj>, Raised> {
    if !iter::is_iterable(vm, v)? {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "cannot unpack non-iterable {t} object"
        ));
    }
    let it = iter::get_iter(vm, v)?;
    let out = vm.new_list(&[])?;
    let least = before + after;
    for i in 0..before {
        match iter::next(vm, it)? {
            Some(x) => list::push(vm, out, x)?,
            None => return Err(too_few(vm, least, i)),
        }
    }
    let middle = list::from_iterable(vm, it)?;
    let n = list::len(vm, middle);
    let Some(kept) = n.checked_sub(after) else {
        return Err(too_few(vm, least, before + n));
    };
    list::push(vm, out, middle.value())?;
    for i in kept..n {
        let x = list::item(vm, middle, i).unwrap_or(Value::NONE);
        list::push(vm, out, x)?;
    }
    middle.get(vm).items.truncate(kept);
    Ok(out)
}

fn too_few(vm: &mut Vm, least: usize, got: usize) -> Raised {
    raise!(
        vm,
        ValueError,
        "not enough values to unpack (expected at least {least}, got {got})"
    )
}

/// LIST_APPEND
pub fn list_append(vm: &mut Vm, to: Value, v: Value) -> Result<(), Raised> {
    match to.cast::<ListObj>() {
        Some(l) => list::push(vm, l, v),
        None => Err(vm.raise(ClassId::SystemError, "LIST_APPEND expects a list")),
    }
}

/// SET_ADD
pub fn set_add(vm: &mut Vm, to: Value, v: Value) -> Result<(), Raised> {
    match to.cast::<SetObj>() {
        Some(s) => set::add(vm, s, v).map(|_| ()),
        None => Err(vm.raise(ClassId::SystemError, "SET_ADD expects a set")),
    }
}

/// MAP_ADD
pub fn map_add(vm: &mut Vm, to: Value, k: Value, v: Value) -> Result<(), Raised> {
    match to.cast::<DictObj>() {
        Some(d) => dict::set(vm, d, k, v),
        None => Err(vm.raise(ClassId::SystemError, "MAP_ADD expects a dict")),
    }
}
