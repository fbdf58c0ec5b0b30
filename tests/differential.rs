//! Random programs of the language, run in every mode: same output, same errors, same fuel.
//!
//! `TAIPAN_PROGRAMS=20000 cargo test --test differential` looks further, `TAIPAN_PROGRAM=seed` prints and
//! runs one. Where CPython 3.8 is found it runs them too, many in one process.

mod oracle;

use oracle::python38;
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use taipan::{Engine, Error, JitMode};

const PROGRAMS: u64 = 120;
/// What a program may burn: enough to get hot everywhere.
const FUEL: u64 = 200_000;
/// Programs that one CPython runs.
const BATCH: usize = 50;

struct Random(u64);
impl Random {
    fn new(seed: u64) -> Random {
        let mut r = Random(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..8 {
            r.next();
        }
        r
    }
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n.max(1)
    }
    fn one(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const INTS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "10",
    "-5",
    "100",
    "255",
    "65536",
    "2147483647",
    "-2147483648",
    "140737488355327",
    "281474976710655",
    "281474976710656",
    "-281474976710656",
    "-281474976710657",
    "4611686018427387904",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "3037000500",
    "18446744073709551616",
    "100000000000000000000",
];
const FLOATS: &[&str] = &[
    "0.0",
    "-0.0",
    "1.0",
    "0.5",
    "-2.5",
    "1e10",
    "1e308",
    "5e-324",
    "9007199254740992.0",
    "3.7",
];
const OTHERS: &[&str] = &[
    "None", "True", "False", "'ab'", "''", "[1, 2]", "(1, 2.5)", "{'k': 1}",
];

/// Writes one program.
struct Gen {
    r: Random,
    out: String,
    depth: usize,
    /// Locals in scope, all bound or possibly unbound.
    names: Vec<String>,
    /// Functions that may be called: name, number of parameters, how many have defaults.
    funcs: Vec<(String, usize, usize)>,
    in_func: bool,
    loops: usize,
    fresh: usize,
    trying: usize,
}

impl Gen {
    fn program(seed: u64) -> String {
        let mut g = Gen {
            r: Random::new(seed),
            out: String::new(),
            depth: 0,
            names: Vec::new(),
            funcs: Vec::new(),
            in_func: false,
            loops: 0,
            fresh: 0,
            trying: 0,
        };
        g.all();
        g.out
    }
    fn line(&mut self, s: &str) {
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
        self.out.push_str(s);
        self.out.push('\n');
    }
    fn literal(&mut self) -> String {
        match self.r.below(10) {
            0..=5 => self.r.pick(INTS).into(),
            6 | 7 => self.r.pick(FLOATS).into(),
            _ => self.r.pick(OTHERS).into(),
        }
    }
    fn atom(&mut self) -> String {
        if self.names.is_empty() || self.r.one(4) {
            let l = self.literal();
            return format!("({l})");
        }
        let i = self.r.below(self.names.len());
        self.names[i].clone()
    }
    /// Something without quotes.
    fn name(&mut self) -> String {
        if self.names.is_empty() {
            return "7".into();
        }
        let i = self.r.below(self.names.len());
        self.names[i].clone()
    }
    fn expr(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.atom();
        }
        let d = depth - 1;
        match self.r.below(20) {
            0..=8 => {
                let op = self
                    .r
                    .pick(&["+", "-", "*", "+", "-", "*", "//", "%", "/", "&", "|", "^"]);
                let (a, b) = (self.expr(d), self.expr(d));
                format!("({a} {op} {b})")
            }
            9 => {
                let (a, n) = (self.expr(d), self.r.below(70));
                let op = self.r.pick(&["<<", ">>"]);
                format!("({a} {op} {n})")
            }
            10 | 11 => {
                let op = self.r.pick(&["<", "<=", "==", "!=", ">", ">="]);
                let (a, b) = (self.expr(d), self.expr(d));
                format!("({a} {op} {b})")
            }
            12 => {
                let (a, b, c) = (self.expr(d), self.expr(d), self.expr(d));
                format!("({a} if {b} else {c})")
            }
            13 => {
                let op = self.r.pick(&["and", "or"]);
                let (a, b) = (self.expr(d), self.expr(d));
                format!("({a} {op} {b})")
            }
            14 => {
                let op = self.r.pick(&["-", "+", "~", "not "]);
                let a = self.expr(d);
                format!("({op}{a})")
            }
            15 => {
                let f = self
                    .r
                    .pick(&["abs", "int", "float", "str", "bool", "len", "repr", "hash"]);
                let a = self.expr(d);
                format!("{f}({a})")
            }
            16 => {
                let (a, b, c) = (self.expr(d), self.expr(d), self.expr(d));
                let (x, y) = (
                    self.r.pick(&["<", "<=", "=="]),
                    self.r.pick(&["<", "!=", ">"]),
                );
                format!("({a} {x} {b} {y} {c})")
            }
            17 => {
                let (a, b) = (self.expr(d), self.expr(d));
                match self.r.below(4) {
                    0 => format!("[{a}, {b}][{}]", self.r.below(3)),
                    1 => format!("({a}, {b})[{}]", self.r.below(2)),
                    2 => format!("max({a}, {b})"),
                    _ => {
                        let (a, b) = (self.name(), self.name());
                        format!("f'{{{a}}}|{{{b}!r}}'")
                    }
                }
            }
            _ => self.call(d),
        }
    }
    fn call(&mut self, d: usize) -> String {
        if self.funcs.is_empty() {
            return self.expr(d);
        }
        let i = self.r.below(self.funcs.len());
        let (name, params, defaults) = self.funcs[i].clone();
        let given = match self.r.below(12) {
            0 => params.saturating_sub(1),
            1 => params + 1,
            _ if defaults > 0 => params - self.r.below(defaults + 1),
            _ => params,
        };
        let mut args = Vec::new();
        for k in 0..given {
            let e = self.expr(d.min(1));
            // Keyword arguments at the end, sometimes.
            if k > 0 && k < params && k + 1 == given && self.r.one(4) {
                args.push(format!("p{k}={e}"));
            } else {
                args.push(e);
            }
        }
        format!("{name}({})", args.join(", "))
    }
    fn target(&mut self) -> String {
        if !self.names.is_empty() && !self.r.one(4) {
            let i = self.r.below(self.names.len());
            return self.names[i].clone();
        }
        let n = format!("v{}", self.r.below(6));
        if !self.names.contains(&n) {
            self.names.push(n.clone());
        }
        n
    }
    fn block(&mut self, budget: usize) {
        self.depth += 1;
        let n = 1 + self.r.below(3);
        for _ in 0..n {
            self.stmt(budget.saturating_sub(1));
        }
        self.depth -= 1;
    }
    fn stmt(&mut self, budget: usize) {
        let simple = budget == 0 || self.depth > 6;
        match self.r.below(if simple { 9 } else { 18 }) {
            0..=2 => {
                let e = self.expr(2);
                let t = self.target();
                self.line(&format!("{t} = {e}"));
            }
            3 | 4 if !self.names.is_empty() => {
                let i = self.r.below(self.names.len());
                let t = self.names[i].clone();
                let op = self
                    .r
                    .pick(&["+", "-", "*", "+", "-", "//", "%", "&", "|", "^", "/"]);
                let e = self.expr(1);
                self.line(&format!("{t} {op}= {e}"));
            }
            5 => {
                let e = self.expr(2);
                self.line(&format!("note({e})"));
            }
            6 if self.loops > 0 => {
                let w = self.r.pick(&["break", "continue"]);
                let c = self.expr(1);
                self.line(&format!("if {c}: {w}"));
            }
            7 if self.in_func => {
                let (c, e) = (self.expr(1), self.expr(2));
                self.line(&format!("if {c}: return {e}"));
            }
            8 => {
                let c = self.expr(1);
                let what = self.r.pick(&[
                    "ValueError('v')",
                    "KeyError(1)",
                    "TypeError",
                    "ZeroDivisionError('z')",
                ]);
                self.line(&format!("if {c} == 3: raise {what}"));
            }
            9 | 10 => {
                let c = self.expr(2);
                self.line(&format!("if {c}:"));
                self.block(budget);
                if self.r.one(2) {
                    self.line("else:");
                    self.block(budget);
                }
            }
            11..=13 => {
                self.loops += 1;
                let i = format!("i{}", self.depth);
                match self.r.below(4) {
                    0 => {
                        // A while loop with a bound of its own.
                        self.fresh += 1;
                        let w = format!("w{}", self.fresh);
                        let n = 3 + self.r.below(25);
                        self.line(&format!("{w} = 0"));
                        let c = self.expr(1);
                        self.line(&format!("while {w} < {n} and ({c}) != 17:"));
                        self.depth += 1;
                        self.line(&format!("{w} += 1"));
                        self.depth -= 1;
                        self.block(budget);
                    }
                    1 => {
                        let (a, b) = (self.r.below(10) as i64 - 5, self.r.below(60) as i64 - 20);
                        let s = [1, 2, 3, -1, -4][self.r.below(5)];
                        self.line(&format!("for {i} in range({a}, {b}, {s}):"));
                        self.names.push(i.clone());
                        self.block(budget);
                    }
                    2 => {
                        let (a, b, c) = (self.literal(), self.literal(), self.literal());
                        self.line(&format!("for {i} in ({a}, {b}, {c}):"));
                        self.names.push(i.clone());
                        self.block(budget);
                    }
                    _ => {
                        let n = 2 + self.r.below(40);
                        self.line(&format!("for {i} in range({n}):"));
                        self.names.push(i.clone());
                        self.block(budget);
                    }
                }
                self.loops -= 1;
                if self.r.one(4) {
                    self.line("else:");
                    self.block(budget);
                }
            }
            14..=16 if self.trying < 3 => {
                self.trying += 1;
                let loops = self.loops;
                self.line("try:");
                self.block(budget);
                let form = self.r.below(4);
                if form != 3 {
                    let c = self.r.pick(&[
                        "TypeError",
                        "(ValueError, KeyError)",
                        "ArithmeticError",
                        "Exception",
                        "NameError",
                    ]);
                    if self.r.one(2) {
                        self.line(&format!("except {c} as e:"));
                        self.depth += 1;
                        self.line("note(str(e))");
                        self.depth -= 1;
                    } else {
                        self.line(&format!("except {c}:"));
                    }
                    self.block(budget);
                }
                if form == 1 {
                    self.line("else:");
                    self.block(budget);
                }
                if form >= 2 {
                    self.line("finally:");
                    self.block(budget);
                }
                self.loops = loops;
                self.trying -= 1;
            }
            _ => {
                let e = self.call(1);
                let t = self.target();
                self.line(&format!("{t} = {e}"));
            }
        }
    }
    fn function(&mut self, k: usize) {
        let name = format!("f{k}");
        let params = self.r.below(4);
        let defaults = if self.r.one(3) {
            self.r.below(params + 1)
        } else {
            0
        };
        let mut list = Vec::new();
        for p in 0..params {
            if p >= params - defaults {
                let l = self.literal();
                list.push(format!("p{p}={l}"));
            } else {
                list.push(format!("p{p}"));
            }
        }
        self.line(&format!("def {name}({}):", list.join(", ")));
        let outer = std::mem::take(&mut self.names);
        let (loops, trying) = (
            std::mem::take(&mut self.loops),
            std::mem::take(&mut self.trying),
        );
        self.names = (0..params).map(|p| format!("p{p}")).collect();
        self.in_func = true;
        self.depth += 1;
        if self.r.one(3) {
            self.line("global tick");
            self.line("tick = tick + 1");
        }
        if self.r.one(4) {
            // A cell, and a function that changes it.
            let start = self.atom();
            self.line(&format!("c = {start}"));
            self.line("def inner(q):");
            self.depth += 1;
            self.line("nonlocal c");
            let op = self.r.pick(&["+", "-", "*"]);
            self.line(&format!("c = c {op} q"));
            self.line("return c");
            self.depth -= 1;
            self.names.push("c".into());
            self.funcs.push(("inner".into(), 1, 0));
        }
        let n = 1 + self.r.below(4);
        for _ in 0..n {
            self.stmt(3);
        }
        let e = self.expr(2);
        self.line(&format!("return {e}"));
        self.depth -= 1;
        self.funcs.retain(|f| f.0 != "inner");
        self.in_func = false;
        self.names = outer;
        self.loops = loops;
        self.trying = trying;
        self.funcs.push((name, params, defaults));
    }
    fn all(&mut self) {
        self.line("tick = 0");
        self.line("notes = []");
        self.line("def note(x):");
        self.line("    if len(notes) < 200:");
        self.line("        s = repr(x)");
        self.line("        notes.append(s if len(s) < 60 else str(len(s)) + s[0] + s[-1])");
        self.line("    return x");
        let n = 1 + self.r.below(4);
        for k in 0..n {
            self.function(k);
        }
        // Calls often enough to be hot, with arguments that change kind on the way.
        for round in 0..3 {
            for (name, params, _) in self.funcs.clone() {
                let reps = [3, 12, 60][self.r.below(3)];
                let args: Vec<String> = (0..params)
                    .map(|_| match self.r.below(5) {
                        0 => "i".into(),
                        1 => "i * 0.5".into(),
                        2 => "i * 140737488355327".into(),
                        3 => {
                            let l = self.literal();
                            format!("({l} if i > {} else i)", reps / 2)
                        }
                        _ => self.literal(),
                    })
                    .collect();
                self.line(&format!("for i in range({reps}):"));
                self.line("    try:");
                self.line(&format!("        r = {name}({})", args.join(", ")));
                self.line(&format!("        if i > {}: note(r)", reps - 3));
                self.line("    except Exception as e:");
                self.line(&format!(
                    "        if i > {}: note((type(e).__name__, str(e)))",
                    reps - 3
                ));
            }
            if round == 1 && self.r.one(2) && self.funcs.len() > 1 {
                let (a, b) = (
                    self.funcs[0].0.clone(),
                    self.funcs[self.funcs.len() - 1].0.clone(),
                );
                self.line(&format!("{a}, {b} = {b}, {a}"));
            }
        }
        self.names = vec!["tick".into()];
        for _ in 0..self.r.below(3) {
            self.stmt(2);
        }
        self.line("for n in notes: print(n)");
        self.line("print(tick)");
        if self.r.one(3) {
            let e = self.call(1);
            self.line(&format!("print(repr({e}))"));
        }
    }
}

