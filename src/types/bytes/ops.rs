//! Kernels of bytes: no Python is called here.

use super::buffer::Buffer;
use super::value::BytesObj;
use crate::object::{ClassId, Gc, Header, Kind, Value};
use crate::raise;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

type R = Result<Value, Raised>;

/// The bytes of a bytes-like object.
#[inline]
pub fn get(vm: &Vm, v: Value) -> Option<&[u8]> {
    super::buffer::read(vm, v)
}

fn header(len: usize) -> BytesObj {
    BytesObj {
        h: Header::new(Kind::Bytes, ClassId::Bytes as u32),
        len,
        hash: Cell::new(0),
    }
}
/// Makes an object of `len` bytes that `fill` writes.
pub fn build(vm: &mut Vm, len: usize, fill: impl Fn(&Vm, &mut [u8])) -> R {
    if len == 0 {
        return vm.new_bytes(b"");
    }
    vm.with_room(len, |vm| {
        vm.heap
            .alloc_tail(header(len), len, |t: &mut [u8]| fill(vm, t))
            .map(Gc::value)
    })
}
impl Vm {
    /// A bytes object.
    pub fn new_bytes(&mut self, b: &[u8]) -> R {
        if b.is_empty()
            && let Some(v) = self.empty_bytes.get()
        {
            return Ok(v);
        }
        let v = self
            .with_room(b.len(), |vm| vm.heap.alloc_copy(header(b.len()), b))?
            .value();
        if b.is_empty() {
            self.empty_bytes.write(&self.heap, Some(v));
        }
        Ok(v)
    }
}

/// Bytes `from..to`, which exist.
pub fn sub(vm: &mut Vm, b: impl Into<Buffer>, from: usize, to: usize) -> R {
    let b = b.into();
    if from == 0 && to == b.get(vm).len && b.value().is_kind(Kind::Bytes) {
        return Ok(b.value());
    }
    build(vm, to.saturating_sub(from), |vm, t| {
        t.copy_from_slice(&b.get(vm).as_bytes()[from..to]);
    })
}

/// `b[i]`
pub fn get_item(vm: &mut Vm, b: Gc<BytesObj>, i: i64) -> R {
    let all = b.get(vm).as_bytes();
    match crate::types::list::ops::wrap_index(i, all.len()).and_then(|i| all.get(i)) {
        Some(&c) => Ok(Value::int_unchecked(c as i64)),
        None => Err(raise!(vm, IndexError, "index out of range")),
    }
}

/// Hash of the bytes, kept in the object: that of a str of the same bytes, as in CPython.
pub fn hash(b: &BytesObj) -> u64 {
    match b.hash.get() {
        0 => {
            let h = crate::types::str::ops::hash_bytes(b.as_bytes());
            b.hash.set(h);
            h
        }
        h => h,
    }
}

/// Appends the bytes as they are written in source.
pub fn quote(b: &[u8], out: &mut Vec<u8>) {
    let quote = if b.contains(&b'\'') && !b.contains(&b'"') {
        b'"'
    } else {
        b'\''
    };
    out.reserve(b.len() + 3);
    out.extend_from_slice(&[b'b', quote]);
    for &c in b {
        match c {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            c if c == quote => out.extend_from_slice(&[b'\\', quote]),
            0x20..=0x7E => out.push(c),
            c => out.extend_from_slice(format!("\\x{c:02x}").as_bytes()),
        }
    }
    out.push(quote);
}

/// The bytes of both.
pub fn concat(vm: &mut Vm, a: Buffer, b: Buffer) -> R {
    let (n, m) = (a.get(vm).len, b.get(vm).len);
    if n == 0 && b.value().is_kind(Kind::Bytes) {
        return crate::types::instance::ops::unchanged(vm, b.value());
    }
    if m == 0 && a.value().is_kind(Kind::Bytes) {
        return crate::types::instance::ops::unchanged(vm, a.value());
    }
    build(vm, n + m, |vm, t| {
        let (l, r) = t.split_at_mut(n);
        l.copy_from_slice(a.get(vm).as_bytes());
        r.copy_from_slice(b.get(vm).as_bytes());
    })
}
/// `b * n`
pub fn repeat(vm: &mut Vm, b: Gc<BytesObj>, n: i64) -> R {
    let len = b.get(vm).len;
    if n <= 0 || len == 0 {
        return vm.new_bytes(b"");
    }
    if n == 1 {
        return crate::types::instance::ops::unchanged(vm, b.value());
    }
    let total = (n as usize)
        .checked_mul(len)
        .filter(|&t| t < isize::MAX as usize);
    let Some(total) = total else {
        return Err(raise!(vm, OverflowError, "repeated bytes are too long"));
    };
    build(vm, total, |vm, t| {
        let src = b.get(vm).as_bytes();
        if let &[c] = src {
            return t.fill(c);
        }
        // Doubling what is there needs few copies.
        t[..len].copy_from_slice(src);
        let mut done = len;
        while done < total {
            let step = done.min(total - done);
            t.copy_within(..step, done);
            done += step;
        }
    })
}

