//! What the compiler says to programs it does not compile.

use std::path::Path;
use taipan::compile::{CompileError, ErrorKind, Mode, Options, compile, compile_with};

/// Wrong programs: the message, line and caret CPython 3.8 printed (NAME.err, made by
/// `tests/bytecode/make_goldens.py`).
#[test]
fn syntax_errors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode/errors");
    let mut failed = Vec::new();
    let mut n = 0;
    for e in std::fs::read_dir(folder).unwrap().flatten() {
        let path = e.path();
        if path.extension().is_none_or(|e| e != "py") {
            continue;
        }
        n += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        let want = std::fs::read_to_string(path.with_extension("err")).unwrap();
        let got = match compile_with(
            &source,
            &name,
            Mode::Exec,
            Options {
                ..Default::default()
            },
        ) {
            Ok(_) => "compiled\n".to_owned(),
            Err(e) => format!("{e}\n"),
        };
        if got != want {
            failed.push(format!("{source:?}\nCPython:\n{want}Taipan:\n{got}"));
        }
    }
    assert!(n >= 200, "only {n} programs");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn error(source: &str) -> CompileError {
    match compile(source, "t.py", Mode::Exec) {
        Ok(_) => panic!("{source:?} compiled"),
        Err(e) => e,
    }
}

/// What this version leaves out is refused by name, with its line.
#[test]
fn refusals() {
    let what = "from __future__ import barry_as_FLUFL";
    let source = format!("'doc'\n{what}\n");
    let e = error(&source);
    assert_eq!((e.kind, e.line, &*e.msg), (ErrorKind::Refused, 2, what));
    assert_eq!(
        e.to_string(),
        format!("t.py:2: taipan does not support {what} yet")
    );
}

