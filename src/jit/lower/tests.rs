//! SSA text, lowered and run without an engine: words of the test stand for those of the Vm.

use super::{Env, Links, lower, status};
use crate::jit::native::isa;
use crate::jit::native::module::{Assembler, Code, Scratch};
use crate::jit::runtime::Pair;
use crate::jit::ssa::parse::parse;
use crate::object::Value;
use cranelift_codegen::Context;
use cranelift_frontend::FunctionBuilderContext;
use std::cell::Cell;

/// The words of an engine that code without helper calls reads.
#[derive(Default)]
struct Words {
    guard: u64,
    depth: u32,
    recursion_limit: u32,
    fuel: Cell<i64>,
    native_calls: Cell<u64>,
}

const NO_LINKS: Links<'static> = Links {
    cell: &|_, _| None,
    is_first: &|_, _| false,
    suspends: &|_, _| None,
    open: None,
};

fn compile(text: &str, w: &Words, consts: &[u64], count: bool) -> (Code, usize) {
    let mut f = parse(text).unwrap();
    for (c, bits) in f.consts.iter_mut().zip(consts) {
        *c = crate::jit::ssa::func::Const::Imm(*bits);
    }
    let at = |p: *const ()| p as u64;
    let env = Env {
        vm: 0,
        unit: 0,
        heap: 0,
        guard: at(&w.guard as *const _ as *const ()),
        depth: at(&w.depth as *const _ as *const ()),
        recursion_limit: at(&w.recursion_limit as *const _ as *const ()),
        fixed_limit: None,
        answer: 0,
        caught: 0,
        top: 0,
        handled: 0,
        resumes: 0,
        taking: 0,
        given: 0,
        fuel: at(&w.fuel as *const _ as *const ()),
        burns: count,
        native_calls: at(&w.native_calls as *const _ as *const ()),
        count,
        coverage: None,
        stress: None,
    };
    let isa = isa::host().unwrap();
    let mut fctx = FunctionBuilderContext::new();
    let l = lower(&f, &env, NO_LINKS, isa.default_call_conv(), &mut fctx).unwrap();
    let mut asm = Assembler::new(isa, &Scratch::default());
    let mut ctx = Context::new();
    let ids: Vec<_> = l
        .funcs
        .iter()
        .map(|(n, f)| asm.declare(n, &f.signature).unwrap())
        .collect();
    for ((name, f), id) in l.funcs.into_iter().zip(&ids) {
        ctx.clear();
        ctx.func = f;
        let show = std::env::var_os("SHOW_ASM").is_some();
        ctx.set_disasm(show);
        if show {
            println!("{name}:\n{}", ctx.func.display());
        }
        asm.define(*id, &mut ctx).unwrap();
        if show {
            println!("{}", ctx.compiled_code().unwrap().vcode.as_ref().unwrap());
        }
    }
    let code = asm.finish().unwrap();
    let frame = code.entry(*ids.last().unwrap());
    (code, frame)
}

fn call(frame: usize, slots: &[Value], depth: u64) -> Pair {
    // SAFETY: `compile` made this frame entry, and the caller holds its code.
    let f: extern "C" fn(*const Value, u64) -> Pair = unsafe { std::mem::transmute(frame) };
    f(slots.as_ptr(), depth)
}

const FIB: &str = r#"func "fib" function (i64) -> i64 {
  c0 = object "code fib"
  c1 = object "cell fib"
  c2 = object "function fib"
  g0 = (i64) -> i64
  f0 = c0 locals 1 cells 0 frees 0 stack 4
block0(v0: i64):
  s0 = state at f0 0 [v0 |]
  enter #0 !Poll s0
  v1 = const_i64 2
  v2 = icmp lt v0, v1 @2
  brif v2, block1(), block2(v0)
block1():
  ret v0
block2(v3: i64):
  s1 = state at f0 6 [v0 |]
  v4 = load_global_cell c1 !GlobalChanged s1 @6
  guard_func_version c2 7 v4 !WrongCallee s1
  v5 = const_i64 1
  v6 = sub_i64 v3, v5 !Overflow s1 @9
  s2 = state in f0 10 [v0 |]
  v7 = call_self v6 s2 @10
  s3 = state at f0 11 [v0 | v7]
  v8 = load_global_cell c1 !GlobalChanged s3 @11
  guard_func_version c2 7 v8 !WrongCallee s3
  v9 = const_i64 2
  v10 = sub_i64 v3, v9 !Overflow s3 @12
  s4 = state in f0 13 [v0 | v7]
  v11 = call_self v10 s4 @13
  s5 = state at f0 14 [v0 | v7 v11]
  v12 = add_i64 v7, v11 !Overflow s5 @14
  ret v12
}
"#;

