//! The set itself: lookup, insertion, removal, growth.
//!
//! Probing, the moment of growth and the new size are CPython 3.8's: from the home place nine
//! neighbours are looked at, then the perturbed hash says where to go on; a table three fifths full
//! grows to four times its keys (twice, beyond 50,000). A lookup compares hashes first, then
//! identity, then `==`, which may run Python, which may change the set: then it starts again.

use super::value::{Entry, SetObj};
use crate::gc::Buf;
use crate::object::{ClassId, Gc, Header, Kind, Value};
use crate::protocol::iter::{self, Flow, Taker};
use crate::protocol::{compare, hash};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::int;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm, work};
use std::cell::Cell;

/// Least size of a table.
const MIN_SIZE: usize = 8;
/// Neighbours looked at before the hash is perturbed.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// Keys up to which a table grows while nobody looks at the limits.
const QUIETLY: usize = 1024;

/// The places at which a hash may lie, in the order in which they are looked at.
struct Probe {
    mask: usize,
    /// Start of the run of neighbours, and which of them is next.
    home: usize,
    near: usize,
    perturb: u64,
}
impl Probe {
    fn new(size: usize, hash: u64) -> Probe {
        Probe {
            mask: size - 1,
            home: hash as usize & (size - 1),
            near: 0,
            perturb: hash,
        }
    }
    #[inline]
    fn next(&mut self) -> usize {
        let run = if self.home + LINEAR_PROBES <= self.mask {
            LINEAR_PROBES
        } else {
            0
        };
        if self.near > run {
            self.perturb >>= PERTURB_SHIFT;
            let next = self.home.wrapping_mul(5).wrapping_add(1);
            self.home = next.wrapping_add(self.perturb as usize) & self.mask;
            self.near = 0;
        }
        self.near += 1;
        self.home + self.near - 1
    }
}

/// An empty set of this class.
pub fn new(vm: &mut Vm, class: ClassId) -> Result<Gc<SetObj>, Raised> {
    vm.alloc(SetObj {
        h: Header::new(Kind::Set, class as u32),
        table: Buf::new(),
        used: Cell::new(0),
        fill: Cell::new(0),
        finger: Cell::new(0),
        generation: Cell::new(0),
        hash: Cell::new(u64::MAX),
    })
}
/// A set of this class of whatever an iterable gives.
pub fn from_iterable(vm: &mut Vm, class: ClassId, v: Value) -> Result<Gc<SetObj>, Raised> {
    let s = new(vm, class)?;
    update(vm, s, v)?;
    Ok(s)
}

/// Number of keys.
#[inline]
pub fn len(vm: &Vm, s: Gc<SetObj>) -> usize {
    s.get(vm).used.get()
}
/// The greatest index of the table; that of the least table before there is one.
fn mask(o: &SetObj) -> usize {
    o.table.len().max(MIN_SIZE) - 1
}

/// What a lookup has found.
enum Place {
    /// The key is there.
    At(usize),
    /// It is not; here it would go.
    Free(usize),
    /// It is not; a removed key's place may be taken.
    Reuse(usize),
}

/// Where a key is or would go in a table that there is, as far as nobody has to be asked whether keys are equal.
#[inline]
fn place_of(vm: &Vm, o: &SetObj, key: Value, hash: u64) -> Option<Place> {
    let cells = o.table.cells();
    let mut probe = Probe::new(cells.len(), hash);
    let mut gone = None;
    loop {
        let i = probe.next();
        let e = cells.get(i)?.get();
        match e.key {
            None if e.hash == 0 => return Some(gone.map_or(Place::Free(i), Place::Reuse)),
            None => gone = Some(i),
            Some(k) if e.hash == hash && dict::quick_eq(vm, k, key)? => return Some(Place::At(i)),
            Some(_) => {}
        }
    }
}
/// Whether a key is there whose hash is at hand, if that can be told without calls.
pub fn has_quietly(vm: &Vm, s: Gc<SetObj>, key: Value) -> Option<bool> {
    let hash = hash::at_hand(vm, key)?;
    let o = s.get(vm);
    if o.table.is_empty() {
        return Some(false);
    }
    Some(matches!(place_of(vm, o, key, hash)?, Place::At(_)))
}

