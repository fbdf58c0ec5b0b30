//! `sys`.

use crate::interp::frames;
use crate::interp::trace::{self, Which};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::args;
use crate::types::class::ops as class;
use crate::types::dict::ops as dict;
use crate::types::str::ops as strings;
use crate::types::stream::{self, Stream};
use crate::types::{exception, module};
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "exit",
        conv: Conv::Pos(0, 1, exit),
        doc: "Raise SystemExit with the status.",
    },
    MethodDef {
        name: "getrecursionlimit",
        conv: Conv::NoArgs(|vm, _| Ok(Value::int_unchecked(vm.recursion_limit.get() as i64))),
        doc: "Return how deep calls may be nested.",
    },
    MethodDef {
        name: "setrecursionlimit",
        conv: Conv::One(set_recursion_limit),
        doc: "Set how deep calls may be nested.",
    },
    MethodDef {
        name: "get_int_max_str_digits",
        conv: Conv::NoArgs(|vm, _| Ok(Value::int_unchecked(vm.max_str_digits.get() as i64))),
        doc: "Return how many decimal digits an int's text may have; 0 for any number.",
    },
    MethodDef {
        name: "set_int_max_str_digits",
        conv: Conv::Kw(set_int_max_str_digits),
        doc: "Set how many decimal digits an int's text may have; 0 for any number.",
    },
    MethodDef {
        name: "exc_info",
        conv: Conv::NoArgs(exc_info),
        doc: "Return class, value and traceback of the exception being handled.",
    },
    MethodDef {
        name: "intern",
        conv: Conv::One(intern),
        doc: "Return the one str of this text.",
    },
    MethodDef {
        name: "displayhook",
        conv: Conv::One(crate::builtins::display),
        doc: "Print an object and save it in builtins._",
    },
    MethodDef {
        name: "getdefaultencoding",
        conv: Conv::NoArgs(|vm, _| vm.new_str("utf-8")),
        doc: "Return the encoding of text, 'utf-8'.",
    },
    MethodDef {
        name: "_getframe",
        conv: Conv::Pos(0, 1, getframe),
        doc: "Return the frame so many calls below the caller's.",
    },
    MethodDef {
        name: "excepthook",
        conv: Conv::Pos(3, 3, super::excepthook::excepthook),
        doc: "Print an exception and its traceback to sys.stderr.",
    },
    MethodDef {
        name: "settrace",
        conv: Conv::One(|vm, _, f| set_tracer(vm, Which::Trace, f)),
        doc: "Set the function that is told of each line.",
    },
    MethodDef {
        name: "gettrace",
        conv: Conv::NoArgs(|vm, _| Ok(vm.trace.func.get_or_none())),
        doc: "Return the function that `settrace` has set.",
    },
    MethodDef {
        name: "setprofile",
        conv: Conv::One(|vm, _, f| set_tracer(vm, Which::Profile, f)),
        doc: "Set the function that is told of each call and return.",
    },
    MethodDef {
        name: "getprofile",
        conv: Conv::NoArgs(|vm, _| Ok(vm.trace.profile.get_or_none())),
        doc: "Return the function that `setprofile` has set.",
    },
    MethodDef {
        name: "call_tracing",
        conv: Conv::Pos(2, 2, call_tracing),
        doc: "Call a function with tracing on, from a trace function.",
    },
];

fn set_tracer(vm: &mut Vm, which: Which, f: Value) -> R {
    trace::set(vm, which, Some(f).filter(|f| !f.is_none()))?;
    Ok(Value::NONE)
}

fn call_tracing(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    if !a[1].is_kind(Kind::Tuple) {
        let t = vm.type_name(a[1]);
        return Err(raise!(
            vm,
            TypeError,
            "call_tracing() argument 2 must be tuple, not {t}"
        ));
    }
    trace::with_events(vm, |vm| crate::types::tuple::ops::call_with(vm, a[0], a[1]))
}

fn getframe(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let depth = match a.get(0) {
        Some(d) => item::as_c_int(vm, d)?,
        None => 0,
    };
    let mut at = frames::current(vm)?;
    for _ in 0..depth {
        at = match at {
            Some(f) => frames::back(vm, f)?,
            None => break,
        };
    }
    match at {
        Some(f) => Ok(f.value()),
        None => Err(raise!(vm, ValueError, "call stack is not deep enough")),
    }
}

/// `sys.implementation.cache_tag`
pub const CACHE_TAG: &str = "taipan-38";
/// The version of Python that the engine speaks.
const VERSION: (i64, i64, i64) = (3, 8, 18);

