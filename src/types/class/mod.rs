//! `type`: classes, builtin and made by programs.
//!
//! Order of reading: `value` (the layout), `ops` (what a class defines, who is an instance), `cache`,
//! `shape` (attributes of instances), `make` (`type.__new__`, calls), `mro`, `methods` (attributes of classes).
pub mod cache;
pub mod make;
pub mod methods;
pub mod mro;
pub mod ops;
pub mod shape;
pub mod value;
