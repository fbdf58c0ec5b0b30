//! What goes wrong between source text and a code object.

use std::fmt;
use std::sync::Arc;

/// Which exception a failed compilation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// CPython's `SyntaxError`.
    Syntax,
    /// CPython's `IndentationError`.
    Indentation,
    /// CPython's `TabError`.
    Tab,
    /// Python that Taipan does not compile yet.
    Refused,
    /// Nested deeper than the compiler goes: CPython's `RecursionError`.
    TooDeep,
    /// CPython's `MemoryError` (its parser's own stack is full).
    Memory,
    /// CPython's `ValueError` (a null byte in the source).
    Value,
    /// CPython's `OverflowError` (a source past 4 GB).
    Overflow,
}

impl ErrorKind {
    /// The name of the Python exception that stands for it.
    pub fn exception(self) -> &'static str {
        match self {
            ErrorKind::Syntax | ErrorKind::Refused => "SyntaxError",
            ErrorKind::Indentation => "IndentationError",
            ErrorKind::Tab => "TabError",
            ErrorKind::TooDeep => "RecursionError",
            ErrorKind::Memory => "MemoryError",
            ErrorKind::Value => "ValueError",
            ErrorKind::Overflow => "OverflowError",
        }
    }
}

/// A failed compilation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    pub kind: ErrorKind,
    pub msg: String,
    pub filename: Arc<str>,
    /// 1-based; 0 when unknown.
    pub line: u32,
    /// 1-based, in code points; 0 when unknown.
    pub col: u32,
    /// The source line, with its line feed cut off.
    pub text: Option<String>,
}

impl std::error::Error for CompileError {}

/// As CPython prints it, without a final line feed; a refusal is `file:line: …`.
impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ErrorKind::Refused => {
                return write!(
                    f,
                    "{}:{}: taipan does not support {} yet",
                    self.filename, self.line, self.msg
                );
            }
            ErrorKind::TooDeep | ErrorKind::Memory | ErrorKind::Value | ErrorKind::Overflow => {
                return write!(f, "{}: {}", self.kind.exception(), self.msg);
            }
            ErrorKind::Syntax | ErrorKind::Indentation | ErrorKind::Tab => {}
        }
        writeln!(f, "  File \"{}\", line {}", self.filename, self.line)?;
        if let Some(text) = &self.text {
            let cut = text.trim_start_matches([' ', '\t', '\x0c']);
            let gone = text.chars().count() - cut.chars().count();
            writeln!(f, "    {}", cut.trim_end_matches('\n'))?;
            if self.col > 0 {
                // The caret stands under the column, but never left of the text.
                let at = (self.col as usize - 1).saturating_sub(gone);
                writeln!(f, "    {}^", " ".repeat(at))?;
            }
        }
        write!(f, "{}: {}", self.kind.exception(), self.msg)
    }
}
