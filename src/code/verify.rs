//! The verifier: what must hold of a code object before any tier trusts it.
//!
//! One abstract interpretation over a worklist visits each instruction once and proves: it decodes,
//! its operand is in range, jumps land on instructions, nothing falls off the end, and at every
//! instruction the depth of the value stack, the *kind* of each slot and the nesting of blocks
//! are one and the same whichever way it was reached.
//!
//! # The padded model of `finally`
//! Six slots mark a handler or a `finally` body: `[old handled ×3, traceback, value, type]`. An
//! exception that enters a handler pushes them. `BEGIN_FINALLY` and `CALL_FINALLY` push six as well (CPython
//! pushes one): the lower three are the exception being handled now, so that restoring it changes
//! nothing, and the topmost says why the body was entered: empty (`BEGIN_FINALLY`), a return
//! address (`CALL_FINALLY`), an exception type. All three ways open a [`BlockKind::Handler`] block.
//!
//! # Variants: why `instrs` may be longer than the code
//! `CALL_FINALLY` enters the same body with different stacks below it: `return f()` leaves its value
//! there, and leaving `except E as e` has closed the handler already. So that depth stays one number at
//! each instruction, each such entry gets its own copy of the body, appended behind the code proper. A copy has the
//! `offset` of its original (lines and `f_lasti` come out right), its jumps stay in the copy, and its `END_FINALLY` returns
//! to its own callers. Therefore **positions are indexes into `instrs`, jumps go to [`Verified::targets`]**, and a
//! `CALL_FINALLY` at `i` has the return address `i + 1`.
//!
//! # What the tiers may rely on
//! * Every slot an instruction pops holds a real value, except: the lower slot of a `LOAD_METHOD` pair, which only
//!   `CALL_METHOD` consumes, and the six slots of a handler, which only `POP_EXCEPT`, `END_FINALLY` and `POP_FINALLY` consume
//!   (and `WITH_CLEANUP_FINISH` moves, one down: the block's `depth` is one less from then on).
//!   In a handler that only exceptions enter, the upper three are values as well (`DUP_TOP`, `POP_TOP` apply).
//! * `END_FINALLY` finds, where [`EndFinally::mixed`], exactly what was pushed on entry: empty only if `falls`,
//!   a return address only out of `sites`. Where it is not mixed the slots may hold any values (code may have put them there):
//!   a `type` that is no exception is a SystemError.
//! * No block is open at `RETURN_VALUE`. An exception finds the innermost open block at `block[i]`; the
//!   slots below `Block::depth` are then as they were when the block was opened.
//!
//! Types of operands (is this constant a code object, this name tuple a tuple) are checked when run.

use super::instr::{DecodeError, Instr, decode};
use super::object::{CodeObject, Version, flags};
use super::opcode::{ArgKind, LATER, NOFALL, Opcode};
use std::collections::HashMap;
use std::fmt;

/// Index into [`Verified::blocks`].
pub type BlockId = u32;
/// No block is open.
pub const NO_BLOCK: BlockId = u32::MAX;
/// The depth of an instruction that nothing reaches.
pub const UNREACHABLE: u32 = u32::MAX;
/// The target of an instruction that has none.
pub const NO_TARGET: u32 = u32::MAX;
/// The deepest value stack a code object may ask for.
pub const MAX_DEPTH: u32 = 1 << 20;

/// Why a block is open.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BlockKind {
    /// `SETUP_FINALLY`, not yet popped: an exception goes to `handler` (an index into `instrs`).
    Finally { handler: u32 },
    /// Between the entry of a handler or `finally` body (an index into `instrs`) and its
    /// `POP_EXCEPT`, `END_FINALLY` or `POP_FINALLY`: an exception that leaves it restores the handled exception
    /// from the three slots at `Block::depth`.
    Handler { entry: u32 },
}

/// A block: equal blocks are one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Block {
    pub kind: BlockKind,
    /// Depth of the value stack below the block (below the six slots of a handler).
    pub depth: u32,
    /// The block around it, or [`NO_BLOCK`].
    pub parent: BlockId,
}

/// What an `END_FINALLY` may do.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct EndFinally {
    /// The body is one of `finally` (its topmost slot may be empty or a return address), not a chain of `except`
    /// that always re-raises here.
    pub mixed: bool,
    /// May go on with the next instruction (entered by `BEGIN_FINALLY`).
    pub falls: bool,
    /// Return addresses (indexes into `instrs`) it may jump to, ascending.
    pub sites: Vec<u32>,
}

/// A code object's instructions with everything the tiers need to know of them.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The decoded code in order (one element for each instruction, EXTENDED_ARG folded), then the variants.
    pub instrs: Vec<Instr>,
    /// How many of `instrs` are the code proper.
    pub proper: u32,
    /// Depth of the padded value stack before each instruction, or [`UNREACHABLE`].
    pub depth: Vec<u32>,
    /// Innermost open block before each instruction.
    pub block: Vec<BlockId>,
    pub blocks: Vec<Block>,
    /// Where each instruction jumps (or its handler is), as an index into `instrs`, or [`NO_TARGET`].
    pub targets: Vec<u32>,
    /// Slots a frame needs for its value stack (may exceed `co_stacksize`).
    pub max_depth: u32,
    /// `offset / 2` → index in the code proper; an EXTENDED_ARG maps to the instruction it extends.
    pub index: Vec<u32>,
    /// Whether a jump backwards (or to itself) goes to this instruction: loop headers.
    pub loop_head: Vec<bool>,
    ends: HashMap<u32, EndFinally>,
}

