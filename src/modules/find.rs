//! Where modules come from: the builtin ones, then the directories of `sys.path` (or of a package's
//! `__path__`), each with a package before a file of the same name, then the library in the binary
//! (see `frozen`). Files are seen only where `Config::files` allows it.

use super::{builtin, frozen, modules};
use crate::compile::{self, Mode, decode};
use crate::object::method::R;
use crate::object::{ClassId, Gc, Kind, Value};
use crate::protocol::iter::{self, Flow};
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::syntax;
use crate::types::list::ops as list;
use crate::types::{code, module, namespace, stream};
use crate::vm::{Raised, Vm};
use std::path::Path;

/// Where a module lies.
pub struct Place {
    /// Its source.
    pub file: String,
    /// The directory, of a package.
    pub package: Option<String>,
}

/// Loads a module: `tail` is the last part of its name, `path` where its package looks (none for a
/// module without parent). `None` when there is no such module.
///
/// # Errors
/// What its code raises; it is not in `sys.modules` then.
pub fn module(
    vm: &mut Vm,
    name: Value,
    tail: &str,
    path: Option<Value>,
) -> Result<Option<Value>, Raised> {
    if path.is_none()
        && let Some(m) = builtin(vm, tail)?
    {
        return Ok(Some(m));
    }
    match place(vm, tail, path)? {
        Some(p) => load(vm, name, &p).map(Some),
        None => frozen::module(vm, name, path),
    }
}

/// Whether a module is built in.
pub fn is_builtin(name: &str) -> bool {
    super::builtin_names().any(|n| n == name)
}

/// Looks for a module in files.
///
/// # Errors
/// What going through the path raises.
pub fn place(vm: &mut Vm, tail: &str, path: Option<Value>) -> Result<Option<Place>, Raised> {
    if !vm.config.files || tail.is_empty() || tail.contains(['/', '\0']) {
        return Ok(None);
    }
    let path = match path {
        Some(p) => p,
        None => match super::sys_attribute(vm, "path")? {
            Some(p) => p,
            None => {
                return Err(raise!(
                    vm,
                    RuntimeError,
                    "sys.path must be a list of directory names"
                ));
            }
        },
    };
    let mut found = None;
    iter::for_each(vm, path, |vm, entry| {
        if entry.is_kind(Kind::Str) {
            found = in_directory(&vm.text(entry), tail);
        }
        Ok(if found.is_some() {
            Flow::Stop
        } else {
            Flow::Go
        })
    })?;
    Ok(found)
}

fn in_directory(entry: &str, tail: &str) -> Option<Place> {
    let entry = match entry {
        "" => std::env::current_dir().ok()?.to_string_lossy().into_owned(),
        e if e.starts_with('/') => e.to_owned(),
        e => {
            let here = std::env::current_dir().ok()?;
            format!("{}/{e}", here.to_string_lossy())
        }
    };
    let base = match entry.trim_end_matches('/') {
        "" => format!("/{tail}"),
        e => format!("{e}/{tail}"),
    };
    let is_file = |f: &str| Path::new(f).is_file();
    let init = format!("{base}/__init__.py");
    if is_file(&init) {
        return Some(Place {
            file: init,
            package: Some(base),
        });
    }
    let file = format!("{base}.py");
    is_file(&file).then_some(Place {
        file,
        package: None,
    })
}

/// Makes the module, puts it into `sys.modules` and runs it.
fn load(vm: &mut Vm, name: Value, p: &Place) -> R {
    let m = module::new(vm, name, Value::NONE)?.value();
    let Some(d) = module::dict_of(vm, m) else {
        return Err(raise!(vm, SystemError, "a module without a namespace"));
    };
    let spec = describe(vm, d, name, p)?;
    let all = modules(vm)?;
    dict::set(vm, all, name, m)?;
    let file = &p.file;
    run(vm, name, spec, d, |vm| code_of(vm, file))
}

