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
//! promote    what a loop keeps in memory is kept in registers; where there is any, params to licm once more
//! gvn        what the loop's guards made redundant outside
//! peel       the leaves of a function that calls itself more than once are tested at the call
//! sums       steps from a whole float are one
//! thread     who knows a branch behind a join goes round it
//! range      ops that cannot overflow, comparisons that the values' ranges decide
//! fold       what that decided
//! select     branches that go either way as by chance become choices of values
//! sink       tuples that only states name: exits make them
//! dce        what nothing needs; states that no exit uses
//! simplify   what that emptied
//! (After `range` nothing may move divisions: those it makes are safe below the branches that proved it.)
//! late       boxes that only what follows a loop wants are made there
//! lower      SSA → CLIF (`lower/`), then Cranelift
//! ```
//!
//! In debug builds the verifier runs after each.

use super::opt::{
    dce, fold, gvn, late, licm, params, peel, promote, range, select, simplify, sink, sums, thread,
    unbox,
};
use super::ssa::func::Func;
use super::ssa::verify::verify;
use std::cell::Cell;
use std::time::Instant;

/// A pass: its name in dumps, times and filetests.
pub struct Pass {
    pub name: &'static str,
    pub run: fn(&mut Func),
}

macro_rules! passes {
    ($($name:ident)*) => { [$(Pass { name: stringify!($name), run: $name::run }),*] };
}

/// The passes between `build` and `lower`.
pub const PASSES: [Pass; 18] = passes! {
    params unbox fold simplify gvn licm promote gvn peel sums thread range fold select sink dce simplify late
};

/// The pass of this name.
pub fn pass(name: &str) -> Option<&'static Pass> {
    const ALL: &[Pass] = &PASSES;
    ALL.iter().find(|p| p.name == name)
}

/// What compiling takes its time for, in order: `build`, the passes, `lower`, `cranelift`.
pub const STAGES: [&str; PASSES.len() + 3] = {
    let mut all = ["build"; PASSES.len() + 3];
    let mut i = 0;
    while i < PASSES.len() {
        all[i + 1] = PASSES[i].name;
        i += 1;
    }
    all[i + 1] = "lower";
    all[i + 2] = "cranelift";
    all
};
/// Stages that are no pass.
pub const BUILD: usize = 0;
pub const LOWER: usize = PASSES.len() + 1;
pub const CRANELIFT: usize = PASSES.len() + 2;

/// Nanoseconds, by stage.
#[derive(Debug)]
pub struct Times([Cell<u64>; STAGES.len()]);

impl Default for Times {
    fn default() -> Times {
        Times(std::array::from_fn(|_| Cell::new(0)))
    }
}
impl Times {
    /// A stage that began then has ended.
    pub fn add(&self, stage: usize, since: Instant) {
        let c = &self.0[stage];
        c.set(c.get() + since.elapsed().as_nanos() as u64);
    }
    /// By name, in the order of its first stage: passes that run twice count together.
    pub fn by_name(&self) -> Vec<(&'static str, u64)> {
        let mut out: Vec<(&'static str, u64)> = Vec::new();
        for (&name, ns) in STAGES.iter().zip(&self.0) {
            match out.iter_mut().find(|o| o.0 == name) {
                Some(o) => o.1 += ns.get(),
                None => out.push((name, ns.get())),
            }
        }
        out
    }
}

/// Runs them all; `after` sees the function after each.
pub fn optimise(f: &mut Func, times: &Times, after: &mut dyn FnMut(&'static str, &Func)) {
    check("build", f);
    for (i, p) in PASSES.iter().enumerate() {
        let started = Instant::now();
        (p.run)(f);
        times.add(BUILD + 1 + i, started);
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
