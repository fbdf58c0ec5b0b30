//! The tuple itself.

use super::value::TupleObj;
use crate::object::{Args, ClassId, Gc, Header, Kind, Slot, Value};
use crate::raise;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::vm::work::{PIECE, steps};
use crate::vm::{Raised, Vm};

/// Makes a tuple of `n` items, item `i` being `f(i)`: for items that lie in a heap object, which
/// may not be copied into a Rust container. `f` cannot allocate.
pub fn build(
    vm: &mut Vm,
    n: usize,
    f: impl Fn(&Vm, usize) -> Option<Value>,
) -> Result<Value, Raised> {
    if n == 0 {
        return vm.new_tuple(&[]);
    }
    let made = vm.with_room(n.saturating_mul(8), |vm| {
        let init = TupleObj {
            h: Header::new(Kind::Tuple, ClassId::Tuple as u32),
            len: n,
        };
        vm.heap.alloc_tail(init, n, |t: &mut [Slot]| {
            for (i, s) in steps(vm, t.iter_mut().enumerate()) {
                *s = Slot::of(f(vm, i).unwrap_or(Value::NONE));
            }
        })
    })?;
    if n > PIECE {
        vm.poll()?;
    }
    Ok(made.value())
}

/// A tuple of whatever an iterable gives; a tuple is its own.
pub fn from_iterable(vm: &mut Vm, v: Value) -> Result<Value, Raised> {
    if vm.exact_class(v) == Some(ClassId::Tuple) {
        return Ok(v);
    }
    if let Some(l) = v.exact::<ListObj>() {
        vm.burn(list::len(vm, l) as u64)?;
        return list::to_tuple(vm, l);
    }
    let l = list::from_iterable(vm, v)?;
    list::to_tuple(vm, l)
}

/// `a + b`; the caller has seen that both are tuples.
pub fn concat(vm: &mut Vm, a: Gc<TupleObj>, b: Gc<TupleObj>) -> Result<Value, Raised> {
    let (n, m) = (a.get(vm).len, b.get(vm).len);
    // One that is of another class, `time.struct_time` say, is copied.
    for (t, other) in [(a, m), (b, n)] {
        if other == 0 && vm.exact_class(t.value()) == Some(ClassId::Tuple) {
            return Ok(t.value());
        }
    }
    build(vm, n + m, |vm, i| {
        if i < n {
            a.get(vm).get(i)
        } else {
            b.get(vm).get(i - n)
        }
    })
}
/// `t * n`
pub fn repeat(vm: &mut Vm, t: Gc<TupleObj>, n: i64) -> Result<Value, Raised> {
    let len = t.get(vm).len;
    if n == 1 || len == 0 {
        return crate::types::instance::ops::unchanged(vm, t.value());
    }
    let n = usize::try_from(n).unwrap_or(0);
    match len.checked_mul(n) {
        Some(total) => build(vm, total, |vm, i| t.get(vm).get(i % len)),
        None => Err(vm.raise_memory()),
    }
}
/// `t[i]`
pub fn get_item(vm: &mut Vm, t: Gc<TupleObj>, i: i64) -> Result<Value, Raised> {
    let o = t.get(vm);
    match list::wrap_index(i, o.len).and_then(|i| o.get(i)) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, IndexError, "tuple index out of range")),
    }
}

/// Calls `f` with the items of a tuple as its positional arguments. The tuple holds them meanwhile:
/// its items neither move nor change.
pub fn call_with(vm: &mut Vm, f: Value, items: Value) -> Result<Value, Raised> {
    let Some(t) = items.cast::<TupleObj>() else {
        return Err(raise!(vm, SystemError, "argument list is not a tuple"));
    };
    let r = vm.call(f, Args::pos(t.as_ref().values()));
    std::hint::black_box(t);
    r
}
