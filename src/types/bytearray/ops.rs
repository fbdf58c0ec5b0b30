//! Making and changing bytearrays.

use super::value::ByteArrayObj;
use crate::gc::{Buf, Heap, NoMemory};
use crate::object::method::R;
use crate::object::{ClassId, Gc, Header, Kind, Value};
use crate::protocol::iter::{self, Flow};
use crate::protocol::number;
use crate::raise;
use crate::types::bytes::buffer::{self, Buffer};
use crate::types::int::big::room_bytes;
use crate::types::int::ops as int;
use crate::types::list::ops::wrap_index;
use crate::types::slice::ops::{Span, unpack};
use crate::types::slice::value::SliceObj;
use crate::vm::work::{self, PIECE};
use crate::vm::{Raised, Vm};
use std::cell::OnceCell;

/// Bytes that are moved in one piece to make or close a gap.
const MOVED: usize = 1 << 26;

const LOCKED: &str = "Existing exports of data: object cannot be re-sized";

/// An empty one.
pub fn new(vm: &mut Vm) -> Result<Gc<ByteArrayObj>, Raised> {
    vm.alloc(ByteArrayObj {
        h: Header::new(Kind::ByteArray, ClassId::ByteArray as u32),
        items: Buf::new(),
        exports: OnceCell::new(),
    })
}
/// `n` bytes, each of them asked for by its place.
pub fn build(
    vm: &mut Vm,
    n: usize,
    fill: impl Fn(&Vm, usize) -> u8,
) -> Result<Gc<ByteArrayObj>, Raised> {
    let b = new(vm)?;
    let items = made(vm, n, |vm, items, at, n| {
        items.replace_range(&vm.heap, at, at, n, |i| fill(vm, at + i))
    })?;
    b.get(vm).items.swap(&items);
    Ok(b)
}
/// A buffer of `n` bytes, which `more` appends some at a time (which, and how many), with looks at the limits.
fn made(
    vm: &mut Vm,
    n: usize,
    more: impl Fn(&Vm, &Buf<u8>, usize, usize) -> Result<(), NoMemory>,
) -> Result<Buf<u8>, Raised> {
    let items = vm.with_room(n, |vm| Buf::with_capacity(&vm.heap, n))?;
    while items.len() < n {
        let (at, some) = (items.len(), PIECE.min(n - items.len()));
        let done = vm.with_room(0, |vm| more(vm, &items, at, some));
        if let Err(r) = done.and_then(|()| vm.poll()) {
            items.free(&vm.heap);
            return Err(r);
        }
    }
    Ok(items)
}
/// Appends bytes `at..at + n` of some slices one behind another: so much of one of them as is there.
fn append(
    heap: &Heap,
    items: &Buf<u8>,
    mut at: usize,
    n: usize,
    of: &[&[u8]],
) -> Result<(), NoMemory> {
    for part in of {
        if let Some(rest) = part.get(at..).filter(|r| !r.is_empty()) {
            return items.extend_from_slice(heap, &rest[..n.min(rest.len())]);
        }
        at -= part.len();
    }
    Err(NoMemory)
}
/// The bytes in another order, or with others: all at once, so that nobody sees the half of it.
fn replace(
    vm: &mut Vm,
    b: Gc<ByteArrayObj>,
    n: usize,
    more: impl Fn(&Vm, &Buf<u8>, usize, usize) -> Result<(), NoMemory>,
) -> Result<(), Raised> {
    let items = made(vm, n, more)?;
    b.get(vm).items.swap(&items);
    items.free(&vm.heap);
    Ok(())
}
/// `b.reverse()`
///
/// # Errors
/// MemoryError.
pub fn reverse(vm: &mut Vm, b: Gc<ByteArrayObj>) -> Result<(), Raised> {
    let n = len(vm, b);
    if n > PIECE {
        return replace(vm, b, n, |vm, items, at, some| {
            let from = b.get(vm).items.cells();
            items.replace_range(&vm.heap, at, at, some, |i| from[n - 1 - at - i].get())
        });
    }
    let cells = b.get(vm).items.cells();
    for i in 0..n / 2 {
        cells[i].swap(&cells[n - 1 - i]);
    }
    Ok(())
}
/// Makes it `n` zeros.
///
/// # Errors
/// BufferError, MemoryError.
pub fn zeros(vm: &mut Vm, b: Gc<ByteArrayObj>, n: usize) -> Result<(), Raised> {
    may_resize(vm, b)?;
    let items = vm.filled(n, 0u8)?;
    b.get(vm).items.swap(&items);
    items.free(&vm.heap);
    Ok(())
}
/// A copy of these bytes.
pub fn copy(vm: &mut Vm, from: Buffer) -> Result<Gc<ByteArrayObj>, Raised> {
    let b = new(vm)?;
    let n = from.get(vm).len;
    let items = made(vm, n, |vm, items, at, n| {
        append(&vm.heap, items, at, n, &[from.get(vm).as_bytes()])
    })?;
    b.get(vm).items.swap(&items);
    Ok(b)
}

