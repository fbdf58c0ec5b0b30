//! What the instructions do, beyond moving words: each function takes the frame and the top of its
//! stack, and leaves the stack as the opcode's row says. `run` keeps what is hot to itself.
//! Native code calls the same protocol functions (`jit/runtime`).

pub mod arith;
pub mod block;
pub mod build;
pub mod coroutine;
pub mod global;
pub mod import;
pub mod name;
pub mod with;

use super::frame::FramePtr;
use crate::object::Value;
use crate::raise;
use crate::vm::{Raised, Vm};

/// `co_names[i]` as an interned str.
pub fn name_at(vm: &mut Vm, f: FramePtr, i: u32) -> Result<Value, Raised> {
    crate::types::code::ops::name(vm, f.code(), i as usize)
}

/// The UnboundLocalError of local `i`.
#[cold]
pub fn unbound_local(vm: &mut Vm, f: FramePtr, i: u32) -> Raised {
    let name = f
        .exec()
        .code
        .varnames
        .get(i as usize)
        .map(|n| n.to_string())
        .unwrap_or_default();
    raise!(
        vm,
        UnboundLocalError,
        "local variable '{name}' referenced before assignment"
    )
}

/// The error of an empty cell: UnboundLocalError for a cell variable, NameError for a free one.
#[cold]
pub fn unbound_cell(vm: &mut Vm, f: FramePtr, i: u32) -> Raised {
    let code = &*f.exec().code;
    let ncells = code.cellvars.len();
    match code.cellvars.get(i as usize) {
        Some(name) => raise!(
            vm,
            UnboundLocalError,
            "local variable '{name}' referenced before assignment"
        ),
        None => {
            let name = code
                .freevars
                .get(i as usize - ncells)
                .map(|n| n.to_string())
                .unwrap_or_default();
            raise!(
                vm,
                NameError,
                "free variable '{name}' referenced before assignment in enclosing scope"
            )
        }
    }
}
