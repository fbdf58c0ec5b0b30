//! IMPORT_FROM and IMPORT_STAR.

use crate::object::{ClassId, Value};
use crate::protocol::{attr, item, iter, repr};
use crate::raise;
use crate::types::args::text;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::ops as exceptions;
use crate::types::list::ops as list;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm};

/// `o.name`, or nothing where there is no such attribute.
fn attribute(vm: &mut Vm, o: Value, name: &str) -> Result<Option<Value>, Raised> {
    let name = vm.intern(name)?;
    attr::optional(vm, o, name)
}

/// IMPORT_FROM: an attribute of the module, or the submodule that is imported already.
pub fn import_from(vm: &mut Vm, module: Value, name: Value) -> Result<Value, Raised> {
    if let Some(v) = attr::optional(vm, module, name)? {
        return Ok(v);
    }
    let own = attribute(vm, module, "__name__")?.filter(|n| n.get::<StrObj>(vm).is_some());
    if let Some(own) = own
        && let Some(all) = vm.modules.get().and_then(|m| m.cast::<DictObj>())
    {
        let full = format!("{}.{}", text(vm, own), text(vm, name));
        let full = vm.new_str(&full)?;
        if let Some(m) = dict::get(vm, all, full)? {
            return Ok(m);
        }
    }
    Err(cannot_import(vm, module, own, name))
}

fn cannot_import(vm: &mut Vm, module: Value, own: Option<Value>, name: Value) -> Raised {
    let made = (|| {
        let unknown = vm.new_str("<unknown module name>")?;
        let shown = repr::repr(vm, own.unwrap_or(unknown))?;
        let shown = text(vm, shown);
        let what = repr::repr(vm, name)?;
        let what = text(vm, what);
        let file = attribute(vm, module, "__file__")?.filter(|f| f.get::<StrObj>(vm).is_some());
        let place = match file {
            Some(f) => text(vm, f),
            None => "unknown location".to_string(),
        };
        let how = match file.is_some() && is_initializing(vm, module)? {
            true => {
                format!(
                    "partially initialized module {shown} (most likely due to a circular import)"
                )
            }
            false => shown,
        };
        let msg = vm.new_str(&format!("cannot import name {what} from {how} ({place})"))?;
        let e = vm.new_exception(ClassId::ImportError, &[msg])?;
        exceptions::set_field(vm, e, "name", own.unwrap_or(Value::NONE))?;
        exceptions::set_field(vm, e, "path", file.unwrap_or(Value::NONE))?;
        Ok(e)
    })();
    match made {
        Ok(e) => vm.raise_value(e),
        Err(r) => r,
    }
}

/// Whether the module's `__spec__` says that its code still runs.
fn is_initializing(vm: &mut Vm, module: Value) -> Result<bool, Raised> {
    match attribute(vm, module, "__spec__")? {
        Some(spec) if !spec.is_none() => match attribute(vm, spec, "_initializing")? {
            Some(v) => crate::protocol::truth::is_true(vm, v),
            None => Ok(false),
        },
        Some(_) | None => Ok(false),
    }
}

/// IMPORT_STAR: the names in `__all__`, or those of the module that do not begin with `_`.
pub fn import_star(vm: &mut Vm, locals: Option<Value>, module: Value) -> Result<(), Raised> {
    if locals.is_none() {
        return Err(raise!(vm, SystemError, "no locals found during 'import *'"));
    };
    let (all, listed) = match attribute(vm, module, "__all__")? {
        Some(all) => (all, true),
        None => match attribute(vm, module, "__dict__")? {
            Some(d) if iter::is_iterable(vm, d)? => {
                let keys = list::from_iterable(vm, d)?;
                (keys.value(), false)
            }
            Some(_) | None => {
                return Err(raise!(
                    vm,
                    ImportError,
                    "from-import-* object has no __dict__ and no __all__"
                ));
            }
        },
    };
    if !item::is_sequence(vm, all) {
        let t = vm.type_name(all);
        return Err(match all.get::<DictObj>(vm).is_some() {
            true => raise!(vm, TypeError, "{t} is not a sequence"),
            false => raise!(vm, TypeError, "'{t}' object does not support indexing"),
        });
    }
    let mut i = 0i64;
    loop {
        let at = Value::int_unchecked(i);
        let name = match item::get_item(vm, all, at) {
            Ok(n) => n,
            Err(r) => {
                vm.catch(r, ClassId::IndexError)?;
                return Ok(());
            }
        };
        i += 1;
        vm.poll()?;
        let Some(first) = name
            .get::<StrObj>(vm)
            .map(|s| s.as_bytes().first().copied())
        else {
            return Err(no_name(vm, module, name, listed));
        };
        if !listed && first == Some(b'_') {
            continue;
        }
        let v = attr::get_attr(vm, module, name)?;
        super::name::store(vm, locals, name, v)?;
    }
}

fn no_name(vm: &mut Vm, module: Value, name: Value, listed: bool) -> Raised {
    let own = match vm.intern("__name__") {
        Ok(n) => attr::get_attr(vm, module, n),
        Err(r) => Err(r),
    };
    let own = match own {
        Ok(o) => o,
        Err(r) => return r,
    };
    let t = vm.type_name(name);
    if own.get::<StrObj>(vm).is_none() {
        let t = vm.type_name(own);
        return raise!(vm, TypeError, "module __name__ must be a string, not {t}");
    }
    let own = text(vm, own);
    match listed {
        true => raise!(vm, TypeError, "Item in {own}.__all__ must be str, not {t}"),
        false => raise!(vm, TypeError, "Key in {own}.__dict__ must be str, not {t}"),
    }
}
