//! `dict`.
pub mod value;
