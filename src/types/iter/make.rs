//! Making iterators, and the classes a program calls to make them.

use super::value::IterObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Header, Kind, Slot, Value};
use crate::protocol::iter::get_iter;
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::args;
use crate::types::bytearray::value::ByteArrayObj;
use crate::types::bytes::value::BytesObj;
use crate::types::dict::ops as dict;
use crate::types::dict::ordered;
use crate::types::dict::value::{DictObj, DictViewObj};
use crate::types::int::ops as int;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::range::value::RangeObj;
use crate::types::set::value::SetObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// An iterator of this class.
pub fn raw(vm: &mut Vm, class: ClassId, s: [Option<Value>; 3], i: i64, j: i64) -> R {
    let it = vm.alloc(IterObj {
        h: Header::new(Kind::Iter, class as u32),
        a: Slot::new(s[0]),
        b: Slot::new(s[1]),
        c: Slot::new(s[2]),
        i: Cell::new(i),
        j: Cell::new(j),
    })?;
    Ok(it.value())
}

/// Iterator over a sequence from the front.
pub fn over(vm: &mut Vm, class: ClassId, seq: Value) -> R {
    raw(vm, class, [Some(seq), None, None], 0, 0)
}

/// Iterator over a dict's keys, values or items, forwards or backwards. The number of items when
/// it was made stands in `b`.
pub fn over_dict(vm: &mut Vm, class: ClassId, d: Value) -> R {
    let (used, entries) = match d.get::<DictObj>(vm) {
        Some(d) => (d.used.get() as i64, d.entries.len() as i64),
        None => (0, 0),
    };
    let backwards = matches!(
        class,
        ClassId::DictReverseKeyIter | ClassId::DictReverseValueIter | ClassId::DictReverseItemIter
    );
    let at = if backwards { entries } else { 0 };
    let seen = Value::int_unchecked(used);
    raw(vm, class, [Some(d), Some(seen), None], at, used)
}

/// Iterator over a set. The number of keys when it was made stands in `b`.
pub fn over_set(vm: &mut Vm, s: Value) -> R {
    let used = s.get::<SetObj>(vm).map_or(0, |s| s.used.get() as i64);
    let seen = Value::int_unchecked(used);
    raw(vm, ClassId::SetIter, [Some(s), Some(seen), None], 0, used)
}

/// Iterator over what has items by index only.
pub fn sequence(vm: &mut Vm, v: Value) -> R {
    over(vm, ClassId::SeqIter, v)
}

/// `iter(callable, sentinel)`
pub fn callable(vm: &mut Vm, f: Value, sentinel: Value) -> R {
    raw(
        vm,
        ClassId::CallableIter,
        [Some(f), Some(sentinel), None],
        0,
        0,
    )
}

/// `enumerate(iterable, start=0)`
pub fn enumerate(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let [it, start] = args::parse(vm, "enumerate", a, ["iterable", "start"], 1, 2)?;
    let start = match start {
        Some(v) => Some(crate::protocol::item::as_int(vm, v)?),
        None => None,
    };
    let it = get_iter(vm, it.unwrap_or(Value::NONE))?;
    let (i, big) = match start {
        None => (0, None),
        Some(v) => match int::to_i64(vm, v) {
            Some(i) => (i, None),
            None => (0, Some(v)),
        },
    };
    raw(vm, ClassId::Enumerate, [Some(it), big, None], i, 0)
}

/// Iterators of all arguments from `from` on, as a tuple.
fn iterators(vm: &mut Vm, a: Args<'_>, from: usize) -> Result<Value, Raised> {
    let its = vm.new_list(&[])?;
    for &v in &a.positional()[from..] {
        let it = get_iter(vm, v)?;
        list::push(vm, its, it)?;
    }
    list::to_tuple(vm, its)
}

/// `zip(*iterables)`
pub fn zip(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "zip", a)?;
    let its = iterators(vm, a, 0)?;
    raw(vm, ClassId::Zip, [Some(its), None, None], 0, 0)
}
/// `map(function, *iterables)`
pub fn map(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "map", a)?;
    if a.len() < 2 {
        return Err(raise!(
            vm,
            TypeError,
            "map() must have at least two arguments."
        ));
    }
    let its = iterators(vm, a, 1)?;
    raw(vm, ClassId::Map, [Some(a[0]), Some(its), None], 0, 0)
}
/// `filter(function, iterable)`
pub fn filter(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "filter", a)?;
    args::arity(vm, "filter", a, 2, 2)?;
    let it = get_iter(vm, a[1])?;
    raw(vm, ClassId::Filter, [Some(a[0]), Some(it), None], 0, 0)
}
/// `reversed(sequence)`
pub fn reversed(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "reversed", a)?;
    args::arity(vm, "reversed", a, 1, 1)?;
    reverse(vm, a[0])
}

