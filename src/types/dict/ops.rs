//! The dict itself: lookup, insertion, deletion, cells of a namespace.
//!
//! A lookup compares hashes first, then identity, then `==`. `==` may run Python, which may change
//! the dict: then `keys_version` differs and the lookup starts again. Sizes and the moment of a
//! rebuild are CPython's, because a loop that changes the dict it iterates over sees them.

use super::value::{DictObj, Entry};
use crate::gc::Buf;
use crate::object::header::{FLAG_A, FLAG_B};
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::{compare, hash};
use crate::raise;
use crate::types::cell::value::GlobalCellObj;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm, work};
use std::cell::Cell;

/// Least size; up to this one there is no index.
const MIN_SIZE: usize = 8;

const fn usable_of(size: usize) -> usize {
    (size << 1) / 3
}
/// Entries that a dict of this size with `n` of them still takes.
fn room_of(size: usize, n: usize) -> u32 {
    u32::try_from(usable_of(size).saturating_sub(n)).unwrap_or(u32::MAX)
}
fn home(hash: u64, mask: usize) -> usize {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask
}

/// Walks the live entries that have a hash.
pub(super) struct Probe {
    at: usize,
}
impl Probe {
    pub(super) fn new(d: &DictObj, hash: u64) -> Probe {
        let at = match d.index.len() {
            0 => 0,
            n => home(hash, n - 1),
        };
        Probe { at }
    }
    #[inline]
    pub(super) fn next(&mut self, d: &DictObj, hash: u64) -> Option<(usize, Value)> {
        let entries = d.entries.cells();
        let index = d.index.cells();
        if index.is_empty() {
            while let Some(e) = entries.get(self.at) {
                self.at += 1;
                let e = e.get();
                if e.hash == hash
                    && let Some(k) = e.key
                {
                    return Some((self.at - 1, k));
                }
            }
            return None;
        }
        loop {
            let s = index[self.at].get();
            if s == 0 {
                return None;
            }
            self.at = (self.at + 1) & (index.len() - 1);
            let i = s as usize - 1;
            let e = entries[i].get();
            if e.hash == hash
                && let Some(k) = e.key
            {
                return Some((i, k));
            }
        }
    }
}

/// Whether two keys of one hash are equal, where that needs no Python: identity, two ints
/// of the inline form, two strings.
#[inline]
pub fn quick_eq(vm: &Vm, a: Value, b: Value) -> Option<bool> {
    if a == b {
        return Some(true);
    }
    if Value::both_small(a, b) {
        return Some(false);
    }
    match (a.get::<StrObj>(vm), b.get::<StrObj>(vm)) {
        // A class derived from str may compare in another way.
        (Some(_), Some(_)) if a.is_user() || b.is_user() => None,
        (Some(a), Some(b)) => {
            Some(!(a.is_interned() && b.is_interned()) && a.as_bytes() == b.as_bytes())
        }
        _ => None,
    }
}

/// The entry of a key.
pub fn find(vm: &mut Vm, d: Gc<DictObj>, key: Value, hash: u64) -> Result<Option<usize>, Raised> {
    'again: loop {
        let mut p = Probe::new(d.get(vm), hash);
        while let Some((i, k)) = p.next(d.get(vm), hash) {
            let same = match quick_eq(vm, k, key) {
                Some(same) => same,
                None => {
                    let before = d.get(vm).keys_version.get();
                    let same = compare::eq(vm, k, key)?;
                    if d.get(vm).keys_version.get() != before {
                        continue 'again;
                    }
                    same
                }
            };
            if same {
                return Ok(Some(i));
            }
        }
        return Ok(None);
    }
}

/// The entry of a string key; calls no Python.
pub fn find_str(vm: &Vm, d: &DictObj, key: Value) -> Option<usize> {
    let hash = hash::str_hash(key.get::<StrObj>(vm)?);
    let mut p = Probe::new(d, hash);
    while let Some((i, k)) = p.next(d, hash) {
        let same = match quick_eq(vm, k, key) {
            Some(same) => same,
            None => match (k.get::<StrObj>(vm), key.get::<StrObj>(vm)) {
                (Some(a), Some(b)) => a.as_bytes() == b.as_bytes(),
                _ => false,
            },
        };
        if same {
            return Some(i);
        }
    }
    None
}

