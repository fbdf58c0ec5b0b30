//! `memoryview`: a look at the bytes of another object, in one dimension.
pub mod methods;
pub mod ops;
pub mod value;
