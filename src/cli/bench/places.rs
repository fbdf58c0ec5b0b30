//! Where a CPython may be. The tests and the benches that compare with one include this file.

use std::path::{Path, PathBuf};

/// Where CPython 3.`minor` may be: `$TAIPAN_PYTHON3<minor>`, on the path, among pyenv's versions
/// (its shims start the version that is selected, and no other).
pub fn pythons(minor: u32) -> Vec<PathBuf> {
    let program = format!("python3.{minor}");
    let mut places: Vec<PathBuf> = std::env::var_os(format!("TAIPAN_PYTHON3{minor}"))
        .into_iter()
        .map(PathBuf::from)
        .collect();
    places.push(program.clone().into());
    let root = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|h| Path::new(&h).join(".pyenv")));
    if let Some(versions) = root.and_then(|r| std::fs::read_dir(r.join("versions")).ok()) {
        let prefix = format!("3.{minor}.");
        let mut all: Vec<PathBuf> = versions
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().starts_with(&prefix))
            .map(|e| e.path().join("bin").join(&program))
            .collect();
        all.sort();
        places.extend(all);
    }
    places
}