/// The value of an entry, through a cell.
#[inline]
fn value_at(vm: &Vm, d: &DictObj, i: usize) -> Option<Value> {
    let v = d.entries.get(i)?.value?;
    if d.h.has(FLAG_A)
        && let Some(c) = v.get::<GlobalCellObj>(vm)
    {
        return c.value.get();
    }
    Some(v)
}
/// The value of entry `i` of a dict of the builtin class that is no namespace, if this very str is its key.
pub fn plain_entry(vm: &Vm, d: Gc<DictObj>, i: usize, key: Value) -> Option<Value> {
    let d = d.get(vm);
    if d.h.shape() != ClassId::Dict as u32 || d.h.has(FLAG_A | FLAG_B) {
        return None;
    }
    let e = d.entries.get(i).filter(|e| e.key == Some(key))?;
    e.value
}
fn put_at(vm: &Vm, d: &DictObj, i: usize, v: Value) {
    let Some(mut e) = d.entries.get(i) else {
        return;
    };
    if d.h.has(FLAG_A)
        && let Some(c) = e.value.and_then(|c| c.get::<GlobalCellObj>(vm))
    {
        c.put(vm, Some(v));
        return;
    }
    e.value = Some(v);
    d.entries.set(&vm.heap, i, e);
}
/// Replaces the value of entry `i`, a live one.
pub fn put(vm: &Vm, d: Gc<DictObj>, i: usize, v: Value) {
    put_at(vm, d.get(vm), i, v)
}
fn touch(vm: &Vm, d: &DictObj) {
    d.keys_version.set(vm.new_version());
}

/// Number of items.
pub fn len(vm: &Vm, d: Gc<DictObj>) -> usize {
    d.get(vm).used.get()
}

/// The value of a key.
pub fn get(vm: &mut Vm, d: Gc<DictObj>, key: Value) -> Result<Option<Value>, Raised> {
    let h = hash::hash(vm, key)?;
    get_hashed(vm, d, key, h)
}
/// The same, the hash known.
pub fn get_hashed(
    vm: &mut Vm,
    d: Gc<DictObj>,
    key: Value,
    hash: u64,
) -> Result<Option<Value>, Raised> {
    let at = find(vm, d, key, hash)?;
    Ok(at.and_then(|i| value_at(vm, d.get(vm), i)))
}
/// The value of a string key. Calls no Python, so a key that only its own `__eq__` would
/// find equal to the string is not found.
#[inline]
pub fn get_str(vm: &Vm, d: Gc<DictObj>, key: Value) -> Option<Value> {
    let d = d.get(vm);
    value_at(vm, d, find_str(vm, d, key)?)
}
/// The value of a name spelt in Rust.
pub fn get_name(vm: &mut Vm, d: Gc<DictObj>, name: &str) -> Result<Option<Value>, Raised> {
    let k = vm.intern(name)?;
    Ok(get_str(vm, d, k))
}

/// Binds a key.
pub fn set(vm: &mut Vm, d: Gc<DictObj>, key: Value, v: Value) -> Result<(), Raised> {
    let h = hash::hash(vm, key)?;
    set_hashed(vm, d, key, h, v)
}
/// The same, the hash known.
pub fn set_hashed(
    vm: &mut Vm,
    d: Gc<DictObj>,
    key: Value,
    hash: u64,
    v: Value,
) -> Result<(), Raised> {
    match find(vm, d, key, hash)? {
        Some(i) => {
            put_at(vm, d.get(vm), i, v);
            Ok(())
        }
        None => insert_new(vm, d, key, hash, v),
    }
}
/// Binds a name spelt in Rust.
pub fn set_name(vm: &mut Vm, d: Gc<DictObj>, name: &str, v: Value) -> Result<(), Raised> {
    let k = vm.intern(name)?;
    set(vm, d, k, v)
}

