//! The embedder's view: `taipan::Engine`.

use std::time::Duration;
use taipan::{Engine, Error, JitMode, Object, Terminate};

#[cfg(not(miri))]
const MODES: [JitMode; 4] = [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress];
/// Miri runs no native code: the others would be the same again.
#[cfg(miri)]
const MODES: [JitMode; 1] = [JitMode::Off];

/// How many: Miri takes seconds for what takes milliseconds.
fn few(usual: usize, under_miri: usize) -> usize {
    if cfg!(miri) { under_miri } else { usual }
}

fn engine(mode: JitMode) -> Engine {
    Engine::builder().jit(mode).build().expect("an engine")
}

#[test]
fn run_eval_and_globals() {
    let mut e = Engine::new();
    e.run("x = 6\ndef f(a, b=7):\n    return a * b\n", "m.py")
        .unwrap();
    assert_eq!(e.eval::<i64>("f(x)").unwrap(), 42);
    assert_eq!(e.get_global::<i64>("x").unwrap(), 6);
    e.set_global("x", 2.5).unwrap();
    assert_eq!(e.eval::<f64>("f(x, 2)").unwrap(), 5.0);
    e.set_global("s", "héllo").unwrap();
    assert_eq!(e.eval::<String>("s + '!'").unwrap(), "héllo!");
    e.set_global("xs", vec![1i64, 2, 3]).unwrap();
    assert_eq!(e.eval::<Vec<i64>>("xs + [4]").unwrap(), [1, 2, 3, 4]);
    assert_eq!(
        e.eval::<(i64, String)>("(1, 'a')").unwrap(),
        (1, "a".into())
    );
    assert_eq!(e.eval::<Option<i64>>("None").unwrap(), None);
    assert!(e.eval::<bool>("1 < 2").unwrap());
    assert!(matches!(e.get_global::<i64>("nope"), Err(Error::NoGlobal(n)) if n == "nope"));
    assert_eq!(e.eval::<String>("__name__").unwrap(), "__main__");
}

#[test]
fn calls_with_rust_values() {
    for mode in MODES {
        let mut e = engine(mode);
        e.run(
            "def f(a, b):\n    return a + b\ndef g():\n    return None\n",
            "m.py",
        )
        .unwrap();
        for i in 0..50i64 {
            assert_eq!(e.call::<i64>("f", (i, 1)).unwrap(), i + 1);
        }
        assert_eq!(e.call::<i64>("f", (i64::MAX, 0)).unwrap(), i64::MAX);
        assert_eq!(e.call::<u64>("f", (i64::MAX, 1)).unwrap(), 1 << 63);
        assert_eq!(e.call::<f64>("f", (1.5, 2)).unwrap(), 3.5);
        assert_eq!(e.call::<String>("f", ("a", "b".to_string())).unwrap(), "ab");
        assert_eq!(e.call::<i64>("f", (true, 1)).unwrap(), 2);
        e.call::<()>("g", ()).unwrap();
        assert_eq!(e.call::<i64>("len", ("four",)).unwrap(), 4);
        let err = e.call::<i64>("f", (i64::MAX, 1)).unwrap_err();
        assert!(matches!(err, Error::Convert { .. }), "{err:?}");
        let err = e.call::<i64>("f", (1.5, 2)).unwrap_err();
        assert_eq!(err.to_string(), "expected int, got 3.5 (float)");
    }
}

#[test]
fn an_error_displays_the_traceback() {
    let mut e = engine(JitMode::Off);
    let source = "def f(x):\n    return 1 // x\n";
    e.run(source, "no-such-file.py").unwrap();
    let err = e.call::<i64>("f", (0,)).unwrap_err();
    assert_eq!(
        err.to_string(),
        "Traceback (most recent call last):\n  File \"no-such-file.py\", line 2, in f\n\
         ZeroDivisionError: integer division or modulo by zero\n"
    );
    assert_eq!(err.type_name(), Some("ZeroDivisionError"));
    let Error::Python(p) = err else { panic!() };
    assert_eq!(p.message, "integer division or modulo by zero");
    let kept: Object = p.object.expect("kept");
    assert_eq!(
        kept.repr(&mut e).unwrap(),
        "ZeroDivisionError('integer division or modulo by zero')"
    );
    let err = e.run("x = = 1\n", "bad.py").unwrap_err();
    assert!(
        err.to_string().starts_with("  File \"bad.py\", line 1\n"),
        "{err}"
    );
    assert_eq!(e.eval::<i64>("f(1)").unwrap(), 1);
}

