//! `float`: an immediate word. `ops` is its arithmetic, `text` its way to text and back.
pub mod hex;
pub mod methods;
pub mod ops;
pub mod text;
pub mod value;