/// Appends a key that is known to be absent.
pub fn insert_new(
    vm: &mut Vm,
    d: Gc<DictObj>,
    key: Value,
    hash: u64,
    v: Value,
) -> Result<(), Raised> {
    if d.get(vm).usable.get() == 0 {
        let want = d.get(vm).used.get().saturating_mul(3);
        rebuild(vm, d, want)?;
    }
    let i = d.get(vm).entries.len();
    let e = Entry {
        hash,
        key: Some(key),
        value: Some(v),
    };
    if i >= u32::MAX as usize - 1 {
        return Err(vm.raise_memory());
    }
    vm.with_room(24 * (i + 1), |vm| d.get(vm).entries.push(&vm.heap, e))?;
    let o = d.get(vm);
    o.usable.set(o.usable.get() - 1);
    o.used.set(o.used.get() + 1);
    link(&o.index, hash, i);
    touch(vm, o);
    Ok(())
}

fn link(index: &Buf<u32>, hash: u64, i: usize) {
    let cells = index.cells();
    if cells.is_empty() {
        return;
    }
    let mask = cells.len() - 1;
    let mut at = home(hash, mask);
    while cells[at].get() != 0 {
        at = (at + 1) & mask;
    }
    cells[at].set(i as u32 + 1);
}

/// Takes entry `i` out of the index. Those that were pushed past it move back, so that the table
/// never holds a mark of a deleted entry.
fn unlink(d: &DictObj, hash: u64, i: usize) {
    let cells = d.index.cells();
    if cells.is_empty() {
        return;
    }
    let mask = cells.len() - 1;
    let mut hole = home(hash, mask);
    while cells[hole].get() != i as u32 + 1 {
        if cells[hole].get() == 0 {
            return;
        }
        hole = (hole + 1) & mask;
    }
    let mut at = hole;
    loop {
        at = (at + 1) & mask;
        let s = cells[at].get();
        if s == 0 {
            break;
        }
        let h = d.entries.cells()[s as usize - 1].get().hash;
        let from_home = at.wrapping_sub(home(h, mask)) & mask;
        if from_home >= (at.wrapping_sub(hole) & mask) {
            cells[hole].set(s);
            hole = at;
        }
    }
    cells[hole].set(0);
}

/// Drops deleted entries and makes room for a size of at least `want`.
fn rebuild(vm: &mut Vm, d: Gc<DictObj>, want: usize) -> Result<(), Raised> {
    let mut size = MIN_SIZE;
    while size < want {
        size <<= 1;
    }
    let index = if size <= MIN_SIZE {
        Buf::new()
    } else {
        vm.filled(size, 0u32)?
    };
    // First where each will be, which may be given up, then all go there.
    let linked = vm.working(|vm| {
        let cells = work::steps(vm, d.get(vm).entries.cells());
        let there = cells.map(Cell::get).filter(|e| e.key.is_some());
        there.enumerate().for_each(|(n, e)| link(&index, e.hash, n));
    });
    if let Err(r) = linked {
        index.free(&vm.heap);
        return Err(r);
    }
    let o = d.get(vm);
    let mut n = 0;
    for i in 0..o.entries.len() {
        let e = o.entries.cells()[i].get();
        if e.key.is_some() {
            if i != n {
                o.entries.set(&vm.heap, n, e);
            }
            n += 1;
        }
    }
    o.entries.truncate(n);
    o.index.swap(&index);
    index.free(&vm.heap);
    o.usable.set(room_of(size, n));
    o.first.set(0);
    touch(vm, o);
    Ok(())
}

/// Makes room for `n` more items, as CPython does where it knows how many will come.
pub fn reserve(vm: &mut Vm, d: Gc<DictObj>, n: usize) -> Result<(), Raised> {
    if (d.get(vm).usable.get() as usize).saturating_mul(3) < n.saturating_mul(2) {
        let want = d.get(vm).used.get().saturating_add(n).saturating_mul(2);
        return rebuild(vm, d, want);
    }
    Ok(())
}

