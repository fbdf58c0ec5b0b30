//! `range`.
pub mod value;
