//! Global value numbering: an instruction that a dominating one with the same operands makes redundant
//! goes, guards included. One that reads memory is redundant only while nothing it reads was written. What a
//! closure's cell was given is what a load of it gives. What guards only pass on counts as the same operand.

use super::dom::Dom;
use crate::jit::ssa::effect::{Heap, PASSES, SHAPES, SLOTS};
use crate::jit::ssa::func::{Func, Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Val};
use crate::jit::table::Table;

/// Blocks past which a join is not looked into: each look is as long as the function.
const MANY: usize = 1000;
/// Classes of memory: those of `effect`, and one for the attributes' slots of each number modulo 16, so that
/// a store into one leaves the others known.
const CLASSES: usize = 2 * Heap::BITS as usize;
type Memory = u32;
const EACH_SLOT: Memory = 0xFFFF << Heap::BITS;

/// The class of a slot's memory.
fn slot_of(d: &InstData) -> Memory {
    1 << (Heap::BITS as i64 + (d.int() & 15))
}
fn reads_of(d: &InstData) -> Memory {
    if d.op == Op::SlotGet {
        return slot_of(d);
    }
    d.op.reads() as Memory
}
fn writes_of(d: &InstData) -> Memory {
    if d.op == Op::SlotSet {
        return slot_of(d);
    }
    if d.op == Op::SlotAdd {
        return slot_of(d) | SHAPES as Memory;
    }
    let all = d.op.writes() as Memory;
    match all & SLOTS as Memory {
        0 => all,
        _slots => all | EACH_SLOT,
    }
}

#[derive(PartialEq, Eq, Hash, Clone)]
struct Key {
    op: Op,
    imms: [Imm; 3],
    args: Vec<Val>,
    /// Version of each class of memory it reads.
    memory: Vec<u32>,
}

struct Gvn<'a> {
    f: &'a mut Func,
    dom: Dom,
    table: Table<Key, Vec<Val>>,
    map: Table<Val, Val>,
    /// Version of each class at the end of each block.
    end: Vec<[u32; CLASSES]>,
    next: u32,
    /// Classes written in each block.
    writes: Vec<Memory>,
}

pub fn run(f: &mut Func) {
    let dom = Dom::new(f);
    let mut writes = vec![0; f.blocks.len()];
    for &b in &dom.rpo {
        for &i in &f.blocks[b.index()].insts {
            writes[b.index()] |= writes_of(&f.insts[i.index()]);
        }
    }
    let kids = dom.children();
    let n = f.blocks.len();
    let mut g = Gvn {
        f,
        dom,
        table: Table::default(),
        map: Table::default(),
        end: vec![[0; CLASSES]; n],
        next: 1,
        writes,
    };
    // A walk of the dominator tree; what a block has added leaves the table with it.
    enum Step {
        Enter(u32),
        Leave(Vec<Key>),
    }
    let mut work = vec![Step::Enter(0)];
    while let Some(s) = work.pop() {
        match s {
            Step::Leave(keys) => {
                for k in keys {
                    g.table.remove(&k);
                }
            }
            Step::Enter(n) => {
                let b = g.dom.rpo[n as usize];
                let added = g.block(b);
                work.push(Step::Leave(added));
                work.extend(kids[n as usize].iter().rev().map(|k| Step::Enter(*k)));
            }
        }
    }
    let map = std::mem::take(&mut g.map);
    f.substitute(&map);
}

/// Operands in an order of their own where theirs does not matter.
fn canonical(d: &InstData, args: &mut [Val], imms: &mut [Imm; 3]) {
    const COMMUTE: [Op; 8] = [
        Op::AddI64,
        Op::MulI64,
        Op::AndI64,
        Op::OrI64,
        Op::XorI64,
        Op::WrapAddI64,
        Op::WrapMulI64,
        Op::IsVal,
    ];
    if let [a, b] = args
        && *b < *a
    {
        if COMMUTE.contains(&d.op) {
            std::mem::swap(a, b);
        } else if (d.op == Op::IcmpI64 || d.op == Op::FcmpF64)
            && let Imm::Cmp(c) = imms[0]
        {
            std::mem::swap(a, b);
            imms[0] = Imm::Cmp(c.swap());
        }
    }
}

