//! Calls that are no plain positional ones run native code from native code, told by the counters: the
//! interpreter and the general path see the first of them only.
#![cfg(feature = "jit")]

use taipan::{Engine, JitMode};

/// Calls of a `run(n)` that is warm: (native, interpreted or bound by the engine), and the result.
fn warm(source: &str, n: i64) -> (u64, u64, i64) {
    let mut e = Engine::builder()
        .jit(JitMode::On)
        .count(true)
        .stdout(std::io::sink())
        .build()
        .expect("an engine");
    e.run(source, "test.py").expect("it runs");
    for _ in 0..3 {
        let _: i64 = e.call("run", (4000i64,)).expect("run");
    }
    let before = (
        e.stats().native.get(),
        e.stats().fast.get() + e.stats().general.get(),
    );
    let r: i64 = e.call("run", (n,)).expect("run");
    let after = (
        e.stats().native.get(),
        e.stats().fast.get() + e.stats().general.get(),
    );
    (after.0 - before.0, after.1 - before.1, r)
}

/// Each of the `n` rounds calls `calls` functions natively; `run` itself is entered at its loop.
fn native_only(source: &str, calls: u64, want: i64) {
    let n = 1000;
    let (native, other, r) = warm(source, n);
    assert_eq!(r, want, "{source}");
    assert_eq!(native, calls * n as u64, "{source}");
    // `run`, and the round that comes before the loop's back edge.
    assert!(
        other <= calls + 1,
        "{other} calls went another way\n{source}"
    );
}

#[test]
fn keyword_calls_are_bound_when_they_are_compiled() {
    native_only(
        "
def f(a, b, c):
    return a + b - c
def run(n):
    s = 0
    for i in range(n):
        s += f(c=i, a=i, b=1)
        s += f(i, c=1, b=i)
    return s
",
        2,
        1000 + 999 * 1000 - 1000,
    );
}

#[test]
fn defaults_are_bound_when_the_call_is_compiled() {
    native_only(
        "
def f(a, b=2, *, c=3):
    return a + b + c
def run(n):
    s = 0
    for i in range(n):
        s += f(i) + f(i, 0) + f(i, c=0)
    return s
",
        3,
        3 * 499_500 + 5000 + 3000 + 2000,
    );
}

#[test]
fn a_closure_is_called_directly() {
    native_only(
        "
def make(k):
    def add(x):
        return x + k
    return add
five = make(5)
def run(n):
    s = 0
    for i in range(n):
        s += five(i)
    return s
",
        1,
        499_500 + 5000,
    );
}

#[test]
fn a_closure_made_anew_is_called_directly() {
    native_only(
        "
def make(k):
    def add(x, y=k):
        return x + k + y
    return add
def run(n):
    s = 0
    for i in range(n):
        f = make(i)
        s += f(1)
        s += (lambda x: x - i)(1)
    return s
",
        3,
        2 * 499_500 + 1000 - 499_500 + 1000,
    );
}

#[test]
fn a_recursive_closure_calls_itself() {
    native_only(
        "
def make():
    def down(k, s=0):
        return s if k == 0 else down(k - 1, s=s + k)
    return down
down = make()
def run(n):
    s = 0
    for i in range(n):
        s += down(3)
    return s
",
        4,
        6000,
    );
}

#[test]
fn variadic_functions_are_called_directly() {
    native_only(
        "
def count(*args):
    return len(args)
def named(a, **kw):
    return a + len(kw)
def cell(*args):
    def get():
        return args
    return len(get())
def run(n):
    s = 0
    for i in range(n):
        s += count() + count(i, i) + named(i, b=1, c=2) + cell(i)
    return s
",
        5,
        2000 + 499_500 + 2000 + 1000,
    );
}

#[test]
fn spread_tuples_are_bound_when_the_call_is_compiled() {
    native_only(
        "
def f(a, b, c):
    return a + b - c
def g(*args):
    return f(*args)
def run(n):
    s = 0
    t = (1, 2)
    u = (1, 2, 3)
    for i in range(n):
        s += f(i, *t) + f(*u) + g(i, 1, 1)
    return s
",
        4,
        499_500 - 1000 + 499_500,
    );
}

