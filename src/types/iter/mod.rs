//! `iter`.
pub mod value;
