//! Long work in one piece: what goes over many bytes or items looks at the limit word as it goes.
//!
//! [`Vm::poll`] is a safepoint: it may collect, and wants the engine for itself. In the midst of work that holds slices
//! there is only [`Vm::gives_up`], which collects nothing and runs nothing: where the engine is to stop the work gives up,
//! with whatever it has, and the poll behind it raises for certain. [`Vm::working`] is both together; what makes a
//! str or bytes polls itself behind what fills them.

use super::{Raised, Vm, limit};
use memchr::memmem;

/// Bytes, or items, between two looks.
pub const PIECE: usize = 1 << 16;

impl Vm {
    /// Whether the engine is to stop: then the next poll raises.
    #[inline]
    pub fn gives_up(&self) -> bool {
        self.limit.is_pending() && self.is_wanted()
    }
    /// For who made `n` bytes of what may have given up: polls behind much work, and wherever the engine is to stop.
    ///
    /// # Errors
    /// Why it gave up.
    #[inline]
    pub fn made(&mut self, n: usize) -> Result<(), Raised> {
        if n > PIECE || self.limit.is_pending() && self.is_to_stop() {
            self.poll()?;
        }
        Ok(())
    }
    #[cold]
    fn is_wanted(&self) -> bool {
        if self.limit.has(limit::COUNTED) {
            self.stats.looks.set(self.stats.looks.get() + 1);
        }
        self.is_to_stop()
    }
    fn is_to_stop(&self) -> bool {
        let stops = limit::INTERRUPT | limit::DEADLINE | limit::STOPPED | limit::KEYBOARD;
        self.limit.has(stops)
    }
    /// Does work that may give up; what it gives is looked at only if it did not.
    ///
    /// # Errors
    /// Why it gave up.
    #[inline]
    pub fn working<T>(&mut self, f: impl FnOnce(&Vm) -> T) -> Result<T, Raised> {
        let r = f(self);
        self.poll()?;
        Ok(r)
    }
}

/// Text on its way to an object: a `Vec` that nobody accounts, for which there must be room before it grows.
impl Vm {
    /// Room for `n` more bytes of text.
    ///
    /// # Errors
    /// MemoryError.
    #[inline]
    pub fn reserve(&mut self, out: &mut Vec<u8>, n: usize) -> Result<(), Raised> {
        if out.capacity() - out.len() >= n {
            return Ok(());
        }
        self.grow(out, n)
    }
    #[cold]
    fn grow(&mut self, out: &mut Vec<u8>, n: usize) -> Result<(), Raised> {
        let need = out.len().saturating_add(n);
        // As a `Vec` grows; where so much does not fit, by what is needed.
        let grown = need.max(2 * out.capacity());
        if grown <= PIECE || self.heap.has_room(grown) {
            out.reserve(n);
        } else {
            self.ensure_room(need)?;
            out.reserve_exact(n);
        }
        Ok(())
    }
    /// Appends bytes, with looks where they are many.
    ///
    /// # Errors
    /// MemoryError; why the engine stops.
    #[inline]
    pub fn extend(&mut self, out: &mut Vec<u8>, more: &[u8]) -> Result<(), Raised> {
        if more.len() > PIECE {
            return self.extend_long(out, more);
        }
        self.reserve(out, more.len())?;
        out.extend_from_slice(more);
        Ok(())
    }
    #[cold]
    fn extend_long(&mut self, out: &mut Vec<u8>, more: &[u8]) -> Result<(), Raised> {
        self.reserve(out, more.len())?;
        self.working(|vm| append(vm, out, more))
    }
    /// A copy of what is in an object.
    ///
    /// # Errors
    /// As [`Vm::extend`].
    pub fn copied(&mut self, get: impl Fn(&Vm) -> &[u8]) -> Result<Vec<u8>, Raised> {
        let mut out = Vec::new();
        let n = get(self).len();
        if n <= PIECE {
            return Ok(get(self).to_vec());
        }
        self.ensure_room(n)?;
        out.reserve_exact(n);
        self.working(|vm| append(vm, &mut out, get(vm)))?;
        Ok(out)
    }
}

/// An iterator that ends early where the engine is to stop.
pub struct Steps<'a, I> {
    vm: &'a Vm,
    it: I,
    left: usize,
}

impl<I: Iterator> Iterator for Steps<'_, I> {
    type Item = I::Item;
    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.left == 0 {
            if self.vm.gives_up() {
                return None;
            }
            self.left = PIECE;
        }
        self.left -= 1;
        self.it.next()
    }
}

