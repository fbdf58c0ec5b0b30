//! THE FLAGS: one row each, with its environment variable and its help.

use crate::vm::{Dump, JitMode};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::ffi::OsString;

/// A flag of the command line.
struct Row {
    /// `--name`
    name: &'static str,
    /// Read when the flag is not given; a flag without value is on for any value but `0`.
    env: &'static str,
    /// What its value is called, if it takes one.
    value: Option<&'static str>,
    help: &'static str,
}

macro_rules! rows {
    ($($name:literal $env:literal $value:expr, $help:literal;)*) => {
        &[$(Row { name: $name, env: $env, value: $value, help: $help }),*]
    };
}

const ROWS: &[Row] = rows! {
    "jit" "TAIPAN_JIT" Some("off|on|always|stress"), "When functions become native code [on]; `always`: at the first call; `stress`: guards also fail at random";
    "jit-seed" "TAIPAN_JIT_SEED" Some("N"), "Seed of --jit=stress [0]";
    "dump" "TAIPAN_DUMP" Some("ast,code,ssa,clif,asm"), "Print these stages of compilation on stderr";
    "stats" "TAIPAN_STATS" None, "Print what was run, compiled and collected on stderr";
    "gc-stress" "TAIPAN_GC_STRESS" None, "Collect garbage at every safepoint";
    "gc-precise" "TAIPAN_GC_PRECISE" None, "Collect only where no machine stack holds values";
    "max-memory" "TAIPAN_MAX_MEMORY" Some("BYTES"), "What the program may take; k, M and G multiply by 1024";
    "max-recursion" "TAIPAN_MAX_RECURSION" Some("N"), "Depth of Python calls [1000]";
    "max-fuel" "TAIPAN_MAX_FUEL" Some("N"), "Function entries and loop iterations before the program is stopped";
    "coverage" "TAIPAN_COVERAGE" Some("FILE"), "Append what ran (opcodes by tier, SSA ops, exits) to this file";
    "dis" "TAIPAN_DIS" None, "Print the bytecode instead of running it";
};

/// What is run.
pub enum Source {
    File(String),
    /// `-c`
    Text(String),
    /// `-`, or nothing.
    Stdin,
}

/// The command line, read.
pub struct Options {
    pub jit: Option<JitMode>,
    pub seed: u64,
    pub dump_ast: bool,
    pub dump_code: bool,
    pub dump: Dump,
    pub stats: bool,
    pub gc_stress: bool,
    pub gc_precise: bool,
    pub max_memory: Option<usize>,
    pub max_recursion: Option<u32>,
    pub max_fuel: Option<u64>,
    /// Where `Vm::coverage_lines` go.
    pub coverage: Option<String>,
    pub dis: bool,
    /// `--compile`: this source to a `.pyc`, here or where python looks for it.
    pub compile: Option<String>,
    pub output: Option<String>,
    pub source: Source,
    /// `sys.argv`
    pub argv: Vec<String>,
}

fn command() -> Command {
    let mut c = Command::new("taipan")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Runs Python 3.8 programs, hot functions as native code")
        .override_usage("taipan [OPTIONS] SCRIPT [ARGS]...\n       taipan [OPTIONS] -c TEXT [ARGS]...\n       taipan [OPTIONS] - [ARGS]...\n       taipan --compile FILE.py [-o FILE.pyc]")
        .arg(
            Arg::new("text")
                .short('c')
                .value_name("TEXT")
                .allow_hyphen_values(true)
                .help("Run this text"),
        )
        .arg(Arg::new("compile").long("compile").action(ArgAction::SetTrue).help(
            "Write the .pyc of CPython 3.8 for SCRIPT, to __pycache__/SCRIPT.cpython-38.pyc beside it",
        ))
        .arg(
            Arg::new("output")
                .short('o')
                .value_name("FILE.pyc")
                .requires("compile")
                .help("Where --compile writes"),
        );
    for row in ROWS {
        let arg = Arg::new(row.name)
            .long(row.name)
            .help(format!("{} [env: {}]", row.help, row.env));
        c = c.arg(match row.value {
            Some(v) => arg.value_name(v).require_equals(true),
            None => arg.action(ArgAction::SetTrue),
        });
    }
    c.arg(
        Arg::new("rest")
            .value_names(["SCRIPT", "ARGS"])
            .num_args(0..)
            .trailing_var_arg(true)
            .allow_hyphen_values(true)
            .help("The program (`-`: from stdin) and what it gets in sys.argv"),
    )
}

/// Everything after `-c TEXT` belongs to the program, as in python: clap is not shown it.
fn split_at_text(args: Vec<OsString>) -> (Vec<OsString>, Vec<OsString>) {
    let mut i = 1;
    while i < args.len() {
        let a = args[i].to_string_lossy();
        if a == "-c" {
            let at = (i + 2).min(args.len());
            let rest = args[at..].to_vec();
            return (args[..at].to_vec(), rest);
        }
        if !a.starts_with("--") {
            break;
        }
        i += 1;
    }
    (args, Vec::new())
}

