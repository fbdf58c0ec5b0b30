//! Deadlines: one thread of the process sleeps until the next of them and then asks that engine's limit word
//! for attention, so that an armed deadline costs running code nothing.

use super::limit::{DEADLINE, LimitWord};
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, Weak};
use std::time::Instant;

type Key = (Instant, u64);

#[derive(Default)]
struct Clock {
    /// By time, then by number.
    armed: BTreeMap<Key, Weak<LimitWord>>,
    next: u64,
    running: bool,
}

struct Shared {
    clock: Mutex<Clock>,
    changed: Condvar,
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| Shared {
        clock: Mutex::default(),
        changed: Condvar::new(),
    })
}

impl Shared {
    /// A panic cannot leave it half changed.
    fn lock(&self) -> MutexGuard<'_, Clock> {
        self.clock.lock().unwrap_or_else(|e| e.into_inner())
    }
}

/// A deadline. Dropping it takes it back, and the request that it made.
pub struct Armed {
    key: Key,
    word: Arc<LimitWord>,
}

impl Armed {
    /// When it ends.
    pub fn at(&self) -> Instant {
        self.key.0
    }
}

impl Drop for Armed {
    fn drop(&mut self) {
        let mut clock = shared().lock();
        clock.armed.remove(&self.key);
        // Under the lock: the thread makes no request after this.
        self.word.clear(DEADLINE);
    }
}

/// Stops the engine of this word at that time.
///
/// # Errors
/// The thread that watches cannot be started.
pub fn arm(at: Instant, word: &Arc<LimitWord>) -> std::io::Result<Armed> {
    let s = shared();
    let mut clock = s.lock();
    if !clock.running {
        std::thread::Builder::new()
            .name("deadlines".into())
            .stack_size(64 << 10)
            .spawn(watch)?;
        clock.running = true;
    }
    let key = (at, clock.next);
    clock.next += 1;
    let first = clock.armed.first_key_value().is_none_or(|(k, _)| key < *k);
    clock.armed.insert(key, Arc::downgrade(word));
    drop(clock);
    if first {
        s.changed.notify_one();
    }
    Ok(Armed {
        key,
        word: word.clone(),
    })
}

fn watch() {
    let s = shared();
    let mut clock = s.lock();
    loop {
        let now = Instant::now();
        while let Some(e) = clock.armed.first_entry()
            && e.key().0 <= now
        {
            if let Some(word) = e.remove().upgrade() {
                word.request(DEADLINE);
            }
        }
        let next = clock.armed.first_key_value().map(|(k, _)| k.0);
        let wait = next.map(|at| at.saturating_duration_since(now));
        clock = match wait {
            Some(d) => match s.changed.wait_timeout(clock, d) {
                Ok((c, _)) => c,
                Err(e) => e.into_inner().0,
            },
            None => s.changed.wait(clock).unwrap_or_else(|e| e.into_inner()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_next_deadline_comes_first_and_a_dropped_one_never() {
        let words: Vec<_> = (0..3).map(|_| Arc::new(LimitWord::new())).collect();
        let now = Instant::now();
        let after = |ms| now + Duration::from_millis(ms);
        let late = arm(after(600_000), &words[0]).unwrap();
        let _soon = arm(after(1), &words[1]).unwrap();
        drop(arm(after(0), &words[2]).unwrap());
        while !words[1].has(DEADLINE) {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(words[1].is_pending());
        assert!(!words[0].has(DEADLINE) && !words[2].has(DEADLINE));
        assert_eq!(late.at(), after(600_000));
    }
}
