//! Specs: what a finder says of a module, and the loading that follows from it (PEP 451, as
//! CPython's `importlib._bootstrap` does it). `sys.meta_path` has our own finders as classes
//! (`finders`): an import that meets one of them goes straight to `find` and `frozen`, and makes no
//! calls; what a program has put there is asked.

use super::{builtin, find, frozen, modules, sys_attribute};
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Value};
use crate::protocol::iter::{self, Flow};
use crate::protocol::{attr, repr, truth};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::dict::ops as dict;
use crate::types::{args, module, namespace};
use crate::vm::{Raised, Vm};

/// What is known of a module before it is there.
pub struct Facts {
    pub name: Value,
    pub loader: Value,
    pub origin: Value,
    /// A package's `__path__`, or None.
    pub search: Value,
    pub cached: Value,
    /// Whether `origin` is a file.
    pub located: bool,
}
impl Facts {
    /// A module, no package, whose source is in no file.
    pub fn new(name: Value, loader: Value, origin: Value) -> Facts {
        Facts {
            name,
            loader,
            origin,
            search: Value::NONE,
            cached: Value::NONE,
            located: false,
        }
    }
}

/// A `ModuleSpec`.
///
/// # Errors
/// MemoryError.
pub fn new(vm: &mut Vm, f: &Facts) -> R {
    namespace::new(
        vm,
        ClassId::ModuleSpec,
        &[
            ("name", f.name),
            ("loader", f.loader),
            ("origin", f.origin),
            ("loader_state", Value::NONE),
            ("submodule_search_locations", f.search),
            ("_set_fileattr", Value::bool(f.located)),
            ("cached", f.cached),
            ("has_location", Value::bool(f.located)),
            ("_initializing", Value::FALSE),
        ],
    )
}

/// `ModuleSpec(name, loader, *, origin=None, loader_state=None, is_package=None)`
///
/// # Errors
/// TypeError for other arguments.
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let names = ["name", "loader", "origin", "loader_state", "is_package"];
    let [name, loader, origin, state, package] = args::parse(vm, "ModuleSpec", a, names, 2, 2)?;
    let search = match package {
        Some(p) if truth::is_true(vm, p)? => vm.new_list(&[])?.value(),
        _ => Value::NONE,
    };
    let none = |v: Option<Value>| v.unwrap_or(Value::NONE);
    let s = new(
        vm,
        &Facts {
            search,
            ..Facts::new(none(name), none(loader), none(origin))
        },
    )?;
    namespace::set(vm, s, "loader_state", none(state))?;
    Ok(s)
}

/// `spec.parent`: the package that the module is in, or is.
///
/// # Errors
/// MemoryError.
pub fn parent(vm: &mut Vm, spec: Value) -> Result<Option<Value>, Raised> {
    let Some(d) = namespace::dict_of(vm, spec) else {
        return Ok(None);
    };
    let name = dict::get_name(vm, d, "name")?.unwrap_or(Value::NONE);
    let search = dict::get_name(vm, d, "submodule_search_locations")?;
    if search.is_some_and(|s| !s.is_none()) {
        return Ok(Some(name));
    }
    let name = vm.text(name);
    let parent = name.rsplit_once('.').map_or("", |(p, _)| p);
    vm.new_str(parent).map(Some)
}

/// An attribute of a spec, of a loader or of a module; None where there is none.
fn get(vm: &mut Vm, o: Value, name: &str) -> R {
    let name = vm.intern(name)?;
    Ok(attr::optional(vm, o, name)?.unwrap_or(Value::NONE))
}
/// Sets one where that is possible.
fn set(vm: &mut Vm, o: Value, name: &str, v: Value) -> Result<(), Raised> {
    let name = vm.intern(name)?;
    match attr::set_attr(vm, o, name, v) {
        Ok(()) => Ok(()),
        Err(r) => vm.catch(r, ClassId::AttributeError).map(|_| ()),
    }
}
/// A method that an object may lack.
fn method(vm: &mut Vm, o: Value, name: &str) -> Result<Option<Value>, Raised> {
    let name = vm.intern(name)?;
    attr::optional(vm, o, name)
}

