//! Engines whose native code is counted, for tests that assert which path was taken.
#![allow(dead_code)]

use taipan::jit::stats::Number;
use taipan::{Builder, Engine};

/// What a program did.
pub struct Ran {
    pub out: String,
    /// The traceback of what ended it, or nothing.
    pub error: String,
    pub engine: Engine,
}

/// Runs it as `test.py` in an engine set up so; its output is taken.
pub fn run(source: &str, b: Builder) -> Ran {
    let mut engine = b.build().expect("an engine");
    let error = match engine.run(source, "test.py") {
        Ok(()) => String::new(),
        Err(taipan::Error::Python(e)) => e.traceback.clone(),
        Err(e) => e.to_string(),
    };
    let out = engine.take_output();
    Ran { out, error, engine }
}

impl Ran {
    /// A counter of `--stats`: its group and its name.
    pub fn count(&mut self, group: &str, name: &str) -> u64 {
        let vm = self.engine.vm();
        let rows = vm.jit.rows();
        let row = rows.iter().find(|r| r.group == group && r.name == name);
        match row
            .unwrap_or_else(|| panic!("no row {group} {name}"))
            .number
        {
            Number::Count(n) | Number::Nanos(n) => n,
        }
    }
    /// Counters of the native tier that are not 0, for messages.
    pub fn all(&mut self) -> Vec<String> {
        let rows = self.engine.vm().jit.rows();
        let counted = rows.iter().filter(|r| r.number != Number::Count(0));
        counted
            .filter(|r| !r.group.starts_with("compile"))
            .map(|r| format!("{} {} {:?}", r.group, r.name, r.number))
            .collect()
    }
    /// Functions and loops declined, by the rows of the table.
    pub fn declined(&mut self) -> Vec<(&'static str, u64)> {
        let rows = self.engine.vm().jit.rows();
        let mine = rows.iter().filter(|r| r.group == "declined");
        mine.filter_map(|r| match r.number {
            Number::Count(n) if n > 0 => Some((r.name, n)),
            _ => None,
        })
        .collect()
    }
}
