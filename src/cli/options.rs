//! THE FLAGS: one row each, with its environment variable and its help. They are read as `python` reads
//! its own: flags of one letter may stand together, and what follows the script, `-c TEXT`, `-m MODULE`
//! or `-` belongs to the program.

use crate::vm::{Deopt, Dump, Flags, JitMode};
use std::ffi::OsString;
use std::time::Duration;

/// A flag of the command line.
struct Row {
    /// `--name`, or `-n` when it is one letter.
    name: &'static str,
    /// Read when the flag is not given; a flag without value is on for any value but `0`. Empty: none.
    env: &'static str,
    /// What its value is called, if it takes one; in brackets when it may go without.
    value: Option<&'static str>,
    help: &'static str,
}

macro_rules! rows {
    ($($name:literal $env:literal $value:expr, $help:literal;)*) => {
        &[$(Row { name: $name, env: $env, value: $value, help: $help }),*]
    };
}

const ROWS: &[Row] = rows! {
    "c" "" Some("TEXT"), "Run this text";
    "m" "" Some("MODULE"), "Run this module as a script";
    "i" "TAIPAN_INSPECT" None, "Go on at the prompt after the program; prompt though stdin is no terminal";
    "q" "" None, "No banner before the prompt";
    "u" "TAIPAN_UNBUFFERED" None, "Do not buffer stdout and stderr";
    "O" "TAIPAN_OPTIMIZE" None, "Leave out assertions; __debug__ is false. -OO: docstrings, too";
    "x" "" None, "Skip the first line of the source";
    "V" "" None, "Print the version and exit (also --version)";
    "h" "" None, "Print this text and exit (also --help)";
    "W" "TAIPAN_WARNINGS" Some("FILTER"), "Kept in sys.warnoptions; `ignore` silences the warnings of the script's syntax";
    "X" "" Some("OPTION"), "Kept in sys._xoptions";
    "B" "TAIPAN_DONTWRITEBYTECODE" None, "No effect: imports never write .pyc files";
    "b" "" None, "Kept in sys.flags.bytes_warning; no effect";
    "d" "" None, "Kept in sys.flags.debug; no effect";
    "E" "" None, "Do not read TAIPAN_* from the environment";
    "I" "" None, "Isolated: as -E -s, and sys.path begins without the script's directory";
    "R" "" None, "No effect: hashes of str are not randomized";
    "s" "" None, "No effect: there is no user's site directory";
    "S" "" None, "Do not add exit, quit, copyright, credits, license and help to builtins";
    "v" "" None, "Kept in sys.flags.verbose; no effect";
    "jit" "TAIPAN_JIT" Some("off|on|always|stress"), "When functions become native code [on]; `always`: at the first call; `stress`: guards also fail at random";
    "jit-seed" "TAIPAN_JIT_SEED" Some("N"), "Seed of --jit=stress [0]";
    "deopt-every" "TAIPAN_DEOPT_EVERY" Some("N"), "Each N-th guard that native code passes fails though nothing is wrong";
    "deopt-at" "TAIPAN_DEOPT_AT" Some("K"), "The K-th guard that native code passes fails, once";
    "dump" "TAIPAN_DUMP" Some("ast,code,ssa,clif,asm"), "Print these stages of compilation on stderr";
    "stats" "TAIPAN_STATS" Some("[json]"), "Print what was run, compiled and collected on stderr; as JSON, there or into the file of --stats-to";
    "perf-map" "TAIPAN_PERF_MAP" None, "Write /tmp/perf-PID.map, so that `perf report` names Python functions that ran natively";
    "gc-stress" "TAIPAN_GC_STRESS" None, "Collect garbage at every safepoint";
    "gc-precise" "TAIPAN_GC_PRECISE" None, "Collect only where no machine stack holds values";
    "max-memory" "TAIPAN_MAX_MEMORY" Some("BYTES"), "What the program may take; k, M and G multiply by 1024";
    "max-code" "TAIPAN_MAX_CODE" Some("BYTES"), "What native code may take [64M]; past it the functions called longest ago lose theirs";
    "max-recursion" "TAIPAN_MAX_RECURSION" Some("N"), "Depth of Python calls [1000]";
    "max-fuel" "TAIPAN_MAX_FUEL" Some("N"), "Function entries and loop iterations before the program is stopped";
    "max-time" "TAIPAN_MAX_TIME" Some("TIME"), "How long the program may take: seconds, or with a unit, as in 500ms, 2s, 1m";
    "max-output" "TAIPAN_MAX_OUTPUT" Some("BYTES"), "What the program may print";
    "fail-alloc-at" "TAIPAN_FAIL_ALLOC_AT" Some("K"), "The engine's K-th allocation fails, once, as if memory were used up";
    "sandbox" "TAIPAN_SANDBOX" None, "Grant nothing: no stdin, clock, randomness, environment, files, imports from files, processes";
    "coverage" "TAIPAN_COVERAGE" Some("FILE"), "Append what ran (opcodes by tier, SSA ops, exits) to this file";
    "dis" "TAIPAN_DIS" None, "Print the bytecode instead of running it";
    "stats-to" "" Some("FILE"), "Append what --stats counts, and the exception that ended the program, to this file";
    "compare-tiers" "" None, "Run the script in every mode; say whether they agree and how much ran natively";
    "bench" "" Some("[N]"), "Time the script N times [5] in each mode and on each engine found (python3.8, python3.13, pypy3; node and luajit where SCRIPT.js or SCRIPT.lua stands beside it)";
    "svg" "" Some("FILE"), "Where --bench draws its table";
    "compile" "" None, "Write the .pyc of CPython 3.8 for SCRIPT, to __pycache__/SCRIPT.cpython-38.pyc beside it";
    "o" "" Some("FILE.pyc"), "Where --compile writes";
};

