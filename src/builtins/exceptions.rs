//! `raise`.

use crate::object::{Args, Kind, Value};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::exception::methods::set_cause;
use crate::vm::{Raised, Vm};

/// RAISE_VARARGS: `raise`, `raise exc`, `raise exc from cause`.
pub fn raise(vm: &mut Vm, exc: Option<Value>, cause: Option<Value>) -> Raised {
    let Some(exc) = exc else {
        return match vm.handled.get() {
            Some(e) => vm.reraise(e),
            None => raise!(vm, RuntimeError, "No active exception to reraise"),
        };
    };
    let exc = match instance(vm, exc) {
        Ok(Some(e)) => e,
        Ok(None) => {
            return raise!(vm, TypeError, "exceptions must derive from BaseException");
        }
        Err(r) => return r,
    };
    if let Some(cause) = cause {
        let cause = if cause.is_none() {
            None
        } else {
            match instance(vm, cause) {
                Ok(Some(c)) => Some(c),
                Ok(None) => {
                    return raise!(
                        vm,
                        TypeError,
                        "exception causes must derive from BaseException"
                    );
                }
                Err(r) => return r,
            }
        };
        set_cause(vm, exc, cause);
    }
    vm.raise_value(exc)
}

/// The exception that a class or an exception stands for; `None` for anything else.
fn instance(vm: &mut Vm, v: Value) -> Result<Option<Value>, Raised> {
    if v.is_kind(Kind::Exception) {
        return Ok(Some(v));
    }
    match class::id_of(vm, v) {
        Some(c) if c.is_exception() => class::call(vm, v, Args::pos(&[])).map(Some),
        _ => Ok(None),
    }
}
