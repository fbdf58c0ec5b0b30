//! `int`.
pub mod value;
