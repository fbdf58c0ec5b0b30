//! The next item of each iterator.

use super::{choose, group, tee};
use crate::object::{Args, ClassId, Gc, Value};
use crate::protocol::iter::{get_iter, next};
use crate::protocol::number::{self, BinOp};
use crate::protocol::truth;
use crate::types::class::ops as class;
use crate::types::int::ops as int;
use crate::types::iter::value::IterObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::tuple::ops as tuple;
use crate::vm::{Raised, Vm};

type Next = Result<Option<Value>, Raised>;

/// The next item, or `None` at the end.
pub fn of(vm: &mut Vm, it: Gc<IterObj>, c: ClassId) -> Next {
    match c {
        ClassId::Count => count(vm, it),
        ClassId::Cycle => cycle(vm, it),
        ClassId::Repeat => {
            let o = it.get(vm);
            match o.i.get() {
                0 => return Ok(None),
                n if n > 0 => o.i.set(n - 1),
                _ => (),
            }
            Ok(o.a.get())
        }
        ClassId::Chain => chain(vm, it),
        ClassId::Accumulate => accumulate(vm, it),
        ClassId::Compress => compress(vm, it),
        ClassId::TakeWhile => take_while(vm, it),
        ClassId::DropWhile => drop_while(vm, it),
        ClassId::FilterFalse => filter_false(vm, it),
        ClassId::StarMap => star_map(vm, it),
        ClassId::ISlice => islice(vm, it),
        ClassId::ZipLongest => zip_longest(vm, it),
        ClassId::GroupBy => group::next_group(vm, it),
        ClassId::Grouper => group::next_item(vm, it),
        ClassId::Tee => tee::next_item(vm, it),
        ClassId::Combinations
        | ClassId::CombinationsWithReplacement
        | ClassId::Permutations
        | ClassId::Product => choose::next_choice(vm, it, c),
        _ => Ok(None),
    }
}

/// The iterator and the function beside it.
fn parts(vm: &Vm, it: Gc<IterObj>) -> Option<(Value, Value)> {
    let o = it.get(vm);
    Some((o.a.get()?, o.b.get()?))
}

fn count(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let i = o.i.get();
    match o.b.get() {
        None => {
            let n = vm.new_int(i)?;
            match i.checked_add(1) {
                Some(after) if after < i64::MAX => it.get(vm).i.set(after),
                _ => {
                    let one = Value::int_unchecked(1);
                    let after = int::add(vm, n, one)?;
                    it.get(vm).b.write(&vm.heap, Some(after));
                }
            }
            Ok(Some(n))
        }
        Some(n) => {
            let step = o.a.get_or_none();
            let after = number::binary(vm, BinOp::Add, n, step)?;
            it.get(vm).b.write(&vm.heap, Some(after));
            Ok(Some(n))
        }
    }
}

fn cycle(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let Some(saved) = o.b.get().and_then(|l| l.cast::<ListObj>()) else {
        return Ok(None);
    };
    if let Some(inner) = o.a.get() {
        if let Some(v) = next(vm, inner)? {
            if it.get(vm).j.get() == 0 {
                list::push(vm, saved, v)?;
            }
            return Ok(Some(v));
        }
        it.get(vm).a.write(&vm.heap, None);
    }
    let o = it.get(vm);
    let at = o.i.get() as usize;
    let n = saved.get(vm).items.len();
    // A program may hold the list, and shorten it.
    let v = saved
        .get(vm)
        .items
        .get(at)
        .or_else(|| saved.get(vm).items.get(0));
    o.i.set(if at + 1 >= n { 0 } else { at as i64 + 1 });
    Ok(v)
}

fn chain(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    loop {
        let o = it.get(vm);
        let Some(source) = o.a.get() else {
            return Ok(None);
        };
        let active = match o.b.get() {
            Some(v) => v,
            None => {
                let found = match next(vm, source) {
                    Ok(Some(v)) => get_iter(vm, v).map(Some),
                    r => r,
                };
                match found {
                    Ok(Some(v)) => {
                        it.get(vm).b.write(&vm.heap, Some(v));
                        v
                    }
                    end => {
                        it.get(vm).a.write(&vm.heap, None);
                        return end;
                    }
                }
            }
        };
        if let Some(v) = next(vm, active)? {
            return Ok(Some(v));
        }
        it.get(vm).b.write(&vm.heap, None);
        vm.burn(1)?;
        vm.poll()?;
    }
}

fn accumulate(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let (inner, f, total) = (o.a.get_or_none(), o.b.get(), o.c.get());
    if o.i.get() != 0 {
        o.i.set(0);
        return Ok(total);
    }
    let Some(v) = next(vm, inner)? else {
        return Ok(None);
    };
    let total = match (it.get(vm).c.get().or(total), f) {
        (None, _) => v,
        (Some(t), None) => number::binary(vm, BinOp::Add, t, v)?,
        (Some(t), Some(f)) => vm.call(f, Args::pos(&[t, v]))?,
    };
    it.get(vm).c.write(&vm.heap, Some(total));
    Ok(Some(total))
}

