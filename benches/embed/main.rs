//! What crossing the border costs: calls from Rust into Python functions, compiled and interpreted, and calls of host
//! functions from compiled code over the work that they do; PyO3 on CPython beside them.
//!
//! `cargo bench --bench embed`. Every result is checked; times are those of the best of several rounds and of the
//! middle one. The twin for PyO3, `benches/pyo3`, is built and run with the CPython at `$TAIPAN_PYO3_PYTHON`, which
//! must have a shared library; without it its rows are left out.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use taipan::{Context, Engine, Error, Function, JitMode};

const ROUNDS: usize = 41;
const N: u64 = 100_000;

/// Nanoseconds: of the best round, and of the one in the middle.
type Times = (f64, f64);

fn engine(mode: JitMode) -> Result<Engine, Error> {
    Engine::builder().jit(mode).build()
}

/// For one of `N`.
fn timed(mut all_of_them: impl FnMut() -> Result<(), Error>) -> Result<Times, Error> {
    all_of_them()?;
    let mut all = Vec::new();
    for _ in 0..ROUNDS {
        let t = Instant::now();
        all_of_them()?;
        all.push(t.elapsed().as_secs_f64() * 1e9 / N as f64);
    }
    all.sort_by(f64::total_cmp);
    Ok((all[0], all[ROUNDS / 2]))
}

/// A typed call of a function of two ints.
fn call(mode: JitMode) -> Result<Times, Error> {
    let mut e = engine(mode)?;
    e.run("def add(a, b):\n    return a + b\n", "bench.py")?;
    let add = e.function::<(i64, i64), i64>("add")?;
    timed(|| {
        for i in 0..N as i64 {
            assert_eq!(add.call(&mut e, (black_box(i), 7))?, i + 7);
        }
        Ok(())
    })
}

/// Calls of `f` in a loop of compiled code, over the same loop with the work in it.
fn host(e: &mut Engine) -> Result<Times, Error> {
    e.run(
        "def calls(n):\n    s = 0\n    for i in range(n):\n        s += f(i)\n    return s\n\
         def works(n):\n    s = 0\n    for i in range(n):\n        s += i + 1\n    return s\n",
        "bench.py",
    )?;
    let want = (N * (N + 1) / 2) as i64;
    let mut one = |name: &str| {
        let f: Function<(u64,), i64> = e.function(name)?;
        timed(|| {
            assert_eq!(f.call(e, (N,))?, want);
            Ok(())
        })
    };
    let (with, without) = (one("calls")?, one("works")?);
    Ok((with.0 - without.0, with.1 - without.1))
}

/// What the twin prints, or why there is none.
fn twin() -> Result<Vec<(String, Times)>, String> {
    let python = std::env::var_os("TAIPAN_PYO3_PYTHON").map(PathBuf::from);
    let python = python.ok_or("TAIPAN_PYO3_PYTHON names no CPython")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lib = python
        .parent()
        .and_then(Path::parent)
        .map(|p| p.join("lib"));
    let out = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(root.join("benches/pyo3/Cargo.toml"))
        .arg("--target-dir")
        .arg(root.join("target/pyo3"))
        .env("PYO3_PYTHON", &python)
        .env("LD_LIBRARY_PATH", lib.unwrap_or_default())
        .output()
        .map_err(|e| e.to_string())?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into_owned());
    }
    let row = |line: &str| {
        let mut parts = line.split('\t');
        let name = parts.next()?.to_owned();
        let mut number = || parts.next()?.parse().ok();
        Some((name, (number()?, number()?)))
    };
    Ok(String::from_utf8_lossy(&out.stdout)
        .lines()
        .filter_map(row)
        .collect())
}

fn main() -> Result<(), Error> {
    println!("{:46} {:>8} {:>8}", "", "best ns", "median");
    let row = |what: &str, t: Times| println!("{what:46} {:8.1} {:8.1}", t.0, t.1);
    row("Rust calls add(a, b), compiled", call(JitMode::On)?);
    row("Rust calls add(a, b), interpreted", call(JitMode::Off)?);
    let mut e = engine(JitMode::On)?;
    e.register("f", |i: i64| i + 1)?;
    row("compiled code calls a host function", host(&mut e)?);
    let mut e = engine(JitMode::On)?;
    e.register("f", |_: &mut Context<'_>, i: i64| i + 1)?;
    row("the same, with a Context", host(&mut e)?);
    match twin() {
        Ok(rows) => {
            for (name, t) in rows {
                row(&format!("PyO3: {name}"), t);
            }
        }
        Err(why) => println!("PyO3 is left out: {why}"),
    }
    Ok(())
}
