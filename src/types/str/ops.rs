//! Kernels of strings: no Python is called here.

use super::value::StrObj;
use crate::code::wtf8::{code_points, decode_at};
use crate::gc::Buf;
use crate::object::header::FLAG_A;
use crate::object::{ClassId, Gc, Header, Kind, Value};
use crate::raise;
use crate::vm::work::{self, Needle, PIECE};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

type R = Result<Value, Raised>;

/// Code points between entries of the lazy index.
const STRIDE: usize = 64;

/// The bytes of a str.
#[inline]
pub fn bytes(vm: &Vm, v: Value) -> Option<&[u8]> {
    v.get::<StrObj>(vm).map(StrObj::as_bytes)
}

/// A str as UTF-8, lone surrogates replaced by U+FFFD: for messages to people.
pub fn lossy(vm: &Vm, v: Value) -> String {
    String::from_utf8_lossy(bytes(vm, v).unwrap_or_default()).into_owned()
}

/// Raises with a message that may hold lone surrogates.
#[cold]
pub fn raise_wtf8(vm: &mut Vm, class: ClassId, msg: &[u8]) -> Raised {
    match vm.new_str_wtf8(msg) {
        Ok(s) => vm.raise_args(class, &[s]),
        Err(r) => r,
    }
}

/// Number of code points in WTF-8 bytes.
pub fn count(b: &[u8]) -> usize {
    b.iter().filter(|&&c| c & 0xC0 != 0x80).count()
}

/// The same; it may give up.
pub fn chars(vm: &Vm, b: &[u8]) -> usize {
    work::count(vm, b, |c| c & 0xC0 != 0x80)
}

/// Where code point `n` starts (the length, past the end): by walking.
pub fn byte_of_char(b: &[u8], n: usize) -> usize {
    let mut left = n;
    for (i, &c) in b.iter().enumerate() {
        if c & 0xC0 != 0x80 {
            if left == 0 {
                return i;
            }
            left -= 1;
        }
    }
    b.len()
}

/// Makes a str of `len` bytes and `chars` code points that `fill` writes; it may give up (`vm::work`).
pub fn build(
    vm: &mut Vm,
    len: usize,
    chars: usize,
    ascii: bool,
    fill: impl Fn(&Vm, &mut [u8]),
) -> R {
    let v = vm.with_room(len, |vm| {
        let init = StrObj {
            h: Header::new(Kind::Str, ClassId::Str as u32),
            len,
            chars,
            hash: Cell::new(0),
            index: Buf::new(),
        };
        init.h.set(FLAG_A, ascii);
        vm.heap
            .alloc_tail(init, len, |t: &mut [u8]| fill(vm, t))
            .map(Gc::value)
    })?;
    vm.made(len)?;
    Ok(v)
}

/// The string of one code point.
pub fn from_char(vm: &mut Vm, c: u32) -> R {
    if let Some(v) = vm.chars.get(c as usize).and_then(|c| c.get()) {
        return Ok(v);
    }
    let mut b = Vec::with_capacity(4);
    crate::code::wtf8::push_code_point(&mut b, c);
    vm.new_str_wtf8(&b)
}

/// `a + b` of two strs.
pub fn concat(vm: &mut Vm, a: Value, b: Value) -> R {
    let (x, y) = match (a.get::<StrObj>(vm), b.get::<StrObj>(vm)) {
        (Some(x), Some(y)) => (x, y),
        _ => return Err(vm.raise(ClassId::SystemError, "bad argument to str concatenation")),
    };
    if x.len == 0 {
        return crate::types::instance::ops::unchanged(vm, b);
    }
    if y.len == 0 {
        return crate::types::instance::ops::unchanged(vm, a);
    }
    let (len, chars) = (x.len + y.len, x.chars + y.chars);
    let ascii = x.is_ascii() && y.is_ascii();
    build(vm, len, chars, ascii, |vm, t| {
        if let (Some(x), Some(y)) = (bytes(vm, a), bytes(vm, b)) {
            work::copy_both(vm, t, x, y);
        }
    })
}

