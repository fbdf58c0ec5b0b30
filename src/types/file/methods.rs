//! Methods of files. Text and binary files share the rows; the class decides what they do and say.

use super::value::{FileObj, Newline};
use super::{
    CLOSED, bytes, close, closed, flush, is_closed, is_text, put, text, this, unsupported,
};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, MethodDef, Value};
use crate::protocol::iter::{self, Flow};
use crate::protocol::{item, number};
use crate::raise;
use crate::types::Getter;
use crate::types::list::ops as list;
use crate::types::str::value::StrObj;
use crate::types::stream::{self, Stream};
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}

macro_rules! all_rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        rows! {
            "__enter__" Conv::NoArgs(itself), "Return the file.";
            "__exit__" Conv::Pos(0, u8::MAX, |vm, f, _| {
                let f = this(vm, f)?;
                close(vm, f)?;
                Ok(Value::NONE)
            }), "Close the file.";
            "__iter__" Conv::NoArgs(itself), "Return the file: it gives its lines.";
            "__next__" Conv::NoArgs(|vm, f| match next(vm, f)? {
                Some(v) => Ok(v),
                None => Err(vm.raise_args(ClassId::StopIteration, &[])),
            }), "Return the next line; StopIteration at the end.";
            "close" Conv::NoArgs(|vm, f| {
                let f = this(vm, f)?;
                close(vm, f)?;
                Ok(Value::NONE)
            }), "Hand over what is buffered and close the file.";
            "fileno" Conv::NoArgs(fileno), "Return the file's number in the system.";
            "flush" Conv::NoArgs(flush_method), "Hand over what is buffered.";
            "isatty" Conv::NoArgs(isatty), "Whether it is a terminal.";
            "read" Conv::Pos(0, 1, read), "Read so many characters or bytes, or everything.";
            "readable" Conv::NoArgs(|vm, f| able(vm, f, |f| f.state.borrow().readable, true)), "Whether it may be read.";
            "readline" Conv::Pos(0, 1, readline), "Read a line, its end included; nothing at the end of the file.";
            "readlines" Conv::Pos(0, 1, readlines), "Read the lines that are left, as a list.";
            "seek" Conv::Pos(1, 2, seek), "Move to a position; return it.";
            "seekable" Conv::NoArgs(|vm, f| {
                let f = open(vm, f, "I/O operation on closed file")?;
                Ok(Value::bool(super::seekable(vm, f)))
            }), "Whether positions make sense.";
            "tell" Conv::NoArgs(tell), "Return the position.";
            "truncate" Conv::Pos(0, 1, truncate), "Cut the file off at a position, or here.";
            "writable" Conv::NoArgs(|vm, f| able(vm, f, |f| f.state.borrow().writable, false)), "Whether it may be written.";
            "write" Conv::One(write), "Write text or bytes; return how many.";
            "writelines" Conv::One(writelines), "Write the items of an iterable.";
            $($name $conv, $doc;)*
        }
    };
}
/// Rows of text files and of unbuffered ones.
pub const METHODS: &[MethodDef] = all_rows! {};
/// Rows of buffered binary files.
pub const BUFFERED_METHODS: &[MethodDef] = all_rows! {
    "read1" Conv::Pos(0, 1, read1), "Read what one call of the system gives.";
};

/// Computed attributes of all files.
pub const GETTERS: &[Getter] = &[GET_CLOSED, GET_MODE, GET_NAME];
const GET_CLOSED: Getter = Getter::computed("closed", |vm, f| {
    let f = this(vm, f)?;
    Ok(Some(Value::bool(is_closed(vm, f))))
});
const GET_MODE: Getter = Getter::computed("mode", |vm, f| {
    Ok(f.get::<FileObj>(vm).map(|f| f.mode.get_or_none()))
});
const GET_NAME: Getter = Getter::computed("name", |vm, f| {
    Ok(f.get::<FileObj>(vm).map(|f| f.name.get_or_none()))
});
/// Of text files beside them.
pub const TEXT_GETTERS: &[Getter] = &[
    GET_CLOSED,
    GET_MODE,
    GET_NAME,
    Getter::computed("encoding", |vm, f| {
        Ok(f.get::<FileObj>(vm).map(|f| f.encoding.get_or_none()))
    }),
    Getter::computed("errors", |vm, f| {
        Ok(f.get::<FileObj>(vm).map(|f| f.errors.get_or_none()))
    }),
    Getter::computed("line_buffering", |vm, f| {
        Ok(f.get::<FileObj>(vm)
            .map(|f| Value::bool(f.state.borrow().line_buffered)))
    }),
    Getter::computed("newlines", newlines),
    Getter::computed("buffer", buffer),
];