impl Verified {
    /// The `CALL_FINALLY` return addresses (indexes into `instrs`) that the `END_FINALLY` at this
    /// index may jump to, ascending: the arms of its switch besides falling through and re-raising.
    pub fn return_sites(&self, end_finally: u32) -> Vec<u32> {
        self.ends
            .get(&end_finally)
            .map(|e| e.sites.clone())
            .unwrap_or_default()
    }
    /// What the reachable `END_FINALLY` at this index may do.
    pub fn end_finally(&self, index: u32) -> Option<&EndFinally> {
        self.ends.get(&index)
    }
    /// The block open before this instruction, and the blocks around it, from the inside.
    pub fn blocks_at(&self, index: u32) -> impl Iterator<Item = &Block> + '_ {
        let mut b = self.block[index as usize];
        std::iter::from_fn(move || {
            let x = self.blocks.get(b as usize)?;
            b = x.parent;
            Some(x)
        })
    }
}

/// Why a code object is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// Byte offset of the instruction, if it is about one.
    pub offset: Option<u32>,
    pub reason: String,
    /// Not wrong, but not supported yet.
    pub unsupported: bool,
}
impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}
impl std::error::Error for VerifyError {}

/// Proves a code object, without its nested ones (they are verified when they become functions).
///
/// # Errors
/// The first thing found that does not hold.
pub fn verify(code: &CodeObject) -> Result<Verified, VerifyError> {
    check_fields(code)?;
    if code.version == Version::V37 {
        let t = super::v37::translate(code)?;
        t.instrs.iter().try_for_each(|i| check_operand(code, i))?;
        return Walk::new(code, t.instrs, t.target, t.index).run();
    }
    let instrs = decode(&code.code).map_err(|e| match e {
        DecodeError::Length(n) => about_fields(format!("co_code has a length of {n}")),
        DecodeError::Unknown(at, op) => at_offset(at, format!("no opcode {op}, at {at}")),
        DecodeError::Extended(at) => at_offset(at, format!("EXTENDED_ARG at {at} extends nothing")),
    })?;
    let mut index = vec![u32::MAX; code.code.len() / 2];
    for (i, ins) in instrs.iter().enumerate() {
        index[ins.start as usize / 2..=ins.offset as usize / 2].fill(i as u32);
    }
    let mut target = Vec::with_capacity(instrs.len());
    for ins in &instrs {
        check_operand(code, ins)?;
        target.push(match ins.target() {
            None => NO_TARGET,
            Some(t) => match index.get(t as usize / 2) {
                Some(&i) if t % 2 == 0 => i,
                _ => {
                    return Err(at(
                        ins,
                        format_args!("jumps to {t}, which is no instruction"),
                    ));
                }
            },
        });
    }
    Walk::new(code, instrs, target, index).run()
}

fn about_fields(reason: impl Into<String>) -> VerifyError {
    VerifyError {
        offset: None,
        reason: reason.into(),
        unsupported: false,
    }
}
fn at_offset(offset: u32, reason: String) -> VerifyError {
    VerifyError {
        offset: Some(offset),
        reason,
        unsupported: false,
    }
}
fn at(ins: &Instr, what: impl fmt::Display) -> VerifyError {
    at_offset(
        ins.offset,
        format!("opcode {} at {} {what}", ins.op.name(), ins.offset),
    )
}

/// The fields among themselves.
fn check_fields(c: &CodeObject) -> Result<(), VerifyError> {
    let refuse = |reason: &str| Err(about_fields(reason));
    if (c.flags & flags::RESUMABLE).count_ones() > 1 {
        return refuse("co_flags names more than one kind of generator");
    }
    let known = flags::OPTIMIZED
        | flags::NEWLOCALS
        | flags::VARARGS
        | flags::VARKEYWORDS
        | flags::NESTED
        | flags::NOFREE
        | flags::RESUMABLE
        | flags::ITERABLE_COROUTINE
        | flags::PYCF_MASK;
    if c.flags & !known != 0 {
        return refuse("co_flags has an unknown bit");
    }
    let stars = (c.flags & flags::VARARGS != 0) as u64 + (c.flags & flags::VARKEYWORDS != 0) as u64;
    if c.argcount as u64 + c.kwonlyargcount as u64 + stars > c.nlocals as u64 {
        return refuse("there are more parameters than co_nlocals");
    }
    if c.posonlyargcount > c.argcount {
        return refuse("co_posonlyargcount exceeds co_argcount");
    }
    if c.varnames.len() != c.nlocals as usize {
        return refuse("co_nlocals is not the number of co_varnames");
    }
    if c.nlocals > MAX_DEPTH || c.stacksize > MAX_DEPTH {
        return refuse("the frame would be too large");
    }
    if c.cellvars.len() > MAX_DEPTH as usize || c.freevars.len() > MAX_DEPTH as usize {
        return refuse("there are too many cells");
    }
    let closed = c.cellvars.is_empty() && c.freevars.is_empty();
    if closed != (c.flags & flags::NOFREE != 0) {
        return refuse("CO_NOFREE does not tell whether there are cells");
    }
    // A function's locals are fast; a module's live in a dict. Nothing makes one with half of it.
    if (c.flags & flags::OPTIMIZED != 0) && (c.flags & flags::NEWLOCALS == 0) {
        return refuse("CO_OPTIMIZED without CO_NEWLOCALS");
    }
    if !c.lnotab.len().is_multiple_of(2) {
        return refuse("co_lnotab has an odd length");
    }
    Ok(())
}

