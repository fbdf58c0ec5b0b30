//! What methods of str, bytes and int make on the way to their results is charged before it is made: where the result
//! does not fit, no more than what there is room for was ever taken.

mod counting;

use taipan::{Engine, JitMode};

/// What there is room for when a row's work begins: less than its result takes.
const ROOM: usize = 3 << 20;
const CAP: usize = 96 << 20;
/// What is not charged: parts of fixed size.
const SLACK: usize = 128 << 10;
/// How much data.
const N: u64 = 1 << 22;

/// What is made of `N`, and what works on it, separated by ` | `.
const ROWS: &str = include_str!("temporaries/rows.txt");

/// The exception's name, and the most bytes that the work took beside the heap.
fn peak(before: &str, work: &str) -> (Option<String>, isize) {
    let mut e = Engine::builder()
        .jit(JitMode::Off)
        .max_memory(CAP)
        .build()
        .unwrap();
    let before = before.replace("; ", "\n");
    e.run(
        &format!("N = {N}\n{before}\nimport gc\ngc.collect()\n"),
        "before.py",
    )
    .unwrap_or_else(|x| panic!("{before}: {x}"));
    let left = CAP - e.vm().heap.bytes() - ROOM;
    e.run(&format!("filler = bytes({left})\n"), "filler.py")
        .unwrap();
    let work = format!("r = {work}\n");
    let (r, peak) = counting::peak(|| e.run(&work, "work.py"));
    (r.err().and_then(|x| x.type_name().map(str::to_owned)), peak)
}

#[test]
fn temporaries_are_charged_before_they_are_made() {
    let only = std::env::var("TAIPAN_TEMPORARIES").unwrap_or_default();
    let mut bad = Vec::new();
    let rows = ROWS
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    let rows: Vec<&str> = rows.filter(|l| l.contains(&only)).collect();
    assert!(rows.len() > 80 || !only.is_empty());
    for line in &rows {
        let (before, work) = line.split_once(" | ").unwrap();
        let (error, peak) = peak(before, work);
        if error.as_deref() != Some("MemoryError") || peak > (ROOM + SLACK) as isize {
            bad.push(format!("{line}: {error:?}, {} KiB", peak >> 10));
        }
    }
    assert!(
        bad.is_empty(),
        "{} of {}:\n{}",
        bad.len(),
        rows.len(),
        bad.join("\n")
    );
}
