//! `collections.defaultdict`: a dict whose `extra` makes what is missing.

use super::methods::update_from;
use super::value::DictObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, MethodDef, Value};
use crate::protocol::{attr, item, iter, repr};
use crate::raise;
use crate::types::builtin::methods::is_callable;
use crate::types::class::ops as class;
use crate::types::{Getter, Setter};
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}
/// Rows.
pub const METHODS: &[MethodDef] = rows! {
    "__missing__" Conv::One(missing), "Bind a missing key to what the factory makes, and return that.";
    "copy" Conv::NoArgs(copy), "Return a defaultdict of the same items and factory.";
    "__copy__" Conv::NoArgs(copy), "Return a defaultdict of the same items and factory.";
    "__reduce__" Conv::NoArgs(reduce), "What makes it again.";
};
/// Computed attributes.
pub const GETTERS: &[Getter] = &[Getter {
    name: "default_factory",
    get: |vm, d| Ok(Some(factory_of(vm, d))),
    set: Setter::MemberFn(|vm, d, v| {
        set_factory(vm, d, v);
        Ok(())
    }),
}];

/// What makes missing values, or None.
pub fn factory_of(vm: &Vm, d: Value) -> Value {
    d.get::<DictObj>(vm)
        .map_or(Value::NONE, |d| d.extra.get_or_none())
}
fn set_factory(vm: &Vm, d: Value, f: Option<Value>) {
    if let Some(d) = d.get::<DictObj>(vm) {
        d.extra.write(&vm.heap, f);
    }
}

/// `defaultdict(default_factory=None, …)`
pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    let d = new(vm, class)?;
    init(vm, d, a)?;
    Ok(d.value())
}
/// An empty dict of a class derived from `dict`.
pub fn new(vm: &mut Vm, class: ClassId) -> Result<Gc<DictObj>, Raised> {
    let version = vm.new_version();
    vm.alloc(DictObj::empty(class, version))
}
/// `d.__init__(…)`
pub fn init(vm: &mut Vm, d: Gc<DictObj>, a: Args<'_>) -> Result<(), Raised> {
    let Some(f) = a.get(0) else {
        set_factory(vm, d.value(), None);
        return update_from(vm, d, "dict", a);
    };
    if !f.is_none() && !is_callable(vm, f)? {
        return Err(raise!(
            vm,
            TypeError,
            "first argument must be callable or None"
        ));
    }
    set_factory(vm, d.value(), Some(f));
    let rest = match a.kwnames() {
        Some(names) => Args::with_kw(&a.all()[1..], names, a.nkw()),
        None => Args::pos(&a.all()[1..]),
    };
    update_from(vm, d, "dict", rest)
}

/// `d.__missing__(key)`
pub fn missing(vm: &mut Vm, d: Value, key: Value) -> R {
    let f = factory_of(vm, d);
    if f.is_none() {
        return Err(super::ops::key_error(vm, key));
    }
    let v = vm.call(f, Args::pos(&[]))?;
    item::set_item(vm, d, key, v)?;
    Ok(v)
}
fn copy(vm: &mut Vm, d: Value) -> R {
    let (c, f) = (class::type_of(vm, d)?, factory_of(vm, d));
    vm.call(c, Args::pos(&[f, d]))
}
fn reduce(vm: &mut Vm, d: Value) -> R {
    let f = factory_of(vm, d);
    let a = match f.is_none() {
        true => vm.new_tuple(&[])?,
        false => vm.new_tuple(&[f])?,
    };
    let it = items(vm, d)?;
    let c = class::type_of(vm, d)?;
    vm.new_tuple(&[c, a, Value::NONE, Value::NONE, it])
}
/// `iter(d.items())`
pub fn items(vm: &mut Vm, d: Value) -> R {
    let name = vm.intern("items")?;
    let f = attr::get_attr(vm, d, name)?;
    let items = vm.call(f, Args::pos(&[]))?;
    iter::get_iter(vm, items)
}

/// Appends the text: name, factory, items.
///
/// # Errors
/// What the factory's `__repr__` raises.
pub fn repr_into(vm: &mut Vm, d: Value, out: &mut Vec<u8>) -> Result<(), Raised> {
    // CPython asks for the items first.
    let items = repr::repr_of_dict(vm, d)?;
    let f = factory_of(vm, d);
    let text = match vm.showing.borrow().contains(&f.bits()) && !f.is_none() {
        true => vm.intern("...")?,
        false => {
            vm.showing.borrow_mut().push(f.bits());
            let r = repr::repr(vm, f);
            vm.showing.borrow_mut().pop();
            r?
        }
    };
    let name = class::short_name(vm, d);
    out.extend_from_slice(name.as_bytes());
    out.push(b'(');
    repr::append(vm, text, out)?;
    out.extend_from_slice(b", ");
    repr::append(vm, items, out)?;
    out.push(b')');
    Ok(())
}
