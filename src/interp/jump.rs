//! Assigning to `f_lineno`: a tracer that is told of a line moves its frame to another one.
//!
//! What CPython 3.8 refuses is refused in its words, in its order. Beyond that the verifier's blocks and
//! depths decide: the target's blocks must be open where the frame is, so that what lies on its stack below
//! the target's depth is what the target expects.

use super::frame::FramePtr;
use super::frames;
use crate::code::opcode::Opcode;
use crate::code::verify::{NO_BLOCK, UNREACHABLE, Verified};
use crate::object::{Gc, Value};
use crate::raise;
use crate::types::frame::value::FrameObj;
use crate::types::int::ops as int;
use crate::vm::{Raised, Vm};

/// `f.f_lineno = v`
///
/// # Errors
/// ValueError when the frame may not go there from here.
pub fn set_line(vm: &mut Vm, o: Gc<FrameObj>, v: Value) -> Result<(), Raised> {
    if v.is_bool() || int::get(vm, v).is_none() {
        return Err(raise!(vm, ValueError, "lineno must be an integer"));
    }
    if frames::lasti(vm, o) == -1 {
        return Err(raise!(
            vm,
            ValueError,
            "can't jump from the 'call' trace event of a new frame"
        ));
    }
    if o.get(vm).trace.get().is_none() {
        return Err(raise!(
            vm,
            ValueError,
            "f_lineno can only be set by a trace function"
        ));
    }
    let Some(f) = frames::live(vm, o).filter(|_| o.get(vm).at_line.get()) else {
        return Err(raise!(
            vm,
            ValueError,
            "can only jump from a 'line' trace event"
        ));
    };
    let Some(asked) = int::to_i64(vm, v).and_then(|n| i32::try_from(n).ok()) else {
        return Err(raise!(vm, ValueError, "lineno out of range"));
    };
    let code = &f.exec().code;
    let first = code.firstlineno as i32 as i64;
    if (asked as i64) < first {
        return Err(raise!(
            vm,
            ValueError,
            "line {asked} comes before the current code block"
        ));
    }
    let Some((line, offset)) = line_start(&code.lnotab, first, asked as i64) else {
        return Err(raise!(
            vm,
            ValueError,
            "line {asked} comes after the current code block"
        ));
    };
    let all = &f.exec().verified;
    let here = all.instrs.get(f.pc() as usize).map_or(0, |i| i.start);
    let (Some(from), Some(to)) = (proper(all, here), proper(all, offset)) else {
        return Err(raise!(vm, ValueError, "line {asked} has no instruction"));
    };
    if let Err(why) = refused(all, from, to) {
        return Err(raise!(vm, ValueError, "{why}"));
    }
    let Some(to) = fitting(all, f, offset) else {
        return Err(raise!(
            vm,
            ValueError,
            "can't jump into the middle of a block"
        ));
    };
    f.set_depth(all.depth[to as usize]);
    f.set_pc(to);
    o.get(vm).line.set(line as u32);
    Ok(())
}

/// The first line from `asked` on that has code, and the offset where its code starts.
fn line_start(lnotab: &[u8], first: i64, asked: i64) -> Option<(i64, u32)> {
    if asked == first {
        return Some((first, 0));
    }
    let (mut line, mut addr) = (first, 0u32);
    for p in lnotab.chunks_exact(2) {
        addr += p[0] as u32;
        line += p[1] as i8 as i64;
        if line >= asked {
            return Some((line, addr));
        }
    }
    None
}

/// The instruction at an offset, in the code proper.
fn proper(all: &Verified, offset: u32) -> Option<u32> {
    let i = all.index.get(offset as usize / 2).copied()?;
    (i != u32::MAX).then_some(i)
}

/// What CPython refuses.
fn refused(all: &Verified, from: u32, to: u32) -> Result<(), String> {
    let op = |i: u32| all.instrs.get(i as usize).map(|i| i.op);
    let starts_except = |i: u32| matches!(op(i), Some(Opcode::DUP_TOP | Opcode::POP_TOP));
    if starts_except(to) {
        return Err("can't jump to 'except' line as there's no exception".into());
    }
    let mut open: Vec<u32> = Vec::new();
    for i in 0..all.proper {
        let setup = matches!(
            op(i),
            Some(Opcode::SETUP_FINALLY | Opcode::SETUP_WITH | Opcode::SETUP_ASYNC_WITH)
        );
        if setup || op(i) == Some(Opcode::FOR_ITER) {
            let end = all.targets[i as usize];
            let inside = |x: u32| i < x && x < end;
            if !inside(from) && inside(to) {
                return Err("can't jump into the middle of a block".into());
            }
            if setup {
                open.push(end);
            }
        } else if op(i) == Some(Opcode::END_FINALLY)
            && let Some(begin) = open.pop()
        {
            let inside = |x: u32| begin <= x && x <= i;
            if inside(from) != inside(to) {
                let way = if inside(to) { "into" } else { "out of" };
                let what = match starts_except(begin) {
                    true => "an 'except'",
                    false => "a 'finally'",
                };
                return Err(format!("can't jump {way} {what} block"));
            }
        }
    }
    Ok(())
}

/// The instruction at the offset that the frame can go on with: of the code proper or of a variant, one
/// whose blocks are open here, at a depth where the stack holds nothing but values and these blocks' slots.
fn fitting(all: &Verified, f: FramePtr, offset: u32) -> Option<u32> {
    let mut open = vec![NO_BLOCK];
    open.extend(chain(all, f.pc()));
    let fits = |i: usize| {
        let depth = all.depth[i];
        depth != UNREACHABLE
            && depth <= f.depth()
            && open.contains(&all.block[i])
            && (0..depth as usize)
                .all(|s| f.slot(f.stack_base() + s) != Some(Value::MARK) || in_block(all, i, s))
    };
    let i = (0..all.instrs.len()).find(|i| all.instrs[*i].start == offset && fits(*i))?;
    u32::try_from(i).ok()
}

/// The blocks open at an instruction, from the inside.
fn chain(all: &Verified, i: u32) -> Vec<u32> {
    let mut out = Vec::new();
    let mut b = all.block.get(i as usize).copied().unwrap_or(NO_BLOCK);
    while let Some(x) = all.blocks.get(b as usize) {
        out.push(b);
        b = x.parent;
    }
    out
}

/// Whether a slot is one of the six of an open handler.
fn in_block(all: &Verified, i: usize, slot: usize) -> bool {
    let handler = |b: &crate::code::verify::Block| match b.kind {
        crate::code::verify::BlockKind::Handler { .. } => true,
        crate::code::verify::BlockKind::Finally { .. } => false,
    };
    all.blocks_at(i as u32)
        .any(|b| handler(b) && (b.depth as usize..b.depth as usize + 6).contains(&slot))
}
