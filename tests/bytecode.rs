//! The compiler against CPython 3.8, byte for byte.
//!
//! `goldens` compares small files with what CPython made of them (committed, so it needs only
//! Rust; `tests/bytecode/make_goldens.py` makes them anew). `standard_library` compiles
//! CPython's own library, where a CPython 3.8 is found.

mod oracle;

use oracle::python38;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use taipan::code::instr::decode;
use taipan::code::object::{CodeObject, Const};
use taipan::code::wtf8::Wtf8Buf;
use taipan::compile::{ErrorKind, Mode, Options, compile_with};

fn text(s: &Wtf8Buf) -> String {
    let mut out = String::from("\"");
    for c in s.code_points() {
        match char::from_u32(c) {
            Some(c @ ' '..='~') if c != '\\' && c != '"' => out.push(c),
            _ => write!(out, "\\{{{c:x}}}").unwrap(),
        }
    }
    out.push('"');
    out
}

fn hex(b: &[u8]) -> String {
    b.iter().map(|b| format!("{b:02x}")).collect()
}

fn dump_const(c: &Const, out: &mut Vec<String>, pad: &str) {
    let inner = format!("{pad}  ");
    match c {
        Const::None => out.push(format!("{pad}None")),
        Const::Ellipsis => out.push(format!("{pad}Ellipsis")),
        Const::Bool(b) => out.push(format!("{pad}{}", if *b { "True" } else { "False" })),
        Const::Int(i) => out.push(format!("{pad}int {i:x}")),
        Const::Float(f) if f.is_nan() => out.push(format!("{pad}float nan")),
        Const::Float(f) => out.push(format!("{pad}float {:016x}", f.to_bits())),
        Const::Complex(a, b) => out.push(format!(
            "{pad}complex {:016x} {:016x}",
            a.to_bits(),
            b.to_bits()
        )),
        Const::Str(s) => out.push(format!("{pad}str {}", text(s))),
        Const::Bytes(b) => out.push(format!("{pad}bytes {}", hex(b))),
        Const::Tuple(t) => {
            out.push(format!("{pad}tuple {}", t.len()));
            t.iter().for_each(|c| dump_const(c, out, &inner));
        }
        Const::FrozenSet(t) => {
            out.push(format!("{pad}frozenset {}", t.len()));
            let mut items: Vec<String> = t
                .iter()
                .map(|c| {
                    let mut one = Vec::new();
                    dump_const(c, &mut one, &inner);
                    one.join("\n")
                })
                .collect();
            items.sort();
            out.extend(items.iter().flat_map(|i| i.lines().map(str::to_owned)));
        }
        Const::Code(c) => dump_code(c, out, pad),
    }
}

fn dump_code(c: &CodeObject, out: &mut Vec<String>, pad: &str) {
    out.push(format!("{pad}code {}", text(&c.name)));
    let pad = format!("{pad}  ");
    out.push(format!("{pad}filename {}", text(&(&*c.filename).into())));
    for (name, v) in [
        ("argcount", c.argcount),
        ("posonlyargcount", c.posonlyargcount),
        ("kwonlyargcount", c.kwonlyargcount),
        ("nlocals", c.nlocals),
        ("stacksize", c.stacksize),
        ("flags", c.flags),
        ("firstlineno", c.firstlineno),
    ] {
        out.push(format!("{pad}{name} {v}"));
    }
    for (name, v) in [
        ("names", &c.names),
        ("varnames", &c.varnames),
        ("freevars", &c.freevars),
        ("cellvars", &c.cellvars),
    ] {
        let list: Vec<String> = v.iter().map(text).collect();
        out.push(format!("{pad}{name} {}", list.join(" ")).trim_end().into());
    }
    out.push(format!("{pad}lnotab {}", hex(&c.lnotab)));
    out.push(format!("{pad}bytes {}", hex(&c.code)));
    out.push(format!("{pad}consts {}", c.consts.len()));
    let inner = format!("{pad}  ");
    c.consts.iter().for_each(|c| dump_const(c, out, &inner));
}

fn dump(c: &CodeObject) -> Vec<String> {
    let mut out = Vec::new();
    dump_code(c, &mut out, "");
    out
}

/// The instructions of a golden's `bytes` line, one a line; any other line as it is.
fn instructions(line: &str) -> Vec<String> {
    let Some(hex) = line.trim_start().strip_prefix("bytes ") else {
        // A few characters an item, so that a difference in a long line is found.
        let chars: Vec<char> = line.trim().chars().collect();
        return chars.chunks(12).map(|c| c.iter().collect()).collect();
    };
    let code: Vec<u8> = (0..hex.len() / 2)
        .filter_map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).ok())
        .collect();
    match decode(&code) {
        Ok(list) => list
            .iter()
            .map(|i| format!("{:4} {} {}", i.start, i.op.name(), i.arg))
            .collect(),
        Err(_) => vec![line.trim().to_owned()],
    }
}

