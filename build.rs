//! How the command line is linked.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Packs the binary's relative relocations (DT_RELR): what lies in tables of pointers is a third of a mebibyte of
/// relocations otherwise, all of it read at each start. A linker that does not know the option says so and goes on;
/// a system whose loader does not know the format (glibc before 2.36) has such a linker.
///
/// Puts the functions that a start runs beside each other, where the linker can do that: the system maps code in
/// windows of 64 KiB, and a start would touch half of them (measured: 4.3 MiB of memory, 6.8 where the names are out of
/// date). `src/cli/start.order` names them; a name that is not there (another compiler, another version) is passed over. It is
/// written anew by this, once for the binary of `cargo build --release` and once for that of `cargo bench --no-run`,
/// whose names differ; the file has those of both:
///
/// ```text
/// valgrind --tool=callgrind --demangle=no --callgrind-out-file=calls target/release/taipan -c pass
/// grep -oE '^c?fn=\([0-9]+\) _.*' calls | cut -d' ' -f2 | sort -u
/// ```
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/cli/start.order");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|v| v == value);
    if !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    if is("CARGO_CFG_TARGET_ARCH", "x86_64")
        && is("PROFILE", "release")
        && let Some(dir) = std::env::var_os("CARGO_MANIFEST_DIR")
    {
        let order = PathBuf::from(dir).join("src/cli/start.order");
        let args = [
            format!("-Wl,--symbol-ordering-file={}", order.display()),
            "-Wl,--no-warn-symbol-ordering".to_string(),
        ];
        if order.is_file() && links(&args).unwrap_or(false) {
            for a in args {
                println!("cargo:rustc-link-arg-bins={a}");
            }
        }
    }
}

/// Whether an empty program is linked with these arguments, as this one will be.
fn links(args: &[String]) -> Option<bool> {
    let dir = std::env::var_os("OUT_DIR")?;
    let source = Path::new(&dir).join("empty.rs");
    std::fs::write(&source, "fn main() {}\n").ok()?;
    let mut rustc = Command::new(std::env::var_os("RUSTC")?);
    rustc.arg("--target").arg(std::env::var_os("TARGET")?);
    if let Some(linker) = std::env::var_os("RUSTC_LINKER") {
        let mut how = std::ffi::OsString::from("linker=");
        how.push(linker);
        rustc.arg("-C").arg(how);
    }
    if let Ok(flags) = std::env::var("CARGO_ENCODED_RUSTFLAGS") {
        rustc.args(flags.split('\u{1f}').filter(|f| !f.is_empty()));
    }
    for a in args {
        rustc.arg("-C").arg(format!("link-arg={a}"));
    }
    let out = Path::new(&dir).join("empty");
    rustc.arg("-o").arg(out).arg(&source);
    let quiet = rustc.stdin(Stdio::null()).stdout(Stdio::null());
    Some(quiet.stderr(Stdio::null()).status().ok()?.success())
}
