//! Fuel is the same in every mode: over all programs of `tests/lang`, in this process.
//!
//! What a program burns is compared, not how it ends: the other tests do that.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use taipan::{Engine, JitMode};

/// What these do hangs on when an unreachable object dies, which may differ from mode to mode.
const OTHERS: [&str; 3] = ["class_del", "gen_finalise", "weak_callbacks_unasked"];

fn burnt(path: &Path, mode: JitMode) -> (u64, String) {
    let text = std::fs::read(path).unwrap();
    let mut e = Engine::builder()
        .jit(mode)
        .jit_seed(1)
        .count(true)
        .grant_all()
        .max_memory(512 << 20)
        .path([path.parent().unwrap().to_string_lossy().into_owned()])
        .argv([path.to_string_lossy().into_owned()])
        .stdin(std::io::empty())
        // Seeds that nobody chose are the same in each run.
        .random(|bytes| bytes.fill(7))
        .build()
        .unwrap();
    let end = match e.run(&String::from_utf8_lossy(&text), &path.to_string_lossy()) {
        Ok(()) => "ok".to_owned(),
        Err(e) => e.type_name().unwrap_or("terminated").to_owned(),
    };
    (e.fuel(), end)
}

#[test]
fn every_program_burns_the_same_in_every_mode() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lang");
    let only = std::env::var("TAIPAN_LANG").unwrap_or_default();
    let mut programs: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "py"))
        .filter(|p| {
            let name = p.file_stem().unwrap().to_string_lossy();
            name.contains(&only) && name != "bless" && !OTHERS.contains(&&*name)
        })
        .collect();
    programs.sort();
    let (next, wrong, total) = (
        AtomicUsize::new(0),
        Mutex::new(Vec::new()),
        AtomicUsize::new(0),
    );
    let work = || {
        while let Some(p) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let want = burnt(p, JitMode::Off);
            total.fetch_add(want.0 as usize, Ordering::Relaxed);
            for mode in [JitMode::On, JitMode::Always, JitMode::Stress] {
                let got = burnt(p, mode);
                if got != want {
                    let name = p.file_stem().unwrap().to_string_lossy().into_owned();
                    let text = format!("{name} ({mode:?}): {got:?}, interpreted {want:?}");
                    wrong.lock().unwrap().push(text);
                }
            }
        }
    };
    std::thread::scope(|s| {
        // Some programs recurse deep.
        for _ in 0..2 {
            s.spawn(work);
        }
    });
    let wrong = wrong.into_inner().unwrap();
    println!("{} programs, {} units", programs.len(), total.into_inner());
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
