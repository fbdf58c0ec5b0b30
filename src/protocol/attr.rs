//! Attributes: `o.name`, read, bound, assigned and deleted.
//!
//! The order is CPython's: what the class computes (its data descriptors), then the object's own dict,
//! then what the class or a base defines, bound to the object if it is a method.

use crate::object::method::R;
use crate::object::{ClassId, Gc, Kind, Value};
use crate::raise;
use crate::types::args;
use crate::types::builtin::value::BoundMethodObj;
use crate::types::class::ops as class;
use crate::types::descr::methods as descr;
use crate::types::descr::value::GetSetObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::value::ExceptionObj;
use crate::types::function::value::FunctionObj;
use crate::types::module::value::ModuleObj;
use crate::types::namespace::value::NamespaceObj;
use crate::vm::{Raised, Vm};

/// The dict of an object's own attributes, if it has one already.
fn own_dict(vm: &Vm, o: Value) -> Option<Gc<DictObj>> {
    let d = match o.kind()? {
        Kind::Module => o.get::<ModuleObj>(vm)?.dict.get(),
        Kind::Namespace => o.get::<NamespaceObj>(vm)?.dict.get(),
        Kind::Function => o.get::<FunctionObj>(vm)?.dict.get(),
        Kind::Exception => o.get::<ExceptionObj>(vm)?.dict.get(),
        _ => None,
    };
    d?.cast()
}
/// Whether objects of this layout take attributes of their own.
fn has_dict(o: Value) -> bool {
    matches!(
        o.kind(),
        Some(Kind::Module | Kind::Namespace | Kind::Function | Kind::Exception)
    )
}

/// Binds what a class defines to an object.
fn bind(vm: &mut Vm, found: Value, o: Value) -> R {
    descr::bind(vm, found, Some(o), None)
}
/// Whether an attribute that a class defines comes before the object's own.
fn is_data(found: Value) -> bool {
    found.is_kind(Kind::GetSet)
}

/// What an attribute turned out to be.
enum Found {
    /// Its value.
    Value(Value),
    /// A method of the class, not bound yet.
    Method(Value),
    Nothing,
}

fn find(vm: &mut Vm, o: Value, name: Value) -> Result<Found, Raised> {
    if let Some(id) = class::id_of(vm, o) {
        return find_in_class(vm, o, id, name);
    }
    let id = vm.class_of(o);
    let found = class::lookup(vm, id, name)?;
    if let Some(d) = found.filter(|d| is_data(*d)) {
        if let Some(v) = computed(vm, d, o)? {
            return Ok(Found::Value(v));
        }
    } else if let Some(v) = own_dict(vm, o).and_then(|d| dict::get_str(vm, d, name)) {
        return Ok(Found::Value(v));
    } else if let Some(v) = found {
        return match v.kind() {
            Some(Kind::MethodDescr | Kind::Function) if !is_class_method(vm, v) => {
                Ok(Found::Method(v))
            }
            _ => bind(vm, v, o).map(Found::Value),
        };
    }
    // A bound method answers for its function.
    if let Some(m) = o.get::<BoundMethodObj>(vm) {
        let f = m.func.get_or_none();
        return find(vm, f, name);
    }
    Ok(Found::Nothing)
}

fn is_class_method(vm: &Vm, d: Value) -> bool {
    vm.class_of(d) == ClassId::ClassMethodDescriptor
}

/// The value of a computed attribute, where the object has it.
fn computed(vm: &mut Vm, d: Value, o: Value) -> Result<Option<Value>, Raised> {
    match d.get::<GetSetObj>(vm).map(|d| d.getter) {
        Some(g) => (g.get)(vm, o),
        None => Ok(None),
    }
}

/// Attributes of a class object: the metaclass's computed ones, then its own and its bases',
/// bound to no object, then the metaclass's methods.
fn find_in_class(vm: &mut Vm, o: Value, id: ClassId, name: Value) -> Result<Found, Raised> {
    let meta = class::lookup(vm, ClassId::Type, name)?;
    if let Some(d) = meta.filter(|d| is_data(*d))
        && let Some(v) = computed(vm, d, o)?
    {
        return Ok(Found::Value(v));
    }
    if let Some(v) = class::lookup(vm, id, name)? {
        return descr::bind(vm, v, None, Some(o)).map(Found::Value);
    }
    match meta {
        Some(v) if v.is_kind(Kind::MethodDescr) && !is_class_method(vm, v) => Ok(Found::Method(v)),
        Some(v) => bind(vm, v, o).map(Found::Value),
        None => Ok(Found::Nothing),
    }
}

fn missing(vm: &mut Vm, o: Value, name: Value) -> Raised {
    let n = args::text(vm, name);
    if let Some(id) = class::id_of(vm, o) {
        return raise!(
            vm,
            AttributeError,
            "type object '{}' has no attribute '{n}'",
            id.name()
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

/// `o.name`; `name` is a str.
pub fn get_attr(vm: &mut Vm, o: Value, name: Value) -> R {
    match lookup(vm, o, name)? {
        Some(v) => Ok(v),
        None => Err(missing(vm, o, name)),
    }
}

/// A special method of `o`: what its class defines under the name, bound, whatever `o` itself holds.
pub fn lookup_special(vm: &mut Vm, o: Value, name: Value) -> Result<Option<Value>, Raised> {
    let id = vm.class_of(o);
    match class::lookup(vm, id, name)? {
        Some(m) => bind(vm, m, o).map(Some),
        None => Ok(None),
    }
}

/// LOAD_METHOD: the callable and its receiver, when it is a method that need not be bound.
pub fn load_method(vm: &mut Vm, o: Value, name: Value) -> Result<(Value, Option<Value>), Raised> {
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
    if let Some(id) = class::id_of(vm, o) {
        return Err(raise!(
            vm,
            TypeError,
            "can't set attributes of built-in/extension type '{}'",
            crate::types::full_name(id)
        ));
    }
    let id = vm.class_of(o);
    let found = class::lookup(vm, id, name)?;
    if let Some(d) = found.filter(|d| is_data(*d)) {
        return descr::assign(vm, d, o, v);
    }
    if has_dict(o) {
        return store_own(vm, o, name, v);
    }
    let n = args::text(vm, name);
    if found.is_some() {
        let t = vm.type_name(o);
        return Err(raise!(
            vm,
            AttributeError,
            "'{t}' object attribute '{n}' is read-only"
        ));
    }
    Err(no_attribute(vm, o, &n))
}

fn store_own(vm: &mut Vm, o: Value, name: Value, v: Option<Value>) -> Result<(), Raised> {
    let d = match own_dict(vm, o) {
        Some(d) => d,
        None if v.is_none() => {
            return Err(vm.raise_args(ClassId::AttributeError, &[name]));
        }
        None => {
            let d = vm.new_dict()?;
            let v = Some(d.value());
            if let Some(f) = o.get::<FunctionObj>(vm) {
                f.dict.write(&vm.heap, v);
            } else if let Some(e) = o.get::<ExceptionObj>(vm) {
                e.dict.write(&vm.heap, v);
            } else if let Some(m) = o.get::<ModuleObj>(vm) {
                m.dict.write(&vm.heap, v);
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
