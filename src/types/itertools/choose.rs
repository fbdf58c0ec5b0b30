//! Combinations, permutations, products.

use super::make::pool;
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Value};
use crate::raise;
use crate::types::args;
use crate::types::int::ops as int;
use crate::types::iter::make::raw;
use crate::types::iter::value::IterObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::str::adjust::ssize;
use crate::types::tuple::ops as tuple;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

type Next = Result<Option<Value>, Raised>;

/// How far an iterator has come: field `j`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(i64)]
pub enum State {
    /// Nothing was given yet.
    Fresh = 0,
    Running = 1,
    /// It ends before anything was given.
    Never = 2,
    Ended = 3,
}
impl State {
    /// The state of an iterator.
    pub fn of(o: &IterObj) -> State {
        match o.j.get() {
            0 => State::Fresh,
            1 => State::Running,
            2 => State::Never,
            _ => State::Ended,
        }
    }
}

/// A list of `n` numbers.
fn numbers(vm: &mut Vm, n: usize, f: impl Fn(usize) -> usize) -> Result<Value, Raised> {
    let l = list::with_capacity(vm, n)?;
    list::copy_into(vm, l, n, |_, i| Some(Value::int_unchecked(f(i) as i64)))?;
    Ok(l.value())
}

/// `combinations(iterable, r)`, `permutations(iterable, r=None)`, `product(*iterables, repeat=1)` …
pub fn construct(vm: &mut Vm, c: ClassId, a: Args<'_>) -> R {
    if c == ClassId::Product {
        return product(vm, a);
    }
    let least = if c == ClassId::Permutations { 1 } else { 2 };
    let [items, r] = args::parse(vm, c.name(), a, ["iterable", "r"], least, 2)?;
    let items = items.unwrap_or(Value::NONE);
    let (pool, r) = match (c, r) {
        (ClassId::Permutations, r) => {
            let p = pool(vm, items)?;
            let r = match r.filter(|r| !r.is_none()) {
                None => p.get::<TupleObj>(vm).map_or(0, |t| t.len as i64),
                Some(r) if int::is_int(r) => crate::protocol::item::as_ssize(vm, r)?,
                Some(_) => return Err(raise!(vm, TypeError, "Expected int as r")),
            };
            (p, r)
        }
        (_, r) => {
            let r = ssize(vm, r.unwrap_or(Value::NONE))?;
            (pool(vm, items)?, r)
        }
    };
    if r < 0 {
        return Err(raise!(vm, ValueError, "r must be non-negative"));
    }
    let r = r as usize;
    let n = pool.get::<TupleObj>(vm).map_or(0, |t| t.len);
    let (places, turns, never) = match c {
        ClassId::Combinations => (numbers(vm, r, |i| i)?, None, r > n),
        ClassId::Permutations => {
            let turns = numbers(vm, r, |i| n.saturating_sub(i))?;
            (numbers(vm, n, |i| i)?, Some(turns), r > n)
        }
        _ => (numbers(vm, r, |_| 0)?, None, n == 0 && r > 0),
    };
    let state = if never { State::Never } else { State::Fresh };
    raw(
        vm,
        c,
        [Some(pool), Some(places), turns],
        r as i64,
        state as i64,
    )
}
fn product(vm: &mut Vm, a: Args<'_>) -> R {
    let mut times = 1;
    if a.nkw() > 0 {
        let named = match a.kwnames() {
            Some(names) => Args::with_kw(a.kw_values(), names, a.nkw()),
            None => Args::pos(&[]),
        };
        let [n] = args::parse(vm, "product", named, ["repeat"], 0, 0)?;
        if let Some(n) = n {
            times = ssize(vm, n)?;
        }
        if times < 0 {
            return Err(raise!(vm, ValueError, "repeat argument cannot be negative"));
        }
    }
    let times = times as usize;
    let most = i64::MAX as usize / 8;
    if times > 0 && a.len() > most / times {
        return Err(raise!(vm, OverflowError, "repeat argument too large"));
    }
    let one = vm.new_list(&[])?;
    for &v in a.positional() {
        if times == 0 {
            break;
        }
        let p = pool(vm, v)?;
        list::push(vm, one, p)?;
    }
    let n = list::len(vm, one);
    let pools = tuple::build(vm, n * times, |vm, i| list::item(vm, one, i % n.max(1)))?;
    let places = numbers(vm, n * times, |_| 0)?;
    raw(
        vm,
        ClassId::Product,
        [Some(pools), Some(places), None],
        0,
        0,
    )
}

