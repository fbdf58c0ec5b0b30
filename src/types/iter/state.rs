//! `__reduce__` and `__setstate__` of iterators: what makes one again that goes on at the same place.

use super::make;
use super::value::IterObj;
use crate::object::method::R;
use crate::object::{ClassId, Conv, Gc, MethodDef, Value};
use crate::protocol::special::Special;
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::int::ops::{self as int, Int};
use crate::types::list::ops as list;
use crate::types::range::ops as ranges;
use crate::types::range::value::RangeIterObj;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm};

/// What makes it again.
pub const REDUCE: MethodDef = MethodDef {
    name: "__reduce__",
    conv: Conv::NoArgs(reduce),
    doc: "Return what makes it again.",
};
/// Where it goes on.
pub const SET_STATE: MethodDef = MethodDef {
    name: "__setstate__",
    conv: Conv::One(set_state),
    doc: "Set where it goes on.",
};

/// The function `iter`.
fn iter_function(vm: &mut Vm) -> R {
    let found = match vm.builtins.get().and_then(|d| d.cast()) {
        Some(d) => dict::get_name(vm, d, "iter")?,
        None => None,
    };
    match found {
        Some(f) => Ok(f),
        None => Err(raise!(vm, AttributeError, "iter")),
    }
}
/// `(f, (arg,), state)`
fn made_by(vm: &mut Vm, f: Value, arg: Value, state: Option<i64>) -> R {
    let args = vm.new_tuple(&[arg])?;
    match state {
        Some(n) => {
            let n = vm.new_int(n)?;
            vm.new_tuple(&[f, args, n])
        }
        None => vm.new_tuple(&[f, args]),
    }
}

/// How many characters of a str lie before a byte of it.
fn chars_before(vm: &Vm, s: Value, at: i64) -> i64 {
    s.get::<StrObj>(vm).map_or(0, |s| {
        let before = s.as_bytes().iter().take(at as usize);
        before.filter(|b| **b & 0xC0 != 0x80).count() as i64
    })
}

fn reduce(vm: &mut Vm, v: Value) -> R {
    let iter = iter_function(vm)?;
    if let Some(r) = v.cast::<RangeIterObj>() {
        let (next, step, n) = {
            let o = r.get(vm);
            (o.next.get(), o.step, o.remaining.get())
        };
        let (start, step) = (vm.new_int(next)?, vm.new_int(step)?);
        let n = int::from_u64(vm, n)?;
        return rest_of_range(vm, iter, start, step, n);
    }
    let Some(it) = v.cast::<IterObj>() else {
        return Err(raise!(vm, TypeError, "cannot pickle this iterator"));
    };
    let class = vm.class_of(v);
    let (a, b, c, i) = {
        let o = it.get(vm);
        (o.a.get(), o.b.get(), o.c.get(), o.i.get())
    };
    let none = Value::NONE;
    let (a_or_none, b_or_none) = (a.unwrap_or(none), b.unwrap_or(none));
    match class {
        ClassId::LongRangeIter => rest_of_range(vm, iter, a_or_none, b_or_none, c.unwrap_or(none)),
        ClassId::Enumerate => {
            let f = vm.class_object(class)?;
            let count = match b {
                Some(big) => big,
                None => vm.new_int(i)?,
            };
            let args = vm.new_tuple(&[a_or_none, count])?;
            vm.new_tuple(&[f, args])
        }
        ClassId::Zip => {
            let f = vm.class_object(class)?;
            let args = match a {
                Some(its) => its,
                None => vm.new_tuple(&[])?,
            };
            vm.new_tuple(&[f, args])
        }
        ClassId::Map => {
            let f = vm.class_object(class)?;
            let args = vm.new_list(&[a_or_none])?;
            list::extend(vm, args, b_or_none)?;
            let args = list::to_tuple(vm, args)?;
            vm.new_tuple(&[f, args])
        }
        ClassId::Filter => {
            let f = vm.class_object(class)?;
            let args = vm.new_tuple(&[a_or_none, b_or_none])?;
            vm.new_tuple(&[f, args])
        }
        ClassId::CallableIter => match a {
            Some(f) => {
                let args = vm.new_tuple(&[f, b_or_none])?;
                vm.new_tuple(&[iter, args])
            }
            None => exhausted(vm, iter),
        },
        ClassId::Reversed => {
            let f = vm.class_object(class)?;
            match a {
                Some(s) if i >= -1 => made_by(vm, f, s, Some(i)),
                _ => exhausted(vm, f),
            }
        }
        ClassId::ListReverseIter => match a {
            Some(l) => {
                let f = vm.class_object(ClassId::Reversed)?;
                made_by(vm, f, l, Some(i))
            }
            None => exhausted(vm, iter),
        },
        ClassId::StrIter => match a {
            Some(s) => {
                let n = chars_before(vm, s, i);
                made_by(vm, iter, s, Some(n))
            }
            None => exhausted(vm, iter),
        },
        ClassId::ListIter
        | ClassId::TupleIter
        | ClassId::BytesIter
        | ClassId::ByteArrayIter
        | ClassId::SeqIter => match a {
            Some(s) => made_by(vm, iter, s, Some(i)),
            None => exhausted(vm, iter),
        },
        // Of dicts and sets: what is left, in a list.
        _ => {
            let j = it.get(vm).j.get();
            let twin = make::raw(vm, class, [a, b, c], i, j)?;
            let left = list::from_iterable(vm, twin)?;
            made_by(vm, iter, left.value(), None)
        }
    }
}
fn exhausted(vm: &mut Vm, f: Value) -> R {
    let nothing = vm.new_tuple(&[])?;
    made_by(vm, f, nothing, None)
}
/// `n` numbers from `start` on.
fn rest_of_range(vm: &mut Vm, iter: Value, start: Value, step: Value, n: Value) -> R {
    let length = int::mul(vm, step, n)?;
    let stop = int::add(vm, start, length)?;
    let r = ranges::new(vm, start, stop, step)?;
    made_by(vm, iter, r, None)
}