/// The file, which must be open.
fn open(vm: &mut Vm, f: Value, what: &str) -> Result<Gc<FileObj>, Raised> {
    let f = this(vm, f)?;
    if is_closed(vm, f) {
        return Err(closed(vm, what));
    }
    Ok(f)
}
/// What a closed file says in its class's words.
fn words(vm: &Vm, f: Value, buffered: &'static str) -> &'static str {
    match vm.class_of(f) {
        ClassId::TextIo => CLOSED,
        ClassId::FileIo => "I/O operation on closed file",
        _ => buffered,
    }
}
fn itself(vm: &mut Vm, f: Value) -> R {
    open(vm, f, CLOSED)?;
    Ok(f)
}

/// The file, open and readable.
fn reader(vm: &mut Vm, v: Value, said: &'static str) -> Result<Gc<FileObj>, Raised> {
    let f = this(vm, v)?;
    let class = vm.class_of(v);
    if class == ClassId::BufferedWriter {
        return Err(unsupported(vm, "read"));
    }
    let said = words(vm, v, said);
    open(vm, v, said)?;
    if !f.get(vm).state.borrow().readable {
        let what = if class == ClassId::TextIo {
            "not readable"
        } else {
            "File not open for reading"
        };
        return Err(unsupported(vm, what));
    }
    Ok(f)
}

/// A number of characters or bytes: `None` and negative ones mean all.
fn count(vm: &mut Vm, v: Option<Value>, none: bool) -> Result<Option<usize>, Raised> {
    let Some(v) = v else { return Ok(None) };
    if v.is_none() && none {
        return Ok(None);
    }
    if none && !crate::types::int::ops::is_int(v) {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "argument should be integer or None, not '{t}'"
        ));
    }
    let n = item::as_ssize(vm, v)?;
    Ok(usize::try_from(n).ok())
}

fn give(vm: &mut Vm, text: bool, b: &[u8]) -> R {
    if text {
        vm.new_str_wtf8(b)
    } else {
        vm.new_bytes(b)
    }
}

fn read(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let n = count(vm, a.get(0), true)?;
    let f = reader(vm, v, "read of closed file")?;
    if is_text(vm, f) {
        let b = text::read(vm, f, n)?;
        return vm.new_str_wtf8(&b);
    }
    let b = bytes::read(vm, f, n.unwrap_or(usize::MAX))?;
    vm.new_bytes(&b)
}
fn read1(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let n = count(vm, a.get(0), false)?;
    let f = reader(vm, v, "read of closed file")?;
    let b = bytes::read1(vm, f, n.unwrap_or(super::CHUNK))?;
    vm.new_bytes(&b)
}
fn line(vm: &mut Vm, f: Gc<FileObj>, n: Option<usize>) -> Result<Vec<u8>, Raised> {
    if is_text(vm, f) {
        text::read_line(vm, f, n)
    } else {
        bytes::read_line(vm, f, n.unwrap_or(usize::MAX))
    }
}
fn readline(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let text = vm.class_of(v) == ClassId::TextIo;
    let n = match a.get(0) {
        Some(n) if text => {
            let n = number::index(vm, n)?;
            count(vm, Some(n), false)?
        }
        n => count(vm, n, true)?,
    };
    let f = reader(vm, v, "readline of closed file")?;
    let b = line(vm, f, n)?;
    give(vm, text, &b)
}
fn readlines(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let hint = count(vm, a.get(0), true)?.filter(|n| *n > 0);
    open(vm, v, CLOSED)?;
    let f = reader(vm, v, CLOSED)?;
    let text = is_text(vm, f);
    let all = vm.new_list(&[])?;
    let mut size = 0usize;
    while hint.is_none_or(|h| size < h) {
        vm.poll()?;
        let b = line(vm, f, None)?;
        if b.is_empty() {
            break;
        }
        size = size.saturating_add(b.len());
        let s = give(vm, text, &b)?;
        list::push(vm, all, s)?;
    }
    Ok(all.value())
}

