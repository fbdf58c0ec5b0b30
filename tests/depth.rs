//! How deep calls go: 100,000 levels when asked for, from a thread with a stack of 2 MB, through every form
//! of call and in every mode.
#![cfg(feature = "jit")]

use taipan::vm::JitMode;
use taipan::{Engine, Error};

const FORMS: &str = "
import sys
sys.setrecursionlimit(210000)

def plain(n):
    return n and plain(n - 1) + 1
def keyword(n):
    return n and keyword(n=n - 1) + 1
def defaults(n, a=1, b=2):
    return n and defaults(n - 1, b=3) + 1
def star(*args):
    return args[0] and star(args[0] - 1) + 1
def double_star(n=0, **kw):
    return n and double_star(n=n - 1, k=2) + 1
def spread(n, *rest):
    return n and spread(*[n - 1, 2]) + 1
def spread_names(n, k=None):
    return n and spread_names(**{'n': n - 1}) + 1
def only(n, *, k=1):
    return n and only(n - 1, k=n) + 1
def ping(n):
    return n and pong(n - 1) + 1
def pong(n):
    return n and ping(n - 1) + 1
def inner(n):
    def g(m):
        return m and inner(m - 1) + 1
    return n and g(n - 1) + 1
lam = lambda n: n and lam(n - 1) + 1
def with_try(n):
    try:
        return n and with_try(n - 1) + 1
    finally:
        n = 0
def floats(x):
    if x < 1.0:
        return x
    return floats(x - 1.0) + 1.0
def raising(n):
    if n == 0:
        raise KeyError(n)
    return raising(n - 1)
def raises(n):
    try:
        raising(n)
    except KeyError as e:
        t = e.__traceback__
        k = 0
        while t:
            k = k + 1
            t = t.tb_next
        return k - 2
def looking(n):
    if n:
        return looking(n - 1)
    f = sys._getframe()
    k = 0
    while f.f_code.co_name == 'looking':
        if f.f_locals['n'] != k:
            return k
        k = k + 1
        f = f.f_back
    return k - 1
def by_map(n):
    return n and list(map(by_map, [n - 1]))[0] + 1
def by_sorted(n):
    return n and 1 + max([n - 1], key=by_sorted)
def by_sort(n):
    if n:
        [n - 1].sort(key=by_sort)
    return n
";

fn run(jit: JitMode, calls: &'static str) -> Vec<String> {
    let body = move || {
        let mut e = Engine::builder().jit(jit).build().expect("an engine");
        e.run(FORMS, "forms.py").expect("it runs");
        let mut out = Vec::new();
        for c in calls.split_whitespace() {
            // Warm, so that `on` has native code, then deep.
            let (f, n) = c.split_once(':').expect("function:depth");
            let text = format!("for i in range(120): {f}(3)\nr = str({f}({n}))");
            match e.run(&text, "t.py") {
                Ok(()) => out.push(format!("{f} {}", e.get_global::<String>("r").expect("r"))),
                Err(Error::Python(p)) => out.push(format!("{f} {p:?}")),
                Err(other) => out.push(format!("{f} {other}")),
            }
        }
        out
    };
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(body)
        .expect("a thread")
        .join()
        .expect("no overflow")
}

fn deep(calls: &'static str) {
    for jit in [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress] {
        let got = run(jit, calls);
        for (line, call) in got.iter().zip(calls.split_whitespace()) {
            let (f, n) = call.split_once(':').expect("function:depth");
            assert_eq!(*line, format!("{f} {n}"), "{jit:?}");
        }
    }
}

#[test]
fn positional_and_keyword() {
    deep("plain:100000 keyword:100000 defaults:100000 lam:100000 floats:100000.0");
}

#[test]
fn stars() {
    deep("star:100000 double_star:100000 spread:100000 spread_names:100000 only:100000");
}

#[test]
fn mutual_and_nested() {
    deep("ping:100000 inner:100000 with_try:100000");
}

#[test]
fn through_builtins() {
    deep("by_map:60000 by_sorted:60000 by_sort:60000");
}

#[test]
fn exceptions_and_frames() {
    deep("raises:100000 looking:100000");
}

/// What is a loop in the engine has no depth at all.
#[test]
fn proxies_of_proxies() {
    let source = "
import types
p = {'a': 1}
for i in range(300000):
    p = types.MappingProxyType(p)
r = [p == {'a': 1}, p['a'], len(p), 'a' in p, list(p), bool(p), p.get('b', 2)]
";
    let mut e = Engine::new();
    e.run(source, "proxies.py").expect("it runs");
    let r: String = e.eval("repr(r)").expect("a text");
    assert_eq!(r, "[True, 1, 1, True, ['a'], True, 2]");
}
