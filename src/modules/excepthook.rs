//! `sys.excepthook`, and what the command line does with an exception that nothing caught.

use crate::object::method::R;
use crate::object::{Args, ClassId, Kind, Value};
use crate::protocol::attr;
use crate::types::builtin::value::BuiltinObj;
use crate::types::class::ops as class;
use crate::types::exception::value::ExceptionObj;
use crate::types::exception::{ops as exceptions, print};
use crate::vm::{Raised, Vm};

/// `sys.excepthook(type, value, traceback)`: prints on `sys.stderr`.
///
/// # Errors
/// MemoryError.
pub fn excepthook(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let (value, tb) = (a[1], a[2]);
    let Some(e) = value.get::<ExceptionObj>(vm) else {
        let t = vm.type_name(value);
        let text =
            format!("TypeError: print_exception(): Exception expected for value, {t} found\n");
        write(vm, &text)?;
        return Ok(Value::NONE);
    };
    if tb.is_kind(Kind::Traceback) && e.traceback.get().is_none() {
        e.traceback.write(&vm.heap, Some(tb));
    }
    let text = print::print_exception(vm, value);
    write(vm, &text)?;
    Ok(Value::NONE)
}

/// Writes to `sys.stderr`, whatever that is; without one nothing is written.
fn write(vm: &mut Vm, text: &str) -> Result<(), Raised> {
    // Making the text may have run into a limit.
    vm.check_stopped()?;
    let Some(to) = super::sys_attribute(vm, "stderr")?.filter(|f| !f.is_none()) else {
        return Ok(());
    };
    let name = vm.intern("write")?;
    let text = vm.new_str(text)?;
    let write = attr::get_attr(vm, to, name)?;
    vm.call(write, Args::pos(&[text])).map(|_| ())
}

/// Gives an exception that nothing caught to `sys.excepthook` (`PyErr_PrintEx`).
///
/// # Errors
/// A SystemExit that the hook raised; what writing raised.
pub fn report(vm: &mut Vm, exc: Value) -> Result<(), Raised> {
    let hook = super::sys_attribute(vm, "excepthook")?;
    let Some(hook) = hook else {
        let text = print::print_exception(vm, exc);
        return write(vm, &format!("sys.excepthook is missing\n{text}"));
    };
    let own = hook
        .get::<BuiltinObj>(vm)
        .is_some_and(|b| b.def.name == "excepthook");
    if own {
        let text = print::print_exception(vm, exc);
        return write(vm, &text);
    }
    let (t, tb) = (class::type_of(vm, exc)?, exceptions::traceback(vm, exc));
    let Err(r) = vm.call(hook, Args::pos(&[t, exc, tb])) else {
        return Ok(());
    };
    let again = vm.catch(r, ClassId::BaseException)?;
    if vm.class_of(again).is_subclass(ClassId::SystemExit) {
        return Err(vm.reraise(again));
    }
    let (second, first) = (
        print::print_exception(vm, again),
        print::print_exception(vm, exc),
    );
    write(
        vm,
        &format!("Error in sys.excepthook:\n{second}\nOriginal exception was:\n{first}"),
    )
}