/// How a program ended: output, error, and fuel.
fn run(
    source: &str,
    mode: JitMode,
    seed: u64,
    gc_stress: bool,
    fuel: u64,
) -> (String, String, u64) {
    let mut e = Engine::builder()
        .jit(mode)
        .jit_seed(seed)
        .gc_stress(gc_stress)
        .count(true)
        .max_fuel(fuel)
        .max_memory(2 << 20)
        .capture_output()
        .build()
        .expect("an engine");
    let error = match e.run(source, "program.py") {
        Ok(()) => String::new(),
        Err(Error::Python(p)) => p.traceback,
        Err(e) => format!("{e}\n"),
    };
    (e.take_output(), error, e.fuel())
}

/// Runs programs in one CPython; what each printed, its traceback behind it.
const DRIVER: &str = r#"
import sys, io, traceback, contextlib, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(1002)  # this module's frame and exec's
for source in sys.stdin.read().split('\x00'):
    out = io.StringIO()
    error = ''
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(source, 'program.py', 'exec'), {'__name__': '__main__'})
        except BaseException as e:
            lines = traceback.format_exception(type(e), e, e.__traceback__.tb_next)
            error = ''.join(lines)
    sys.stdout.write(out.getvalue() + '\x01' + error + '\x00')
"#;

