//! The finders that stand in `sys.meta_path`, and the loader of files: what `importlib.machinery` shows.
//! The import statement itself does not call them (see `spec`).

use super::spec::{self, Facts};
use super::{builtin, find, frozen};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Kind, MethodDef, Value};
use crate::raise;
use crate::types::code::value::CodeObj;
use crate::types::dict::value::DictObj;
use crate::types::{args, namespace};
use crate::vm::{Capability, Raised, Vm};

/// The finders in the order in which they are asked.
pub const ALL: [ClassId; 3] = [
    ClassId::BuiltinImporter,
    ClassId::PathFinder,
    ClassId::FrozenImporter,
];

/// `fullname, path=None, target=None`
fn question(vm: &mut Vm, a: Args<'_>) -> Result<(Value, Option<Value>), Raised> {
    let names = ["fullname", "path", "target"];
    let [name, path, _] = args::parse(vm, "find_spec", a, names, 1, 3)?;
    Ok((name.unwrap_or(Value::NONE), path.filter(|p| !p.is_none())))
}
/// The loader of what `find` gives.
fn loader_of(vm: &mut Vm, spec: Value) -> R {
    let key = vm.intern("loader")?;
    match spec.is_none() {
        true => Ok(spec),
        false => crate::protocol::attr::get_attr(vm, spec, key),
    }
}
fn nothing(_: &mut Vm, _: Value, _: Value) -> R {
    Ok(Value::NONE)
}
/// A builtin module is made once: programs hold on to `sys`.
fn there_or_made(vm: &mut Vm, name: Value, text: &str) -> Result<Option<Value>, Raised> {
    let all = super::modules(vm)?;
    match crate::types::dict::ops::get(vm, all, name)? {
        Some(m) if find::is_builtin(text) && m.is_kind(Kind::Module) => Ok(Some(m)),
        Some(_) | None => builtin(vm, text),
    }
}
fn load_module(vm: &mut Vm, loader: Value, name: Value) -> R {
    let s = spec::from_loader(vm, name, loader, None)?;
    spec::load(vm, s)
}

/// Rows of `BuiltinImporter`, which needs no instance.
pub const BUILTIN: &[MethodDef] = &[
    MethodDef {
        name: "find_spec",
        conv: Conv::Kw(find_builtin),
        doc: "The spec of a builtin module.",
    },
    MethodDef {
        name: "find_module",
        conv: Conv::Kw(|vm, c, a| {
            let s = find_builtin(vm, c, a)?;
            loader_of(vm, s)
        }),
        doc: "The loader of a builtin module.",
    },
    MethodDef {
        name: "create_module",
        conv: Conv::One(|vm, _, s| {
            let key = vm.intern("name")?;
            let name = crate::protocol::attr::get_attr(vm, s, key)?;
            let text = vm.text(name);
            match there_or_made(vm, name, &text)? {
                Some(m) => Ok(m),
                None => Err(raise!(vm, ImportError, "'{text}' is not a built-in module")),
            }
        }),
        doc: "Make the module.",
    },
    MethodDef {
        name: "exec_module",
        conv: Conv::One(nothing),
        doc: "A builtin module is whole when it is made.",
    },
    MethodDef {
        name: "load_module",
        conv: Conv::One(load_module),
        doc: "Load a builtin module.",
    },
    MethodDef {
        name: "is_package",
        conv: Conv::One(|_, _, _| Ok(Value::FALSE)),
        doc: "No builtin module is a package.",
    },
    MethodDef {
        name: "get_code",
        conv: Conv::One(nothing),
        doc: "Builtin modules have no code object.",
    },
    MethodDef {
        name: "get_source",
        conv: Conv::One(nothing),
        doc: "Builtin modules have no source.",
    },
];

