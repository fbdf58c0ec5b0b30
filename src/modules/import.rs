//! The import statement: IMPORT_NAME, and `__import__` behind it.
//!
//! Order, as CPython's: the absolute name, then `sys.modules`, then the parents from the left, then
//! `load` (what the finders of `sys.meta_path` know; see `spec`). A module stands in `sys.modules` before it
//! runs, so a cycle meets it half made; one that fails is taken out again.

use super::{modules, not_found, spec};
use crate::object::method::R;
use crate::object::{Args, ClassId, Kind, Value};
use crate::protocol::{attr, item, truth};
use crate::raise;
use crate::types::builtin::value::BuiltinObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::ops as exceptions;
use crate::types::list::ops as list;
use crate::vm::{Capability, Raised, Vm};

/// IMPORT_NAME: calls `builtins.__import__`, which a program may have replaced.
///
/// # Errors
/// What the import raises.
pub fn import_name(
    vm: &mut Vm,
    name: Value,
    globals: Value,
    locals: Option<Value>,
    fromlist: Value,
    level: Value,
) -> R {
    let hook = match vm.builtins.get().and_then(|b| b.cast()) {
        Some(b) => dict::get_name(vm, b, "__import__")?,
        None => None,
    };
    let Some(hook) = hook else {
        return Err(raise!(vm, ImportError, "__import__ not found"));
    };
    let ours = hook
        .get::<BuiltinObj>(vm)
        .is_some_and(|b| b.def.name == "__import__");
    if ours {
        let level = item::as_c_int(vm, level)?;
        return import(vm, name, Some(globals), fromlist, level);
    }
    let locals = locals.unwrap_or(Value::NONE);
    vm.call(hook, Args::pos(&[name, globals, locals, fromlist, level]))
}

/// `__import__(name, globals, None, fromlist, level)`
///
/// # Errors
/// What the import raises.
pub fn import(vm: &mut Vm, name: Value, globals: Option<Value>, fromlist: Value, level: i32) -> R {
    if !name.is_kind(Kind::Str) {
        return Err(raise!(vm, TypeError, "module name must be a string"));
    }
    if level < 0 {
        return Err(raise!(vm, ValueError, "level must be >= 0"));
    }
    let text = vm.text(name);
    let full = if level > 0 {
        absolute(vm, &text, globals, level as usize)?
    } else if text.is_empty() {
        return Err(raise!(vm, ValueError, "Empty module name"));
    } else {
        name
    };
    let found = find_and_load(vm, full)?;
    if !fromlist.is_none() && truth::is_true(vm, fromlist)? {
        return submodules(vm, found, fromlist).map(|()| found);
    }
    // Without names to take, the statement binds the first part.
    let Some(dot) = text.find('.') else {
        return Ok(found);
    };
    let first = if level == 0 {
        text[..dot].to_owned()
    } else {
        let full = vm.text(full);
        let keep = full.len().saturating_sub(text.len() - dot);
        full[..keep].to_owned()
    };
    let first = vm.new_str(&first)?;
    if level == 0 {
        return find_and_load(vm, first);
    }
    let all = modules(vm)?;
    match dict::get(vm, all, first)? {
        Some(m) => Ok(m),
        None => {
            let shown = vm.text(first);
            Err(raise!(
                vm,
                KeyError,
                "'{shown}' not in sys.modules as expected"
            ))
        }
    }
}

/// The absolute name of a relative import.
fn absolute(vm: &mut Vm, name: &str, globals: Option<Value>, level: usize) -> R {
    let globals = match globals.and_then(|g| g.cast::<DictObj>()) {
        Some(g) => g,
        None => return Err(raise!(vm, TypeError, "globals must be a dict")),
    };
    let mut package = dict::get_name(vm, globals, "__package__")?.filter(|p| !p.is_none());
    if let Some(p) = package
        && !p.is_kind(Kind::Str)
    {
        return Err(raise!(vm, TypeError, "package must be a string"));
    }
    if package.is_none()
        && let Some(spec) = dict::get_name(vm, globals, "__spec__")?.filter(|s| !s.is_none())
    {
        let parent = vm.intern("parent")?;
        package = Some(attr::get_attr(vm, spec, parent)?);
    }
    let package = match package {
        Some(p) => vm.text(p),
        None => {
            let Some(own) = dict::get_name(vm, globals, "__name__")? else {
                return Err(raise!(vm, KeyError, "'__name__' not in globals"));
            };
            let own = vm.text(own);
            if dict::get_name(vm, globals, "__path__")?.is_some() {
                own
            } else {
                own.rsplit_once('.')
                    .map_or(String::new(), |(p, _)| p.to_owned())
            }
        }
    };
    if package.is_empty() {
        return Err(raise!(
            vm,
            ImportError,
            "attempted relative import with no known parent package"
        ));
    }
    let mut base = package.as_str();
    for _ in 1..level {
        match base.rsplit_once('.') {
            Some((p, _)) => base = p,
            None => {
                return Err(raise!(
                    vm,
                    ValueError,
                    "attempted relative import beyond top-level package"
                ));
            }
        }
    }
    if name.is_empty() {
        vm.new_str(base)
    } else {
        vm.new_str(&format!("{base}.{name}"))
    }
}