/// Deletes entry `i`; gives its value. A cell is emptied and forgotten.
fn remove_at(vm: &Vm, d: &DictObj, i: usize) -> Option<Value> {
    let e = d.entries.get(i)?;
    let v = value_at(vm, d, i);
    if let Some(c) = e.value.and_then(|c| c.get::<GlobalCellObj>(vm)) {
        c.put(vm, None);
    }
    unlink(d, e.hash, i);
    let dead = Entry {
        hash: 0,
        key: None,
        value: None,
    };
    d.entries.set(&vm.heap, i, dead);
    d.used.set(d.used.get() - 1);
    if i == d.first.get() as usize {
        d.first.set(i as u32 + 1);
    }
    touch(vm, d);
    v
}

/// Deletes a key; whether it was there.
pub fn del(vm: &mut Vm, d: Gc<DictObj>, key: Value) -> Result<bool, Raised> {
    Ok(pop(vm, d, key)?.is_some())
}
/// Deletes a key; gives its value.
pub fn pop(vm: &mut Vm, d: Gc<DictObj>, key: Value) -> Result<Option<Value>, Raised> {
    let h = hash::hash(vm, key)?;
    match find(vm, d, key, h)? {
        Some(i) => Ok(remove_at(vm, d.get(vm), i)),
        None => Ok(None),
    }
}
/// Deletes the last item; gives it.
pub fn pop_last(vm: &mut Vm, d: Gc<DictObj>) -> Option<(Value, Value)> {
    let o = d.get(vm);
    if o.used.get() == 0 {
        return None;
    }
    let i = o
        .entries
        .cells()
        .iter()
        .rposition(|e| e.get().key.is_some())?;
    let k = o.entries.get(i)?.key?;
    let v = remove_at(vm, o, i)?;
    o.entries.truncate(i);
    o.first.set(o.first.get().min(i as u32));
    Some((k, v))
}
/// The entry of the first item: what is dead before it is not looked at again.
pub fn first(vm: &Vm, d: Gc<DictObj>) -> Option<usize> {
    let o = d.get(vm);
    let mut i = o.first.get() as usize;
    while o.entries.get(i).is_some_and(|e| e.key.is_none()) {
        i += 1;
    }
    o.first.set(i as u32);
    (i < o.entries.len()).then_some(i)
}
/// The entry of the last item.
pub fn last(vm: &Vm, d: Gc<DictObj>) -> Option<usize> {
    let o = d.get(vm);
    let cells = o.entries.cells();
    cells.iter().rposition(|e| e.get().key.is_some())
}
/// Deletes entry `i`; gives its key and value.
pub fn take(vm: &Vm, d: Gc<DictObj>, i: usize) -> Option<(Value, Value)> {
    let o = d.get(vm);
    let k = o.entries.get(i)?.key?;
    Some((k, remove_at(vm, o, i)?))
}
/// Makes entry `i`, a live one, the last item or the first.
///
/// # Errors
/// MemoryError.
pub fn move_to_end(vm: &mut Vm, d: Gc<DictObj>, i: usize, last: bool) -> Result<(), Raised> {
    let hash = hash_at(vm, d, i);
    if last {
        let mut i = i;
        // Room first: what is taken out is put back then.
        if usable_left(vm, d) == 0 {
            let live = |e: &std::cell::Cell<Entry>| e.get().key.is_some();
            let before = &d.get(vm).entries.cells()[..i];
            i = before.iter().filter(|e| live(e)).count();
            let want = len(vm, d).saturating_mul(3);
            rebuild(vm, d, want)?;
        }
        let bytes = 24 * d.get(vm).entries.len();
        vm.with_room(bytes, |vm| d.get(vm).entries.reserve(&vm.heap, 1))?;
        if let Some((k, v)) = take(vm, d, i) {
            insert_new(vm, d, k, hash, v)?;
        }
        return Ok(());
    }
    let i = match first(vm, d) {
        Some(0) => make_front(vm, d, i)?,
        _ => i,
    };
    let Some((k, v)) = take(vm, d, i) else {
        return Ok(());
    };
    let o = d.get(vm);
    let Some(to) = first(vm, d).unwrap_or(o.entries.len()).checked_sub(1) else {
        return Ok(());
    };
    let e = Entry {
        hash,
        key: Some(k),
        value: Some(v),
    };
    o.entries.set(&vm.heap, to, e);
    o.first.set(to as u32);
    o.used.set(o.used.get() + 1);
    link(&o.index, hash, to);
    touch(vm, o);
    Ok(())
}
/// Moves the items up, so that half as many find room before them; where entry `i` is then.
fn make_front(vm: &mut Vm, d: Gc<DictObj>, i: usize) -> Result<usize, Raised> {
    let n = len(vm, d);
    let gap = n / 2 + 8;
    let want = n + usable_left(vm, d);
    let size = (want * 3 / 2 + 1).next_power_of_two().max(MIN_SIZE);
    if n + gap >= u32::MAX as usize / 2 {
        return Err(vm.raise_memory());
    }
    let dead = Entry {
        hash: 0,
        key: None,
        value: None,
    };
    let (entries, index) = vm.with_room(24 * (n + gap) + 4 * size, |vm| {
        let entries = Buf::filled(&vm.heap, n + gap, dead)?;
        let index = match size <= MIN_SIZE {
            true => Ok(Buf::new()),
            false => Buf::filled(&vm.heap, size, 0u32),
        };
        match index {
            Ok(index) => Ok((entries, index)),
            Err(e) => {
                entries.free(&vm.heap);
                Err(e)
            }
        }
    })?;
    let o = d.get(vm);
    let (mut to, mut moved) = (gap, gap);
    for (k, e) in o.entries.cells().iter().enumerate() {
        let e = e.get();
        if e.key.is_some() {
            if k == i {
                moved = to;
            }
            entries.set(&vm.heap, to, e);
            link(&index, e.hash, to);
            to += 1;
        }
    }
    o.entries.swap(&entries);
    o.index.swap(&index);
    entries.free(&vm.heap);
    index.free(&vm.heap);
    o.usable.set(room_of(size, n));
    o.first.set(gap as u32);
    touch(vm, o);
    Ok(moved)
}
fn usable_left(vm: &Vm, d: Gc<DictObj>) -> usize {
    d.get(vm).usable.get() as usize
}
/// Deletes everything.
pub fn clear(vm: &mut Vm, d: Gc<DictObj>) {
    let o = d.get(vm);
    if o.h.has(FLAG_A) {
        for e in o.entries.cells() {
            if let Some(c) = e.get().value.and_then(|c| c.get::<GlobalCellObj>(vm)) {
                c.put(vm, None);
            }
        }
        o.h.set(FLAG_A, false);
    }
    o.entries.free(&vm.heap);
    o.index.free(&vm.heap);
    o.used.set(0);
    o.usable.set(0);
    o.first.set(0);
    touch(vm, o);
}

