//! Functions of the embedding program: a Rust closure with a name.
pub mod methods;
pub mod value;
