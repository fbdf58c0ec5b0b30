//! What the interpreter's frame looks like at one point of native code.

use super::types::{FrameId, StateId, Val};

/// Where in an instruction of the bytecode a state is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// Nothing of it has happened: the interpreter executes it.
    At,
    /// In the middle: its operands are popped, its results are not pushed. A callee's return goes
    /// on from here by pushing its value; an exception unwinds from here.
    In,
    /// All of it has happened, its results are in the state: the interpreter goes on at the next.
    After,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::At, Kind::In, Kind::After];
    /// Its name in SSA text.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::At => "at",
            Kind::In => "in",
            Kind::After => "after",
        }
    }
}

/// A frame: locals, cells and free variables, and the value stack in the verifier's padded model.
///
/// An entry is an SSA value of any type (an exit boxes it), or `None` for an empty slot: an unbound
/// local, or a slot of the stack that holds C's NULL. Variables keep their entries when they are dead.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FrameState {
    pub frame: FrameId,
    pub kind: Kind,
    /// Index of the instruction in the quickened copy.
    pub pc: u32,
    /// Locals, then cells, then free variables.
    pub slots: Vec<Option<Val>>,
    pub stack: Vec<Option<Val>>,
    /// A block is open at `pc`: an exception goes to a handler of this frame.
    pub handler: bool,
    /// The frame that this one is inlined in, as it is during the call: kind `In`.
    pub parent: Option<StateId>,
    /// Closures' cells, and what an exit stores into them before anything else: native code has not done it
    /// yet. Those of parents do not count.
    pub cells: Vec<(Val, Val)>,
}

impl FrameState {
    /// The instruction it is at.
    pub fn at(&self) -> (FrameId, u32) {
        (self.frame, self.pc)
    }
    /// Every value in it; those of the parents are theirs.
    pub fn values(&self) -> impl Iterator<Item = Val> + '_ {
        let cells = self.cells.iter().flat_map(|(c, v)| [*c, *v]);
        let frame = self.slots.iter().chain(&self.stack);
        frame.filter_map(|v| *v).chain(cells)
    }
    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Val> + '_ {
        let frame = self.slots.iter_mut().chain(&mut self.stack);
        let cells = self.cells.iter_mut().flat_map(|(c, v)| [c, v]);
        frame.filter_map(|v| v.as_mut()).chain(cells)
    }
}
