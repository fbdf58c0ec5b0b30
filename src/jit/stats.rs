//! What the JIT did: `--stats`.

use super::deopt::reason::Reason;
use super::pipeline::Times;
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
    Memory "the cap on memory or on native code leaves no room for it";
    Backend "the code generator failed: a bug";
}

/// Totals of one engine.
#[derive(Debug)]
pub struct JitStats {
    /// Units compiled, and of those, units retired again.
    pub units: Cell<u64>,
    pub retired: Cell<u64>,
    /// Units back in service (`tier::revive`).
    pub revived: Cell<u64>,
    /// Of those, units that had to make room for others.
    pub evicted: Cell<u64>,
    /// Times that a unit was not made yet: compiling had taken its share of the time, or what runs
    /// leaves no room for code.
    pub put_off: Cell<u64>,
    /// Calls that were built into their callers.
    pub inlined: Cell<u64>,
    /// Bytes of native code made, with what its exits know; and the most there were at a time.
    pub bytes: Cell<u64>,
    pub most_bytes: Cell<u64>,
    /// Microseconds spent compiling, everything together.
    pub compile_us: Cell<u64>,
    /// What that time went to.
    pub times: Times,
    /// Bytes of AArch64 code that the check compiled (and did not run).
    pub aarch64_bytes: Cell<u64>,
    /// Entries from the interpreter: calls, loops.
    pub entries: Cell<u64>,
    /// Back edges that the interpreter took in code that is hot, or about to be.
    pub edges: Cell<u64>,
    pub loops: Cell<u64>,
    /// Generators that went on natively.
    pub resumes: Cell<u64>,
    /// Items that generators gave without being suspended.
    pub given: Cell<u64>,
    /// Keys of dicts that were looked up without the runtime's protocol.
    pub keyed: Cell<u64>,
    /// Frames that somebody looked at while they ran natively.
    pub shown: Cell<u64>,
    /// Frames that exits wrote for the interpreter.
    pub written: Cell<u64>,
    /// Guards that failed on request.
    pub forced: Cell<u64>,
    /// Exits taken, by reason; functions declined, by reason.
    pub exits: [Cell<u64>; Reason::ALL.len()],
    pub declined: [Cell<u64>; Declined::ALL.len()],
}

impl Default for JitStats {
    fn default() -> Self {
        JitStats {
            units: Cell::new(0),
            retired: Cell::new(0),
            revived: Cell::new(0),
            evicted: Cell::new(0),
            put_off: Cell::new(0),
            inlined: Cell::new(0),
            bytes: Cell::new(0),
            most_bytes: Cell::new(0),
            compile_us: Cell::new(0),
            times: Times::default(),
            aarch64_bytes: Cell::new(0),
            entries: Cell::new(0),
            edges: Cell::new(0),
            loops: Cell::new(0),
            resumes: Cell::new(0),
            given: Cell::new(0),
            keyed: Cell::new(0),
            shown: Cell::new(0),
            written: Cell::new(0),
            forced: Cell::new(0),
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
    /// What `--stats` shows; the units that there are take so many bytes.
    pub fn rows(&self, living_bytes: usize) -> Vec<Row> {
        let count = |group, name, c: &Cell<u64>| Row::count(group, name, c.get());
        let mut out = vec![
            count("units", "compiled", &self.units),
            count("units", "retired", &self.retired),
            count("units", "revived", &self.revived),
            count("units", "evicted", &self.evicted),
            count("units", "put off", &self.put_off),
            count("units", "entered", &self.entries),
            count("units", "entered at a loop", &self.loops),
            count("units", "entered at a yield", &self.resumes),
            count("items", "taken without a yield", &self.given),
            count("keys", "looked up natively", &self.keyed),
            count("", "back edges interpreted though hot", &self.edges),
            count("native code bytes", "made", &self.bytes),
            count("native code bytes", "most", &self.most_bytes),
            Row::count("native code bytes", "now", living_bytes as u64),
            count("", "calls inlined", &self.inlined),
            count("", "native frames shown", &self.shown),
            count("", "native frames written back", &self.written),
            count("", "guards failed on request", &self.forced),
            Row {
                group: "compile ms",
                name: "all",
                number: Number::Nanos(self.compile_us.get() * 1000),
                what: "",
            },
        ];
        out.extend(self.times.by_name().into_iter().map(|(name, ns)| Row {
            group: "compile ms",
            name,
            number: Number::Nanos(ns),
            what: "",
        }));
        let exits = Reason::ALL.iter().zip(&self.exits).map(|(r, n)| Row {
            what: r.message(),
            ..Row::count("exits", r.name(), n.get())
        });
        let declined = Declined::ALL.iter().zip(&self.declined).map(|(d, n)| Row {
            what: d.message(),
            ..Row::count("declined", d.name(), n.get())
        });
        out.extend(exits.chain(declined));
        out
    }
}

/// A counter as `--stats` shows it: every form of it is made from these.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// Counters that belong together; empty for one that stands alone.
    pub group: &'static str,
    pub name: &'static str,
    pub number: Number,
    /// What is counted, where the name does not say it.
    pub what: &'static str,
}
/// What a [`Row`] counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    Count(u64),
    /// Shown in milliseconds.
    Nanos(u64),
}
impl Row {
    /// A plain counter.
    pub const fn count(group: &'static str, name: &'static str, n: u64) -> Row {
        Row {
            group,
            name,
            number: Number::Count(n),
            what: "",
        }
    }
}
