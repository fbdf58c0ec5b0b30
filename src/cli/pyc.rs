//! `.pyc` files: as scripts, and made by `--compile`.

use crate::code::object::CodeObject;
use crate::code::pyc;
use crate::compile::{Mode, Options, compile_with, decode};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// The code object of a script that is a `.pyc`, by its name or by how it begins; `None`: it is source.
///
/// # Errors
/// What is wrong with it, and what python says of it.
pub fn script(file: &str, bytes: &[u8]) -> Option<Result<Arc<CodeObject>, String>> {
    if !file.ends_with(".pyc") && !pyc::looks_like_pyc(bytes) {
        return None;
    }
    Some(
        pyc::load_script(bytes)
            .map_err(|(python, why)| format!("taipan: {file}: {why}\n{}", python.0)),
    )
}

/// `--compile`: writes the `.pyc` CPython 3.8 would make of a source, where it would look for it
/// unless the place is given.
pub fn compile_file(file: &str, out: Option<&str>) -> ExitCode {
    match write(Path::new(file), out.map(PathBuf::from)) {
        Ok(()) => ExitCode::SUCCESS,
        Err((status, text)) => {
            eprintln!("{text}");
            ExitCode::from(status)
        }
    }
}

/// `dir/name.py` → `dir/__pycache__/name.cpython-38.pyc`.
fn cached(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let base = match name.rsplit_once('.') {
        Some((base, _)) if !base.is_empty() => base,
        _ => &name,
    };
    let dir = file.parent().unwrap_or(Path::new(""));
    dir.join("__pycache__")
        .join(format!("{base}.cpython-38.pyc"))
}

fn write(file: &Path, out: Option<PathBuf>) -> Result<(), (u8, String)> {
    let shown = file.display();
    let cannot = |what: &str, path: &Path, e: std::io::Error| {
        (2, format!("taipan: can't {what} '{}': {e}", path.display()))
    };
    let bytes = std::fs::read(file).map_err(|e| cannot("open file", file, e))?;
    let meta = std::fs::metadata(file).map_err(|e| cannot("open file", file, e))?;
    let name = shown.to_string();
    let text = decode::decode(&bytes, &name, decode::Origin::File)
        .map_err(|e| (1, e.to_string().trim_end().into()))?;
    let code = compile_with(&text, &name, Mode::Exec, Options::default())
        .map_err(|e| (1, e.to_string().trim_end_matches('\n').to_owned()))?;
    let mtime = meta
        .modified()
        .ok()
        .and_then(|t| t.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |d| d.as_secs() as u32);
    let made = pyc::save(&code, mtime, bytes.len() as u32)
        .map_err(|e| (1, format!("taipan: can't compile '{shown}': {e}")))?;
    let out = match out {
        Some(o) => o,
        None => {
            let o = cached(file);
            if let Some(dir) = o.parent() {
                std::fs::create_dir_all(dir).map_err(|e| cannot("make folder", dir, e))?;
            }
            o
        }
    };
    std::fs::write(&out, made).map_err(|e| cannot("write", &out, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_python_looks_for_it() {
        for (file, want) in [
            ("a.py", "__pycache__/a.cpython-38.pyc"),
            ("d/a.b.py", "d/__pycache__/a.b.cpython-38.pyc"),
            ("d/script", "d/__pycache__/script.cpython-38.pyc"),
        ] {
            assert_eq!(cached(Path::new(file)), Path::new(want));
        }
    }
}
