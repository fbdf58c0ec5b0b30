//! The native tier: when (`tier`), from what (`build`), through what (`ssa`, `opt`), into what
//! (`lower`, `install`, `native`), and back (`deopt`).
//!
//! Everything that enters or leaves native code speaks one language: the layout of f_localsplus
//! plus an instruction index. Without the feature `jit`, or on a host that Cranelift or the code
//! heap does not serve, `tier`'s hooks stay and do nothing, and [`available`] says why.

pub mod build;
pub mod deopt;
#[cfg(feature = "jit")]
mod dump;
#[cfg(feature = "jit")]
pub mod install;
#[cfg(feature = "jit")]
pub mod lower;
#[cfg(feature = "jit")]
mod memory;
#[cfg(feature = "jit")]
pub mod native;
pub mod opt;
pub mod pipeline;
#[cfg(feature = "jit")]
pub mod runtime;
pub mod show;
pub mod ssa;
pub mod stats;
pub mod table;
pub mod tier;
pub mod turn;
pub mod watch;

use crate::object::Tracer;
use crate::vm::Vm;
use std::cell::Cell;

/// The JIT's state in a Vm.
#[derive(Default)]
pub struct State {
    pub stats: stats::JitStats,
    /// Guards until the next one fails (see `turn`). Native code counts it down.
    pub stress: Cell<i64>,
    /// It was set for the first time.
    pub started: Cell<bool>,
    /// State of the random numbers that set it.
    pub random: Cell<u64>,
    /// Whether the units that are there count fuel.
    #[cfg(feature = "jit")]
    pub(crate) armed: Cell<bool>,
    /// When the first unit was compiled.
    #[cfg(feature = "jit")]
    pub(crate) began: std::cell::OnceCell<std::time::Instant>,
    /// Time that compiling has taken of this thread's.
    #[cfg(feature = "jit")]
    pub(crate) compiling: Cell<std::time::Duration>,
    /// The most of it that one unit has taken.
    #[cfg(feature = "jit")]
    pub(crate) longest: Cell<std::time::Duration>,
    /// Compile each unit for AArch64, too, and throw that away (a test's wish).
    pub check_aarch64: Cell<bool>,
    #[cfg(feature = "jit")]
    pub(crate) units: memory::Units,
    /// Addresses of the newest activation of native code and of its newest call of a helper.
    #[cfg(feature = "jit")]
    pub(crate) activation: Cell<usize>,
    #[cfg(feature = "jit")]
    pub(crate) callout: Cell<usize>,
    /// What the newest quiet helper gave: native code reads it at once.
    #[cfg(feature = "jit")]
    pub(crate) answer: [Cell<u64>; 2],
    /// See `deopt::caught`.
    #[cfg(feature = "jit")]
    pub(crate) caught: crate::object::Slot,
    /// Depth of the frame that the first of them belongs to; 0: there is none. Native code reads it.
    #[cfg(feature = "jit")]
    pub(crate) caught_depth: Cell<u64>,
    /// See `tier::want_frames`.
    #[cfg(feature = "jit")]
    pub(crate) frames: Cell<bool>,
    /// The activation that has just ended `collects`.
    #[cfg(feature = "jit")]
    pub(crate) collect_again: Cell<bool>,
    /// See `watch`.
    #[cfg(feature = "jit")]
    pub(crate) broken: Cell<bool>,
    /// How often the recursion limit has changed, until that is often: see `watch`.
    #[cfg(feature = "jit")]
    pub(crate) limit_changes: Cell<u32>,
    /// See `runtime::taking`.
    #[cfg(feature = "jit")]
    pub(crate) taking: std::rc::Rc<runtime::Taking>,
    /// Address of what `leave` takes notes in, while native frames are shown.
    #[cfg(feature = "jit")]
    pub(crate) notes: Cell<usize>,
}

