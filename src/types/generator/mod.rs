//! Generators, and what is made like them: coroutines and asynchronous generators.
//!
//! One layout, three classes. The object holds its frame, slots and all: the interpreter runs on them where they
//! lie (`interp::generator`).
pub mod agen;
pub mod coroutine;
pub mod methods;
pub mod value;
