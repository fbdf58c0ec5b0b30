//! The fuzzer: random programs of the language run in every mode, and under CPython 3.8 where it is found.
//! Output, tracebacks and fuel must be the same.
//!
//! ```text
//! cargo test --test fuzz                                   a slice
//! TAIPAN_FUZZ=SEED,COUNT cargo test --release --test fuzz hunt -- --nocapture
//!                                                          COUNT programs from SEED on; what differs is
//!                                                          shrunk and left in target/tmp/fuzz
//! TAIPAN_FUZZ=language:SEED,COUNT …                         of classes, generators and containers; else
//!                                                          of numbers and functions
//! TAIPAN_FUZZ_SHOW=[language:]SEED cargo test --test fuzz show -- --nocapture
//! ```
//!
//! Programs run in processes of their own, 500 in each (`worker`), because a bug may end or hang the
//! process: then the parent knows which program it was. `TAIPAN_FUZZ_JOBS` says how many at once [2].

mod base;
mod boxes;
mod classes;
mod exprs;
mod funcs;
mod generators;
mod language;
mod loops;
mod objects;
#[path = "../oracle/mod.rs"]
mod oracle;
mod program;
mod run;
mod shrink;
mod stmts;
mod tree;
mod wild;

use program::About;
use run::{Python, check};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Programs in the slices that every run of the tests looks at.
const SLICE: u64 = 120;
const LANGUAGE_SLICE: u64 = 60;
/// Programs of one process.
const BATCH: u64 = 500;
/// How long one program may take in all ways together, of the processor's time (or of the clock's, where that
/// cannot be asked for); and of the clock's at most, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);
const AT_MOST: Duration = Duration::from_secs(600);
/// Questions asked to shrink one program, and programs shrunk.
const TRIES: usize = 1500;
const SHRUNK: usize = 12;

/// What is wrong with a program.
struct Found {
    about: About,
    seed: u64,
    report: String,
}

/// What a worker is to do: `seeds ABOUT FROM COUNT LOG`, or `file SEED ALONE FILE LOG`.
const TASK: &str = "TAIPAN_FUZZ_TASK";

fn folder() -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&dir).expect("a folder for what is found");
    dir
}

/// Does what the environment says, for the parent; alone it does nothing.
#[test]
fn worker() {
    let Ok(task) = std::env::var(TASK) else {
        return;
    };
    let mut parts = task.split('\t');
    let mut next = || parts.next().unwrap_or_default().to_string();
    let number = |s: String| s.parse::<u64>().expect("a number");
    let mut python = oracle::python38().map(|p| Python::new(&p));
    match next().as_str() {
        "seeds" => {
            let about = About::of(&next()).expect("what programs are about");
            let (from, n, log) = (number(next()), number(next()), next());
            let mut log = fs::File::create(log).expect("a log");
            let mut say = |text: String| {
                use std::io::Write;
                writeln!(log, "{}", text.trim_end().replace('\n', "\u{1}")).expect("a log");
            };
            for seed in from..from + n {
                say(format!("start {seed}"));
                let (program, alone) = program::program(about, seed);
                let (report, asked) = check(seed, &program, alone, python.as_mut());
                say(format!(
                    "{} {report}",
                    if asked { "asked" } else { "alone" }
                ));
            }
        }
        _ => {
            let (seed, alone, file, log) = (number(next()), next() == "true", next(), next());
            let text = fs::read_to_string(file).expect("a program");
            let (report, _) = check(seed, &tree::parse(&text), alone, python.as_mut());
            fs::write(log, report).expect("a log");
        }
    }
}

