//! The same algorithms in Python, as native code, and in Rust with checked i64.
//!
//! `cargo bench --bench native`. Inputs come through `black_box`; every result is checked.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use taipan::{Engine, JitMode};

const SOURCE: &str = "
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def nested(n):
    s = 0
    for i in range(n):
        s += f(g(h(i)))
    return s
def f(x):
    return x % 7 + 1
def g(x):
    return x * 3 - 1
def h(x):
    return x // 2

def collatz(limit):
    best = 0
    for i in range(1, limit):
        n = i
        steps = 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > best:
            best = steps
    return best

def mandel(n):
    inside = 0
    for y in range(n):
        for x in range(n):
            cr = 3.0 * x / n - 2.0
            ci = 2.0 * y / n - 1.0
            zr = zi = 0.0
            i = 0
            while i < 50 and zr * zr + zi * zi < 4.0:
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                i += 1
            if i == 50:
                inside += 1
    return inside
";

mod twin {
    #[inline(never)]
    pub fn fib(n: i64) -> Option<i64> {
        if n < 2 {
            return Some(n);
        }
        fib(n.checked_sub(1)?)?.checked_add(fib(n.checked_sub(2)?)?)
    }
    #[inline(never)]
    fn f(x: i64) -> Option<i64> {
        x.rem_euclid(7).checked_add(1)
    }
    #[inline(never)]
    fn g(x: i64) -> Option<i64> {
        x.checked_mul(3)?.checked_sub(1)
    }
    #[inline(never)]
    fn h(x: i64) -> Option<i64> {
        Some(x.div_euclid(2))
    }
    pub fn nested(n: i64) -> Option<i64> {
        let mut s = 0i64;
        for i in 0..n {
            s = s.checked_add(f(g(h(i)?)?)?)?;
        }
        Some(s)
    }
    pub fn collatz(limit: i64) -> Option<i64> {
        let mut best = 0;
        for i in 1..limit {
            let (mut n, mut steps) = (i, 0i64);
            while n != 1 {
                n = if n.rem_euclid(2) == 0 {
                    n.div_euclid(2)
                } else {
                    n.checked_mul(3)?.checked_add(1)?
                };
                steps = steps.checked_add(1)?;
            }
            best = best.max(steps);
        }
        Some(best)
    }
    pub fn mandel(n: i64) -> Option<i64> {
        let mut inside = 0i64;
        for y in 0..n {
            for x in 0..n {
                let cr = 3.0 * x as f64 / n as f64 - 2.0;
                let ci = 2.0 * y as f64 / n as f64 - 1.0;
                let (mut zr, mut zi, mut i) = (0.0f64, 0.0f64, 0i64);
                while i < 50 && zr * zr + zi * zi < 4.0 {
                    (zr, zi) = (zr * zr - zi * zi + cr, 2.0 * zr * zi + ci);
                    i = i.checked_add(1)?;
                }
                if i == 50 {
                    inside = inside.checked_add(1)?;
                }
            }
        }
        Some(inside)
    }
}

/// An algorithm; nothing when a number overflows.
type Twin = fn(i64) -> Option<i64>;

fn native(c: &mut Criterion) {
    let rows: [(&str, i64, Twin); 4] = [
        ("fib", 35, twin::fib),
        ("nested", 3_000_000, twin::nested),
        ("collatz", 30_000, twin::collatz),
        ("mandel", 200, twin::mandel),
    ];
    for (name, n, rust) in rows {
        let want = rust(n).expect("no overflow");
        let mut g = c.benchmark_group(format!("{name}({n})"));
        g.sample_size(10).measurement_time(Duration::from_secs(4));
        g.bench_function("Rust, checked i64", |b| {
            b.iter(|| assert_eq!(rust(black_box(n)), Some(want)))
        });
        let mut e = Engine::builder()
            .jit(JitMode::On)
            .build()
            .expect("an engine");
        e.run(SOURCE, "native.py").expect("it runs");
        let r: i64 = e.call(name, (n,)).expect(name);
        assert_eq!(r, want);
        g.bench_function("taipan", |b| {
            b.iter(|| {
                let r: i64 = e.call(name, (black_box(n),)).expect(name);
                assert_eq!(r, want);
            })
        });
        g.finish();
    }
}

criterion_group!(benches, native);
criterion_main!(benches);