#[test]
fn output_is_captured() {
    let mut e = engine(JitMode::On);
    e.run("print('a', 1)\nprint('b')", "m.py").unwrap();
    assert_eq!(e.take_output(), "a 1\nb\n");
    assert_eq!(e.take_output(), "");
}

#[test]
fn objects_are_rooted_and_belong_to_one_engine() {
    let mut e = Engine::builder().gc_stress(true).build().unwrap();
    let list: Object = e.eval("[1, [2, 'three']]").unwrap();
    for _ in 0..few(20, 2) {
        e.run(
            "x = []\nfor i in range(10):\n    x.append([i, [i, str(i)]])",
            "g.py",
        )
        .unwrap();
        e.collect();
    }
    assert_eq!(list.repr(&mut e).unwrap(), "[1, [2, 'three']]");
    e.set_global("kept", &list).unwrap();
    assert_eq!(e.eval::<i64>("len(kept)").unwrap(), 2);
    let same = list.clone();
    drop(list);
    e.collect();
    assert_eq!(same.repr(&mut e).unwrap(), "[1, [2, 'three']]");

    let mut other = Engine::new();
    assert!(matches!(
        other.set_global("x", &same),
        Err(Error::ForeignObject)
    ));
    assert!(matches!(same.repr(&mut other), Err(Error::ForeignObject)));
    assert!(matches!(
        other.call::<()>("print", (&same,)),
        Err(Error::ForeignObject)
    ));
    // Dropped on another thread, and after its engine.
    let last: Object = other.eval("'x' * 10").unwrap();
    std::thread::spawn(move || drop(same)).join().unwrap();
    drop(other);
    drop(last);
    assert_eq!(e.eval::<i64>("len(kept)").unwrap(), 2);
}

#[test]
fn callable_objects() {
    let mut e = engine(JitMode::Always);
    let f: Object = e.eval("lambda x, y=3: x * y").unwrap();
    assert_eq!(f.call::<i64>(&mut e, (5,)).unwrap(), 15);
    assert_eq!(f.call::<String>(&mut e, ("ab", 2)).unwrap(), "abab");
    let n: Object = e.eval("5").unwrap();
    let err = n.call::<()>(&mut e, ()).unwrap_err();
    assert_eq!(err.type_name(), Some("TypeError"));
}

#[test]
fn an_engine_moves_between_threads() {
    for mode in MODES {
        let mut e = engine(mode);
        e.run(
            "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n",
            "fib.py",
        )
        .unwrap();
        assert_eq!(e.call::<i64>("fib", (10,)).unwrap(), 55);
        let mut e = std::thread::spawn(move || {
            assert_eq!(e.call::<i64>("fib", (15,)).unwrap(), 610);
            e
        })
        .join()
        .unwrap();
        assert_eq!(e.call::<i64>("fib", (16,)).unwrap(), 987);
    }
}

#[test]
fn engines_on_threads_share_nothing() {
    let n = few(20_000, 100) as i64;
    let run = |k: i64| {
        move || {
            let mut e = engine(JitMode::On);
            e.set_global("k", k).unwrap();
            let source = format!(
                "total = 0\nfor i in range({n}):\n    total = total + i * k\nprint(total)\n"
            );
            for _ in 0..3 {
                e.run(&source, "t.py").unwrap();
            }
            (e.eval::<i64>("total").unwrap(), e.take_output())
        }
    };
    let threads: Vec<_> = [1, 2, 3].map(|k| (k, std::thread::spawn(run(k)))).into();
    for (k, t) in threads {
        let (total, out) = t.join().unwrap();
        assert_eq!(total, n * (n - 1) / 2 * k);
        assert_eq!(out, format!("{total}\n").repeat(3));
    }
}

