//! The SSA form: a function as blocks of typed instructions.
//!
//! * [`op`] holds THE SSA TABLE: one row an instruction; printing, parsing and verification
//!   derive from it, and nothing matches on `Op` with a `_` arm.
//! * Blocks have parameters instead of phis. The last instruction of a block, and no other, is
//!   a terminator; only terminators have targets.
//! * A `FrameState` says what the interpreter's frame looks like at one point. The `state`
//!   instruction puts it there, and it holds until the next instruction that writes anything: an
//!   exit may use a state only while it holds, so no side effect happens twice.
//! * `text → parse → Func → print → text` is the identity.

pub mod effect;
pub mod frame_state;
pub mod func;
pub mod op;
pub mod parse;
pub mod print;
pub mod types;
pub mod verify;

#[cfg(test)]
mod tests;
