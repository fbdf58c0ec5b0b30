//! Slices of sequences: taking them, and for lists assigning to them and deleting them.

use super::ops::{self, Bounds, Span, unpack};
use super::value::SliceObj;
use crate::object::method::R;
use crate::object::{ClassId, Gc, Value};
use crate::protocol::iter;
use crate::protocol::number::{self, BinOp};
use crate::raise;
use crate::types::bytes::ops as bytes;
use crate::types::bytes::value::BytesObj;
use crate::types::int;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::range::ops as range;
use crate::types::range::value::RangeObj;
use crate::types::str::ops as strs;
use crate::types::str::value::StrObj;
use crate::types::tuple::ops as tuple;
use crate::types::tuple::value::TupleObj;
use crate::vm::work::{self, steps};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// Items that are moved without a look at the limits.
const MOVED: usize = 0x1_0000;

/// `l[s]`
pub fn of_list(vm: &mut Vm, l: Gc<ListObj>, s: Gc<SliceObj>) -> R {
    let b = unpack(vm, s)?;
    part_of_list(vm, l, b)
}
/// The same by the slice's bounds.
///
/// # Errors
/// MemoryError, a limit.
pub fn part_of_list(vm: &mut Vm, l: Gc<ListObj>, b: Bounds) -> R {
    let span = b.adjust(list::len(vm, l));
    let out = list::with_capacity(vm, span.len)?;
    match span.step {
        1 => list::copy_part(vm, out, l, span.start, span.len)?,
        _any => list::copy_into(vm, out, span.len, |vm, k| list::item(vm, l, span.index(k)))?,
    }
    vm.burn(span.len as u64)?;
    Ok(out.value())
}
/// `to[a] = from[b]`, where the step of `a` is 1: what is taken is no list of its own where that can be.
///
/// # Errors
/// MemoryError, a limit.
pub fn move_part(
    vm: &mut Vm,
    (to, a): (Gc<ListObj>, Bounds),
    (from, b): (Gc<ListObj>, Bounds),
) -> Result<(), Raised> {
    let (t, f) = (a.adjust(list::len(vm, to)), b.adjust(list::len(vm, from)));
    let apart = to != from;
    // A list is turned round in itself.
    let turned = f.step == -1 && f.start + 1 == t.start + t.len;
    if f.len > MOVED || !apart && (t.len != f.len || !turned) {
        let part = part_of_list(vm, from, b)?;
        return assign_part(vm, to, a, part);
    }
    vm.burn(2 * f.len as u64)?;
    if !apart {
        let cells = to.get(vm).items.cells();
        let part = cells.get(t.start..t.start + t.len).unwrap_or_default();
        let (low, high) = part.split_at(part.len() / 2);
        for (x, y) in low.iter().zip(high.iter().rev()) {
            x.swap(y);
        }
        return Ok(());
    }
    let bytes = 8 * (f.len + list::len(vm, to));
    vm.with_room(bytes, |vm| {
        let new = from.get(vm).items.cells();
        let item = |i: usize| new.get(f.index(i)).map_or(Value::NONE, Cell::get);
        let end = t.start + t.len;
        let items = &to.get(vm).items;
        items.replace_range(&vm.heap, t.start, end, f.len, item)
    })
}
/// `t[s]`
pub fn of_tuple(vm: &mut Vm, t: Gc<TupleObj>, s: Gc<SliceObj>) -> R {
    let b = unpack(vm, s)?;
    part_of_tuple(vm, t, b)
}
/// The same by the slice's bounds.
///
/// # Errors
/// MemoryError, a limit.
pub fn part_of_tuple(vm: &mut Vm, t: Gc<TupleObj>, b: Bounds) -> R {
    let n = t.get(vm).len;
    let span = b.adjust(n);
    if span.len == n && span.step == 1 && vm.exact_class(t.value()) == Some(ClassId::Tuple) {
        return Ok(t.value());
    }
    vm.burn(span.len as u64)?;
    tuple::build(vm, span.len, |vm, k| t.get(vm).get(span.index(k)))
}
/// `text[s]`
pub fn of_str(vm: &mut Vm, t: Gc<StrObj>, s: Gc<SliceObj>) -> R {
    let b = unpack(vm, s)?;
    part_of_str(vm, t, b)
}
/// The same by the slice's bounds.
///
/// # Errors
/// MemoryError, a limit.
pub fn part_of_str(vm: &mut Vm, t: Gc<StrObj>, b: Bounds) -> R {
    let span = b.adjust(t.get(vm).chars);
    strs::slice(vm, t, span.start, span.step, span.len)
}
/// `b[s]`
pub fn of_bytes(vm: &mut Vm, b: Gc<BytesObj>, s: Gc<SliceObj>) -> R {
    let n = b.get(vm).len;
    let span = unpack(vm, s)?.adjust(n);
    if span.step == 1 {
        return bytes::sub(vm, b, span.start, span.start + span.len);
    }
    bytes::build(vm, span.len, |vm, t| {
        let from = b.get(vm).as_bytes();
        for (k, c) in steps(vm, t.iter_mut().enumerate()) {
            *c = from.get(span.index(k)).copied().unwrap_or(0);
        }
    })
}
/// `r[s]`: a range again, of numbers of any size.
pub fn of_range(vm: &mut Vm, r: Gc<RangeObj>, s: Gc<SliceObj>) -> R {
    let [.., by, length] = range::fields(vm, r);
    let [start, stop, step] = ops::indices(vm, s, length)?;
    let step = match range::is_plain_int(by) && range::is_plain_int(step) {
        true => int::ops::mul(vm, by, step)?,
        false => number::binary(vm, BinOp::Mul, by, step)?,
    };
    let start = range::number(vm, r, start)?;
    let stop = range::number(vm, r, stop)?;
    range::new(vm, start, stop, step)
}

