//! The general path: `_PyEval_EvalCodeWithName`, step for step, writing f_localsplus.

use crate::code::object::flags;
use crate::interp::frame::FramePtr;
use crate::object::{Args, Gc, Header, Kind, Slot, Value};
use crate::protocol::compare;
use crate::raise;
use crate::types::cell::value::CellObj;
use crate::types::code::value::CodeObj;
use crate::types::dict::value::DictObj;
use crate::types::function::value::FunctionObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// Binds arguments to the parameters of `func` in the frame `f`, which was just pushed for its
/// code, then makes the cells and copies the closure.
///
/// # Errors
/// TypeError with CPython's texts; MemoryError.
pub fn bind(vm: &mut Vm, f: FramePtr, func: Gc<FunctionObj>, args: Args<'_>) -> Result<(), Raised> {
    let code = &*f.exec().code;
    let argcount = code.argcount as usize;
    let total = argcount + code.kwonlyargcount as usize;
    let varargs = code.flags & flags::VARARGS != 0;

    // **kw's dict, before anything else may fail.
    let kwdict = if code.flags & flags::VARKEYWORDS != 0 {
        let d = vm.new_dict()?;
        f.set_slot(total + varargs as usize, Some(d.value()));
        Some(d)
    } else {
        None
    };

    // Positional arguments, then *args.
    let npos = args.len();
    let n = npos.min(argcount);
    for (i, v) in args.positional()[..n].iter().enumerate() {
        f.set_slot(i, Some(*v));
    }
    if varargs {
        let rest = vm.new_tuple(&args.positional()[n..])?;
        f.set_slot(total, Some(rest));
    }

    // Keyword arguments.
    if let Some(names) = args.kwnames() {
        keywords(vm, f, func, args, names, kwdict, total)?;
    }

    if npos > argcount && !varargs {
        return Err(too_many_positional(vm, f, func, npos));
    }
    if npos < argcount {
        defaults(vm, f, func, npos)?;
    }
    if code.kwonlyargcount > 0 {
        kw_defaults(vm, f, func)?;
    }
    cells(vm, f, func)
}

/// `co_name`, for messages.
fn name_of(f: FramePtr) -> String {
    f.exec().code.name.to_string()
}

/// The name of local `i`, as a value.
fn varname(vm: &mut Vm, f: FramePtr, i: usize) -> Result<Value, Raised> {
    crate::types::code::ops::varname(vm, f.code(), i)
}

fn keywords(
    vm: &mut Vm,
    f: FramePtr,
    func: Gc<FunctionObj>,
    args: Args<'_>,
    names: Value,
    kwdict: Option<Gc<DictObj>>,
    total: usize,
) -> Result<(), Raised> {
    let posonly = f.exec().code.posonlyargcount as usize;
    let varnames = f.code().get::<CodeObj>(vm).and_then(|c| c.varnames.get());
    let varnames = varnames.and_then(|n| n.cast::<TupleObj>());
    for (i, value) in args.kw_values().iter().enumerate() {
        let keyword = names.get::<TupleObj>(vm).and_then(|t| t.get(i));
        let Some(keyword) = keyword.filter(|k| k.is_kind(Kind::Str)) else {
            return Err(raise!(
                vm,
                TypeError,
                "{}() keywords must be strings",
                name_of(f)
            ));
        };
        // Names are interned as a rule: identity first, equality just in case.
        let same = |t: Gc<TupleObj>| {
            let all = t.get(vm).values().get(posonly..total)?;
            all.iter().position(|n| *n == keyword)
        };
        let mut found = varnames.and_then(same).map(|j| posonly + j);
        if found.is_none() {
            for j in posonly..total {
                let name = varname(vm, f, j)?;
                if compare::eq(vm, keyword, name)? {
                    found = Some(j);
                    break;
                }
            }
        }
        match (found, kwdict) {
            (Some(j), _) => {
                if f.slot(j).is_some() {
                    let k = vm.text(keyword);
                    return Err(raise!(
                        vm,
                        TypeError,
                        "{}() got multiple values for argument '{k}'",
                        name_of(f)
                    ));
                }
                f.set_slot(j, Some(*value));
            }
            (None, Some(d)) => crate::types::dict::ops::set(vm, d, keyword, *value)?,
            (None, None) => {
                if posonly > 0 {
                    positional_only_as_keyword(vm, f, names, args.nkw())?;
                }
                let k = vm.text(keyword);
                return Err(raise!(
                    vm,
                    TypeError,
                    "{}() got an unexpected keyword argument '{k}'",
                    name_of(f)
                ));
            }
        }
    }
    let _ = func;
    Ok(())
}

/// Raises if some keyword names a positional-only parameter.
fn positional_only_as_keyword(
    vm: &mut Vm,
    f: FramePtr,
    names: Value,
    nkw: usize,
) -> Result<(), Raised> {
    let mut bad: Vec<String> = Vec::new();
    for j in 0..f.exec().code.posonlyargcount as usize {
        let name = varname(vm, f, j)?;
        for i in 0..nkw {
            let k = names
                .get::<TupleObj>(vm)
                .and_then(|t| t.get(i))
                .unwrap_or(Value::NONE);
            if k == name || compare::eq(vm, k, name)? {
                bad.push(vm.text(name));
            }
        }
    }
    if bad.is_empty() {
        return Ok(());
    }
    Err(raise!(
        vm,
        TypeError,
        "{}() got some positional-only arguments passed as keyword arguments: '{}'",
        name_of(f),
        bad.join(", ")
    ))
}

