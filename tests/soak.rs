//! The soak: a program that allocates objects of all kinds, in cycles, closures, generators and behind weak
//! references, and prints the memory of its process; that must not grow.
//!
//! The tests take a slice of some seconds. All of it, 10⁸ objects, some minutes:
//! `TAIPAN_SOAK=100000000 cargo test --release --test soak -- --nocapture --test-threads=1`

use std::path::Path;
use std::process::Command;

/// What a slice makes.
const SLICE: u64 = 6_000_000;
/// How often the memory is looked at.
const LINES: usize = 40;
/// What may come on top of the most that was resident in the first part, in MiB: pages of the heap are
/// taken as its blocks fall, which is not the same in each round.
const SLACK: f64 = 12.0;

/// MiB that are resident, line by line.
fn soak(mode: &str) -> Vec<f64> {
    let made = std::env::var("TAIPAN_SOAK")
        .ok()
        .and_then(|n| n.parse::<u64>().ok())
        .unwrap_or(SLICE);
    let out = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/soak"))
        .args([mode, "soak.py", &made.to_string(), &LINES.to_string()])
        .env_remove("TAIPAN_JIT")
        .output()
        .expect("the command line starts");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let errors = String::from_utf8_lossy(&out.stderr);
    assert!(
        out.status.success(),
        "{mode}: {}\n{text}{errors}",
        out.status
    );
    // Nothing that had a last wish was forgotten.
    let last = text.lines().last().expect("lines");
    assert_eq!(
        last,
        "finalised 1.000 of what was made, weak references alive when asked: True"
    );
    let memory: Vec<f64> = text
        .lines()
        .filter_map(|l| {
            l.split_once(" objects, ")?
                .1
                .strip_suffix(" MiB")?
                .parse()
                .ok()
        })
        .collect();
    assert_eq!(memory.len(), LINES, "{text}");
    println!("soak {mode}, {made} objects, MiB: {memory:?}");
    memory
}

/// After the first third there is no more than there was in it, and some slack.
fn flat(mode: &str) {
    let memory = soak(mode);
    let (first, rest) = memory.split_at(LINES / 3);
    let most = |of: &[f64]| of.iter().copied().fold(0.0, f64::max);
    assert!(
        most(rest) <= most(first) + SLACK,
        "{mode}: {} MiB, then {} MiB: {memory:?}",
        most(first),
        most(rest)
    );
}

#[test]
fn memory_is_flat_interpreted() {
    flat("--jit=off");
}
#[test]
fn memory_is_flat_native() {
    flat("--jit=on");
}
