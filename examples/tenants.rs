//! Many tenants on threads: each has an engine of its own with limits of its own, and none notices what another does.
//!
//! `cargo run --release --example tenants`

use std::io::Write;
use std::time::Duration;
use taipan::{Engine, Error};

type Done = Result<(), Box<dyn std::error::Error>>;

/// What tenants bring: some mean well.
const PROGRAMS: [(&str, &str); 5] = [
    (
        "counts words",
        "
words = {}
for w in ('to be or not to be ' * 2000).split():
    words[w] = words.get(w, 0) + 1
result = max(words, key=words.get) + f' {max(words.values())}'
",
    ),
    ("eats memory", "x = []\nwhile True: x.append('x' * len(x))"),
    (
        "never ends",
        "
while True:
    try:
        while True: pass
    except BaseException:
        pass
",
    ),
    ("prints a lot", "while True: print('spam' * 100)"),
    ("reads files", "result = open('/etc/passwd').read()"),
];

fn serve(source: &str) -> Result<String, Error> {
    let mut engine = Engine::builder()
        .max_memory(32 << 20)
        .max_time(Duration::from_secs(2))
        .max_output(1 << 20)
        .build()?;
    engine.run(source, "tenant.py")?;
    engine.get_global("result")
}

fn line(name: &str, r: Result<String, Error>) -> String {
    match r {
        Ok(text) => format!("{name}: {text}"),
        Err(Error::Python(e)) => format!("{name}: {}: {}", e.type_name, e.message),
        Err(e) => format!("{name}: {e}"),
    }
}

/// Serves each program `times` times, on as many threads as the machine has.
pub fn run(times: usize, out: &mut impl Write) -> Done {
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get());
    let jobs: Vec<_> = (0..times).flat_map(|_| PROGRAMS).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let mut lines: Vec<String> = std::thread::scope(|s| {
        let work = || {
            let mut done = Vec::new();
            loop {
                let i = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                let Some((name, source)) = jobs.get(i) else {
                    return done;
                };
                done.push(line(name, serve(source)));
            }
        };
        let all: Vec<_> = (0..threads).map(|_| s.spawn(work)).collect();
        all.into_iter()
            .flat_map(|t| t.join().unwrap_or_default())
            .collect()
    });
    lines.sort();
    lines.dedup();
    for l in lines {
        writeln!(out, "{l}")?;
    }
    Ok(())
}

#[allow(dead_code)] // its test calls `run`
fn main() -> Done {
    run(4, &mut std::io::stdout())
}
