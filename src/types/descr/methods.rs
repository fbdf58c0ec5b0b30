//! What the descriptors do, and their attributes.

use super::value::{self, ClassMethodObj, GetSetObj, MemberObj, StaticMethodObj, proxied};
use super::{property, tuple_getter, zuper};
use crate::call::builtin::check_class;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::attr;
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::builtin::methods as builtin;
use crate::types::builtin::value::MethodDescrObj;
use crate::types::class::ops as class;
use crate::types::class::value::ClassObj;
use crate::types::instance::ops as instance;
use crate::types::instance::value::InstanceObj;
use crate::types::{Getter, Setter, args, full_name};
use crate::vm::{Raised, Vm};

/// Attributes of `getset_descriptor` and `member_descriptor`.
pub const GETTERS: &[Getter] = &[
    Getter {
        name: "__name__",
        get: |vm, d| name_of(vm, d).map(Some),
        set: Setter::Member,
    },
    Getter {
        name: "__objclass__",
        get: |vm, d| owner_of(vm, d).map(Some),
        set: Setter::Member,
    },
    Getter {
        name: "__qualname__",
        get: |vm, d| {
            let (n, c) = (name_of(vm, d)?, owner_of(vm, d)?);
            let n = vm.text(n);
            let q = match class::builtin_of(vm, c) {
                Some(c) => c.name().to_owned(),
                None => {
                    let q = c
                        .get::<ClassObj>(vm)
                        .map_or(Value::NONE, |c| c.qualname.get_or_none());
                    vm.text(q)
                }
            };
            vm.new_str(&format!("{q}.{n}")).map(Some)
        },
        set: Setter::None,
    },
    Getter::computed("__doc__", |_, _| Ok(Some(Value::NONE))),
];
/// `__name__` of a computed attribute or a member.
pub fn name_of(vm: &mut Vm, d: Value) -> R {
    if let Some(m) = d.get::<MemberObj>(vm) {
        return Ok(m.name.get_or_none());
    }
    let n = d.get::<GetSetObj>(vm).map_or("", |d| d.getter.name);
    vm.intern(n)
}
/// Its class.
pub fn owner_of(vm: &mut Vm, d: Value) -> R {
    if let Some(m) = d.get::<MemberObj>(vm) {
        return Ok(m.owner.get_or_none());
    }
    match getset(vm, d) {
        Some((_, _, Some(k))) => Ok(k),
        Some((_, c, None)) => vm.class_object(c),
        None => Ok(Value::NONE),
    }
}

/// Attributes of `staticmethod`.
pub const STATIC_GETTERS: &[Getter] = &[FUNC, ABSTRACT];
const FUNC: Getter = Getter {
    name: "__func__",
    get: |vm, d| Ok(Some(func_of(vm, d))),
    set: Setter::Member,
};
const ABSTRACT: Getter = Getter::computed("__isabstractmethod__", |vm, d| {
    let f = func_of(vm, d);
    Ok(Some(Value::bool(property::is_abstract(vm, f)?)))
});
/// The function of a `staticmethod` or `classmethod`.
fn func_of(vm: &Vm, d: Value) -> Value {
    let f = match d.get::<ClassMethodObj>(vm) {
        Some(c) => c.func.get(),
        None => d.get::<StaticMethodObj>(vm).and_then(|d| d.func.get()),
    };
    f.unwrap_or(Value::NONE)
}
/// `d.__init__(function)` of both.
pub fn init_func(vm: &mut Vm, d: Value, name: &str, a: Args<'_>) -> Result<(), Raised> {
    args::no_keywords(vm, name, a)?;
    args::arity(vm, name, a, 1, 1)?;
    if !func_of(vm, d).is_none() {
        // What was found through it, in whatever class, is void.
        let object = vm.class_object(ClassId::Object)?;
        crate::types::class::ops::modified(vm, object)?;
    }
    if let Some(c) = d.get::<ClassMethodObj>(vm) {
        c.func.write(&vm.heap, Some(a[0]));
    } else if let Some(s) = d.get::<StaticMethodObj>(vm) {
        s.func.write(&vm.heap, Some(a[0]));
    }
    Ok(())
}
/// `classmethod(function)`
pub fn construct_class_method(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let d = value::new_class_method(vm, Value::NONE)?;
    init_func(vm, d, "classmethod", a)?;
    Ok(d)
}

/// Whether `o` is of the class whose attribute `d` describes.
fn check(
    vm: &mut Vm,
    name: &str,
    c: ClassId,
    owner: Option<Value>,
    o: Value,
) -> Result<(), Raised> {
    let fits = match owner {
        Some(k) => class::is_instance_of(vm, o, k),
        None => vm.is_a(o, c),
    };
    if fits {
        return Ok(());
    }
    let c = match owner {
        Some(k) => class::full_name_of(vm, k),
        None => full_name(c),
    };
    let got = class::type_of(vm, o)?;
    let g = class::full_name_of(vm, got);
    Err(raise!(
        vm,
        TypeError,
        "descriptor '{name}' for '{c}' objects doesn't apply to a '{g}' object"
    ))
}

