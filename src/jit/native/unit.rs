//! A unit of native code, and the cells through which others call it.

use super::module::Code;
use crate::jit::deopt::reason::Reason;
use crate::jit::lower::{CellMeta, FrameMeta, Loc, Site, TupleMeta};
use crate::jit::memory::Counted;
use crate::jit::ssa::func::Sig;
use crate::object::{Tracer, Value};
use crate::vm::Vm;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Where a function's direct entry is, for one signature. Native code of callers reads `addr`
/// (offset 0) at each call; 0 while there is no code by that signature.
#[repr(C)]
pub struct EntryCell {
    pub addr: Cell<usize>,
    /// Calls that found it empty.
    pub misses: Cell<u32>,
    pub sig: Sig,
    /// The word of the function's code object, which owns the cell and is alive while it is called.
    pub code: u64,
}

/// Where generators of one code object go on natively from one place. Native code reads the words.
#[repr(C)]
pub struct ResumeCell {
    /// The frame entry; 0 while there is no code.
    pub entry: Cell<usize>,
    /// The globals that the code relies on.
    pub globals: Cell<u64>,
    /// Offset from the generator of the slot that takes what is sent.
    pub sent: u64,
    /// The instruction it goes on at.
    pub pc: u32,
}

/// Where a unit is entered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnitKind {
    /// At a function's start.
    Function,
    /// At this loop header, in a frame of the interpreter.
    Loop(u32),
    /// At this instruction, in the frame of a generator that goes on or starts.
    Resume(u32),
}

/// What is known of a unit once it is compiled.
pub struct Body {
    pub code: Code,
    /// Address of the direct entry (0 for a loop) and of the frame entry.
    pub direct: usize,
    pub frame: usize,
    /// Address of the open entry, or 0 (`lower::open`).
    pub open: usize,
    pub sites: Vec<Site>,
    pub chains: Vec<Vec<FrameMeta>>,
    pub tuples: Vec<Vec<TupleMeta>>,
    pub stores: Vec<Vec<CellMeta>>,
    /// Words of the objects that code and metadata embed: the tracer sees them through `trace`.
    pub consts: Box<[u64]>,
    /// What it relies on (`jit::watch`).
    pub watched: Vec<Watched>,
    /// Entry cells that the code reads.
    pub cells: Vec<Rc<EntryCell>>,
    /// Its bytes: the code, and what its exits know.
    pub counted: Counted,
}

/// A global's cell that is to keep its function, and the function's version when the code was made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// Their words.
    pub cell: u64,
    pub function: u64,
    pub version: u64,
}

/// Bytes of what exits know.
pub fn meta_bytes(
    sites: &[Site],
    chains: &[Vec<FrameMeta>],
    made: &[Vec<TupleMeta>],
    stores: &[Vec<CellMeta>],
) -> usize {
    let locs = |m: &FrameMeta| (m.slots.len() + m.stack.len()) * size_of::<Loc>();
    let frames = chains.iter().flatten();
    let tuples = made.iter().flatten();
    size_of_val(sites)
        + size_of_val(chains)
        + frames
            .map(|m| size_of::<FrameMeta>() + locs(m))
            .sum::<usize>()
        + size_of_val(made)
        + size_of_val(stores)
        + stores.iter().map(|s| size_of_val(&s[..])).sum::<usize>()
        + tuples
            .map(|t| size_of::<TupleMeta>() + size_of_val(&t.items[..]))
            .sum::<usize>()
}

/// How much a draft was worth so far.
#[derive(Default)]
pub struct Draft {
    /// Entries from the interpreter, and the time spent in them.
    pub entries: Cell<u32>,
    pub ran: Cell<Duration>,
    /// No better one could be made: it stays.
    pub stays: Cell<bool>,
}

/// A unit. Its address is embedded in its code, so it stays in its `Rc`.
pub struct Unit {
    pub vm: *mut Vm,
    pub name: String,
    pub kind: UnitKind,
    pub sig: Sig,
    /// Frames that calls inlined in it add to the depth, at most.
    pub room: u32,
    /// Its calls of itself are bet to give ints that are not negative (`Func::up`).
    pub up: bool,
    /// The code object it was compiled from, and the globals it relies on.
    pub owner: Value,
    pub globals: Value,
    /// The namespace of module code.
    pub namespace: Option<Value>,
    /// Made when a program could ask for the frames of a traceback: `deopt::caught`.
    pub frames: bool,
    /// Exits taken, all reasons.
    pub exits: Cell<u32>,
    /// Set when another unit has taken its place: native frames of it may still run.
    pub retired: Cell<bool>,
    /// When it was put into service.
    pub since: Cell<Instant>,
    /// When it was last entered from the interpreter, and whether native callers have lost sight of it:
    /// see `memory`.
    pub used: Cell<u64>,
    pub unlinked: Cell<bool>,
    /// It was made in a hurry.
    pub draft: Option<Draft>,
    pub body: OnceCell<Body>,
}

impl Unit {
    /// It is to be replaced.
    pub fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref().filter(|d| !d.stays.get())
    }
    pub fn site(&self, i: u64) -> Option<(&Site, &[FrameMeta])> {
        let b = self.body.get()?;
        let s = b.sites.get(i as usize)?;
        Some((s, b.chains.get(s.chain)?))
    }
    /// The tuples that an exit at this site makes.
    pub fn tuples(&self, s: &Site) -> &[TupleMeta] {
        let b = self.body.get();
        b.and_then(|b| b.tuples.get(s.chain)).map_or(&[], |t| t)
    }
    /// What an exit at this site stores into cells.
    pub fn stores(&self, s: &Site) -> &[CellMeta] {
        let b = self.body.get();
        b.and_then(|b| b.stores.get(s.chain)).map_or(&[], |t| t)
    }
    /// First address and bytes of its code.
    pub fn range(&self) -> (usize, usize) {
        self.body.get().map_or((0, 0), |b| b.code.range())
    }
    /// Bytes accounted for it.
    pub fn bytes(&self) -> usize {
        self.body.get().map_or(0, |b| b.counted.bytes())
    }
    /// Shows what it embeds.
    pub fn trace(&self, t: &mut Tracer<'_>) {
        t.value(self.owner);
        t.value(self.globals);
        if let Some(n) = self.namespace {
            t.value(n);
        }
        if let Some(b) = self.body.get() {
            for v in b.consts.iter().filter_map(|w| Value::from_bits(*w)) {
                t.value(v);
            }
        }
    }
    /// Counts an exit; how many there were.
    pub fn left(&self, _r: Reason) -> u32 {
        let n = self.exits.get().saturating_add(1);
        self.exits.set(n);
        n
    }
}
