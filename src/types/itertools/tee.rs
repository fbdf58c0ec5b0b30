//! `tee`: iterators over a chain of links, each with some of the items; whoever comes first asks the
//! iterator behind them. What all of them are past, nothing refers to.

use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Value};
use crate::protocol::attr;
use crate::protocol::iter::{get_iter, next};
use crate::raise;
use crate::types::args;
use crate::types::iter::make::raw;
use crate::types::iter::value::IterObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::str::adjust::ssize;
use crate::vm::{Raised, Vm};

/// Items of a link.
pub(super) const ITEMS: usize = 57;

fn link(vm: &mut Vm, it: Value) -> R {
    let items = vm.new_list(&[])?.value();
    raw(vm, ClassId::TeeData, [Some(it), Some(items), None], 0, 0)
}
fn over(vm: &mut Vm, link: Value, at: i64) -> R {
    raw(vm, ClassId::Tee, [Some(link), None, None], at, 0)
}

/// `_tee(iterable)`
pub fn construct(vm: &mut Vm, a: Args<'_>) -> R {
    args::no_keywords(vm, "_tee", a)?;
    args::arity(vm, "_tee", a, 1, 1)?;
    let it = get_iter(vm, a[0])?;
    if vm.class_of(it) == ClassId::Tee {
        return copy(vm, it);
    }
    let l = link(vm, it)?;
    over(vm, l, 0)
}
/// `t.__copy__()`
pub fn copy(vm: &mut Vm, t: Value) -> R {
    let (l, at) = match t.get::<IterObj>(vm) {
        Some(o) => (o.a.get_or_none(), o.i.get()),
        None => (Value::NONE, 0),
    };
    over(vm, l, at)
}
/// `_tee_dataobject(iterable, items, next)`
pub fn construct_data(vm: &mut Vm, a: Args<'_>) -> R {
    args::no_keywords(vm, "_tee_dataobject", a)?;
    args::arity(vm, "_tee_dataobject", a, 3, 3)?;
    let Some(items) = a[1].cast::<ListObj>() else {
        let t = args::kind_name(vm, a[1]);
        return Err(raise!(
            vm,
            TypeError,
            "_tee_dataobject() argument 2 must be list, not {t}"
        ));
    };
    let n = list::len(vm, items);
    let next = a[2];
    let fits = match n.cmp(&ITEMS) {
        std::cmp::Ordering::Greater => false,
        std::cmp::Ordering::Equal => next.is_none() || vm.class_of(next) == ClassId::TeeData,
        std::cmp::Ordering::Less => next.is_none(),
    };
    if !fits {
        return Err(raise!(vm, ValueError, "Invalid arguments"));
    }
    let l = link(vm, a[0])?;
    if let Some(o) = l.cast::<IterObj>() {
        let own = list::from_iterable(vm, items.value())?;
        let o = o.get(vm);
        o.b.write(&vm.heap, Some(own.value()));
        o.c.write(&vm.heap, Some(next).filter(|n| !n.is_none()));
    }
    Ok(l)
}

/// `tee(iterable, n=2)`
pub fn tee(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let n = match a.get(1) {
        Some(n) => ssize(vm, n)?,
        None => 2,
    };
    if n < 0 {
        return Err(raise!(vm, ValueError, "n must be >= 0"));
    }
    let n = n as usize;
    let all = list::with_capacity(vm, n)?;
    if n == 0 {
        return list::to_tuple(vm, all);
    }
    let mut it = get_iter(vm, a[0])?;
    let name = vm.intern("__copy__")?;
    let copies = match attr::optional(vm, it, name)? {
        Some(f) => f,
        None => {
            it = construct(vm, Args::pos(&[it]))?;
            attr::get_attr(vm, it, name)?
        }
    };
    list::push(vm, all, it)?;
    for _ in 1..n {
        let c = vm.call(copies, Args::pos(&[]))?;
        list::push(vm, all, c)?;
        vm.poll()?;
    }
    list::to_tuple(vm, all)
}

/// The next item.
pub fn next_item(vm: &mut Vm, t: Gc<IterObj>) -> Result<Option<Value>, Raised> {
    let o = t.get(vm);
    let mut at = o.i.get() as usize;
    let Some(mut l) = o.a.get().and_then(|l| l.cast::<IterObj>()) else {
        return Ok(None);
    };
    if at >= ITEMS {
        let after = match l.get(vm).c.get() {
            Some(v) => v,
            None => {
                let it = l.get(vm).a.get_or_none();
                let v = link(vm, it)?;
                l.get(vm).c.write(&vm.heap, Some(v));
                v
            }
        };
        let o = t.get(vm);
        o.a.write(&vm.heap, Some(after));
        o.i.set(0);
        at = 0;
        match after.cast() {
            Some(g) => l = g,
            None => return Ok(None),
        }
    }
    let Some(items) = l.get(vm).b.get().and_then(|b| b.cast::<ListObj>()) else {
        return Ok(None);
    };
    let v = match list::item(vm, items, at) {
        Some(v) => v,
        None => {
            let o = l.get(vm);
            if o.i.get() != 0 {
                return Err(raise!(vm, RuntimeError, "cannot re-enter the tee iterator"));
            }
            o.i.set(1);
            let it = o.a.get_or_none();
            let found = next(vm, it);
            l.get(vm).i.set(0);
            let Some(v) = found? else { return Ok(None) };
            list::push(vm, items, v)?;
            v
        }
    };
    t.get(vm).i.set(at as i64 + 1);
    Ok(Some(v))
}
