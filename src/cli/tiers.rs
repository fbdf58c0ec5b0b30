//! `--compare-tiers`: a script in every mode, each in a process of its own; do they agree?

use super::options::Options;
use super::run::{USAGE, say};
use std::io::{IsTerminal, Read, Write};
use std::process::{Command, ExitCode, Stdio};

const MODES: [&str; 4] = ["off", "on", "always", "stress"];

/// What a run did.
struct Outcome {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    status: String,
    exception: String,
    native: u64,
}

/// Runs the script in every mode and prints a table.
/// Exit status: 0 when all agree and something ran natively, 1 when they differ, 2 when nothing did.
pub fn compare(o: &Options) -> ExitCode {
    let mut input = Vec::new();
    if !std::io::stdin().is_terminal() {
        // Each gets the same.
        let _ = std::io::stdin().lock().read_to_end(&mut input);
    }
    let mut all = Vec::new();
    for mode in MODES {
        match run(o, mode, &input) {
            Ok(r) => all.push(r),
            Err(e) => {
                say(&format!("taipan: can't run mode {mode}: {e}"));
                return ExitCode::from(USAGE);
            }
        }
    }
    let (text, status) = report(&o.argv.first().cloned().unwrap_or_default(), &all);
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
    ExitCode::from(status)
}

fn run(o: &Options, mode: &str, input: &[u8]) -> std::io::Result<Outcome> {
    let to = std::env::temp_dir().join(format!("taipan-tiers-{}-{mode}", std::process::id()));
    let _ = std::fs::remove_file(&to);
    let own = |a: &&String| *a != "--compare-tiers" && !a.starts_with("--jit=");
    let mut child = Command::new(std::env::current_exe()?)
        .args(o.given.iter().filter(own))
        .arg(format!("--jit={mode}"))
        .arg(format!("--stats-to={}", to.display()))
        .args(&o.argv)
        .env_remove("TAIPAN_JIT")
        .env_remove("TAIPAN_COMPARE_TIERS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|s| {
        s.spawn(move || {
            // A program need not read its input.
            stdin.map(|mut to| to.write_all(input))
        });
        child.wait_with_output()
    })?;
    let notes = std::fs::read_to_string(&to).unwrap_or_default();
    let _ = std::fs::remove_file(&to);
    let note = |key: &str| notes.lines().find_map(|l| l.strip_prefix(key));
    Ok(Outcome {
        stdout: output.stdout,
        stderr: output.stderr,
        status: match output.status.code() {
            Some(c) => c.to_string(),
            None => output.status.to_string(),
        },
        exception: note("exception ").unwrap_or("-").to_owned(),
        native: note("native ").and_then(|n| n.parse().ok()).unwrap_or(0),
    })
}

/// The first line in which two texts differ: its number from 1, and both.
fn first_difference(a: &[u8], b: &[u8]) -> Option<(usize, String, String)> {
    if a == b {
        return None;
    }
    let line = |l: Option<&[u8]>| match l {
        Some(l) => format!("{:?}", String::from_utf8_lossy(l)),
        None => "nothing".to_owned(),
    };
    let (mut a, mut b) = (
        a.split_inclusive(|c| *c == b'\n'),
        b.split_inclusive(|c| *c == b'\n'),
    );
    let mut n = 0;
    loop {
        n += 1;
        let (x, y) = (a.next(), b.next());
        if x != y {
            return Some((n, line(x), line(y)));
        }
        x?;
    }
}

fn report(script: &str, all: &[Outcome]) -> (String, u8) {
    let mut out = format!("{script} in every mode\n");
    out += &format!(
        "  {:8}{:>8}{:>16}  {}\n",
        "mode", "status", "native calls", "exception"
    );
    for (mode, r) in MODES.iter().zip(all) {
        out += &format!(
            "  {mode:8}{:>8}{:>16}  {}\n",
            r.status, r.native, r.exception
        );
    }
    let Some((base, others)) = all.split_first() else {
        return (out, USAGE);
    };
    let mut equal = true;
    for (mode, r) in MODES[1..].iter().zip(others) {
        for (what, a, b) in [
            ("stdout", &base.stdout[..], &r.stdout[..]),
            ("stderr", &base.stderr[..], &r.stderr[..]),
            (
                "exception",
                base.exception.as_bytes(),
                r.exception.as_bytes(),
            ),
            ("status", base.status.as_bytes(), r.status.as_bytes()),
        ] {
            if let Some((line, x, y)) = first_difference(a, b) {
                equal = false;
                out += &format!(
                    "{what} of off and {mode} differ in line {line}:\n  off: {x}\n  {mode}: {y}\n"
                );
                break;
            }
        }
    }
    if !equal {
        return (out, 1);
    }
    out += "stdout, stderr, exception and status are equal\n";
    if all.iter().all(|r| r.native == 0) {
        out += "nothing ran natively\n";
        return (out, 2);
    }
    (out, 0)
}
