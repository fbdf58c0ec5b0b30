//! Every program on every engine, from outside: the tables of the README, and which goals are met.
//!
//! `cargo bench --bench compare -- [WORD]... [--processes=N] [--fast] [--taipan=FILE]`: the programs whose
//! names hold a WORD, or all; the word `objects` stands for the programs of classes, generators and
//! containers. N processes each (3), interleaved; `--fast` leaves the interpreters out;
//! `--taipan` measures another build. `--twin NAME N ROUNDS` is how it runs itself as the Rust engine.
//!
//! Each process does its work several times and reports the processor time of each round: the first is
//! the first call, compilation included; the best round of the later half counts as warm. The number
//! shown is the median over the processes, and beside it how far the farthest of them lies off.
//! All engines must print the same checksum, or nothing is shown and the status is 1.

mod engines;
#[path = "../native.rs"]
mod native;
mod objects;
mod report;
mod small;

use engines::{Engine, Kind, Sample};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

/// Which table a job belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// It has twins in other languages.
    Twins,
    /// One of several in a file.
    Variants,
    /// Classes, generators, containers, text: Python engines only.
    Objects,
}

/// One measured thing: `program.py`, the variant in it, a size.
pub struct Job {
    pub group: Group,
    pub program: &'static str,
    pub variant: &'static str,
    pub n: u64,
}
impl Job {
    pub fn name(&self) -> String {
        match self.variant {
            "" => self.program.to_owned(),
            v => format!("{}.{v}", self.program),
        }
    }
}

/// What the engines needed for a job.
pub type Results = BTreeMap<String, BTreeMap<Kind, Summary>>;

/// Milliseconds of processor time.
#[derive(Clone, Copy)]
pub struct Summary {
    pub first: f64,
    pub warm: f64,
    /// How far the farthest process lies off, in percent.
    pub spread: f64,
}

/// The programs of classes, generators and containers, and their sizes.
const OBJECTS: &[(&str, u64)] = &[
    ("richards", 10_000),
    ("deltablue", 8_000),
    ("nbody", 30_000),
    ("nqueens", 8),
    ("fannkuch", 8),
    ("spectral_norm", 180),
    ("float_object", 150_000),
    ("dict_ops", 80_000),
    ("string_ops", 50_000),
    ("generators", 20_000),
    ("exceptions", 40_000),
    ("binary_trees", 14),
    ("records", 60_000),
    ("word_count", 120_000),
    ("json_parse", 4_000),
    ("mandel_complex", 200),
    ("sort_keys", 12_000),
    ("pipeline", 60_000),
    ("matmul", 90),
    ("life", 400),
    ("lisp", 17),
];

fn jobs() -> Vec<Job> {
    let job = |program, variant, n| Job {
        group: Group::Variants,
        program,
        variant,
        n,
    };
    let mut all: Vec<Job> = native::TWINS
        .iter()
        .map(|t| Job {
            group: Group::Twins,
            ..job(t.program, "", t.n as u64)
        })
        .collect();
    all.push(job("fib", "30", 30));
    for (variant, n) in [
        ("names", 35),
        ("two_tests", 35),
        ("floats", 35),
        ("float_argument", 35),
        ("rebound", 35),
        ("big", 25),
        ("big_base", 25),
    ] {
        all.push(job("fib_variants", variant, n));
    }
    for variant in [
        "plain",
        "keyword",
        "mixed",
        "defaulted",
        "keyword_only",
        "star_parameter",
        "star_argument",
        "kw_parameter",
        "plain_one",
        "closure",
        "local_function",
        "counter",
    ] {
        all.push(job("calls", variant, 3_000_000));
    }
    all.extend(OBJECTS.iter().map(|&(program, n)| Job {
        group: Group::Objects,
        ..job(program, "", n)
    }));
    all
}

