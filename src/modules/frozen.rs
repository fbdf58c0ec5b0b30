//! Library modules written in Python, their sources embedded in the binary: what an import finds when
//! neither a builtin module nor `sys.path` has the name. They need no files, so they are there in a
//! sandbox too. Each is compiled when a program first imports it; the process keeps the result, which
//! holds no engine's values, for the engines to come.

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
use crate::types::{code, module, namespace};
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
    "collections._deque" "collections/_deque.py" false;
    "collections._dicts" "collections/_dicts.py" false;
    "collections._user" "collections/_user.py" false;
    "heapq" "heapq.py" false;
    "bisect" "bisect.py" false;
    "string" "string.py" false;
    "_string" "_string.py" false;
    "random" "random.py" false;
    "_twister" "_twister.py" false;
    "_seedhash" "_seedhash.py" false;
    "traceback" "traceback.py" false;
    "linecache" "linecache.py" false;
    "stat" "stat.py" false;
    "os" "os.py" false;
    "posixpath" "posixpath.py" false;
    "genericpath" "genericpath.py" false;
    "io" "io.py" false;
    "itertools" "itertools.py" false;
    "_heapq" "_heapq.py" false;
    "_patterns" "_patterns.py" false;
    "_weakproxy" "_weakproxy.py" false;
    "_iobase" "_iobase.py" false;
    "_memio" "_memio.py" false;
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

/// Loads a module of the library. One within a package is found only where the package itself is of
/// the library, which its empty `path` shows. `None` when there is no such module.
///
/// # Errors
/// What its code raises; it is not in `sys.modules` then.
pub fn module(vm: &mut Vm, name: Value, path: Option<Value>) -> Result<Option<Value>, Raised> {
    if let Some(path) = path
        && path.cast().is_none_or(|l| list::item(vm, l, 0).is_some())
    {
        return Ok(None);
    }
    let text = vm.text(name);
    let Some(i) = ROWS.iter().position(|r| r.name == text) else {
        return Ok(None);
    };
    let m = module::new(vm, name, Value::NONE)?.value();
    let Some(d) = module::dict_of(vm, m) else {
        return Err(raise!(vm, SystemError, "a module without a namespace"));
    };
    let spec = describe(vm, d, name, &ROWS[i])?;
    let all = modules(vm)?;
    dict::set(vm, all, name, m)?;
    find::run(vm, name, spec, d, |vm| code_of(vm, i)).map(Some)
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

/// The attributes that say where the module comes from; its spec.
fn describe(vm: &mut Vm, d: Gc<DictObj>, name: Value, row: &Row) -> R {
    let parent = match row.name.rsplit_once('.') {
        _ if row.package => row.name,
        Some((parent, _)) => parent,
        None => "",
    };
    let parent = vm.new_str(parent)?;
    let origin = vm.new_str("frozen")?;
    let path = match row.package {
        true => vm.new_list(&[])?.value(),
        false => Value::NONE,
    };
    let spec = namespace::new(
        vm,
        ClassId::ModuleSpec,
        &[
            ("name", name),
            ("loader", Value::NONE),
            ("origin", origin),
            ("loader_state", Value::NONE),
            ("submodule_search_locations", path),
            ("_set_fileattr", Value::FALSE),
            ("cached", Value::NONE),
            ("parent", parent),
            ("has_location", Value::FALSE),
            ("_initializing", Value::TRUE),
        ],
    )?;
    dict::set_name(vm, d, "__package__", parent)?;
    dict::set_name(vm, d, "__spec__", spec)?;
    if row.package {
        dict::set_name(vm, d, "__path__", path)?;
    }
    Ok(spec)
}
