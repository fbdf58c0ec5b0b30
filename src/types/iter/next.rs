//! The next item of each iterator.

use super::value::IterObj;
use crate::object::{Args, ClassId, Gc, Value};
use crate::protocol::iter::next;
use crate::protocol::{compare, item, truth};
use crate::raise;
use crate::types::bytearray::value::ByteArrayObj;
use crate::types::bytes::value::BytesObj;
use crate::types::deque::methods as deque;
use crate::types::dict::ops as dict;
use crate::types::dict::ordered;
use crate::types::dict::value::DictObj;
use crate::types::generator::{agen, coroutine};
use crate::types::int::ops as int;
use crate::types::itertools;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::set::ops as set;
use crate::types::set::value::SetObj;
use crate::types::str::value::StrObj;
use crate::types::tuple::ops as tuple;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

type Next = Result<Option<Value>, Raised>;

/// The next item, or `None` at the end. Iterators over iterators may be nested as deep as a program
/// likes: they go on on another stack where this one ends.
pub fn iter_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let class = vm.class_of(it.value());
    let nests = matches!(
        class,
        ClassId::CallableIter
            | ClassId::Enumerate
            | ClassId::Zip
            | ClassId::Map
            | ClassId::Filter
            | ClassId::SeqIter
            | ClassId::Reversed
    ) || itertools::is_class(class);
    if nests && crate::gc::stack_is_low(vm) {
        return match crate::gc::on_big_stack(vm, move |vm| next_of(vm, it, class)) {
            Ok(r) => r,
            Err(_) => Err(vm.raise_memory()),
        };
    }
    next_of(vm, it, class)
}

fn next_of(vm: &mut Vm, it: Gc<IterObj>, class: ClassId) -> Next {
    match class {
        ClassId::ListIter => {
            let o = it.get(vm);
            let i = o.i.get();
            let v =
                o.a.get()
                    .and_then(|l| l.get::<ListObj>(vm)?.items.get(i as usize));
            Ok(step(vm, it, i + 1, v))
        }
        ClassId::TupleIter => {
            let o = it.get(vm);
            let i = o.i.get();
            let v =
                o.a.get()
                    .and_then(|t| t.get::<TupleObj>(vm)?.get(i as usize));
            Ok(step(vm, it, i + 1, v))
        }
        ClassId::BytesIter => {
            let o = it.get(vm);
            let i = o.i.get();
            let c =
                o.a.get()
                    .and_then(|b| b.get::<BytesObj>(vm)?.as_bytes().get(i as usize));
            let v = c.map(|&c| Value::int_unchecked(c as i64));
            Ok(step(vm, it, i + 1, v))
        }
        ClassId::ByteArrayIter => {
            let o = it.get(vm);
            let i = o.i.get();
            let c =
                o.a.get()
                    .and_then(|b| b.get::<ByteArrayObj>(vm)?.items.get(i as usize));
            let v = c.map(|c| Value::int_unchecked(i64::from(c)));
            Ok(step(vm, it, i + 1, v))
        }
        ClassId::SetIter => set_next(vm, it),
        ClassId::ListReverseIter => {
            let o = it.get(vm);
            let i = o.i.get();
            let v = usize::try_from(i)
                .ok()
                .and_then(|i| o.a.get()?.get::<ListObj>(vm)?.items.get(i));
            Ok(step(vm, it, i - 1, v))
        }
        ClassId::StrIter => str_next(vm, it),
        ClassId::Reversed => {
            let o = it.get(vm);
            let i = o.i.get();
            let Some(a) = o.a.get().filter(|_| i >= 0) else {
                o.a.write(&vm.heap, None);
                return Ok(None);
            };
            match by_index(vm, a, i)? {
                Some(v) => Ok(step(vm, it, i - 1, Some(v))),
                None => Ok(step(vm, it, -1, None)),
            }
        }
        ClassId::SeqIter => {
            let o = it.get(vm);
            let i = o.i.get();
            let Some(a) = o.a.get() else {
                return Ok(None);
            };
            let Some(next) = i.checked_add(1) else {
                return Err(crate::raise!(vm, OverflowError, "iter index too large"));
            };
            let v = by_index(vm, a, i)?;
            Ok(step(vm, it, next, v))
        }
        ClassId::DictKeyIter | ClassId::DictValueIter | ClassId::DictItemIter => {
            dict_next(vm, it, class, false)
        }
        ClassId::DictReverseKeyIter
        | ClassId::DictReverseValueIter
        | ClassId::DictReverseItemIter => dict_next(vm, it, class, true),
        ClassId::LongRangeIter => long_range_next(vm, it),
        ClassId::CallableIter => callable_next(vm, it),
        ClassId::Enumerate => enumerate_next(vm, it),
        ClassId::Zip => zip_next(vm, it),
        ClassId::Map => map_next(vm, it),
        ClassId::Filter => filter_next(vm, it),
        ClassId::DequeIter => deque::next(vm, it, false),
        ClassId::DequeReverseIter => deque::next(vm, it, true),
        ClassId::OdictIter => ordered::next(vm, it),
        c if itertools::is_class(c) => itertools::next::of(vm, it, c),
        ClassId::CoroutineWrapper => {
            let c = coroutine::wrapped(vm, it.value());
            crate::types::generator::methods::send(vm, c, Value::NONE).map(Some)
        }
        ClassId::AsyncGenASend | ClassId::AsyncGenAThrow => {
            agen::send(vm, it, Value::NONE).map(Some)
        }
        _ => Ok(None),
    }
}