/// Takes the bytes of another, which nobody else has.
///
/// # Errors
/// BufferError.
pub fn become_that(vm: &mut Vm, b: Gc<ByteArrayObj>, made: Gc<ByteArrayObj>) -> Result<(), Raised> {
    if len(vm, b) != len(vm, made) {
        may_resize(vm, b)?;
    }
    b.get(vm).items.swap(&made.get(vm).items);
    Ok(())
}

/// Number of bytes.
pub fn len(vm: &Vm, b: Gc<ByteArrayObj>) -> usize {
    b.get(vm).items.len()
}

/// Whether the number of bytes may change.
///
/// # Errors
/// BufferError while a memoryview looks at them.
pub fn may_resize(vm: &mut Vm, b: Gc<ByteArrayObj>) -> Result<(), Raised> {
    let looked_at = |vm: &Vm| b.get(vm).exports.get().is_some_and(|n| n.get() > 0);
    if !looked_at(vm) {
        return Ok(());
    }
    // A memoryview that nobody has any more counts until it is collected.
    vm.collect();
    vm.heap.finish_sweep();
    if !looked_at(vm) {
        return Ok(());
    }
    Err(raise!(vm, BufferError, "{LOCKED}"))
}

/// Puts bytes in the place of bytes `from..to`; both are clamped. `bytes` lies outside the heap.
///
/// # Errors
/// BufferError when the number would change and may not; MemoryError.
pub fn splice(
    vm: &mut Vm,
    b: Gc<ByteArrayObj>,
    from: usize,
    to: usize,
    bytes: &[u8],
) -> Result<(), Raised> {
    let n = len(vm, b);
    let to = to.min(n);
    let from = from.min(to);
    if bytes.len() != to - from {
        may_resize(vm, b)?;
    }
    let moved = n - to;
    if from == n && bytes.len() > PIECE {
        return append_long(vm, b, bytes);
    }
    if bytes.len() > PIECE || moved > MOVED && bytes.len() != to - from {
        return replace(vm, b, from + bytes.len() + moved, |vm, items, at, n| {
            let old = b.get(vm).items.as_slice();
            append(&vm.heap, items, at, n, &[&old[..from], bytes, &old[to..]])
        });
    }
    vm.with_room(bytes.len(), |vm| {
        let items = &b.get(vm).items;
        items.replace_range(&vm.heap, from, to, bytes.len(), |i| bytes[i])
    })
}
/// Appends many bytes; none of them where it ends early.
fn append_long(vm: &mut Vm, b: Gc<ByteArrayObj>, bytes: &[u8]) -> Result<(), Raised> {
    let n = len(vm, b);
    vm.with_room(bytes.len(), |vm| {
        b.get(vm).items.reserve(&vm.heap, bytes.len())
    })?;
    for part in bytes.chunks(PIECE) {
        let done = vm.with_room(0, |vm| b.get(vm).items.extend_from_slice(&vm.heap, part));
        if let Err(r) = done.and_then(|()| vm.poll()) {
            b.get(vm).items.truncate(n);
            return Err(r);
        }
    }
    Ok(())
}
/// A copy outside the heap of what an object has.
///
/// # Errors
/// MemoryError.
pub fn snapshot(vm: &mut Vm, from: Buffer) -> Result<Vec<u8>, Raised> {
    let n = from.get(vm).len;
    room_bytes(vm, n)?;
    vm.working(|vm| {
        let mut out = Vec::with_capacity(n);
        work::append(vm, &mut out, from.get(vm).as_bytes());
        out
    })
}

