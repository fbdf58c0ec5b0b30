//! The order in which classes are looked up: C3, as CPython's `mro_implementation` and `pmerge` do it.

use super::ops;
use super::value::ClassObj;
use crate::object::{Gc, Kind, Value};
use crate::raise;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

fn tuple_at(vm: &Vm, l: Gc<ListObj>, i: usize) -> Option<Gc<TupleObj>> {
    l.get(vm).items.get(i)?.cast()
}
/// Whether `c` stands behind the first place that is left of some sequence.
fn in_tail(vm: &Vm, all: Gc<ListObj>, from: &[usize], c: Value) -> bool {
    from.iter().enumerate().any(|(i, &at)| {
        tuple_at(vm, all, i).is_some_and(|t| t.get(vm).iter().skip(at + 1).any(|k| k == c))
    })
}

/// The order for class `c` with these bases: itself, then the merge of the bases' orders.
///
/// # Errors
/// TypeError when there is none; MemoryError.
pub fn linearise(vm: &mut Vm, c: Value, bases: Gc<TupleObj>) -> Result<Gc<TupleObj>, Raised> {
    let out = vm.new_list(&[c])?;
    // One base: its order comes behind the class. A long chain of classes needs that.
    if let (1, Some(b)) = (bases.get(vm).len, bases.get(vm).get(0)) {
        let m = ops::mro_of(vm, b)?;
        let n = m.get(vm).len;
        list::copy_into(vm, out, n, |vm, i| m.get(vm).get(i))?;
        return vm.tuple_of_list(out);
    }
    let all = vm.new_list(&[])?;
    let mut i = 0;
    while let Some(b) = bases.get(vm).get(i) {
        let m = ops::mro_of(vm, b)?;
        list::push(vm, all, m.value())?;
        vm.poll()?;
        if (0..i).any(|j| bases.get(vm).get(j) == Some(b)) {
            let n = ops::name_of(vm, b);
            return Err(raise!(vm, TypeError, "duplicate base class {n}"));
        }
        i += 1;
    }
    list::push(vm, all, bases.value())?;
    let n = list::len(vm, all);
    let mut from = vec![0usize; n];
    loop {
        vm.poll()?;
        let mut left = false;
        let mut chosen = None;
        for i in 0..n {
            let Some(c) = tuple_at(vm, all, i).and_then(|t| t.get(vm).get(from[i])) else {
                continue;
            };
            left = true;
            if !in_tail(vm, all, &from, c) {
                chosen = Some(c);
                break;
            }
        }
        match chosen {
            Some(c) => {
                list::push(vm, out, c)?;
                for (i, at) in from.iter_mut().enumerate() {
                    if tuple_at(vm, all, i).and_then(|t| t.get(vm).get(*at)) == Some(c) {
                        *at += 1;
                    }
                }
            }
            None if left => return Err(conflict(vm, all, &from)),
            None => return vm.tuple_of_list(out),
        }
    }
}

fn conflict(vm: &mut Vm, all: Gc<ListObj>, from: &[usize]) -> Raised {
    let mut names: Vec<String> = Vec::new();
    for (i, &at) in from.iter().enumerate() {
        if let Some(c) = tuple_at(vm, all, i).and_then(|t| t.get(vm).get(at)) {
            let n = ops::name_of(vm, c).into_owned();
            if !names.contains(&n) {
                names.push(n);
            }
        }
    }
    raise!(
        vm,
        TypeError,
        "Cannot create a consistent method resolution\norder (MRO) for bases {}",
        names.join(", ")
    )
}

/// Sets `__mro__` of a class: what its metaclass's `mro()` says, or the merge.
///
/// # Errors
/// TypeError; what a program's `mro` raises.
pub fn set(vm: &mut Vm, c: Gc<ClassObj>) -> Result<(), Raised> {
    let t = match custom(vm, c)? {
        Some(t) => t,
        None => {
            let bases = ops::bases_of(vm, c.value())?;
            let Some(bases) = bases.cast() else {
                return Err(raise!(vm, SystemError, "bases are no tuple"));
            };
            linearise(vm, c.value(), bases)?
        }
    };
    c.get(vm).mro.write(&vm.heap, Some(t.value()));
    Ok(())
}

/// What a metaclass's own `mro` gives.
fn custom(vm: &mut Vm, c: Gc<ClassObj>) -> Result<Option<Gc<TupleObj>>, Raised> {
    if !c.value().is_user() {
        return Ok(None);
    }
    let name = vm.intern("mro")?;
    let meta = ops::type_of(vm, c.value())?;
    let Some(f) = ops::lookup(vm, meta, name)?.filter(|f| !f.is_kind(Kind::MethodDescr)) else {
        return Ok(None);
    };
    let r = crate::protocol::special::call(vm, f, c.value(), &[])?;
    let t = crate::types::tuple::ops::from_iterable(vm, r)?;
    let Some(t) = t.cast::<TupleObj>() else {
        return Ok(None);
    };
    let mut i = 0;
    while let Some(k) = t.get(vm).get(i) {
        if !k.is_kind(Kind::Class) {
            let n = vm.type_name(k);
            return Err(raise!(vm, TypeError, "mro() returned a non-class ('{n}')"));
        }
        i += 1;
    }
    Ok(Some(t))
}