/// `reversed(v)`
pub fn reverse(vm: &mut Vm, v: Value) -> R {
    if v.is_user() {
        match special::find(vm, v, Special::Reversed)? {
            Some(f) if f.is_none() => {
                let t = vm.type_name(v);
                return Err(raise!(vm, TypeError, "'{t}' object is not reversible"));
            }
            Some(f) => return special::call(vm, f, v, &[]),
            None => (),
        }
        let sequence = special::find(vm, v, Special::GetItem)?.is_some()
            && !matches!(v.kind(), Some(Kind::Dict | Kind::Deque));
        if sequence {
            let n = crate::protocol::item::len(vm, v)? as i64;
            return raw(vm, ClassId::Reversed, [Some(v), None, None], n - 1, 0);
        }
    }
    reverse_plain(vm, v)
}
/// The same by the layout.
pub fn reverse_plain(vm: &mut Vm, v: Value) -> R {
    if let Some(l) = v.cast::<ListObj>() {
        let last = list::len(vm, l) as i64 - 1;
        return raw(vm, ClassId::ListReverseIter, [Some(v), None, None], last, 0);
    }
    if let Some(r) = v.cast::<RangeObj>() {
        return crate::types::range::ops::reversed(vm, r);
    }
    if v.is_kind(Kind::Deque) {
        return crate::types::deque::methods::iter(vm, ClassId::DequeReverseIter, v);
    }
    if ordered::is_ordered(vm, v) {
        return ordered::iterator(vm, v, ordered::BACKWARDS);
    }
    if v.cast::<DictObj>().is_some() {
        return over_dict(vm, ClassId::DictReverseKeyIter, v);
    }
    if let Some(w) = v.get::<DictViewObj>(vm) {
        let d = w.dict.get_or_none();
        if let Some(what) = ordered::kind_of_view(vm.class_of(v)) {
            return ordered::iterator(vm, d, what | ordered::BACKWARDS);
        }
        let class = match vm.class_of(v) {
            ClassId::DictValues => ClassId::DictReverseValueIter,
            ClassId::DictItems => ClassId::DictReverseItemIter,
            _ => ClassId::DictReverseKeyIter,
        };
        return over_dict(vm, class, d);
    }
    let n = match vm.class_of(v) {
        ClassId::Tuple => v.get::<TupleObj>(vm).map_or(0, |t| t.len),
        ClassId::Str | ClassId::Bytes | ClassId::ByteArray | ClassId::MemoryView => {
            crate::protocol::item::len(vm, v)?
        }
        _ => {
            let t = vm.type_name(v);
            return Err(raise!(vm, TypeError, "'{t}' object is not reversible"));
        }
    };
    raw(
        vm,
        ClassId::Reversed,
        [Some(v), None, None],
        n as i64 - 1,
        0,
    )
}

/// Whether this iterator asks its sequence how long it is, to tell how many items are left.
pub fn asks(vm: &Vm, it: Value) -> bool {
    matches!(vm.class_of(it), ClassId::SeqIter | ClassId::Reversed)
}
/// The items left, where they can be told: `__length_hint__`.
pub fn length_hint(vm: &mut Vm, v: Value) -> usize {
    if let Some(r) = v.get::<crate::types::range::value::RangeIterObj>(vm) {
        return r.remaining.get() as usize;
    }
    let Some(it) = v.cast::<IterObj>() else {
        return 0;
    };
    let o = it.get(vm);
    let Some(a) = o.a.get() else { return 0 };
    let i = o.i.get();
    let (j, c) = (o.j.get(), o.c.get());
    let left = |n: usize| n.saturating_sub(i.max(0) as usize);
    match vm.class_of(v) {
        ClassId::ListIter => a.cast::<ListObj>().map_or(0, |l| left(list::len(vm, l))),
        ClassId::TupleIter => a.get::<TupleObj>(vm).map_or(0, |t| left(t.len)),
        ClassId::BytesIter => a.get::<BytesObj>(vm).map_or(0, |b| left(b.len)),
        ClassId::ByteArrayIter => a.get::<ByteArrayObj>(vm).map_or(0, |b| left(b.items.len())),
        ClassId::SetIter => {
            let seen = o.b.get().and_then(Value::as_small_int);
            let same = a.get::<SetObj>(vm).map(|s| s.used.get() as i64) == seen;
            if same { j.max(0) as usize } else { 0 }
        }
        ClassId::StrIter => match a.get::<crate::types::str::value::StrObj>(vm) {
            Some(s) => s.as_bytes()[i as usize..]
                .iter()
                .filter(|&&b| b & 0xC0 != 0x80)
                .count(),
            None => 0,
        },
        ClassId::DequeIter | ClassId::DequeReverseIter => i.max(0) as usize,
        ClassId::ListReverseIter => (i + 1).max(0) as usize,
        ClassId::LongRangeIter => c
            .and_then(|n| int::to_i64(vm, n))
            .map_or(usize::MAX, |n| n as usize),
        ClassId::DictKeyIter
        | ClassId::DictValueIter
        | ClassId::DictItemIter
        | ClassId::DictReverseKeyIter
        | ClassId::DictReverseValueIter
        | ClassId::DictReverseItemIter => {
            let seen = o.b.get().and_then(Value::as_small_int);
            match a.cast::<DictObj>() {
                Some(d) if seen == Some(dict::len(vm, d) as i64) => j.max(0) as usize,
                _ => 0,
            }
        }
        _ => 0,
    }
}
