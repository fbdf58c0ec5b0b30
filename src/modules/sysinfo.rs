//! The tables of `sys`: what kind of engine this is, in tuples whose items have names.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Header, Kind, MethodDef, Slot, Value};
use crate::raise;
use crate::types::args;
use crate::types::builtin::methods::is_callable;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::int::ops as int;
use crate::types::list::ops as list;
use crate::types::namespace;
use crate::types::tuple::value::TupleObj;
use crate::types::{Getter, Setter};
use crate::vm::{Raised, Vm};

macro_rules! items {
    ($($name:literal $i:literal),*) => {
        &[$(Getter {
            name: $name,
            get: |vm, t| Ok(t.get::<TupleObj>(vm).and_then(|t| t.get($i))),
            set: Setter::Member,
        }),*]
    };
}
/// The named items of `sys.flags`.
pub const FLAGS: &[Getter] = items!(
    "debug" 0, "inspect" 1, "interactive" 2, "optimize" 3, "dont_write_bytecode" 4, "no_user_site" 5,
    "no_site" 6, "ignore_environment" 7, "verbose" 8, "bytes_warning" 9, "quiet" 10,
    "hash_randomization" 11, "isolated" 12, "dev_mode" 13, "utf8_mode" 14, "int_max_str_digits" 15
);
/// Of `sys.get_asyncgen_hooks()`.
pub const ASYNCGEN_HOOKS: &[Getter] = items!("firstiter" 0, "finalizer" 1);
/// Of `sys.float_info`.
pub const FLOAT_INFO: &[Getter] = items!(
    "max" 0, "max_exp" 1, "max_10_exp" 2, "min" 3, "min_exp" 4, "min_10_exp" 5, "dig" 6, "mant_dig" 7,
    "epsilon" 8, "radix" 9, "rounds" 10
);
/// Of `sys.int_info`.
pub const INT_INFO: &[Getter] = items!(
    "bits_per_digit" 0, "sizeof_digit" 1, "default_max_str_digits" 2, "str_digits_check_threshold" 3
);
/// Of `sys.hash_info`.
pub const HASH_INFO: &[Getter] = items!(
    "width" 0, "modulus" 1, "inf" 2, "nan" 3, "imag" 4, "algorithm" 5, "hash_bits" 6, "seed_bits" 7, "cutoff" 8
);

/// Functions that say little: rows of `sys`.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "getfilesystemencoding",
        conv: Conv::NoArgs(|vm, _| vm.new_str("utf-8")),
        doc: "Return the encoding of file names.",
    },
    MethodDef {
        name: "getfilesystemencodeerrors",
        conv: Conv::NoArgs(|vm, _| vm.new_str("surrogateescape")),
        doc: "Return what is done about file names that do not encode.",
    },
    MethodDef {
        name: "get_asyncgen_hooks",
        conv: Conv::NoArgs(|vm, _| {
            let hooks = [
                vm.asyncgen_hooks[0].get_or_none(),
                vm.asyncgen_hooks[1].get_or_none(),
            ];
            named(vm, ClassId::AsyncGenHooks, &hooks)
        }),
        doc: "Return what is called with each asynchronous generator first, and when it dies.",
    },
    MethodDef {
        name: "set_asyncgen_hooks",
        conv: Conv::Kw(set_asyncgen_hooks),
        doc: "Set what is called with each asynchronous generator first, and when it dies.",
    },
    MethodDef {
        name: "is_finalizing",
        conv: Conv::NoArgs(|_, _| Ok(Value::FALSE)),
        doc: "Whether the engine is ending: no Python code runs then.",
    },
    MethodDef {
        name: "getsizeof",
        conv: Conv::Pos(1, 2, |vm, _, a| {
            let n = size_of(vm, a[0]);
            vm.new_int(n as i64)
        }),
        doc: "Return about how many bytes an object takes.",
    },
];

/// Bytes of a value: a word, and what it points at.
fn size_of(vm: &Vm, v: Value) -> usize {
    use crate::types::bytes::value::BytesObj;
    use crate::types::list::value::ListObj;
    use crate::types::str::value::StrObj;
    let own = match v.kind() {
        Some(Kind::Str) => v.get::<StrObj>(vm).map(|s| size_of_val(s) + s.len),
        Some(Kind::Bytes) => v.get::<BytesObj>(vm).map(|b| size_of_val(b) + b.len),
        Some(Kind::Tuple) => v.get::<TupleObj>(vm).map(|t| size_of_val(t) + 8 * t.len),
        Some(Kind::List) => v
            .get::<ListObj>(vm)
            .map(|l| size_of_val(l) + 8 * l.items.capacity()),
        Some(Kind::Dict) => v
            .get::<DictObj>(vm)
            .map(|d| size_of_val(d) + 32 * d.entries.len()),
        Some(Kind::BigInt) => int::get(vm, v).map(|i| 24 + i.bits() as usize / 8),
        Some(_) => Some(32),
        None => None,
    };
    8 + own.unwrap_or(0)
}

