//! SSA text in, SSA text out.
//!
//! A file begins with what it tests: `; pass: NAME` (a pass of `jit/pipeline`; several run in order),
//! `; verify-error: TEXT` or `; parse-error: TEXT` (the message holds the text). For passes the line `; ====`
//! parts the input from what must come out, which `TAIPAN_BLESS=1` writes anew. Input and output must both
//! verify and print as they were read.

use std::path::{Path, PathBuf};
use taipan::jit::pipeline;
use taipan::jit::ssa::parse::parse;
use taipan::jit::ssa::verify::verify;

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/filetests");
    let mut dirs = vec![root];
    let mut all = Vec::new();
    while let Some(d) = dirs.pop() {
        for e in std::fs::read_dir(&d).unwrap().map(|e| e.unwrap().path()) {
            if e.is_dir() {
                dirs.push(e);
            } else if e.extension().is_some_and(|x| x == "ssa") {
                all.push(e);
            }
        }
    }
    all.sort();
    all
}

const PART: &str = "; ====\n";

/// The text without comments and blank lines: what the printer writes.
fn bare(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with(';'));
    lines.map(|l| format!("{l}\n")).collect()
}

fn run(path: &Path, text: &str) -> Result<(), String> {
    let head = text.lines().next().unwrap_or("");
    let (what, arg) = head
        .strip_prefix("; ")
        .and_then(|h| h.split_once(": "))
        .ok_or("no test in the first line")?;
    let (input, want) = match text.split_once(PART) {
        Some((i, w)) => (i, Some(w)),
        None => (text, None),
    };
    let parsed = parse(input);
    match what {
        "parse-error" => match parsed {
            Ok(_) => Err("it parses".into()),
            Err(e) if e.to_string().contains(arg) => Ok(()),
            Err(e) => Err(format!("another error: {e}")),
        },
        "verify-error" => match verify(&parsed.map_err(|e| e.to_string())?) {
            Ok(()) => Err("it verifies".into()),
            Err(e) if e.contains(arg) => Ok(()),
            Err(e) => Err(format!("another error: {e}")),
        },
        "pass" => {
            let mut f = parsed.map_err(|e| e.to_string())?;
            if f.to_string() != bare(input) {
                return Err(format!("the input prints as\n{f}"));
            }
            verify(&f).map_err(|e| format!("the input: {e}"))?;
            for name in arg.split_whitespace() {
                let p = pipeline::pass(name).ok_or(format!("no pass {name}"))?;
                (p.run)(&mut f);
                verify(&f).map_err(|e| format!("after {name}: {e}\n{f}"))?;
            }
            let got = f.to_string();
            let again = parse(&got).map_err(|e| format!("the output: {e}"))?;
            if again.to_string() != got {
                return Err("the output does not parse back".into());
            }
            if want.map(bare) == Some(got.clone()) {
                return Ok(());
            }
            if std::env::var_os("TAIPAN_BLESS").is_some() {
                std::fs::write(path, format!("{input}{PART}{got}")).map_err(|e| e.to_string())?;
                return Ok(());
            }
            Err(format!("it becomes\n{got}"))
        }
        _ => Err(format!("no test {what}")),
    }
}

#[test]
fn every_file() {
    let mut bad = Vec::new();
    let files = files();
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        if let Err(e) = run(path, &text) {
            bad.push(format!("{}: {e}", path.display()));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
    assert!(files.len() > 20);
}

/// Each pass is tested at least twice.
#[test]
fn every_pass_is_tested() {
    let heads: Vec<String> = files()
        .iter()
        .filter_map(|p| {
            std::fs::read_to_string(p)
                .ok()?
                .lines()
                .next()
                .map(String::from)
        })
        .collect();
    for p in &pipeline::PASSES {
        let n = heads
            .iter()
            .filter(|h| h.starts_with("; pass:") && h.split_whitespace().any(|w| w == p.name))
            .count();
        assert!(n >= 2, "{} is tested {n} times", p.name);
    }
}