impl State {
    /// Shows the values that running native code holds on to.
    pub fn trace(&self, t: &mut Tracer<'_>) {
        #[cfg(feature = "jit")]
        {
            self.units.trace(t);
            t.slot(&self.caught);
        }
        #[cfg(not(feature = "jit"))]
        let _ = t;
    }
}

impl State {
    /// Shows what units embed that native frames on these stacks belong to: such a frame may be
    /// all that keeps its code object alive.
    pub(crate) fn trace_running(&self, s: &crate::gc::segments::Segments, t: &mut Tracer<'_>) {
        #[cfg(feature = "jit")]
        self.units
            .trace_running(&mut |f| crate::gc::segments::each_word(s, f), t);
        #[cfg(not(feature = "jit"))]
        let _ = (s, t);
    }
}

/// What is kept of the native tier for no other reason than that it may be of use goes before a collection.
pub fn before_collection(vm: &Vm) {
    #[cfg(feature = "jit")]
    memory::clear_shelf(vm);
    #[cfg(not(feature = "jit"))]
    let _ = vm;
}

impl State {
    /// What `--stats` shows of the native tier.
    pub fn rows(&self) -> Vec<stats::Row> {
        self.stats.rows(self.code_bytes())
    }
    /// Units that are not freed yet, retired ones included.
    pub fn living_units(&self) -> usize {
        #[cfg(feature = "jit")]
        return self.units.living().len();
        #[cfg(not(feature = "jit"))]
        0
    }
    /// Processor time that compiling has taken.
    pub fn compile_time(&self) -> std::time::Duration {
        #[cfg(feature = "jit")]
        return self.compiling.get();
        #[cfg(not(feature = "jit"))]
        std::time::Duration::ZERO
    }
    /// The most of it that one unit has taken.
    #[cfg(feature = "jit")]
    pub fn longest_compile_time(&self) -> std::time::Duration {
        self.longest.get()
    }
    /// A unit has taken so much of it.
    #[cfg(feature = "jit")]
    pub fn charge_compile_time(&self, took: std::time::Duration) {
        self.compiling.set(self.compiling.get() + took);
        self.longest.set(self.longest.get().max(took));
    }
    /// Bytes that they take.
    pub fn code_bytes(&self) -> usize {
        #[cfg(feature = "jit")]
        return self.units.tally.get();
        #[cfg(not(feature = "jit"))]
        0
    }
}

/// Whether native code counts calls and fuel: then it is compiled separately.
pub fn counts(vm: &Vm) -> bool {
    vm.config.count || vm.fuel.is_limited()
}

/// Whether this build, on this host, makes native code; or why it does not.
///
/// # Errors
/// The reason, in words.
pub fn available() -> Result<(), &'static str> {
    #[cfg(feature = "jit")]
    return native::isa::host().map(|_| ());
    #[cfg(not(feature = "jit"))]
    Err("built without the feature `jit`")
}

/// Gives back what compiling keeps on this thread from unit to unit: for tests that count what is left.
pub fn give_back_tools() {
    #[cfg(feature = "jit")]
    install::give_back_tools();
}

/// Marked SSA ops and exits taken, for `Vm::coverage_lines`.
pub fn coverage_lines(vm: &Vm, marks: &[Cell<u8>; 256]) -> Vec<String> {
    let ops = ssa::op::Op::ALL
        .iter()
        .filter(|o| marks[**o as usize].get() != 0);
    let exits = deopt::reason::Reason::ALL.iter().zip(&vm.jit.stats.exits);
    let exits = exits.filter(|(_, n)| n.get() > 0);
    ops.map(|o| format!("ssa {}", o.name()))
        .chain(exits.map(|(r, _)| format!("exit {}", r.name())))
        .collect()
}

/// Every line that `coverage_lines` can give.
pub fn coverage_expected() -> Vec<String> {
    let ops = ssa::op::Op::ALL.iter().map(|o| format!("ssa {}", o.name()));
    ops.chain(
        deopt::reason::Reason::ALL
            .iter()
            .map(|r| format!("exit {}", r.name())),
    )
    .collect()
}
