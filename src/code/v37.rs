//! Code of CPython 3.7 → instructions of 3.8, for the verifier and all that come after it.
//!
//! # What differs
//! * `SETUP_LOOP` pushes a block; `BREAK_LOOP`, `CONTINUE_LOOP` and `RETURN_VALUE` unwind blocks when they run, and stop
//!   at the first `finally` or `with` on their way: its body runs, and `END_FINALLY` goes on unwinding.
//! * A `finally` body finds on the stack why it was entered: `None`, an int (with the value to return below it), or an exception.
//! * `POP_BLOCK` and `POP_EXCEPT` drop what lies above the block; `SETUP_EXCEPT` is a block that only exceptions enter;
//!   `MAP_ADD` takes the value below the key.
//!
//! # How
//! The block stack is known at each instruction, and so is why a body was entered, on each way into it. So this
//! walks through the code with an abstract stack in which the *reason* is a kind of slot, and makes an instruction anew
//! for each state it is reached in: a `finally` body has a copy for the normal way, one for exceptions, and one for each of
//! `return`, `break` and `continue`, and what its `END_FINALLY` does is known in each. The reasons themselves take no slot. Of 3.8's own
//! means only the handler of an exception and, for `__exit__`, `BEGIN_FINALLY … POP_FINALLY` are needed.
//!
//! Each instruction keeps its offset in the original: lines, `f_lasti` and tracebacks come out right. The order is a
//! reverse post-order, so that only loops jump backwards. What is made here goes through the verifier like any other code:
//! nothing relies on this being right but the program.

use super::instr::Instr;
use super::object::CodeObject;
use super::opcode::{ArgKind, HAVE_ARGUMENT, JUMPS, NOFALL, Opcode};
use super::verify::{MAX_DEPTH, NO_TARGET, VerifyError};
use std::collections::HashMap;

/// An opcode of 3.7.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    /// One that 3.8 has, too, at least by name.
    Same(Opcode),
    BreakLoop,
    ContinueLoop,
    SetupLoop,
    SetupExcept,
}
impl Op {
    /// The opcode of this number, if CPython 3.7 has one.
    pub fn from_u8(n: u8) -> Option<Op> {
        use Opcode::*;
        match n {
            80 => Some(Op::BreakLoop),
            119 => Some(Op::ContinueLoop),
            120 => Some(Op::SetupLoop),
            121 => Some(Op::SetupExcept),
            _ => match Opcode::from_u8(n)? {
                ROT_FOUR | BEGIN_FINALLY | END_ASYNC_FOR | CALL_FINALLY | POP_FINALLY => None,
                // CALL_METHOD is 3.7's last.
                op => (n <= CALL_METHOD as u8).then_some(Op::Same(op)),
            },
        }
    }
    /// CPython's name.
    pub fn name(self) -> &'static str {
        match self {
            Op::Same(op) => op.name(),
            Op::BreakLoop => "BREAK_LOOP",
            Op::ContinueLoop => "CONTINUE_LOOP",
            Op::SetupLoop => "SETUP_LOOP",
            Op::SetupExcept => "SETUP_EXCEPT",
        }
    }
    /// What the operand means.
    pub fn arg_kind(self) -> ArgKind {
        match self {
            Op::Same(op) => op.arg_kind(),
            Op::BreakLoop => ArgKind::None,
            Op::ContinueLoop => ArgKind::Abs,
            Op::SetupLoop | Op::SetupExcept => ArgKind::Rel,
        }
    }
}

/// What the verifier walks over.
pub struct Translated {
    pub instrs: Vec<Instr>,
    /// Index of each one's target, or `NO_TARGET`.
    pub target: Vec<u32>,
    /// `offset / 2` → the first instruction made of the one there, or `u32::MAX` if nothing reaches it.
    pub index: Vec<u32>,
}

/// Instructions made of one, on average, before code is refused: real code stays below 3.
const GROWTH: usize = 64;
const ROOM: usize = 4096;

