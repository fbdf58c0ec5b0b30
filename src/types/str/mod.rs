//! `str`.
pub mod value;