/// What a descriptor gives for an instance, or without one for a class (`tp_descr_get`); what is no
/// descriptor is itself.
pub fn bind(vm: &mut Vm, d: Value, o: Option<Value>, owner: Option<Value>) -> R {
    if d.is_user()
        && let Some(f) = special::overridden(vm, d, Special::Get)?
    {
        let owner = match (owner, o) {
            (Some(c), _) => c,
            (None, Some(o)) => class::type_of(vm, o)?,
            (None, None) => Value::NONE,
        };
        return special::call(vm, f, d, &[o.unwrap_or(Value::NONE), owner]);
    }
    match d.kind() {
        Some(Kind::Function) => match o {
            Some(o) => builtin::bind(vm, d, o),
            None => Ok(d),
        },
        Some(Kind::MethodDescr) => {
            let Some((def, c)) = d.get::<MethodDescrObj>(vm).map(|d| (d.def, d.class)) else {
                return Ok(d);
            };
            if vm.class_of(d) == ClassId::ClassMethodDescriptor {
                let owner = match (owner, o) {
                    (Some(c), _) => c,
                    (None, Some(o)) => class::type_of(vm, o)?,
                    (None, None) => return Ok(d),
                };
                check_class(vm, def, c, owner)?;
                return builtin::new(vm, def, Some(owner), None);
            }
            let Some(o) = o else { return Ok(d) };
            check(vm, def.name, c, None, o)?;
            let o = match c {
                ClassId::Float => as_float_for(vm, def, o),
                _ => o,
            };
            if def.conv.is_slot() {
                return builtin::new_wrapper(vm, def, o, c);
            }
            builtin::new(vm, def, Some(o), None)
        }
        Some(Kind::GetSet) => match (getset(vm, d), o) {
            (Some((g, c, k)), Some(o)) => {
                check(vm, g.name, c, k, o)?;
                let o = match c {
                    ClassId::Float => as_float(vm, o),
                    _ => o,
                };
                match (g.get)(vm, o)? {
                    Some(v) => Ok(v),
                    None => Err(raise!(vm, AttributeError, "{}", g.name)),
                }
            }
            _ => Ok(d),
        },
        Some(Kind::Member) => match o {
            Some(o) => {
                let (s, i) = member(vm, d, o)?;
                match instance::at(vm, s, i) {
                    Some(v) => Ok(v),
                    None => Err(unset(vm, d)),
                }
            }
            None => Ok(d),
        },
        Some(Kind::Property) => match o {
            Some(o) => property::get(vm, d, o),
            None => Ok(d),
        },
        Some(Kind::TupleGetter) => match o {
            Some(o) => tuple_getter::get(vm, d, o),
            None => Ok(d),
        },
        Some(Kind::StaticMethod) => match d.get::<StaticMethodObj>(vm).and_then(|s| s.func.get()) {
            Some(f) => Ok(f),
            None => Err(raise!(
                vm,
                RuntimeError,
                "uninitialized staticmethod object"
            )),
        },
        Some(Kind::ClassMethod) => {
            let Some(f) = d.get::<ClassMethodObj>(vm).and_then(|c| c.func.get()) else {
                return Err(raise!(vm, RuntimeError, "uninitialized classmethod object"));
            };
            let owner = match (owner, o) {
                (Some(c), _) => c,
                (None, Some(o)) => class::type_of(vm, o)?,
                (None, None) => return Ok(d),
            };
            builtin::bind(vm, f, owner)
        }
        Some(Kind::LruCache) => match o {
            Some(o) => builtin::bind(vm, d, o),
            None => Ok(d),
        },
        Some(Kind::Super) => zuper::bind(vm, d, o),
        _ => Ok(d),
    }
}

/// What a method of `float` gets: its value; but who looks for attributes, or may ask `__str__`, wants the object.
pub fn as_float_for(vm: &Vm, def: &MethodDef, o: Value) -> Value {
    match def.name {
        "__getattribute__" | "__format__" => o,
        _ => as_float(vm, o),
    }
}
/// Methods of `float` know the immediate only.
pub fn as_float(vm: &Vm, o: Value) -> Value {
    match o.get::<crate::types::float::value::FloatObj>(vm) {
        Some(f) => Value::float(f.value),
        None => o,
    }
}

fn getset(vm: &Vm, d: Value) -> Option<(&'static Getter, ClassId, Option<Value>)> {
    d.get::<GetSetObj>(vm)
        .map(|d| (d.getter, d.class, d.owner.get()))
}
/// Where the slot of a member of `o` is.
fn member(
    vm: &mut Vm,
    d: Value,
    o: Value,
) -> Result<(crate::object::Gc<InstanceObj>, usize), Raised> {
    let Some((name, owner, i)) = d
        .get::<MemberObj>(vm)
        .map(|m| (m.name.get_or_none(), m.owner.get(), m.index))
    else {
        return Err(raise!(vm, SystemError, "not a member"));
    };
    let name = vm.text(name);
    check(vm, &name, ClassId::Object, owner, o)?;
    match instance::store(vm, o) {
        Some(s) => Ok((s, i as usize)),
        None => Err(raise!(vm, SystemError, "no slots")),
    }
}
fn unset(vm: &mut Vm, d: Value) -> Raised {
    let name = d
        .get::<MemberObj>(vm)
        .map_or(Value::NONE, |m| m.name.get_or_none());
    vm.raise_args(ClassId::AttributeError, &[name])
}

