//! `function`.
pub mod value;
