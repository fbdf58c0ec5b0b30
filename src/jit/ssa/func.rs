//! `Func`: one unit of native code in SSA form, and the operations that keep its tables in step.

use super::effect::PASSES;
use super::frame_state::FrameState;
use super::op::{How, Op};
use super::types::{Block, Cmp, ConstId, FrameId, Inst, SigId, StateId, Ty, Val};
use crate::code::opcode::Opcode;
use crate::jit::deopt::reason::Reason;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// How a native entry takes its arguments and gives its result.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Sig {
    pub params: Vec<Ty>,
    pub ret: Ty,
}

/// Where a unit is entered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    /// At the start. The entry block's parameters are the function's arguments in the
    /// representations of `sig.params` (what a `def` line counts, `*args` and `**kw` included), then
    /// cells, then free variables (`val`). An argument that lives in a cell is the word 0.
    Function,
    /// At a loop header, from the interpreter. The parameters are the frame's slots, then the
    /// value stack at that instruction, all `val`, 0 where nothing is.
    Loop { pc: u32 },
    /// Where a generator goes on (or starts), its frame in it. Parameters as for a loop.
    Resume { pc: u32 },
}

/// A function whose frame states describe.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// Its code object.
    pub code: ConstId,
    pub locals: u32,
    pub cells: u32,
    pub frees: u32,
    pub stack: u32,
}

/// A constant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Const {
    /// The word of an immediate `Value`.
    Imm(u64),
    /// A heap object: its word (0 in parsed text), kept alive by whoever holds the unit, and a
    /// name for people.
    Object { bits: u64, text: String },
}
impl Const {
    /// The word.
    pub fn bits(&self) -> u64 {
        match self {
            Const::Imm(b) | Const::Object { bits: b, .. } => *b,
        }
    }
}

/// An immediate operand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Imm {
    None,
    Int(i64),
    /// The bits of a float.
    Float(u64),
    Bool(bool),
    Const(ConstId),
    Cmp(Cmp),
    Opc(Opcode),
    Idx(u32),
    Sig(SigId),
}

/// Where a branch goes, with what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    pub block: Block,
    pub args: Vec<Val>,
}

/// An instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstData {
    pub op: Op,
    pub imms: [Imm; 3],
    pub args: Vec<Val>,
    pub results: Vec<Val>,
    pub targets: Vec<Target>,
    pub reason: Option<Reason>,
    pub state: Option<StateId>,
    /// The instruction of the bytecode it comes from; `NO_PC`: none.
    pub pc: u32,
    /// The function that this is an instruction of.
    pub frame: FrameId,
}
/// A flag of `rt_make_function`: see there.
pub const SOUND: u32 = 256;
/// See `InstData::pc`.
pub const NO_PC: u32 = u32::MAX;

