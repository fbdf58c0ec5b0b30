//! The abstract frame: which SSA value each variable and each stack slot is, and how frames from
//! several edges become one.

use super::Builder;
use crate::code::opcode::Opcode;
use crate::interp::attr::WAYS;
use crate::interp::executable::QInstr;
use crate::jit::ssa::frame_state::{FrameState, Kind};
use crate::jit::ssa::func::InstData;
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, StateId, Ty, Val};

/// A variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    /// Not bound.
    Empty,
    Bound(Val),
    /// Bound on some of the ways here: the word 0 on the others.
    Maybe(Val),
}

impl Slot {
    pub fn val(self) -> Option<Val> {
        match self {
            Slot::Empty => None,
            Slot::Bound(v) | Slot::Maybe(v) => Some(v),
        }
    }
}

/// Locals, cells, free variables; the value stack.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frame {
    pub slots: Vec<Slot>,
    pub stack: Vec<Val>,
    /// The shapes that objects may have, by what was guarded on the way here: a hint which of the receivers that
    /// a site knows may come. By `Func::root`.
    pub shapes: Vec<(Val, Vec<u32>)>,
}

impl Frame {
    pub fn shapes_of(&self, root: Val) -> Option<&[u32]> {
        let found = self.shapes.iter().find(|s| s.0 == root);
        found.map(|s| &s.1[..])
    }
    pub fn know(&mut self, root: Val, shapes: Vec<u32>) {
        match self.shapes.iter_mut().find(|s| s.0 == root) {
            Some(s) => s.1 = shapes,
            None => self.shapes.push((root, shapes)),
        }
    }

    /// A better known form of a value takes its place everywhere.
    pub fn rename(&mut self, old: Val, new: Val) {
        for s in &mut self.slots {
            if s.val() == Some(old) {
                *s = Slot::Bound(new);
            }
        }
        for v in &mut self.stack {
            if *v == old {
                *v = new;
            }
        }
    }
}

/// An edge whose target is not begun: a block without its terminator, and the frame at its end.
pub struct Edge {
    pub from: Block,
    pub frame: Frame,
}

