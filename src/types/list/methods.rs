//! Methods of `list`.

use super::ops;
use super::value::ListObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, MethodDef, Value};
use crate::protocol::{compare, item, repr};
use crate::raise;
use crate::types::str::adjust::ssize;
use crate::types::tuple::methods::search_range;
use crate::types::{args, object};
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[
            object::GET_ITEM,
            object::REVERSED,
            $(MethodDef { name: $name, conv: $conv, doc: $doc }),*
        ]
    };
}

/// Rows.
pub const METHODS: &[MethodDef] = rows! {
    "append" Conv::One(append), "Add an item at the end.";
    "clear" Conv::NoArgs(clear), "Remove every item.";
    "copy" Conv::NoArgs(copy), "Return a new list of the same items.";
    "count" Conv::One(count), "Return how many items equal the value.";
    "extend" Conv::One(extend), "Add the items of an iterable at the end.";
    "index" Conv::Pos(1, 3, index), "Return the first index of the value; ValueError if it is absent.";
    "insert" Conv::Pos(2, 2, insert), "Put an item before an index.";
    "pop" Conv::Pos(0, 1, pop), "Remove the item at an index, the last one by default, and return it.";
    "remove" Conv::One(remove), "Remove the first item that equals the value.";
    "reverse" Conv::NoArgs(reverse), "Reverse the order of the items in place.";
    "sort" Conv::Kw(sort), "Sort the items in place; equal ones keep their order.";
};

fn this(vm: &mut Vm, v: Value) -> Result<Gc<ListObj>, Raised> {
    match v.cast::<ListObj>() {
        Some(l) => Ok(l),
        None => Err(raise!(
            vm,
            TypeError,
            "a list is required, not '{}'",
            vm.type_name(v)
        )),
    }
}

/// `list(iterable=())`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "list", a)?;
    args::arity(vm, "list", a, 0, 1)?;
    let l = vm.new_list(&[])?;
    if let Some(v) = a.get(0) {
        ops::fill(vm, l, v)?;
    }
    Ok(l.value())
}

fn append(vm: &mut Vm, l: Value, v: Value) -> R {
    let l = this(vm, l)?;
    ops::push(vm, l, v)?;
    Ok(Value::NONE)
}
fn clear(vm: &mut Vm, l: Value) -> R {
    let l = this(vm, l)?;
    ops::clear(vm, l);
    Ok(Value::NONE)
}
fn copy(vm: &mut Vm, l: Value) -> R {
    let l = this(vm, l)?;
    let (n, out) = (ops::len(vm, l), vm.new_list(&[])?);
    vm.burn(n as u64)?;
    ops::copy_into(vm, out, n, |vm, i| ops::item(vm, l, i))?;
    Ok(out.value())
}
fn extend(vm: &mut Vm, l: Value, v: Value) -> R {
    let l = this(vm, l)?;
    ops::extend(vm, l, v)?;
    Ok(Value::NONE)
}
fn count(vm: &mut Vm, l: Value, x: Value) -> R {
    let l = this(vm, l)?;
    let (mut n, mut i) = (0, 0);
    while let Some(v) = ops::item(vm, l, i) {
        n += compare::eq(vm, v, x)? as i64;
        i += 1;
        vm.poll()?;
    }
    vm.new_int(n)
}
fn index(vm: &mut Vm, l: Value, a: Args<'_>) -> R {
    let l = this(vm, l)?;
    let len = ops::len(vm, l);
    let (mut i, end) = search_range(vm, a, len)?;
    while i < end {
        // The list may shrink while its items are compared.
        let Some(v) = ops::item(vm, l, i) else { break };
        if compare::eq(vm, v, a[0])? {
            return vm.new_int(i as i64);
        }
        i += 1;
        vm.poll()?;
    }
    let r = repr::repr(vm, a[0])?;
    let r = args::text(vm, r);
    Err(raise!(vm, ValueError, "{r} is not in list"))
}
fn insert(vm: &mut Vm, l: Value, a: Args<'_>) -> R {
    let l = this(vm, l)?;
    let i = ssize(vm, a[0])?;
    ops::insert(vm, l, i, a[1])?;
    Ok(Value::NONE)
}
fn pop(vm: &mut Vm, l: Value, a: Args<'_>) -> R {
    let l = this(vm, l)?;
    let i = match a.get(0) {
        Some(v) => ssize(vm, v)?,
        None => -1,
    };
    let n = ops::len(vm, l);
    if n == 0 {
        return Err(raise!(vm, IndexError, "pop from empty list"));
    }
    match ops::wrap_index(i, n).and_then(|i| ops::remove_at(vm, l, i)) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, IndexError, "pop index out of range")),
    }
}
fn remove(vm: &mut Vm, l: Value, x: Value) -> R {
    let l = this(vm, l)?;
    let mut i = 0;
    while let Some(v) = ops::item(vm, l, i) {
        if compare::eq(vm, v, x)? {
            ops::remove_at(vm, l, i);
            return Ok(Value::NONE);
        }
        i += 1;
        vm.poll()?;
    }
    Err(raise!(vm, ValueError, "list.remove(x): x not in list"))
}
fn reverse(vm: &mut Vm, l: Value) -> R {
    let l = this(vm, l)?;
    ops::reverse(vm, l);
    vm.poll()?;
    Ok(Value::NONE)
}
pub fn sort(vm: &mut Vm, l: Value, a: Args<'_>) -> R {
    let l = this(vm, l)?;
    let [key, reverse] = args::parse(vm, "sort", a, ["key", "reverse"], 0, 0)?;
    let reverse = match reverse {
        Some(v) => item::as_c_int(vm, v)? != 0,
        None => false,
    };
    super::sort::sort(vm, l, key.filter(|k| !k.is_none()), reverse)?;
    Ok(Value::NONE)
}
