//! What the JIT did: `--stats`.

use super::deopt::reason::Reason;
use std::cell::Cell;

macro_rules! declines {
    ($($name:ident $msg:literal;)*) => {
        /// Why a function or loop has no native code: a closed table.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Declined { $(#[doc = $msg] $name),* }
        impl Declined {
            pub const ALL: &'static [Declined] = &[$(Declined::$name),*];
            pub const fn name(self) -> &'static str {
                match self { $(Declined::$name => stringify!($name)),* }
            }
            pub const fn message(self) -> &'static str {
                match self { $(Declined::$name => $msg),* }
            }
        }
    };
}
declines! {
    TooLarge "more instructions, variables or stack than are worth the time";
    Unsettled "its bets were lost too often";
    Memory "the memory cap leaves no room for its code";
    Backend "the code generator failed: a bug";
}

/// Totals of one engine.
#[derive(Debug)]
pub struct JitStats {
    /// Units compiled, and of those, units retired again.
    pub units: Cell<u64>,
    pub retired: Cell<u64>,
    /// Bytes of native code made.
    pub bytes: Cell<u64>,
    /// Microseconds spent compiling, everything together.
    pub compile_us: Cell<u64>,
    /// Microseconds: bytecode to optimised SSA, to CLIF, to code.
    pub ssa_us: Cell<u64>,
    pub lower_us: Cell<u64>,
    pub cranelift_us: Cell<u64>,
    /// Bytes of AArch64 code that the check compiled (and did not run).
    pub aarch64_bytes: Cell<u64>,
    /// Entries from the interpreter: calls, loops.
    pub entries: Cell<u64>,
    pub loops: Cell<u64>,
    /// Frames that somebody looked at while they ran natively.
    pub shown: Cell<u64>,
    /// Exits taken, by reason; functions declined, by reason.
    pub exits: [Cell<u64>; Reason::ALL.len()],
    pub declined: [Cell<u64>; Declined::ALL.len()],
}

impl Default for JitStats {
    fn default() -> Self {
        JitStats {
            units: Cell::new(0),
            retired: Cell::new(0),
            bytes: Cell::new(0),
            compile_us: Cell::new(0),
            ssa_us: Cell::new(0),
            lower_us: Cell::new(0),
            cranelift_us: Cell::new(0),
            aarch64_bytes: Cell::new(0),
            entries: Cell::new(0),
            loops: Cell::new(0),
            shown: Cell::new(0),
            exits: std::array::from_fn(|_| Cell::new(0)),
            declined: std::array::from_fn(|_| Cell::new(0)),
        }
    }
}

impl JitStats {
    /// Adds one.
    pub fn bump(c: &Cell<u64>) {
        c.set(c.get() + 1)
    }
    /// What `--stats` prints, a line each.
    pub fn lines(&self) -> Vec<String> {
        let mut out = vec![format!(
            "jit: {} units, {} bytes, {} retired; ssa {} us, lower {} us, cranelift {} us; {} entries, {} loops entered",
            self.units.get(),
            self.bytes.get(),
            self.retired.get(),
            self.ssa_us.get(),
            self.lower_us.get(),
            self.cranelift_us.get(),
            self.entries.get(),
            self.loops.get(),
        )];
        if self.shown.get() > 0 {
            out.push(format!("jit: {} frames shown", self.shown.get()));
        }
        for (r, n) in Reason::ALL.iter().zip(&self.exits) {
            if n.get() > 0 {
                out.push(format!(
                    "jit: exit {}: {} ({})",
                    r.name(),
                    n.get(),
                    r.message()
                ));
            }
        }
        for (d, n) in Declined::ALL.iter().zip(&self.declined) {
            if n.get() > 0 {
                out.push(format!(
                    "jit: declined {}: {} ({})",
                    d.name(),
                    n.get(),
                    d.message()
                ));
            }
        }
        out
    }
}
