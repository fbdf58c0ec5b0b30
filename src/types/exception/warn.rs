//! Warnings of the engine: through the module `warnings`, as the program's filters say, once it is
//! imported; before that what its first filters would do.

use crate::compile::{self, CompileError, ErrorKind, Warning};
use crate::object::{Args, ClassId, Value};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::syntax;
use crate::types::module;
use crate::types::stream::{self, Stream};
use crate::vm::{Raised, Vm};

/// A function of `warnings`, if the program has imported that.
fn function(vm: &mut Vm, name: &str) -> Result<Option<Value>, Raised> {
    let Some(loaded) = vm.modules.get().and_then(|m| m.cast::<DictObj>()) else {
        return Ok(None);
    };
    let Some(m) = dict::get_name(vm, loaded, "warnings")? else {
        return Ok(None);
    };
    match module::dict_of(vm, m) {
        Some(d) => dict::get_name(vm, d, name),
        None => Ok(None),
    }
}

/// Whether the code that runs is that of `__main__`, which alone is told of what is deprecated.
fn in_main(vm: &mut Vm) -> Result<bool, Raised> {
    let globals = match crate::interp::frames::caller_globals(vm) {
        Ok(g) => g.cast::<DictObj>(),
        Err(r) => {
            vm.catch(r, ClassId::SystemError)?;
            None
        }
    };
    let Some(d) = globals else {
        return Ok(false);
    };
    let name = dict::get_name(vm, d, "__name__")?;
    Ok(name.is_some_and(|n| crate::types::str::ops::bytes(vm, n) == Some(b"__main__")))
}

/// Warns at the place where Python code is: `warnings.warn(msg, class)`.
///
/// # Errors
/// The warning itself where a filter makes it an error; what a program's `showwarning` raises.
pub fn warn(vm: &mut Vm, class: ClassId, msg: &str) -> Result<(), Raised> {
    let f = match function(vm, "warn")? {
        Some(f) => f,
        None if !in_main(vm)? => return Ok(()),
        None => {
            let name = vm.intern("warnings")?;
            crate::modules::import(vm, name)?;
            match function(vm, "warn")? {
                Some(f) => f,
                None => return Ok(()),
            }
        }
    };
    let msg = vm.new_str(msg)?;
    let class = vm.class_object(class)?;
    vm.call(f, Args::pos(&[msg, class]))?;
    Ok(())
}

/// What the compiler warns of, shown; where a filter makes it an error it is a SyntaxError.
///
/// # Errors
/// SyntaxError; what a program's `showwarning` raises.
pub fn of_compiler(vm: &mut Vm, filename: &str, warnings: &[Warning]) -> Result<(), Raised> {
    let text = match warnings.is_empty() {
        true => None,
        false => vm.source_file(filename),
    };
    let text = text.and_then(|b| String::from_utf8(b).ok());
    for (i, w) in warnings.iter().enumerate() {
        let Some(f) = function(vm, "warn_explicit")? else {
            let shown = compile::warning_text(filename, &warnings[i..], text.as_deref());
            if !shown.is_empty() {
                stream::flush(vm, Stream::Out)?;
                stream::write_text(vm, Stream::Err, &shown)?;
            }
            return Ok(());
        };
        let class = match w.deprecated {
            true => ClassId::DeprecationWarning,
            false => ClassId::SyntaxWarning,
        };
        let msg = vm.new_str(&w.msg)?;
        let category = vm.class_object(class)?;
        let file = vm.new_str(filename)?;
        let line = vm.new_int(i64::from(w.line))?;
        if let Err(r) = vm.call(f, Args::pos(&[msg, category, file, line])) {
            vm.catch(r, class)?;
            let error = CompileError {
                kind: ErrorKind::Syntax,
                msg: w.msg.clone(),
                filename: filename.into(),
                line: w.line,
                col: w.col,
                text: text.as_deref().and_then(|f| compile::line_of(f, w.line)),
            };
            return Err(syntax::raise(vm, &error));
        }
    }
    Ok(())
}
