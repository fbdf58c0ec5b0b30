//! `--bench[=N] SCRIPT [ARGS]`: what the script costs in each mode and on each engine found.
//!
//! Whole processes are timed, start and compilation included, N rounds of them; a round runs every
//! engine once, so that a machine that slows down slows all alike. `engines` finds them, `run` times
//! one process, `table` and `svg` show what came of it. Exit status: 0 when all print the same, 1 when
//! one does not, 2 when there is nothing to run or the picture cannot be written.

mod engines;
mod places;
mod run;
mod svg;
mod table;

use super::options::Options;
use super::run::{USAGE, say};
use engines::Contender;
use run::{Run, Said};
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// An engine, the times of its rounds, and why they do not count, if so.
struct Row {
    who: Contender,
    runs: Vec<Run>,
    wrong: Option<String>,
}

/// Runs everything and prints the table.
pub fn bench(o: &Options, rounds: u32) -> ExitCode {
    let script = o.argv.first().cloned().unwrap_or_default();
    if let Err(e) = std::fs::metadata(&script) {
        say(&format!("taipan: can't open file '{script}': {e}"));
        return ExitCode::from(USAGE);
    }
    let mut input = Vec::new();
    if !std::io::stdin().is_terminal() {
        // Each gets the same.
        let _ = std::io::stdin().lock().read_to_end(&mut input);
    }
    let found = match engines::find(o, Path::new(&script)) {
        Ok(f) => f,
        Err(e) => {
            say(&format!("taipan: can't run myself: {e}"));
            return ExitCode::from(USAGE);
        }
    };
    let mut rows: Vec<Row> = found
        .contenders
        .into_iter()
        .map(|who| Row {
            who,
            runs: Vec::new(),
            wrong: None,
        })
        .collect();
    measure(&mut rows, rounds, &o.argv[1..], &input);
    let same = rows.iter().all(|r| r.wrong.is_none());
    let title = o.argv.join(" ");
    let mut out = table::table(&title, rounds, &rows);
    for missing in &found.missing {
        out += &format!("  {missing}\n");
    }
    for r in &rows {
        if let Some(why) = &r.wrong {
            out += &format!("{} differs: {why}\n", r.who.name);
        }
    }
    if same {
        out += "all print the same\n";
    }
    let mut to = std::io::stdout();
    let _ = to.write_all(out.as_bytes());
    let _ = to.flush();
    if let Some(file) = &o.svg
        && let Err(e) = std::fs::write(file, svg::chart(&title, &table::bars(&rows)))
    {
        say(&format!("taipan: can't write '{file}': {e}"));
        return ExitCode::from(USAGE);
    }
    ExitCode::from(u8::from(!same))
}

/// Runs the rounds. What the first row, Taipan's interpreter, says in the first of them is what all
/// have to say; an engine that says otherwise is not asked again.
fn measure(rows: &mut [Row], rounds: u32, args: &[String], input: &[u8]) {
    let progress = Progress::new();
    let mut first: Option<Said> = None;
    for round in 1..=rounds {
        for row in rows.iter_mut().filter(|r| r.wrong.is_none()) {
            progress.show(&format!("round {round} of {rounds}: {}", row.who.name));
            match run::time(&row.who, args, input) {
                Ok((run, said)) => {
                    let expected = first.get_or_insert_with(|| said.clone());
                    row.wrong = said.difference(expected);
                    row.runs.push(run);
                }
                Err(e) => row.wrong = Some(format!("it does not start: {e}")),
            }
        }
    }
    progress.end();
}

/// What is going on, on stderr: one line that changes on a terminal, a line each elsewhere.
struct Progress {
    terminal: bool,
}
impl Progress {
    fn new() -> Progress {
        let terminal = std::io::stderr().is_terminal();
        Progress { terminal }
    }
    fn show(&self, text: &str) {
        let mut err = std::io::stderr();
        // Nobody can be told that it failed.
        let _ = if self.terminal {
            write!(err, "\r\x1b[K{text}")
        } else {
            writeln!(err, "{text}")
        };
        let _ = err.flush();
    }
    fn end(&self) {
        if self.terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
