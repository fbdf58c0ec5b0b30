//! What a code object is, apart from any tier: the opcode table, instructions,
//! the `CodeObject` itself, its verifier and its disassembler.
//!
//! Nothing here knows the heap, the interpreter or the JIT. A `CodeObject` is plain
//! `Send + Sync` data behind an `Arc`; the per-engine form that runs (quickened code,
//! caches) is `interp::executable::Executable`, built from what `verify` proves.

pub mod charmap;
pub mod dis;
pub mod encoding;
pub mod instr;
pub mod object;
pub mod opcode;
pub mod pyc;
pub mod utf8;
pub mod v37;
pub mod verify;
pub mod wtf8;
