//! Text to bytes and back: the encodings a program names, and what it wants done about errors.
//!
//! UTF-8, UTF-16 and UTF-32, ASCII and Latin-1, and the escapes of literals, under all their names. `encode` and `decode`
//! collect their output outside the heap, room for which is made sure of first.
pub mod decode;
pub mod encode;
mod escape;
mod utf7;

use crate::object::{ClassId, Value};
use crate::raise;
use crate::types::str::ops as strs;
use crate::types::str::search::clinic_name;
use crate::vm::{Raised, Vm};

/// The order of the bytes of a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Told by a mark in front; without one, little.
    Marked,
    Little,
    Big,
}

/// An encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Utf8,
    /// With a mark in front.
    Utf8Sig,
    Ascii,
    Latin1,
    Utf16(Order),
    Utf32(Order),
    Utf7,
    /// As literals of source spell text.
    UnicodeEscape,
    /// As `u` literals of older days did: only what Latin-1 lacks.
    RawUnicodeEscape,
}

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

impl Encoding {
    /// By name, of which case and punctuation do not matter.
    pub fn of_name(name: &str) -> Option<Encoding> {
        use Encoding::*;
        let mut n = String::with_capacity(name.len());
        for c in name.chars() {
            if c.is_ascii_alphanumeric() || c == '.' {
                n.push(c.to_ascii_lowercase());
            } else if !n.is_empty() && !n.ends_with('_') {
                n.push('_');
            }
        }
        Some(match n.trim_end_matches('_') {
            "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Utf8,
            "utf_8_sig" => Utf8Sig,
            "ascii" | "us_ascii" | "646" | "us" | "cp367" | "csascii" | "ibm367" | "iso646_us"
            | "iso_ir_6" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986"
            | "iso_646.irv_1991" => Ascii,
            "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859"
            | "8859" | "cp819" | "ibm819" | "csisolatin1" | "iso_8859_1_1987" | "iso_ir_100" => {
                Latin1
            }
            "utf_16" | "utf16" | "u16" => Utf16(Order::Marked),
            "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => Utf16(Order::Little),
            "utf_16_be" | "utf_16be" | "unicodebigunmarked" => Utf16(Order::Big),
            "utf_32" | "utf32" | "u32" => Utf32(Order::Marked),
            "utf_32_le" | "utf_32le" => Utf32(Order::Little),
            "utf_32_be" | "utf_32be" => Utf32(Order::Big),
            "utf_7" | "utf7" | "u7" | "unicode_1_1_utf_7" => Utf7,
            "unicode_escape" | "unicodeescape" => UnicodeEscape,
            "raw_unicode_escape" | "rawunicodeescape" => RawUnicodeEscape,
            _ => return None,
        })
    }
    /// As error texts call it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Utf16(Order::Marked) => "utf-16",
            Encoding::Utf16(Order::Little) => "utf-16-le",
            Encoding::Utf16(Order::Big) => "utf-16-be",
            Encoding::Utf32(Order::Marked) => "utf-32",
            Encoding::Utf32(Order::Little) => "utf-32-le",
            Encoding::Utf32(Order::Big) => "utf-32-be",
            Encoding::Utf7 => "utf7",
            Encoding::UnicodeEscape => "unicodeescape",
            Encoding::RawUnicodeEscape => "rawunicodeescape",
        }
    }
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