/// How many items are left of what has items by index, if it has a length.
pub fn sequence_left(vm: &mut Vm, v: Value) -> R {
    let place = v.cast::<IterObj>().map(|it| {
        let o = it.get(vm);
        (o.a.get(), o.i.get())
    });
    let Some((Some(s), i)) = place else {
        return Ok(Value::int_unchecked(0));
    };
    let name = vm.special(Special::Len)?;
    if crate::protocol::attr::lookup_special(vm, s, name)?.is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let n = crate::protocol::item::len(vm, s)?;
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    vm.new_int(match vm.class_of(v) {
        // Backwards, from `i` on; none if the sequence ends before.
        ClassId::Reversed if n <= i => 0,
        ClassId::Reversed => i + 1,
        _ => (n - i).max(0),
    })
}

/// An int, clamped to 64 bits.
fn state(vm: &mut Vm, v: Value) -> Result<i64, Raised> {
    match int::get(vm, v) {
        Some(Int::Small(n)) => Ok(n),
        Some(n) => Ok(if n.is_negative() { i64::MIN } else { i64::MAX }),
        None => Err(raise!(vm, TypeError, "an integer is required")),
    }
}
fn set_state(vm: &mut Vm, v: Value, to: Value) -> R {
    let n = state(vm, to)?;
    let Some(it) = v.cast::<IterObj>() else {
        return Ok(Value::NONE);
    };
    // One that has come to its end stays there.
    let Some(a) = it.get(vm).a.get() else {
        return Ok(Value::NONE);
    };
    let class = vm.class_of(v);
    let at = match class {
        ClassId::StrIter => byte_of(vm, a, n.max(0)),
        ClassId::ListReverseIter | ClassId::Reversed => {
            let len = crate::protocol::item::len(vm, a)? as i64;
            n.clamp(-1, len.max(0) - 1)
        }
        ClassId::SeqIter => n.max(0),
        _ => {
            let len = crate::protocol::item::len(vm, a)? as i64;
            n.clamp(0, len)
        }
    };
    set_place(vm, it, at);
    Ok(Value::NONE)
}
fn set_place(vm: &Vm, it: Gc<IterObj>, at: i64) {
    it.get(vm).i.set(at);
}
/// Byte of the `n`-th character of a str, or its end.
fn byte_of(vm: &Vm, s: Value, n: i64) -> i64 {
    s.get::<StrObj>(vm).map_or(0, |s| {
        let all = s.as_bytes();
        let mut starts = all
            .iter()
            .enumerate()
            .filter(|(_, b)| **b & 0xC0 != 0x80)
            .map(|(i, _)| i);
        starts
            .nth(usize::try_from(n).unwrap_or(usize::MAX))
            .unwrap_or(all.len()) as i64
    })
}
