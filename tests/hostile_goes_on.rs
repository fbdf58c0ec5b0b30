//! After a hostile program (`tests/hostile.rs`) the engine goes on, in the same process, and an engine on another thread
//! has noticed nothing.

mod hostile_programs;

use hostile_programs::{folder, programs_of};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use taipan::{Engine, Error, JitMode};

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
