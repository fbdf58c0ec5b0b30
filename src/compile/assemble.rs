//! Basic blocks → bytes: order, jump offsets, stack depth, the code object.

use super::lines::Lnotab;
use super::parts::Watch;
use super::peephole;
use super::symtab::Block as ScopeBlock;
use super::tree::Sym;
use super::unit::{BasicBlock, BlockId, Codegen, R};
use crate::code::object::{CodeObject, Const, flags};
use crate::code::opcode::{ArgKind, Opcode};
use crate::code::wtf8::Wtf8Buf;

/// Slots (of two bytes) an instruction with this operand takes.
pub fn size(arg: u32) -> usize {
    match arg {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=0xFF_FFFF => 3,
        _ => 4,
    }
}

/// Writes an instruction in `n` slots, EXTENDED_ARGs first.
pub fn write_op(out: &mut Vec<u8>, op: Opcode, arg: u32, n: usize) {
    for k in (1..n).rev() {
        out.extend([Opcode::EXTENDED_ARG as u8, (arg >> (8 * k)) as u8]);
    }
    out.extend([op as u8, arg as u8]);
}

/// Blocks in the order they are laid out: reverse postorder of a walk that goes along
/// the source first and into jumps from the last block backwards.
fn order(blocks: &[BasicBlock], watch: &Watch<'_>) -> R<Vec<BlockId>> {
    let mut seen = vec![false; blocks.len()];
    let mut post = Vec::new();
    // A frame is a chain of blocks still to finish, the last of them in progress, and how
    // far its instructions have been looked at.
    let mut frames: Vec<(Vec<BlockId>, usize)> = vec![(chain(blocks, BlockId(0), &mut seen), 0)];
    while let Some((pending, at)) = frames.last_mut() {
        let Some(&b) = pending.last() else {
            frames.pop();
            continue;
        };
        let ins = &blocks[b.0 as usize].ins;
        let mut jump = None;
        while *at < ins.len() && jump.is_none() {
            jump = ins[*at].target;
            *at += 1;
        }
        watch.did(1)?;
        match jump {
            Some(t) => {
                if !seen[t.0 as usize] {
                    let inner = chain(blocks, t, &mut seen);
                    frames.push((inner, 0));
                }
            }
            None => {
                post.push(b);
                pending.pop();
                *at = 0;
            }
        }
    }
    post.reverse();
    Ok(post)
}

/// The blocks from `b` along the source that were not seen, the first one first.
fn chain(blocks: &[BasicBlock], b: BlockId, seen: &mut [bool]) -> Vec<BlockId> {
    let mut out = Vec::new();
    let mut at = Some(b);
    while let Some(b) = at.filter(|b| !seen[b.0 as usize]) {
        seen[b.0 as usize] = true;
        out.push(b);
        at = blocks[b.0 as usize].next;
    }
    out
}

/// Gives every jump its operand. Offsets and sizes depend on each other, so this goes round
/// until no operand changes its size.
fn jump_offsets(blocks: &mut [BasicBlock], order: &[BlockId], watch: &Watch<'_>) -> R {
    let mut offset = vec![0usize; blocks.len()];
    let mut changed = true;
    while changed {
        changed = false;
        let mut total = 0;
        for b in order {
            watch.did(1 + blocks[b.0 as usize].ins.len())?;
            offset[b.0 as usize] = total;
            total += blocks[b.0 as usize]
                .ins
                .iter()
                .map(|i| size(i.arg))
                .sum::<usize>();
        }
        for (b, block) in blocks.iter_mut().enumerate() {
            watch.did(1 + block.ins.len())?;
            let mut at = offset[b];
            for i in &mut block.ins {
                let was = size(i.arg);
                at += was;
                let Some(t) = i.target else { continue };
                let mut to = offset[t.0 as usize] as i64;
                if i.op.arg_kind() == ArgKind::Rel {
                    to -= at as i64;
                }
                i.arg = (to * 2) as u32;
                changed |= size(i.arg) != was;
            }
        }
    }
    Ok(())
}