/// A tuple of a class that names its items.
///
/// # Errors
/// MemoryError.
pub fn named(vm: &mut Vm, class: ClassId, items: &[Value]) -> R {
    let t = vm.with_room(16 + size_of_val(items), |vm| {
        let init = TupleObj {
            h: Header::new(Kind::Tuple, class as u32),
            len: items.len(),
        };
        vm.heap.alloc_tail(init, items.len(), |to: &mut [Slot]| {
            for (s, v) in to.iter_mut().zip(items) {
                *s = Slot::of(*v);
            }
        })
    })?;
    Ok(t.value())
}

/// `sys.set_asyncgen_hooks([firstiter], [finalizer])`
fn set_asyncgen_hooks(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let names = ["firstiter", "finalizer"];
    let hooks = args::parse(vm, "set_asyncgen_hooks", a, names, 0, 2)?;
    // The last one is looked at first, and both before either is set.
    for (name, hook) in names.iter().zip(hooks).rev() {
        if let Some(h) = hook.filter(|h| !h.is_none())
            && !is_callable(vm, h)?
        {
            let t = vm.type_name(h);
            return Err(raise!(vm, TypeError, "callable {name} expected, got {t}"));
        }
    }
    for (i, hook) in hooks.into_iter().enumerate() {
        if let Some(h) = hook {
            let h = Some(h).filter(|h| !h.is_none());
            vm.asyncgen_hooks[i].write(&vm.heap, h);
        }
    }
    Ok(Value::NONE)
}

/// Binds the tables.
///
/// # Errors
/// MemoryError.
pub fn fill(vm: &mut Vm, d: Gc<DictObj>, version: Value, hex: Value) -> Result<(), Raised> {
    let n = Value::int_unchecked;
    let f = vm.config.flags.clone();
    let b = |b: bool| n(b as i64);
    let digits = vm.max_str_digits.get() as i64;
    let flags = [
        n(f.debug as i64),
        b(f.inspect),
        b(f.interactive && f.inspect),
        n(f.optimize as i64),
        b(f.dont_write_bytecode),
        b(f.no_user_site),
        b(f.no_site),
        b(f.ignore_environment),
        n(f.verbose as i64),
        n(f.bytes_warning as i64),
        b(f.quiet),
        n(0),
        b(f.isolated),
        Value::FALSE,
        n(1),
        n(digits),
    ];
    let flags = named(vm, ClassId::SysFlags, &flags)?;
    let float = Value::float;
    let floats = [
        float(f64::MAX),
        n(1024),
        n(308),
        float(f64::MIN_POSITIVE),
        n(-1021),
        n(-307),
        n(15),
        n(53),
        float(f64::EPSILON),
        n(2),
        n(1),
    ];
    let floats = named(vm, ClassId::FloatInfo, &floats)?;
    let ints = named(vm, ClassId::IntInfo, &[n(30), n(4), n(4300), n(640)])?;
    let modulus = vm.new_int((1 << 61) - 1)?;
    let algorithm = vm.new_str("siphash24")?;
    let hashes = [
        n(64),
        modulus,
        n(314_159),
        n(0),
        n(1_000_003),
        algorithm,
        n(64),
        n(128),
        n(0),
    ];
    let hashes = named(vm, ClassId::HashInfo, &hashes)?;
    let name = vm.new_str("taipan")?;
    let tag = vm.new_str(super::sys::CACHE_TAG)?;
    let implementation = namespace::new(
        vm,
        ClassId::SimpleNamespace,
        &[
            ("name", name),
            ("cache_tag", tag),
            ("version", version),
            ("hexversion", hex),
        ],
    )?;
    let names = vm.new_list(&[])?;
    for m in super::builtin_names() {
        let m = vm.intern(m)?;
        list::push(vm, names, m)?;
    }
    let names = list::to_tuple(vm, names)?;
    let warn = super::find::strings(vm, &f.warn)?;
    let options = vm.new_dict()?;
    for o in &f.xoptions {
        let (k, v) = match o.split_once('=') {
            Some((k, v)) => (k, vm.new_str(v)?),
            None => (o.as_str(), Value::TRUE),
        };
        let k = vm.new_str(k)?;
        dict::set(vm, options, k, v)?;
    }
    let empty = vm.new_str("")?;
    let short = vm.new_str("short")?;
    let all = [
        ("flags", flags),
        ("float_info", floats),
        ("int_info", ints),
        ("hash_info", hashes),
        ("implementation", implementation),
        ("builtin_module_names", names),
        ("warnoptions", warn),
        ("_xoptions", options.value()),
        ("prefix", empty),
        ("exec_prefix", empty),
        ("base_prefix", empty),
        ("base_exec_prefix", empty),
        ("abiflags", empty),
        ("float_repr_style", short),
        ("pycache_prefix", Value::NONE),
    ];
    for (k, v) in all {
        dict::set_name(vm, d, k, v)?;
    }
    for hook in ["displayhook", "excepthook"] {
        if let Some(h) = dict::get_name(vm, d, hook)? {
            dict::set_name(vm, d, &format!("__{hook}__"), h)?;
        }
    }
    Ok(())
}