fn locate(vm: &mut Vm, s: Gc<SetObj>, key: Value, hash: u64) -> Result<Place, Raised> {
    'again: loop {
        let size = s.get(vm).table.len();
        if size == 0 {
            return Ok(Place::Free(0));
        }
        if let Some(place) = place_of(vm, s.get(vm), key, hash) {
            return Ok(place);
        }
        let mut probe = Probe::new(size, hash);
        let mut gone = None;
        loop {
            let i = probe.next();
            let Some(e) = s.get(vm).table.get(i) else {
                continue 'again;
            };
            let Some(k) = e.key else {
                if e.hash == 0 {
                    return Ok(match gone {
                        Some(i) => Place::Reuse(i),
                        None => Place::Free(i),
                    });
                }
                gone = Some(i);
                continue;
            };
            if e.hash != hash {
                continue;
            }
            let same = match dict::quick_eq(vm, k, key) {
                Some(same) => same,
                None => {
                    let before = s.get(vm).generation.get();
                    let same = compare::eq(vm, k, key)?;
                    let o = s.get(vm);
                    if o.generation.get() != before
                        || o.table.get(i).is_none_or(|e| e.key != Some(k))
                    {
                        continue 'again;
                    }
                    same
                }
            };
            if same {
                return Ok(Place::At(i));
            }
        }
    }
}

/// Whether the key is there, its hash known.
pub fn contains_hashed(vm: &mut Vm, s: Gc<SetObj>, key: Value, hash: u64) -> Result<bool, Raised> {
    Ok(matches!(locate(vm, s, key, hash)?, Place::At(_)))
}
/// Whether the key is there.
pub fn contains(vm: &mut Vm, s: Gc<SetObj>, key: Value) -> Result<bool, Raised> {
    let h = hash::hash(vm, key)?;
    contains_hashed(vm, s, key, h)
}

/// Puts a key in, its hash known; whether it was absent.
pub fn add_hashed(vm: &mut Vm, s: Gc<SetObj>, key: Value, hash: u64) -> Result<bool, Raised> {
    ensure_table(vm, s)?;
    let place = locate(vm, s, key, hash)?;
    let o = s.get(vm);
    let e = Entry {
        hash,
        key: Some(key),
    };
    match place {
        Place::At(_) => return Ok(false),
        Place::Reuse(i) => {
            o.table.set(&vm.heap, i, e);
            o.used.set(o.used.get() + 1);
        }
        Place::Free(i) => {
            o.table.set(&vm.heap, i, e);
            o.used.set(o.used.get() + 1);
            o.fill.set(o.fill.get() + 1);
            if o.fill.get() * 5 >= mask(o) * 3 {
                grow(vm, s)?;
            }
        }
    }
    Ok(true)
}
/// Puts a key in; whether it was absent.
pub fn add(vm: &mut Vm, s: Gc<SetObj>, key: Value) -> Result<bool, Raised> {
    let h = hash::hash(vm, key)?;
    add_hashed(vm, s, key, h)
}

/// Takes a key out, its hash known; whether it was there.
pub fn remove_hashed(vm: &mut Vm, s: Gc<SetObj>, key: Value, hash: u64) -> Result<bool, Raised> {
    match locate(vm, s, key, hash)? {
        Place::At(i) => {
            take(vm, s, i);
            Ok(true)
        }
        Place::Free(_) | Place::Reuse(_) => Ok(false),
    }
}
/// Takes a key out; whether it was there.
pub fn remove(vm: &mut Vm, s: Gc<SetObj>, key: Value) -> Result<bool, Raised> {
    let h = hash::hash(vm, key)?;
    remove_hashed(vm, s, key, h)
}
fn take(vm: &Vm, s: Gc<SetObj>, i: usize) {
    let o = s.get(vm);
    o.table.set(&vm.heap, i, Entry::GONE);
    o.used.set(o.used.get() - 1);
}
/// Takes some key out: the first from where the last `pop` stopped.
pub fn pop(vm: &mut Vm, s: Gc<SetObj>) -> Option<Value> {
    let o = s.get(vm);
    if o.used.get() == 0 {
        return None;
    }
    let mask = mask(o);
    let mut i = o.finger.get() & mask;
    loop {
        if let Some(k) = o.table.get(i).and_then(|e| e.key) {
            take(vm, s, i);
            s.get(vm).finger.set(i + 1);
            return Some(k);
        }
        i = if i >= mask { 0 } else { i + 1 };
    }
}

/// The next key and its hash from place `pos` on, which moves past it.
#[inline]
pub fn next(vm: &Vm, s: Gc<SetObj>, pos: &mut usize) -> Option<(Value, u64)> {
    let table = s.get(vm).table.cells();
    while let Some(e) = table.get(*pos) {
        *pos += 1;
        let e = e.get();
        if let Some(k) = e.key {
            return Some((k, e.hash));
        }
    }
    None
}

