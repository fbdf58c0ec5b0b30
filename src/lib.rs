//! Taipan: a Python engine for Rust programs.
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
//!
//! * A [`Function`] is a Python function with Rust types, a [`Script`] a program that is run often, a [`Namespace`]
//!   holds the names of one of several programs; [`Engine::register`] and [`Engine::module`] give programs functions
//!   of the host.
//! * [`Engine::builder`] sets limits and grants capabilities: a new engine reaches nothing of the system.
//!
//! # How it works
//!
//! It compiles Python source to the code objects CPython 3.8 would make, interprets that
//! stack bytecode, and translates hot functions through SSA registers and Cranelift into
//! native code. Read the source in the order a function lives it:
//!
//! ```text
//! text ─ruff_python_parser→ AST ─compile/→ CodeObject ─code/verify→ Executable
//!    MAKE_FUNCTION ─call/function→ Function ─CALL_FUNCTION→ call/dispatch
//!       ├ call/fast   plain positional, or all defaulted
//!       └ call/bind   everything else
//!    → Frame (f_localsplus) → eval_frame
//!       ├ interp/   adaptive stack interpreter
//!       └ jit/      build (stack → SSA) → opt → lower (CLIF) → native
//!             a guard fails → deopt/ writes the same Frame back → interp/
//! ```
//!
//! Nobody imports upward: code < gc < object < vm < types < protocol < call < builtins,
//! modules < interp < jit < api < cli; `vm.rs` alone names the state of upper layers, and
//! lower layers reach Python code only through its call hook.

mod api;

// The engine's own parts are public for this repository's tests and benches alone: no promise is made about them.
// Behind a feature of its own the crate would be built twice.
#[doc(hidden)]
pub mod builtins;
#[doc(hidden)]
pub mod call;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod code;
#[doc(hidden)]
pub mod compile;
#[doc(hidden)]
pub mod gc;
#[doc(hidden)]
pub mod interp;
#[doc(hidden)]
pub mod jit;
#[doc(hidden)]
pub mod modules;
#[doc(hidden)]
pub mod object;
#[doc(hidden)]
pub mod protocol;
#[doc(hidden)]
pub mod types;
#[doc(hidden)]
pub mod vm;

pub use api::{
    Builder, Bytes, CallArgs, Capability, Code, Context, Engine, Error, Exit, FromPy, Function,
    HostError, HostFn, InterruptHandle, IntoPy, Iter, JitMode, Keywords, Module, Namespace, Object,
    Paused, Progress, PyError, Python, Reentrant, Script, Terminate, WithContext,
};
pub use compile::CompileError;
#[doc(hidden)]
pub use vm::{Deopt, Dump};

#[cfg(feature = "serde")]
pub use api::Serde;

/// The examples of the README run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
