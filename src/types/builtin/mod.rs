//! Builtin functions, method descriptors and bound methods.
pub mod methods;
pub mod value;