/// Item `i`; IndexError and StopIteration are the end.
fn by_index(vm: &mut Vm, a: Value, i: i64) -> Next {
    let i = vm.new_int(i)?;
    match item::get_item(vm, a, i) {
        Ok(v) => Ok(Some(v)),
        Err(r) => {
            let ends = vm
                .exc
                .get()
                .is_some_and(|e| vm.is_a(e, ClassId::IndexError));
            let class = match ends {
                true => ClassId::IndexError,
                false => ClassId::StopIteration,
            };
            vm.catch(r, class)?;
            Ok(None)
        }
    }
}

/// Moves on to `i`, or ends the iterator for good.
fn step(vm: &Vm, it: Gc<IterObj>, i: i64, v: Option<Value>) -> Option<Value> {
    let o = it.get(vm);
    match v {
        Some(_) => o.i.set(i),
        None => o.a.write(&vm.heap, None),
    }
    v
}

fn str_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let at = o.i.get() as usize;
    let Some(s) = o.a.get().and_then(|s| s.cast::<StrObj>()) else {
        return Ok(None);
    };
    match crate::types::str::ops::char_at_byte(vm, s, at)? {
        Some((c, after)) => Ok(step(vm, it, after as i64, Some(c))),
        None => Ok(step(vm, it, 0, None)),
    }
}

fn dict_next(vm: &mut Vm, it: Gc<IterObj>, class: ClassId, backwards: bool) -> Next {
    let o = it.get(vm);
    let Some(d) = o.a.get().and_then(|d| d.cast::<DictObj>()) else {
        return Ok(None);
    };
    if o.b.get().and_then(Value::as_small_int) != Some(dict::len(vm, d) as i64) {
        // Stays so: the iterator raises again.
        o.b.write(&vm.heap, Some(Value::int_unchecked(-1)));
        return Err(raise!(
            vm,
            RuntimeError,
            "dictionary changed size during iteration"
        ));
    }
    let found = if backwards {
        let mut i = o.i.get();
        let mut found = None;
        while i > 0 && found.is_none() {
            i -= 1;
            found = dict::item_at(vm, d, i as usize);
        }
        o.i.set(i);
        found
    } else {
        let mut pos = o.i.get() as usize;
        let found = dict::next_item(vm, d, &mut pos);
        o.i.set(pos as i64);
        found
    };
    let Some((k, v)) = found else {
        o.a.write(&vm.heap, None);
        return Ok(None);
    };
    if o.j.get() == 0 && !backwards {
        o.a.write(&vm.heap, None);
        return Err(raise!(
            vm,
            RuntimeError,
            "dictionary keys changed during iteration"
        ));
    }
    o.j.set(o.j.get() - 1);
    Ok(Some(match class {
        ClassId::DictValueIter | ClassId::DictReverseValueIter => v,
        ClassId::DictItemIter | ClassId::DictReverseItemIter => vm.new_tuple(&[k, v])?,
        _ => k,
    }))
}

fn set_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let Some(s) = o.a.get().and_then(|s| s.cast::<SetObj>()) else {
        return Ok(None);
    };
    if o.b.get().and_then(Value::as_small_int) != Some(set::len(vm, s) as i64) {
        // Stays so: the iterator raises again.
        o.b.write(&vm.heap, Some(Value::int_unchecked(-1)));
        return Err(raise!(
            vm,
            RuntimeError,
            "Set changed size during iteration"
        ));
    }
    let mut pos = o.i.get() as usize;
    let found = set::next(vm, s, &mut pos).map(|(k, _)| k);
    o.j.set(o.j.get() - 1);
    Ok(step(vm, it, pos as i64, found))
}

fn long_range_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let (Some(v), Some(by), Some(left)) = (o.a.get(), o.b.get(), o.c.get()) else {
        return Ok(None);
    };
    if int::get(vm, left).is_none_or(|n| n.is_zero()) {
        return Ok(None);
    }
    let left = int::sub(vm, left, Value::int_unchecked(1))?;
    let next = int::add(vm, v, by)?;
    let o = it.get(vm);
    o.a.write(&vm.heap, Some(next));
    o.c.write(&vm.heap, Some(left));
    Ok(Some(v))
}

