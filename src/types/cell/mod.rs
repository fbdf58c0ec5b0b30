//! `cell`.
pub mod value;
