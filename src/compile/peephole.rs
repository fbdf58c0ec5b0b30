//! CPython 3.8's optimizer of finished bytes.
//!
//! It works on slots of two bytes, replaces instructions by NOPs in place, then closes the gaps
//! and mends jumps and line table. Where it gives up half way, what it has done to the
//! constants and the line table stays done, as in CPython.

use super::assemble::size;
use super::fold::truth;
use super::lower::Fail;
use super::parts::Watch;
use crate::code::object::Const;
use crate::code::opcode::{ArgKind, Opcode, Opcode::*};

/// One slot.
#[derive(Clone, Copy)]
struct Slot {
    op: Opcode,
    arg: u8,
}

struct Code {
    slots: Vec<Slot>,
    /// Number of the basic block each slot is in.
    blocks: Vec<u32>,
}

const NOP_SLOT: Slot = Slot { op: NOP, arg: 0 };

fn conditional(op: Opcode) -> bool {
    matches!(
        op,
        POP_JUMP_IF_FALSE | POP_JUMP_IF_TRUE | JUMP_IF_FALSE_OR_POP | JUMP_IF_TRUE_OR_POP
    )
}

fn jumps_on_true(op: Opcode) -> bool {
    matches!(op, POP_JUMP_IF_TRUE | JUMP_IF_TRUE_OR_POP)
}

fn unconditional(op: Opcode) -> bool {
    matches!(op, JUMP_ABSOLUTE | JUMP_FORWARD)
}

/// Jumps the optimizer knows; others (there are none) would end no block.
fn ends_block(op: Opcode) -> bool {
    matches!(op.arg_kind(), ArgKind::Rel | ArgKind::Abs)
}

impl Code {
    fn len(&self) -> usize {
        self.slots.len()
    }
    fn op(&self, i: usize) -> Opcode {
        self.slots[i].op
    }
    /// The first slot from `i` on that is no EXTENDED_ARG.
    fn find_op(&self, mut i: usize) -> usize {
        while i < self.len() && self.op(i) == EXTENDED_ARG {
            i += 1;
        }
        i
    }
    /// The first slot of the instruction whose opcode is in slot `i`.
    fn op_start(&self, i: usize) -> usize {
        let mut s = i;
        while s >= 1 && self.op(s - 1) == EXTENDED_ARG {
            s -= 1;
        }
        s
    }
    fn arg(&self, i: usize) -> u32 {
        let mut v = self.slots[i].arg as u32;
        for k in 1..=3 {
            if i < k || self.op(i - k) != EXTENDED_ARG {
                break;
            }
            v |= (self.slots[i - k].arg as u32) << (8 * k);
        }
        v
    }
    /// The slot a jump goes to.
    fn target(&self, i: usize) -> usize {
        let arg = self.arg(i) as usize / 2;
        match self.op(i).arg_kind() {
            ArgKind::Rel => arg + i + 1,
            _ => arg,
        }
    }
    fn same_block(&self, a: usize, b: usize) -> bool {
        self.blocks[a] == self.blocks[b]
    }
    fn nops(&mut self, from: usize, to: usize) {
        self.slots[from..to].fill(NOP_SLOT);
    }
    fn write(&mut self, at: usize, op: Opcode, arg: u32, n: usize) {
        for k in 0..n {
            let shift = 8 * (n - 1 - k);
            self.slots[at + k] = Slot {
                op: if k + 1 == n { op } else { EXTENDED_ARG },
                arg: (arg >> shift) as u8,
            };
        }
    }
    /// Gives the instruction at `i` another operand, if it fits in the slots there are;
    /// returns where the opcode is now.
    fn set_arg(&mut self, i: usize, arg: u32) -> Option<usize> {
        let old = self.arg(i);
        if old == arg {
            return Some(i);
        }
        let (was, now) = (size(old), size(arg));
        if was < now {
            return None;
        }
        let first = i + 1 - was;
        self.write(first, self.op(i), arg, now);
        self.nops(first + now, i + 1);
        Some(first + now - 1)
    }
    /// Writes an instruction at the end of `from..to`, if it fits, and NOPs before it.
    fn copy_op(&mut self, from: usize, op: Opcode, arg: u32, to: usize) -> bool {
        let n = size(arg);
        if from + n > to {
            return false;
        }
        self.write(to - n, op, arg, n);
        self.nops(from, to - n);
        true
    }
    fn mark_blocks(&mut self) {
        let mut starts = vec![0u32; self.len()];
        for i in 0..self.len() {
            if ends_block(self.op(i))
                && let Some(s) = starts.get_mut(self.target(i))
            {
                *s = 1;
            }
        }
        let mut n = 0;
        self.blocks = starts
            .into_iter()
            .map(|s| {
                n += s;
                n
            })
            .collect();
    }
    /// Where the `n` LOAD_CONSTs that end right before slot `end` start.
    fn consts_before(&self, end: usize, mut n: usize) -> Option<usize> {
        let mut i = end;
        loop {
            i = i.checked_sub(1)?;
            match self.op(i) {
                LOAD_CONST => {
                    n -= 1;
                    if n == 0 {
                        return Some(self.op_start(i));
                    }
                }
                EXTENDED_ARG | NOP => {}
                _ => return None,
            }
        }
    }
}

