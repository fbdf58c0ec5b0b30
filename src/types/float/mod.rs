//! `float`.
pub mod value;