/// What is run.
#[derive(Clone)]
pub enum Source {
    File(String),
    /// `-c`
    Text(String),
    /// `-m`
    Module(String),
    /// `-`, or nothing.
    Stdin,
}

/// The command line, read.
#[derive(Clone)]
pub struct Options {
    pub jit: Option<JitMode>,
    pub seed: u64,
    pub deopt: Option<Deopt>,
    pub dump_ast: bool,
    pub dump_code: bool,
    pub dump: Dump,
    pub stats: bool,
    /// As JSON.
    pub stats_json: bool,
    /// Where the counters go besides.
    pub stats_to: Option<String>,
    pub perf_map: bool,
    pub gc_stress: bool,
    pub gc_precise: bool,
    pub max_memory: Option<usize>,
    pub max_code: Option<usize>,
    pub max_recursion: Option<u32>,
    pub max_fuel: Option<u64>,
    pub max_time: Option<Duration>,
    pub max_output: Option<u64>,
    pub fail_alloc_at: Option<u64>,
    pub sandbox: bool,
    /// Where `Vm::coverage_lines` go.
    pub coverage: Option<String>,
    pub dis: bool,
    pub compare: bool,
    /// `--bench`: how many rounds.
    pub bench: Option<u32>,
    pub svg: Option<String>,
    /// `--compile`: this source to a `.pyc`, here or where python looks for it.
    pub compile: Option<String>,
    pub output: Option<String>,
    /// `sys.flags`, and what else follows from flags of one letter.
    pub flags: Flags,
    pub unbuffered: bool,
    pub skip_line: bool,
    pub no_site: bool,
    pub isolated: bool,
    pub source: Source,
    /// `sys.argv`
    pub argv: Vec<String>,
    /// The flags before the script, as they were given.
    pub given: Vec<String>,
}

/// What the command line asks for.
pub enum Command {
    Run(Box<Options>),
    /// Print this, and that is all.
    Say(String),
}

