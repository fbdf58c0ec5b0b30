//! `bytes`.
pub mod ops;
pub mod value;
