//! `type`: the builtin classes as objects.
pub mod methods;
pub mod ops;
pub mod value;
