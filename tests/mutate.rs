//! Code objects changed at random are run, in `off` and in `always`, under limits: whatever
//! passes the verifier may raise, loop or print nonsense, but never crash.
//!
//! The work is done in child processes, so that a crash names its seed:
//! `TAIPAN_MUTANT=seed cargo test --test mutate child -- --nocapture` runs one again.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use taipan::code::object::{CodeObject, Const};
use taipan::code::opcode::Opcode;
use taipan::code::verify::verify;
use taipan::compile::{Mode, compile};
use taipan::{Engine, Error, JitMode};

/// Mutants that must have run; more are tried, as most do not pass the verifier.
const WANTED: u64 = 2_000;
/// Seeds a child process tries.
const BATCH: u64 = 2_000;
/// Raise to look further: `TAIPAN_MUTANTS=100000`.
fn wanted() -> u64 {
    std::env::var("TAIPAN_MUTANTS")
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(WANTED)
}

struct Random(u64);
impl Random {
    fn new(seed: u64) -> Random {
        let mut r = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            r.next();
        }
        r
    }
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// The programs that are mutated: small, of many shapes, and not hot for long.
fn programs() -> Vec<Arc<CodeObject>> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lang");
    let mut names: Vec<_> = std::fs::read_dir(dir)
        .expect("tests/lang")
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "py") && !p.ends_with("bless.py"))
        .collect();
    names.sort();
    names
        .iter()
        .map(|p| {
            let text = std::fs::read_to_string(p).expect("a program");
            compile(&text, &p.to_string_lossy(), Mode::Exec).expect("it compiles")
        })
        .collect()
}

fn count(c: &CodeObject) -> usize {
    let nested = c.consts.iter().map(|k| match k {
        Const::Code(c) => count(c),
        _other => 0,
    });
    1 + nested.sum::<usize>()
}

/// A copy with the `at`-th code object in it changed.
fn mutate(c: &CodeObject, at: &mut usize, r: &mut Random) -> CodeObject {
    let mut c = c.clone();
    if *at == 0 {
        *at = usize::MAX;
        for _ in 0..1 + r.below(2) {
            change(&mut c, r);
        }
        return c;
    }
    *at -= 1;
    for k in c.consts.iter_mut() {
        if *at == usize::MAX {
            break;
        }
        if let Const::Code(inner) = k {
            *inner = Arc::new(mutate(inner, at, r));
        }
    }
    c
}

fn change(c: &mut CodeObject, r: &mut Random) {
    let n = c.code.len();
    match r.below(16) {
        0..=4 => {
            // Another operand.
            let i = r.below(n / 2) * 2 + 1;
            c.code[i] = match r.below(3) {
                0 => r.next() as u8,
                1 => c.code[i].wrapping_add(1),
                _ => c.code[i].wrapping_sub(1),
            };
        }
        5..=8 => {
            // Another opcode, often one with the same effect on the stack.
            let i = r.below(n / 2) * 2;
            let old = Opcode::from_u8(c.code[i]);
            for _ in 0..20 {
                let new = Opcode::ALL[r.below(Opcode::ALL.len())];
                c.code[i] = new as u8;
                let same = old.is_some_and(|o| {
                    let a = c.code[i + 1] as u32;
                    o.pops_pushes(a) == new.pops_pushes(a)
                });
                if same || r.below(10) == 0 {
                    break;
                }
            }
        }
        9 | 10 => {
            // Two instructions swapped.
            let (i, j) = (r.below(n / 2) * 2, r.below(n / 2) * 2);
            c.code.swap(i, j);
            c.code.swap(i + 1, j + 1);
        }
        11 => {
            // An instruction copied over another.
            let (i, j) = (r.below(n / 2) * 2, r.below(n / 2) * 2);
            c.code[i] = c.code[j];
            c.code[i + 1] = c.code[j + 1];
        }
        12 | 13 if !c.consts.is_empty() => {
            let i = r.below(c.consts.len());
            let j = r.below(c.consts.len());
            c.consts[i] = match r.below(7) {
                0 => Const::None,
                1 => Const::Int((r.next() as i64 >> r.below(64)).into()),
                2 => Const::Float(f64::from_bits(r.next())),
                3 => Const::Str("mutant".into()),
                4 => Const::Tuple([c.consts[j].clone(), Const::Bool(true)].into()),
                5 => Const::Tuple([Const::Str("a".into())].into()),
                _ => c.consts[j].clone(),
            };
        }
        14 if !c.names.is_empty() => {
            let (i, j) = (r.below(c.names.len()), r.below(c.names.len()));
            c.names.swap(i, j);
        }
        _ => match r.below(8) {
            0 => c.argcount = r.below(4) as u32,
            1 => c.stacksize = r.below(4) as u32,
            2 => c.flags ^= 1 << r.below(8),
            3 => c.kwonlyargcount = r.below(3) as u32,
            4 => {
                c.lnotab = c
                    .lnotab
                    .iter()
                    .map(|b| b.wrapping_add(r.next() as u8))
                    .collect()
            }
            5 => c.cellvars = c.freevars.clone(),
            6 => c.firstlineno = r.next() as u32,
            _ => c.posonlyargcount = r.below(3) as u32,
        },
    }
}