/// The operand by its kind, and the counts that must stay small.
fn check_operand(c: &CodeObject, ins: &Instr) -> Result<(), VerifyError> {
    if ins.op.has(LATER) {
        return Err(VerifyError {
            unsupported: true,
            ..at(ins, "is not supported yet")
        });
    }
    let resumable = matches!(
        ins.op,
        Opcode::YIELD_VALUE
            | Opcode::YIELD_FROM
            | Opcode::GET_YIELD_FROM_ITER
            | Opcode::GET_AWAITABLE
            | Opcode::GET_ANEXT
            | Opcode::BEFORE_ASYNC_WITH
            | Opcode::SETUP_ASYNC_WITH
            | Opcode::END_ASYNC_FOR
    );
    if resumable && c.flags & flags::RESUMABLE == 0 {
        return Err(at(ins, "is in code that is no generator's"));
    }
    let free = c.cellvars.len() + c.freevars.len();
    let limit = match ins.op.arg_kind() {
        ArgKind::None | ArgKind::Rel | ArgKind::Abs => usize::MAX,
        ArgKind::Const => c.consts.len(),
        ArgKind::Name => c.names.len(),
        ArgKind::Local => c.nlocals as usize,
        ArgKind::Free => free,
        // The last of CMP_OPS is none.
        ArgKind::Compare => super::opcode::CMP_OPS.len() - 1,
        ArgKind::Num => MAX_DEPTH as usize,
    };
    // Operands that are sets of flags or small choices.
    let small = [
        (Opcode::RAISE_VARARGS, 3),
        (Opcode::MAKE_FUNCTION, 16),
        (Opcode::FORMAT_VALUE, 8),
        (Opcode::POP_FINALLY, 2),
    ];
    let limit = small.iter().find(|x| x.0 == ins.op).map_or(limit, |x| x.1);
    if ins.arg as usize >= limit {
        return Err(at(ins, format_args!("has the operand {}", ins.arg)));
    }
    Ok(())
}

/// What a slot of the value stack may hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Slot {
    /// A value.
    Value,
    /// The lower slot of a `LOAD_METHOD` pair: perhaps empty.
    Method,
    /// One of the three that hold the exception handled before.
    Old,
    /// One of the upper three of a `finally` body.
    Why,
}

/// An abstract value stack: runs of equal slots, as a hash-consed list, so that equal stacks have
/// equal ids and pushing or popping many values costs as much as one.
struct Stacks {
    cells: Vec<(Slot, u32, StackId)>,
    ids: HashMap<(Slot, u32, StackId), StackId>,
}
type StackId = u32;
const EMPTY: StackId = u32::MAX;

impl Stacks {
    fn cell(&mut self, kind: Slot, n: u32, below: StackId) -> StackId {
        if n == 0 {
            return below;
        }
        *self.ids.entry((kind, n, below)).or_insert_with(|| {
            self.cells.push((kind, n, below));
            self.cells.len() as StackId - 1
        })
    }
    fn push(&mut self, s: StackId, kind: Slot, n: u32) -> StackId {
        match self.cells.get(s as usize) {
            Some(&(k, m, below)) if k == kind => self.cell(kind, m + n, below),
            _ => self.cell(kind, n, s),
        }
    }
    /// The stack without its `n` topmost slots, all of which must be of this kind.
    fn pop(&mut self, s: StackId, kind: Slot, n: u32) -> Option<StackId> {
        if n == 0 {
            return Some(s);
        }
        match self.cells.get(s as usize) {
            Some(&(k, m, below)) if k == kind && m >= n => Some(self.cell(kind, m - n, below)),
            _ => None,
        }
    }
}

/// What is known before an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct State {
    stack: StackId,
    depth: u32,
    block: BlockId,
    /// A return value has been rotated below the slots of a handler that is about to be closed: nothing may
    /// raise until `POP_EXCEPT`.
    rotated: bool,
}

/// An instruction in a context: the code proper is context 0, each variant of a `finally` body another.
type Node = u32;
type Ctx = u32;

struct Walk<'a> {
    code: &'a CodeObject,
    instrs: Vec<Instr>,
    target: Vec<u32>,
    index: Vec<u32>,
    /// Entered by BEGIN_FINALLY or CALL_FINALLY, not only by exceptions.
    is_finally: Vec<bool>,
    stacks: Stacks,
    blocks: Vec<Block>,
    block_ids: HashMap<Block, BlockId>,
    /// (context, instruction) of each node; the first `instrs.len()` are the code proper.
    nodes: Vec<(Ctx, u32)>,
    node_ids: HashMap<(Ctx, u32), Node>,
    states: Vec<Option<State>>,
    jumps: Vec<Node>,
    /// Entry instruction of each context (none for the code proper).
    contexts: Vec<u32>,
    context_ids: HashMap<(Ctx, u32, StackId, BlockId), Ctx>,
    /// Return addresses pushed on the way into each body, by its entry.
    sites: HashMap<Node, Vec<Node>>,
    /// Each reachable END_FINALLY, with the entry of the body it ends and whether that is a `finally`.
    ends: Vec<(Node, Node)>,
    falls: HashMap<Node, bool>,
    work: Vec<Node>,
    max_depth: u32,
}

