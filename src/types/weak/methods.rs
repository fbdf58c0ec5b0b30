//! `weakref.ref` and what the module `weakref` says about references.

use super::value::WeakRefObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::{compare, hash};
use crate::raise;
use crate::types::class::value::ClassObj;
use crate::types::exception::print;
use crate::types::list::ops as list;
use crate::types::{Getter, Setter, args, takes_weakrefs};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// Attributes of `weakref.ref`.
pub const GETTERS: &[Getter] = &[Getter {
    name: "__callback__",
    get: |vm, r| {
        Ok(r.get::<WeakRefObj>(vm).map(|r| match r.referent() {
            Some(_) => r.callback.get_or_none(),
            None => Value::NONE,
        }))
    },
    set: Setter::Member,
}];

/// Whether the layout of `v` has CPython's list of weak references.
fn referable(vm: &Vm, v: Value) -> bool {
    if let Some(c) = crate::types::instance::ops::class_of(vm, v) {
        return v.is_kind(Kind::Class) || c.get::<ClassObj>(vm).is_some_and(|c| c.has_weakref);
    }
    match v.kind() {
        Some(
            Kind::Function
            | Kind::Class
            | Kind::Module
            | Kind::Code
            | Kind::BoundMethod
            | Kind::Set
            | Kind::Builtin
            | Kind::Lock
            | Kind::Host
            | Kind::Deque,
        ) => vm.class_of(v) != ClassId::MethodWrapper,
        _ => vm.class_of(v) == ClassId::TextIo || takes_weakrefs(vm.class_of(v)),
    }
}

/// `weakref.ref(object[, callback])`. Without a callback there is one reference to an object.
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let (target, callback) = arguments(vm, a)?;
    args::no_keywords(vm, "ref", a)?;
    if callback.is_none()
        && let Some(r) = (0..vm.heap.weak_count(target))
            .filter_map(|i| vm.heap.weak_ref(target, i))
            .find(|r| !has_callback(vm, *r) && !r.is_user())
    {
        return Ok(r);
    }
    let r = make(vm, target, callback)?;
    register(vm, r)?;
    Ok(r)
}
fn arguments(vm: &mut Vm, a: Args<'_>) -> Result<(Value, Option<Value>), Raised> {
    args::arity(vm, "__new__", a, 1, 2)?;
    let target = a[0];
    let callback = a.get(1).filter(|c| !c.is_none());
    if !referable(vm, target) {
        let t = vm.type_name(target);
        return Err(raise!(
            vm,
            TypeError,
            "cannot create weak reference to '{t}' object"
        ));
    }
    Ok((target, callback))
}
fn make(vm: &mut Vm, target: Value, callback: Option<Value>) -> R {
    let number = vm.new_version();
    let r = vm.alloc(WeakRefObj {
        h: Header::new(Kind::WeakRef, ClassId::WeakRef as u32),
        target: Cell::new(target.bits()),
        callback: Slot::new(callback),
        next: Slot::new(None),
        hash: Cell::new(None),
        number,
    })?;
    Ok(r.value())
}
/// A reference of its own that the collector does not know: what an instance of a derived class is made
/// from, which lies in another cell. It is to be [`register`]ed before anything is allocated.
///
/// # Errors
/// TypeError for what cannot be referred to.
pub fn unregistered(vm: &mut Vm, a: Args<'_>) -> R {
    let (target, callback) = arguments(vm, a)?;
    make(vm, target, callback)
}
/// Makes the collector look after a reference.
///
/// # Errors
/// MemoryError.
pub fn register(vm: &mut Vm, r: Value) -> Result<(), Raised> {
    match referent(vm, r) {
        Some(target) => vm.with_room(64, |vm| vm.heap.add_weak_ref(target, r)),
        None => Ok(()),
    }
}

/// `r()`: the referent, or None.
pub fn call(vm: &mut Vm, r: Value, a: Args<'_>) -> R {
    if a.nkw() > 0 && a.positional().is_empty() {
        return Err(raise!(
            vm,
            TypeError,
            "__call__() takes at most 0 keyword arguments ({} given)",
            a.nkw()
        ));
    }
    if !a.is_empty() {
        return Err(raise!(
            vm,
            TypeError,
            "__call__() takes at most 0 arguments ({} given)",
            a.all().len()
        ));
    }
    Ok(referent(vm, r).unwrap_or(Value::NONE))
}

/// The referent, while it lives.
pub fn referent(vm: &Vm, r: Value) -> Option<Value> {
    r.get::<WeakRefObj>(vm)?.referent()
}

/// Hash of a reference: its referent's.
pub fn hash_of(vm: &mut Vm, r: Value) -> Result<u64, Raised> {
    if let Some(h) = r.get::<WeakRefObj>(vm).and_then(|r| r.hash.get()) {
        return Ok(h);
    }
    let Some(v) = referent(vm, r) else {
        return Err(raise!(vm, TypeError, "weak object has gone away"));
    };
    let h = hash::hash(vm, v)?;
    if let Some(r) = r.get::<WeakRefObj>(vm) {
        r.hash.set(Some(h));
    }
    Ok(h)
}

/// References are equal when their referents are, or when they are the same one.
pub fn equal(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    match (referent(vm, a), referent(vm, b)) {
        (Some(x), Some(y)) => compare::eq(vm, x, y),
        _ => Ok(a == b),
    }
}

/// `weakref.getweakrefs(v)`: those without a callback first, then the newest.
pub fn refs_to(vm: &mut Vm, v: Value) -> R {
    let n = vm.heap.weak_count(v);
    let l = list::with_capacity(vm, n)?;
    // Both rounds find the same references: there is room, so nothing is collected.
    for i in 0..n {
        match vm.heap.weak_ref(v, i) {
            Some(r) if !has_callback(vm, r) => list::push(vm, l, r)?,
            _ => (),
        }
    }
    for i in (0..n).rev() {
        match vm.heap.weak_ref(v, i) {
            Some(r) if has_callback(vm, r) => list::push(vm, l, r)?,
            _ => (),
        }
    }
    Ok(l.value())
}
fn has_callback(vm: &Vm, r: Value) -> bool {
    r.get::<WeakRefObj>(vm)
        .is_some_and(|r| r.callback.get().is_some())
}
/// `weakref.getweakrefcount(v)`
pub fn count(vm: &mut Vm, v: Value) -> R {
    let n = vm.heap.weak_count(v);
    vm.new_int(n as i64)
}

/// Calls the callbacks of references whose referents have died. What one raises is printed.
///
/// # Errors
/// A TERMINATE only.
pub fn run_callbacks(vm: &mut Vm) -> Result<(), Raised> {
    while let Some(r) = vm
        .heap
        .weak_pending
        .get()
        .and_then(Gc::<WeakRefObj>::from_value)
    {
        let next = r.get(vm).next.get();
        vm.heap.weak_pending.write(&vm.heap, next);
        r.get(vm).next.write(&vm.heap, None);
        let Some(f) = r.get(vm).callback.get() else {
            continue;
        };
        r.get(vm).callback.write(&vm.heap, None);
        if let Err(e) = vm.call(f, Args::pos(&[r.value()])) {
            let e = vm.catch(e, ClassId::BaseException)?;
            print::unraisable(vm, f, e)?;
        }
    }
    Ok(())
}
