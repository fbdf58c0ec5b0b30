//! Union, intersection, difference and comparison. Each visits its operands as CPython does, because
//! the order in which keys go in decides the order of the result.

use super::ops::{self, add_hashed, contains_hashed, from_iterable, len, next, remove_hashed};
use super::value::SetObj;
use crate::object::{ClassId, Gc, Value};
use crate::protocol::compare::CmpOp;
use crate::protocol::hash;
use crate::protocol::iter::{self, Flow};
use crate::protocol::number::BinOp;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::vm::{Raised, Vm};

type S = Result<Gc<SetObj>, Raised>;

/// Runs `f` over the keys and hashes of a set. `f` may change it.
fn each(
    vm: &mut Vm,
    s: Gc<SetObj>,
    mut f: impl FnMut(&mut Vm, Value, u64) -> Result<Flow, Raised>,
) -> Result<(), Raised> {
    let mut pos = 0;
    while let Some((k, h)) = next(vm, s, &mut pos) {
        vm.burn(1)?;
        vm.poll()?;
        if f(vm, k, h)? == Flow::Stop {
            break;
        }
    }
    Ok(())
}
fn class(vm: &Vm, s: Gc<SetObj>) -> ClassId {
    vm.class_of(s.value())
}

/// A dict, of no derived class.
fn plain_dict(vm: &Vm, v: Value) -> Option<Gc<DictObj>> {
    v.cast()
        .filter(|_| !v.is_user() && vm.class_of(v) == ClassId::Dict)
}

/// The keys of `s` and of the iterable.
pub fn union(vm: &mut Vm, s: Gc<SetObj>, other: Value) -> S {
    let out = ops::copy(vm, s)?;
    if other != s.value() {
        ops::update(vm, out, other)?;
    }
    Ok(out)
}

/// The keys of `s` that the iterable gives, too.
pub fn intersection(vm: &mut Vm, s: Gc<SetObj>, other: Value) -> S {
    if other == s.value() {
        return ops::copy(vm, s);
    }
    let class = class(vm, s);
    let out = ops::new(vm, class)?;
    if let Some(o) = other.cast::<SetObj>() {
        let (large, small) = if len(vm, o) > len(vm, s) {
            (o, s)
        } else {
            (s, o)
        };
        each(vm, small, |vm, k, h| {
            if contains_hashed(vm, large, k, h)? {
                add_hashed(vm, out, k, h)?;
            }
            Ok(Flow::Go)
        })?;
        return Ok(out);
    }
    iter::for_each(vm, other, |vm, k| {
        let h = hash::hash(vm, k)?;
        if contains_hashed(vm, s, k, h)? {
            add_hashed(vm, out, k, h)?;
        }
        Ok(Flow::Go)
    })?;
    Ok(out)
}

/// `s &= other`
pub fn intersection_update(vm: &mut Vm, s: Gc<SetObj>, other: Value) -> Result<(), Raised> {
    let new = intersection(vm, s, other)?;
    ops::swap(vm, s, new);
    Ok(())
}

/// Takes out of `s` what the iterable gives.
pub fn difference_update(vm: &mut Vm, s: Gc<SetObj>, other: Value) -> Result<(), Raised> {
    if other == s.value() {
        ops::clear(vm, s);
        return Ok(());
    }
    if let Some(o) = other.cast::<SetObj>() {
        each(vm, o, |vm, k, h| {
            remove_hashed(vm, s, k, h)?;
            Ok(Flow::Go)
        })?;
    } else {
        iter::for_each(vm, other, |vm, k| {
            ops::remove(vm, s, k)?;
            Ok(Flow::Go)
        })?;
    }
    ops::tidy(vm, s)
}

/// The keys of `s` that the iterable does not give.
pub fn difference(vm: &mut Vm, s: Gc<SetObj>, other: Value) -> S {
    let (set, dictionary) = (other.cast::<SetObj>(), plain_dict(vm, other));
    let size = match (set, dictionary) {
        (Some(o), _) => Some(len(vm, o)),
        (_, Some(d)) => Some(dict::len(vm, d)),
        (None, None) => None,
    };
    // Where `other` is small, or of unknown size, its keys are taken out of a copy.
    if size.is_none_or(|n| len(vm, s) >> 2 > n) {
        let out = ops::copy(vm, s)?;
        difference_update(vm, out, other)?;
        return Ok(out);
    }
    let class = class(vm, s);
    let out = ops::new(vm, class)?;
    each(vm, s, |vm, k, h| {
        let there = match (set, dictionary) {
            (Some(o), _) => contains_hashed(vm, o, k, h)?,
            (_, Some(d)) => dict::find(vm, d, k, h)?.is_some(),
            (None, None) => false,
        };
        if !there {
            add_hashed(vm, out, k, h)?;
        }
        Ok(Flow::Go)
    })?;
    Ok(out)
}