/// An instruction as it stands in the code.
#[derive(Clone, Copy)]
struct Raw {
    offset: u32,
    start: u32,
    op: Op,
    arg: u32,
    /// Index of what the operand points at.
    target: u32,
}

/// What a slot of the stack holds. Only a `Value` takes a slot when the code runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Value,
    /// Of the exception handled before.
    Old,
    /// A `finally` body was entered because: the end of the block was reached …
    Normal,
    /// … or `return`, with the value below …
    Return,
    Break,
    /// … or `continue`, to this instruction.
    Continue(u32),
    /// Under an exception whose `__exit__` was taken away.
    Null,
    /// Under the result of `__exit__`: called without and with an exception.
    Exited,
    ExitedWith,
    /// Above an exception that `__exit__` may have silenced.
    Silenced,
}

/// A hash-consed stack of runs of equal slots.
type StackId = u32;
const EMPTY: StackId = u32::MAX;
type BlockId = u32;
const NO_BLOCK: BlockId = u32::MAX;
type NodeId = u32;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum BlockKind {
    /// Ends at this instruction.
    Loop(u32),
    Except,
    /// Its handler is this instruction.
    Finally(u32),
    Handler,
}
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Block {
    kind: BlockKind,
    level: u32,
    parent: BlockId,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    stack: StackId,
    depth: u32,
    block: BlockId,
}

/// An instruction of 3.8.
#[derive(Clone, Copy)]
struct Made {
    op: Opcode,
    arg: u32,
    to: Option<NodeId>,
}

/// An instruction in a state.
struct Node {
    at: u32,
    state: State,
    made: Vec<Made>,
    /// What comes after the last of `made`.
    next: Option<NodeId>,
    /// Where the loop ends that begins here: not a way, but a hint for the order.
    end: Option<(u32, State)>,
}

struct Walk {
    raw: Vec<Raw>,
    cells: Vec<(Kind, u32, StackId)>,
    cell_ids: HashMap<(Kind, u32, StackId), StackId>,
    blocks: Vec<Block>,
    block_ids: HashMap<Block, BlockId>,
    nodes: Vec<Node>,
    node_ids: HashMap<(u32, State), NodeId>,
    work: Vec<NodeId>,
    /// Entries of `finally` bodies: a `None` loaded just before one says that the block's end was reached.
    bodies: Vec<bool>,
    made: usize,
    bound: usize,
}

/// Why an unwinding began.
#[derive(Clone, Copy)]
enum Reason {
    Return,
    Break,
    Continue(u32),
}

type Res<T> = Result<T, VerifyError>;

fn refuse(offset: u32, reason: String) -> VerifyError {
    VerifyError {
        offset: Some(offset),
        reason,
        unsupported: false,
    }
}

/// The same code in instructions of 3.8.
///
/// # Errors
/// What cannot be decoded, and what the walk cannot follow: a reason that is not known, a `break` without a loop.
pub fn translate(code: &CodeObject) -> Res<Translated> {
    let (raw, index) = decode(&code.code)?;
    let mut bodies = vec![false; raw.len()];
    for r in &raw {
        if let Op::Same(Opcode::SETUP_FINALLY | Opcode::SETUP_WITH | Opcode::SETUP_ASYNC_WITH) =
            r.op
        {
            bodies[r.target as usize] = true;
        }
    }
    let mut w = Walk {
        bound: raw.len() * GROWTH + ROOM,
        raw,
        cells: Vec::new(),
        cell_ids: HashMap::new(),
        blocks: Vec::new(),
        block_ids: HashMap::new(),
        nodes: Vec::new(),
        node_ids: HashMap::new(),
        work: Vec::new(),
        bodies,
        made: 0,
    };
    let start = State {
        stack: EMPTY,
        depth: 0,
        block: NO_BLOCK,
    };
    let entry = w.node(0, start);
    while let Some(n) = w.work.pop() {
        w.step(n, code)?;
    }
    Ok(w.lay_out(entry, index.len()))
}