/// All of these strs, one behind the other (BUILD_STRING).
pub fn concat_all(vm: &mut Vm, parts: &[Value]) -> R {
    let (mut len, mut chars, mut ascii) = (0usize, 0usize, true);
    for p in parts {
        let Some(o) = p.get::<StrObj>(vm) else {
            return Err(vm.raise(ClassId::SystemError, "bad argument to str concatenation"));
        };
        chars += o.chars;
        ascii &= o.is_ascii();
        len = match len.checked_add(o.len) {
            Some(n) => n,
            None => return Err(vm.raise_memory()),
        };
    }
    match parts {
        [] => return vm.new_str(""),
        &[p] => return crate::types::instance::ops::unchanged(vm, p),
        _ => (),
    }
    build(vm, len, chars, ascii, |vm, t| {
        let mut to = 0;
        for b in parts.iter().filter_map(|p| bytes(vm, *p)) {
            work::copy(vm, &mut t[to..to + b.len()], b);
            to += b.len();
        }
    })
}

/// `s[i]`
pub fn get_item(vm: &mut Vm, s: Gc<StrObj>, i: i64) -> R {
    let n = s.get(vm).chars as i64;
    let i = if i < 0 { i + n } else { i };
    if (0..n).contains(&i) {
        char_at(vm, s, i as usize)
    } else {
        Err(raise!(vm, IndexError, "string index out of range"))
    }
}

/// `a * n`
pub fn repeat(vm: &mut Vm, a: Value, n: i64) -> R {
    let Some(o) = a.get::<StrObj>(vm) else {
        return Err(vm.raise(ClassId::SystemError, "bad argument to str repetition"));
    };
    let (len, chars, ascii) = (o.len, o.chars, o.is_ascii());
    if n <= 0 || len == 0 {
        return vm.new_str("");
    }
    if n == 1 {
        return crate::types::instance::ops::unchanged(vm, a);
    }
    let n = n as usize;
    if chars > i64::MAX as usize / n {
        return Err(raise!(vm, OverflowError, "repeated string is too long"));
    }
    let Some(total) = len.checked_mul(n).filter(|&t| t < isize::MAX as usize) else {
        return Err(vm.raise_memory());
    };
    build(vm, total, chars * n, ascii, |vm, t| {
        work::repeat(vm, t, bytes(vm, a).unwrap_or_default());
    })
}

/// Fills the lazy index; it stays empty where a string is short or too long for it.
fn ensure_index(vm: &mut Vm, s: Gc<StrObj>) {
    let o = s.get(vm);
    if o.is_ascii() || !o.index.is_empty() || o.chars <= STRIDE || o.len > u32::MAX as usize {
        return;
    }
    let n = o.chars.div_ceil(STRIDE);
    let mut entries: Vec<u32> = Vec::new();
    if !vm.heap.has_room(n * 8) || entries.try_reserve_exact(n).is_err() {
        return;
    }
    let mut seen = 0usize;
    for (i, &c) in work::steps(vm, o.as_bytes().iter().enumerate()) {
        if c & 0xC0 != 0x80 {
            if seen.is_multiple_of(STRIDE) {
                entries.push(i as u32);
            }
            seen += 1;
        }
    }
    if entries.len() < n {
        // It gave up.
        return;
    }
    // Without memory for it the string is walked: slower, not wrong.
    let _ = o.index.extend_from_slice(&vm.heap, &entries);
}

/// Where code point `n` starts; the length, past the end.
pub fn byte_offset(vm: &mut Vm, s: Gc<StrObj>, n: usize) -> usize {
    if s.get(vm).is_ascii() {
        return n.min(s.get(vm).len);
    }
    if n >= s.get(vm).chars {
        return s.get(vm).len;
    }
    ensure_index(vm, s);
    let o = s.get(vm);
    let b = o.as_bytes();
    match o.index.get(n / STRIDE) {
        Some(at) => at as usize + byte_of_char(&b[at as usize..], n % STRIDE),
        None => byte_of_char(b, n),
    }
}

