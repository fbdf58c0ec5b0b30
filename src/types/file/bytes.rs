//! Reading bytes.

use super::value::FileObj;
use super::{CHUNK, device_read, flush, room};
use crate::object::Gc;
use crate::vm::{Raised, Vm};

/// Reads ahead, when nothing is; false at the end of the file.
fn fill(vm: &mut Vm, f: Gc<FileObj>) -> Result<bool, Raised> {
    {
        let s = f.get(vm).state.borrow();
        if s.at < s.ahead.len() {
            return Ok(true);
        }
    }
    let b = device_read(vm, f, CHUNK)?;
    let mut s = f.get(vm).state.borrow_mut();
    s.at = 0;
    s.ahead = b;
    Ok(!s.ahead.is_empty())
}

/// Takes bytes that were read ahead: `n` of them at most, and not past the first `stop`.
fn take(
    vm: &mut Vm,
    f: Gc<FileObj>,
    n: usize,
    stop: Option<u8>,
    out: &mut Vec<u8>,
) -> Result<bool, Raised> {
    let (len, ended) = {
        let s = f.get(vm).state.borrow();
        let have = &s.ahead[s.at..];
        let have = &have[..have.len().min(n)];
        match stop.and_then(|c| have.iter().position(|b| *b == c)) {
            Some(i) => (i + 1, true),
            None => (have.len(), false),
        }
    };
    room(vm, out, len)?;
    let mut s = f.get(vm).state.borrow_mut();
    let from = s.at;
    out.extend_from_slice(&s.ahead[from..from + len]);
    s.at += len;
    Ok(ended)
}

/// `n` bytes, or as many as there are.
///
/// # Errors
/// OSError, MemoryError, what `poll` raises.
pub fn read(vm: &mut Vm, f: Gc<FileObj>, n: usize) -> Result<Vec<u8>, Raised> {
    flush(vm, f)?;
    let mut out = Vec::new();
    while out.len() < n && fill(vm, f)? {
        let left = n - out.len();
        take(vm, f, left, None, &mut out)?;
    }
    Ok(out)
}

/// What is read ahead, or what one read of the device gives: `n` bytes at most.
///
/// # Errors
/// As [`read`].
pub fn read1(vm: &mut Vm, f: Gc<FileObj>, n: usize) -> Result<Vec<u8>, Raised> {
    flush(vm, f)?;
    let mut out = Vec::new();
    if n > 0 && fill(vm, f)? {
        take(vm, f, n, None, &mut out)?;
    }
    Ok(out)
}

/// A line, its end included, of `n` bytes at most.
///
/// # Errors
/// As [`read`].
pub fn read_line(vm: &mut Vm, f: Gc<FileObj>, n: usize) -> Result<Vec<u8>, Raised> {
    flush(vm, f)?;
    let mut out = Vec::new();
    while out.len() < n && fill(vm, f)? {
        let left = n - out.len();
        if take(vm, f, left, Some(b'\n'), &mut out)? {
            break;
        }
    }
    Ok(out)
}
