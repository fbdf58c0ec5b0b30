//! A failed compilation as the exception it is in Python.

use crate::compile::{CompileError, ErrorKind};
use crate::object::{ClassId, Value};
use crate::vm::{Raised, Vm};

/// Raises what `compile` refused: SyntaxError and its kin with file, line, column and text.
#[cold]
pub fn raise(vm: &mut Vm, e: &CompileError) -> Raised {
    let class = match e.kind {
        ErrorKind::Syntax | ErrorKind::Refused => ClassId::SyntaxError,
        ErrorKind::Indentation => ClassId::IndentationError,
        ErrorKind::Tab => ClassId::TabError,
        ErrorKind::TooDeep => ClassId::RecursionError,
        ErrorKind::Memory => ClassId::MemoryError,
        ErrorKind::Value => ClassId::ValueError,
        ErrorKind::Overflow => ClassId::OverflowError,
        ErrorKind::Stopped => ClassId::SystemError,
    };
    if e.kind == ErrorKind::Stopped
        && let Err(r) = vm.poll()
    {
        return r;
    }
    if e.kind == ErrorKind::Memory && e.msg.is_empty() {
        return vm.raise_memory();
    }
    if !class.is_subclass(ClassId::SyntaxError) {
        return vm.raise(class, &e.msg);
    }
    let made = (|| {
        let msg = match e.kind {
            ErrorKind::Refused => vm.new_str(&format!("taipan does not support {} yet", e.msg)),
            _ => vm.new_str(&e.msg),
        }?;
        let file = vm.new_str(&e.filename)?;
        let line = vm.new_int(e.line as i64)?;
        let col = vm.new_int(e.col as i64)?;
        let text = match &e.text {
            Some(t) => vm.new_str(t)?,
            None => Value::NONE,
        };
        let place = vm.new_tuple(&[file, line, col, text])?;
        Ok([msg, place])
    })();
    match made {
        Ok(args) => vm.raise_args(class, &args),
        Err(r) => r,
    }
}