/// What would load it, its operand, and what it would give, after an instruction that stores.
fn given(d: &InstData) -> Option<(InstData, Val, Val)> {
    let cell = || InstData::new(Op::LoadCell, &[]);
    match (d.op, &d.args[..]) {
        (Op::StoreCell, &[cell_, v]) => Some((cell(), cell_, v)),
        (Op::RtMakeCell, &[v]) => Some((cell(), d.result(), v)),
        (Op::AsShape, &[o]) => {
            let guard = InstData::new(Op::GuardShape, &[]).imm(d.imms[0]);
            Some((guard, o, d.result()))
        }
        (Op::SlotSet | Op::SlotAdd, &[o, v]) => {
            let load = InstData::new(Op::SlotGet, &[]).imm(d.imms[0]);
            Some((load, o, v))
        }
        _other => None,
    }
}

impl Gvn<'_> {
    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    /// What memory is at the head of a block.
    fn memory(&mut self, b: Block) -> [u32; CLASSES] {
        let Some(d) = self.dom.idom(b) else {
            return [0; CLASSES];
        };
        let mut m = self.end[d.index()];
        if self.dom.preds[b.index()].as_slice() == [d] {
            return m;
        }
        if self.dom.rpo.len() > MANY {
            return std::array::from_fn(|_| self.fresh());
        }
        // Everything on a way from the dominator to here may have happened.
        let mut seen = vec![false; self.f.blocks.len()];
        let mut work = self.dom.preds[b.index()].clone();
        let mut written = 0;
        while let Some(x) = work.pop() {
            if x == d || std::mem::replace(&mut seen[x.index()], true) {
                continue;
            }
            written |= self.writes[x.index()];
            work.extend(&self.dom.preds[x.index()]);
        }
        for (c, v) in m.iter_mut().enumerate() {
            if written >> c & 1 == 1 {
                *v = self.fresh();
            }
        }
        m
    }

    fn block(&mut self, b: Block) -> Vec<Key> {
        let mut memory = self.memory(b);
        let mut added = Vec::new();
        let insts = std::mem::take(&mut self.f.blocks[b.index()].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for i in insts {
            let d = &self.f.insts[i.index()];
            let op = d.op;
            if op.repeatable() {
                let mut args: Vec<Val> = d.args.iter().map(|a| self.find(*a)).collect();
                let mut imms = d.imms;
                canonical(d, &mut args, &mut imms);
                let reads = reads_of(d);
                if let Some(a) = args.first_mut() {
                    *a = self.root(*a);
                }
                let key = Key {
                    op,
                    imms,
                    args,
                    memory: (0..CLASSES)
                        .filter(|c| reads >> c & 1 == 1)
                        .map(|c| memory[c])
                        .collect(),
                };
                let results = d.results.clone();
                match self.table.get(&key) {
                    Some(old) => {
                        let pairs = results.iter().copied().zip(old.iter().copied());
                        self.map.extend(pairs);
                        continue;
                    }
                    None => {
                        self.table.insert(key.clone(), results);
                        added.push(key);
                    }
                }
            }
            let writes = writes_of(&self.f.insts[i.index()]);
            for (c, v) in memory.iter_mut().enumerate() {
                if writes >> c & 1 == 1 {
                    self.next += 1;
                    *v = self.next;
                }
            }
            if let Some((load, holder, content)) = given(&self.f.insts[i.index()]) {
                let reads = reads_of(&load);
                let key = Key {
                    op: load.op,
                    imms: load.imms,
                    args: vec![self.root(holder)],
                    memory: (0..CLASSES)
                        .filter(|c| reads >> c & 1 == 1)
                        .map(|c| memory[c])
                        .collect(),
                };
                let content = self.find(content);
                if self.table.insert(key.clone(), vec![content]).is_none() {
                    added.push(key);
                }
            }
            kept.push(i);
        }
        self.f.blocks[b.index()].insts = kept;
        self.end[b.index()] = memory;
        added
    }

    /// The value that guards have passed on as it is.
    fn root(&self, mut v: Val) -> Val {
        loop {
            v = self.find(v);
            match self.f.def(v) {
                Some((_, d)) if d.op.has(PASSES) => v = d.args[0],
                Some(_) | None => return v,
            }
        }
    }
    fn find(&self, mut v: Val) -> Val {
        while let Some(&w) = self.map.get(&v) {
            v = w;
        }
        v
    }
}
