//! No row of a table is only believed to work: every opcode of this language runs in the
//! interpreter *and* natively, every specialised form, every SSA op runs, every exit is taken.
//!
//! The programs of `tests/lang` and `tests/coverage` run with `--coverage`; what is still missing
//! when all have run is printed, and fails.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use taipan::vm::coverage::expected;

fn programs(dir: &str) -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
    let all = std::fs::read_dir(dir).expect("a folder of tests");
    let mut all: Vec<PathBuf> = all
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "py"))
        .collect();
    all.retain(|p| p.file_stem().is_some_and(|n| n != "bless"));
    all.sort();
    all
}

/// Runs a program and adds what ran to `seen`. Its first line may name further flags: `# flags: …`.
fn run(program: &Path, flags: &[&str], n: usize, seen: &mut BTreeSet<String>) {
    let file = std::env::temp_dir().join(format!("taipan-coverage-{}-{n}", std::process::id()));
    let text = std::fs::read_to_string(program).expect("a program");
    let own = text
        .lines()
        .next()
        .and_then(|l| l.strip_prefix("# flags: "))
        .unwrap_or("");
    let status = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(flags)
        .args(own.split_whitespace())
        .arg(format!("--coverage={}", file.display()))
        .arg(program)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the command line runs");
    assert!(
        status.code().is_some(),
        "{} was killed: {status}",
        program.display()
    );
    if let Ok(lines) = std::fs::read_to_string(&file) {
        seen.extend(lines.lines().map(String::from));
    }
    let _ = std::fs::remove_file(&file);
}

/// Code that CPython's compiler never makes but a `.pyc` may hold: NOP, and in module code deletions
/// and an exception match outside a handler.
fn hand_made(seen: &mut BTreeSet<String>) {
    use taipan::code::opcode::Opcode::*;
    let plain = taipan::compile::compile("ValueError\n", "hand_made", taipan::compile::Mode::Exec)
        .expect("compiles");
    let none = plain.consts.len() as u8 - 1;
    let odd = vec![
        (NOP, 0),
        (LOAD_NAME, 0),
        (STORE_NAME, 0),
        (DELETE_NAME, 0),
        (LOAD_NAME, 0),
        (STORE_GLOBAL, 0),
        (DELETE_GLOBAL, 0),
        (LOAD_NAME, 0),
        (LOAD_NAME, 0),
        (COMPARE_OP, 10),
        (POP_JUMP_IF_FALSE, 22),
        (NOP, 0),
        (LOAD_CONST, none),
        (RETURN_VALUE, 0),
    ];
    // A loop that is entered in its middle, and at its top from where the builder gives up: exceptions go to
    // the handler by way of the interpreter.
    let tangled = vec![
        (SETUP_FINALLY, 26),
        (LOAD_CONST, none),
        (POP_TOP, 0),
        (LOAD_CONST, none),
        (POP_JUMP_IF_TRUE, 18),
        (NOP, 0),
        (LOAD_CONST, none),
        (POP_JUMP_IF_TRUE, 22),
        (JUMP_FORWARD, 6),
        (LOAD_CONST, none),
        (JUMP_IF_TRUE_OR_POP, 4),
        (JUMP_ABSOLUTE, 10),
        (LOAD_NAME, 0),
        (RAISE_VARARGS, 1),
        (POP_TOP, 0),
        (POP_TOP, 0),
        (POP_TOP, 0),
        (POP_EXCEPT, 0),
        (LOAD_CONST, none),
        (RETURN_VALUE, 0),
    ];
    for code in [odd, tangled] {
        run_made(&plain, &code, seen);
    }
}

/// Runs such code a few times, interpreted and native.
fn run_made(
    plain: &taipan::code::object::CodeObject,
    code: &[(taipan::code::opcode::Opcode, u8)],
    seen: &mut BTreeSet<String>,
) {
    let code: Vec<u8> = code
        .iter()
        .flat_map(|(op, arg)| [*op as u8, *arg])
        .collect();
    let made = taipan::code::object::CodeObject {
        code: code.into(),
        stacksize: 10,
        ..plain.clone()
    };
    let made = std::sync::Arc::new(made);
    for mode in [taipan::vm::JitMode::Off, taipan::vm::JitMode::Always] {
        let mut engine = taipan::Engine::builder()
            .jit(mode)
            .coverage(true)
            .build()
            .expect("an engine");
        for _ in 0..3 {
            engine.run_code(made.clone()).expect("runs");
        }
        seen.extend(engine.vm().coverage_lines());
    }
}

#[test]
fn every_row_runs() {
    let all: Vec<PathBuf> = programs("tests/lang")
        .into_iter()
        .chain(programs("tests/coverage"))
        .collect();
    let modes: [&[&str]; 4] = [
        &["--jit=off"],
        &["--jit=on"],
        &["--jit=always", "--stats"],
        &["--jit=stress"],
    ];
    let halves: Vec<BTreeSet<String>> = std::thread::scope(|s| {
        let all = &all;
        let work = |half: usize| {
            move || {
                let mut seen = BTreeSet::new();
                for (i, p) in all.iter().enumerate().filter(|(i, _)| i % 2 == half) {
                    for (j, flags) in modes.iter().enumerate() {
                        run(p, flags, 4 * i + j, &mut seen);
                    }
                }
                seen
            }
        };
        let threads = [s.spawn(work(0)), s.spawn(work(1))];
        threads.map(|t| t.join().expect("no panic")).into()
    });
    let mut seen: BTreeSet<String> = halves.into_iter().flatten().collect();
    hand_made(&mut seen);
    let want = expected();
    let native = taipan::Engine::native_code_available().is_ok();
    let missing: Vec<&String> = want
        .iter()
        .filter(|w| {
            !seen.contains(*w) && (native || w.starts_with("interp") || w.starts_with("spec"))
        })
        .collect();
    println!(
        "coverage: {} of {} rows ran, in {} programs",
        want.len() - missing.len(),
        want.len(),
        all.len()
    );
    assert!(missing.is_empty(), "never ran: {missing:#?}");
}
