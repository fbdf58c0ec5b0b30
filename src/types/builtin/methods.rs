//! Attributes of builtin functions, method descriptors and bound methods.

use super::value::{BoundMethodObj, BuiltinObj, MethodDescrObj};
use crate::object::method::R;
use crate::object::{Args, ClassId, Header, Kind, MethodDef, Slot, Value};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::class::value::ClassObj;
use crate::types::{Getter, args};
use crate::vm::{Raised, Vm};

/// A builtin function of a module, or a method bound to its receiver.
pub fn new(vm: &mut Vm, def: &'static MethodDef, self_: Option<Value>, module: Option<Value>) -> R {
    let b = vm.alloc(BuiltinObj {
        h: Header::new(Kind::Builtin, ClassId::BuiltinFunction as u32),
        def,
        self_: Slot::new(self_),
        module: Slot::new(module),
    })?;
    Ok(b.value())
}
/// A slot bound to its receiver; `class` is the one that defines it.
pub fn new_wrapper(vm: &mut Vm, def: &'static MethodDef, self_: Value, class: ClassId) -> R {
    let class = vm.class_object(class)?;
    let b = vm.alloc(BuiltinObj {
        h: Header::new(Kind::Builtin, ClassId::MethodWrapper as u32),
        def,
        self_: Slot::of(self_),
        module: Slot::of(class),
    })?;
    Ok(b.value())
}
/// Bound methods of bound methods: calling one, its hash and its attributes recurse.
const MAX_BOUND: u16 = 100;

/// A callable bound to its first argument. The header's spare bits count how deep bound methods are
/// nested in it.
pub fn bind(vm: &mut Vm, func: Value, self_: Value) -> R {
    let deep = func
        .get::<BoundMethodObj>(vm)
        .map_or(0, |m| m.h.spare() + 1);
    if deep > MAX_BOUND {
        return Err(raise!(
            vm,
            RecursionError,
            "maximum recursion depth exceeded"
        ));
    }
    let h = Header::new(Kind::BoundMethod, ClassId::Method as u32);
    h.set_spare(deep);
    let m = vm.alloc(BoundMethodObj {
        h,
        func: Slot::of(func),
        self_: Slot::of(self_),
    })?;
    Ok(m.value())
}

fn def(vm: &Vm, v: Value) -> Option<&'static MethodDef> {
    v.get::<BuiltinObj>(vm)
        .map(|b| b.def)
        .or_else(|| v.get::<MethodDescrObj>(vm).map(|d| d.def))
}
fn name(vm: &mut Vm, v: Value) -> Result<Option<Value>, Raised> {
    match def(vm, v) {
        Some(d) => vm.intern(d.name).map(Some),
        None => Ok(None),
    }
}
fn doc(vm: &mut Vm, v: Value) -> Result<Option<Value>, Raised> {
    match def(vm, v) {
        Some(d) if !d.doc.is_empty() => vm.new_str(d.doc).map(Some),
        Some(_) => Ok(Some(Value::NONE)),
        None => Ok(None),
    }
}

/// Of builtin functions and bound builtin methods.
pub const GETTERS: &[Getter] = &[
    Getter::computed("__name__", name),
    Getter::computed("__qualname__", |vm, v| {
        let Some((d, self_)) = v
            .get::<BuiltinObj>(vm)
            .map(|b| (b.def, b.self_.get_or_none()))
        else {
            return Ok(None);
        };
        if self_.is_none() || self_.is_kind(Kind::Module) {
            return vm.intern(d.name).map(Some);
        }
        let c = match self_.get::<ClassObj>(vm) {
            Some(_) => class::name_of(vm, self_),
            None => vm.type_name(self_),
        };
        vm.new_str(&format!("{c}.{}", d.name)).map(Some)
    }),
    Getter::computed("__self__", |vm, v| {
        Ok(v.get::<BuiltinObj>(vm).map(|b| b.self_.get_or_none()))
    }),
    Getter::computed("__doc__", doc),
    Getter::computed("__text_signature__", |_, _| Ok(Some(Value::NONE))),
    Getter::member("__module__", |vm, v| {
        Ok(v.get::<BuiltinObj>(vm).map(|b| b.module.get_or_none()))
    }),
];