/// The string of code point `i`, which exists.
#[inline]
pub fn char_at(vm: &mut Vm, s: Gc<StrObj>, i: usize) -> R {
    let o = s.get(vm);
    if o.is_ascii() {
        let c = o.as_bytes().get(i).copied().unwrap_or(0);
        return ascii_char(vm, c);
    }
    let at = byte_offset(vm, s, i);
    let b = s.get(vm).as_bytes();
    if at >= b.len() {
        return Err(raise!(vm, IndexError, "string index out of range"));
    }
    let (c, _) = decode_at(b, at);
    from_char(vm, c)
}

/// The cached string of one ASCII character.
#[inline]
pub fn ascii_char(vm: &mut Vm, c: u8) -> R {
    match vm.chars.get(c as usize).and_then(|s| s.get()) {
        Some(v) => Ok(v),
        None => from_char(vm, c as u32),
    }
}

/// The code point that starts at byte `at`, as a string, and the byte where the next one starts;
/// `None` at the end. String iterators keep the byte.
pub fn char_at_byte(
    vm: &mut Vm,
    s: Gc<StrObj>,
    at: usize,
) -> Result<Option<(Value, usize)>, Raised> {
    let b = s.get(vm).as_bytes();
    if at >= b.len() {
        return Ok(None);
    }
    // Nearly always an ASCII character that is there already.
    if let Some(v) = vm.chars.get(b[at] as usize).and_then(|c| c.get()) {
        return Ok(Some((v, at + 1)));
    }
    let (c, w) = decode_at(b, at);
    let v = from_char(vm, c)?;
    Ok(Some((v, at + w)))
}

/// Code points `start`, `start + step` … , `len` of them, all of which exist.
pub fn slice(vm: &mut Vm, s: Gc<StrObj>, start: usize, step: i64, len: usize) -> R {
    let o = s.get(vm);
    if len == 0 {
        return vm.new_str("");
    }
    if step == 1 {
        if start == 0 && len == o.chars {
            return Ok(s.value());
        }
        let (from, to) = (byte_offset(vm, s, start), byte_offset(vm, s, start + len));
        return sub(vm, s, from, to);
    }
    let total = o.chars;
    let index = |k: usize| start as i64 + k as i64 * step;
    if o.is_ascii() {
        return build(vm, len, len, true, |vm, t| {
            let b = s.get(vm).as_bytes();
            for (k, c) in work::steps(vm, t.iter_mut().enumerate()) {
                *c = b.get(index(k) as usize).copied().unwrap_or(0);
            }
        });
    }
    // The code points, and as many bytes as they may take.
    crate::types::int::big::room_bytes(vm, total.saturating_mul(4) + len.saturating_mul(8))?;
    let out = vm.working(|vm| {
        let all: Vec<u32> = work::steps(vm, code_points(s.get(vm).as_bytes())).collect();
        let mut out = Vec::with_capacity(len);
        for k in work::steps(vm, 0..len) {
            if let Some(&c) = all.get(index(k) as usize) {
                crate::code::wtf8::push_code_point(&mut out, c);
            }
        }
        out
    })?;
    vm.new_str_wtf8(&out)
}

/// The string of bytes `from..to`, which lie on code point boundaries.
pub fn sub(vm: &mut Vm, s: Gc<StrObj>, from: usize, to: usize) -> R {
    let o = s.get(vm);
    if from == 0 && to == o.len {
        return Ok(s.value());
    }
    let part = o.as_bytes().get(from..to).unwrap_or_default();
    match part {
        [] => return vm.new_str(""),
        &[c] => return ascii_char(vm, c),
        _ => (),
    }
    let ascii = o.is_ascii() || work::is_ascii(vm, part);
    let count = if ascii { part.len() } else { chars(vm, part) };
    if part.len() > PIECE {
        vm.poll()?;
    }
    build(vm, to - from, count, ascii, |vm, t| {
        work::copy(vm, t, &s.get(vm).as_bytes()[from..to]);
    })
}