/// Item at entry position `i`: nothing where it was deleted or past the end.
#[inline]
pub fn item_at(vm: &Vm, d: Gc<DictObj>, i: usize) -> Option<(Value, Value)> {
    let o = d.get(vm);
    let k = o.entries.get(i)?.key?;
    Some((k, value_at(vm, o, i)?))
}
/// The next item from position `pos` on, which moves past it.
#[inline]
pub fn next_item(vm: &Vm, d: Gc<DictObj>, pos: &mut usize) -> Option<(Value, Value)> {
    if *pos == 0 {
        *pos = d.get(vm).first.get() as usize;
    }
    while *pos < d.get(vm).entries.len() {
        *pos += 1;
        if let Some(kv) = item_at(vm, d, *pos - 1) {
            return Some(kv);
        }
    }
    None
}
/// The hash of the key at entry position `i`.
pub fn hash_at(vm: &Vm, d: Gc<DictObj>, i: usize) -> u64 {
    d.get(vm).entries.get(i).map_or(0, |e| e.hash)
}

/// A new dict of the same items.
pub fn copy(vm: &mut Vm, d: Gc<DictObj>) -> Result<Gc<DictObj>, Raised> {
    let new = vm.new_dict()?;
    merge(vm, new, d, true)?;
    Ok(new)
}
/// Takes over the items of `from`; where a key is there already, only if `replace`.
pub fn merge(vm: &mut Vm, d: Gc<DictObj>, from: Gc<DictObj>, replace: bool) -> Result<(), Raised> {
    if d == from || len(vm, from) == 0 {
        return Ok(());
    }
    let was_empty = len(vm, d) == 0;
    let n = len(vm, from);
    reserve(vm, d, n)?;
    let entries = from.get(vm).entries.len();
    let mut pos = 0;
    while let Some((k, v)) = next_item(vm, from, &mut pos) {
        let h = hash_at(vm, from, pos - 1);
        if was_empty && n == entries {
            // Distinct keys into an empty dict: nothing to compare with.
            insert_new(vm, d, k, h, v)?;
        } else {
            match find(vm, d, k, h)? {
                Some(i) if replace => put_at(vm, d.get(vm), i, v),
                Some(_) => {}
                None => insert_new(vm, d, k, h, v)?,
            }
            if from.get(vm).entries.len() != entries {
                return Err(raise!(vm, RuntimeError, "dict mutated during update"));
            }
        }
        if pos & 0xFFF == 0 {
            vm.poll()?;
        }
    }
    Ok(())
}

