//! `str`: WTF-8 bytes, indexed by code point.
//!
//! `ops` has what everyone needs (`bytes`, `concat`, `char_at`, `slice`, `find`, `intern`);
//! `methods` the rows, whose bodies are in `case`, `search`, `split` and `adjust`; `percent` is the
//! `%` operator and `template` is `str.format`. Character properties come from `unicode`.
pub mod adjust;
pub mod case;
pub mod methods;
pub mod ops;
pub mod percent;
pub mod search;
pub mod split;
mod tables;
pub mod template;
pub mod unicode;
pub mod value;
