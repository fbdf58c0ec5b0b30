//! What every `Func` must satisfy, between any two passes.
//!
//! 1. Shape: rows' operands, immediates, results and targets; one terminator, last; the entry
//!    block has no predecessor; every edge passes what the block's parameters want.
//! 2. Every value is defined where it is used (on all paths), by one definition.
//! 3. An exit's state holds where it is used: on every path to it, nothing was written since the
//!    `state` instruction. Slots and stack are as large as the frame says; kinds fit the op.

use super::effect::{EXITS, RAISES, SPECIAL, STATE};
use super::frame_state::Kind;
use super::func::{Def, Entry, Func, Imm, InstData};
use super::op::{ImmKind, Op, TySpec};
use super::types::{Block, Inst, StateId, Ty, Val};

/// Checks it all.
///
/// # Errors
/// What is wrong, and at which instruction.
pub fn verify(f: &Func) -> Result<(), String> {
    let v = Verifier { f };
    v.blocks()?;
    for &b in &f.order {
        for &i in &f.blocks[b.index()].insts {
            let d = &f.insts[i.index()];
            v.inst(b, d)
                .map_err(|e| format!("{b}: {}: {e}", f.inst_text(d)))?;
        }
    }
    v.flow()
}

/// A set of small numbers.
#[derive(Clone, PartialEq)]
struct Set(Vec<u64>);
impl Set {
    fn new(n: usize, full: bool) -> Set {
        Set(vec![if full { !0 } else { 0 }; n.div_ceil(64)])
    }
    fn has(&self, i: usize) -> bool {
        self.0.get(i / 64).is_some_and(|w| w >> (i % 64) & 1 == 1)
    }
    fn add(&mut self, i: usize) {
        self.0[i / 64] |= 1 << (i % 64);
    }
    fn remove(&mut self, i: usize) {
        self.0[i / 64] &= !(1 << (i % 64));
    }
    fn clear(&mut self) {
        self.0.fill(0);
    }
    /// Keeps what is in both; tells whether anything went.
    fn meet(&mut self, o: &Set) -> bool {
        let mut changed = false;
        for (a, b) in self.0.iter_mut().zip(&o.0) {
            changed |= *a & !b != 0;
            *a &= b;
        }
        changed
    }
}

struct Verifier<'a> {
    f: &'a Func,
}

