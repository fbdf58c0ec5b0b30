//! Lookups in dicts of the builtin class by keys that are strs or small ints: no Python runs, nothing is collected and
//! nothing can fail. Whatever would need more is left to `ops`, with nothing done.

use super::ops::{self, Probe};
use super::value::DictObj;
use crate::object::header::{FLAG_A, FLAG_B};
use crate::object::{ClassId, Gc, Value};
use crate::protocol::hash;
use crate::vm::Vm;

/// What a lookup has found.
enum Found {
    At(usize),
    Absent,
    Unknown,
}

/// A dict whose values are what they seem: no namespace, where they may be in cells.
fn plain(vm: &Vm, o: Value) -> Option<Gc<DictObj>> {
    let d = o.cast::<DictObj>()?;
    let h = &d.get(vm).h;
    (h.shape() == ClassId::Dict as u32 && !h.has(FLAG_A) && !h.has(FLAG_B)).then_some(d)
}

fn find(vm: &Vm, d: &DictObj, key: Value) -> Found {
    let Some(hash) = hash::at_hand(vm, key) else {
        return Found::Unknown;
    };
    let mut p = Probe::new(d, hash);
    while let Some((i, k)) = p.next(d, hash) {
        match ops::quick_eq(vm, k, key) {
            Some(true) => return Found::At(i),
            Some(false) => {}
            None => return Found::Unknown,
        }
    }
    Found::Absent
}

/// The value of a key that is there.
pub fn get(vm: &Vm, o: Value, key: Value) -> Option<Value> {
    let d = plain(vm, o)?.get(vm);
    match find(vm, d, key) {
        Found::At(i) => d.entries.get(i)?.value,
        Found::Absent | Found::Unknown => None,
    }
}
/// What there is for a key, if that is known.
pub fn lookup(vm: &Vm, o: Value, key: Value) -> Option<Option<Value>> {
    let d = plain(vm, o)?.get(vm);
    match find(vm, d, key) {
        Found::At(i) => Some(Some(d.entries.get(i)?.value?)),
        Found::Absent => Some(None),
        Found::Unknown => None,
    }
}
/// Replaces the value of a key that is there; whether it is.
pub fn put(vm: &Vm, o: Value, key: Value, v: Value) -> bool {
    let Some(d) = plain(vm, o) else {
        return false;
    };
    match find(vm, d.get(vm), key) {
        Found::At(i) => {
            ops::put(vm, d, i, v);
            true
        }
        Found::Absent | Found::Unknown => false,
    }
}
/// Whether a key is there.
pub fn has(vm: &Vm, o: Value, key: Value) -> Option<bool> {
    let d = plain(vm, o)?.get(vm);
    match find(vm, d, key) {
        Found::At(_) => Some(true),
        Found::Absent => Some(false),
        Found::Unknown => None,
    }
}