/// First place of `needle` in `hay`, in bytes; it may give up.
pub fn find(vm: &Vm, hay: &[u8], needle: &[u8]) -> Option<usize> {
    Needle::new(needle).find(vm, hay)
}

/// Last place of `needle` in `hay`, in bytes; it may give up.
pub fn rfind(vm: &Vm, hay: &[u8], needle: &[u8]) -> Option<usize> {
    Needle::new(needle).rfind(vm, hay)
}

/// Whether two strs are equal.
#[inline]
pub fn equal(vm: &Vm, a: Value, b: Value) -> bool {
    a == b || matches!((bytes(vm, a), bytes(vm, b)), (Some(x), Some(y)) if x == y)
}

/// Hash of a str's bytes; 0 for the empty one only.
pub fn hash_bytes(b: &[u8]) -> u64 {
    hash_while(b, || true)
}

/// The same where it may give up: while `goes_on` says so, which is asked now and then.
pub fn hash_while(b: &[u8], goes_on: impl Fn() -> bool) -> u64 {
    // Fixed seed: a program's output must not depend on the process it runs in.
    const K0: u64 = 0x9E37_79B9_7F4A_7C15;
    const K1: u64 = 0xD6E8_FEB8_6659_FD93;
    if b.is_empty() {
        return 0;
    }
    let mix = |a: u64, b: u64| {
        let p = a as u128 * b as u128;
        p as u64 ^ (p >> 64) as u64
    };
    let word = |c: &[u8]| {
        let mut w = [0u8; 8];
        w[..c.len()].copy_from_slice(c);
        u64::from_le_bytes(w)
    };
    let mut h = K0 ^ (b.len() as u64).wrapping_mul(K1);
    for (k, piece) in b.chunks(PIECE).enumerate() {
        if k > 0 && !goes_on() {
            break;
        }
        for c in piece.chunks(16) {
            let (lo, hi) = c.split_at(c.len().min(8));
            h = mix(h ^ word(lo) ^ K1, word(hi) ^ K0 ^ h.rotate_left(32));
        }
    }
    let h = mix(h ^ K0, K1);
    // 0 means "not computed" and -1 an error to C code: Python never shows it.
    match h {
        0 => 1,
        u64::MAX => u64::MAX - 1,
        h => h,
    }
}

/// Hash of a str, kept in it.
#[inline]
pub fn hash(s: &StrObj) -> u64 {
    match s.hash.get() {
        0 => {
            let h = hash_bytes(s.as_bytes());
            s.hash.set(h);
            h
        }
        h => h,
    }
}

/// The one str of this text in the engine: names are compared by identity first.
pub fn intern(vm: &mut Vm, v: Value) -> R {
    use crate::object::header::FLAG_B;
    use crate::types::dict::{ops as dict, value::DictObj};
    let Some(s) = v.get::<StrObj>(vm) else {
        return Ok(v);
    };
    if s.is_interned() {
        return Ok(v);
    }
    let all = match vm.interned.get().and_then(|d| d.cast::<DictObj>()) {
        Some(d) => d,
        None => {
            let d = vm.new_dict()?;
            vm.interned.write(&vm.heap, Some(d.value()));
            d
        }
    };
    if let Some(found) = dict::get_str(vm, all, v) {
        return Ok(found);
    }
    if let Some(s) = v.get::<StrObj>(vm) {
        s.h.set(FLAG_B, true);
    }
    dict::set(vm, all, v, v)?;
    Ok(v)
}

impl Vm {
    /// An interned str of UTF-8 text.
    pub fn intern(&mut self, s: &str) -> R {
        let v = self.new_str(s)?;
        intern(self, v)
    }
}
