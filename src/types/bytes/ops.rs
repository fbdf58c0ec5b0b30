//! Kernels of bytes: no Python is called here.

use super::value::BytesObj;
use crate::object::{ClassId, Gc, Header, Kind, Value};
use crate::raise;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

type R = Result<Value, Raised>;

/// The bytes of a bytes object.
#[inline]
pub fn get(vm: &Vm, v: Value) -> Option<&[u8]> {
    v.get::<BytesObj>(vm).map(BytesObj::as_bytes)
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
pub fn sub(vm: &mut Vm, b: Gc<BytesObj>, from: usize, to: usize) -> R {
    if from == 0 && to == b.get(vm).len {
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
