//! `.pyc` files of CPython 3.7 and 3.8: what they print, what `dis` shows of them, what
//! the whole standard libraries of both say to reader, writer, translation and verifier.
//!
//! `tests/pyc/make.py` makes the files and their goldens.

mod oracle;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use taipan::code::object::{CodeObject, Const, Version};
use taipan::code::{dis, pyc, verify::verify};
use taipan::compile::{Mode, Options, compile_with};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pyc")
}

/// The committed files that end in this, sorted.
fn files(end: &str) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("tests/pyc")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.to_string_lossy().ends_with(end))
        .collect();
    all.sort();
    all
}

/// Status, stdout and stderr as `make.py` writes them.
fn run(program: &Path, flags: &[&str], file: &Path) -> String {
    let out = Command::new(program)
        .args(flags)
        .arg(file.file_name().expect("a name"))
        .current_dir(file.parent().expect("a folder"))
        .env_clear()
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    format!(
        "status {}\n{}--- stderr\n{}",
        out.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    )
}

fn taipan() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_taipan"))
}

fn programs(mode: &str, flags: &[&str]) {
    let all = files(".pyc");
    assert!(all.len() >= 6, "only {} files", all.len());
    for f in &all {
        let want = std::fs::read_to_string(f.with_extension("golden")).expect("a golden");
        assert_eq!(run(taipan(), flags, f), want, "{mode}: {}", f.display());
    }
    println!("{} .pyc files as their CPython, {mode}", all.len());
}

#[test]
fn programs_off() {
    programs("off", &["--jit=off"]);
}
#[test]
fn programs_on() {
    programs("on", &["--jit=on"]);
}
#[test]
fn programs_always() {
    programs("always", &["--jit=always"]);
}
#[test]
fn programs_stress() {
    programs("stress", &["--jit=stress", "--jit-seed=1"]);
}
#[test]
fn programs_always_gc_stress() {
    programs("always, gc stress", &["--jit=always", "--gc-stress"]);
}

fn load(f: &Path) -> Arc<CodeObject> {
    let bytes = std::fs::read(f).expect("a file");
    pyc::load(&bytes, "x").unwrap_or_else(|e| panic!("{}: {e}", f.display()))
}

/// 3.7's instructions are shown as 3.7 shows them.
#[test]
fn dis_shows_the_original() {
    for f in files(".pyc") {
        let want = std::fs::read_to_string(f.with_extension("dis")).expect("a listing");
        let got = dis::dis(&load(&f), &|_| 0xadd);
        for (n, (w, g)) in want.lines().zip(got.lines()).enumerate() {
            assert_eq!(w, g, "{}, line {}", f.display(), n + 1);
        }
        assert_eq!(want.lines().count(), got.lines().count());
    }
}

/// The same code object and those in it.
fn each(c: &Arc<CodeObject>, f: &mut impl FnMut(&Arc<CodeObject>)) {
    f(c);
    for k in &c.consts {
        if let Const::Code(c) = k {
            each(c, f);
        }
    }
}

/// What is translated keeps its offsets: each instruction's is one of the original.
#[test]
fn translated_instructions_keep_their_offsets() {
    let mut jumps = 0;
    for f in files(".37.pyc") {
        each(&load(&f), &mut |c| {
            assert_eq!(c.version, Version::V37);
            let v = verify(c).unwrap_or_else(|e| panic!("{} {}: {e}", f.display(), c.name));
            for (at, &i) in v.index.iter().enumerate() {
                if let Some(ins) = v.instrs.get(i as usize) {
                    let at = 2 * at as u32;
                    assert!((ins.start..=ins.offset).contains(&at), "{}", c.name);
                    jumps += u32::from(ins.target().is_some());
                }
            }
            for ins in &v.instrs {
                assert!((ins.offset as usize) < c.code.len());
            }
        });
    }
    assert!(jumps > 100);
}

