//! What tests of mutated code share: chance, mutations of code objects, running under limits in both
//! modes, and child processes, so that a crash names its seed.
#![allow(dead_code)] // each test file is a crate of its own

use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;
use taipan::code::object::{CodeObject, Const};
use taipan::code::opcode::Opcode;
use taipan::code::verify::verify;
use taipan::{Engine, Error, JitMode};

pub struct Random(u64);
impl Random {
    pub fn new(seed: u64) -> Random {
        let mut r = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            r.next();
        }
        r
    }
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

pub fn count(c: &CodeObject) -> usize {
    let nested = c.consts.iter().map(|k| match k {
        Const::Code(c) => count(c),
        _other => 0,
    });
    1 + nested.sum::<usize>()
}

/// A copy with the `at`-th code object in it changed.
pub fn mutate(c: &CodeObject, at: &mut usize, r: &mut Random) -> CodeObject {
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

pub fn passes(c: &CodeObject) -> bool {
    verify(c).is_ok()
        && c.consts.iter().all(|k| match k {
            Const::Code(c) => passes(c),
            _other => true,
        })
}

/// Runs a mutant in `off` and in `always`; how it ended in `off`, and whether it ended and printed the same
/// in both, as far as nobody lost patience.
pub fn run_both(mutant: &Arc<CodeObject>, seed: u64) -> (&'static str, bool) {
    let mut first: Option<(&str, String, bool)> = None;
    let mut same = true;
    for mode in [JitMode::Off, JitMode::Always] {
        let mut e = Engine::builder()
            .jit(mode)
            .max_fuel(3_000)
            .max_memory(32 << 20)
            .gc_stress(seed.is_multiple_of(16))
            .build()
            .expect("an engine");
        let handle = e.interrupt_handle();
        let (done, waits) = std::sync::mpsc::channel::<()>();
        let watch = std::thread::spawn(move || {
            let late = waits.recv_timeout(Duration::from_secs(3))
                == Err(std::sync::mpsc::RecvTimeoutError::Timeout);
            if late {
                handle.interrupt();
            }
            late
        });
        let end = match e.run_code(mutant.clone()) {
            Ok(()) => "ends",
            Err(Error::Python(_)) => "raises",
            Err(Error::Terminated(_)) => "is stopped",
            Err(_) => "is refused",
        };
        drop(done);
        let late = watch.join().expect("the watch");
        let out = e.take_output();
        // The engine goes on. A tracer or profiler that the mutant left set may raise, and is unset then.
        e.set_fuel(None);
        let sum = (0..3).find_map(|_| e.eval::<i64>("1 + 1").ok());
        assert_eq!(sum, Some(2), "seed {seed}");
        match &first {
            None => first = Some((end, out, late)),
            Some((end0, out0, late0)) => {
                same = late || *late0 || *end0 == end && *out0 == out;
            }
        }
    }
    (first.map_or("", |f| f.0), same)
}

/// Seeds this child process shall try; `None` in the parent.
pub fn seeds() -> Option<std::ops::Range<u64>> {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    let from = number("TAIPAN_MUTANT")?;
    Some(from..from + number("TAIPAN_MUTANT_COUNT").unwrap_or(1))
}

/// Says which seed comes now, if that was asked for.
pub fn trace(seed: u64) {
    if std::env::var_os("TAIPAN_MUTANT_TRACE").is_some() {
        eprintln!("seed {seed}");
    }
}

fn start(from: u64, n: u64, trace: bool) -> Output {
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

/// Runs `n` seeds from `from` on in a child process: what it printed after `mutants: `. A crash fails with its seed.
pub fn batch(from: u64, n: u64) -> String {
    let out = start(from, n, false);
    if !out.status.success() {
        // Which one was it?
        let again = start(from, n, true);
        let text = String::from_utf8_lossy(&again.stderr).into_owned();
        let last: Vec<&str> = text.lines().rev().take(30).collect();
        let seed = text.lines().rfind(|l| l.starts_with("seed "));
        let last: Vec<&str> = last.into_iter().rev().collect();
        panic!("{}: {:?}\n{}", out.status, seed, last.join("\n"));
    }
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let line = text.lines().find_map(|l| l.split("mutants: ").nth(1));
    line.expect("a count").to_owned()
}
