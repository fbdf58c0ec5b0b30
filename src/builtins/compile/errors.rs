//! Failed compilations as exceptions.

use crate::code::wtf8::code_points;
use crate::compile::{CompileError, ErrorKind};
use crate::object::{ClassId, Value};
use crate::types::str::ops as strings;
use crate::vm::{Raised, Vm};

/// Raises what went wrong: a SyntaxError with its place, or what CPython's compiler raises else.
pub fn raise(vm: &mut Vm, e: &CompileError) -> Raised {
    let class = match e.kind {
        ErrorKind::Syntax | ErrorKind::Refused => ClassId::SyntaxError,
        ErrorKind::Indentation => ClassId::IndentationError,
        ErrorKind::Tab => ClassId::TabError,
        ErrorKind::TooDeep => return vm.raise(ClassId::RecursionError, &e.msg),
        ErrorKind::Memory => return vm.raise_memory(),
        ErrorKind::Value => return vm.raise(ClassId::ValueError, &e.msg),
        ErrorKind::Overflow => return vm.raise(ClassId::OverflowError, &e.msg),
    };
    match syntax_error(vm, class, e) {
        Ok(v) => vm.raise_value(v),
        Err(r) => r,
    }
}

fn syntax_error(vm: &mut Vm, class: ClassId, e: &CompileError) -> Result<Value, Raised> {
    let msg = match e.kind {
        ErrorKind::Refused => vm.new_str(&format!("taipan does not support {} yet", e.msg))?,
        _ => vm.new_str(&e.msg)?,
    };
    let file = vm.new_str(&e.filename)?;
    let text = match &e.text {
        Some(t) => vm.new_str(t)?,
        None => Value::NONE,
    };
    let (line, col) = (vm.new_int(e.line as i64)?, vm.new_int(e.col as i64)?);
    let place = vm.new_tuple(&[file, line, col, text])?;
    vm.new_exception(class, &[msg, place])
}

/// The UnicodeEncodeError of a str with lone surrogates.
pub fn surrogates(vm: &mut Vm, v: Value) -> Raised {
    let bytes = strings::bytes(vm, v).unwrap_or_default();
    let lone = |c: &u32| (0xD800..0xE000).contains(c);
    let start = code_points(bytes).take_while(|c| !lone(c)).count();
    let n = code_points(bytes).skip(start).take_while(lone).count();
    let made = (|| {
        let encoding = vm.new_str("utf-8")?;
        let reason = vm.new_str("surrogates not allowed")?;
        let start_v = vm.new_int(start as i64)?;
        let end = vm.new_int((start + n) as i64)?;
        vm.new_exception(
            ClassId::UnicodeEncodeError,
            &[encoding, v, start_v, end, reason],
        )
    })();
    match made {
        Ok(e) => vm.raise_value(e),
        Err(r) => r,
    }
}
