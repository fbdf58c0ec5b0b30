//! Taipan: a Python engine for Rust programs.
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

pub mod api;
pub mod builtins;
pub mod call;
#[cfg(feature = "cli")]
pub mod cli;
pub mod code;
pub mod compile;
pub mod gc;
pub mod interp;
pub mod jit;
pub mod modules;
pub mod object;
pub mod protocol;
pub mod types;
pub mod vm;

pub use api::{
    Builder, Bytes, CallArgs, Capability, Code, Context, Deopt, Dump, Engine, Error, Exit, FromPy,
    Function, HostError, HostFn, InterruptHandle, IntoPy, Iter, JitMode, Keywords, Module,
    Namespace, Object, PyError, Python, Script, Terminate,
};

#[cfg(feature = "serde")]
pub use api::Serde;

/// The examples of the README run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
