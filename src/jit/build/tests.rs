//! Building without an engine: the feedback is written by hand.

use super::bind::Callee;
use super::{BuildEnv, Start, build};
use crate::code::object::{CodeObject, Const, flags};
use crate::code::opcode::Opcode;
use crate::code::verify::UNREACHABLE;
use crate::compile::{Mode, compile};
use crate::interp::executable::{Executable, SPEC_BASE, Spec};
use crate::interp::feedback::{BOOL, FLOAT, INT};
use crate::jit::deopt::reason::Reason;
use crate::jit::pipeline::{Times, optimise};
use crate::jit::ssa::effect::EXITS;
use crate::jit::ssa::func::Func;
use crate::jit::ssa::op::Op;
use crate::jit::ssa::parse::parse;
use crate::jit::ssa::types::Ty;
use crate::object::Value;
use num_traits::ToPrimitive;
use std::sync::Arc;

/// Words that stand for objects: never looked at.
const CODE: u64 = 0x1000;
const GLOBALS: u64 = 0x2000;
const CELL: u64 = 0x3000;
const FUNC: u64 = 0x4000;
const NAME: u64 = 0x8000;

struct Env {
    speculate: bool,
    namespace: u64,
}
impl<'a> BuildEnv<'a> for Env {
    fn speculate(&self) -> bool {
        self.speculate
    }
    fn fuel(&self) -> bool {
        true
    }
    fn globals(&self) -> u64 {
        GLOBALS
    }
    fn namespace(&self) -> u64 {
        self.namespace
    }
    fn code(&self) -> u64 {
        CODE
    }
    fn name(&self, i: u32) -> u64 {
        NAME + 8 * i as u64
    }
    fn describe(&self, object: u64) -> String {
        format!("object {object:#x}")
    }
    fn int64(&self, _: u64) -> Option<i64> {
        None
    }
    fn callee(&self, object: u64) -> Option<Callee<'a>> {
        self.is_own(object).then(|| Callee {
            exec: None,
            code: CODE,
            sig: None,
            defaults: Vec::new(),
            kwdefaults: Vec::new(),
            closure: Vec::new(),
        })
    }
    fn is_own(&self, object: u64) -> bool {
        object == FUNC
    }
    fn is_str(&self, _: u64) -> bool {
        false
    }
    fn frees(&self, _: u64, _: u64) -> Option<usize> {
        None
    }
    fn items(&self, _: u64) -> Option<Vec<u64>> {
        None
    }
    fn is_text(&self, _: u64, _: &[u8]) -> bool {
        false
    }
    fn burnt(&self, _: u32, _: Reason) -> bool {
        false
    }
}

fn word(c: &Const) -> u64 {
    match c {
        Const::None => Value::NONE.bits(),
        Const::Bool(b) => Value::bool(*b).bits(),
        Const::Int(i) => match i.to_i64().and_then(Value::small_int) {
            Some(v) => v.bits(),
            None => 0x9000,
        },
        Const::Float(x) => Value::float(*x).bits(),
        _object => 0x9000,
    }
}

/// The module's code and the functions in it, depth first.
fn codes(source: &str) -> Vec<Arc<CodeObject>> {
    fn walk(c: &Arc<CodeObject>, out: &mut Vec<Arc<CodeObject>>) {
        out.push(c.clone());
        for k in &c.consts {
            if let Const::Code(c) = k {
                walk(c, out);
            }
        }
    }
    let mut out = Vec::new();
    let module = compile(source, "test.py", Mode::Exec).unwrap_or_else(|e| panic!("{e}"));
    walk(&module, &mut out);
    out
}

fn executable(c: &Arc<CodeObject>) -> Executable {
    Executable::build(c, |i| word(&c.consts[i])).unwrap()
}

/// Feedback as if everything had always been of the type `bits`, and every global the function itself.
fn seen(e: &Executable, bits: u8) {
    for p in &e.params {
        p.set(bits);
    }
    for q in &e.instrs {
        let set = |s: Spec| q.op.set(SPEC_BASE + s as u8);
        q.fb.set(bits);
        let name = q.opcode().name();
        if name.starts_with("BINARY_") || name.starts_with("INPLACE_") {
            q.cache1.set(bits as u64 * 0x101);
        }
        if q.opcode() == Opcode::COMPARE_OP {
            q.cache1.set(bits as u64 * 0x101);
            q.fb.set(BOOL);
        }
        if q.opcode() == Opcode::LOAD_GLOBAL {
            set(Spec::LOAD_GLOBAL_CELL);
            q.cache0.set(CELL);
        }
        if q.opcode() == Opcode::CALL_FUNCTION {
            set(Spec::CALL_PY);
            q.cache0.set(FUNC);
            q.cache1.set(7);
        }
        if q.opcode() == Opcode::FOR_ITER {
            set(Spec::FOR_RANGE);
        }
    }
}

/// Builds and optimises; the text must parse back at each step.
fn compiled(e: &Executable, start: Start<'_>, env: &Env) -> Func {
    let mut f = build(e, start, env).unwrap();
    let round = |_: &str, f: &Func| {
        let t = f.to_string();
        let back = parse(&t).unwrap_or_else(|e| panic!("{e}\n{t}"));
        assert_eq!(back.to_string(), t);
    };
    round("build", &f);
    optimise(&mut f, &Times::default(), &mut |p, f| round(p, f));
    f
}

