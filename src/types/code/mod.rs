//! `code`.
pub mod methods;
pub mod ops;
pub mod value;
