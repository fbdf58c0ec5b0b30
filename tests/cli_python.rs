//! The command line with the habits of `python`: programs of tests/cli against what CPython 3.8 does
//! (`python3.8 tests/cli/bless.py` makes the goldens), then flags, exit statuses, streams, the prompt.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn taipan() -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_taipan"));
    c.env_clear().stdin(Stdio::null());
    c
}

/// A copy of tests/cli, to write in.
struct Folder(PathBuf);
impl Folder {
    fn new(name: &str) -> Folder {
        let own = format!("taipan-{name}-{}", std::process::id());
        let dir = std::fs::canonicalize(std::env::temp_dir())
            .unwrap()
            .join(own);
        let _ = std::fs::remove_dir_all(&dir);
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli"),
            &dir,
        );
        Folder(dir)
    }
    fn run(&self, args: &[&str], input: &[u8]) -> (String, String, String) {
        let mut child = taipan()
            .args(args)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It need not read all of it.
        let _ = child.stdin.take().unwrap().write_all(input);
        ended(child.wait_with_output().unwrap())
    }
    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for e in std::fs::read_dir(from).unwrap().map(|e| e.unwrap()) {
        let to = to.join(e.file_name());
        if e.path().is_dir() {
            copy(&e.path(), &to);
        } else {
            std::fs::copy(e.path(), to).unwrap();
        }
    }
}
fn ended(o: Output) -> (String, String, String) {
    let status = match o.status.code() {
        Some(c) => c.to_string(),
        None => o.status.to_string(),
    };
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (text(&o.stdout), text(&o.stderr), status)
}
/// `0x` for every address.
fn normalise(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(i) = rest.find("0x") {
        let digits = rest[i + 2..]
            .bytes()
            .take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            .count();
        out += &rest[..i + 2];
        if digits < 6 {
            out += &rest[i + 2..i + 2 + digits];
        }
        rest = &rest[i + 2 + digits..];
    }
    out + rest
}

