//! Calls that pause when their fuel is used up: paused after every few units they print, return and burn what they do
//! in one go, in every mode, wherever they are.

use std::time::{Duration, Instant};
use taipan::{Context, Engine, Error, JitMode, Progress, Terminate};

const MODES: [JitMode; 4] = [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress];

fn engine(mode: JitMode) -> Engine {
    let b = Engine::builder().jit(mode).jit_seed(3);
    b.max_fuel(u64::MAX - 1).build().unwrap()
}

/// Calls `main(n)` with `slice` units at a time: the result, what was printed, the fuel, how often it paused.
fn sliced(e: &mut Engine, n: i64, slice: u64) -> (Result<String, String>, String, u64, u64) {
    let before = e.fuel();
    let mut pauses = 0;
    let r = {
        let mut at = e.start::<String>("main", (n,), slice);
        loop {
            match at {
                Ok(Progress::Done(s)) => break Ok(s),
                Ok(Progress::Paused(p)) => {
                    pauses += 1;
                    at = p.resume(slice);
                }
                Err(e) => break Err(e.to_string()),
            }
        }
    };
    let out = e.take_output();
    (r, out, e.fuel() - before, pauses)
}

/// One program: `main(n)` in slices of several sizes is as `main(n)` at once.
fn same(text: &str, n: i64, slices: &[u64]) {
    checked(text, n, slices, true);
}

/// The same; `again`: also when it is called a second time.
fn checked(text: &str, n: i64, slices: &[u64], again: bool) {
    let mut totals = Vec::new();
    for mode in MODES {
        let fresh = || {
            let mut e = engine(mode);
            e.run(text, "program.py").unwrap();
            e
        };
        let mut e = fresh();
        let before = e.fuel();
        let want = e.call::<String>("main", (n,)).map_err(|e| e.to_string());
        let (out, fuel) = (e.take_output(), e.fuel() - before);
        totals.push(fuel);
        for &slice in slices {
            let mut e = fresh();
            let (r, o, f, pauses) = sliced(&mut e, n, slice);
            assert_eq!(
                (&r, &o, f),
                (&want, &out, fuel),
                "{mode:?}, slices of {slice}"
            );
            // One step may burn more than a slice.
            assert!(
                pauses > 0 && pauses <= fuel / slice,
                "{mode:?}: {pauses} pauses of {fuel} / {slice}"
            );
            if !again {
                continue;
            }
            // The code is warm now.
            let (r, o, f, _) = sliced(&mut e, n, slice);
            assert_eq!(
                (&r, &o, f),
                (&want, &out, fuel),
                "{mode:?}, slices of {slice}, warm"
            );
        }
    }
    assert!(totals.iter().all(|t| *t == totals[0]), "{totals:?}");
}

#[test]
fn loops_and_inlined_calls() {
    let text = "
def f(x): return g(x) + 1
def g(x): return x * 2
def main(n):
    t = 0
    for i in range(n):
        t += f(i)
        if i % 100 == 0: print(t)
    return str(t)
";
    same(text, 1500, &[1, 97, 1000]);
}

#[test]
fn generators_and_comprehensions() {
    let text = "
def numbers(n):
    for i in range(n):
        got = yield i * i
        if got: print('got', got)
def outer(n):
    yield from numbers(n)
def main(n):
    s = sum(x for x in outer(n) if x % 3)
    g = numbers(5)
    next(g)
    g.send('hello')
    return str(s) + repr([x for x in outer(7)]) + repr({k: v for k, v in zip('abc', outer(3))})
";
    same(text, 400, &[1, 13, 500]);
}

#[test]
fn keys_of_sorts_and_methods_that_builtins_call() {
    let text = "
class V:
    def __init__(self, x): self.x = x
    def __lt__(self, o): return self.x < o.x
    def __eq__(self, o): return self.x == o.x
    def __hash__(self): return hash(self.x) % 3
    def __repr__(self): return '<%d>' % self.x
def key(v):
    return -v.x % 7
def main(n):
    all = [V(i * 37 % 101) for i in range(n)]
    a = sorted(all, key=key)
    b = sorted(all)
    d = {v: i for i, v in enumerate(all[:20])}
    return repr(a[:5]) + repr(max(b)) + repr(len(d)) + repr(list(map(key, b[:4])))
";
    same(text, 60, &[1, 29, 300]);
}