/// What a process has used of the processors, where `/proc` says it.
fn processor_time(id: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // Behind the name, which may hold anything: state, parent, … user's and system's time in hundredths.
    let ticks = stat.rsplit(')').next()?.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.filter_map(|t| t.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// Starts a worker and waits for it; how it ended, if not well. It is stopped when what it writes has not
/// grown for too long.
fn work(task: &str, log: &Path) -> Result<(), String> {
    let exe = std::env::current_exe().expect("this program");
    let mut child = Command::new(exe)
        .args(["worker", "--exact", "--nocapture", "--test-threads=1"])
        .env(TASK, task)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a worker starts");
    let mut err = child.stderr.take().expect("piped");
    let said = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = std::io::Read::read_to_end(&mut err, &mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let (mut size, mut since, mut used) = (0, Instant::now(), processor_time(child.id()));
    let mut pause = Duration::from_millis(1);
    let end = loop {
        if let Some(s) = child.try_wait().expect("wait") {
            break if s.success() {
                Ok(())
            } else {
                Err(s.to_string())
            };
        }
        let now = fs::metadata(log).map_or(0, |m| m.len());
        if now != size {
            (size, since, used) = (now, Instant::now(), processor_time(child.id()));
        } else if since.elapsed() > PATIENCE {
            let ours = processor_time(child.id()).zip(used);
            if ours.is_some_and(|(now, then)| now.saturating_sub(then) < PATIENCE)
                && since.elapsed() < AT_MOST
            {
                std::thread::sleep(Duration::from_secs(1));
                continue;
            }
            let _ = child.kill();
            let _ = child.wait();
            break Err("hangs".into());
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    };
    let said = said.join().unwrap_or_default();
    end.map_err(|e| {
        let mut last: Vec<&str> = said
            .lines()
            .filter(|l| !l.trim().is_empty())
            .take(6)
            .collect();
        last.insert(0, &e);
        last.join(" | ")
    })
}

/// Looks at programs of these seeds; what is wrong, and how many CPython ran, too.
fn look(about: About, from: u64, count: u64) -> (Vec<Found>, u64) {
    let jobs = std::env::var("TAIPAN_FUZZ_JOBS")
        .ok()
        .and_then(|j| j.parse().ok())
        .unwrap_or(2);
    let batch = BATCH.min(count.div_ceil(jobs).max(1));
    let (next, asked, done) = (AtomicU64::new(from), AtomicU64::new(0), AtomicU64::new(0));
    let all = Mutex::new(Vec::new());
    let started = Instant::now();
    let one = || {
        loop {
            let start = next.fetch_add(batch, Ordering::Relaxed);
            let end = (start + batch).min(from + count);
            let mut at = start;
            while at < end {
                let log = folder().join(format!("{}_{at}.log", about.name()));
                let how = work(
                    &format!(
                        "seeds\t{}\t{at}\t{}\t{}",
                        about.name(),
                        end - at,
                        log.display()
                    ),
                    &log,
                );
                let text = fs::read_to_string(&log).unwrap_or_default();
                let _ = fs::remove_file(&log);
                let mut last = None;
                for l in text.lines() {
                    let (word, rest) = l.split_once(' ').unwrap_or((l, ""));
                    match word {
                        "start" => last = rest.parse().ok(),
                        word => {
                            asked.fetch_add(u64::from(word == "asked"), Ordering::Relaxed);
                            if let (Some(seed), false) = (last, rest.is_empty()) {
                                let report = rest.replace('\u{1}', "\n");
                                eprintln!("seed {seed}: {report}");
                                all.lock().unwrap().push(Found {
                                    about,
                                    seed,
                                    report,
                                });
                            }
                            at = last.map_or(at, |s| s + 1);
                            last = None;
                        }
                    }
                }
                if let Err(e) = how {
                    let seed = last.unwrap_or(at);
                    let report = format!("the process ended: {e}");
                    eprintln!("seed {seed}: {report}");
                    all.lock().unwrap().push(Found {
                        about,
                        seed,
                        report,
                    });
                    at = seed + 1;
                }
            }
            if start >= end {
                return;
            }
            let n = done.fetch_add(end - start, Ordering::Relaxed) + end - start;
            eprintln!(
                "{n} of {count} programs, {} differ, {:.0} s",
                all.lock().unwrap().len(),
                started.elapsed().as_secs_f64()
            );
        }
    };
    std::thread::scope(|s| {
        for _ in 0..jobs {
            s.spawn(one);
        }
    });
    let mut found = all.into_inner().unwrap();
    found.sort_by_key(|f| f.seed);
    (found, asked.into_inner())
}

/// Which ways differ: what must stay as a program is made smaller.
fn kind(report: &str) -> Vec<String> {
    let ways = report.lines().filter_map(|l| l.split_once(": "));
    ways.map(|(w, _)| w.to_string()).collect()
}

/// Makes a program smaller and writes it to a file.
fn reduce(f: &Found) -> PathBuf {
    let (whole, alone) = program::program(f.about, f.seed);
    let wanted = kind(&f.report);
    let (file, log) = (
        folder().join(format!("{}_{}.try.py", f.about.name(), f.seed)),
        folder().join(format!("{}_{}.try.log", f.about.name(), f.seed)),
    );
    let mut holds = |p: &[tree::Stmt]| {
        fs::write(&file, tree::source(p)).expect("a file");
        let _ = fs::remove_file(&log);
        let task = format!(
            "file\t{}\t{alone}\t{}\t{}",
            f.seed,
            file.display(),
            log.display()
        );
        let report = match work(&task, &log) {
            Ok(()) => fs::read_to_string(&log).unwrap_or_default(),
            Err(e) => format!("the process ended: {e}"),
        };
        kind(&report).iter().any(|w| wanted.contains(w))
    };
    let small = shrink::shrink(whole, TRIES, &mut holds);
    let _ = fs::remove_file(&file);
    let _ = fs::remove_file(&log);
    let path = folder().join(format!("fuzz_{}_{}.py", f.about.name(), f.seed));
    let mut text = format!("# Seed {}:{} of the fuzzer.\n", f.about.name(), f.seed);
    for l in f.report.lines() {
        text += &format!("# {}\n", l.chars().take(200).collect::<String>());
    }
    text += &tree::source(&small);
    fs::write(&path, text).expect("a file");
    path
}

/// What comes before the colon, and what behind it.
fn about(given: &str) -> (About, &str) {
    match given.split_once(':') {
        Some((a, rest)) => (About::of(a).expect("functions or language"), rest),
        None => (About::Functions, given),
    }
}

#[test]
fn hunt() {
    hunt_for(About::Functions, SLICE);
}

/// The same among classes, generators, containers, and classes that change while they are used.
#[test]
fn hunt_language() {
    hunt_for(About::Language, LANGUAGE_SLICE);
}

fn hunt_for(what: About, slice: u64) {
    if std::env::var_os(TASK).is_some() {
        return;
    }
    let given = std::env::var("TAIPAN_FUZZ").ok();
    let (from, count) = match &given {
        Some(g) => {
            let (asked, numbers) = about(g);
            if asked != what {
                return;
            }
            let (a, b) = numbers.split_once(',').expect("TAIPAN_FUZZ=SEED,COUNT");
            (a.parse().expect("SEED"), b.parse().expect("COUNT"))
        }
        None => (0, slice),
    };
    if oracle::python38().is_none() {
        println!("CPython 3.8 was not found: modes are compared among themselves only");
    }
    let (found, asked) = look(what, from, count);
    println!(
        "{count} programs from seed {from}, {asked} of them run by CPython too: {} differ",
        found.len()
    );
    if found.is_empty() {
        return;
    }
    let shown: Vec<String> = found
        .iter()
        .take(SHRUNK)
        .map(|f| format!("seed {}\n{}", f.seed, f.report))
        .collect();
    if given.is_some() {
        for f in found.iter().take(SHRUNK) {
            eprintln!("shrinking {}", f.seed);
            let path = reduce(f);
            eprintln!(
                "{}\n{}",
                path.display(),
                fs::read_to_string(&path).unwrap_or_default()
            );
        }
    }
    panic!("{} differ\n{}", found.len(), shown.join("\n"));
}

/// Prints the program of `TAIPAN_FUZZ_SHOW`.
#[test]
fn show() {
    if let Ok(s) = std::env::var("TAIPAN_FUZZ_SHOW") {
        let (what, seed) = about(&s);
        print!("{}", program::text_of(what, seed.parse().expect("SEED")));
    }
}

/// What is written is a program. The last seed once wrote a `nonlocal` of a name that nothing binds.
#[test]
fn programs_compile() {
    for what in [About::Functions, About::Language] {
        for seed in (0..100).chain([9_569_320]) {
            let text = program::text_of(what, seed);
            let code = taipan::compile::compile(&text, "fuzz.py", taipan::compile::Mode::Exec);
            if let Err(e) = code {
                panic!("seed {}:{seed}: {e:?}", what.name());
            }
        }
    }
}

/// A program is the same each time: a seed is enough to find it again.
#[test]
fn programs_depend_on_the_seed_alone() {
    for what in [About::Functions, About::Language] {
        for seed in 0..50 {
            let text = program::text_of(what, seed);
            assert_eq!(text, program::text_of(what, seed));
        }
        assert_ne!(program::text_of(what, 1), program::text_of(what, 2));
    }
}

/// What is read is what was written, and a shrunk program keeps what is asked of it and little else.
#[test]
fn shrinking_leaves_what_matters() {
    for what in [About::Functions, About::Language] {
        for seed in 0..30 {
            let text = program::text_of(what, seed);
            assert_eq!(tree::source(&tree::parse(&text)), text, "seed {seed}");
        }
    }
    let (whole, _) = program::program(About::Functions, 3);
    let small = shrink::shrink(whole, 5000, &mut |p| {
        tree::source(p).contains("return x % 1000003")
    });
    assert!(
        tree::source(&small).lines().count() < 5,
        "{}",
        tree::source(&small)
    );
}