fn too_many_positional(vm: &mut Vm, f: FramePtr, func: Gc<FunctionObj>, given: usize) -> Raised {
    let code = &*f.exec().code;
    let argcount = code.argcount as usize;
    let kwonly_given = (0..code.kwonlyargcount as usize)
        .filter(|i| f.slot(argcount + i).is_some())
        .count();
    let ndefaults = func
        .get(vm)
        .defaults
        .get()
        .and_then(|d| d.get::<TupleObj>(vm))
        .map_or(0, |t| t.len);
    let (plural, takes) = if ndefaults > 0 {
        (
            true,
            // More defaults than parameters give a negative number, as in CPython.
            format!("from {} to {argcount}", argcount as i64 - ndefaults as i64),
        )
    } else {
        (argcount != 1, argcount.to_string())
    };
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let kw = if kwonly_given > 0 {
        format!(
            " positional argument{} (and {kwonly_given} keyword-only argument{})",
            s(given),
            s(kwonly_given)
        )
    } else {
        String::new()
    };
    let were = if given == 1 && kwonly_given == 0 {
        "was"
    } else {
        "were"
    };
    raise!(
        vm,
        TypeError,
        "{}() takes {takes} positional argument{} but {given}{kw} {were} given",
        name_of(f),
        if plural { "s" } else { "" }
    )
}

/// Fills the positional parameters that are still empty from `__defaults__`.
fn defaults(vm: &mut Vm, f: FramePtr, func: Gc<FunctionObj>, npos: usize) -> Result<(), Raised> {
    let argcount = f.exec().code.argcount as usize;
    let defs = func
        .get(vm)
        .defaults
        .get()
        .and_then(|d| d.cast::<TupleObj>());
    let ndefs = defs.map_or(0, |d| d.get(vm).len);
    // More defaults than parameters can only come from an assignment to __defaults__: the last
    // ones count, as in CPython, where `m` goes negative.
    let (m, skip) = if ndefs > argcount {
        (0, ndefs - argcount)
    } else {
        (argcount - ndefs, 0)
    };
    if (npos..m).any(|i| f.slot(i).is_none()) {
        let missing: Vec<usize> = (npos..m).filter(|i| f.slot(*i).is_none()).collect();
        return Err(missing_arguments(vm, f, &missing, "positional"));
    }
    if let Some(d) = defs {
        for i in npos.max(m)..argcount {
            if f.slot(i).is_none() {
                f.set_slot(i, d.get(vm).get(i - m + skip));
            }
        }
    }
    Ok(())
}

/// Fills the keyword-only parameters that are still empty from `__kwdefaults__`.
fn kw_defaults(vm: &mut Vm, f: FramePtr, func: Gc<FunctionObj>) -> Result<(), Raised> {
    let code = &*f.exec().code;
    let argcount = code.argcount as usize;
    let mut missing = Vec::new();
    for i in argcount..argcount + code.kwonlyargcount as usize {
        if f.slot(i).is_some() {
            continue;
        }
        let name = varname(vm, f, i)?;
        let dict = func
            .get(vm)
            .kwdefaults
            .get()
            .and_then(|d| d.cast::<DictObj>());
        match dict {
            Some(d) => match crate::types::dict::ops::get(vm, d, name)? {
                Some(v) => f.set_slot(i, Some(v)),
                None => missing.push(i),
            },
            None => missing.push(i),
        }
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing_arguments(vm, f, &missing, "keyword-only"))
    }
}

/// `f() missing 2 required positional arguments: 'a' and 'b'`
fn missing_arguments(vm: &mut Vm, f: FramePtr, missing: &[usize], kind: &str) -> Raised {
    let code = &*f.exec().code;
    let names: Vec<String> = missing
        .iter()
        .map(|i| format!("'{}'", code.varnames[*i]))
        .collect();
    let list = match names.as_slice() {
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [front @ .., last] => format!("{}, and {last}", front.join(", ")),
        [] => String::new(),
    };
    raise!(
        vm,
        TypeError,
        "{}() missing {} required {kind} argument{}: {list}",
        code.name,
        missing.len(),
        if missing.len() == 1 { "" } else { "s" }
    )
}

/// Makes the cells (an argument that is a cell variable moves into its cell) and copies
/// the closure's cells behind them.
fn cells(vm: &mut Vm, f: FramePtr, func: Gc<FunctionObj>) -> Result<(), Raised> {
    let code = &*f.exec().code;
    let nlocals = code.nlocals as usize;
    // An argument that is no cell variable's is out of range: an empty slot.
    for (i, &arg) in f.exec().cell2arg.iter().enumerate() {
        let content = f.slot(arg as usize);
        f.set_slot(arg as usize, None);
        let cell = vm.alloc(CellObj {
            h: Header::new(Kind::Cell, crate::object::ClassId::Cell as u32),
            value: Slot::new(content),
        })?;
        f.set_slot(nlocals + i, Some(cell.value()));
    }
    let nfrees = code.freevars.len();
    if nfrees == 0 {
        return Ok(());
    }
    let closure = func
        .get(vm)
        .closure
        .get()
        .and_then(|c| c.cast::<TupleObj>());
    for i in 0..nfrees {
        // CPython trusts the closure's length and types here; bytecode may be hostile.
        match closure
            .and_then(|c| c.get(vm).get(i))
            .filter(|c| c.is_kind(Kind::Cell))
        {
            Some(c) => f.set_slot(nlocals + code.cellvars.len() + i, Some(c)),
            None => {
                return Err(raise!(
                    vm,
                    SystemError,
                    "{}() has no cell for free variable '{}'",
                    code.name,
                    code.freevars[i]
                ));
            }
        }
    }
    Ok(())
}