impl<'a> Walk<'a> {
    fn new(code: &'a CodeObject, instrs: Vec<Instr>, target: Vec<u32>, index: Vec<u32>) -> Self {
        let n = instrs.len();
        let mut is_finally = vec![false; n];
        for (i, ins) in instrs.iter().enumerate() {
            if ins.op == Opcode::CALL_FINALLY {
                is_finally[target[i] as usize] = true;
            } else if ins.op == Opcode::BEGIN_FINALLY && i + 1 < n {
                is_finally[i + 1] = true;
            }
        }
        Walk {
            code,
            target,
            index,
            is_finally,
            stacks: Stacks {
                cells: Vec::new(),
                ids: HashMap::new(),
            },
            blocks: Vec::new(),
            block_ids: HashMap::new(),
            nodes: (0..n as u32).map(|i| (0, i)).collect(),
            node_ids: HashMap::new(),
            states: vec![None; n],
            jumps: vec![NO_TARGET; n],
            contexts: vec![u32::MAX],
            context_ids: HashMap::new(),
            sites: HashMap::new(),
            ends: Vec::new(),
            falls: HashMap::new(),
            work: Vec::new(),
            max_depth: 0,
            instrs,
        }
    }

    fn run(mut self) -> Result<Verified, VerifyError> {
        let start = State {
            stack: EMPTY,
            depth: 0,
            block: NO_BLOCK,
            rotated: false,
        };
        self.states[0] = Some(start);
        self.work.push(0);
        while let Some(node) = self.work.pop() {
            self.step(node)?;
        }
        Ok(self.lay_out())
    }

    fn block_id(&mut self, b: Block) -> BlockId {
        *self.block_ids.entry(b).or_insert_with(|| {
            self.blocks.push(b);
            self.blocks.len() as BlockId - 1
        })
    }

    /// The node of an instruction in a context.
    fn node(&mut self, ctx: Ctx, instr: u32) -> Node {
        if ctx == 0 {
            return instr;
        }
        *self.node_ids.entry((ctx, instr)).or_insert_with(|| {
            self.nodes.push((ctx, instr));
            self.states.push(None);
            self.jumps.push(NO_TARGET);
            self.nodes.len() as Node - 1
        })
    }

    /// Goes from `ins` to `to` with this state; a state already there must be the same.
    fn flow(&mut self, ins: &Instr, to: Node, s: State) -> Result<(), VerifyError> {
        if s.depth > MAX_DEPTH {
            return Err(at(ins, "makes the stack too deep"));
        }
        self.max_depth = self.max_depth.max(s.depth);
        // Each variant is a copy; nesting them multiplies.
        let bound = (self.instrs.len() * 1000).min(1 << 22);
        if self.nodes.len() > bound.max(self.instrs.len()) {
            return Err(at(ins, "is in finally blocks nested too deep"));
        }
        match self.states[to as usize] {
            None => {
                self.states[to as usize] = Some(s);
                self.work.push(to);
                Ok(())
            }
            Some(old) if old == s => Ok(()),
            Some(old) => {
                let there = self.instrs[self.nodes[to as usize].1 as usize].offset;
                let what = if old.depth != s.depth {
                    format!(
                        "comes to {there} with a stack of {} where another way has {}",
                        s.depth, old.depth
                    )
                } else if old.block != s.block {
                    format!("comes to {there} in other blocks than another way")
                } else {
                    format!("comes to {there} with other things on the stack than another way")
                };
                Err(at(ins, what))
            }
        }
    }

    /// The node after this one, which must exist.
    fn next(&mut self, node: Node) -> Result<Node, VerifyError> {
        let (ctx, i) = self.nodes[node as usize];
        if i as usize + 1 >= self.instrs.len() {
            return Err(at(
                &self.instrs[i as usize],
                "falls off the end of the code",
            ));
        }
        Ok(self.node(ctx, i + 1))
    }

    /// The node this one's operand points at.
    fn jump(&mut self, node: Node) -> Node {
        let (ctx, i) = self.nodes[node as usize];
        let to = self.node(ctx, self.target[i as usize]);
        self.jumps[node as usize] = to;
        to
    }

    /// The lowest depth ordinary instructions may reach in this block.
    fn floor(&self, b: BlockId) -> u32 {
        match self.blocks.get(b as usize) {
            None => 0,
            Some(b) => match b.kind {
                BlockKind::Finally { .. } => b.depth,
                BlockKind::Handler { .. } => b.depth + 3,
            },
        }
    }

