//! `slice`, and what slicing means for every sequence.
//!
//! `ops` turns a slice into indices (of 64 bits for what lies in memory, of any size for `range`),
//! `seq` takes slices of sequences and assigns to those of lists.
pub mod methods;
pub mod ops;
pub mod seq;
pub mod value;
