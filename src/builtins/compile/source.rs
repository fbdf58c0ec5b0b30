//! What `compile`, `exec` and `eval` take for a source.

use super::errors;
use crate::code::object::CodeObject;
use crate::compile::{Mode, Options, Text};
use crate::object::{Kind, Value};
use crate::raise;
use crate::types::bytes;
use crate::types::exception::{syntax, warn};
use crate::types::int::big::room_bytes;
use crate::types::str::ops as strings;
use crate::vm::{Raised, Vm, work};
use std::sync::Arc;

/// A source on its way to the compiler.
pub enum Source {
    Text(String),
    /// To be decoded as its declaration says.
    Bytes(Vec<u8>),
}

/// The bytes of a bytes-like object.
pub fn bytes_of(vm: &Vm, v: Value) -> Option<&[u8]> {
    bytes::ops::get(vm, v)
}
/// Whether it is one.
pub fn is_bytes(v: Value) -> bool {
    v.is_kind(Kind::Bytes)
}

/// The bytes of a str or bytes-like object.
fn inside(vm: &Vm, v: Value) -> &[u8] {
    let text = strings::bytes(vm, v).or_else(|| bytes_of(vm, v));
    text.unwrap_or_default()
}
/// A copy of them.
fn copied(vm: &mut Vm, v: Value) -> Result<Vec<u8>, Raised> {
    let n = inside(vm, v).len();
    room_bytes(vm, n)?;
    vm.working(|vm| {
        let mut out = Vec::with_capacity(n);
        work::append(vm, &mut out, inside(vm, v));
        out
    })
}

impl Source {
    /// The source that argument 1 of `fname` is; `what` says what it may be.
    ///
    /// # Errors
    /// TypeError; UnicodeEncodeError for a lone surrogate; ValueError for a null byte.
    pub fn of(vm: &mut Vm, v: Value, fname: &str, what: &str) -> Result<Source, Raised> {
        let s = if v.is_kind(Kind::Str) {
            let bytes = copied(vm, v)?;
            match String::from_utf8(bytes) {
                Ok(s) => Source::Text(s),
                Err(_) => return Err(errors::surrogates(vm, v)),
            }
        } else if bytes_of(vm, v).is_some() {
            Source::Bytes(copied(vm, v)?)
        } else {
            return Err(raise!(
                vm,
                TypeError,
                "{fname}() arg 1 must be a {what} object"
            ));
        };
        let null = match &s {
            Source::Text(t) => t.contains('\0'),
            Source::Bytes(b) => b.contains(&0),
        };
        if null {
            return Err(raise!(
                vm,
                ValueError,
                "source code string cannot contain null bytes"
            ));
        }
        Ok(s)
    }

    /// Cuts off what may stand before an expression.
    pub fn trim_start(&mut self) {
        let space = |b: &u8| matches!(b, b' ' | b'\t');
        match self {
            Source::Text(t) => {
                t.drain(..t.bytes().take_while(space).count());
            }
            Source::Bytes(b) => {
                b.drain(..b.iter().take_while(|b| space(b)).count());
            }
        }
    }

    /// What the compiler takes.
    pub fn text(&self) -> Text<'_> {
        match self {
            Source::Text(t) => Text::Str(t.into()),
            Source::Bytes(b) => Text::Bytes(b.into()),
        }
    }
    /// The same, where it is not needed any more.
    pub fn into_text(self) -> Text<'static> {
        match self {
            Source::Text(t) => Text::Str(t.into()),
            Source::Bytes(b) => Text::Bytes(b.into()),
        }
    }
}

/// Compiles a source.
///
/// # Errors
/// What is wrong with it, as an exception.
pub fn compile(
    vm: &mut Vm,
    text: Text<'_>,
    filename: &str,
    mode: Mode,
    options: Options,
) -> Result<Arc<CodeObject>, Raised> {
    let options = Options {
        argument: true,
        max_str_digits: vm.max_str_digits.get(),
        ..options
    };
    match vm.compile(text, filename, mode, options)? {
        Ok((c, warnings)) => {
            warn::of_compiler(vm, filename, &warnings)?;
            Ok(c)
        }
        Err(e) => Err(syntax::raise(vm, &e)),
    }
}
