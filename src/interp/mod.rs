//! The adaptive stack interpreter: frames, `run` (fetch, dispatch, tier-up check), unwinding,
//! inline caches and the feedback they are for the JIT.
//!
//! * A frame is locals | cells | frees | value stack in one run of words on the VM stack.
//! * There is no run-time block stack: `code::verify` proves the blocks open at each instruction.
//!   BEGIN_FINALLY and CALL_FINALLY pad to the six slots of an exception, so that the depth is one
//!   number at each instruction; the topmost of the six tells the three apart:
//!
//!   | slot | exception | CALL_FINALLY | BEGIN_FINALLY |
//!   |---|---|---|---|
//!   | 5 (top) | its class | int: instruction to return to | `Value::MARK` |
//!   | 4 | the exception | None | None |
//!   | 3 | its traceback | None | None |
//!   | 1 | what was handled before | what is handled | what is handled |
//!   | 2, 0 | None | None | None |
//!
//! * Python-to-Python calls push a frame and do not recurse natively.
//! * Order at a function's entry, the same in every tier: limit word, depth, fuel.

pub mod attr;
pub mod call;
pub mod drive;
pub mod executable;
pub mod feedback;
pub mod frame;
pub mod frames;
pub mod generator;
pub mod jump;
pub mod ops;
pub mod run;
pub mod site;
pub mod trace;
pub mod unwind;
pub mod wish;

use crate::code::object::flags;
use crate::gc::{NoMemory, segments};
use crate::jit::tier::{self, Enter};
use crate::object::{Args, ClassId, Gc, Value};
use crate::types::code::value::CodeObj;
use crate::types::dict::value::DictObj;
use crate::types::function::value::FunctionObj;
use crate::vm::{JitMode, Raised, Vm};
use frame::FramePtr;

/// A replacement of the frame evaluator: gets the frame about to run and `throwflag`; it runs it
/// with [`eval_frame_default`] or not at all. While one is set, every Python frame passes through it.
pub type EvalFrame = fn(&mut Vm, frame: FramePtr, throwflag: bool) -> Result<Value, Raised>;

/// `_PyEval_EvalFrameDefault`: runs a frame to its end. Calls that it makes while no evaluator is
/// set do not come back here. The frame stays pushed: who pushed it pops it.
///
/// # Errors
/// What the frame raises; its traceback entry is written.
pub fn eval_frame_default(vm: &mut Vm, f: FramePtr, throwflag: bool) -> Result<Value, Raised> {
    f.set_entry(true);
    if vm.trace.on.get() {
        if throwflag {
            let thrown = vm.raised();
            if let (r, false) = trace::call_thrown(vm, f, thrown) {
                return Err(r);
            }
        } else {
            trace::call(vm, f)?;
        }
    }
    drive::run(vm, f, throwflag)
}

/// Runs a frame that was just pushed and bound, through the evaluator that is set, and pops it.
///
/// # Errors
/// What it raises.
pub fn run_prepared(vm: &mut Vm, f: FramePtr) -> Result<Value, Raised> {
    let depth = vm.depth.get();
    let r = match enter::<false>(vm) {
        Err(r) => Err(r),
        Ok(()) => match vm.eval_frame {
            Some(hook) => {
                crate::call::dispatch::count(&vm.stats.hooked);
                hook(vm, f, false)
            }
            None if vm.trace.on.get() => eval_frame_default(vm, f, false),
            None => {
                let went = tier_up(vm, f);
                go_on(vm, f, went)
            }
        },
    };
    vm.depth.set(depth);
    vm.pop_frame(f);
    r
}

/// What a frame gives of which the tier has run this much.
#[inline(always)]
fn go_on(vm: &mut Vm, f: FramePtr, went: Enter) -> Result<Value, Raised> {
    match went {
        Enter::Done(r) => r,
        // No generator's frame comes here.
        Enter::Yield(v, _) => Ok(v),
        Enter::Stay => eval_frame_default(vm, f, false),
        Enter::Resume => drive::resume(vm, f, None),
        Enter::Throw(r) => drive::resume(vm, f, Some(r)),
    }
}

/// As [`run_prepared`], on another machine stack when there is little left of this one.
///
/// # Errors
/// What the frame raises; MemoryError when there is no other stack.
pub fn run_with_stack(vm: &mut Vm, f: FramePtr) -> Result<Value, Raised> {
    let depth = vm.depth.get();
    if let Some(went) = tier::run_hot(vm, f) {
        let r = go_on(vm, f, went);
        vm.depth.set(depth);
        vm.pop_frame(f);
        return r;
    }
    if !segments::stack_is_low(vm) {
        return run_prepared(vm, f);
    }
    match segments::on_big_stack(vm, move |vm| run_prepared(vm, f)) {
        Ok(r) => r,
        Err(NoMemory) => {
            vm.pop_frame(f);
            Err(vm.raise_memory())
        }
    }
}

