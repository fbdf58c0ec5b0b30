//! `call_function`: builtins first, then method descriptors, bound methods, functions, the rest.

use super::bind::bind;
use super::builtin::{call_def, call_descriptor};
use super::fast::{Path, path};
use crate::code::object::flags;
use crate::interp::executable::Executable;
use crate::interp::frame::FramePtr;
use crate::interp::{self, executable};
use crate::object::{Args, Gc, Kind, Value};
use crate::raise;
use crate::types::builtin::value::{BoundMethodObj, BuiltinObj};
use crate::types::code::value::CodeObj;
use crate::types::function::value::FunctionObj;
use crate::types::functools;
use crate::types::host::{self, value::HostObj};
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

type R = Result<Value, Raised>;

/// Adds one to a counter of `Vm::stats`.
#[inline(always)]
pub fn count(c: &Cell<u64>) {
    c.set(c.get() + 1);
}

/// Calls any callable and waits for its result.
///
/// # Errors
/// What the callable raises; TypeError when it is none.
pub fn call(vm: &mut Vm, callee: Value, args: Args<'_>) -> R {
    if let Some(func) = callee.cast::<FunctionObj>() {
        return call_function(vm, func, args);
    }
    call_other(vm, callee, args)
}

/// Calls anything but a Python function. Bytecode comes here once it knows that much, so that
/// Python functions alone stay on the interpreter's own stack.
///
/// # Errors
/// As [`call`].
pub fn call_other(vm: &mut Vm, callee: Value, args: Args<'_>) -> R {
    match callee.is_user() {
        true => level(vm, |vm| crate::protocol::user::call(vm, callee, args)),
        // Before the others: what a host function costs over its own work is this way.
        false if callee.is_kind(Kind::Host) => call_host(vm, callee, args),
        false => call_plain(vm, callee, args),
    }
}

/// Calls a host function.
///
/// # Errors
/// As [`call`].
#[inline]
pub fn call_host(vm: &mut Vm, callee: Value, args: Args<'_>) -> R {
    count(&vm.stats.builtin);
    match callee.cast::<HostObj>() {
        Some(f) => level(vm, |vm| host::methods::call(vm, f, args)),
        None => Err(not_callable(vm, callee)),
    }
}

/// The same by the layout, whatever a program's class says.
///
/// # Errors
/// As [`call`].
pub fn call_plain(vm: &mut Vm, callee: Value, args: Args<'_>) -> R {
    match callee.kind() {
        Some(Kind::Builtin) => {
            count(&vm.stats.builtin);
            let Some(b) = callee.get::<BuiltinObj>(vm) else {
                return Err(not_callable(vm, callee));
            };
            let (def, self_) = (b.def, b.self_.get_or_none());
            level(vm, |vm| call_def(vm, def, self_, args))
        }
        Some(Kind::MethodDescr) => {
            count(&vm.stats.method_descriptor);
            level(vm, |vm| call_descriptor(vm, callee, args))
        }
        Some(Kind::BoundMethod) => {
            count(&vm.stats.bound_method);
            call_bound(vm, callee, args)
        }
        Some(Kind::Class) => level(vm, |vm| crate::types::class::make::call(vm, callee, args)),
        Some(Kind::Function) => call(vm, callee, args),
        Some(Kind::Host) => call_host(vm, callee, args),
        Some(Kind::LruCache) => level(vm, |vm| functools::lru::call(vm, callee, args)),
        Some(Kind::Partial) => level(vm, |vm| functools::partial::call(vm, callee, args)),
        Some(Kind::KeyWrapper) => level(vm, |vm| functools::key::call(vm, callee, args)),
        Some(Kind::WeakRef) => level(vm, |vm| crate::types::weak::methods::call(vm, callee, args)),
        _ => Err(not_callable(vm, callee)),
    }
}

/// Runs a builtin, which counts as one level of recursion as in CPython 3.8.
#[inline(always)]
pub fn level(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> R) -> R {
    vm.enter_recursive(" while calling a Python object")?;
    let depth = vm.depth.get();
    vm.depth.set(depth + 1);
    let r = f(vm);
    vm.depth.set(depth);
    r
}

#[cold]
fn not_callable(vm: &mut Vm, callee: Value) -> Raised {
    let name = vm.type_name(callee);
    raise!(vm, TypeError, "'{name}' object is not callable")
}

/// A bound method puts its receiver before the arguments, in a tuple on the heap: the
/// caller's slice may not be written to.
fn call_bound(vm: &mut Vm, callee: Value, args: Args<'_>) -> R {
    let Some(m) = callee.get::<BoundMethodObj>(vm) else {
        return Err(not_callable(vm, callee));
    };
    let (func, self_) = (m.func.get_or_none(), m.self_.get_or_none());
    const N: usize = 8;
    if args.all().len() < N {
        let mut buf = [Value::NONE; N];
        buf[0] = self_;
        buf[1..=args.all().len()].copy_from_slice(args.all());
        let all = &buf[..=args.all().len()];
        return match args.kwnames() {
            Some(names) => vm.call(func, Args::with_kw(all, names, args.nkw())),
            None => vm.call(func, Args::pos(all)),
        };
    }
    let held = vm.new_list(args.all())?;
    vm.with_room(8 * args.all().len(), |vm| {
        held.get(vm).items.insert(&vm.heap, 0, self_)
    })?;
    let items = vm.tuple_of_list(held)?;
    let all = items.as_ref().values();
    let r = match args.kwnames() {
        Some(names) => vm.call(func, Args::with_kw(all, names, args.nkw())),
        None => vm.call(func, Args::pos(all)),
    };
    // The tuple roots the values until here.
    std::hint::black_box(items);
    r
}

