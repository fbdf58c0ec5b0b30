//! Where the hostile programs are.

use std::path::{Path, PathBuf};

/// Their folder, if there is one: see `tests/hostile.rs`.
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("TAIPAN_CONFORMANCE").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    let p = named.unwrap_or(beside).join("hostile");
    p.is_dir().then_some(p)
}

/// The programs of a folder, in order.
pub fn programs_of(folder: &Path) -> Vec<PathBuf> {
    let mut programs: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "py"))
        .collect();
    programs.sort();
    programs
}
