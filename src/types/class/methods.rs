//! Attributes of class objects, and `type(x)`.

use super::ops;
use super::value::ClassObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::raise;
use crate::types::descr::value::new_proxy;
use crate::types::dict::ops as dict;
use crate::types::list::ops as list;
use crate::types::slots::root;
use crate::types::{Getter, Setter, args, module_name};
use crate::vm::{Raised, Vm};

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "mro",
        conv: Conv::NoArgs(|vm, c| {
            let l = mro_list(vm, c)?;
            Ok(l.value())
        }),
        doc: "Return the classes in which attributes are looked up, in order.",
    },
    MethodDef {
        name: "__subclasses__",
        conv: Conv::NoArgs(root::subclasses),
        doc: "Return the classes that derive directly from this one.",
    },
    MethodDef {
        name: "__instancecheck__",
        conv: Conv::One(|vm, c, v| Ok(Value::bool(ops::is_instance(vm, v, c)?))),
        doc: "Whether the object is an instance of the class.",
    },
    MethodDef {
        name: "__subclasscheck__",
        conv: Conv::One(|vm, c, s| Ok(Value::bool(ops::is_subclass(vm, s, c)?))),
        doc: "Whether the other class derives from this one.",
    },
];
/// Rows whose receiver is the class.
pub const CLASS_METHODS: &[MethodDef] = &[MethodDef {
    name: "__prepare__",
    conv: Conv::Kw(|vm, _, _| Ok(vm.new_dict()?.value())),
    doc: "The namespace in which the body of a class statement runs.",
}];

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    row("__name__", |vm, c| {
        let n = id(vm, c).name();
        vm.intern(n).map(Some)
    }),
    row("__qualname__", |vm, c| {
        let n = id(vm, c).name();
        vm.intern(n).map(Some)
    }),
    row("__module__", |vm, c| {
        let n = module_name(id(vm, c));
        vm.intern(n).map(Some)
    }),
    member("__mro__", |vm, c| {
        let l = mro_list(vm, c)?;
        list::to_tuple(vm, l).map(Some)
    }),
    row("__bases__", |vm, c| {
        let i = id(vm, c);
        if i == ClassId::Object {
            return vm.new_tuple(&[]).map(Some);
        }
        let b = vm.class_object(i.base())?;
        vm.new_tuple(&[b]).map(Some)
    }),
    member("__base__", |vm, c| {
        let i = id(vm, c);
        if i == ClassId::Object {
            return Ok(Some(Value::NONE));
        }
        vm.class_object(i.base()).map(Some)
    }),
    row("__dict__", |vm, c| {
        let i = id(vm, c);
        let d = ops::dict_of(vm, i)?;
        new_proxy(vm, d.value()).map(Some)
    }),
    // The class's own, not inherited.
    row("__doc__", |vm, c| {
        let i = id(vm, c);
        let d = ops::dict_of(vm, i)?;
        let found = dict::get_name(vm, d, "__doc__")?.unwrap_or(Value::NONE);
        Ok(Some(match found.is_kind(Kind::GetSet) {
            true => Value::NONE,
            false => found,
        }))
    }),
    row("__text_signature__", |_, _| Ok(Some(Value::NONE))),
];

const fn row(
    name: &'static str,
    get: fn(&mut Vm, Value) -> Result<Option<Value>, Raised>,
) -> Getter {
    Getter {
        name,
        get,
        set: Setter::None,
    }
}

const fn member(
    name: &'static str,
    get: fn(&mut Vm, Value) -> Result<Option<Value>, Raised>,
) -> Getter {
    Getter {
        name,
        get,
        set: Setter::Member,
    }
}

fn id(vm: &Vm, c: Value) -> ClassId {
    ops::id_of(vm, c).unwrap_or(ClassId::Object)
}

fn mro_list(
    vm: &mut Vm,
    c: Value,
) -> Result<crate::object::Gc<crate::types::list::value::ListObj>, Raised> {
    let l = vm.new_list(&[])?;
    let mut i = id(vm, c);
    loop {
        let o = vm.class_object(i)?;
        list::push(vm, l, o)?;
        if i == ClassId::Object {
            return Ok(l);
        }
        i = i.base();
    }
}

/// `type(x)`; the form that makes classes comes with classes.
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    if a.len() == 1 && a.nkw() == 0 {
        return ops::type_of(vm, a[0]);
    }
    if a.len() != 3 {
        return Err(raise!(vm, TypeError, "type() takes 1 or 3 arguments"));
    }
    let want = [ClassId::Str, ClassId::Tuple, ClassId::Dict];
    for (i, w) in want.into_iter().enumerate() {
        if vm.class_of(a[i]) != w {
            let t = args::kind_name(vm, a[i]);
            return Err(raise!(
                vm,
                TypeError,
                "type.__new__() argument {} must be {}, not {t}",
                i + 1,
                w.name()
            ));
        }
    }
    let name = args::text(vm, a[0]);
    Err(raise!(
        vm,
        NotImplementedError,
        "cannot make the class '{name}': classes are not supported yet"
    ))
}

/// The class behind a class object, for messages.
pub fn of(vm: &Vm, v: Value) -> Option<ClassId> {
    v.get::<ClassObj>(vm).map(|c| c.id)
}