/// The instructions with their targets, and `offset / 2` → index.
fn decode(code: &[u8]) -> Res<(Vec<Raw>, Vec<u32>)> {
    if code.is_empty() || !code.len().is_multiple_of(2) || code.len() > u32::MAX as usize / 4 {
        return Err(VerifyError {
            offset: None,
            reason: format!("co_code has a length of {}", code.len()),
            unsupported: false,
        });
    }
    let mut raw = Vec::with_capacity(code.len() / 2);
    let mut index = Vec::with_capacity(code.len() / 2);
    let (mut ext, mut start) = (0u32, None);
    for (i, pair) in code.chunks_exact(2).enumerate() {
        let offset = 2 * i as u32;
        let Some(op) = Op::from_u8(pair[0]) else {
            let text = format!("no opcode {}, at {offset}", pair[0]);
            return Err(refuse(offset, text));
        };
        if ext > 0xFF_FFFF {
            return Err(refuse(
                offset,
                format!("EXTENDED_ARG at {offset} extends nothing"),
            ));
        }
        index.push(raw.len() as u32);
        let arg = ext << 8 | pair[1] as u32;
        if op == Op::Same(Opcode::EXTENDED_ARG) {
            start.get_or_insert(offset);
            ext = arg;
            continue;
        }
        raw.push(Raw {
            offset,
            start: start.take().unwrap_or(offset),
            op,
            arg: if pair[0] < HAVE_ARGUMENT { 0 } else { arg },
            target: NO_TARGET,
        });
        ext = 0;
    }
    if let Some(at) = start {
        return Err(refuse(at, format!("EXTENDED_ARG at {at} extends nothing")));
    }
    for r in &mut raw {
        let to = match r.op.arg_kind() {
            ArgKind::Rel => (r.offset + 2).saturating_add(r.arg),
            ArgKind::Abs => r.arg,
            ArgKind::None
            | ArgKind::Num
            | ArgKind::Const
            | ArgKind::Name
            | ArgKind::Local
            | ArgKind::Free
            | ArgKind::Compare => continue,
        };
        match index.get(to as usize / 2) {
            Some(&i) if to % 2 == 0 => r.target = i,
            _ => {
                let (name, at) = (r.op.name(), r.offset);
                let text = format!("opcode {name} at {at} jumps to {to}, which is no instruction");
                return Err(refuse(at, text));
            }
        }
    }
    Ok((raw, index))
}

impl Walk {
    fn cell(&mut self, kind: Kind, n: u32, below: StackId) -> StackId {
        if n == 0 {
            return below;
        }
        *self.cell_ids.entry((kind, n, below)).or_insert_with(|| {
            self.cells.push((kind, n, below));
            self.cells.len() as StackId - 1
        })
    }
    fn push(&mut self, s: State, kind: Kind, n: u32) -> State {
        let stack = match self.cells.get(s.stack as usize) {
            Some(&(k, m, below)) if k == kind => self.cell(kind, m + n, below),
            _ => self.cell(kind, n, s.stack),
        };
        State {
            stack,
            depth: s.depth + n,
            ..s
        }
    }
    /// Without the topmost `n` slots, which must be of this kind.
    fn pop(&mut self, s: State, kind: Kind, n: u32) -> Option<State> {
        if n == 0 {
            return Some(s);
        }
        match self.cells.get(s.stack as usize) {
            Some(&(k, m, below)) if k == kind && m >= n => Some(State {
                stack: self.cell(kind, m - n, below),
                depth: s.depth - n,
                ..s
            }),
            _ => None,
        }
    }
    fn top(&self, s: State) -> Option<Kind> {
        self.cells.get(s.stack as usize).map(|c| c.0)
    }
    fn block(&self, s: State) -> Option<Block> {
        self.blocks.get(s.block as usize).copied()
    }
    fn push_block(&mut self, s: State, kind: BlockKind, level: u32) -> State {
        let b = Block {
            kind,
            level,
            parent: s.block,
        };
        let block = *self.block_ids.entry(b).or_insert_with(|| {
            self.blocks.push(b);
            self.blocks.len() as BlockId - 1
        });
        State { block, ..s }
    }

