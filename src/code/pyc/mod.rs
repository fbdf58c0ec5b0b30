//! `.pyc` files and the marshal format (version 4, with references) of CPython 3.7 and 3.8.
//!
//! `read` turns bytes into an arena of [`read::Node`]s, `code` turns that into a [`CodeObject`], `write` goes the other way.
//! Nothing here knows the heap. The input may be hostile: nesting is bounded, sizes are compared with what is left of
//! the input before anything is allocated, references are checked, and what references make
//! of a small input is bounded too.

mod code;
pub mod read;
mod write;

pub use code::code_of;
pub use read::{Node, NodeId, Tree, read};
pub use write::{Writer, dump};

use super::object::{CodeObject, Version};
use std::fmt;
use std::sync::Arc;

/// The magic numbers: a `u16`, then CR LF.
const MAGIC_38: [u8; 4] = [0x55, 0x0D, 0x0D, 0x0A];
const MAGIC_37: [u8; 4] = [0x42, 0x0D, 0x0D, 0x0A];
/// Bytes before the marshalled code: magic, flags, then time and size of the source, or its hash.
const HEADER: usize = 16;

/// Deepest nesting of marshalled objects (CPython's `MAX_MARSHAL_STACK_DEPTH`).
pub const MAX_DEPTH: usize = 2000;

/// Which Python exception an error is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    Eof,
    Value,
    Type,
    Unicode,
    Import,
    Memory,
}

/// Why bytes are no code object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PycError {
    pub kind: ErrorKind,
    pub msg: String,
}
impl PycError {
    fn new(kind: ErrorKind, msg: impl Into<String>) -> PycError {
        PycError {
            kind,
            msg: msg.into(),
        }
    }
    fn eof() -> PycError {
        PycError::new(ErrorKind::Eof, "marshal data too short")
    }
    fn bad(what: &str) -> PycError {
        PycError::new(ErrorKind::Value, format!("bad marshal data ({what})"))
    }
    /// The name of the Python exception.
    pub fn class(&self) -> &'static str {
        match self.kind {
            ErrorKind::Eof => "EOFError",
            ErrorKind::Value => "ValueError",
            ErrorKind::Type => "TypeError",
            ErrorKind::Unicode => "UnicodeDecodeError",
            ErrorKind::Import => "ImportError",
            ErrorKind::Memory => "MemoryError",
        }
    }
}
impl fmt::Display for PycError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class(), self.msg)
    }
}
impl std::error::Error for PycError {}

/// The version whose magic number these bytes begin with.
pub fn version_of(bytes: &[u8]) -> Option<Version> {
    match *bytes.first_chunk::<4>()? {
        MAGIC_38 => Some(Version::V38),
        MAGIC_37 => Some(Version::V37),
        _ => None,
    }
}

/// Whether a file that begins like this is a `.pyc` whatever its name (CPython looks at two bytes).
pub fn looks_like_pyc(bytes: &[u8]) -> bool {
    [MAGIC_38, MAGIC_37]
        .iter()
        .any(|m| bytes.starts_with(&m[..2]))
}

/// The code object of a `.pyc` imported as `name`, with importlib's texts.
///
/// # Errors
/// A bad header, bad marshal data, or what is no code object.
pub fn load(bytes: &[u8], name: &str) -> Result<Arc<CodeObject>, PycError> {
    let Some(version) = version_of(bytes) else {
        let mut shown = String::new();
        let magic = &bytes[..bytes.len().min(4)];
        super::dis::repr_bytes(magic, &mut shown);
        let msg = format!("bad magic number in {}: {shown}", quoted(name));
        return Err(PycError::new(ErrorKind::Import, msg));
    };
    let Some(body) = bytes.get(HEADER..) else {
        let msg = format!("reached EOF while reading pyc header of {}", quoted(name));
        return Err(PycError::new(ErrorKind::Eof, msg));
    };
    let flags = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
    if flags & !0b11 != 0 {
        let msg = format!("invalid flags {flags} in {}", quoted(name));
        return Err(PycError::new(ErrorKind::Import, msg));
    }
    let tree = read(body, version)?;
    if !matches!(tree.node(tree.root), Node::Code { .. }) {
        let msg = format!("Non-code object in {}", quoted(name));
        return Err(PycError::new(ErrorKind::Import, msg));
    }
    code_of(&tree, body.len())
}

/// What `python FILE.pyc` says of a file it cannot run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScriptError(pub &'static str);

/// The code object of a `.pyc` that is run as a script. CPython tells little of what is wrong
/// here; `why` of the error has it all.
///
/// # Errors
/// The last line of CPython's traceback, and the cause.
pub fn load_script(bytes: &[u8]) -> Result<Arc<CodeObject>, (ScriptError, PycError)> {
    load(bytes, "__main__").map_err(|why| {
        let text = if version_of(bytes).is_none() {
            "RuntimeError: Bad magic number in .pyc file"
        } else if bytes.len() < HEADER {
            "EOFError: EOF read where not expected"
        } else {
            "RuntimeError: Bad code object in .pyc file"
        };
        (ScriptError(text), why)
    })
}

/// A `.pyc` of the code's own version that is checked by the source's time (seconds, modulo 2^32) and size.
///
/// # Errors
/// The code is nested too deep to be marshalled.
pub fn save(code: &CodeObject, mtime: u32, size: u32) -> Result<Vec<u8>, PycError> {
    let mut out = match code.version {
        Version::V38 => MAGIC_38,
        Version::V37 => MAGIC_37,
    }
    .to_vec();
    out.extend(0u32.to_le_bytes());
    out.extend(mtime.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(dump(code)?);
    Ok(out)
}

/// Python's repr of a name that a program may have made up.
fn quoted(name: &str) -> String {
    let mut out = String::new();
    super::dis::repr_str(&name.into(), &mut out);
    out
}

#[cfg(test)]
mod tests;