#[test]
fn an_interrupt_ends_everything() {
    let programs = [
        "while True: pass",
        "def f():\n    while True:\n        try:\n            while True: pass\n        except:\n            pass\n        finally:\n            continue\nf()",
        "def f(n):\n    return f(n + 1) if n < 50 else f(0)\nwhile True:\n    try:\n        f(0)\n    except BaseException:\n        pass\n    finally:\n        x = 1",
        "sorted(range(10 ** 7), key=lambda v: sum(range(100)))",
    ];
    for mode in MODES {
        for source in programs {
            let mut e = engine(mode);
            let handle = e.interrupt_handle();
            let t = std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(60));
                handle.interrupt();
            });
            let err = e.run(source, "loop.py").unwrap_err();
            t.join().unwrap();
            assert!(
                matches!(err, Error::Terminated(Terminate::Interrupted)),
                "{mode:?} {source}: {err}"
            );
            assert_eq!(e.eval::<i64>("1 + 1").unwrap(), 2, "usable afterwards");
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "counts on a clock")]
fn a_keyboard_interrupt_can_be_caught() {
    for mode in MODES {
        let mut e = engine(mode);
        let handle = e.interrupt_handle();
        let t = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            handle.keyboard_interrupt();
        });
        e.run(
            "try:\n    while True: pass\nexcept KeyboardInterrupt:\n    print('caught')",
            "k.py",
        )
        .unwrap();
        t.join().unwrap();
        assert_eq!(e.take_output(), "caught\n");
    }
}

#[test]
fn fuel_is_the_same_in_every_mode() {
    let n = few(300, 9);
    let source = &format!(
        "n = {n}\n{}",
        "def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\n\
                  s = 0\nfor i in range(n):\n    s += f(i % 8)\nwhile s > 10:\n    s -= 3\n\
                  sorted([3, 1, 2], key=lambda v: f(v))\n\
                  def g(*a): return len(a)\nt = (1, 2)\n\
                  def h():\n    for i in range(40):\n        g(i, *t)\n        g(*t, *t)\n        len(*(t,), *())\n\
                  for i in range(9):\n    h()\n"
    );
    let totals = MODES.map(|mode| {
        let mut e = Engine::builder()
            .jit(mode)
            .max_fuel(1 << 40)
            .count(true)
            .build()
            .unwrap();
        for _ in 0..3 {
            e.run(source, "fuel.py").unwrap();
        }
        e.fuel()
    });
    println!("fuel {totals:?}");
    assert!(totals[0] > 1000);
    assert_eq!(totals, [totals[0]; MODES.len()]);
}

#[test]
fn fuel_runs_out() {
    for mode in MODES {
        let mut e = Engine::builder()
            .jit(mode)
            .max_fuel(20_000)
            .build()
            .unwrap();
        let err = e.run(
            "n = 0\nwhile True:\n    try:\n        n += 1\n    finally:\n        n += 0",
            "f.py",
        );
        assert!(matches!(err, Err(Error::Terminated(Terminate::Fuel))));
        e.set_fuel(Some(1000));
        let n = e.get_global::<i64>("n").unwrap();
        assert!((19_000..=20_000).contains(&n), "{mode:?} {n}");
        e.set_fuel(None);
        assert_eq!(e.eval::<i64>("n - n").unwrap(), 0);
    }
}

#[test]
#[cfg_attr(miri, ignore = "collects a hundred times")]
fn last_wishes_burn_no_fuel() {
    // Generators left half way are closed at some safepoint, or never.
    let source = "def inner(a):\n    yield a\n    yield a\ndef outer(a):\n    yield from inner(a)\n\
                  for i in range(90):\n    next(v for v in outer(i) if v != 16)\n";
    for fuel in 40..74 {
        let ends = [
            (JitMode::Off, false),
            (JitMode::Off, true),
            (JitMode::Always, true),
        ];
        let ends = ends.map(|(mode, stress)| {
            let b = Engine::builder().jit(mode).gc_stress(stress).count(true);
            let mut e = b.max_fuel(fuel).build().unwrap();
            let r = e.run(source, "wish.py");
            assert!(matches!(r, Err(Error::Terminated(Terminate::Fuel))));
            e.fuel()
        });
        assert_eq!(ends, [ends[0]; 3]);
    }
    // But one that never ends is stopped.
    let source = "class C:\n    def __del__(self):\n        while True:\n            pass\n\
                  def f():\n    for i in range(50):\n        C()\nf()\nimport gc\nfor i in range(9):\n    gc.collect()\n";
    for mode in MODES {
        let mut e = Engine::builder()
            .jit(mode)
            .max_fuel(1 << 30)
            .build()
            .unwrap();
        e.set_fuel(Some(100_000));
        let r = e.run(source, "wish.py");
        assert!(
            matches!(r, Err(Error::Terminated(Terminate::Fuel))),
            "{mode:?}"
        );
    }
}

