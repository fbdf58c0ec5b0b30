//! SSA → CLIF. One file a concern: `value` (the tag arithmetic, with `object/value.rs` the only place
//! that knows the bits), `guard`, `arith`, `memory`, `call`, `exit`.
//!
//! A unit for a whole function becomes two or three Cranelift functions: the *direct* entry
//! `(depth, arguments in the signature's representations) -> (payload, status)`, in the convention
//! `Tail`, and the *frame* entry `(slots, depth) -> (payload, status)` in the C convention, which
//! unboxes the arguments from a frame's slots and calls the first; and a third where its arguments can come in
//! a row: the *open* entry (`open`). A unit for a loop has the frame entry only. `depth` is the number of Python frames, the callee's included; it travels in a register and is
//! stored to the Vm before a helper that may run Python code.
//!
//! Addresses of the Vm's words and of helpers are constants of the code: a unit belongs to one engine,
//! which does not move while it has native code.

mod aarch64;
mod alloc;
mod arith;
mod attr;
mod call;
mod complex;
mod convention;
mod env;
mod exit;
mod fuel;
mod generator;
mod guard;
mod key;
mod memory;
mod open;
mod plan;
mod seq;
mod text;
mod value;

pub use aarch64::check_aarch64;
pub use convention::{DIRECT, frame_sig, status};
pub(crate) use convention::{clif, direct_sig, ret_type};
pub use env::{Env, Links};
pub use exit::{CellMeta, FrameMeta, Loc, Site, SiteKind, TupleMeta};
pub use generator::ROOM as RESUME_ROOM;
pub use open::{Open, open_sig};

