//! `sys.stdin`, `sys.stdout`, `sys.stderr`: text over the engine's own writers.

use crate::code::wtf8::code_points;
use crate::object::method::R;
use crate::object::{ClassId, Value};
use crate::types::file::value::{Device, FileObj, Newline, State};
use crate::types::str::value::StrObj;
use crate::vm::host::guarded;
use crate::vm::{Raised, Terminate, Vm};
use std::cell::Cell;
use std::io::{ErrorKind, Write};

/// Which stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    In,
    Out,
    Err,
}

/// The stream's file object: text over the engine's own writers, or the process's stdin.
///
/// # Errors
/// MemoryError.
pub fn new(vm: &mut Vm, which: Stream) -> R {
    make(vm, which, ClassId::TextIo)
}
/// The binary file under it.
///
/// # Errors
/// MemoryError.
pub fn binary(vm: &mut Vm, which: Stream) -> R {
    match which {
        Stream::In => make(vm, which, ClassId::BufferedReader),
        Stream::Out | Stream::Err => make(vm, which, ClassId::BufferedWriter),
    }
}
fn make(vm: &mut Vm, which: Stream, class: ClassId) -> R {
    let text = class == ClassId::TextIo;
    let (name, mode) = match (which, text) {
        (Stream::In, true) => ("<stdin>", "r"),
        (Stream::Out, true) => ("<stdout>", "w"),
        (Stream::Err, true) => ("<stderr>", "w"),
        (Stream::In, false) => ("<stdin>", "rb"),
        (Stream::Out, false) => ("<stdout>", "wb"),
        (Stream::Err, false) => ("<stderr>", "wb"),
    };
    let mut state = State::closed();
    state.device = Device::Std(which);
    state.readable = which == Stream::In;
    state.writable = which != Stream::In;
    state.line_buffered = which == Stream::Err;
    state.newline = Newline::Lf;
    let name = vm.intern(name)?;
    let mode = vm.intern(mode)?;
    let encoding = vm.intern("utf-8")?;
    let errors = vm.intern(match which {
        Stream::Err => "backslashreplace",
        Stream::In | Stream::Out => "strict",
    })?;
    let f = crate::types::file::new(vm, class, Some(which), state)?;
    let o = f.get(vm);
    o.name.write(&vm.heap, Some(name));
    o.mode.write(&vm.heap, Some(mode));
    o.encoding.write(&vm.heap, Some(encoding));
    o.errors.write(&vm.heap, Some(errors));
    Ok(f.value())
}
/// Which stream a value is: the text file of one, and open.
pub fn which(vm: &Vm, f: Value) -> Option<Stream> {
    let o = f.get::<FileObj>(vm)?;
    let open = vm.class_of(f) == ClassId::TextIo && !o.state.borrow().is_closed();
    o.std.filter(|_| open)
}

/// Writes a str as UTF-8. A lone surrogate is an error on stdout and escaped on stderr.
pub fn write(vm: &mut Vm, which: Stream, s: Value) -> Result<(), Raised> {
    let Some(o) = s.cast::<StrObj>() else {
        return Ok(());
    };
    if o.get(vm).as_str().is_none() {
        if which == Stream::Err {
            let t = escape_surrogates(o.get(vm).as_bytes());
            return write_text(vm, which, &t);
        }
        return Err(surrogate_error(vm, s));
    }
    // The writer is taken out so that it and the text can be borrowed together.
    let sink: Box<dyn Write + Send> = Box::new(std::io::sink());
    let mut out = std::mem::replace(writer(vm, which), sink);
    let r = guarded(|| send(&mut out, &vm.output_left, o.get(vm).as_bytes()));
    *writer(vm, which) = out;
    sent(vm, r)
}
/// Writes text.
pub fn write_text(vm: &mut Vm, which: Stream, s: &str) -> Result<(), Raised> {
    write_bytes(vm, which, s.as_bytes())
}
/// Writes bytes.
pub fn write_bytes(vm: &mut Vm, which: Stream, b: &[u8]) -> Result<(), Raised> {
    let out = match which {
        Stream::Err => &mut vm.stderr,
        Stream::In | Stream::Out => &mut vm.stdout,
    };
    let r = guarded(|| send(out, &vm.output_left, b));
    sent(vm, r)
}
/// All that programs print comes through here. Whether there was room for it: else it is cut.
fn send(out: &mut dyn Write, left: &Cell<u64>, b: &[u8]) -> std::io::Result<bool> {
    let room = usize::try_from(left.get()).unwrap_or(usize::MAX);
    let n = b.len().min(room);
    out.write_all(&b[..n])?;
    left.set(left.get() - n as u64);
    Ok(n == b.len())
}
fn sent(vm: &mut Vm, r: std::io::Result<bool>) -> Result<(), Raised> {
    match r {
        Ok(true) => Ok(()),
        Ok(false) => Err(vm.raise_terminate(Terminate::Output)),
        Err(e) => Err(io_error(vm, e)),
    }
}
/// Flushes.
pub fn flush(vm: &mut Vm, which: Stream) -> Result<(), Raised> {
    if which == Stream::In {
        return Ok(());
    }
    let r = guarded(|| writer(vm, which).flush());
    r.map_err(|e| io_error(vm, e))
}
fn writer(vm: &mut Vm, which: Stream) -> &mut Box<dyn Write + Send> {
    if which == Stream::Err {
        &mut vm.stderr
    } else {
        &mut vm.stdout
    }
}