fn ensure_table(vm: &mut Vm, s: Gc<SetObj>) -> Result<(), Raised> {
    if s.get(vm).table.is_empty() {
        let table = vm.with_room(16 * MIN_SIZE, |vm| {
            Buf::filled(&vm.heap, MIN_SIZE, Entry::FREE)
        })?;
        s.get(vm).table.swap(&table);
    }
    Ok(())
}
/// The size that follows a full table.
pub(super) fn grow(vm: &mut Vm, s: Gc<SetObj>) -> Result<(), Raised> {
    let used = len(vm, s);
    resize(vm, s, used * if used > 50_000 { 2 } else { 4 })
}
/// Drops the places of removed keys when they are more than a quarter of the table.
pub(super) fn tidy(vm: &mut Vm, s: Gc<SetObj>) -> Result<(), Raised> {
    let o = s.get(vm);
    if o.fill.get() - o.used.get() <= mask(o) / 4 {
        return Ok(());
    }
    grow(vm, s)
}
/// A new table for more than `min_used` keys, without the places of removed ones.
pub(super) fn resize(vm: &mut Vm, s: Gc<SetObj>, min_used: usize) -> Result<(), Raised> {
    let Some(size) = size_for(min_used) else {
        return Err(vm.raise_memory());
    };
    let table = vm.filled(size, Entry::FREE)?;
    let done = vm.working(|vm| insert_all(vm, &table, s));
    if let Err(r) = done {
        table.free(&vm.heap);
        return Err(r);
    }
    install(vm, s, &table);
    Ok(())
}
fn size_for(min_used: usize) -> Option<usize> {
    let mut size = MIN_SIZE;
    while size <= min_used {
        size = size.checked_mul(2)?;
    }
    Some(size)
}
/// The keys are in this table now.
fn install(vm: &Vm, s: Gc<SetObj>, table: &Buf<Entry>) {
    let o = s.get(vm);
    o.table.swap(table);
    table.free(&vm.heap);
    o.fill.set(o.used.get());
    o.generation.set(o.generation.get() + 1);
}
/// Puts the keys of a set into a table that has room for them and no others, or as many as it gets to; how many.
fn insert_all(vm: &Vm, table: &Buf<Entry>, from: Gc<SetObj>) -> usize {
    let cells = from.get(vm).table.cells();
    if cells.len() <= QUIETLY {
        let mut n = 0;
        for e in cells.iter().map(Cell::get).filter(|e| e.key.is_some()) {
            insert_clean(vm, table, e);
            n += 1;
        }
        return n;
    }
    let keys = work::steps(vm, cells).map(Cell::get);
    let put = |e| insert_clean(vm, table, e);
    keys.filter(|e| e.key.is_some()).map(put).count()
}
/// Puts a key that is known to be absent into a table without removed ones.
fn insert_clean(vm: &Vm, table: &Buf<Entry>, e: Entry) {
    let mut probe = Probe::new(table.len(), e.hash);
    loop {
        let i = probe.next();
        if table.get(i).is_some_and(|e| e.key.is_none()) {
            return table.set(&vm.heap, i, e);
        }
    }
}

/// Removes everything.
pub fn clear(vm: &mut Vm, s: Gc<SetObj>) {
    let o = s.get(vm);
    o.table.free(&vm.heap);
    o.used.set(0);
    o.fill.set(0);
    o.generation.set(o.generation.get() + 1);
}
/// A new set of the same class and keys.
pub fn copy(vm: &mut Vm, s: Gc<SetObj>) -> Result<Gc<SetObj>, Raised> {
    let class = vm.class_of(s.value());
    let new = new(vm, class)?;
    merge(vm, new, s)?;
    Ok(new)
}
/// Exchanges the keys of two sets.
pub(super) fn swap(vm: &Vm, a: Gc<SetObj>, b: Gc<SetObj>) {
    let (a, b) = (a.get(vm), b.get(vm));
    a.table.swap(&b.table);
    a.used.swap(&b.used);
    a.fill.swap(&b.fill);
    for o in [a, b] {
        o.generation.set(o.generation.get() + 1);
    }
}

/// Room for `n` more keys, made at once as CPython does where it knows how many will come.
fn reserve(vm: &mut Vm, s: Gc<SetObj>, n: usize) -> Result<(), Raised> {
    let o = s.get(vm);
    let (fill, used, mask) = (o.fill.get(), o.used.get(), mask(o));
    if fill.saturating_add(n).saturating_mul(5) >= mask * 3 {
        return resize(vm, s, used.saturating_add(n).saturating_mul(2));
    }
    ensure_table(vm, s)
}