/// Longest needle that is compared place by place; a longer one is found in linear time.
const SHORT: usize = 16;

/// For each prefix of the needle, how long the longest is that it also ends with.
fn borders(needle: &[u8]) -> Vec<usize> {
    let mut table = vec![0; needle.len()];
    let mut k = 0;
    for i in 1..needle.len() {
        while k > 0 && needle[i] != needle[k] {
            k = table[k - 1];
        }
        if needle[i] == needle[k] {
            k += 1;
        }
        table[i] = k;
    }
    table
}

/// First place of `needle` in `hay`.
pub fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let (n, m) = (hay.len(), needle.len());
    match needle {
        [] => return Some(0),
        [c] => return hay.iter().position(|x| x == c),
        _ if m > n => return None,
        [first, ..] if m <= SHORT => {
            let mut at = 0;
            while let Some(i) = hay[at..=n - m].iter().position(|x| x == first) {
                if hay[at + i..].starts_with(needle) {
                    return Some(at + i);
                }
                at += i + 1;
                if at > n - m {
                    break;
                }
            }
            return None;
        }
        _ => (),
    }
    let table = borders(needle);
    let mut k = 0;
    for (i, c) in hay.iter().enumerate() {
        while k > 0 && needle[k] != *c {
            k = table[k - 1];
        }
        if needle[k] == *c {
            k += 1;
        }
        if k == m {
            return Some(i + 1 - m);
        }
    }
    None
}
/// Last place of `needle` in `hay`.
pub fn rfind(hay: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => return Some(hay.len()),
        [c] => return hay.iter().rposition(|x| x == c),
        _ if needle.len() > hay.len() => return None,
        _ if needle.len() <= SHORT => {
            return hay.windows(needle.len()).rposition(|w| w == needle);
        }
        _ => (),
    }
    let reversed: Vec<u8> = needle.iter().rev().copied().collect();
    let table = borders(&reversed);
    let mut k = 0;
    for (i, c) in hay.iter().enumerate().rev() {
        while k > 0 && reversed[k] != *c {
            k = table[k - 1];
        }
        if reversed[k] == *c {
            k += 1;
        }
        if k == needle.len() {
            return Some(i);
        }
    }
    None
}
/// Places of `needle` (not empty) from the left that do not overlap, at most `max` of them.
pub fn matches(hay: &[u8], needle: &[u8], max: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = 0;
    while out.len() < max
        && let Some(i) = find(&hay[at..], needle)
    {
        out.push(at + i);
        at += i + needle.len();
    }
    out
}
/// The same from the right, the rightmost first.
pub fn rmatches(hay: &[u8], needle: &[u8], max: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut end = hay.len();
    while out.len() < max
        && let Some(i) = rfind(&hay[..end], needle)
    {
        out.push(i);
        end = i;
    }
    out
}

/// A copy that nobody else refers to.
pub fn fresh(vm: &mut Vm, v: Value) -> R {
    let Some(b) = v.cast::<BytesObj>() else {
        return Ok(v);
    };
    let n = b.get(vm).len;
    let g = vm.with_room(n, |vm| {
        let b = b.get(vm);
        let init = BytesObj {
            h: Header::new(Kind::Bytes, ClassId::Bytes as u32),
            len: b.len,
            hash: std::cell::Cell::new(b.hash.get()),
        };
        vm.heap.alloc_copy(init, b.as_bytes())
    })?;
    Ok(g.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Short and long needles are found where a plain search finds them.
    #[test]
    fn searches_agree_with_a_plain_one() {
        let mut state = 7u32;
        let mut letter = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'a' + (state >> 30) as u8 % 2
        };
        for n in 0..200 {
            let hay: Vec<u8> = (0..n).map(|_| letter()).collect();
            for m in [0, 1, 2, 3, 17, 20, 40] {
                let plain = |hay: &[u8], needle: &[u8]| {
                    let at = (0..=hay.len().saturating_sub(needle.len()))
                        .filter(|&i| hay[i..].starts_with(needle))
                        .collect::<Vec<_>>();
                    (at.first().copied(), at.last().copied())
                };
                let random: Vec<u8> = (0..m).map(|_| letter()).collect();
                let there = hay.get(n / 3..n / 3 + m).unwrap_or(&random);
                for needle in [&random[..], there, &vec![b'a'; m]] {
                    let want = plain(&hay, needle);
                    assert_eq!((find(&hay, needle), rfind(&hay, needle)), want);
                }
            }
        }
    }
}
