//! What lookups in classes found. A row counts while the class has the version it was found under. Values
//! are not shown to the collector: a collection empties the table.

use crate::object::Value;
use std::cell::Cell;

const SIZE: usize = 1024;

#[derive(Default)]
struct Row {
    version: Cell<u64>,
    name: Cell<u64>,
    /// The value's word; 0: nothing is defined.
    found: Cell<u64>,
}

/// A table of rows, made when the first one is entered.
#[derive(Default)]
pub struct MethodCache {
    rows: Vec<Row>,
}

impl MethodCache {
    #[inline(always)]
    fn place(version: u64, name: Value) -> usize {
        (version as usize ^ (name.bits() as usize >> 4)) % SIZE
    }
    /// What is known: a value, or that there is none.
    #[inline(always)]
    pub fn get(&self, version: u64, name: Value) -> Option<Option<Value>> {
        let r = self.rows.get(MethodCache::place(version, name))?;
        (r.version.get() == version && r.name.get() == name.bits())
            .then(|| Value::from_bits(r.found.get()))
    }
    /// Enters what was found.
    pub fn put(&mut self, version: u64, name: Value, found: Option<Value>) {
        if self.rows.is_empty() {
            self.rows.resize_with(SIZE, Row::default);
        }
        let r = &self.rows[MethodCache::place(version, name)];
        r.version.set(version);
        r.name.set(name.bits());
        r.found.set(found.map_or(0, Value::bits));
    }
    /// Forgets all.
    pub fn clear(&self) {
        for r in &self.rows {
            r.version.set(0);
        }
    }
}
