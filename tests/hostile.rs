//! Programs that try to crash, hang or flood an engine: a folder of the conformance material
//! that is not part of this repository. `TAIPAN_CONFORMANCE` names it; else the folder
//! `shared/conformance` beside the checkout is looked for. Without one the test says so and is skipped.
//!
//! Line 1 of a program says how it may end: `# expect: ok | exc:TypeError,ValueError | limit | denied`. Each runs in
//! the sandbox under limits of memory, output and depth, in every mode, and ends as it says. Where a limit is part
//! of the answer it is one of time, too, and then the program is to stop long before the patience of this test ends;
//! no other program's end hangs on how fast the machine is.
//!
//! A second test runs them in this process, where the engine has to go on afterwards, and an engine on another
//! thread must notice nothing.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use taipan::{Engine, Error, JitMode};

const MODES: [&str; 4] = ["off", "on", "always", "stress"];
/// A debugging build is slow, and machines are shared; only a hang takes this long.
const PATIENCE: Duration = Duration::from_secs(60);

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("TAIPAN_CONFORMANCE").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    let p = named.unwrap_or(beside).join("hostile");
    p.is_dir().then_some(p)
}

enum End {
    Status(i32),
    Signal,
    Hung,
}

struct Run {
    end: End,
    out: Vec<u8>,
    err: String,
}

fn run(program: &Path, mode: &str, timed: bool) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .args([
            &format!("--jit={mode}"),
            "--max-memory=256M",
            "--max-recursion=1000",
            "--max-output=16M",
            "--sandbox",
        ])
        .args(timed.then_some("--max-time=2s"))
        .arg(program)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    // More than the output limit of 16 MiB is not kept.
    let out = std::thread::spawn(move || {
        let mut b = Vec::new();
        let _ = (&mut stdout).take(17 << 20).read_to_end(&mut b);
        b
    });
    let err = std::thread::spawn(move || {
        let mut b = Vec::new();
        let _ = (&mut stderr).take(17 << 20).read_to_end(&mut b);
        String::from_utf8_lossy(&b).into_owned()
    });
    let began = Instant::now();
    let end = loop {
        match child.try_wait().unwrap() {
            Some(s) => break s.code().map_or(End::Signal, End::Status),
            None if began.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                break End::Hung;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    Run {
        end,
        out: out.join().unwrap(),
        err: err.join().unwrap(),
    }
}

/// What the largest of the processes so far took at most, in bytes.
fn largest() -> u64 {
    use nix::sys::resource::{UsageWho, getrusage};
    let r = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    r.max_rss() as u64 * 1024
}

fn judge(path: &Path, expect: &str, exact: bool, r: &Run) -> Result<(), String> {
    let status = match r.end {
        End::Status(s) => s,
        End::Signal => return Err("killed by a signal".into()),
        End::Hung => return Err("hangs".into()),
    };
    if r.err.contains("panicked at") || r.err.contains("internal error") {
        return Err(format!("panics: {}", r.err));
    }
    let last = r.err.lines().last().unwrap_or_default();
    let kind = last.split(':').next().unwrap_or_default();
    let kind = kind.rsplit('.').next().unwrap_or_default();
    let met = expect.split('|').map(str::trim).any(|e| match e {
        "ok" => {
            let want = std::fs::read(path.with_extension("out"));
            status == 0 && want.map_or(true, |w| !exact || w == r.out)
        }
        "limit" => status == 3,
        "denied" => status == 4,
        e => e.strip_prefix("exc:").is_some_and(|names| {
            names.split(',').any(|n| match n.trim() {
                // It is not shown: its status says that it was raised.
                "SystemExit" => status != 0 && r.err.is_empty(),
                n => status == 1 && n == kind,
            })
        }),
    });
    if met {
        return Ok(());
    }
    let out = String::from_utf8_lossy(&r.out);
    let out: String = out.chars().take(300).collect();
    Err(format!(
        "expected {expect}; status {status}, last line {last:?}, out {out:?}"
    ))
}

/// The programs of a folder, in order.
fn programs_of(folder: &Path) -> Vec<PathBuf> {
    let mut programs: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "py"))
        .collect();
    programs.sort();
    programs
}

