//! CPython's own tests of wave 1, through the stand-ins for `unittest` that lie beside the checkout, in every mode.
//!
//! The stand-ins are in `$TAIPAN_CONFORMANCE` or in `../shared/conformance`, CPython's `Lib/test` where CPython 3.8
//! is; without one of them the test says so and is skipped. Of the cases that need only modules that are there,
//! which `wave1-cases.txt` names, those that do not pass (a skip does not count as passed) stand in
//! `conformance/failures.txt` with a reason. A failure that is not listed fails the test, and so does a listed
//! case that passes: it is to be taken out. What passes must be the same in every mode; a case of which that does
//! not hold is listed with the modes in which it may fail: `file Class.method [always stress]: reason`.
//!
//! `TAIPAN_WAVE=test_int,test_float` runs only these files; `TAIPAN_BLESS=1` writes the list anew, with the
//! reasons that it had and what the tests said for new ones.

mod oracle;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long a file may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(300);

/// The share of the cases that is to pass, in percent.
const GOAL: usize = 97;

/// The files, and how many of their cases pass under CPython 3.8 with its library.
const WAVE: &[&str] = &[
    "test_unicode",
    "test_dict",
    "test_list",
    "test_itertools",
    "test_grammar",
    "test_float",
    "test_int",
    "test_operator",
    "test_string",
    "test_heapq",
    "test_tuple",
    "test_exceptions",
    "test_scope",
    "test_range",
    "test_sort",
    "test_keywordonlyarg",
    "test_positional_only_arg",
    "test_decorators",
    "test_exception_variations",
    "test_baseexception",
    "test_class",
    "test_property",
    "test_isinstance",
    "test_subclassinit",
    "test_slice",
    "test_augassign",
    "test_unary",
    "test_pow",
    "test_bool",
    "test_opcodes",
    "test_dis",
    "test_dictcomps",
    "test_print",
    "test_contains",
    "test_typechecks",
    "test_int_literal",
    "test_utf8source",
];
const WITH_LIBRARY: usize = 1117;