/// The next line, for `for`.
///
/// # Errors
/// As reading.
pub fn next(vm: &mut Vm, v: Value) -> Result<Option<Value>, Raised> {
    let f = reader(vm, v, "readline of closed file")?;
    let text = is_text(vm, f);
    f.get(vm).state.borrow_mut().telling = false;
    let b = line(vm, f, None)?;
    if b.is_empty() {
        f.get(vm).state.borrow_mut().telling = true;
        return Ok(None);
    }
    give(vm, text, &b).map(Some)
}

fn write(vm: &mut Vm, v: Value, what: Value) -> R {
    let f = this(vm, v)?;
    let class = vm.class_of(v);
    if class == ClassId::TextIo {
        let Some(n) = what.get::<StrObj>(vm).map(|s| s.chars) else {
            let t = vm.type_name(what);
            return Err(raise!(
                vm,
                TypeError,
                "write() argument must be str, not {t}"
            ));
        };
        open(vm, v, CLOSED)?;
        if !f.get(vm).state.borrow().writable {
            return Err(unsupported(vm, "not writable"));
        }
        text::write(vm, f, what)?;
        return vm.new_int(n as i64);
    }
    if class == ClassId::BufferedReader {
        return Err(unsupported(vm, "write"));
    }
    let Some(n) = crate::types::bytes::ops::get(vm, what).map(<[u8]>::len) else {
        let t = vm.type_name(what);
        return Err(raise!(
            vm,
            TypeError,
            "a bytes-like object is required, not '{t}'"
        ));
    };
    let said = words(vm, v, "write to closed file");
    open(vm, v, said)?;
    if !f.get(vm).state.borrow().writable {
        return Err(unsupported(vm, "File not open for writing"));
    }
    let now = f.get(vm).state.borrow().raw_io;
    // A chunk at a time: the copy on the Rust side stays small.
    let mut at = 0;
    while at < n {
        let mut part = [0u8; super::CHUNK];
        let len = part.len().min(n - at);
        if let Some(b) = crate::types::bytes::ops::get(vm, what) {
            part[..len].copy_from_slice(&b[at..at + len]);
        }
        put(vm, f, &part[..len], now)?;
        at += len;
    }
    vm.new_int(n as i64)
}
fn writelines(vm: &mut Vm, v: Value, lines: Value) -> R {
    open(vm, v, CLOSED)?;
    iter::for_each(vm, lines, |vm, l| {
        write(vm, v, l)?;
        Ok(Flow::Go)
    })?;
    Ok(Value::NONE)
}

fn flush_method(vm: &mut Vm, v: Value) -> R {
    let said = match vm.class_of(v) {
        ClassId::BufferedWriter | ClassId::BufferedRandom => "flush of closed file",
        _ => CLOSED,
    };
    let f = open(vm, v, said)?;
    flush(vm, f)?;
    Ok(Value::NONE)
}

