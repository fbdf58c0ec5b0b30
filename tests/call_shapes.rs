//! Random calls of functions with every kind of parameter, against CPython 3.8, in every mode.
//!
//! `tests/fuzz/calls.py` makes them. `TAIPAN_CALLS=seed,count` for others than the usual ones.
//! Some of them are programs of `tests/lang`, which needs no CPython.

mod oracle;

use oracle::python38;
use std::path::Path;
use std::process::{Command, Stdio};

const MODES: [&str; 4] = ["off", "on", "always", "stress"];

#[test]
fn random_calls() {
    let Some(python) = python38() else {
        println!("skipped: no CPython 3.8 found");
        return;
    };
    let given = std::env::var("TAIPAN_CALLS").unwrap_or_default();
    let (seed, count) = given.split_once(',').unwrap_or(("1", "40"));
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("call-shapes");
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    let status = Command::new(&python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/calls.py"))
        .args([seed, count])
        .arg(&dir)
        .status()
        .unwrap();
    assert!(status.success());
    let count: usize = count.parse().unwrap();
    let (mut calls, mut wrong) = (0, Vec::new());
    for n in 0..count {
        let want = std::fs::read_to_string(dir.join(format!("{n}.out"))).unwrap();
        calls += want.lines().count();
        for mode in MODES {
            let out = Command::new(env!("CARGO_BIN_EXE_taipan"))
                .arg(format!("--jit={mode}"))
                .arg(dir.join(format!("{n}.py")))
                .stdin(Stdio::null())
                .output()
                .unwrap();
            let mut got = String::from_utf8_lossy(&out.stdout).into_owned();
            got.push_str(&String::from_utf8_lossy(&out.stderr));
            if got == want {
                continue;
            }
            let lines = want.lines().zip(got.lines()).enumerate();
            let first = lines.filter(|(_, (w, g))| w != g).take(3);
            let shown: Vec<String> = first
                .map(|(i, (w, g))| format!("  line {}:\n    CPython: {w}\n    Taipan:  {g}", i + 1))
                .collect();
            wrong.push(format!("{n}.py ({mode})\n{}", shown.join("\n")));
        }
    }
    println!("{count} programs, {calls} calls, in {} modes", MODES.len());
    let shown = wrong.len().min(12);
    assert!(wrong.is_empty(), "{}", wrong[..shown].join("\n"));
}
