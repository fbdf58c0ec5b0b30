//! `list`.
pub mod value;
