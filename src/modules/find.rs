//! Modules in files: in the directories of `sys.path` (or of a package's `__path__`), each with a package
//! before a file of the same name. Files are seen only where `Config::files` allows it.

use super::modules;
use super::spec::{self, Facts};
use crate::compile::{self, Mode, Text};
use crate::object::method::R;
use crate::object::{ClassId, Gc, Kind, Value};
use crate::protocol::iter::{self, Flow};
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::{syntax, warn};
use crate::types::list::ops as list;
use crate::types::{code, module, namespace, stream};
use crate::vm::{Capability, Raised, Vm};
use std::io::Read;
use std::path::Path;

/// Where a module lies.
pub enum Place {
    /// In a file.
    Module(String),
    /// In the `__init__.py` of a directory.
    Package { file: String, dir: String },
    /// In directories without one, which together are a package (PEP 420).
    Namespace(Vec<String>),
}
impl Place {
    /// Its source.
    pub fn file(&self) -> Option<&str> {
        match self {
            Place::Module(file) | Place::Package { file, .. } => Some(file),
            Place::Namespace(_) => None,
        }
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
    if !vm.config.grants.has(Capability::Imports) || tail.is_empty() || tail.contains(['/', '\0']) {
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
    let mut dirs = Vec::new();
    iter::for_each(vm, path, |vm, entry| {
        if entry.is_kind(Kind::Str) {
            found = in_directory(&vm.text(entry), tail, &mut dirs);
        }
        Ok(if found.is_some() {
            Flow::Stop
        } else {
            Flow::Go
        })
    })?;
    Ok(match found {
        None if !dirs.is_empty() => Some(Place::Namespace(dirs)),
        found => found,
    })
}

/// A directory without `__init__.py` goes to `dirs`: a file further on counts more.
fn in_directory(entry: &str, tail: &str, dirs: &mut Vec<String>) -> Option<Place> {
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
        return Some(Place::Package {
            file: init,
            dir: base,
        });
    }
    let file = format!("{base}.py");
    if is_file(&file) {
        return Some(Place::Module(file));
    }
    if Path::new(&base).is_dir() {
        dirs.push(base);
    }
    None
}

/// Makes the module, puts it into `sys.modules` and runs it.
///
/// # Errors
/// What getting the code or running it raises; the module is taken out again.
pub fn load(vm: &mut Vm, name: Value, p: &Place) -> R {
    let spec = spec_of(vm, name, p)?;
    let m = module::new(vm, name, Value::NONE)?.value();
    spec::describe(vm, spec, m, true)?;
    let all = modules(vm)?;
    dict::set(vm, all, name, m)?;
    spec::fill(vm, name, spec, |vm| {
        let Some(file) = p.file() else { return Ok(()) };
        let d = spec::namespace_of(vm, m)?;
        let code = code_of(vm, file)?;
        run_in(vm, code, d)
    })
}

/// Runs a module's code in its namespace.
///
/// # Errors
/// What the code raises.
pub fn run_in(vm: &mut Vm, code: Gc<code::value::CodeObj>, d: Gc<DictObj>) -> Result<(), Raised> {
    set_builtins(vm, d)?;
    vm.run_module(code, d).map(|_| ())
}

/// What the import system remembers of the module.
///
/// # Errors
/// MemoryError.
pub fn spec_of(vm: &mut Vm, name: Value, p: &Place) -> R {
    let none = Value::NONE;
    let (mut loader, mut origin, mut compiled, mut search) = (none, none, none, none);
    if let Some(f) = p.file() {
        origin = vm.new_str(f)?;
        compiled = cached(vm, f)?;
        loader = namespace::new(
            vm,
            ClassId::SourceFileLoader,
            &[("name", name), ("path", origin)],
        )?;
    }
    match p {
        Place::Module(_) => {}
        Place::Package { dir, .. } => search = strings(vm, std::slice::from_ref(dir))?,
        Place::Namespace(dirs) => search = strings(vm, dirs)?,
    }
    spec::new(
        vm,
        &Facts {
            search,
            cached: compiled,
            located: p.file().is_some(),
            ..Facts::new(name, loader, origin)
        },
    )
}

/// Where CPython would keep the compiled code of a file; nobody writes there.
///
/// # Errors
/// MemoryError.
pub fn cached(vm: &mut Vm, file: &str) -> R {
    let (dir, f) = file.rsplit_once('/').unwrap_or(("", file));
    let slash = if dir.is_empty() { "" } else { "/" };
    let stem = f.strip_suffix(".py").unwrap_or(f);
    let tag = super::sys::CACHE_TAG;
    vm.new_str(&format!("{dir}{slash}__pycache__/{stem}.{tag}.pyc"))
}

/// `__builtins__`, which running code adds to its globals.
fn set_builtins(vm: &mut Vm, d: Gc<DictObj>) -> Result<(), Raised> {
    match vm.builtins.get() {
        Some(b) => dict::set_name(vm, d, "__builtins__", b),
        None => Ok(()),
    }
}

/// The bytes of a file.
///
/// # Errors
/// OSError and its kin; MemoryError.
pub fn read(vm: &mut Vm, file: &str) -> Result<Vec<u8>, Raised> {
    // By pieces: a device or a growing file is longer than it says.
    const PIECE: u64 = 1 << 16;
    let failed = |vm: &mut Vm, e| match vm.new_str(file) {
        Ok(file) => stream::os_error(vm, e, Some(file)),
        Err(r) => r,
    };
    let mut f = match std::fs::File::open(file) {
        Ok(f) => f,
        Err(e) => return Err(failed(vm, e)),
    };
    let mut bytes = Vec::new();
    loop {
        vm.poll()?;
        vm.ensure_room(2 * bytes.len() + PIECE as usize)?;
        match (&mut f).take(PIECE).read_to_end(&mut bytes) {
            Ok(0) => return Ok(bytes),
            Ok(_) => {}
            Err(e) => return Err(failed(vm, e)),
        }
    }
}

/// Reads and compiles the source of a module.
///
/// # Errors
/// OSError, SyntaxError and its kin.
pub fn code_of(vm: &mut Vm, file: &str) -> Result<Gc<code::value::CodeObj>, Raised> {
    let bytes = read(vm, file)?;
    let options = compile::Options {
        optimize: vm.config.flags.optimize,
        ..Default::default()
    };
    match vm.compile(Text::Bytes(bytes.into()), file, Mode::Exec, options)? {
        Ok((c, warnings)) => {
            warn::of_compiler(vm, file, &warnings)?;
            code::ops::new(vm, c)
        }
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
