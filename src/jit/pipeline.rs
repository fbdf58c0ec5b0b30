//! ★ Every pass, in order: this page is the JIT's table of contents.
//!
//! ```text
//! build      stack code → SSA, speculating on feedback; loop headers take everything as words
//! params     parameters that are always one value
//! unbox      parameters that always get an int, a float or a bool are passed as such
//! fold       constants, algebra, boxes of what was unboxed
//! simplify   constant branches, chains of blocks
//! gvn        redundant computations and guards
//! licm       what a loop repeats: guards and loads of globals too, to the state before the loop
//! gvn        what the loop's guards made redundant outside
//! fold       what that decided
//! dce        what nothing needs; states that no exit uses
//! simplify   what that emptied
//! lower      SSA → CLIF (`lower/`), then Cranelift
//! ```
//!
//! In debug builds the verifier runs after each.

use super::opt::{dce, fold, gvn, licm, params, simplify, unbox};
use super::ssa::func::Func;
use super::ssa::verify::verify;

/// A pass: its name in dumps, times and filetests.
pub struct Pass {
    pub name: &'static str,
    pub run: fn(&mut Func),
}

macro_rules! passes {
    ($($name:ident)*) => { [$(Pass { name: stringify!($name), run: $name::run }),*] };
}

/// The passes between `build` and `lower`.
pub const PASSES: [Pass; 10] = passes! {
    params unbox fold simplify gvn licm gvn fold dce simplify
};

/// The pass of this name.
pub fn pass(name: &str) -> Option<&'static Pass> {
    const ALL: &[Pass] = &PASSES;
    ALL.iter().find(|p| p.name == name)
}

/// Runs them all; `after` sees the function after each.
pub fn optimise(f: &mut Func, after: &mut dyn FnMut(&'static str, &Func)) {
    check("build", f);
    for p in &PASSES {
        (p.run)(f);
        check(p.name, f);
        after(p.name, f);
    }
}

/// A pass that breaks a rule is a bug of ours: debug builds stop at once.
fn check(pass: &str, f: &Func) {
    if cfg!(debug_assertions)
        && let Err(e) = verify(f)
    {
        panic!("after {pass}: {e}\n{f}");
    }
}
