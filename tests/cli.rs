//! The command line: exit statuses, streams, limits, dumps.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn taipan() -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_taipan"));
    c.env_clear()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null());
    c
}
fn run(args: &[&str]) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = taipan().args(args).output().expect("starts");
    (
        status.code().unwrap_or(-1),
        String::from_utf8_lossy(&stdout).into_owned(),
        String::from_utf8_lossy(&stderr).into_owned(),
    )
}

#[test]
fn text_stdin_and_arguments() {
    assert_eq!(run(&["-c", "print(1 + 1)"]), (0, "2\n".into(), "".into()));
    let (s, out, _) = run(&["-c", "import sys; print(sys.argv)", "a", "--stats", "-c"]);
    assert_eq!((s, out.as_str()), (0, "['-c', 'a', '--stats', '-c']\n"));
    let mut child = taipan()
        .args(["-", "x"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"import sys\nprint(sys.argv, __name__)\n")
        .unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&out.stdout),
        "['-', 'x'] __main__\n"
    );
}

#[test]
fn exit_statuses() {
    let status = |text: &str| run(&["-c", text]).0;
    assert_eq!(status("pass"), 0);
    assert_eq!(status("1 // 0"), 1);
    assert_eq!(status("import sys; sys.exit(5)"), 5);
    assert_eq!(status("import sys; sys.exit('no')"), 1);
    assert_eq!(status("raise SystemExit"), 0);
    assert_eq!(status("x = = 1"), 1);
    assert_eq!(run(&["no-such-file.py"]).0, 2);
    assert_eq!(run(&["--no-such-flag"]).0, 2);
    let (s, out, _) = run(&["--help"]);
    assert!(s == 0 && out.contains("--jit") && out.contains("TAIPAN_JIT"));
}

/// When a coroutine dies is not CPython's moment, so only what is said is looked at, not the line.
#[test]
fn a_coroutine_that_was_never_awaited_is_named() {
    let source = "import gc\nasync def f(): pass\nasync def awaited(): await f()\n\
                  def make(n): return make(n - 1) if n else f().__name__\nmake(30)\n\
                  def clean(n): return clean(n - 1) if n else gc.collect()\nclean(30)\n\
                  c = f()\nc.close()\nc = awaited()\n\
                  try: c.send(None)\nexcept StopIteration: print('ended')\n";
    let (s, out, err) = run(&["-c", source]);
    assert_eq!((s, out.as_str()), (0, "ended\n"), "{err}");
    let said = err.matches("RuntimeWarning: coroutine 'f' was never awaited");
    assert_eq!(said.count(), 1, "{err}");
}

#[test]
fn files_that_are_no_source() {
    let (s, _, err) = run(&["src"]);
    assert!(
        s != 0 && !err.is_empty() && !err.contains("panicked"),
        "{err}"
    );
    let file = std::env::temp_dir().join(format!("taipan-latin-{}.py", std::process::id()));
    std::fs::write(&file, b"x = 1\ny = '\xe9'\n").unwrap();
    let (s, _, err) = run(&[file.to_str().unwrap()]);
    assert_eq!(s, 1);
    assert!(
        err.contains("SyntaxError: Non-UTF-8 code starting with '\\xe9'")
            && err.contains("on line 2"),
        "{err}"
    );
    std::fs::write(&file, b"\xEF\xBB\xBFprint('mark')\n").unwrap();
    assert_eq!(run(&[file.to_str().unwrap()]).1, "mark\n");
    std::fs::write(&file, b"print(1)\0\n").unwrap();
    let (s, _, err) = run(&[file.to_str().unwrap()]);
    assert!(s == 1 && err.contains("null byte"), "{err}");
    let _ = std::fs::remove_file(file);
}

#[test]
fn limits_end_with_three() {
    for mode in ["off", "on", "always"] {
        let jit = format!("--jit={mode}");
        let (s, _, err) = run(&[
            &jit,
            "--max-fuel=10000",
            "-c",
            "while True:\n    try:\n        pass\n    except:\n        pass",
        ]);
        assert_eq!((s, err.as_str()), (3, "taipan: stopped: out of fuel\n"));
        let (s, _, err) = run(&[
            &jit,
            "--max-memory=8M",
            "-c",
            "x = []\nwhile 1: x.append('a' * 1000 + str(len(x)))",
        ]);
        assert!(s == 1 && err.ends_with("MemoryError\n"), "{s} {err}");
        let (s, out, _) = run(&[
            &jit,
            "--max-recursion=50",
            "-c",
            "def f(n):\n    try:\n        return f(n + 1)\n    except RecursionError:\n        return n\nprint(f(0))",
        ]);
        assert_eq!((s, out.as_str()), (0, "48\n"));
    }
}

#[test]
fn dumps_and_statistics() {
    let (s, out, _) = run(&["--dis", "-c", "def f(x):\n    return x + 1\nf(2)"]);
    assert!(
        s == 0 && out.contains("MAKE_FUNCTION") && out.contains("BINARY_ADD"),
        "{out}"
    );
    let (_, out, err) = run(&["--dump=ast,code", "-c", "print('ran')"]);
    assert_eq!(out, "ran\n");
    assert!(
        err.contains("StringLiteral") && err.contains("LOAD_NAME"),
        "{err}"
    );
    let (_, _, err) = run(&["--stats", "-c", "len('a')"]);
    assert!(
        err.contains("calls builtin") && err.contains("fuel"),
        "{err}"
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_compiled_loop() {
    use std::time::{Duration, Instant};
    for mode in ["off", "on", "always"] {
        let mut child = taipan()
            .arg(format!("--jit={mode}"))
            .args(["-c", "print('on', flush=True)\nwhile True: pass"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut byte = [0];
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut byte).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        let at = Instant::now();
        let kill = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status()
            .unwrap();
        assert!(kill.success());
        let out = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&out.stderr).into_owned();
        // By the signal, as python ends; a shell shows 130.
        let signal = std::os::unix::process::ExitStatusExt::signal(&out.status);
        assert_eq!(signal, Some(2), "{mode}: {err}");
        assert!(
            err.starts_with("Traceback") && err.ends_with("KeyboardInterrupt\n"),
            "{err}"
        );
        assert!(at.elapsed() < Duration::from_secs(2));
    }
}
