//! Leaving: cold blocks that store what the interpreter's frames need, and one call.
//!
//! Each site has a chain of frames, innermost first. The values of the chain that are not constants
//! are stored to the stack slot in their representation; `deopt::reify` boxes them. All sites of
//! a function share the block that makes the call.

use super::{L, Lower, bad, status};
use crate::jit::deopt::reason::Reason;
use crate::jit::runtime::Helper;
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Func, Imm, InstData, NO_PC};
use crate::jit::ssa::op::{Makes, Op};
use crate::jit::ssa::types::{ConstId, FrameId, StateId, Ty, Val};
use crate::jit::table::Table;
use crate::object::Value;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};
use std::cell::Cell;

/// Where an exit finds a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loc {
    /// Nothing is there.
    Empty,
    /// This word.
    Const(u64),
    /// Word of the stored ones, in this representation.
    Stored(Ty, u16),
}

/// A frame to write back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FrameMeta {
    /// Word of its code object, which the unit keeps alive.
    pub code: u64,
    pub kind: Kind,
    pub pc: u32,
    /// An exception at `pc` goes to a handler of this frame.
    pub handler: bool,
    pub slots: Box<[Loc]>,
    pub stack: Box<[Loc]>,
    /// The offset in `co_code` above the line, once somebody has asked.
    pub place: Cell<u64>,
}

/// A tuple, a dict, or a complex number, that an exit makes before anything else, into a word behind the stored ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TupleMeta {
    /// The word.
    pub at: u16,
    pub makes: Makes,
    pub items: Box<[Loc]>,
}

/// A closure's cell, and what an exit stores into it, before it looks at frames.
pub type CellMeta = (Loc, Loc);

/// What a site is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SiteKind {
    /// Before the frame was counted: the interpreter enters it as if it had been called.
    Enter,
    /// A guard failed.
    Exit,
    /// A helper or callee raised, or a callee's result is of another type.
    Call,
}

/// A place where native code may be left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    pub kind: SiteKind,
    pub reason: Reason,
    /// The instruction of the bytecode that made the bet, and the word of its code object: a guard that
    /// was hoisted out of an inlined call leaves with the caller's frame.
    pub bet: u32,
    pub code: u64,
    /// Index of its chain of frames.
    pub chain: usize,
}

/// The blocks that store these values and then go on to the stores of a caller's frame: how many exits come by, and
/// the block, if it is one of its own.
type Stores = Table<(Vec<Val>, Option<StateId>), (u32, Option<ir::Block>)>;

/// An instruction of the bytecode.
pub(super) type Bet = (FrameId, u32);

/// An exit whose block is still to be filled.
pub(crate) struct Pending {
    block: ir::Block,
    kind: SiteKind,
    reason: Reason,
    state: StateId,
    bet: Bet,
    /// Payload and status, where a call gave them.
    ended: Option<(ir::Value, ir::Value)>,
}

impl<'a> Lower<'a> {
    /// The block in which this op leaves for its reason.
    pub(super) fn exit_block(&mut self, d: &InstData) -> L<ir::Block> {
        let (Some(reason), Some(state)) = (d.reason, d.state) else {
            return bad(format!("{} has no way out", d.op.name()));
        };
        let kind = if d.op == Op::Enter || d.op == Op::EnterInlined {
            SiteKind::Enter
        } else {
            SiteKind::Exit
        };
        // A hoisted guard leaves with the state before its loop; the bet is the instruction's own.
        let bet = match d.pc {
            NO_PC => self.f.states[state.index()].at(),
            pc => (d.frame, pc),
        };
        self.exit_for(kind, reason, state, bet)
    }