/// Text in which lone surrogates are spelt out (`backslashreplace`).
pub fn escape_surrogates(b: &[u8]) -> String {
    let mut out = String::with_capacity(b.len());
    for c in code_points(b) {
        match char::from_u32(c) {
            Some(c) => out.push(c),
            None => out.push_str(&format!("\\u{c:04x}")),
        }
    }
    out
}

fn surrogate_error(vm: &mut Vm, s: Value) -> Raised {
    let found = s.get::<StrObj>(vm).and_then(|o| {
        let bad = |c: &u32| (0xD800..0xE000).contains(c);
        let mut run = code_points(o.as_bytes())
            .enumerate()
            .skip_while(|(_, c)| !bad(c));
        let (at, _) = run.next()?;
        let more = run.take_while(|(_, c)| bad(c)).count();
        Some((at, at + 1 + more))
    });
    let place = found.unwrap_or((0, 1));
    encode_error(vm, "utf-8", s, place, "surrogates not allowed")
}

/// The UnicodeEncodeError of a str's characters.
pub fn encode_error(
    vm: &mut Vm,
    encoding: &str,
    s: Value,
    (start, end): (usize, usize),
    reason: &str,
) -> Raised {
    let made = (|| {
        let encoding = vm.new_str(encoding)?;
        let reason = vm.new_str(reason)?;
        let (start, end) = (vm.new_int(start as i64)?, vm.new_int(end as i64)?);
        Ok([encoding, s, start, end, reason])
    })();
    match made {
        Ok(a) => vm.raise_args(ClassId::UnicodeEncodeError, &a),
        Err(r) => r,
    }
}

/// The OSError of an I/O error, of the class its number asks for.
pub fn io_error(vm: &mut Vm, e: std::io::Error) -> Raised {
    os_error(vm, e, None)
}

/// The same, with the name of the file.
pub fn os_error(vm: &mut Vm, e: std::io::Error, file: Option<Value>) -> Raised {
    let no = e.raw_os_error().unwrap_or(match e.kind() {
        ErrorKind::BrokenPipe => libc::EPIPE,
        ErrorKind::NotFound => libc::ENOENT,
        ErrorKind::PermissionDenied => libc::EACCES,
        _ => libc::EIO,
    });
    let text = std::io::Error::from_raw_os_error(no).to_string();
    let text = match text.rfind(" (os error") {
        Some(i) => &text[..i],
        None => &text,
    };
    let made = (|| Ok([vm.new_int(no as i64)?, vm.new_str(text)?]))();
    match made {
        Ok([no_value, text]) => {
            let class = crate::types::exception::ops::os_error_class(no);
            match file {
                Some(f) => vm.raise_args(class, &[no_value, text, f]),
                None => vm.raise_args(class, &[no_value, text]),
            }
        }
        Err(r) => r,
    }
}
