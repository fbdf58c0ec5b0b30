//! The native tier: when (`tier`), from what (`build`), through what (`ssa`, `opt`), into what
//! (`lower`, `native`), and back (`deopt`).
//!
//! Everything that enters or leaves native code speaks one language: the layout of f_localsplus
//! plus an instruction index. Without the feature `jit`, or on a host that Cranelift or the code
//! heap does not serve, `tier`'s hooks stay and do nothing, and [`available`] says why.

pub mod build;
pub mod deopt;
#[cfg(feature = "jit")]
pub mod native;
pub mod opt;
pub mod pipeline;
pub mod ssa;
pub mod stats;
pub mod tier;

use crate::object::Tracer;

/// The JIT's state in a Vm.
#[derive(Default)]
pub struct State {
    pub stats: stats::JitStats,
}

impl State {
    /// Shows the values that running native code holds on to.
    pub fn trace(&self, _t: &mut Tracer<'_>) {}
}

/// Whether this build, on this host, makes native code; or why it does not.
///
/// # Errors
/// The reason, in words.
pub fn available() -> Result<(), &'static str> {
    #[cfg(feature = "jit")]
    return native::isa::host().map(|_| ());
    #[cfg(not(feature = "jit"))]
    Err("built without the feature `jit`")
}
