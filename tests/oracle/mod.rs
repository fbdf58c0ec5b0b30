//! Where a CPython to compare with is found, for the tests that run one.

#[path = "../../src/cli/bench/places.rs"]
mod places;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// CPython 3.8: `$TAIPAN_PYTHON38`, a `python3.8` that really starts (a pyenv shim may not), or one
/// of pyenv's.
#[allow(dead_code)] // each test file is a crate of its own
pub fn python38() -> Option<PathBuf> {
    python(8)
}

/// CPython 3.`minor`: `$TAIPAN_PYTHON3<minor>`, and so on.
#[allow(dead_code)]
pub fn python(minor: u32) -> Option<PathBuf> {
    let test = format!("import sys; sys.exit(sys.version_info[:2] != (3, {minor}))");
    let starts = |p: &Path| {
        Command::new(p)
            .args(["-c", &test])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    };
    places::pythons(minor).into_iter().find(|p| starts(p))
}
