//! What an embedder sees.
//!
//! ```
//! # fn main() -> Result<(), taipan::Error> {
//! let mut engine = taipan::Engine::new();
//! engine.run("def area(w, h=2):\n    return w * h\n", "shapes.py")?;
//! let a: i64 = engine.call("area", (6, 7))?;
//! assert_eq!(a, 42);
//! engine.set_global("unit", "cm")?;
//! let text: String = engine.eval("f'{area(1.5)} {unit}'")?;
//! assert_eq!(text, "3.0 cm");
//! let error = engine.run("area('a', 'b')", "<demo>").unwrap_err();
//! assert!(error.to_string().ends_with("TypeError: can't multiply sequence by non-int of type 'str'\n"));
//! # Ok(()) }
//! ```
//!
//! * An [`Engine`] is a whole Python of its own: heap, modules, limits. It may move to another
//!   thread between calls; two engines share nothing.
//! * Rust values go in and out by [`IntoPy`] and [`FromPy`]. An [`Object`] is a value that stays in the
//!   engine; it keeps it alive, from any thread, and is refused by any other engine.
//! * Everything that can go wrong is an [`Error`]; what Python raised displays as its traceback.
//! * An [`InterruptHandle`] stops an engine from another thread, whatever the program does.

mod builder;
mod collections;
mod convert;
mod engine;
mod error;
mod function;
mod handle;
mod host;
mod inside;
mod limits;
mod namespace;
mod object;
mod script;
#[cfg(feature = "serde")]
mod serde;

pub use builder::Builder;
pub use collections::Bytes;
pub use convert::{CallArgs, FromPy, IntoPy, Keywords};
pub use engine::{Engine, Module};
pub use error::{Error, Exit, PyError};
pub use function::Function;
pub use handle::Object;
pub use host::{Context, HostError, HostFn, WithContext};
pub use inside::Python;
pub use limits::InterruptHandle;
pub use namespace::Namespace;
pub use object::Iter;
pub use script::{Code, Script};
#[cfg(feature = "serde")]
pub use serde::Serde;

pub use crate::vm::{Capability, Deopt, Dump, JitMode, Terminate};
