//! Many engines in one process: what one takes while ten thousand live, and that nothing is left of those that died.
//!
//! The tests look at a slice; all of it, 10,000 alive and 100,000 made, used and dropped:
//! `TAIPAN_ENGINES=10 cargo test --release --test engines -- --nocapture` (ten times the slice of the living, more of
//! the others).

mod counting;

use counting::held;
use std::sync::{Mutex, MutexGuard};
use taipan::{Engine, JitMode};

/// Engines that live at once.
const ALIVE: usize = 1_000;
/// Engines made one after the other: interpreted, and with everything compiled.
const MADE: [(JitMode, usize); 2] = [(JitMode::Off, 2_000), (JitMode::Always, 300)];
/// The same of a whole run, together 100,000.
const ALL_MADE: [(JitMode, usize); 2] = [(JitMode::Off, 90_000), (JitMode::Always, 10_000)];
/// Bytes of one engine at most.
const MOST: usize = 300 << 10;
/// Bytes by which the process may grow after the first engines are gone: what allocators keep by the way.
const SLACK: usize = 4 << 20;

/// A class, a closure, a cycle, a generator, text and a large int.
const PROGRAM: &str = "
class Point:
    def __init__(self, x, y):
        self.x, self.y, self.me = x, y, self
    def __add__(self, o):
        return Point(self.x + o.x, self.y + o.y)
def scaled(k):
    return lambda p: Point(p.x * k, p.y * k)
def points(n):
    for i in range(n):
        yield Point(i, -i)
def total(n):
    twice, p = scaled(2), Point(0, 0)
    for q in points(n):
        p = p + twice(q)
    try:
        return f'{p.x} {p.y} {2 ** 80 % (p.x + 7)}'
    finally:
        p.me = None
answer = total(40)
";
const ANSWER: &str = "1560 -1560 232";

/// Memory of the process is looked at: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(|e| e.into_inner())
}

/// Whether the whole run was asked for: how often the slice of the living.
fn asked() -> Option<usize> {
    std::env::var("TAIPAN_ENGINES").ok()?.parse().ok()
}

/// Bytes of this process that are resident, where `/proc` says it.
fn resident() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kib: usize = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kib << 10)
}

fn engine(mode: JitMode) -> Engine {
    let mut e = Engine::builder().jit(mode).build().expect("an engine");
    e.run(PROGRAM, "points.py").expect("it runs");
    e
}

fn check(e: &mut Engine) {
    assert_eq!(e.get_global::<String>("answer").expect("a str"), ANSWER);
}

#[test]
fn thousands_live_beside_each_other() {
    let _one = alone();
    check(&mut engine(JitMode::On));
    let n = ALIVE * asked().unwrap_or(1);
    let (before, mine) = (resident(), held());
    let mut all: Vec<Engine> = (0..n).map(|_| engine(JitMode::On)).collect();
    let host = (held() - mine) / n as isize;
    let accounted = all.iter().map(Engine::memory).max().unwrap_or(0);
    if let Some((after, before)) = resident().zip(before) {
        let each = after.saturating_sub(before) / n;
        println!(
            "{n} engines alive, bytes of each: {each} resident, {accounted} accounted, \
             {host} of the process's allocator beside chunks"
        );
        assert!(each <= MOST, "{each} bytes of each");
    }
    assert!(accounted <= MOST, "{accounted} bytes of each");
    // Address space that nothing was written to counts, too.
    assert!(host <= MOST as isize, "{host} bytes of each");
    // Each still has its own.
    for (i, e) in all.iter_mut().enumerate() {
        e.set_global("i", i).expect("an int");
    }
    for (i, e) in all.iter_mut().enumerate() {
        check(e);
        let text: String = e.eval("f'{i} {total(3)}'").expect("a str");
        assert_eq!(text, format!("{i} 6 -6 9"));
    }
}

#[test]
fn nothing_is_left_of_engines_that_are_dropped() {
    let _one = alone();
    let all = match asked() {
        Some(_) => ALL_MADE,
        None => MADE,
    };
    for (mode, n) in all {
        let one = || check(&mut engine(mode));
        // What the process keeps for the next engine is there after some.
        (0..n / 10).for_each(|_| one());
        let (mine, before) = (held(), resident());
        (0..n).for_each(|_| one());
        assert_eq!(held() - mine, 0, "{mode:?}: bytes of {n} engines");
        if let Some((after, before)) = resident().zip(before) {
            println!("{n} engines, {mode:?}: resident {before}, then {after}");
            assert!(
                after <= before + SLACK,
                "{mode:?}, {n} engines: {before} bytes resident, then {after}"
            );
        }
    }
}