/// `s ^= other`
pub fn symmetric_difference_update(vm: &mut Vm, s: Gc<SetObj>, other: Value) -> Result<(), Raised> {
    if other == s.value() {
        ops::clear(vm, s);
        return Ok(());
    }
    let flip = |vm: &mut Vm, k: Value, h: u64| {
        if !remove_hashed(vm, s, k, h)? {
            add_hashed(vm, s, k, h)?;
        }
        Ok(Flow::Go)
    };
    if let Some(d) = plain_dict(vm, other) {
        let mut pos = 0;
        while let Some((k, _)) = dict::next_item(vm, d, &mut pos) {
            let h = dict::hash_at(vm, d, pos - 1);
            vm.burn(1)?;
            vm.poll()?;
            flip(vm, k, h)?;
        }
        return Ok(());
    }
    let o = match other.cast::<SetObj>() {
        Some(o) => o,
        None => {
            let class = class(vm, s);
            from_iterable(vm, class, other)?
        }
    };
    each(vm, o, flip)
}
/// The keys that only one of the two has.
pub fn symmetric_difference(vm: &mut Vm, s: Gc<SetObj>, other: Value) -> S {
    let class = class(vm, s);
    let out = from_iterable(vm, class, other)?;
    symmetric_difference_update(vm, out, s.value())?;
    Ok(out)
}

/// Whether every key of `s` is one of `other`.
pub fn is_subset(vm: &mut Vm, s: Gc<SetObj>, other: Gc<SetObj>) -> Result<bool, Raised> {
    if len(vm, s) > len(vm, other) {
        return Ok(false);
    }
    let mut all = true;
    each(vm, s, |vm, k, h| {
        all = contains_hashed(vm, other, k, h)?;
        Ok(if all { Flow::Go } else { Flow::Stop })
    })?;
    Ok(all)
}
/// Whether the iterable gives no key of `s`.
pub fn is_disjoint(vm: &mut Vm, s: Gc<SetObj>, other: Value) -> Result<bool, Raised> {
    if other == s.value() {
        return Ok(len(vm, s) == 0);
    }
    let mut none = true;
    let flow = |none| if none { Flow::Go } else { Flow::Stop };
    // A derived class may iterate in another way.
    if let Some(o) = other.exact::<SetObj>() {
        let (large, small) = if len(vm, o) > len(vm, s) {
            (o, s)
        } else {
            (s, o)
        };
        each(vm, small, |vm, k, h| {
            none = !contains_hashed(vm, large, k, h)?;
            Ok(flow(none))
        })?;
    } else {
        iter::for_each(vm, other, |vm, k| {
            none = !ops::contains(vm, s, k)?;
            Ok(flow(none))
        })?;
    }
    Ok(none)
}

/// Comparison: as subsets.
pub fn compare(vm: &mut Vm, op: CmpOp, a: Gc<SetObj>, b: Gc<SetObj>) -> Result<bool, Raised> {
    let (n, m) = (len(vm, a), len(vm, b));
    match op {
        CmpOp::Eq => equal(vm, a, b),
        CmpOp::Ne => equal(vm, a, b).map(|same| !same),
        CmpOp::Lt => Ok(n < m && is_subset(vm, a, b)?),
        CmpOp::Le => is_subset(vm, a, b),
        CmpOp::Gt => Ok(n > m && is_subset(vm, b, a)?),
        CmpOp::Ge => is_subset(vm, b, a),
    }
}
fn equal(vm: &mut Vm, a: Gc<SetObj>, b: Gc<SetObj>) -> Result<bool, Raised> {
    let (x, y) = (a.get(vm), b.get(vm));
    let (g, h) = (x.hash.get(), y.hash.get());
    if x.used.get() != y.used.get() || (g != u64::MAX && h != u64::MAX && g != h) {
        return Ok(false);
    }
    is_subset(vm, a, b)
}

/// `a op b`, where one is a set and the other a set too, or either is a view of keys or
/// items: `None` where such an operator does not exist for them.
pub fn binary(
    vm: &mut Vm,
    op: BinOp,
    a: Value,
    b: Value,
    inplace: bool,
) -> Option<Result<Value, Raised>> {
    if !matches!(op, BinOp::Sub | BinOp::And | BinOp::Or | BinOp::Xor) {
        return None;
    }
    if let (Some(s), Some(_)) = (a.cast::<SetObj>(), b.cast::<SetObj>()) {
        let done = if inplace && class(vm, s) == ClassId::Set {
            update(vm, op, s, b).map(|()| s)
        } else {
            match op {
                BinOp::Sub => difference(vm, s, b),
                BinOp::And => intersection(vm, s, b),
                BinOp::Or => union(vm, s, b),
                _ => symmetric_difference(vm, s, b),
            }
        };
        return Some(done.map(Gc::value));
    }
    let is_view = |v| {
        matches!(
            vm.class_of(v),
            ClassId::DictKeys | ClassId::DictItems | ClassId::OdictKeys | ClassId::OdictItems
        )
    };
    if !is_view(a) && !is_view(b) {
        return None;
    }
    Some(of_views(vm, op, a, b))
}
/// A set of what the left one gives, then changed by what the right one gives.
fn of_views(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> Result<Value, Raised> {
    let s = from_iterable(vm, ClassId::Set, a)?;
    update(vm, op, s, b)?;
    Ok(s.value())
}
fn update(vm: &mut Vm, op: BinOp, s: Gc<SetObj>, b: Value) -> Result<(), Raised> {
    match op {
        BinOp::Sub => difference_update(vm, s, b),
        BinOp::And => intersection_update(vm, s, b),
        BinOp::Or => ops::update(vm, s, b),
        _ => symmetric_difference_update(vm, s, b),
    }
}
