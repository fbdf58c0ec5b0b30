//! `tuple`.
pub mod value;
