//! `code`.
pub mod value;
