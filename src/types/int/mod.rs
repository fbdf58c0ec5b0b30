//! `int`, and `bool`, which derives from it.
//!
//! An int is a small inline word, an `Int64Obj` or a `BigIntObj`, whichever is the first that
//! fits; `ops::get` sees all of them (and bools) as one borrowed `Int`. Kernels take and give
//! values; they reserve memory before a big result is computed, and long ones poll.
pub mod big;
pub mod bytes;
pub mod methods;
pub mod ops;
pub mod parse;
pub mod value;
pub mod wide;