/// A wrong command line.
#[derive(Debug)]
pub struct Wrong(pub String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}\n{USAGE}\nTry `taipan -h' for more information.",
            self.0
        )
    }
}

const USAGE: &str = "usage: taipan [option] ... [-c cmd | -m mod | file | -] [arg] ...";

/// `--help`
fn help() -> String {
    let mut out = format!(
        "{USAGE}\n       taipan --compile FILE.py [-o FILE.pyc]\n\
         Runs Python 3.8 programs, hot functions as native code.\n\n"
    );
    for r in ROWS {
        let dashes = if r.name.len() == 1 { "-" } else { "--" };
        let value = match (r.value, r.name.len()) {
            (Some(v), 1) => format!(" {v}"),
            (Some(v), _) if optional(v) => format!("[={}", &v[1..]),
            (Some(v), _) => format!("={v}"),
            (None, _) => String::new(),
        };
        let env = match r.env {
            "" => String::new(),
            e => format!(" [env: {e}]"),
        };
        out += &format!("  {dashes}{}{value}\n        {}{env}\n", r.name, r.help);
    }
    out
}

/// Whether a flag may go without its value.
fn optional(value: &str) -> bool {
    value.starts_with('[')
}

fn version() -> String {
    format!("Python 3.8.18 (Taipan {})\n", env!("CARGO_PKG_VERSION"))
}

/// The flags that were given: names and values, in order.
#[derive(Default)]
struct Given {
    flags: Vec<(&'static str, Option<String>)>,
    /// `-E` or `-I`.
    no_env: bool,
}
impl Given {
    fn count(&self, name: &str) -> usize {
        self.flags.iter().filter(|f| f.0 == name).count()
    }
    /// The value of a flag, from the command line, then from the environment; and what to call it.
    fn value(&self, name: &str) -> Option<(String, String)> {
        let given = self.flags.iter().rev().find(|f| f.0 == name);
        if let Some(v) = given.and_then(|f| f.1.clone()) {
            return Some((v, format!("--{name}")));
        }
        self.env(name).map(|(env, v)| (v, env))
    }
    fn env(&self, name: &str) -> Option<(String, String)> {
        let row = ROWS.iter().find(|r| r.name == name)?;
        if self.no_env || row.env.is_empty() {
            return None;
        }
        let v = std::env::var(row.env).ok().filter(|v| !v.is_empty())?;
        Some((row.env.to_owned(), v))
    }
    fn flag(&self, name: &str) -> bool {
        self.count(name) > 0 || self.env(name).is_some_and(|(_, v)| v != "0")
    }
    fn number(&self, name: &str) -> Result<Option<u64>, Wrong> {
        let Some((v, what)) = self.value(name) else {
            return Ok(None);
        };
        let (digits, unit) = match v.as_bytes().last() {
            Some(b'k' | b'K') => (&v[..v.len() - 1], 1 << 10),
            Some(b'M') => (&v[..v.len() - 1], 1 << 20),
            Some(b'G') => (&v[..v.len() - 1], 1 << 30),
            Some(_) | None => (&v[..], 1u64),
        };
        let n = digits.replace('_', "").parse::<u64>().ok();
        match n.and_then(|n| n.checked_mul(unit)) {
            Some(n) => Ok(Some(n)),
            None => Err(wrong(&what, &v)),
        }
    }
    /// A length of time.
    fn time(&self, name: &str) -> Result<Option<Duration>, Wrong> {
        let Some((v, what)) = self.value(name) else {
            return Ok(None);
        };
        let units = [
            ("ms", 1e-3),
            ("m", 60.0),
            ("h", 3600.0),
            ("s", 1.0),
            ("", 1.0),
        ];
        let found = units
            .iter()
            .find_map(|(u, by)| Some((v.strip_suffix(u)?, by)));
        let seconds = found.and_then(|(n, by)| Some(n.parse::<f64>().ok()? * by));
        match seconds.map(Duration::try_from_secs_f64) {
            Some(Ok(d)) => Ok(Some(d)),
            Some(Err(_)) | None => Err(wrong(&what, &v)),
        }
    }
}

fn wrong(what: &str, v: &str) -> Wrong {
    Wrong(format!("invalid value '{v}' for '{what}'"))
}

/// Splits the command line: flags, then the first argument that is none and all behind it. `-c` and
/// `-m` end the flags; their value is the last of them.
fn split(args: &[String]) -> Result<(Given, usize), Wrong> {
    let mut g = Given::default();
    let mut i = 1;
    while let Some(a) = args.get(i) {
        if let Some(long) = a.strip_prefix("--") {
            if long.is_empty() {
                return Ok((g, i + 1));
            }
            let (name, value) = match long.split_once('=') {
                Some((n, v)) => (n, Some(v.to_owned())),
                None => (long, None),
            };
            let name = match name {
                "version" => "V",
                "help" => "h",
                n => n,
            };
            let row = ROWS.iter().find(|r| {
                r.name == name && (r.name.len() > 1 || matches!(long, "version" | "help"))
            });
            let Some(row) = row else {
                return Err(Wrong(format!("unknown option --{long}")));
            };
            // A value that is needed may stand apart, as the letters' do.
            let apart = value.is_none() && row.value.is_some_and(|v| !optional(v));
            let value = match apart {
                true => {
                    i += 1;
                    args.get(i).cloned()
                }
                false => value,
            };
            match (row.value, &value) {
                (Some(v), None) if optional(v) => g.flags.push((row.name, None)),
                (Some(_), None) => {
                    return Err(Wrong(format!("Argument expected for the --{name} option")));
                }
                (None, Some(v)) => return Err(wrong(&format!("--{name}"), v)),
                (Some(_), Some(_)) | (None, None) => g.flags.push((row.name, value)),
            }
            i += 1;
            continue;
        }
        let Some(short) = a.strip_prefix('-').filter(|s| !s.is_empty()) else {
            break;
        };
        i += 1;
        for (at, c) in short.char_indices() {
            let c = if c == '?' { 'h' } else { c };
            let row = ROWS
                .iter()
                .find(|r| r.name.len() == 1 && r.name.starts_with(c));
            let Some(row) = row else {
                return Err(Wrong(format!("Unknown option: -{c}")));
            };
            if row.value.is_none() {
                g.flags.push((row.name, None));
                continue;
            }
            let rest = &short[at + c.len_utf8()..];
            let value = if rest.is_empty() {
                i += 1;
                args.get(i - 1).cloned()
            } else {
                Some(rest.to_owned())
            };
            if value.is_none() {
                return Err(Wrong(format!("Argument expected for the -{c} option")));
            }
            g.flags.push((row.name, value));
            if matches!(c, 'c' | 'm') {
                return Ok((g, i));
            }
            break;
        }
    }
    Ok((g, i))
}

/// Reads the command line.
///
/// # Errors
/// It is wrong: say so and exit with 2.
pub fn parse(args: Vec<OsString>) -> Result<Command, Wrong> {
    let args: Vec<String> = args
        .into_iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let (mut g, at) = split(&args)?;
    if g.count("h") > 0 {
        return Ok(Command::Say(help()));
    }
    if g.count("V") > 0 {
        return Ok(Command::Say(version()));
    }
    g.no_env = g.count("E") + g.count("I") > 0;
    let jit = match g.value("jit") {
        None => None,
        Some((v, what)) => Some(match v.as_str() {
            "off" => JitMode::Off,
            "on" => JitMode::On,
            "always" => JitMode::Always,
            "stress" => JitMode::Stress,
            other => return Err(wrong(&what, other)),
        }),
    };
    let (mut dump, mut dump_ast, mut dump_code) = (Dump::default(), false, false);
    if let Some((v, what)) = g.value("dump") {
        for part in v.split(',') {
            match part {
                "ast" => dump_ast = true,
                "code" => dump_code = true,
                "ssa" => dump.ssa = true,
                "clif" => dump.clif = true,
                "asm" => dump.asm = true,
                other => return Err(wrong(&what, other)),
            }
        }
    }
    let json = match g.value("stats") {
        Some((v, _)) if v == "json" => true,
        Some((v, what)) if what.starts_with("--") => return Err(wrong(&what, &v)),
        Some(_) | None => false,
    };
    let mut rest: Vec<String> = args.get(at..).unwrap_or_default().to_vec();
    let mut output = g.value("o").map(|v| v.0);
    let mut compile = None;
    if g.flag("compile") {
        let mut files = rest.iter();
        while let Some(f) = files.next() {
            match f.as_str() {
                "-o" if output.is_none() => output = files.next().cloned(),
                _ if compile.is_none() => compile = Some(f.clone()),
                other => return Err(Wrong(format!("unexpected argument '{other}'"))),
            }
        }
        if compile.is_none() {
            return Err(Wrong("--compile needs a file".into()));
        }
    } else if output.is_some() {
        return Err(Wrong("-o belongs to --compile".into()));
    }
    let last = g.flags.last().cloned();
    let source = match last {
        Some(("c", Some(text))) => {
            rest.insert(0, "-c".into());
            Source::Text(text)
        }
        Some(("m", Some(name))) => {
            rest.insert(0, "-m".into());
            Source::Module(name)
        }
        Some(_) | None => match rest.first().map(String::as_str) {
            None => {
                rest.push(String::new());
                Source::Stdin
            }
            Some("-") => Source::Stdin,
            Some(file) => Source::File(file.into()),
        },
    };
    let compare = g.flag("compare-tiers");
    if compare && !matches!(source, Source::File(_)) {
        return Err(Wrong("--compare-tiers needs a script".into()));
    }
    let bench = match g.number("bench")? {
        Some(n) => match u32::try_from(n) {
            Ok(n) if n > 0 => Some(n),
            Ok(_) | Err(_) => return Err(wrong("--bench", &n.to_string())),
        },
        None => g.flag("bench").then_some(5),
    };
    let svg = g.value("svg").map(|v| v.0);
    if bench.is_some() && !matches!(source, Source::File(_)) {
        return Err(Wrong("--bench needs a script".into()));
    }
    if svg.is_some() && bench.is_none() {
        return Err(Wrong("--svg belongs to --bench".into()));
    }
    let count = |name: &str| (g.count(name) as u8).max(u8::from(g.flag(name)));
    let all = |name: &str| -> Vec<String> {
        g.flags
            .iter()
            .filter(|f| f.0 == name)
            .filter_map(|f| f.1.clone())
            .collect()
    };
    let optimize = match g.env("O").and_then(|(_, v)| v.parse::<u8>().ok()) {
        Some(n) => n.max(count("O")),
        None => count("O"),
    };
    let isolated = g.flag("I");
    let flags = Flags {
        debug: count("d"),
        inspect: g.flag("i"),
        interactive: g.flag("i"),
        optimize: optimize.min(2),
        dont_write_bytecode: true,
        no_user_site: g.flag("s") || isolated,
        no_site: g.flag("S"),
        ignore_environment: g.no_env,
        verbose: count("v"),
        bytes_warning: count("b"),
        quiet: g.flag("q"),
        isolated,
        warn: all("W"),
        xoptions: all("X"),
        directory: None,
    };
    let deopt = match (g.number("deopt-every")?, g.number("deopt-at")?) {
        (Some(_), Some(_)) => {
            return Err(Wrong(
                "--deopt-every and --deopt-at exclude each other".into(),
            ));
        }
        (Some(0), None) => return Err(wrong("--deopt-every", "0")),
        (None, Some(0)) => return Err(wrong("--deopt-at", "0")),
        (Some(n), None) => Some(Deopt::Every(n)),
        (None, Some(k)) => Some(Deopt::At(k)),
        (None, None) => None,
    };
    let fail_alloc_at = g.number("fail-alloc-at")?;
    if fail_alloc_at == Some(0) {
        return Err(wrong("--fail-alloc-at", "0"));
    }
    let narrow = |n: Option<u64>| n.map(|n| n.min(u32::MAX as u64) as u32);
    let given = args.get(1..at.min(args.len())).unwrap_or_default().to_vec();
    Ok(Command::Run(Box::new(Options {
        jit,
        seed: g.number("jit-seed")?.unwrap_or(0),
        deopt,
        dump_ast,
        dump_code,
        dump,
        stats: g.flag("stats"),
        stats_json: json,
        stats_to: g.value("stats-to").map(|v| v.0),
        perf_map: g.flag("perf-map"),
        gc_stress: g.flag("gc-stress"),
        gc_precise: g.flag("gc-precise"),
        max_memory: g.number("max-memory")?.map(|n| n as usize),
        max_code: g.number("max-code")?.map(|n| n as usize),
        max_recursion: narrow(g.number("max-recursion")?),
        max_fuel: g.number("max-fuel")?,
        max_time: g.time("max-time")?,
        max_output: g.number("max-output")?,
        fail_alloc_at,
        sandbox: g.flag("sandbox"),
        coverage: g.value("coverage").map(|v| v.0),
        dis: g.flag("dis"),
        compare,
        bench,
        svg,
        compile,
        output,
        unbuffered: g.flag("u"),
        skip_line: g.flag("x"),
        no_site: g.flag("S"),
        isolated,
        flags,
        source,
        argv: rest,
        given,
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Options {
        let all = std::iter::once("taipan").chain(args.iter().copied());
        match parse(all.map(OsString::from).collect()) {
            Ok(Command::Run(o)) => *o,
            Ok(Command::Say(s)) => panic!("{s}"),
            Err(e) => panic!("{e}"),
        }
    }

    #[test]
    fn the_program_gets_what_comes_after_it() {
        let o = read(&["--jit=off", "a.py", "--jit=on", "-x", "-c"]);
        assert_eq!(o.jit, Some(JitMode::Off));
        assert_eq!(o.argv, ["a.py", "--jit=on", "-x", "-c"]);
        assert!(matches!(o.source, Source::File(f) if f == "a.py"));
        let o = read(&["-c", "print(1)", "--stats", "y"]);
        assert!(!o.stats);
        assert_eq!(o.argv, ["-c", "--stats", "y"]);
        assert!(matches!(read(&["-", "q"]).source, Source::Stdin));
    }

    #[test]
    fn values() {
        let o = read(&[
            "--max-memory=64M",
            "--dump=ast,ssa",
            "--max-time",
            "1.5m",
            "--max-output=2k",
            "--sandbox",
            "--max-fuel=1_000",
            "--fail-alloc-at=7",
            "x.py",
        ]);
        assert_eq!(o.fail_alloc_at, Some(7));
        assert_eq!((o.max_memory, o.max_fuel), (Some(64 << 20), Some(1000)));
        assert_eq!(o.max_time, Some(Duration::from_secs(90)));
        assert_eq!((o.max_output, o.sandbox), (Some(2048), true));
        assert!(o.dump_ast && o.dump.ssa && !o.dump.asm && !o.dump_code);
        for bad in [
            "--jit=fast",
            "--dump=x",
            "--max-fuel=-1",
            "--max-time=-1s",
            "--max-time=2x",
            "--no-such",
        ] {
            assert!(parse(vec!["taipan".into(), bad.into(), "x.py".into()]).is_err());
        }
    }

    #[test]
    fn letters_stand_together_and_take_the_rest_as_value() {
        let o = read(&["-OOBqc", "print(1)", "-i"]);
        assert!(o.flags.optimize == 2 && o.flags.quiet && !o.flags.inspect);
        assert!(matches!(&o.source, Source::Text(t) if t == "print(1)"));
        assert_eq!(o.argv, ["-c", "-i"]);
        let o = read(&["-Wignore", "-X", "dev", "-mpkg.mod", "-x"]);
        assert_eq!(
            (o.flags.warn, o.flags.xoptions),
            (vec!["ignore".to_string()], vec!["dev".to_string()])
        );
        assert!(matches!(o.source, Source::Module(m) if m == "pkg.mod"));
        assert_eq!(o.argv, ["-m", "-x"]);
        for bad in [
            &["-z"][..],
            &["-c"],
            &["-m"],
            &["--jit"],
            &["--c=1"],
            &["--compare-tiers"],
        ] {
            let all = std::iter::once("taipan").chain(bad.iter().copied());
            assert!(parse(all.map(OsString::from).collect()).is_err(), "{bad:?}");
        }
    }
}
