//! What calls cost: interpreted beside CPython 3.8, and the time to compile a function.
//!
//! `cargo bench --bench calls`. Inputs come through `black_box`; every result is checked.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use taipan::{Engine, JitMode};

const FIB: &str = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n";

fn engine(mode: JitMode, source: &str) -> Engine {
    let mut e = Engine::builder().jit(mode).build().expect("an engine");
    e.run(source, "bench.py").expect("it runs");
    e
}

/// CPython 3.8: `$TAIPAN_PYTHON38`, `python3.8`, or pyenv's.
fn python38() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    found.extend(std::env::var_os("TAIPAN_PYTHON38").map(PathBuf::from));
    found.push("python3.8".into());
    let home = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".pyenv")));
    if let Some(dir) = home.and_then(|h| std::fs::read_dir(h.join("versions")).ok()) {
        found.extend(
            dir.filter_map(|e| Some(e.ok()?.path()))
                .filter(|p| {
                    p.file_name()
                        .is_some_and(|n| n.to_string_lossy().starts_with("3.8."))
                })
                .map(|p| p.join("bin/python3.8")),
        );
    }
    found.into_iter().find(|p| {
        let test = "import sys; sys.exit(sys.version_info[:2] != (3, 8))";
        let out = Command::new(p).args(["-c", test]).output();
        out.is_ok_and(|o| o.status.success())
    })
}

fn interpreted(c: &mut Criterion) {
    let mut g = c.benchmark_group("fib(30)");
    g.sample_size(10).measurement_time(Duration::from_secs(8));
    let mut e = engine(JitMode::Off, FIB);
    g.bench_function("taipan --jit=off", |b| {
        b.iter(|| {
            let r: i64 = e.call("fib", (black_box(30),)).expect("fib");
            assert_eq!(r, 832040);
        })
    });
    match python38() {
        None => println!("CPython 3.8 was not found: set TAIPAN_PYTHON38"),
        Some(python) => {
            // It times itself: the process's start is not counted.
            let program = format!(
                "{FIB}import sys, time\nt = time.perf_counter()\nr = fib(int(sys.argv[1]))\n\
                 t = time.perf_counter() - t\nassert r == 832040\nprint(t)\n"
            );
            g.bench_function("CPython 3.8", |b| {
                b.iter_custom(|n| {
                    (0..n)
                        .map(|_| {
                            let out = Command::new(&python)
                                .args(["-I", "-S", "-c", &program, "30"])
                                .output()
                                .expect("python");
                            let text = String::from_utf8_lossy(&out.stdout).into_owned();
                            Duration::from_secs_f64(text.trim().parse().expect("a time"))
                        })
                        .sum()
                })
            });
        }
    }
    g.finish();
}

fn shapes(c: &mut Criterion) {
    let source = "def f(a, b=2, c=3):\n    return a + b + c\ndef make():\n    k = 5\n    return lambda x: x + k\ng = make()\n\
        def plain(n):\n    s = 0\n    for i in range(n):\n        s += f(i, 2, 3)\n    return s\n\
        def defaulted(n):\n    s = 0\n    for i in range(n):\n        s += f(i)\n    return s\n\
        def keyword(n):\n    s = 0\n    for i in range(n):\n        s += f(c=3, a=i)\n    return s\n\
        def closure(n):\n    s = 0\n    for i in range(n):\n        s += g(i)\n    return s\n\
        def builtin(n):\n    s = 0\n    for i in range(n):\n        s += abs(i) + 5\n    return s\n";
    for (name, mode) in [("off", JitMode::Off), ("on", JitMode::On)] {
        let mut g = c.benchmark_group(format!("100,000 calls, --jit={name}"));
        g.sample_size(10).measurement_time(Duration::from_secs(2));
        let mut e = engine(mode, source);
        for shape in ["plain", "defaulted", "keyword", "closure", "builtin"] {
            g.bench_function(shape, |b| {
                b.iter(|| {
                    let r: i64 = e.call(shape, (black_box(100_000),)).expect(shape);
                    assert_eq!(r, 4999950000 + 500_000);
                })
            });
        }
        g.finish();
    }
}

fn compile(c: &mut Criterion) {
    let mut g = c.benchmark_group("compile");
    g.sample_size(20);
    g.bench_function("source to code object, fib", |b| {
        b.iter(|| {
            taipan::compile::compile(black_box(FIB), "fib.py", taipan::compile::Mode::Exec)
                .expect("it compiles")
        })
    });
    // What the engine itself counts: SSA, passes, Cranelift, for fib with feedback.
    g.bench_function("bytecode to native code, fib", |b| {
        b.iter_custom(|n| {
            let mut all = Duration::ZERO;
            for _ in 0..n {
                let mut e = engine(JitMode::On, FIB);
                let r: i64 = e.call("fib", (black_box(22),)).expect("fib");
                assert_eq!(r, 17711);
                all += Duration::from_micros(e.vm().jit.stats.compile_us.get());
            }
            all
        })
    });
    g.bench_function("Engine::new and drop", |b| b.iter(|| drop(Engine::new())));
    g.finish();
}

criterion_group!(benches, interpreted, shapes, compile);
criterion_main!(benches);