/// Whatever is assigned, as a list that nobody else has (`own`), or as it is where it is a list or
/// a tuple. `msg` is the text for what cannot be iterated over.
fn items(vm: &mut Vm, v: Value, own: bool, msg: &str) -> R {
    if !own && (v.exact::<ListObj>().is_some() || v.exact::<TupleObj>().is_some()) {
        return Ok(v);
    }
    if !iter::is_iterable(vm, v)? {
        return Err(vm.raise(ClassId::TypeError, msg));
    }
    Ok(list::from_iterator(vm, v)?.value())
}
fn count(vm: &Vm, v: Value) -> usize {
    v.get::<ListObj>(vm)
        .map(|l| l.items.len())
        .or_else(|| v.get::<TupleObj>(vm).map(|t| t.len))
        .unwrap_or(0)
}
fn nth(vm: &Vm, v: Value, i: usize) -> Value {
    v.get::<ListObj>(vm)
        .map(|l| l.items.get(i))
        .or_else(|| v.get::<TupleObj>(vm).map(|t| t.get(i)))
        .flatten()
        .unwrap_or(Value::NONE)
}

/// `l[s] = v`
///
/// # Errors
/// Those of the bounds; TypeError for what is not iterable; ValueError where an extended slice
/// gets another number of items than it has.
pub fn assign(vm: &mut Vm, l: Gc<ListObj>, s: Gc<SliceObj>, v: Value) -> Result<(), Raised> {
    let b = unpack(vm, s)?;
    assign_part(vm, l, b, v)
}
/// The same by the slice's bounds.
///
/// # Errors
/// As [`assign`], but for those of the bounds.
pub fn assign_part(vm: &mut Vm, l: Gc<ListObj>, b: Bounds, v: Value) -> Result<(), Raised> {
    let span = b.adjust(list::len(vm, l));
    let own = v == l.value();
    if span.step == 1 {
        let v = items(vm, v, own, "can only assign an iterable")?;
        return splice(vm, l, &span, v);
    }
    let v = items(vm, v, own, "must assign iterable to extended slice")?;
    let n = count(vm, v);
    if n != span.len {
        let want = span.len;
        return Err(raise!(
            vm,
            ValueError,
            "attempt to assign sequence of size {n} to extended slice of size {want}"
        ));
    }
    for k in 0..n {
        let x = nth(vm, v, k);
        list::put(vm, l, span.index(k), x);
        if k & 0xFFFF == 0xFFFF {
            vm.poll()?;
        }
    }
    Ok(())
}
/// Puts the items in the place of a slice of step 1. The list may have changed meanwhile.
fn splice(vm: &mut Vm, l: Gc<ListObj>, span: &Span, v: Value) -> Result<(), Raised> {
    let n = count(vm, v);
    let len = list::len(vm, l);
    let from = span.start.min(len);
    let to = (span.start + span.len).clamp(from, len);
    vm.burn(n as u64)?;
    if n > work::PIECE {
        return splice_long(vm, l, (from, to), n, v);
    }
    vm.with_room(8 * (n + len), |vm| {
        let items = &l.get(vm).items;
        if let Some(o) = v.get::<ListObj>(vm)
            && v != l.value()
        {
            return items.replace_with(&vm.heap, from, to, o.items.cells());
        }
        items.replace_range(&vm.heap, from, to, n, |i| nth(vm, v, i))
    })
}

/// The same of many items: they become another list's, which changes places with it when it is whole.
fn splice_long(
    vm: &mut Vm,
    l: Gc<ListObj>,
    (from, to): (usize, usize),
    n: usize,
    v: Value,
) -> Result<(), Raised> {
    let len = list::len(vm, l);
    let out = list::with_capacity(vm, from + n + len - to)?;
    list::copy_into(vm, out, from, |vm, i| list::item(vm, l, i))?;
    list::copy_into(vm, out, n, |vm, i| Some(nth(vm, v, i)))?;
    list::copy_into(vm, out, len - to, |vm, i| list::item(vm, l, to + i))?;
    l.get(vm).items.swap(&out.get(vm).items);
    Ok(())
}

/// `del l[s]`
///
/// # Errors
/// Those of the bounds.
pub fn delete(vm: &mut Vm, l: Gc<ListObj>, s: Gc<SliceObj>) -> Result<(), Raised> {
    let span = unpack(vm, s)?.adjust(list::len(vm, l));
    if span.len == 0 {
        return Ok(());
    }
    let o = l.get(vm);
    if span.step == 1 {
        o.items.remove_range(span.start, span.start + span.len);
        return Ok(());
    }
    let last = span.index(span.len - 1);
    let (first, step) = (span.start.min(last), span.step.unsigned_abs() as usize);
    // What stays moves down over what goes.
    let mut to = first;
    let mut gone = 0;
    let end = o.items.len();
    let mut next = first;
    for i in steps(vm, first..end) {
        next = i + 1;
        if gone < span.len && i == first + gone * step {
            gone += 1;
        } else if let Some(v) = o.items.get(i) {
            o.items.set(&vm.heap, to, v);
            to += 1;
        }
    }
    // Where it gave up, what lies behind stays.
    o.items.remove_range(to, next);
    vm.poll()
}
