//! Reading and writing text.
//!
//! A chunk of bytes is decoded at once, line ends translated, and read from there: so an error of the
//! encoding shows when its chunk is read. `raw` keeps the bytes that the decoded text came from:
//! `tell` counts in them.

use super::codec::{Codec, Failed, OnError};
use super::value::{Device, FileObj, Newline, State};
use super::{CHUNK, device_read, flush, put, room};
use crate::object::{ClassId, Gc, Value};
use crate::raise;
use crate::types::str::value::StrObj;
use crate::types::stream;
use crate::vm::{Raised, Vm};

/// Decodes bytes and translates line ends; how many bytes were used. Unless they are the `last`, a
/// character or a line end that may go on is left.
fn convert(
    codec: Codec,
    newline: Newline,
    b: &[u8],
    last: bool,
    out: &mut Vec<u8>,
    seen: &mut u8,
) -> Result<usize, Failed> {
    // A carriage return at the end may be half a line end.
    let both = matches!(newline, Newline::Universal | Newline::Any);
    let held = both && !last && b.last() == Some(&b'\r');
    let b = if held { &b[..b.len() - 1] } else { b };
    let from = out.len();
    let used = codec.decode(b, last, out)?;
    if both {
        note_ends(&out[from..], seen);
    }
    if newline == Newline::Universal && out[from..].contains(&b'\r') {
        let mut to = from;
        let mut i = from;
        while i < out.len() {
            let mut c = out[i];
            if c == b'\r' {
                c = b'\n';
                if out.get(i + 1) == Some(&b'\n') {
                    i += 1;
                }
            }
            out[to] = c;
            to += 1;
            i += 1;
        }
        out.truncate(to);
    }
    Ok(used)
}
fn note_ends(text: &[u8], seen: &mut u8) {
    for (i, c) in text.iter().enumerate() {
        match c {
            b'\r' if text.get(i + 1) == Some(&b'\n') => *seen |= 4,
            b'\r' => *seen |= 2,
            b'\n' if i == 0 || text[i - 1] != b'\r' => *seen |= 1,
            _ => (),
        }
    }
}

/// Bytes of `raw` that the first `chars` bytes of decoded text came from.
fn raw_length(s: &State, chars: usize) -> usize {
    if s.raw.len() == s.text.len() && !s.raw.contains(&b'\r') {
        return chars;
    }
    let (mut at, mut done) = (0, 0);
    let mut out = Vec::new();
    while done < chars && at < s.raw.len() {
        // One unit: a character, or a line end of two.
        let mut n = 1;
        loop {
            out.clear();
            let end = (at + n).min(s.raw.len());
            let last = end == s.raw.len();
            let used = convert(s.codec, s.newline, &s.raw[at..end], last, &mut out, &mut 0);
            match used {
                Ok(u) if u > 0 => {
                    at += u;
                    done += out.len();
                    break;
                }
                Ok(_) | Err(_) if last => return at,
                Ok(_) | Err(_) => n += 1,
            }
        }
    }
    at
}

/// Drops the text that was taken.
fn compact(s: &mut State) {
    if s.taken == s.text.len() {
        s.raw_start += s.raw.len() as u64;
        s.raw.clear();
        s.text.clear();
    } else if s.taken > 0 {
        let n = raw_length(s, s.taken);
        s.raw_start += n as u64;
        s.raw.drain(..n);
        let taken = s.taken;
        s.text.drain(..taken);
    }
    s.taken = 0;
}

/// The UnicodeDecodeError of bytes that were read.
fn decode_error(vm: &mut Vm, codec: Codec, bytes: &[u8], e: Failed) -> Raised {
    if codec.errors == OnError::Unknown {
        return raise!(vm, LookupError, "unknown error handler name");
    }
    let made = (|| {
        let encoding = vm.new_str(codec.encoding.name())?;
        let object = vm.new_bytes(bytes)?;
        let reason = vm.new_str(e.reason)?;
        let (start, end) = (vm.new_int(e.start as i64)?, vm.new_int(e.end as i64)?);
        Ok([encoding, object, start, end, reason])
    })();
    match made {
        Ok(a) => vm.raise_args(ClassId::UnicodeDecodeError, &a),
        Err(r) => r,
    }
}