fn find_builtin(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let (name, path) = question(vm, a)?;
    if path.is_some() || !find::is_builtin(&vm.text(name)) {
        return Ok(Value::NONE);
    }
    spec_of_builtin(vm, name)
}
/// The spec of a builtin module.
///
/// # Errors
/// MemoryError.
pub fn spec_of_builtin(vm: &mut Vm, name: Value) -> R {
    let loader = vm.class_object(ClassId::BuiltinImporter)?;
    let origin = vm.new_str("built-in")?;
    spec::new(vm, &Facts::new(name, loader, origin))
}

/// Rows of `FrozenImporter`, which needs no instance: the library in the binary.
pub const FROZEN: &[MethodDef] = &[
    MethodDef {
        name: "find_spec",
        conv: Conv::Kw(|vm, _, a| {
            let (name, path) = question(vm, a)?;
            frozen::find(vm, name, path)
        }),
        doc: "The spec of a module of the library.",
    },
    MethodDef {
        name: "find_module",
        conv: Conv::Kw(|vm, _, a| {
            let (name, path) = question(vm, a)?;
            let s = frozen::find(vm, name, path)?;
            loader_of(vm, s)
        }),
        doc: "The loader of a module of the library.",
    },
    MethodDef {
        name: "create_module",
        conv: Conv::One(nothing),
        doc: "An ordinary module serves.",
    },
    MethodDef {
        name: "exec_module",
        conv: Conv::One(|vm, _, m| {
            let name = spec::name_of(vm, m)?;
            let d = spec::namespace_of(vm, m)?;
            frozen::run(vm, name, d).map(|()| Value::NONE)
        }),
        doc: "Run the module's code.",
    },
    MethodDef {
        name: "load_module",
        conv: Conv::One(load_module),
        doc: "Load a module of the library.",
    },
    MethodDef {
        name: "is_package",
        conv: Conv::One(|vm, _, name| {
            let name = vm.text(name);
            match frozen::is_package(&name) {
                Some(p) => Ok(Value::bool(p)),
                None => Err(raise!(vm, ImportError, "'{name}' is not a frozen module")),
            }
        }),
        doc: "Whether the module has modules within it.",
    },
    MethodDef {
        name: "get_source",
        conv: Conv::One(nothing),
        doc: "The library shows no source.",
    },
];

/// Rows of `PathFinder`, which needs no instance.
pub const PATH: &[MethodDef] = &[
    MethodDef {
        name: "find_spec",
        conv: Conv::Kw(find_file),
        doc: "The spec of a module in a file.",
    },
    MethodDef {
        name: "find_module",
        conv: Conv::Kw(|vm, c, a| {
            let s = find_file(vm, c, a)?;
            loader_of(vm, s)
        }),
        doc: "The loader of a module in a file.",
    },
    MethodDef {
        name: "invalidate_caches",
        conv: Conv::NoArgs(|_, _| Ok(Value::NONE)),
        doc: "Directories are read anew each time.",
    },
];

fn find_file(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let (name, path) = question(vm, a)?;
    let text = vm.text(name);
    let tail = text.rsplit_once('.').map_or(text.as_str(), |(_, t)| t);
    match find::place(vm, tail, path)? {
        Some(p) => find::spec_of(vm, name, &p),
        None => Ok(Value::NONE),
    }
}