    /// The block that leaves at `state` because the bet of instruction `bet` was lost.
    pub(super) fn exit_for(
        &mut self,
        kind: SiteKind,
        reason: Reason,
        state: StateId,
        bet: Bet,
    ) -> L<ir::Block> {
        let known = self
            .pending
            .iter()
            .rev()
            .take(8)
            .find(|p| (p.kind, p.reason, p.state, p.bet) == (kind, reason, state, bet));
        if let Some(p) = known {
            return Ok(p.block);
        }
        let block = self.b.create_block();
        self.b.set_cold_block(block);
        self.pending.push(Pending {
            block,
            kind,
            reason,
            state,
            bet,
            ended: None,
        });
        Ok(block)
    }

    /// Goes on where a call ended well; else leaves with what it ended with.
    pub(super) fn ended(&mut self, d: &InstData, payload: ir::Value, st: ir::Value) -> L<()> {
        let Some(state) = d.state else {
            return bad(format!("{} has no state", d.op.name()));
        };
        let block = self.b.create_block();
        self.b.set_cold_block(block);
        self.pending.push(Pending {
            block,
            kind: SiteKind::Call,
            reason: Reason::Throw,
            state,
            bet: self.f.states[state.index()].at(),
            ended: Some((payload, st)),
        });
        let Some(t) = self.catch else {
            self.branch_away(st, block);
            self.zero = Some(st);
            return Ok(());
        };
        // An exception goes to the handler; what else may have happened leaves.
        let check = self.b.create_block();
        self.b.set_cold_block(check);
        self.branch_away(st, check);
        let next = self.b.current_block();
        self.b.switch_to_block(check);
        let raised = self
            .b
            .ins()
            .icmp_imm_s(IntCC::Equal, st, status::RAISED as i64);
        let (to, args) = (self.block(t.block)?, self.target_args(&t.args)?);
        self.b.ins().brif(raised, to, &args, block, &[]);
        if let Some(next) = next {
            self.b.switch_to_block(next);
        }
        Ok(())
    }

    /// The op `exit`.
    pub(super) fn exit_now(&mut self, d: &InstData) -> L<()> {
        let out = self.exit_block(d)?;
        self.b.ins().jump(out, &[]);
        Ok(())
    }

    /// How many frames are inlined at this op, its own included.
    pub(super) fn frames_at(&self, d: &InstData) -> u32 {
        d.state.map_or(1, |s| self.f.state_chain(s).count() as u32)
    }

    /// Fills the pending exits, and the blocks they share. Exits are half of the code: an exit says which it is
    /// and goes where its values are stored, in one place for all that store the same, the values of a
    /// caller's frame in one place for all the exits inlined in it.
    pub(super) fn flush_exits(&mut self) -> L<()> {
        let pending = std::mem::take(&mut self.pending);
        // How many come by, and the block, if it is one of its own.
        let mut stores: Stores = Table::default();
        for p in &pending {
            let mut state = Some(p.state);
            while let Some(s) = state {
                let (own, _) = self.own(s)?;
                state = self.f.states[s.index()].parent;
                if own.is_empty() {
                    continue;
                }
                let n = &mut stores.entry((own, state)).or_default().0;
                *n += 1;
                if *n > 1 {
                    break;
                }
            }
        }
        for p in pending {
            self.b.switch_to_block(p.block);
            let chain = self.chain(p.state)?;
            let site = self.out.sites.len();
            self.out.sites.push(Site {
                kind: p.kind,
                reason: p.reason,
                bet: p.bet.1,
                code: self.code_of(p.bet.0),
                chain,
            });
            let site = self.iconst(site as i64);
            self.note(site, 0);
            if let Some((payload, st)) = p.ended {
                self.note(payload, 1);
                self.note(st, 2);
            }
            // From this frame outwards, until somebody has stored the rest.
            let mut state = Some(p.state);
            loop {
                let Some(s) = state else {
                    let leave = self.leave;
                    self.b.ins().jump(leave, &[]);
                    break;
                };
                let parent = self.f.states[s.index()].parent;
                let (own, at) = self.own(s)?;
                if own.is_empty() {
                    state = parent;
                    continue;
                }
                let key = (own, parent);
                if let Some((n, block)) = stores.get_mut(&key)
                    && *n > 1
                {
                    let there = block.is_some();
                    let block = *block.get_or_insert_with(|| self.b.create_block());
                    self.b.ins().jump(block, &[]);
                    if there {
                        break;
                    }
                    self.b.set_cold_block(block);
                    self.b.switch_to_block(block);
                }
                self.store(&key.0, at)?;
                state = parent;
            }
        }
        let leave = self.leave;
        self.b.switch_to_block(leave);
        let unit = self.iconst(self.env.unit as i64);
        let noted: Vec<ir::Value> = (0..3)
            .map(|i| {
                let from = self.b.ins().stack_addr(types::I64, self.noted, 0);
                let flags = MemFlagsData::trusted();
                self.b.ins().load(types::I64, flags, from, i * 8)
            })
            .collect();
        let slot = self.slot;
        let buf = self.b.ins().stack_addr(types::I64, slot, 0);
        let depth = self.depth;
        let (payload, st) = self.leave_call(&[unit, noted[0], buf, depth, noted[1], noted[2]])?;
        self.ret(payload, st);
        Ok(())
    }