/// As `native_only`, where the calls of the rounds before `run` goes on natively may go another way, too.
fn nearly_native(source: &str, want: i64) {
    let n = 1000;
    let (native, other, r) = warm(source, n);
    assert_eq!(r, want, "{source}");
    assert_eq!(native, n as u64, "{source}");
    assert!(other < 5, "{other} calls went another way\n{source}");
}

#[test]
fn a_callee_that_is_another_each_time_is_called_through_its_open_entry() {
    nearly_native(
        "
def plus(k):
    return lambda x: x + k
fs = [plus(1), lambda x: x * 1.0, plus(2), lambda x: x > 3, lambda x: [x]]
def run(n):
    s = 0
    for i in range(n):
        s += fs[i % 4](i)
    return int(s)
",
        375249,
    );
    nearly_native(
        "
class A:
    def __init__(self, k): self.k = k
    def f(self, x): return x + self.k
class B(A):
    def f(self, x): return x - self.k
class C(A):
    def f(self, x): return self.k
class D(A):
    def f(self, x): return -x
class E(A):
    def f(self, x): return 0
all = [A(1), B(1), C(1), D(1), E(1)]
def run(n):
    s = 0
    for i in range(n):
        s += all[i % 5].f(i)
    return s
",
        99300,
    );
}

#[test]
fn what_builtins_call_runs_natively_in_no_frame() {
    native_only(
        "
from functools import reduce
def keep(x):
    return lambda: x
def run(n):
    a = sum(map(lambda x: x + 1, range(n)))
    b = reduce(lambda a, b: (a + b) % 1009, range(n), 1)
    c = max(range(n), key=lambda x: x % 7 + 0.5)
    d = len([f for f in map(keep, range(n))])
    return a + b + c + d
",
        4,
        501552,
    );
}

/// What the host calls is entered in no frame, too: it raises, leaves, and shows its frames as ever.
#[test]
fn the_host_calls_compiled_functions_in_no_frame() {
    let mut e = Engine::builder().count(true).build().expect("an engine");
    let source = "
import sys, gc
def add(a, b):
    return a + b
def half(a, b):
    return inner(a, b)
def inner(a, b):
    return a // b
def shows(a, b):
    f = sys._getframe()
    return (f.f_code.co_name, f.f_back, f.f_locals['a'], gc.collect() >= 0) if a == b else None
";
    e.run(source, "test.py").expect("it runs");
    let add = e.function::<(i64, i64), i64>("add").expect("add");
    let half = e.function::<(i64, i64), i64>("half").expect("half");
    let shows = e
        .function::<(i64, i64), Option<(String, Option<i64>, i64, bool)>>("shows")
        .expect("shows");
    let number = |e: &Engine| {
        (
            e.stats().native.get(),
            e.stats().fast.get() + e.stats().general.get(),
        )
    };
    for i in 0..3000 {
        assert_eq!(add.call(&mut e, (i, 7)).expect("add"), i + 7);
        assert_eq!(half.call(&mut e, (i, 2)).expect("half"), i / 2);
        assert_eq!(shows.call(&mut e, (i, -1)).expect("shows"), None);
    }
    let before = number(&e);
    for i in 0..1000 {
        assert_eq!(add.call(&mut e, (i, -7)).expect("add"), i - 7);
    }
    let after = number(&e);
    assert_eq!((after.0 - before.0, after.1 - before.1), (1000, 0));
    // Another type, another result, an exception, frames, in turn.
    for i in 0..100 {
        assert_eq!(add.call(&mut e, (i64::MAX - i, i)).expect("add"), i64::MAX);
        assert!(add.call(&mut e, (i64::MAX, 1 + i)).is_err());
        let error = half
            .call(&mut e, (i, 0))
            .expect_err("division by 0")
            .to_string();
        let want = "  File \"test.py\", line 6, in half\n  File \"test.py\", line 8, in inner\n";
        assert!(error.contains(want), "{error}");
        let seen = shows.call(&mut e, (i, i)).expect("shows");
        assert_eq!(seen, Some(("shows".into(), None, i, true)));
        let joined: String = e.call("add", ("a", "b")).expect("add");
        assert_eq!(joined, "ab");
    }
    // It burns what a call burns.
    let fuel = e.fuel();
    assert_eq!(add.call(&mut e, (1, 2)).expect("add"), 3);
    assert_eq!(e.fuel(), fuel + 1);
}