#[test]
#[cfg_attr(miri, ignore = "fills megabytes")]
fn memory_is_capped_and_the_engine_goes_on() {
    for mode in MODES {
        let mut e = Engine::builder()
            .jit(mode)
            .max_memory(16 << 20)
            .build()
            .unwrap();
        let err = e
            .run("xs = []\nwhile True:\n    xs.append([0] * 1000)\n", "m.py")
            .unwrap_err();
        assert_eq!(err.type_name(), Some("MemoryError"), "{err}");
        assert!(e.memory() <= 16 << 20);
        // What is left below the cap may be too little for a code object.
        e.set_global("xs", 0).unwrap();
        e.collect();
        assert!(e.memory() < 4 << 20, "{}", e.memory());
        let caught = "def grow():\n    s = 'x'\n    try:\n        while True:\n            s = s + s\n    except MemoryError:\n        return len(s)\nn = grow()\n";
        e.run(caught, "m.py").unwrap();
        assert!(e.get_global::<i64>("n").unwrap() > 1 << 20);
    }
}

#[test]
fn recursion_is_bounded_everywhere() {
    for mode in MODES {
        let mut e = Engine::builder()
            .jit(mode)
            .recursion_limit(100)
            .build()
            .unwrap();
        e.run("def f(n):\n    try:\n        return f(n + 1)\n    except RecursionError:\n        return n\ndef g(n):\n    return g(n + 1)\n", "r.py").unwrap();
        let d: i64 = e.eval("f(0)").unwrap();
        assert_eq!(d, e.eval::<i64>("f(0)").unwrap());
        assert_eq!(d, 98, "{mode:?}");
        let err = e.run("g(0)", "r.py").unwrap_err();
        assert_eq!(err.type_name(), Some("RecursionError"));
    }
}

#[test]
#[cfg_attr(miri, ignore = "hundreds of thousands of frames")]
fn a_hundred_thousand_frames_from_a_small_thread() {
    for mode in MODES {
        std::thread::Builder::new()
            .stack_size(2 << 20)
            .spawn(move || {
                let mut e = Engine::builder()
                    .jit(mode)
                    .recursion_limit(150_000)
                    .build()
                    .unwrap();
                e.run(
                    "def f(n):\n    return 0 if n == 0 else f(n - 1) + 1\n",
                    "deep.py",
                )
                .unwrap();
                assert_eq!(e.call::<i64>("f", (100_000,)).unwrap(), 100_000, "{mode:?}");
                // Through builtins, which do recurse natively.
                e.run(
                    "def g(n):\n    return sorted([n], key=lambda v: g(v - 1)[0] if v else 0)\n",
                    "deep.py",
                )
                .unwrap();
                assert_eq!(e.call::<Vec<i64>>("g", (3_000,)).unwrap(), [3_000]);
            })
            .unwrap()
            .join()
            .unwrap();
    }
}

#[test]
#[cfg_attr(miri, ignore = "asks for the time")]
fn engines_are_cheap() {
    drop(Engine::new());
    let e = Engine::new();
    println!("a new engine takes {} bytes", e.memory());
    assert!(e.memory() <= 300 << 10);
    let mut best = Duration::MAX;
    for _ in 0..50 {
        let t = std::time::Instant::now();
        drop(Engine::new());
        best = best.min(t.elapsed());
    }
    println!("made and dropped in {best:?}");
}

/// Many short comparisons are long work, too; what gave up in one says nothing.
#[test]
fn a_tuple_of_many_prefixes_is_looked_through_within_limits() {
    for text in ["'x'", "b'x'"] {
        let limit = std::time::Duration::from_millis(100);
        let mut e = Engine::builder().max_time(limit).build().unwrap();
        let other = format!("({text} * 59999 + {text}.upper(),)");
        let work = format!("({text} * 60000).startswith({other} * 10**6)");
        let r = e.eval::<bool>(&work);
        assert!(
            matches!(r, Err(Error::Terminated(Terminate::Deadline))),
            "{r:?}"
        );
    }
}
