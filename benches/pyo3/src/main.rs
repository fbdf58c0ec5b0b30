//! The calls of `benches/embed`, through PyO3: prints a row each, name, best and median nanoseconds, apart by tabs.

use pyo3::prelude::*;
use pyo3::types::PyModule;
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 41;
const N: u64 = 100_000;

#[pyfunction]
fn f(i: i64) -> i64 {
    i + 1
}

fn timed(mut one: impl FnMut() -> PyResult<()>) -> PyResult<(f64, f64)> {
    one()?;
    let mut all = Vec::new();
    for _ in 0..ROUNDS {
        let t = Instant::now();
        one()?;
        all.push(t.elapsed().as_secs_f64() * 1e9 / N as f64);
    }
    all.sort_by(f64::total_cmp);
    Ok((all[0], all[ROUNDS / 2]))
}

fn main() -> PyResult<()> {
    Python::attach(|py| {
        let source = c"
def add(a, b):
    return a + b
def calls(n):
    s = 0
    for i in range(n):
        s += f(i)
    return s
def works(n):
    s = 0
    for i in range(n):
        s += i + 1
    return s
";
        let m = PyModule::from_code(py, source, c"bench.py", c"bench")?;
        m.add_function(wrap_pyfunction!(f, &m)?)?;
        let add = m.getattr("add")?;
        let (best, median) = timed(|| {
            for i in 0..N as i64 {
                let r: i64 = add.call1((black_box(i), 7))?.extract()?;
                assert_eq!(r, i + 7);
            }
            Ok(())
        })?;
        println!("Rust calls add(a, b)\t{best}\t{median}");
        let sum = |name: &str| {
            let g = m.getattr(name)?;
            timed(|| {
                let r: u64 = g.call1((N,))?.extract()?;
                assert_eq!(r, N * (N + 1) / 2);
                Ok(())
            })
        };
        let (with, without) = (sum("calls")?, sum("works")?);
        let (best, median) = (with.0 - without.0, with.1 - without.1);
        println!("Python calls a Rust function\t{best}\t{median}");
        Ok(())
    })
}