/// Assigns (or deletes: `None`) a computed attribute of `o`.
pub fn assign(vm: &mut Vm, d: Value, o: Value, v: Option<Value>) -> Result<(), Raised> {
    if d.is_user() {
        let (which, what) = match v {
            Some(_) => (Special::Set, "__set__"),
            None => (Special::Delete, "__delete__"),
        };
        match special::find(vm, d, which)? {
            Some(f) if !special::is_builtin_slot(vm, f) => {
                match v {
                    Some(v) => special::call(vm, f, d, &[o, v])?,
                    None => special::call(vm, f, d, &[o])?,
                };
                return Ok(());
            }
            Some(_) => (),
            None => return Err(raise!(vm, AttributeError, "{what}")),
        }
    }
    match d.kind() {
        Some(Kind::Property) => return property::assign(vm, d, o, v),
        Some(Kind::TupleGetter) => return Err(tuple_getter::refuse(vm, v)),
        Some(Kind::Member) => {
            let (s, i) = member(vm, d, o)?;
            if v.is_none() && instance::at(vm, s, i).is_none() {
                return Err(unset(vm, d));
            }
            return instance::put(vm, s, i, v);
        }
        _ => (),
    }
    let Some((g, c, k)) = getset(vm, d) else {
        return Err(raise!(vm, SystemError, "not a descriptor"));
    };
    check(vm, g.name, c, k, o)?;
    match g.set {
        Setter::Fn(f) | Setter::MemberFn(f) => f(vm, o, v),
        Setter::Member => Err(raise!(vm, AttributeError, "readonly attribute")),
        Setter::None => Err(raise!(
            vm,
            AttributeError,
            "attribute '{}' of '{}' objects is not writable",
            g.name,
            match k {
                Some(k) => class::full_name_of(vm, k),
                None => full_name(c),
            }
        )),
    }
}

/// `d.__get__(obj, type=None)`
pub fn dunder_get(vm: &mut Vm, d: Value, a: Args<'_>) -> R {
    let o = a.get(0).filter(|o| !o.is_none());
    let owner = a.get(1).filter(|o| !o.is_none());
    if o.is_none() && owner.is_none() {
        return Err(raise!(vm, TypeError, "__get__(None, None) is invalid"));
    }
    bind(vm, d, o, owner)
}

/// `mappingproxy(mapping)`
pub fn construct_proxy(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let [m] = args::parse(vm, "mappingproxy", a, ["mapping"], 1, 1)?;
    let m = m.unwrap_or(Value::NONE);
    let mapping = match m.kind() {
        Some(Kind::List | Kind::Tuple) => false,
        Some(
            Kind::Dict
            | Kind::MappingProxy
            | Kind::Str
            | Kind::Bytes
            | Kind::ByteArray
            | Kind::Range
            | Kind::Memory,
        ) => true,
        _ => m.is_user() && special::find(vm, m, Special::GetItem)?.is_some(),
    };
    if mapping {
        return value::new_proxy(vm, m);
    }
    let t = vm.type_name(m);
    Err(raise!(
        vm,
        TypeError,
        "mappingproxy() argument must be a mapping, not {t}"
    ))
}

/// `staticmethod(function)`
pub fn construct_static(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "staticmethod", a)?;
    args::arity(vm, "staticmethod", a, 1, 1)?;
    value::new_static(vm, a[0])
}

macro_rules! of_dict {
    ($($name:literal $conv:ident $f:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: Conv::$conv($f), doc: $doc }),*]
    };
}
/// Calls the method of the dict behind the proxy.
fn forward(vm: &mut Vm, p: Value, name: &str, a: Args<'_>) -> R {
    let d = proxied(vm, p);
    let name = vm.intern(name)?;
    let f = attr::get_attr(vm, d, name)?;
    vm.call(f, a)
}
/// Methods of `mappingproxy`.
pub const PROXY_METHODS: &[MethodDef] = of_dict! {
    "copy" NoArgs |vm, p| forward(vm, p, "copy", Args::pos(&[])), "Return a dict of the same items.";
    "keys" NoArgs |vm, p| forward(vm, p, "keys", Args::pos(&[])), "A view of the keys.";
    "values" NoArgs |vm, p| forward(vm, p, "values", Args::pos(&[])), "A view of the values.";
    "items" NoArgs |vm, p| forward(vm, p, "items", Args::pos(&[])), "A view of the items.";
    "get" Kw |vm, p, a| {
        args::no_keywords(vm, "get", a)?;
        forward(vm, p, "get", a)
    }, "Return the value of a key, or the default.";
};
