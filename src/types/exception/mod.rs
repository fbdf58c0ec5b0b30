//! `exception`.
pub mod ops;
pub mod value;