const MODES: [&[&str]; 4] = [
    &["--jit=off"],
    &["--jit=on"],
    &["--jit=always"],
    &["--jit=stress", "--jit-seed=1"],
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn stand_ins() -> Option<PathBuf> {
    let place = match std::env::var_os("TAIPAN_CONFORMANCE") {
        Some(p) => PathBuf::from(p),
        None => root().parent()?.join("shared/conformance"),
    };
    place.join("shim/run_shim.py").is_file().then_some(place)
}

/// CPython's `Lib/test`.
fn tests_of_cpython() -> Option<PathBuf> {
    let out = Command::new(oracle::python38()?)
        .args(["-c", "import test; print(test.__path__[0])"])
        .output()
        .ok()?;
    let place = PathBuf::from(String::from_utf8(out.stdout).ok()?.trim());
    place.join("test_grammar.py").is_file().then_some(place)
}

/// `file Class.method` → how it ended, and what it said if it did not pass.
type Outcomes = BTreeMap<String, Result<(), String>>;

/// One file in one mode; a file that does not come to its end has an entry of its own.
fn run(shim: &Path, tests: &Path, file: &str, mode: &[&str]) -> Outcomes {
    let place = std::env::temp_dir().join(format!(
        "taipan-conformance-{}-{file}-{}",
        std::process::id(),
        mode[0].trim_start_matches("--jit=")
    ));
    let mut all = Outcomes::new();
    let mut died = |why: String| {
        all.insert(format!("{file} (the file)"), Err(why));
    };
    // The tests leave files where they run.
    if let Err(e) = std::fs::create_dir_all(&place) {
        died(e.to_string());
        return all;
    }
    let out_file = place.join("out");
    let text = (|| {
        let out = std::fs::File::create(&out_file).ok()?;
        let err = std::fs::File::create(place.join("err")).ok()?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_taipan"))
            .args(mode)
            .arg(shim.join("shim/run_shim.py"))
            .arg(tests)
            .args([file, "-v"])
            .current_dir(&place)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn()
            .ok()?;
        let start = Instant::now();
        while child.try_wait().ok()?.is_none() {
            if start.elapsed() > PATIENCE {
                let _ = child.kill();
                let _ = child.wait();
                died("it hangs".into());
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let bytes = std::fs::read(&out_file).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    })();
    let text = text.unwrap_or_default();
    if !text
        .lines()
        .any(|l| l.starts_with(&format!("RESULT {file} ")))
    {
        let said = std::fs::read_to_string(place.join("err")).unwrap_or_default();
        let last = text.lines().chain(said.lines()).last().unwrap_or("");
        died(last.into());
    }
    for line in text.lines() {
        let mut words = line.splitn(4, ' ');
        let (Some(status), Some(of), Some(case)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let said = words.next().unwrap_or("");
        let outcome = match status {
            "PASS" => Ok(()),
            "FAIL" | "ERROR" | "SKIP" => Err(format!("{}: {said}", status.to_lowercase())),
            _ => continue,
        };
        if of == file {
            all.insert(format!("{file} {case}"), outcome);
        }
    }
    let _ = std::fs::remove_dir_all(&place);
    all
}

/// All files in all modes, some at once.
fn all_modes(shim: &Path, tests: &Path, files: &[&'static str]) -> Vec<Outcomes> {
    let jobs: Vec<(usize, &str)> = files
        .iter()
        .flat_map(|f| (0..MODES.len()).map(move |m| (m, *f)))
        .collect();
    let next = Mutex::new(jobs.iter());
    let results = Mutex::new(vec![Outcomes::new(); MODES.len()]);
    std::thread::scope(|s| {
        for _ in 0..std::thread::available_parallelism().map_or(2, |n| n.get()) {
            s.spawn(|| {
                loop {
                    let job = next.lock().expect("no worker panics").next().copied();
                    let Some((mode, file)) = job else { break };
                    let outcomes = run(shim, tests, file, MODES[mode]);
                    results.lock().expect("no worker panics")[mode].extend(outcomes);
                }
            });
        }
    });
    results.into_inner().expect("no worker panics")
}

/// The cases that may fail: `file Class.method: reason` a line, with modes where it fails only in some.
fn listed() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("tests/conformance/failures.txt"));
    text.expect("tests/conformance/failures.txt")
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| {
            let (case, why) = l.split_once(": ").expect("CASE: REASON");
            assert!(!why.trim().is_empty(), "{case} has no reason");
            (case.to_owned(), why.to_owned())
        })
        .collect()
}

fn bless(failing: &BTreeMap<String, String>, known: &BTreeMap<String, String>) {
    let mut out = String::from(
        "# Cases of wave1-cases.txt that do not pass, and why. tests/conformance.rs reads this.\n",
    );
    let mut all = failing.clone();
    all.extend(known.clone().into_iter().filter(|k| k.0.ends_with(']')));
    for (case, said) in &all {
        let why = known.get(case).unwrap_or(said);
        out += &format!("{case}: {why}\n");
    }
    std::fs::write(root().join("tests/conformance/failures.txt"), out).expect("written");
}

#[test]
fn wave_1() {
    let Some(shim) = stand_ins() else {
        println!(
            "skipped: no stand-ins for CPython's tests in $TAIPAN_CONFORMANCE or ../shared/conformance"
        );
        return;
    };
    let Some(tests) = tests_of_cpython() else {
        println!("skipped: no CPython 3.8 with its tests on this machine");
        return;
    };
    let only = std::env::var("TAIPAN_WAVE").unwrap_or_default();
    let files: Vec<&'static str> = WAVE
        .iter()
        .copied()
        .filter(|f| only.is_empty() || only.split(',').any(|o| o == *f))
        .collect();
    let wanted = std::fs::read_to_string(shim.join("wave1-cases.txt")).expect("wave1-cases.txt");
    let wanted: BTreeSet<&str> = wanted
        .lines()
        .filter(|l| files.iter().any(|f| l.split(' ').next() == Some(f)))
        .collect();
    let began = Instant::now();
    let outcomes = all_modes(&shim, &tests, &files);
    let off = &outcomes[0];

    let passed = |o: &Outcomes| o.values().filter(|r| r.is_ok()).count();
    let failing: BTreeMap<String, String> = wanted
        .iter()
        .filter_map(|case| match off.get(*case) {
            Some(Ok(())) => None,
            Some(Err(said)) => Some(((*case).to_owned(), said.clone())),
            None => Some(((*case).to_owned(), "it did not run".into())),
        })
        .collect();
    println!(
        "conformance: {} of {} cases pass ({:.1} %), {} of the {WITH_LIBRARY} that pass with CPython's library; \
         {} files in {} modes, {:.0} s",
        wanted.len() - failing.len(),
        wanted.len(),
        100.0 * (wanted.len() - failing.len()) as f64 / wanted.len() as f64,
        passed(off),
        files.len(),
        MODES.len(),
        began.elapsed().as_secs_f64()
    );

    let known = listed();
    let mut wrong = Vec::new();
    for (mode, o) in MODES.iter().zip(&outcomes).skip(1) {
        for case in off.keys().chain(o.keys()).collect::<BTreeSet<_>>() {
            let (a, b) = (off.get(case), o.get(case));
            let name = mode[0].trim_start_matches("--jit=");
            let excused = known.keys().any(|k| {
                k.strip_prefix(case.as_str()).is_some_and(|modes| {
                    let modes = modes.strip_prefix(" [").and_then(|m| m.strip_suffix(']'));
                    modes.is_some_and(|m| m.split(' ').any(|m| m == name))
                })
            });
            if excused {
                continue;
            }
            let ok = |r: Option<&Result<(), String>>| r.is_some_and(|r| r.is_ok());
            if ok(a) != ok(b) {
                wrong.push(format!(
                    "{case}: {} it is {b:?}, and {a:?} in --jit=off",
                    mode[0]
                ));
            }
        }
    }
    for (case, said) in &failing {
        if !known.contains_key(case) {
            wrong.push(format!("{case} fails and is not listed: {said}"));
        }
    }
    for case in known.keys().filter(|k| !k.ends_with(']')) {
        if wanted.contains(case.as_str()) && !failing.contains_key(case) {
            wrong.push(format!("{case} passes: take it out of failures.txt"));
        }
        if only.is_empty() && !wanted.contains(case.as_str()) {
            wrong.push(format!("{case} is no case of the wave"));
        }
    }
    if std::env::var_os("TAIPAN_BLESS").is_some() && only.is_empty() {
        bless(&failing, &known);
        println!("written: tests/conformance/failures.txt");
        return;
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    if only.is_empty() {
        assert!((wanted.len() - failing.len()) * 100 >= wanted.len() * GOAL);
    }
}