    /// The state inside a handler or finally body that begins at `entry`.
    fn enter(&mut self, s: State, entry: Node) -> State {
        let top = if self.is_finally[self.nodes[entry as usize].1 as usize] {
            Slot::Why
        } else {
            Slot::Value
        };
        let stack = self.stacks.push(s.stack, Slot::Old, 3);
        State {
            stack: self.stacks.push(stack, top, 3),
            depth: s.depth + 6,
            block: self.block_id(Block {
                kind: BlockKind::Handler { entry },
                depth: s.depth,
                parent: s.block,
            }),
            rotated: false,
        }
    }

    /// The effect that the table states: values taken, values put.
    fn plain(&mut self, ins: &Instr, s: State, effect: (u32, u32)) -> Result<State, VerifyError> {
        let (pops, pushes) = effect;
        let low = s.depth.checked_sub(pops);
        if low.is_none_or(|d| d < self.floor(s.block)) {
            return Err(at(ins, "takes more than is on the stack"));
        }
        let Some(stack) = self.stacks.pop(s.stack, Slot::Value, pops) else {
            return Err(at(ins, "takes what is no value"));
        };
        Ok(State {
            stack: self.stacks.push(stack, Slot::Value, pushes),
            depth: s.depth - pops + pushes,
            ..s
        })
    }

    /// The innermost block, which must be an open handler.
    fn handler(&self, ins: &Instr, s: State) -> Result<(Block, Node), VerifyError> {
        match self.blocks.get(s.block as usize) {
            Some(&b) => match b.kind {
                BlockKind::Handler { entry } => Ok((b, entry)),
                BlockKind::Finally { .. } => Err(at(ins, "is not in a handler")),
            },
            None => Err(at(ins, "is not in a handler")),
        }
    }

    /// The stack below the six slots of a finished body, of either kind.
    fn pop_six(&mut self, ins: &Instr, stack: StackId) -> Result<(StackId, bool), VerifyError> {
        for (kind, mixed) in [(Slot::Why, true), (Slot::Value, false)] {
            if let Some(below) = self.stacks.pop(stack, kind, 3)
                && let Some(below) = self.stacks.pop(below, Slot::Old, 3)
            {
                return Ok((below, mixed));
            }
        }
        Err(at(ins, "does not find what entering the block pushed"))
    }

    /// The stack below `__exit__`, which lies below the six slots of the innermost block, above which
    /// lie `above - 6` values.
    fn exit_below(
        &mut self,
        ins: &Instr,
        s: State,
        b: Block,
        below: StackId,
        above: u32,
    ) -> Result<StackId, VerifyError> {
        if s.depth != b.depth + above {
            return Err(at(ins, "finds other than the six slots of its block"));
        }
        if b.depth <= self.floor(b.parent) {
            return Err(at(ins, "finds no __exit__ below its block"));
        }
        match self.stacks.pop(below, Slot::Value, 1) {
            Some(rest) => Ok(rest),
            None => Err(at(ins, "finds no value below its block")),
        }
    }

