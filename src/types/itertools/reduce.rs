//! `__reduce__` and `__setstate__`: what makes an iterator again, where it stands.

use super::{choose, group, tee};
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Value};
use crate::protocol::iter::{get_iter, is_iterator};
use crate::protocol::{item, truth};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::int::ops as int;
use crate::types::iter::value::IterObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::slots::reduce::builtin;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// `it.__reduce__()`
pub fn reduce(vm: &mut Vm, it: Value) -> R {
    let Some(g) = it.cast::<IterObj>() else {
        return Ok(Value::NONE);
    };
    let own = class::type_of(vm, it)?;
    let o = g.get(vm);
    let (a, b, c) = (o.a.get(), o.b.get(), o.c.get());
    let (i, j) = (o.i.get(), o.j.get());
    let (an, bn) = (a.unwrap_or(Value::NONE), b.unwrap_or(Value::NONE));
    let cn = c.unwrap_or(Value::NONE);
    let id = vm.class_of(it);
    let (args, state) = match id {
        ClassId::Count => match b {
            None => {
                let n = vm.new_int(i)?;
                (vm.new_tuple(&[n])?, None)
            }
            Some(n) => (vm.new_tuple(&[n, an])?, None),
        },
        ClassId::Cycle => {
            let (inner, first) = match a {
                Some(v) => (v, Value::int_unchecked(0)),
                None => {
                    let inner = get_iter(vm, bn)?;
                    if i != 0
                        && let Some(l) = inner.get::<IterObj>(vm)
                    {
                        l.i.set(i);
                    }
                    (inner, Value::int_unchecked(1))
                }
            };
            let args = vm.new_tuple(&[inner])?;
            (args, Some(vm.new_tuple(&[bn, first])?))
        }
        ClassId::Repeat => match i {
            ..0 => (vm.new_tuple(&[an])?, None),
            n => {
                let n = vm.new_int(n)?;
                (vm.new_tuple(&[an, n])?, None)
            }
        },
        ClassId::Chain => {
            let none = vm.new_tuple(&[])?;
            match (a, b) {
                (None, _) => (none, None),
                (Some(a), None) => (none, Some(vm.new_tuple(&[a])?)),
                (Some(a), Some(b)) => (none, Some(vm.new_tuple(&[a, b])?)),
            }
        }
        ClassId::Accumulate => return accumulate(vm, own, g),
        ClassId::Compress => (vm.new_tuple(&[an, bn])?, None),
        ClassId::TakeWhile | ClassId::DropWhile => {
            let args = vm.new_tuple(&[bn, an])?;
            (args, Some(vm.new_int(i)?))
        }
        ClassId::FilterFalse | ClassId::StarMap => (vm.new_tuple(&[bn, an])?, None),
        ClassId::ISlice => {
            let zero = Value::int_unchecked(0);
            match a {
                None => {
                    let l = vm.new_list(&[])?.value();
                    let empty = get_iter(vm, l)?;
                    (vm.new_tuple(&[empty, zero])?, Some(zero))
                }
                Some(inner) => {
                    let (at, taken) = (vm.new_int(j)?, vm.new_int(i)?);
                    (vm.new_tuple(&[inner, at, bn, cn])?, Some(taken))
                }
            }
        }
        ClassId::ZipLongest => {
            let empty = vm.new_tuple(&[])?;
            let l = list::from_iterable(vm, an)?;
            for k in 0..list::len(vm, l) {
                if list::item(vm, l, k) == Some(Value::MARK) {
                    list::put(vm, l, k, empty);
                }
            }
            (list::to_tuple(vm, l)?, Some(bn))
        }
        ClassId::GroupBy => {
            let args = vm.new_tuple(&[an, bn])?;
            let at = [group::KEY, group::ITEM, group::TARGET].map(|p| group::at(vm, g, p));
            match at {
                [Some(k), Some(v), Some(t)] => (args, Some(vm.new_tuple(&[k, v, t])?)),
                _ => (args, None),
            }
        }
        ClassId::Grouper => {
            if group::is_last(vm, g).is_none() {
                let f = builtin(vm, "iter")?;
                let empty = vm.new_tuple(&[])?;
                let args = vm.new_tuple(&[empty])?;
                return vm.new_tuple(&[f, args]);
            }
            (vm.new_tuple(&[an, bn])?, None)
        }
        ClassId::Tee => {
            let empty = vm.new_tuple(&[])?;
            let n = vm.new_int(i)?;
            let state = vm.new_tuple(&[an, n])?;
            (vm.new_tuple(&[empty])?, Some(state))
        }
        ClassId::TeeData => {
            let items = list::from_iterable(vm, bn)?.value();
            (vm.new_tuple(&[an, items, cn])?, None)
        }
        _ => choose::reduce(vm, g, id)?,
    };
    match state {
        Some(s) => vm.new_tuple(&[own, args, s]),
        None => vm.new_tuple(&[own, args]),
    }
}

