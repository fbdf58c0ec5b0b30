//! What crossing the border costs: calls from Rust into Python functions, compiled and interpreted, and calls of host
//! functions from compiled code, each beside its twin.
//!
//! `cargo bench --bench embed`. Every result is checked; a number is the median of several rounds.

use std::hint::black_box;
use std::time::Instant;
use taipan::{Context, Engine, Error, JitMode};

const ROUNDS: usize = 41;

fn engine(mode: JitMode) -> Result<Engine, Error> {
    Engine::builder().jit(mode).build()
}

/// Nanoseconds for one of `n`: of the best round, and of the one in the middle.
fn timed(n: u64, mut f: impl FnMut(u64) -> Result<(), Error>) -> Result<(f64, f64), Error> {
    f(n)?;
    let mut all = Vec::new();
    for _ in 0..ROUNDS {
        let t = Instant::now();
        f(n)?;
        all.push(t.elapsed().as_secs_f64() * 1e9 / n as f64);
    }
    all.sort_by(f64::total_cmp);
    Ok((all[0], all[ROUNDS / 2]))
}

/// A typed call of a function of two ints.
fn call(mode: JitMode, n: u64) -> Result<(f64, f64), Error> {
    let mut e = engine(mode)?;
    e.run("def add(a, b):\n    return a + b\n", "bench.py")?;
    let add = e.function::<(i64, i64), i64>("add")?;
    timed(n, |n| {
        for i in 0..n as i64 {
            assert_eq!(add.call(&mut e, (black_box(i), 7))?, i + 7);
        }
        Ok(())
    })
}

/// Calls of `f` in a loop of compiled code, over the same loop with the work in it.
fn host(e: &mut Engine, n: u64) -> Result<(f64, f64), Error> {
    e.run(
        "def calls(n):\n    s = 0\n    for i in range(n):\n        s += f(i)\n    return s\n\
         def works(n):\n    s = 0\n    for i in range(n):\n        s += i + 1\n    return s\n",
        "bench.py",
    )?;
    let want = (n * (n + 1) / 2) as i64;
    let calls = e.function::<(i64,), i64>("calls")?;
    let works = e.function::<(i64,), i64>("works")?;
    let mut one = |f: &taipan::Function<(i64,), i64>| {
        timed(n, |n| {
            assert_eq!(f.call(e, (n as i64,))?, want);
            Ok(())
        })
    };
    let (with, spread) = one(&calls)?;
    let (without, _) = one(&works)?;
    Ok((with - without, spread))
}

fn main() -> Result<(), Error> {
    // `cargo bench` and `cargo test --benches` say more than there is to say here.
    println!("{:46} {:>8} {:>8}", "", "best ns", "median");
    let row =
        |what: &str, (best, median): (f64, f64)| println!("{what:46} {best:8.1} {median:8.1}");
    row(
        "Rust calls add(a, b), compiled",
        call(JitMode::On, 100_000)?,
    );
    row(
        "Rust calls add(a, b), interpreted",
        call(JitMode::Off, 100_000)?,
    );
    let mut e = engine(JitMode::On)?;
    e.register("f", |i: i64| i + 1)?;
    row(
        "compiled code calls a host function",
        host(&mut e, 100_000)?,
    );
    let mut e = engine(JitMode::On)?;
    e.register("f", |_: &mut Context<'_>, i: i64| i + 1)?;
    row("the same, with a Context", host(&mut e, 100_000)?);
    Ok(())
}
