//! 10,000 mutations of real `.pyc` files of CPython 3.7 and 3.8: cut off, overwritten, spliced, and changed in what they mean. Each is
//! read; what is a code object is verified; what passes is run in `off` and in `always`, under limits. Nothing crashes, hangs or
//! panics.
//!
//! `TAIPAN_MUTANT=seed cargo test --test mutate_pyc child -- --nocapture` runs one again.

mod mutants;

use mutants::{Random, batch, count, mutate, passes, run_both, seeds, trace};
use std::sync::Arc;
use std::time::Instant;
use taipan::code::pyc;

/// Files that are tried, and how many must pass the verifier and run.
const WANTED: u64 = 10_000;
const MUST_RUN: u64 = 1_000;
/// Seeds a child process tries.
const BATCH: u64 = 1_000;

/// The committed files.
fn files() -> Vec<Vec<u8>> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pyc");
    let mut names = Vec::new();
    for d in [dir.into(), std::path::Path::new(dir).join("corpus")] {
        names.extend(
            std::fs::read_dir(d)
                .expect("a folder")
                .filter_map(|e| Some(e.ok()?.path()))
                .filter(|p| p.extension().is_some_and(|x| x == "pyc")),
        );
    }
    names.sort();
    names
        .iter()
        .map(|p| std::fs::read(p).expect("a file"))
        .collect()
}

/// Bytes changed without knowing what they mean. The header stays, most of the time.
fn corrupt(files: &[Vec<u8>], base: &[u8], r: &mut Random) -> Vec<u8> {
    let mut b = base.to_vec();
    let from = if r.below(20) == 0 { 0 } else { 16 };
    match r.below(10) {
        0 => b.truncate(r.below(b.len())),
        1 | 2 => {
            // A piece of another file, in the place of a piece of this one.
            let other = &files[r.below(files.len())];
            let (x, y) = (from + r.below(b.len() - from), r.below(other.len()));
            let n = r.below(64).min(other.len() - y);
            let gone = if r.below(2) == 0 { n } else { r.below(64) };
            let end = (x + gone).min(b.len());
            b.splice(x..end, other[y..y + n].iter().copied());
        }
        3 => {
            // A size that is a lie.
            let x = from + r.below(b.len() - from);
            let lie = [0xFF, 0xFF, 0xFF, [0x7F, 0xFF, 0][r.below(3)]];
            for (to, l) in b[x..].iter_mut().zip(lie) {
                *to = l;
            }
        }
        4 => {
            // A type code, or a reference.
            let x = from + r.below(b.len() - from);
            b[x] = b"0NTFS.iIlfgxysutrAaZz()[]{}<>c?"[r.below(31)] | [0, 0x80][r.below(2)];
        }
        _ => {
            for _ in 0..1 + r.below(4) {
                let x = from + r.below(b.len() - from);
                b[x] = match r.below(3) {
                    0 => r.next() as u8,
                    1 => b[x] ^ 1 << r.below(8),
                    _ => b[x].wrapping_add(1),
                };
            }
        }
    }
    b
}

/// Code objects changed, and written again.
fn change(base: &[u8], r: &mut Random) -> Vec<u8> {
    let code = pyc::load(base, "x").expect("a good file");
    let mut at = r.below(count(&code));
    let mutant = mutate(&code, &mut at, r);
    pyc::save(&mutant, 0, 0).expect("it is not deep")
}

/// How the mutant of a seed ends.
fn run_seed(files: &[Vec<u8>], seed: u64) -> &'static str {
    let mut r = Random::new(seed);
    let base = &files[r.below(files.len())];
    let mutant = match r.below(2) {
        0 => corrupt(files, base, &mut r),
        _ => change(base, &mut r),
    };
    if mutant == *base {
        return "unchanged";
    }
    let Ok(code) = pyc::load(&mutant, "x") else {
        return "unreadable";
    };
    // What reads can be written, and reads as the same.
    let again = pyc::save(&code, 0, 0).expect("it is not deep");
    let again = pyc::load(&again, "x").expect("it was written here");
    assert!(*again == *code, "seed {seed}");
    if !passes(&code) {
        return "unverified";
    }
    match run_both(&Arc::new((*code).clone()), seed) {
        (end, true) => end,
        (_, false) => "ends otherwise natively",
    }
}

/// What a child process does; without its variables it has nothing to do.
#[test]
fn child() {
    let Some(seeds) = seeds() else {
        return;
    };
    let files = files();
    let mut ends = std::collections::BTreeMap::<&str, u64>::new();
    for seed in seeds {
        trace(seed);
        *ends.entry(run_seed(&files, seed)).or_default() += 1;
    }
    let all: Vec<String> = ends.iter().map(|(k, n)| format!("{k}={n}")).collect();
    println!("mutants: {}", all.join(" ; "));
}

#[test]
fn mutated_files_never_crash() {
    let begin = Instant::now();
    let mut ends = std::collections::BTreeMap::<String, u64>::new();
    // Two at a time.
    let half = |which: u64| {
        let from = (0..WANTED / BATCH).map(move |i| i * BATCH);
        let mine = from.filter(move |f| f / BATCH % 2 == which);
        std::thread::spawn(move || mine.map(|f| batch(f, BATCH)).collect::<Vec<String>>())
    };
    for lines in [half(0), half(1)] {
        let lines = lines.join().expect("no child crashed");
        for part in lines.iter().flat_map(|l| l.split(" ; ")) {
            let (end, n) = part.split_once('=').expect("a count");
            *ends.entry(end.to_owned()).or_default() += n.parse::<u64>().expect("a number");
        }
    }
    let all: u64 = ends.values().sum();
    let not = ["unchanged", "unreadable", "unverified"];
    let ran: u64 = ends
        .iter()
        .filter(|(k, _)| !not.contains(&k.as_str()))
        .map(|(_, n)| n)
        .sum();
    println!(
        "{all} mutations of .pyc files, {ran} passed the verifier and ran twice, {:.1}s: {ends:?}",
        begin.elapsed().as_secs_f64()
    );
    assert_eq!(all, WANTED);
    assert!(ran >= MUST_RUN);
}
