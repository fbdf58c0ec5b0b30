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
    /// Not the source's fault: whoever compiles it is to stop, and knows why.
    Stopped,
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
            ErrorKind::Stopped => "SystemError",
        }
    }
}

/// A failed compilation.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use taipan::Error;
/// let Err(Error::Compile(e)) = engine.run("x = 1\ny = = 2\n", "bad.py") else { panic!() };
/// assert_eq!((&*e.filename, e.line, &e.msg[..]), ("bad.py", 2, "invalid syntax"));
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    pub kind: ErrorKind,
    pub msg: String,
    pub filename: Arc<str>,
    /// 1-based; 0 when unknown.
    pub line: u32,
    /// 1-based, in code points; 0 when unknown.
    pub col: u32,
    /// The source line, or lines, with their line feeds.
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
            ErrorKind::TooDeep
            | ErrorKind::Memory
            | ErrorKind::Value
            | ErrorKind::Overflow
            | ErrorKind::Stopped => {
                return write!(f, "{}: {}", self.kind.exception(), self.msg);
            }
            ErrorKind::Syntax | ErrorKind::Indentation | ErrorKind::Tab => {}
        }
        writeln!(f, "  File \"{}\", line {}", self.filename, self.line)?;
        if let Some(text) = &self.text {
            let (line, col) = caret(text, self.col);
            writeln!(f, "    {}", line.trim_end_matches('\n'))?;
            if self.col > 0 {
                writeln!(f, "    {}^", " ".repeat(col))?;
            }
        }
        write!(f, "{}: {}", self.kind.exception(), self.msg)
    }
}

/// The line of a text that a column (from 1) is in, its indentation cut off, and how many
/// spaces stand before the caret under it.
fn caret(text: &str, col: u32) -> (&str, usize) {
    let mut at = col as i64;
    let mut line = text;
    // A column behind the line feed is before it.
    if at > 0 && at as usize == text.len() && text.ends_with('\n') {
        at -= 1;
    }
    while let Some(end) = line.find('\n') {
        if end as i64 >= at {
            break;
        }
        at -= end as i64 + 1;
        line = &line[end + 1..];
    }
    let cut = line.trim_start_matches([' ', '\t', '\x0c']);
    at -= (line.len() - cut.len()) as i64;
    (
        cut.split('\n').next().unwrap_or(""),
        (at - 1).max(0) as usize,
    )
}
