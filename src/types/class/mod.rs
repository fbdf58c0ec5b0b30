//! `class`.
pub mod value;