/// Where two such lists part, with what is around.
fn around(want: &str, got: &str) -> String {
    let (w, g) = (instructions(want), instructions(got));
    let at = (0..w.len().max(g.len()))
        .find(|&i| w.get(i) != g.get(i))
        .unwrap_or(0);
    let show = |l: &[String]| {
        let from = at.saturating_sub(4).min(l.len());
        l[from..(at + 5).min(l.len())].join("\n      ")
    };
    format!(
        "CPython:\n      {}\n    Taipan:\n      {}",
        show(&w),
        show(&g)
    )
}

/// The first difference, with the code object it is in, and the bytes where lines differ.
fn differences(want: &[&str], got: &[String]) -> Option<String> {
    let mut place = String::new();
    for i in 0..want.len().max(got.len()) {
        let w = want.get(i).copied().unwrap_or("(nothing)");
        let g = got.get(i).map_or("(nothing)", |s| s.as_str());
        if w.trim_start().starts_with("code ") {
            place = w.trim().into();
        }
        if w == g {
            continue;
        }
        let mut out = format!("in {place}, line {}:\n    {}", i + 1, around(w, g));
        // What the bytes are often says more than the field that came first.
        if let (Some(w), Some(g)) = (want.get(i + 1), got.get(i + 1))
            && w != g
            && w.trim_start().starts_with("bytes ")
        {
            write!(out, "\n    {}", around(w, g)).unwrap();
        }
        return Some(out);
    }
    None
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode")
}

/// The mode is the start of the file's name, if it is one.
fn mode(name: &str) -> Mode {
    match name.split('_').next() {
        Some("single") => Mode::Single,
        Some("eval") => Mode::Eval,
        _ => Mode::Exec,
    }
}

fn compare(source: &str, name: &str, golden: &str) -> Result<(), String> {
    let code = compile_with(
        source,
        name,
        mode(name),
        Options {
            ..Default::default()
        },
    )
    .map_err(|e| {
        if e.kind == ErrorKind::Refused {
            format!("refused: {}", e.msg)
        } else {
            format!("error: {e}")
        }
    })?;
    let want: Vec<&str> = golden.lines().collect();
    match differences(&want, &dump(&code)) {
        Some(d) => Err(d),
        None => Ok(()),
    }
}

#[test]
fn goldens() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "golden"))
        .collect();
    files.sort();
    let mut failed = Vec::new();
    for golden in &files {
        let path = golden.with_extension("py");
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        if let Err(d) = compare(&source, &name, &std::fs::read_to_string(golden).unwrap()) {
            failed.push(format!("{name}: {d}"));
        }
    }
    println!("{} goldens, {} differ", files.len(), failed.len());
    assert!(files.len() >= 50, "only {} goldens", files.len());
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// `dis` of every golden file's code equals what CPython's `dis` printed (NAME.dis).
#[test]
fn disassembly() {
    let mut n = 0;
    for e in std::fs::read_dir(folder()).unwrap().flatten() {
        let path = e.path();
        if path.extension().is_none_or(|e| e != "dis") {
            continue;
        }
        let name = path
            .with_extension("py")
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let source = std::fs::read_to_string(path.with_extension("py")).unwrap();
        let code = compile_with(
            &source,
            &name,
            mode(&name),
            Options {
                ..Default::default()
            },
        )
        .unwrap();
        let got = taipan::code::dis::dis(&code, &|_| 0xadd);
        let want = std::fs::read_to_string(&path).unwrap();
        for (i, (w, g)) in want.lines().zip(got.lines()).enumerate() {
            assert_eq!(w, g, "{name}, line {} of dis", i + 1);
        }
        assert_eq!(want.lines().count(), got.lines().count(), "{name}");
        n += 1;
    }
    assert!(n >= 50, "only {n} files");
}

/// Every file of CPython 3.8's standard library, its folder `test` left out unless TAIPAN_SWEEP=all.
#[test]
fn standard_library() {
    let Some(python) = python38() else {
        println!("skipped: no CPython 3.8 found");
        return;
    };
    let out = Command::new(&python)
        .args(["-c", "import os; print(os.path.dirname(os.__file__))"])
        .output()
        .unwrap();
    let lib = PathBuf::from(String::from_utf8(out.stdout).unwrap().trim());
    let all = std::env::var("TAIPAN_SWEEP").unwrap_or_default();
    let mut files = Vec::new();
    let mut folders = vec![lib.clone()];
    if Path::new(&all).is_file() {
        folders.clear();
        files.push(PathBuf::from(&all));
    }
    while let Some(f) = folders.pop() {
        for e in std::fs::read_dir(f).unwrap().flatten() {
            let name = e.file_name().to_string_lossy().into_owned();
            let p = e.path();
            if p.is_dir() {
                let skipped = ["site-packages", "__pycache__"].contains(&&*name)
                    || (all != "all" && p == lib.join("test"));
                if !skipped {
                    folders.push(p);
                }
            } else if name.ends_with(".py") {
                files.push(p);
            }
        }
    }
    files.sort();
    let units = sweep(&python, &files, "sweep");
    println!("{units}");
    let complete = files.len() > 100;
    assert!(!complete || units.compared >= 15_000, "too few functions");
    assert_eq!(units.same, units.compared, "functions differ");
}

