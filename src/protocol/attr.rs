//! Attributes: `o.name`, read, bound, assigned and deleted.
//!
//! The order is CPython's: what the class computes (its data descriptors), then the object's own dict,
//! then what the class or a base defines, bound to the object if it is a method.

use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Kind, Value};
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::args;
use crate::types::builtin::value::BoundMethodObj;
use crate::types::class::methods as class_methods;
use crate::types::class::ops as class;
use crate::types::class::value::ClassObj;
use crate::types::descr::methods as descr;
use crate::types::descr::value::GetSetObj;
use crate::types::descr::zuper;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::instance::ops::{self as instance, Own};
use crate::types::module::value::ModuleObj;
use crate::vm::{Raised, Vm};

/// The dict of an object's own attributes, if it has one already.
fn own_dict(vm: &Vm, o: Value) -> Option<Gc<DictObj>> {
    match instance::own(vm, o) {
        Own::Layout(d) => d,
        Own::Store(_) | Own::Nothing => None,
    }
}

/// An attribute of the object's own.
#[inline]
fn own(vm: &Vm, o: Value, name: Value) -> Option<Value> {
    match instance::own(vm, o) {
        Own::Layout(d) => dict::get_str(vm, d?, name),
        Own::Store(s) => instance::get(vm, s, name),
        Own::Nothing => None,
    }
}

/// Binds what a class defines to an object.
///
/// # Errors
/// What a descriptor's `__get__` raises.
pub fn bind(vm: &mut Vm, found: Value, o: Value) -> R {
    descr::bind(vm, found, Some(o), None)
}
/// Whether an attribute that a class defines comes before the object's own.
fn is_data(vm: &mut Vm, found: Value) -> Result<bool, Raised> {
    if found.is_user() {
        return Ok(special::find(vm, found, Special::Set)?.is_some()
            || special::find(vm, found, Special::Delete)?.is_some());
    }
    Ok(matches!(
        found.kind(),
        Some(Kind::GetSet | Kind::Member | Kind::Property | Kind::TupleGetter)
    ))
}

/// What an attribute turned out to be.
enum Found {
    /// Its value.
    Value(Value),
    /// A method of the class, not bound yet.
    Method(Value),
    Nothing,
}

/// `o.name` as the object's class looks it up: `__getattribute__`, then `__getattr__` where a program
/// defines them. `Nothing` for an attribute that is missing, without an exception where no program's
/// code ran.
fn find(vm: &mut Vm, o: Value, name: Value) -> Result<Found, Raised> {
    if !o.is_user() {
        return find_plain(vm, o, name);
    }
    let got = match special::overridden(vm, o, Special::GetAttribute)? {
        Some(f) => match special::call(vm, f, o, &[name]) {
            Ok(v) => return Ok(Found::Value(v)),
            Err(r) => Err(r),
        },
        None => find_plain(vm, o, name),
    };
    let missing = match &got {
        Ok(Found::Nothing) => true,
        Ok(_) => return got,
        Err(_) => {
            !vm.is_terminating()
                && vm
                    .exc
                    .get()
                    .is_some_and(|e| vm.is_a(e, ClassId::AttributeError))
        }
    };
    if missing && let Some(f) = special::find(vm, o, Special::GetAttr)? {
        if let Err(r) = got {
            vm.catch(r, ClassId::AttributeError)?;
        }
        return special::call(vm, f, o, &[name]).map(Found::Value);
    }
    got
}

