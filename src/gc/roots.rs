//! Precise roots: handles.

use super::heap::{Heap, NoMemory};
use crate::object::{Slot, Tracer, Value};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Names a value in [`Handles`]. Stale ids give nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct HandleId {
    index: u32,
    generation: u32,
}

/// Handles that were dropped, perhaps on another thread, and wait for the engine to take note.
#[derive(Default)]
pub struct DropQueue {
    any: AtomicBool,
    ids: Mutex<Vec<HandleId>>,
}
impl DropQueue {
    /// Removes a handle later. From any thread.
    pub fn push(&self, id: HandleId) {
        // A panic cannot leave the vector half changed.
        self.ids.lock().unwrap_or_else(|e| e.into_inner()).push(id);
        self.any.store(true, Ordering::Release);
    }
    fn take(&self) -> Vec<HandleId> {
        if !self.any.swap(false, Ordering::Acquire) {
            return Vec::new();
        }
        std::mem::take(&mut *self.ids.lock().unwrap_or_else(|e| e.into_inner()))
    }
}

const NONE: u32 = u32::MAX;
struct Entry {
    value: Slot,
    /// Odd while the entry is in use.
    generation: u32,
    next_free: u32,
}

/// Values that Rust code outside the heap holds on to.
pub struct Handles {
    entries: Vec<Entry>,
    free: u32,
    live: usize,
    dropped: Arc<DropQueue>,
}
impl Default for Handles {
    fn default() -> Self {
        Handles {
            entries: Vec::new(),
            free: NONE,
            live: 0,
            dropped: Arc::default(),
        }
    }
}

impl Handles {
    /// Where handles on other threads say that they are gone.
    pub fn queue(&self) -> Arc<DropQueue> {
        self.dropped.clone()
    }
    /// Whether the queue is the one of these handles.
    #[inline]
    pub fn is_of(&self, queue: &Arc<DropQueue>) -> bool {
        Arc::ptr_eq(&self.dropped, queue)
    }
    /// Roots a value.
    pub fn insert(&mut self, heap: &Heap, v: Value) -> Result<HandleId, NoMemory> {
        self.drain();
        let index = if self.free != NONE {
            self.free
        } else {
            self.grow(heap)?
        };
        let e = &mut self.entries[index as usize];
        self.free = e.next_free;
        e.generation = e.generation.wrapping_add(1);
        e.value.write(heap, Some(v));
        self.live += 1;
        Ok(HandleId {
            index,
            generation: e.generation,
        })
    }
    /// Adds an entry to the empty free list. The memory is accounted and stays.
    fn grow(&mut self, heap: &Heap) -> Result<u32, NoMemory> {
        let n = self.entries.len();
        if n == self.entries.capacity() {
            let more = n.clamp(8, 1 << 20);
            heap.account(more * size_of::<Entry>())?;
            if self.entries.try_reserve_exact(more).is_err() {
                heap.unaccount(more * size_of::<Entry>());
                return Err(NoMemory);
            }
        }
        let index = u32::try_from(n)
            .ok()
            .filter(|&i| i != NONE)
            .ok_or(NoMemory)?;
        self.entries.push(Entry {
            value: Slot::new(None),
            generation: 0,
            next_free: NONE,
        });
        Ok(index)
    }
    /// The value, unless the handle was removed.
    #[inline]
    pub fn get(&self, id: HandleId) -> Option<Value> {
        let e = self.entries.get(id.index as usize)?;
        if e.generation == id.generation {
            e.value.get()
        } else {
            None
        }
    }
    /// Lets the value go; gives it once more. A stale id does nothing.
    pub fn remove(&mut self, id: HandleId) -> Option<Value> {
        let v = self.get(id)?;
        let e = &mut self.entries[id.index as usize];
        e.value = Slot::new(None);
        e.generation = e.generation.wrapping_add(1);
        e.next_free = self.free;
        self.free = id.index;
        self.live -= 1;
        Some(v)
    }
    /// Removes what other threads dropped.
    #[inline]
    pub fn drain(&mut self) {
        // A look first: it is the rule that there is nothing, and a swap is dear.
        if self.dropped.any.load(Ordering::Relaxed) {
            self.drain_some();
        }
    }
    #[cold]
    fn drain_some(&mut self) {
        for id in self.dropped.take() {
            self.remove(id);
        }
    }
    /// Handles in use.
    pub fn len(&self) -> usize {
        self.live
    }
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }
    pub fn trace(&self, t: &mut Tracer<'_>) {
        for e in &self.entries {
            t.slot(&e.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_come_and_go() {
        let heap = Heap::new(usize::MAX);
        let mut hs = Handles::default();
        let v = |i| Value::int_unchecked(i);
        let a = hs.insert(&heap, v(1)).unwrap();
        let b = hs.insert(&heap, v(2)).unwrap();
        assert_eq!(
            (hs.get(a), hs.get(b), hs.len()),
            (Some(v(1)), Some(v(2)), 2)
        );
        assert_eq!(hs.remove(a), Some(v(1)));
        assert_eq!((hs.get(a), hs.remove(a)), (None, None));
        let c = hs.insert(&heap, v(3)).unwrap();
        assert!(c != a && hs.get(a).is_none() && hs.get(c) == Some(v(3)));
        let q = hs.queue();
        std::thread::spawn(move || q.push(b)).join().unwrap();
        assert_eq!(hs.get(b), Some(v(2)));
        hs.drain();
        assert_eq!((hs.get(b), hs.len()), (None, 1));
    }

    #[test]
    fn handles_obey_the_cap() {
        let heap = Heap::new(1000);
        let mut hs = Handles::default();
        let mut n = 0;
        while hs.insert(&heap, Value::NONE).is_ok() {
            n += 1;
        }
        assert!((8..100).contains(&n) && heap.bytes() <= 1000);
    }
}