/// `==` of dicts.
pub fn equal(vm: &mut Vm, a: Gc<DictObj>, b: Gc<DictObj>) -> Result<bool, Raised> {
    if len(vm, a) != len(vm, b) {
        return Ok(false);
    }
    let mut pos = 0;
    while let Some((k, v)) = next_item(vm, a, &mut pos) {
        let h = hash_at(vm, a, pos - 1);
        match get_hashed(vm, b, k, h)? {
            Some(w) if compare::eq(vm, v, w)? => {}
            _ => return Ok(false),
        }
        vm.poll()?;
    }
    Ok(true)
}

/// Marks a dict as a namespace: caches may put cells into it.
pub fn make_namespace(vm: &Vm, d: Gc<DictObj>) {
    d.get(vm).h.set(FLAG_B, true);
}

/// Makes the entry of the string `key` a cell, which then holds the value for as long as the key is
/// not deleted. `None` when the key is absent. The dict is a namespace from then on.
pub fn global_cell(
    vm: &mut Vm,
    d: Gc<DictObj>,
    key: Value,
) -> Result<Option<Gc<GlobalCellObj>>, Raised> {
    let Some(i) = find_str(vm, d.get(vm), key) else {
        return Ok(None);
    };
    let Some(v) = d.get(vm).entries.get(i).and_then(|e| e.value) else {
        return Ok(None);
    };
    if let Some(c) = v.cast::<GlobalCellObj>() {
        return Ok(Some(c));
    }
    let cell = vm.alloc(GlobalCellObj {
        h: Header::new(Kind::GlobalCell, crate::object::ClassId::Object as u32),
        value: Slot::of(v),
        watched: Cell::new(false),
        changed: Cell::new(0),
    })?;
    let o = d.get(vm);
    if let Some(mut e) = o.entries.get(i) {
        e.value = Some(cell.value());
        o.entries.set(&vm.heap, i, e);
        o.h.set(FLAG_A, true);
        o.h.set(FLAG_B, true);
    }
    Ok(Some(cell))
}

/// Raises KeyError of a key (a tuple is wrapped, so that it is one argument).
pub fn key_error(vm: &mut Vm, key: Value) -> Raised {
    vm.raise_args(crate::object::ClassId::KeyError, &[key])
}
