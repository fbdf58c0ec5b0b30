//! The builtin types, a folder each: `value.rs` (layout), `ops.rs` (pure kernels, below
//! `protocol`), `methods.rs` (rows of methods, above `call`), `iter.rs`.

pub mod builtin;
pub mod cell;
pub mod class;
pub mod code;
pub mod dict;
pub mod exception;
pub mod float;
pub mod function;
pub mod int;
pub mod iter;
pub mod list;
pub mod module;
pub mod range;
pub mod str;
pub mod tuple;
