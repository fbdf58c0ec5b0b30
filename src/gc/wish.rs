//! Last wishes: objects that have something to do before they die, and those whose time has come.
//!
//! The table holds addresses and keeps nothing alive. Right after marking, the objects in it that nothing refers to are
//! marked after all and move to the doomed, which are roots: a collection calls no Python. The interpreter's next safepoint
//! does what they wish (`Vm::grant_wishes`), once for each; then they are objects like any other.

use super::heap::{Heap, NoMemory};
use super::mark::Tracer;
use crate::object::{Header, Value};
use crate::types::generator::value::GenObj;

/// What a wish costs.
const BYTES: usize = 8;

impl Heap {
    /// The object has something to do before it dies. A finaliser is promised once to each, whatever becomes of its
    /// class.
    ///
    /// # Errors
    /// NoMemory past the cap.
    pub fn add_wish(&self, v: Value) -> Result<(), NoMemory> {
        let Some(p) = v.as_ptr() else { return Ok(()) };
        self.account(BYTES)?;
        match v.wishes_first() {
            true => self.wishes.borrow_mut().push(p as usize),
            false => self.unaccount(BYTES),
        }
        Ok(())
    }
    /// Enters every object of a program's class of which this holds: walks the whole heap.
    ///
    /// # Errors
    /// NoMemory past the cap.
    pub fn add_wishes(&self, has: impl Fn(Value) -> bool) -> Result<(), NoMemory> {
        let mut r = Ok(());
        self.each_object(|p| {
            let v = Value::from_ptr(p);
            if r.is_ok() && v.is_user() && has(v) {
                r = self.add_wish(v);
            }
        });
        r
    }
    /// Whether some objects have a wish.
    pub(super) fn has_wishes(&self) -> bool {
        !self.wishes.borrow().is_empty()
    }
    /// After marking: what is dead and has a wish lives on, doomed.
    pub(super) fn doom(&self, t: &mut Tracer<'_>) {
        let mut table = self.wishes.borrow_mut();
        if table.is_empty() {
            return;
        }
        let mut gone = 0;
        let mut doomed = self.doomed.borrow_mut();
        table.retain(|&a| {
            let v = Value::from_ptr(a as *const Header);
            // A generator that has ended wishes nothing.
            if let Some(g) = v.cast::<GenObj>()
                && !g.as_ref().has_wish()
            {
                g.as_ref().listed.set(false);
                gone += 1;
                return false;
            }
            if self.is_marked(a as *mut Header) {
                return true;
            }
            doomed.push_back(a);
            false
        });
        self.unaccount(gone * BYTES);
        for &a in doomed.iter() {
            t.value(Value::from_ptr(a as *const Header));
        }
    }
    /// Shows the doomed.
    pub fn trace_doomed(&self, t: &mut Tracer<'_>) {
        for &a in self.doomed.borrow().iter() {
            t.value(Value::from_ptr(a as *const Header));
        }
    }
    /// Whether there are doomed objects.
    pub fn has_doomed(&self) -> bool {
        !self.doomed.borrow().is_empty()
    }
    /// The next of them, which is doomed no more.
    pub fn next_doomed(&self) -> Option<Value> {
        let a = self.doomed.borrow_mut().pop_front()?;
        self.unaccount(BYTES);
        Some(Value::from_ptr(a as *const Header))
    }
    /// Dooms every object that has a wish: the engine comes to its end.
    pub fn doom_all(&self) {
        let all = std::mem::take(&mut *self.wishes.borrow_mut());
        self.doomed.borrow_mut().extend(all);
    }
}
