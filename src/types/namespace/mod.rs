//! Objects that are nothing but their attributes: `sys.implementation` and what an imported module
//! remembers of its import (`__spec__`, `__loader__`).
pub mod value;

use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::repr::repr_into;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::str::value::StrObj;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};
use value::NamespaceObj;

const DICT: Getter = Getter {
    name: "__dict__",
    get: |vm, m| Ok(m.get::<NamespaceObj>(vm).map(|m| m.dict.get_or_none())),
    set: Setter::Member,
};

/// Computed attributes; every other one lies in the dict.
pub const GETTERS: &[Getter] = &[DICT];

/// The same of a `ModuleSpec`, and what follows from its other attributes.
pub const SPEC_GETTERS: &[Getter] = &[
    DICT,
    Getter::computed("parent", crate::modules::spec::parent),
];

/// An object of this class with these attributes.
pub fn new(vm: &mut Vm, class: ClassId, attrs: &[(&str, Value)]) -> R {
    let d = vm.new_dict()?;
    for (k, v) in attrs {
        dict::set_name(vm, d, k, *v)?;
    }
    with_dict(vm, class, d)
}
fn with_dict(vm: &mut Vm, class: ClassId, d: Gc<DictObj>) -> R {
    let o = vm.alloc(NamespaceObj {
        h: Header::new(Kind::Namespace, class as u32),
        dict: Slot::of(d.value()),
    })?;
    Ok(o.value())
}
/// The attributes.
pub fn dict_of(vm: &Vm, o: Value) -> Option<Gc<DictObj>> {
    o.get::<NamespaceObj>(vm)?.dict.get()?.cast()
}

/// Sets an attribute.
///
/// # Errors
/// MemoryError.
pub fn set(vm: &mut Vm, o: Value, name: &str, v: Value) -> Result<(), Raised> {
    match dict_of(vm, o) {
        Some(d) => dict::set_name(vm, d, name, v),
        None => Ok(()),
    }
}

/// `SimpleNamespace(**attributes)`
pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    if !a.positional().is_empty() {
        return Err(crate::raise!(
            vm,
            TypeError,
            "no positional arguments expected"
        ));
    }
    let d = vm.new_dict()?;
    for i in 0..a.nkw() {
        let k = args::kwname(vm, a, i);
        if !k.is_kind(Kind::Str) {
            return Err(crate::raise!(vm, TypeError, "keywords must be strings"));
        }
        dict::set(vm, d, k, a.kw_values()[i])?;
    }
    with_dict(vm, class, d)
}

/// `namespace(a=1)`, `ModuleSpec(name='m', …)`: appended to `out`.
///
/// # Errors
/// What the repr of an attribute raises.
pub fn repr(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Result<(), Raised> {
    let Some(d) = dict_of(vm, v) else {
        return Ok(());
    };
    let spec = vm.class_of(v) == ClassId::ModuleSpec;
    let shown = crate::protocol::repr::once(vm, v, |vm| attributes(vm, d, spec, out))?;
    if shown.is_none() {
        out.extend_from_slice(b"namespace(...)");
    }
    Ok(())
}

fn attributes(vm: &mut Vm, d: Gc<DictObj>, spec: bool, out: &mut Vec<u8>) -> Result<(), Raised> {
    out.extend_from_slice(if spec { b"ModuleSpec(" } else { b"namespace(" });
    let names = if spec {
        let all = ["name", "loader", "origin", "submodule_search_locations"];
        let l = vm.new_list(&[])?;
        for n in all {
            if n == "loader" || dict::get_name(vm, d, n)?.is_some_and(|v| !v.is_none()) {
                let n = vm.intern(n)?;
                crate::types::list::ops::push(vm, l, n)?;
            }
        }
        l
    } else {
        let l = crate::types::list::ops::from_iterable(vm, d.value())?;
        crate::types::list::sort::sort(vm, l, None, false)?;
        l
    };
    let mut i = 0;
    while let Some(k) = crate::types::list::ops::item(vm, names, i) {
        if i > 0 {
            out.extend_from_slice(b", ");
        }
        i += 1;
        let Some(x) = dict::get(vm, d, k)? else {
            continue;
        };
        if let Some(k) = k.get::<StrObj>(vm) {
            out.extend_from_slice(k.as_bytes());
        }
        out.push(b'=');
        crate::protocol::nested(vm, " while getting the repr of an object", |vm| {
            repr_into(vm, x, out)
        })?;
    }
    out.push(b')');
    Ok(())
}
