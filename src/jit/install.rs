//! From SSA to a unit in memory: lowering, Cranelift, the code heap, accounting, dumps.

use super::lower::{self, Env};
use super::memory::{self, Room};
use super::native::isa;
use super::native::module::{Assembler, Scratch};
use super::native::perf;
use super::native::unit::{Body, Draft, EntryCell, Unit, UnitKind, Watched, meta_bytes};
use super::pipeline::{CRANELIFT, LOWER};
use super::ssa::func::{Const, Entry, Func, Imm, Sig};
use super::ssa::op::Op;
use super::ssa::types::ConstId;
use super::stats::Declined;
use crate::object::Value;
use crate::types::function::value::FunctionObj;
use crate::vm::Vm;
use cranelift_codegen::Context;
use cranelift_frontend::FunctionBuilderContext;
use std::cell::{Cell, OnceCell, RefCell};
use std::io::Write;
use std::rc::Rc;
use std::time::Instant;

/// Frames past this many bytes would not fit the room that the entry check leaves.
const MAX_FRAME: u32 = 16 << 10;

/// What compiling reuses from unit to unit.
#[derive(Default)]
pub struct Tools {
    scratch: Scratch,
    ctx: Option<Box<Context>>,
    fctx: Option<Box<FunctionBuilderContext>>,
}

thread_local! {
    /// One for all engines that run on a thread: nothing in it is an engine's, and it grows to more than an engine is.
    /// So none is charged for it (`Builder::max_memory` says so).
    static TOOLS: Cell<Tools> = Cell::default();
}

/// Drops the thread's.
pub(super) fn give_back_tools() {
    let _ = TOOLS.try_with(Cell::take);
}

/// What a unit is made for.
pub struct Request<'a> {
    pub func: &'a Func,
    pub owner: Value,
    pub globals: Value,
    /// The namespace of module code.
    pub namespace: Option<Value>,
    /// The entry cell of a function that the unit calls directly.
    pub cells: &'a dyn Fn(u64, &Sig) -> Option<Rc<EntryCell>>,
    /// Wanted soon: another takes its place when it has run for a while.
    pub draft: bool,
    /// See `lower::Links`.
    pub is_first: &'a dyn Fn(u64, i64) -> bool,
    pub suspends: &'a dyn Fn(u64, u32) -> Option<(u64, u64)>,
    /// See `lower::Links`: the cells.
    pub open: Option<&'a [u32]>,
}

/// Why there is no unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoUnit {
    /// There will not be one.
    Declined(Declined),
    /// There may be one later.
    Later,
}

/// Compiles and installs. The bytes are accounted.
///
/// # Errors
/// Why there is no unit.
pub fn install(vm: &mut Vm, q: &Request<'_>) -> Result<Rc<Unit>, NoUnit> {
    // Where the thread is at its end there are none to reuse.
    let mut tools = TOOLS.try_with(Cell::take).unwrap_or_default();
    let r = install_with(vm, q, &mut tools);
    let _ = TOOLS.try_with(|t| t.set(tools));
    r
}

