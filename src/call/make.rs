//! MAKE_FUNCTION.

use crate::object::{Kind, Value};
use crate::raise;
use crate::types::code::value::CodeObj;
use crate::types::function::ops;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// Makes a function as MAKE_FUNCTION `flags` does; `extra` are the values below the code object
/// on the stack, the deepest first: defaults (1), kwdefaults (2), annotations (4), closure (8).
/// What CPython only asserts about their types is checked.
///
/// # Errors
/// SystemError for an operand of the wrong type; MemoryError.
pub fn make_function(
    vm: &mut Vm,
    globals: Value,
    code: Value,
    qualname: Value,
    flags: u32,
    extra: &[Value],
) -> Result<Value, Raised> {
    let Some(code) = code.cast::<CodeObj>() else {
        return Err(raise!(
            vm,
            SystemError,
            "MAKE_FUNCTION expects a code object"
        ));
    };
    if !qualname.is_kind(Kind::Str) {
        return Err(raise!(
            vm,
            SystemError,
            "MAKE_FUNCTION expects a str as qualified name"
        ));
    }
    let func = ops::new(vm, code, globals, qualname)?;
    let mut extra = extra.iter().copied();
    let mut take = |bit: u32| if flags & bit != 0 { extra.next() } else { None };
    let (defaults, kwdefaults, annotations, closure) = (take(1), take(2), take(4), take(8));
    let of = |v: Option<Value>, k: Kind| v.is_none_or(|v| v.is_kind(k));
    if !of(defaults, Kind::Tuple)
        || !of(kwdefaults, Kind::Dict)
        || !of(annotations, Kind::Dict)
        || !of(closure, Kind::Tuple)
    {
        return Err(raise!(
            vm,
            SystemError,
            "MAKE_FUNCTION operand of the wrong type"
        ));
    }
    let nfree = code.get(vm).code.as_ref().map_or(0, |c| c.freevars.len());
    let cells_ok = match closure.and_then(|c| c.get::<TupleObj>(vm)) {
        Some(t) => t.len == nfree && t.iter().all(|c| c.is_kind(Kind::Cell)),
        None => nfree == 0,
    };
    if !cells_ok {
        return Err(raise!(
            vm,
            SystemError,
            "MAKE_FUNCTION closure does not fit the code object's free variables"
        ));
    }
    let o = func.get(vm);
    o.defaults.write(&vm.heap, defaults);
    o.kwdefaults.write(&vm.heap, kwdefaults);
    o.annotations.write(&vm.heap, annotations);
    o.closure.write(&vm.heap, closure);
    Ok(func.value())
}
