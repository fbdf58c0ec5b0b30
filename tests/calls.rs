//! Which way each call goes, told by the counters; and the replaceable frame evaluator.

use std::cell::Cell;
use taipan::interp::frame::FramePtr;
use taipan::object::Value;
use taipan::vm::{Raised, Vm};
use taipan::{Engine, JitMode};

const MODES: [JitMode; 4] = [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress];

/// Calls by path: fast, general, builtin, method descriptor, bound method.
fn counts(e: &Engine) -> [u64; 5] {
    let s = e.stats();
    [
        s.fast.get(),
        s.general.get(),
        s.builtin.get(),
        s.method_descriptor.get(),
        s.bound_method.get(),
    ]
}

fn engine() -> Engine {
    Engine::builder()
        .jit(JitMode::Off)
        .count(true)
        .stdout(std::io::sink())
        .build()
        .expect("an engine")
}

/// What one statement adds to the counters, after `setup`.
fn added(setup: &str, statement: &str) -> [u64; 5] {
    let mut e = engine();
    e.run(setup, "setup.py").expect("setup");
    let before = counts(&e);
    e.run(statement, "call.py").expect("statement");
    let after = counts(&e);
    std::array::from_fn(|i| after[i] - before[i])
}

const FAST: [u64; 5] = [1, 0, 0, 0, 0];
const GENERAL: [u64; 5] = [0, 1, 0, 0, 0];

#[test]
fn the_fast_path_is_taken_exactly_by_plain_positional_calls() {
    let plain = "def f(a, b): return a\ndef none(): pass\n";
    assert_eq!(added(plain, "f(1, 2)"), FAST);
    assert_eq!(added(plain, "none()"), FAST);
    assert_eq!(added("f = lambda a: a", "f(1)"), FAST);
    // A keyword is enough to leave it.
    assert_eq!(added(plain, "f(1, b=2)"), GENERAL);
    assert_eq!(added(plain, "f(a=1, b=2)"), GENERAL);
}

#[test]
fn defaults_are_fast_when_all_are_taken() {
    let f = "def f(a=1, b=2): return a\ndef g(a, b=2): return a\n";
    assert_eq!(added(f, "f()"), FAST);
    // Some defaults, or defaults that are there but not needed, go the general way.
    assert_eq!(added(f, "f(1)"), GENERAL);
    assert_eq!(added(f, "f(1, 2)"), GENERAL);
    assert_eq!(added(f, "g(1)"), GENERAL);
    assert_eq!(added(f, "g(1, 2)"), GENERAL);
}

#[test]
fn nested_functions_and_closures_are_general() {
    // CO_NESTED alone disqualifies: inner uses no cell.
    let nested = "def make():\n    def inner(x): return x\n    return inner\nf = make()\n";
    assert_eq!(added(nested, "f(1)"), GENERAL);
    let closure = "def make(k):\n    return lambda x: x + k\nf = make(1)\n";
    assert_eq!(added(closure, "f(1)"), GENERAL);
    // A function with a cell of its own lacks CO_NOFREE.
    let cell = "def f(x):\n    return lambda: x\n";
    assert_eq!(added(cell, "f(1)"), GENERAL);
}

#[test]
fn future_flags_do_not_matter() {
    let f = "from __future__ import division\ndef f(a): return a\n";
    assert_eq!(added(f, "f(1)"), FAST);
}

#[test]
fn an_empty_mapping_leaves_the_fast_path_open() {
    let f = "def f(a, b): return a\nt = (1, 2)\nl = [1, 2]\nd = {}\n";
    assert_eq!(added(f, "f(*t)"), FAST);
    assert_eq!(added(f, "f(*t, **{})"), FAST);
    assert_eq!(added(f, "f(*l, **d)"), FAST);
    assert_eq!(added(f, "f(1, *(2,))"), FAST);
    assert_eq!(added(f, "f(*[1], *[2], **d, **{})"), FAST);
    assert_eq!(added(f, "f(1, b=2)"), GENERAL);
    assert_eq!(added(f, "f(*[1], b=2)"), GENERAL);
    assert_eq!(added(f, "f(**{'a': 1, 'b': 2})"), GENERAL);
    // The default of every parameter, too.
    let f = "def f(a=1, b=2): return a\n";
    assert_eq!(added(f, "f(*(), **{})"), FAST);
    assert_eq!(added(f, "f(*[1])"), GENERAL);
    // What has * or ** parameters, or keyword-only ones, is bound by the general path.
    assert_eq!(added("def f(*a): pass\n", "f(1)"), GENERAL);
    assert_eq!(added("def f(**k): pass\n", "f()"), GENERAL);
    assert_eq!(added("def f(*, k=1): pass\n", "f()"), GENERAL);
    // Positional-only parameters and annotations make no difference.
    assert_eq!(added("def f(a, /, b: int): pass\n", "f(1, 2)"), FAST);
    // A comprehension is a call of a function, on the fast path.
    assert_eq!(added("x = [1, 2]\n", "[i for i in x]"), FAST);
    // Builtins.
    assert_eq!(added("", "len(*['abc'])"), [0, 0, 1, 0, 0]);
    assert_eq!(added("", "str.upper(*['abc'], **{})"), [0, 0, 0, 1, 0]);
}

