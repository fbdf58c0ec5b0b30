//! Inlining: the callee's bytecode is built where the call stands, as a frame of its own whose states are
//! linked to the caller's state `in` the call. What the entry of a unit checks once holds for all the frames
//! inlined in it (`Func::room`), so that an inlined call costs nothing but its guard.
//!
//! The alternative, a pass that splices one optimised `Func` into another, would have to rename states,
//! frames and constants, and could not use the types that the caller knows of the arguments while
//! it speculates.

use super::bind::Passed;
use super::bind::known;
use super::block::Thrown;
use super::cfg::{Bound, Cfg};
use super::frame::{Edge, Frame, Loop, Slot};
use super::{Builder, Inlined, Whose};
use crate::interp::executable::Executable;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Frame as FrameInfo, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{FrameId, StateId, Ty, Val};

/// Instructions of a function that is inlined, and of all that a unit inlines.
const MAX_CALLEE: usize = 100;
const MAX_SPENT: usize = 500;
/// Frames inlined in each other.
pub const MAX_NEST: usize = 10;
/// How often a function may be inlined in itself that makes one call, and one that makes more: that grows by
/// a power, and stops where the whole next level would make more instructions than this. A tree of which only the
/// first branches are deep is no faster than one without that level (measured: fib five levels deep at 500
/// instructions took 1.1 times what three complete levels take). Four complete ones take 0.77 of the time of three, and twice
/// the code, which takes longer to make than fib(35) to run.
const MAX_LINE: usize = 4;
const MAX_TREE: usize = 3;
const MAX_GROWN: usize = 800;
/// The same in a draft, which is wanted soon: a third of the code of one that is inlined once in itself.
const DRAFT_TREE: usize = 0;

/// What belongs to the function that is built, while another one is.
struct Caller<'a> {
    exec: &'a Executable,
    env: Whose<'a>,
    id: FrameId,
    parent: Option<StateId>,
    returns: Vec<(crate::jit::ssa::types::Block, Val)>,
    nlocals: usize,
    bound: Bound,
    cfg: Cfg,
    escapes: bool,
    throws: Vec<Thrown>,
    edges: Vec<Vec<Edge>>,
    loops: Vec<Option<Loop>>,
    turn: usize,
    frame: Frame,
    pc: u32,
}

