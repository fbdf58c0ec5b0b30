//! The general forms of calls. A Python function's frame is pushed and left to the loop, so that calls
//! from bytecode do not recurse natively, whatever form they have.

use super::frame::FramePtr;
use super::{enter, trace};
use crate::call::dispatch::{self, Prepared, count, prepare};
use crate::call::spread;
use crate::jit::tier::Enter;
use crate::object::{Args, Gc, Value};
use crate::raise;
use crate::types::builtin::value::BoundMethodObj;
use crate::types::class::make;
use crate::types::function::value::FunctionObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// A callee that needs a frame of its own, or a result.
pub enum Called {
    Value(Value),
    /// This frame runs next; the innermost one, which native code may have put there.
    Frame(FramePtr),
    /// The innermost frame runs next, and a tracer looks on.
    Traced,
    Throw(Raised),
}

/// Calls a Python function from bytecode: pushes its frame and leaves it to the loop, unless native
/// code or a replaced evaluator takes it.
#[inline(always)]
pub fn start(vm: &mut Vm, f: FramePtr) -> Result<Called, Raised> {
    if vm.watched.get() {
        return hooked(vm, f);
    }
    if let Err(r) = enter::<true>(vm) {
        vm.pop_frame(f);
        return Err(r);
    }
    match super::tier_up(vm, f) {
        Enter::Stay => Ok(Called::Frame(f)),
        // A tracer was set while it ran natively.
        Enter::Resume if vm.trace.on.get() => Ok(Called::Traced),
        Enter::Resume => Ok(Called::Frame(vm.stack.top_frame().unwrap_or(f))),
        Enter::Throw(r) => Ok(Called::Throw(r)),
        // No generator's frame comes here.
        Enter::Yield(v, _) => Ok(Called::Value(v)),
        Enter::Done(r) => {
            vm.depth.set(vm.depth.get() - 1);
            vm.pop_frame(f);
            r.map(Called::Value)
        }
    }
}

/// A replaced evaluator's own entry counts the level and the fuel; a tracer is told.
#[cold]
fn hooked(vm: &mut Vm, f: FramePtr) -> Result<Called, Raised> {
    if vm.eval_frame.is_none() {
        if let Err(r) = enter::<true>(vm) {
            vm.pop_frame(f);
            return Err(r);
        }
        if let Err(r) = trace::call(vm, f) {
            vm.depth.set(vm.depth.get() - 1);
            vm.pop_frame(f);
            return Err(r);
        }
        return Ok(Called::Traced);
    }
    super::run_with_stack(vm, f).map(Called::Value)
}

/// CALL_FUNCTION and its kin with `args` above the callee. The callee and arguments stay on the
/// stack; the caller drops them.
#[inline(always)]
pub fn call(vm: &mut Vm, callee: Value, args: Args<'_>) -> Result<Called, Raised> {
    match callee.cast::<FunctionObj>() {
        Some(func) => match prepare(vm, func, args)? {
            Prepared::Frame(f) => start(vm, f),
            Prepared::Made(v) => Ok(Called::Value(v)),
        },
        None => call_object(vm, callee, args),
    }
}

/// Calls the `__init__` of a new object, the first of `args`, whose call of a class `make::begin` began. A
/// frame that it starts ends that call, too.
///
/// # Errors
/// What the call raises; TypeError when it returns something.
#[inline(always)]
pub fn call_init(vm: &mut Vm, func: Gc<FunctionObj>, args: Args<'_>) -> Result<Called, Raised> {
    let called = match prepare(vm, func, args) {
        Ok(Prepared::Frame(f)) => {
            f.set_init();
            start(vm, f)
        }
        Ok(Prepared::Made(v)) => Ok(Called::Value(v)),
        Err(r) => Err(r),
    };
    match called {
        Ok(Called::Value(v)) => {
            make::end(vm);
            match v.is_none() {
                true => Ok(Called::Value(v)),
                false => Err(make::bad_init(vm, v)),
            }
        }
        Err(r) => {
            make::end(vm);
            Err(r)
        }
        Ok(Called::Frame(_) | Called::Traced | Called::Throw(_)) => called,
    }
}

/// The same for anything but a Python function.
pub fn call_object(vm: &mut Vm, callee: Value, args: Args<'_>) -> Result<Called, Raised> {
    // A method bound to a Python function stays on the interpreter's stack, too.
    if let Some(m) = callee.get::<BoundMethodObj>(vm)
        && let Some(func) = m.func.get().and_then(|f| f.cast::<FunctionObj>())
    {
        let receiver = m.self_.get_or_none();
        count(&vm.stats.bound_method);
        let made = if args.all().len() < 8 {
            let mut all = [receiver; 8];
            all[1..=args.all().len()].copy_from_slice(args.all());
            let all = &all[..=args.all().len()];
            let args = match args.kwnames() {
                Some(names) => Args::with_kw(all, names, args.nkw()),
                None => Args::pos(all),
            };
            prepare(vm, func, args)?
        } else {
            let all = spread::with_receiver(vm, receiver, args)?;
            let f = prepare(vm, func, all.args());
            std::hint::black_box(&all);
            f?
        };
        return match made {
            Prepared::Frame(f) => start(vm, f),
            Prepared::Made(v) => Ok(Called::Value(v)),
        };
    }
    if vm.trace.on.get() {
        let run = |vm: &mut Vm| dispatch::call_other(vm, callee, args);
        return trace::call_object(vm, callee, args, run).map(Called::Value);
    }
    dispatch::call_other(vm, callee, args).map(Called::Value)
}

/// CALL_FUNCTION_KW: `all` are the arguments, the last of them those that `names` names.
pub fn call_kw(vm: &mut Vm, callee: Value, names: Value, all: &[Value]) -> Result<Called, Raised> {
    match names.get::<TupleObj>(vm).map(|t| t.len) {
        Some(nkw) if nkw <= all.len() => call(vm, callee, Args::with_kw(all, names, nkw)),
        Some(_) | None => Err(raise!(vm, SystemError, "bad CALL_FUNCTION_KW names")),
    }
}

/// CALL_FUNCTION_EX: an iterable of arguments and, with the operand's bit, a mapping.
pub fn call_ex(
    vm: &mut Vm,
    callee: Value,
    args: Value,
    kwargs: Option<Value>,
) -> Result<Called, Raised> {
    let all = spread::spread(vm, callee, args, kwargs)?;
    let r = call(vm, callee, all.args());
    // What the arguments lie in is a root until here.
    std::hint::black_box(&all);
    r
}