/// The Rust engine: as `timed.py` does it.
fn twin(args: &[String]) -> ExitCode {
    let [name, n, rounds] = args else {
        eprintln!("--twin NAME N ROUNDS");
        return ExitCode::from(2);
    };
    let Some(t) = native::TWINS.iter().find(|t| t.program == name) else {
        eprintln!("there is no twin of {name}");
        return ExitCode::from(2);
    };
    let (Ok(n), Ok(rounds)) = (n.parse::<i64>(), rounds.parse::<u32>()) else {
        eprintln!("{n} and {rounds} are to be numbers");
        return ExitCode::from(2);
    };
    let mut result = None;
    for _ in 0..rounds {
        let (cpu, wall) = (engines::cpu_ms(), Instant::now());
        let again = (t.work)(black_box(n));
        let (cpu, wall) = (engines::cpu_ms() - cpu, wall.elapsed());
        eprintln!("round {cpu:.3} {:.3}", wall.as_secs_f64() * 1000.0);
        assert!(result.is_none_or(|r| r == again));
        result = Some(again);
    }
    if let Some(r) = result {
        println!("{name}({n}) = {r}");
    }
    ExitCode::SUCCESS
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    match of.len() {
        0 => f64::NAN,
        n if n % 2 == 0 => (of[n / 2 - 1] + of[n / 2]) / 2.0,
        n => of[n / 2],
    }
}

fn summary(samples: &[Sample]) -> Summary {
    let warm: Vec<f64> = samples
        .iter()
        .map(|s| {
            let later = s.rounds[s.rounds.len() / 2..].iter();
            later.copied().fold(f64::INFINITY, f64::min)
        })
        .collect();
    let middle = median(warm.clone());
    let off = warm.iter().map(|w| (w / middle - 1.0).abs());
    Summary {
        first: median(samples.iter().map(|s| s.rounds[0]).collect()),
        warm: middle,
        spread: 100.0 * off.fold(0.0, f64::max),
    }
}

/// Runs a job on all engines that have it; says why not, if they disagree.
fn measure(job: &Job, all: &[Engine], processes: usize) -> Result<BTreeMap<Kind, Summary>, String> {
    let able: Vec<&Engine> = all.iter().filter(|e| e.has(job)).collect();
    let mut samples: BTreeMap<Kind, Vec<Sample>> = BTreeMap::new();
    let mut expected: Option<(Kind, String)> = None;
    for _ in 0..processes {
        for e in &able {
            let s = e
                .run(job)
                .map_err(|why| format!("{}: {}: {why}", job.name(), e.kind.name()))?;
            let (who, said) = expected.get_or_insert_with(|| (e.kind, s.printed.clone()));
            if *said != s.printed {
                return Err(format!(
                    "{}: {} prints {:?}, {} {said:?}",
                    job.name(),
                    e.kind.name(),
                    s.printed,
                    who.name()
                ));
            }
            samples.entry(e.kind).or_default().push(s);
        }
    }
    Ok(samples.iter().map(|(k, s)| (*k, summary(s))).collect())
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("--twin") => return twin(&args[1..]),
        Some("--cost") => return small::cost(&args[1..]),
        Some(_) | None => {}
    }
    let value = |name: &str| args.iter().rev().find_map(|a| a.strip_prefix(name));
    let processes = value("--processes=").and_then(|v| v.parse().ok());
    let fast = args.iter().any(|a| a == "--fast");
    let words: Vec<&String> = args.iter().filter(|a| !a.starts_with("--")).collect();
    let taipan = value("--taipan=").unwrap_or(env!("CARGO_BIN_EXE_taipan"));
    let (all, missing) = engines::find(taipan, fast);
    let mut results = Results::new();
    let mut failed = false;
    for job in jobs() {
        let name = job.name();
        let wanted = |w: &&String| match w.as_str() {
            "objects" => job.group == Group::Objects,
            w => name.contains(w),
        };
        if !words.is_empty() && !words.iter().any(wanted) {
            continue;
        }
        eprintln!("{name}({})", job.n);
        match measure(&job, &all, processes.unwrap_or(3)) {
            Ok(r) => {
                results.insert(name, r);
            }
            Err(e) => {
                eprintln!("{e}");
                failed = true;
            }
        }
    }
    print!("{}", report::head(&all, &missing, &args));
    print!("{}", report::tables(&jobs(), &results));
    print!("{}", objects::table(&jobs(), &results));
    print!("{}", report::goals(&jobs(), &results));
    if words.is_empty() {
        print!("{}", small::report(taipan, &all));
    }
    ExitCode::from(u8::from(failed))
}
