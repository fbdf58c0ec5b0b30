//! `bytearray`.
//!
//! What only reads, and what gives new bytes, are the methods of bytes (`types/bytes`), whose results
//! become bytearrays here; `ops` changes the bytes in place. While a memoryview looks at them their
//! number stays as it is.
pub mod methods;
pub mod ops;
pub mod value;
