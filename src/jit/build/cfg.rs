//! The basic blocks of the bytecode that can be reached from an entry, in
//! reverse post-order, and which locals are certainly bound where.

use crate::code::opcode::{JUMPS, NOFALL, Opcode, PUSHES_BLOCK, RAISES};
use crate::code::verify::{BlockKind, NO_TARGET, Verified};
use std::collections::HashMap;

/// A run of instructions entered at its first only.
pub struct Bb {
    pub start: u32,
    /// One past its last instruction.
    pub end: u32,
    /// Some edge comes back to it: its values need parameters before all their sources are known.
    pub header: bool,
}

/// Basic blocks in reverse post-order.
pub struct Cfg {
    pub blocks: Vec<Bb>,
    /// Instruction → block that it starts, or `NONE`.
    pub block_of: Vec<u32>,
}
/// See `Cfg::block_of`.
pub const NONE: u32 = u32::MAX;

/// Where execution may go from an instruction when nothing is raised.
pub fn succs(v: &Verified, pc: u32, out: &mut Vec<u32>) {
    let op = v.instrs[pc as usize].op;
    let next = pc + 1;
    if op == Opcode::END_FINALLY {
        if let Some(e) = v.end_finally(pc) {
            if e.falls {
                out.push(next);
            }
            out.extend(&e.sites);
        }
        return;
    }
    // What follows a CALL_FINALLY is reached from the END_FINALLY of the body it calls.
    let falls = !op.has(NOFALL) && op != Opcode::CALL_FINALLY;
    if falls {
        out.push(next);
    }
    let to = v.targets[pc as usize];
    if op.has(JUMPS) && to != NO_TARGET {
        out.push(to);
    }
}

/// Which exceptions go to handlers natively.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Catches {
    None,
    /// Those that no `raise` raises, in no handler or `finally` body.
    Plain,
    All,
}

/// Where an exception goes in its frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Way {
    /// The handler's first instruction, and the depth of the stack below its slots; else out of the frame.
    pub handler: Option<(u32, u32)>,
    /// The depth of the outermost handler or `finally` body that it ends on the way.
    pub closed: Option<u32>,
}

/// The way of an exception at this instruction.
pub fn way(v: &Verified, pc: u32) -> Way {
    let mut closed = None;
    for b in v.blocks_at(pc) {
        match b.kind {
            BlockKind::Finally { handler } => {
                let handler = Some((handler, b.depth));
                return Way { handler, closed };
            }
            BlockKind::Handler { .. } => closed = Some(b.depth),
        }
    }
    let handler = None;
    Way { handler, closed }
}

/// The handler an instruction's exception goes to natively.
fn handler(v: &Verified, pc: u32, catches: Catches) -> Option<u32> {
    let op = v.instrs[pc as usize].op;
    let way = way(v, pc);
    let raises = op == Opcode::RAISE_VARARGS || op == Opcode::END_FINALLY;
    let plain = way.closed.is_none() && !raises;
    let follows = op.has(RAISES)
        && match catches {
            Catches::None => false,
            Catches::Plain => plain,
            Catches::All => true,
        };
    way.handler.filter(|_| follows).map(|h| h.0)
}

/// Whether there is a way from a loop's header back to it on which nothing is yielded.
pub fn turns(v: &Verified, header: u32) -> bool {
    let cfg = Cfg::new(v, header, Catches::None, true);
    cfg.blocks.first().is_some_and(|b| b.header)
}

impl Cfg {
    /// Explores from `entry`. Exceptions are followed to the handlers around them as `catches` says. With
    /// `alone`, `entry` is a loop's header, and only that loop's blocks are explored: what lies around it
    /// would make a tangle of loops, entered in the middle.
    pub fn new(v: &Verified, entry: u32, catches: Catches, alone: bool) -> Cfg {
        let handler = |v: &Verified, pc| handler(v, pc, catches);
        // A unit ends where a generator yields: it goes on in another.
        let succs = |v: &Verified, pc: u32, out: &mut Vec<u32>| {
            if v.instrs[pc as usize].op != Opcode::YIELD_VALUE {
                succs(v, pc, out);
            }
        };
        let n = v.instrs.len();
        let mut leader = vec![false; n];
        let mut seen = vec![false; n];
        let mut work = vec![entry];
        let mut out = Vec::new();
        leader[entry as usize] = true;
        while let Some(pc) = work.pop() {
            if std::mem::replace(&mut seen[pc as usize], true) {
                continue;
            }
            out.clear();
            succs(v, pc, &mut out);
            // What goes on by an explicit edge wants a block to go to, be it the next instruction.
            let op = v.instrs[pc as usize].op;
            let plain =
                !op.has(JUMPS) && op != Opcode::END_FINALLY && op != Opcode::WITH_CLEANUP_FINISH;
            for &s in &out {
                leader[s as usize] |= !plain;
                work.push(s);
            }
            if let Some(h) = handler(v, pc) {
                leader[h as usize] = true;
                work.push(h);
            }
        }
        let end_of = |start: u32| {
            let mut pc = start;
            let mut handlers = Vec::new();
            loop {
                let mut out = Vec::new();
                succs(v, pc, &mut out);
                handlers.extend(handler(v, pc).filter(|h| !handlers.contains(h)));
                if out.len() != 1 || out[0] != pc + 1 || leader[pc as usize + 1] {
                    // Visited first, and so laid out last.
                    out.extend(&handlers);
                    return (pc + 1, out);
                }
                pc += 1;
            }
        };
        // Depth-first, with an explicit stack; a successor still on it closes a cycle.
        let mut post = Vec::new();
        let mut state = vec![0u8; n];
        let mut header = vec![false; n];
        let first = end_of(entry);
        let mut stack = vec![(entry, first.0, first.1)];
        state[entry as usize] = 1;
        while let Some((start, end, rest)) = stack.last_mut() {
            match rest.pop() {
                Some(s) => match state[s as usize] {
                    0 => {
                        state[s as usize] = 1;
                        let (e, out) = end_of(s);
                        stack.push((s, e, out));
                    }
                    1 => header[s as usize] = true,
                    _ => {}
                },
                None => {
                    state[*start as usize] = 2;
                    post.push((*start, *end));
                    stack.pop();
                }
            }
        }
        post.reverse();
        if alone {
            let inside = natural_loop(entry, &post, &|pc| end_of(pc).1);
            post.retain(|b| inside.get(&b.0) == Some(&true));
        }
        let mut block_of = vec![NONE; n];
        let blocks = post
            .iter()
            .enumerate()
            .map(|(i, &(start, end))| {
                block_of[start as usize] = i as u32;
                Bb {
                    start,
                    end,
                    header: header[start as usize],
                }
            })
            .collect();
        Cfg { blocks, block_of }
    }
}