/// What `python FILE.pyc` says of a bad one, after what is wrong with it.
#[test]
fn bad_files_as_scripts() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad_pyc");
    std::fs::create_dir_all(&dir).expect("a folder");
    let good = std::fs::read(&files("break.38.pyc")[0]).expect("a file");
    let mut odd = good.clone();
    odd[16] = b'?';
    let none = [&good[..16], b"N"].concat();
    for (name, bytes, want) in [
        (
            "empty.pyc",
            &b""[..],
            "RuntimeError: Bad magic number in .pyc file",
        ),
        (
            "text.pyc",
            b"print(1)\n",
            "RuntimeError: Bad magic number in .pyc file",
        ),
        (
            "short.pyc",
            &good[..3],
            "RuntimeError: Bad magic number in .pyc file",
        ),
        (
            "header.pyc",
            &good[..8],
            "EOFError: EOF read where not expected",
        ),
        (
            "nothing.pyc",
            &good[..16],
            "RuntimeError: Bad code object in .pyc file",
        ),
        (
            "cut.pyc",
            &good[..good.len() / 2],
            "RuntimeError: Bad code object in .pyc file",
        ),
        (
            "odd.pyc",
            &odd,
            "RuntimeError: Bad code object in .pyc file",
        ),
        (
            "none.pyc",
            &none,
            "RuntimeError: Bad code object in .pyc file",
        ),
        // The name does not matter where the first bytes tell.
        (
            "script",
            &good[..40],
            "RuntimeError: Bad code object in .pyc file",
        ),
    ] {
        let file = dir.join(name);
        std::fs::write(&file, bytes).expect("writes");
        let got = run(taipan(), &[], &file);
        let (first, rest) = got.split_once("--- stderr\n").expect("both");
        assert_eq!(first, "status 1\n", "{name}");
        let said: Vec<&str> = rest.lines().collect();
        assert!(said[0].starts_with(&format!("taipan: {name}: ")), "{got}");
        assert_eq!(said[1..], [want], "{name}");
        if let Some(python) = oracle::python(8) {
            let theirs = run(&python, &[], &file);
            assert_eq!(theirs, format!("status 1\n--- stderr\n{want}\n"), "{name}");
        }
    }
}

#[test]
fn compile_writes_a_pyc() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("a folder");
    std::fs::write(dir.join("hello.py"), "print('hello', __name__)\n").expect("writes");
    let file = dir.join("hello.py");
    assert_eq!(
        run(taipan(), &["--compile"], &file),
        "status 0\n--- stderr\n"
    );
    let made = dir.join("__pycache__/hello.cpython-38.pyc");
    let bytes = std::fs::read(&made).expect("it is there");
    assert_eq!(bytes[..8], [0x55, 13, 13, 10, 0, 0, 0, 0]);
    assert_eq!(bytes[12..16], 25u32.to_le_bytes());
    let ran = run(taipan(), &[], &made);
    assert_eq!(ran, "status 0\nhello __main__\n--- stderr\n");
    assert_eq!(
        run(taipan(), &["--compile", "-o", "x.pyc"], &file),
        "status 0\n--- stderr\n"
    );
    assert_eq!(run(taipan(), &[], &dir.join("x.pyc")), ran);
    std::fs::write(dir.join("bad.py"), "def f(:\n").expect("writes");
    let refused = run(taipan(), &["--compile"], &dir.join("bad.py"));
    assert!(
        refused.starts_with("status 1\n--- stderr\n  File \"bad.py\", line 1\n"),
        "{refused}"
    );
}