impl<'a> Builder<'a> {
    /// Whether a call of this function, or of functions of this code, is to be built in.
    pub(super) fn worth(&mut self, object: u64) -> Option<Inlined<'a>> {
        let callee = self.env.inline(object)?;
        let size = callee.exec.instrs.len();
        let calls = callee.exec.instrs.iter();
        let calls = calls.filter(|q| known(q).is_some()).count();
        let same = |e: &&&Executable| std::ptr::eq(**e, callee.exec);
        let nested = self.nest.iter().filter(same).count();
        let (often, most) = match (calls > 1, nested) {
            (true, 1..) => (MAX_TREE, MAX_GROWN),
            _once => (MAX_LINE, MAX_SPENT),
        };
        // What the levels down to this one come to, if they are complete.
        let grown = (1..=nested as u32).map(|n| calls.saturating_pow(n));
        let grown = size.saturating_mul(grown.fold(0, usize::saturating_add));
        let fits = size <= MAX_CALLEE
            && self.spent + size <= most
            && self.nest.len() <= MAX_NEST
            && nested <= often
            && (calls <= 1 || grown <= MAX_GROWN);
        if fits && calls > 1 && nested > DRAFT_TREE && self.env.draft() {
            self.func.held_back = true;
            return None;
        }
        fits.then_some(callee)
    }

    /// Whether so many instructions more may be built beside those of the function itself; they are spent then.
    pub(super) fn may_spend(&mut self, n: usize) -> bool {
        let fits = self.spent + n <= MAX_SPENT;
        if fits {
            self.spent += n;
        }
        fits
    }

    /// Builds the callee in place of the call whose operands are the topmost `drop` slots. Its result takes
    /// their place, unless it never returns: then the block has ended.
    pub(super) fn inline(&mut self, callee: Inlined<'a>, passed: Passed, drop: usize) {
        let exec = callee.exec;
        let call = self.new_state(Kind::In, drop);
        self.func.inlined += 1;
        self.spent += exec.instrs.len();
        self.nest.push(exec);
        self.func.room = self.func.room.max(self.nest.len() as u32 - 1);
        let v = &exec.verified;
        let nargs = exec.code.total_args();
        let cfg = Cfg::new(v, 0, self.catches, false);
        let n = cfg.blocks.len();
        let env = Whose::Inlined(callee.env);
        let code = env.code();
        let mut frame = Frame {
            shapes: self.frame.shapes.clone(),
            ..Frame::default()
        };
        let celled = |l: u32| exec.cell2arg.contains(&l);
        for (l, v) in (0..).zip(&passed.args) {
            frame.slots.push(match celled(l) {
                true => Slot::Empty,
                false => Slot::Bound(*v),
            });
        }
        frame.slots.resize(exec.nlocals as usize, Slot::Empty);
        let cells = passed.cells.iter().chain(&passed.frees);
        frame.slots.extend(cells.map(|v| Slot::Bound(*v)));
        let mut caller = Caller {
            exec,
            env,
            id: FrameId(0),
            parent: Some(call),
            returns: Vec::new(),
            nlocals: exec.nlocals as usize,
            bound: Bound::new(v, exec.nlocals, |l| l < nargs && !celled(l)),
            edges: (0..n).map(|_| Vec::new()).collect(),
            loops: vec![None; n],
            cfg,
            escapes: self.catches_calls(),
            throws: Vec::new(),
            turn: 0,
            frame,
            pc: 0,
        };
        self.swap(&mut caller);
        let code = self.pool(code);
        self.id = self.frame_of(FrameInfo {
            code,
            locals: exec.nlocals,
            cells: exec.ncells,
            frees: exec.nfrees,
            stack: v.max_depth,
        });
        self.at_state = None;
        if self.env.entries() {
            let s = self.at();
            let fuel = Imm::Idx(self.env.fuel() as u32);
            let d = InstData::new(Op::EnterInlined, &[]).imm(fuel);
            self.push(d.exit(Reason::Poll, s));
        }
        self.body();
        self.swap(&mut caller);
        self.nest.pop();
        self.drop(drop);
        self.at_state = None;
        self.thrown_from(caller.throws);
        self.returned(caller.returns);
    }

    /// Goes on where an inlined function returns, with its result pushed.
    fn returned(&mut self, mut from: Vec<(crate::jit::ssa::types::Block, Val)>) {
        self.ended = from.is_empty();
        let Some(&(block, v)) = from.first() else {
            return;
        };
        if from.len() == 1 {
            self.block = block;
            self.frame.stack.push(v);
            return;
        }
        let first = self.func.ty(v);
        let alike = from.iter().all(|(_, v)| self.func.ty(*v) == first);
        let ty = if alike { first } else { Ty::Val };
        let meet = self.func.new_block();
        let result = self.func.add_param(meet, ty);
        for (block, v) in &mut from {
            self.block = *block;
            let v = if ty == Ty::Val { self.boxed(*v) } else { *v };
            self.push(InstData::new(Op::Jump, &[]).target(meet, &[v]));
        }
        self.ended = false;
        self.block = meet;
        self.frame.stack.push(result);
    }

    fn swap(&mut self, other: &mut Caller<'a>) {
        use std::mem::swap;
        swap(&mut self.exec, &mut other.exec);
        swap(&mut self.env, &mut other.env);
        swap(&mut self.id, &mut other.id);
        swap(&mut self.parent, &mut other.parent);
        swap(&mut self.returns, &mut other.returns);
        swap(&mut self.nlocals, &mut other.nlocals);
        swap(&mut self.bound, &mut other.bound);
        swap(&mut self.cfg, &mut other.cfg);
        swap(&mut self.escapes, &mut other.escapes);
        swap(&mut self.throws, &mut other.throws);
        swap(&mut self.edges, &mut other.edges);
        swap(&mut self.loops, &mut other.loops);
        swap(&mut self.turn, &mut other.turn);
        swap(&mut self.frame, &mut other.frame);
        swap(&mut self.pc, &mut other.pc);
    }

    /// The index of a frame like this.
    fn frame_of(&mut self, info: FrameInfo) -> FrameId {
        let all = &mut self.func.frames;
        let at = all.iter().position(|f| *f == info).unwrap_or_else(|| {
            all.push(info);
            all.len() - 1
        });
        FrameId(at as u32)
    }
}