    fn step(&mut self, node: Node) -> Result<(), VerifyError> {
        let (ctx, i) = self.nodes[node as usize];
        let ins = self.instrs[i as usize];
        let Some(s) = self.states[node as usize] else {
            return Ok(());
        };
        if s.rotated && !matches!(ins.op, Opcode::POP_BLOCK | Opcode::POP_EXCEPT) {
            return Err(at(&ins, "comes between ROT_FOUR and POP_EXCEPT"));
        }
        use Opcode::*;
        match ins.op {
            SETUP_ASYNC_WITH => {
                // What `__aenter__` gave lies within the block, above `__aexit__`.
                let below = self.plain(&ins, s, (1, 0))?;
                let entry = self.jump(node);
                let inside = self.enter(below, entry);
                self.flow(&ins, entry, inside)?;
                let block = self.block_id(Block {
                    kind: BlockKind::Finally { handler: entry },
                    depth: below.depth,
                    parent: s.block,
                });
                let next = self.next(node)?;
                let body = self.plain(&ins, State { block, ..below }, (0, 1))?;
                self.flow(&ins, next, body)
            }
            GET_ANEXT => {
                // The iterator stays, below the block that is open.
                if self.stacks.pop(s.stack, Slot::Value, 1).is_none() {
                    return Err(at(&ins, "finds no iterator"));
                }
                let next = self.next(node)?;
                let after = self.plain(&ins, s, (0, 1))?;
                self.flow(&ins, next, after)
            }
            END_ASYNC_FOR => {
                let (b, _) = self.handler(&ins, s)?;
                let (below, mixed) = self.pop_six(&ins, s.stack)?;
                if mixed {
                    return Err(at(&ins, "is in a block that no exception has entered"));
                }
                let stack = self.exit_below(&ins, s, b, below, 6)?;
                let next = self.next(node)?;
                let after = State {
                    stack,
                    depth: b.depth - 1,
                    block: b.parent,
                    rotated: false,
                };
                self.flow(&ins, next, after)
            }
            SETUP_FINALLY | SETUP_WITH => {
                // SETUP_WITH puts `__exit__` in the manager's place, below the block.
                if ins.op == SETUP_WITH {
                    self.plain(&ins, s, (1, 1))?;
                }
                let entry = self.jump(node);
                let inside = self.enter(s, entry);
                self.flow(&ins, entry, inside)?;
                let block = self.block_id(Block {
                    kind: BlockKind::Finally { handler: entry },
                    depth: s.depth,
                    parent: s.block,
                });
                let next = self.next(node)?;
                let body = State { block, ..s };
                // What `__enter__` gave lies within the block.
                let body = match ins.op == SETUP_WITH {
                    true => self.plain(&ins, body, (0, 1))?,
                    false => body,
                };
                self.flow(&ins, next, body)
            }
            POP_BLOCK => {
                let block = match self.blocks.get(s.block as usize) {
                    Some(&b) if matches!(b.kind, BlockKind::Finally { .. }) => b.parent,
                    _ => return Err(at(&ins, "finds no block of SETUP_FINALLY")),
                };
                let next = self.next(node)?;
                self.flow(&ins, next, State { block, ..s })
            }
            BEGIN_FINALLY => {
                let entry = self.next(node)?;
                if self.contexts[ctx as usize] == i + 1 {
                    return Err(at(&ins, "comes back to the body it is in"));
                }
                self.falls.insert(entry, true);
                let inside = self.enter(s, entry);
                self.flow(&ins, entry, inside)
            }
            CALL_FINALLY => {
                let body = self.target[i as usize];
                let back = self.next(node)?;
                let here = self.node(ctx, body);
                let inside = self.enter(s, here);
                let entry = match self.states[here as usize] {
                    Some(old) if old != inside => {
                        // Another stack below the same body: a variant of its own.
                        let key = (ctx, body, s.stack, s.block);
                        let fresh = self.contexts.len() as Ctx;
                        let variant = *self.context_ids.entry(key).or_insert(fresh);
                        if variant == fresh {
                            self.contexts.push(body);
                        }
                        self.node(variant, body)
                    }
                    Some(_) | None => here,
                };
                self.jumps[node as usize] = entry;
                let sites = self.sites.entry(entry).or_default();
                if !sites.contains(&back) {
                    sites.push(back);
                }
                let inside = self.enter(s, entry);
                self.flow(&ins, entry, inside)?;
                self.flow(&ins, back, s)
            }
            END_FINALLY => {
                let (b, entry) = self.handler(&ins, s)?;
                let (stack, mixed) = self.pop_six(&ins, s.stack)?;
                if s.depth != b.depth + 6 {
                    return Err(at(&ins, "finds other than six slots"));
                }
                self.ends
                    .push((node, if mixed { entry } else { NO_TARGET }));
                // A variant's body was entered by CALL_FINALLY alone; its callers' next
                // instructions were reached from them.
                let own = self.nodes[entry as usize];
                let is_variant = self.contexts[own.0 as usize] == own.1;
                let begins = own.1 > 0 && self.instrs[own.1 as usize - 1].op == BEGIN_FINALLY;
                let ends = self.falls.contains_key(&entry);
                if mixed && (begins || ends) && !is_variant {
                    let next = self.next(node)?;
                    let after = State {
                        stack,
                        depth: b.depth,
                        block: b.parent,
                        rotated: false,
                    };
                    self.flow(&ins, next, after)?;
                }
                Ok(())
            }
            WITH_CLEANUP_START => {
                let (b, _) = self.handler(&ins, s)?;
                let (below, _) = self.pop_six(&ins, s.stack)?;
                self.exit_below(&ins, s, b, below, 6)?;
                let next = self.next(node)?;
                let after = self.plain(&ins, s, (0, 2))?;
                self.flow(&ins, next, after)
            }
            WITH_CLEANUP_FINISH => {
                let (b, entry) = self.handler(&ins, s)?;
                let after = self.plain(&ins, s, (2, 0))?;
                let (below, _) = self.pop_six(&ins, after.stack)?;
                let below = self.exit_below(&ins, s, b, below, 8)?;
                // Where `__exit__` ends the exception the body goes on as if entered normally; nothing raises
                // into a variant.
                let own = self.nodes[entry as usize];
                if self.contexts[own.0 as usize] != own.1 {
                    self.falls.insert(entry, true);
                }
                let next = self.next(node)?;
                let stack = self.stacks.push(below, Slot::Old, 3);
                let after = State {
                    stack: self.stacks.push(stack, Slot::Why, 3),
                    depth: b.depth + 5,
                    block: self.block_id(Block {
                        depth: b.depth - 1,
                        ..b
                    }),
                    rotated: false,
                };
                self.flow(&ins, next, after)
            }
            POP_FINALLY => {
                let (b, _) = self.handler(&ins, s)?;
                let Some(six) = self.stacks.pop(s.stack, Slot::Value, ins.arg) else {
                    return Err(at(&ins, "takes what is no value"));
                };
                let (stack, _) = self.pop_six(&ins, six)?;
                if s.depth != b.depth + 6 + ins.arg {
                    return Err(at(&ins, "finds other than six slots"));
                }
                let next = self.next(node)?;
                let after = State {
                    stack: self.stacks.push(stack, Slot::Value, ins.arg),
                    depth: b.depth + ins.arg,
                    block: b.parent,
                    rotated: false,
                };
                self.flow(&ins, next, after)
            }
            POP_EXCEPT => {
                let (b, _) = self.handler(&ins, s)?;
                let Some(stack) = self.stacks.pop(s.stack, Slot::Old, 3) else {
                    return Err(at(&ins, "does not find the exception handled before"));
                };
                if s.depth != b.depth + 3 + s.rotated as u32 {
                    return Err(at(&ins, "finds other than three slots"));
                }
                let next = self.next(node)?;
                let after = State {
                    stack,
                    depth: s.depth - 3,
                    block: b.parent,
                    rotated: false,
                };
                self.flow(&ins, next, after)
            }
            ROT_FOUR => {
                let next = self.next(node)?;
                // Over a handler's three slots, on the way out of it with a return value; blocks opened
                // inside the handler may still be open.
                if let Some(below) = self.stacks.pop(s.stack, Slot::Value, 1)
                    && let Some(base) = self.stacks.pop(below, Slot::Old, 3)
                {
                    let mut b = s.block;
                    let found = loop {
                        match self.blocks.get(b as usize) {
                            Some(x) if matches!(x.kind, BlockKind::Finally { .. }) => b = x.parent,
                            Some(x) => break Some(x.depth),
                            None => break None,
                        }
                    };
                    if found != Some(s.depth.wrapping_sub(4)) {
                        return Err(at(&ins, "is not at the bottom of a handler"));
                    }
                    let base = self.stacks.push(base, Slot::Value, 1);
                    let after = State {
                        stack: self.stacks.push(base, Slot::Old, 3),
                        rotated: true,
                        ..s
                    };
                    return self.flow(&ins, next, after);
                }
                let after = self.plain(&ins, s, (4, 4))?;
                self.flow(&ins, next, after)
            }
            LOAD_METHOD => {
                let next = self.next(node)?;
                let after = self.plain(&ins, s, (1, 0))?;
                let stack = self.stacks.push(after.stack, Slot::Method, 1);
                let after = State {
                    stack: self.stacks.push(stack, Slot::Value, 1),
                    depth: after.depth + 2,
                    ..after
                };
                self.flow(&ins, next, after)
            }
            CALL_METHOD => {
                let next = self.next(node)?;
                let after = self.plain(&ins, s, (ins.arg + 1, 0))?;
                let Some(stack) = self.stacks.pop(after.stack, Slot::Method, 1) else {
                    return Err(at(&ins, "does not find what LOAD_METHOD pushed"));
                };
                if after.depth == self.floor(s.block) {
                    return Err(at(&ins, "takes more than is on the stack"));
                }
                let after = State {
                    stack: self.stacks.push(stack, Slot::Value, 1),
                    ..after
                };
                self.flow(&ins, next, after)
            }
            RETURN_VALUE => {
                if s.block != NO_BLOCK {
                    return Err(at(&ins, "returns out of an open block"));
                }
                self.plain(&ins, s, ins.op.pops_pushes(ins.arg))?;
                Ok(())
            }
            RAISE_VARARGS => {
                self.plain(&ins, s, ins.op.pops_pushes(ins.arg))?;
                Ok(())
            }
            LOAD_NAME | STORE_NAME | DELETE_NAME | IMPORT_STAR | SETUP_ANNOTATIONS
                if self.code.flags & flags::OPTIMIZED != 0 =>
            {
                Err(at(&ins, "is in a function's code"))
            }
            // They look at what lies deeper without taking it.
            LIST_APPEND
            | SET_ADD
            | MAP_ADD
            | BUILD_TUPLE_UNPACK_WITH_CALL
            | BUILD_MAP_UNPACK_WITH_CALL => {
                let (pops, pushes) = ins.op.pops_pushes(ins.arg);
                let deeper = if ins.op == BUILD_TUPLE_UNPACK_WITH_CALL {
                    1
                } else if ins.op == BUILD_MAP_UNPACK_WITH_CALL {
                    2
                } else {
                    ins.arg
                };
                if deeper == 0 {
                    return Err(at(&ins, "has the operand 0"));
                }
                let next = self.next(node)?;
                let after = self.plain(&ins, s, (pops + deeper, pushes + deeper))?;
                self.flow(&ins, next, after)
            }
            // Exits that the table describes completely.
            FOR_ITER | JUMP_FORWARD | JUMP_IF_FALSE_OR_POP | JUMP_IF_TRUE_OR_POP
            | JUMP_ABSOLUTE | POP_JUMP_IF_FALSE | POP_JUMP_IF_TRUE => {
                let to = self.jump(node);
                let along = self.plain(&ins, s, ins.op.pops_pushes_jump(ins.arg))?;
                self.flow(&ins, to, along)?;
                if !ins.op.has(NOFALL) {
                    let next = self.next(node)?;
                    let after = self.plain(&ins, s, ins.op.pops_pushes(ins.arg))?;
                    self.flow(&ins, next, after)?;
                }
                Ok(())
            }
            POP_TOP
            | ROT_TWO
            | ROT_THREE
            | DUP_TOP
            | DUP_TOP_TWO
            | NOP
            | UNARY_POSITIVE
            | UNARY_NEGATIVE
            | UNARY_NOT
            | UNARY_INVERT
            | BINARY_MATRIX_MULTIPLY
            | INPLACE_MATRIX_MULTIPLY
            | BINARY_POWER
            | BINARY_MULTIPLY
            | BINARY_MODULO
            | BINARY_ADD
            | BINARY_SUBTRACT
            | BINARY_SUBSCR
            | BINARY_FLOOR_DIVIDE
            | BINARY_TRUE_DIVIDE
            | INPLACE_FLOOR_DIVIDE
            | INPLACE_TRUE_DIVIDE
            | INPLACE_ADD
            | INPLACE_SUBTRACT
            | INPLACE_MULTIPLY
            | INPLACE_MODULO
            | STORE_SUBSCR
            | DELETE_SUBSCR
            | BINARY_LSHIFT
            | BINARY_RSHIFT
            | BINARY_AND
            | BINARY_XOR
            | BINARY_OR
            | INPLACE_POWER
            | GET_ITER
            | GET_YIELD_FROM_ITER
            | GET_AITER
            | GET_AWAITABLE
            | BEFORE_ASYNC_WITH
            | YIELD_FROM
            | YIELD_VALUE
            | INPLACE_LSHIFT
            | INPLACE_RSHIFT
            | INPLACE_AND
            | INPLACE_XOR
            | INPLACE_OR
            | STORE_NAME
            | DELETE_NAME
            | UNPACK_SEQUENCE
            | UNPACK_EX
            | STORE_ATTR
            | DELETE_ATTR
            | STORE_GLOBAL
            | DELETE_GLOBAL
            | LOAD_CONST
            | LOAD_NAME
            | BUILD_TUPLE
            | BUILD_LIST
            | BUILD_SET
            | BUILD_MAP
            | LOAD_ATTR
            | COMPARE_OP
            | IMPORT_NAME
            | IMPORT_FROM
            | LOAD_GLOBAL
            | LOAD_FAST
            | STORE_FAST
            | DELETE_FAST
            | CALL_FUNCTION
            | MAKE_FUNCTION
            | BUILD_SLICE
            | LOAD_CLOSURE
            | LOAD_DEREF
            | LOAD_CLASSDEREF
            | LOAD_BUILD_CLASS
            | STORE_DEREF
            | DELETE_DEREF
            | CALL_FUNCTION_KW
            | CALL_FUNCTION_EX
            | FORMAT_VALUE
            | BUILD_CONST_KEY_MAP
            | PRINT_EXPR
            | IMPORT_STAR
            | SETUP_ANNOTATIONS
            | BUILD_LIST_UNPACK
            | BUILD_MAP_UNPACK
            | BUILD_TUPLE_UNPACK
            | BUILD_SET_UNPACK
            | BUILD_STRING => {
                let next = self.next(node)?;
                let after = self.plain(&ins, s, ins.op.pops_pushes(ins.arg))?;
                self.flow(&ins, next, after)
            }
            // Refused before (LATER), or folded away by decoding.
            EXTENDED_ARG => Err(VerifyError {
                unsupported: true,
                ..at(&ins, "is not supported yet")
            }),
        }
    }