/// The deepest the stack can get.
fn stack_depth(blocks: &[BasicBlock], watch: &Watch<'_>) -> R<u32> {
    let mut start: Vec<Option<i32>> = vec![None; blocks.len()];
    let mut work = vec![BlockId(0)];
    start[0] = Some(0);
    let mut max = 0;
    let reach = |work: &mut Vec<BlockId>, start: &mut [Option<i32>], b: BlockId, depth: i32| {
        let s = &mut start[b.0 as usize];
        if s.is_none_or(|old| old < depth) {
            *s = Some(depth);
            work.push(b);
        }
    };
    while let Some(b) = work.pop() {
        let block = &blocks[b.0 as usize];
        watch.did(1 + block.ins.len())?;
        let mut depth = start[b.0 as usize].unwrap_or(0);
        let mut next = block.next;
        for i in &block.ins {
            let after = depth + i.op.stack_effect(i.arg, false);
            max = max.max(after);
            if let Some(t) = i.target {
                let there = depth + i.op.stack_effect(i.arg, true);
                max = max.max(there);
                // The `finally` body is reached through the block it belongs to.
                if i.op != Opcode::CALL_FINALLY {
                    reach(&mut work, &mut start, t, there);
                }
            }
            depth = after;
            if matches!(
                i.op,
                Opcode::JUMP_ABSOLUTE
                    | Opcode::JUMP_FORWARD
                    | Opcode::RETURN_VALUE
                    | Opcode::RAISE_VARARGS
            ) {
                next = None;
                break;
            }
        }
        if let Some(n) = next {
            reach(&mut work, &mut start, n, depth);
        }
    }
    Ok(max.max(0) as u32)
}

impl Codegen<'_> {
    fn texts(&self, list: &[Sym]) -> Box<[Wtf8Buf]> {
        list.iter()
            .map(|&s| (&*self.names.name(s)).into())
            .collect()
    }

    fn code_flags(&mut self) -> u32 {
        let scope = self.table.scope(self.u().scope);
        let mut f = self.base_flags;
        if scope.block == ScopeBlock::Function {
            f |= flags::NEWLOCALS | flags::OPTIMIZED;
            if scope.nested {
                f |= flags::NESTED;
            }
            f |= match (scope.generator, scope.coroutine) {
                (true, false) => flags::GENERATOR,
                (false, true) => flags::COROUTINE,
                (true, true) => flags::ASYNC_GENERATOR,
                (false, false) => 0,
            };
            if scope.varargs {
                f |= flags::VARARGS;
            }
            if scope.varkeywords {
                f |= flags::VARKEYWORDS;
            }
        }
        let u = self.u();
        if u.cellvars.list.is_empty() && u.freevars.list.is_empty() {
            f |= flags::NOFREE;
        }
        f
    }

    /// The code object of the current unit, whose instructions are complete.
    pub fn assemble(&mut self, add_none: bool) -> R<CodeObject> {
        let u = self.u();
        if !u.blocks[u.cur.0 as usize].returns {
            let b = self.new_block();
            self.use_next(b);
            if add_none {
                self.load_const(Const::None);
            }
            self.op(Opcode::RETURN_VALUE);
        }
        let watch = self.watch;
        let u = self.u();
        if u.firstlineno == 0 {
            let line = u.blocks[0].ins.first().map_or(0, |i| i.line);
            u.firstlineno = line.max(1);
        }
        let order = order(&u.blocks, watch)?;
        jump_offsets(&mut u.blocks, &order, watch)?;
        let mut code = Vec::new();
        let mut lines = Lnotab::new(u.firstlineno);
        for b in &order {
            for i in &u.blocks[b.0 as usize].ins {
                watch.did(1)?;
                if i.line != 0 {
                    lines.mark(code.len(), i.line);
                }
                write_op(&mut code, i.op, i.arg, size(i.arg));
            }
        }
        let stacksize = stack_depth(&u.blocks, watch)?;
        let mut consts = std::mem::take(&mut u.consts).into_list();
        let mut lnotab = lines.finish();
        let code = peephole::optimize(code, &mut consts, &mut lnotab, watch)?;
        let flags = self.code_flags();
        let u = match self.units.last() {
            Some(u) => u,
            None => unreachable!("code is assembled inside a unit"),
        };
        Ok(CodeObject {
            version: Default::default(),
            argcount: u.posonlyargcount + u.argcount,
            posonlyargcount: u.posonlyargcount,
            kwonlyargcount: u.kwonlyargcount,
            nlocals: u.varnames.list.len() as u32,
            stacksize,
            flags,
            code: code.into(),
            consts: consts.into(),
            names: self.texts(&u.names.list),
            varnames: self.texts(&u.varnames.list),
            freevars: self.texts(&u.freevars.list),
            cellvars: self.texts(&u.cellvars.list),
            filename: self.filename.clone(),
            name: (&*self.names.name(u.name)).into(),
            firstlineno: u.firstlineno,
            lnotab: lnotab.into(),
        })
    }
}