fn compress(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let Some((data, selectors)) = parts(vm, it) else {
        return Ok(None);
    };
    loop {
        let Some(v) = next(vm, data)? else {
            return Ok(None);
        };
        let Some(s) = next(vm, selectors)? else {
            return Ok(None);
        };
        if truth::is_true(vm, s)? {
            return Ok(Some(v));
        }
        vm.burn(1)?;
        vm.poll()?;
    }
}

fn take_while(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let Some((inner, f)) = parts(vm, it) else {
        return Ok(None);
    };
    if it.get(vm).i.get() != 0 {
        return Ok(None);
    }
    let Some(v) = next(vm, inner)? else {
        return Ok(None);
    };
    let good = vm.call(f, Args::pos(&[v]))?;
    if truth::is_true(vm, good)? {
        return Ok(Some(v));
    }
    it.get(vm).i.set(1);
    Ok(None)
}
fn drop_while(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let Some((inner, f)) = parts(vm, it) else {
        return Ok(None);
    };
    loop {
        let Some(v) = next(vm, inner)? else {
            return Ok(None);
        };
        if it.get(vm).i.get() != 0 {
            return Ok(Some(v));
        }
        let good = vm.call(f, Args::pos(&[v]))?;
        if !truth::is_true(vm, good)? {
            it.get(vm).i.set(1);
            return Ok(Some(v));
        }
        vm.burn(1)?;
        vm.poll()?;
    }
}
fn filter_false(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let Some((inner, f)) = parts(vm, it) else {
        return Ok(None);
    };
    let plain = f.is_none() || class::builtin_of(vm, f) == Some(ClassId::Bool);
    loop {
        let Some(v) = next(vm, inner)? else {
            return Ok(None);
        };
        let good = match plain {
            true => v,
            false => vm.call(f, Args::pos(&[v]))?,
        };
        if !truth::is_true(vm, good)? {
            return Ok(Some(v));
        }
        vm.burn(1)?;
        vm.poll()?;
    }
}
fn star_map(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let Some((inner, f)) = parts(vm, it) else {
        return Ok(None);
    };
    let Some(v) = next(vm, inner)? else {
        return Ok(None);
    };
    let row = tuple::from_iterable(vm, v)?;
    tuple::call_with(vm, f, row).map(Some)
}

fn islice(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let r = islice_item(vm, it);
    if !matches!(r, Ok(Some(_))) {
        it.get(vm).a.write(&vm.heap, None);
    }
    r
}
fn islice_item(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let (Some(inner), Some(step)) = (o.a.get(), o.c.get()) else {
        return Ok(None);
    };
    let stop = o.b.get().and_then(|s| int::to_i64(vm, s));
    let step = int::to_i64(vm, step).unwrap_or(1);
    loop {
        let o = it.get(vm);
        if o.i.get() >= o.j.get() {
            break;
        }
        if next(vm, inner)?.is_none() {
            return Ok(None);
        }
        let o = it.get(vm);
        o.i.set(o.i.get().wrapping_add(1));
        vm.burn(1)?;
        vm.poll()?;
    }
    if stop.is_some_and(|s| it.get(vm).i.get() >= s) {
        return Ok(None);
    }
    let Some(v) = next(vm, inner)? else {
        return Ok(None);
    };
    let o = it.get(vm);
    o.i.set(o.i.get().wrapping_add(1));
    o.j.set(match o.j.get().checked_add(step) {
        Some(n) if stop.is_none_or(|s| n <= s) => n,
        _ => stop.unwrap_or(-1),
    });
    Ok(Some(v))
}

fn zip_longest(vm: &mut Vm, it: Gc<IterObj>) -> Next {
    let o = it.get(vm);
    let fill = o.b.get_or_none();
    let Some(its) = o.a.get().and_then(|l| l.cast::<ListObj>()) else {
        return Ok(None);
    };
    if o.i.get() == 0 {
        return Ok(None);
    }
    let n = list::len(vm, its);
    let row = list::with_capacity(vm, n)?;
    for k in 0..n {
        let mut v = fill;
        if let Some(inner) = list::item(vm, its, k).filter(|i| *i != Value::MARK) {
            let found = next(vm, inner);
            let o = it.get(vm);
            match found {
                Ok(Some(x)) => v = x,
                Ok(None) => {
                    o.i.set((o.i.get() - 1).max(0));
                    if o.i.get() == 0 {
                        return Ok(None);
                    }
                    list::put(vm, its, k, Value::MARK);
                }
                Err(r) => {
                    o.i.set(0);
                    return Err(r);
                }
            }
        }
        list::push(vm, row, v)?;
    }
    list::to_tuple(vm, row).map(Some)
}