/// `object.__getattribute__`, and those of classes, modules, `super` and bound methods.
fn find_plain(vm: &mut Vm, o: Value, name: Value) -> Result<Found, Raised> {
    match o.kind() {
        Some(Kind::Class) => return find_in_class(vm, o, name),
        Some(Kind::Super) => {
            if let Some(v) = zuper::get(vm, o, name)? {
                return Ok(Found::Value(v));
            }
        }
        _ => (),
    }
    let c = class::type_of(vm, o)?;
    let found = class::lookup(vm, c, name)?;
    if let Some(d) = found {
        if is_data(vm, d)? {
            if let Some(v) = computed(vm, d, o, name)? {
                return Ok(Found::Value(v));
            }
        } else if let Some(v) = own(vm, o, name) {
            return Ok(Found::Value(v));
        } else {
            return match d.kind() {
                Some(Kind::MethodDescr | Kind::Function)
                    if !d.is_user() && !is_class_method(vm, d) =>
                {
                    Ok(Found::Method(d))
                }
                _ => bind(vm, d, o).map(Found::Value),
            };
        }
    } else if let Some(v) = own(vm, o, name) {
        return Ok(Found::Value(v));
    }
    // A bound method answers for its function.
    if let Some(m) = o.get::<BoundMethodObj>(vm) {
        let f = m.func.get_or_none();
        return find(vm, f, name);
    }
    // A module may have a function that makes what is missing.
    if let Some(m) = o.get::<ModuleObj>(vm) {
        let d = m.dict.get().and_then(Value::cast);
        let key = vm.special(Special::GetAttr)?;
        if let Some(f) = d.and_then(|d| dict::get_str(vm, d, key)) {
            return vm.call(f, Args::pos(&[name])).map(Found::Value);
        }
    }
    Ok(Found::Nothing)
}

fn is_class_method(vm: &Vm, d: Value) -> bool {
    vm.class_of(d) == ClassId::ClassMethodDescriptor
}

/// The value of a data descriptor, where the object has it.
fn computed(vm: &mut Vm, d: Value, o: Value, name: Value) -> Result<Option<Value>, Raised> {
    match d.get::<GetSetObj>(vm).map(|d| d.getter) {
        Some(g) if !d.is_user() => {
            let o = match d.get::<GetSetObj>(vm).map(|d| d.class) {
                Some(ClassId::Float) => descr::as_float(vm, o),
                _ => o,
            };
            (g.get)(vm, o)
        }
        // Without `__get__` the object's own attribute is meant, and then the descriptor itself.
        _ if d.is_user() && special::find(vm, d, Special::Get)?.is_none() => {
            Ok(Some(own(vm, o, name).unwrap_or(d)))
        }
        _ => bind(vm, d, o).map(Some),
    }
}

/// Attributes of a class object: the metaclass's data descriptors, then its own and its bases',
/// bound to no object, then what else the metaclass defines.
fn find_in_class(vm: &mut Vm, o: Value, name: Value) -> Result<Found, Raised> {
    let t = class::type_of(vm, o)?;
    let meta = class::lookup(vm, t, name)?;
    if let Some(d) = meta
        && is_data(vm, d)?
        && let Some(v) = computed(vm, d, o, name)?
    {
        return Ok(Found::Value(v));
    }
    if let Some(v) = class::lookup(vm, o, name)? {
        return descr::bind(vm, v, None, Some(o)).map(Found::Value);
    }
    match meta {
        Some(v)
            if matches!(v.kind(), Some(Kind::MethodDescr | Kind::Function))
                && !v.is_user()
                && !is_class_method(vm, v) =>
        {
            Ok(Found::Method(v))
        }
        Some(v) => bind(vm, v, o).map(Found::Value),
        None => Ok(Found::Nothing),
    }
}