    fn err(&self, at: u32, what: &str) -> VerifyError {
        let r = &self.raw[at as usize];
        refuse(
            r.offset,
            format!("opcode {} at {} {what}", r.op.name(), r.offset),
        )
    }

    fn node(&mut self, at: u32, state: State) -> NodeId {
        *self.node_ids.entry((at, state)).or_insert_with(|| {
            let id = self.nodes.len() as NodeId;
            self.nodes.push(Node {
                at,
                state,
                made: Vec::new(),
                next: None,
                end: None,
            });
            self.work.push(id);
            id
        })
    }
    fn after(&mut self, at: u32, s: State) -> Res<Option<NodeId>> {
        if at as usize + 1 >= self.raw.len() {
            return Err(self.err(at, "falls off the end of the code"));
        }
        Ok(Some(self.node(at + 1, s)))
    }
    /// The state in the handler of a block that is opened in state `s`.
    fn handler(&mut self, s: State) -> State {
        let inside = self.push(s, Kind::Old, 3);
        let inside = self.push(inside, Kind::Value, 3);
        self.push_block(inside, BlockKind::Handler, s.depth)
    }
    /// Drops what lies above `level`: how many of the slots take place.
    fn drop_to(&mut self, at: u32, mut s: State, level: u32) -> Res<(State, u32)> {
        let mut n = 0;
        while s.depth > level {
            let Some(&(kind, m, _)) = self.cells.get(s.stack as usize) else {
                return Err(self.err(at, "unwinds more than is on the stack"));
            };
            let m = m.min(s.depth - level);
            match kind {
                Kind::Value => n += m,
                Kind::Normal | Kind::Return | Kind::Break | Kind::Continue(_) => {}
                Kind::Old | Kind::Null | Kind::Exited | Kind::ExitedWith | Kind::Silenced => {
                    return Err(self.err(at, "unwinds a block in the middle of another"));
                }
            }
            s = match self.pop(s, kind, m) {
                Some(s) => s,
                None => return Err(self.err(at, "unwinds more than is on the stack")),
            };
        }
        if s.depth < level {
            return Err(self.err(at, "unwinds more than is on the stack"));
        }
        Ok((s, n))
    }

    fn step(&mut self, n: NodeId, code: &CodeObject) -> Res<()> {
        let (at, s) = {
            let n = &self.nodes[n as usize];
            (n.at, n.state)
        };
        let r = self.raw[at as usize];
        let mut out = Vec::new();
        let next = match r.op {
            Op::SetupLoop => {
                let inside = self.push_block(s, BlockKind::Loop(r.target), s.depth);
                self.nodes[n as usize].end = Some((r.target, s));
                self.after(at, inside)?
            }
            Op::SetupExcept => self.setup(at, s, BlockKind::Except, &mut out)?,
            Op::BreakLoop => self.unwind(at, s, Reason::Break, &mut out)?,
            Op::ContinueLoop => self.unwind(at, s, Reason::Continue(r.target), &mut out)?,
            Op::Same(op) => self.same(at, op, s, code, &mut out)?,
        };
        self.made += out.len() + 1;
        if self.made > self.bound || self.nodes.len() > self.bound {
            return Err(self.err(at, "is in finally blocks nested too deep"));
        }
        let node = &mut self.nodes[n as usize];
        node.made = out;
        node.next = next;
        Ok(())
    }

    fn setup(
        &mut self,
        at: u32,
        s: State,
        kind: BlockKind,
        out: &mut Vec<Made>,
    ) -> Res<Option<NodeId>> {
        let handler = self.handler(s);
        let to = self.node(self.raw[at as usize].target, handler);
        out.push(jump(Opcode::SETUP_FINALLY, to));
        let inside = self.push_block(s, kind, s.depth);
        self.after(at, inside)
    }

