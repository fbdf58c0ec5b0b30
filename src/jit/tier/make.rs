//! Making a unit: built, optimised, installed; the cells through which native code finds others.

use super::env::Env;
use super::native::{MAX_COMPILES, decline, eager, kind, put_off, revive, spent};
use crate::code::object::flags;
use crate::code::opcode::Opcode;
use crate::code::verify::NO_BLOCK;
use crate::interp::executable::Executable;
use crate::interp::frame::FramePtr;
use crate::jit::build::{Start, build};
use crate::jit::dump::Lines;
use crate::jit::install::{NoUnit, Request, install};
use crate::jit::memory::free;
use crate::jit::native::unit::{EntryCell, ResumeCell, Unit, UnitKind, Watched};
use crate::jit::native::{exec_of_word, thread_time};
use crate::jit::ssa::func::Sig;
use crate::jit::stats::Declined;
use crate::jit::{pipeline, turn};
use crate::object::Value;
use crate::types::cell::value::GlobalCellObj;
use crate::types::function::value::FunctionObj;
use crate::types::generator::value::GenObj;
use crate::vm::Vm;
use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;
use std::time::Instant;

/// Instructions of SSA past which a unit is not worth its time.
const MAX_SSA: usize = 60_000;

/// Compiles the frame's function, or a loop of it.
pub(super) fn compile(vm: &mut Vm, f: FramePtr, start: Start<'_>) -> Option<Rc<Unit>> {
    let exec = f.exec();
    let t = &exec.tier;
    if let Some(u) = revive(vm, f, kind(start)) {
        return Some(u);
    }
    if spent(vm) {
        put_off(vm, exec, start);
        return None;
    }
    let n = t.made.compiles.get() + 1;
    t.made.compiles.set(n);
    if n > MAX_COMPILES + 4 * t.made.loops.borrow().len() as u32 {
        decline(vm, f, start, Declined::Unsettled);
        return None;
    }
    turn::start(vm);
    let blind = match start {
        Start::Function => eager(vm) && n == 1,
        Start::Loop { .. } => false,
        Start::Resume { .. } => {
            let loops = t.made.loops.borrow();
            loops.iter().any(|l| l.is(kind(start)) && l.blind)
        }
    };
    let started = Instant::now();
    let cpu = thread_time();
    let dump = vm.config.dump.ssa;
    if !exec.code.names.is_empty()
        && let Err(r) = crate::types::code::ops::name(vm, f.code(), 0)
    {
        // No memory for the names: the interpreter will meet that, too.
        let _ = vm.catch(r, crate::object::ClassId::BaseException);
        return None;
    }
    let draft = matches!(start, Start::Function) && !eager(vm) && !t.made.mature.get();
    let env = Env {
        vm,
        exec,
        unit: exec,
        draft,
        code: f.code(),
        globals: f.globals(),
        namespace: f.locals(),
        speculate: !blind,
        in_loop: !matches!(start, Start::Function),
    };
    let mut dumped = String::new();
    let times = &vm.jit.stats.times;
    let building = Instant::now();
    let func = build(exec, start, &env);
    times.add(pipeline::BUILD, building);
    let func = func.map(|mut f| {
        if f.insts.len() > MAX_SSA {
            return f;
        }
        let mut lines = Lines::new(vm.config.grants.has(crate::vm::Capability::Files));
        if dump {
            dumped += &format!("; built\n{}", lines.beside(&f));
        }
        pipeline::optimise(&mut f, times, &mut |_, _| ());
        if dump {
            dumped += &format!("; optimised\n{}\n", lines.beside(&f));
        }
        f
    });
    if dump {
        let _ = vm.stderr.write_all(dumped.as_bytes());
    }
    let func = match func {
        Ok(f) if f.insts.len() <= MAX_SSA => f,
        Ok(_) | Err(_) => {
            decline(vm, f, start, Declined::TooLarge);
            return None;
        }
    };
    // A traceback may ask for what it has caught: the runtime sees to that.
    let frames = vm.jit.frames.get();
    let q = Request {
        func: &func,
        owner: f.code(),
        globals: f.globals(),
        namespace: f.locals(),
        cells: &|code, sig| cell_of(code, sig),
        draft: draft && func.held_back,
        is_first: &|function, version| is_first(function, version),
        suspends: &|code, at| match frames {
            false => suspension(code, at),
            true => None,
        },
        open: open_cells(exec).filter(|_| f.locals().is_none()),
    };
    let unit = install(vm, &q);
    let s = &vm.jit.stats;
    let took = started.elapsed();
    // Of a busy machine's time only what this thread had.
    let took = match (cpu, thread_time()) {
        (Some(from), Some(to)) => to.saturating_sub(from),
        _ => took,
    };
    s.compile_us
        .set(s.compile_us.get() + took.as_micros() as u64);
    vm.jit.charge_compile_time(took);
    let unit = match unit {
        Ok(u) => u,
        Err(NoUnit::Declined(why)) => {
            decline(vm, f, start, why);
            return None;
        }
        Err(NoUnit::Later) => {
            // Making room may have counted, too.
            t.made.compiles.set(t.made.compiles.get().saturating_sub(1));
            put_off(vm, exec, start);
            return None;
        }
    };
    if !watch(vm, &unit) {
        t.made.compiles.set(t.made.compiles.get().saturating_sub(1));
        free(&vm.heap, unit);
        put_off(vm, exec, start);
        return None;
    }
    vm.jit.units.add(&unit);
    if unit.kind == UnitKind::Function {
        t.made.blind.set(blind);
    }
    t.made.serve(&unit);
    Some(unit)
}

