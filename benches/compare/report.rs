//! The tables in Markdown, and the goals.

use super::engines::{Engine, Kind, said};
use super::{Group, Job, Results, objects};

/// Commit, machine, versions, command.
pub fn head(all: &[Engine], missing: &[&str], args: &[String]) -> String {
    let commit = said("git", &["rev-parse", "--short", "HEAD"]);
    let changed = match said("git", &["status", "--porcelain", "-uno"]).is_empty() {
        true => "",
        false => " with changes",
    };
    let cpu = std::fs::read_to_string("/proc/cpuinfo")
        .unwrap_or_default()
        .lines()
        .find_map(|l| Some(l.strip_prefix("model name")?.split_once(": ")?.1.to_owned()))
        .unwrap_or("an unknown processor".into());
    let cores = std::thread::available_parallelism().map_or(0, |n| n.get());
    let mut versions: Vec<&str> = all
        .iter()
        .map(|e| e.version.as_str())
        .filter(|v| !v.is_empty())
        .collect();
    versions.dedup();
    let args: Vec<&str> = args
        .iter()
        .map(String::as_str)
        .filter(|a| *a != "--bench" && !a.starts_with("--taipan="))
        .collect();
    let mut out = format!(
        "Commit {commit}{changed}, {cpu}, {cores} cores, {}. `cargo bench --bench compare{}{}`\n",
        versions.join(", "),
        if args.is_empty() { "" } else { " -- " },
        args.join(" ")
    );
    for m in missing {
        out += &format!("{m} was not found.\n");
    }
    out
}

pub fn number(ms: f64) -> String {
    match ms {
        m if m < 10.0 => format!("{m:.2}"),
        m if m < 100.0 => format!("{m:.1}"),
        m => format!("{m:.0}"),
    }
}

/// Warm milliseconds of every program; in brackets what others took in units of Taipan's.
pub fn tables(jobs: &[Job], results: &Results) -> String {
    let mut out = String::new();
    for (title, group) in [
        ("program, warm, ms (× Taipan)", Group::Twins),
        (
            "program without twins, warm, ms (× Taipan)",
            Group::Variants,
        ),
    ] {
        let rows: Vec<&Job> = jobs
            .iter()
            .filter(|j| j.group == group && results.contains_key(&j.name()))
            .collect();
        let kinds: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|k| rows.iter().any(|j| results[&j.name()].contains_key(k)))
            .collect();
        if rows.is_empty() {
            continue;
        }
        out += &format!("\n| {title} | first call |");
        for k in &kinds {
            out += &format!(" {} |", k.name());
        }
        out += &format!("\n|---|---|{}\n", "---|".repeat(kinds.len()));
        for j in rows {
            let of = &results[&j.name()];
            let own = of.get(&Kind::On);
            let first = own.map_or("-".into(), |s| number(s.first));
            out += &format!("| {}({}) | {first} |", j.name(), j.n);
            for k in &kinds {
                out += &match (of.get(k), own) {
                    (None, _) => " |".to_owned(),
                    (Some(s), Some(o)) if *k != Kind::On => format!(
                        " {} ±{:.0}% ({:.2}) |",
                        number(s.warm),
                        s.spread,
                        s.warm / o.warm
                    ),
                    (Some(s), _) => format!(" **{}** ±{:.0}% |", number(s.warm), s.spread),
                };
            }
            out += "\n";
        }
    }
    out
}

/// One goal: what was divided, the quotient, the bound.
pub struct Goal {
    pub text: String,
    pub measured: f64,
    pub most: f64,
}

/// Each goal whose parts were measured.
pub fn goals(jobs: &[Job], results: &Results) -> String {
    let warm = |job: &str, k: Kind| Some(results.get(job)?.get(&k)?.warm);
    let mut all: Vec<Goal> = Vec::new();
    let mut goal = |text: String, a: Option<f64>, b: Option<f64>, most: f64| {
        if let (Some(a), Some(b)) = (a, b) {
            all.push(Goal {
                text,
                measured: a / b,
                most,
            });
        }
    };
    let mut beside = |job: &str, k: Kind, most: f64| {
        let text = format!("{job}: Taipan / {}", k.name());
        goal(text, warm(job, Kind::On), warm(job, k), most);
    };
    beside("fib", Kind::Rust, 1.0);
    beside("fib", Kind::Node, 1.0);
    beside("fib", Kind::LuaJit, 1.0);
    beside("fib", Kind::PyPy, 1.0 / 4.0);
    beside("fib", Kind::Python38, 1.0 / 30.0);
    for job in ["nested", "levels"] {
        beside(job, Kind::Rust, 1.2);
        beside(job, Kind::PyPy, 1.0);
        beside(job, Kind::Node, 1.0);
    }
    for job in [
        "ackermann",
        "tak",
        "even_odd",
        "float_rec",
        "collatz",
        "gcd",
        "mandelbrot",
        "sieve",
        "int_loop",
        "float_loop",
    ] {
        beside(job, Kind::PyPy, 1.0);
        beside(job, Kind::Node, 1.5);
    }
    // All of these make as many calls as fib does.
    for v in ["names", "two_tests", "floats", "float_argument", "rebound"] {
        let job = format!("fib_variants.{v}");
        let text = format!("{job}: per call / fib's");
        goal(text, warm(&job, Kind::On), warm("fib", Kind::On), 1.3);
    }
    for (v, plain, most) in [
        ("keyword", "plain", 1.3),
        ("mixed", "plain", 1.3),
        ("defaulted", "plain", 1.3),
        ("keyword_only", "plain", 1.3),
        ("star_parameter", "plain", 3.0),
        ("star_argument", "plain", 3.0),
        ("closure", "plain_one", 1.3),
        ("local_function", "plain_one", 1.3),
        ("counter", "plain_one", 1.3),
    ] {
        let (a, b) = (format!("calls.{v}"), format!("calls.{plain}"));
        let text = format!("{a} / {plain}");
        goal(text, warm(&a, Kind::On), warm(&b, Kind::On), most);
    }
    let mut off = |job: &str| {
        let text = format!("{job}: `--jit=off` / CPython 3.13");
        goal(text, warm(job, Kind::Off), warm(job, Kind::Python313), 1.0);
    };
    off("fib.30");
    for v in [
        "keyword",
        "mixed",
        "defaulted",
        "keyword_only",
        "star_parameter",
        "star_argument",
        "kw_parameter",
        "closure",
        "local_function",
        "counter",
    ] {
        off(&format!("calls.{v}"));
    }
    for job in jobs.iter().filter(|j| j.group != Group::Objects) {
        let (job, of) = match results.get_key_value(&job.name()) {
            Some(found) => found,
            None => continue,
        };
        if let (Some(on), Some(off)) = (of.get(&Kind::On), of.get(&Kind::Off)) {
            let text = format!("{job}: first call / `--jit=off`");
            goal(text, Some(on.first), Some(off.first), 1.1);
        }
    }
    all.extend(objects::goals(jobs, results));
    let met = all.iter().filter(|g| g.measured <= g.most).count();
    let mut out = format!("\n{met} of {} goals met\n\n", all.len());
    out += "| goal | at most | measured | |\n|---|---|---|---|\n";
    for g in all {
        let miss = match g.measured <= g.most {
            true => "",
            false => "**missed**",
        };
        out += &format!(
            "| {} | {:.3} | {:.3} | {miss} |\n",
            g.text, g.most, g.measured
        );
    }
    out
}