/// The value of a flag: from the command line, then from the environment.
fn value(m: &ArgMatches, name: &str) -> Option<(String, String)> {
    let row = ROWS.iter().find(|r| r.name == name)?;
    if let Some(v) = m.get_one::<String>(name) {
        return Some((v.clone(), format!("--{name}")));
    }
    std::env::var(row.env)
        .ok()
        .filter(|v| !v.is_empty())
        .map(|v| (v, row.env.to_string()))
}
fn flag(m: &ArgMatches, name: &str) -> bool {
    let env = ROWS.iter().find(|r| r.name == name).map_or("", |r| r.env);
    m.get_flag(name) || std::env::var(env).is_ok_and(|v| !v.is_empty() && v != "0")
}

fn wrong(what: &str, v: &str) -> clap::Error {
    command().error(
        ErrorKind::InvalidValue,
        format!("invalid value '{v}' for '{what}'"),
    )
}
fn number(m: &ArgMatches, name: &str) -> Result<Option<u64>, clap::Error> {
    let Some((v, what)) = value(m, name) else {
        return Ok(None);
    };
    let (digits, unit) = match v.as_bytes().last() {
        Some(b'k' | b'K') => (&v[..v.len() - 1], 1 << 10),
        Some(b'M') => (&v[..v.len() - 1], 1 << 20),
        Some(b'G') => (&v[..v.len() - 1], 1 << 30),
        Some(_) | None => (&v[..], 1u64),
    };
    match digits.replace('_', "").parse::<u64>() {
        Ok(n) => match n.checked_mul(unit) {
            Some(n) => Ok(Some(n)),
            None => Err(wrong(&what, &v)),
        },
        Err(_) => Err(wrong(&what, &v)),
    }
}

/// Reads the command line.
///
/// # Errors
/// It is wrong, or asks for help: print the error and exit with its code.
pub fn parse(args: Vec<OsString>) -> Result<Options, clap::Error> {
    let (args, after) = split_at_text(args);
    let m = command().try_get_matches_from(args)?;
    let jit = match value(&m, "jit") {
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
    if let Some((v, what)) = value(&m, "dump") {
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
    let mut rest: Vec<String> = m
        .get_many::<String>("rest")
        .map(|r| r.cloned().collect())
        .unwrap_or_default();
    rest.extend(after.iter().map(|a| a.to_string_lossy().into_owned()));
    let (mut compile, mut output) = (None, m.get_one::<String>("output").cloned());
    if m.get_flag("compile") {
        let mut files = rest.iter();
        while let Some(f) = files.next() {
            match f.as_str() {
                "-o" if output.is_none() => output = files.next().cloned(),
                _ if compile.is_none() => compile = Some(f.clone()),
                other => {
                    let text = format!("unexpected argument '{other}'");
                    return Err(command().error(ErrorKind::UnknownArgument, text));
                }
            }
        }
        if compile.is_none() {
            let text = "--compile needs a file";
            return Err(command().error(ErrorKind::MissingRequiredArgument, text));
        }
    }
    let (source, argv) = match m.get_one::<String>("text") {
        Some(text) => {
            rest.insert(0, "-c".into());
            (Source::Text(text.clone()), rest)
        }
        None => match rest.first().map(String::as_str) {
            None => (Source::Stdin, vec![String::new()]),
            Some("-") => (Source::Stdin, rest),
            // A script may not begin with a hyphen: it is a flag that nobody knows.
            Some(flag) if flag.starts_with('-') => {
                let text = format!("unexpected argument '{flag}'");
                return Err(command().error(ErrorKind::UnknownArgument, text));
            }
            Some(file) => (Source::File(file.into()), rest),
        },
    };
    let narrow = |n: Option<u64>| n.map(|n| n.min(u32::MAX as u64) as u32);
    Ok(Options {
        jit,
        seed: number(&m, "jit-seed")?.unwrap_or(0),
        dump_ast,
        dump_code,
        dump,
        stats: flag(&m, "stats"),
        gc_stress: flag(&m, "gc-stress"),
        gc_precise: flag(&m, "gc-precise"),
        max_memory: number(&m, "max-memory")?.map(|n| n as usize),
        max_recursion: narrow(number(&m, "max-recursion")?),
        max_fuel: number(&m, "max-fuel")?,
        coverage: value(&m, "coverage").map(|v| v.0),
        dis: flag(&m, "dis"),
        compile,
        output,
        source,
        argv,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Options {
        let all = std::iter::once("taipan").chain(args.iter().copied());
        parse(all.map(OsString::from).collect()).unwrap_or_else(|e| panic!("{e}"))
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
            "--max-fuel=1_000",
            "x.py",
        ]);
        assert_eq!((o.max_memory, o.max_fuel), (Some(64 << 20), Some(1000)));
        assert!(o.dump_ast && o.dump.ssa && !o.dump.asm && !o.dump_code);
        for bad in ["--jit=fast", "--dump=x", "--max-fuel=-1", "--no-such"] {
            assert!(parse(vec!["taipan".into(), bad.into(), "x.py".into()]).is_err());
        }
    }
}