use crate::jit::runtime::Helper;
use crate::jit::ssa::func::{Const, Entry, Func, Imm, InstData, Target};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Cmp, ConstId, Inst, Ty, Val};
use crate::jit::table::Table;
use crate::object::Kind;
use crate::vm::coverage::{NATIVE_OFFSET, SSA_OFFSET};
use cranelift_codegen::ir::condcodes::{CondCode, FloatCC, IntCC};
use cranelift_codegen::ir::{
    self, AbiParam, ExtFuncData, ExternalName, FuncRef, Function, InstBuilder, InstructionData,
    MemFlagsData, SigRef, Signature, StackSlot, StackSlotData, StackSlotKind, UserExternalName,
    UserFuncName, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use exit::Pending;
use plan::{Caught, around_tight, caught, few_calls, kept_before_loops, kept_over_calls};

/// A unit in CLIF, and what its exits mean.
pub struct Lowered {
    /// The direct entry, if there is one, the frame entry, the open entry, if there is one; they call each
    /// other as user functions 0, 1 and 2 of namespace 0.
    pub funcs: Vec<(&'static str, Function)>,
    pub sites: Vec<Site>,
    /// Frame chains of the sites, innermost first.
    pub chains: Vec<Vec<FrameMeta>>,
    /// The tuples that an exit makes first, by chain; items before the tuples that they are in.
    pub tuples: Vec<Vec<TupleMeta>>,
    /// What an exit stores into cells, by chain.
    pub cells: Vec<Vec<CellMeta>>,
}

/// Why a unit cannot be lowered: a bug of an earlier pass, reported instead of trusted.
#[derive(Debug)]
pub struct LowerError(pub String);

pub(crate) type L<T> = Result<T, LowerError>;

pub(crate) fn bad<T>(what: impl Into<String>) -> L<T> {
    Err(LowerError(what.into()))
}

/// How floats are compared.
pub(crate) fn float_cc(c: Cmp) -> FloatCC {
    match c {
        Cmp::Lt => FloatCC::LessThan,
        Cmp::Le => FloatCC::LessThanOrEqual,
        Cmp::Eq => FloatCC::Equal,
        Cmp::Ne => FloatCC::NotEqual,
        Cmp::Gt => FloatCC::GreaterThan,
        Cmp::Ge => FloatCC::GreaterThanOrEqual,
    }
}

/// The same for numbers, of which none is NaN: what one test and an operand in memory can do.
fn ordered(cc: FloatCC) -> FloatCC {
    match cc {
        FloatCC::LessThan => FloatCC::UnorderedOrLessThan,
        FloatCC::LessThanOrEqual => FloatCC::UnorderedOrLessThanOrEqual,
        FloatCC::Equal => FloatCC::UnorderedOrEqual,
        FloatCC::NotEqual => FloatCC::OrderedNotEqual,
        other => other,
    }
}

/// Lowers a unit for a target whose C convention is `cc`.
pub fn lower(
    func: &Func,
    env: &Env,
    links: Links<'_>,
    cc: CallConv,
    fctx: &mut FunctionBuilderContext,
) -> Result<Lowered, LowerError> {
    let Some(&first) = func.order.first() else {
        return bad("no blocks");
    };
    let params = &func.blocks[first.index()].params;
    let mut out = Lowered {
        funcs: Vec::new(),
        sites: Vec::new(),
        chains: Vec::new(),
        tuples: Vec::new(),
        cells: Vec::new(),
    };
    match func.entry {
        Entry::Function => {
            let Some(extra) = params.len().checked_sub(func.sig.params.len()) else {
                return bad("fewer parameters than the signature says");
            };
            let direct = direct_sig(&func.sig, extra, env.burns);
            let body = body(func, env, links, cc, fctx, direct.clone(), &mut out)?;
            out.funcs.push(("direct", body));
            let frame = frame_entry(func, env, cc, fctx, direct.clone())?;
            out.funcs.push(("frame", frame));
            if let Some(o) = &links.open
                && o.cells.len() <= extra
            {
                let open = open::open_entry(func, o, env, cc, fctx, direct)?;
                out.funcs.push(("open", open));
            }
        }
        Entry::Loop { .. } | Entry::Resume { .. } => {
            let body = body(func, env, links, cc, fctx, frame_sig(cc), &mut out)?;
            out.funcs.push(("frame", body));
        }
    }
    Ok(out)
}

/// State of the translation of one body.
pub(crate) struct Lower<'a> {
    pub f: &'a Func,
    pub env: &'a Env,
    cc: CallConv,
    pub b: FunctionBuilder<'a>,
    vals: Vec<Option<ir::Value>>,
    /// Loads of global cells that a guard in the same block compares with a constant.
    pub caught: Table<Val, Caught>,
    /// What is called here keeps all registers: in a loop around one that calls nothing, and on cold paths.
    outer: bool,
    /// The block is in no loop.
    straight: bool,
    /// It calls functions that it does not know in few places: they are looked for an open entry.
    opens: bool,
    /// A value known to be 0 here, and the block: the status of the last call that ended well.
    pub zero: Option<ir::Value>,
    blocks: Vec<Option<ir::Block>>,
    /// Python frames, this one included.
    pub depth: ir::Value,
    /// The slots of the frame that it was entered from.
    pub slots: Option<ir::Value>,
    /// Takes the values from there and begins.
    again: Option<ir::Block>,
    /// Arguments of helpers, and what an exit stores: written just before it is read.
    pub slot: StackSlot,
    slot_words: u32,
    /// What an exit says of itself: see `exit`.
    noted: StackSlot,
    /// A word that is only written: see `pin`.
    pinned: Option<StackSlot>,
    pub pending: Vec<Pending>,
    /// The one block that calls `leave`.
    pub leave: ir::Block,
    pub out: &'a mut Lowered,
    pub chain_of: Table<u32, usize>,
    /// Where the op being lowered goes when it raises, if not out.
    pub catch: Option<&'a Target>,
    sigs: Table<(usize, bool), SigRef>,
    self_ref: Option<FuncRef>,
    pub links: Links<'a>,
    /// See `fuel`.
    fuel: fuel::Count,
    now: Inst,
}

fn body(
    func: &Func,
    env: &Env,
    links: Links<'_>,
    cc: CallConv,
    fctx: &mut FunctionBuilderContext,
    sig: Signature,
    out: &mut Lowered,
) -> L<Function> {
    let mut clif_func = Function::with_name_signature(UserFuncName::user(0, 0), sig);
    let mut b = FunctionBuilder::new(&mut clif_func, fctx);
    let slot = b.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, 0, 3));
    let noted = b.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, 24, 3));
    let entry = b.create_block();
    b.append_block_params_for_function_params(entry);
    b.switch_to_block(entry);
    let leave = b.create_block();
    b.set_cold_block(leave);
    let rpo = func.rpo();
    let caught = caught(func, &rpo);
    let entry_params = b.block_params(entry).to_vec();
    let (depth, slots) = match func.entry {
        Entry::Function => (entry_params[0], None),
        Entry::Loop { .. } | Entry::Resume { .. } => (entry_params[1], Some(entry_params[0])),
    };
    let mut l = Lower {
        f: func,
        env,
        cc,
        b,
        vals: vec![None; func.vals.len()],
        caught,
        outer: false,
        straight: false,
        opens: few_calls(func, &rpo),
        zero: None,
        blocks: vec![None; func.blocks.len()],
        depth,
        slots,
        again: None,
        slot,
        slot_words: 0,
        noted,
        pinned: None,
        pending: Vec::new(),
        leave,
        out,
        chain_of: Table::default(),
        catch: None,
        sigs: Table::default(),
        self_ref: None,
        links,
        fuel: fuel::Count::default(),
        now: Inst(0),
    };
    for &blk in &rpo {
        let cb = l.b.create_block();
        if func.blocks[blk.index()].cold {
            l.b.set_cold_block(cb);
        }
        for &p in &func.blocks[blk.index()].params {
            let v = l.b.append_block_param(cb, clif(func.ty(p)));
            l.set(p, v);
        }
        l.blocks[blk.index()] = Some(cb);
    }
    // The entry: the SSA's entry block may be a loop's header, so it is a block of its own.
    let first = rpo[0];
    let params = &func.blocks[first.index()].params;
    let args: Vec<ir::BlockArg> = match func.entry {
        Entry::Function => {
            let args = &entry_params[1 + env.burns as usize..];
            args.iter().map(|&v| v.into()).collect()
        }
        Entry::Loop { .. } | Entry::Resume { .. } => {
            let slots = entry_params[0];
            let again = l.b.create_block();
            l.b.ins().jump(again, &[]);
            l.b.switch_to_block(again);
            l.again = Some(again);
            (0..params.len())
                .map(|i| {
                    let at = (i * 8) as i32;
                    l.b.ins()
                        .load(types::I64, MemFlagsData::trusted(), slots, at)
                        .into()
                })
                .collect()
        }
    };
    if args.len() != params.len() {
        return bad("entry parameters");
    }
    let to = l.block(first)?;
    l.begin_fuel(&entry_params);
    l.b.ins().jump(to, &args);
    let kept = kept_before_loops(func);
    let sums = kept_over_calls(func);
    let (around, looping) = around_tight(func);
    for &blk in &rpo {
        let cb = l.block(blk)?;
        l.b.switch_to_block(cb);
        l.zero = None;
        l.outer = around[blk.index()];
        l.straight = !looping[blk.index()];
        let insts = &func.blocks[blk.index()].insts;
        let catch = func.term(blk).filter(|t| t.op == Op::Catch);
        for (k, &i) in insts.iter().enumerate() {
            let d = &func.insts[i.index()];
            l.now = i;
            l.catch = catch
                .filter(|_| k + 2 == insts.len())
                .map(|t| &t.targets[1]);
            if d.pc != crate::jit::ssa::func::NO_PC {
                l.b.set_srcloc(ir::SourceLoc::new(d.pc));
            }
            if let Some(marks) = l.env.coverage {
                l.mark(marks + SSA_OFFSET + d.op as u64);
            }
            if d.op.is_term()
                && let Some(vals) = kept.get(&blk)
            {
                l.pin(vals)?;
            }
            l.inst(d)?;
            if let [v] = d.results[..]
                && sums[v.index()]
            {
                l.pin(&[v])?;
            }
        }
    }
    l.flush_exits()?;
    let size = l.slot_words * 8;
    let slot = l.slot;
    l.b.func.sized_stack_slots[slot].size = size.max(8);
    l.b.seal_all_blocks();
    l.b.finalize(ir_config(cc));
    Ok(clif_func)
}

