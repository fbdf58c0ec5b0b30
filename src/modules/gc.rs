//! `gc`.

use crate::interp::wish::collect_asked;
use crate::object::method::R;
use crate::object::{Args, Conv, Kind, MethodDef, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::list::ops as list;
use crate::types::{args, module};
use crate::vm::{Raised, Vm};

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
    // Numbers of a collector by generations, which programs set and read back; nothing goes by them.
    MethodDef {
        name: "get_threshold",
        conv: Conv::NoArgs(|vm, m| tuned(vm, m, "_threshold")),
        doc: "The thresholds that were set.",
    },
    MethodDef {
        name: "set_threshold",
        conv: Conv::Pos(1, 3, |vm, m, a| {
            let old = tuned(vm, m, "_threshold")?;
            let l = list::from_iterable(vm, old)?;
            for (i, v) in a.positional().iter().enumerate() {
                let n = item::as_c_int_of_format(vm, *v)?;
                let n = vm.new_int(i64::from(n))?;
                list::put(vm, l, i, n);
            }
            let t = vm.tuple_of_list(l)?;
            tune(vm, m, "_threshold", t.value())
        }),
        doc: "Set the thresholds.",
    },
    MethodDef {
        name: "get_debug",
        conv: Conv::NoArgs(|vm, m| tuned(vm, m, "_debug")),
        doc: "The debugging flags that were set.",
    },
    MethodDef {
        name: "set_debug",
        conv: Conv::One(|vm, m, v| {
            let n = item::as_c_int(vm, v)?;
            let n = vm.new_int(i64::from(n))?;
            tune(vm, m, "_debug", n)
        }),
        doc: "Set debugging flags.",
    },
    MethodDef {
        name: "get_count",
        conv: Conv::NoArgs(|vm, _| vm.new_tuple(&[Value::int_unchecked(0); 3])),
        doc: "Objects made since the last collection, by generation: not counted.",
    },
    MethodDef {
        name: "get_stats",
        conv: Conv::NoArgs(|vm, _| {
            let l = vm.new_list(&[])?;
            let ran = vm.new_int(vm.stats.collections.get() as i64)?;
            for generation in 0..3 {
                let d = vm.new_dict()?;
                let zero = Value::int_unchecked(0);
                let n = if generation == 2 { ran } else { zero };
                for (k, v) in [
                    ("collections", n),
                    ("collected", zero),
                    ("uncollectable", zero),
                ] {
                    dict::set_name(vm, d, k, v)?;
                }
                list::push(vm, l, d.value())?;
            }
            Ok(l.value())
        }),
        doc: "What the collector has done.",
    },
    MethodDef {
        name: "is_tracked",
        conv: Conv::One(|_, _, v| {
            let leaf = match v.kind() {
                None => true,
                Some(k) => matches!(
                    k,
                    Kind::Int64
                        | Kind::BigInt
                        | Kind::Str
                        | Kind::Bytes
                        | Kind::Complex
                        | Kind::Range
                        | Kind::Plain
                ),
            };
            Ok(Value::bool(!leaf || v.is_user()))
        }),
        doc: "Whether the object can be part of a cycle.",
    },
    MethodDef {
        name: "freeze",
        conv: Conv::NoArgs(|_, _| Ok(Value::NONE)),
        doc: "Objects do not move and are not counted: nothing to do.",
    },
    MethodDef {
        name: "unfreeze",
        conv: Conv::NoArgs(|_, _| Ok(Value::NONE)),
        doc: "The same.",
    },
    MethodDef {
        name: "get_freeze_count",
        conv: Conv::NoArgs(|_, _| Ok(Value::int_unchecked(0))),
        doc: "None is frozen.",
    },
];

/// The lists and numbers of the module.
///
/// # Errors
/// MemoryError.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for name in ["garbage", "callbacks"] {
        let l = vm.new_list(&[])?;
        dict::set_name(vm, d, name, l.value())?;
    }
    for (name, bits) in [
        ("DEBUG_STATS", 1),
        ("DEBUG_COLLECTABLE", 2),
        ("DEBUG_UNCOLLECTABLE", 4),
        ("DEBUG_SAVEALL", 32),
        ("DEBUG_LEAK", 38),
    ] {
        dict::set_name(vm, d, name, Value::int_unchecked(bits))?;
    }
    let numbers = [700, 10, 10].map(Value::int_unchecked);
    let t = vm.new_tuple(&numbers)?;
    dict::set_name(vm, d, "_threshold", t)?;
    dict::set_name(vm, d, "_debug", Value::int_unchecked(0))
}
fn tuned(vm: &mut Vm, m: Value, name: &str) -> R {
    let found = match module::dict_of(vm, m) {
        Some(d) => dict::get_name(vm, d, name)?,
        None => None,
    };
    Ok(found.unwrap_or(Value::NONE))
}
fn tune(vm: &mut Vm, m: Value, name: &str, v: Value) -> R {
    if let Some(d) = module::dict_of(vm, m) {
        dict::set_name(vm, d, name, v)?;
    }
    Ok(Value::NONE)
}

fn set(vm: &mut Vm, on: bool) -> R {
    vm.gc_enabled.set(on);
    Ok(Value::NONE)
}

/// `gc.collect(generation=2)`. There is one generation, and nothing is counted: 0.
fn collect(vm: &mut Vm, m: Value, a: Args<'_>) -> R {
    let [generation] = args::parse(vm, "collect", a, ["generation"], 0, 1)?;
    if let Some(g) = generation
        && !(0..=2).contains(&item::as_c_int(vm, g)?)
    {
        return Err(raise!(vm, ValueError, "invalid generation"));
    }
    collect_asked(vm, m, "collect")?;
    crate::jit::show::after_collection(vm)?;
    Ok(Value::int_unchecked(0))
}