impl Builder<'_> {
    /// A new state of the current frame with `drop` values less on its stack.
    pub(super) fn new_state(&mut self, kind: Kind, drop: usize) -> StateId {
        let stack = &self.frame.stack[..self.frame.stack.len() - drop];
        let s = FrameState {
            frame: self.id,
            kind,
            pc: self.pc,
            slots: self.frame.slots.iter().map(|s| s.val()).collect(),
            stack: stack.iter().map(|v| Some(*v)).collect(),
            handler: self.open_block(),
            parent: self.parent,
            cells: Vec::new(),
        };
        let id = self.func.add_state(s);
        self.push(InstData::new(Op::State, &[]).state(id));
        id
    }

    /// The state in which the interpreter executes the current instruction. The frame must still be
    /// as it was before it.
    pub(super) fn at(&mut self) -> StateId {
        match self.at_state {
            Some(s) => s,
            None => {
                let s = self.new_state(Kind::At, 0);
                self.at_state = Some(s);
                s
            }
        }
    }

    /// The word of a value.
    pub(super) fn boxed(&mut self, v: Val) -> Val {
        match Op::boxer(self.func.ty(v)) {
            Some(op) => self.one(InstData::new(op, &[v])),
            None => v,
        }
    }

    fn slot_word(&mut self, s: Slot) -> Val {
        match s.val() {
            Some(v) => self.boxed(v),
            None => self.one(InstData::new(Op::ConstEmpty, &[])),
        }
    }

    /// Ends the edge's block with a jump to `to`, passing what each of `to`'s parameters stands for.
    fn join(&mut self, e: &Edge, to: Block, shape: &[Param]) {
        let here = std::mem::replace(&mut self.block, e.from);
        let mut args = Vec::with_capacity(shape.len());
        for p in shape {
            let v = match p.place {
                Place::Slot(i) => match p.ty {
                    Ty::Val => self.slot_word(e.frame.slots[i]),
                    Ty::I64 | Ty::F64 | Ty::Bool => match e.frame.slots[i].val() {
                        Some(v) => v,
                        None => self.one(InstData::new(Op::ConstEmpty, &[])),
                    },
                },
                Place::Stack(i) => match p.ty {
                    Ty::Val => self.boxed(e.frame.stack[i]),
                    Ty::I64 | Ty::F64 | Ty::Bool => e.frame.stack[i],
                },
            };
            args.push(v);
        }
        self.push(InstData::new(Op::Jump, &[]).target(to, &args));
        self.block = here;
    }

    /// Makes the frame in which several edges meet, in a new block, which becomes the current one.
    pub(super) fn merge(&mut self, edges: &[Edge]) {
        let block = self.func.new_block();
        let (first, rest) = match edges.split_first() {
            Some(x) => x,
            None => return,
        };
        let mut frame = first.frame.clone();
        frame.shapes = (first.frame.shapes.iter())
            .filter_map(|(v, _)| {
                let all = self.shapes_of_all(edges.iter().map(|e| (&e.frame, *v)));
                Some((*v, all?))
            })
            .collect();
        let mut shape = Vec::new();
        for i in 0..frame.slots.len() {
            let a = frame.slots[i];
            if rest.iter().all(|e| e.frame.slots[i] == a) {
                continue;
            }
            let all = || edges.iter().map(|e| e.frame.slots[i]);
            let ty = self.common(all().map(|s| s.val()));
            let v = self.func.add_param(block, ty);
            let bound = all().all(|s| matches!(s, Slot::Bound(_)));
            frame.slots[i] = if bound {
                Slot::Bound(v)
            } else {
                Slot::Maybe(v)
            };
            shape.push(Param {
                place: Place::Slot(i),
                ty,
            });
        }
        for i in 0..frame.stack.len() {
            let a = frame.stack[i];
            if rest.iter().all(|e| e.frame.stack[i] == a) {
                continue;
            }
            let ty = self.common(edges.iter().map(|e| Some(e.frame.stack[i])));
            let v = self.func.add_param(block, ty);
            let known = self.shapes_of_all(edges.iter().map(|e| (&e.frame, e.frame.stack[i])));
            if let Some(known) = known {
                frame.know(v, known);
            }
            frame.stack[i] = v;
            shape.push(Param {
                place: Place::Stack(i),
                ty,
            });
        }
        for e in edges {
            self.join(e, block, &shape);
        }
        self.block = block;
        self.frame = frame;
    }

    /// What is known of the shapes of these objects together, each in its frame.
    fn shapes_of_all<'f>(&self, all: impl Iterator<Item = (&'f Frame, Val)>) -> Option<Vec<u32>> {
        let mut union: Vec<u32> = Vec::new();
        for (f, v) in all {
            for s in f.shapes_of(self.func.root(v))? {
                if !union.contains(s) {
                    union.push(*s);
                }
            }
        }
        (union.len() <= WAYS).then_some(union)
    }

    /// The type that all of them have, or `val`.
    fn common(&self, vs: impl Iterator<Item = Option<Val>>) -> Ty {
        let mut ty = None;
        for v in vs {
            let t = v.map_or(Ty::Val, |v| self.func.ty(v));
            match ty {
                None => ty = Some(t),
                Some(u) if u == t => {}
                Some(_) => return Ty::Val,
            }
        }
        ty.unwrap_or(Ty::Val)
    }

    /// Whether the code stores into this local, or into any if it is none.
    fn is_stored(&self, i: u32) -> bool {
        let stores = |q: &QInstr| {
            matches!(q.opcode(), Opcode::STORE_FAST | Opcode::DELETE_FAST) && q.arg == i
        };
        i as usize >= self.nlocals || self.exec.instrs.iter().any(stores)
    }

    /// Enters a loop from the current block. Each variable and slot becomes a parameter of type `val`:
    /// what comes back is not known yet. Passes find out what needs none, and what is an int. The state
    /// before the jump is where guards that the loop repeats may be hoisted to.
    pub(super) fn begin_loop(&mut self) -> Loop {
        self.at_state = None;
        self.at();
        let entry = Edge {
            from: self.block,
            frame: self.frame.clone(),
        };
        let block = self.func.new_block();
        let mut shape = Vec::new();
        for i in 0..self.frame.slots.len() {
            let v = self.func.add_param(block, Ty::Val);
            // What nothing stores into is in each round what it is now.
            if !self.is_stored(i as u32)
                && let Some(now) = self.frame.slots[i].val()
                && let Some(known) = self.frame.shapes_of(self.func.root(now))
            {
                let known = known.to_vec();
                self.frame.know(v, known);
            }
            let bound = i >= self.nlocals || self.bound.at(self.pc, i as u32);
            self.frame.slots[i] = if bound {
                Slot::Bound(v)
            } else {
                Slot::Maybe(v)
            };
            shape.push(Param {
                place: Place::Slot(i),
                ty: Ty::Val,
            });
        }
        for i in 0..self.frame.stack.len() {
            self.frame.stack[i] = self.func.add_param(block, Ty::Val);
            shape.push(Param {
                place: Place::Stack(i),
                ty: Ty::Val,
            });
        }
        self.join(&entry, block, &shape);
        self.block = block;
        Loop { block, shape }
    }

    /// Goes back to a loop's header from the current block.
    pub(super) fn back(&mut self, to: &Loop) {
        let e = Edge {
            from: self.block,
            frame: self.frame.clone(),
        };
        self.join(&e, to.block, &to.shape);
    }
}

/// What a block's parameter stands for.
#[derive(Clone, Copy)]
enum Place {
    Slot(usize),
    Stack(usize),
}
#[derive(Clone, Copy)]
struct Param {
    place: Place,
    ty: Ty,
}

/// A loop header that is begun.
#[derive(Clone)]
pub struct Loop {
    block: Block,
    shape: Vec<Param>,
}