/// The cells of code whose calls bind nothing but arguments to parameters, one to one.
fn open_cells(exec: &Executable) -> Option<&[u32]> {
    let code = &exec.code;
    let plain = flags::OPTIMIZED | flags::NEWLOCALS;
    let open =
        code.flags & plain == plain && exec.makes.is_none() && code.total_args() == code.argcount;
    open.then_some(&exec.cell2arg)
}

/// From now on what the unit relies on is watched; false: it has changed already.
fn watch(vm: &Vm, unit: &Unit) -> bool {
    let holds = holds(vm, unit);
    if holds {
        for c in cells(vm, unit) {
            c.watched.set(true);
        }
    }
    holds
}

/// Whether what the unit relies on is as it was when it was made.
pub(super) fn holds(vm: &Vm, unit: &Unit) -> bool {
    let watched = unit.body.get().map_or(&[][..], |b| &b.watched);
    let cell = |w: &Watched| Value::from_bits(w.cell)?.get::<GlobalCellObj>(vm);
    let function = |w: &Watched| Value::from_bits(w.function)?.get::<FunctionObj>(vm);
    watched.iter().all(|w| {
        cell(w).is_some_and(|c| c.value.get().map(Value::bits) == Some(w.function))
            && function(w).is_some_and(|f| f.version.get() == w.version)
    })
}

/// The cells that it relies on.
pub(super) fn cells<'a>(vm: &'a Vm, unit: &'a Unit) -> impl Iterator<Item = &'a GlobalCellObj> {
    let watched = unit.body.get().map_or(&[][..], |b| &b.watched);
    let cells = watched.iter().filter_map(|w| Value::from_bits(w.cell));
    cells.filter_map(|c| c.get::<GlobalCellObj>(vm))
}

/// Gives a function hand-written code: what no pass makes yet can be run.
#[cfg(test)]
pub fn install_for(vm: &mut Vm, func: Value, ssa: &crate::jit::ssa::func::Func) {
    let f = func.cast::<FunctionObj>().expect("a function");
    let exec = crate::call::dispatch::exec_of(vm, f).expect("code that verifies") as u64;
    let q = Request {
        func: ssa,
        owner: f.get(vm).code.get_or_none(),
        globals: f.get(vm).globals.get_or_none(),
        namespace: None,
        cells: &|_, _| None,
        draft: false,
        is_first: &|_, _| false,
        suspends: &|_, _| None,
        open: None,
    };
    let unit = install(vm, &q).expect("it compiles");
    assert!(watch(vm, &unit), "what it relies on is as it says");
    vm.jit.units.add(&unit);
    let code = f.get(vm).code.get_or_none();
    let exec = exec_of_word(code.bits()).filter(|e| *e as *const Executable as u64 == exec);
    *exec.expect("its own").tier.made.unit.borrow_mut() = Some(unit);
}

/// See `Links::suspends`.
fn suspension(code: u64, at: u32) -> Option<(u64, u64)> {
    let exec = exec_of_word(code)?;
    let i = exec.instrs.get(at as usize)?;
    if *exec.verified.block.get(at as usize)? != NO_BLOCK {
        return None;
    }
    let pc = at + (i.opcode() != Opcode::YIELD_FROM) as u32;
    // What was yielded, or sent, lay there.
    let depth = (*exec.verified.depth.get(at as usize)? as u64).checked_sub(1)?;
    let base = (exec.nlocals + exec.ncells + exec.nfrees) as u64;
    let cell = resume_cell(exec, pc, base + depth);
    Some((cell as u64, std::ptr::from_ref(i) as u64))
}

/// The address of the cell of the place where a generator of this code starts.
pub fn start_cell(exec: &Executable) -> usize {
    // Nothing is sent to one that has not started.
    resume_cell(exec, 0, 0)
}

/// The address of the cell of a place where a generator goes on; what is sent goes to this slot then.
fn resume_cell(exec: &Executable, pc: u32, sent: u64) -> usize {
    let made = &exec.tier.made;
    let known = made.resumes.borrow().iter().find(|c| c.pc == pc).cloned();
    let cell = known.unwrap_or_else(|| {
        let c = Rc::new(ResumeCell {
            entry: Cell::new(0),
            globals: Cell::new(0),
            sent: size_of::<GenObj>() as u64 + 8 * sent,
            pc,
        });
        made.resumes.borrow_mut().push(c.clone());
        made.point_resumes();
        c
    });
    Rc::as_ptr(&cell) as usize
}

/// See `FunctionObj::first`.
fn is_first(function: u64, version: i64) -> bool {
    let f = Value::from_bits(function).and_then(|v| v.cast::<FunctionObj>());
    f.is_some_and(|f| f.as_ref().is_first(function, version as u64))
}

/// The cell through which the functions of a code object are called natively by this signature.
fn cell_of(code: u64, sig: &Sig) -> Option<Rc<EntryCell>> {
    let exec = exec_of_word(code)?;
    let made = &exec.tier.made;
    let known = made.cells.borrow().iter().find(|c| c.sig == *sig).cloned();
    let c = known.unwrap_or_else(|| {
        let c = Rc::new(EntryCell {
            addr: Cell::new(0),
            misses: Cell::new(0),
            sig: sig.clone(),
            code,
        });
        made.cells.borrow_mut().push(c.clone());
        c
    });
    made.point_cells();
    Some(c)
}
