//! The list itself.

use super::value::ListObj;
use crate::object::{ClassId, Gc, Kind, Value};
use crate::protocol::iter::{self, Flow, Taker};
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::tuple::value::TupleObj;
use crate::vm::work::{self, PIECE};
use crate::vm::{Raised, Vm};

/// Number of items.
#[inline(always)]
pub fn len(vm: &Vm, l: Gc<ListObj>) -> usize {
    l.get(vm).items.len()
}
/// Item `i`.
#[inline(always)]
pub fn item(vm: &Vm, l: Gc<ListObj>, i: usize) -> Option<Value> {
    l.get(vm).items.get(i)
}
/// Appends an item.
#[inline]
pub fn push(vm: &mut Vm, l: Gc<ListObj>, v: Value) -> Result<(), Raised> {
    let bytes = 16 + 8 * len(vm, l);
    vm.with_room(bytes, |vm| l.get(vm).items.push(&vm.heap, v))
}
/// Replaces item `i`, if it is there.
pub fn put(vm: &Vm, l: Gc<ListObj>, i: usize, v: Value) -> bool {
    let o = l.get(vm);
    let ok = i < o.items.len();
    if ok {
        o.items.set(&vm.heap, i, v);
    }
    ok
}

/// An index counted from the end when negative; may still be out of range.
pub fn wrap_index(i: i64, len: usize) -> Option<usize> {
    let i = if i < 0 { i.checked_add(len as i64)? } else { i };
    usize::try_from(i).ok().filter(|&i| i < len)
}
/// An index for insertion or search: clamped into `0..=len`.
pub fn clamp_index(i: i64, len: usize) -> usize {
    let i = if i < 0 {
        i.saturating_add(len as i64)
    } else {
        i
    };
    i.clamp(0, len as i64) as usize
}

/// Makes a list of whatever an iterable gives.
pub fn from_iterable(vm: &mut Vm, v: Value) -> Result<Gc<ListObj>, Raised> {
    let l = vm.new_list(&[])?;
    extend(vm, l, v)?;
    Ok(l)
}

/// Appends whatever an iterable gives.
pub fn extend(vm: &mut Vm, l: Gc<ListObj>, v: Value) -> Result<(), Raised> {
    if let Some(o) = v.exact::<ListObj>() {
        return append_list(vm, l, o);
    }
    if v == l.value() {
        // What grows while it is iterated has no end: all items first.
        let it = match iter::get_iter(vm, v) {
            Ok(it) => it,
            Err(r) => {
                vm.catch(r, ClassId::TypeError)?;
                return Err(vm.raise(ClassId::TypeError, "argument must be iterable"));
            }
        };
        let all = from_iterable(vm, it)?;
        return append_list(vm, l, all);
    }
    if let Some(t) = v.exact::<TupleObj>() {
        let n = t.get(vm).len;
        vm.burn(n as u64)?;
        return copy_into(vm, l, n, |vm, i| t.get(vm).get(i));
    }
    if v.is_kind(Kind::Generator) {
        return iter::give_all(vm, v, &mut Appends(l));
    }
    iter::for_all(vm, v, |vm, x| {
        push(vm, l, x)?;
        Ok(Flow::Go)
    })
}
/// Appends the items of a list, whatever its class says of them.
fn append_list(vm: &mut Vm, l: Gc<ListObj>, o: Gc<ListObj>) -> Result<(), Raised> {
    let n = len(vm, o);
    vm.burn(n as u64)?;
    // A few items are there sooner one by one: `[x] * n` appends one n times.
    if l != o && n >= 8 {
        reserve(vm, l, n)?;
        return copy_part(vm, l, o, 0, n);
    }
    copy_into(vm, l, n, |vm, i| item(vm, o, i))
}
struct Appends(Gc<ListObj>);
impl Taker for Appends {
    fn take(&mut self, vm: &mut Vm, x: Value) -> Result<Flow, Raised> {
        push(vm, self.0, x)?;
        Ok(Flow::Go)
    }
    fn take_quietly(&mut self, vm: &Vm, x: Value) -> bool {
        let pushed = self.0.get(vm).items.push(&vm.heap, x).is_ok();
        if !pushed {
            // Room is asked for again.
            vm.heap.take_injected();
        }
        pushed
    }
}
/// What `list(v)` begins with: something of a program's class that has a length is asked for it, too.
pub fn fill(vm: &mut Vm, l: Gc<ListObj>, v: Value) -> Result<(), Raised> {
    if v.is_user()
        && special::find(vm, v, Special::Len)?.is_some()
        && let Err(r) = crate::protocol::item::len(vm, v)
    {
        vm.catch(r, ClassId::TypeError)?;
    }
    extend(vm, l, v)
}
/// A list of the items of an iterable whose length nobody asks for, only that of its iterator.
pub fn from_iterator(vm: &mut Vm, v: Value) -> Result<Gc<ListObj>, Raised> {
    let v = match v.is_user() {
        true => iter::get_iter(vm, v)?,
        false => v,
    };
    from_iterable(vm, v)
}

/// Appends items `0..n` of something that does not shrink meanwhile (it may be the list itself).
pub fn copy_into(
    vm: &mut Vm,
    l: Gc<ListObj>,
    n: usize,
    from: impl Fn(&Vm, usize) -> Option<Value>,
) -> Result<(), Raised> {
    reserve(vm, l, n)?;
    let mut done = 0;
    while done < n {
        let some = (n - done).min(0x1_0000);
        vm.with_room(8 * some, |vm| {
            let items = &l.get(vm).items;
            let end = items.len();
            items.replace_range(&vm.heap, end, end, some, |i| {
                from(vm, done + i).unwrap_or(Value::NONE)
            })
        })?;
        done += some;
        if done < n {
            vm.poll()?;
        }
    }
    Ok(())
}

