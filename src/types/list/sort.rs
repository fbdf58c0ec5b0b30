//! `list.sort`: a stable merge sort that takes runs as it finds them.
//!
//! The list is emptied while it is sorted: its items lie in another list, which the garbage
//! collector sees, so that a comparison that looks at the list or changes it does no harm. What is
//! sorted is a permutation of small numbers; the items are moved once, at the end.

use super::ops;
use super::value::ListObj;
use crate::object::{Args, Gc, Kind, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::truth;
use crate::raise;
use crate::types::int::ops as int;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm, work};
use std::cell::Cell;
use std::cmp::Ordering;

/// Sorts in place.
pub fn sort(vm: &mut Vm, l: Gc<ListObj>, key: Option<Value>, reverse: bool) -> Result<(), Raised> {
    let items = vm.new_list(&[])?;
    items.get(vm).items.swap(&l.get(vm).items);
    let r = sort_taken(vm, items, key, reverse);
    let o = l.get(vm);
    let changed = o.items.capacity() > 0;
    o.items.free(&vm.heap);
    o.items.swap(&items.get(vm).items);
    r?;
    if changed {
        return Err(raise!(vm, ValueError, "list modified during sort"));
    }
    Ok(())
}

fn sort_taken(
    vm: &mut Vm,
    items: Gc<ListObj>,
    key: Option<Value>,
    reverse: bool,
) -> Result<(), Raised> {
    let n = ops::len(vm, items);
    vm.burn(n as u64)?;
    let keys = match key {
        None => items,
        Some(f) => {
            let keys = ops::with_capacity(vm, n)?;
            for i in 0..n {
                if let Some(v) = ops::item(vm, items, i) {
                    let k = vm.call(f, Args::pos(&[v]))?;
                    ops::push(vm, keys, k)?;
                    vm.poll()?;
                }
            }
            keys
        }
    };
    if n < 2 {
        return Ok(());
    }
    if n > u32::MAX as usize {
        return Err(vm.raise_memory());
    }
    // Numbers only live in Rust's heap here; the engine's account knows their size.
    let bytes = n * 2 * std::mem::size_of::<u32>();
    vm.with_room(bytes, |vm| vm.heap.account(bytes))?;
    let r = sort_accounted(vm, items, keys, reverse);
    vm.heap.unaccount(bytes);
    r
}

fn sort_accounted(
    vm: &mut Vm,
    items: Gc<ListObj>,
    keys: Gc<ListObj>,
    reverse: bool,
) -> Result<(), Raised> {
    let n = ops::len(vm, keys);
    let mut order: Vec<u32> = vm.working(|vm| work::steps(vm, 0..n as u32).collect())?;
    // Equal items keep their order also when the sort is reversed: turn, sort, turn back.
    if reverse {
        order.reverse();
    }
    let r = match presorted(vm, keys, &mut order) {
        Ok(false) => {
            let mut m = Merge {
                keys,
                scratch: Vec::with_capacity(n / 2 + 1),
            };
            m.sort(vm, &mut order)
        }
        Ok(true) => Ok(()),
        Err(r) => Err(r),
    };
    if reverse {
        order.reverse();
    }
    let done = permute(vm, items, &order);
    r.and(done)
}

/// Puts the items into the order found, or as far as it got; where the engine is to stop, they stay as they were.
fn permute(vm: &mut Vm, items: Gc<ListObj>, order: &[u32]) -> Result<(), Raised> {
    let out = ops::with_capacity(vm, order.len())?;
    for &i in order {
        if let Some(v) = ops::item(vm, items, i as usize) {
            ops::push(vm, out, v)?;
        }
        vm.poll()?;
    }
    items.get(vm).items.swap(&out.get(vm).items);
    Ok(())
}

/// Items that may be sorted without a look at the limit word.
const UNINTERRUPTED: usize = 1 << 16;
/// The same of strs, each of which lies somewhere else, and all their bytes: in equal ones each comparison goes over
/// all of them.
const UNINTERRUPTED_STRS: usize = 1 << 14;
const UNINTERRUPTED_BYTES: usize = 1 << 22;

