//! Code objects changed at random are run, in `off` and in `always`, under limits: whatever
//! passes the verifier may raise, loop or print nonsense, but never crash.
//!
//! The work is done in child processes, so that a crash names its seed:
//! `TAIPAN_MUTANT=seed cargo test --test mutate child -- --nocapture` runs one again.

mod mutants;

use mutants::{Random, batch, count, mutate, passes, run_both, seeds, trace};
use std::sync::Arc;
use std::time::Instant;
use taipan::code::object::CodeObject;
use taipan::compile::{Mode, compile};

/// Mutants that must have run; more are tried, as most do not pass the verifier.
const WANTED: u64 = 2_000;
/// Seeds a child process tries.
const BATCH: u64 = 2_000;
/// Raise to look further: `TAIPAN_MUTANTS=100000`.
fn wanted() -> u64 {
    std::env::var("TAIPAN_MUTANTS")
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(WANTED)
}

/// The programs that are mutated: small, of many shapes, and not hot for long.
fn programs() -> Vec<Arc<CodeObject>> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lang");
    let mut names: Vec<_> = std::fs::read_dir(dir)
        .expect("tests/lang")
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "py") && !p.ends_with("bless.py"))
        .collect();
    names.sort();
    names
        .iter()
        .map(|p| {
            let text = std::fs::read_to_string(p).expect("a program");
            compile(&text, &p.to_string_lossy(), Mode::Exec).expect("it compiles")
        })
        .collect()
}

/// Runs the mutant of a seed in both modes, if there is one that passes; how it ended in `off`.
fn run_seed(programs: &[Arc<CodeObject>], seed: u64) -> Option<&'static str> {
    let mut r = Random::new(seed);
    let base = &programs[r.below(programs.len())];
    let mut at = r.below(count(base));
    let mutant = mutate(base, &mut at, &mut r);
    if mutant == **base || !passes(&mutant) {
        return None;
    }
    Some(run_both(&Arc::new(mutant), seed).0)
}

/// What a child process does; without its variables it has nothing to do.
#[test]
fn child() {
    let Some(seeds) = seeds() else {
        return;
    };
    let programs = programs();
    let mut ends = std::collections::BTreeMap::<&str, u64>::new();
    for seed in seeds {
        trace(seed);
        if let Some(end) = run_seed(&programs, seed) {
            *ends.entry(end).or_default() += 1;
        }
    }
    println!("mutants: {} {ends:?}", ends.values().sum::<u64>());
}

#[test]
fn mutants_never_crash() {
    let begin = Instant::now();
    let (mut ran, mut tried) = (0, 0);
    while ran < wanted() {
        let line = batch(tried, BATCH);
        ran += line
            .split(' ')
            .next()
            .and_then(|n| n.parse::<u64>().ok())
            .expect("a number");
        tried += BATCH;
        println!("{line}");
    }
    println!(
        "{ran} of {tried} mutants passed the verifier and ran twice, {:.1}s",
        begin.elapsed().as_secs_f64()
    );
}