/// Functions, methods and lambdas that use neither yield, await, with, class nor a generator
/// expression: how many CPython compiled, and how many of ours are the same in their place.
#[derive(Default)]
struct Units {
    compared: usize,
    same: usize,
    /// In files that we refuse; they count as different.
    refused: usize,
}

impl std::fmt::Display for Units {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let differ = self.compared - self.same;
        write!(
            f,
            "functions compared {}, identical {}, different {differ} ({} of them refused)",
            self.compared, self.same, self.refused
        )
    }
}

/// The lines of each code object, those inside it included, in the order they begin.
fn code_objects<T: AsRef<str>>(lines: &[T]) -> Vec<&[T]> {
    let pad = |s: &T| s.as_ref().len() - s.as_ref().trim_start().len();
    let begins = |s: &T| s.as_ref().trim_start().starts_with("code \"");
    let heads = (0..lines.len()).filter(|&i| begins(&lines[i]));
    heads
        .map(|i| {
            let own = pad(&lines[i]);
            let more = lines[i + 1..].iter().take_while(|l| pad(l) > own).count();
            &lines[i..=i + more]
        })
        .collect()
}

impl Units {
    /// Adds a file's. `numbers` are those of CPython's code objects that count.
    fn add(&mut self, numbers: &str, golden: &str, ours: Option<&[String]>) {
        let want: Vec<&str> = golden.lines().collect();
        let want = code_objects(&want);
        let got = ours.map(code_objects);
        for n in numbers.split_whitespace() {
            let n: usize = n.parse().unwrap();
            self.compared += 1;
            match &got {
                None => self.refused += 1,
                Some(got) => {
                    let g = got.get(n).copied().unwrap_or(&[]);
                    let equal =
                        g.len() == want[n].len() && g.iter().zip(want[n]).all(|(a, b)| a == b);
                    self.same += usize::from(equal);
                }
            }
        }
    }
}

/// Compiles files with both compilers; fails on the first differences.
fn sweep(python: &Path, files: &[PathBuf], name: &str) -> Units {
    let mut units = Units::default();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    let mut child = Command::new(python)
        .arg(folder().join("make_goldens.py"))
        .arg("--sweep")
        .arg(&dir)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let list: String = files.iter().map(|f| format!("{}\n", f.display())).collect();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(list.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
    let (mut same, mut refused, mut differ) = (0, BTreeMap::new(), Vec::new());
    let mut errors = 0;
    for (n, path) in files.iter().enumerate() {
        let Ok(golden) = std::fs::read_to_string(dir.join(format!("{n}.golden"))) else {
            continue;
        };
        let Ok(source) = std::fs::read_to_string(path) else {
            continue;
        };
        let shown = path.display();
        if golden.starts_with("SyntaxError ") {
            match compile_with(
                &source,
                "sweep.py",
                Mode::Exec,
                Options {
                    ..Default::default()
                },
            ) {
                Ok(_) => differ.push(format!("{shown}: CPython: {golden}")),
                Err(e) if e.kind == ErrorKind::Refused => *refused.entry(e.msg).or_insert(0) += 1,
                Err(e) if format!("SyntaxError {} line {}\n", e.msg, e.line) == golden => {
                    errors += 1;
                }
                Err(e) => differ.push(format!(
                    "{shown}: CPython: {golden}    Taipan: {} line {}",
                    e.msg, e.line
                )),
            }
            continue;
        }
        let numbers = std::fs::read_to_string(dir.join(format!("{n}.units"))).unwrap();
        let ours = compile_with(
            &source,
            "sweep.py",
            Mode::Exec,
            Options {
                ..Default::default()
            },
        );
        units.add(&numbers, &golden, ours.ok().map(|c| dump(&c)).as_deref());
        match compare(&source, "sweep.py", &golden) {
            Ok(()) => same += 1,
            Err(d) => match d.strip_prefix("refused: ") {
                Some(d) => *refused.entry(d.to_owned()).or_insert(0) += 1,
                None => differ.push(format!("{shown}: {d}")),
            },
        }
    }
    println!(
        "{same} files identical, {errors} with the same error, {} differ, refused: {refused:?}",
        differ.len()
    );
    let shown = differ.len().min(12);
    assert!(differ.is_empty(), "{}", differ[..shown].join("\n\n"));
    units
}

/// Random programs: TAIPAN_RANDOM=seed,count for others than the usual ones.
#[test]
fn random_programs() {
    let Some(python) = python38() else {
        println!("skipped: no CPython 3.8 found");
        return;
    };
    let given = std::env::var("TAIPAN_RANDOM").unwrap_or_default();
    let (seed, count) = given.split_once(',').unwrap_or(("1", "120"));
    for full in [false, true] {
        let name = if full { "random-full" } else { "random" };
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-programs"));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        let status = Command::new(&python)
            .arg(folder().join("generate.py"))
            .args([seed, count])
            .arg(&dir)
            .args(full.then_some("full"))
            .status()
            .unwrap();
        assert!(status.success());
        let count: usize = count.parse().unwrap();
        let files: Vec<PathBuf> = (0..count).map(|n| dir.join(format!("{n}.py"))).collect();
        sweep(&python, &files, name);
    }
}