fn cpython(python: &std::path::Path, sources: &[String]) -> Vec<(String, String)> {
    use std::io::Write;
    let mut child = Command::new(python)
        .args(["-c", DRIVER])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Handling many recursion errors kills it; the programs behind are not compared then.
        .stderr(Stdio::null())
        .spawn()
        .expect("python starts");
    let all = sources.join("\0");
    let mut stdin = child.stdin.take().expect("piped");
    let feed = std::thread::spawn(move || stdin.write_all(all.as_bytes()));
    let out = child.wait_with_output().expect("python ends");
    let _ = feed.join();
    String::from_utf8_lossy(&out.stdout)
        .split_terminator('\0')
        .map(|p| {
            let (o, e) = p.split_once('\u{1}').unwrap_or((p, ""));
            (o.to_string(), e.to_string())
        })
        .collect()
}

/// How a program ends in `off`, how long that takes, and whether other engines can be asked: not
/// when a limit stopped it, as theirs are different.
struct Base {
    end: (String, String, u64),
    comparable: bool,
}
fn base(seed: u64, source: &str) -> Base {
    let at = std::time::Instant::now();
    let end = run(source, JitMode::Off, seed, false, FUEL);
    let limited = end.1.starts_with("out of fuel")
        || end.0.contains("MemoryError")
        || end.1.contains("MemoryError");
    // CPython raises no second RecursionError until the depth has sunk well below the limit.
    let limited = limited || end.0.contains("RecursionError");
    Base {
        comparable: !limited && at.elapsed() < std::time::Duration::from_secs(1),
        end,
    }
}