/// Huge and deep sources end in an answer or an error, soon, and never in a full stack.
#[test]
fn hostile_sources() {
    let n = 100_000;
    let many = |s: &str, k: usize| s.repeat(k);
    let nested = |open: &str, close: &str, k| format!("x = {}1{}", many(open, k), many(close, k));
    let deep = ErrorKind::TooDeep;
    for (name, source, want) in [
        ("attributes", format!("a{}", many(".b", n)), Some(deep)),
        ("attributes within", format!("a{}", many(".b", 9_900)), None),
        ("calls within", format!("a{}", many("()", 9_900)), None),
        (
            "subscripts within",
            format!("a{}", many("[0]", 9_900)),
            None,
        ),
        ("methods within", format!("a{}", many(".b()", 4_900)), None),
        ("sums", format!("a{}", many("+a", n)), Some(deep)),
        ("sums within", format!("a{}", many("+a", 9_900)), None),
        (
            "right sums within",
            format!("{}a", many("a+-", 4_900)),
            None,
        ),
        ("powers", format!("{}a", many("a**", n)), Some(deep)),
        ("powers within", format!("{}a", many("a**", 9_900)), None),
        ("minus", format!("{}a", many("-", n)), Some(deep)),
        ("minus within", format!("{}a", many("-", 9_900)), None),
        ("not", format!("{}a", many("not ", n)), Some(deep)),
        ("not within", format!("{}a", many("not ", 9_900)), None),
        (
            "if not within",
            format!("if {}a: b", many("not ", 9_900)),
            None,
        ),
        ("lambdas", format!("{}0", many("lambda: ", n)), Some(deep)),
        (
            "lambdas within",
            format!("{}0", many("lambda: ", 900)),
            None,
        ),
        (
            "lambdas with two",
            format!("{}0", many("lambda a, b: ", n)),
            Some(deep),
        ),
        (
            "ternary",
            format!("{}0", many("1 if 1 else ", n)),
            Some(deep),
        ),
        (
            "ternary within",
            format!("{}0", many("a if b else ", 4_900)),
            None,
        ),
        (
            "if ternary within",
            format!("if {}0: c", many("a if b else ", 4_900)),
            None,
        ),
        ("parentheses", nested("(", ")", n), Some(ErrorKind::Syntax)),
        ("dicts", nested("{1:", "}", n), Some(ErrorKind::Syntax)),
        ("lists within", nested("[", "]", 200), None),
        ("calls inside within", nested("f(a, ", ")", 200), None),
        ("unclosed", many("(", n), Some(ErrorKind::Syntax)),
        (
            "elif",
            format!("if a: b\n{}", many("elif a: b\n", n)),
            Some(deep),
        ),
        (
            "elif within",
            format!("if a: b\n{}", many("elif a: b\n", 9_900)),
            None,
        ),
        ("ifs", many("if a: b\n", n), None),
        ("one line of ifs", many("if a: ", n), Some(deep)),
        ("strings", format!("x = {}", many("'a' ", n)), None),
        ("f-strings", format!("x = {}", many("f'{a}' ", n)), None),
        ("fields", format!("x = f'{}'", many("{a}", 20_000)), None),
        (
            "fields over lines",
            format!("x = f'''{}'''", many("{a}\n{b.c}\n", 20_000)),
            None,
        ),
        (
            "huge string",
            format!("x = '{}'", many("x", 20_000_000)),
            None,
        ),
        (
            "unterminated",
            format!("'''{}", many("x", n)),
            Some(ErrorKind::Syntax),
        ),
        (
            "a million digits",
            format!("x = {}", many("7", 1_000_000)),
            Some(ErrorKind::Syntax),
        ),
        (
            "a million hexadecimal digits",
            format!("x = 0x{}", many("7", 1_000_000)),
            None,
        ),
        ("repetition", "x = (0,) * 10000000000".into(), None),
        ("and", format!("x = {}a", many("a and ", n)), None),
        ("comparisons", format!("x = a{}", many(" < a", n)), None),
        ("targets", format!("{}1", many("a = ", n)), None),
        ("items", format!("x = [{}]", many("1, ", 300_000)), None),
        ("statements", many("x = f(a, b) + c[d].e\n", 100_000), None),
        ("semicolons", many("a;", n), None),
        ("null", "a\0b".into(), Some(ErrorKind::Value)),
    ] {
        let got = compile(&source, "t.py", Mode::Exec);
        assert_eq!(
            got.as_ref().err().map(|e| e.kind),
            want,
            "{name}: {:?}",
            got.err()
        );
    }
    let any = Options {
        max_str_digits: 0,
        ..Options::default()
    };
    let million = format!("x = {}", many("7", 1_000_000));
    assert!(compile_with(&million, "t.py", Mode::Exec, any).is_ok());
    let lines = |f: &dyn Fn(usize) -> String, k: usize| (0..k).map(f).collect::<String>();
    let locals = format!("def f():\n{}", lines(&|i| format!(" v{i} = 1\n"), 70_000));
    let code = compile(&locals, "t.py", Mode::Exec).unwrap();
    let taipan::code::object::Const::Code(f) = &code.consts[0] else {
        panic!()
    };
    assert_eq!(f.nlocals, 70_000);
    let globals: String = lines(&|i| format!("g{i};"), n);
    assert_eq!(
        compile(&globals, "t.py", Mode::Exec).unwrap().names.len(),
        n
    );
    let cells = format!(
        "def f():\n{} def g(): return {}0",
        lines(&|i| format!(" v{i} = 1\n"), 2_000),
        lines(&|i| format!("v{i}+"), 2_000)
    );
    compile(&cells, "t.py", Mode::Exec).unwrap();
    let pad = |i: usize| " ".repeat(i);
    let finally = format!(
        "def f():\n{}{}pass",
        lines(
            &|i| format!("{0}try:\n{0} return 1\n{0}finally:\n", pad(i + 1)),
            18
        ),
        pad(20)
    );
    compile(&finally, "t.py", Mode::Exec).unwrap();
    let functions = format!(
        "{}{}pass",
        lines(&|i| format!("{}def f():\n", pad(i)), 99),
        pad(99)
    );
    compile(&functions, "t.py", Mode::Exec).unwrap();
    let functions = format!(
        "{}{}pass",
        lines(&|i| format!("{}def f():\n", pad(i)), 101),
        pad(101)
    );
    assert_eq!(error(&functions).kind, ErrorKind::Indentation);
}

/// Sources cut off or changed at random places: an answer or an error.
#[test]
fn damaged_sources() {
    let source = include_str!("bytecode/finally_deep.py").to_owned()
        + include_str!("bytecode/fstrings.py")
        + include_str!("bytecode/full_annotations.py")
        + include_str!("bytecode/line_numbers.py");
    let bits = [
        "(",
        ")",
        "[",
        "}",
        "'",
        "\"\"\"",
        ":",
        "\n",
        "  ",
        "\\",
        "{",
        "f'",
        "é",
        "=",
        "def ",
        "lambda ",
        "0x",
        "\t",
        "#",
        "if ",
        ".",
        "*",
        "\u{1F600}",
    ];
    let mut seed = 12345u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    for _ in 0..3000 {
        let mut s = source.clone();
        let boundary = |s: &str, mut at: usize| {
            while !s.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        for _ in 0..1 + next() % 3 {
            let at = boundary(&s, next() % (s.len() + 1));
            match next() % 3 {
                0 => s.truncate(at),
                1 => s.insert_str(at, bits[next() % bits.len()]),
                _ => {
                    let end = boundary(&s, (at + next() % 20).min(s.len()));
                    s.replace_range(at..end.max(at), "");
                }
            }
        }
        if let Err(e) = compile_with(
            &s,
            "t.py",
            Mode::Exec,
            Options {
                ..Default::default()
            },
        ) {
            let _ = e.to_string();
        }
    }
}
