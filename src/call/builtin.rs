//! Calling a builtin: its row says how many arguments it takes, and this file says so in CPython's words.

use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::raise;
use crate::types::builtin::value::MethodDescrObj;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Calls a builtin function with its receiver (a method's `self`, a function's module).
///
/// # Errors
/// TypeError when the arguments do not fit the row; what the builtin raises.
#[inline(always)]
pub fn call_def(vm: &mut Vm, def: &'static MethodDef, self_: Value, args: Args<'_>) -> R {
    let v = call_row(vm, def, self_, args)?;
    // A method that leaves a str as it is gives a str, of whatever derived class the receiver is.
    if v == self_ && v.is_user() {
        return crate::types::instance::ops::unchanged(vm, v);
    }
    Ok(v)
}
#[inline(always)]
fn call_row(vm: &mut Vm, def: &'static MethodDef, self_: Value, args: Args<'_>) -> R {
    match def.conv {
        Conv::One(f) if args.nkw() == 0 && args.len() == 1 => f(vm, self_, args[0]),
        Conv::NoArgs(f) if args.all().is_empty() => f(vm, self_),
        Conv::Pos(min, max, f)
            if args.nkw() == 0
                && args.len() >= min as usize
                && (max == u8::MAX || args.len() <= max as usize) =>
        {
            // Made anew: what is copied as a whole waits for the stores of its parts.
            f(vm, self_, Args::pos(args.all()))
        }
        Conv::Kw(f) | Conv::WrapKw(f) => f(vm, self_, args),
        Conv::Wrap0(f) if args.all().is_empty() => f(vm, self_),
        Conv::Wrap1(f) if args.nkw() == 0 && args.len() == 1 => f(vm, self_, args[0]),
        Conv::WrapN(min, max, f)
            if args.nkw() == 0 && (min as usize..=max as usize).contains(&args.len()) =>
        {
            f(vm, self_, args)
        }
        Conv::One(_)
        | Conv::NoArgs(_)
        | Conv::Pos(..)
        | Conv::Wrap0(_)
        | Conv::Wrap1(_)
        | Conv::WrapN(..) => Err(arity(vm, def, args)),
    }
}

#[cold]
fn arity(vm: &mut Vm, def: &MethodDef, args: Args<'_>) -> Raised {
    let (name, n) = (def.name, args.len());
    if args.nkw() > 0 {
        let what = if def.conv.is_slot() { "wrapper " } else { "" };
        return raise!(vm, TypeError, "{what}{name}() takes no keyword arguments");
    }
    match def.conv {
        Conv::NoArgs(_) => raise!(vm, TypeError, "{name}() takes no arguments ({n} given)"),
        Conv::One(_) => raise!(
            vm,
            TypeError,
            "{name}() takes exactly one argument ({n} given)"
        ),
        Conv::Pos(min, max, _) => expected(vm, name, n, min as usize, max as usize),
        Conv::Wrap0(_) => raise!(vm, TypeError, "expected 0 arguments, got {n}"),
        Conv::Wrap1(_) => raise!(vm, TypeError, "expected 1 argument, got {n}"),
        // CPython's slots with an optional argument have no name to show.
        Conv::WrapN(min, max, _) => expected(vm, "", n, min as usize, max as usize),
        Conv::Kw(_) | Conv::WrapKw(_) => {
            raise!(vm, SystemError, "{name}() checks its own arguments")
        }
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

/// Calls a descriptor of a class: the first positional argument is the receiver, of that class
/// (of a `classmethod_descriptor`, the class itself or one derived from it).
///
/// # Errors
/// TypeError without a receiver or with one of another class; what the method raises.
pub fn call_descriptor(vm: &mut Vm, descr: Value, args: Args<'_>) -> R {
    let Some((def, class)) = descr.get::<MethodDescrObj>(vm).map(|d| (d.def, d.class)) else {
        return Err(raise!(vm, SystemError, "not a descriptor"));
    };
    let Some(self_) = args.get(0) else {
        let c = crate::types::full_name(class);
        return Err(raise!(
            vm,
            TypeError,
            "descriptor '{}' of '{c}' object needs an argument",
            def.name
        ));
    };
    let rest = match args.kwnames() {
        Some(names) => Args::with_kw(&args.all()[1..], names, args.nkw()),
        None => Args::pos(&args.all()[1..]),
    };
    if vm.class_of(descr) == ClassId::ClassMethodDescriptor {
        check_class(vm, def, class, self_)?;
        return call_def(vm, def, self_, rest);
    }
    if !vm.is_a(self_, class) {
        let got = crate::types::class::ops::type_of(vm, self_)?;
        let (c, g) = (
            crate::types::full_name(class),
            crate::types::class::ops::full_name_of(vm, got),
        );
        let n = def.name;
        return Err(if def.conv.is_slot() {
            raise!(
                vm,
                TypeError,
                "descriptor '{n}' requires a '{c}' object but received a '{g}'"
            )
        } else {
            raise!(
                vm,
                TypeError,
                "descriptor '{n}' for '{c}' objects doesn't apply to a '{g}' object"
            )
        });
    }
    // int's own slots see a bool as the int it is.
    let self_ = match class {
        ClassId::Float => crate::types::descr::methods::as_float_for(vm, def, self_),
        _ => self_,
    };
    let self_ = match self_.as_bool() {
        Some(b) if class == ClassId::Int && def.conv.is_slot() => Value::int_unchecked(b as i64),
        _ => self_,
    };
    call_def(vm, def, self_, rest)
}

/// Whether a class method of `class` may be called on `c`.
///
/// # Errors
/// TypeError if not.
pub fn check_class(vm: &mut Vm, def: &MethodDef, class: ClassId, c: Value) -> Result<(), Raised> {
    let n = def.name;
    match crate::types::class::ops::id_of(vm, c) {
        None => {
            let t = vm.type_name(c);
            Err(raise!(
                vm,
                TypeError,
                "descriptor '{n}' requires a type but received a '{t}' instance"
            ))
        }
        Some(_) if !crate::types::class::ops::derives(vm, c, class) => {
            let got = crate::types::class::ops::name_of(vm, c);
            Err(raise!(
                vm,
                TypeError,
                "descriptor '{n}' requires a subtype of '{}' but received '{got}'",
                class.name(),
            ))
        }
        Some(_) => Ok(()),
    }
}
