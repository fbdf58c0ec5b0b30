//! `bytes`.
//!
//! `ops` has the kernels, `methods` the rows, whose bodies are in `search`, `split`, `adjust` and
//! `hex`; they read what `buffer` says can be read, and so are the methods of bytearray too. The `%` operator is that of `str` (`types::str::percent`). To text and back goes `types::codec`.
pub mod adjust;
pub mod buffer;
pub mod hex;
pub mod methods;
pub mod ops;
pub mod search;
pub mod split;
pub mod value;