/// Runs a program in the modes and compares with its golden.
fn golden(program: &str) {
    let input = include_bytes!("cli/stdin.txt");
    let name = program.replace('/', "_").replace(".py", ".txt");
    let want = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cli/golden")
        .join(&name);
    let want = std::fs::read_to_string(want).unwrap();
    for flags in [
        &["--jit=off"][..],
        &["--jit=always"],
        &["--jit=stress"],
        &["--jit=off", "--gc-stress"],
    ] {
        let f = Folder::new(&format!("{name}{}", flags.concat()));
        // stderr goes where stdout does, as in the golden.
        let line = format!("exec \"$0\" {} {program} 2>&1", flags.join(" "));
        let mut child = Command::new("sh")
            .args(["-c", &line, env!("CARGO_BIN_EXE_taipan")])
            .env_clear()
            .current_dir(&f.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(input);
        let (out, _, status) = ended(child.wait_with_output().unwrap());
        let got = out.replace(&*f.0.to_string_lossy(), "HERE") + &format!("status {status}\n");
        let got = normalise(&got);
        for (i, (g, w)) in got.lines().zip(want.lines()).enumerate() {
            assert_eq!(g, w, "{program} {flags:?}, line {}", i + 1);
        }
        assert_eq!(
            got.lines().count(),
            want.lines().count(),
            "{program} {flags:?}"
        );
    }
}

#[test]
fn files_are_read_and_written_as_by_python() {
    golden("files.py");
}
#[test]
fn files_refuse_in_the_words_of_python() {
    golden("file_errors.py");
}
#[test]
fn modules_are_imported_from_beside_the_script() {
    golden("imports/program.py");
}
#[test]
fn imports_fail_in_the_words_of_python() {
    golden("imports/errors.py");
}
#[test]
fn from_imports_take_names_from_files() {
    golden("imports/star.py");
}

#[test]
fn an_engine_without_files_opens_and_imports_none() {
    let f = Folder::new("capability");
    let path = f.0.join("imports").to_string_lossy().into_owned();
    let mut e = taipan::Engine::builder()
        .path([path.clone()])
        .build()
        .unwrap();
    let said = |e: &mut taipan::Engine, text: &str| e.run(text, "<t>").unwrap_err().to_string();
    assert!(
        said(&mut e, "import geometry")
            .ends_with("ModuleNotFoundError: No module named 'geometry'\n")
    );
    assert!(
        said(&mut e, "open('x', 'w')")
            .ends_with("PermissionError: [Errno 1] files not granted to this engine: 'x'\n")
    );
    e.run("import time", "<t>").unwrap();
    let mut e = taipan::Engine::builder()
        .grant_all()
        .path([path])
        .build()
        .unwrap();
    e.run("import geometry", "<t>").unwrap();
    assert_eq!(e.eval::<i64>("geometry.circle_area(2)").unwrap(), 12);
}

#[test]
fn memory_of_what_is_read_is_accounted() {
    let f = Folder::new("memory");
    f.write("big.txt", &"x".repeat(40 << 20));
    for how in [
        "open('big.txt').read()",
        "open('big.txt', 'rb').read()",
        "open('big.txt').readline()",
        "list(open('big.txt'))",
    ] {
        let text = format!("try:\n    {how}\nexcept MemoryError as e:\n    print('refused')");
        let (out, err, _) = f.run(&["--max-memory=24M", "-c", &text], b"");
        assert_eq!((out.as_str(), err.as_str()), ("refused\n", ""), "{how}");
    }
}

#[test]
fn a_module_runs_as_main() {
    let f = Folder::new("main");
    std::fs::create_dir(f.0.join("kit")).unwrap();
    f.write(
        "tool.py",
        "import sys\nprint(__name__, repr(__package__), sys.path[0] == __file__[:-8])\n",
    );
    f.write(
        "imports/__main__.py",
        "import sys, geometry\nprint(sys.argv, sys.path[0], __spec__.name, geometry.unit)\n",
    );
    let run = |args: &[&str]| f.run(args, b"");
    let (out, err, s) = run(&["-m", "tool", "x"]);
    assert_eq!(
        (out.as_str(), err.as_str(), s.as_str()),
        ("__main__ '' True\n", "", "0")
    );
    f.write("kit/__init__.py", "print('kit is run')\n");
    f.write("kit/__main__.py", "import sys\nprint(__name__, __package__, __spec__.name, sys.argv[1:], sys.argv[0] == __file__)\n");
    let (out, err, s) = run(&["-m", "kit", "-x"]);
    assert_eq!(out, "kit is run\n__main__ kit kit.__main__ ['-x'] True\n");
    assert_eq!((err.as_str(), s.as_str()), ("", "0"));
    let (out, err, _) = run(&["imports", "a"]);
    assert_eq!(
        (out.as_str(), err.as_str()),
        ("['imports', 'a'] imports __main__ cm\n", "")
    );
    for (args, said) in [
        (&["-m", "nosuch"][..], "taipan: No module named nosuch\n"),
        (
            &["-m", "nosuch.x"],
            "taipan: Error while finding module specification for 'nosuch.x' (ModuleNotFoundError: No module named 'nosuch')\n",
        ),
        (&["-m", "sys"], "taipan: No code object available for sys\n"),
        (
            &["-m", "tool.x"],
            "taipan: Error while finding module specification for 'tool.x' (ModuleNotFoundError: __path__ attribute not found on 'tool' while trying to find 'tool.x')\n",
        ),
        (
            &["golden"],
            "taipan: can't find '__main__' module in 'golden'\n",
        ),
    ] {
        let (_, err, s) = run(args);
        assert_eq!((err.as_str(), s.as_str()), (said, "1"), "{args:?}");
    }
}

#[test]
fn bad_input_is_named_with_its_place() {
    let f = Folder::new("bad");
    for (args, said, status) in [
        (
            &["nofile.py"][..],
            "taipan: can't open file 'nofile.py': [Errno 2] No such file or directory\n",
            "2",
        ),
        (
            &["imports/bad.py"],
            "  File \"imports/bad.py\", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n",
            "1",
        ),
        (
            &["imports/latin.py"],
            "  File \"imports/latin.py\", line 2\nSyntaxError: Non-UTF-8 code starting with '\\xe9' in file imports/latin.py on line 2, but no encoding declared; see http://python.org/dev/peps/pep-0263/ for details\n",
            "1",
        ),
        (
            &["imports/null.py"],
            "  File \"imports/null.py\", line 1\nValueError: source code string cannot contain null bytes\n",
            "1",
        ),
        (
            &["-z"],
            "Unknown option: -z\nusage: taipan [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `taipan -h' for more information.\n",
            "2",
        ),
        (
            &["-c"],
            "Argument expected for the -c option\nusage: taipan [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `taipan -h' for more information.\n",
            "2",
        ),
        (
            &["--foo"],
            "unknown option --foo\nusage: taipan [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `taipan -h' for more information.\n",
            "2",
        ),
    ] {
        let (out, err, s) = f.run(args, b"");
        assert_eq!(
            (out.as_str(), err.as_str(), s.as_str()),
            ("", said, status),
            "{args:?}"
        );
    }
}

#[test]
fn flags_do_what_those_of_python_do() {
    let f = Folder::new("flags");
    let show = "import sys; print(sys.flags.optimize, sys.flags.quiet, sys.warnoptions, sys._xoptions, __debug__, sys.argv)";
    let (out, _, _) = f.run(&["-Oqc", show, "-O"], b"");
    assert_eq!(out, "1 1 [] {} False ['-c', '-O']\n");
    let (out, _, _) = f.run(
        &["-W", "error", "-Xdev", "-X", "a=b", "-BsESIbdvRc", show],
        b"",
    );
    assert_eq!(out, "0 0 ['error'] {'dev': True, 'a': 'b'} True ['-c']\n");
    let text = "def f():\n    'doc'\nassert 0\nexec('assert 0')\nprint(f.__doc__)";
    assert_eq!(f.run(&["-OO", "-c", text], b"").0, "None\n");
    f.write("first.py", "this is = no python\nprint('second')\n1 / 0\n");
    let (out, err, _) = f.run(&["-x", "first.py"], b"");
    assert!(out == "second\n" && err.contains("line 3"), "{out}{err}");
    let (out, _, s) = f.run(&["-V"], b"");
    assert!(s == "0" && out.starts_with("Python 3.8."), "{out}");
    assert_eq!(f.run(&["-S", "-c", "exit"], b"").2, "1");
    let who = "import sys; print(sys.version_info[:2], sys.implementation.name, sys.implementation.cache_tag)";
    assert_eq!(f.run(&["-c", who], b"").0, "(3, 8) taipan taipan-38\n");
}

#[test]
fn stdin_is_a_script_and_path_begins_where_it_should() {
    let f = Folder::new("stdin");
    let script = b"import sys\nprint(sys.argv, repr(sys.path[0]), __name__, __file__)\n";
    assert_eq!(f.run(&[], script).0, "[''] '' __main__ <stdin>\n");
    assert_eq!(
        f.run(&["-", "x", "-i"], script).0,
        "['-', 'x', '-i'] '' __main__ <stdin>\n"
    );
    f.write(
        "imports/where.py",
        "import sys, geometry\nprint(sys.path[0] == geometry.__file__[:-12], __file__)\n",
    );
    assert_eq!(
        f.run(&["imports/where.py"], b"").0,
        "True imports/where.py\n"
    );
    assert_eq!(
        f.run(&["-I", "-c", "import sys; print(sys.path)"], b"").0,
        "[]\n"
    );
}

#[test]
fn exit_statuses_are_those_of_python() {
    let f = Folder::new("status");
    for (text, err, status) in [
        ("import sys; sys.exit('no')", "no\n", "1"),
        ("import sys; sys.exit(300)", "", "44"),
        ("import sys; sys.exit(-1)", "", "255"),
        ("import sys; sys.exit((1, 2))", "(1, 2)\n", "1"),
        ("raise SystemExit(2 ** 70)", "", "255"),
        ("exit(7)", "", "7"),
        ("quit()", "", "0"),
    ] {
        let (_, e, s) = f.run(&["-c", text], b"");
        assert_eq!((e.as_str(), s.as_str()), (err, status), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn an_uncaught_keyboard_interrupt_ends_by_the_signal() {
    let f = Folder::new("interrupt");
    let (_, err, s) = f.run(&["-c", "raise KeyboardInterrupt"], b"");
    assert!(
        err.ends_with("KeyboardInterrupt\n") && s.starts_with("signal: 2"),
        "{s}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_handed_over_is_status_120() {
    let run = |text: &str, end: &str| {
        let line = format!("\"$0\" -c \"$1\" {end}");
        let o = Command::new("bash")
            .args(["-c", &line, env!("CARGO_BIN_EXE_taipan"), text])
            .output()
            .unwrap();
        ended(o)
    };
    let ignored =
        "Exception ignored in: <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\n";
    let (_, err, s) = run("print(1)", "> /dev/full");
    assert_eq!(
        (err, s.as_str()),
        (
            format!("{ignored}OSError: [Errno 28] No space left on device\n"),
            "120"
        )
    );
    let (_, err, s) = run(
        "import time; time.sleep(0.3); print(1)",
        "| true; exit ${PIPESTATUS[0]}",
    );
    assert_eq!(
        (err, s.as_str()),
        (
            format!("{ignored}BrokenPipeError: [Errno 32] Broken pipe\n"),
            "120"
        )
    );
    let loud = "while True: print('line')";
    let (out, err, s) = run(loud, "| head -1; exit ${PIPESTATUS[0]}");
    assert_eq!((out.as_str(), s.as_str()), ("line\n", "1"));
    assert_eq!(
        err,
        "Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\nBrokenPipeError: [Errno 32] Broken pipe\n"
    );
    // What a flush could not write is forgotten where it is long, and tried again where it is short.
    let flushed = "import sys; print('x' * 5000); sys.stdout.flush()";
    let full = "OSError: [Errno 28] No space left on device\n";
    let (_, err, s) = run(flushed, "> /dev/full");
    assert!(
        err.ends_with(full) && !err.contains(ignored) && s == "1",
        "{err}"
    );
    let (_, err, s) = run("print('x', flush=True)", "> /dev/full");
    assert!(
        err.ends_with(&format!("{full}{ignored}{full}")) && s == "120",
        "{err}"
    );
    let caught = "import sys\ntry:\n  while 1: print('line')\nexcept BrokenPipeError: sys.exit(5)";
    let (_, err, s) = run(caught, "| head -1; exit ${PIPESTATUS[0]}");
    assert_eq!((err.as_str(), s.as_str()), ("", "5"));
    let (_, err, s) = run("print(1)", ">&-");
    assert_eq!((err.as_str(), s.as_str()), ("", "0"));
    let (_, err, s) = run("import sys; sys.stdout.close(); print(1)", "");
    assert!(
        err.ends_with("ValueError: I/O operation on closed file.\n") && s == "1",
        "{err}"
    );
    let (_, err, s) = run("1 / 0", "2>&-");
    assert_eq!((err.as_str(), s.as_str()), ("", "1"));
}

#[test]
fn the_prompt_reads_statements_as_python_does() {
    let f = Folder::new("prompt");
    let typed = "1 + 1\nif 1:\n  2\n\n(3,\n4)\nx = '''a\nb'''\nx\n_\n1 / 0\nx = = 1\ndef f(n):\n  return n * 2\n\nf(21)\nNone\nimport sys\nsys.ps1 = '? '\nexit(4)\n";
    let (out, err, s) = f.run(&["-i", "-q"], typed.as_bytes());
    assert_eq!(out, "2\n2\n(3, 4)\n'a\\nb'\n'a\\nb'\n42\n");
    assert_eq!(s, "4");
    assert_eq!(
        err,
        ">>> >>> ... ... >>> ... >>> ... >>> >>> >>> Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nZeroDivisionError: division by zero\n>>>   File \"<stdin>\", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n>>> ... ... >>> >>> >>> >>> ? "
    );
    let (out, err, s) = f.run(&["-i"], b"");
    assert!(
        err.starts_with("Python 3.8.") && err.ends_with(">>> \n"),
        "{err}"
    );
    assert_eq!((out.as_str(), s.as_str()), ("", "0"));
}

#[test]
fn after_the_program_the_prompt_goes_on_in_it() {
    let f = Folder::new("inspect");
    let (out, err, s) = f.run(&["-q", "-i", "-c", "x = 5; raise SystemExit(3)"], b"x\n");
    assert_eq!((out.as_str(), s.as_str()), ("5\n", "0"));
    assert!(err.contains("SystemExit: 3\n>>> "), "{err}");
    let (out, _, s) = f.run(
        &["-q", "-i", "imports/geometry.py"],
        b"unit\nraise SystemExit(6)\n",
    );
    assert_eq!((out.as_str(), s.as_str()), ("'cm'\n", "6"));
}

#[test]
fn builtins_for_people_say_how_to_use_them() {
    let f = Folder::new("people");
    let (out, _, _) = f.run(
        &["-c", "print(exit, quit, help)\nhelp(len)\ncredits()"],
        b"",
    );
    assert!(out.starts_with("Use exit() or Ctrl-D (i.e. EOF) to exit Use quit() or Ctrl-D (i.e. EOF) to exit Type help() for"), "{out}");
    assert!(out.contains("<built-in function len>\n    Return"), "{out}");
}

#[test]
fn a_terminal_edits_lines() {
    let f = Folder::new("terminal");
    // CPython's module for terminals drives it, where there is one. A line is typed only when the next prompt stands: what
    // comes sooner is echoed by the kernel and would look like an answer.
    let script = "import os, pty, sys\nout = seen = b''\npid, fd = pty.fork()\nif pid == 0:\n    os.environ['TERM'] = 'xterm'\n    os.environ['HOME'] = sys.argv[2]\n    os.execv(sys.argv[1], [sys.argv[1]])\ndef until(what):\n    global out\n    while what not in out:\n        out += os.read(fd, 1000)\nuntil(b'>>> ')\nfor l, answer in [(b'40 +  2\\x7f2\\r', b'\\n42'), (b'[_] * 2\\r', b'\\n[42, 42]')]:\n    os.write(fd, l)\n    until(answer)\n    out, rest = out.split(answer)\n    seen, out = seen + out + answer, rest\n    until(b'>>> ')\nos.write(fd, b'exit(5)\\r')\nout = seen + out\nsys.stdout.write(out.decode())\nsys.stdout.flush()\nsys.exit(os.WEXITSTATUS(os.waitpid(pid, 0)[1]))\n";
    f.write("drive.py", script);
    let home = f.0.to_string_lossy().into_owned();
    let run = Command::new("python3")
        .args(["drive.py", env!("CARGO_BIN_EXE_taipan"), &home])
        .current_dir(&f.0)
        .output();
    let Ok(run) = run else {
        println!("no python3 to drive a terminal with: not tested");
        return;
    };
    let (out, err, status) = ended(run);
    assert!(out.contains("42") && out.contains("[42, 42]"), "{out}{err}");
    assert_eq!(status, "5", "{out}{err}");
    assert!(f.0.join(".taipan_history").exists());
}

#[test]
fn tiers_are_compared() {
    let f = Folder::new("tiers");
    f.write("same.py", "import sys\ndef f(x):\n    return x + 1\nfor i in range(3000):\n    f(i)\nprint(sys.argv, input())\n1 / 0\n");
    let (out, err, s) = f.run(&["--compare-tiers", "same.py", "a"], b"typed\n");
    assert_eq!((err.as_str(), s.as_str()), ("", "0"), "{out}");
    for line in ["mode", "off ", "on ", "always ", "stress ", "are equal"] {
        assert!(out.contains(line), "{out}");
    }
    assert!(out.contains("ZeroDivisionError: division by zero"), "{out}");
    // The environment names the mode of no run but the command line does: a program that looks differs.
    f.write("differs.py", "def f(x):\n    return x\nfor i in range(3000):\n    f(i)\nprint('same')\nprint(len(open('/proc/self/cmdline').read()))\n");
    if Path::new("/proc/self/cmdline").exists() {
        let (out, _, s) = f.run(&["--compare-tiers", "differs.py"], b"");
        assert_eq!(s, "1", "{out}");
        assert!(
            out.contains("stdout of off and on differ in line 2:"),
            "{out}"
        );
    }
    f.write("idle.py", "x = = 1\n");
    let (out, _, s) = f.run(&["--compare-tiers", "idle.py"], b"");
    assert!(
        s == "2" && out.contains("nothing ran natively"),
        "{s} {out}"
    );
}
