//! Kernels of bytes: no Python is called here.

use super::buffer::Buffer;
use super::value::BytesObj;
use crate::object::{ClassId, Gc, Header, Kind, Value};
use crate::raise;
use crate::vm::work::{self, Needle, PIECE};
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
/// Makes an object of `len` bytes that `fill` writes; it may give up (`vm::work`).
pub fn build(vm: &mut Vm, len: usize, fill: impl Fn(&Vm, &mut [u8])) -> R {
    if len == 0 {
        return vm.new_bytes(b"");
    }
    let v = vm.with_room(len, |vm| {
        vm.heap
            .alloc_tail(header(len), len, |t: &mut [u8]| fill(vm, t))
            .map(Gc::value)
    })?;
    vm.made(len)?;
    Ok(v)
}
impl Vm {
    /// A bytes object.
    pub fn new_bytes(&mut self, b: &[u8]) -> R {
        if b.is_empty()
            && let Some(v) = self.empty_bytes.get()
        {
            return Ok(v);
        }
        if b.len() > PIECE {
            return build(self, b.len(), |vm, t| work::copy(vm, t, b));
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
        work::copy(vm, t, &b.get(vm).as_bytes()[from..to]);
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
    quote_while(b, out, || true);
}

/// The same where it may give up: while `goes_on` says so, which is asked now and then.
pub fn quote_while(b: &[u8], out: &mut Vec<u8>, goes_on: impl Fn() -> bool) {
    let quote = match work::has(b, b'\'', &goes_on) && !work::has(b, b'"', &goes_on) {
        true => b'"',
        false => b'\'',
    };
    out.reserve(b.len() + 3);
    out.extend_from_slice(&[b'b', quote]);
    for (i, &c) in b.iter().enumerate() {
        if i % PIECE == PIECE - 1 && !goes_on() {
            return;
        }
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
        work::copy_both(vm, t, a.get(vm).as_bytes(), b.get(vm).as_bytes());
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
    build(vm, total, |vm, t| work::repeat(vm, t, b.get(vm).as_bytes()))
}

/// First place of `needle` in `hay`; it may give up.
pub fn find(vm: &Vm, hay: &[u8], needle: &[u8]) -> Option<usize> {
    Needle::new(needle).find(vm, hay)
}
/// Last place of `needle` in `hay`; it may give up.
pub fn rfind(vm: &Vm, hay: &[u8], needle: &[u8]) -> Option<usize> {
    Needle::new(needle).rfind(vm, hay)
}

/// A copy that nobody else refers to.
pub fn fresh(vm: &mut Vm, v: Value) -> R {
    let Some(b) = v.cast::<BytesObj>() else {
        return Ok(v);
    };
    let n = b.get(vm).len;
    if n == 0 {
        let g = vm.with_room(0, |vm| vm.heap.alloc_copy(header(0), b""))?;
        return Ok(g.value());
    }
    build(vm, n, |vm, t| work::copy(vm, t, b.get(vm).as_bytes()))
}
