//! The helpers of unpacking, calls with `*` and `**`, deletion, `from` imports and `with`.

use super::{Items, Many, Out};
use crate::call::spread;
use crate::code::opcode::Opcode;
use crate::interp::ops::{build, import, name, with};
use crate::object::{ClassId, Value};
use crate::protocol::{attr, collect as kernel, item};
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::slice::ops::Bounds;
use crate::types::slice::seq as slices;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;
type Done = Result<(), Raised>;

pub(super) fn call_ex(vm: &mut Vm, callee: Value, args: Value, kwargs: Items, n: u64) -> R {
    let kwargs = kwargs.values(n).first().copied();
    let all = spread::spread(vm, callee, args, kwargs)?;
    let r = vm.call(callee, all.args());
    // What the arguments lie in is a root until here.
    std::hint::black_box(&all);
    r
}

/// What a collecting opcode makes of its operands; those that name a callee have it first.
type Collect = fn(&mut Vm, &[Value]) -> R;
const COLLECT: [(Opcode, Collect); 8] = [
    (Opcode::BUILD_SET, kernel::build_set),
    (Opcode::BUILD_SLICE, kernel::build_slice),
    (Opcode::BUILD_TUPLE_UNPACK, kernel::tuple_unpack),
    (Opcode::BUILD_LIST_UNPACK, build::list_unpack),
    (Opcode::BUILD_SET_UNPACK, kernel::set_unpack),
    (Opcode::BUILD_MAP_UNPACK, kernel::map_unpack),
    (Opcode::BUILD_TUPLE_UNPACK_WITH_CALL, |vm, all| match all {
        [callee, parts @ ..] => spread::tuple_unpack(vm, *callee, parts),
        [] => Err(vm.raise(ClassId::SystemError, "no callee")),
    }),
    (Opcode::BUILD_MAP_UNPACK_WITH_CALL, |vm, all| match all {
        [callee, parts @ ..] => spread::map_unpack(vm, *callee, parts),
        [] => Err(vm.raise(ClassId::SystemError, "no callee")),
    }),
];
pub(super) fn collect(vm: &mut Vm, op: u64, items: Items, n: u64) -> R {
    match COLLECT.iter().find(|r| r.0 as u64 == op) {
        Some((_, f)) => f(vm, items.values(n)),
        None => Err(vm.raise(ClassId::SystemError, "no opcode that collects")),
    }
}

/// A subscript or a store by a slice that nobody else sees.
pub(super) fn get_slice(vm: &mut Vm, o: Value, parts: Items, n: u64) -> R {
    item::get_slice_of(vm, o, parts.values(n))
}
pub(super) fn set_slice(vm: &mut Vm, o: Value, v: Value, parts: Items, n: u64) -> Done {
    item::set_slice_of(vm, o, parts.values(n), v)
}
pub(super) fn list_insert(vm: &mut Vm, to: Value, v: Value, at: i64) -> Done {
    match to.cast::<ListObj>() {
        Some(l) => list::insert(vm, l, at, v),
        None => Ok(()),
    }
}
pub(super) fn list_cut(vm: &mut Vm, of: Value, at: u64) -> u64 {
    if let Some(l) = of.cast::<ListObj>() {
        list::remove_at(vm, l, at as usize);
    }
    0
}
pub(super) fn list_part(vm: &mut Vm, step: i64, of: Value, start: i64, stop: i64) -> R {
    match of.cast::<ListObj>() {
        Some(l) => slices::part_of_list(vm, l, Bounds { start, stop, step }),
        None => Ok(Value::NONE),
    }
}
/// `bounds`: start and stop in `to`, then in `from`.
pub(super) fn list_move(
    vm: &mut Vm,
    step: i64,
    to: Value,
    from: Value,
    bounds: Items,
    n: u64,
) -> Done {
    let (&[a, b, c, d], Some(to), Some(from)) = (
        bounds.words(n),
        to.cast::<ListObj>(),
        from.cast::<ListObj>(),
    ) else {
        return Ok(());
    };
    let bounds = |start: u64, stop: u64, step: i64| Bounds {
        start: start as i64,
        stop: stop as i64,
        step,
    };
    slices::move_part(vm, (to, bounds(a, b, 1)), (from, bounds(c, d, step)))
}
pub(super) fn list_append(vm: &mut Vm, to: Value, v: Value) -> Done {
    kernel::list_append(vm, to, v)
}
/// SET_ADD, MAP_ADD.
pub(super) fn add(vm: &mut Vm, op: u64, to: Value, v: Value, rest: Items, n: u64) -> Done {
    match rest.values(n).first() {
        Some(&value) if op == Opcode::MAP_ADD as u64 => kernel::map_add(vm, to, v, value),
        Some(_) | None => kernel::set_add(vm, to, v),
    }
}
pub(super) fn del_item(vm: &mut Vm, o: Value, k: Value) -> Done {
    item::del_item(vm, o, k)
}
pub(super) fn del_attr(vm: &mut Vm, name: Value, o: Value) -> Done {
    attr::del_attr(vm, o, name)
}
pub(super) fn unpack_ex(vm: &mut Vm, operand: u64, v: Value, out: Out) -> Result<Many, Raised> {
    let (before, after) = ((operand & 0xff) as usize, (operand >> 8) as usize);
    let items = kernel::unpack_ex(vm, v, before, after)?;
    for i in 0..=before + after {
        out.set(i, items.get(vm).items.get(i).unwrap_or(Value::NONE));
    }
    Ok(Many {
        reversed: true,
        ..out.many(before + after + 1)
    })
}
pub(super) fn import_from(vm: &mut Vm, name: Value, module: Value) -> R {
    import::import_from(vm, module, name)
}
pub(super) fn import_star(vm: &mut Vm, locals: Option<Value>, module: Value) -> Done {
    import::import_star(vm, locals, module)
}
pub(super) fn annotations(vm: &mut Vm, locals: Option<Value>) -> Done {
    name::setup_annotations(vm, locals)
}
pub(super) fn build_class(vm: &mut Vm, globals: Value) -> R {
    name::build_class(vm, globals)
}
pub(super) fn class_deref(
    vm: &mut Vm,
    i: u64,
    locals: Option<Value>,
    cell: Value,
    code: Value,
) -> R {
    let n = name::free_name(vm, code, i as u32)?;
    name::class_deref(vm, locals, n, cell)
}
pub(super) fn print_expr(vm: &mut Vm, v: Value) -> Done {
    name::print_expr(vm, v)
}
pub(super) fn setup_with(vm: &mut Vm, manager: Value, out: Out) -> Result<Many, Raised> {
    let (exit, entered) = with::setup(vm, manager)?;
    out.set(0, exit);
    out.set(1, entered);
    Ok(out.many(2))
}
pub(super) fn with_start(
    vm: &mut Vm,
    exit: Value,
    tb: Value,
    exc: Value,
    top: Value,
    out: Out,
) -> Result<Many, Raised> {
    let (class, result) = with::start(vm, exit, tb, exc, top)?;
    out.set(0, class);
    out.set(1, result);
    Ok(out.many(2))
}