    /// Leaves blocks until one stops it.
    fn unwind(
        &mut self,
        at: u32,
        mut s: State,
        why: Reason,
        out: &mut Vec<Made>,
    ) -> Res<Option<NodeId>> {
        let value = matches!(why, Reason::Return);
        if value {
            s = match self.pop(s, Kind::Value, 1) {
                Some(s) => s,
                None => return Err(self.err(at, "takes what is no value")),
            };
        }
        // Slots to drop from under the value, put off: a frame that ends needs none dropped.
        let mut pending = 0;
        let flush = |pending: &mut u32, out: &mut Vec<Made>, walk: &Walk| {
            if *pending as usize + walk.made > walk.bound {
                return Err(walk.err(at, "unwinds too much"));
            }
            for _ in 0..std::mem::take(pending) {
                if value {
                    out.push(op(Opcode::ROT_TWO));
                }
                out.push(op(Opcode::POP_TOP));
            }
            Ok(())
        };
        loop {
            let Some(b) = self.block(s) else {
                return match why {
                    Reason::Return => {
                        out.push(op(Opcode::RETURN_VALUE));
                        Ok(None)
                    }
                    Reason::Break | Reason::Continue(_) => Err(self.err(at, "finds no loop")),
                };
            };
            if let (BlockKind::Loop(_), Reason::Continue(to)) = (b.kind, why) {
                flush(&mut pending, out, self)?;
                return Ok(Some(self.node(to, s)));
            }
            let level = match b.kind {
                BlockKind::Handler => b.level + 3,
                BlockKind::Loop(_) | BlockKind::Except | BlockKind::Finally(_) => b.level,
            };
            let n;
            (s, n) = self.drop_to(
                at,
                State {
                    block: b.parent,
                    ..s
                },
                level,
            )?;
            match b.kind {
                BlockKind::Loop(end) => {
                    pending += n;
                    if let Reason::Break = why {
                        flush(&mut pending, out, self)?;
                        return Ok(Some(self.node(end, s)));
                    }
                }
                BlockKind::Except => {
                    // Nothing may be taken from below the block while it is open.
                    out.push(op(Opcode::POP_BLOCK));
                    pending += n;
                }
                BlockKind::Handler => {
                    pending += n;
                    flush(&mut pending, out, self)?;
                    s = match self.pop(s, Kind::Old, 3) {
                        Some(s) => s,
                        None => return Err(self.err(at, "unwinds more than is on the stack")),
                    };
                    if value {
                        out.push(op(Opcode::ROT_FOUR));
                    }
                    out.push(op(Opcode::POP_EXCEPT));
                }
                BlockKind::Finally(body) => {
                    out.push(op(Opcode::POP_BLOCK));
                    pending += n;
                    flush(&mut pending, out, self)?;
                    let reason = match why {
                        Reason::Return => {
                            s = self.push(s, Kind::Value, 1);
                            Kind::Return
                        }
                        Reason::Break => Kind::Break,
                        Reason::Continue(to) => Kind::Continue(to),
                    };
                    s = self.push(s, reason, 1);
                    return Ok(Some(self.node(body, s)));
                }
            }
        }
    }

