//! The text of a source that comes as bytes: UTF-8, a byte order mark cut off.

use super::{CompileError, ErrorKind};
use crate::code::utf8::first_bad;

/// Who reads: CPython's two readers refuse bytes that are no UTF-8 in different words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum From {
    /// A program read from a file or from stdin.
    File,
    /// Bytes given to `compile`, as an import does.
    Bytes,
}

/// The text of a source.
///
/// # Errors
/// It is no UTF-8.
pub fn decode<'a>(bytes: &'a [u8], filename: &str, from: From) -> Result<&'a str, CompileError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|e| {
        let at = e.valid_up_to();
        let line = 1 + bytes[..at].iter().filter(|&&b| b == b'\n').count() as u32;
        let msg = match from {
            From::File => format!(
                "Non-UTF-8 code starting with '\\x{:02x}' in file {filename} on line {line}, but no encoding \
                 declared; see http://python.org/dev/peps/pep-0263/ for details",
                bytes[at]
            ),
            From::Bytes => {
                let token = token_around(bytes, at);
                let said = first_bad(token).map_or_else(String::new, |b| b.message(token));
                format!("(unicode error) {said}")
            }
        };
        CompileError {
            kind: ErrorKind::Syntax,
            msg,
            filename: filename.into(),
            line,
            col: 0,
            text: None,
        }
    })
}

/// What CPython decodes at once: the inside of a literal, or a name. Positions count from there.
fn token_around(b: &[u8], at: usize) -> &[u8] {
    let line = b[..at]
        .iter()
        .rposition(|&c| c == b'\n')
        .map_or(0, |i| i + 1);
    let quote = b[line..at].iter().rposition(|&c| matches!(c, b'"' | b'\''));
    let (from, end) = match quote {
        Some(q) => {
            let q = line + q;
            let close = |c: &u8| *c == b[q] || *c == b'\n';
            (q + 1, b[at..].iter().position(close))
        }
        None => {
            let word = |c: &u8| c.is_ascii_alphanumeric() || *c == b'_' || *c >= 128;
            let before = b[line..at].iter().rev().take_while(|c| word(c)).count();
            (at - before, b[at..].iter().position(|c| !word(c)))
        }
    };
    &b[from..end.map_or(b.len(), |e| at + e)]
}
