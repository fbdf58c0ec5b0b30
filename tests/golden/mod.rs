//! The programs of a folder against what CPython 3.8 does with them, for `lang.rs` and `programs.rs`.
//!
//! The goldens are made by `python3.8 tests/lang/bless.py`. `all` is one mode: it runs the built command
//! line once for each program and compares stdout, stderr (the traceback) and the exit status.
//! `TAIPAN_LANG=text` runs only programs whose name holds that text.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a program may run before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(120);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn programs(folder: &str) -> Vec<String> {
    let only = std::env::var("TAIPAN_LANG").unwrap_or_default();
    let mut names: Vec<String> = std::fs::read_dir(root().join(folder))
        .expect("the folder of the programs")
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter_map(|n| n.strip_suffix(".py").map(String::from))
        .filter(|n| n != "bless" && n.contains(&only))
        .collect();
    names.sort();
    names
}

/// `0x…` for every address, as `bless.py` does.
fn normalise(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::new();
    let mut rest = &*text;
    while let Some(i) = rest.find("0x") {
        let digits = rest[i + 2..]
            .bytes()
            .take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            .count();
        out.push_str(&rest[..i + 2]);
        if digits >= 6 {
            out.push('…');
        } else {
            out.push_str(&rest[i + 2..i + 2 + digits]);
        }
        rest = &rest[i + 2 + digits..];
    }
    out + rest
}

struct Outcome {
    stdout: String,
    stderr: String,
    status: String,
}

fn golden(folder: &str, name: &str) -> Outcome {
    let file = |kind: &str| -> PathBuf { root().join(format!("{folder}/golden/{name}{kind}")) };
    let read = |kind: &str| std::fs::read_to_string(file(kind)).unwrap_or_default();
    Outcome {
        stdout: read(".out"),
        stderr: read(".err"),
        status: match read(".status").trim() {
            "" => "0".into(),
            s => s.into(),
        },
    }
}

fn run(folder: &str, name: &str, flags: &[&str]) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .args(flags)
        .arg(format!("{folder}/{name}.py"))
        .current_dir(root())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command line starts");
    let drain = |mut from: Box<dyn Read + Send>| {
        std::thread::spawn(move || {
            let mut all = Vec::new();
            let _ = from.read_to_end(&mut all);
            all
        })
    };
    let out = drain(Box::new(child.stdout.take().expect("piped")));
    let err = drain(Box::new(child.stderr.take().expect("piped")));
    let start = Instant::now();
    let mut pause = Duration::from_micros(500);
    let status = loop {
        match child.try_wait().expect("wait") {
            Some(s) => {
                break match s.code() {
                    Some(c) => c.to_string(),
                    None => s.to_string(),
                };
            }
            None if start.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                break "hangs".into();
            }
            None => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(20));
            }
        }
    };
    Outcome {
        stdout: normalise(&out.join().expect("reader")),
        stderr: normalise(&err.join().expect("reader")),
        status,
    }
}

/// The first line in which two texts differ.
fn difference(what: &str, got: &str, want: &str) -> String {
    let (mut g, mut w) = (got.lines(), want.lines());
    for n in 1.. {
        match (g.next(), w.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let show = |x: Option<&str>| {
                    x.map_or("(end)".into(), |l| l.chars().take(300).collect::<String>())
                };
                return format!(
                    "    {what} line {n}:\n      got  {}\n      want {}\n",
                    show(a),
                    show(b)
                );
            }
        }
    }
    format!("    {what}: the line ends differ\n")
}

/// Runs the programs of a folder in one mode.
pub fn all(folder: &str, mode: &str, flags: &[&str]) {
    let names = programs(folder);
    let what = folder.rsplit('/').next().unwrap_or(folder);
    let mut failed = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for name in &names {
        let start = Instant::now();
        let (got, want) = (run(folder, name, flags), golden(folder, name));
        slowest = slowest.max((start.elapsed(), name.clone()));
        let mut why = String::new();
        if got.status != want.status {
            why += &format!("    status {} instead of {}\n", got.status, want.status);
        }
        if got.stdout != want.stdout {
            why += &difference("stdout", &got.stdout, &want.stdout);
        }
        if got.stderr != want.stderr {
            why += &difference("stderr", &got.stderr, &want.stderr);
        }
        if !why.is_empty() {
            failed.push(format!("  {name}\n{why}"));
        }
    }
    println!(
        "{what} {mode}: {} of {} programs as CPython 3.8; slowest {} {:.1}s",
        names.len() - failed.len(),
        names.len(),
        slowest.1,
        slowest.0.as_secs_f64()
    );
    assert!(
        failed.is_empty(),
        "{mode}: {} failed\n{}",
        failed.len(),
        failed.join("")
    );
}