/// Runs the code of a module that stands in `sys.modules`; the module, or what it has put there
/// instead.
///
/// # Errors
/// What getting the code or running it raises; the module is taken out again.
pub fn run(
    vm: &mut Vm,
    name: Value,
    spec: Value,
    d: Gc<DictObj>,
    code: impl FnOnce(&mut Vm) -> Result<Gc<code::value::CodeObj>, Raised>,
) -> R {
    let r = code(vm).and_then(|code| {
        set_builtins(vm, d)?;
        vm.run_module(code, d)
    });
    match r {
        Ok(_) => namespace::set(vm, spec, "_initializing", Value::FALSE)?,
        Err(r) => {
            let e = vm.catch(r, ClassId::BaseException)?;
            namespace::set(vm, spec, "_initializing", Value::FALSE)?;
            let all = modules(vm)?;
            dict::del(vm, all, name)?;
            return Err(vm.reraise(e));
        }
    }
    // The module may have put something else in its place; it is the last of `sys.modules` now.
    let all = modules(vm)?;
    match dict::pop(vm, all, name)? {
        Some(m) => {
            dict::set(vm, all, name, m)?;
            Ok(m)
        }
        None => Err(vm.raise_args(ClassId::KeyError, &[name])),
    }
}

/// The attributes that say where a module comes from; its spec.
///
/// # Errors
/// MemoryError.
pub fn describe(vm: &mut Vm, d: Gc<DictObj>, name: Value, p: &Place) -> R {
    let full = vm.text(name);
    let parent = match (&p.package, full.rsplit_once('.')) {
        (Some(_), _) => full.as_str(),
        (None, Some((parent, _))) => parent,
        (None, None) => "",
    };
    let parent = vm.new_str(parent)?;
    let file = vm.new_str(&p.file)?;
    let cached = match p.file.rsplit_once('/') {
        Some((dir, f)) => {
            let stem = f.strip_suffix(".py").unwrap_or(f);
            format!("{dir}/__pycache__/{stem}.{}.pyc", super::sys::CACHE_TAG)
        }
        None => String::new(),
    };
    let cached = vm.new_str(&cached)?;
    let loader = namespace::new(
        vm,
        ClassId::SourceFileLoader,
        &[("name", name), ("path", file)],
    )?;
    let path = match &p.package {
        Some(dir) => {
            let dir = vm.new_str(dir)?;
            vm.new_list(&[dir])?.value()
        }
        None => Value::NONE,
    };
    let spec = namespace::new(
        vm,
        ClassId::ModuleSpec,
        &[
            ("name", name),
            ("loader", loader),
            ("origin", file),
            ("loader_state", Value::NONE),
            ("submodule_search_locations", path),
            ("_set_fileattr", Value::TRUE),
            ("cached", cached),
            ("parent", parent),
            ("has_location", Value::TRUE),
            ("_initializing", Value::TRUE),
        ],
    )?;
    let attrs = [
        ("__package__", parent),
        ("__loader__", loader),
        ("__spec__", spec),
    ];
    for (k, v) in attrs {
        dict::set_name(vm, d, k, v)?;
    }
    if !path.is_none() {
        dict::set_name(vm, d, "__path__", path)?;
    }
    dict::set_name(vm, d, "__file__", file)?;
    dict::set_name(vm, d, "__cached__", cached)?;
    Ok(spec)
}

/// `__builtins__`, which running code adds to its globals.
fn set_builtins(vm: &mut Vm, d: Gc<DictObj>) -> Result<(), Raised> {
    match vm.builtins.get() {
        Some(b) => dict::set_name(vm, d, "__builtins__", b),
        None => Ok(()),
    }
}

/// Reads and compiles the source of a module.
///
/// # Errors
/// OSError, SyntaxError and its kin.
pub fn code_of(vm: &mut Vm, file: &str) -> Result<Gc<code::value::CodeObj>, Raised> {
    let size = std::fs::metadata(file).map_or(0, |m| m.len());
    vm.ensure_room(usize::try_from(size).unwrap_or(usize::MAX))?;
    let bytes = match std::fs::read(file) {
        Ok(b) => b,
        Err(e) => {
            let file = vm.new_str(file)?;
            return Err(stream::os_error(vm, e, Some(file)));
        }
    };
    let options = compile::Options {
        optimize: vm.config.flags.optimize,
        ..Default::default()
    };
    let made = decode::decode(&bytes, file, decode::Origin::Argument)
        .and_then(|text| compile::compile_with(&text, file, Mode::Exec, options));
    match made {
        Ok(c) => code::ops::new(vm, c),
        Err(e) => Err(syntax::raise(vm, &e)),
    }
}

/// A list of strings, as `sys.path` is one.
///
/// # Errors
/// MemoryError.
pub fn strings(vm: &mut Vm, all: &[String]) -> R {
    let l = vm.new_list(&[])?;
    for s in all {
        let s = vm.new_str(s)?;
        list::push(vm, l, s)?;
    }
    Ok(l.value())
}
