//! The programs of classes, generators and containers: Taipan's interpreter beside CPython's, its native
//! code beside PyPy's, and the geometric means.

use super::engines::Kind;
use super::report::{Goal, number};
use super::{Group, Job, Results, Summary};

/// What each column after the times divides: its heading, the dividend, the divisor.
const RATIOS: [(&str, Kind, Kind); 4] = [
    ("off / 3.13", Kind::Off, Kind::Python313),
    ("off / 3.8", Kind::Off, Kind::Python38),
    ("Taipan / PyPy", Kind::On, Kind::PyPy),
    ("3.8 / Taipan", Kind::Python38, Kind::On),
];

/// `a / b` of a program, warm.
fn ratio(results: &Results, job: &Job, a: Kind, b: Kind) -> Option<f64> {
    let of = results.get(&job.name())?;
    Some(of.get(&a)?.warm / of.get(&b)?.warm)
}

fn measured<'a>(jobs: &'a [Job], results: &Results) -> Vec<&'a Job> {
    jobs.iter()
        .filter(|j| j.group == Group::Objects && results.contains_key(&j.name()))
        .collect()
}

/// The geometric mean of a ratio over the programs that have it.
fn geomean(results: &Results, rows: &[&Job], a: Kind, b: Kind) -> Option<f64> {
    let logs: Vec<f64> = rows
        .iter()
        .filter_map(|j| Some(ratio(results, j, a, b)?.ln()))
        .collect();
    (!logs.is_empty()).then(|| (logs.iter().sum::<f64>() / logs.len() as f64).exp())
}

fn cell(ratio: Option<f64>) -> String {
    ratio.map_or("- |".into(), |r| format!(" {r:.2} |"))
}

/// Milliseconds, then the ratios, then their means.
pub fn table(jobs: &[Job], results: &Results) -> String {
    let rows = measured(jobs, results);
    if rows.is_empty() {
        return String::new();
    }
    let kinds = [
        Kind::On,
        Kind::PyPy,
        Kind::Off,
        Kind::Python313,
        Kind::Python38,
    ];
    let mut out = String::from("\n| objects, warm, ms | first call |");
    for k in kinds {
        out += &format!(" {} |", k.name());
    }
    for (heading, _, _) in RATIOS {
        out += &format!(" {heading} |");
    }
    out += &format!("\n|{}\n", "---|".repeat(2 + kinds.len() + RATIOS.len()));
    for j in &rows {
        let of = &results[&j.name()];
        let ms = |s: Option<&Summary>| {
            s.map_or(" - |".into(), |s| {
                format!(" {} ±{:.0}% |", number(s.warm), s.spread)
            })
        };
        let first = of.get(&Kind::On).map_or("-".into(), |s| number(s.first));
        out += &format!("| {}({}) | {first} |", j.name(), j.n);
        for k in kinds {
            out += &ms(of.get(&k));
        }
        for (_, a, b) in RATIOS {
            out += &cell(ratio(results, j, a, b));
        }
        out += "\n";
    }
    out += &format!("| geometric mean |{}", " |".repeat(1 + kinds.len()));
    for (_, a, b) in RATIOS {
        out += &cell(geomean(results, &rows, a, b));
    }
    out + "\n"
}

/// The bounds of the interpreter, program by program and in the mean, and of native code in the mean.
pub fn goals(jobs: &[Job], results: &Results) -> Vec<Goal> {
    let rows = measured(jobs, results);
    let mut all = Vec::new();
    let mut goal = |text: String, measured: Option<f64>, most: f64| {
        if let Some(measured) = measured {
            all.push(Goal {
                text,
                measured,
                most,
            });
        }
    };
    for j in &rows {
        let r = ratio(results, j, Kind::Off, Kind::Python313);
        goal(format!("{}: `--jit=off` / CPython 3.13", j.name()), r, 1.5);
    }
    for (text, a, b, most) in [
        (
            "`--jit=off` / CPython 3.13",
            Kind::Off,
            Kind::Python313,
            1.0,
        ),
        ("Taipan / PyPy", Kind::On, Kind::PyPy, 1.0),
        ("Taipan / CPython 3.8", Kind::On, Kind::Python38, 1.0 / 8.0),
    ] {
        let mean = geomean(results, &rows, a, b);
        goal(format!("objects, geometric mean: {text}"), mean, most);
    }
    all
}
