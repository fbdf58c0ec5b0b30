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

/// Checks that the names of keywords are strings; a mapping after `**` may have other keys.
///
/// # Errors
/// TypeError.
pub fn str_keywords(vm: &mut Vm, args: Args<'_>) -> Result<(), Raised> {
    (0..args.nkw()).try_for_each(|i| str_keyword(vm, args, i))
}
/// The same of keyword `i`.
///
/// # Errors
/// TypeError.
pub fn str_keyword(vm: &mut Vm, args: Args<'_>, i: usize) -> Result<(), Raised> {
    match kwname(vm, args, i).get::<StrObj>(vm) {
        Some(_) => Ok(()),
        None => Err(raise!(vm, TypeError, "keywords must be strings")),
    }
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
    if args.nkw() == 0 && (min..=npos.min(N)).contains(&args.len()) {
        let mut out = [None; N];
        for (o, v) in out.iter_mut().zip(args.positional()) {
            *o = Some(*v);
        }
        return Ok(out);
    }
    let given = args.len() + args.nkw();
    if given > N {
        let how = if min < N { "at most" } else { "exactly" };
        let what = if args.positional().is_empty() {
            "keyword argument"
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
        if npos == 0 {
            return Err(raise!(
                vm,
                TypeError,
                "{fname}() takes no positional arguments"
            ));
        }
        let how = if min < npos { "at most" } else { "exactly" };
        let s = if npos == 1 { "" } else { "s" };
        return Err(raise!(
            vm,
            TypeError,
            "{fname}() takes {how} {npos} positional argument{s} ({} given)",
            args.len()
        ));
    }
    let nameless = names.iter().take(min).take_while(|n| n.is_empty()).count();
    if args.len() < nameless {
        let how = if nameless < npos {
            "at least"
        } else {
            "exactly"
        };
        let s = if nameless == 1 { "" } else { "s" };
        return Err(raise!(
            vm,
            TypeError,
            "{fname}() takes {how} {nameless} positional argument{s} ({} given)",
            args.len()
        ));
    }
    let mut out = [None; N];
    for (o, v) in out.iter_mut().zip(args.positional()) {
        *o = Some(*v);
    }
    // What is missing is said before what is too much.
    let place = |vm: &Vm, i: usize| {
        let k = kwname(vm, args, i);
        let k = text(vm, k);
        let p = names.iter().position(|n| !n.is_empty() && **n == k);
        (k, p)
    };
    for i in 0..args.nkw() {
        if let (_, Some(p)) = place(vm, i)
            && p >= args.len()
        {
            out[p] = Some(args.kw_values()[i]);
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
    for i in 0..args.nkw() {
        str_keyword(vm, args, i)?;
        match place(vm, i) {
            (k, Some(p)) if p < args.len() => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "argument for {fname}() given by name ('{k}') and position ({})",
                    p + 1
                ));
            }
            (_, Some(_)) => (),
            (k, None) => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "'{k}' is an invalid keyword argument for {fname}()"
                ));
            }
        }
    }
    Ok(out)
}

/// How the errors of CPython's argument parsers call what they were given.
pub fn kind_name(vm: &Vm, v: Value) -> std::borrow::Cow<'static, str> {
    match v.is_none() {
        true => "None".into(),
        false => vm.type_name(v),
    }
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

/// Checks the number of positional arguments, with the text of `PyArg_ParseTuple`; `fname` is `f()`,
/// or `function` where CPython names none.
pub fn counted(
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
    Err(miscounted(vm, fname, n, min, max))
}
/// The error of `PyArg_ParseTuple` for `n` arguments where `min` to `max` are wanted; `fname` has its parentheses.
pub fn miscounted(vm: &mut Vm, fname: &str, n: usize, min: usize, max: usize) -> Raised {
    let how = match n < min {
        _ if min == max => "exactly",
        true => "at least",
        false => "at most",
    };
    let bound = if n < min { min } else { max };
    let s = if bound == 1 { "" } else { "s" };
    raise!(
        vm,
        TypeError,
        "{fname} takes {how} {bound} argument{s} ({n} given)"
    )
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