/// What std sorts cannot be interrupted: where Python has no part in the comparisons, it sorts stretches, as runs for
/// the merge, with looks between them. Whether all is sorted then.
fn presorted(vm: &mut Vm, keys: Gc<ListObj>, order: &mut [u32]) -> Result<bool, Raised> {
    let n = ops::len(vm, keys);
    let mut all = None;
    for from in (0..n).step_by(UNINTERRUPTED_STRS) {
        vm.poll()?;
        let to = n.min(from + UNINTERRUPTED_STRS);
        let some = uniform(vm, &keys.get(vm).items.cells()[from..to]);
        if some == Uniform::No || *all.get_or_insert(some) != some {
            return Ok(false);
        }
    }
    let kind = all.unwrap_or(Uniform::No);
    let most = match kind {
        Uniform::Strings => UNINTERRUPTED_STRS,
        Uniform::SmallInts | Uniform::Floats => UNINTERRUPTED,
        Uniform::No => return Ok(false),
    };
    for part in order.chunks_mut(most) {
        vm.poll()?;
        match kind {
            Uniform::SmallInts => {
                let get = |v: Value| v.as_small_int().unwrap_or(0);
                by(vm, keys, part, get, Ord::cmp);
            }
            Uniform::Floats => {
                let get = |v: Value| v.as_float().unwrap_or(0.0);
                // None of them is NaN.
                let cmp = |a: &f64, b: &f64| a.partial_cmp(b).unwrap_or(Ordering::Equal);
                by(vm, keys, part, get, cmp);
            }
            Uniform::Strings => {
                let get = |i: u32| -> &[u8] {
                    ops::item(vm, keys, i as usize)
                        .and_then(|v| v.get::<StrObj>(vm))
                        .map_or(&[], StrObj::as_bytes)
                };
                // WTF-8 orders as code points do.
                part.sort_by(|&a, &b| get(a).cmp(get(b)));
            }
            Uniform::No => (),
        }
    }
    Ok(n <= most)
}

#[derive(Clone, Copy, PartialEq)]
enum Uniform {
    SmallInts,
    Floats,
    Strings,
    No,
}

/// Whether keys are of one class that is compared without Python. A NaN makes the order
/// depend on the algorithm's comparisons, so it takes the general way.
fn uniform(vm: &Vm, cells: &[Cell<Value>]) -> Uniform {
    let all = |f: &dyn Fn(Value) -> bool| cells.iter().all(|c| f(c.get()));
    match cells.first().map(Cell::get) {
        Some(v) if v.is_small_int() && all(&|v| v.is_small_int()) => Uniform::SmallInts,
        Some(v) if v.is_float() && all(&|v| v.as_float().is_some_and(|f| !f.is_nan())) => {
            Uniform::Floats
        }
        // A class derived from str may compare in another way.
        Some(v) if v.is_kind(Kind::Str) && all(&|v| v.exact::<StrObj>().is_some()) => {
            let length = |c: &Cell<Value>| c.get().get::<StrObj>(vm).map_or(0, |s| s.len);
            let bytes = cells.iter().map(length).fold(0, usize::saturating_add);
            match bytes <= UNINTERRUPTED_BYTES {
                true => Uniform::Strings,
                false => Uniform::No,
            }
        }
        _ => Uniform::No,
    }
}

fn by<K: Copy>(
    vm: &Vm,
    keys: Gc<ListObj>,
    order: &mut [u32],
    get: impl Fn(Value) -> K,
    cmp: impl Fn(&K, &K) -> Ordering,
) {
    let key = |i: u32| get(ops::item(vm, keys, i as usize).unwrap_or(Value::NONE));
    order.sort_by(|&a, &b| cmp(&key(a), &key(b)));
}

/// Runs shorter than this are made longer by binary insertion.
const MIN_RUN: usize = 32;

struct Merge {
    keys: Gc<ListObj>,
    scratch: Vec<u32>,
}
impl Merge {
    /// `keys[a] < keys[b]`, the only comparison a sort makes.
    fn lt(&self, vm: &mut Vm, a: u32, b: u32) -> Result<bool, Raised> {
        let (Some(a), Some(b)) = (
            ops::item(vm, self.keys, a as usize),
            ops::item(vm, self.keys, b as usize),
        ) else {
            return Ok(false);
        };
        vm.poll()?;
        if !a.is_user()
            && !b.is_user()
            && let (Some(a), Some(b)) = (int::to_i64(vm, a), int::to_i64(vm, b))
        {
            return Ok(a < b);
        }
        if let (Some(a), Some(b)) = (a.exact::<StrObj>(), b.exact::<StrObj>()) {
            let (a, b) = (a.get(vm).as_bytes(), b.get(vm).as_bytes());
            return Ok(match a.len().min(b.len()) > work::PIECE {
                true => work::compare(vm, a, b).is_lt(),
                false => a < b,
            });
        }
        let r = compare::rich_compare(vm, CmpOp::Lt, a, b)?;
        match r.as_bool() {
            Some(b) => Ok(b),
            None => truth::is_true(vm, r),
        }
    }

