//! Runs a program in every way, and under CPython.

use super::tree::{Stmt, source};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use taipan::{Deopt, Engine, Error, JitMode};

/// What a program may burn: enough to get hot everywhere.
pub const FUEL: u64 = 200_000;
/// The same under GC stress, where each safepoint takes long.
const STRESSED: u64 = 700;

/// How a program ended.
#[derive(Clone, PartialEq, Eq)]
pub struct End {
    pub out: String,
    pub error: String,
    pub fuel: u64,
}

impl End {
    /// A limit stopped it, so that another engine cannot be asked.
    fn limited(&self) -> bool {
        self.error.starts_with("out of fuel") || self.limited_by_memory()
    }
    fn limited_by_memory(&self) -> bool {
        self.out.contains("MemoryError") || self.error.contains("MemoryError")
    }
}

/// A way to run a program.
#[derive(Clone, Copy)]
struct Way {
    name: &'static str,
    mode: JitMode,
    gc: bool,
    /// Each guard in so many fails.
    failing: Option<u64>,
    /// None: not counted; native code that counts fuel is another code.
    fuel: Option<u64>,
}

const OFF: Way = Way {
    name: "off",
    mode: JitMode::Off,
    gc: false,
    failing: None,
    fuel: Some(FUEL),
};

/// The ways beside `off`.
fn ways(seed: u64) -> [Way; 5] {
    let even = seed.is_multiple_of(2);
    [
        Way {
            name: "on",
            mode: JitMode::On,
            fuel: OFF.fuel.filter(|_| even),
            ..OFF
        },
        Way {
            name: "always",
            mode: JitMode::Always,
            fuel: OFF.fuel.filter(|_| !even),
            ..OFF
        },
        Way {
            name: "stress",
            mode: JitMode::Stress,
            // It ends anywhere, at the same place as without native code.
            fuel: Some(if seed % 4 == 1 {
                200 + seed * 7919 % 5000
            } else {
                FUEL
            }),
            ..OFF
        },
        Way {
            name: "failing guards",
            mode: JitMode::On,
            failing: Some([1, 2, 3, 7, 20, 100][seed as usize / 2 % 6]),
            fuel: OFF.fuel.filter(|_| !even),
            ..OFF
        },
        Way {
            name: "gc stress",
            mode: if even { JitMode::Always } else { JitMode::Off },
            gc: true,
            fuel: Some(STRESSED),
            ..OFF
        },
    ]
}

/// Bytes a program may have; and when what differs is looked at again: a program may have caught its MemoryError.
const MEMORY: usize = 4 << 20;
const ROOM: usize = 64 << 20;

fn run(source: &str, way: &Way, seed: u64, memory: usize) -> End {
    let mut b = Engine::builder()
        .jit(way.mode)
        .jit_seed(seed)
        .gc_stress(way.gc)
        .deopt(way.failing.map(Deopt::Every))
        .compile_allowance(std::time::Duration::from_secs(1000))
        .max_memory(memory);
    if let Some(f) = way.fuel {
        b = b.count(true).max_fuel(f);
    }
    let mut e = b.build().expect("an engine");
    let error = match e.run(source, "program.py") {
        Ok(()) => String::new(),
        Err(Error::Python(p)) => p.traceback,
        Err(e) => format!("{e}\n"),
    };
    End {
        out: e.take_output(),
        error,
        fuel: e.fuel(),
    }
}

/// What differs, way by way; empty: nothing. `alone`: whether CPython may not be asked.
pub fn check(
    seed: u64,
    program: &[Stmt],
    alone: bool,
    python: Option<&mut Python>,
) -> (String, bool) {
    let text = source(program);
    let mut report = String::new();
    let off = run(&text, &OFF, seed, MEMORY);
    if off.limited_by_memory() {
        return (report, false);
    }
    if off.error.contains("SyntaxError") || off.error.contains("IndentationError") {
        let _ = writeln!(report, "generator: {}", off.error.replace('\n', " "));
        return (report, false);
    }
    for w in &ways(seed) {
        if w.fuel.is_none() && off.limited() {
            continue;
        }
        let fuel = w.fuel.or(OFF.fuel);
        let run_as = |w: &Way, want: &End, memory| {
            let mut got = run(&text, w, seed, memory);
            if w.fuel.is_none() {
                got.fuel = want.fuel;
            }
            got
        };
        let plain = Way { fuel, ..OFF };
        let mut want = match fuel {
            Some(FUEL) => off.clone(),
            _ => run(&text, &plain, seed, MEMORY),
        };
        let mut got = run_as(w, &want, MEMORY);
        // When memory ends depends on what else is in it.
        if got != want && !got.limited_by_memory() {
            want = run(&text, &plain, seed, ROOM);
            got = run_as(w, &want, ROOM);
        }
        if got != want && !got.limited_by_memory() {
            let _ = writeln!(report, "{} against off: {}", w.name, differ(&got, &want));
        }
    }
    let mut asked = false;
    let deep = off.out.contains("RecursionError") || off.error.contains("RecursionError");
    if !alone
        && !deep
        && !off.limited()
        && let Some(p) = python
        && let Some((out, error)) = p.ask(&text)
        && !out.contains("MemoryError")
    {
        asked = true;
        let mine = End {
            out: without_addresses(&off.out),
            error: without_addresses(&off.error),
            fuel: off.fuel,
        };
        let theirs = End {
            out: without_addresses(&out),
            error: without_addresses(&error),
            fuel: off.fuel,
        };
        if mine != theirs {
            let _ = writeln!(report, "off against CPython: {}", differ(&mine, &theirs));
        }
    }
    (report, asked)
}

