//! `__reduce__`: what makes an object again. What `object` has of it is written in Python, in
//! `copyreg`.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::attr;
use crate::protocol::item;
use crate::types::class::ops as class;
use crate::types::dict::ops as dict;
use crate::types::module;
use crate::types::range::value::RangeObj;
use crate::types::slice;
use crate::vm::Vm;

const fn reduce(f: fn(&mut Vm, Value) -> R) -> MethodDef {
    MethodDef {
        name: "__reduce__",
        conv: Conv::NoArgs(f),
        doc: "What makes it again.",
    }
}

/// Of functions of builtin types, bound or not.
pub const CALLABLE_METHODS: &[MethodDef] = &[reduce(callable)];
/// Of NotImplemented and Ellipsis: their name.
pub const SINGLETON_METHODS: &[MethodDef] = &[reduce(crate::protocol::repr::repr)];
/// Of ranges.
pub const RANGE: MethodDef = MethodDef {
    name: "__reduce__",
    // CPython's takes any arguments and does not look at them.
    conv: Conv::Pos(0, u8::MAX, |vm, r, _| range(vm, r)),
    doc: "What makes it again.",
};

fn range(vm: &mut Vm, r: Value) -> R {
    let parts = match r.get::<RangeObj>(vm) {
        Some(r) => [
            r.start.get_or_none(),
            r.stop.get_or_none(),
            r.step.get_or_none(),
        ],
        None => [Value::NONE; 3],
    };
    let c = class::type_of(vm, r)?;
    let t = vm.new_tuple(&parts)?;
    vm.new_tuple(&[c, t])
}

/// Of slices.
pub const SLICE: MethodDef = reduce(|vm, s| {
    let parts = s
        .cast()
        .map_or([Value::NONE; 3], |g| slice::ops::fields(vm, g));
    let c = class::type_of(vm, s)?;
    let t = vm.new_tuple(&parts)?;
    vm.new_tuple(&[c, t])
});
/// Of sets: a list of the keys.
pub const SET: MethodDef = reduce(|vm, s| {
    let c = class::type_of(vm, s)?;
    let keys = crate::types::list::ops::from_iterable(vm, s)?;
    let t = vm.new_tuple(&[keys.value()])?;
    let name = vm.intern("__dict__")?;
    let state = attr::optional(vm, s, name)?.unwrap_or(Value::NONE);
    vm.new_tuple(&[c, t, state])
});

/// A function of a module is its name; what belongs to a class or an object is an attribute of it.
fn callable(vm: &mut Vm, f: Value) -> R {
    let name = vm.intern("__name__")?;
    let name = attr::get_attr(vm, f, name)?;
    let mut of = None;
    for key in ["__self__", "__objclass__"] {
        let key = vm.intern(key)?;
        if of.is_none() {
            of = attr::optional(vm, f, key)?;
        }
    }
    let of = of.unwrap_or(Value::NONE);
    if of.is_none() || of.is_kind(crate::object::Kind::Module) {
        return Ok(name);
    }
    let getattr = builtin(vm, "getattr")?;
    let t = vm.new_tuple(&[of, name])?;
    vm.new_tuple(&[getattr, t])
}
/// A function of the module `builtins`.
///
/// # Errors
/// MemoryError.
pub fn builtin(vm: &mut Vm, name: &str) -> R {
    let builtins = vm.intern("builtins")?;
    let m = crate::modules::import(vm, builtins)?;
    Ok(match module::dict_of(vm, m) {
        Some(d) => dict::get_name(vm, d, name)?.unwrap_or(Value::NONE),
        None => Value::NONE,
    })
}

/// `object.__reduce__(o)`
pub fn plain(vm: &mut Vm, o: Value) -> R {
    common(vm, o, 0)
}
/// `object.__reduce_ex__(o, protocol)`: the class's own `__reduce__`, where there is one.
pub fn plain_ex(vm: &mut Vm, o: Value, protocol: Value) -> R {
    let protocol = item::as_c_int(vm, protocol)?;
    let name = vm.intern("__reduce__")?;
    let c = class::type_of(vm, o)?;
    let object = vm.class_object(ClassId::Object)?;
    let own = class::lookup(vm, c, name)?;
    if own.is_none() || own == class::lookup(vm, object, name)? {
        return common(vm, o, protocol);
    }
    let f = attr::get_attr(vm, o, name)?;
    vm.call(f, Args::pos(&[]))
}

fn common(vm: &mut Vm, o: Value, protocol: i32) -> R {
    let m = vm.intern("copyreg")?;
    let m = crate::modules::import(vm, m)?;
    let name = vm.intern(match protocol {
        ..2 => "_reduce_ex",
        _ => "_reduce_newobj",
    })?;
    let f = attr::get_attr(vm, m, name)?;
    if protocol >= 2 {
        return vm.call(f, Args::pos(&[o]));
    }
    let protocol = vm.new_int(protocol.into())?;
    vm.call(f, Args::pos(&[o, protocol]))
}