    fn sort(&mut self, vm: &mut Vm, v: &mut [u32]) -> Result<(), Raised> {
        // Runs that still wait to be merged: (start, length), each at least as long as the next two.
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while at < v.len() {
            let mut n = self.run(vm, &mut v[at..])?;
            let want = MIN_RUN.min(v.len() - at);
            if n < want {
                self.insertion(vm, &mut v[at..at + want], n)?;
                n = want;
            }
            runs.push((at, n));
            at += n;
            while let [.., a, b] = runs[..] {
                let c = runs.len().checked_sub(3).map(|i| runs[i].1);
                if a.1 > b.1 && c.is_none_or(|c| c > a.1 + b.1) {
                    break;
                }
                match c {
                    Some(c) if c < b.1 => {
                        let k = runs.len() - 3;
                        let (s, n) = runs[k];
                        self.merge(vm, &mut v[s..s + n + a.1], n)?;
                        runs[k].1 = n + a.1;
                        runs.remove(k + 1);
                    }
                    _ => self.merge_last(vm, v, &mut runs)?,
                }
            }
        }
        while runs.len() > 1 {
            self.merge_last(vm, v, &mut runs)?;
        }
        Ok(())
    }

    fn merge_last(
        &mut self,
        vm: &mut Vm,
        v: &mut [u32],
        runs: &mut Vec<(usize, usize)>,
    ) -> Result<(), Raised> {
        if let (Some(b), Some(a)) = (runs.pop(), runs.pop()) {
            self.merge(vm, &mut v[a.0..a.0 + a.1 + b.1], a.1)?;
            runs.push((a.0, a.1 + b.1));
        }
        Ok(())
    }

    /// Length of the ascending run at the front; a strictly descending one is turned round.
    fn run(&self, vm: &mut Vm, v: &mut [u32]) -> Result<usize, Raised> {
        if v.len() < 2 {
            return Ok(v.len());
        }
        let mut n = 2;
        if self.lt(vm, v[1], v[0])? {
            while n < v.len() && self.lt(vm, v[n], v[n - 1])? {
                n += 1;
            }
            v[..n].reverse();
        } else {
            while n < v.len() && !self.lt(vm, v[n], v[n - 1])? {
                n += 1;
            }
        }
        Ok(n)
    }

    /// Sorts `v`, of which the first `done` items are sorted.
    fn insertion(&self, vm: &mut Vm, v: &mut [u32], done: usize) -> Result<(), Raised> {
        for i in done..v.len() {
            let (mut lo, mut hi) = (0, i);
            while lo < hi {
                let mid = lo + (hi - lo) / 2;
                if self.lt(vm, v[i], v[mid])? {
                    hi = mid;
                } else {
                    lo = mid + 1;
                }
            }
            v[lo..=i].rotate_right(1);
        }
        Ok(())
    }

    /// Merges the sorted halves `v[..mid]` and `v[mid..]`. Whatever a comparison raises, `v` stays a
    /// permutation.
    fn merge(&mut self, vm: &mut Vm, v: &mut [u32], mid: usize) -> Result<(), Raised> {
        if !self.lt(vm, v[mid], v[mid - 1])? {
            return Ok(());
        }
        self.scratch.clear();
        self.scratch.extend_from_slice(&v[..mid]);
        let (mut l, mut r, mut out) = (0, mid, 0);
        let mut failed = Ok(());
        while l < self.scratch.len() && r < v.len() {
            match self.lt(vm, v[r], self.scratch[l]) {
                Ok(true) => {
                    v[out] = v[r];
                    r += 1;
                }
                Ok(false) => {
                    v[out] = self.scratch[l];
                    l += 1;
                }
                Err(e) => {
                    failed = Err(e);
                    break;
                }
            }
            out += 1;
        }
        let rest = &self.scratch[l..];
        v[out..out + rest.len()].copy_from_slice(rest);
        failed
    }
}
