//! No builtin works long without a look at the limits: of twice as much data it takes more looks, at least one for
//! every so many bytes or items more. Looks are counted; no clock decides.

use taipan::vm::limit;
use taipan::{Engine, JitMode};

/// Bytes, or items, that may be worked on between two looks.
const MOST: u64 = 1 << 18;
/// How much data the first time.
const N: u64 = 1 << 21;

/// What is made of `N`, and what works on all of it, separated by ` | `. `8*` before: on so many bytes for one of N.
const ROWS: &str = include_str!("polls/rows.txt");

fn engine() -> Engine {
    Engine::builder().jit(JitMode::Off).build().unwrap()
}

/// Looks that the work takes.
fn looks(before: &str, work: &str, n: u64) -> u64 {
    let mut e = engine();
    e.run(
        &format!("N = {n}\n{}\n", before.replace("; ", "\n")),
        "before.py",
    )
    .unwrap_or_else(|x| panic!("{before}: {x}"));
    let code = format!("try: r = {work}\nexcept ValueError as x: pass\n");
    let code = match work.contains(" = ") || work.starts_with("del ") {
        true => format!("{work}\n"),
        false => code,
    };
    e.vm().limit.request(limit::COUNTED);
    let from = e.vm().stats.looks.get();
    e.run(&code, "work.py")
        .unwrap_or_else(|x| panic!("{work}: {x}"));
    e.vm().stats.looks.get() - from
}

#[test]
fn every_builtin_looks_as_it_works() {
    let only = std::env::var("TAIPAN_POLLS").unwrap_or_default();
    assert!(ROWS.contains(&only), "no row has {only}");
    let mut bad = Vec::new();
    let mut rows = 0;
    for line in ROWS
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let (before, work) = line.split_once(" | ").unwrap();
        if !line.contains(&only) {
            continue;
        }
        rows += 1;
        let (one, two) = (looks(before, work, N), looks(before, work, 2 * N));
        if two < one + N / MOST {
            bad.push(format!(
                "{before} | {work}: {one} looks, {two} at twice the size"
            ));
        }
    }
    println!("{rows} rows");
    assert!(
        bad.is_empty(),
        "{} of {rows}:\n{}",
        bad.len(),
        bad.join("\n")
    );
}

/// A row is content with one pass of two that looks. Here both do: the one for lone surrogates, and the copy.
#[test]
fn both_passes_of_encode_look() {
    let n = looks("s = '\\xe4b' * (N // 2)", "s.encode('utf-8')", N);
    let pieces = (N / 2 * 3) >> 16;
    assert!(n >= 2 * pieces - 2, "{n} {pieces}");
}