fn install_with(vm: &mut Vm, q: &Request<'_>, tools: &mut Tools) -> Result<Rc<Unit>, NoUnit> {
    let target = match q.draft || super::turn::drafted(vm) {
        true => isa::draft(),
        false => isa::host(),
    };
    let Ok(target) = target else {
        return Err(NoUnit::Declined(Declined::Backend));
    };
    let func = q.func;
    let unit = Rc::new(Unit {
        vm: vm as *mut Vm,
        name: func.name.clone(),
        kind: match func.entry {
            Entry::Function => UnitKind::Function,
            Entry::Loop { pc } => UnitKind::Loop(pc),
            Entry::Resume { pc } => UnitKind::Resume(pc),
        },
        sig: func.sig.clone(),
        room: func.room,
        up: func.up,
        owner: q.owner,
        globals: q.globals,
        namespace: q.namespace,
        frames: vm.jit.frames.get(),
        exits: Cell::new(0),
        retired: Cell::new(false),
        since: Cell::new(Instant::now()),
        used: Cell::new(0),
        unlinked: Cell::new(false),
        draft: q.draft.then(Draft::default),
        body: OnceCell::new(),
    });
    let env = env(vm, &unit);
    let used: RefCell<Vec<Rc<EntryCell>>> = RefCell::new(Vec::new());
    let cells = |f: u64, sig: &Sig| {
        let c = (q.cells)(f, sig)?;
        let addr = &c.addr as *const _ as u64;
        used.borrow_mut().push(c);
        Some(addr)
    };
    let watched = watched(vm, func);
    let started = Instant::now();
    let fctx = tools.fctx.get_or_insert_with(Default::default);
    let links = lower::Links {
        cell: &cells,
        is_first: q.is_first,
        suspends: q.suspends,
        open: q.open.map(|cells| lower::Open {
            cells,
            globals: q.globals.bits(),
        }),
    };
    let lowered = lower::lower(func, &env, links, target.default_call_conv(), fctx);
    let lowered = match lowered {
        Ok(l) => l,
        Err(e) => return Err(complain(vm, func, &e.0)),
    };
    vm.jit.stats.times.add(LOWER, started);
    if vm.jit.check_aarch64.get() {
        match lower::check_aarch64(func) {
            Ok(n) => vm
                .jit
                .stats
                .aarch64_bytes
                .set(vm.jit.stats.aarch64_bytes.get() + n as u64),
            Err(e) => return Err(complain(vm, func, &format!("AArch64: {e}"))),
        }
    }
    let started = Instant::now();
    let mut asm = Assembler::new(target, &tools.scratch);
    let ctx = tools.ctx.get_or_insert_with(|| Box::new(Context::new()));
    let mut ids = Vec::new();
    for (name, f) in &lowered.funcs {
        match asm.declare(name, &f.signature) {
            Ok(id) => ids.push((*name, id)),
            Err(e) => return Err(complain(vm, func, &e)),
        }
    }
    let dump = vm.config.dump;
    for ((name, f), (_, id)) in lowered.funcs.into_iter().zip(&ids) {
        ctx.clear();
        ctx.func = f;
        if dump.clif {
            let text = format!("; {} {name}\n{}\n", func.name, ctx.func.display());
            let _ = vm.stderr.write_all(text.as_bytes());
        }
        ctx.set_disasm(dump.asm);
        let frame = match asm.define(*id, ctx) {
            Ok(n) => n,
            Err(_) if asm.full() => return Err(NoUnit::Declined(Declined::TooLarge)),
            Err(e) => return Err(complain(vm, func, &e)),
        };
        if frame > MAX_FRAME {
            return Err(NoUnit::Declined(Declined::TooLarge));
        }
        if dump.asm
            && let Some(text) = ctx.compiled_code().and_then(|c| c.vcode.as_ref())
        {
            let text = format!("; {} {name}\n{text}\n", func.name);
            let _ = vm.stderr.write_all(text.as_bytes());
        }
    }
    let bytes = asm.bytes()
        + meta_bytes(
            &lowered.sites,
            &lowered.chains,
            &lowered.tuples,
            &lowered.cells,
        );
    match memory::room(vm, bytes) {
        Room::Yes => {}
        Room::Later => return Err(NoUnit::Later),
        Room::Never => return Err(NoUnit::Declined(Declined::Memory)),
    }
    if vm.heap.account(bytes).is_err() {
        return Err(NoUnit::Declined(Declined::Memory));
    }
    let code = match asm.finish() {
        Ok(c) => c,
        Err(e) => {
            vm.heap.unaccount(bytes);
            return Err(complain(vm, func, &e));
        }
    };
    let entry = |want: &str| {
        let found = ids.iter().find(|(n, _)| *n == want);
        found.map_or(0, |(_, id)| code.entry(*id))
    };
    let consts = func.consts.iter().filter_map(|c| match c {
        Const::Object { bits, .. } => Some(*bits),
        Const::Imm(_) => None,
    });
    let (direct, frame, open) = (entry("direct"), entry("frame"), entry("open"));
    let body = Body {
        direct,
        frame,
        open,
        sites: lowered.sites,
        chains: lowered.chains,
        tuples: lowered.tuples,
        stores: lowered.cells,
        consts: consts.collect(),
        watched,
        cells: used.into_inner(),
        counted: vm.jit.units.tally.count(bytes),
        code,
    };
    let _ = unit.body.set(body);
    if vm.config.perf_map {
        perf::add(&unit);
    }
    let s = &vm.jit.stats;
    s.units.set(s.units.get() + 1);
    s.inlined.set(s.inlined.get() + func.inlined as u64);
    s.bytes.set(s.bytes.get() + bytes as u64);
    let living = vm.jit.units.tally.get() as u64;
    s.most_bytes.set(s.most_bytes.get().max(living));
    s.times.add(CRANELIFT, started);
    Ok(unit)
}