fn seek(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let to = number::as_index_i64(vm, a[0], ClassId::OverflowError)?;
    let whence = match a.get(1) {
        Some(w) => item::as_c_int(vm, w)?,
        None => 0,
    };
    let said = words(vm, v, "seek of closed file");
    let f = open(vm, v, said)?;
    if !(0..=2).contains(&whence) {
        return Err(match is_text(vm, f) {
            true => raise!(
                vm,
                ValueError,
                "invalid whence ({whence}, should be 0, 1 or 2)"
            ),
            false => raise!(vm, ValueError, "whence value {whence} unsupported"),
        });
    }
    if !super::seekable(vm, f) {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    if is_text(vm, f) {
        match whence {
            0 if to < 0 => return Err(raise!(vm, ValueError, "negative seek position {to}")),
            1 if to != 0 => return Err(unsupported(vm, "can't do nonzero cur-relative seeks")),
            2 if to != 0 => return Err(unsupported(vm, "can't do nonzero end-relative seeks")),
            1 => {
                let here = text::tell(vm, f)? as i64;
                let at = super::seek(vm, f, here, 0)?;
                return vm.new_int(at as i64);
            }
            _ => (),
        }
    }
    let at = super::seek(vm, f, to, whence)?;
    vm.new_int(at as i64)
}
fn tell(vm: &mut Vm, v: Value) -> R {
    let said = words(vm, v, "I/O operation on closed file");
    let f = open(vm, v, said)?;
    if !super::seekable(vm, f) {
        if is_text(vm, f) {
            return Err(unsupported(vm, "underlying stream is not seekable"));
        }
        return Err(stream::io_error(
            vm,
            std::io::Error::from_raw_os_error(libc::ESPIPE),
        ));
    }
    let at = if is_text(vm, f) {
        if !f.get(vm).state.borrow().telling {
            return Err(raise!(
                vm,
                OSError,
                "telling position disabled by next() call"
            ));
        }
        text::tell(vm, f)?
    } else {
        super::position(vm, f)?
    };
    vm.new_int(at as i64)
}
fn truncate(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let said = words(vm, v, "I/O operation on closed file");
    let f = open(vm, v, said)?;
    if !f.get(vm).state.borrow().writable {
        return Err(unsupported(vm, "File not open for writing"));
    }
    flush(vm, f)?;
    let at = match a.get(0).filter(|v| !v.is_none()) {
        Some(n) => number::as_index_i64(vm, n, ClassId::OverflowError)?,
        None if is_text(vm, f) => text::tell(vm, f)? as i64,
        None => super::position(vm, f)? as i64,
    };
    let r = match (&f.get(vm).state.borrow().device, u64::try_from(at)) {
        (super::value::Device::Disk(file), Ok(n)) => file.set_len(n),
        _ => Err(std::io::Error::from_raw_os_error(libc::EINVAL)),
    };
    match r {
        Ok(()) => vm.new_int(at),
        Err(e) => Err(stream::io_error(vm, e)),
    }
}

fn fileno(vm: &mut Vm, v: Value) -> R {
    use std::os::fd::AsRawFd;
    let f = open(vm, v, "I/O operation on closed file")?;
    let n = match &f.get(vm).state.borrow().device {
        super::value::Device::Disk(file) => file.as_raw_fd() as i64,
        super::value::Device::Std(s) => *s as i64,
        super::value::Device::Closed => -1,
    };
    vm.new_int(n)
}
fn isatty(vm: &mut Vm, v: Value) -> R {
    use std::io::IsTerminal;
    let f = open(vm, v, "I/O operation on closed file")?;
    Ok(Value::bool(match &f.get(vm).state.borrow().device {
        super::value::Device::Disk(file) => file.is_terminal(),
        super::value::Device::Std(Stream::In) => std::io::stdin().is_terminal(),
        super::value::Device::Std(Stream::Out) => std::io::stdout().is_terminal(),
        super::value::Device::Std(Stream::Err) => std::io::stderr().is_terminal(),
        super::value::Device::Closed => false,
    }))
}
/// `readable` and `writable`: a class that cannot says so even when it is closed.
fn able(vm: &mut Vm, v: Value, has: fn(&FileObj) -> bool, reads: bool) -> R {
    let f = this(vm, v)?;
    let never = match vm.class_of(v) {
        ClassId::BufferedWriter => reads,
        ClassId::BufferedReader => !reads,
        ClassId::TextIo => !has(f.get(vm)),
        _ => false,
    };
    if never {
        return Ok(Value::FALSE);
    }
    open(vm, v, "I/O operation on closed file")?;
    Ok(Value::bool(has(f.get(vm))))
}

fn newlines(vm: &mut Vm, v: Value) -> Result<Option<Value>, Raised> {
    let f = this(vm, v)?;
    let (seen, counts) = {
        let s = f.get(vm).state.borrow();
        (
            s.seen,
            matches!(s.newline, Newline::Universal | Newline::Any),
        )
    };
    let all = [(2, "\r"), (1, "\n"), (4, "\r\n")];
    let l = vm.new_list(&[])?;
    for (bit, end) in all {
        if counts && seen & bit != 0 {
            let s = vm.new_str(end)?;
            list::push(vm, l, s)?;
        }
    }
    Ok(Some(match list::len(vm, l) {
        0 => Value::NONE,
        1 => list::item(vm, l, 0).unwrap_or(Value::NONE),
        _ => list::to_tuple(vm, l)?,
    }))
}

/// The binary file under a standard stream.
fn buffer(vm: &mut Vm, v: Value) -> Result<Option<Value>, Raised> {
    let f = this(vm, v)?;
    if let Some(b) = f.get(vm).buffer.get() {
        return Ok(Some(b));
    }
    let Some(which) = f.get(vm).std else {
        return Ok(None);
    };
    let b = stream::binary(vm, which)?;
    f.get(vm).buffer.write(&vm.heap, Some(b));
    Ok(Some(b))
}