fn ir_config(cc: CallConv) -> cranelift_codegen::isa::TargetFrontendConfig {
    cranelift_codegen::isa::TargetFrontendConfig {
        default_call_conv: cc,
        pointer_width: target_lexicon::PointerWidth::U64,
        page_size_align_log2: 12,
    }
}

/// The frame entry of a function: unboxes the arguments, then calls the direct entry.
fn frame_entry(
    func: &Func,
    env: &Env,
    cc: CallConv,
    fctx: &mut FunctionBuilderContext,
    direct: Signature,
) -> L<Function> {
    let mut clif_func = Function::with_name_signature(UserFuncName::user(0, 1), frame_sig(cc));
    let mut b = FunctionBuilder::new(&mut clif_func, fctx);
    let callee = import_self(&mut b, 0, direct);
    let entry = b.create_block();
    b.append_block_params_for_function_params(entry);
    b.switch_to_block(entry);
    let mismatch = b.create_block();
    b.set_cold_block(mismatch);
    let (slots, depth) = (b.block_params(entry)[0], b.block_params(entry)[1]);
    let params = &func.blocks[func.order[0].index()].params;
    let frame_slots = func.frames.first().map_or(0, |f| f.locals) as usize;
    let nargs = func.sig.params.len();
    let mut args = vec![depth];
    let word = b.ins().iconst(types::I64, env.fuel as i64);
    if env.burns {
        args.push(b.ins().load(types::I64, MemFlagsData::trusted(), word, 0));
    }
    for (i, &p) in params.iter().enumerate() {
        // Arguments are the first locals; cells and free variables follow all the locals.
        let at = if i < nargs {
            i
        } else {
            frame_slots + (i - nargs)
        };
        let v = b
            .ins()
            .load(types::I64, MemFlagsData::trusted(), slots, (at * 8) as i32);
        args.push(value::unbox(&mut b, func.ty(p), v, mismatch));
    }
    let call = b.ins().call(callee, &args);
    let (payload, st) = (b.inst_results(call)[0], b.inst_results(call)[1]);
    if let Some(&left) = b.inst_results(call).get(2) {
        b.ins().store(MemFlagsData::trusted(), left, word, 0);
    }
    let payload = value::to_word(&mut b, payload);
    b.ins().return_(&[payload, st]);
    b.switch_to_block(mismatch);
    let zero = b.ins().iconst(types::I64, 0);
    let st = b.ins().iconst(types::I64, status::MISMATCH as i64);
    b.ins().return_(&[zero, st]);
    b.seal_all_blocks();
    b.finalize(ir_config(cc));
    Ok(clif_func)
}

fn import_self(b: &mut FunctionBuilder<'_>, index: u32, sig: Signature) -> FuncRef {
    let signature = b.import_signature(sig);
    let name = b
        .func
        .declare_imported_user_function(UserExternalName::new(0, index));
    b.import_function(ExtFuncData {
        name: ExternalName::user(name),
        signature,
        colocated: true,
        patchable: false,
    })
}

