//! `math` and `cmath` give CPython 3.8's results to the bit, and its errors: programs that call each
//! function with thousands of numbers run in both, where a CPython 3.8 is.
#![cfg(feature = "cli")]

mod oracle;

use std::path::Path;
use std::process::Command;

fn lines(bin: &Path, program: &str) -> Vec<String> {
    let path = format!("{}/tests/math/{program}", env!("CARGO_MANIFEST_DIR"));
    let out = Command::new(bin).arg(path).output().expect("starts");
    let err = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{program}: {err}");
    let text = String::from_utf8_lossy(&out.stdout);
    text.lines().map(str::to_owned).collect()
}

fn compare(program: &str) {
    let Some(python) = oracle::python38() else {
        eprintln!("no CPython 3.8: {program} is not compared");
        return;
    };
    let ours = lines(Path::new(env!("CARGO_BIN_EXE_taipan")), program);
    let theirs = lines(&python, program);
    assert!(theirs.len() > 5000, "{program} prints too little");
    for (a, b) in ours.iter().zip(&theirs) {
        assert_eq!(a, b, "{program}: ours, then CPython's");
    }
    assert_eq!(ours.len(), theirs.len());
}

#[test]
fn real_functions_are_equal_to_the_bit() {
    compare("real.py");
}

#[test]
fn complex_functions_are_equal_to_the_bit() {
    compare("complex.py");
}