/// A list of small numbers.
#[derive(Clone, Copy)]
pub(super) struct Numbers(Gc<ListObj>);
impl Numbers {
    pub(super) fn of(v: Option<Value>) -> Option<Numbers> {
        v?.cast().map(Numbers)
    }
    #[inline]
    pub(super) fn at(self, vm: &Vm, i: usize) -> usize {
        let v = self.0.get(vm).items.get(i);
        v.and_then(Value::as_small_int).unwrap_or(0) as usize
    }
    #[inline]
    pub(super) fn put(self, vm: &Vm, i: usize, n: usize) {
        list::put(vm, self.0, i, Value::int_unchecked(n as i64));
    }
    pub(super) fn len(self, vm: &Vm) -> usize {
        list::len(vm, self.0)
    }
}

/// The next choice, or `None` at the end.
pub fn next_choice(vm: &mut Vm, it: Gc<IterObj>, c: ClassId) -> Next {
    let o = it.get(vm);
    let Some((pool, places)) = o.a.get().zip(Numbers::of(o.b.get())) else {
        return Ok(None);
    };
    let Some(pool) = pool.cast::<TupleObj>() else {
        return Ok(None);
    };
    let (r, n) = (o.i.get() as usize, pool.get(vm).len);
    let turns = Numbers::of(o.c.get());
    let more = match State::of(o) {
        State::Never | State::Ended => return Ok(None),
        State::Fresh => c != ClassId::Product || pool.get(vm).iter().all(|p| size(vm, p) > 0),
        State::Running => match c {
            ClassId::Combinations => combine(vm, places, n, r),
            ClassId::CombinationsWithReplacement => combine_again(vm, places, n, r),
            ClassId::Product => turn(vm, places, pool),
            _ => match turns {
                Some(t) => permute(vm, places, t, n, r)?,
                None => false,
            },
        },
    };
    let state = if more { State::Running } else { State::Ended };
    it.get(vm).j.set(state as i64);
    if !more {
        return Ok(None);
    }
    let made = match c {
        ClassId::Product => tuple::build(vm, n, |vm, i| {
            pool.get(vm)
                .get(i)?
                .get::<TupleObj>(vm)?
                .get(places.at(vm, i))
        })?,
        _ => tuple::build(vm, r, |vm, i| pool.get(vm).get(places.at(vm, i)))?,
    };
    Ok(Some(made))
}
fn size(vm: &Vm, pool: Value) -> usize {
    pool.get::<TupleObj>(vm).map_or(0, |p| p.len)
}

/// Moves on to the next combination; false after the last.
fn combine(vm: &Vm, places: Numbers, n: usize, r: usize) -> bool {
    let Some(i) = (0..r).rev().find(|i| places.at(vm, *i) != i + n - r) else {
        return false;
    };
    let first = places.at(vm, i) + 1;
    for (k, at) in (i..r).zip(first..) {
        places.put(vm, k, at);
    }
    true
}
fn combine_again(vm: &Vm, places: Numbers, n: usize, r: usize) -> bool {
    let Some(i) = (0..r).rev().find(|i| places.at(vm, *i) + 1 != n) else {
        return false;
    };
    let at = places.at(vm, i) + 1;
    for k in i..r {
        places.put(vm, k, at);
    }
    true
}
fn permute(
    vm: &mut Vm,
    places: Numbers,
    turns: Numbers,
    n: usize,
    r: usize,
) -> Result<bool, Raised> {
    for i in (0..r).rev() {
        let left = turns.at(vm, i).saturating_sub(1);
        turns.put(vm, i, left);
        let at = places.at(vm, i);
        if left > 0 {
            let k = n.saturating_sub(left);
            places.put(vm, i, places.at(vm, k));
            places.put(vm, k, at);
            return Ok(true);
        }
        // A state that a program has made may want all of them at once.
        vm.burn((n - i.min(n)) as u64 / 64)?;
        vm.poll()?;
        for k in i..n.saturating_sub(1) {
            places.put(vm, k, places.at(vm, k + 1));
        }
        places.put(vm, n.saturating_sub(1), at);
        turns.put(vm, i, n - i);
    }
    Ok(false)
}
fn turn(vm: &Vm, places: Numbers, pools: Gc<TupleObj>) -> bool {
    let pools = pools.get(vm);
    for i in (0..pools.len).rev() {
        let at = places.at(vm, i) + 1;
        let n = pools.get(i).map_or(0, |p| size(vm, p));
        if at < n {
            places.put(vm, i, at);
            return true;
        }
        places.put(vm, i, 0);
    }
    false
}