/// Optimizes; `consts` may grow, and `lnotab` is mended.
pub fn optimize(
    code: Vec<u8>,
    consts: &mut Vec<Const>,
    lnotab: &mut [u8],
    watch: &Watch<'_>,
) -> Result<Vec<u8>, Fail> {
    // More than 255 bytes on one line: the table's steps could not be mended one by one.
    if lnotab.iter().step_by(2).any(|&d| d == 255) {
        return Ok(code);
    }
    let slots: Option<Vec<Slot>> = code
        .chunks_exact(2)
        .map(|p| Opcode::from_u8(p[0]).map(|op| Slot { op, arg: p[1] }))
        .collect();
    let Some(slots) = slots else {
        return Ok(code);
    };
    watch.look()?;
    let mut c = Code {
        slots,
        blocks: Vec::new(),
    };
    c.mark_blocks();
    let mut i = c.find_op(0);
    while i < c.len() {
        watch.did(1)?;
        i = c.step(i, consts);
    }
    Ok(c.finish(lnotab, watch)?.unwrap_or(code))
}

impl Code {
    /// Looks at the instruction at `i`; returns where to go on.
    fn step(&mut self, i: usize, consts: &mut Vec<Const>) -> usize {
        let start = self.op_start(i);
        let nexti = self.find_op(i + 1);
        let next_op = (nexti < self.len()).then(|| self.op(nexti));
        let op = self.op(i);
        if op == LOAD_CONST {
            // A true constant tested: nothing to test.
            if next_op == Some(POP_JUMP_IF_FALSE)
                && self.same_block(start, i + 1)
                && consts.get(self.arg(i) as usize).is_some_and(truth)
            {
                self.nops(start, nexti + 1);
            }
            return nexti;
        }
        if op == BUILD_TUPLE {
            self.build_tuple(i, start, nexti, next_op, consts);
            return nexti;
        }
        if matches!(op, JUMP_IF_FALSE_OR_POP | JUMP_IF_TRUE_OR_POP)
            && let Some(at) = self.thread_or_pop(i)
        {
            // The same instruction, now another jump, is looked at again.
            return at;
        }
        if conditional(op) || unconditional(op) {
            self.thread_jump(i, start);
            return nexti;
        }
        if op == RETURN_VALUE {
            // END_FINALLY ends a `finally` body for whoever reads the code, and SETUP_FINALLY
            // balances a POP_BLOCK: both stay.
            let mut h = i + 1;
            while h < self.len() && self.same_block(i, h) && self.op(h) != END_FINALLY {
                if self.op(h) == SETUP_FINALLY {
                    h = self.op_start(h).max(i + 1);
                    break;
                }
                h += 1;
            }
            if h > i + 1 {
                self.nops(i + 1, h);
                return self.find_op(h);
            }
        }
        nexti
    }

    fn build_tuple(
        &mut self,
        i: usize,
        start: usize,
        nexti: usize,
        next_op: Option<Opcode>,
        consts: &mut Vec<Const>,
    ) {
        let n = self.arg(i) as usize;
        if n > 0
            && let Some(h) = self.consts_before(start, n)
            && self.same_block(h, start)
        {
            self.fold_tuple(h, i + 1, n, consts);
            return;
        }
        if next_op != Some(UNPACK_SEQUENCE)
            || !self.same_block(start, i + 1)
            || n != self.arg(nexti) as usize
        {
            return;
        }
        // A tuple built to be taken apart at once.
        let swaps: &[Opcode] = match n {
            0 | 1 => &[],
            2 => &[ROT_TWO],
            3 => &[ROT_THREE, ROT_TWO],
            _ => return,
        };
        for (k, &op) in swaps.iter().enumerate() {
            self.slots[start + k] = Slot { op, arg: 0 };
        }
        self.nops(start + swaps.len(), nexti + 1);
    }

