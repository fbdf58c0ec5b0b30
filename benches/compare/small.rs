//! Small costs: a start, and the compilation of fib.

use super::engines::{Engine, Kind};
use super::median;
use nix::sys::resource::{UsageWho, getrusage};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

const STARTS: usize = 25;

/// `--cost COMMAND...`: runs it as the only child and prints wall ms and its peak memory in KiB.
pub fn cost(command: &[String]) -> ExitCode {
    let Some((program, args)) = command.split_first() else {
        return ExitCode::from(2);
    };
    let began = Instant::now();
    let status = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .status();
    let wall = began.elapsed().as_secs_f64() * 1e3;
    match (status, getrusage(UsageWho::RUSAGE_CHILDREN)) {
        (Ok(s), Ok(u)) if s.success() => {
            println!("{wall:.3} {}", u.max_rss());
            ExitCode::SUCCESS
        }
        (s, _) => {
            eprintln!("{program}: {s:?}");
            ExitCode::FAILURE
        }
    }
}

/// Wall ms and KiB.
fn one(program: &str, args: &[&str]) -> Option<(f64, f64)> {
    let me = std::env::current_exe().ok()?;
    let out = Command::new(me)
        .arg("--cost")
        .arg(program)
        .args(args)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let (ms, kib) = text.trim().split_once(' ')?;
    Some((ms.parse().ok()?, kib.parse().ok()?))
}

/// Compile time of fib, in ms, of some processes.
fn compile_ms(taipan: &str) -> Vec<f64> {
    let fib = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/programs/fib.py");
    (0..9)
        .filter_map(|_| {
            let out = Command::new(taipan)
                .args(["--stats=json", fib, "24"])
                .output()
                .ok()?;
            let text = String::from_utf8_lossy(&out.stderr).into_owned();
            let rest = text.split_once("\"compile_ms\": {\"all\": ")?.1;
            rest.split(',').next()?.parse::<f64>().ok()
        })
        .collect()
}

pub fn report(taipan: &str, all: &[Engine]) -> String {
    let mut out = String::from(
        "\n| small costs | Taipan | CPython 3.8 `-I -S` | ratio | at most |\n|---|---|---|---|---|\n",
    );
    let python = all.iter().find(|e| e.kind == Kind::Python38);
    if let Some(p) = python {
        let p = p.program.to_string_lossy().into_owned();
        let (mut mine, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..STARTS {
            mine.extend(one(taipan, &["-c", "pass"]));
            theirs.extend(one(&p, &["-I", "-S", "-c", "pass"]));
        }
        let of = |v: &[(f64, f64)], f: fn(&(f64, f64)) -> f64| median(v.iter().map(f).collect());
        for (what, f, most) in [
            (
                "`-c pass`, wall ms",
                (|x: &(f64, f64)| x.0) as fn(&(f64, f64)) -> f64,
                0.5,
            ),
            ("`-c pass`, peak MiB", |x| x.1 / 1024.0, 1.0),
        ] {
            let (a, b) = (of(&mine, f), of(&theirs, f));
            out += &format!("| {what} | {a:.2} | {b:.2} | {:.2} | {most:.1} |\n", a / b);
        }
    }
    let ms = compile_ms(taipan);
    out += &format!(
        "| fib compiled (with what is compiled beside it), ms | {:.2} | | | 1.0 |\n",
        median(ms)
    );
    out
}