fn accumulate(vm: &mut Vm, own: Value, g: Gc<IterObj>) -> R {
    let o = g.get(vm);
    let (it, f, total) = (o.a.get_or_none(), o.b.get_or_none(), o.c.get());
    let pending = o.i.get() != 0;
    // What is not given yet, or a total that looks like none, comes first again.
    let again = pending || total.is_some_and(Value::is_none);
    if !again {
        let args = vm.new_tuple(&[it, f])?;
        return vm.new_tuple(&[own, args, total.unwrap_or(Value::NONE)]);
    }
    let head = vm.new_tuple(&[total.unwrap_or(Value::NONE)])?;
    let chain = vm.class_object(ClassId::Chain)?;
    let it = vm.call(chain, Args::pos(&[head, it]))?;
    if pending {
        let args = vm.new_tuple(&[it, f])?;
        return vm.new_tuple(&[own, args, Value::NONE]);
    }
    let it = vm.call(own, Args::pos(&[it, f]))?;
    let slice = vm.class_object(ClassId::ISlice)?;
    let args = vm.new_tuple(&[it, Value::int_unchecked(1), Value::NONE])?;
    vm.new_tuple(&[slice, args])
}

/// The items of a state, which is a tuple of `min` to `max`.
fn parts(vm: &mut Vm, state: Value, min: usize, max: usize) -> Result<[Option<Value>; 3], Raised> {
    let Some(t) = state.get::<TupleObj>(vm) else {
        return Err(raise!(vm, TypeError, "state is not a tuple"));
    };
    let n = t.len;
    let all = [t.get(0), t.get(1), t.get(2)];
    if (min..=max).contains(&n) {
        return Ok(all);
    }
    Err(crate::types::args::miscounted(vm, "function", n, min, max))
}
/// The error of item `i` of a state.
pub(super) fn wrong(vm: &mut Vm, i: usize, want: &str, v: Option<Value>) -> Raised {
    let t = crate::types::args::kind_name(vm, v.unwrap_or(Value::NONE));
    raise!(vm, TypeError, "argument {i} must be {want}, not {t}")
}

/// `it.__setstate__(state)`
pub fn set_state(vm: &mut Vm, it: Value, state: Value) -> R {
    let Some(g) = it.cast::<IterObj>() else {
        return Ok(Value::NONE);
    };
    match vm.class_of(it) {
        ClassId::Cycle => {
            let [saved, first, _] = parts(vm, state, 2, 2)?;
            if saved.and_then(|l| l.cast::<ListObj>()).is_none() {
                return Err(wrong(vm, 1, "list", saved));
            }
            let first = item::as_c_int(vm, first.unwrap_or(Value::NONE))?;
            let o = g.get(vm);
            o.b.write(&vm.heap, saved);
            o.i.set(0);
            o.j.set((first != 0) as i64);
        }
        ClassId::Chain => {
            let [source, active, _] = parts(vm, state, 1, 2)?;
            for v in [source, active].into_iter().flatten() {
                if !is_iterator(vm, v)? {
                    return Err(raise!(vm, TypeError, "Arguments must be iterators."));
                }
            }
            let o = g.get(vm);
            o.a.write(&vm.heap, source);
            o.b.write(&vm.heap, active);
        }
        ClassId::Accumulate => g.get(vm).c.write(&vm.heap, Some(state)),
        ClassId::TakeWhile | ClassId::DropWhile => {
            let on = truth::is_true(vm, state)?;
            g.get(vm).i.set(on as i64);
        }
        ClassId::ISlice => {
            if !int::is_int(state) {
                return Err(raise!(vm, TypeError, "an integer is required"));
            }
            let n = item::as_ssize(vm, state)?;
            g.get(vm).i.set(n);
        }
        ClassId::ZipLongest => g.get(vm).b.write(&vm.heap, Some(state)),
        ClassId::GroupBy => {
            let [k, v, t] = parts(vm, state, 3, 3)?;
            group::put(vm, g, group::KEY, k);
            group::put(vm, g, group::ITEM, v);
            group::put(vm, g, group::TARGET, t);
        }
        ClassId::Tee => {
            let [l, n, _] = parts(vm, state, 2, 2)?;
            let l = l.unwrap_or(Value::NONE);
            if vm.class_of(l) != ClassId::TeeData {
                return Err(wrong(vm, 1, "itertools._tee_dataobject", Some(l)));
            }
            let n = item::as_c_int(vm, n.unwrap_or(Value::NONE))?;
            if !(0..=tee::ITEMS as i32).contains(&n) {
                return Err(raise!(vm, ValueError, "Index out of range"));
            }
            let o = g.get(vm);
            o.a.write(&vm.heap, Some(l));
            o.i.set(n.into());
        }
        id => choose::set_state(vm, g, id, state)?,
    }
    Ok(Value::NONE)
}