/// What was an argument of a function that nobody knew beforehand, and is nobody's now, dies when a program collects
/// below builtins that have called back: native frames that wait further out are on the stack that is looked through.
#[test]
fn arguments_of_unknown_callees_are_not_kept() {
    let source = "
import gc, weakref
class Node: pass
refs = []
def note(node): refs.append(weakref.ref(node))
def other(node):
    refs.append(weakref.ref(node))
    return len(refs)
def collect(): gc.collect()
def once(): return sorted([1], key=lambda k: collect())
def twice(): return sorted([1], key=lambda k: once())
def dead(functions, g):
    n = 0
    for f in functions:
        f(Node())
        g()
        n += refs[-1]() is None
    return n
def all_dead():
    return [dead([note, other] * 10, g) for g in (collect, once, twice)]
";
    for mode in [JitMode::Off, JitMode::Always] {
        // What Rust leaves on the stack is written over then.
        let mut e = Engine::builder()
            .jit(mode)
            .gc_stress(true)
            .build()
            .expect("an engine");
        e.run(source, "test.py").expect("it runs");
        for _ in 0..4 {
            let dead: Vec<i64> = e.call("all_dead", ()).expect("it runs");
            // What lies on the machine's stack by chance may keep one.
            assert!(dead.iter().all(|n| *n >= 18), "{mode:?}: {dead:?}");
        }
    }
}

/// Code that relies on what a name is bound to waits, when that changes, for it to come back. It is not made again for
/// as long as nothing is collected; then it goes.
#[test]
fn code_comes_back_with_what_it_relied_on() {
    let mut e = Engine::builder().build().expect("an engine");
    let source = "
def first(n): return n if n < 2 else work(n - 1) + work(n - 2)
def second(n): return n if n < 2 else work(n - 2) + work(n - 1)
def loop(n):
    t = 0
    for i in range(n): t += work(i & 3)
    return t
def run(f):
    global work
    work = f
    return work(16) + loop(4000)
def one(): return run(first)
def two(): return run(second)
";
    e.run(source, "test.py").expect("it runs");
    let round = |e: &mut Engine| {
        for f in ["one", "two"] {
            assert_eq!(e.call::<i64>(f, ()).expect("it runs"), 987 + 4000);
            // What has served for a moment only does not wait.
            std::thread::sleep(std::time::Duration::from_millis(3));
        }
    };
    // Drafts do not wait either, and are replaced after 200 entries.
    for f in ["first", "second"] {
        e.run(&format!("work = {f}"), "bind.py").expect("it runs");
        for _ in 0..400 {
            assert_eq!(e.call::<i64>(f, (9,)).expect("it runs"), 34);
        }
        std::thread::sleep(std::time::Duration::from_millis(3));
    }
    for _ in 0..4 {
        round(&mut e);
    }
    let made = |e: &mut Engine| {
        let s = &e.vm().jit.stats;
        (s.units.get(), s.revived.get())
    };
    let before = made(&mut e);
    for _ in 0..12 {
        round(&mut e);
    }
    // The function's unit and the loop's, each time.
    assert_eq!(made(&mut e), (before.0, before.1 + 48));
    let living = e.vm().jit.living_units();
    e.run("import gc; gc.collect()", "collect.py")
        .expect("it runs");
    assert!(e.vm().jit.living_units() < living);
    round(&mut e);
    assert!(made(&mut e).0 > before.0);
}
