//! The process's target: made once, shared by every engine.

use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable};
use std::sync::OnceLock;

/// The host's ISA, or why there is none.
pub fn host() -> Result<OwnedTargetIsa, &'static str> {
    static ISA: OnceLock<Result<OwnedTargetIsa, String>> = OnceLock::new();
    made(&ISA, "speed")
}

/// The same for units that are wanted soon: what our own passes left is not looked through again, and registers
/// are given out in one pass (two thirds of the time; what runs in drafts is a few percent slower).
pub fn draft() -> Result<OwnedTargetIsa, &'static str> {
    static ISA: OnceLock<Result<OwnedTargetIsa, String>> = OnceLock::new();
    made(&ISA, "none")
}

fn made(
    isa: &'static OnceLock<Result<OwnedTargetIsa, String>>,
    opt_level: &str,
) -> Result<OwnedTargetIsa, &'static str> {
    isa.get_or_init(|| {
        let machine = cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));
        if !cfg!(target_os = "linux") || !cfg!(target_pointer_width = "64") || !machine {
            return Err("no native code on this system".to_string());
        }
        let flags = flags(opt_level)?;
        cranelift_native::builder()?
            .finish(flags)
            .map_err(|e| e.to_string())
    })
    .as_ref()
    .map(Clone::clone)
    .map_err(String::as_str)
}

/// AArch64, for the check that everything compiled here compiles there too.
pub fn aarch64() -> Result<OwnedTargetIsa, String> {
    static ISA: OnceLock<Result<OwnedTargetIsa, String>> = OnceLock::new();
    ISA.get_or_init(|| {
        let triple: target_lexicon::Triple = "aarch64-unknown-linux-gnu"
            .parse()
            .map_err(|e| format!("{e}"))?;
        cranelift_codegen::isa::lookup(triple)
            .map_err(|e| e.to_string())?
            .finish(flags("speed")?)
            .map_err(|e| e.to_string())
    })
    .clone()
}

fn flags(opt_level: &str) -> Result<settings::Flags, String> {
    let mut b = settings::builder();
    let verify = if cfg!(debug_assertions) {
        "true"
    } else {
        "false"
    };
    let registers = match opt_level {
        "none" => "single_pass",
        _ => "backtracking",
    };
    for (k, v) in [
        ("opt_level", opt_level),
        ("enable_verifier", verify),
        ("is_pic", "false"),
        ("use_colocated_libcalls", "false"),
        // Frames are small (the compiler declines larger ones) and the entry check leaves room.
        ("enable_probestack", "false"),
        // Nothing unwinds through native frames.
        ("unwind_info", "false"),
        ("machine_code_cfg_info", "false"),
        ("regalloc_algorithm", registers),
    ] {
        b.set(k, v).map_err(|e| format!("{k}: {e}"))?;
    }
    Ok(settings::Flags::new(b))
}