/// Decodes what the device gives next, `all` of it or a chunk; false when there is no more.
fn fill(vm: &mut Vm, f: Gc<FileObj>, all: bool) -> Result<bool, Raised> {
    if f.get(vm).state.borrow().pending.is_empty() {
        compact(&mut f.get(vm).state.borrow_mut());
    } else {
        flush(vm, f)?;
    }
    let is_disk = matches!(f.get(vm).state.borrow().device, Device::Disk(_));
    let fresh = {
        let s = f.get(vm).state.borrow();
        is_disk && s.raw.is_empty() && s.rest.is_empty() && s.text.is_empty()
    };
    if fresh {
        let here = super::position(vm, f).or_else(|r| {
            // No positions in a pipe.
            vm.catch(r, ClassId::OSError)?;
            Ok(0)
        })?;
        f.get(vm).state.borrow_mut().raw_start = here;
    }
    loop {
        let mut bytes = std::mem::take(&mut f.get(vm).state.borrow_mut().rest);
        let had = bytes.len();
        let mut last = false;
        loop {
            let b = device_read(vm, f, if all { 8 * CHUNK } else { CHUNK })?;
            last |= b.is_empty();
            room(vm, &mut bytes, b.len())?;
            bytes.extend_from_slice(&b);
            if last || !all {
                break;
            }
        }
        if last && bytes.is_empty() {
            f.get(vm).state.borrow_mut().eof = true;
            return Ok(false);
        }
        // Decoded and raw, at most three bytes for one of latin-1.
        vm.ensure_room(bytes.len().saturating_mul(4))?;
        let (codec, r) = {
            let mut s = f.get(vm).state.borrow_mut();
            let s = &mut *s;
            let before = s.text.len();
            let r = convert(s.codec, s.newline, &bytes, last, &mut s.text, &mut s.seen);
            match r {
                Ok(used) => {
                    s.raw.extend_from_slice(&bytes[..used]);
                    s.rest.extend_from_slice(&bytes[used..]);
                    if s.text.len() > before || last {
                        return Ok(s.text.len() > before);
                    }
                    (s.codec, None)
                }
                Err(e) => {
                    s.text.truncate(before);
                    (s.codec, Some(e))
                }
            }
        };
        if let Some(e) = r {
            return Err(decode_error(vm, codec, &bytes, e));
        }
        // Not one whole character yet.
        debug_assert!(had < bytes.len());
    }
}

/// Takes `n` bytes of decoded text.
fn take(vm: &mut Vm, f: Gc<FileObj>, n: usize, out: &mut Vec<u8>) -> Result<(), Raised> {
    room(vm, out, n)?;
    let mut s = f.get(vm).state.borrow_mut();
    let from = s.taken;
    out.extend_from_slice(&s.text[from..from + n]);
    s.taken += n;
    Ok(())
}

/// `n` characters, or all there are.
///
/// # Errors
/// OSError, UnicodeDecodeError, MemoryError, what `poll` raises.
pub fn read(vm: &mut Vm, f: Gc<FileObj>, n: Option<usize>) -> Result<Vec<u8>, Raised> {
    let mut out = Vec::new();
    let Some(mut left) = n else {
        fill(vm, f, true)?;
        let have = {
            let s = f.get(vm).state.borrow();
            s.text.len() - s.taken
        };
        take(vm, f, have, &mut out)?;
        compact(&mut f.get(vm).state.borrow_mut());
        return Ok(out);
    };
    while left > 0 {
        let have = {
            let s = f.get(vm).state.borrow();
            let text = &s.text[s.taken..];
            let mut at = 0;
            while at < text.len() && left > 0 {
                at += 1;
                while text.get(at).is_some_and(|b| b & 0xC0 == 0x80) {
                    at += 1;
                }
                left -= 1;
            }
            at
        };
        if have > 0 {
            take(vm, f, have, &mut out)?;
        } else if !fill(vm, f, false)? {
            break;
        }
    }
    Ok(out)
}