/// What its code relies on.
fn watched(vm: &Vm, func: &Func) -> Vec<Watched> {
    let mut out: Vec<Watched> = Vec::new();
    let insts = func
        .order
        .iter()
        .flat_map(|b| &func.blocks[b.index()].insts);
    for d in insts.map(|i| &func.insts[i.index()]) {
        if let (Op::GuardGlobal, [Imm::Const(cell), Imm::Const(function), _]) = (d.op, d.imms) {
            let word = |c: ConstId| func.consts.get(c.index()).map_or(0, |c| c.bits());
            let object = Value::from_bits(word(function));
            let object = object.and_then(|v| v.get::<FunctionObj>(vm));
            let w = Watched {
                cell: word(cell),
                function: word(function),
                version: object.map_or(0, |f| f.version.get()),
            };
            if !out.contains(&w) {
                out.push(w);
            }
        }
    }
    out
}

/// A unit that does not compile is a bug of ours: it is interpreted, and debug builds say why.
fn complain(vm: &mut Vm, func: &Func, why: &str) -> NoUnit {
    if cfg!(debug_assertions) {
        let text = format!("taipan: {} is not compiled: {why}\n", func.name);
        let _ = vm.stderr.write_all(text.as_bytes());
    }
    NoUnit::Declined(Declined::Backend)
}

fn env(vm: &Vm, unit: &Rc<Unit>) -> Env {
    let at = |p: *const ()| p as u64;
    Env {
        vm: unit.vm as u64,
        unit: Rc::as_ptr(unit) as u64,
        heap: at(&vm.heap as *const _ as *const ()),
        guard: vm.limit.guard_address() as u64,
        depth: at(&vm.depth as *const _ as *const ()),
        recursion_limit: at(&vm.recursion_limit as *const _ as *const ()),
        fixed_limit: super::watch::settled_limit(vm).then(|| vm.recursion_limit.get()),
        answer: at(&vm.jit.answer as *const _ as *const ()),
        caught: at(&vm.jit.caught_depth as *const _ as *const ()),
        top: vm.stack.top_address() as u64,
        handled: at(&vm.handled as *const _ as *const ()),
        resumes: at(&vm.jit.stats.resumes as *const _ as *const ()),
        given: at(&vm.jit.stats.given as *const _ as *const ()),
        taking: at(Rc::as_ptr(&vm.jit.taking) as *const ()),
        fuel: vm.fuel.address() as u64,
        native_calls: at(&vm.stats.native as *const _ as *const ()),
        burns: super::counts(vm),
        count: vm.config.count,
        coverage: vm
            .coverage
            .as_ref()
            .map(|c| at(&raw const **c as *const ())),
        stress: super::turn::armed(&vm.config).then(|| at(&vm.jit.stress as *const _ as *const ())),
    }
}
