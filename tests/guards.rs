//! Each guard that the programs of the benches pass in native code, failed once: same output, same fuel.
//!
//! The first 2,000 guards of each program in `on` and in `always`: from the start in an engine of their own,
//! and in one that has compiled everything. Some of them in every run of the tests; all:
//! `TAIPAN_GUARDS=1 cargo test --release --test guards warm -- --nocapture`, and the same with `cold`, which
//! takes longer. `TAIPAN_GUARDS=N` takes each N-th.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use taipan::{Deopt, Engine, JitMode};

/// Guards failed of each program.
const GUARDS: u64 = 2000;
/// Of those, one in so many without `TAIPAN_GUARDS`: from the start, and when all is compiled.
const COLD: u64 = 293;
const WARM: u64 = 53;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs")
}

/// A program of the benches, its arguments, and the line it prints.
struct Program {
    name: String,
    text: String,
    argv: Vec<String>,
    want: String,
}

fn programs() -> Vec<Program> {
    let all = std::fs::read_to_string(folder().join("expected.txt")).expect("what they print");
    all.lines()
        .map(|l| {
            let (call, want) = l.split_once(": ").expect("a program and what it prints");
            let argv: Vec<String> = call.split(' ').map(String::from).collect();
            Program {
                name: call.into(),
                text: std::fs::read_to_string(folder().join(&argv[0])).expect("a program"),
                argv,
                want: format!("{want}\n"),
            }
        })
        .collect()
}

fn engine(p: &Program, mode: JitMode, counted: bool, deopt: Deopt) -> Engine {
    Engine::builder()
        .jit(mode)
        .deopt(Some(deopt))
        .compile_allowance(std::time::Duration::from_secs(1000))
        .count(counted)
        .grant_all()
        .path([folder().to_string_lossy().into_owned()])
        .argv(p.argv.clone())
        .build()
        .expect("an engine")
}

/// Runs a text of this program: what it printed, and how it failed.
fn go(e: &mut Engine, p: &Program, text: &str) -> String {
    let failed = e.run(text, &p.argv[0]).err();
    e.take_output() + &failed.map_or(String::new(), |f| f.to_string())
}

/// Far from being reached, the countdown tells how many guards were passed.
const FAR: i64 = i64::MAX - 1;

/// Runs a program: what it prints, its fuel where that is counted, guards failed, guards passed.
fn run(p: &Program, mode: JitMode, counted: bool, deopt: Deopt) -> (String, u64, u64, i64) {
    let mut e = engine(p, mode, counted, deopt);
    let out = go(&mut e, p, &p.text);
    let fuel = if counted { e.fuel() } else { 0 };
    let jit = &e.vm().jit;
    (out, fuel, jit.stats.forced.get(), FAR - jit.stress.get())
}

/// Guards failed, guards there were, what went wrong.
type Outcome = (u64, u64, Vec<String>);

/// From the start, an engine for each guard.
fn cold(p: &Program, mode: JitMode, stride: u64) -> Outcome {
    let (out, fuel, _, passed) = run(p, mode, true, Deopt::At(i64::MAX as u64));
    let mut wrong = Vec::new();
    if out != p.want {
        wrong.push(format!("{} ({mode:?}): {out}", p.name));
    }
    let (mut failed, mut k) = (0, 1);
    let guards = GUARDS.min(passed.max(0) as u64);
    while k <= guards {
        // Code that counts fuel is another code: each in its turn.
        let counted = (k / stride).is_multiple_of(2);
        let (got, burnt, n, _) = run(p, mode, counted, Deopt::At(k));
        failed += n;
        if got != p.want || (counted && burnt != fuel) {
            wrong.push(format!(
                "{} ({mode:?}) --deopt-at={k}, fuel counted: {counted}: {got} fuel {burnt} instead of {fuel}",
                p.name
            ));
        }
        k += stride;
    }
    (failed, guards, wrong)
}

/// In one engine that has compiled what it will compile: the last lines of the program, again and again.
fn warm(p: &Program, mode: JitMode, stride: u64) -> Outcome {
    let mut e = engine(p, mode, false, Deopt::At(i64::MAX as u64));
    let (_, last) = p
        .text
        .split_once("if __name__ == '__main__':")
        .expect("what is run");
    let again = format!("if True:{last}");
    let mut wrong = Vec::new();
    for text in [&p.text, &again, &again, &again] {
        e.vm().jit.stress.set(FAR);
        let out = go(&mut e, p, text);
        if out != p.want {
            wrong.push(format!("{} ({mode:?}): {out}", p.name));
        }
    }
    let guards = GUARDS.min((FAR - e.vm().jit.stress.get()) as u64);
    let before = e.vm().jit.stats.forced.get();
    let mut k = 1;
    while k <= guards {
        e.vm().jit.stress.set(k as i64 - 1);
        let out = go(&mut e, p, &again);
        if out != p.want {
            wrong.push(format!("{} ({mode:?}) guard {k}: {out}", p.name));
        }
        k += stride;
    }
    let failed = e.vm().jit.stats.forced.get() - before;
    (failed, guards, wrong)
}

fn all_guards(stride: u64, test: fn(&Program, JitMode, u64) -> Outcome) {
    if Engine::native_code_available().is_err() {
        println!("skipped: no native code here");
        return;
    }
    let given = std::env::var("TAIPAN_GUARDS").ok();
    let stride = given.map_or(stride, |g| g.parse().expect("TAIPAN_GUARDS=N"));
    let all = programs();
    let (next, total) = (AtomicUsize::new(0), Mutex::new((0u64, 0u64, Vec::new())));
    let one = || {
        while let Some(p) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            for mode in [JitMode::On, JitMode::Always] {
                let (failed, guards, wrong) = test(p, mode, stride);
                let mut t = total.lock().unwrap();
                t.0 += failed;
                t.1 += guards;
                t.2.extend(wrong);
                eprintln!("{} ({mode:?}): {failed} of {guards} guards failed", p.name);
            }
        }
    };
    std::thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(one);
        }
    });
    let (failed, guards, wrong) = total.into_inner().unwrap();
    println!(
        "{failed} guards failed of {guards}, {} with another result",
        wrong.len()
    );
    assert!(failed > 100, "hardly a guard failed");
    let shown = wrong.len().min(20);
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong[..shown].join("\n")
    );
}

#[test]
fn each_guard_fails_once_cold() {
    all_guards(COLD, cold);
}

#[test]
fn each_guard_fails_once_warm() {
    all_guards(WARM, warm);
}

/// Each N-th guard, down to every single one: a program still gets on.
#[test]
fn each_nth_guard_fails() {
    if Engine::native_code_available().is_err() {
        println!("skipped: no native code here");
        return;
    }
    for p in &programs() {
        for n in [1, 2, 3, 50] {
            for mode in [JitMode::On, JitMode::Always] {
                let (out, _, failed, _) = run(p, mode, false, Deopt::Every(n));
                assert_eq!(out, p.want, "{} {mode:?} --deopt-every={n}", p.name);
                assert!(
                    failed > 0 || mode == JitMode::On,
                    "{} --deopt-every={n}",
                    p.name
                );
            }
        }
    }
}