    /// Word `i` of what an exit says of itself: its site; how a call ended, payload and status.
    fn note(&mut self, x: ir::Value, i: i32) {
        let to = self.b.ins().stack_addr(types::I64, self.noted, 0);
        self.b.ins().store(MemFlagsData::trusted(), x, to, i * 8);
    }

    /// `leave` takes the unit where other helpers take the Vm.
    fn leave_call(&mut self, args: &[ir::Value; 6]) -> L<(ir::Value, ir::Value)> {
        let mut s = ir::Signature::new(self.cc);
        s.params = vec![ir::AbiParam::new(types::I64); 6];
        s.returns = vec![ir::AbiParam::new(types::I64); 2];
        let sig = self.b.import_signature(s);
        let callee = self.iconst(Helper::leave_address() as i64);
        self.publish_fuel();
        let call = self.b.ins().call_indirect(sig, callee, args);
        let r = self.b.inst_results(call);
        let r = (r[0], r[1]);
        self.reload_fuel();
        Ok(r)
    }

    /// What a load of a global cell is bet to give: the guard, and the word it wants.
    pub(super) fn expected(&self, v: Val) -> Option<(&'a InstData, u64)> {
        let f: &'a Func = self.f;
        let guard = &f.insts[self.caught.get(&v)?.guard.index()];
        let bits = guard.imms.iter().find_map(|i| match i {
            Imm::Const(ConstId(c)) => self.f.consts.get(*c as usize).map(|c| c.bits()),
            _ => None,
        })?;
        (bits != 0).then_some((guard, bits))
    }

    /// Whether a value need not be stored, and the word it is then.
    fn constant(&self, v: Val) -> Option<u64> {
        let (_, d) = self.f.def(v)?;
        let word = if d.op == Op::ConstI64 {
            Value::small_int(d.int())?.bits()
        } else if d.op == Op::ConstF64 {
            match d.imms[0] {
                Imm::Float(bits) => Value::float(f64::from_bits(bits)).bits(),
                _ => return None,
            }
        } else if d.op == Op::ConstBool {
            match d.imms[0] {
                Imm::Bool(x) => Value::bool(x).bits(),
                _ => return None,
            }
        } else if d.op == Op::ConstVal {
            match d.imms[0] {
                Imm::Const(ConstId(c)) => self.f.consts.get(c as usize)?.bits(),
                _ => return None,
            }
        } else if d.op == Op::LoadGlobalCell {
            self.expected(v)?.1
        } else if d.op == Op::GuardGlobal {
            self.held(d)?
        } else if d.op == Op::ConstEmpty {
            0
        } else {
            return None;
        };
        Some(word)
    }

    /// The values of a chain that have to be stored, the outermost frame's first, and the tuples that
    /// are made of them, items first.
    fn stored(&self, s: StateId) -> (Vec<Val>, Vec<Val>) {
        let (mut out, mut tuples) = match self.f.states[s.index()].parent {
            Some(p) => self.stored(p),
            None => Default::default(),
        };
        for v in self.f.states[s.index()].values() {
            self.gather(v, &mut out, &mut tuples);
        }
        (out, tuples)
    }

