//! The fast path's test (`_PyFunction_FastCallKeywords`, CPython 3.7/3.8).

use crate::interp::executable::Executable;
use crate::object::Value;
use crate::types::function::value::FunctionObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::Vm;

/// How a function's arguments get into its frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Path {
    /// The positional arguments are the first locals.
    Fast,
    /// No argument was given and every parameter has a default: the defaults are the first locals.
    Defaults(Value),
    /// `bind`.
    General,
}

/// Which way a call with these counts goes. Flags less PyCF_MASK must *equal*
/// OPTIMIZED|NEWLOCALS|NOFREE, so CO_NESTED alone disqualifies; and there are no keyword-only
/// parameters and no keyword arguments.
#[inline]
pub fn path(vm: &Vm, func: &FunctionObj, exec: &Executable, npos: usize, nkw: usize) -> Path {
    if !exec.fast || nkw != 0 {
        return Path::General;
    }
    match func.defaults.get() {
        None if exec.argcount as usize == npos => Path::Fast,
        Some(d)
            if npos == 0
                && d.get::<TupleObj>(vm)
                    .is_some_and(|t| t.len == exec.argcount as usize) =>
        {
            Path::Defaults(d)
        }
        _ => Path::General,
    }
}
