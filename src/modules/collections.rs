//! `_collections`: what the library's `collections` is built on.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::iter::{self, Flow};
use crate::protocol::number::{self, BinOp};
use crate::protocol::special::Special;
use crate::protocol::{attr, hash, item};
use crate::types::class::ops as class;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[MethodDef {
    name: "_count_elements",
    conv: Conv::Pos(2, 2, |vm, _, a| count_elements(vm, a)),
    doc: "Add 1 to what a mapping has for each item of an iterable.",
}];

/// Binds the classes.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for c in [
        ClassId::Deque,
        ClassId::DefaultDict,
        ClassId::OrderedDict,
        ClassId::DequeIter,
        ClassId::DequeReverseIter,
        ClassId::TupleGetter,
    ] {
        let o = vm.class_object(c)?;
        dict::set_name(vm, d, c.name(), o)?;
    }
    Ok(())
}

/// Whether the mapping is a dict that gets and binds items as a dict does.
fn counts_plainly(vm: &mut Vm, m: Value) -> Result<bool, Raised> {
    if !m.is_kind(crate::object::Kind::Dict) {
        return Ok(false);
    }
    let get = vm.intern("get")?;
    let set = vm.special(Special::SetItem)?;
    let (c, plain) = (class::type_of(vm, m)?, vm.class_object(ClassId::Dict)?);
    for name in [get, set] {
        if class::lookup(vm, c, name)? != class::lookup(vm, plain, name)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn count_elements(vm: &mut Vm, a: Args<'_>) -> R {
    let (m, items) = (a[0], a[1]);
    let (zero, one) = (Value::int_unchecked(0), Value::int_unchecked(1));
    let items = iter::get_iter(vm, items)?;
    if counts_plainly(vm, m)?
        && let Some(d) = m.cast::<DictObj>()
    {
        iter::for_each(vm, items, |vm, k| {
            let h = hash::hash(vm, k)?;
            match dict::find(vm, d, k, h)? {
                Some(i) => {
                    let n = dict::item_at(vm, d, i).map_or(zero, |(_, n)| n);
                    match n.as_small_int().and_then(|n| Value::small_int(n + 1)) {
                        Some(n) => dict::put(vm, d, i, n),
                        None => {
                            let n = number::binary(vm, BinOp::Add, n, one)?;
                            dict::set_hashed(vm, d, k, h, n)?;
                        }
                    }
                }
                None => dict::insert_new(vm, d, k, h, one)?,
            }
            Ok(Flow::Go)
        })?;
        return Ok(Value::NONE);
    }
    let name = vm.intern("get")?;
    let get = attr::get_attr(vm, m, name)?;
    iter::for_each(vm, items, |vm, k| {
        let n = vm.call(get, Args::pos(&[k, zero]))?;
        let n = number::binary(vm, BinOp::Add, n, one)?;
        item::set_item(vm, m, k, n)?;
        Ok(Flow::Go)
    })?;
    Ok(Value::NONE)
}
