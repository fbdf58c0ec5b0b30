//! Where a CPython to compare with is found, for the tests that run one.

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
    let mut places: Vec<PathBuf> = std::env::var_os(format!("TAIPAN_PYTHON3{minor}"))
        .into_iter()
        .map(Into::into)
        .collect();
    places.push(format!("python3.{minor}").into());
    let root = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|h| Path::new(&h).join(".pyenv")));
    if let Some(versions) = root.and_then(|r| std::fs::read_dir(r.join("versions")).ok()) {
        let prefix = format!("3.{minor}.");
        places.extend(
            versions
                .flatten()
                .filter(|e| e.file_name().to_string_lossy().starts_with(&prefix))
                .map(|e| e.path().join(format!("bin/python3.{minor}"))),
        );
    }
    places.into_iter().find(|p| starts(p))
}
