//! `collections.deque`: a ring of places, so that both ends are cheap and any item is one step away.
pub mod methods;
pub mod ops;
pub mod value;
