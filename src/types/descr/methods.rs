//! What the descriptors do, and their attributes.

use super::value::{self, GetSetObj, StaticMethodObj, proxied};
use crate::call::builtin::check_class;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::attr;
use crate::raise;
use crate::types::builtin::methods as builtin;
use crate::types::builtin::value::MethodDescrObj;
use crate::types::class::ops as class;
use crate::types::{Getter, Setter, args, full_name};
use crate::vm::{Raised, Vm};

/// Attributes of `getset_descriptor` and `member_descriptor`.
pub const GETTERS: &[Getter] = &[
    Getter {
        name: "__name__",
        get: |vm, d| match d.get::<GetSetObj>(vm).map(|d| d.getter.name) {
            Some(n) => vm.intern(n).map(Some),
            None => Ok(None),
        },
        set: Setter::Member,
    },
    Getter {
        name: "__objclass__",
        get: |vm, d| match d.get::<GetSetObj>(vm).map(|d| d.class) {
            Some(c) => vm.class_object(c).map(Some),
            None => Ok(None),
        },
        set: Setter::Member,
    },
    Getter {
        name: "__qualname__",
        get: |vm, d| match d.get::<GetSetObj>(vm).map(|d| (d.class, d.getter.name)) {
            Some((c, n)) => vm.new_str(&format!("{}.{n}", c.name())).map(Some),
            None => Ok(None),
        },
        set: Setter::None,
    },
    Getter {
        name: "__doc__",
        get: |_, _| Ok(Some(Value::NONE)),
        set: Setter::None,
    },
];

/// Attributes of `staticmethod`.
pub const STATIC_GETTERS: &[Getter] = &[Getter {
    name: "__func__",
    get: |vm, d| Ok(d.get::<StaticMethodObj>(vm).map(|d| d.func.get_or_none())),
    set: Setter::Member,
}];

/// Whether `o` is of the class whose attribute `d` describes.
fn check(vm: &mut Vm, name: &str, c: ClassId, o: Value) -> Result<(), Raised> {
    let got = vm.class_of(o);
    if got.is_subclass(c) {
        return Ok(());
    }
    let (c, g) = (full_name(c), full_name(got));
    Err(raise!(
        vm,
        TypeError,
        "descriptor '{name}' for '{c}' objects doesn't apply to a '{g}' object"
    ))
}

/// What a descriptor gives for an instance, or without one for a class (`tp_descr_get`); what is no
/// descriptor is itself.
pub fn bind(vm: &mut Vm, d: Value, o: Option<Value>, owner: Option<Value>) -> R {
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
            check(vm, def.name, c, o)?;
            if def.conv.is_slot() {
                return builtin::new_wrapper(vm, def, o, c);
            }
            builtin::new(vm, def, Some(o), None)
        }
        Some(Kind::GetSet) => match (d.get::<GetSetObj>(vm).map(|d| (d.getter, d.class)), o) {
            (Some((g, c)), Some(o)) => {
                check(vm, g.name, c, o)?;
                match (g.get)(vm, o)? {
                    Some(v) => Ok(v),
                    None => Err(raise!(vm, AttributeError, "{}", g.name)),
                }
            }
            _ => Ok(d),
        },
        Some(Kind::StaticMethod) => Ok(d
            .get::<StaticMethodObj>(vm)
            .map_or(Value::NONE, |s| s.func.get_or_none())),
        _ => Ok(d),
    }
}

/// Assigns (or deletes: `None`) a computed attribute of `o`.
pub fn assign(vm: &mut Vm, d: Value, o: Value, v: Option<Value>) -> Result<(), Raised> {
    let Some((g, c)) = d.get::<GetSetObj>(vm).map(|d| (d.getter, d.class)) else {
        return Err(raise!(vm, SystemError, "not a descriptor"));
    };
    check(vm, g.name, c, o)?;
    match g.set {
        Setter::Fn(f) | Setter::MemberFn(f) => f(vm, o, v),
        Setter::Member => Err(raise!(vm, AttributeError, "readonly attribute")),
        Setter::None => Err(raise!(
            vm,
            AttributeError,
            "attribute '{}' of '{}' objects is not writable",
            g.name,
            full_name(c)
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
    match m.kind() {
        Some(Kind::Dict) => value::new_proxy(vm, m),
        Some(Kind::MappingProxy) => {
            let m = proxied(vm, m);
            value::new_proxy(vm, m)
        }
        _ => {
            let t = vm.type_name(m);
            Err(raise!(
                vm,
                TypeError,
                "mappingproxy() argument must be a mapping, not {t}"
            ))
        }
    }
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
