//! Text to bytes and back: the encodings a program names, and what it wants done about errors.
//!
//! UTF-8, UTF-16 and UTF-32, ASCII, Latin-1 and the other encodings of one byte a character, and the escapes of literals,
//! under all their names (`code::encoding`). `encode` and `decode`
//! collect their output outside the heap, room for which is made sure of first.
pub mod decode;
pub mod encode;
mod escape;
mod utf7;

pub use crate::code::encoding::{Encoding, Order};
use crate::object::{ClassId, Value};
use crate::raise;
use crate::types::str::ops as strs;
use crate::types::str::search::clinic_name;
use crate::vm::{Raised, Vm};

/// What to do about what cannot be translated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Errors {
    Strict,
    Ignore,
    Replace,
    Backslash,
    XmlCharRef,
    SurrogateEscape,
    SurrogatePass,
    /// A name nobody knows: an error once it is needed.
    Unknown(String),
}

impl Errors {
    /// By name.
    pub fn of_name(name: &str) -> Errors {
        match name {
            "strict" => Errors::Strict,
            "ignore" => Errors::Ignore,
            "replace" => Errors::Replace,
            "backslashreplace" => Errors::Backslash,
            "xmlcharrefreplace" => Errors::XmlCharRef,
            "surrogateescape" => Errors::SurrogateEscape,
            "surrogatepass" => Errors::SurrogatePass,
            _ => Errors::Unknown(name.to_owned()),
        }
    }
}

#[cold]
fn unknown_handler(vm: &mut Vm, name: &str) -> Raised {
    raise!(vm, LookupError, "unknown error handler name '{name}'")
}

/// The encoding and the handling of errors that two optional arguments name; `kinds` is how the
/// texts call them.
///
/// # Errors
/// TypeError for what is no str, LookupError for an encoding nobody knows.
pub fn arguments(
    vm: &mut Vm,
    fname: &str,
    encoding: Option<Value>,
    errors: Option<Value>,
    kinds: [&str; 2],
) -> Result<(Encoding, Errors), Raised> {
    let mut names = [None, None];
    for (i, v) in [encoding, errors].into_iter().enumerate() {
        let Some(v) = v else { continue };
        let Some(b) = strs::bytes(vm, v) else {
            let (t, what) = (clinic_name(vm, v), kinds[i]);
            return Err(raise!(
                vm,
                TypeError,
                "{fname}() argument {what} must be str, not {t}"
            ));
        };
        if b.contains(&0) {
            return Err(vm.raise(ClassId::ValueError, "embedded null character"));
        }
        names[i] = Some(strs::lossy(vm, v));
    }
    let [encoding, errors] = names;
    let errors = errors.map_or(Errors::Strict, |e| Errors::of_name(&e));
    let Some(encoding) = encoding else {
        return Ok((Encoding::Utf8, errors));
    };
    match Encoding::of_name(&encoding) {
        Some(e) => Ok((e, errors)),
        None => Err(raise!(vm, LookupError, "unknown encoding: {encoding}")),
    }
}
/// How `decode` and `encode` call their arguments in errors.
pub const BY_NAME: [&str; 2] = ["'encoding'", "'errors'"];
/// How `str` and `bytes` do.
pub const BY_PLACE: [&str; 2] = ["2", "3"];