fn passes(c: &CodeObject) -> bool {
    verify(c).is_ok()
        && c.consts.iter().all(|k| match k {
            Const::Code(c) => passes(c),
            _other => true,
        })
}

/// Runs the mutant of a seed in both modes, if there is one that passes; how it ended in `off`.
fn run_seed(programs: &[Arc<CodeObject>], seed: u64) -> Option<&'static str> {
    let mut r = Random::new(seed);
    let base = &programs[r.below(programs.len())];
    let mut at = r.below(count(base));
    let mutant = mutate(base, &mut at, &mut r);
    if mutant == **base || !passes(&mutant) {
        return None;
    }
    let mutant = Arc::new(mutant);
    let mut first = "";
    for (i, mode) in [JitMode::Off, JitMode::Always].into_iter().enumerate() {
        let mut e = Engine::builder()
            .jit(mode)
            .max_fuel(3_000)
            .max_memory(32 << 20)
            .gc_stress(seed.is_multiple_of(16))
            .stdout(std::io::sink())
            .stderr(std::io::sink())
            .build()
            .expect("an engine");
        let handle = e.interrupt_handle();
        let (done, waits) = std::sync::mpsc::channel::<()>();
        let watch = std::thread::spawn(move || {
            if waits.recv_timeout(Duration::from_secs(5))
                == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                handle.interrupt();
            }
        });
        let end = match e.run_code(mutant.clone()) {
            Ok(()) => "ends",
            Err(Error::Python(_)) => "raises",
            Err(Error::Terminated(_)) => "is stopped",
            Err(_) => "is refused",
        };
        drop(done);
        watch.join().expect("the watch");
        // The engine goes on.
        e.set_fuel(None);
        assert_eq!(e.eval::<i64>("1 + 1").ok(), Some(2), "seed {seed}");
        if i == 0 {
            first = end;
        }
    }
    Some(first)
}

/// What a child process does; without its variables it has nothing to do.
#[test]
fn child() {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    let Some(from) = number("TAIPAN_MUTANT") else {
        return;
    };
    let programs = programs();
    let n = number("TAIPAN_MUTANT_COUNT").unwrap_or(1);
    let mut ends = std::collections::BTreeMap::<&str, u64>::new();
    for seed in from..from + n {
        if std::env::var_os("TAIPAN_MUTANT_TRACE").is_some() {
            eprintln!("seed {seed}");
        }
        if let Some(end) = run_seed(&programs, seed) {
            *ends.entry(end).or_default() += 1;
        }
    }
    println!("mutants: {} {ends:?}", ends.values().sum::<u64>());
}

fn start(from: u64, n: u64, trace: bool) -> std::process::Output {
    let mut c = Command::new(std::env::current_exe().expect("this test"));
    c.args(["--exact", "child", "--nocapture"])
        .env("TAIPAN_MUTANT", from.to_string())
        .env("TAIPAN_MUTANT_COUNT", n.to_string())
        .stdin(Stdio::null());
    if trace {
        c.env("TAIPAN_MUTANT_TRACE", "1");
    }
    c.output().expect("the child runs")
}

#[test]
fn mutants_never_crash() {
    let begin = Instant::now();
    let (mut ran, mut tried) = (0, 0);
    while ran < wanted() {
        let out = start(tried, BATCH, false);
        if !out.status.success() {
            // Which one was it?
            let again = start(tried, BATCH, true);
            let text = String::from_utf8_lossy(&again.stderr).into_owned();
            let last: Vec<&str> = text.lines().rev().take(30).collect();
            let seed = text.lines().rfind(|l| l.starts_with("seed "));
            let last: Vec<&str> = last.into_iter().rev().collect();
            panic!("{}: {:?}\n{}", out.status, seed, last.join("\n"));
        }
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        let line = text
            .lines()
            .find_map(|l| l.split("mutants: ").nth(1))
            .expect("a count");
        ran += line
            .split(' ')
            .next()
            .and_then(|n| n.parse::<u64>().ok())
            .expect("a number");
        tried += BATCH;
        println!("{line}");
    }
    println!(
        "{ran} of {tried} mutants passed the verifier and ran twice, {:.1}s",
        begin.elapsed().as_secs_f64()
    );
}
