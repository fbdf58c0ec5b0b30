//! Last wishes granted: callbacks of weak references and `__del__` are called, generators that died suspended are closed, coroutines that nobody
//! awaited are named.

use super::frame::FramePtr;
use crate::code::opcode::Opcode;
use crate::object::{Args, ClassId, Value};
use crate::protocol::attr;
use crate::protocol::special::Special;
use crate::types::builtin::value::{BoundMethodObj, BuiltinObj};
use crate::types::exception::print;
use crate::types::generator::methods as generator;
use crate::types::generator::value::{GenObj, State};
use crate::types::weak::methods as weak;
use crate::vm::{Raised, Vm, limit};

/// Fuel that wishes may take at once where it is limited. It is given back: whether a wish comes before or
/// after the last unit changes nothing; but one that never ends is stopped.
const LENT: u64 = 1 << 20;

/// Calls the callbacks of weak references to what has died, and does what the doomed wish. It burns no fuel, and nothing is handled meanwhile; what is raised is printed.
///
/// # Errors
/// A TERMINATE.
#[cold]
pub fn grant(vm: &mut Vm) -> Result<(), Raised> {
    if vm.wishing.replace(true) {
        return Ok(());
    }
    vm.limit.clear(limit::WISHES);
    let (fuel, handled) = (vm.fuel.get(), vm.handled.get());
    let bound = vm.fuel.limit();
    let lent = fuel.saturating_add(LENT);
    vm.fuel.set_limit(bound.map(|b| b.max(lent)));
    vm.handled.write(&vm.heap, None);
    let r = grant_all(vm);
    vm.handled.write(&vm.heap, handled);
    vm.fuel.set_limit(bound);
    vm.fuel.set(fuel);
    vm.wishing.set(false);
    r
}

fn grant_all(vm: &mut Vm) -> Result<(), Raised> {
    loop {
        weak::run_callbacks(vm)?;
        let Some(v) = vm.heap.next_doomed() else {
            return Ok(());
        };
        finalise(vm, v)?;
    }
}

/// Whether the interpreter is just calling the builtin `name` of `receiver`, and nobody between it and the host keeps
/// values anywhere else than on the VM stack: what is called may collect in precise mode, too.
fn is_called_straight(vm: &Vm, receiver: Value, name: &str) -> bool {
    let called = |f: FramePtr| {
        let at = f.pc() as usize;
        let (i, depth) = (f.exec().instrs.get(at)?, *f.exec().verified.depth.get(at)?);
        let calls = matches!(i.opcode(), Opcode::CALL_FUNCTION | Opcode::CALL_METHOD);
        let below = depth.checked_sub(i.arg + 1).filter(|_| calls)?;
        let callee = f.slot(f.stack_base() + below as usize)?;
        let b = callee.get::<BuiltinObj>(vm)?;
        Some(b.def.name == name && b.self_.get() == Some(receiver))
    };
    vm.segments.nesting() <= 1
        && !crate::jit::show::any_native(vm)
        && vm.stack.top_frame().and_then(called) == Some(true)
}

/// Collects for a program that called the builtin `name` of `receiver`: see [`collect_all`].
///
/// # Errors
/// A TERMINATE.
pub fn collect_asked(vm: &mut Vm, receiver: Value, name: &str) -> Result<(), Raised> {
    // Whose wish is being granted keeps what was handled, and the doomed, to itself.
    let straight = !vm.wishing.get() && is_called_straight(vm, receiver, name);
    collect_all(vm, straight)
}

/// Collects what a program can no longer reach, and does what it wishes. Every frame of the VM stack is written;
/// `clean`: there alone are values.
///
/// # Errors
/// A TERMINATE.
#[inline(always)]
pub fn collect_all(vm: &mut Vm, clean: bool) -> Result<(), Raised> {
    crate::gc::segments::wipe();
    collect_twice(vm, clean)
}

#[inline(never)]
fn collect_twice(vm: &mut Vm, clean: bool) -> Result<(), Raised> {
    let collect = |vm: &mut Vm| {
        vm.segments.clean(clean);
        vm.collect();
        vm.segments.clean(false);
    };
    vm.stack.forget_stale();
    collect(vm);
    if vm.wishing.get() {
        // `__del__` or a callback collects: the other wishes wait for it.
        return weak::run_callbacks(vm);
    }
    let doomed = vm.heap.has_doomed();
    grant(vm)?;
    if doomed {
        // They have had their wish: now they die.
        collect(vm);
        grant(vm)?;
    }
    Ok(())
}

/// What happens when an object dies.
///
/// # Errors
/// A TERMINATE.
pub fn finalise(vm: &mut Vm, v: Value) -> Result<(), Raised> {
    if let Some(g) = v.cast::<GenObj>() {
        let new = g.get(vm).state.get() == State::Created;
        if new && vm.class_of(v) == ClassId::Coroutine {
            return unraisable(vm, v, v, never_awaited);
        }
        // An asynchronous generator belongs to who asked for it: an event loop.
        let o = g.get(vm);
        if vm.class_of(v) == ClassId::AsyncGenerator
            && !o.closed.get()
            && o.state.get() != State::Finished
            && let Some(f) = o.extra.get()
        {
            return unraisable(vm, v, f, |vm, f| vm.call(f, Args::pos(&[v])));
        }
        return generator::finalise(vm, v);
    }
    let name = vm.special(Special::Del)?;
    match attr::lookup_special(vm, v, name) {
        Ok(None) => Ok(()),
        Ok(Some(del)) => {
            let shown = del.get::<BoundMethodObj>(vm).and_then(|m| m.func.get());
            unraisable(vm, shown.unwrap_or(del), del, |vm, del| {
                vm.call(del, Args::pos(&[]))
            })
        }
        Err(r) => unraisable(vm, v, v, move |_, _| Err(r)),
    }
}

/// Runs `f` on `v`; what it raises is printed, with `shown`.
fn unraisable(
    vm: &mut Vm,
    shown: Value,
    v: Value,
    f: impl FnOnce(&mut Vm, Value) -> Result<Value, Raised>,
) -> Result<(), Raised> {
    if let Err(r) = f(vm, v) {
        let e = vm.catch(r, ClassId::BaseException)?;
        print::unraisable(vm, shown, e)?;
    }
    Ok(())
}

/// A coroutine that has not started dies: the warning of `warnings`.
fn never_awaited(vm: &mut Vm, c: Value) -> Result<Value, Raised> {
    let name = vm.intern("warnings")?;
    let module = crate::modules::import::import(vm, name, None, Value::NONE, 0)?;
    let name = vm.intern("_warn_unawaited_coroutine")?;
    let warn = attr::get_attr(vm, module, name)?;
    vm.call(warn, Args::pos(&[c]))
}
