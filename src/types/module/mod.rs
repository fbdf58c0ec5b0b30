//! `module`.
pub mod value;
