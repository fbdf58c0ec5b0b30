//! Builtin modules: a row each, made on the first import and kept in `sys.modules`.

mod sys;
mod time;

use crate::object::method::R;
use crate::object::{ClassId, MethodDef, Value};
use crate::raise;
use crate::types::args::text;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::ops as exceptions;
use crate::types::{builtin, module};
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
        fill: |_, _| Ok(()),
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

/// `import name`: from `sys.modules`, or made.
pub fn import(vm: &mut Vm, name: Value) -> R {
    let loaded = modules(vm)?;
    if let Some(m) = dict::get(vm, loaded, name)? {
        if m.is_none() {
            let n = text(vm, name);
            let msg = format!("import of {n} halted; None in sys.modules");
            return Err(not_found(vm, &msg, name));
        }
        return Ok(m);
    }
    let n = text(vm, name);
    if n.is_empty() {
        return Err(raise!(vm, ValueError, "Empty module name"));
    }
    let Some(row) = ROWS.iter().find(|r| r.name == n) else {
        let head = n.split('.').next().unwrap_or_default();
        let shown = if head.is_empty() { n.as_str() } else { head };
        let msg = format!("No module named '{shown}'");
        return Err(not_found(vm, &msg, name));
    };
    let key = vm.intern(row.name)?;
    let doc = vm.new_str(row.doc)?;
    let m = module::new(vm, key, doc)?.value();
    add_functions(vm, m, row.functions)?;
    (row.fill)(vm, m)?;
    let loaded = modules(vm)?;
    dict::set(vm, loaded, key, m)?;
    Ok(m)
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

/// Binds the functions of a module.
pub fn add_functions(vm: &mut Vm, m: Value, rows: &'static [MethodDef]) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    let name = dict::get_name(vm, d, "__name__")?;
    for def in rows {
        let f = builtin::methods::new(vm, def, Some(m), name)?;
        dict::set_name(vm, d, def.name, f)?;
    }
    Ok(())
}