/// An int that is a byte.
///
/// # Errors
/// TypeError for what is no int, ValueError out of range.
pub fn byte(vm: &mut Vm, v: Value) -> Result<u8, Raised> {
    let i = number::index(vm, v)?;
    match int::to_i64(vm, i).and_then(|i| u8::try_from(i).ok()) {
        Some(c) => Ok(c),
        None => Err(raise!(vm, ValueError, "byte must be in range(0, 256)")),
    }
}
/// The bytes that an iterable of ints gives.
///
/// # Errors
/// As [`byte`]; what the iterable raises.
pub fn collect(vm: &mut Vm, v: Value) -> Result<Vec<u8>, Raised> {
    let it = iter::get_iter(vm, v)?;
    collect_rest(vm, it)
}
/// Of what an iterator gives.
pub fn collect_rest(vm: &mut Vm, it: Value) -> Result<Vec<u8>, Raised> {
    let mut out = Vec::new();
    iter::for_rest(vm, it, |vm, x| {
        let c = byte(vm, x)?;
        if out.len() == out.capacity() {
            room_bytes(vm, out.len().saturating_mul(3))?;
        }
        out.push(c);
        Ok(Flow::Go)
    })?;
    Ok(out)
}

fn out_of_range(vm: &mut Vm) -> Raised {
    raise!(vm, IndexError, "bytearray index out of range")
}
/// `b[i]`
pub fn get_item(vm: &mut Vm, b: Gc<ByteArrayObj>, i: i64) -> R {
    let items = &b.get(vm).items;
    match wrap_index(i, items.len()).and_then(|i| items.get(i)) {
        Some(c) => Ok(Value::int_unchecked(i64::from(c))),
        None => Err(out_of_range(vm)),
    }
}
/// `b[i] = v`, `del b[i]`
///
/// # Errors
/// IndexError; those of [`byte`]; BufferError.
pub fn set_item(vm: &mut Vm, b: Gc<ByteArrayObj>, i: i64, v: Option<Value>) -> Result<(), Raised> {
    let n = len(vm, b);
    let Some(at) = wrap_index(i, n) else {
        return Err(out_of_range(vm));
    };
    let Some(v) = v else {
        return splice(vm, b, at, at + 1, &[]);
    };
    let c = byte(vm, v)?;
    // Asking the value may have changed the number of bytes.
    let items = &b.get(vm).items;
    if at >= items.len() {
        return Err(out_of_range(vm));
    }
    items.set(&vm.heap, at, c);
    Ok(())
}

/// `b[s]`
pub fn get_slice(vm: &mut Vm, b: Gc<ByteArrayObj>, s: Gc<SliceObj>) -> R {
    let bounds = unpack(vm, s)?;
    let span = bounds.adjust(len(vm, b));
    let out = build(vm, span.len, |vm, k| {
        b.get(vm).items.get(span.index(k)).unwrap_or(0)
    })?;
    Ok(out.value())
}

/// What is assigned to a slice.
fn source(vm: &mut Vm, v: Value) -> Result<Vec<u8>, Raised> {
    if let Some(b) = buffer::of(vm, v)? {
        return snapshot(vm, b);
    }
    let number = int::is_int(v) || v.is_float() || v.is_kind(Kind::Complex);
    if number || v.is_kind(Kind::Str) {
        return Err(raise!(
            vm,
            TypeError,
            "can assign only bytes, buffers, or iterables of ints in range(0, 256)"
        ));
    }
    from_iterable(vm, v)
}
fn from_iterable(vm: &mut Vm, v: Value) -> Result<Vec<u8>, Raised> {
    if v.is_kind(Kind::Str) || !iter::is_iterable(vm, v)? {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "cannot convert '{t}' object to bytearray"
        ));
    }
    collect(vm, v)
}

/// `b[s] = v`, `del b[s]`
///
/// # Errors
/// TypeError, ValueError for another number of bytes than an extended slice has, BufferError.
pub fn set_slice(
    vm: &mut Vm,
    b: Gc<ByteArrayObj>,
    s: Gc<SliceObj>,
    v: Option<Value>,
) -> Result<(), Raised> {
    let bounds = unpack(vm, s)?;
    let bytes = match v {
        Some(v) => source(vm, v)?,
        None => Vec::new(),
    };
    let span = bounds.adjust(len(vm, b));
    if span.step == 1 {
        return splice(vm, b, span.start, span.start + span.len, &bytes);
    }
    // Nothing assigned to an extended slice deletes it.
    if bytes.is_empty() {
        may_resize(vm, b)?;
        remove_span(vm, b, &span);
        return Ok(());
    }
    if bytes.len() != span.len {
        return Err(raise!(
            vm,
            ValueError,
            "attempt to assign bytes of size {} to extended slice of size {}",
            bytes.len(),
            span.len
        ));
    }
    if span.len > PIECE {
        // So many are set in a copy: nobody sees the half of it.
        let mut all = snapshot(vm, b.into())?;
        vm.working(|vm| {
            let set = work::steps(vm, &bytes).enumerate();
            set.for_each(|(k, c)| all[span.index(k)] = *c);
        })?;
        let n = len(vm, b);
        return splice(vm, b, 0, n, &all);
    }
    let items = &b.get(vm).items;
    for (k, c) in bytes.iter().enumerate() {
        items.set(&vm.heap, span.index(k), *c);
    }
    Ok(())
}
/// Removes the bytes of an extended slice; the others move down.
fn remove_span(vm: &Vm, b: Gc<ByteArrayObj>, span: &Span) {
    if span.len == 0 {
        return;
    }
    let items = &b.get(vm).items;
    let last = span.index(span.len - 1);
    let (first, step) = (span.start.min(last), span.step.unsigned_abs() as usize);
    let (mut to, mut gone) = (first, 0);
    for i in first..items.len() {
        if gone < span.len && i == first + gone * step {
            gone += 1;
        } else if let Some(c) = items.get(i) {
            items.set(&vm.heap, to, c);
            to += 1;
        }
    }
    items.truncate(to);
}

