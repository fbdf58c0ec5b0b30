//! `list.sort`: a stable merge sort that takes runs as it finds them.
//!
//! The list is emptied while it is sorted: its items lie in another list, which the garbage
//! collector sees, so that a comparison that looks at the list or changes it does no harm. What is
//! sorted is a permutation of small numbers; the items are moved once, at the end.

use super::ops;
use super::value::ListObj;
use crate::object::{Args, Gc, Kind, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::{truth, user};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::int::ops as int;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
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

/// Not inlined: room for it in the frame that asks for the keys would keep alive whatever lay there before.
#[inline(never)]
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
                ask: how_to_ask(vm, keys)?,
                scratch: Vec::with_capacity(n / 2 + 1),
                min_gallop: MIN_GALLOP,
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

/// Which comparison a sort makes: CPython looks at the keys' classes first, and asks the method of one class at once.
/// One that answers NotImplemented is asked again, in the usual way.
#[derive(Clone, Copy, PartialEq)]
enum Ask {
    Usual,
    /// All keys are of one class that a program made.
    Class,
    /// The same of the first items of tuples.
    Tuples,
}

fn how_to_ask(vm: &mut Vm, keys: Gc<ListObj>) -> Result<Ask, Raised> {
    let n = ops::len(vm, keys);
    let first = |vm: &Vm, k: Value| match k.exact::<TupleObj>() {
        Some(t) => t.get(vm).values().first().copied(),
        None => None,
    };
    let Some(k) = ops::item(vm, keys, 0) else {
        return Ok(Ask::Usual);
    };
    let (ask, of) = match first(vm, k) {
        Some(v) => (Ask::Tuples, v),
        None => (Ask::Class, k),
    };
    if !of.is_user() {
        return Ok(Ask::Usual);
    }
    let class = class::type_of(vm, of)?;
    for i in 1..n {
        vm.poll()?;
        let k = ops::item(vm, keys, i).unwrap_or(Value::NONE);
        let v = match ask {
            Ask::Tuples => first(vm, k).unwrap_or(Value::NONE),
            Ask::Usual | Ask::Class => k,
        };
        if !v.is_user() || class::type_of(vm, v)? != class {
            return Ok(Ask::Usual);
        }
    }
    Ok(ask)
}

/// So many comparisons in a row that one side wins make it worth while to look further ahead.
const MIN_GALLOP: usize = 7;

/// Items that are sorted, by their places in `v`.
#[derive(Clone, Copy)]
struct Run {
    at: usize,
    len: usize,
}

/// CPython's merge sort (`listsort.txt`): it makes the same comparisons in the same order.
struct Merge {
    keys: Gc<ListObj>,
    ask: Ask,
    scratch: Vec<u32>,
    min_gallop: usize,
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
        match self.ask {
            Ask::Usual => less(vm, a, b),
            Ask::Class => own_less(vm, a, b),
            Ask::Tuples => less_tuple(vm, a, b),
        }
    }

    fn sort(&mut self, vm: &mut Vm, v: &mut [u32]) -> Result<(), Raised> {
        let mut runs: Vec<Run> = Vec::new();
        let least = least_run(v.len());
        let mut at = 0;
        while at < v.len() {
            let mut n = self.run(vm, &mut v[at..])?;
            let want = least.min(v.len() - at);
            if n < want {
                self.insertion(vm, &mut v[at..at + want], n)?;
                n = want;
            }
            runs.push(Run { at, len: n });
            at += n;
            while let Some(i) = to_merge(&runs) {
                self.merge_at(vm, v, &mut runs, i)?;
            }
        }
        while runs.len() > 1 {
            let mut i = runs.len() - 2;
            if i > 0 && runs[i - 1].len < runs[i + 1].len {
                i -= 1;
            }
            self.merge_at(vm, v, &mut runs, i)?;
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

    /// Merges run `i` and the one behind it.
    fn merge_at(
        &mut self,
        vm: &mut Vm,
        v: &mut [u32],
        runs: &mut Vec<Run>,
        i: usize,
    ) -> Result<(), Raised> {
        let (a, b) = (runs[i], runs.remove(i + 1));
        runs[i].len = a.len + b.len;
        // What lies before the second run's first item is in place already, and what lies behind the first one's last.
        let skip = self.right(vm, v[b.at], &v[a.at..b.at], 0)?;
        let (from, na) = (a.at + skip, a.len - skip);
        if na == 0 {
            return Ok(());
        }
        let nb = self.left(vm, v[b.at - 1], &v[b.at..b.at + b.len], b.len - 1)?;
        if nb == 0 {
            return Ok(());
        }
        let part = &mut v[from..b.at + nb];
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        let r = if na <= nb {
            scratch.extend_from_slice(&part[..na]);
            self.merge_low(vm, part, &scratch, na)
        } else {
            scratch.extend_from_slice(&part[na..]);
            self.merge_high(vm, part, &scratch, na)
        };
        self.scratch = scratch;
        r
    }

    /// The place of `key` in `a`, which is sorted, left of what is equal to it; looked for from `hint` on.
    fn left(&self, vm: &mut Vm, key: u32, a: &[u32], hint: usize) -> Result<usize, Raised> {
        let (mut last, mut ofs) = (0, 1);
        let (mut lo, mut hi);
        if self.lt(vm, a[hint], key)? {
            let most = a.len() - hint;
            while ofs < most && self.lt(vm, a[hint + ofs], key)? {
                (last, ofs) = (ofs, 2 * ofs + 1);
            }
            (lo, hi) = (hint + last + 1, hint + ofs.min(most));
        } else {
            let most = hint + 1;
            while ofs < most && !self.lt(vm, a[hint - ofs], key)? {
                (last, ofs) = (ofs, 2 * ofs + 1);
            }
            (lo, hi) = (most - ofs.min(most), hint - last);
        }
        while lo < hi {
            let mid = lo + (hi - lo) / 2;
            match self.lt(vm, a[mid], key)? {
                true => lo = mid + 1,
                false => hi = mid,
            }
        }
        Ok(hi)
    }

    /// The same, right of what is equal to it.
    fn right(&self, vm: &mut Vm, key: u32, a: &[u32], hint: usize) -> Result<usize, Raised> {
        let (mut last, mut ofs) = (0, 1);
        let (mut lo, mut hi);
        if self.lt(vm, key, a[hint])? {
            let most = hint + 1;
            while ofs < most && self.lt(vm, key, a[hint - ofs])? {
                (last, ofs) = (ofs, 2 * ofs + 1);
            }
            (lo, hi) = (most - ofs.min(most), hint - last);
        } else {
            let most = a.len() - hint;
            while ofs < most && !self.lt(vm, key, a[hint + ofs])? {
                (last, ofs) = (ofs, 2 * ofs + 1);
            }
            (lo, hi) = (hint + last + 1, hint + ofs.min(most));
        }
        while lo < hi {
            let mid = lo + (hi - lo) / 2;
            match self.lt(vm, key, a[mid])? {
                true => hi = mid,
                false => lo = mid + 1,
            }
        }
        Ok(hi)
    }

    /// Merges the sorted parts `v[..na]`, which `a` is a copy of, and `v[na..]`, from the front. The first item of the
    /// second goes first, the last one of the first last. Whatever a comparison raises, `v` stays a permutation.
    fn merge_low(
        &mut self,
        vm: &mut Vm,
        v: &mut [u32],
        a: &[u32],
        na: usize,
    ) -> Result<(), Raised> {
        let (mut i, mut j, mut out) = (0, na, 0);
        let r = self.merge_low_parts(vm, v, a, &mut i, &mut j, &mut out);
        if r.is_ok() && i + 1 == a.len() {
            // Only the last one is left, and belongs behind all others.
            v.copy_within(j.., out);
            out += v.len() - j;
        }
        let rest = &a[i..];
        v[out..out + rest.len()].copy_from_slice(rest);
        r
    }
    fn merge_low_parts(
        &mut self,
        vm: &mut Vm,
        v: &mut [u32],
        a: &[u32],
        i: &mut usize,
        j: &mut usize,
        out: &mut usize,
    ) -> Result<(), Raised> {
        // Takes so many of one of the two; whether that decides the rest.
        let end = v.len();
        macro_rules! take_b {
            ($n:expr) => {{
                let n = $n;
                v.copy_within(*j..*j + n, *out);
                (*j, *out) = (*j + n, *out + n);
                if *j == end {
                    return Ok(());
                }
            }};
        }
        macro_rules! take_a {
            ($n:expr) => {{
                let n = $n;
                v[*out..*out + n].copy_from_slice(&a[*i..*i + n]);
                (*i, *out) = (*i + n, *out + n);
                if *i + 1 >= a.len() {
                    return Ok(());
                }
            }};
        }
        take_b!(1);
        take_a!(0);
        loop {
            let (mut from_a, mut from_b) = (0, 0);
            while from_a < self.min_gallop && from_b < self.min_gallop {
                if self.lt(vm, v[*j], a[*i])? {
                    (from_a, from_b) = (0, from_b + 1);
                    take_b!(1);
                } else {
                    (from_a, from_b) = (from_a + 1, 0);
                    take_a!(1);
                }
            }
            self.min_gallop += 1;
            loop {
                self.min_gallop -= (self.min_gallop > 1) as usize;
                from_a = self.right(vm, v[*j], &a[*i..], 0)?;
                if from_a > 0 {
                    take_a!(from_a);
                }
                take_b!(1);
                from_b = self.left(vm, a[*i], &v[*j..], 0)?;
                if from_b > 0 {
                    take_b!(from_b);
                }
                take_a!(1);
                if from_a < MIN_GALLOP && from_b < MIN_GALLOP {
                    break;
                }
            }
            self.min_gallop += 1;
        }
    }

    /// The same from the back: `b` is a copy of `v[na..]`.
    fn merge_high(
        &mut self,
        vm: &mut Vm,
        v: &mut [u32],
        b: &[u32],
        na: usize,
    ) -> Result<(), Raised> {
        let (mut na, mut nb) = (na, b.len());
        let r = self.merge_high_parts(vm, v, b, &mut na, &mut nb);
        if r.is_ok() && nb == 1 {
            // Only the first one is left, and belongs before all others.
            v.copy_within(..na, 1);
            v[0] = b[0];
        } else {
            v[na..na + nb].copy_from_slice(&b[..nb]);
        }
        r
    }
    fn merge_high_parts(
        &mut self,
        vm: &mut Vm,
        v: &mut [u32],
        b: &[u32],
        na: &mut usize,
        nb: &mut usize,
    ) -> Result<(), Raised> {
        macro_rules! take_a {
            ($n:expr) => {{
                let n = $n;
                v.copy_within(*na - n..*na, *na + *nb - n);
                *na -= n;
                if *na == 0 {
                    return Ok(());
                }
            }};
        }
        macro_rules! take_b {
            ($n:expr) => {{
                let n = $n;
                let to = *na + *nb;
                v[to - n..to].copy_from_slice(&b[*nb - n..*nb]);
                *nb -= n;
                if *nb <= 1 {
                    return Ok(());
                }
            }};
        }
        take_a!(1);
        take_b!(0);
        loop {
            let (mut from_a, mut from_b) = (0, 0);
            while from_a < self.min_gallop && from_b < self.min_gallop {
                if self.lt(vm, b[*nb - 1], v[*na - 1])? {
                    (from_a, from_b) = (from_a + 1, 0);
                    take_a!(1);
                } else {
                    (from_a, from_b) = (0, from_b + 1);
                    take_b!(1);
                }
            }
            self.min_gallop += 1;
            loop {
                self.min_gallop -= (self.min_gallop > 1) as usize;
                from_a = *na - self.right(vm, b[*nb - 1], &v[..*na], *na - 1)?;
                if from_a > 0 {
                    take_a!(from_a);
                }
                take_b!(1);
                from_b = *nb - self.left(vm, v[*na - 1], &b[..*nb], *nb - 1)?;
                if from_b > 0 {
                    take_b!(from_b);
                }
                take_a!(1);
                if from_a < MIN_GALLOP && from_b < MIN_GALLOP {
                    break;
                }
            }
            self.min_gallop += 1;
        }
    }
}

/// Runs shorter than this are made longer by binary insertion: their number is a power of two then, or a little less.
fn least_run(mut n: usize) -> usize {
    let mut more = 0;
    while n >= 64 {
        more |= n & 1;
        n >>= 1;
    }
    n + more
}

/// The run to be merged with the next, so that those that wait become shorter fast enough.
fn to_merge(runs: &[Run]) -> Option<usize> {
    let n = runs.len().checked_sub(2)?;
    let len = |i: usize| runs[i].len;
    if (n > 0 && len(n - 1) <= len(n) + len(n + 1)) || (n > 1 && len(n - 2) <= len(n - 1) + len(n))
    {
        return Some(match len(n - 1) < len(n + 1) {
            true => n - 1,
            false => n,
        });
    }
    (len(n) <= len(n + 1)).then_some(n)
}

fn is_true(vm: &mut Vm, r: Value) -> Result<bool, Raised> {
    match r.as_bool() {
        Some(b) => Ok(b),
        None => truth::is_true(vm, r),
    }
}
fn less(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    let r = compare::rich_compare(vm, CmpOp::Lt, a, b)?;
    is_true(vm, r)
}
/// The method of the class of both is asked first.
fn own_less(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    let r = user::own_comparison(vm, CmpOp::Lt, a, b)?;
    match r == Value::NOT_IMPLEMENTED {
        true => less(vm, a, b),
        false => is_true(vm, r),
    }
}
/// Tuples, which are not empty, by the first items that differ; the very first are asked so.
fn less_tuple(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    let (Some(s), Some(t)) = (a.cast::<TupleObj>(), b.cast::<TupleObj>()) else {
        return less(vm, a, b);
    };
    let (n, m) = (s.get(vm).len, t.get(vm).len);
    for i in 0..n.min(m) {
        let (x, y) = (s.get(vm).values()[i], t.get(vm).values()[i]);
        if !compare::eq(vm, x, y)? {
            return match i {
                0 => own_less(vm, x, y),
                _ => less(vm, x, y),
            };
        }
    }
    Ok(n < m)
}
