//! The deque itself. `state` counts as CPython's does, once for each item that comes or goes.

use super::value::DequeObj;
use crate::gc::Buf;
use crate::object::{ClassId, Gc, Header, Kind, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::iter::{self, Flow};
use crate::protocol::truth;
use crate::raise;
use crate::types::list::ops as list;
use crate::vm::{Raised, Vm, work};
use std::cell::Cell;

/// Least number of places.
const MIN_PLACES: usize = 8;

/// An empty deque.
pub fn new(vm: &mut Vm) -> Result<Gc<DequeObj>, Raised> {
    vm.alloc(DequeObj {
        h: Header::new(Kind::Deque, ClassId::Deque as u32),
        ring: Buf::new(),
        head: Cell::new(0),
        len: Cell::new(0),
        maxlen: Cell::new(-1),
        state: Cell::new(0),
    })
}

/// Number of items.
#[inline]
pub fn len(vm: &Vm, d: Gc<DequeObj>) -> usize {
    d.get(vm).len.get()
}
/// Item `i`.
#[inline]
pub fn item(vm: &Vm, d: Gc<DequeObj>, i: usize) -> Option<Value> {
    d.get(vm).get(i)
}
/// Replaces item `i`, which is in range.
pub fn put(vm: &Vm, d: Gc<DequeObj>, i: usize, v: Value) {
    let o = d.get(vm);
    o.ring.set(&vm.heap, o.place(i), Some(v));
}
#[inline]
fn touch(o: &DequeObj) {
    o.state.set(o.state.get().wrapping_add(1));
}

/// Room for one more item.
#[inline]
fn reserve(vm: &mut Vm, d: Gc<DequeObj>) -> Result<(), Raised> {
    let o = d.get(vm);
    match o.len.get() < o.ring.len() {
        true => Ok(()),
        false => grow(vm, d),
    }
}
#[cold]
fn grow(vm: &mut Vm, d: Gc<DequeObj>) -> Result<(), Raised> {
    let n = d.get(vm).ring.len();
    let Some(want) = n.checked_mul(2).map(|n| n.max(MIN_PLACES)) else {
        return Err(vm.raise_memory());
    };
    let ring = vm.filled(want, None)?;
    let moved = vm.working(|vm| {
        let o = d.get(vm);
        work::steps(vm, 0..o.len.get()).for_each(|i| ring.set(&vm.heap, i, o.get(i)));
    });
    if let Err(r) = moved {
        ring.free(&vm.heap);
        return Err(r);
    }
    let o = d.get(vm);
    o.ring.swap(&ring);
    ring.free(&vm.heap);
    o.head.set(0);
    Ok(())
}

/// Whether there are as many items as there may be.
#[inline]
fn is_full(o: &DequeObj) -> bool {
    o.len.get() as i64 == o.maxlen.get()
}

/// Appends at the right end; where the deque is full, the leftmost item goes.
#[inline]
pub fn push(vm: &mut Vm, d: Gc<DequeObj>, v: Value) -> Result<(), Raised> {
    if is_full(d.get(vm)) {
        let o = d.get(vm);
        touch(o);
        if o.len.get() == 0 {
            return Ok(());
        }
        o.head.set(o.place(1));
        o.len.set(o.len.get() - 1);
    } else {
        reserve(vm, d)?;
        touch(d.get(vm));
    }
    let o = d.get(vm);
    o.ring.set(&vm.heap, o.place(o.len.get()), Some(v));
    o.len.set(o.len.get() + 1);
    Ok(())
}
/// Appends at the left end; where the deque is full, the rightmost item goes.
#[inline]
pub fn push_left(vm: &mut Vm, d: Gc<DequeObj>, v: Value) -> Result<(), Raised> {
    if is_full(d.get(vm)) {
        let o = d.get(vm);
        touch(o);
        if o.len.get() == 0 {
            return Ok(());
        }
        o.len.set(o.len.get() - 1);
    } else {
        reserve(vm, d)?;
        touch(d.get(vm));
    }
    let o = d.get(vm);
    let at = o.place(usize::MAX);
    o.ring.set(&vm.heap, at, Some(v));
    o.head.set(at);
    o.len.set(o.len.get() + 1);
    Ok(())
}
/// Takes the rightmost item.
#[inline]
pub fn pop(vm: &Vm, d: Gc<DequeObj>) -> Option<Value> {
    let o = d.get(vm);
    let v = o.get(o.len.get().checked_sub(1)?)?;
    touch(o);
    o.len.set(o.len.get() - 1);
    Some(v)
}
/// Takes the leftmost item.
#[inline]
pub fn pop_left(vm: &Vm, d: Gc<DequeObj>) -> Option<Value> {
    let o = d.get(vm);
    let v = o.get(0)?;
    touch(o);
    o.head.set(o.place(1));
    o.len.set(o.len.get() - 1);
    Some(v)
}
/// Removes everything and gives the memory back.
pub fn clear(vm: &mut Vm, d: Gc<DequeObj>) {
    let o = d.get(vm);
    if o.len.get() > 0 {
        touch(o);
    }
    o.ring.free(&vm.heap);
    o.head.set(0);
    o.len.set(0);
}

/// Appends whatever an iterable gives, at the left where `left`.
pub fn extend(vm: &mut Vm, d: Gc<DequeObj>, v: Value, left: bool) -> Result<(), Raised> {
    // A deque grows by what it holds now.
    let v = match v == d.value() {
        true => list::from_iterable(vm, v)?.value(),
        false => v,
    };
    iter::for_each(vm, v, |vm, x| {
        match left {
            true => push_left(vm, d, x)?,
            false => push(vm, d, x)?,
        }
        Ok(Flow::Go)
    })
}

/// Moves `n` items from the right end to the left one; with a negative number the other way.
pub fn rotate(vm: &mut Vm, d: Gc<DequeObj>, n: i64) -> Result<(), Raised> {
    let o = d.get(vm);
    let len = o.len.get() as i64;
    if len < 2 {
        return Ok(());
    }
    touch(o);
    let mut n = n % len;
    if n > len / 2 {
        n -= len;
    } else if n < -(len / 2) {
        n += len;
    }
    if o.len.get() == o.ring.len() {
        // The ring turns as a whole.
        o.head.set(o.place((n as usize).wrapping_neg()));
        return Ok(());
    }
    vm.burn(n.unsigned_abs())?;
    for i in 0..n.unsigned_abs() {
        if i & 0xFFFF == 0xFFFF {
            vm.poll()?;
        }
        let o = d.get(vm);
        let (from, to, head) = match n > 0 {
            true => {
                let to = o.place(usize::MAX);
                (o.place(len as usize - 1), to, to)
            }
            false => (o.head.get(), o.place(len as usize), o.place(1)),
        };
        o.ring.set(&vm.heap, to, o.ring.get(from).flatten());
        o.head.set(head);
    }
    Ok(())
}
/// Turns the order around.
pub fn reverse(vm: &Vm, d: Gc<DequeObj>) {
    let o = d.get(vm);
    let n = o.len.get();
    for i in 0..n / 2 {
        if let (Some(a), Some(b)) = (o.get(i), o.get(n - 1 - i)) {
            put(vm, d, i, b);
            put(vm, d, n - 1 - i, a);
        }
    }
}
/// Puts an item before item `i`; the nearer end makes room. There is room by `maxlen`.
pub fn insert(vm: &mut Vm, d: Gc<DequeObj>, i: usize, v: Value) -> Result<(), Raised> {
    let n = len(vm, d);
    if i >= n {
        return push(vm, d, v);
    }
    if i <= n / 2 {
        push_left(vm, d, v)?;
        for k in 0..i {
            let x = item(vm, d, k + 1).unwrap_or(v);
            put(vm, d, k, x);
        }
    } else {
        push(vm, d, v)?;
        for k in (i..n).rev() {
            let x = item(vm, d, k).unwrap_or(v);
            put(vm, d, k + 1, x);
        }
    }
    put(vm, d, i, v);
    Ok(())
}
/// Takes item `i`, which is in range, out.
pub fn remove_at(vm: &Vm, d: Gc<DequeObj>, i: usize) {
    let n = len(vm, d);
    if i < n / 2 {
        for k in (0..i).rev() {
            if let Some(x) = item(vm, d, k) {
                put(vm, d, k + 1, x);
            }
        }
        pop_left(vm, d);
    } else {
        for k in i + 1..n {
            if let Some(x) = item(vm, d, k) {
                put(vm, d, k - 1, x);
            }
        }
        pop(vm, d);
    }
}

/// A plain deque of the same items and the same bound.
pub fn copy_plain(vm: &mut Vm, d: Gc<DequeObj>) -> Result<Gc<DequeObj>, Raised> {
    let new = new(vm)?;
    new.get(vm).maxlen.set(d.get(vm).maxlen.get());
    extend(vm, new, d.value(), false)?;
    Ok(new)
}

/// `d *= n`
pub fn repeat_in_place(vm: &mut Vm, d: Gc<DequeObj>, n: i64) -> Result<(), Raised> {
    let size = len(vm, d);
    if size == 0 || n == 1 {
        return Ok(());
    }
    if n <= 0 {
        clear(vm, d);
        return Ok(());
    }
    let Some(total) = size
        .checked_mul(n as usize)
        .filter(|t| *t < i64::MAX as usize)
    else {
        return Err(vm.raise_memory());
    };
    let most = d.get(vm).maxlen.get();
    let n = match most >= 0 && total > most as usize {
        // Only the last items stay.
        true => (most as usize).div_ceil(size),
        false => n as usize,
    };
    let items = list::with_capacity(vm, size)?;
    list::copy_into(vm, items, size, |vm, i| item(vm, d, i))?;
    for _ in 1..n {
        extend(vm, d, items.value(), false)?;
    }
    Ok(())
}

/// `a op b` of two deques, which may iterate as their classes say.
pub fn compare(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Result<bool, Raised> {
    let (n, m) = (
        crate::protocol::item::len_plain(vm, a)?,
        crate::protocol::item::len_plain(vm, b)?,
    );
    match op {
        CmpOp::Eq if a == b => return Ok(true),
        CmpOp::Ne if a == b => return Ok(false),
        CmpOp::Eq if n != m => return Ok(false),
        CmpOp::Ne if n != m => return Ok(true),
        CmpOp::Eq | CmpOp::Ne | CmpOp::Lt | CmpOp::Le | CmpOp::Gt | CmpOp::Ge => (),
    }
    let (p, q) = (iter::get_iter(vm, a)?, iter::get_iter(vm, b)?);
    loop {
        vm.burn(1)?;
        vm.poll()?;
        let x = iter::next(vm, p)?;
        let y = iter::next(vm, q)?;
        let (Some(x), Some(y)) = (x, y) else {
            return Ok(match op {
                CmpOp::Lt => y.is_some(),
                CmpOp::Le => x.is_none(),
                CmpOp::Eq => x.is_none() && y.is_none(),
                CmpOp::Ne => x.is_some() || y.is_some(),
                CmpOp::Gt => x.is_some(),
                CmpOp::Ge => y.is_none(),
            });
        };
        if !compare::eq(vm, x, y)? {
            return match op {
                CmpOp::Eq => Ok(false),
                CmpOp::Ne => Ok(true),
                CmpOp::Lt | CmpOp::Le | CmpOp::Gt | CmpOp::Ge => {
                    let r = compare::rich_compare(vm, op, x, y)?;
                    truth::is_true(vm, r)
                }
            };
        }
    }
}

/// Whether an item equals `x`.
pub fn contains(vm: &mut Vm, d: Gc<DequeObj>, x: Value) -> Result<bool, Raised> {
    let state = d.get(vm).state.get();
    let mut i = 0;
    while let Some(v) = item(vm, d, i) {
        if compare::eq(vm, v, x)? {
            return Ok(true);
        }
        unchanged(vm, d, state)?;
        vm.poll()?;
        i += 1;
    }
    Ok(false)
}

/// Raises where the deque is not as it was.
pub fn unchanged(vm: &mut Vm, d: Gc<DequeObj>, state: u64) -> Result<(), Raised> {
    match d.get(vm).state.get() == state {
        true => Ok(()),
        false => Err(raise!(vm, RuntimeError, "deque mutated during iteration")),
    }
}