/// `a + b` of a bytearray and anything with bytes.
pub fn concat(vm: &mut Vm, a: Gc<ByteArrayObj>, b: Value) -> R {
    let Some(b) = buffer::of(vm, b)? else {
        return Err(cannot_concat(vm, a, b));
    };
    let n = len(vm, a);
    let m = b.get(vm).len;
    let out = new(vm)?;
    let items = made(vm, n.saturating_add(m), |vm, items, at, n| {
        let both = [a.get(vm).items.as_slice(), b.get(vm).as_bytes()];
        append(&vm.heap, items, at, n, &both)
    })?;
    out.get(vm).items.swap(&items);
    Ok(out.value())
}
#[cold]
fn cannot_concat(vm: &mut Vm, a: Gc<ByteArrayObj>, b: Value) -> Raised {
    let (t, u) = (vm.type_name(a.value()), vm.type_name(b));
    raise!(vm, TypeError, "can't concat {u} to {t}")
}
/// `a += b`
pub fn append_buffer(vm: &mut Vm, a: Gc<ByteArrayObj>, b: Value) -> R {
    let Some(b) = buffer::of(vm, b)? else {
        return Err(cannot_concat(vm, a, b));
    };
    let bytes = snapshot(vm, b)?;
    let n = len(vm, a);
    // In CPython it looks at itself then, and may not be resized.
    if b.value() == a.value() && n > 0 {
        return Err(raise!(vm, BufferError, "{LOCKED}"));
    }
    splice(vm, a, n, n, &bytes)?;
    Ok(a.value())
}

/// The number of bytes of `n` copies.
fn copies(vm: &mut Vm, len: usize, n: i64) -> Result<usize, Raised> {
    let total = usize::try_from(n).unwrap_or(0).checked_mul(len);
    match total.filter(|&t| t < isize::MAX as usize) {
        Some(t) => Ok(t),
        None => Err(vm.raise_memory()),
    }
}
/// `b * n`
pub fn repeat(vm: &mut Vm, b: Gc<ByteArrayObj>, n: i64) -> R {
    let len = len(vm, b);
    let total = copies(vm, len, n)?;
    let out = build(vm, total, |vm, i| b.get(vm).items.get(i % len).unwrap_or(0))?;
    Ok(out.value())
}
/// `b *= n`
pub fn repeat_in_place(vm: &mut Vm, b: Gc<ByteArrayObj>, n: i64) -> R {
    let len = len(vm, b);
    let total = copies(vm, len, n)?;
    if total != len {
        may_resize(vm, b)?;
    }
    if total <= len {
        b.get(vm).items.truncate(total);
        return Ok(b.value());
    }
    replace(vm, b, total, |vm, items, at, n| {
        let old = b.get(vm).items.cells();
        items.replace_range(&vm.heap, at, at, n, |i| old[(at + i) % len].get())
    })?;
    Ok(b.value())
}

/// Appends the text that shows the bytes. A single quote is escaped even between double ones.
pub fn quote(b: &[u8], out: &mut Vec<u8>) {
    let quote = match b.contains(&b'\'') && !b.contains(&b'"') {
        true => b'"',
        false => b'\'',
    };
    out.extend_from_slice(&[b'b', quote]);
    for &c in b {
        match c {
            b'\\' | b'\'' => out.extend_from_slice(&[b'\\', c]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x20..=0x7E => out.push(c),
            c => out.extend_from_slice(format!("\\x{c:02x}").as_bytes()),
        }
    }
    out.push(quote);
}