/// Binds what is no function.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    let argv = vm.argv.clone();
    let argv = super::find::strings(vm, &argv)?;
    dict::set_name(vm, d, "argv", argv)?;
    if let Some(all) = vm.modules.get() {
        dict::set_name(vm, d, "modules", all)?;
    }
    let streams = [
        ("stdin", Stream::In),
        ("stdout", Stream::Out),
        ("stderr", Stream::Err),
    ];
    for (name, which) in streams {
        let s = stream::new(vm, which)?;
        dict::set_name(vm, d, name, s)?;
        dict::set_name(vm, d, &format!("__{name}__"), s)?;
    }
    let path = vm.path.clone();
    let path = super::find::strings(vm, &path)?;
    dict::set_name(vm, d, "path", path)?;
    let finders = vm.new_list(&[])?;
    for id in super::finders::ALL {
        let c = vm.class_object(id)?;
        crate::types::list::ops::push(vm, finders, c)?;
    }
    dict::set_name(vm, d, "meta_path", finders.value())?;
    for name in ["displayhook", "excepthook"] {
        if let Some(h) = dict::get_name(vm, d, name)? {
            dict::set_name(vm, d, &format!("__{name}__"), h)?;
        }
    }
    let (major, minor, micro) = VERSION;
    let info = version_info(vm)?;
    dict::set_name(vm, d, "version_info", info)?;
    let hex = major << 24 | minor << 16 | micro << 8 | 0xF0;
    let numbers = [
        ("maxsize", i64::MAX),
        ("maxunicode", 0x10_FFFF),
        ("hexversion", hex),
        ("api_version", 1013),
    ];
    for (name, n) in numbers {
        let n = vm.new_int(n)?;
        dict::set_name(vm, d, name, n)?;
    }
    let version = format!(
        "{major}.{minor}.{micro} (Taipan {})",
        env!("CARGO_PKG_VERSION")
    );
    let order = if cfg!(target_endian = "little") {
        "little"
    } else {
        "big"
    };
    let platform = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let texts = [
        ("version", version.as_str()),
        ("byteorder", order),
        ("platform", platform),
        ("executable", ""),
        ("copyright", "Copyright (c) the authors of Taipan."),
    ];
    for (name, t) in texts {
        let t = vm.new_str(t)?;
        dict::set_name(vm, d, name, t)?;
    }
    dict::set_name(vm, d, "dont_write_bytecode", Value::TRUE)?;
    super::add_functions(vm, m, super::sysinfo::FUNCTIONS)?;
    let hex = vm.new_int(hex)?;
    super::sysinfo::fill(vm, d, info, hex)
}

/// `sys.version_info`: a tuple of a class of its own, which names its items.
fn version_info(vm: &mut Vm) -> R {
    let level = vm.new_str("final")?;
    let (major, minor, micro) = VERSION;
    let n = Value::int_unchecked;
    let items = [n(major), n(minor), n(micro), level, n(0)];
    super::sysinfo::named(vm, ClassId::VersionInfo, &items)
}

fn exit(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let status = a.get(0).unwrap_or(Value::NONE);
    let class = vm.class_object(ClassId::SystemExit)?;
    let e = if status.is_none() {
        crate::types::class::make::call(vm, class, Args::pos(&[]))?
    } else if status.is_kind(Kind::Tuple) {
        crate::types::tuple::ops::call_with(vm, class, status)?
    } else {
        crate::types::class::make::call(vm, class, Args::pos(&[status]))?
    };
    Err(vm.raise_value(e))
}

fn set_recursion_limit(vm: &mut Vm, _: Value, v: Value) -> R {
    let n = item::as_c_int(vm, v)?;
    if n < 1 {
        return Err(raise!(
            vm,
            ValueError,
            "recursion limit must be greater or equal than 1"
        ));
    }
    // Below this depth a recursion that overflowed counts as ended.
    let mark = if n > 200 { n - 50 } else { 3 * (n >> 2) };
    let depth = vm.depth.get();
    if depth as i64 >= mark as i64 {
        return Err(raise!(
            vm,
            RecursionError,
            "cannot set the recursion limit to {n} at the recursion depth {depth}: the limit is too low"
        ));
    }
    crate::jit::watch::limit_changes(vm, n as u32)?;
    vm.recursion_limit.set(n as u32);
    Ok(Value::NONE)
}

fn set_int_max_str_digits(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [v] = args::parse(vm, "set_int_max_str_digits", a, ["maxdigits"], 1, 1)?;
    let n = item::as_c_int(vm, v.unwrap_or(Value::NONE))?;
    if n != 0 && n < 640 {
        return Err(raise!(
            vm,
            ValueError,
            "maxdigits must be 0 or larger than 640"
        ));
    }
    vm.max_str_digits.set(n as u32);
    Ok(Value::NONE)
}

fn exc_info(vm: &mut Vm, _: Value) -> R {
    let none = Value::NONE;
    match vm.handled.get() {
        None => vm.new_tuple(&[none, none, none]),
        Some(e) => {
            let c = class::type_of(vm, e)?;
            let tb = exception::ops::traceback(vm, e);
            vm.new_tuple(&[c, e, tb])
        }
    }
}

fn intern(vm: &mut Vm, _: Value, v: Value) -> R {
    if !v.is_kind(Kind::Str) {
        let t = crate::types::args::kind_name(vm, v);
        return Err(raise!(
            vm,
            TypeError,
            "intern() argument must be str, not {t}"
        ));
    }
    strings::intern(vm, v)
}