impl Verifier<'_> {
    fn blocks(&self) -> Result<(), String> {
        let f = self.f;
        let &entry = f.order.first().ok_or("there are no blocks")?;
        let mut listed = vec![false; f.blocks.len()];
        for &b in &f.order {
            if b.index() >= listed.len() || std::mem::replace(&mut listed[b.index()], true) {
                return Err(format!("{b} is listed twice, or is no block"));
            }
        }
        let tys: Vec<Ty> = f.blocks[entry.index()]
            .params
            .iter()
            .map(|v| f.ty(*v))
            .collect();
        match f.entry {
            Entry::Function => {
                let n = f.sig.params.len();
                if tys.len() < n || tys[..n] != f.sig.params[..] {
                    return Err(
                        "the entry block does not begin with the signature's parameters".into(),
                    );
                }
                if tys[n..].iter().any(|t| *t != Ty::Val) {
                    return Err("cells and free variables are of type val".into());
                }
            }
            Entry::Loop { .. } | Entry::Resume { .. } => {
                if tys.iter().any(|t| *t != Ty::Val) {
                    return Err("at a loop every parameter is of type val".into());
                }
            }
        }
        for &b in &f.order {
            let d = &f.blocks[b.index()];
            for (k, &v) in d.params.iter().enumerate() {
                if f.vals.get(v.index()).map(|x| x.def) != Some(Def::Param(b, k as u32)) {
                    return Err(format!("{b}: {v} does not know that it is parameter {k}"));
                }
            }
            let Some((last, body)) = d.insts.split_last() else {
                return Err(format!("{b} is empty"));
            };
            if body.iter().any(|i| f.insts[i.index()].op.is_term()) {
                return Err(format!("{b}: a terminator before the end"));
            }
            if !f.insts[last.index()].op.is_term() {
                return Err(format!("{b} does not end in a terminator"));
            }
            let catches = f.insts[last.index()].op == Op::Catch;
            let raises = |i: &Inst| f.insts[i.index()].op.has(RAISES);
            if catches && !body.last().is_some_and(raises) {
                return Err(format!("{b}: nothing before the catch raises"));
            }
            for s in f.succs(b) {
                if !listed.get(s.index()).copied().unwrap_or(false) {
                    return Err(format!("{b} goes to {s}, which is not listed"));
                }
                if s == entry {
                    return Err(format!("{b} goes to the entry block"));
                }
            }
        }
        Ok(())
    }

    fn want(&self, what: TySpec, v: Val) -> Result<(), String> {
        let f = self.f;
        let Some(d) = f.vals.get(v.index()) else {
            return Err(format!("{v} is not defined"));
        };
        match what {
            TySpec::Is(t) if t != d.ty => Err(format!("{v} is {}, not {}", d.ty.name(), t.name())),
            TySpec::Is(_) | TySpec::Any | TySpec::Sig | TySpec::Many => Ok(()),
        }
    }

    fn inst(&self, b: Block, d: &InstData) -> Result<(), String> {
        let f = self.f;
        let fixed = d.op.args();
        if d.args.len() < fixed.len() || (d.args.len() > fixed.len() && d.op.rest().is_none()) {
            return Err(format!("{} operands", d.args.len()));
        }
        for (k, &a) in d.args.iter().enumerate() {
            let spec = fixed.get(k).copied().or(d.op.rest()).unwrap_or(TySpec::Any);
            self.want(spec, a)?;
        }
        for k in 0..d.imms.len() {
            let ok = match (d.op.imms().get(k), d.imms[k]) {
                (None, Imm::None) => true,
                (Some(ImmKind::Int), Imm::Int(_))
                | (Some(ImmKind::Float), Imm::Float(_))
                | (Some(ImmKind::Bool), Imm::Bool(_))
                | (Some(ImmKind::Cmp), Imm::Cmp(_))
                | (Some(ImmKind::Opc), Imm::Opc(_))
                | (Some(ImmKind::Idx), Imm::Idx(_)) => true,
                (Some(ImmKind::Const), Imm::Const(c)) => c.index() < f.consts.len(),
                (Some(ImmKind::Sig), Imm::Sig(g)) => g.index() < f.sigs.len(),
                (
                    None
                    | Some(
                        ImmKind::Int
                        | ImmKind::Float
                        | ImmKind::Bool
                        | ImmKind::Const
                        | ImmKind::Cmp
                        | ImmKind::Opc
                        | ImmKind::Idx
                        | ImmKind::Sig,
                    ),
                    _,
                ) => false,
            };
            if !ok {
                return Err(format!("immediate {k} does not fit"));
            }
        }
        let tys = f.result_types(d);
        let have: Vec<Ty> = d.results.iter().map(|v| f.ty(*v)).collect();
        if tys != have {
            return Err("the results are not those of the row".into());
        }
        if d.targets.len() != d.op.targets() {
            return Err(format!("{} targets", d.targets.len()));
        }
        for t in &d.targets {
            let params = &f.blocks[t.block.index()].params;
            if params.len() != t.args.len() {
                return Err(format!("{} takes {} values", t.block, params.len()));
            }
            for (&p, &a) in params.iter().zip(&t.args) {
                self.want(TySpec::Is(f.ty(p)), a)?;
            }
        }
        if d.frame.index() > 0 && d.frame.index() >= f.frames.len() {
            return Err("it is of no frame".into());
        }
        self.calls(d)?;
        match (d.op.has(EXITS), d.reason) {
            (true, None) => return Err("an exit without a reason".into()),
            (false, Some(_)) => return Err("a reason without an exit".into()),
            (true, Some(_)) | (false, None) => {}
        }
        match (d.op.has_state(), d.state) {
            (true, None) => Err("it has no state".into()),
            (false, Some(_)) => Err("it has a state".into()),
            (false, None) => Ok(()),
            (true, Some(s)) => self.state(b, d, s),
        }
    }

    /// What the table cannot say: operands that go by a signature or an immediate.
    fn calls(&self, d: &InstData) -> Result<(), String> {
        let f = self.f;
        let op = d.op;
        if op == Op::CallSelf && f.entry != Entry::Function {
            return Err("only a function calls itself".into());
        }
        if op.has(SPECIAL) {
            let sig = f.called_sig(d).ok_or("no signature")?;
            let n = sig.params.len();
            if n > d.args.len() {
                return Err(format!("the signature takes {n}"));
            }
            for (&t, &a) in sig.params.iter().zip(&d.args) {
                self.want(TySpec::Is(t), a)?;
            }
            // Cells and free variables.
            for &a in &d.args[n..] {
                self.want(TySpec::Is(Ty::Val), a)?;
            }
            let own = f
                .order
                .first()
                .map_or(0, |e| f.blocks[e.index()].params.len());
            if op == Op::CallSelf && d.args.len() != own {
                return Err(format!("the entry takes {own}"));
            }
        }
        if op == Op::Ret {
            self.want(TySpec::Is(f.sig.ret), d.args[0])?;
        }
        if op == Op::RetBoxed && f.sig.ret == Ty::Val {
            return Err("the signature says val: ret".into());
        }
        if (op == Op::Raise || op == Op::RtRaise) && d.imms[0] != Imm::Idx(d.args.len() as u32) {
            return Err("the count is not that of the operands".into());
        }
        if op == Op::RtCatch {
            let Some(how) = d.how() else {
                return Err("no such way to raise".into());
            };
            let least = how.at_hand() as usize;
            if d.args.len() < least || d.args.len() > least + 1 {
                return Err("an exception, and what was handled before".into());
            }
        }
        if op == Op::Yield {
            let locals = f.frames.first().map_or(0, |f| f.locals) as usize;
            if f.entry == Entry::Function || d.frame.index() != 0 || d.args.len() <= locals {
                return Err("only a generator's own frame yields".into());
            }
        }
        // What stands for it has to be there when a state names it, and nothing else may.
        let is_virtual = |v: &Val| f.def(*v).is_some_and(|(_, d)| d.op.is_virtual());
        if (!op.is_virtual() || op == Op::VirtualComplex) && d.args.iter().any(is_virtual)
            || d.targets.iter().any(|t| t.args.iter().any(is_virtual))
        {
            return Err("a virtual object is used".into());
        }
        let pairs = [Op::RtBuildMap, Op::RtBindKeywords, Op::VirtualDict].contains(&op);
        if pairs && !d.args.len().is_multiple_of(2)
            || op == Op::GuardKeywords && d.args.len().is_multiple_of(2)
        {
            return Err("a key without a value".into());
        }
        Ok(())
    }

    fn state(&self, _b: Block, d: &InstData, s: StateId) -> Result<(), String> {
        let f = self.f;
        let kind = f.states.get(s.index()).ok_or("no such state")?.kind;
        let fits = match kind {
            Kind::At | Kind::After => d.op.has(EXITS | STATE),
            Kind::In => d.op.has(RAISES | STATE),
        };
        if !fits {
            return Err(format!("a state of kind {} does not fit", kind.name()));
        }
        for (n, id) in f.state_chain(s).enumerate() {
            if n > f.states.len() {
                return Err("a state is its own parent".into());
            }
            let s = f.states.get(id.index()).ok_or("no such parent state")?;
            let fr = f.frames.get(s.frame.index()).ok_or("no such frame")?;
            if s.slots.len() != (fr.locals + fr.cells + fr.frees) as usize {
                return Err(format!("{id} has {} slots", s.slots.len()));
            }
            if s.stack.len() > fr.stack as usize {
                return Err(format!("{id} has a stack of {}", s.stack.len()));
            }
            if n > f.room as usize {
                return Err(format!("{id} lies deeper than the entry has room for"));
            }
            if n > 0 && s.kind != Kind::In {
                return Err(format!("{id} is a parent and not of kind in"));
            }
            if s.values().any(|v| v.index() >= f.vals.len()) {
                return Err(format!("{id} names a value that is not there"));
            }
            if s.cells.iter().any(|(c, _)| f.ty(*c) != Ty::Val) {
                return Err(format!("{id} stores into no cell"));
            }
        }
        Ok(())
    }

    /// Definitions reach uses, and states hold where they are used: two forward analyses in one.
    fn flow(&self) -> Result<(), String> {
        let f = self.f;
        let order = f.rpo();
        let n = f.blocks.len();
        let (nv, ns) = (f.vals.len(), f.states.len());
        let mut vals_in = vec![Set::new(nv, true); n];
        let mut states_in = vec![Set::new(ns, true); n];
        if let Some(e) = order.first() {
            vals_in[e.index()].clear();
            states_in[e.index()].clear();
        }
        let mut again = true;
        while again {
            again = false;
            for &b in &order {
                let mut vs = vals_in[b.index()].clone();
                let mut ss = states_in[b.index()].clone();
                self.walk(b, &mut vs, &mut ss, &mut |_, _, _| Ok(()))?;
                let catches = f.term(b).is_some_and(|t| t.op == Op::Catch);
                for (k, s) in f.succs(b).enumerate() {
                    if catches && k == 1 {
                        // What raised gave nothing.
                        for v in self.raising(b).into_iter().flat_map(|d| &d.results) {
                            vs.remove(v.index());
                        }
                    }
                    again |= vals_in[s.index()].meet(&vs);
                    again |= states_in[s.index()].meet(&ss);
                }
            }
        }
        let mut defined = vec![false; nv];
        for &b in &order {
            let results = f.blocks[b.index()]
                .insts
                .iter()
                .flat_map(|i| &f.insts[i.index()].results);
            for v in f.blocks[b.index()].params.iter().chain(results) {
                if std::mem::replace(&mut defined[v.index()], true) {
                    return Err(format!("{b}: {v} is defined twice"));
                }
            }
        }
        for &b in &order {
            let mut vs = vals_in[b.index()].clone();
            let mut ss = states_in[b.index()].clone();
            self.walk(b, &mut vs, &mut ss, &mut |d, vs, ss| {
                self.uses(d, vs, ss)
                    .map_err(|e| format!("{b}: {}: {e}", f.inst_text(d)))
            })?;
        }
        Ok(())
    }

    /// The op before a block's terminator.
    fn raising(&self, b: Block) -> Option<&InstData> {
        let insts = &self.f.blocks[b.index()].insts;
        let at = insts.len().checked_sub(2)?;
        Some(&self.f.insts[insts[at].index()])
    }

    fn walk(
        &self,
        b: Block,
        vs: &mut Set,
        ss: &mut Set,
        at: &mut dyn FnMut(&InstData, &Set, &Set) -> Result<(), String>,
    ) -> Result<(), String> {
        let f = self.f;
        for v in &f.blocks[b.index()].params {
            vs.add(v.index());
        }
        for &i in &f.blocks[b.index()].insts {
            let d = &f.insts[i.index()];
            at(d, vs, ss)?;
            if d.op.ends_states() {
                ss.clear();
            }
            if let (Op::State, Some(s)) = (d.op, d.state) {
                ss.add(s.index());
            }
            for v in &d.results {
                vs.add(v.index());
            }
        }
        Ok(())
    }

    fn uses(&self, d: &InstData, vs: &Set, ss: &Set) -> Result<(), String> {
        let f = self.f;
        let passed = d.targets.iter().flat_map(|t| &t.args);
        for v in d.args.iter().chain(passed) {
            if !vs.has(v.index()) {
                return Err(format!("{v} is not defined on every path to here"));
            }
        }
        let Some(s) = d.state else { return Ok(()) };
        if d.op != Op::State && !ss.has(s.index()) {
            return Err(format!("{s} does not hold here"));
        }
        for id in f.state_chain(s) {
            for v in f.states[id.index()].values() {
                if !vs.has(v.index()) {
                    return Err(format!("{v} in {id} is not defined on every path to here"));
                }
            }
        }
        Ok(())
    }
}