fn function(source: &str, bits: u8) -> Func {
    let c = &codes(source)[1];
    let e = executable(c);
    seen(&e, bits);
    let env = Env {
        speculate: true,
        namespace: 0,
    };
    compiled(&e, Start::Function, &env)
}

fn count(f: &Func, op: Op) -> usize {
    let all = f.order.iter().flat_map(|b| &f.blocks[b.index()].insts);
    all.filter(|i| f.insts[i.index()].op == op).count()
}

#[test]
fn fib_is_unboxed_throughout() {
    let f = function(
        "def fib(n):\n    if n < 2:\n        return n\n    return fib(n-1) + fib(n-2)\n",
        INT,
    );
    assert_eq!((&f.sig.params[..], f.sig.ret), (&[Ty::I64][..], Ty::I64));
    assert_eq!(count(&f, Op::CallSelf), 2, "{f}");
    for op in [Op::BoxI64, Op::GuardInt, Op::RetBoxed] {
        assert_eq!(count(&f, op), 0, "{f}");
    }
    // The global may change during a call, so it is looked at again after it; so it is where no call has been made,
    // because `thread` has copied what follows it.
    assert_eq!(count(&f, Op::LoadGlobalCell), 3, "{f}");
}

#[test]
fn a_loop_over_a_range_runs_on_ints() {
    let f = function(
        "def f(n):\n    s = 0\n    for i in range(n):\n        s += i * i % 7\n    return s\n",
        INT,
    );
    assert_eq!(count(&f, Op::RangeAdvance), 1, "{f}");
    for op in [Op::RtBinary, Op::GuardInt, Op::RetBoxed] {
        assert_eq!(count(&f, op), 0, "{f}");
    }
    assert_eq!(f.sig.ret, Ty::I64, "found from what the loop returns");
    let entry = &f.blocks[f.order[0].index()].insts;
    let guard = entry
        .iter()
        .any(|i| f.insts[i.index()].op == Op::GuardRangeIter);
    assert!(guard, "hoisted:\n{f}");
}

#[test]
fn floats_too() {
    let f = function(
        "def f(x, n):\n    s = 0.0\n    while s < n:\n        s = s * x + 1.5 / x\n    return s\n",
        FLOAT,
    );
    assert_eq!(count(&f, Op::BoxF64), 0, "{f}");
    assert_eq!(f.sig.ret, Ty::F64);
}

#[test]
fn without_feedback_nothing_is_bet_on() {
    let c = &codes("def f(a, b):\n    while a < b:\n        a = a + f(b, a)\n    return a\n")[1];
    let env = Env {
        speculate: false,
        namespace: 0,
    };
    let f = compiled(&executable(c), Start::Function, &env);
    let all = f.order.iter().flat_map(|b| &f.blocks[b.index()].insts);
    for i in all {
        let d = &f.insts[i.index()];
        let frame = [Op::Enter, Op::Poll, Op::Charge].contains(&d.op);
        assert!(!d.op.has(EXITS) || frame, "{f}");
    }
}

/// Where the frame of a generator or coroutine goes on; nothing for other code.
fn resumes(e: &Executable) -> Option<Vec<u32>> {
    if e.code.flags & flags::RESUMABLE == 0 {
        return None;
    }
    let places = e
        .instrs
        .iter()
        .zip(0..)
        .filter_map(|(q, pc)| match q.opcode() {
            Opcode::YIELD_VALUE => Some(pc + 1),
            Opcode::YIELD_FROM => Some(pc),
            _other => None,
        });
    let reachable = |pc: &u32| e.verified.depth[*pc as usize] != UNREACHABLE;
    Some(std::iter::once(0).chain(places).filter(reachable).collect())
}

/// Everything in the language's test programs is built, with and without bets, from the start and from each
/// loop, and survives every pass.
#[test]
fn every_program_builds() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lang");
    let mut units = 0;
    for file in std::fs::read_dir(dir).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|x| x != "py") || path.ends_with("bless.py") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        if compile(&source, "test.py", Mode::Exec).is_err() {
            continue;
        }
        for c in codes(&source) {
            for (bits, speculate) in [(0, false), (0, true), (INT, true), (FLOAT, true)] {
                let e = executable(&c);
                if bits != 0 {
                    seen(&e, bits);
                }
                let env = Env {
                    speculate,
                    namespace: GLOBALS,
                };
                if let Some(places) = resumes(&e) {
                    for pc in places {
                        compiled(&e, Start::Resume { pc }, &env);
                        units += 1;
                    }
                    continue;
                }
                compiled(&e, Start::Function, &env);
                units += 1;
                let types = vec![bits; e.slots as usize];
                for (pc, head) in e.verified.loop_head.iter().enumerate() {
                    if *head {
                        let pc = pc as u32;
                        compiled(&e, Start::Loop { pc, types: &types }, &env);
                        units += 1;
                    }
                }
            }
        }
    }
    assert!(units > 100, "{units}");
}