/// Rows of `SourceFileLoader`.
pub const SOURCE: &[MethodDef] = &[
    MethodDef {
        name: "create_module",
        conv: Conv::One(nothing),
        doc: "An ordinary module serves.",
    },
    MethodDef {
        name: "exec_module",
        conv: Conv::One(|vm, l, m| {
            let d = spec::namespace_of(vm, m)?;
            let file = path_of(vm, l)?;
            let code = code_of(vm, &file)?;
            find::run_in(vm, code, d).map(|()| Value::NONE)
        }),
        doc: "Run the file in the module.",
    },
    MethodDef {
        name: "load_module",
        conv: Conv::Pos(0, 1, |vm, l, a| {
            let name = named(vm, l, a.get(0))?;
            load_module(vm, l, name)
        }),
        doc: "Load the module.",
    },
    MethodDef {
        name: "get_filename",
        conv: Conv::Pos(0, 1, |vm, l, a| {
            named(vm, l, a.get(0))?;
            field(vm, l, "path")
        }),
        doc: "The path of the file.",
    },
    MethodDef {
        name: "is_package",
        conv: Conv::One(|vm, l, name| {
            named(vm, l, Some(name))?;
            let file = path_of(vm, l)?;
            let name = vm.text(name);
            let tail = name.rsplit_once('.').map_or(name.as_str(), |(_, t)| t);
            let init = file.rsplit('/').next() == Some("__init__.py");
            Ok(Value::bool(init && tail != "__init__"))
        }),
        doc: "Whether the file is a package's.",
    },
    MethodDef {
        name: "get_code",
        conv: Conv::One(|vm, l, name| {
            named(vm, l, Some(name))?;
            let file = path_of(vm, l)?;
            code_of(vm, &file).map(Gc::value)
        }),
        doc: "The file's code object.",
    },
    MethodDef {
        name: "get_source",
        conv: Conv::One(|vm, l, name| {
            named(vm, l, Some(name))?;
            let file = path_of(vm, l)?;
            let bytes = match read(vm, &file) {
                Ok(b) => b,
                Err(r) => return Err(unavailable(vm, name, r)?),
            };
            let made = crate::compile::decode::decode(
                &bytes,
                &file,
                crate::compile::decode::Origin::Argument,
            );
            match made {
                Ok(text) => vm.new_str(&text.replace("\r\n", "\n").replace('\r', "\n")),
                Err(e) => Err(crate::types::exception::syntax::raise(vm, &e)),
            }
        }),
        doc: "The file's source.",
    },
    MethodDef {
        name: "get_data",
        conv: Conv::One(|vm, _, path| {
            vm.require(Capability::Files, Some(path))?;
            let file = vm.text(path);
            let bytes = read(vm, &file)?;
            vm.new_bytes(&bytes)
        }),
        doc: "The bytes of a file.",
    },
];

fn field(vm: &mut Vm, loader: Value, name: &str) -> R {
    let d: Option<Gc<DictObj>> = namespace::dict_of(vm, loader);
    let found = match d {
        Some(d) => crate::types::dict::ops::get_name(vm, d, name)?,
        None => None,
    };
    Ok(found.unwrap_or(Value::NONE))
}
/// The module that a loader is asked for: its own, or none in particular.
fn named(vm: &mut Vm, loader: Value, asked: Option<Value>) -> R {
    let own = field(vm, loader, "name")?;
    let Some(asked) = asked.filter(|n| !n.is_none()) else {
        return Ok(own);
    };
    if crate::protocol::compare::eq(vm, own, asked)? {
        return Ok(asked);
    }
    let (own, other) = (vm.text(own), vm.text(asked));
    let msg = vm.new_str(&format!("loader for {own} cannot handle {other}"))?;
    import_error(vm, msg, asked)
        .map(|e| vm.reraise(e))
        .and_then(Err)
}
/// ImportError about the module of this name.
fn import_error(vm: &mut Vm, msg: Value, name: Value) -> R {
    let e = vm.new_exception(ClassId::ImportError, &[msg])?;
    let key = vm.intern("name")?;
    crate::protocol::attr::set_attr(vm, e, key, name)?;
    Ok(e)
}
/// What `get_source` raises where the file cannot be read.
fn unavailable(vm: &mut Vm, name: Value, r: Raised) -> Result<Raised, Raised> {
    let cause = vm.catch(r, ClassId::OSError)?;
    let msg = vm.new_str("source not available through get_data()")?;
    let e = import_error(vm, msg, name)?;
    crate::types::exception::methods::set_cause(vm, e, Some(cause));
    if let Some(x) = e.get::<crate::types::exception::value::ExceptionObj>(vm) {
        x.context.write(&vm.heap, Some(cause));
    }
    Ok(vm.reraise(e))
}
fn path_of(vm: &mut Vm, loader: Value) -> Result<String, Raised> {
    let p = field(vm, loader, "path")?;
    Ok(vm.text(p))
}
/// A program can make a loader for any file: it asks whether imports from files are granted.
fn permit(vm: &mut Vm, file: &str) -> Result<(), Raised> {
    let file = vm.new_str(file)?;
    vm.require(Capability::Imports, Some(file))
}
fn read(vm: &mut Vm, file: &str) -> Result<Vec<u8>, Raised> {
    permit(vm, file)?;
    find::read(vm, file)
}
fn code_of(vm: &mut Vm, file: &str) -> Result<Gc<CodeObj>, Raised> {
    permit(vm, file)?;
    find::code_of(vm, file)
}