/// Which of these blocks (start, end) are in the loop with this header: those from which a jump back to
/// it is reached without passing it.
fn natural_loop(
    header: u32,
    blocks: &[(u32, u32)],
    succs: &dyn Fn(u32) -> Vec<u32>,
) -> HashMap<u32, bool> {
    let mut preds: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut inside: HashMap<u32, bool> = blocks.iter().map(|b| (b.0, false)).collect();
    let mut work = Vec::new();
    inside.insert(header, true);
    for &(start, end) in blocks {
        for to in succs(start) {
            if to == header && end > header {
                work.push(start);
            } else if to != header {
                preds.entry(to).or_default().push(start);
            }
        }
    }
    while let Some(b) = work.pop() {
        if b != header && inside.insert(b, true) == Some(false) {
            work.extend(preds.get(&b).into_iter().flatten());
        }
    }
    inside
}

/// Which locals are bound at each instruction on every way from the function's start, handlers
/// included.
pub struct Bound {
    words: usize,
    at: Vec<u64>,
}

impl Bound {
    /// `args` tells which locals hold an argument at the start.
    pub fn new(v: &Verified, nlocals: u32, args: impl Fn(u32) -> bool) -> Bound {
        let words = (nlocals as usize).div_ceil(64);
        let n = v.instrs.len();
        let mut b = Bound {
            words,
            at: vec![!0; words * n],
        };
        if words == 0 {
            return b;
        }
        let mut deleted = vec![0u64; words];
        for i in v.instrs.iter().filter(|i| i.op == Opcode::DELETE_FAST) {
            deleted[i.arg as usize / 64] |= 1 << (i.arg % 64);
        }
        let mut start = vec![0u64; words];
        for l in (0..nlocals).filter(|l| args(*l)) {
            start[l as usize / 64] |= 1 << (l % 64);
        }
        b.meet(0, &start);
        let mut queued = vec![false; n];
        let mut work = vec![0u32];
        let mut first = vec![true; n];
        let mut out = Vec::new();
        while let Some(pc) = work.pop() {
            queued[pc as usize] = false;
            first[pc as usize] = false;
            let mut set = b.at[pc as usize * words..][..words].to_vec();
            let i = &v.instrs[pc as usize];
            let bit = (i.arg as usize / 64, 1u64 << (i.arg % 64));
            if i.op == Opcode::STORE_FAST {
                set[bit.0] |= bit.1;
            }
            if i.op == Opcode::DELETE_FAST {
                set[bit.0] &= !bit.1;
            }
            out.clear();
            succs(v, pc, &mut out);
            let handler = match i.op.has(PUSHES_BLOCK) {
                true => Some(v.targets[pc as usize]).filter(|t| *t != NO_TARGET),
                false => None,
            };
            // A handler may be entered from anywhere in its block: what is never deleted stays bound.
            let kept: Vec<u64> = set.iter().zip(&deleted).map(|(s, d)| s & !d).collect();
            let edges = out.iter().map(|s| (*s, &set));
            for (s, set) in edges.chain(handler.iter().map(|h| (*h, &kept))) {
                if (b.meet(s, set) || first[s as usize]) && !queued[s as usize] {
                    queued[s as usize] = true;
                    work.push(s);
                }
            }
        }
        b
    }
    fn meet(&mut self, pc: u32, set: &[u64]) -> bool {
        let mut changed = false;
        for (a, b) in self.at[pc as usize * self.words..][..self.words]
            .iter_mut()
            .zip(set)
        {
            changed |= *a & !b != 0;
            *a &= b;
        }
        changed
    }
    /// Whether the local is bound before that instruction.
    pub fn at(&self, pc: u32, local: u32) -> bool {
        self.at[pc as usize * self.words + local as usize / 64] >> (local % 64) & 1 == 1
    }
}
