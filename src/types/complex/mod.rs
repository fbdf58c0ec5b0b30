//! `complex`: two doubles. `ops` is arithmetic, `text` repr, format and parsing.
pub mod methods;
pub mod ops;
pub mod text;
pub mod value;
