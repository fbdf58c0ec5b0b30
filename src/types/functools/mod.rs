//! `functools.partial`, the keys of `cmp_to_key`, and `lru_cache`.
pub mod key;
pub mod lru;
pub mod partial;
