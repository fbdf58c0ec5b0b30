//! `module`.
pub mod value;

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Header, Kind, MethodDef, Slot, Value};
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};
use value::ModuleObj;

/// Computed attributes; every other one lies in the dict.
pub const GETTERS: &[Getter] = &[Getter {
    name: "__dict__",
    get: |vm, m| Ok(m.get::<ModuleObj>(vm).map(|m| m.dict.get_or_none())),
    set: Setter::Member,
}];

/// Rows.
pub const METHODS: &[MethodDef] = &[MethodDef {
    name: "__dir__",
    conv: Conv::NoArgs(|vm, m| {
        let Some(d) = dict_of(vm, m) else {
            return Ok(vm.new_list(&[])?.value());
        };
        if let Some(all) = own_dir(vm, d)? {
            return Ok(all);
        }
        Ok(crate::types::list::ops::from_iterable(vm, d.value())?.value())
    }),
    doc: "The names in the module.",
}];

/// What a module says itself of the names it has.
///
/// # Errors
/// What its function raises.
pub fn own_dir(vm: &mut Vm, of: Gc<DictObj>) -> Result<Option<Value>, Raised> {
    match dict::get_name(vm, of, "__dir__")? {
        Some(f) => vm.call(f, Args::pos(&[])).map(Some),
        None => Ok(None),
    }
}

/// A module with the attributes each has.
pub fn new(vm: &mut Vm, name: Value, doc: Value) -> Result<Gc<ModuleObj>, Raised> {
    let d = vm.new_dict()?;
    dict::make_namespace(vm, d);
    let attrs = [
        ("__name__", name),
        ("__doc__", doc),
        ("__package__", Value::NONE),
        ("__loader__", Value::NONE),
        ("__spec__", Value::NONE),
    ];
    for (k, v) in attrs {
        dict::set_name(vm, d, k, v)?;
    }
    vm.alloc(ModuleObj {
        h: Header::new(Kind::Module, ClassId::Module as u32),
        name: Slot::of(name),
        dict: Slot::of(d.value()),
    })
}
/// The namespace.
pub fn dict_of(vm: &Vm, m: Value) -> Option<Gc<DictObj>> {
    m.get::<ModuleObj>(vm)?.dict.get()?.cast()
}

/// `module(name, doc=None)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let [name, doc] = args::parse(vm, "module", a, ["name", "doc"], 1, 2)?;
    let name = name.unwrap_or(Value::NONE);
    if !name.is_kind(Kind::Str) {
        let t = args::kind_name(vm, name);
        return Err(raise!(
            vm,
            TypeError,
            "module() argument 'name' must be str, not {t}"
        ));
    }
    Ok(new(vm, name, doc.unwrap_or(Value::NONE))?.value())
}