impl InstData {
    /// An instruction with these operands and nothing else.
    pub fn new(op: Op, args: &[Val]) -> InstData {
        InstData {
            op,
            imms: [Imm::None; 3],
            args: args.to_vec(),
            results: Vec::new(),
            targets: Vec::new(),
            reason: None,
            state: None,
            pc: NO_PC,
            frame: FrameId(0),
        }
    }
    pub fn imm(mut self, i: Imm) -> InstData {
        let at = self.imms.iter().take_while(|i| **i != Imm::None).count();
        self.imms[at] = i;
        self
    }
    pub fn exit(mut self, r: Reason, s: StateId) -> InstData {
        self.reason = Some(r);
        self.state = Some(s);
        self
    }
    pub fn state(mut self, s: StateId) -> InstData {
        self.state = Some(s);
        self
    }
    pub fn target(mut self, block: Block, args: &[Val]) -> InstData {
        self.targets.push(Target {
            block,
            args: args.to_vec(),
        });
        self
    }
    pub fn at(mut self, pc: u32) -> InstData {
        self.pc = pc;
        self
    }
    /// The first result. Ops that have none are a bug of the caller.
    pub fn result(&self) -> Val {
        self.results[0]
    }
    /// Whether it makes a function without a look at what of: `rt_make_function` with that flag.
    pub fn is_sound_function(&self) -> bool {
        self.op == Op::RtMakeFunction && matches!(self.imms[0], Imm::Idx(n) if n & SOUND != 0)
    }
    /// How the exception of an `rt_catch` came up.
    pub fn how(&self) -> Option<How> {
        match self.imms[0] {
            Imm::Idx(n) => How::ALL.get(n as usize).copied(),
            _ => None,
        }
    }
    pub fn int(&self) -> i64 {
        match self.imms[0] {
            Imm::Int(i) => i,
            _ => 0,
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Def {
    Param(Block, u32),
    Result(Inst, u32),
    /// Nothing defines it any more.
    Gone,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValData {
    pub ty: Ty,
    pub def: Def,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BlockData {
    pub params: Vec<Val>,
    pub insts: Vec<Inst>,
    /// Rarely executed: laid out of line.
    pub cold: bool,
}

/// One unit of native code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Func {
    pub name: String,
    pub entry: Entry,
    pub sig: Sig,
    /// Frames that inlined calls add to the depth, at most. The entry makes sure that there is room for
    /// them, so that they need no check of their own.
    pub room: u32,
    /// Calls of itself give ints that are not negative: an exit that ends in another number hands it over boxed.
    pub up: bool,
    /// Calls that were built in: for the statistics, not in the text.
    pub inlined: u32,
    /// A draft: more would be built in if there were time. Not in the text either.
    pub held_back: bool,
    pub frames: Vec<Frame>,
    pub consts: Vec<Const>,
    pub sigs: Vec<Sig>,
    pub states: Vec<FrameState>,
    pub vals: Vec<ValData>,
    pub insts: Vec<InstData>,
    pub blocks: Vec<BlockData>,
    /// The blocks that are part of the function, entry first.
    pub order: Vec<Block>,
}

impl Func {
    /// A function without blocks.
    pub fn new(name: impl Into<String>, entry: Entry, sig: Sig) -> Func {
        Func {
            name: name.into(),
            entry,
            sig,
            room: 0,
            up: false,
            inlined: 0,
            held_back: false,
            frames: Vec::new(),
            consts: Vec::new(),
            sigs: Vec::new(),
            states: Vec::new(),
            vals: Vec::new(),
            insts: Vec::new(),
            blocks: Vec::new(),
            order: Vec::new(),
        }
    }
    pub fn new_block(&mut self) -> Block {
        let b = Block(self.blocks.len() as u32);
        self.blocks.push(BlockData::default());
        self.order.push(b);
        b
    }
    pub fn new_val(&mut self, ty: Ty, def: Def) -> Val {
        let v = Val(self.vals.len() as u32);
        self.vals.push(ValData { ty, def });
        v
    }
    pub fn add_param(&mut self, b: Block, ty: Ty) -> Val {
        let at = self.blocks[b.index()].params.len() as u32;
        let v = self.new_val(ty, Def::Param(b, at));
        self.blocks[b.index()].params.push(v);
        v
    }
    pub fn add_state(&mut self, s: FrameState) -> StateId {
        let id = StateId(self.states.len() as u32);
        self.states.push(s);
        id
    }
    /// The pool's entry for this constant.
    pub fn add_const(&mut self, c: Const) -> ConstId {
        let same = |d: &Const| match (&c, d) {
            (Const::Object { bits: 0, .. }, _) => false,
            (Const::Object { bits: a, .. }, Const::Object { bits: b, .. }) => a == b,
            (Const::Imm(a), Const::Imm(b)) => a == b,
            (Const::Imm(_), Const::Object { .. }) | (Const::Object { .. }, Const::Imm(_)) => false,
        };
        match self.consts.iter().position(same) {
            Some(i) => ConstId(i as u32),
            None => {
                self.consts.push(c);
                ConstId(self.consts.len() as u32 - 1)
            }
        }
    }
    pub fn add_sig(&mut self, s: Sig) -> SigId {
        match self.sigs.iter().position(|t| *t == s) {
            Some(i) => SigId(i as u32),
            None => {
                self.sigs.push(s);
                SigId(self.sigs.len() as u32 - 1)
            }
        }
    }
    /// Makes an instruction and its results, which lies in no block yet.
    pub fn make_inst(&mut self, mut d: InstData) -> Inst {
        let i = Inst(self.insts.len() as u32);
        let tys = self.result_types(&d);
        d.results = tys
            .iter()
            .enumerate()
            .map(|(k, t)| self.new_val(*t, Def::Result(i, k as u32)))
            .collect();
        self.insts.push(d);
        i
    }
    /// Appends an instruction to a block.
    pub fn push(&mut self, b: Block, d: InstData) -> Inst {
        let i = self.make_inst(d);
        self.blocks[b.index()].insts.push(i);
        i
    }
    /// The types of the results an instruction has, by its row and its immediates.
    pub fn result_types(&self, d: &InstData) -> Vec<Ty> {
        use super::op::TySpec;
        let mut out = Vec::new();
        for s in d.op.results() {
            match *s {
                TySpec::Is(t) => out.push(t),
                TySpec::Any => {}
                TySpec::Sig => out.push(self.called_sig(d).map_or(Ty::Val, |s| s.ret)),
                TySpec::Many => {
                    for i in d.imms {
                        if let Imm::Idx(n) = i {
                            out.extend((0..n).map(|_| Ty::Val));
                        }
                    }
                }
            }
        }
        out
    }
    /// The signature that a direct call goes by.
    pub fn called_sig(&self, d: &InstData) -> Option<&Sig> {
        for i in d.imms {
            if let Imm::Sig(g) = i {
                return self.sigs.get(g.index());
            }
        }
        Some(&self.sig)
    }
    #[inline]
    pub fn ty(&self, v: Val) -> Ty {
        self.vals[v.index()].ty
    }
    /// The instruction that defines a value, unless it is a block's parameter.
    #[inline]
    pub fn def(&self, v: Val) -> Option<(Inst, &InstData)> {
        match self.vals[v.index()].def {
            Def::Result(i, _) => Some((i, &self.insts[i.index()])),
            Def::Param(..) | Def::Gone => None,
        }
    }
    /// What a word was made of, if it was made here; else the word.
    pub fn unboxed(&self, v: Val) -> Val {
        match self.def(v) {
            Some((_, d)) if d.op.boxes().is_some() => d.args[0],
            Some(_) | None => v,
        }
    }
    /// The value that guards have passed on as this one.
    pub fn root(&self, mut v: Val) -> Val {
        while let Some((_, d)) = self.def(v).filter(|(_, d)| d.op.has(PASSES)) {
            v = d.args[0];
        }
        v
    }
    /// The last instruction of a block.
    pub fn term(&self, b: Block) -> Option<&InstData> {
        let i = *self.blocks[b.index()].insts.last()?;
        Some(&self.insts[i.index()]).filter(|d| d.op.is_term())
    }
    /// Where a block goes.
    pub fn succs(&self, b: Block) -> impl Iterator<Item = Block> + '_ {
        self.term(b)
            .into_iter()
            .flat_map(|t| t.targets.iter().map(|t| t.block))
    }
    /// For each block, the blocks that go to it, once for each edge.
    pub fn preds(&self) -> Vec<Vec<Block>> {
        let mut p = vec![Vec::new(); self.blocks.len()];
        for &b in &self.order {
            for s in self.succs(b) {
                p[s.index()].push(b);
            }
        }
        p
    }
    /// A state and those it is inlined in, innermost first.
    pub fn state_chain(&self, s: StateId) -> impl Iterator<Item = StateId> + '_ {
        std::iter::successors(Some(s), |s| self.states[s.index()].parent)
    }
    /// Puts other values in the place of these everywhere. A replacement may itself be replaced.
    pub fn substitute<S: BuildHasher>(&mut self, map: &HashMap<Val, Val, S>) {
        if map.is_empty() {
            return;
        }
        let find = |v: Val| {
            let mut v = v;
            while let Some(&w) = map.get(&v) {
                v = w;
            }
            v
        };
        for &b in &self.order {
            for &i in &self.blocks[b.index()].insts {
                let d = &mut self.insts[i.index()];
                for a in &mut d.args {
                    *a = find(*a);
                }
                for t in &mut d.targets {
                    for a in &mut t.args {
                        *a = find(*a);
                    }
                }
            }
        }
        for s in &mut self.states {
            for v in s.values_mut() {
                *v = find(*v);
            }
        }
    }
    /// Takes away a parameter of a block, and what each edge passes for it.
    pub fn remove_param(&mut self, b: Block, at: usize) {
        let v = self.blocks[b.index()].params.remove(at);
        self.vals[v.index()].def = Def::Gone;
        for (k, &p) in self.blocks[b.index()].params.iter().enumerate().skip(at) {
            self.vals[p.index()].def = Def::Param(b, k as u32);
        }
        for k in 0..self.order.len() {
            let from = self.order[k];
            let Some(&i) = self.blocks[from.index()].insts.last() else {
                continue;
            };
            for t in &mut self.insts[i.index()].targets {
                if t.block == b {
                    t.args.remove(at);
                }
            }
        }
    }
    /// Blocks in reverse post-order from the entry; those that cannot be reached are left out.
    pub fn rpo(&self) -> Vec<Block> {
        let Some(&entry) = self.order.first() else {
            return Vec::new();
        };
        let mut seen = vec![false; self.blocks.len()];
        let mut post = Vec::with_capacity(self.order.len());
        let mut work: Vec<(Block, Vec<Block>)> = vec![(entry, self.succs(entry).collect())];
        seen[entry.index()] = true;
        while let Some((b, rest)) = work.last_mut() {
            // The last successor first, so that the first one comes first in the result.
            match rest.pop() {
                Some(s) => {
                    if !seen[s.index()] {
                        seen[s.index()] = true;
                        let next = self.succs(s).collect();
                        work.push((s, next));
                    }
                }
                None => {
                    post.push(*b);
                    work.pop();
                }
            }
        }
        post.reverse();
        post
    }
}