    fn same(
        &mut self,
        at: u32,
        opcode: Opcode,
        s: State,
        code: &CodeObject,
        out: &mut Vec<Made>,
    ) -> Res<Option<NodeId>> {
        use Opcode::*;
        let r = self.raw[at as usize];
        match opcode {
            RETURN_VALUE => self.unwind(at, s, Reason::Return, out),
            SETUP_FINALLY => self.setup(at, s, BlockKind::Finally(r.target), out),
            SETUP_WITH => {
                // The manager makes way for its `__exit__` and what `__enter__` returned.
                let Some(below) = self.pop(s, Kind::Value, 1) else {
                    return Err(self.err(at, "takes what is no value"));
                };
                let exit = self.push(below, Kind::Value, 1);
                let handler = self.handler(exit);
                let to = self.node(r.target, handler);
                out.push(jump(SETUP_WITH, to));
                let inside = self.push_block(exit, BlockKind::Finally(r.target), exit.depth);
                let inside = self.push(inside, Kind::Value, 1);
                self.after(at, inside)
            }
            SETUP_ASYNC_WITH => {
                let Some(below) = self.pop(s, Kind::Value, 1) else {
                    return Err(self.err(at, "takes what is no value"));
                };
                let handler = self.handler(below);
                let to = self.node(r.target, handler);
                out.push(jump(SETUP_ASYNC_WITH, to));
                let inside = self.push_block(below, BlockKind::Finally(r.target), below.depth);
                let inside = self.push(inside, Kind::Value, 1);
                self.after(at, inside)
            }
            POP_BLOCK => {
                let Some(b) = self.block(s) else {
                    return Err(self.err(at, "finds no block"));
                };
                let out_of = State {
                    block: b.parent,
                    ..s
                };
                match b.kind {
                    BlockKind::Loop(_) => {}
                    BlockKind::Except | BlockKind::Finally(_) => out.push(op(POP_BLOCK)),
                    BlockKind::Handler => return Err(self.err(at, "finds a handler")),
                }
                let (after, n) = self.drop_to(at, out_of, b.level)?;
                self.drops(at, n, out)?;
                self.after(at, after)
            }
            POP_EXCEPT => {
                let b = match self.block(s) {
                    Some(b) if b.kind == BlockKind::Handler => b,
                    _ => return Err(self.err(at, "is not in a handler")),
                };
                let out_of = State {
                    block: b.parent,
                    ..s
                };
                let (after, n) = self.drop_to(at, out_of, b.level + 3)?;
                self.drops(at, n, out)?;
                let Some(after) = self.pop(after, Kind::Old, 3) else {
                    return Err(self.err(at, "does not find the exception handled before"));
                };
                out.push(op(POP_EXCEPT));
                self.after(at, after)
            }
            END_FINALLY => self.end_finally(at, s, out),
            WITH_CLEANUP_START => self.cleanup_start(at, s, out),
            WITH_CLEANUP_FINISH => {
                let found = self.pop(s, Kind::Value, 1);
                let without = found.and_then(|s| self.pop(s, Kind::Exited, 1));
                let with = found.and_then(|s| self.pop(s, Kind::ExitedWith, 1));
                out.push(op(WITH_CLEANUP_FINISH));
                match (without, with) {
                    (Some(after), _) => {
                        out.push(op(POP_FINALLY));
                        self.after(at, after)
                    }
                    (None, Some(after)) => {
                        let after = self.push(after, Kind::Silenced, 1);
                        self.after(at, after)
                    }
                    (None, None) => Err(self.err(at, "does not find what __exit__ returned")),
                }
            }
            LOAD_CONST
                if self.bodies.get(at as usize + 1) == Some(&true)
                    && matches!(
                        code.consts.get(r.arg as usize),
                        Some(super::object::Const::None)
                    ) =>
            {
                let after = self.push(s, Kind::Normal, 1);
                self.after(at, after)
            }
            MAP_ADD => {
                out.push(op(ROT_TWO));
                self.plain(at, opcode, s, out)
            }
            opcode => self.plain(at, opcode, s, out),
        }
    }

    fn drops(&self, at: u32, n: u32, out: &mut Vec<Made>) -> Res<()> {
        if self.made + n as usize > self.bound {
            return Err(self.err(at, "unwinds too much"));
        }
        out.extend((0..n).map(|_| op(Opcode::POP_TOP)));
        Ok(())
    }

