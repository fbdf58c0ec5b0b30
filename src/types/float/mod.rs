//! `float`: an immediate word. `ops` is its arithmetic, `text` its way to text and back.
pub mod ops;
pub mod text;
pub mod value;