fn callable_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let (Some(f), Some(sentinel)) = (o.a.get(), o.b.get()) else {
        return Ok(None);
    };
    let end = |vm: &mut Vm| it.get(vm).a.write(&vm.heap, None);
    let v = match vm.call(f, Args::pos(&[])) {
        Ok(v) => v,
        Err(r) => {
            vm.catch(r, ClassId::StopIteration)?;
            end(vm);
            return Ok(None);
        }
    };
    // The sentinel stands on the left, as in CPython.
    if compare::eq(vm, sentinel, v)? {
        end(vm);
        return Ok(None);
    }
    Ok(Some(v))
}

fn enumerate_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let Some(inner) = o.a.get() else {
        return Ok(None);
    };
    let Some(v) = next(vm, inner)? else {
        return Ok(None);
    };
    let o = it.get(vm);
    let i = o.i.get();
    let n = match o.b.get() {
        Some(big) => {
            let after = int::add(vm, big, Value::int_unchecked(1))?;
            it.get(vm).b.write(&vm.heap, Some(after));
            big
        }
        None => {
            let n = vm.new_int(i)?;
            match i.checked_add(1) {
                Some(i) => it.get(vm).i.set(i),
                None => {
                    let big = int::add(vm, n, Value::int_unchecked(1))?;
                    it.get(vm).b.write(&vm.heap, Some(big));
                }
            }
            n
        }
    };
    vm.new_tuple(&[n, v]).map(Some)
}

/// Iterator `i` of a tuple of iterators.
fn nth(vm: &Vm, its: Value, i: usize) -> Option<Value> {
    its.get::<TupleObj>(vm)?.get(i)
}

/// The two iterators that a `zip` has, if it has two.
fn two(vm: &Vm, its: Value) -> Option<[Value; 2]> {
    match (nth(vm, its, 0), nth(vm, its, 1), nth(vm, its, 2)) {
        (Some(a), Some(b), None) => Some([a, b]),
        _other => None,
    }
}
/// An item of each.
fn pair(vm: &mut Vm, a: Value, b: Value) -> Result<Option<[Value; 2]>, Raised> {
    let Some(x) = next(vm, a)? else {
        return Ok(None);
    };
    Ok(next(vm, b)?.map(|y| [x, y]))
}
/// The iterators of a `zip` of two, not of a class derived from it, for [`zip_pair`].
pub fn zipped(vm: &Vm, v: Value) -> Option<[Value; 2]> {
    let it = v.exact::<IterObj>()?;
    if vm.class_of(v) != ClassId::Zip || crate::gc::stack_is_low(vm) {
        return None;
    }
    two(vm, it.get(vm).a.get()?)
}
/// What the next tuple of such a one would hold: for those that would only look into it.
///
/// # Errors
/// What taking them raises.
pub fn zip_pair(vm: &mut Vm, its: [Value; 2]) -> Result<Option<[Value; 2]>, Raised> {
    pair(vm, its[0], its[1])
}

fn zip_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let Some(its) = it.get(vm).a.get() else {
        return Ok(None);
    };
    if let Some([a, b]) = two(vm, its) {
        return match pair(vm, a, b)? {
            Some(pair) => vm.new_tuple(&pair).map(Some),
            None => Ok(None),
        };
    }
    let row = vm.new_list(&[])?;
    let mut i = 0;
    while let Some(inner) = nth(vm, its, i) {
        match next(vm, inner)? {
            Some(v) => list::push(vm, row, v)?,
            None => return Ok(None),
        }
        i += 1;
    }
    if i == 0 {
        return Ok(None);
    }
    list::to_tuple(vm, row).map(Some)
}

/// Arguments that a call from here holds on the machine's stack.
const FEW: usize = 8;

fn map_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let (Some(f), Some(its)) = (o.a.get(), o.b.get()) else {
        return Ok(None);
    };
    let n = its.get::<TupleObj>(vm).map_or(0, |t| t.len);
    if n <= FEW {
        let mut args = [Value::NONE; FEW];
        for (i, a) in args.iter_mut().enumerate().take(n) {
            match nth(vm, its, i) {
                Some(inner) => match next(vm, inner)? {
                    Some(v) => *a = v,
                    None => return Ok(None),
                },
                None => return Ok(None),
            }
        }
        return vm.call(f, Args::pos(&args[..n])).map(Some);
    }
    let row = vm.new_list(&[])?;
    for i in 0..n {
        if let Some(inner) = nth(vm, its, i) {
            match next(vm, inner)? {
                Some(v) => list::push(vm, row, v)?,
                None => return Ok(None),
            }
        }
    }
    let row = list::to_tuple(vm, row)?;
    tuple::call_with(vm, f, row).map(Some)
}

fn filter_next(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let (Some(f), Some(inner)) = (o.a.get(), o.b.get()) else {
        return Ok(None);
    };
    let plain = f.is_none() || crate::types::class::ops::id_of(vm, f) == Some(ClassId::Bool);
    while let Some(v) = next(vm, inner)? {
        let keep = if plain {
            v
        } else {
            vm.call(f, Args::pos(&[v]))?
        };
        if truth::is_true(vm, keep)? {
            return Ok(Some(v));
        }
        vm.burn(1)?;
        vm.poll()?;
    }
    Ok(None)
}
