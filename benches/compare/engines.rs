//! The engines: where they are, how they run a job, what they answer.

#[path = "../../src/cli/bench/places.rs"]
mod places;

use super::{Group, Job};
use places::pythons;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An engine, in the order of the tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    On,
    Rust,
    LuaJit,
    Node,
    PyPy,
    Off,
    Python313,
    Python38,
}
impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::On => "Taipan",
            Kind::Off => "`--jit=off`",
            Kind::Rust => "Rust",
            Kind::LuaJit => "LuaJIT",
            Kind::Node => "V8",
            Kind::PyPy => "PyPy",
            Kind::Python313 => "CPython 3.13",
            Kind::Python38 => "CPython 3.8",
        }
    }
    pub const ALL: [Kind; 8] = [
        Kind::On,
        Kind::Rust,
        Kind::LuaJit,
        Kind::Node,
        Kind::PyPy,
        Kind::Off,
        Kind::Python313,
        Kind::Python38,
    ];
    /// How often a process does its work: what compiles warms up, the others would only repeat themselves,
    /// but for the short programs of many functions, where first uses and imports show.
    fn rounds(self, job: &Job) -> usize {
        match self {
            Kind::Off | Kind::Python313 | Kind::Python38 => match job.group {
                Group::Objects => 2,
                Group::Twins | Group::Variants => 1,
            },
            Kind::On | Kind::Rust | Kind::LuaJit | Kind::Node | Kind::PyPy => 8,
        }
    }
}

pub struct Engine {
    pub kind: Kind,
    pub program: PathBuf,
    pub version: String,
}

/// One process.
pub struct Sample {
    pub printed: String,
    /// Processor time of each round, in ms; at least one.
    pub rounds: Vec<f64>,
}

fn programs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs")
}

/// Processor time of this process so far.
pub fn cpu_ms() -> f64 {
    match nix::time::clock_gettime(nix::time::ClockId::CLOCK_PROCESS_CPUTIME_ID) {
        Ok(t) => t.tv_sec() as f64 * 1e3 + t.tv_nsec() as f64 / 1e6,
        Err(e) => panic!("no clock: {e}"),
    }
}

impl Engine {
    /// Has it this job: is there a twin?
    pub fn has(&self, job: &Job) -> bool {
        let twin = |extension: &str| {
            job.group == Group::Twins
                && programs()
                    .join(format!("{}.{extension}", job.program))
                    .is_file()
        };
        match self.kind {
            Kind::Node => twin("js"),
            Kind::LuaJit => twin("lua"),
            Kind::Rust => {
                job.group == Group::Twins
                    && super::native::TWINS
                        .iter()
                        .any(|t| t.program == job.program)
            }
            Kind::On | Kind::Off | Kind::PyPy | Kind::Python313 | Kind::Python38 => true,
        }
    }

    pub fn run(&self, job: &Job) -> Result<Sample, String> {
        let mut c = Command::new(&self.program);
        c.current_dir(programs())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("TAIPAN_JIT")
            .stdin(Stdio::null());
        let file = |extension: &str| format!("{}.{extension}", job.program);
        match self.kind {
            Kind::Rust => c.args(["--twin", job.program]),
            Kind::Node => c.arg(file("js")),
            Kind::LuaJit => c.arg(file("lua")),
            Kind::Off => c.args(["--jit=off", &file("py")]),
            Kind::On | Kind::PyPy | Kind::Python313 | Kind::Python38 => c.arg(file("py")),
        };
        // A variant that is a number is a size of its own of the same program.
        if !job.variant.is_empty() && job.variant.parse::<u64>().is_err() {
            c.arg(job.variant);
        }
        c.args([job.n.to_string(), self.kind.rounds(job).to_string()]);
        let out = c.output().map_err(|e| e.to_string())?;
        let errors = String::from_utf8_lossy(&out.stderr).into_owned();
        if !out.status.success() {
            return Err(format!("{}: {errors}", out.status));
        }
        let rounds: Vec<f64> = errors
            .lines()
            .filter_map(|l| {
                l.strip_prefix("round ")?
                    .split(' ')
                    .next()?
                    .parse::<f64>()
                    .ok()
            })
            .collect();
        if rounds.len() != self.kind.rounds(job) {
            return Err(format!("it reported {} rounds", rounds.len()));
        }
        Ok(Sample {
            printed: String::from_utf8_lossy(&out.stdout).trim().to_owned(),
            rounds,
        })
    }
}

/// The engines of this machine, and the names of those that are missing.
pub fn find(taipan: &str, fast: bool) -> (Vec<Engine>, Vec<&'static str>) {
    let ask = "import platform, sys\n\
        p = getattr(sys, 'pypy_version_info', None)\n\
        print('PyPy %d.%d.%d' % tuple(p[:3]) if p else 'CPython ' + platform.python_version())";
    let mut all = Vec::new();
    let mut missing = Vec::new();
    for kind in Kind::ALL {
        let (places, args, answer): (Vec<PathBuf>, Vec<&str>, &str) = match kind {
            Kind::On | Kind::Off => (vec![taipan.into()], vec!["-V"], "Python"),
            Kind::Rust => (
                std::env::current_exe().into_iter().collect(),
                vec!["--twin", "fib", "1", "1"],
                "fib",
            ),
            Kind::LuaJit => (vec!["luajit".into()], vec!["-v"], "LuaJIT"),
            Kind::Node => (vec!["node".into()], vec!["--version"], "v"),
            Kind::PyPy => (vec!["pypy3".into()], vec!["-c", ask], "PyPy"),
            Kind::Python313 => (pythons(13), vec!["-c", ask], "CPython 3.13"),
            Kind::Python38 => (pythons(8), vec!["-c", ask], "CPython 3.8"),
        };
        if fast && matches!(kind, Kind::Off | Kind::Python313 | Kind::Python38) {
            continue;
        }
        let found = places.into_iter().find_map(|p| {
            let out = Command::new(&p).args(&args).output().ok()?;
            let text = String::from_utf8_lossy(&out.stdout).into_owned();
            text.starts_with(answer).then_some((p, text))
        });
        match found {
            None => missing.push(kind.name()),
            Some((program, text)) => all.push(Engine {
                kind,
                program,
                version: version(kind, &text),
            }),
        }
    }
    (all, missing)
}

fn version(kind: Kind, text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    match kind {
        Kind::On | Kind::Off => String::new(),
        Kind::Rust => said("rustc", &["--version"])
            .split(' ')
            .take(2)
            .collect::<Vec<_>>()
            .join(" "),
        Kind::Node => format!("node {}", words.join(" ")),
        Kind::LuaJit | Kind::PyPy | Kind::Python313 | Kind::Python38 => words.join(" "),
    }
}

/// What a program prints, or nothing.
pub fn said(program: &str, args: &[&str]) -> String {
    let out = Command::new(program)
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    out.map_or(String::new(), |o| {
        String::from_utf8_lossy(&o.stdout).trim().to_owned()
    })
}
