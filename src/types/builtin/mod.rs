//! Builtin functions, method descriptors and bound methods.
pub mod methods;
pub mod site;
pub mod value;
