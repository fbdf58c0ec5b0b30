//! `tests/LEDGER.md` names proofs that exist, and what the README and the manifest promise holds.

use std::path::Path;
use std::process::Command;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn every_proof_exists() {
    let (mut proven, mut open) = (0, 0);
    let mut wrong = Vec::new();
    for line in read("tests/LEDGER.md").lines() {
        let Some(row) = line.strip_prefix("| ").and_then(|l| l.strip_suffix(" |")) else {
            continue;
        };
        let Some((claim, proof)) = row.rsplit_once(" | ") else {
            continue;
        };
        if claim == "claim" {
            continue;
        }
        if proof == "open" || proof.starts_with("open: ") {
            open += 1;
            continue;
        }
        proven += 1;
        // `path` or `path::test`, in backquotes; words between them explain.
        let named: Vec<&str> = proof.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            wrong.push(line.to_string());
        }
        for name in named {
            let (path, test) = name.split_once("::").unwrap_or((name, ""));
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            let test = test.rsplit("::").next().unwrap_or_default();
            if name.starts_with("cargo ") {
                continue;
            }
            if !file.exists() || !test.is_empty() && !read(path).contains(&format!("fn {test}(")) {
                wrong.push(name.to_string());
            }
        }
    }
    println!("ledger: {proven} proven, {open} open");
    assert!(wrong.is_empty(), "no such proof: {wrong:#?}");
    assert!(proven > 40);
}

#[test]
fn readme_opens_with_the_two_commands() {
    let text = read("README.md");
    let block = text.split("```").nth(1).expect("a code block");
    assert!(
        text.find("```")
            .is_some_and(|i| text[..i].lines().filter(|l| !l.is_empty()).count() == 1)
    );
    let commands: Vec<&str> = block
        .lines()
        .skip(1)
        .map(|l| l.split('#').next().unwrap_or("").trim())
        .collect();
    assert_eq!(
        commands,
        ["cargo run --release -- examples/fib.py", "cargo test"]
    );
}

#[test]
fn the_manifest() {
    let text = read("Cargo.toml");
    for part in [
        "edition = \"2024\"",
        "rust-version = \"1.95\"",
        "license = \"MIT OR Apache-2.0\"",
        "ruff_python_parser = \"=",
        "ruff_python_ast = \"=",
        "default = [\"jit\", \"cli\", \"serde\"]",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.lines().any(|l| l.starts_with("cranelift =")));
    assert!(read("Cargo.lock").contains("name = \"taipan\""));
}

#[test]
fn a_library_has_no_command_line() {
    let cargo = std::env::var("CARGO").unwrap_or("cargo".into());
    let out = Command::new(cargo)
        .args([
            "tree",
            "--offline",
            "--locked",
            "--edges=normal",
            "--prefix=none",
        ])
        .args(["--no-default-features", "--features=jit"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo tree");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success() && text.contains("cranelift-codegen "));
    for name in [
        "clap",
        "clap_builder",
        "rustyline",
        "mimalloc",
        "signal-hook",
    ] {
        let found = text.lines().any(|l| l.split(' ').next() == Some(name));
        assert!(!found, "{name}");
    }
}
