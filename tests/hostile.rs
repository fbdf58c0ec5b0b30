//! Programs that try to crash, hang or flood an engine: a folder of the conformance material
//! that is not part of this repository. `TAIPAN_CONFORMANCE` names it; else the folder
//! `shared/conformance` beside the checkout is looked for. Without one the test says so and is skipped.
//!
//! Line 1 of a program says how it may end: `# expect: ok | exc:TypeError,ValueError | limit | denied`. Each runs in
//! the sandbox under limits of memory, output and depth, in every mode, and ends as it says. Where a limit is part
//! of the answer it is one of time, too, and then the program is to stop long before the patience of this test ends;
//! no other program's end hangs on how fast the machine is.
//!
//! In a process of its own: what the system says of a child's memory counts that of the process it was forked from.

mod hostile_programs;

use hostile_programs::{folder, programs_of};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const MODES: [&str; 4] = ["off", "on", "always", "stress"];
/// A debugging build is slow, and machines are shared; only a hang takes this long.
const PATIENCE: Duration = Duration::from_secs(60);

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
