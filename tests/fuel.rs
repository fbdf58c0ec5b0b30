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

/// Inlined calls, leaves that are tested at the call, loops and generators, which all count in `log`.
const EVENTS: &str = "
log = [0]
def leaf(x):
    log[0] += 1
    return x + 1
def both(x): return leaf(x) + leaf(x + 1)
def fib(n):
    if n < 2: return n
    return fib(n - 1) + fib(n - 2)
def some(n):
    for i in range(n):
        log[0] += 1
        yield both(i)
def main(n):
    t = 0
    while n:
        t += both(n) + fib(n % 9) + len(log) + abs(-n) + isinstance(n, int)
        n -= 1
        log[0] += 1
    return t + sum(some(20)) + sum(x for x in some(5))
";

/// Wherever it ends it has done the same, natively and interpreted: charges that native code asks for together are
/// not taken together.
#[test]
fn it_ends_at_the_very_charge() {
    let made = |mode: JitMode| {
        let mut e = Engine::builder()
            .jit(mode)
            .max_fuel(1 << 40)
            .build()
            .unwrap();
        e.run(EVENTS, "events.py").unwrap();
        for _ in 0..3 {
            e.call::<i64>("main", (200,)).unwrap();
        }
        e
    };
    let ended = |e: &mut Engine, units: u64| {
        e.run("log[0] = 0", "zero.py").unwrap();
        let before = e.fuel();
        e.set_fuel(Some(units));
        let r = e.call::<i64>("main", (40,)).map_err(|e| e.to_string());
        let burnt = e.fuel() - before;
        e.set_fuel(Some(1 << 40));
        (r, burnt, e.eval::<i64>("log[0]").unwrap())
    };
    let mut off = made(JitMode::Off);
    let total = ended(&mut off, 1 << 40).1;
    let limits: Vec<u64> = (0..150).chain(total - 300..total + 2).collect();
    let want: Vec<_> = limits.iter().map(|n| ended(&mut off, *n)).collect();
    assert!(want.iter().any(|w| w.0.is_ok()) && want.iter().any(|w| w.0.is_err()));
    for mode in [JitMode::On, JitMode::Always, JitMode::Stress] {
        let mut e = made(mode);
        for (n, want) in limits.iter().zip(&want) {
            assert_eq!(&ended(&mut e, *n), want, "{mode:?}, {n} units of {total}");
        }
    }
}

/// A call from the host whose arguments native code does not take is one call all the same, whether it counts or not.
#[test]
fn a_call_that_does_not_fit_is_counted_once() {
    for limited in [false, true] {
        for mode in [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress] {
            let mut e = Engine::builder().jit(mode).jit_seed(1).build().unwrap();
            e.set_fuel(limited.then_some(1 << 40));
            e.run("def add(a, b):\n    return a + b\n", "add.py")
                .unwrap();
            let ints = e.function::<(i64, i64), i64>("add").unwrap();
            let texts = e.function::<(&str, &str), String>("add").unwrap();
            let burnt = |e: &mut Engine, f: &dyn Fn(&mut Engine)| {
                let before = e.fuel();
                f(e);
                e.fuel() - before
            };
            let fits = |e: &mut Engine| assert_eq!(ints.call(e, (20, 3)).unwrap(), 23);
            for _ in 0..300 {
                let one = burnt(&mut e, &fits);
                assert!(one == 1 || !limited && one == 0, "{mode:?}: {one}");
            }
            let entries = e.vm().jit.stats.entries.get();
            let one = burnt(&mut e, &|e| {
                assert_eq!(texts.call(e, ("a", "b")).unwrap(), "ab");
            });
            assert_eq!(one, 1, "{mode:?}, limited: {limited}");
            // It was the open entry that went the general way.
            assert_eq!(
                e.vm().jit.stats.entries.get() > entries,
                mode != JitMode::Off
            );
        }
    }
}