#[test]
fn programs_end_as_they_say() {
    let Some(folder) = folder() else {
        println!("skipped: no folder of hostile programs found");
        return;
    };
    let programs = programs_of(&folder);
    let only = std::env::var("TAIPAN_HOSTILE").unwrap_or_default();
    let idle = folder.join("fn_posonly.py");
    run(&idle, "off", false);
    let before = largest();
    let (mut ran, mut wrong) = (0, Vec::new());
    for p in &programs {
        let name = p.file_stem().unwrap().to_string_lossy().into_owned();
        if !name.contains(&only) {
            continue;
        }
        let text = std::fs::read(p).unwrap();
        let text = String::from_utf8_lossy(&text[..text.len().min(4096)]).into_owned();
        let mut lines = text.lines();
        let expect = lines.next().unwrap_or_default();
        let expect = expect.trim_start_matches("# expect:").trim();
        let exact = !lines.next().unwrap_or_default().contains("exact: no");
        ran += 1;
        for mode in MODES {
            let r = run(p, mode, expect.contains("limit"));
            if let Err(why) = judge(p, expect, exact, &r) {
                wrong.push(format!("{name} ({mode}): {why}"));
            }
            if r.out.len() > 16 << 20 {
                wrong.push(format!("{name} ({mode}): prints more than it may"));
            }
        }
    }
    println!("{ran} programs in {} modes", MODES.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let grown = largest() - before;
    assert!(grown <= (256 + 32) << 20, "{} MiB", grown >> 20);
}

/// What the engine does after a hostile program: needs its own names only.
const CHECK: &str = "
def _check_(n):
    class C:
        def __init__(self, x): self.x = x
    seen = {}
    for i in range(n):
        try:
            seen[i % 7] = C(i).x // (i % 5)
        except ZeroDivisionError:
            seen[i % 7] = -1
    return '%d %s' % (sum(seen.values()), sorted(seen)[-1])
";
const CHECKED: &str = "93 6";

/// Whether the engine does its work, as it is, or once what the program left in its names is dropped where that
/// fills the memory.
fn goes_on(engine: &mut Engine) -> Result<(), String> {
    let say = |e: Error| e.to_string();
    engine.collect();
    engine.take_output();
    match engine.run(CHECK, "check.py") {
        Err(Error::Python(e)) if e.type_name == "MemoryError" => {
            drop(e);
            engine.run("globals().clear()", "clear.py").map_err(say)?;
            engine.collect();
            engine.run(CHECK, "check.py").map_err(say)?;
        }
        r => r.map_err(say)?,
    }
    let r = engine.call::<String>("_check_", (40,)).map_err(say)?;
    match r == CHECKED {
        true => Ok(()),
        false => Err(format!("the check gives {r:?}")),
    }
}

/// An engine that works until it is told to stop: how often it did, always with the same result.
fn neighbour(stop: &AtomicBool) -> Result<u64, String> {
    let say = |e: Error| e.to_string();
    let mut e = Engine::builder()
        .max_memory(64 << 20)
        .max_time(Duration::from_secs(3600))
        .build()
        .map_err(say)?;
    let text = "
def work(n):
    words = ['%x' % (i * i) for i in range(n)]
    d = {w: len(w) for w in words}
    print(len(d), max(d.values()), sum(d.values()))
";
    e.run(text, "work.py").map_err(say)?;
    let mut rounds = 0;
    while !stop.load(Ordering::Relaxed) {
        e.call::<()>("work", (300,)).map_err(say)?;
        let out = e.take_output();
        if out != "300 5 1160\n" {
            return Err(format!("the neighbour prints {out:?}"));
        }
        rounds += 1;
    }
    Ok(rounds)
}

fn in_process(path: &Path, mode: JitMode) -> Result<(), String> {
    let mut engine = Engine::builder()
        .jit(mode)
        .max_memory(256 << 20)
        .recursion_limit(1000)
        .max_output(16 << 20)
        .build()
        .map_err(|e| e.to_string())?;
    let text = std::fs::read(path).unwrap();
    let name = path.to_string_lossy();
    let text = String::from_utf8_lossy(&text);
    // How a program ends is not looked at here, so it need not come to its end.
    let soon = Instant::now() + Duration::from_millis(150);
    engine.set_deadline(Some(soon)).map_err(|e| e.to_string())?;
    let _ = engine.run(&text, &name);
    engine.set_deadline(None).map_err(|e| e.to_string())?;
    goes_on(&mut engine)
}

#[test]
fn engine_and_neighbour_go_on_in_every_mode() {
    let Some(folder) = folder() else {
        println!("skipped: no folder of hostile programs found");
        return;
    };
    let only = std::env::var("TAIPAN_HOSTILE").unwrap_or_default();
    let mut jobs = Vec::new();
    for p in programs_of(&folder) {
        if !p.file_stem().unwrap().to_string_lossy().contains(&only) {
            continue;
        }
        for mode in [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress] {
            jobs.push((p.clone(), mode));
        }
    }
    let (stop, next) = (AtomicBool::new(false), AtomicUsize::new(0));
    let wrong = Mutex::new(Vec::new());
    let rounds = std::thread::scope(|s| {
        let beside = s.spawn(|| neighbour(&stop));
        let worker = || {
            while let Some((p, mode)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(why) = in_process(p, *mode) {
                    let name = p.file_stem().unwrap().to_string_lossy();
                    wrong
                        .lock()
                        .unwrap()
                        .push(format!("{name} ({mode:?}): {why}"));
                }
            }
        };
        let workers = [s.spawn(worker), s.spawn(worker)];
        for w in workers {
            w.join().expect("no program ends the thread");
        }
        stop.store(true, Ordering::Relaxed);
        beside.join().unwrap()
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let rounds = rounds.unwrap_or_else(|e| panic!("the neighbour: {e}"));
    println!(
        "{} runs beside {rounds} rounds of the neighbour",
        jobs.len()
    );
    assert!(rounds > 0);
}