/// The attributes that say where a module comes from. Without `anew` those that it has stay.
///
/// # Errors
/// What the spec's attributes raise.
pub fn describe(vm: &mut Vm, spec: Value, m: Value, anew: bool) -> Result<(), Raised> {
    let located = get(vm, spec, "has_location")?;
    let located = truth::is_true(vm, located)?;
    let loaderless = get(vm, spec, "loader")?.is_none()
        && !get(vm, spec, "submodule_search_locations")?.is_none();
    let rows = [
        ("__name__", "name", true),
        ("__loader__", "loader", true),
        ("__package__", "parent", true),
        ("__spec__", "", true),
        ("__path__", "submodule_search_locations", false),
        ("__file__", "origin", false),
        ("__cached__", "cached", false),
    ];
    for (to, from, always) in rows {
        let v = match from {
            "" => spec,
            _ => get(vm, spec, from)?,
        };
        let wanted = match to {
            "__path__" => !v.is_none(),
            // A package without a file has None there.
            "__file__" => located || loaderless,
            "__cached__" => located && !v.is_none(),
            _ => always,
        };
        if wanted && (anew || to == "__spec__" || get(vm, m, to)?.is_none()) {
            set(vm, m, to, v)?;
        }
    }
    Ok(())
}

/// `importlib.util.module_from_spec(spec)`: the module, made and described, not run.
///
/// # Errors
/// ImportError; what the loader raises.
pub fn module_from_spec(vm: &mut Vm, spec: Value) -> R {
    let key = vm.intern("loader")?;
    let loader = crate::protocol::attr::get_attr(vm, spec, key)?;
    let mut m = Value::NONE;
    if let Some(create) = method(vm, loader, "create_module")? {
        m = vm.call(create, Args::pos(&[spec]))?;
    } else if method(vm, loader, "exec_module")?.is_some() {
        return Err(raise!(
            vm,
            ImportError,
            "loaders that define exec_module() must also define create_module()"
        ));
    }
    if m.is_none() {
        let name = get(vm, spec, "name")?;
        m = module::new(vm, name, Value::NONE)?.value();
    }
    describe(vm, spec, m, false)?;
    Ok(m)
}

/// Runs what fills a module that stands in `sys.modules` under `name`; the module, or what it has put
/// there instead.
///
/// # Errors
/// What `fill` raises; the module is taken out again.
pub fn fill(
    vm: &mut Vm,
    name: Value,
    spec: Value,
    fill: impl FnOnce(&mut Vm) -> Result<(), Raised>,
) -> R {
    set(vm, spec, "_initializing", Value::TRUE)?;
    let r = fill(vm);
    if let Err(r) = r {
        let e = vm.catch(r, ClassId::BaseException)?;
        set(vm, spec, "_initializing", Value::FALSE)?;
        let all = modules(vm)?;
        dict::del(vm, all, name)?;
        return Err(vm.reraise(e));
    }
    set(vm, spec, "_initializing", Value::FALSE)?;
    last(vm, name)
}

/// What stands in `sys.modules` under the name, which becomes its last entry.
fn last(vm: &mut Vm, name: Value) -> R {
    let all = modules(vm)?;
    match dict::pop(vm, all, name)? {
        Some(m) => {
            dict::set(vm, all, name, m)?;
            Ok(m)
        }
        None => Err(vm.raise_args(ClassId::KeyError, &[name])),
    }
}

/// Loads the module that a spec describes.
///
/// # Errors
/// ImportError; what the loader and the module's code raise.
pub fn load(vm: &mut Vm, spec: Value) -> R {
    let (name, loader) = (get(vm, spec, "name")?, get(vm, spec, "loader")?);
    if !loader.is_none() && method(vm, loader, "exec_module")?.is_none() {
        return load_old(vm, spec, name, loader);
    }
    let m = module_from_spec(vm, spec)?;
    let all = modules(vm)?;
    dict::set(vm, all, name, m)?;
    fill(vm, name, spec, |vm| execute(vm, spec, loader, m))
}

