//! Calling a builtin: its row says how many arguments it takes, and this file says so in CPython's words.

use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::raise;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Calls a builtin function with its receiver (a method's `self`, a function's module).
///
/// # Errors
/// TypeError when the arguments do not fit the row; what the builtin raises.
#[inline]
pub fn call_def(vm: &mut Vm, def: &'static MethodDef, self_: Value, args: Args<'_>) -> R {
    match def.conv {
        Conv::One(f) if args.nkw() == 0 && args.len() == 1 => f(vm, self_, args[0]),
        Conv::NoArgs(f) if args.all().is_empty() => f(vm, self_),
        Conv::Pos(min, max, f)
            if args.nkw() == 0
                && args.len() >= min as usize
                && (max == u8::MAX || args.len() <= max as usize) =>
        {
            f(vm, self_, args)
        }
        Conv::Kw(f) => f(vm, self_, args),
        Conv::One(_) | Conv::NoArgs(_) | Conv::Pos(..) => Err(arity(vm, def, args)),
    }
}

#[cold]
fn arity(vm: &mut Vm, def: &MethodDef, args: Args<'_>) -> Raised {
    let (name, n) = (def.name, args.len());
    if args.nkw() > 0 {
        return raise!(vm, TypeError, "{name}() takes no keyword arguments");
    }
    match def.conv {
        Conv::NoArgs(_) => raise!(vm, TypeError, "{name}() takes no arguments ({n} given)"),
        Conv::One(_) => raise!(
            vm,
            TypeError,
            "{name}() takes exactly one argument ({n} given)"
        ),
        Conv::Pos(min, max, _) => expected(vm, name, n, min as usize, max as usize),
        Conv::Kw(_) => raise!(vm, SystemError, "{name}() checks its own arguments"),
    }
}

/// `NAME expected at least 1 argument, got 0` (CPython's `_PyArg_CheckPositional`).
#[cold]
pub fn expected(vm: &mut Vm, name: &str, n: usize, min: usize, max: usize) -> Raised {
    let (how, bound) = if n < min {
        (if min == max { "" } else { "at least " }, min)
    } else {
        (if min == max { "" } else { "at most " }, max)
    };
    let s = if bound == 1 { "" } else { "s" };
    raise!(
        vm,
        TypeError,
        "{name} expected {how}{bound} argument{s}, got {n}"
    )
}

/// Calls a method descriptor: the first positional argument is the receiver, of its class.
///
/// # Errors
/// TypeError without a receiver or with one of another class; what the method raises.
pub fn call_descriptor(vm: &mut Vm, def: &'static MethodDef, class: ClassId, args: Args<'_>) -> R {
    let Some(self_) = args.get(0) else {
        let c = class.name();
        return Err(raise!(
            vm,
            TypeError,
            "descriptor '{}' of '{c}' object needs an argument",
            def.name
        ));
    };
    let got = vm.class_of(self_);
    if !got.is_subclass(class) {
        let (c, g) = (class.name(), got.name());
        return Err(raise!(
            vm,
            TypeError,
            "descriptor '{}' for '{c}' objects doesn't apply to a '{g}' object",
            def.name
        ));
    }
    let rest = match args.kwnames() {
        Some(names) => Args::with_kw(&args.all()[1..], names, args.nkw()),
        None => Args::pos(&args.all()[1..]),
    };
    call_def(vm, def, self_, rest)
}
