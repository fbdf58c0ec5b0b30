//! The command line: `options` (one row per flag), `run`, `dump`, `dis`, `stats`.
//!
//! Exit status: what the program asks for; 1 for an uncaught exception or a refused source, 2 for a
//! wrong command line or a file that cannot be read, 3 when a limit stopped it, 130 for Ctrl-C.

mod dump;
mod options;
mod pyc;
mod run;
mod stats;
mod stream;

use std::process::ExitCode;

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    let args: Vec<std::ffi::OsString> = std::env::args_os().collect();
    match options::parse(args) {
        Ok(o) => run::run(o),
        Err(e) => {
            // `--help` is no error: clap says where each goes.
            let _ = e.print();
            ExitCode::from(e.exit_code() as u8)
        }
    }
}