    /// Puts the nodes in order, the code proper first, and renames everything to final indexes.
    fn lay_out(self) -> Verified {
        let n = self.instrs.len();
        let mut order: Vec<Node> = (n as u32..self.nodes.len() as u32)
            .filter(|&x| self.states[x as usize].is_some())
            .collect();
        // Within a variant, what falls through is adjacent: the next instruction is reached too.
        order.sort_by_key(|&x| self.nodes[x as usize]);
        let mut place = vec![NO_TARGET; self.nodes.len()];
        let all: Vec<Node> = (0..n as u32).chain(order).collect();
        for (i, &x) in all.iter().enumerate() {
            place[x as usize] = i as u32;
        }
        let to = |x: Node| place.get(x as usize).copied().unwrap_or(NO_TARGET);
        let instrs: Vec<Instr> = all
            .iter()
            .map(|&x| self.instrs[self.nodes[x as usize].1 as usize])
            .collect();
        let state = |x: &Node| self.states[*x as usize];
        let targets: Vec<u32> = all.iter().map(|&x| to(self.jumps[x as usize])).collect();
        let mut loop_head = vec![false; all.len()];
        for (i, (ins, &t)) in instrs.iter().zip(&targets).enumerate() {
            if (t as usize) <= i && ins.op != Opcode::CALL_FINALLY {
                loop_head[t as usize] = true;
            }
        }
        let rename = |b: &Block| Block {
            kind: match b.kind {
                BlockKind::Finally { handler } => BlockKind::Finally {
                    handler: to(handler),
                },
                BlockKind::Handler { entry } => BlockKind::Handler { entry: to(entry) },
            },
            ..*b
        };
        let mut ends = HashMap::new();
        for &(end, entry) in &self.ends {
            let mut sites: Vec<u32> = self
                .sites
                .get(&entry)
                .map(|s| s.iter().map(|&x| to(x)).collect())
                .unwrap_or_default();
            sites.sort_unstable();
            let e = EndFinally {
                mixed: entry != NO_TARGET,
                falls: self.falls.contains_key(&entry),
                sites,
            };
            ends.insert(to(end), e);
        }
        Verified {
            proper: n as u32,
            depth: all
                .iter()
                .map(|x| state(x).map_or(UNREACHABLE, |s| s.depth))
                .collect(),
            block: all
                .iter()
                .map(|x| state(x).map_or(NO_BLOCK, |s| s.block))
                .collect(),
            blocks: self.blocks.iter().map(rename).collect(),
            max_depth: self.max_depth,
            index: self.index,
            instrs,
            targets,
            loop_head,
            ends,
        }
    }
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
