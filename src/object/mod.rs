//! What a heap object is, below any type: the word (`value`), the header and the table of
//! layouts (`header`), typed pointers and fields (`gc_ptr`), arguments (`args`), method rows
//! (`method`) and the table of builtin classes (`class`).
//!
//! Rules (see also `gc/mod.rs`): every field that holds a `Value` is a [`gc_ptr::Slot`] or an
//! element of a `Buf<Value>`, and is stored to through `write` only. A `&T` of an object is
//! borrowed from `&Vm`, so it cannot live across a safepoint, which takes `&mut Vm`.
#![allow(unsafe_code)]

pub mod args;
pub mod class;
pub mod gc_ptr;
pub mod header;
pub mod method;
pub mod value;

pub use args::Args;
pub use class::ClassId;
pub use gc_ptr::{Gc, Object, Slot, Tracer};
pub use header::{Header, Kind};
pub use method::{Conv, MethodDef};
pub use value::Value;
