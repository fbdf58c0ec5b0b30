//! What every object has, and the classes without a layout of their own: `object`, `bool`, the
//! singletons.
pub mod value;

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::{compare, item, iter, truth};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::{Getter, Setter, args};
use crate::vm::Vm;

pub use crate::types::slots::root::{CLASS_METHODS, METHODS};

/// Rows that several containers have.
pub const LEN: MethodDef = MethodDef {
    name: "__len__",
    conv: Conv::NoArgs(|vm, v| {
        let n = item::len_plain(vm, v)?;
        vm.new_int(n as i64)
    }),
    doc: "Return len(self).",
};
pub const ITER: MethodDef = MethodDef {
    name: "__iter__",
    conv: Conv::NoArgs(iter::get_iter_plain),
    doc: "Return iter(self).",
};
pub const CONTAINS: MethodDef = MethodDef {
    name: "__contains__",
    conv: Conv::One(|vm, v, x| Ok(Value::bool(compare::contains_plain(vm, v, x)?))),
    doc: "Return key in self.",
};
pub const GET_ITEM: MethodDef = MethodDef {
    name: "__getitem__",
    conv: Conv::One(item::get_item_plain),
    doc: "Return self[key].",
};
pub const SET_ITEM: MethodDef = MethodDef {
    name: "__setitem__",
    conv: Conv::Pos(2, 2, |vm, v, a| {
        item::set_item_plain(vm, v, a[0], a[1])?;
        Ok(Value::NONE)
    }),
    doc: "Set self[key] to value.",
};
pub const DEL_ITEM: MethodDef = MethodDef {
    name: "__delitem__",
    conv: Conv::One(|vm, v, k| {
        item::del_item_plain(vm, v, k)?;
        Ok(Value::NONE)
    }),
    doc: "Delete self[key].",
};
pub const REVERSED: MethodDef = MethodDef {
    name: "__reversed__",
    conv: Conv::NoArgs(crate::types::iter::make::reverse_plain),
    doc: "Return an iterator from the last item to the first.",
};

/// Computed attributes.
pub const GETTERS: &[Getter] = &[Getter {
    name: "__class__",
    get: |vm, v| class::type_of(vm, v).map(Some),
    set: Setter::Fn(|vm, o, v| match v {
        None => Err(raise!(vm, TypeError, "can't delete __class__ attribute")),
        Some(c) => crate::types::class::methods::set_class(vm, o, c),
    }),
}];

/// `object()`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    if !a.is_empty() {
        return Err(raise!(vm, TypeError, "object() takes no arguments"));
    }
    value::new(vm, ClassId::Object, 0)
}

/// `type(None)()` and its like give the one instance.
pub fn construct_singleton(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    if !a.is_empty() {
        let n = match class {
            ClassId::EllipsisType => "EllipsisType",
            c => c.name(),
        };
        return Err(raise!(vm, TypeError, "{n} takes no arguments"));
    }
    Ok(match class {
        ClassId::EllipsisType => Value::ELLIPSIS,
        ClassId::NotImplementedType => Value::NOT_IMPLEMENTED,
        _ => Value::NONE,
    })
}

/// `bool(x=False)`
pub fn construct_bool(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "bool", a)?;
    args::arity(vm, "bool", a, 0, 1)?;
    match a.get(0) {
        Some(v) => Ok(Value::bool(truth::is_true(vm, v)?)),
        None => Ok(Value::FALSE),
    }
}
