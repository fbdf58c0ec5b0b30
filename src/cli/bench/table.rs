//! The table: the median, the spread and the ratio of each engine, fastest first.

use super::Row;
use super::svg::Bar;
use std::time::Duration;

/// The mode that the others are measured by.
const ONE: &str = "taipan --jit=on";

/// Milliseconds: the middle one, the least, the greatest.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spread {
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

/// Nothing of nothing.
pub fn spread(times: impl Iterator<Item = Duration>) -> Option<Spread> {
    let mut ms: Vec<f64> = times.map(|t| t.as_secs_f64() * 1000.0).collect();
    ms.sort_by(f64::total_cmp);
    let (low, high) = (*ms.first()?, *ms.last()?);
    let middle = ms.len() / 2;
    let median = match ms.len() % 2 {
        0 => (ms[middle - 1] + ms[middle]) / 2.0,
        _ => ms[middle],
    };
    Some(Spread { median, low, high })
}

/// The rows that count, fastest first, with their wall times.
fn ranked(rows: &[Row]) -> Vec<(&Row, Spread)> {
    let mut all: Vec<(&Row, Spread)> = rows
        .iter()
        .filter(|r| r.wrong.is_none())
        .filter_map(|r| Some((r, spread(r.runs.iter().map(|t| t.wall))?)))
        .collect();
    all.sort_by(|a, b| a.1.median.total_cmp(&b.1.median));
    all
}

/// How many times as long as Taipan's own mode `on` it took.
fn ratio(all: &[(&Row, Spread)], s: Spread) -> Option<f64> {
    let one = all.iter().find(|(r, _)| r.who.name == ONE)?.1.median;
    (one > 0.0).then(|| s.median / one)
}

/// Lines of cells: the first and the last column to the left, the others to the right.
fn align(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| {
        let cells = lines.iter().filter_map(|l| l.get(c));
        cells.map(|s| s.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).enumerate();
        let text: Vec<String> = cells
            .map(|(c, (s, &w))| match c {
                c if c == 0 || c + 1 == columns => format!("{s:w$}"),
                _ => format!("{s:>w$}"),
            })
            .collect();
        out += &format!("  {}\n", text.join("  ").trim_end());
    }
    out
}

/// All of it as text.
pub fn table(title: &str, rounds: u32, rows: &[Row]) -> String {
    let times = if rounds == 1 { "once" } else { "times" };
    let how_often = match rounds {
        1 => times.to_owned(),
        n => format!("{n} {times}"),
    };
    let mut out = format!(
        "{title}\n  whole processes, each run {how_often}; wall time in ms, its ratio to {ONE}; \
         processor time (user and system) in ms\n\n"
    );
    let head = ["engine", "median", "min", "max", "ratio", "cpu", ""];
    let mut lines: Vec<Vec<String>> = vec![head.iter().map(|s| s.to_string()).collect()];
    let all = ranked(rows);
    for (r, s) in &all {
        let cpu = r.runs.iter().map(|t| t.cpu).collect::<Option<Vec<_>>>();
        let cpu = cpu.and_then(|c| spread(c.into_iter()));
        let ms = |t: f64| format!("{t:.1}");
        lines.push(vec![
            r.who.name.clone(),
            ms(s.median),
            ms(s.low),
            ms(s.high),
            ratio(&all, *s).map_or("-".into(), |r| format!("{r:.2}")),
            cpu.map_or("-".into(), |c| ms(c.median)),
            r.who.version.clone(),
        ]);
    }
    out += &align(&lines);
    out
}

/// The same for the picture.
pub fn bars(rows: &[Row]) -> Vec<Bar> {
    let all = ranked(rows);
    all.iter()
        .map(|(r, s)| Bar {
            label: r.who.name.clone(),
            spread: *s,
            note: match ratio(&all, *s) {
                Some(x) => format!("{:.1} ms, {x:.2} ×", s.median),
                None => format!("{:.1} ms", s.median),
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let of = |ms: &[u64]| spread(ms.iter().map(|&m| Duration::from_millis(m)));
        assert_eq!(of(&[]), None);
        let s = of(&[9, 1, 4]).expect("three");
        assert_eq!((s.low, s.median, s.high), (1.0, 4.0, 9.0));
        assert_eq!(of(&[4, 2]).map(|s| s.median), Some(3.0));
    }

    #[test]
    fn columns_are_aligned_by_characters() {
        let row = |c: [&str; 3]| c.iter().map(|s| s.to_string()).collect();
        let text = align(&[row(["é", "1", "x"]), row(["ab", "100", "y"])]);
        assert_eq!(text, "  é     1  x\n  ab  100  y\n");
    }
}
