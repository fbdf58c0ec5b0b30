//! What the native tier declines, over all programs of `tests/lang` together: by the rows of its table.
#![cfg(feature = "jit")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use taipan::jit::stats::Declined;

/// Programs that have something declined, by mode: nothing else may be, least of all by a bug of the
/// code generator.
const EXPECTED: &[(&str, &str, &str, u64)] = &[
    // Guards that fail at random have a function of it made anew more often than is allowed.
    ("stress", "several_receivers", "Unsettled", 1),
];

fn programs() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lang");
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .expect("tests/lang")
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter_map(|n| n.strip_suffix(".py").map(String::from))
        .filter(|n| n != "bless")
        .collect();
    names.sort();
    names
}

/// The counters of a program's run as JSON, and what it printed.
fn counters(name: &str, mode: &str) -> (String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let to = std::env::temp_dir().join(format!(
        "taipan-declines-{}-{mode}-{name}",
        std::process::id()
    ));
    let out = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .arg(format!("--jit={mode}"))
        .args(["--stats=json", &format!("--stats-to={}", to.display())])
        .arg(format!("tests/lang/{name}.py"))
        .current_dir(root)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("the command line starts");
    let text = std::fs::read_to_string(&to).unwrap_or_default();
    let _ = std::fs::remove_file(&to);
    let json = text
        .lines()
        .find(|l| l.starts_with('{'))
        .unwrap_or_default();
    (
        json.to_owned(),
        String::from_utf8_lossy(&out.stdout).into_owned(),
    )
}

/// A number of the object `declined`.
fn declined(json: &str, row: &str) -> Option<u64> {
    let (_, group) = json.split_once("\"declined\": {")?;
    let (_, n) = group.split_once(&format!("\"{row}\": "))?;
    n.split([',', '}']).next()?.parse().ok()
}

fn sum(mode: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = programs();
    let mut found: BTreeMap<(String, &str), u64> = BTreeMap::new();
    let mut units = 0;
    for name in &names {
        let (json, out) = counters(name, mode);
        // The programs that end the process on the spot leave no counters.
        if json.is_empty() {
            continue;
        }
        for d in Declined::ALL {
            let n = declined(&json, d.name()).unwrap_or_else(|| panic!("{name}: {json}"));
            if n > 0 {
                found.insert((name.clone(), d.name()), n);
            }
        }
        let (_, rest) = json.split_once("\"compiled\": ").expect("a count");
        units += rest
            .split(',')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0u64);
        // Counting calls and fuel changes nothing that a program sees, addresses apart.
        let golden = root.join(format!("tests/lang/golden/{name}.out"));
        let want = std::fs::read_to_string(golden).unwrap_or_default();
        assert!(
            want.contains("0x") || out == want,
            "{name}, counted, {mode}"
        );
    }
    let expected: BTreeMap<(String, &str), u64> = EXPECTED
        .iter()
        .filter(|e| e.0 == mode)
        .map(|e| ((e.1.to_owned(), e.2), e.3))
        .collect();
    println!(
        "{mode}: {} programs, {units} units, declined: {found:?}",
        names.len()
    );
    assert_eq!(found, expected, "{mode}");
    assert!(units > names.len() as u64 / 2, "{units} units");
}

#[test]
fn over_the_suite_when_hot() {
    sum("on");
}
#[test]
fn over_the_suite_always() {
    sum("always");
}
#[test]
fn over_the_suite_under_stress() {
    sum("stress");
}