    /// An instruction that means the same in 3.8.
    fn plain(
        &mut self,
        at: u32,
        opcode: Opcode,
        s: State,
        out: &mut Vec<Made>,
    ) -> Res<Option<NodeId>> {
        let r = self.raw[at as usize];
        let effect = |w: &mut Walk, (pops, pushes): (u32, u32)| {
            // Taking from below a block's level is for the verifier to find.
            let Some(below) = w.pop(s, Kind::Value, pops) else {
                return Err(w.err(at, "takes what is no value"));
            };
            if pushes > MAX_DEPTH || below.depth + pushes > MAX_DEPTH {
                return Err(w.err(at, "makes the stack too deep"));
            }
            Ok(w.push(below, Kind::Value, pushes))
        };
        let mut to = None;
        if opcode.has(JUMPS) {
            let along = effect(self, opcode.pops_pushes_jump(r.arg))?;
            to = Some(self.node(r.target, along));
        }
        out.push(Made {
            op: opcode,
            arg: r.arg,
            to,
        });
        let after = effect(self, opcode.pops_pushes(r.arg))?;
        if opcode.has(NOFALL) {
            return Ok(None);
        }
        self.after(at, after)
    }

    fn end_finally(&mut self, at: u32, s: State, out: &mut Vec<Made>) -> Res<Option<NodeId>> {
        let kind = self.top(s);
        let popped = |w: &mut Walk| match kind.and_then(|k| w.pop(s, k, 1)) {
            Some(s) => Ok(s),
            None => Err(w.err(at, "finds nothing on the stack")),
        };
        match kind {
            Some(Kind::Normal) => {
                let after = popped(self)?;
                self.after(at, after)
            }
            Some(Kind::Return) => {
                let after = popped(self)?;
                self.unwind(at, after, Reason::Return, out)
            }
            Some(Kind::Break) => {
                let after = popped(self)?;
                self.unwind(at, after, Reason::Break, out)
            }
            Some(Kind::Continue(to)) => {
                let after = popped(self)?;
                self.unwind(at, after, Reason::Continue(to), out)
            }
            Some(Kind::Silenced) => {
                // Going on with the next instruction, where `__exit__` silenced the exception.
                let mut after = Some(popped(self)?);
                for (kind, n) in [(Kind::Value, 3), (Kind::Null, 1), (Kind::Old, 3)] {
                    after = after.and_then(|a| self.pop(a, kind, n));
                }
                match (after, self.block(s)) {
                    (Some(after), Some(b)) if after.depth == b.level => {
                        out.push(op(Opcode::END_FINALLY));
                        self.after(
                            at,
                            State {
                                block: b.parent,
                                ..after
                            },
                        )
                    }
                    _ => Err(self.err(at, "does not find the exception")),
                }
            }
            Some(Kind::Value) => {
                let three = self.pop(s, Kind::Value, 3);
                let six = three.and_then(|t| self.pop(t, Kind::Old, 3));
                match (six, self.block(s)) {
                    (Some(six), Some(b))
                        if b.kind == BlockKind::Handler && six.depth == b.level =>
                    {
                        out.push(op(Opcode::END_FINALLY));
                        Ok(None)
                    }
                    _ => Err(self.err(at, "does not find why the block was entered")),
                }
            }
            Some(Kind::Old | Kind::Null | Kind::Exited | Kind::ExitedWith) | None => {
                Err(self.err(at, "does not find why the block was entered"))
            }
        }
    }