/// Each program of tests/lang, compiled by us and run by CPython 3.8; in one process of it, which compares
/// the code objects with those it makes itself, too.
#[test]
fn cpython_runs_what_we_compile() {
    let Some(python) = oracle::python(8) else {
        println!("skipped: no CPython 3.8 found");
        return;
    };
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled");
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("a folder");
    let lang = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lang");
    let mut n = 0;
    for e in std::fs::read_dir(&lang).expect("tests/lang").flatten() {
        let name = e.file_name().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".py").filter(|n| *n != "bless") else {
            continue;
        };
        let source = format!("tests/lang/{name}.py");
        let out = Command::new(taipan())
            .args(["--compile", &source, "-o"])
            .arg(dir.join(format!("{name}.pyc")))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("it starts");
        assert!(
            out.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        n += 1;
    }
    let out = Command::new(python)
        .arg(folder().join("check.py"))
        .args(["--run".as_ref(), dir.as_os_str()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it starts");
    let text = String::from_utf8_lossy(&out.stdout);
    println!("{text}");
    assert!(
        out.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&out.stderr)
    );
    assert!(text.contains(&format!("{n} programs")), "{text}");
}

/// The files of a CPython's library compiled by itself: (source, `.pyc`).
fn library(python: &Path, name: &str) -> Vec<(PathBuf, PathBuf)> {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("a folder");
    let out = Command::new(python)
        .arg(folder().join("check.py"))
        .args(["--library".as_ref(), dir.as_os_str()])
        .output()
        .expect("it starts");
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8_lossy(&out.stdout)
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(a, b)| (a.into(), b.into()))
        .collect()
}

/// CPython 3.8's own `.pyc` files are what our compiler makes, and what we write of them reads back
/// the same, here and there.
#[test]
fn library_of_38() {
    let Some(python) = oracle::python(8) else {
        println!("skipped: no CPython 3.8 found");
        return;
    };
    let all = library(&python, "lib38");
    let (mut loaded, mut same, mut bytes_same, mut objects) = (0, 0, 0, 0);
    let mut written = Vec::new();
    for (source, file) in &all {
        let bytes = std::fs::read(file).expect("a file");
        let code = load(file);
        loaded += 1;
        each(&code, &mut |_| objects += 1);
        let text = std::fs::read(source).expect("a source");
        // The library is in UTF-8, but for two files that say that they are in Latin-1.
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        let text = match std::str::from_utf8(text) {
            Ok(t) => t.to_owned(),
            Err(_) => text.iter().map(|&b| b as char).collect(),
        };
        let ours = compile_with(&text, &code.filename, Mode::Exec, Options::default()).ok();
        same += usize::from(ours.as_ref() == Some(&code));
        let made = pyc::save(&code, 0, 0).expect("writes");
        bytes_same += usize::from(made[16..] == bytes[16..]);
        assert_eq!(*pyc::load(&made, "x").expect("reads back"), *code);
        let out = file.with_extension("ours.pyc");
        std::fs::write(&out, made).expect("writes");
        written.push(format!("{}\t{}\n", file.display(), out.display()));
    }
    let list = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lib38/list");
    std::fs::write(&list, written.concat()).expect("writes");
    let out = Command::new(&python)
        .arg(folder().join("check.py"))
        .args(["--equal".as_ref(), list.as_os_str()])
        .output()
        .expect("it starts");
    println!(
        "library of 3.8: {loaded} .pyc files with {objects} code objects loaded, {same} equal to what our compiler makes, {bytes_same} written with the same bytes\n{}",
        String::from_utf8_lossy(&out.stdout)
    );
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    assert_eq!((loaded, same), (all.len(), all.len()));
    assert!(loaded > 500);
}

/// All of CPython 3.7's library is translated and verified, but for what waits for generators,
/// coroutines and classes.
#[test]
fn library_of_37() {
    let Some(python) = oracle::python(7) else {
        println!("skipped: no CPython 3.7 found");
        return;
    };
    let all = library(&python, "lib37");
    let (mut objects, mut passed, mut later, mut longer) = (0, 0, 0, 0);
    let mut refused = Vec::new();
    for (_, file) in &all {
        each(&load(file), &mut |c| {
            objects += 1;
            match verify(c) {
                Ok(v) => {
                    passed += 1;
                    longer += usize::from(v.instrs.len() > c.code.len() / 2);
                }
                Err(e) if e.unsupported => later += 1,
                Err(e) => refused.push(format!("{} {}: {e}", file.display(), c.name)),
            }
        });
    }
    println!(
        "library of 3.7: {objects} code objects, {passed} verified ({longer} longer than before), {later} of later issues, {} refused",
        refused.len()
    );
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(objects > 10_000 && passed > 5_000);
}
