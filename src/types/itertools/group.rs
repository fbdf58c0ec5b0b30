//! `groupby` and its groups. A group that is not the last that was handed out has ended.

use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Value};
use crate::protocol::compare;
use crate::protocol::iter::{get_iter, next};
use crate::raise;
use crate::types::args;
use crate::types::iter::make::raw;
use crate::types::iter::value::IterObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::vm::{Raised, Vm};

type Next = Result<Option<Value>, Raised>;

/// The key of the group handed out last, the key of the item at hand, and that item: places of the list
/// in field `c`, which hold MARK for nothing.
pub(super) const TARGET: usize = 0;
pub(super) const KEY: usize = 1;
pub(super) const ITEM: usize = 2;

/// `groupby(iterable, key=None)`
pub fn construct(vm: &mut Vm, a: Args<'_>) -> R {
    let [it, key] = args::parse(vm, "groupby", a, ["iterable", "key"], 1, 2)?;
    let it = get_iter(vm, it.unwrap_or(Value::NONE))?;
    let at = vm.new_list(&[Value::MARK; 3])?.value();
    let key = key.unwrap_or(Value::NONE);
    raw(vm, ClassId::GroupBy, [Some(it), Some(key), Some(at)], 0, 0)
}
/// `_grouper(groupby, key)`
pub fn construct_group(vm: &mut Vm, a: Args<'_>) -> R {
    args::no_keywords(vm, "_grouper", a)?;
    args::arity(vm, "_grouper", a, 2, 2)?;
    match a[0].cast::<IterObj>() {
        Some(g) if vm.class_of(a[0]) == ClassId::GroupBy => group(vm, g, a[1]),
        _ => {
            let t = args::kind_name(vm, a[0]);
            Err(raise!(
                vm,
                TypeError,
                "_grouper() argument 1 must be itertools.groupby, not {t}"
            ))
        }
    }
}
/// A new group, which ends the one before.
fn group(vm: &mut Vm, g: Gc<IterObj>, key: Value) -> R {
    let n = g.get(vm).i.get() + 1;
    g.get(vm).i.set(n);
    raw(
        vm,
        ClassId::Grouper,
        [Some(g.value()), Some(key), None],
        n,
        0,
    )
}

/// What lies in a place of the list.
pub(super) fn at(vm: &Vm, g: Gc<IterObj>, i: usize) -> Option<Value> {
    let l = g.get(vm).c.get()?.cast::<ListObj>()?;
    list::item(vm, l, i).filter(|v| *v != Value::MARK)
}
pub(super) fn put(vm: &Vm, g: Gc<IterObj>, i: usize, v: Option<Value>) {
    if let Some(l) = g.get(vm).c.get().and_then(|l| l.cast::<ListObj>()) {
        list::put(vm, l, i, v.unwrap_or(Value::MARK));
    }
}

/// Takes the next item; false at the end.
fn step(vm: &mut Vm, g: Gc<IterObj>) -> Result<bool, Raised> {
    let o = g.get(vm);
    let (it, f) = (o.a.get_or_none(), o.b.get_or_none());
    let Some(v) = next(vm, it)? else {
        return Ok(false);
    };
    let k = match f.is_none() {
        true => v,
        false => vm.call(f, Args::pos(&[v]))?,
    };
    put(vm, g, ITEM, Some(v));
    put(vm, g, KEY, Some(k));
    Ok(true)
}

/// The next key and its group.
pub fn next_group(vm: &mut Vm, g: Gc<IterObj>) -> Next {
    // Whoever has the last group finds that it is not the last any more.
    let n = g.get(vm).i.get() + 1;
    g.get(vm).i.set(n);
    loop {
        match (at(vm, g, KEY), at(vm, g, TARGET)) {
            (Some(_), None) => break,
            (Some(k), Some(t)) if !compare::eq(vm, t, k)? => break,
            _ => (),
        }
        if !step(vm, g)? {
            return Ok(None);
        }
        vm.burn(1)?;
        vm.poll()?;
    }
    let key = at(vm, g, KEY).unwrap_or(Value::NONE);
    put(vm, g, TARGET, Some(key));
    let group = group(vm, g, key)?;
    vm.new_tuple(&[key, group]).map(Some)
}
/// Whether a group is the last that was handed out.
pub(super) fn is_last(vm: &Vm, it: Gc<IterObj>) -> Option<Gc<IterObj>> {
    let o = it.get(vm);
    let g = o.a.get()?.cast::<IterObj>()?;
    (g.get(vm).i.get() == o.i.get()).then_some(g)
}
/// The next item of a group.
pub fn next_item(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let Some(g) = is_last(vm, it) else {
        return Ok(None);
    };
    if at(vm, g, ITEM).is_none() && !step(vm, g)? {
        return Ok(None);
    }
    let target = it.get(vm).b.get_or_none();
    let key = at(vm, g, KEY).unwrap_or(Value::NONE);
    if !compare::eq(vm, target, key)? {
        return Ok(None);
    }
    let v = at(vm, g, ITEM);
    put(vm, g, ITEM, None);
    put(vm, g, KEY, None);
    Ok(v)
}
