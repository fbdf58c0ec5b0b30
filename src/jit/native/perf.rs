//! The map through which `perf` names native code (`--perf-map`): `/tmp/perf-PID.map`, a line for each
//! unit as it is installed. Where a unit has been freed and another has its place, the later line counts.

use super::unit::{Unit, UnitKind};
use crate::jit::native::exec_of_word;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::Mutex;

/// The file, and the process that opened it: a forked child has one of its own.
static MAP: Mutex<Option<(u32, File)>> = Mutex::new(None);

/// Where the map of this process is.
pub fn path() -> String {
    format!("/tmp/perf-{}.map", std::process::id())
}

/// `START SIZE py::NAME:FILE:LINE`, the numbers in hexadecimal; the line is that of the `def`, or
/// of the loop.
fn line(unit: &Unit) -> String {
    let (at, bytes) = unit.range();
    let place = exec_of_word(unit.owner.bits()).map(|e| {
        let line = match unit.kind {
            UnitKind::Function => e.code.firstlineno,
            UnitKind::Loop(pc) | UnitKind::Resume(pc) => e.line(pc),
        };
        format!(":{}:{line}", e.code.filename)
    });
    let name = format!("py::{}{}", unit.name, place.unwrap_or_default());
    format!("{at:x} {bytes:x} {}\n", name.replace(['\n', '\r'], "?"))
}

/// Adds a unit. A file that cannot be written is none of the program's business.
pub fn add(unit: &Unit) {
    let mut map = MAP.lock().unwrap_or_else(|e| e.into_inner());
    let pid = std::process::id();
    if map.as_ref().is_none_or(|m| m.0 != pid) {
        // What an earlier process of this number left is not about us.
        let _ = std::fs::remove_file(path());
        let file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .open(path());
        *map = file.ok().map(|f| (pid, f));
    }
    if let Some((_, f)) = &mut *map {
        // At once, in one piece: the process may end in any way.
        let _ = f.write_all(line(unit).as_bytes());
    }
}