fn check(
    seed: u64,
    source: &str,
    base: &Base,
    oracle: Option<&(String, String)>,
) -> Result<(), String> {
    let off = &base.end;
    let mut report = String::new();
    if off.0.contains("MemoryError") || off.1.contains("MemoryError") {
        return Ok(());
    }
    let modes = [
        ("on", JitMode::On, false),
        ("always", JitMode::Always, false),
        ("stress", JitMode::Stress, false),
        ("always, gc stress", JitMode::Always, true),
    ];
    for (name, mode, gc) in modes {
        if gc && !seed.is_multiple_of(8) {
            continue;
        }
        // A collection at every safepoint: not for long.
        let (got, off) = if gc {
            let fuel = FUEL / 100;
            (
                run(source, mode, seed, gc, fuel),
                run(source, JitMode::Off, seed, false, fuel),
            )
        } else {
            (run(source, mode, seed, gc, FUEL), base.end.clone())
        };
        if got != off {
            let _ = writeln!(report, "--- {name} against off\n{}", differ(&got, &off));
        }
    }
    if let Some((out, err)) = oracle
        && (&off.0, &off.1) != (out, err)
    {
        let theirs = (out.clone(), err.clone(), off.2);
        let _ = writeln!(report, "--- off against CPython\n{}", differ(off, &theirs));
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(report)
    }
}

