//! `gc`.

use crate::object::method::R;
use crate::object::{Args, Conv, MethodDef, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::args;
use crate::types::weak::methods as weak;
use crate::vm::Vm;

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "collect",
        conv: Conv::Kw(collect),
        doc: "Find what nothing refers to, and empty the weak references to it.",
    },
    MethodDef {
        name: "enable",
        conv: Conv::NoArgs(|vm, _| set(vm, true)),
        doc: "Say that garbage is to be collected; it is in any case.",
    },
    MethodDef {
        name: "disable",
        conv: Conv::NoArgs(|vm, _| set(vm, false)),
        doc: "Say that garbage need not be collected; memory is found when it runs short.",
    },
    MethodDef {
        name: "isenabled",
        conv: Conv::NoArgs(|vm, _| Ok(Value::bool(vm.gc_enabled.get()))),
        doc: "Whether garbage is to be collected.",
    },
];

fn set(vm: &mut Vm, on: bool) -> R {
    vm.gc_enabled.set(on);
    Ok(Value::NONE)
}

/// `gc.collect(generation=2)`. There is one generation, and nothing is counted: 0.
fn collect(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [generation] = args::parse(vm, "collect", a, ["generation"], 0, 1)?;
    if let Some(g) = generation
        && !(0..=2).contains(&item::as_c_int(vm, g)?)
    {
        return Err(raise!(vm, ValueError, "invalid generation"));
    }
    vm.stack.forget_stale();
    vm.collect();
    weak::run_callbacks(vm)?;
    crate::interp::wish::grant(vm)?;
    Ok(Value::int_unchecked(0))
}