/// Where an object lies is its own business.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut out = parts.next().unwrap_or_default().to_string();
    for p in parts {
        out.push_str(" at ");
        out.push_str(p.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

fn differ(got: &End, want: &End) -> String {
    for (what, a, b) in [
        ("stdout", &got.out, &want.out),
        ("error", &got.error, &want.error),
    ] {
        let (mut x, mut y) = (a.lines(), b.lines());
        for n in 1.. {
            match (x.next(), y.next()) {
                (None, None) => break,
                (p, q) if p == q => {}
                (p, q) => return format!("{what} line {n}: got {p:?} want {q:?}"),
            }
        }
    }
    format!("fuel: got {} want {}", got.fuel, want.fuel)
}

/// Runs programs one after the other, each in a namespace of its own. A program is a line of hexadecimal
/// digits on stdin; the answer is what it printed, and its traceback, in the same form.
const DRIVER: &str = r#"
import sys, io, signal, traceback, contextlib, warnings, resource
warnings.simplefilter('ignore')
limit = sys.getrecursionlimit() + 2  # this module's frame and exec's
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
class Late(BaseException):
    pass
def late(*args):
    raise Late
signal.signal(signal.SIGALRM, late)
for line in sys.stdin:
    source = bytes.fromhex(line).decode()
    out = io.StringIO()
    error = ''
    sys.setrecursionlimit(limit)
    with contextlib.redirect_stdout(out):
        try:
            signal.setitimer(signal.ITIMER_REAL, 5, 0.1)
            exec(compile(source, 'program.py', 'exec'), {'__name__': '__main__'})
            signal.setitimer(signal.ITIMER_REAL, 0)
        except BaseException as e:
            signal.setitimer(signal.ITIMER_REAL, 0)
            lines = traceback.format_exception(type(e), e, e.__traceback__.tb_next)
            error = ''.join(lines)
    late = 'Late' in error
    sys.__stdout__.write('late\n' if late else out.getvalue().encode().hex() + ' ' + error.encode().hex() + '\n')
    sys.__stdout__.flush()
"#;

/// A CPython 3.8 that is asked again and again.
pub struct Python {
    path: PathBuf,
    child: Option<(Child, BufReader<std::process::ChildStdout>)>,
    /// Programs this process has run.
    ran: usize,
}

/// Programs a process runs.
const BATCH: usize = 500;

impl Python {
    pub fn new(path: &Path) -> Python {
        Python {
            path: path.into(),
            child: None,
            ran: 0,
        }
    }
    fn start(&mut self) -> Option<()> {
        let mut child = Command::new(&self.path)
            .args(["-I", "-S", "-c", DRIVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // It dies of some recursion errors; there is no answer then.
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let out = BufReader::new(child.stdout.take()?);
        self.child = Some((child, out));
        self.ran = 0;
        Some(())
    }
    fn stop(&mut self) {
        if let Some((mut c, _)) = self.child.take() {
            let _ = c.kill();
            let _ = c.wait();
        }
    }
    /// What a program prints and its traceback; None when it took too long or took the process with it.
    pub fn ask(&mut self, source: &str) -> Option<(String, String)> {
        if self.ran >= BATCH {
            self.stop();
        }
        if self.child.is_none() {
            self.start()?;
        }
        self.ran += 1;
        let hex: String = source.bytes().map(|b| format!("{b:02x}")).collect();
        let (child, out) = self.child.as_mut()?;
        let mut line = String::new();
        let sent = child
            .stdin
            .as_mut()
            .map(|i| writeln!(i, "{hex}").and_then(|()| i.flush()));
        if !matches!(sent, Some(Ok(()))) || !matches!(out.read_line(&mut line), Ok(n) if n > 0) {
            self.stop();
            return None;
        }
        let (o, e) = line.trim_end_matches('\n').split_once(' ')?;
        let text = |hex: &str| -> Option<String> {
            let bytes: Option<Vec<u8>> = hex
                .as_bytes()
                .chunks(2)
                .map(|c| u8::from_str_radix(std::str::from_utf8(c).ok()?, 16).ok())
                .collect();
            Some(String::from_utf8_lossy(&bytes?).into_owned())
        };
        Some((text(o)?, text(e)?))
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        self.stop();
    }
}
