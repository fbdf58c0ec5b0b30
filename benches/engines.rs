//! Many engines: what it costs to make, use and drop one, and whether two on two threads do twice as much as one.
//!
//! `cargo bench --bench engines`. Times are the processor's, of a thread, so that other programs on the machine
//! disturb them little. Two threads that disturb each other take more of it each: locks that spin and cache lines that
//! go to and fro cost time; and where one waits for the other, that is counted. Plain Rust code stands beside: what
//! that loses is the machine's.

use nix::sys::resource::{UsageWho, getrusage};
use nix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::sync::Barrier;
use std::time::Duration;
use taipan::{Engine, Error, JitMode};

const ROUNDS: usize = 21;

const PROGRAM: &str = "
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
def make(n):
    kept = {}
    for i in range(n):
        kept[i % 100] = [Point(i, str(i)), (i, i + 1)]
    return len(kept)
def count(n):
    s = 0
    for i in range(n):
        s = s + i % 7
    return s
";

/// Time of the processor that this thread has taken.
fn used() -> Duration {
    let t = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("a clock of the thread");
    Duration::from(t)
}

/// How often this thread has waited for something.
fn waits() -> i64 {
    #[cfg(target_os = "linux")]
    let who = UsageWho::RUSAGE_THREAD;
    #[cfg(not(target_os = "linux"))]
    let who = UsageWho::RUSAGE_SELF;
    getrusage(who).map_or(0, |u| u.voluntary_context_switches())
}

fn engine(mode: JitMode) -> Result<Engine, Error> {
    let mut e = Engine::builder().jit(mode).build()?;
    e.run(PROGRAM, "bench.py")?;
    Ok(e)
}

/// Microseconds of the best round and of the middle one, for one of `n`.
fn each(n: usize, mut one: impl FnMut() -> Result<(), Error>) -> Result<(f64, f64), Error> {
    one()?;
    let mut all = Vec::new();
    for _ in 0..ROUNDS {
        let t = used();
        for _ in 0..n {
            one()?;
        }
        all.push((used() - t).as_secs_f64() * 1e6 / n as f64);
    }
    all.sort_by(f64::total_cmp);
    Ok((all[0], all[ROUNDS / 2]))
}

/// What threads do over and over; made in the thread.
type Work = Box<dyn FnMut()>;
type Make = fn() -> Work;

/// So many threads do the same at once: milliseconds that a round takes of a thread, in the middle of all rounds, and
/// how often threads waited in them.
fn at_once(threads: usize, work: Make) -> (f64, i64) {
    let start = Barrier::new(threads);
    let one = || {
        let mut f = work();
        f();
        let round = || {
            start.wait();
            let (t, w) = (used(), waits());
            f();
            ((used() - t).as_secs_f64() * 1e3, waits() - w)
        };
        let rounds = std::iter::repeat_with(round);
        rounds.take(ROUNDS).collect::<Vec<_>>()
    };
    let mut rounds: Vec<(f64, i64)> = std::thread::scope(|s| {
        let all: Vec<_> = (0..threads).map(|_| s.spawn(one)).collect();
        let all = all.into_iter().map(|t| t.join().expect("a thread"));
        all.flatten().collect()
    });
    rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let waited = rounds.iter().map(|r| r.1).sum();
    (rounds[rounds.len() / 2].0, waited)
}

/// A call of a program's function in an engine of the thread's own.
fn calls(mode: JitMode, name: &str, n: u64) -> Work {
    let mut e = engine(mode).expect("an engine");
    let f = e.function::<(u64,), u64>(name).expect("a function");
    Box::new(move || {
        black_box(f.call(&mut e, (n,)).expect("it runs"));
    })
}

fn made(mode: JitMode) -> Work {
    Box::new(move || {
        for _ in 0..100 {
            let mut e = engine(mode).expect("an engine");
            let n: i64 = e.call("make", (300,)).expect("it runs");
            assert_eq!(n, 100);
        }
    })
}

/// What is looked at on one thread and on two.
const WORKS: [(&str, Make); 6] = [
    ("plain Rust", || {
        Box::new(|| {
            let mut s = 0u64;
            for i in 0..black_box(60_000_000u64) {
                s = black_box(s ^ i.wrapping_mul(i));
            }
        })
    }),
    ("objects made, interpreted", || {
        calls(JitMode::Off, "make", 100_000)
    }),
    ("objects made, compiled", || {
        calls(JitMode::On, "make", 300_000)
    }),
    ("a loop of ints, interpreted", || {
        calls(JitMode::Off, "count", 1_000_000)
    }),
    ("a loop of ints, compiled", || {
        calls(JitMode::On, "count", 20_000_000)
    }),
    ("100 engines made, used, dropped", || made(JitMode::On)),
];

fn main() -> Result<(), Error> {
    println!("{:40} {:>8} {:>8}", "", "best µs", "median");
    let row = |what: &str, t: (f64, f64)| println!("{what:40} {:8.1} {:8.1}", t.0, t.1);
    let t = each(200, || {
        drop(Engine::new());
        Ok(())
    });
    row("an engine made and dropped", t?);
    for (what, mode) in [("interpreted", JitMode::Off), ("compiled", JitMode::On)] {
        let t = each(50, || {
            engine(mode)?.call::<i64>("make", (300,))?;
            Ok(())
        });
        row(&format!("made, used and dropped, {what}"), t?);
    }
    println!(
        "\n{:34} {:>9} {:>9} {:>7} {:>7}",
        "", "alone ms", "two ms", "scale", "waits"
    );
    for (what, work) in WORKS {
        let (alone, two) = (at_once(1, work), at_once(2, work));
        println!(
            "{what:34} {:9.2} {:9.2} {:7.2} {:7}",
            alone.0,
            two.0,
            2.0 * alone.0 / two.0,
            two.1
        );
    }
    Ok(())
}