/// Where the line ends that begins at `taken`: one past its end.
fn line_end(s: &State, from: usize) -> Option<usize> {
    let text = &s.text[from..];
    let at = |i: Option<usize>, n: usize| i.map(|i| from + i + n);
    match s.newline {
        Newline::Universal | Newline::Lf => at(text.iter().position(|b| *b == b'\n'), 1),
        Newline::Cr => at(text.iter().position(|b| *b == b'\r'), 1),
        Newline::CrLf => at(text.windows(2).position(|w| w == b"\r\n"), 2),
        Newline::Any => {
            let i = text.iter().position(|b| matches!(b, b'\n' | b'\r'))?;
            let two = text[i] == b'\r' && text.get(i + 1) == Some(&b'\n');
            Some(from + i + 1 + two as usize)
        }
    }
}

/// A line with its end, of `n` characters at most.
///
/// # Errors
/// As [`read`].
pub fn read_line(vm: &mut Vm, f: Gc<FileObj>, n: Option<usize>) -> Result<Vec<u8>, Raised> {
    let mut searched = 0;
    loop {
        let end = {
            let s = f.get(vm).state.borrow();
            let have = s.text.len() - s.taken;
            let end = line_end(&s, s.taken + searched.min(have));
            // The end may be of two characters, the first of which is there.
            searched = have.saturating_sub(1);
            end
        };
        let limit = n.map(|n| {
            let s = f.get(vm).state.borrow();
            let text = &s.text[s.taken..];
            let chars = |b: &&u8| **b & 0xC0 != 0x80;
            match text.iter().filter(chars).count() > n {
                true => s.taken + crate::types::str::ops::byte_of_char(text, n),
                false => usize::MAX,
            }
        });
        let end = match (end, limit) {
            (Some(e), Some(l)) => Some(e.min(l)),
            (None, Some(l)) if l < usize::MAX => Some(l),
            (e, _) => e,
        };
        let mut out = Vec::new();
        if let Some(e) = end {
            let taken = f.get(vm).state.borrow().taken;
            take(vm, f, e - taken, &mut out)?;
            return Ok(out);
        }
        if !fill(vm, f, false)? {
            let have = {
                let s = f.get(vm).state.borrow();
                s.text.len() - s.taken
            };
            take(vm, f, have, &mut out)?;
            return Ok(out);
        }
    }
}

/// `tell()`
///
/// # Errors
/// OSError.
pub fn tell(vm: &mut Vm, f: Gc<FileObj>) -> Result<u64, Raised> {
    flush(vm, f)?;
    {
        let s = f.get(vm).state.borrow();
        if !s.text.is_empty() || !s.raw.is_empty() || !s.rest.is_empty() {
            return Ok(s.raw_start + raw_length(&s, s.taken) as u64);
        }
    }
    super::position(vm, f)
}

/// Writes a str.
///
/// # Errors
/// OSError, UnicodeEncodeError, MemoryError.
pub fn write(vm: &mut Vm, f: Gc<FileObj>, s: Value) -> Result<(), Raised> {
    if let Some(which) = f.get(vm).std {
        return stream::write(vm, which, s);
    }
    let Some(text) = s.cast::<StrObj>() else {
        return Ok(());
    };
    let len = text.get(vm).len;
    vm.ensure_room(len.saturating_mul(3))?;
    let (codec, newline, lines) = {
        let s = f.get(vm).state.borrow();
        (s.codec, s.newline, s.line_buffered)
    };
    let mut out = Vec::new();
    let bytes = text.get(vm).as_bytes();
    let ends = newline.written();
    let r = if ends == b"\n" {
        codec.encode(bytes, &mut out)
    } else {
        let mut translated = Vec::with_capacity(bytes.len());
        for &c in bytes {
            match c {
                b'\n' => translated.extend_from_slice(ends),
                c => translated.push(c),
            }
        }
        codec.encode(&translated, &mut out)
    };
    let now = lines && bytes.iter().any(|c| matches!(c, b'\n' | b'\r'));
    if let Err(e) = r {
        return Err(stream::encode_error(
            vm,
            codec.encoding.name(),
            s,
            (e.start, e.end),
            e.reason,
        ));
    }
    put(vm, f, &out, now)
}