/// A look after so many bytes, for work that does some at a time.
pub struct Pace<'a> {
    vm: &'a Vm,
    since: usize,
}

impl Pace<'_> {
    pub fn new(vm: &Vm) -> Pace<'_> {
        Pace { vm, since: 0 }
    }
    /// `n` bytes more were worked on; whether to go on.
    pub fn goes_on(&mut self, n: usize) -> bool {
        self.since += n + 1;
        if self.since <= PIECE {
            return true;
        }
        self.since = 0;
        !self.vm.gives_up()
    }
}

/// Goes over items with a look now and then.
pub fn steps<I: IntoIterator>(vm: &Vm, it: I) -> Steps<'_, I::IntoIter> {
    Steps {
        vm,
        it: it.into_iter(),
        left: PIECE,
    }
}

/// Slices of a slice, from the left, with a look between them.
pub fn pieces<'a, T>(vm: &'a Vm, all: &'a [T]) -> impl Iterator<Item = &'a [T]> + 'a {
    let goes_on = move |k: &(usize, _)| k.0 == 0 || !vm.gives_up();
    all.chunks(PIECE)
        .enumerate()
        .take_while(goes_on)
        .map(|k| k.1)
}

/// The same to be written to.
pub fn pieces_mut<'a, T>(vm: &'a Vm, all: &'a mut [T]) -> impl Iterator<Item = &'a mut [T]> + 'a {
    let goes_on = move |k: &(usize, _)| k.0 == 0 || !vm.gives_up();
    all.chunks_mut(PIECE)
        .enumerate()
        .take_while(goes_on)
        .map(|k| k.1)
}

/// Copies a slice into one of the same length.
pub fn copy<T: Copy>(vm: &Vm, to: &mut [T], from: &[T]) {
    assert_eq!(to.len(), from.len());
    for (t, f) in pieces_mut(vm, to).zip(from.chunks(PIECE)) {
        t.copy_from_slice(f);
    }
}

/// Appends a slice.
pub fn append<T: Copy>(vm: &Vm, to: &mut Vec<T>, from: &[T]) {
    for part in pieces(vm, from) {
        to.extend_from_slice(part);
    }
}

/// Copies one slice behind another.
pub fn copy_both(vm: &Vm, to: &mut [u8], a: &[u8], b: &[u8]) {
    let (l, r) = to.split_at_mut(a.len());
    copy(vm, l, a);
    copy(vm, r, b);
}

/// Fills a slice with copies of another.
pub fn repeat(vm: &Vm, to: &mut [u8], unit: &[u8]) {
    if let &[c] = unit {
        return pieces_mut(vm, to).for_each(|t| t.fill(c));
    }
    if unit.is_empty() || to.is_empty() {
        return;
    }
    // Doubling what is there needs few copies; the block that is copied stays short.
    let mut done = unit.len().min(to.len());
    copy(vm, &mut to[..done], &unit[..done]);
    let most = unit.len() * (PIECE / unit.len()).max(1);
    while done < to.len() {
        if vm.gives_up() {
            return;
        }
        let step = done.min(most).min(to.len() - done);
        if step <= PIECE {
            to.copy_within(..step, done);
        } else {
            let (from, rest) = to.split_at_mut(done);
            copy(vm, &mut rest[..step], &from[..step]);
        }
        done += step;
    }
}

/// Turns a slice round; it may give up half-way, with every item somewhere.
pub fn reverse<T: Copy>(vm: &Vm, b: &mut [T]) {
    let (l, r) = b.split_at_mut(b.len() / 2);
    for (l, r) in pieces_mut(vm, l).zip(r.rchunks_mut(PIECE)) {
        for (x, y) in l.iter_mut().zip(r.iter_mut().rev()) {
            std::mem::swap(x, y);
        }
    }
}

/// Whether two slices are the same.
pub fn equal(vm: &Vm, a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && pieces(vm, a).zip(b.chunks(PIECE)).all(|(a, b)| a == b)
}

/// Which of two slices comes first.
pub fn compare(vm: &Vm, a: &[u8], b: &[u8]) -> std::cmp::Ordering {
    let n = a.len().min(b.len());
    let (x, y) = (pieces(vm, &a[..n]), b[..n].chunks(PIECE));
    let differ = x.zip(y).map(|(a, b)| a.cmp(b)).find(|o| o.is_ne());
    differ.unwrap_or_else(|| a.len().cmp(&b.len()))
}

/// How many of the bytes are such.
pub fn count(vm: &Vm, b: &[u8], f: impl Fn(u8) -> bool) -> usize {
    let one = |p: &[u8]| p.iter().filter(|c| f(**c)).count();
    pieces(vm, b).map(one).sum()
}

