//! `code`.
pub mod compare;
pub mod make;
pub mod methods;
pub mod ops;
pub mod value;
