//! Leaving native code: the reason table, the metadata of exits, writing frames back.
#[cfg(feature = "jit")]
pub mod caught;
pub mod reason;
#[cfg(feature = "jit")]
pub mod reify;
#[cfg(feature = "jit")]
pub mod show;
#[cfg(feature = "jit")]
mod shown;
#[cfg(all(test, feature = "jit"))]
mod tests;