/// Appends `n` items of another list from place `at` on. They are there.
pub fn copy_part(
    vm: &mut Vm,
    l: Gc<ListObj>,
    of: Gc<ListObj>,
    at: usize,
    n: usize,
) -> Result<(), Raised> {
    if n > 0x1_0000 {
        return copy_into(vm, l, n, |vm, i| item(vm, of, at + i));
    }
    vm.with_room(8 * n, |vm| {
        let (items, from) = (&l.get(vm).items, of.get(vm).items.cells());
        let from = from.get(at..at + n).unwrap_or_default();
        let end = items.len();
        items.replace_with(&vm.heap, end, end, from)
    })
}

/// `a + b`; the caller has seen that both are lists.
pub fn concat(vm: &mut Vm, a: Gc<ListObj>, b: Gc<ListObj>) -> Result<Value, Raised> {
    let n = len(vm, a).saturating_add(len(vm, b));
    let out = with_capacity(vm, n)?;
    for l in [a, b] {
        let n = len(vm, l);
        vm.burn(n as u64)?;
        copy_part(vm, out, l, 0, n)?;
    }
    Ok(out.value())
}
/// An empty list with room for `n` items.
pub fn with_capacity(vm: &mut Vm, n: usize) -> Result<Gc<ListObj>, Raised> {
    let out = vm.new_list(&[])?;
    if n > 0 {
        let bytes = n.saturating_mul(8);
        vm.with_room(bytes, |vm| out.get(vm).items.reserve_exact(&vm.heap, n))?;
    }
    Ok(out)
}
/// Room for `n` more items.
fn reserve(vm: &mut Vm, l: Gc<ListObj>, n: usize) -> Result<(), Raised> {
    let bytes = n.saturating_mul(8);
    vm.with_room(bytes, |vm| l.get(vm).items.reserve(&vm.heap, n))
}
/// `l * n`
pub fn repeat(vm: &mut Vm, l: Gc<ListObj>, n: i64) -> Result<Value, Raised> {
    let len = len(vm, l);
    let n = usize::try_from(n).unwrap_or(0);
    let Some(total) = len.checked_mul(n) else {
        return Err(vm.raise_memory());
    };
    let out = with_capacity(vm, total)?;
    for _ in 0..if len == 0 { 0 } else { n } {
        append_list(vm, out, l)?;
        vm.poll()?;
    }
    Ok(out.value())
}
/// `l *= n`
pub fn repeat_in_place(vm: &mut Vm, l: Gc<ListObj>, n: i64) -> Result<(), Raised> {
    let len = len(vm, l);
    if n <= 0 {
        clear(vm, l);
        return Ok(());
    }
    let extra = usize::try_from(n - 1).ok().and_then(|n| n.checked_mul(len));
    let Some(extra) = extra else {
        return Err(vm.raise_memory());
    };
    reserve(vm, l, extra)?;
    for _ in 1..if len == 0 { 1 } else { n } {
        copy_into(vm, l, len, |vm, i| item(vm, l, i))?;
        vm.burn(len as u64)?;
        vm.poll()?;
    }
    Ok(())
}

/// Inserts before index `i` (clamped).
pub fn insert(vm: &mut Vm, l: Gc<ListObj>, i: i64, v: Value) -> Result<(), Raised> {
    let at = clamp_index(i, len(vm, l));
    let bytes = 16 + 8 * len(vm, l);
    vm.with_room(bytes, |vm| l.get(vm).items.insert(&vm.heap, at, v))
}
/// Takes item `i` out.
pub fn remove_at(vm: &mut Vm, l: Gc<ListObj>, i: usize) -> Option<Value> {
    let v = item(vm, l, i)?;
    l.get(vm).items.remove_range(i, i + 1);
    Some(v)
}
/// Removes everything and gives the memory back.
pub fn clear(vm: &mut Vm, l: Gc<ListObj>) {
    l.get(vm).items.free(&vm.heap);
}
/// Reverses in place; it may give up half-way, with every item somewhere.
pub fn reverse(vm: &Vm, l: Gc<ListObj>) {
    let o = l.get(vm);
    let n = o.items.len();
    for i in work::steps(vm, 0..n / 2) {
        if let (Some(a), Some(b)) = (o.items.get(i), o.items.get(n - 1 - i)) {
            o.items.set(&vm.heap, i, b);
            o.items.set(&vm.heap, n - 1 - i, a);
        }
    }
}

/// A tuple of the list's items.
pub fn to_tuple(vm: &mut Vm, l: Gc<ListObj>) -> Result<Value, Raised> {
    let n = len(vm, l);
    if (1..=PIECE).contains(&n) {
        return Ok(vm.tuple_of_list(l)?.value());
    }
    crate::types::tuple::ops::build(vm, n, |vm, i| item(vm, l, i))
}

/// The item an index names: `l[i]`.
pub fn get_item(vm: &mut Vm, l: Gc<ListObj>, i: i64) -> Result<Value, Raised> {
    let n = len(vm, l);
    match wrap_index(i, n).and_then(|i| item(vm, l, i)) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, IndexError, "list index out of range")),
    }
}
