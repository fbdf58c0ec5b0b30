//! What lowering is told of the engine and asks of it.

use super::open::Open;
use crate::jit::ssa::func::Sig;

/// Addresses and choices that the code embeds.
#[derive(Clone, Copy, Debug)]
pub struct Env {
    pub vm: u64,
    /// The unit, for `leave`.
    pub unit: u64,
    /// The heap: see `gc::heap::run_of`.
    pub heap: u64,
    /// The limit word's guard.
    pub guard: u64,
    pub depth: u64,
    pub recursion_limit: u64,
    /// What is there, if the unit goes when that changes.
    pub fixed_limit: Option<u32>,
    /// Where quiet helpers leave payload and status.
    pub answer: u64,
    /// Depth of the innermost frame that has caught an exception.
    pub caught: u64,
    /// The address of the innermost frame; the exception that is handled; how many generators went on natively.
    pub top: u64,
    pub handled: u64,
    pub resumes: u64,
    /// The slots of the generator whose items are taken (`runtime::taking`).
    pub taking: u64,
    /// How many of its items were.
    pub given: u64,
    /// What is left of the fuel.
    pub fuel: u64,
    /// Fuel is counted.
    pub burns: bool,
    /// `stats.native`, and calls of generators, counted when `count`.
    pub native_calls: u64,
    pub count: bool,
    /// Address of the marks of `Vm::coverage`.
    pub coverage: Option<u64>,
    /// The counter whose running out fails a guard.
    pub stress: Option<u64>,
}

/// What lowering asks of the engine.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// Address of the entry cell of a code object (its word) for a signature.
    pub cell: &'a dyn Fn(u64, &Sig) -> Option<u64>,
    /// Whether `FunctionObj::first` stands for this version of the function of this word.
    pub is_first: &'a dyn Fn(u64, i64) -> bool,
    /// Where a generator that yields at an instruction of a code object goes on: the address of its `ResumeCell`,
    /// and the instruction's. None where the runtime has to suspend it.
    pub suspends: &'a dyn Fn(u64, u32) -> Option<(u64, u64)>,
    /// How the function is called by who knows only how many arguments it takes; none: it is not.
    pub open: Option<Open<'a>>,
}
