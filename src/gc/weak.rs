//! Weak references: which there are to an object, and what a collection does to them.
//!
//! The table holds addresses, not values: it keeps nothing alive. Right after marking, before
//! anything else runs, references that are dead themselves leave it, and those to a dead object
//! are emptied. Callbacks are only queued (`Heap::weak_pending`, a root): a collection calls
//! no Python.
#![allow(unsafe_code)]

use super::heap::{Heap, NoMemory};
use crate::object::{Header, Value};
use crate::types::code::value::{CodeObj, GONE};
use crate::types::weak::value::WeakRefObj;

/// What a reference costs in the table.
const ROW_BYTES: usize = 48;
/// The same of a code object.
const CODE_BYTES: usize = 8;

impl Heap {
    /// How many references there are to an object.
    pub fn weak_count(&self, target: Value) -> usize {
        let table = self.weak.borrow();
        target
            .as_ptr()
            .and_then(|p| table.get(&(p as usize)))
            .map_or(0, Vec::len)
    }
    /// Reference `i` to an object, the oldest first.
    pub fn weak_ref(&self, target: Value, i: usize) -> Option<Value> {
        let table = self.weak.borrow();
        let a = *table.get(&(target.as_ptr()? as usize))?.get(i)?;
        Some(Value::from_ptr(a as *const Header))
    }
    /// Enters a reference to `target`.
    ///
    /// # Errors
    /// NoMemory past the cap.
    pub fn add_weak_ref(&self, target: Value, r: Value) -> Result<(), NoMemory> {
        let (Some(t), Some(r)) = (target.as_ptr(), r.as_ptr()) else {
            return Ok(());
        };
        self.account(ROW_BYTES)?;
        let mut table = self.weak.borrow_mut();
        table.entry(t as usize).or_default().push(r as usize);
        Ok(())
    }
    /// Enters a code object, whose `globals`, `copy` and inline caches are emptied of what dies.
    ///
    /// # Errors
    /// NoMemory past the cap.
    pub fn watch_code(&self, code: Value) -> Result<(), NoMemory> {
        if let Some(p) = code.as_ptr() {
            self.account(CODE_BYTES)?;
            self.codes.borrow_mut().push(p as usize);
        }
        Ok(())
    }
    /// After marking: dead code objects leave the table; dead globals, dead copies and what is dead in
    /// caches leave the others.
    pub(super) fn clear_codes(&self) {
        let dead_value = |v: Value| v.as_ptr().is_some_and(|p| !self.is_marked(p));
        let dead = |word: u64| Value::from_bits(word).is_some_and(dead_value);
        let mut table = self.codes.borrow_mut();
        let before = table.len();
        table.retain(|&a| {
            if !self.is_marked(a as *mut Header) {
                return false;
            }
            // SAFETY: the address is of a live code object: `watch_code` entered it, and this
            // collection has marked it.
            let c = unsafe { &*(a as *const CodeObj) };
            if dead(c.globals.get()) {
                c.globals.set(GONE);
            }
            if dead(c.copy.get()) {
                c.copy.set(0);
            }
            if let Some(e) = &*c.exec.borrow() {
                e.forget(&dead_value);
            }
            true
        });
        self.unaccount((before - table.len()) * CODE_BYTES);
    }
    /// After marking: forgets dead references, empties those whose referent died, and queues their
    /// callbacks, the newest reference's first.
    pub(super) fn clear_weak(&self) {
        let mut table = self.weak.borrow_mut();
        if table.is_empty() {
            return;
        }
        let (mut rows, mut orphans) = (0, Vec::new());
        table.retain(|&target, refs| {
            let before = refs.len();
            refs.retain(|&r| self.is_marked(r as *mut Header));
            rows += before - refs.len();
            if self.is_marked(target as *mut Header) {
                return !refs.is_empty();
            }
            rows += refs.len();
            orphans.append(refs);
            false
        });
        self.unaccount(rows * ROW_BYTES);
        // SAFETY: the addresses are of live references: they were entered by `add_weak_ref` and
        // marked by this collection.
        let of = |a: usize| unsafe { &*(a as *const WeakRefObj) };
        orphans.sort_by_key(|&a| of(a).number);
        for a in orphans {
            let r = of(a);
            r.target.set(0);
            if r.callback.get().is_some() {
                r.next.write(self, self.weak_pending.get());
                self.weak_pending
                    .write(self, Some(Value::from_ptr(a as *const Header)));
            }
        }
    }
}