/// Rust calls a function: how that went, if native code takes the arguments as they are, in no frame. None: nothing
/// was done.
#[inline(always)]
pub fn call_open(
    vm: &mut Vm,
    func: Gc<FunctionObj>,
    args: &[Value],
) -> Option<Result<Value, Raised>> {
    tier::call_open(vm, func, args)
}

/// A Python frame is about to start: looks at the limit word, counts the depth, burns a unit of fuel.
/// `CLEAN`: the caller keeps every value on the VM stack.
///
/// # Errors
/// RecursionError, KeyboardInterrupt, a TERMINATE. The depth is counted only on success.
#[inline(always)]
pub fn enter<const CLEAN: bool>(vm: &mut Vm) -> Result<(), Raised> {
    if vm.limit.is_pending() {
        if CLEAN { vm.safepoint()? } else { vm.poll()? }
    }
    let d = vm.depth.get() + 1;
    if d > vm.recursion_limit.get() {
        vm.recursion_overflow("")?;
    }
    vm.burn(1)?;
    vm.depth.set(d);
    Ok(())
}

/// Notes what a frame starts with and asks the tier for native code.
#[inline(always)]
fn tier_up(vm: &mut Vm, f: FramePtr) -> Enter {
    if vm.config.jit == JitMode::Off {
        return Enter::Stay;
    }
    feedback::record_params(f);
    tier::on_frame(vm, f)
}

/// Runs module code in a namespace.
///
/// # Errors
/// SystemError for code that does not verify; what the code raises.
pub fn run_module(vm: &mut Vm, code: Gc<CodeObj>, globals: Gc<DictObj>) -> Result<Value, Raised> {
    if code
        .get(vm)
        .code
        .as_ref()
        .is_some_and(|c| !c.freevars.is_empty())
    {
        return Err(vm.raise(
            ClassId::TypeError,
            "code object passed to exec() may not contain free variables",
        ));
    }
    ops::global::give_builtins(vm, globals)?;
    run_code(vm, code, globals, globals.value())
}

/// Runs the body of a class statement, a function, with `ns` as its namespace: what it returns.
///
/// # Errors
/// What the body raises.
pub fn run_class_body(
    vm: &mut Vm,
    func: Gc<crate::types::function::value::FunctionObj>,
    ns: Value,
) -> Result<Value, Raised> {
    let exec = crate::call::dispatch::exec_of(vm, func)?;
    let (code, globals) = {
        let o = func.get(vm);
        (o.code.get_or_none(), o.globals.get_or_none())
    };
    let f = vm.push_frame(exec, code, globals, Some(ns))?;
    if let Err(r) = crate::call::bind::bind(vm, f, func, Args::pos(&[])) {
        vm.pop_frame(f);
        return Err(r);
    }
    run_with_stack(vm, f)
}

/// Runs code with these namespaces and no arguments (`PyEval_EvalCode`). Code with fast locals
/// has its own; other code that wants new locals gets a new dict.
///
/// # Errors
/// SystemError for code that does not verify; TypeError where it has parameters; what it raises.
pub fn run_code(
    vm: &mut Vm,
    code: Gc<CodeObj>,
    globals: Gc<DictObj>,
    locals: Value,
) -> Result<Value, Raised> {
    let code = crate::types::code::ops::for_globals(vm, code, globals.value())?;
    let exec = executable::of_code(vm, code)?;
    let Some(c) = code.get(vm).code.clone() else {
        return Err(vm.raise(ClassId::SystemError, "code object without code"));
    };
    let locals = if c.flags & flags::NEWLOCALS == 0 {
        Some(locals)
    } else if c.flags & flags::OPTIMIZED != 0 {
        None
    } else {
        Some(vm.new_dict()?.value())
    };
    let bare = c.total_args() == 0 && c.cellvars.is_empty() && c.freevars.is_empty();
    let resumable = c.flags & flags::RESUMABLE != 0;
    let f = if bare && !resumable {
        vm.push_frame(exec, code.value(), globals.value(), locals)?
    } else {
        // Arguments are bound, and cells made, for a function.
        let name = Value::NONE;
        let func = crate::types::function::ops::new(vm, code, globals.value(), name)?;
        if resumable {
            return crate::call::dispatch::call(vm, func.value(), Args::pos(&[]));
        }
        let f = vm.push_frame(exec, code.value(), globals.value(), locals)?;
        if let Err(r) = crate::call::bind::bind(vm, f, func, Args::pos(&[])) {
            vm.pop_frame(f);
            return Err(r);
        }
        f
    };
    run_with_stack(vm, f)
}
