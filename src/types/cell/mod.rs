//! `cell`.
pub mod methods;
pub mod value;
