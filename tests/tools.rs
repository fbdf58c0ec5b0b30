//! What the command line tells about native code: `--stats=json`, `--dump=ssa`, `--perf-map`.
#![cfg(feature = "jit")]

use std::path::PathBuf;
use std::process::{Command, Stdio};

const FIB: &str = "def fib(n):
    if n < 2:
        return n  # the end
    return fib(n - 1) + fib(n - 2)
print(fib(15))
";

/// A script of this text, gone with the value.
struct Script(PathBuf);
impl Script {
    fn new(name: &str, text: &str) -> Script {
        let p = std::env::temp_dir().join(format!("taipan-tools-{}-{name}", std::process::id()));
        std::fs::write(&p, text).unwrap();
        Script(p)
    }
    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}
impl Drop for Script {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Process number, stdout, stderr.
fn run(args: &[&str]) -> (u32, String, String) {
    let child = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .args(args)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pid = child.id();
    let out = child.wait_with_output().unwrap();
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (pid, text(&out.stdout), text(&out.stderr))
}

/// The numbers of a JSON object of objects, by their paths.
fn numbers(json: &str) -> Vec<(String, f64)> {
    fn object<'a>(s: &'a str, path: &str, out: &mut Vec<(String, f64)>) -> &'a str {
        let mut s = s.strip_prefix('{').expect("an object").trim_start();
        while !s.starts_with('}') {
            let (key, rest) = s.strip_prefix('"').unwrap().split_once('"').unwrap();
            let rest = rest.strip_prefix(':').expect("a colon").trim_start();
            let key = format!("{path}{key}");
            s = if rest.starts_with('{') {
                object(rest, &format!("{key}."), out)
            } else {
                let end = rest.find([',', '}']).unwrap();
                out.push((key, rest[..end].parse().expect("a number")));
                &rest[end..]
            };
            s = match s.strip_prefix(',') {
                Some(more) => {
                    assert!(more.starts_with(" \""), "{more}");
                    more.trim_start()
                }
                None => s,
            };
        }
        &s[1..]
    }
    let mut out = Vec::new();
    assert_eq!(object(json.trim_end(), "", &mut out), "", "{json}");
    out
}

/// The object has every line of the table, by the same number where no time is measured.
#[test]
fn stats_as_json_are_the_table() {
    let script = Script::new("json.py", FIB);
    // In this mode no clock decides what is compiled.
    let (_, out, err) = run(&["--jit=always", "--stats=json", script.path()]);
    assert_eq!(out, "610\n");
    assert_eq!(err.lines().count(), 1, "{err}");
    let all = numbers(&err);
    let of = |path: &str| all.iter().find(|n| n.0 == path).map(|n| n.1);
    assert!(of("calls.native").unwrap() > 1000.0, "{err}");
    assert!(of("units.compiled") == Some(4.0), "{err}");
    for pass in [
        "build",
        "params",
        "unbox",
        "fold",
        "simplify",
        "gvn",
        "licm",
        "promote",
        "dce",
        "lower",
        "cranelift",
    ] {
        let ms = of(&format!("compile_ms.{pass}"));
        assert!(
            ms.is_some_and(|ms| (0.0..1000.0).contains(&ms)),
            "{pass}: {err}"
        );
    }
    assert!(of("compile_ms.cranelift").unwrap() > 0.0);

    let (_, _, table) = run(&["--jit=always", "--stats", script.path()]);
    for (path, n) in &all {
        let name = path.replace(['.', '_'], " ");
        let line = table.lines().map(|l| l.trim().replace('_', " "));
        let mut line = line.filter_map(|l| Some(l.strip_prefix(&name)?.to_owned()));
        let Some(line) = line.find(|l| l.starts_with(' ')) else {
            assert!(path.starts_with("exits.") && *n == 0.0, "{path}: {table}");
            continue;
        };
        let shown: f64 = line.split_whitespace().next().unwrap().parse().unwrap();
        let measured = path.starts_with("compile_ms.") || path == "heap_bytes";
        assert!(measured || shown == *n, "{path}: {shown}, {n}");
    }

    // Into a file: what the program says stays alone on stderr.
    let to = Script::new("json.txt", "");
    let (_, _, err) = run(&[
        "--jit=always",
        "--stats=json",
        &format!("--stats-to={}", to.path()),
        script.path(),
    ]);
    assert_eq!(err, "");
    let text = std::fs::read_to_string(to.path()).unwrap();
    let json = text
        .lines()
        .find(|l| l.starts_with('{'))
        .expect("the object");
    assert!(
        numbers(json)
            .iter()
            .any(|n| n.0 == "calls.native" && n.1 > 1000.0)
    );
    assert!(text.lines().any(|l| l.starts_with("native ")), "{text}");
}

/// The lines of the source stand beside the instructions, and the text parses back all the same.
#[test]
fn ssa_with_its_source_parses_back() {
    let script = Script::new("dump.py", FIB);
    let (_, out, err) = run(&["--dump=ssa", script.path()]);
    assert_eq!(out, "610\n");
    let (built, optimised) = err.split_once("; optimised\n").expect("both");
    for text in [built, optimised] {
        let f = taipan::jit::ssa::parse::parse(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        assert!(!f.to_string().contains(';'));
        let comment = format!("; {}:3: return n  # the end", script.path());
        let at = text.find(&comment).unwrap_or_else(|| panic!("{text}"));
        let next = text[at..].lines().nth(1).unwrap();
        assert!(next.contains("ret") || next.contains("state"), "{next}");
        assert!(text.contains(":4: return fib(n - 1) + fib(n - 2)\n"));
    }
    // Where there is no file the line's number stands alone.
    let (_, _, err) = run(&["--dump=ssa", "-c", FIB]);
    assert!(err.contains("; <string>:3\n"), "{err}");
}

#[test]
fn perf_finds_functions_by_name() {
    let text = format!("{FIB}t = 0\nfor i in range(5000):\n    t += i\n");
    let script = Script::new("perf.py", &text);
    let (pid, _, _) = run(&["--perf-map", script.path()]);
    let map = format!("/tmp/perf-{pid}.map");
    let lines = std::fs::read_to_string(&map).unwrap();
    let _ = std::fs::remove_file(&map);
    let mut names = Vec::new();
    for l in lines.lines() {
        let [at, bytes, name] = l.splitn(3, ' ').collect::<Vec<_>>()[..] else {
            panic!("{l}");
        };
        assert!(usize::from_str_radix(at, 16).unwrap() > 4096);
        assert!(usize::from_str_radix(bytes, 16).unwrap() >= 64);
        names.push(name.to_owned());
    }
    assert!(
        names.contains(&format!("py::fib:{}:1", script.path())),
        "{lines}"
    );
    assert!(
        names.contains(&format!("py::<module>:{}:7", script.path())),
        "{lines}"
    );
    // Nobody asked: nothing is written.
    let (pid, _, _) = run(&[script.path()]);
    assert!(!std::path::Path::new(&format!("/tmp/perf-{pid}.map")).exists());
}