    /// Those that a frame adds to its callers', and the word of the first.
    fn own(&mut self, s: StateId) -> L<(Vec<Val>, usize)> {
        let (mut vals, tuples) = self.stored(s);
        self.reserve_slot(vals.len() + tuples.len());
        let at = match self.f.states[s.index()].parent {
            Some(p) => self.stored(p).0.len(),
            None => 0,
        };
        Ok((vals.split_off(at), at))
    }

    fn gather(&self, v: Val, out: &mut Vec<Val>, tuples: &mut Vec<Val>) {
        let v = self.f.unboxed(v);
        if let Some(items) = self.tuple(v) {
            if !tuples.contains(&v) {
                for i in items {
                    self.gather(*i, out, tuples);
                }
                tuples.push(v);
            }
        } else if self.constant(v).is_none() && !out.contains(&v) {
            out.push(v);
        }
    }

    /// The items of a tuple that exits make, or the parts of a complex number.
    fn tuple(&self, v: Val) -> Option<&[Val]> {
        match self.f.def(v) {
            Some((_, d)) if d.op.is_virtual() => Some(&d.args),
            Some(_) | None => None,
        }
    }

    /// The word of a frame's code object.
    fn code_of(&self, frame: FrameId) -> u64 {
        let frame = self.f.frames.get(frame.index());
        let code = frame.and_then(|f| self.f.consts.get(f.code.index()));
        code.map_or(0, |c| c.bits())
    }

    /// Stores values from word `at` on.
    fn store(&mut self, vals: &[Val], at: usize) -> L<()> {
        let to = self.b.ins().stack_addr(types::I64, self.slot, 0);
        for (i, v) in vals.iter().enumerate() {
            let mut x = self.v(*v)?;
            if self.b.func.dfg.value_type(x) == types::I8 {
                x = self.b.ins().uextend(types::I64, x);
            }
            let at = ((at + i) * 8) as i32;
            self.b.ins().store(MemFlagsData::trusted(), x, to, at);
        }
        Ok(())
    }

    /// Where an exit finds a value, of those that have a place.
    fn loc(&self, at: &Table<Val, u16>, v: &Option<Val>) -> L<Loc> {
        let Some(v) = v else {
            return Ok(Loc::Empty);
        };
        let v = self.f.unboxed(*v);
        match (self.constant(v), at.get(&v)) {
            (Some(0), _) => Ok(Loc::Empty),
            (Some(w), _) => Ok(Loc::Const(w)),
            (None, Some(&i)) => Ok(Loc::Stored(self.f.ty(v), i)),
            (None, None) => bad(format!("{v} is not stored")),
        }
    }

    fn meta(&self, s: StateId, slots: Box<[Loc]>, stack: Box<[Loc]>) -> L<FrameMeta> {
        let st = &self.f.states[s.index()];
        if st.frame.index() >= self.f.frames.len() {
            return bad("a state of no frame");
        }
        Ok(FrameMeta {
            code: self.code_of(st.frame),
            kind: st.kind,
            pc: st.pc,
            handler: st.handler,
            slots,
            stack,
            place: Cell::new(0),
        })
    }

    /// How the tuples are made.
    fn made(&self, at: &Table<Val, u16>, tuples: &[Val]) -> L<Vec<TupleMeta>> {
        let mut made = Vec::with_capacity(tuples.len());
        for t in tuples {
            let items = self.tuple(*t).unwrap_or_default().iter();
            let items = items.map(|v| self.loc(at, &Some(*v))).collect::<L<_>>()?;
            let Some(makes) = self.f.def(*t).and_then(|(_, d)| d.op.makes()) else {
                return bad("what an exit makes has no row");
            };
            let at = at.get(t).copied().unwrap_or_default();
            made.push(TupleMeta { at, makes, items });
        }
        Ok(made)
    }

