//! Class objects: made from the static tables when first asked for, their dict on the first
//! lookup of an attribute. Builtin classes never change, so a cache of what a lookup found stays right.

use super::value::ClassObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Header, Kind, MethodDef, Slot, Value};
use crate::raise;
use crate::types;
use crate::types::builtin::value::MethodDescrObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

impl Vm {
    /// The class object of a builtin class.
    pub fn class_object(&mut self, id: ClassId) -> R {
        if let Some(c) = self.classes[id as usize].get() {
            return Ok(c);
        }
        let version = self.new_version();
        let c = self.alloc(ClassObj {
            h: Header::new(Kind::Class, ClassId::Type as u32),
            id,
            version: Cell::new(version),
            dict: Slot::new(None),
        })?;
        self.classes[id as usize].write(&self.heap, Some(c.value()));
        Ok(c.value())
    }
}

/// `type(v)`
pub fn type_of(vm: &mut Vm, v: Value) -> R {
    let id = vm.class_of(v);
    vm.class_object(id)
}
/// Which class a class object is.
pub fn id_of(vm: &Vm, v: Value) -> Option<ClassId> {
    v.get::<ClassObj>(vm).map(|c| c.id)
}

/// The dict of a class's own methods and constants.
pub fn dict_of(vm: &mut Vm, id: ClassId) -> Result<Gc<DictObj>, Raised> {
    let class = vm.class_object(id)?;
    let have = class.get::<ClassObj>(vm).and_then(|c| c.dict.get());
    if let Some(d) = have.and_then(|d| d.cast::<DictObj>()) {
        return Ok(d);
    }
    let d = vm.new_dict()?;
    dict::set_name(vm, d, "__doc__", Value::NONE)?;
    for def in types::methods_of(id) {
        let c = match def.conv.is_slot() {
            true => ClassId::WrapperDescriptor,
            false => ClassId::MethodDescriptor,
        };
        set_descriptor(vm, d, id, def, c)?;
    }
    for name in types::slots::slots_of(id).iter().copied().flatten() {
        if let Some(def) = types::slots::row(id, name) {
            set_descriptor(vm, d, id, def, ClassId::WrapperDescriptor)?;
        }
    }
    for def in types::class_methods_of(id) {
        set_descriptor(vm, d, id, def, ClassId::ClassMethodDescriptor)?;
    }
    for def in types::static_methods_of(id) {
        let f = types::builtin::methods::new(vm, def, Some(class), None)?;
        let s = types::descr::value::new_static(vm, f)?;
        dict::set_name(vm, d, def.name, s)?;
    }
    for g in types::getters_of(id) {
        let s = types::descr::value::new(vm, g, id)?;
        dict::set_name(vm, d, g.name, s)?;
    }
    if types::constructor_of(id).is_some() {
        let new = &types::slots::kernels::NEW;
        let f = types::builtin::methods::new(vm, new, Some(class), None)?;
        dict::set_name(vm, d, "__new__", f)?;
    }
    if !types::hashable(id) {
        dict::set_name(vm, d, "__hash__", Value::NONE)?;
    }
    if let Some(c) = class.get::<ClassObj>(vm) {
        c.dict.write(&vm.heap, Some(d.value()));
    }
    Ok(d)
}

fn set_descriptor(
    vm: &mut Vm,
    d: Gc<DictObj>,
    owner: ClassId,
    def: &'static MethodDef,
    class: ClassId,
) -> Result<(), Raised> {
    let m = vm.alloc(MethodDescrObj {
        h: Header::new(Kind::MethodDescr, class as u32),
        def,
        class: owner,
    })?;
    dict::set_name(vm, d, def.name, m.value())
}

/// What the class or a base defines under a name; no descriptor is called. `name` is a str.
pub fn lookup(vm: &mut Vm, id: ClassId, name: Value) -> Result<Option<Value>, Raised> {
    let mut c = id;
    loop {
        let d = dict_of(vm, c)?;
        if let Some(v) = dict::get_str(vm, d, name) {
            return Ok(Some(v));
        }
        if c == ClassId::Object {
            return Ok(None);
        }
        c = c.base();
    }
}
/// Whether a class is `class_or_tuple`, derives from it, or from one in the tuple; tuples may be nested.
/// `None` when something else stands there, which is found out in order.
fn matches(vm: &mut Vm, c: ClassId, class_or_tuple: Value) -> Result<Option<bool>, Raised> {
    if let Some(o) = class_or_tuple.get::<ClassObj>(vm) {
        return Ok(Some(c.is_subclass(o.id)));
    }
    let Some(t) = class_or_tuple.cast::<TupleObj>() else {
        return Ok(None);
    };
    let depth = vm.depth.get();
    if depth >= vm.recursion_limit.get() {
        return Err(raise!(
            vm,
            RecursionError,
            "maximum recursion depth exceeded in __instancecheck__"
        ));
    }
    vm.depth.set(depth + 1);
    let mut r = Ok(Some(false));
    let mut i = 0;
    while let Some(x) = t.get(vm).get(i) {
        r = matches(vm, c, x);
        if !matches!(r, Ok(Some(false))) {
            break;
        }
        i += 1;
    }
    vm.depth.set(depth);
    r
}

/// `isinstance(v, class_or_tuple)`
pub fn is_instance(vm: &mut Vm, v: Value, class_or_tuple: Value) -> Result<bool, Raised> {
    let c = vm.class_of(v);
    match matches(vm, c, class_or_tuple)? {
        Some(b) => Ok(b),
        None => Err(raise!(
            vm,
            TypeError,
            "isinstance() arg 2 must be a type or tuple of types"
        )),
    }
}
/// `issubclass(c, class_or_tuple)`
pub fn is_subclass(vm: &mut Vm, c: Value, class_or_tuple: Value) -> Result<bool, Raised> {
    let Some(id) = id_of(vm, c) else {
        return Err(raise!(vm, TypeError, "issubclass() arg 1 must be a class"));
    };
    match matches(vm, id, class_or_tuple)? {
        Some(b) => Ok(b),
        None => Err(raise!(
            vm,
            TypeError,
            "issubclass() arg 2 must be a class or tuple of classes"
        )),
    }
}

/// Calls a class: makes an instance.
pub fn call(vm: &mut Vm, class: Value, args: Args<'_>) -> R {
    let Some(id) = id_of(vm, class) else {
        return Err(raise!(
            vm,
            TypeError,
            "'{}' object is not callable",
            vm.type_name(class)
        ));
    };
    match types::constructor_of(id) {
        Some(f) => f(vm, id, args),
        None => Err(raise!(
            vm,
            TypeError,
            "cannot create '{}' instances",
            types::full_name(id)
        )),
    }
}
