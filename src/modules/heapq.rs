//! `_heapq`: the functions of `heapq`. A comparison may change the list: its size is looked at after
//! each, and items are read anew.

use crate::object::method::R;
use crate::object::{Conv, Gc, MethodDef, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::truth;
use crate::raise;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "heappush",
        conv: Conv::Pos(2, 2, |vm, _, a| push(vm, a[0], a[1])),
        doc: "Add an item to a heap.",
    },
    MethodDef {
        name: "heappushpop",
        conv: Conv::Pos(2, 2, |vm, _, a| push_pop(vm, a[0], a[1])),
        doc: "Add an item, then remove the least and return it.",
    },
    MethodDef {
        name: "heappop",
        conv: Conv::One(|vm, _, h| pop(vm, h, Order::Least)),
        doc: "Remove the least item and return it.",
    },
    MethodDef {
        name: "heapreplace",
        conv: Conv::Pos(2, 2, |vm, _, a| replace(vm, a[0], a[1], Order::Least)),
        doc: "Remove the least item, return it and add another.",
    },
    MethodDef {
        name: "heapify",
        conv: Conv::One(|vm, _, h| heapify(vm, h, Order::Least)),
        doc: "Make a list a heap, in linear time.",
    },
    MethodDef {
        name: "_heappop_max",
        conv: Conv::One(|vm, _, h| pop(vm, h, Order::Greatest)),
        doc: "Remove the greatest item of a heap that has it first.",
    },
    MethodDef {
        name: "_heapreplace_max",
        conv: Conv::Pos(2, 2, |vm, _, a| replace(vm, a[0], a[1], Order::Greatest)),
        doc: "Remove the greatest item, return it and add another.",
    },
    MethodDef {
        name: "_heapify_max",
        conv: Conv::One(|vm, _, h| heapify(vm, h, Order::Greatest)),
        doc: "Make a list a heap that has the greatest item first.",
    },
];

/// Which item is first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Least,
    Greatest,
}
/// Whether `a` stands before `b`.
#[inline]
fn before(vm: &mut Vm, o: Order, a: Value, b: Value) -> Result<bool, Raised> {
    let (a, b) = match o {
        Order::Least => (a, b),
        Order::Greatest => (b, a),
    };
    let r = compare::rich_compare(vm, CmpOp::Lt, a, b)?;
    truth::is_true(vm, r)
}

fn this(vm: &mut Vm, h: Value) -> Result<Gc<ListObj>, Raised> {
    match h.cast() {
        Some(l) => Ok(l),
        None => Err(raise!(vm, TypeError, "heap argument must be a list")),
    }
}
fn out_of_range(vm: &mut Vm) -> Raised {
    raise!(vm, IndexError, "index out of range")
}
fn at(vm: &mut Vm, l: Gc<ListObj>, i: usize) -> R {
    match list::item(vm, l, i) {
        Some(v) => Ok(v),
        None => Err(out_of_range(vm)),
    }
}
fn same_size(vm: &mut Vm, l: Gc<ListObj>, n: usize) -> Result<(), Raised> {
    match list::len(vm, l) == n {
        true => Ok(()),
        false => Err(raise!(
            vm,
            RuntimeError,
            "list changed size during iteration"
        )),
    }
}
fn swap(vm: &mut Vm, l: Gc<ListObj>, i: usize, j: usize) -> Result<(), Raised> {
    let (a, b) = (at(vm, l, i)?, at(vm, l, j)?);
    list::put(vm, l, i, b);
    list::put(vm, l, j, a);
    Ok(())
}

/// Lets the item at `pos` rise, at most to `start`, until its parent is not behind it.
fn rise(vm: &mut Vm, l: Gc<ListObj>, o: Order, start: usize, pos: usize) -> Result<(), Raised> {
    let n = list::len(vm, l);
    let mut pos = pos;
    if pos >= n {
        return Err(out_of_range(vm));
    }
    while pos > start {
        let up = (pos - 1) >> 1;
        let (item, parent) = (at(vm, l, pos)?, at(vm, l, up)?);
        let rises = before(vm, o, item, parent)?;
        same_size(vm, l, n)?;
        if !rises {
            break;
        }
        swap(vm, l, pos, up)?;
        pos = up;
    }
    Ok(())
}
/// Puts the item at `pos` where it belongs below: the children that stand before rise along one path
/// down to a leaf, then the item rises from there.
fn sink(vm: &mut Vm, l: Gc<ListObj>, o: Order, pos: usize) -> Result<(), Raised> {
    let n = list::len(vm, l);
    let start = pos;
    let mut pos = pos;
    if pos >= n {
        return Err(out_of_range(vm));
    }
    while pos < n >> 1 {
        let mut child = 2 * pos + 1;
        if child + 1 < n {
            let (a, b) = (at(vm, l, child)?, at(vm, l, child + 1)?);
            if !before(vm, o, a, b)? {
                child += 1;
            }
            same_size(vm, l, n)?;
        }
        swap(vm, l, pos, child)?;
        pos = child;
    }
    rise(vm, l, o, start, pos)
}

fn push(vm: &mut Vm, h: Value, v: Value) -> R {
    let l = this(vm, h)?;
    list::push(vm, l, v)?;
    let n = list::len(vm, l);
    rise(vm, l, Order::Least, 0, n - 1)?;
    vm.poll()?;
    Ok(Value::NONE)
}
fn pop(vm: &mut Vm, h: Value, o: Order) -> R {
    let l = this(vm, h)?;
    let Some(last) = l.get(vm).items.pop() else {
        return Err(out_of_range(vm));
    };
    let Some(first) = list::item(vm, l, 0) else {
        return Ok(last);
    };
    list::put(vm, l, 0, last);
    sink(vm, l, o, 0)?;
    vm.poll()?;
    Ok(first)
}
fn replace(vm: &mut Vm, h: Value, v: Value, o: Order) -> R {
    let l = this(vm, h)?;
    let first = at(vm, l, 0)?;
    list::put(vm, l, 0, v);
    sink(vm, l, o, 0)?;
    vm.poll()?;
    Ok(first)
}
fn push_pop(vm: &mut Vm, h: Value, v: Value) -> R {
    let l = this(vm, h)?;
    let Some(first) = list::item(vm, l, 0) else {
        return Ok(v);
    };
    if !before(vm, Order::Least, first, v)? {
        return Ok(v);
    }
    replace(vm, h, v, Order::Least)
}
fn heapify(vm: &mut Vm, h: Value, o: Order) -> R {
    let l = this(vm, h)?;
    for i in (0..list::len(vm, l) / 2).rev() {
        sink(vm, l, o, i)?;
        vm.burn(1)?;
        vm.poll()?;
    }
    Ok(Value::NONE)
}
