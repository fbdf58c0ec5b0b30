//! Files: what `open` gives, and the standard streams.
//!
//! * `value`: the layout, and the state outside the heap: device, what is read ahead or pending.
//! * `codec`: encodings and what is done about errors.
//! * `bytes`: reading and writing bytes; `text`: the same in characters, with line ends translated.
//! * `open`: the function; `methods`: the rows of all five classes; `stdin`: the process's input.
//!
//! No borrow of a file's state is held over anything that takes `&mut Vm`: what is written may be
//! computed by Python code that uses the same file.

pub mod bytes;
pub mod codec;
pub mod methods;
pub mod open;
pub mod stdin;
pub mod text;
pub mod value;

use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::raise;
use crate::types::stream::{self, Stream};
use crate::vm::{Raised, Vm};
use std::cell::{Cell, RefCell};
use value::{Device, FileObj, State};

/// Bytes read or written at once.
pub const CHUNK: usize = 8192;
/// What the buffers of an open file are charged.
const CHARGE: usize = 8 * CHUNK;

/// A file object.
///
/// # Errors
/// MemoryError.
pub fn new(
    vm: &mut Vm,
    class: ClassId,
    std: Option<Stream>,
    state: State,
) -> Result<Gc<FileObj>, Raised> {
    // The standard streams use no buffers here but stdin, which few programs read.
    let charge = if std.is_some() { 0 } else { CHARGE };
    vm.with_room(charge, |vm| vm.heap.account(charge))?;
    let f = vm.alloc(FileObj {
        h: Header::new(Kind::File, class as u32),
        std,
        name: Slot::new(None),
        mode: Slot::new(None),
        encoding: Slot::new(None),
        errors: Slot::new(None),
        buffer: Slot::new(None),
        state: RefCell::new(state),
        accounted: Cell::new(charge),
    });
    match f {
        Ok(f) => Ok(f),
        Err(r) => {
            vm.heap.unaccount(charge);
            Err(r)
        }
    }
}

/// The file that a method was called on.
///
/// # Errors
/// TypeError.
pub fn this(vm: &mut Vm, v: Value) -> Result<Gc<FileObj>, Raised> {
    match v.cast::<FileObj>() {
        Some(f) => Ok(f),
        None => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "a file is required, not '{t}'"))
        }
    }
}
/// Whether it is a text file.
pub fn is_text(vm: &Vm, f: Gc<FileObj>) -> bool {
    vm.class_of(f.value()) == ClassId::TextIo
}
pub fn is_closed(vm: &Vm, f: Gc<FileObj>) -> bool {
    f.get(vm).state.borrow().is_closed()
}
/// `io.UnsupportedOperation`
pub fn unsupported(vm: &mut Vm, what: &str) -> Raised {
    vm.raise(ClassId::UnsupportedOperation, what)
}
/// ValueError of a file that is closed.
pub fn closed(vm: &mut Vm, what: &str) -> Raised {
    vm.raise(ClassId::ValueError, what)
}
/// What most methods say.
pub const CLOSED: &str = "I/O operation on closed file.";

/// Room for `more` bytes behind those in `out`: what a program makes grow is charged before.
///
/// # Errors
/// MemoryError.
pub fn room(vm: &mut Vm, out: &mut Vec<u8>, more: usize) -> Result<(), Raised> {
    let need = out.len().saturating_add(more);
    if need <= out.capacity() {
        return Ok(());
    }
    let cap = need.max(out.capacity().saturating_mul(2)).max(256);
    vm.ensure_room(cap)?;
    if out.try_reserve_exact(cap - out.len()).is_err() {
        return Err(vm.raise_memory());
    }
    Ok(())
}

/// Reads at most `max` bytes from the device; none at the end.
///
/// # Errors
/// OSError, what `poll` raises.
pub fn device_read(vm: &mut Vm, f: Gc<FileObj>, max: usize) -> Result<Vec<u8>, Raised> {
    use std::io::Read;
    vm.poll()?;
    let is_stdin = matches!(f.get(vm).state.borrow().device, Device::Std(Stream::In));
    if is_stdin {
        return stdin::read(vm, max);
    }
    let r = match &f.get(vm).state.borrow().device {
        Device::Disk(file) => {
            let mut file = file;
            let mut b = vec![0; max.min(1 << 20)];
            loop {
                match file.read(&mut b) {
                    Ok(n) => {
                        b.truncate(n);
                        break Ok(b);
                    }
                    Err(e) if e.kind() == std::io::ErrorKind::Interrupted => (),
                    Err(e) => break Err(e),
                }
            }
        }
        Device::Std(_) | Device::Closed => Ok(Vec::new()),
    };
    r.map_err(|e| stream::io_error(vm, e))
}

/// Hands over what is pending.
///
/// # Errors
/// OSError.
pub fn flush(vm: &mut Vm, f: Gc<FileObj>) -> Result<(), Raised> {
    if let Some(which) = f.get(vm).std {
        return stream::flush(vm, which);
    }
    let r = f.get(vm).state.borrow_mut().hand_over();
    r.map_err(|e| stream::io_error(vm, e))
}