impl<'a> Lower<'a> {
    pub fn v(&self, v: Val) -> L<ir::Value> {
        match self.vals.get(v.index()).copied().flatten() {
            Some(x) => Ok(x),
            None => bad(format!("{v} is used before it is defined")),
        }
    }
    pub fn set(&mut self, v: Val, x: ir::Value) {
        self.vals[v.index()] = Some(x);
    }
    /// The value of operand `i`.
    pub fn arg(&self, d: &InstData, i: usize) -> L<ir::Value> {
        match d.args.get(i) {
            Some(&v) => self.v(v),
            None => bad(format!("{}: operand {i} is missing", d.op.name())),
        }
    }
    pub fn result(&mut self, d: &InstData, x: ir::Value) -> L<()> {
        match d.results.first() {
            Some(&r) => {
                self.set(r, x);
                Ok(())
            }
            None => bad(format!("{} has no result", d.op.name())),
        }
    }
    pub fn block(&self, b: Block) -> L<ir::Block> {
        match self.blocks.get(b.index()).copied().flatten() {
            Some(b) => Ok(b),
            None => bad(format!("{b} is not reachable")),
        }
    }
    pub fn iconst(&mut self, x: i64) -> ir::Value {
        self.b.ins().iconst(types::I64, x)
    }
    pub fn const_of(&self, d: &InstData) -> L<&'a Const> {
        let f: &'a Func = self.f;
        for i in d.imms {
            if let Imm::Const(ConstId(c)) = i
                && let Some(c) = f.consts.get(c as usize)
            {
                return Ok(c);
            }
        }
        bad(format!("{} lacks a constant", d.op.name()))
    }
    pub fn idx(&self, d: &InstData) -> L<u32> {
        for i in d.imms {
            if let Imm::Idx(n) = i {
                return Ok(n);
            }
        }
        bad(format!("{} lacks an index", d.op.name()))
    }
    pub fn int_imm(&self, d: &InstData) -> L<i64> {
        for i in d.imms {
            if let Imm::Int(n) = i {
                return Ok(n);
            }
        }
        bad(format!("{} lacks a number", d.op.name()))
    }
    fn opcode(&self, d: &InstData) -> L<u64> {
        for i in d.imms {
            if let Imm::Opc(op) = i {
                return Ok(op as u64);
            }
        }
        bad(format!("{} lacks an opcode", d.op.name()))
    }
    /// A helper that takes the constant's word first.
    fn rt_named(&mut self, d: &InstData, h: Helper) -> L<()> {
        let name = self.const_of(d)?.bits();
        self.rt(d, h, Some(name))
    }
    pub fn cmp(&self, d: &InstData) -> L<Cmp> {
        for i in d.imms {
            if let Imm::Cmp(c) = i {
                return Ok(c);
            }
        }
        bad(format!("{} lacks a comparison", d.op.name()))
    }
    /// Loads the word at an absolute address.
    pub fn load_abs(&mut self, ty: ir::Type, addr: u64) -> ir::Value {
        let p = self.iconst(addr as i64);
        self.b.ins().load(ty, MemFlagsData::trusted(), p, 0)
    }
    pub fn store_abs(&mut self, x: ir::Value, addr: u64) {
        let p = self.iconst(addr as i64);
        self.b.ins().store(MemFlagsData::trusted(), x, p, 0);
    }
    /// Word `i` of the shared stack slot.
    pub fn reserve_slot(&mut self, words: usize) {
        self.slot_words = self.slot_words.max(words as u32);
    }
    /// Calls a helper with the Vm and these words; returns (payload, status). Where it would spoil the
    /// registers of a loop further in, it is called so that it keeps them all.
    pub fn helper(&mut self, h: Helper, args: &[ir::Value]) -> L<(ir::Value, ir::Value)> {
        self.publish_fuel();
        let r = self.helper_as(h, args, self.outer)?;
        self.reload_fuel();
        Ok(r)
    }
    /// What `f` calls stands on a cold way: its helpers keep every register.
    pub(super) fn quietly<R>(&mut self, f: impl FnOnce(&mut Self) -> L<R>) -> L<R> {
        let outer = std::mem::replace(&mut self.outer, true);
        let r = f(self);
        self.outer = outer;
        r
    }

    /// The same on a cold path. It burns no fuel: what asks for attention goes to the interpreter for that.
    pub fn cold_helper(&mut self, h: Helper, args: &[ir::Value]) -> L<(ir::Value, ir::Value)> {
        self.helper_as(h, args, true)
    }
    fn helper_as(
        &mut self,
        h: Helper,
        args: &[ir::Value],
        quiet: bool,
    ) -> L<(ir::Value, ir::Value)> {
        if h.arity() != args.len() {
            return bad(format!("{h:?} takes {} words", h.arity()));
        }
        let n = args.len() + 1;
        let cc = if quiet {
            CallConv::PreserveAll
        } else {
            self.cc
        };
        let b = &mut self.b;
        let sig = *self.sigs.entry((n, quiet)).or_insert_with(|| {
            let mut s = Signature::new(cc);
            s.params = vec![AbiParam::new(types::I64); n];
            s.returns = vec![AbiParam::new(types::I64); if quiet { 0 } else { 2 }];
            b.import_signature(s)
        });
        let mut all = vec![self.iconst(self.env.vm as i64)];
        all.extend_from_slice(args);
        let callee = self.iconst(h.address(quiet) as i64);
        let call = self.b.ins().call_indirect(sig, callee, &all);
        if quiet {
            let payload = self.load_abs(types::I64, self.env.answer);
            let st = self.load_abs(types::I64, self.env.answer + 8);
            return Ok((payload, st));
        }
        let r = self.b.inst_results(call);
        Ok((r[0], r[1]))
    }
    /// The direct entry of this very unit.
    pub fn self_ref(&mut self, extra: usize) -> FuncRef {
        match self.self_ref {
            Some(r) => r,
            None => {
                let r = {
                    let sig = direct_sig(&self.f.sig, extra, self.env.burns);
                    import_self(&mut self.b, 0, sig)
                };
                self.self_ref = Some(r);
                r
            }
        }
    }
    /// A branch that leaves the straight line when `cond`; goes on in a new block.
    ///
    /// The block that goes on comes first: Cranelift walks what a block dominates in that order, and what it
    /// meets once it has stepped out of a loop it does not hoist, nor share, within that loop any more.
    pub fn branch_away(&mut self, cond: ir::Value, away: ir::Block) {
        let next = self.b.create_block();
        let stay = self.opposite(cond);
        self.b.ins().brif(stay, next, &[], away, &[]);
        self.b.switch_to_block(next);
    }

    /// Makes sure that these are computed here: see `kept_before_loops`.
    fn pin(&mut self, vals: &[Val]) -> L<()> {
        let slot = self.pinned.unwrap_or_else(|| {
            let data = StackSlotData::new(StackSlotKind::ExplicitSlot, 8, 3);
            self.b.create_sized_stack_slot(data)
        });
        self.pinned = Some(slot);
        for &v in vals {
            let x = self.v(v)?;
            let p = self.b.ins().stack_addr(types::I64, slot, 0);
            self.b.ins().store(MemFlagsData::trusted(), x, p, 0);
        }
        Ok(())
    }

    /// What holds when `cond` does not.
    pub(super) fn opposite(&mut self, cond: ir::Value) -> ir::Value {
        let dfg = &self.b.func.dfg;
        let made = dfg.value_def(cond).inst().map(|i| dfg.insts[i]);
        match made {
            Some(InstructionData::IntCompare {
                cond, args: [x, y], ..
            }) => self.b.ins().icmp(cond.complement(), x, y),
            Some(InstructionData::FloatCompare {
                cond, args: [x, y], ..
            }) => self.b.ins().fcmp(cond.complement(), x, y),
            Some(_) | None => self.b.ins().icmp_imm_s(IntCC::Equal, cond, 0),
        }
    }

    /// Sets the byte at an address.
    fn mark(&mut self, addr: u64) {
        let (p, one) = (self.iconst(addr as i64), self.iconst(1));
        self.b.ins().istore8(MemFlagsData::trusted(), one, p, 0);
    }

    fn inst(&mut self, d: &InstData) -> L<()> {
        match d.op {
            Op::State => Ok(()),
            Op::Cover => {
                let op = self.opcode(d)?;
                if let Some(marks) = self.env.coverage {
                    self.mark(marks + NATIVE_OFFSET + op);
                }
                Ok(())
            }
            Op::ConstI64 => {
                let x = self.int_imm(d)?;
                let x = self.iconst(x);
                self.result(d, x)
            }
            Op::ConstF64 => {
                let Imm::Float(bits) = d.imms[0] else {
                    return bad("const_f64 without a float");
                };
                let x = self.b.ins().f64const(f64::from_bits(bits));
                self.result(d, x)
            }
            Op::ConstBool => {
                let Imm::Bool(x) = d.imms[0] else {
                    return bad("const_bool without a bool");
                };
                let x = self.b.ins().iconst(types::I8, x as i64);
                self.result(d, x)
            }
            Op::ConstVal => {
                let bits = self.const_of(d)?.bits();
                let x = self.iconst(bits as i64);
                self.result(d, x)
            }
            Op::ConstEmpty => {
                let x = self.iconst(0);
                self.result(d, x)
            }
            Op::BoxI64 => self.box_i64(d),
            Op::BoxF64 => {
                let x = self.arg(d, 0)?;
                let x = value::box_f64(&mut self.b, x);
                self.result(d, x)
            }
            Op::BoxBool => {
                let x = self.arg(d, 0)?;
                let x = value::box_bool(&mut self.b, x);
                self.result(d, x)
            }
            Op::GuardInt => self.guard_type(d, Ty::I64),
            Op::GuardFloat => self.guard_type(d, Ty::F64),
            Op::GuardBool => self.guard_type(d, Ty::Bool),
            Op::GuardWhole => self.guard_whole(d),
            Op::GuardBound => self.guard_bound(d),
            Op::GuardClass => self.guard_class(d),
            Op::GuardShape => self.guard_class(d),
            Op::GuardObject => self.guard_object(d),
            Op::GuardShapes => self.guard_shapes(d),
            Op::IsShape => self.is_shape(d),
            Op::AsShape => self.plain1(d, |_, x| x),
            Op::GuardSlots => self.guard_slots(d),
            Op::GuardVersion => self.guard_version(d),
            Op::SlotGet => self.slot_get(d),
            Op::SlotSet | Op::SlotAdd => self.slot_set(d),
            Op::FieldGet => self.field_get(d),
            Op::GuardItem => self.guard_item(d),
            Op::ItemGet => self.item_get(d),
            Op::ItemSet => self.item_set(d),
            Op::RtNewInstance => self.new_instance(d),
            Op::RtNewException => self.new_exception(d),
            Op::RtBindMethod => self.bind_method(d),
            Op::RtMake => {
                let site = self.int_imm(d)? as u64;
                self.rt_spread(d, Helper::Make, Some(site), 0)
            }
            Op::RtGetSite => {
                let site = self.int_imm(d)? as u64;
                self.rt(d, Helper::GetSite, Some(site))
            }
            Op::RtSetSite => {
                let site = self.int_imm(d)? as u64;
                self.rt(d, Helper::SetSite, Some(site))
            }
            Op::RtMethodSite => {
                let site = self.int_imm(d)? as u64;
                self.rt_many(d, Helper::MethodSite, Some(site))
            }
            Op::GuardTuple => self.guard_tuple(d),
            Op::GuardRangeUp => self.guard_range_up(d),
            Op::GuardRangeIter => self.guard_kind(d, Kind::RangeIter),
            Op::GuardKeysVersion => self.guard_keys_version(d),
            Op::GuardFuncVersion => self.guard_func_version(d),
            Op::GuardFuncCode => self.guard_func_code(d),
            Op::GuardKeywords => self.guard_keywords(d),
            Op::GuardUncaught => self.guard_uncaught(d),
            Op::AddI64 | Op::SubI64 | Op::MulI64 => self.checked(d),
            Op::NegI64 => self.neg_i64(d),
            Op::FloorDivI64 => self.floordiv_i64(d),
            Op::ModI64 => self.mod_i64(d),
            Op::ShlI64 => self.shl_i64(d),
            Op::ShrI64 => self.shr_i64(d),
            Op::AndI64 => self.plain2(d, |l, x, y| l.b.ins().band(x, y)),
            Op::OrI64 => self.plain2(d, |l, x, y| l.b.ins().bor(x, y)),
            Op::XorI64 => self.plain2(d, |l, x, y| l.b.ins().bxor(x, y)),
            Op::NotI64 => self.plain1(d, |l, x| l.b.ins().bnot(x)),
            Op::WrapAddI64 => self.plain2(d, |l, x, y| l.b.ins().iadd(x, y)),
            Op::WrapSubI64 => self.difference(d),
            Op::WrapMulI64 => self.product(d),
            Op::AddUpI64 | Op::SubUpI64 => self.up_or_down(d),
            Op::KnownI64 => self.plain1(d, |_, x| x),
            Op::UdivI64 | Op::UremI64 => self.unsigned_by(d),
            Op::AddF64 => self.plain2(d, |l, x, y| l.b.ins().fadd(x, y)),
            Op::SubF64 => self.plain2(d, |l, x, y| l.b.ins().fsub(x, y)),
            Op::MulF64 => self.plain2(d, |l, x, y| l.b.ins().fmul(x, y)),
            Op::DivF64 | Op::FloorDivF64 | Op::ModF64 => self.float_by(d),
            Op::NegF64 => self.plain1(d, |l, x| l.b.ins().fneg(x)),
            Op::SelectI64 => {
                let (c, x, y) = (self.arg(d, 0)?, self.arg(d, 1)?, self.arg(d, 2)?);
                let r = self.b.ins().select(c, x, y);
                self.result(d, r)
            }
            Op::IcmpI64 => {
                let (x, y) = match self.shifted(d)? {
                    Some(both) => both,
                    None => (self.arg(d, 0)?, self.arg(d, 1)?),
                };
                let cc = match self.cmp(d)? {
                    Cmp::Lt => IntCC::SignedLessThan,
                    Cmp::Le => IntCC::SignedLessThanOrEqual,
                    Cmp::Eq => IntCC::Equal,
                    Cmp::Ne => IntCC::NotEqual,
                    Cmp::Gt => IntCC::SignedGreaterThan,
                    Cmp::Ge => IntCC::SignedGreaterThanOrEqual,
                };
                let r = self.b.ins().icmp(cc, x, y);
                self.result(d, r)
            }
            Op::FcmpF64 => {
                let (x, y) = (self.arg(d, 0)?, self.arg(d, 1)?);
                let cc = match plan::never_nan(self.f, d.args[0])
                    && plan::never_nan(self.f, d.args[1])
                {
                    true => ordered(float_cc(self.cmp(d)?)),
                    false => float_cc(self.cmp(d)?),
                };
                let r = self.b.ins().fcmp(cc, x, y);
                self.result(d, r)
            }
            Op::StrCmp => self.str_cmp(d),
            Op::ComplexPart => self.complex_part(d),
            Op::NewComplex => self.new_complex(d),
            Op::PowF64 => self.pow(d),
            Op::HypotF64 => self.hypot(d),
            Op::HypotCmp => self.hypot_cmp(d),
            Op::I64ToF64 => self.plain1(d, |l, x| l.b.ins().fcvt_from_sint(types::F64, x)),
            Op::I64ToF64Exact => self.exact(d),
            Op::BoolToI64 => self.plain1(d, |l, x| l.b.ins().uextend(types::I64, x)),
            Op::NotBool => self.plain1(d, |l, x| l.b.ins().bxor_imm_s(x, 1)),
            Op::IsBound => self.plain1(d, |l, x| l.b.ins().icmp_imm_s(IntCC::NotEqual, x, 0)),
            Op::IsVal => self.is_val(d),
            Op::LoadGlobalCell => self.load_global_cell(d),
            Op::GuardGlobal => self.guard_global(d),
            Op::StoreGlobalCell => self.store_global_cell(d),
            Op::LoadCell => self.load_cell(d),
            Op::StoreCell => self.store_cell(d),
            Op::LoadTupleItem => self.load_tuple_item(d),
            Op::LoadFuncDefault => self.load_func_item(d, memory::DEFAULTS),
            Op::LoadFuncCell => self.load_func_item(d, memory::CLOSURE),
            Op::RangeNext => self.load_field(d, memory::NEXT),
            Op::RangeStep => self.load_field(d, memory::STEP),
            Op::RangeRemaining => self.load_field(d, memory::REMAINING),
            Op::RangeAdvance => self.range_advance(d),
            Op::RangeCount => self.range_count(d),
            Op::RangeIter => self.range_iter(d),
            Op::GuardTrue => self.guard_true(d),
            Op::GuardIs => self.guard_is(d),
            Op::GuardRoom => self.guard_room(d),
            Op::GuardList => self.guard_kind(d, Kind::List),
            Op::GuardAnyTuple => self.guard_kind(d, Kind::Tuple),
            Op::GuardIter => self.guard_iter(d),
            Op::Index => self.index(d),
            Op::ListLen => self.load_field(d, seq::LIST_LEN),
            Op::ListGet => self.list_get(d),
            Op::ListSet => self.list_set(d),
            Op::ListPush => self.list_push(d),
            Op::ListCut => self.list_cut(d),
            Op::ListInsert => self.rt(d, Helper::ListInsert, None),
            Op::ListPart => {
                let step = self.int_imm(d)? as u64;
                self.rt(d, Helper::ListPart, Some(step))
            }
            Op::ListMove => {
                let step = self.int_imm(d)? as u64;
                self.rt_spread(d, Helper::ListMove, Some(step), 2)
            }
            Op::TupleLen => self.load_field(d, seq::TUPLE_LEN),
            Op::TupleGet => self.tuple_get(d),
            Op::IterSeq => self.load_field(d, seq::ITER_SEQ),
            Op::IterAt => self.load_field(d, seq::ITER_AT),
            Op::IterAdvance => self.iter_advance(d),
            Op::IterEnd => self.iter_end(d),
            Op::IterCount => self.load_field(d, seq::ITER_AT),
            Op::IterBig => self.load_field(d, seq::ITER_BIG),
            Op::CountAdvance => self.iter_advance(d),
            Op::GuardApart => self.guard_apart(d),
            Op::Enter => self.enter(d),
            Op::EnterInlined => self.enter_inlined(d),
            Op::Poll => self.poll(d),
            Op::Charge => self.charge(d),
            Op::RtMakeCell => self.make_cell(d),
            Op::RtBindKeywords => self.rt_spread(d, Helper::BindKeywords, None, 0),
            Op::CallSelf => self.call_self(d),
            Op::CallUnit => self.call_unit(d),
            Op::RtCall => self.call_any(d),
            Op::RtCallKw => self.rt_spread(d, Helper::CallKw, None, 2),
            Op::RtCallMethod => self.call_method(d),
            Op::RtCallDescr => {
                let descr = self.const_of(d)?.bits();
                self.rt_spread(d, Helper::CallDescr, Some(descr), 0)
            }
            Op::RtDictGet => self.dict_get(d),
            Op::RtBinary => {
                let op = self.opcode(d)?;
                self.rt(d, Helper::Binary, Some(op))
            }
            Op::RtUnary => {
                let op = self.opcode(d)?;
                self.rt(d, Helper::Unary, Some(op))
            }
            Op::RtCompare => {
                let op = self.cmp(d)? as u64;
                self.rt(d, Helper::Compare, Some(op))
            }
            Op::RtContains => self.has_key(d),
            Op::RtInText => self.in_text(d),
            Op::RtExcMatch => self.exc_match(d),
            Op::RtIsInstance => self.is_instance(d),
            Op::RtIsTrue => self.is_true(d),
            Op::RtLen => self.length(d),
            Op::RtGetItem => self.get_key(d),
            Op::RtSetItem => self.set_key(d),
            Op::RtGetChar => self.get_char(d),
            Op::StrLen => self.load_field(d, text::LEN),
            Op::GuardAscii => self.guard_ascii(d),
            Op::StrByte => self.str_byte(d),
            Op::RtChar => self.char(d),
            Op::RtGetSlice => self.rt_spread(d, Helper::GetSlice, None, 1),
            Op::RtSetSlice => self.rt_spread(d, Helper::SetSlice, None, 2),
            Op::RtGetAttr => self.rt_named(d, Helper::GetAttr),
            Op::RtSetAttr => self.rt_named(d, Helper::SetAttr),
            Op::RtLoadMethod => {
                let name = self.const_of(d)?.bits();
                self.rt_many(d, Helper::LoadMethod, Some(name))
            }
            Op::RtLoadGlobal => self.rt_named(d, Helper::LoadGlobal),
            Op::RtStoreGlobal => self.rt_named(d, Helper::StoreGlobal),
            Op::RtLoadName => self.rt_named(d, Helper::LoadName),
            Op::RtStoreName => self.rt_named(d, Helper::StoreName),
            Op::RtDeleteName => self.rt_named(d, Helper::DeleteName),
            Op::RtGetIter => self.rt(d, Helper::GetIter, None),
            Op::RtForIter => self.rt(d, Helper::ForIter, None),
            Op::RtUnpack => {
                let n = self.idx(d)? as u64;
                self.rt_many(d, Helper::Unpack, Some(n))
            }
            Op::RtBuildTuple => self.build_tuple(d),
            // Exits make it.
            Op::VirtualTuple | Op::VirtualDict | Op::VirtualFunction | Op::VirtualComplex => Ok(()),
            Op::RtBuildList => self.rt_spread(d, Helper::BuildList, None, 0),
            Op::RtBuildMap => self.rt_spread(d, Helper::BuildMap, None, 0),
            Op::RtBuildConstKeyMap => self.rt_spread(d, Helper::BuildConstKeyMap, None, 1),
            Op::RtBuildString => self.rt_spread(d, Helper::BuildString, None, 0),
            Op::RtFormat => {
                let flags = self.idx(d)? as u64;
                self.rt_spread(d, Helper::Format, Some(flags), 1)
            }
            Op::RtMakeFunction => {
                let flags = (self.idx(d)? & 15) as u64;
                self.rt_spread(d, Helper::MakeFunction, Some(flags), 0)
            }
            Op::RtImportName => self.rt_named(d, Helper::ImportName),
            Op::RtCallEx => self.rt_spread(d, Helper::CallEx, None, 2),
            Op::RtCollect => {
                let op = self.opcode(d)?;
                self.rt_spread(d, Helper::Collect, Some(op), 0)
            }
            Op::RtListAppend => self.rt(d, Helper::ListAppend, None),
            Op::RtAdd => {
                let op = self.opcode(d)?;
                self.rt_spread(d, Helper::Add, Some(op), 2)
            }
            Op::RtDelItem => self.rt(d, Helper::DelItem, None),
            Op::RtDelAttr => self.rt_named(d, Helper::DelAttr),
            Op::RtUnpackEx => {
                let operand = self.int_imm(d)? as u64;
                self.rt_many(d, Helper::UnpackEx, Some(operand))
            }
            Op::RtImportFrom => self.rt_named(d, Helper::ImportFrom),
            Op::RtImportStar => self.rt(d, Helper::ImportStar, None),
            Op::RtAnnotations => self.rt(d, Helper::Annotations, None),
            Op::RtBuildClass => self.rt(d, Helper::BuildClass, None),
            Op::RtClassDeref => {
                let n = self.idx(d)? as u64;
                self.rt(d, Helper::ClassDeref, Some(n))
            }
            Op::RtPrintExpr => self.rt(d, Helper::PrintExpr, None),
            Op::RtSetupWith => self.rt_many(d, Helper::SetupWith, None),
            Op::RtWithStart => self.rt_many(d, Helper::WithStart, None),
            Op::RtNewGenerator => self.rt_spread(d, Helper::NewGenerator, None, 3),
            Op::RtForGen => self.for_gen(d),
            Op::RtDelegate => self.delegate(d),
            Op::RtAwait => self.rt_await(d),
            Op::RtBeforeAsyncWith => self.rt_many(d, Helper::BeforeAsyncWith, None),
            Op::RtWrapYield => self.rt(d, Helper::WrapYield, None),
            Op::AsyncEnded => self.async_ended(d),
            Op::Yield => self.yield_value(d),
            Op::SuperMethod => {
                let name = self.const_of(d)?.bits();
                let name = self.iconst(name as i64);
                let args = [name, self.arg(d, 0)?, self.arg(d, 1)?];
                let (f, _) = self.helper(Helper::SuperMethod, &args)?;
                self.result(d, f)
            }
            Op::LoadHandled => {
                let (v, _) = self.helper(Helper::Handled, &[])?;
                self.result(d, v)
            }
            Op::RtCatch => self.rt_catch(d),
            Op::RtRaise => self.raise_here(d),
            Op::RtPopExcept => self.pop_handler(d, Helper::PopExcept),
            Op::RtRestoreTraceback => {
                let tb = self.arg(d, 0)?;
                self.helper(Helper::RestoreTraceback, &[tb]).map(|_| ())
            }
            Op::RtPopFinally => self.pop_handler(d, Helper::PopFinally),
            // Where the op before it raised, `ended` has gone to the second target.
            Op::Jump | Op::Catch => {
                let t = &d.targets[0];
                let (to, args) = (self.block(t.block)?, self.target_args(&t.args)?);
                self.b.ins().jump(to, &args);
                Ok(())
            }
            Op::Brif => {
                let c = self.arg(d, 0)?;
                let (t, e) = (&d.targets[0], &d.targets[1]);
                let (tb, ta) = (self.block(t.block)?, self.target_args(&t.args)?);
                let (eb, ea) = (self.block(e.block)?, self.target_args(&e.args)?);
                self.b.ins().brif(c, tb, &ta, eb, &ea);
                Ok(())
            }
            Op::Ret => {
                let x = self.arg(d, 0)?;
                // Another constant 0 would be kept in a register over the calls before.
                let ok = match self.zero {
                    Some(z) => z,
                    None => self.iconst(status::OK as i64),
                };
                self.ret(x, ok);
                Ok(())
            }
            Op::RetBoxed => {
                let x = self.arg(d, 0)?;
                let st = self.iconst(status::BOXED as i64);
                self.ret(x, st);
                Ok(())
            }
            Op::Exit => self.exit_now(d),
            Op::Raise => {
                let n = self.idx(d)? as u64;
                self.raise(d, Helper::Raise, Some(n))
            }
            Op::Reraise => self.raise(d, Helper::Reraise, None),
        }
    }

    pub(super) fn target_args(&self, args: &[Val]) -> L<Vec<ir::BlockArg>> {
        args.iter().map(|&v| Ok(self.v(v)?.into())).collect()
    }

    /// Returns a payload of any type, brought into the type this function returns.
    pub fn ret(&mut self, x: ir::Value, st: ir::Value) {
        let want = self.b.func.signature.returns[0].value_type;
        let have = self.b.func.dfg.value_type(x);
        let x = if have == want {
            x
        } else if want == types::F64 {
            let x = value::to_word(&mut self.b, x);
            self.b.ins().bitcast(types::F64, MemFlagsData::new(), x)
        } else {
            value::to_word(&mut self.b, x)
        };
        let left = self.return_fuel();
        let all: Vec<ir::Value> = [x, st].into_iter().chain(left).collect();
        self.b.ins().return_(&all);
    }
}

#[cfg(test)]
#[allow(unsafe_code)]
mod tests;
