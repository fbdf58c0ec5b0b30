//! `dict.keys()`, `.values()`, `.items()`.

use super::ops;
use super::value::{DictObj, DictViewObj};
use crate::object::method::R;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::iter::{self, Flow};
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// A view of this class.
pub fn new(vm: &mut Vm, class: ClassId, d: Value) -> R {
    let v = vm.alloc(DictViewObj {
        h: Header::new(Kind::DictView, class as u32),
        dict: Slot::of(d),
    })?;
    Ok(v.value())
}

/// The dict behind a view.
pub fn dict_of(vm: &Vm, view: Value) -> Option<Gc<DictObj>> {
    view.get::<DictViewObj>(vm)?.dict.get()?.cast()
}

/// `x in view`
pub fn contains(vm: &mut Vm, view: Value, x: Value) -> Result<bool, Raised> {
    let Some(d) = dict_of(vm, view) else {
        return Ok(false);
    };
    match vm.class_of(view) {
        ClassId::DictKeys => Ok(ops::get(vm, d, x)?.is_some()),
        ClassId::DictItems => {
            let Some(t) = x.cast::<TupleObj>() else {
                return Ok(false);
            };
            let (Some(k), Some(v), None) = (t.get(vm).get(0), t.get(vm).get(1), t.get(vm).get(2))
            else {
                return Ok(false);
            };
            match ops::get(vm, d, k)? {
                Some(found) => compare::eq(vm, found, v),
                None => Ok(false),
            }
        }
        _ => iter::search(vm, view, x),
    }
}

/// Compares views of keys or items as sets; `None` where the other is not such a view.
pub fn compare(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Result<Option<bool>, Raised> {
    let set_like = |vm: &Vm, v| matches!(vm.class_of(v), ClassId::DictKeys | ClassId::DictItems);
    if !set_like(vm, a) || !set_like(vm, b) {
        return Ok(None);
    }
    let len = |vm: &Vm, v| dict_of(vm, v).map_or(0, |d| ops::len(vm, d));
    let (n, m) = (len(vm, a), len(vm, b));
    Ok(Some(match op {
        CmpOp::Eq => n == m && all_in(vm, a, b)?,
        CmpOp::Ne => !(n == m && all_in(vm, a, b)?),
        CmpOp::Lt => n < m && all_in(vm, a, b)?,
        CmpOp::Le => n <= m && all_in(vm, a, b)?,
        CmpOp::Gt => n > m && all_in(vm, b, a)?,
        CmpOp::Ge => n >= m && all_in(vm, b, a)?,
    }))
}
fn all_in(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    let mut all = true;
    iter::for_each(vm, a, |vm, x| {
        all = contains(vm, b, x)?;
        Ok(if all { Flow::Go } else { Flow::Stop })
    })?;
    Ok(all)
}