    /// Constants loaded and put in a tuple become one constant.
    fn fold_tuple(&mut self, from: usize, to: usize, n: usize, consts: &mut Vec<Const>) {
        let items: Option<Box<[Const]>> = (from..to)
            .filter(|&p| self.op(p) == LOAD_CONST)
            .take(n)
            .map(|p| consts.get(self.arg(p) as usize).cloned())
            .collect();
        let Some(items) = items else { return };
        let index = consts.len() as u32;
        consts.push(Const::Tuple(items));
        self.copy_op(from, LOAD_CONST, index, to);
    }

    /// `x: JUMP_IF_A_OR_POP y`, `y: a test`: the first test tells the second's outcome.
    fn thread_or_pop(&mut self, i: usize) -> Option<usize> {
        let op = self.op(i);
        let tgt = self.find_op(self.arg(i) as usize / 2);
        if tgt >= self.len() {
            return None;
        }
        let there = self.op(tgt);
        if !conditional(there) {
            return None;
        }
        let (at, new) = if jumps_on_true(there) == jumps_on_true(op) {
            (self.set_arg(i, self.arg(tgt))?, there)
        } else {
            let past = self.set_arg(i, 2 * (tgt as u32 + 1))?;
            let pops = if op == JUMP_IF_TRUE_OR_POP {
                POP_JUMP_IF_TRUE
            } else {
                POP_JUMP_IF_FALSE
            };
            (past, pops)
        };
        self.slots[at].op = new;
        Some(at)
    }

    /// A jump to a jump goes where that one goes; a jump to a return is a return.
    fn thread_jump(&mut self, i: usize, start: usize) {
        let mut op = self.op(i);
        let tgt = self.find_op(self.target(i));
        if tgt >= self.len() {
            return;
        }
        if unconditional(op) && self.op(tgt) == RETURN_VALUE {
            self.slots[start] = Slot {
                op: RETURN_VALUE,
                arg: 0,
            };
            self.nops(start + 1, i + 1);
        } else if unconditional(self.op(tgt)) {
            let to = self.target(tgt);
            if op == JUMP_FORWARD {
                // An absolute jump can go backwards.
                op = JUMP_ABSOLUTE;
            }
            self.copy_op(start, op, 2 * to as u32, i + 1);
        }
    }

    /// Closes the gaps; `None` where an operand would no longer fit its slots.
    fn finish(&mut self, lnotab: &mut [u8], watch: &Watch<'_>) -> Result<Option<Vec<u8>>, Fail> {
        // Old slot → new slot.
        let mut nops = 0;
        let mut moved = Vec::with_capacity(self.len());
        for (i, s) in self.slots.iter().enumerate() {
            moved.push((i - nops) as u32);
            nops += (s.op == NOP) as usize;
        }
        let (mut old, mut last) = (0usize, 0usize);
        for p in lnotab.chunks_exact_mut(2) {
            old += p[0] as usize;
            let new = moved.get(old / 2).copied().unwrap_or(0) as usize * 2;
            p[0] = new.wrapping_sub(last) as u8;
            last = new;
        }
        let mut out = Vec::with_capacity(2 * self.len());
        let mut start = 0;
        while start < self.len() {
            watch.did(1)?;
            let i = self.find_op(start);
            let Some(s) = self.slots.get(i) else {
                return Ok(None);
            };
            let mut arg = self.arg(i);
            let n = i - start + 1;
            start = i + 1;
            // A target past the end is that of no code there is.
            let jump = |slot: usize| moved.get(slot).copied();
            match s.op.arg_kind() {
                _ if s.op == NOP => continue,
                ArgKind::Abs => match jump(arg as usize / 2) {
                    Some(to) => arg = 2 * to,
                    None => return Ok(None),
                },
                ArgKind::Rel => match jump(arg as usize / 2 + i + 1) {
                    Some(to) => arg = 2 * to.wrapping_sub(moved[i]).wrapping_sub(1),
                    None => return Ok(None),
                },
                ArgKind::None
                | ArgKind::Num
                | ArgKind::Const
                | ArgKind::Name
                | ArgKind::Local
                | ArgKind::Free
                | ArgKind::Compare => {}
            }
            if size(arg) > n || n > 4 {
                return Ok(None);
            }
            super::assemble::write_op(&mut out, s.op, arg, n);
        }
        Ok(Some(out))
    }
}
