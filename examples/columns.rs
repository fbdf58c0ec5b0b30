//! A Python function applied over columns of numbers, row by row, beside the same function in Rust.
//!
//! `cargo run --release --example columns`

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;
use taipan::Engine;

type Done = Result<(), Box<dyn std::error::Error>>;

/// As a user of a table would write it.
const FORMULA: &str = "
def payment(principal, rate, months):
    if rate == 0.0:
        return principal / months
    growth = (1.0 + rate) ** months
    return principal * rate * growth / (growth - 1.0)
";

fn payment(principal: f64, rate: f64, months: i64) -> f64 {
    if rate == 0.0 {
        return principal / months as f64;
    }
    let growth = (1.0 + rate).powf(months as f64);
    principal * rate * growth / (growth - 1.0)
}

/// Fills a column of `rows` in both ways: the sums, and the rows per second of each.
pub fn compare(rows: usize) -> Result<([f64; 2], [f64; 2]), taipan::Error> {
    let principal: Vec<f64> = (0..rows).map(|i| 1000.0 + i as f64).collect();
    let rate: Vec<f64> = (0..rows).map(|i| (i % 7) as f64 * 0.001).collect();
    let months: Vec<i64> = (0..rows).map(|i| 12 + (i % 240) as i64).collect();
    let mut out = vec![0.0; rows];

    let mut engine = Engine::new();
    engine.run(FORMULA, "formula.py")?;
    let python = engine.function::<(f64, f64, i64), f64>("payment")?;
    let (mut sums, mut speeds) = ([0.0; 2], [0.0; 2]);
    for way in 0..2 {
        // A thousand rows warm it up.
        for pass in [rows.min(1000), rows] {
            let t = Instant::now();
            for i in 0..pass {
                out[i] = match way {
                    0 => python.call(&mut engine, (principal[i], rate[i], months[i]))?,
                    _ => payment(
                        black_box(principal[i]),
                        black_box(rate[i]),
                        black_box(months[i]),
                    ),
                };
            }
            speeds[way] = pass as f64 / t.elapsed().as_secs_f64();
        }
        sums[way] = out.iter().sum();
    }
    Ok((sums, speeds))
}

#[allow(dead_code)] // its test calls `compare`
fn main() -> Done {
    let (sums, speeds) = compare(2_000_000)?;
    let mut out = std::io::stdout();
    for (name, (sum, speed)) in ["Python", "Rust"].iter().zip(sums.iter().zip(speeds)) {
        writeln!(
            out,
            "{name:8} sum {sum:.2}  {:8.2} million rows/s",
            speed / 1e6
        )?;
    }
    writeln!(out, "Rust is {:.1} x as fast", speeds[1] / speeds[0])?;
    Ok(())
}
