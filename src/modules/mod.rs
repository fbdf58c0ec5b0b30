//! Builtin modules: a row each, made on the first import and kept in `sys.modules`. `import` is the
//! statement, `spec` asks the finders, `find` looks for modules in files.

mod bisect;
mod cmath;
mod collections;
mod dis;
pub mod excepthook;
pub mod find;
pub mod finders;
pub mod frozen;
mod functools;
mod future;
mod gc;
mod heapq;
pub mod import;
mod io;
mod itertools;
mod math;
mod opcode;
mod operator;
mod posix;
mod random;
pub mod spec;
mod sys;
pub mod sysinfo;
mod thread;
mod time;
mod weakref;

use crate::object::method::R;
use crate::object::{ClassId, MethodDef, Value};
use crate::types::builtin::methods as builtins;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::ops as exceptions;
use crate::types::module;
use crate::vm::{Raised, Vm};

struct Row {
    name: &'static str,
    doc: &'static str,
    functions: &'static [MethodDef],
    /// Binds what is no function.
    fill: fn(&mut Vm, Value) -> Result<(), Raised>,
}

static ROWS: &[Row] = &[
    Row {
        name: "sys",
        doc: "The engine: its arguments, streams, limits and modules.",
        functions: sys::FUNCTIONS,
        fill: sys::fill,
    },
    Row {
        name: "time",
        doc: "Clocks, and waiting.",
        functions: time::FUNCTIONS,
        fill: time::fill,
    },
    Row {
        name: "gc",
        doc: "The garbage collector.",
        functions: gc::FUNCTIONS,
        fill: gc::fill,
    },
    Row {
        name: "_weakref",
        doc: "Weak references.",
        functions: weakref::FUNCTIONS,
        fill: weakref::fill,
    },
    Row {
        name: "__future__",
        doc: "Features of the language that could once be asked for.",
        functions: &[],
        fill: future::fill,
    },
    Row {
        name: "_thread",
        doc: "Locks.",
        functions: thread::FUNCTIONS,
        fill: thread::fill,
    },
    Row {
        name: "opcode",
        doc: "Numbers and names of the opcodes.",
        functions: opcode::FUNCTIONS,
        fill: opcode::fill,
    },
    Row {
        name: "dis",
        doc: "Code objects as listings.",
        functions: dis::FUNCTIONS,
        fill: dis::fill,
    },
    Row {
        name: "_functools",
        doc: "Parts of functools.",
        functions: functools::FUNCTIONS,
        fill: functools::fill,
    },
    Row {
        name: "_operator",
        doc: "The operators as functions.",
        functions: operator::FUNCTIONS,
        fill: |_, _| Ok(()),
    },
    Row {
        name: "_io",
        doc: "The classes of files.",
        functions: io::FUNCTIONS,
        fill: io::fill,
    },
    Row {
        name: "math",
        doc: "Functions of real numbers.",
        functions: math::FUNCTIONS,
        fill: math::fill,
    },
    Row {
        name: "cmath",
        doc: "Functions of complex numbers.",
        functions: cmath::FUNCTIONS,
        fill: cmath::fill,
    },
    Row {
        name: "_imp",
        doc: "The import system.",
        functions: finders::FUNCTIONS,
        fill: finders::fill,
    },
    Row {
        name: "_collections",
        doc: "Classes of collections.",
        functions: collections::FUNCTIONS,
        fill: collections::fill,
    },
    Row {
        name: "_heapq",
        doc: "Lists as heaps.",
        functions: heapq::FUNCTIONS,
        fill: |_, _| Ok(()),
    },
    Row {
        name: "_bisect",
        doc: "Searching in sorted lists by halving.",
        functions: bisect::FUNCTIONS,
        fill: |_, _| Ok(()),
    },
    Row {
        name: "_random",
        doc: "The Mersenne twister.",
        functions: &[],
        fill: random::fill,
    },
    Row {
        name: "itertools",
        doc: "Iterators made of iterators.",
        functions: itertools::FUNCTIONS,
        fill: itertools::fill,
    },
    Row {
        name: "_posix",
        doc: "The system, for the module posix.",
        functions: posix::FUNCTIONS,
        fill: posix::fill,
    },
];

/// `sys.modules`
fn modules(vm: &mut Vm) -> Result<crate::object::Gc<DictObj>, Raised> {
    if let Some(d) = vm.modules.get().and_then(|m| m.cast::<DictObj>()) {
        return Ok(d);
    }
    let d = vm.new_dict()?;
    vm.modules.write(&vm.heap, Some(d.value()));
    Ok(d)
}

/// An attribute of `sys`, which a program may have changed or deleted.
///
/// # Errors
/// MemoryError.
pub fn sys_attribute(vm: &mut Vm, name: &str) -> Result<Option<Value>, Raised> {
    let sys = vm.intern("sys")?;
    let sys = import(vm, sys)?;
    match module::dict_of(vm, sys) {
        Some(d) => dict::get_name(vm, d, name),
        None => Ok(None),
    }
}

/// The module of this name, from `sys.modules` or loaded now: what Rust code asks for.
///
/// # Errors
/// ModuleNotFoundError; what its code raises.
pub fn import(vm: &mut Vm, name: Value) -> R {
    import::find_and_load(vm, name)
}

/// Names of the builtin modules.
fn builtin_names() -> impl Iterator<Item = &'static str> {
    std::iter::once("builtins").chain(ROWS.iter().map(|r| r.name))
}

/// Makes a builtin module, if there is one of this name.
fn builtin(vm: &mut Vm, name: &str) -> Result<Option<Value>, Raised> {
    let Some(row) = ROWS.iter().find(|r| r.name == name) else {
        return Ok(None);
    };
    let key = vm.intern(row.name)?;
    let doc = vm.new_str(row.doc)?;
    let m = module::new(vm, key, doc)?.value();
    add_functions(vm, m, row.functions)?;
    (row.fill)(vm, m)?;
    let spec = finders::spec_of_builtin(vm, key)?;
    spec::describe(vm, spec, m, true)?;
    let loaded = modules(vm)?;
    dict::set(vm, loaded, key, m)?;
    Ok(Some(m))
}

fn not_found(vm: &mut Vm, msg: &str, name: Value) -> Raised {
    let made = (|| {
        let msg = vm.new_str(msg)?;
        let e = vm.new_exception(ClassId::ModuleNotFoundError, &[msg])?;
        exceptions::set_field(vm, e, "name", name)?;
        Ok(e)
    })();
    match made {
        Ok(e) => vm.raise_value(e),
        Err(r) => r,
    }
}

/// `__getattr__` of the builtin module `own`: what another module, written in Python, has for it. That one
/// is loaded when a program first wants something of it.
///
/// # Errors
/// AttributeError for any other name.
fn later(vm: &mut Vm, own: &str, other: &str, names: &[&str], name: Value) -> R {
    let text = vm.text(name);
    if !names.contains(&text.as_str()) {
        return Err(crate::raise!(
            vm,
            AttributeError,
            "module '{own}' has no attribute '{text}'"
        ));
    }
    let m = vm.intern(other)?;
    let m = import(vm, m)?;
    crate::protocol::attr::get_attr(vm, m, name)
}

/// Binds the functions of a module.
pub fn add_functions(vm: &mut Vm, m: Value, rows: &'static [MethodDef]) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    let name = dict::get_name(vm, d, "__name__")?;
    for def in rows {
        let f = builtins::new(vm, def, Some(m), name)?;
        dict::set_name(vm, d, def.name, f)?;
    }
    Ok(())
}
