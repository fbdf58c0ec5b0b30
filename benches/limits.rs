//! What limits cost, and how late they come: `cargo bench --bench limits`, or with `cost` or `late` behind `--` one
//! of the two.
//!
//! The cost is the processor time of a thread, the best of many rounds in which the engines take turns. A deadline
//! that passes while a builtin works on much data is late by the time until the host has control again.

use std::hint::black_box;
use std::time::{Duration, Instant};
use taipan::{Engine, Error, Function, Terminate};

const ROUNDS: usize = 31;

/// Name, source of `main(n)`, `n`.
const PROGRAMS: [(&str, &str, i64); 5] = [
    (
        "fib(32)",
        "def fib(n):\n    if n < 2: return n\n    return fib(n - 1) + fib(n - 2)\ndef main(n): return fib(n)\n",
        32,
    ),
    (
        "ints in a while",
        "def main(n):\n    i = s = 0\n    while i < n:\n        s += i * i & 7\n        i += 1\n    return s\n",
        20_000_000,
    ),
    (
        "floats in a range",
        "def main(n):\n    s = 0.0\n    for i in range(n):\n        s = s * 0.5 + i\n    return int(s)\n",
        10_000_000,
    ),
    (
        "items of a list",
        "def main(n):\n    a = list(range(1000))\n    s = 0\n    for k in range(n):\n        for i in range(1000):\n            s += a[i]\n    return s\n",
        10_000,
    ),
    (
        "calls in a loop",
        "def f(x, y): return x + y\ndef main(n):\n    s = 0\n    for i in range(n):\n        s = f(s, i) & 65535\n    return s\n",
        10_000_000,
    ),
];

/// What is armed.
const ARMED: [&str; 4] = ["nothing", "a deadline", "a handle", "fuel"];

/// Of this thread, in seconds.
fn processor_time() -> f64 {
    let t = nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID);
    t.map_or(f64::NAN, |t| Duration::from(t).as_secs_f64())
}

/// Seconds of the best round, by what is armed.
fn costs(text: &str, n: i64) -> Result<[f64; 4], Error> {
    let mut engines = Vec::new();
    let mut handles = Vec::new();
    for what in ARMED {
        let mut e = Engine::new();
        match what {
            "a deadline" => e.set_deadline(Some(Instant::now() + Duration::from_secs(3600)))?,
            "a handle" => handles.push(e.interrupt_handle()),
            "fuel" => e.set_fuel(Some(u64::MAX / 2)),
            _nothing => (),
        }
        e.run(text, "bench.py")?;
        let f: Function<(i64,), i64> = e.function("main")?;
        engines.push((e, f));
    }
    let mut best = [f64::INFINITY; 4];
    let mut want = None;
    for round in 0..ROUNDS {
        for k in 0..ARMED.len() {
            // Who comes after whom changes.
            let k = (k + round) % ARMED.len();
            let (e, f) = &mut engines[k];
            let began = processor_time();
            let r = f.call(e, (black_box(n),))?;
            // The first rounds compile.
            if round > 2 {
                best[k] = best[k].min(processor_time() - began);
            }
            assert_eq!(*want.get_or_insert(r), r);
        }
    }
    Ok(best)
}

fn cost() -> Result<(), Error> {
    print!("{:20} {:>10}", "", "ms");
    for what in &ARMED[1..] {
        print!(" {what:>12}");
    }
    println!();
    for (name, text, n) in PROGRAMS {
        let best = costs(text, n)?;
        print!("{name:20} {:10.2}", best[0] * 1e3);
        for t in &best[1..] {
            print!(" {:+11.1}%", (t / best[0] - 1.0) * 100.0);
        }
        println!();
    }
    Ok(())
}

/// What is done before, and what takes long then.
const KINDS: [(&str, &str, &str); 32] = [
    ("copy of a str", "s = 'ab' * (N // 2)", "s + s"),
    ("search of a str", "s = 'ab' * (N // 2)", "s.find('aa')"),
    ("case of a str", "s = 'ab' * (N // 2)", "s.upper()"),
    (
        "case of wide text",
        "s = '\\xe4b' * (N // 8)",
        "s.casefold()",
    ),
    (
        "split of a str",
        "s = 'abcdefg ' * (N // 8)",
        "s.split('q')",
    ),
    (
        "replace in a str",
        "s = 'abcdefgh' * (N // 8)",
        "s.replace('a', 'xy')",
    ),
    ("encoding", "s = '\\xe4b' * (N // 2)", "s.encode('utf-8')"),
    ("decoding", "b = b'ab' * (N // 2)", "b.decode('utf-8')"),
    ("repr of a str", "s = 'ab' * (N // 2)", "repr(s)"),
    (
        "comparison of strs",
        "s = 'ab' * (N // 2); t = 'ab' * (N // 2)",
        "s == t",
    ),
    ("hash of a str", "s = 'ab' * (N // 2)", "hash(s)"),
    ("hex of bytes", "b = bytes(N)", "b.hex()"),
    (
        "translate of bytes",
        "b = bytes(N)",
        "b.translate(bytes(range(256)))",
    ),
    ("copy of a list", "a = [1] * (N // 8)", "a[:]"),
    (
        "comparison of lists",
        "a = [1] * (N // 8); b = [1] * (N // 8)",
        "a == b",
    ),
    ("sum of a range", "", "sum(range(N * 8))"),
    (
        "sort of a list",
        "a = list(range(N // 64))[::-1]; a += a",
        "sorted(a)",
    ),
    ("text of a big int", "i = 1 << N", "hex(i)"),
    (
        "decimal text of an int",
        "import sys; sys.set_int_max_str_digits(0); i = 3 ** (N // 64)",
        "str(i)",
    ),
    ("sum of big ints", "i = (1 << N) - 1", "i + i"),
    (
        "quotient of a big int",
        "i = (1 << N // 4) - 1; j = (1 << 6400) - 1",
        "i // j",
    ),
    ("copy of a set", "a = set(range(N // 64))", "set(a)"),
    ("growth of a dict", "", "dict.fromkeys(range(N // 16))"),
    ("copy of a bytearray", "a = bytearray(N)", "bytearray(a)"),
    (
        "sort of strs",
        "a = [str(i * 7919 % 65521) for i in range(N // 4096)]",
        "[sorted(a) for i in range(30)]",
    ),
    ("repr of a list", "a = [1.5] * (N // 64)", "repr(a)"),
    (
        "source of one display",
        "s = '[' + '1,' * (N // 512) + ']'",
        "compile(s, 'f', 'eval')",
    ),
    ("product of big ints", "i = (1 << N // 16) - 1", "i * i"),
    (
        "source of many lines",
        "s = 'x = 1\\n' * (N // 64)",
        "compile(s, 'f', 'exec')",
    ),
    (
        "source of one function",
        "s = 'def f():\\n' + ' x = y\\n' * (N // 256)",
        "compile(s, 'f', 'exec')",
    ),
    (
        "source with an error",
        "s = 'x = 1\\n' * (N // 256) + 'x = = 1'",
        "\n try: compile(s, 'f', 'exec')\n except SyntaxError: pass",
    ),
    (
        "run of a long source",
        "s = 'x = 1\\n' * (N // 256)",
        "exec(s)",
    ),
];