    /// Calls `__exit__`.
    fn cleanup_start(&mut self, at: u32, s: State, out: &mut Vec<Made>) -> Res<Option<NodeId>> {
        let missing = |w: &Walk| Err(w.err(at, "does not find __exit__"));
        let Some(kind) = self.top(s) else {
            return missing(self);
        };
        match kind {
            Kind::Normal | Kind::Return | Kind::Break | Kind::Continue(_) => {
                let value = kind == Kind::Return;
                let mut t = self.pop(s, kind, 1);
                t = t.and_then(|t| self.pop(t, Kind::Value, 1 + value as u32));
                let Some(mut t) = t else {
                    return missing(self);
                };
                if value {
                    t = self.push(t, Kind::Value, 1);
                    out.push(op(Opcode::ROT_TWO));
                }
                out.push(op(Opcode::BEGIN_FINALLY));
                out.push(op(Opcode::WITH_CLEANUP_START));
                let t = self.push(t, kind, 1);
                let t = self.push(t, Kind::Exited, 1);
                let t = self.push(t, Kind::Value, 1);
                self.after(at, t)
            }
            Kind::Value => {
                let three = self.pop(s, Kind::Value, 3);
                let six = three.and_then(|t| self.pop(t, Kind::Old, 3));
                let below = six.and_then(|t| self.pop(t, Kind::Value, 1));
                match (six, below, self.block(s)) {
                    (Some(six), Some(below), Some(b))
                        if b.kind == BlockKind::Handler && six.depth == b.level =>
                    {
                        let out_of = State {
                            block: b.parent,
                            ..below
                        };
                        let mut t = self.push_block(out_of, BlockKind::Handler, below.depth);
                        for (kind, n) in [
                            (Kind::Old, 3),
                            (Kind::Null, 1),
                            (Kind::Value, 3),
                            (Kind::ExitedWith, 1),
                            (Kind::Value, 1),
                        ] {
                            t = self.push(t, kind, n);
                        }
                        out.push(op(Opcode::WITH_CLEANUP_START));
                        self.after(at, t)
                    }
                    _ => missing(self),
                }
            }
            Kind::Old | Kind::Null | Kind::Exited | Kind::ExitedWith | Kind::Silenced => {
                missing(self)
            }
        }
    }

    /// Puts the nodes in order and joins them where they do not follow each other.
    fn lay_out(self, entry: NodeId, words: usize) -> Translated {
        // Depth first with an explicit stack. The way straight on is walked last, and so laid out next.
        let succs = |n: NodeId| {
            let n = &self.nodes[n as usize];
            let end = n.end.and_then(|e| self.node_ids.get(&e).copied());
            let mut list: Vec<NodeId> = n.next.into_iter().collect();
            list.extend(n.made.iter().filter_map(|m| m.to));
            list.extend(end);
            list
        };
        let mut seen = vec![false; self.nodes.len()];
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut stack = vec![(entry, succs(entry))];
        seen[entry as usize] = true;
        while let Some((n, rest)) = stack.last_mut() {
            match rest.pop() {
                Some(s) => {
                    if !std::mem::replace(&mut seen[s as usize], true) {
                        stack.push((s, succs(s)));
                    }
                }
                None => {
                    order.push(*n);
                    stack.pop();
                }
            }
        }
        order.reverse();
        let mut place = vec![NO_TARGET; self.nodes.len()];
        let mut instrs: Vec<Instr> = Vec::new();
        let mut to: Vec<Option<NodeId>> = Vec::new();
        let mut index = vec![u32::MAX; words];
        for (i, &id) in order.iter().enumerate() {
            let n = &self.nodes[id as usize];
            let r = &self.raw[n.at as usize];
            let first = instrs.len() as u32;
            place[id as usize] = first;
            for w in &mut index[r.start as usize / 2..=r.offset as usize / 2] {
                *w = (*w).min(first);
            }
            let mut put = |m: Made| {
                instrs.push(Instr {
                    offset: r.offset,
                    start: r.start,
                    op: m.op,
                    arg: m.arg,
                });
                to.push(m.to);
            };
            n.made.iter().for_each(|&m| put(m));
            match n.next {
                Some(next) if order.get(i + 1) != Some(&next) => {
                    put(jump(Opcode::JUMP_ABSOLUTE, next));
                }
                // A line may begin here: something must be there to stop at.
                _ if n.made.is_empty() => put(op(Opcode::NOP)),
                _ => {}
            }
        }
        let target = to
            .iter()
            .map(|t| t.map_or(NO_TARGET, |t| place[t as usize]))
            .collect();
        Translated {
            instrs,
            target,
            index,
        }
    }
}

fn op(op: Opcode) -> Made {
    Made {
        op,
        arg: 0,
        to: None,
    }
}
fn jump(op: Opcode, to: NodeId) -> Made {
    Made {
        op,
        arg: 0,
        to: Some(to),
    }
}