/// The Executable of a function, built on its first call.
///
/// # Errors
/// SystemError when its code does not verify.
#[inline]
pub fn exec_of(vm: &mut Vm, func: Gc<FunctionObj>) -> Result<*const Executable, Raised> {
    let p = func.get(vm).exec.get();
    if p != 0 {
        return Ok(p as *const Executable);
    }
    let Some(code) = func.get(vm).code.get().and_then(|c| c.cast::<CodeObj>()) else {
        return Err(raise!(vm, SystemError, "function without code"));
    };
    let globals = func.get(vm).globals.get_or_none();
    let own = crate::types::code::ops::for_globals(vm, code, globals)?;
    let e = executable::of_code(vm, own)?;
    let o = func.get(vm);
    o.code.write(&vm.heap, Some(own.value()));
    o.exec.set(e as usize);
    Ok(e)
}

/// Whether a call with `n` positional arguments takes the fast path without defaults.
pub fn is_fast(vm: &Vm, func: Gc<FunctionObj>, n: usize) -> bool {
    let o = func.get(vm);
    let code = o.code.get().and_then(|c| c.get::<CodeObj>(vm));
    code.and_then(|c| c.code.as_ref()).is_some_and(|c| {
        c.flags & !flags::PYCF_MASK == flags::FAST
            && c.kwonlyargcount == 0
            && c.argcount as usize == n
            && o.defaults.get().is_none()
    })
}

/// What a call of a Python function starts with.
pub enum Prepared {
    /// Its frame, pushed, the arguments bound.
    Frame(FramePtr),
    /// All that the call gives: a generator, a coroutine.
    Made(Value),
}

/// Pushes a frame for a call of `func` with its arguments bound, which the caller runs; or makes the generator.
///
/// # Errors
/// TypeError when the arguments do not fit; MemoryError. No frame is left behind.
pub fn prepare(vm: &mut Vm, func: Gc<FunctionObj>, args: Args<'_>) -> Result<Prepared, Raised> {
    let exec = exec_of(vm, func)?;
    let (code, globals) = {
        let o = func.get(vm);
        (o.code.get_or_none(), o.globals.get_or_none())
    };
    let f = vm.push_frame(exec, code, globals, None)?;
    if let Some(class) = f.exec().makes {
        // The code, which the function keeps, keeps the Executable.
        let exec = f.exec();
        vm.pop_frame(f);
        return generator(vm, func, exec, class, args).map(Prepared::Made);
    }
    match path(vm, func.get(vm), f.exec(), args.len(), args.nkw()) {
        Path::Fast => {
            count(&vm.stats.fast);
            for (i, v) in args.positional().iter().enumerate() {
                f.set_slot(i, Some(*v));
            }
        }
        Path::Defaults(d) => {
            count(&vm.stats.fast);
            if let Some(t) = d.get::<TupleObj>(vm) {
                for (i, v) in t.iter().enumerate() {
                    f.set_slot(i, Some(v));
                }
            }
        }
        Path::General => {
            count(&vm.stats.general);
            let bound = namespace(vm, f).and_then(|()| bind(vm, f, func, args));
            if let Err(r) = bound {
                vm.pop_frame(f);
                return Err(r);
            }
        }
    }
    Ok(Prepared::Frame(f))
}

/// Makes the generator that a call of `func` gives: the arguments are bound in its own frame.
fn generator(
    vm: &mut Vm,
    func: Gc<FunctionObj>,
    exec: &Executable,
    class: crate::object::ClassId,
    args: Args<'_>,
) -> R {
    count(&vm.stats.general);
    let o = func.get(vm);
    let names = (o.name.get_or_none(), o.qualname.get_or_none());
    let of = (o.code.get_or_none(), o.globals.get_or_none());
    let g = interp::generator::make(vm, class, exec, of, names)?;
    let f = FramePtr::of(g);
    namespace(vm, f)?;
    bind(vm, f, func, args)?;
    Ok(g.value())
}

/// Code of a module or a class that is called as a function's has the globals or a dict of its own for
/// its names (`_PyFrame_New_NoTrack`).
#[inline]
fn namespace(vm: &mut Vm, f: FramePtr) -> Result<(), Raised> {
    let flags = f.exec().code.flags;
    if flags & flags::OPTIMIZED == 0 {
        let l = match flags & flags::NEWLOCALS {
            0 => f.globals(),
            _ => vm.new_dict()?.value(),
        };
        f.set_locals(l);
    }
    Ok(())
}

/// Calls a Python function from Rust.
///
/// # Errors
/// TypeError when the arguments do not fit; what the function raises.
#[inline(always)]
pub fn call_function(vm: &mut Vm, func: Gc<FunctionObj>, args: Args<'_>) -> R {
    if args.nkw() == 0
        && let Some(r) = interp::call_open(vm, func, args.all())
    {
        return r;
    }
    call_general(vm, func, args)
}

/// The same in a frame, on more machine stack if there is little left.
///
/// # Errors
/// TypeError when the arguments do not fit; what the function raises.
pub fn call_general(vm: &mut Vm, func: Gc<FunctionObj>, args: Args<'_>) -> R {
    match prepare(vm, func, args)? {
        Prepared::Frame(f) => interp::run_with_stack(vm, f),
        Prepared::Made(v) => Ok(v),
    }
}