/// `SourceFileLoader(fullname, path)`
///
/// # Errors
/// TypeError for other arguments.
pub fn construct_source(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    let names = ["fullname", "path"];
    let [name, path] = args::parse(vm, "SourceFileLoader", a, names, 2, 2)?;
    let none = |v: Option<Value>| v.unwrap_or(Value::NONE);
    namespace::new(vm, class, &[("name", none(name)), ("path", none(path))])
}

/// `_imp`: what the package `importlib` takes from the engine.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "find_spec",
        conv: Conv::Pos(1, 3, |vm, _, a| {
            let path = a.get(1).filter(|p| !p.is_none());
            let target = a.get(2).unwrap_or(Value::NONE);
            spec::find_spec(vm, a[0], path, target)
        }),
        doc: "Ask the finders of sys.meta_path.",
    },
    MethodDef {
        name: "spec_from_loader",
        conv: Conv::Pos(2, 3, |vm, _, a| {
            let package = match a.get(2).filter(|p| !p.is_none()) {
                Some(p) => Some(crate::protocol::truth::is_true(vm, p)?),
                None => None,
            };
            spec::from_loader(vm, a[0], a[1], package)
        }),
        doc: "The spec that a loader stands for.",
    },
    MethodDef {
        name: "module_from_spec",
        conv: Conv::One(|vm, _, s| spec::module_from_spec(vm, s)),
        doc: "Make the module that a spec describes.",
    },
    MethodDef {
        name: "load",
        conv: Conv::One(|vm, _, s| spec::load(vm, s)),
        doc: "Load the module that a spec describes.",
    },
    MethodDef {
        name: "exec",
        conv: Conv::Pos(2, 2, |vm, _, a| spec::execute_again(vm, a[0], a[1])),
        doc: "Run a module again.",
    },
    MethodDef {
        name: "import_module",
        conv: Conv::One(|vm, _, name| super::import(vm, name)),
        doc: "The module of an absolute name.",
    },
    MethodDef {
        name: "is_builtin",
        conv: Conv::One(|vm, _, name| {
            let builtin = find::is_builtin(&vm.text(name));
            vm.new_int(i64::from(builtin))
        }),
        doc: "Whether a module is built in.",
    },
    MethodDef {
        name: "is_frozen",
        conv: Conv::One(|vm, _, name| {
            let frozen = frozen::is_package(&vm.text(name)).is_some();
            Ok(Value::bool(frozen))
        }),
        doc: "Whether a module is of the library in the binary.",
    },
];

/// The classes, for `importlib.machinery`.
///
/// # Errors
/// MemoryError.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = crate::types::module::dict_of(vm, m) else {
        return Ok(());
    };
    for id in ALL
        .into_iter()
        .chain([ClassId::SourceFileLoader, ClassId::ModuleSpec])
    {
        let c = vm.class_object(id)?;
        crate::types::dict::ops::set_name(vm, d, id.name(), c)?;
    }
    Ok(())
}