    fn chain(&mut self, innermost: StateId) -> L<usize> {
        if let Some(&i) = self.chain_of.get(&innermost.0) {
            return Ok(i);
        }
        let (vals, tuples) = self.stored(innermost);
        let at = places(&vals, &tuples);
        let mut frames = Vec::new();
        for s in self.f.state_chain(innermost) {
            let st = &self.f.states[s.index()];
            let slots = st.slots.iter().map(|v| self.loc(&at, v));
            let stack = st.stack.iter().map(|v| self.loc(&at, v));
            let (slots, stack) = (slots.collect::<L<_>>()?, stack.collect::<L<_>>()?);
            frames.push(self.meta(s, slots, stack)?);
        }
        let made = self.made(&at, &tuples)?;
        let mut cells = Vec::new();
        for (c, v) in &self.f.states[innermost.index()].cells {
            cells.push((self.loc(&at, &Some(*c))?, self.loc(&at, &Some(*v))?));
        }
        self.out.tuples.push(made);
        self.out.cells.push(cells);
        self.out.chains.push(frames);
        self.chain_of.insert(innermost.0, self.out.chains.len() - 1);
        Ok(self.out.chains.len() - 1)
    }

    /// The site of an `rt_catch`: of the frames that end the variables, of the next how deep its stack is. The
    /// words are stored.
    pub(super) fn catch_site(&mut self, d: &InstData) -> L<usize> {
        let (Some(state), Some(&Imm::Idx(n)), Some(&Imm::Idx(level))) =
            (d.state, d.imms.get(1), d.imms.get(2))
        else {
            return bad("rt_catch has no place");
        };
        let states: Vec<StateId> = self.f.state_chain(state).collect();
        let Some((&to, left)) = states.get(..=n as usize).and_then(<[_]>::split_last) else {
            return bad("rt_catch in no frame");
        };
        let (mut vals, mut tuples) = (Vec::new(), Vec::new());
        for s in left {
            for v in self.f.states[s.index()].slots.iter().flatten() {
                self.gather(*v, &mut vals, &mut tuples);
            }
        }
        self.reserve_slot((vals.len() + tuples.len()).max(d.results.len()));
        self.store(&vals, 0)?;
        let at = places(&vals, &tuples);
        let mut frames = Vec::with_capacity(states.len());
        for s in left {
            let st = &self.f.states[s.index()];
            let slots = st.slots.iter().map(|v| self.loc(&at, v));
            let slots = slots.collect::<L<_>>()?;
            frames.push(self.meta(*s, slots, Box::default())?);
        }
        let stack = vec![Loc::Empty; level as usize];
        frames.push(self.meta(to, Box::default(), stack.into())?);
        let made = self.made(&at, &tuples)?;
        let (frame, pc) = self.f.states[state.index()].at();
        self.out.sites.push(Site {
            kind: SiteKind::Call,
            reason: Reason::Throw,
            bet: pc,
            code: self.code_of(frame),
            chain: self.out.chains.len(),
        });
        self.out.tuples.push(made);
        self.out.cells.push(Vec::new());
        self.out.chains.push(frames);
        Ok(self.out.sites.len() - 1)
    }

    /// `raise`, `reraise`: the helper always raises.
    pub(super) fn raised(&mut self, d: &InstData, h: Helper, args: &[ir::Value]) -> L<()> {
        self.publish(d);
        let (payload, st) = self.helper(h, args)?;
        self.ended(d, payload, st)?;
        // Not reached; the block wants an end.
        let zero = self.iconst(0);
        let st = self.iconst(status::RAISED as i64);
        self.ret(zero, st);
        Ok(())
    }
}

/// The words of values, and of the tuples behind them.
fn places(vals: &[Val], tuples: &[Val]) -> Table<Val, u16> {
    let all = vals.iter().chain(tuples).enumerate();
    all.map(|(i, v)| (*v, i as u16)).collect()
}