fn missing(vm: &mut Vm, o: Value, name: Value) -> Raised {
    let n = args::text(vm, name);
    if o.is_kind(Kind::Class) {
        let c = class::name_of(vm, o);
        return raise!(
            vm,
            AttributeError,
            "type object '{c}' has no attribute '{n}'"
        );
    }
    if let Some(m) = o.get::<ModuleObj>(vm) {
        let d = m.dict.get_or_none();
        let own = match d.cast::<DictObj>() {
            Some(d) => match dict::get_name(vm, d, "__name__") {
                Ok(v) => v,
                Err(r) => return r,
            },
            None => None,
        };
        return match own.filter(|v| v.is_kind(Kind::Str)) {
            Some(own) => {
                let own = args::text(vm, own);
                match is_initializing(vm, o) {
                    Ok(false) => (),
                    Ok(true) => {
                        return raise!(
                            vm,
                            AttributeError,
                            "partially initialized module '{own}' has no attribute '{n}' \
                             (most likely due to a circular import)"
                        );
                    }
                    Err(r) => return r,
                }
                raise!(vm, AttributeError, "module '{own}' has no attribute '{n}'")
            }
            None => raise!(vm, AttributeError, "module has no attribute '{n}'"),
        };
    }
    match o.get::<BoundMethodObj>(vm).map(|m| m.func.get_or_none()) {
        // It was the function that was asked last.
        Some(f) => missing(vm, f, name),
        None => no_attribute(vm, o, &n),
    }
}
/// Whether a module's import has not ended yet: its `__spec__` says so.
///
/// # Errors
/// What looking at the spec raises.
pub fn is_initializing(vm: &mut Vm, m: Value) -> Result<bool, Raised> {
    let Some(d) = own_dict(vm, m) else {
        return Ok(false);
    };
    let Some(spec) = dict::get_name(vm, d, "__spec__")?.filter(|s| !s.is_none()) else {
        return Ok(false);
    };
    let key = vm.intern("_initializing")?;
    match lookup(vm, spec, key)? {
        Some(v) => crate::protocol::truth::is_true(vm, v),
        None => Ok(false),
    }
}
fn no_attribute(vm: &mut Vm, o: Value, name: &str) -> Raised {
    let t = vm.type_name(o);
    raise!(vm, AttributeError, "'{t}' object has no attribute '{name}'")
}

/// `o.name`, or `None` when there is no such attribute.
pub fn lookup(vm: &mut Vm, o: Value, name: Value) -> Result<Option<Value>, Raised> {
    Ok(match find(vm, o, name)? {
        Found::Value(v) => Some(v),
        Found::Method(m) => Some(bind(vm, m, o)?),
        Found::Nothing => None,
    })
}

/// The same, where code of the object may say with an AttributeError that there is none.
///
/// # Errors
/// Any other exception of that code.
pub fn optional(vm: &mut Vm, o: Value, name: Value) -> Result<Option<Value>, Raised> {
    match lookup(vm, o, name) {
        Err(r) => {
            vm.catch(r, ClassId::AttributeError)?;
            Ok(None)
        }
        found => found,
    }
}

/// `o.name`; `name` is a str.
pub fn get_attr(vm: &mut Vm, o: Value, name: Value) -> R {
    match lookup(vm, o, name)? {
        Some(v) => Ok(v),
        None => Err(missing(vm, o, name)),
    }
}

/// A special method of `o`: what its class defines under the name, bound, whatever `o` itself holds.
pub fn lookup_special(vm: &mut Vm, o: Value, name: Value) -> Result<Option<Value>, Raised> {
    let c = class::type_of(vm, o)?;
    match class::lookup(vm, c, name)? {
        Some(m) => bind(vm, m, o).map(Some),
        None => Ok(None),
    }
}

/// `object.__getattribute__(o, name)`: what a program's own `__getattribute__` calls.
///
/// # Errors
/// AttributeError; what a descriptor raises.
pub fn get_attr_plain(vm: &mut Vm, o: Value, name: Value) -> R {
    match find_plain(vm, o, name)? {
        Found::Value(v) => Ok(v),
        Found::Method(m) => bind(vm, m, o),
        Found::Nothing => Err(missing(vm, o, name)),
    }
}

