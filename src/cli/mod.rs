//! The command line: `options` (one row per flag), `run`, `module` (`__main__`, `-m`), `repl`, `tiers`
//! (`--compare-tiers`), `bench` (`--bench`), `pyc`, `dump`, `stats`, `stream`.
//!
//! Exit status: what the program asks for; 1 for an uncaught exception or a refused source, 2 for a
//! wrong command line or a file that cannot be read, 3 when a limit stopped it, 120 when its output
//! could not be handed over; Ctrl-C ends it by the signal.

mod bench;
mod dump;
mod module;
mod options;
mod pyc;
mod repl;
mod run;
mod stats;
mod stream;
mod tiers;

use options::Command;
use std::io::Write;
use std::process::ExitCode;

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    let args: Vec<std::ffi::OsString> = std::env::args_os().collect();
    match options::parse(args) {
        Ok(Command::Run(o)) => run::run(*o),
        Ok(Command::Say(text)) => {
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(e) => {
            run::say(&e.to_string());
            ExitCode::from(run::USAGE)
        }
    }
}
