//! How the command line is linked.

/// Packs the binary's relative relocations (DT_RELR): what lies in tables of pointers is a third of a mebibyte of
/// relocations otherwise, all of it read at each start. A linker that does not know the option says so and goes on;
/// a system whose loader does not know the format (glibc before 2.36) has such a linker.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|v| v == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
