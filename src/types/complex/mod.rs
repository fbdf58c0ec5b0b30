//! `complex`: two doubles. `ops` is arithmetic, `text` repr, format and parsing.
pub mod value;