/// Milliseconds of this thread from an interrupt until the host has control again, for interrupts after more and more
/// time: of the processor's time, so that it is no matter who else runs.
fn processor_lateness(e: &mut Engine) -> Result<Vec<f64>, Error> {
    let thread = std::fs::read_link("/proc/thread-self").ok();
    let id = thread.and_then(|p| p.file_name()?.to_str()?.parse::<i32>().ok());
    let Some(id) = id else {
        return Ok(Vec::new());
    };
    // As the system numbers the clock of a thread's own time.
    let clock = nix::time::ClockId::from_raw(!id << 3 | 6);
    let now = move || {
        let t = nix::time::clock_gettime(clock);
        t.map_or(f64::NAN, |t| Duration::from(t).as_secs_f64() * 1e3)
    };
    let mut out = Vec::new();
    for round in 0..15 {
        let handle = e.interrupt_handle();
        let asker = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(2 + 7 * round));
            let then = now();
            handle.interrupt();
            then
        });
        let r = e.call::<taipan::Object>("main", ());
        let end = now();
        let then = asker.join().unwrap_or(f64::NAN);
        match r {
            Err(Error::Terminated(Terminate::Interrupted)) => out.push(end - then),
            Ok(_) => {
                // Who was asked too late hears it in the next call.
                let _ = e.call::<taipan::Object>("main", ());
                break;
            }
            Err(e) => return Err(e),
        }
    }
    Ok(out)
}

/// Milliseconds after its time that a deadline was heard of, and of the processor after an interrupt.
fn lateness(before: &str, work: &str) -> Result<[Vec<f64>; 2], Error> {
    let mut e = Engine::new();
    e.run(&format!("N = 1 << 28\n{before}\n"), "bench.py")?;
    e.run(&format!("def main(): {work}\n"), "bench.py")?;
    let mut out = Vec::new();
    for round in 0..15 {
        let at = Instant::now() + Duration::from_millis(2 + 7 * round);
        e.set_deadline(Some(at))?;
        let r = e.call::<taipan::Object>("main", ());
        let late = at.elapsed().as_secs_f64() * 1e3;
        e.set_deadline(None)?;
        match r {
            Err(Error::Terminated(Terminate::Deadline)) => out.push(late),
            // It was done before.
            Ok(_) => break,
            Err(e) => return Err(e),
        }
    }
    let processor = processor_lateness(&mut e)?;
    Ok([out, processor])
}

/// Below which so many of a hundred lie; 0 of none.
fn quantiles(ms: &mut [f64], of: [usize; 2]) -> [f64; 2] {
    ms.sort_by(f64::total_cmp);
    let at = |q: usize| (ms.len() * q / 100).min(ms.len().saturating_sub(1));
    of.map(|q| ms.get(at(q)).copied().unwrap_or_default())
}

fn late() -> Result<(), Error> {
    println!(
        "{:31} {:>18} {:>19}",
        "", "by the clock, ms", "of the processor"
    );
    println!(
        "{:24} {:>6} {:>9} {:>8} {:>10} {:>8}",
        "", "rounds", "median", "most", "median", "most"
    );
    let mut all = [Vec::new(), Vec::new()];
    for (name, before, work) in KINDS {
        let mut both = lateness(before, work)?;
        print!("{name:24} {:6}", both[0].len());
        for (ms, all) in both.iter_mut().zip(&mut all) {
            let [middle, last] = quantiles(ms, [50, 100]);
            print!(" {middle:9.2} {last:8.2} ");
            all.append(ms);
        }
        println!();
    }
    for (ms, of) in all.iter_mut().zip(["the clock", "the processor"]) {
        let [p99, last] = quantiles(ms, [99, 100]);
        println!("of {} by {of}: p99 {p99:.2}, most {last:.2} ms", ms.len());
    }
    Ok(())
}

fn main() -> Result<(), Error> {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let is = |what: &str| wanted.is_empty() || wanted.iter().any(|w| w == what);
    if is("cost") {
        cost()?;
    }
    if is("late") {
        late()?;
    }
    Ok(())
}