/// Whether the byte is there, for work that looks by asking `goes_on`.
pub fn has(b: &[u8], c: u8, goes_on: &impl Fn() -> bool) -> bool {
    let mut pieces = b.chunks(PIECE).enumerate();
    pieces.any(|(k, p)| (k > 0 && !goes_on()) || memchr::memchr(c, p).is_some())
}

/// Whether all are ASCII.
pub fn is_ascii(vm: &Vm, b: &[u8]) -> bool {
    pieces(vm, b).all(<[u8]>::is_ascii)
}

/// What is looked for: places in one text are looked for again and again.
pub struct Needle<'n> {
    text: &'n [u8],
    left: Option<memmem::Finder<'n>>,
    right: Option<memmem::FinderRev<'n>>,
}

/// A needle as long is compared with where the bytes add up to what its own do.
const LONG: usize = PIECE;

impl<'n> Needle<'n> {
    pub fn new(text: &'n [u8]) -> Needle<'n> {
        Needle {
            text,
            left: None,
            right: None,
        }
    }
    /// Its first place in `hay`.
    pub fn find(&mut self, vm: &Vm, hay: &[u8]) -> Option<usize> {
        let (n, m) = (hay.len(), self.text.len());
        match self.text {
            [] => return Some(0),
            &[c] => {
                let mut at = 0;
                for part in pieces(vm, hay) {
                    if let Some(i) = memchr::memchr(c, part) {
                        return Some(at + i);
                    }
                    at += part.len();
                }
                return None;
            }
            _ if m > n => return None,
            _ if m > LONG => return long(vm, self.text, n - m, |i| hay[i], |at| &hay[at..at + m]),
            _ => (),
        }
        let finder = self
            .left
            .get_or_insert_with(|| memmem::Finder::new(self.text));
        let mut at = 0;
        while at + m <= n {
            let end = (at + PIECE + m - 1).min(n);
            if let Some(i) = finder.find(&hay[at..end]) {
                return Some(at + i);
            }
            at += PIECE;
            if vm.gives_up() {
                return None;
            }
        }
        None
    }
    /// Its last place.
    pub fn rfind(&mut self, vm: &Vm, hay: &[u8]) -> Option<usize> {
        let (n, m) = (hay.len(), self.text.len());
        match self.text {
            [] => return Some(n),
            _ if m > n => return None,
            _ if m > LONG => {
                let (byte, own) = (|i| hay[n - 1 - i], |i: usize| self.text[m - 1 - i]);
                let place = |at: usize| &hay[n - m - at..n - at];
                let found = long_by(vm, self.text, own, n - m, byte, place);
                return found.map(|at| n - m - at);
            }
            _ => (),
        }
        let finder = self
            .right
            .get_or_insert_with(|| memmem::FinderRev::new(self.text));
        let mut end = n;
        while end >= m {
            let from = end.saturating_sub(PIECE + m - 1);
            if let Some(i) = finder.rfind(&hay[from..end]) {
                return Some(from + i);
            }
            if from == 0 || vm.gives_up() {
                return None;
            }
            end = from + m - 1;
        }
        None
    }
}

fn long<'h>(
    vm: &Vm,
    needle: &[u8],
    last: usize,
    byte: impl Fn(usize) -> u8,
    place: impl Fn(usize) -> &'h [u8],
) -> Option<usize> {
    long_by(vm, needle, |i| needle[i], last, byte, place)
}