/// Of bound slots; `module` is the class that defines the slot.
pub const WRAPPER_GETTERS: &[Getter] = &[
    Getter::computed("__name__", name),
    Getter::computed("__qualname__", |vm, v| {
        let Some((d, c)) = v
            .get::<BuiltinObj>(vm)
            .map(|b| (b.def, b.module.get_or_none()))
        else {
            return Ok(None);
        };
        let c = class::id_of(vm, c).map_or("object", ClassId::name);
        vm.new_str(&format!("{c}.{}", d.name)).map(Some)
    }),
    Getter::computed("__objclass__", |vm, v| {
        Ok(v.get::<BuiltinObj>(vm).map(|b| b.module.get_or_none()))
    }),
    Getter::member("__self__", |vm, v| {
        Ok(v.get::<BuiltinObj>(vm).map(|b| b.self_.get_or_none()))
    }),
    Getter::computed("__doc__", doc),
    Getter::computed("__text_signature__", |_, _| Ok(Some(Value::NONE))),
];

/// Of method descriptors.
pub const DESCR_GETTERS: &[Getter] = &[
    Getter::member("__name__", name),
    Getter::computed("__qualname__", |vm, v| match v.get::<MethodDescrObj>(vm) {
        Some(d) => {
            let q = format!("{}.{}", d.class.name(), d.def.name);
            vm.new_str(&q).map(Some)
        }
        None => Ok(None),
    }),
    Getter::member("__objclass__", |vm, v| {
        match v.get::<MethodDescrObj>(vm).map(|d| d.class) {
            Some(c) => vm.class_object(c).map(Some),
            None => Ok(None),
        }
    }),
    Getter::computed("__doc__", doc),
    Getter::computed("__text_signature__", |_, _| Ok(Some(Value::NONE))),
];

/// Of bound methods; any other attribute is the function's.
pub const BOUND_GETTERS: &[Getter] = &[
    Getter::member("__func__", |vm, v| {
        Ok(v.get::<BoundMethodObj>(vm).map(|m| m.func.get_or_none()))
    }),
    Getter::member("__self__", |vm, v| {
        Ok(v.get::<BoundMethodObj>(vm).map(|m| m.self_.get_or_none()))
    }),
    Getter::computed("__doc__", |vm, v| {
        let Some(f) = v.get::<BoundMethodObj>(vm).map(|m| m.func.get_or_none()) else {
            return Ok(None);
        };
        let n = vm.intern("__doc__")?;
        crate::protocol::attr::get_attr(vm, f, n).map(Some)
    }),
];

/// `method(function, instance)`
pub fn construct_bound(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "method", a)?;
    args::arity(vm, "method", a, 2, 2)?;
    if !is_callable(vm, a[0])? {
        return Err(raise!(vm, TypeError, "first argument must be callable"));
    }
    if a[1].is_none() {
        return Err(raise!(vm, TypeError, "self must not be None"));
    }
    bind(vm, a[0], a[1])
}

/// `callable(v)`
///
/// # Errors
/// MemoryError.
pub fn is_callable(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if v.is_user() {
        return Ok(
            crate::protocol::special::find(vm, v, crate::protocol::special::Special::Call)?
                .is_some(),
        );
    }
    Ok(matches!(
        v.kind(),
        Some(
            Kind::Function
                | Kind::Builtin
                | Kind::Host
                | Kind::MethodDescr
                | Kind::BoundMethod
                | Kind::Class
                | Kind::WeakRef
                | Kind::Partial
                | Kind::KeyWrapper
                | Kind::LruCache
        )
    ))
}

/// The class a bound builtin's receiver belongs to, for `repr`.
pub fn receiver_class(vm: &Vm, v: Value) -> Option<ClassId> {
    let self_ = v.get::<BuiltinObj>(vm)?.self_.get()?;
    Some(match class::id_of(vm, self_) {
        Some(_) => ClassId::Type,
        None => vm.class_of(self_),
    })
}