/// What `__reduce__` gives beside the class: the arguments, and the state where it has one.
pub fn reduce(vm: &mut Vm, it: Gc<IterObj>, c: ClassId) -> Result<(Value, Option<Value>), Raised> {
    let o = it.get(vm);
    let (pool, places, turns) = (o.a.get_or_none(), o.b.get(), o.c.get());
    let (state, r) = (State::of(o), o.i.get());
    let none = vm.new_tuple(&[])?;
    let args = match (c, state) {
        (ClassId::Product, State::Ended | State::Never) => vm.new_tuple(&[none])?,
        (ClassId::Product, _) => pool,
        (_, state) => {
            let r = vm.new_int(r)?;
            let pool = if state == State::Ended { none } else { pool };
            vm.new_tuple(&[pool, r])?
        }
    };
    if state != State::Running {
        return Ok((args, None));
    }
    let mut parts = [none; 2];
    for (p, l) in parts.iter_mut().zip([places, turns]) {
        if let Some(l) = l.and_then(|l| l.cast::<ListObj>()) {
            *p = list::to_tuple(vm, l)?;
        }
    }
    let state = match c {
        ClassId::Permutations => vm.new_tuple(&parts)?,
        _ => parts[0],
    };
    Ok((args, Some(state)))
}

/// `__setstate__`
pub fn set_state(vm: &mut Vm, it: Gc<IterObj>, c: ClassId, state: Value) -> Result<(), Raised> {
    let o = it.get(vm);
    let pool = o.a.get().and_then(|p| p.cast::<TupleObj>());
    let (Some(pool), Some(places)) = (pool, Numbers::of(o.b.get())) else {
        return Ok(());
    };
    let turns = Numbers::of(o.c.get());
    let (n, r) = (pool.get(vm).len, o.i.get() as usize);
    let (first, second) = match c {
        ClassId::Permutations => {
            let Some(t) = state.get::<TupleObj>(vm) else {
                return Err(raise!(vm, TypeError, "state is not a tuple"));
            };
            let (len, x, y) = (t.len, t.get(0), t.get(1));
            if len != 2 {
                return Err(raise!(
                    vm,
                    TypeError,
                    "function takes exactly 2 arguments ({len} given)"
                ));
            }
            for (i, v) in [x, y].into_iter().enumerate() {
                if v.and_then(|v| v.cast::<TupleObj>()).is_none() {
                    return Err(super::reduce::wrong(vm, i + 1, "tuple", v));
                }
            }
            (x.unwrap_or(Value::NONE), y)
        }
        _ => (state, None),
    };
    let fits = |vm: &Vm, v: Value, n: usize| v.get::<TupleObj>(vm).is_some_and(|t| t.len == n);
    if !fits(vm, first, places.len(vm)) || second.is_some_and(|v| !fits(vm, v, r)) {
        return Err(raise!(vm, ValueError, "invalid arguments"));
    }
    for i in 0..places.len(vm) {
        let at = number_at(vm, first, i)?;
        let (most, pool_size) = match c {
            ClassId::Combinations => ((i + n) as i64 - r as i64, 1),
            ClassId::Product => {
                let p = pool.get(vm).get(i).unwrap_or(Value::NONE);
                (size(vm, p) as i64 - 1, size(vm, p))
            }
            _ => (n as i64 - 1, 1),
        };
        if pool_size == 0 {
            it.get(vm).j.set(State::Ended as i64);
            return Ok(());
        }
        places.put(vm, i, at.min(most).max(0) as usize);
    }
    if let (Some(turns), Some(second)) = (turns, second) {
        for i in 0..r {
            let k = number_at(vm, second, i)?;
            turns.put(vm, i, k.max(1).min((n - i.min(n)) as i64) as usize);
        }
    }
    // A state says that something was given.
    let o = it.get(vm);
    if State::of(o) == State::Fresh {
        o.j.set(State::Running as i64);
    }
    Ok(())
}
fn number_at(vm: &mut Vm, t: Value, i: usize) -> Result<i64, Raised> {
    let v = t.get::<TupleObj>(vm).and_then(|t| t.get(i));
    let v = v.unwrap_or(Value::NONE);
    if !int::is_int(v) {
        return Err(raise!(vm, TypeError, "an integer is required"));
    }
    crate::protocol::item::as_ssize(vm, v)
}
