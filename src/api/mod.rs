//! What an embedder sees: the crate's front page tells of it. `inside` holds what is done inside an engine, once for
//! [`Engine`] and [`Context`]; the types of values are in `convert`, `collections` and `serde`.

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
mod pause;
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
pub use host::{Context, HostError, HostFn, Reentrant, WithContext};
pub use inside::Python;
pub use limits::InterruptHandle;
pub use namespace::Namespace;
pub use object::Iter;
pub use pause::{Paused, Progress};
pub use script::{Code, Script};
#[cfg(feature = "serde")]
pub use serde::Serde;

pub use crate::vm::{Capability, JitMode, Terminate};
