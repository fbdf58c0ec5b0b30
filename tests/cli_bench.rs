//! `--bench`: who is run, what is compared, the table and the picture. Times are never asserted.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of its own for each test, with a script in it.
struct Place(PathBuf);
impl Place {
    fn new(name: &str, script: &str) -> Place {
        let dir = std::env::temp_dir().join(format!("taipan-bench-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(dir.join("bin")).expect("a folder");
        let p = Place(dir);
        p.write("s.py", script);
        p
    }
    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file");
    }
    /// A program of this name on the only folder of PATH.
    fn program(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.0.join("bin").join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a program");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("its mode");
    }
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let out = Command::new(env!("CARGO_BIN_EXE_taipan"))
            .env_clear()
            .env("PATH", self.0.join("bin"))
            .env("HOME", &self.0)
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .args(args)
            .output()
            .expect("starts");
        (
            out.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&out.stdout).into_owned(),
            String::from_utf8_lossy(&out.stderr).into_owned(),
        )
    }
    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("it was written")
    }
}
impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The line of an engine, cut into columns.
fn row<'a>(text: &'a str, engine: &str) -> Vec<&'a str> {
    let line = text
        .lines()
        .find_map(|l| l.trim().strip_prefix(engine))
        .unwrap_or_else(|| panic!("no {engine} in {text}"));
    line.split_whitespace().collect()
}

#[test]
fn a_script_that_begins_with_a_dash_is_no_flag() {
    let p = Place::new("dash", "");
    p.write("-s.py", "import sys\nprint(sys.argv)\n");
    p.program(
        "pypy3",
        "[ \"$1\" = -c ] && echo PyPy 7.3.0 3.8.0 || echo \"['$1', '$2']\"",
    );
    let (status, out, err) = p.run(&["--bench=1", "--", "-s.py", "-a"]);
    assert_eq!(status, 0, "{out}{err}");
    assert!(out.contains("all print the same"), "{out}");
    assert_eq!(row(&out, "pypy3").len(), row(&out, "taipan --jit=on").len());
}

#[test]
fn every_mode_is_timed_and_missing_engines_are_named() {
    let p = Place::new("modes", "import sys\nprint(sum(range(10)), sys.argv[1:])\n");
    let (status, out, err) = p.run(&["--bench=3", "s.py", "--bench", "a b"]);
    assert_eq!(status, 0, "{out}{err}");
    assert!(out.starts_with("s.py --bench a b\n"), "{out}");
    for mode in ["off", "on", "always"] {
        let columns = row(&out, &format!("taipan --jit={mode}"));
        assert_eq!(columns.len(), 7, "{columns:?}");
        let ms: Vec<f64> = columns[..5]
            .iter()
            .map(|c| c.parse().expect("ms"))
            .collect();
        assert!(ms[1] <= ms[0] && ms[0] <= ms[2], "{ms:?}");
    }
    assert_eq!(row(&out, "taipan --jit=on")[3], "1.00");
    for name in ["python3.8", "python3.13", "pypy3"] {
        assert!(out.contains(&format!("{name}: not found")), "{out}");
    }
    assert!(out.contains("node: there is no s.js") && out.contains("luajit: there is no s.lua"));
    assert!(out.ends_with("all print the same\n"));
    // Nine processes, a line each.
    assert_eq!(err.lines().count(), 9, "{err}");
    assert_eq!(err.lines().next(), Some("round 1 of 3: taipan --jit=off"));
}

#[test]
fn engines_on_the_path_run_the_script_or_its_twin() {
    let p = Place::new("twins", "import sys\nprint('sum', sys.argv[1])\n");
    p.program(
        "pypy3",
        "case $1 in -c) echo 'PyPy 7.0.0 3.9.1';; *) echo sum $2;; esac",
    );
    p.program(
        "node",
        "case $1 in --version) echo v20.1.2;; s.js) echo sum $2;; esac",
    );
    p.program(
        "luajit",
        "case $1 in -v) echo LuaJIT 2.1 -- rest;; s.lua) echo sum $2;; esac",
    );
    // Not what its name says: it is not taken.
    p.program("python3.8", "echo CPython 3.7.1");
    p.write("s.js", "");
    p.write("s.lua", "");
    let (status, out, err) = p.run(&["--bench=1", "s.py", "7"]);
    assert_eq!(status, 0, "{out}{err}");
    assert_eq!(row(&out, "pypy3 ")[5..], ["PyPy", "7.0.0"]);
    assert_eq!(row(&out, "node ")[5..], ["v20.1.2"]);
    assert_eq!(row(&out, "luajit ")[5..], ["LuaJIT", "2.1"]);
    assert!(out.contains("python3.8: not found"), "{out}");
}

#[test]
fn who_prints_something_else_is_named() {
    let p = Place::new("differ", "print('a')\nprint('b')\n");
    p.program(
        "pypy3",
        "case $1 in -c) echo PyPy 7;; *) echo a; echo c;; esac",
    );
    p.program(
        "node",
        "case $1 in --version) echo v20;; *) echo no such thing >&2; exit 3;; esac",
    );
    p.write("s.js", "");
    let (status, out, err) = p.run(&["--bench=2", "s.py"]);
    assert_eq!(status, 1, "{out}{err}");
    assert!(
        out.contains("pypy3 differs: line 2 is \"c\", not \"b\"\n"),
        "{out}"
    );
    assert!(
        out.contains("node differs: its status is 3, not 0 (no such thing)\n"),
        "{out}"
    );
    assert!(!out.contains("all print the same"), "{out}");
    // It is not asked twice, and has no time.
    assert_eq!(err.matches("pypy3").count(), 1, "{err}");
    assert!(!out.lines().any(|l| l.starts_with("  pypy3")), "{out}");
}

