//! A function that only the general binding can call runs its native body all the same, whoever calls it:
//! interpreted code, native code, a builtin. Told by the counters: `native` counts bodies that ran natively,
//! and of a function that was interpreted there is none.
#![cfg(feature = "jit")]

use taipan::{Engine, JitMode};

/// Shapes that the fast path never takes, with a call of each by position, by name and by spreading.
const SHAPES: [(&str, [&str; 3]); 7] = [
    (
        "def f(*args):\n    return len(args)\n",
        ["f(1, 2)", "f()", "f(*t)"],
    ),
    (
        "def f(a, **kw):\n    return a + len(kw)\n",
        ["f(1)", "f(1, x=2, y=3)", "f(*(1,), **d)"],
    ),
    (
        "def f(a, *, k=2):\n    return a + k\n",
        ["f(1)", "f(1, k=5)", "f(*(1,), **{'k': 3})"],
    ),
    (
        "def f(a, *rest, k, **kw):\n    return a + len(rest) + k + len(kw)\n",
        ["f(1, k=2)", "f(1, 2, 3, k=4, z=5)", "f(*t, k=1, **d)"],
    ),
    (
        "def f(a, b=2):\n    def inner():\n        return a + b\n    a = a + 1\n    return a + b\n",
        ["f(1)", "f(1, b=4)", "f(*t)"],
    ),
    (
        "def make(n):\n    def f(a, b=2, *rest):\n        return a + b + n + len(rest)\n    return f\nf = make(3)\n",
        ["f(1)", "f(b=1, a=2)", "f(*t, 3)"],
    ),
    (
        "def f(a, b=2, c=3):\n    return a + b - c\n",
        ["f(1)", "f(1, c=1)", "f(*(1,))"],
    ),
];

const AROUND: &str = "t = (1, 2)\nd = {'x': 1, 'y': 2}\n";

fn engine(source: &str) -> Engine {
    let mut e = Engine::builder()
        .jit(JitMode::On)
        .count(true)
        .stdout(std::io::sink())
        .build()
        .expect("an engine");
    e.run(&format!("{AROUND}{source}"), "test.py")
        .expect("it runs");
    e
}

fn native(e: &Engine) -> u64 {
    e.stats().native.get()
}

/// Calls that were bound by the engine, and not by native code.
fn bound(e: &Engine) -> u64 {
    e.stats().fast.get() + e.stats().general.get()
}

#[test]
fn called_from_interpreted_code() {
    for (source, calls) in SHAPES {
        for call in calls {
            let mut e = engine(source);
            // Code that runs once is interpreted: so many calls, and no loop.
            let lines = format!("{call}\n").repeat(300);
            e.run(&lines, "warm.py").expect("it runs");
            let (before, entries) = (native(&e), e.stats().general.get() + e.stats().fast.get());
            e.run(&format!("{call}\n").repeat(50), "hot.py")
                .expect("it runs");
            assert_eq!(native(&e) - before, 50, "{source}{call}");
            assert_eq!(bound(&e) - entries, 50, "{source}{call}");
        }
    }
}

/// A loop that calls it in a way that the loop's code does not know: the callee comes out of a list in
/// which another function stands, too.
#[test]
fn called_from_native_code_that_does_not_know_it() {
    for (source, calls) in SHAPES {
        for call in calls {
            let source = format!(
                "{source}
f0 = f
def g(*args, **kw):
    return 0
def run(n):
    s = 0
    for i in range(n):
        for f in (f0, g):
            s += {call}
    return s
"
            );
            let mut e = engine(&source);
            for _ in 0..3 {
                let _: i64 = e.call("run", (2000i64,)).expect("run");
            }
            let before = native(&e);
            let n = 500;
            let _: i64 = e.call("run", (n,)).expect("run");
            let ran = native(&e) - before;
            assert!(
                (2 * n as u64..=2 * n as u64 + 1).contains(&ran),
                "{ran} native bodies of {}\n{source}",
                2 * n
            );
        }
    }
}

#[test]
fn called_from_native_code_that_knows_it() {
    for (source, calls) in SHAPES {
        for call in calls {
            let source = format!(
                "{source}
def run(n):
    s = 0
    for i in range(n):
        s += {call}
    return s
"
            );
            let mut e = engine(&source);
            for _ in 0..3 {
                let _: i64 = e.call("run", (4000i64,)).expect("run");
            }
            let before = native(&e);
            let n = 500;
            let _: i64 = e.call("run", (n,)).expect("run");
            let ran = native(&e) - before;
            assert!(
                (n as u64..=n as u64 + 1).contains(&ran),
                "{ran} native bodies of {n}\n{source}"
            );
        }
    }
}

/// A bound method, and what builtins call back.
#[test]
fn called_back() {
    for (source, call, each) in [
        (
            "def f(self, *a, **k):\n    return self + len(a) + len(k)\nm = f.__get__(3)\n",
            "m(1, x=2)",
            1,
        ),
        (
            "def f(self, *, k=1):\n    return self + k\nm = f.__get__(3)\n",
            "m(k=4)",
            1,
        ),
        (
            "def f(*a):\n    return a[0]\n",
            "len(list(map(f, t, t)))",
            2,
        ),
        (
            "def f(a, *, k=1):\n    return a * k\n",
            "sorted(t, key=f)[0]",
            2,
        ),
        ("def f(a, **k):\n    return -a\n", "max(t, key=f)", 2),
        (
            "def f(*a, k=1):\n    return a[0] > k\n",
            "len(list(filter(f, t)))",
            2,
        ),
        (
            "def f(a, b=2, **k):\n    return a\nl = [2, 1]\n",
            "l.sort(key=f)",
            2,
        ),
    ] {
        let mut e = engine(source);
        e.run(&format!("{call}\n").repeat(200), "warm.py")
            .expect("it runs");
        let before = native(&e);
        e.run(&format!("{call}\n").repeat(50), "hot.py")
            .expect("it runs");
        assert_eq!(
            native(&e) - before,
            50 * each,
            "interpreted: {source}{call}"
        );

        // `sort` gives None: the sum is of something else.
        let source = format!(
            "{source}def run(n):\n    s = 0\n    for i in range(n):\n        {call}\n        s += i\n    return s\n"
        );
        let mut e = engine(&source);
        for _ in 0..3 {
            let _: i64 = e.call("run", (2000i64,)).expect("run");
        }
        let before = native(&e);
        let n = 500;
        let _: i64 = e.call("run", (n,)).expect("run");
        let ran = native(&e) - before;
        assert!(
            (n as u64 * each..=n as u64 * each + 1).contains(&ran),
            "{ran} native bodies\n{source}"
        );
    }
}