fn differ(got: &(String, String, u64), want: &(String, String, u64)) -> String {
    let mut s = String::new();
    for (what, a, b) in [("stdout", &got.0, &want.0), ("error", &got.1, &want.1)] {
        let (mut x, mut y) = (a.lines(), b.lines());
        for n in 1.. {
            match (x.next(), y.next()) {
                (None, None) => break,
                (p, q) if p == q => {}
                (p, q) => {
                    let _ = write!(s, "{what} line {n}:\n  got  {p:?}\n  want {q:?}");
                    return s;
                }
            }
        }
    }
    let _ = write!(s, "fuel: got {} want {}", got.2, want.2);
    s
}

#[test]
fn modes_agree_on_random_programs() {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    let python = python38();
    if python.is_none() {
        println!("CPython 3.8 was not found: modes are compared among themselves only");
    }
    if let Some(seed) = number("TAIPAN_PROGRAM") {
        let source = Gen::program(seed);
        println!("{source}");
        let base = base(seed, &source);
        println!("{}{}", base.end.0, base.end.1);
        let ask = python.filter(|_| base.comparable);
        let oracle = ask.map(|p| cpython(&p, std::slice::from_ref(&source)));
        if let Err(e) = check(
            seed,
            &source,
            &base,
            oracle.as_ref().and_then(|o| o.first()),
        ) {
            panic!("{e}");
        }
        return;
    }
    let from = number("TAIPAN_FROM").unwrap_or(0);
    let n = number("TAIPAN_PROGRAMS").unwrap_or(PROGRAMS);
    let seeds: Vec<u64> = (from..from + n).collect();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for batch in seeds.chunks(BATCH) {
        let sources: Vec<String> = batch.iter().map(|&s| Gen::program(s)).collect();
        let bases: Vec<Base> = batch
            .iter()
            .zip(&sources)
            .map(|(&s, p)| base(s, p))
            .collect();
        let asked: Vec<String> = sources
            .iter()
            .zip(&bases)
            .filter(|(_, b)| b.comparable)
            .map(|(s, _)| s.clone())
            .collect();
        let mut answers = python.as_ref().map(|p| cpython(p, &asked).into_iter());
        for ((&seed, source), base) in batch.iter().zip(&sources).zip(&bases) {
            if std::env::var_os("TAIPAN_TRACE").is_some() {
                eprintln!("seed {seed}");
            }
            let oracle = match &mut answers {
                Some(a) if base.comparable => a.next(),
                Some(_) | None => None,
            };
            compared += oracle.is_some() as u64;
            if let Err(e) = check(seed, source, base, oracle.as_ref()) {
                wrong.push(format!("seed {seed}\n{e}"));
            }
        }
        if wrong.len() >= 10 {
            break;
        }
    }
    println!(
        "{n} random programs, {compared} of them run by CPython too, {} differ",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
