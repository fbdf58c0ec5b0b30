//! Who runs the script: Taipan in each mode, and the engines of this machine.

use super::super::options::Options;
use super::places::pythons;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One line of the table.
#[derive(Clone)]
pub struct Contender {
    pub name: String,
    pub version: String,
    pub program: PathBuf,
    /// What stands before the script.
    pub flags: Vec<OsString>,
    pub script: PathBuf,
}

/// Who can run, and a line each for who cannot.
pub struct Found {
    pub contenders: Vec<Contender>,
    pub missing: Vec<String>,
}

const MODES: [&str; 3] = ["off", "on", "always"];

/// Prints what kind of Python it is, then its version.
const ASK: &str = "import platform, sys\n\
    p = getattr(sys, 'pypy_version_info', None)\n\
    own = ' %d.%d.%d' % tuple(p[:3]) if p else ''\n\
    print(platform.python_implementation() + own, platform.python_version())";

/// Taipan in each mode first.
///
/// # Errors
/// This very program cannot be named.
pub fn find(o: &Options, script: &Path) -> std::io::Result<Found> {
    let me = std::env::current_exe()?;
    // An engine would take it for a flag, and not all know `--`.
    let dashed = script.to_string_lossy().starts_with('-');
    let script = &match dashed {
        true => Path::new(".").join(script),
        false => script.to_path_buf(),
    };
    let own = |a: &&String| !["--bench", "--svg", "--jit"].contains(&name_of(a));
    // `--svg FILE`: the file belongs to it.
    let mut given: Vec<OsString> = Vec::new();
    let mut args = o.given.iter();
    while let Some(a) = args.next() {
        if a == "--svg" {
            args.next();
        } else if own(&a) && a != "--" {
            given.push(a.into());
        }
    }
    let mut contenders: Vec<Contender> = MODES
        .iter()
        .map(|mode| {
            let mut flags = given.clone();
            flags.push(format!("--jit={mode}").into());
            Contender {
                name: format!("taipan --jit={mode}"),
                version: format!("Taipan {}", env!("CARGO_PKG_VERSION")),
                program: me.clone(),
                flags,
                script: script.into(),
            }
        })
        .collect();
    let mut missing = Vec::new();
    for (name, places, version) in [
        ("python3.8", pythons(8), "CPython 3.8."),
        ("python3.13", pythons(13), "CPython 3.13."),
        ("pypy3", vec!["pypy3".into()], "PyPy "),
    ] {
        match first_that_starts(places, &["-c", ASK], version) {
            None => missing.push(format!("{name}: not found")),
            Some((program, version)) => contenders.push(Contender {
                name: name.into(),
                version,
                program,
                flags: Vec::new(),
                script: script.into(),
            }),
        }
    }
    for (name, extension, ask, answer) in [
        ("node", "js", "--version", "v"),
        ("luajit", "lua", "-v", "LuaJIT"),
    ] {
        let twin = script.with_extension(extension);
        if !twin.is_file() {
            missing.push(format!("{name}: there is no {}", twin.display()));
            continue;
        }
        match first_that_starts(vec![name.into()], &[ask], answer) {
            None => missing.push(format!("{name}: not found")),
            Some((program, version)) => contenders.push(Contender {
                name: name.into(),
                version,
                program,
                flags: Vec::new(),
                script: twin,
            }),
        }
    }
    Ok(Found {
        contenders,
        missing,
    })
}

/// A flag without its value.
fn name_of(flag: &str) -> &str {
    flag.split('=').next().unwrap_or(flag)
}

/// The first that answers as it should, and the two first words of its answer.
fn first_that_starts(
    places: Vec<PathBuf>,
    ask: &[&str],
    answer: &str,
) -> Option<(PathBuf, String)> {
    places.into_iter().find_map(|program| {
        let out = Command::new(&program)
            .args(ask)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        let known = out.status.success() && text.starts_with(answer);
        let words: Vec<&str> = text.split_whitespace().take(2).collect();
        known.then(|| (program, words.join(" ")))
    })
}
