//! The listings of the documents that Taipan is built after, as programs and as sessions.
//!
//! `tests/seeds/NAME.py` with NAME.out (what it prints) and NAME.dis (its bytecode), and
//! NAME.session with NAME.transcript (typed at the prompt). CPython 3.8 made the answers:
//! `python3.8 tests/seeds/bless.py` makes them anew.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const MODES: [&str; 4] = ["off", "on", "always", "stress"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds")
}

/// Names of the listings with this extension.
fn listings(ext: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter_map(|n| n.strip_suffix(ext).map(String::from))
        .filter(|n| n != "bless")
        .collect();
    names.sort();
    names
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Addresses as `bless.py` writes them.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(i) = rest.find("at 0x") {
        let from = i + "at 0x".len();
        out.push_str(&rest[..from]);
        out.push_str("add");
        rest = rest[from..].trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    out + rest
}

/// Standard output and error as one stream, in the order they were written.
fn run(flags: &[&str], input: &str) -> String {
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .args(flags)
        .current_dir(folder())
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(writer.try_clone().unwrap())
        .stderr(writer)
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let mut out = Vec::new();
    std::io::Read::read_to_end(&mut reader, &mut out).unwrap();
    child.wait().unwrap();
    plain(&String::from_utf8_lossy(&out))
}

#[test]
fn programs_print_what_cpython_prints() {
    let names = listings(".py");
    let mut wrong = Vec::new();
    for name in &names {
        let want = read(&format!("{name}.out"));
        for mode in MODES {
            let got = run(&[&format!("--jit={mode}"), &format!("{name}.py")], "");
            if got != want {
                wrong.push(format!("{name} ({mode}):\n{got}\n---\n{want}"));
            }
        }
    }
    println!("{} programs in {} modes", names.len(), MODES.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(names.len() >= 30);
}

#[test]
fn bytecode_is_what_dis_shows() {
    for name in listings(".py") {
        let file = format!("{name}.py");
        let code = taipan::compile::compile(&read(&file), &file, taipan::compile::Mode::Exec);
        let code = code.unwrap_or_else(|e| panic!("{name}: {e}"));
        let got = plain(&taipan::code::dis::dis(&code, &|_| 0xadd));
        assert_eq!(got, read(&format!("{name}.dis")), "{name}");
    }
}

#[test]
fn sessions_at_the_prompt() {
    let names = listings(".session");
    for name in &names {
        for mode in MODES {
            let got = run(
                &["-i", "-q", &format!("--jit={mode}")],
                &read(&format!("{name}.session")),
            );
            assert_eq!(got, read(&format!("{name}.transcript")), "{name} ({mode})");
        }
    }
    assert!(names.len() >= 4);
}

/// The counters of calls that `--stats` shows: (fast, general).
fn paths(name: &str) -> (u64, u64) {
    let text = run(&["--stats", "--jit=off", &format!("{name}.py")], "");
    let of = |what: &str| -> u64 {
        let line = text.lines().find_map(|l| l.trim().strip_prefix(what));
        line.unwrap_or_else(|| panic!("{what}: {text}"))
            .trim()
            .parse()
            .unwrap()
    };
    (of("calls fast"), of("calls general"))
}

#[test]
fn paths_are_the_ones_described() {
    // No arguments, and positional ones alone, are fast.
    assert_eq!(paths("function_plain"), (1, 0));
    assert_eq!(paths("call_no_arguments"), (1, 0));
    assert_eq!(paths("call_fast"), (1, 0));
    assert_eq!(paths("parameters_positional"), (1, 0));
    assert_eq!(paths("locals_fast"), (1, 0));
    // The same function called by keyword is not.
    assert_eq!(paths("call_general"), (0, 1));
    // All defaults taken are fast; `func(b=3)` is not.
    assert_eq!(paths("parameters_defaults"), (1, 1));
    // What has defaults, takes * or **, or keyword-only parameters goes the general way.
    assert_eq!(paths("call_defaults"), (0, 5));
    assert_eq!(paths("call_star"), (0, 2));
    assert_eq!(paths("parameters_star"), (0, 1));
    assert_eq!(paths("parameters_keyword_only"), (0, 1));
    // CO_NESTED alone disqualifies the inner function, its cell the outer one.
    assert_eq!(paths("closure_get_func"), (0, 2));
    assert_eq!(paths("compare1"), (2, 0));
    assert_eq!(paths("compare2"), (0, 3));
    assert_eq!(paths("compare3"), (1, 3));
    assert_eq!(paths("fibonacci").1, 0);
}