#[test]
fn a_failing_script_is_compared_too() {
    let p = Place::new("fails", "print(1)\nraise SystemExit(4)\n");
    p.program(
        "pypy3",
        "case $1 in -c) echo PyPy 7;; *) echo 1; exit 4;; esac",
    );
    let (status, out, err) = p.run(&["--bench=1", "s.py"]);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn all_read_the_same_input() {
    let p = Place::new("stdin", "import sys\nprint(sys.stdin.read() == '')\n");
    let (status, out, err) = p.run(&["--bench=1", "s.py"]);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn the_picture_is_xml_and_escapes_what_it_shows() {
    let p = Place::new("svg", "print(1)\n");
    for args in [
        &["--bench=1", "--svg", "out.svg", "s.py", "<a> & \"b\" \u{1}"][..],
        &["--svg=out.svg", "--bench=1", "s.py", "<a> & \"b\" \u{1}"],
    ] {
        let _ = std::fs::remove_file(p.0.join("out.svg"));
        let (status, out, err) = p.run(args);
        assert_eq!(status, 0, "{out}{err}");
        let text = p.read("out.svg");
        assert!(text.contains("&lt;a&gt; &amp; &quot;b&quot; \u{fffd}"));
        well_formed(&text);
        for mode in ["off", "on", "always"] {
            assert!(text.contains(&format!(">taipan --jit={mode}</text>")));
        }
        assert_eq!(text.matches("<path ").count(), 3);
    }
}

/// Tags nest and close, attributes are quoted, marks in text are entities.
fn well_formed(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let rest = text
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .expect("a declaration");
    for piece in rest.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').expect("a tag that ends");
        assert!(!after.contains('>'), "{piece}");
        for entity in after.split('&').skip(1) {
            let name = entity.split_once(';').expect("an entity that ends").0;
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "{name}");
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        assert_eq!(
            tag.matches('=').count(),
            tag.matches("=\"").count(),
            "{tag}"
        );
        if !tag.ends_with('/') {
            open.push(tag.split(' ').next().expect("a name"));
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_wrong_command_line_is_refused() {
    let p = Place::new("wrong", "print(1)\n");
    for args in [
        &["--bench=0", "s.py"][..],
        &["--bench=x", "s.py"],
        &["--bench"],
        &["--bench", "-c", "1"],
        &["--svg=a.svg", "s.py"],
        &["--bench=1", "no-such.py"],
        &["--bench=1", "--svg=no/such/folder.svg", "s.py"],
    ] {
        let (status, out, err) = p.run(args);
        assert_eq!(status, 2, "{args:?}: {out}{err}");
        assert!(!err.is_empty());
    }
}

/// The programs of the benches print in every mode what CPython 3.8 printed, which is also what
/// their twins print.
#[test]
fn programs_of_the_benches_agree_with_themselves() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs");
    let golden = std::fs::read_to_string(dir.join("expected.txt")).expect("expected.txt");
    let mut programs = 0;
    for line in golden.lines() {
        let (args, expected) = line.split_once(": ").expect("ARGS: OUTPUT");
        programs += 1;
        for mode in ["off", "on", "always"] {
            let out = Command::new(env!("CARGO_BIN_EXE_taipan"))
                .current_dir(&dir)
                .arg(format!("--jit={mode}"))
                .args(args.split(' '))
                .output()
                .expect("starts");
            let text = String::from_utf8_lossy(&out.stdout);
            assert_eq!(text.trim_end(), expected, "{args} in mode {mode}");
        }
    }
    assert!(programs > 20);
}

/// A counter of `--stats=json`.
fn counter(json: &str, group: &str, name: &str) -> u64 {
    let inside = json
        .split_once(&format!("\"{group}\": {{"))
        .map_or(json, |(_, rest)| rest);
    let rest = inside
        .split_once(&format!("\"{name}\": "))
        .unwrap_or_else(|| panic!("no {group} {name} in {json}"))
        .1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().expect("a number")
}

/// fib(35) makes 29,860,703 calls, built into each other or not. A call that the interpreter made and
/// native code took over counts as both; `entered` says how many did.
#[test]
fn fib_makes_its_calls_in_every_mode() {
    let source = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n\
        import sys\nfib(int(sys.argv[1]))\n";
    let p = Place::new("counters", source);
    for (mode, n, calls) in [
        ("on", "35", 29_860_703),
        ("always", "27", 635_621),
        ("off", "24", 150_049),
    ] {
        let (status, _, err) = p.run(&["--stats=json", &format!("--jit={mode}"), "s.py", n]);
        assert_eq!(status, 0, "{err}");
        let of = |name| counter(&err, "calls", name);
        let entered = counter(&err, "units", "entered");
        assert_eq!(of("native") + of("fast") - entered, calls, "{mode}: {err}");
        assert_eq!(of("general"), 0);
        // The module itself is entered, too.
        assert_eq!(counter(&err, "", "fuel"), calls + 1, "{mode}: {err}");
    }
}
