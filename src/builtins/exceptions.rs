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
        Some(c) if c.is_exception() => {
            let e = vm.call(v, Args::pos(&[]))?;
            if e.is_kind(Kind::Exception) {
                return Ok(Some(e));
            }
            let (c, t) = (crate::protocol::repr::repr(vm, v)?, class::type_of(vm, e)?);
            let t = crate::protocol::repr::repr(vm, t)?;
            let (c, t) = (vm.text(c), vm.text(t));
            Err(crate::raise!(
                vm,
                TypeError,
                "calling {c} should have returned an instance of BaseException, not {t}"
            ))
        }
        _ => Ok(None),
    }
}

/// Whether what `throw` was given is an exception of this class, or a class derived from it.
pub fn is_or_of(vm: &Vm, v: Value, class: crate::object::ClassId) -> bool {
    if v.is_kind(Kind::Exception) {
        return vm.class_of(v).is_subclass(class);
    }
    class::id_of(vm, v).is_some_and(|c| c.is_subclass(class))
}

/// The exception that `throw(what, value, traceback)` raises; `None` where it is refused.
///
/// # Errors
/// What making the exception raises.
pub fn thrown(
    vm: &mut Vm,
    what: Value,
    value: Option<Value>,
    traceback: Option<Value>,
) -> Result<Option<Value>, Raised> {
    let (e, own) = if what.is_kind(Kind::Exception) {
        if value.is_some() {
            return Ok(None);
        }
        (
            what,
            Some(crate::types::exception::ops::traceback(vm, what)),
        )
    } else {
        let Some(class) = class::id_of(vm, what).filter(|c| c.is_exception()) else {
            return Ok(None);
        };
        let e = match value {
            Some(v) if is_or_of(vm, v, class) && v.is_kind(Kind::Exception) => v,
            Some(v) => match v.cast::<crate::types::tuple::value::TupleObj>() {
                Some(_) => crate::types::tuple::ops::call_with(vm, what, v)?,
                None => vm.call(what, Args::pos(&[v]))?,
            },
            None => vm.call(what, Args::pos(&[]))?,
        };
        (e, None)
    };
    if let Some(o) = e.get::<crate::types::exception::value::ExceptionObj>(vm) {
        let tb = traceback.or(own).filter(|t| !t.is_none());
        o.traceback.write(&vm.heap, tb);
    }
    Ok(Some(e))
}