/// The first of places `0..=last` where a long needle is: the bytes there, as digits of a number, are the needle's.
/// `own` gives the needle's bytes as `byte` gives the text's, from either end; `place` is what lies at a place.
fn long_by<'h>(
    vm: &Vm,
    needle: &[u8],
    own: impl Fn(usize) -> u8,
    last: usize,
    byte: impl Fn(usize) -> u8,
    place: impl Fn(usize) -> &'h [u8],
) -> Option<usize> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let m = needle.len();
    let (mut want, mut have, mut top) = (0u64, 0u64, 1u64);
    for i in steps(vm, 0..m) {
        want = want.wrapping_mul(BASE).wrapping_add(own(i) as u64);
        have = have.wrapping_mul(BASE).wrapping_add(byte(i) as u64);
        if i > 0 {
            top = top.wrapping_mul(BASE);
        }
    }
    for at in steps(vm, 0..=last) {
        if have == want && equal(vm, place(at), needle) {
            return Some(at);
        }
        if at < last {
            have = have.wrapping_sub(top.wrapping_mul(byte(at) as u64));
            have = have.wrapping_mul(BASE).wrapping_add(byte(at + m) as u64);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::Config;

    /// Short and long needles are found where a plain search finds them, across pieces too.
    #[test]
    fn searches_agree_with_a_plain_one() {
        let vm = &*Vm::new(Config::default());
        let mut state = 7u32;
        let mut letter = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'a' + (state >> 30) as u8 % 2
        };
        let plain = |hay: &[u8], needle: &[u8]| {
            let mut all = (0..=hay.len().saturating_sub(needle.len()))
                .filter(|&i| hay[i..].starts_with(needle));
            (all.clone().next(), all.next_back())
        };
        let both = |hay: &[u8], needle: &[u8]| {
            let mut n = Needle::new(needle);
            (n.find(vm, hay), n.rfind(vm, hay))
        };
        for n in 0..200 {
            let hay: Vec<u8> = (0..n).map(|_| letter()).collect();
            for m in [0, 1, 2, 3, 17, 20, 40] {
                let random: Vec<u8> = (0..m).map(|_| letter()).collect();
                let there = hay.get(n / 3..n / 3 + m).unwrap_or(&random);
                for needle in [&random[..], there, &vec![b'a'; m]] {
                    assert_eq!(both(&hay, needle), plain(&hay, needle));
                }
            }
        }
        let mut hay = vec![b'x'; 3 * PIECE];
        for at in [0, PIECE - 1, PIECE, 2 * PIECE - 3, 3 * PIECE - 4] {
            hay[at..at + 4].copy_from_slice(b"abcd");
            for m in [1, 2, 4] {
                let places = (Some(at), Some(at));
                assert_eq!(both(&hay, &b"abcd"[..m]), places);
            }
            hay[at..at + 4].fill(b'x');
        }
        let hay: Vec<u8> = (0..4 * PIECE).map(|_| letter()).collect();
        for at in [0, 1, PIECE, 2 * PIECE + 5] {
            let needle = &hay[at..at + PIECE + 100];
            assert_eq!(both(&hay, needle), (Some(at), Some(at)));
        }
        assert_eq!(both(&hay, &vec![b'a'; PIECE + 1]), (None, None));
    }

    /// A short result of long work that gave up is none; that a collection is wanted ends nothing.
    #[test]
    fn what_gave_up_is_not_given_out() {
        use crate::types::{bytes, str};
        use crate::vm::limit;
        for (bits, ends) in [
            (0, false),
            (limit::GC, false),
            (limit::INTERRUPT, true),
            (limit::DEADLINE, true),
            (limit::KEYBOARD, true),
        ] {
            // Asked for while the work goes on: nothing has looked before.
            let work = |vm: &Vm, t: &mut [u8]| {
                t.fill(b'x');
                vm.limit.request(bits);
            };
            let vm = &mut *Vm::new(Config::default());
            assert_eq!(bytes::ops::build(vm, 3, work).is_err(), ends, "{bits}");
            let vm = &mut *Vm::new(Config::default());
            let made = str::ops::build(vm, 3, 3, true, work);
            assert_eq!(made.is_err(), ends, "{bits}");
            // Behind much work it is asked whatever was.
            let vm = &mut *Vm::new(Config::default());
            vm.limit.request(crate::vm::limit::COUNTED);
            let looks = |vm: &mut Vm, n| {
                let before = vm.stats.looks.get();
                assert!(vm.made(n).is_ok());
                vm.stats.looks.get() - before
            };
            assert_eq!((looks(vm, PIECE), looks(vm, PIECE + 1)), (0, 1));
        }
    }

    #[test]
    fn repeating_and_comparing() {
        let vm = &*Vm::new(Config::default());
        for (unit, n) in [
            (1, 10),
            (3, 3 * PIECE),
            (PIECE, 5 * PIECE),
            (PIECE + 7, 4 * (PIECE + 7)),
        ] {
            let unit: Vec<u8> = (0..unit).map(|i| i as u8 ^ (i >> 8) as u8).collect();
            let mut to = vec![0; n];
            repeat(vm, &mut to, &unit);
            assert!(to.chunks(unit.len()).all(|c| c == &unit[..c.len()]));
            let mut other = to.clone();
            assert!(equal(vm, &to, &other) && compare(vm, &to, &other).is_eq());
            *other.last_mut().unwrap() ^= 1;
            assert!(!equal(vm, &to, &other));
            assert_eq!(compare(vm, &to, &other), to.cmp(&other));
            assert_eq!(compare(vm, &to[..n - 1], &to), std::cmp::Ordering::Less);
        }
    }
}
