//! What goes wrong, as the embedder sees it.

use super::Object;
use crate::compile::CompileError;
use crate::vm::Terminate;
use std::fmt;

/// Why a call of the engine failed.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use taipan::Error;
/// match engine.run("def f():\n    1 / 0\nf()", "f.py") {
///     Err(Error::Python(e)) => assert_eq!(e.type_name, "ZeroDivisionError"),
///     other => panic!("{other:?}"),
/// }
/// assert!(matches!(engine.run("1 +", "bad.py"), Err(Error::Compile(_))));
/// assert!(matches!(engine.call::<()>("nothing", ()), Err(Error::NoGlobal(_))));
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Python raised an exception that nothing caught. Displays as its traceback.
    Python(Box<PyError>),
    /// The source does not compile, or uses Python that is not supported.
    Compile(Box<CompileError>),
    /// A limit or an interrupt stopped the engine. It may be called again.
    Terminated(Terminate),
    /// A value does not convert to or from Rust: what was asked for, what there was.
    Convert { wanted: String, got: String },
    /// No global of this name.
    NoGlobal(String),
    /// An object of another engine, or one whose engine is gone.
    ForeignObject,
    /// A panic went through the engine, or a call that had paused was forgotten: it cannot be used any more.
    Poisoned,
    /// A file cannot be read.
    Io(std::io::Error),
}

/// An uncaught exception.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// let Err(taipan::Error::Python(e)) = engine.run("raise KeyError('k')", "k.py") else {
///     panic!();
/// };
/// assert_eq!((&e.type_name[..], &e.message[..]), ("KeyError", "'k'"));
/// assert!(e.traceback.starts_with("Traceback (most recent call last):\n  File \"k.py\", line 1"));
/// let args: (String,) = e.object.unwrap().attr(&mut engine, "args")?;
/// assert_eq!(args.0, "k");
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Debug)]
pub struct PyError {
    /// The exception's class: `ZeroDivisionError`.
    pub type_name: String,
    /// `str(exception)`.
    pub message: String,
    /// What CPython prints: chained exceptions, traceback, class and message, with a line feed at the end.
    pub traceback: String,
    /// It is the refusal of something that the engine was not granted ([`Capability`](super::Capability)).
    pub denied: bool,
    /// Set for SystemExit.
    pub exit: Option<Exit>,
    /// The exception itself, where memory allowed to keep it.
    pub object: Option<Object>,
}

/// The code of a SystemExit.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use taipan::{Error, Exit};
/// let Err(Error::Python(e)) = engine.run("raise SystemExit(3)", "x.py") else { panic!() };
/// assert_eq!(e.exit, Some(Exit::Code(3)));
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Exit {
    /// A number; None is 0.
    Code(i64),
    /// Anything else, as text: the command line prints it and exits with 1.
    Text(String),
}

impl Error {
    /// The exception's class name, if it is an exception.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let e = engine.run("[][1]", "i.py").unwrap_err();
    /// assert_eq!(e.type_name(), Some("IndexError"));
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn type_name(&self) -> Option<&str> {
        match self {
            Error::Python(e) => Some(&e.type_name),
            Error::Compile(e) => Some(e.kind.exception()),
            Error::Terminated(_)
            | Error::Convert { .. }
            | Error::NoGlobal(_)
            | Error::ForeignObject
            | Error::Poisoned
            | Error::Io(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Python(e) => f.write_str(&e.traceback),
            Error::Compile(e) => e.fmt(f),
            Error::Terminated(why) => why.fmt(f),
            Error::Convert { wanted, got } => write!(f, "expected {wanted}, got {got}"),
            Error::NoGlobal(name) => write!(f, "name '{name}' is not defined"),
            Error::ForeignObject => f.write_str("the object belongs to another engine"),
            Error::Poisoned => f.write_str(
                "a panic, or a paused call that was forgotten, left the engine unusable",
            ),
            Error::Io(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io(e) => Some(e),
            Error::Compile(e) => Some(&**e),
            Error::Python(_)
            | Error::Terminated(_)
            | Error::Convert { .. }
            | Error::NoGlobal(_)
            | Error::Poisoned
            | Error::ForeignObject => None,
        }
    }
}
impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Error {
        Error::Io(e)
    }
}
impl From<CompileError> for Error {
    fn from(e: CompileError) -> Error {
        Error::Compile(Box::new(e))
    }
}
