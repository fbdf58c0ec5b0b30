//! `list`.
pub mod methods;
pub mod ops;
pub mod sort;
pub mod value;