/// A cell and a function as code sees them: a header's word, then fields.
fn fib_objects() -> ([u64; 2], Box<[u64; 32]>) {
    let func = Box::new([7u64; 32]);
    ([0, func.as_ptr() as u64], func)
}

#[test]
fn fib_runs() {
    let w = Words {
        recursion_limit: 1000,
        ..Words::default()
    };
    let (cell, func) = fib_objects();
    let consts = [0, cell.as_ptr() as u64, func.as_ptr() as u64];
    let (_code, frame) = compile(FIB, &w, &consts, false);
    let n = std::env::var("FIB_N").map_or(20, |n| n.parse().unwrap());
    let t = std::time::Instant::now();
    let p = call(frame, &[Value::int_unchecked(n)], 1);
    let jit = t.elapsed();
    assert_eq!(p.status, status::OK);
    let t = std::time::Instant::now();
    let want = std::hint::black_box(fib as fn(i64) -> Option<i64>)(n).unwrap();
    let rust = t.elapsed();
    assert_eq!(p.payload as i64, want);
    println!("fib({n}): jit {jit:?}, rust {rust:?}");
    let p = call(frame, &[Value::float(1.0)], 1);
    assert_eq!(p.status, status::MISMATCH);
}

#[inline(never)]
fn fib(n: i64) -> Option<i64> {
    if n < 2 {
        return Some(n);
    }
    fib(n.checked_sub(1)?)?.checked_add(fib(n.checked_sub(2)?)?)
}

#[test]
fn fuel_armed_code_counts() {
    let w = Words {
        recursion_limit: 1000,
        fuel: Cell::new(1000),
        ..Words::default()
    };
    let (cell, func) = fib_objects();
    let consts = [0, cell.as_ptr() as u64, func.as_ptr() as u64];
    let text = FIB.replace("enter #0", "enter #1");
    let (_code, frame) = compile(&text, &w, &consts, true);
    call(frame, &[Value::int_unchecked(10)], 1);
    assert_eq!((w.fuel.get(), w.native_calls.get()), (1000 - 177, 177));
}

/// A load that Cranelift may trust is merged with the one before the loop: then nobody could end it.
#[test]
fn every_loop_reads_the_limit_word_anew() {
    let text = r#"func "f" function (i64) -> i64 {
  c0 = object "code f"
  f0 = c0 locals 1 cells 0 frees 0 stack 2
block0(v0: i64):
  s0 = state at f0 0 [v0 |]
  enter #0 !Poll s0
  v1 = const_i64 0
  jump block1(v1)
block1(v2: i64):
  s1 = state at f0 2 [v0 |]
  poll !Poll s1
  v3 = const_i64 1
  v4 = wrap_add_i64 v2, v3
  v5 = icmp lt v4, v0
  brif v5, block2(v1), block3()
block2(v6: i64):
  s2 = state at f0 3 [v0 |]
  poll !Poll s2
  v7 = wrap_add_i64 v6, v3
  v8 = icmp lt v7, v0
  brif v8, block2(v7), block1(v4)
block3():
  ret v2
}
"#;
    let mut f = parse(text).unwrap();
    crate::jit::pipeline::optimise(&mut f, &Default::default(), &mut |_, _| ());
    let at = 0x1000;
    let env = Env {
        vm: 0,
        unit: 0,
        heap: 0,
        guard: at,
        depth: at + 8,
        recursion_limit: at + 16,
        fixed_limit: None,
        answer: at + 24,
        caught: at + 24,
        top: at + 64,
        handled: at + 72,
        resumes: at + 80,
        taking: at + 80,
        given: at + 80,
        fuel: at + 40,
        burns: false,
        native_calls: at + 56,
        count: false,
        coverage: None,
        stress: None,
    };
    let isa = isa::host().unwrap();
    let mut fctx = FunctionBuilderContext::new();
    let l = lower(&f, &env, NO_LINKS, isa.default_call_conv(), &mut fctx).unwrap();
    let (_, direct) = l.funcs.into_iter().next().unwrap();
    let mut ctx = Context::for_function(direct);
    ctx.compile(&*isa, &mut Default::default()).unwrap();
    let text = ctx.func.display().to_string();
    // One at the entry, one in each loop, each in a block of its own.
    let mut blocks = Vec::new();
    let mut block = "";
    for line in text.lines() {
        if line.starts_with("block") {
            block = line;
        }
        if line.contains("atomic_load") {
            blocks.push(block);
        }
    }
    assert_eq!(blocks.len(), 3, "{text}");
    blocks.dedup();
    assert_eq!(blocks.len(), 3, "{text}");
}