/// A loader from before specs, which does all itself.
fn load_old(vm: &mut Vm, spec: Value, name: Value, loader: Value) -> R {
    let key = vm.intern("load_module")?;
    let f = attr::get_attr(vm, loader, key)?;
    vm.call(f, Args::pos(&[name]))?;
    let m = last(vm, name)?;
    if get(vm, m, "__spec__")?.is_none() {
        set(vm, m, "__spec__", spec)?;
    }
    if get(vm, m, "__loader__")?.is_none() {
        set(vm, m, "__loader__", loader)?;
    }
    Ok(m)
}

fn execute(vm: &mut Vm, spec: Value, loader: Value, m: Value) -> Result<(), Raised> {
    if loader.is_none() {
        // A package of directories without code.
        if get(vm, spec, "submodule_search_locations")?.is_none() {
            return Err(raise!(vm, ImportError, "missing loader"));
        }
        return Ok(());
    }
    let key = vm.intern("exec_module")?;
    let f = attr::get_attr(vm, loader, key)?;
    vm.call(f, Args::pos(&[m])).map(|_| ())
}

/// Runs a module again, as `importlib.reload` does.
///
/// # Errors
/// ImportError when it is not in `sys.modules`; what its code raises.
pub fn execute_again(vm: &mut Vm, spec: Value, m: Value) -> R {
    let (name, loader) = (get(vm, spec, "name")?, get(vm, spec, "loader")?);
    let all = modules(vm)?;
    if dict::get(vm, all, name)? != Some(m) {
        let shown = repr::repr(vm, name)?;
        let shown = vm.text(shown);
        return Err(raise!(vm, ImportError, "module {shown} not in sys.modules"));
    }
    describe(vm, spec, m, true)?;
    if !loader.is_none() && method(vm, loader, "exec_module")?.is_none() {
        return load_old(vm, spec, name, loader);
    }
    execute(vm, spec, loader, m)?;
    last(vm, name)
}

/// Who looks for modules.
enum Finder {
    Builtin,
    Files,
    Library,
    Program,
}
fn finder(vm: &Vm, f: Value) -> Finder {
    match class::builtin_of(vm, f) {
        Some(ClassId::BuiltinImporter) => Finder::Builtin,
        Some(ClassId::PathFinder) => Finder::Files,
        Some(ClassId::FrozenImporter) => Finder::Library,
        Some(_) | None => Finder::Program,
    }
}

/// Loads a module as the first finder of `sys.meta_path` says that knows it. `tail` is the last part of
/// its name, `path` where its package looks (none for a module without parent). `None` when there is no
/// such module.
///
/// # Errors
/// What a finder, a loader or the module's code raises; it is not in `sys.modules` then.
pub fn find_and_load(
    vm: &mut Vm,
    name: Value,
    tail: &str,
    path: Option<Value>,
) -> Result<Option<Value>, Raised> {
    // It holds the finders.
    if path.is_none() && tail == "sys" {
        return builtin(vm, tail);
    }
    let mut found = None;
    each_finder(vm, |vm, f| {
        found = match finder(vm, f) {
            Finder::Builtin if path.is_some() => None,
            Finder::Builtin => builtin(vm, tail)?,
            Finder::Files => match find::place(vm, tail, path)? {
                Some(p) => Some(find::load(vm, name, &p)?),
                None => None,
            },
            Finder::Library => frozen::module(vm, name, path)?,
            Finder::Program => match ask(vm, f, name, path, Value::NONE)? {
                Some(spec) => Some(load(vm, spec)?),
                None => None,
            },
        };
        Ok(if found.is_some() {
            Flow::Stop
        } else {
            Flow::Go
        })
    })?;
    Ok(found)
}