#[test]
fn no_form_of_call_recurses_natively() {
    let f = "\
def star(n, *rest): return 0 if n == 0 else 1 + star(*(n - 1, n))
def named(n=0): return 0 if n == 0 else 1 + named(n=n - 1)
def mapping(n, **kw): return 0 if n == 0 else 1 + mapping(**{'n': n - 1, 'm': 2})
def both(n, *args, **kw): return 0 if n == 0 else 1 + both(*[n - 1, 1], **{'q': 2})
";
    for mode in [JitMode::Off, JitMode::On] {
        // From a small machine stack.
        let deep = move || {
            let builder = Engine::builder().jit(mode).recursion_limit(200_000);
            let mut e = builder.build().expect("an engine");
            e.run(f, "deep.py").expect("the functions");
            for name in ["star", "named", "mapping", "both"] {
                let n: i64 = e.call(name, (100_000,)).expect("it is deep enough");
                assert_eq!(n, 100_000, "{name} {mode:?}");
            }
        };
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(deep);
        thread.expect("a thread").join().expect("no panic");
    }
}

#[test]
fn builtins_and_methods() {
    assert_eq!(added("", "len('abc')"), [0, 0, 1, 0, 0]);
    assert_eq!(added("", "abs(-5)"), [0, 0, 1, 0, 0]);
    // x.append(1) is LOAD_METHOD, CALL_METHOD: the descriptor gets its receiver.
    assert_eq!(added("x = []", "x.append(1)"), [0, 0, 0, 1, 0]);
    assert_eq!(added("", "'a'.upper()"), [0, 0, 0, 1, 0]);
    // Taken out first, it is a builtin with a receiver.
    assert_eq!(added("x = []\ng = x.append", "g(1)"), [0, 0, 1, 0, 0]);
}

#[test]
fn callers_other_than_bytecode_go_the_same_ways() {
    let mut e = engine();
    e.run("def f(a, b=2): return a\ndef g(a): return a\n", "m.py")
        .unwrap();
    let before = counts(&e);
    e.call::<i64>("g", (1,)).unwrap();
    e.call::<i64>("f", (1,)).unwrap();
    let after = counts(&e);
    assert_eq!((after[0] - before[0], after[1] - before[1]), (1, 1));
    // sorted is a builtin that calls back three times.
    assert_eq!(
        added("def k(x): return -x\n", "sorted([1, 2, 3], key=k)"),
        [3, 0, 1, 0, 0]
    );
    assert_eq!(
        added("def k(x, y=1): return -x\n", "sorted([1, 2, 3], key=k)"),
        [0, 3, 1, 0, 0]
    );
}

std::thread_local! {
    static FRAMES: Cell<u64> = const { Cell::new(0) };
}
fn counting(vm: &mut Vm, f: FramePtr, throwflag: bool) -> Result<Value, Raised> {
    FRAMES.set(FRAMES.get() + 1);
    taipan::interp::eval_frame_default(vm, f, throwflag)
}

#[test]
fn every_frame_passes_through_a_replaced_evaluator() {
    for mode in MODES {
        let mut e = Engine::builder().jit(mode).count(true).build().unwrap();
        let fib = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n";
        e.run(fib, "fib.py").unwrap();
        // Hot first: what would be inlined or run natively passes through as well.
        for _ in 0..3 {
            assert_eq!(e.call::<i64>("fib", (15,)).unwrap(), 610);
        }
        FRAMES.set(0);
        let old = e.vm().set_eval_frame(Some(counting));
        assert!(old.is_none());
        assert_eq!(e.call::<i64>("fib", (10,)).unwrap(), 55);
        assert_eq!(FRAMES.get(), 177, "{mode:?}");
        // A module is a frame, and so is each call from a builtin.
        e.run("sorted([2, 1], key=lambda v: fib(1))", "m.py")
            .unwrap();
        assert_eq!(FRAMES.get(), 177 + 1 + 2 + 2, "{mode:?}");
        e.vm().set_eval_frame(None);
        assert_eq!(e.call::<i64>("fib", (10,)).unwrap(), 55);
        assert_eq!(FRAMES.get(), 182, "{mode:?}");
        assert!(e.stats().hooked.get() == 182, "{mode:?}");
    }
}

#[test]
fn an_evaluator_may_refuse_or_raise() {
    fn refuse(vm: &mut Vm, _: FramePtr, _: bool) -> Result<Value, Raised> {
        Err(taipan::raise!(vm, RuntimeError, "not today"))
    }
    let mut e = engine();
    e.run("def f(): return 1\n", "m.py").unwrap();
    e.vm().set_eval_frame(Some(refuse));
    let err = e.call::<i64>("f", ()).unwrap_err();
    assert_eq!(err.type_name(), Some("RuntimeError"));
    e.vm().set_eval_frame(None);
    assert_eq!(e.call::<i64>("f", ()).unwrap(), 1);
}