/// Takes over the keys of another set.
pub fn merge(vm: &mut Vm, s: Gc<SetObj>, from: Gc<SetObj>) -> Result<(), Raised> {
    let n = len(vm, from);
    if s == from || n == 0 {
        return Ok(());
    }
    reserve(vm, s, n)?;
    let (o, f) = (s.get(vm), from.get(vm));
    if o.fill.get() == 0 {
        // Distinct keys into an empty set: nothing to compare with.
        let done = if o.table.len() == f.table.len() && f.fill.get() == f.used.get() {
            let mut n = 0;
            for (i, e) in work::steps(vm, f.table.cells()).enumerate() {
                let e = e.get();
                n += usize::from(e.key.is_some());
                o.table.set(&vm.heap, i, e);
            }
            n
        } else {
            insert_all(vm, &o.table, from)
        };
        o.fill.set(done);
        o.used.set(done);
        vm.made(n)?;
        return vm.burn(n as u64);
    }
    let mut pos = 0;
    while let Some((k, h)) = next(vm, from, &mut pos) {
        vm.burn(1)?;
        vm.poll()?;
        add_hashed(vm, s, k, h)?;
    }
    Ok(())
}
/// Takes over whatever an iterable gives.
pub fn update(vm: &mut Vm, s: Gc<SetObj>, v: Value) -> Result<(), Raised> {
    if let Some(o) = v.cast::<SetObj>() {
        return merge(vm, s, o);
    }
    if let Some(d) = v.exact::<DictObj>() {
        let n = dict::len(vm, d);
        reserve(vm, s, n)?;
        let mut pos = 0;
        while let Some((k, _)) = dict::next_item(vm, d, &mut pos) {
            let h = dict::hash_at(vm, d, pos - 1);
            vm.burn(1)?;
            vm.poll()?;
            add_hashed(vm, s, k, h)?;
        }
        return Ok(());
    }
    iter::give_all(vm, v, &mut Adds(s))
}
struct Adds(Gc<SetObj>);
impl Taker for Adds {
    fn take(&mut self, vm: &mut Vm, x: Value) -> Result<Flow, Raised> {
        add(vm, self.0, x)?;
        Ok(Flow::Go)
    }
    fn take_quietly(&mut self, vm: &Vm, x: Value) -> bool {
        add_quietly(vm, self.0, x).is_some()
    }
}
/// The same of one key, where nobody has to be asked whether keys are equal; none: nothing was done.
fn add_quietly(vm: &Vm, s: Gc<SetObj>, key: Value) -> Option<()> {
    let hash = match key.as_small_int() {
        Some(i) => int::ops::hash(int::ops::Int::Small(i)) as u64,
        None if key.is_user() => return None,
        None => hash::str_hash(key.get::<StrObj>(vm)?),
    };
    let o = s.get(vm);
    if o.table.is_empty() {
        o.table.swap(&empty(vm, MIN_SIZE)?);
    }
    let mut probe = Probe::new(o.table.len(), hash);
    loop {
        let i = probe.next();
        let e = o.table.get(i)?;
        match e.key {
            None if e.hash == 0 => {
                // Room first: without it nothing is done.
                let full = (o.fill.get() + 1) * 5 >= mask(o) * 3;
                let used = o.used.get() + 1;
                let larger = match full {
                    true if used > QUIETLY => return None,
                    true => Some(empty(vm, size_for(used * 4)?)?),
                    false => None,
                };
                let key = Some(key);
                o.table.set(&vm.heap, i, Entry { hash, key });
                o.used.set(used);
                o.fill.set(o.fill.get() + 1);
                if let Some(table) = larger {
                    insert_all(vm, &table, s);
                    install(vm, s, &table);
                }
                return Some(());
            }
            // The place of a removed key would be used again.
            None => return None,
            Some(k) if e.hash == hash => {
                if dict::quick_eq(vm, k, key)? {
                    return Some(());
                }
            }
            Some(_) => {}
        }
    }
}
fn empty(vm: &Vm, size: usize) -> Option<Buf<Entry>> {
    let made = Buf::filled(&vm.heap, size, Entry::FREE);
    if made.is_err() {
        // It is asked for again.
        vm.heap.take_injected();
    }
    made.ok()
}

/// The hash of a frozenset: that of its keys in any order, as CPython combines them.
pub fn hash(vm: &mut Vm, s: Gc<SetObj>) -> Result<u64, Raised> {
    let o = s.get(vm);
    if o.hash.get() != u64::MAX {
        return Ok(o.hash.get());
    }
    let h = vm.working(|vm| combined(vm, s))?;
    s.get(vm).hash.set(h);
    Ok(h)
}
/// What hashes of the keys come to; it may give up.
fn combined(vm: &Vm, s: Gc<SetObj>) -> u64 {
    let o = s.get(vm);
    let shuffle = |h: u64| ((h ^ 89_869_747) ^ (h << 16)).wrapping_mul(3_644_798_167);
    let mut h = 0u64;
    for e in work::steps(vm, o.table.cells()).map(Cell::get) {
        if e.key.is_some() {
            h ^= shuffle(e.hash);
        }
    }
    h ^= (o.used.get() as u64 + 1).wrapping_mul(1_927_868_237);
    h ^= (h >> 11) ^ (h >> 25);
    h = h.wrapping_mul(69_069).wrapping_add(907_133_923);
    if h == u64::MAX {
        h = 590_923_713;
    }
    h
}
