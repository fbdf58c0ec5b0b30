//! Library modules written in Python, their sources embedded in the binary: what an import finds when
//! neither a builtin module nor `sys.path` has the name. They need no files, so they are there in a
//! sandbox too. Each is compiled when a program first imports it; the process keeps the result, which
//! holds no engine's values, for the engines to come.

use super::spec::{self, Facts};
use super::{find, modules};
use crate::code::object::CodeObject;
use crate::compile::{self, Mode};
use crate::object::method::R;
use crate::object::{ClassId, Gc, Value};
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::syntax;
use crate::types::list::ops as list;
use crate::types::{code, module};
use crate::vm::{Raised, Vm};
use std::sync::{Arc, OnceLock};

struct Row {
    /// Its full name, with dots.
    name: &'static str,
    package: bool,
    source: &'static str,
}

/// Rows: a name, its file, whether it is a package.
macro_rules! rows {
    ($($name:literal $file:literal $package:literal;)*) => {
        &[$(Row {
            name: $name,
            package: $package,
            source: include_str!(concat!("lib/", $file)),
        },)*]
    };
}

static ROWS: &[Row] = rows! {
    "abc" "abc.py" false;
    "enum" "enum.py" false;
    "dataclasses" "dataclasses.py" false;
    "contextlib" "contextlib.py" false;
    "functools" "functools.py" false;
    "copy" "copy.py" false;
    "copyreg" "copyreg.py" false;
    "warnings" "warnings.py" false;
    "keyword" "keyword.py" false;
    "numbers" "numbers.py" false;
    "reprlib" "reprlib.py" false;
    "operator" "operator.py" false;
    "types" "types.py" false;
    "weakref" "weakref.py" false;
    "_weakrefset" "_weakrefset.py" false;
    "_collections_abc" "_collections_abc.py" false;
    "collections" "collections/__init__.py" true;
    "collections.abc" "collections/abc.py" false;
    "collections._user" "collections/_user.py" false;
    "heapq" "heapq.py" false;
    "bisect" "bisect.py" false;
    "string" "string.py" false;
    "_string" "_string.py" false;
    "random" "random.py" false;
    "_seedhash" "_seedhash.py" false;
    "traceback" "traceback.py" false;
    "linecache" "linecache.py" false;
    "stat" "stat.py" false;
    "os" "os.py" false;
    "posix" "posix.py" false;
    "posixpath" "posixpath.py" false;
    "genericpath" "genericpath.py" false;
    "io" "io.py" false;
    "_patterns" "_patterns.py" false;
    "_weakproxy" "_weakproxy.py" false;
    "_iobase" "_iobase.py" false;
    "_memio" "_memio.py" false;
    "_calendar" "_calendar.py" false;
    "_bytecode" "_bytecode.py" false;
    "importlib" "importlib/__init__.py" true;
    "importlib.abc" "importlib/abc.py" false;
    "importlib.machinery" "importlib/machinery.py" false;
    "importlib.util" "importlib/util.py" false;
};

/// Code by row and by level of optimisation.
static CODE: [[OnceLock<Arc<CodeObject>>; 3]; ROWS.len()] =
    [const { [const { OnceLock::new() }; 3] }; ROWS.len()];

/// What stands for the file of such a module in code objects and tracebacks.
fn file_name(name: &str) -> String {
    format!("<frozen {name}>")
}

/// The source of the module that such a file name stands for.
pub fn source(file: &str) -> Option<&'static str> {
    let name = file.strip_prefix("<frozen ")?.strip_suffix('>')?;
    ROWS.iter().find(|r| r.name == name).map(|r| r.source)
}

/// The row of a module. One within a package is found only where the package itself is of the library,
/// which its empty `path` shows.
fn row(vm: &mut Vm, name: Value, path: Option<Value>) -> Option<usize> {
    if let Some(path) = path
        && path.cast().is_none_or(|l| list::item(vm, l, 0).is_some())
    {
        return None;
    }
    let text = vm.text(name);
    ROWS.iter().position(|r| r.name == text)
}

/// Whether a module of the library is a package; nothing where there is no such module.
pub fn is_package(name: &str) -> Option<bool> {
    ROWS.iter().find(|r| r.name == name).map(|r| r.package)
}

/// Loads a module of the library. `None` when there is no such module.
///
/// # Errors
/// What its code raises; it is not in `sys.modules` then.
pub fn module(vm: &mut Vm, name: Value, path: Option<Value>) -> Result<Option<Value>, Raised> {
    let Some(i) = row(vm, name, path) else {
        return Ok(None);
    };
    let spec = spec_of(vm, name, &ROWS[i])?;
    let m = module::new(vm, name, Value::NONE)?.value();
    spec::describe(vm, spec, m, true)?;
    let all = modules(vm)?;
    dict::set(vm, all, name, m)?;
    spec::fill(vm, name, spec, |vm| {
        let d = spec::namespace_of(vm, m)?;
        let code = code_of(vm, i)?;
        find::run_in(vm, code, d)
    })
    .map(Some)
}

/// The spec of a module of the library, or None.
///
/// # Errors
/// MemoryError.
pub fn find(vm: &mut Vm, name: Value, path: Option<Value>) -> R {
    match row(vm, name, path) {
        Some(i) => spec_of(vm, name, &ROWS[i]),
        None => Ok(Value::NONE),
    }
}

/// Runs the code of a module of the library in a namespace.
///
/// # Errors
/// ImportError when there is no such module; what its code raises.
pub fn run(vm: &mut Vm, name: Value, d: Gc<DictObj>) -> Result<(), Raised> {
    let text = vm.text(name);
    match ROWS.iter().position(|r| r.name == text) {
        Some(i) => {
            let code = code_of(vm, i)?;
            find::run_in(vm, code, d)
        }
        None => Err(raise!(vm, ImportError, "'{text}' is not a frozen module")),
    }
}

fn code_of(vm: &mut Vm, i: usize) -> Result<Gc<code::value::CodeObj>, Raised> {
    let row = &ROWS[i];
    let level = vm.config.flags.optimize.min(2);
    let kept = &CODE[i][usize::from(level)];
    if let Some(c) = kept.get() {
        return code::ops::new(vm, c.clone());
    }
    vm.ensure_room(row.source.len())?;
    let options = compile::Options {
        optimize: level,
        ..Default::default()
    };
    match compile::compile_with(row.source, &file_name(row.name), Mode::Exec, options) {
        Ok(c) => code::ops::new(vm, kept.get_or_init(|| c).clone()),
        Err(e) => Err(syntax::raise(vm, &e)),
    }
}

fn spec_of(vm: &mut Vm, name: Value, row: &Row) -> R {
    let loader = vm.class_object(ClassId::FrozenImporter)?;
    let origin = vm.new_str("frozen")?;
    let search = match row.package {
        true => vm.new_list(&[])?.value(),
        false => Value::NONE,
    };
    spec::new(
        vm,
        &Facts {
            search,
            ..Facts::new(name, loader, origin)
        },
    )
}
