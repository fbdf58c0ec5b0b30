//! `set` and `frozenset`: one layout, two classes.
//!
//! `ops` is the table (lookup, insertion, growth), in CPython 3.8's own order: a program that prints
//! a set of small ints sees it. `algebra` is union, intersection and their kin, each in the order in
//! which CPython visits the operands; `methods` the rows.
pub mod algebra;
pub mod methods;
pub mod ops;
pub mod value;
