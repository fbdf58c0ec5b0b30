//! Arguments of builtins that take keywords: CPython's `PyArg_ParseTupleAndKeywords`, and its texts.

use crate::object::{Args, Value};
use crate::raise;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// The text of a string value that Rust code reads at once (lone surrogates become U+FFFD).
pub fn text(vm: &Vm, v: Value) -> String {
    match v.get::<StrObj>(vm) {
        Some(s) => String::from_utf8_lossy(s.as_bytes()).into_owned(),
        None => String::new(),
    }
}

/// Name of keyword argument `i`.
pub fn kwname(vm: &Vm, args: Args<'_>, i: usize) -> Value {
    args.kwnames()
        .and_then(|k| k.get::<TupleObj>(vm)?.get(i))
        .unwrap_or(Value::NONE)
}

/// Sorts positional and keyword arguments into the parameters `names`, of which the first `min`
/// must be given and the first `npos` may be positional.
pub fn parse<const N: usize>(
    vm: &mut Vm,
    fname: &str,
    args: Args<'_>,
    names: [&str; N],
    min: usize,
    npos: usize,
) -> Result<[Option<Value>; N], Raised> {
    let given = args.len() + args.nkw();
    if given > N {
        let how = if min < N { "at most" } else { "exactly" };
        let what = if args.nkw() == 0 && npos < N {
            "positional argument"
        } else {
            "argument"
        };
        let s = if N == 1 { "" } else { "s" };
        return Err(raise!(
            vm,
            TypeError,
            "{fname}() takes {how} {N} {what}{s} ({given} given)"
        ));
    }
    if args.len() > npos {
        let how = if min < npos { "at most" } else { "exactly" };
        let s = if npos == 1 { "" } else { "s" };
        return Err(raise!(
            vm,
            TypeError,
            "{fname}() takes {how} {npos} positional argument{s} ({} given)",
            args.len()
        ));
    }
    let mut out = [None; N];
    for (o, v) in out.iter_mut().zip(args.positional()) {
        *o = Some(*v);
    }
    for i in 0..args.nkw() {
        let k = kwname(vm, args, i);
        let k = text(vm, k);
        match names.iter().position(|n| !n.is_empty() && **n == k) {
            Some(p) if p < args.len() => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "argument for {fname}() given by name ('{k}') and position ({})",
                    p + 1
                ));
            }
            Some(p) => out[p] = Some(args.kw_values()[i]),
            None => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "'{k}' is an invalid keyword argument for {fname}()"
                ));
            }
        }
    }
    if let Some(i) = (0..min).find(|&i| out[i].is_none()) {
        return Err(raise!(
            vm,
            TypeError,
            "{fname}() missing required argument '{}' (pos {})",
            names[i],
            i + 1
        ));
    }
    Ok(out)
}

/// Checks the number of positional arguments, with the text of `PyArg_UnpackTuple`.
pub fn arity(
    vm: &mut Vm,
    fname: &str,
    args: Args<'_>,
    min: usize,
    max: usize,
) -> Result<(), Raised> {
    let n = args.len();
    if (min..=max).contains(&n) {
        return Ok(());
    }
    let (bound, at) = if n < min {
        (min, "at least ")
    } else {
        (max, "at most ")
    };
    let at = if min == max { "" } else { at };
    let s = if bound == 1 { "" } else { "s" };
    Err(raise!(
        vm,
        TypeError,
        "{fname} expected {at}{bound} argument{s}, got {n}"
    ))
}

/// Refuses keyword arguments.
pub fn no_keywords(vm: &mut Vm, fname: &str, args: Args<'_>) -> Result<(), Raised> {
    if args.nkw() > 0 {
        return Err(raise!(
            vm,
            TypeError,
            "{fname}() takes no keyword arguments"
        ));
    }
    Ok(())
}
