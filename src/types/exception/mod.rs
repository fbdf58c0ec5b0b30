//! Exceptions and tracebacks.
//!
//! `extra` of an exception, by class: StopIteration's value and SystemExit's code as they are; of
//! the classes with several fields (OSError, ImportError, SyntaxError, the Unicode errors) a list
//! of them, in the order of [`ops::fields_of`].
pub mod methods;
pub mod ops;
pub mod print;
pub mod reduce;
pub mod syntax;
pub mod value;
pub mod warn;