#[test]
fn class_bodies_imports_and_handlers() {
    let text = "
def main(n):
    seen = []
    class A:
        for i in range(5): seen.append(i)
        def __enter__(self): seen.append('in'); return self
        def __exit__(self, *a):
            for i in range(3): seen.append(a[0].__name__)
            return True
    for i in range(n):
        try:
            with A(): raise KeyError(i)
        finally:
            for j in range(2): seen.append(j)
    import keyword, reprlib, heapq
    try:
        [1 // (5 - i) for i in range(9)]
    except ZeroDivisionError as e:
        seen.append(repr(e))
    exec('for k in range(4): seen.append(k)', {'seen': seen})
    return repr(seen) + str(len(keyword.kwlist))
";
    // What is imported the first time burns more.
    checked(text, 6, &[1, 10, 45], false);
}

#[test]
fn deep_recursion_on_stacks_of_the_engine() {
    let text = "
import sys
sys.setrecursionlimit(20000)
def deep(n):
    if n == 0: return 0
    return max([n], key=lambda _: 1) - n + 1 + sorted([n - 1], key=deep)[0] * 0 + 0
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)
def main(n):
    return str(deep(n)) + ' ' + str(down(n * 4))
";
    same(text, 1500, &[500, 7000]);
}

#[test]
fn errors_are_those_of_a_call_at_once() {
    let text = "
def inner(i):
    return 10 // (40 - i)
def main(n):
    return str([inner(i) for i in range(n)])
";
    same(text, 100, &[1, 17]);
}

#[test]
fn what_lives_on_a_paused_stack_is_found_by_collections() {
    let text = "
class Node:
    def __init__(self, x): self.x = x
    def __lt__(self, o): return [self.x] < [o.x]
def main(n):
    all = sorted(Node(i * 7 % n) for i in range(n))
    return ' '.join(str(v.x) for v in all) + repr([[i] for i in range(n)][-1])
";
    for mode in MODES {
        let b = Engine::builder().jit(mode).gc_stress(true);
        let mut e = b.max_fuel(u64::MAX - 1).build().unwrap();
        e.run(text, "program.py").unwrap();
        let want = e.call::<String>("main", (40,)).map_err(|e| e.to_string());
        let (r, _, _, pauses) = sliced(&mut e, 40, 5);
        assert_eq!(r, want, "{mode:?}");
        assert!(pauses > 20, "{pauses}");
    }
}

const FOREVER: &str = "
log = []
def main(n):
    while True:
        try:
            with open_(): n += sum(i for i in range(n))
        except BaseException: log.append('except')
        finally: log.append('finally') if n < 0 else None
class open_:
    def __enter__(self): pass
    def __exit__(self, *a): log.append('exit') if a[0] else None
";

#[test]
fn a_paused_call_that_is_dropped_ends_without_a_handler() {
    for mode in MODES {
        let mut e = engine(mode);
        e.run(FOREVER, "program.py").unwrap();
        let level = |e: &mut Engine| {
            e.collect();
            e.memory()
        };
        let mut before = 0;
        for round in 0..6 {
            match e.start::<i64>("main", (3,), 50 + round).unwrap() {
                Progress::Done(n) => panic!("{n}"),
                Progress::Paused(p) => match p.resume(40).unwrap() {
                    Progress::Done(n) => panic!("{n}"),
                    Progress::Paused(p) => drop(p),
                },
            }
            assert_eq!(e.eval::<i64>("len(log)").unwrap(), 0, "{mode:?}");
            let now = level(&mut e);
            if round == 1 {
                before = now;
            }
            assert!(
                round < 2 || now <= before + 65536 * 3,
                "{mode:?}: {before} {now}"
            );
        }
        // The engine's own limit is what it was.
        e.set_fuel(Some(1000));
        let r = e.call::<i64>("main", (3,));
        assert!(
            matches!(r, Err(Error::Terminated(Terminate::Fuel))),
            "{r:?}"
        );
        e.set_fuel(None);
        assert_eq!(e.eval::<i64>("6 * 7").unwrap(), 42);
    }
}