/// Flushes and closes; once more does nothing.
///
/// # Errors
/// OSError of the flush; the file is closed all the same.
pub fn close(vm: &mut Vm, f: Gc<FileObj>) -> Result<(), Raised> {
    if is_closed(vm, f) {
        return Ok(());
    }
    let r = flush(vm, f);
    let o = f.get(vm);
    o.state.borrow_mut().device = Device::Closed;
    let mut old = o.state.replace(State::closed());
    // What a closed file still tells.
    let mut s = o.state.borrow_mut();
    s.readable = old.readable;
    s.writable = old.writable;
    s.raw_io = old.raw_io;
    s.seen = old.seen;
    s.line_buffered = old.line_buffered;
    s.newline = old.newline;
    old.pending.clear();
    vm.heap.unaccount(o.accounted.take());
    r
}

/// Puts bytes behind those pending, and hands them over when they are many.
///
/// # Errors
/// OSError, MemoryError.
pub fn put(vm: &mut Vm, f: Gc<FileObj>, bytes: &[u8], now: bool) -> Result<(), Raised> {
    if let Some(which) = f.get(vm).std {
        stream::write_bytes(vm, which, bytes)?;
        return if now {
            stream::flush(vm, which)
        } else {
            Ok(())
        };
    }
    vm.poll()?;
    let r = {
        let mut s = f.get(vm).state.borrow_mut();
        let behind = s.ahead.len() - s.at;
        let mut r = Ok(());
        if behind > 0
            && let Device::Disk(file) = &mut s.device
        {
            use std::io::Seek;
            r = file.seek_relative(-(behind as i64));
        }
        s.forget();
        if r.is_ok() && s.pending.len() + bytes.len() > CHUNK {
            r = s.hand_over();
        }
        for part in bytes.chunks(CHUNK) {
            if r.is_err() {
                break;
            }
            s.pending.extend_from_slice(part);
            if now || s.pending.len() >= CHUNK {
                r = s.hand_over();
            }
        }
        r
    };
    r.map_err(|e| stream::io_error(vm, e))
}

/// The position in the file, as the program sees it.
///
/// # Errors
/// OSError.
pub fn position(vm: &mut Vm, f: Gc<FileObj>) -> Result<u64, Raised> {
    use std::io::Seek;
    let r = {
        let s = &mut *f.get(vm).state.borrow_mut();
        match &mut s.device {
            Device::Disk(file) => file.stream_position().map(|p| {
                let unread = s.ahead.len() - s.at;
                (p + s.pending.len() as u64).saturating_sub(unread as u64)
            }),
            Device::Std(_) | Device::Closed => Err(not_seekable()),
        }
    };
    r.map_err(|e| stream::io_error(vm, e))
}
fn not_seekable() -> std::io::Error {
    std::io::Error::from_raw_os_error(libc::ESPIPE)
}

/// Moves to a position, counted from the start (0), from here (1) or from the end (2).
///
/// # Errors
/// OSError.
pub fn seek(vm: &mut Vm, f: Gc<FileObj>, to: i64, whence: i32) -> Result<u64, Raised> {
    use std::io::{Seek, SeekFrom};
    flush(vm, f)?;
    let here = if whence == 1 { position(vm, f)? } else { 0 };
    let r = {
        let s = &mut *f.get(vm).state.borrow_mut();
        let to = match whence {
            0 => u64::try_from(to).ok().map(SeekFrom::Start),
            1 => here.checked_add_signed(to).map(SeekFrom::Start),
            _ => Some(SeekFrom::End(to)),
        };
        match (&mut s.device, to) {
            (_, None) => Err(std::io::Error::from_raw_os_error(libc::EINVAL)),
            (Device::Disk(file), Some(to)) => file.seek(to).inspect(|_| s.forget()),
            (Device::Std(_) | Device::Closed, Some(_)) => Err(not_seekable()),
        }
    };
    r.map_err(|e| stream::io_error(vm, e))
}

/// Whether positions make sense.
pub fn seekable(vm: &Vm, f: Gc<FileObj>) -> bool {
    use std::io::Seek;
    match &mut f.get(vm).state.borrow_mut().device {
        Device::Disk(file) => file.stream_position().is_ok(),
        Device::Std(_) | Device::Closed => false,
    }
}

/// What `repr` shows: appended to `out`.
///
/// # Errors
/// What the repr of the name raises.
pub fn repr(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Result<(), Raised> {
    use crate::protocol::repr::repr_into;
    let Some(f) = v.cast::<FileObj>() else {
        return Ok(());
    };
    let class = vm.class_of(v);
    out.extend_from_slice(format!("<_io.{}", class.name()).as_bytes());
    if class == ClassId::FileIo && is_closed(vm, f) {
        out.extend_from_slice(b" [closed]>");
        return Ok(());
    }
    let o = f.get(vm);
    let (name, mode, encoding) = (
        o.name.get_or_none(),
        o.mode.get_or_none(),
        o.encoding.get_or_none(),
    );
    out.extend_from_slice(b" name=");
    repr_into(vm, name, out)?;
    if matches!(class, ClassId::TextIo | ClassId::FileIo) {
        out.extend_from_slice(b" mode=");
        repr_into(vm, mode, out)?;
    }
    if class == ClassId::TextIo {
        out.extend_from_slice(b" encoding=");
        repr_into(vm, encoding, out)?;
    }
    if class == ClassId::FileIo {
        out.extend_from_slice(b" closefd=True");
    }
    out.push(b'>');
    Ok(())
}