/// LOAD_METHOD: the callable and its receiver, when it is a method that need not be bound.
pub fn load_method(vm: &mut Vm, o: Value, name: Value) -> Result<(Value, Option<Value>), Raised> {
    if let Some((f, receiver)) = zuper::method(vm, o, name)? {
        return Ok((f, Some(receiver)));
    }
    match find(vm, o, name)? {
        Found::Method(m) => Ok((m, Some(o))),
        Found::Value(v) => Ok((v, None)),
        Found::Nothing => Err(missing(vm, o, name)),
    }
}

/// `o.name = v`
pub fn set_attr(vm: &mut Vm, o: Value, name: Value, v: Value) -> Result<(), Raised> {
    store(vm, o, name, Some(v))
}
/// `del o.name`
pub fn del_attr(vm: &mut Vm, o: Value, name: Value) -> Result<(), Raised> {
    store(vm, o, name, None)
}

fn store(vm: &mut Vm, o: Value, name: Value, v: Option<Value>) -> Result<(), Raised> {
    if o.is_user() {
        let which = match v {
            Some(_) => Special::SetAttr,
            None => Special::DelAttr,
        };
        if let Some(f) = special::overridden(vm, o, which)? {
            match v {
                Some(v) => special::call(vm, f, o, &[name, v])?,
                None => special::call(vm, f, o, &[name])?,
            };
            return Ok(());
        }
    }
    store_plain(vm, o, name, v)
}

/// `object.__setattr__` and `object.__delattr__`, and those of classes.
///
/// # Errors
/// AttributeError; what a descriptor raises.
pub fn store_plain(vm: &mut Vm, o: Value, name: Value, v: Option<Value>) -> Result<(), Raised> {
    if o.is_kind(Kind::Class) {
        return class_methods::store(vm, o, name, v);
    }
    let c = class::type_of(vm, o)?;
    let found = class::lookup(vm, c, name)?;
    if let Some(d) = found
        && is_data(vm, d)?
    {
        return descr::assign(vm, d, o, v);
    }
    store_own(vm, o, name, v, found.is_some())
}

/// Binds or unbinds an attribute of the object's own; `known`: the class defines the name.
fn store_own(
    vm: &mut Vm,
    o: Value,
    name: Value,
    v: Option<Value>,
    known: bool,
) -> Result<(), Raised> {
    let d = match instance::own(vm, o) {
        Own::Store(s) if takes_attributes(vm, o) => {
            return match v {
                Some(v) => instance::set(vm, s, name, v),
                None => match instance::del(vm, s, name)? {
                    true => Ok(()),
                    false => Err(vm.raise_args(ClassId::AttributeError, &[name])),
                },
            };
        }
        Own::Store(_) | Own::Nothing => {
            let n = args::text(vm, name);
            if known {
                let t = vm.type_name(o);
                return Err(raise!(
                    vm,
                    AttributeError,
                    "'{t}' object attribute '{n}' is read-only"
                ));
            }
            return Err(no_attribute(vm, o, &n));
        }
        Own::Layout(Some(d)) => d,
        Own::Layout(None) if v.is_none() => {
            return Err(vm.raise_args(ClassId::AttributeError, &[name]));
        }
        Own::Layout(None) => {
            if let (Some(s), Some(v)) = (instance::begin_store(vm, o)?, v) {
                return instance::set(vm, s, name, v);
            }
            let d = vm.new_dict()?;
            if let Some(s) = instance::layout_dict(vm, o) {
                s.write(&vm.heap, Some(d.value()));
            }
            d
        }
    };
    match v {
        Some(v) => dict::set(vm, d, name, v),
        None => match dict::del(vm, d, name)? {
            true => Ok(()),
            false => Err(vm.raise_args(ClassId::AttributeError, &[name])),
        },
    }
}
/// Whether instances of the object's class have a `__dict__`.
fn takes_attributes(vm: &Vm, o: Value) -> bool {
    o.is_kind(Kind::Exception)
        || instance::class_of(vm, o)
            .and_then(|c| c.get::<ClassObj>(vm))
            .is_some_and(|c| c.has_dict)
}