#[test]
fn other_limits_end_a_paused_call() {
    let mut e = engine(JitMode::On);
    e.run(FOREVER, "program.py").unwrap();
    let stop = e.interrupt_handle();
    let Progress::Paused(p) = e.start::<i64>("main", (3,), 500).unwrap() else {
        panic!("it ended");
    };
    stop.interrupt();
    let r = p.resume(u64::MAX / 2).map(|_| ());
    assert!(
        matches!(r, Err(Error::Terminated(Terminate::Interrupted))),
        "{r:?}"
    );
    e.set_deadline(Some(Instant::now() + Duration::from_millis(20)))
        .unwrap();
    let r = e.start::<i64>("main", (3,), u64::MAX / 2).map(|_| ());
    assert!(
        matches!(r, Err(Error::Terminated(Terminate::Deadline))),
        "{r:?}"
    );
    e.set_deadline(None).unwrap();
    assert_eq!(e.eval::<i64>("len(log)").unwrap(), 0);
}

#[test]
fn it_does_not_pause_across_a_function_of_the_host() {
    for mode in MODES {
        let mut e = engine(mode);
        e.register("back", |c: &mut Context<'_>, n: i64| {
            c.call::<i64>("work", (n,))
        })
        .unwrap();
        let text = "
def work(n):
    t = 0
    for i in range(n): t += i
    return t
def main(n):
    a = work(n)
    return str(a + back(n))
";
        e.run(text, "program.py").unwrap();
        // Enough for what the host calls: it pauses before and after.
        let mut with = |more: u64| {
            let Progress::Paused(p) = e.start::<String>("main", (100,), 60).unwrap() else {
                panic!("it ended")
            };
            match p.resume(more) {
                Ok(Progress::Done(s)) => Ok(s),
                Ok(Progress::Paused(_)) => panic!("it paused"),
                Err(e) => Err(e),
            }
        };
        assert_eq!(with(600).unwrap(), "9900");
        let r = with(100);
        assert!(
            matches!(r, Err(Error::Terminated(Terminate::Fuel))),
            "{mode:?}: {r:?}"
        );
        assert_eq!(e.call::<i64>("work", (10,)).unwrap(), 45);
    }
}

#[test]
fn a_program_is_run_in_slices_and_prints_meanwhile() {
    let mut e = engine(JitMode::On);
    let mut seen = String::new();
    {
        let text = "for i in range(5):\n    print(i)\nx = i";
        let mut at = e.start_run(text, "run.py", 2).unwrap();
        while let Progress::Paused(mut p) = at {
            seen += &p.take_output();
            assert!(p.fuel() > 0);
            at = p.resume(1).unwrap();
        }
    }
    seen += &e.take_output();
    assert_eq!(seen, "0\n1\n2\n3\n4\n");
    assert_eq!(e.get_global::<i64>("x").unwrap(), 4);
}

#[test]
fn a_forgotten_call_leaves_the_engine_poisoned() {
    let mut e = engine(JitMode::Off);
    e.run(FOREVER, "program.py").unwrap();
    let at = e.start::<i64>("main", (3,), 100).unwrap();
    std::mem::forget(at);
    assert!(matches!(e.eval::<i64>("1"), Err(Error::Poisoned)));
    assert!(matches!(
        e.start::<i64>("main", (3,), 1).map(|_| ()),
        Err(Error::Poisoned)
    ));
    e.collect();
}

/// What a call begins with are the engine's globals, whatever a program has put in the place of `__main__`.
#[test]
fn the_globals_are_the_engines() {
    let mut e = engine(JitMode::On);
    let text = "import sys\ndef main(): return 'ours'\nsys.modules['__main__'] = sys\n";
    e.run(text, "program.py").unwrap();
    let begun = e.start::<String>("main", (), 100).unwrap();
    assert!(matches!(begun, Progress::Done(s) if s == "ours"));
}
