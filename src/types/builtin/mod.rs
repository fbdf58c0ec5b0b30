//! `builtin`.
pub mod value;