fn each_finder(
    vm: &mut Vm,
    f: impl FnMut(&mut Vm, Value) -> Result<Flow, Raised>,
) -> Result<(), Raised> {
    match sys_attribute(vm, "meta_path")?.filter(|f| !f.is_none()) {
        Some(all) => iter::for_each(vm, all, f),
        None => Err(raise!(
            vm,
            ImportError,
            "sys.meta_path is None, Python is likely shutting down"
        )),
    }
}

/// The spec of a module, from the first finder that knows it.
///
/// # Errors
/// What a finder raises.
pub fn find_spec(vm: &mut Vm, name: Value, path: Option<Value>, target: Value) -> R {
    let mut found = Value::NONE;
    each_finder(vm, |vm, f| {
        if let Some(spec) = ask(vm, f, name, path, target)? {
            found = spec;
            return Ok(Flow::Stop);
        }
        Ok(Flow::Go)
    })?;
    Ok(found)
}

/// What one finder says.
fn ask(
    vm: &mut Vm,
    f: Value,
    name: Value,
    path: Option<Value>,
    target: Value,
) -> Result<Option<Value>, Raised> {
    let path = path.unwrap_or(Value::NONE);
    if let Some(find) = method(vm, f, "find_spec")? {
        let s = vm.call(find, Args::pos(&[name, path, target]))?;
        return Ok(Some(s).filter(|s| !s.is_none()));
    }
    let Some(find) = method(vm, f, "find_module")? else {
        return Ok(None);
    };
    let loader = vm.call(find, Args::pos(&[name, path]))?;
    if loader.is_none() {
        return Ok(None);
    }
    from_loader(vm, name, loader, None).map(Some)
}

/// `importlib.util.spec_from_loader(name, loader, is_package=…)`
///
/// # Errors
/// What the loader raises, but for an ImportError of `is_package`.
pub fn from_loader(vm: &mut Vm, name: Value, loader: Value, package: Option<bool>) -> R {
    let package = match (package, method(vm, loader, "is_package")?) {
        (Some(p), _) => p,
        (None, None) => false,
        (None, Some(f)) => match vm.call(f, Args::pos(&[name])) {
            Ok(p) => truth::is_true(vm, p)?,
            Err(r) => {
                vm.catch(r, ClassId::ImportError)?;
                false
            }
        },
    };
    let origin = match method(vm, loader, "get_filename")? {
        Some(f) => vm.call(f, Args::pos(&[name]))?,
        None => Value::NONE,
    };
    let search = match (package, origin.is_none()) {
        (false, _) => Value::NONE,
        (true, true) => vm.new_list(&[])?.value(),
        (true, false) => {
            let file = vm.text(origin);
            let dir = file.rsplit_once('/').map_or("", |(d, _)| d);
            let dir = vm.new_str(dir)?;
            vm.new_list(&[dir])?.value()
        }
    };
    let cached = match origin.is_none() {
        true => Value::NONE,
        false => {
            let file = vm.text(origin);
            find::cached(vm, &file)?
        }
    };
    new(
        vm,
        &Facts {
            search,
            cached,
            located: !origin.is_none(),
            ..Facts::new(name, loader, origin)
        },
    )
}

/// The namespace in which a module's code runs.
///
/// # Errors
/// What the module's attributes raise; SystemError when it has no namespace.
pub fn namespace_of(
    vm: &mut Vm,
    m: Value,
) -> Result<Gc<crate::types::dict::value::DictObj>, Raised> {
    if let Some(d) = module::dict_of(vm, m) {
        return Ok(d);
    }
    match get(vm, m, "__dict__")?.cast() {
        Some(d) => Ok(d),
        None => Err(raise!(vm, SystemError, "a module without a namespace")),
    }
}

/// The name that a module's spec has.
///
/// # Errors
/// What the attributes raise.
pub fn name_of(vm: &mut Vm, m: Value) -> R {
    let spec = get(vm, m, "__spec__")?;
    match spec.is_none() {
        true => get(vm, m, "__name__"),
        false => get(vm, spec, "name"),
    }
}