/// The module of an absolute name, from `sys.modules` or loaded now.
///
/// # Errors
/// ModuleNotFoundError; what its code raises.
pub fn find_and_load(vm: &mut Vm, name: Value) -> R {
    let all = modules(vm)?;
    if let Some(m) = dict::get(vm, all, name)? {
        if m.is_none() {
            let n = vm.text(name);
            let msg = format!("import of {n} halted; None in sys.modules");
            return Err(not_found(vm, &msg, name));
        }
        return Ok(m);
    }
    let text = vm.text(name);
    // Parents that are missing are loaded from the left; the rightmost one that is there counts.
    let mut from = 0;
    for (i, _) in text.rmatch_indices('.') {
        vm.poll()?;
        let parent = vm.new_str(&text[..i])?;
        let all = modules(vm)?;
        if dict::get(vm, all, parent)?.is_some() {
            from = i + 1;
            break;
        }
    }
    loop {
        vm.poll()?;
        let end = text[from..].find('.').map_or(text.len(), |i| from + i);
        let part = if end == text.len() {
            name
        } else {
            vm.new_str(&text[..end])?
        };
        let all = modules(vm)?;
        let m = match dict::get(vm, all, part)? {
            // Its parent has imported it.
            Some(m) => m,
            None => load(vm, part, &text[..end])?,
        };
        if end == text.len() {
            return Ok(m);
        }
        from = end + 1;
    }
}

/// Loads one module whose parent is loaded, and binds it in the parent.
fn load(vm: &mut Vm, name: Value, text: &str) -> R {
    let (parent, tail) = match text.rsplit_once('.') {
        None => (None, text),
        Some((p, tail)) => {
            let key = vm.new_str(p)?;
            let all = modules(vm)?;
            let Some(m) = dict::get(vm, all, key)? else {
                return Err(vm.raise_args(ClassId::KeyError, &[key]));
            };
            (Some((m, p)), tail)
        }
    };
    let path = match parent {
        None => None,
        Some((m, p)) => {
            let key = vm.intern("__path__")?;
            match attr::optional(vm, m, key)? {
                Some(path) => Some(path),
                None => {
                    let msg = format!("No module named '{text}'; '{p}' is not a package");
                    return Err(not_found(vm, &msg, name));
                }
            }
        }
    };
    let m = match spec::find_and_load(vm, name, tail, path)? {
        Some(m) => m,
        None => {
            let msg = format!("No module named '{text}'");
            let r = not_found(vm, &msg, name);
            vm.mark_denied(Capability::Imports);
            return Err(r);
        }
    };
    if let Some((parent, _)) = parent {
        let tail = vm.intern(tail)?;
        attr::set_attr(vm, parent, tail, m)?;
    }
    Ok(m)
}

/// `from package import names`: names that are modules of the package and not yet its attributes.
fn submodules(vm: &mut Vm, package: Value, names: Value) -> Result<(), Raised> {
    let key = vm.intern("__path__")?;
    if attr::optional(vm, package, key)?.is_none() {
        return Ok(());
    }
    let key = vm.intern("__name__")?;
    let own = attr::get_attr(vm, package, key)?;
    let own = vm.text(own);
    // `__all__` of the package stands for a star in it; it holds no stars of its own.
    let todo = list::from_iterable(vm, names)?;
    let mut i = 0;
    let mut starred = false;
    while let Some(n) = list::item(vm, todo, i) {
        i += 1;
        vm.poll()?;
        if !n.is_kind(Kind::Str) {
            let t = vm.type_name(n);
            let place = if starred {
                format!("{own}.__all__")
            } else {
                "``from list''".to_owned()
            };
            return Err(raise!(
                vm,
                TypeError,
                "Item in {place} must be str, not {t}"
            ));
        }
        let text = vm.text(n);
        if text == "*" {
            let key = vm.intern("__all__")?;
            if !starred && let Some(all) = attr::optional(vm, package, key)? {
                starred = true;
                list::extend(vm, todo, all)?;
            }
            continue;
        }
        if attr::optional(vm, package, n)?.is_some() {
            continue;
        }
        let full = vm.new_str(&format!("{own}.{text}"))?;
        if let Err(r) = find_and_load(vm, full) {
            // That there is no such module is for IMPORT_FROM to say.
            let e = vm.catch(r, ClassId::ModuleNotFoundError)?;
            let missing = exceptions::field(vm, e, "name").map(|n| vm.text(n));
            let all = modules(vm)?;
            let halted = dict::get(vm, all, full)?.is_some();
            if missing != Some(vm.text(full)) || halted {
                return Err(vm.reraise(e));
            }
        }
    }
    Ok(())
}
