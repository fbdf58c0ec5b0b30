//! `open`.

use super::codec::{Codec, Encoding, OnError};
use super::new;
use super::value::{Device, Newline, State};
use crate::object::method::R;
use crate::object::{Args, ClassId, Kind, Value};
use crate::protocol::{item, truth};
use crate::raise;
use crate::types::stream::{self, Stream};
use crate::types::{args, bytes, int};
use crate::vm::{Capability, Raised, Vm};
use std::fs::OpenOptions;

/// The argument `mode`, read.
#[derive(Clone, Copy, Default)]
struct Mode {
    create: bool,
    read: bool,
    write: bool,
    append: bool,
    plus: bool,
    binary: bool,
    text: bool,
    universal: bool,
}

fn mode_of(vm: &mut Vm, text: &str) -> Result<Mode, Raised> {
    let mut m = Mode::default();
    for (i, c) in text.char_indices() {
        let flag = match c {
            'x' => &mut m.create,
            'r' => &mut m.read,
            'w' => &mut m.write,
            'a' => &mut m.append,
            '+' => &mut m.plus,
            'b' => &mut m.binary,
            't' => &mut m.text,
            'U' => &mut m.universal,
            _ => return Err(raise!(vm, ValueError, "invalid mode: '{text}'")),
        };
        *flag = true;
        if text[i + c.len_utf8()..].contains(c) {
            return Err(raise!(vm, ValueError, "invalid mode: '{text}'"));
        }
    }
    let says = |vm: &mut Vm, what: &str| Err(vm.raise(ClassId::ValueError, what));
    if m.universal {
        if m.create || m.write || m.append || m.plus {
            return says(vm, "mode U cannot be combined with 'x', 'w', 'a', or '+'");
        }
        m.read = true;
    }
    if m.text && m.binary {
        return says(vm, "can't have text and binary mode at once");
    }
    match [m.create, m.read, m.write, m.append]
        .iter()
        .filter(|b| **b)
        .count()
    {
        1 => Ok(m),
        0 => says(
            vm,
            "Must have exactly one of create/read/write/append mode and at most one plus",
        ),
        _ => says(vm, "must have exactly one of create/read/write/append mode"),
    }
}

/// A str argument that may be None.
fn word(vm: &mut Vm, v: Option<Value>, name: &str) -> Result<Option<String>, Raised> {
    match v.filter(|v| !v.is_none()) {
        None => Ok(None),
        Some(v) if v.is_kind(Kind::Str) => Ok(Some(vm.text(v))),
        Some(v) => {
            let t = vm.type_name(v);
            Err(raise!(
                vm,
                TypeError,
                "open() argument '{name}' must be str or None, not {t}"
            ))
        }
    }
}

/// The name of a file: a str or bytes.
fn path_of(vm: &mut Vm, v: Value) -> Result<String, Raised> {
    let name = match bytes::ops::get(vm, v).filter(|_| v.is_kind(Kind::Bytes)) {
        Some(b) => String::from_utf8_lossy(b).into_owned(),
        None if v.is_kind(Kind::Str) => vm.text(v),
        None if v.is_float() => {
            return Err(raise!(
                vm,
                TypeError,
                "integer argument expected, got float"
            ));
        }
        None => {
            let t = vm.type_name(v);
            return Err(raise!(
                vm,
                TypeError,
                "expected str, bytes or os.PathLike object, not {t}"
            ));
        }
    };
    if name.contains('\0') {
        return Err(raise!(vm, ValueError, "embedded null byte"));
    }
    Ok(name)
}

/// `open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)`
///
/// # Errors
/// OSError and its kin; PermissionError where the engine has no files.
pub fn open(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let names = [
        "file",
        "mode",
        "buffering",
        "encoding",
        "errors",
        "newline",
        "closefd",
        "opener",
    ];
    let [
        file,
        mode,
        buffering,
        encoding,
        errors,
        newline,
        closefd,
        opener,
    ] = args::parse(vm, "open", a, names, 1, 8)?;
    let file = file.unwrap_or(Value::NONE);
    let mode = match mode {
        None => "r".to_owned(),
        Some(m) if m.is_kind(Kind::Str) => vm.text(m),
        Some(m) => {
            let t = vm.type_name(m);
            return Err(raise!(
                vm,
                TypeError,
                "open() argument 'mode' must be str, not {t}"
            ));
        }
    };
    let buffering = match buffering {
        Some(b) => item::as_c_int(vm, b)?,
        None => -1,
    };
    let encoding = word(vm, encoding, "encoding")?;
    let errors = word(vm, errors, "errors")?;
    let newline = word(vm, newline, "newline")?;
    let closefd = match closefd {
        Some(c) => truth::is_true(vm, c)?,
        None => true,
    };
    if opener.is_some_and(|o| !o.is_none()) {
        return Err(raise!(vm, NotImplementedError, "open() with an opener"));
    }
    let m = mode_of(vm, &mode)?;
    let says = |vm: &mut Vm, what: &str| Err(vm.raise(ClassId::ValueError, what));
    if m.binary {
        for (given, what) in [
            (&encoding, "encoding"),
            (&errors, "errors"),
            (&newline, "newline"),
        ] {
            if given.is_some() {
                let an = if what == "newline" { "a" } else { "an" };
                return says(
                    vm,
                    &format!("binary mode doesn't take {an} {what} argument"),
                );
            }
        }
    } else if buffering == 0 {
        return says(vm, "can't have unbuffered text I/O");
    }
    let ends = match newline.as_deref() {
        None => Newline::Universal,
        Some("") => Newline::Any,
        Some("\n") => Newline::Lf,
        Some("\r") => Newline::Cr,
        Some("\r\n") => Newline::CrLf,
        Some(other) => return says(vm, &format!("illegal newline value: {other}")),
    };
    let codec = Codec {
        encoding: match &encoding {
            None => Encoding::Utf8,
            Some(e) => match Encoding::named(e) {
                Some(e) => e,
                None => return Err(raise!(vm, LookupError, "unknown encoding: {e}")),
            },
        },
        errors: errors.as_deref().map_or(OnError::Strict, OnError::named),
    };
    let device = device(vm, file, m, closefd)?;
    let mut state = State::closed();
    state.line_buffered = !m.binary && (buffering == 1 || is_terminal(&device));
    state.device = device;
    state.readable = m.read || m.plus;
    state.writable = !m.read || m.plus;
    state.codec = codec;
    state.newline = ends;
    state.raw_io = m.binary && buffering == 0;
    let class = match m {
        Mode { binary: false, .. } => ClassId::TextIo,
        _ if buffering == 0 => ClassId::FileIo,
        Mode { plus: true, .. } => ClassId::BufferedRandom,
        Mode { read: true, .. } => ClassId::BufferedReader,
        _ => ClassId::BufferedWriter,
    };
    let shown = match class {
        ClassId::TextIo => mode,
        _ => raw_mode(m).to_owned(),
    };
    let shown = vm.new_str(&shown)?;
    let encoding = vm.new_str(encoding.as_deref().unwrap_or("UTF-8"))?;
    let errors = vm.new_str(errors.as_deref().unwrap_or("strict"))?;
    let f = new(vm, class, None, state)?;
    let o = f.get(vm);
    o.name.write(&vm.heap, Some(file));
    o.mode.write(&vm.heap, Some(shown));
    o.encoding.write(&vm.heap, Some(encoding));
    o.errors.write(&vm.heap, Some(errors));
    Ok(f.value())
}

/// `mode` of a binary file.
fn raw_mode(m: Mode) -> &'static str {
    match (m.create, m.append, m.read, m.plus) {
        (true, _, _, true) => "xb+",
        (true, _, _, false) => "xb",
        (_, true, _, true) => "ab+",
        (_, true, _, false) => "ab",
        (_, _, true, false) => "rb",
        (_, _, _, true) => "rb+",
        (_, _, false, false) => "wb",
    }
}

fn is_terminal(d: &Device) -> bool {
    use std::io::IsTerminal;
    match d {
        Device::Disk(f) => f.is_terminal(),
        Device::Std(_) | Device::Closed => false,
    }
}

/// Opens the file in the system.
fn device(vm: &mut Vm, file: Value, m: Mode, closefd: bool) -> Result<Device, Raised> {
    if int::ops::is_int(file) {
        // The three standard ones; others belong to files of this engine.
        return match int::ops::to_i64(vm, file) {
            Some(0) => Ok(Device::Std(Stream::In)),
            Some(1) => Ok(Device::Std(Stream::Out)),
            Some(2) => Ok(Device::Std(Stream::Err)),
            Some(n) if n < 0 => Err(raise!(vm, ValueError, "negative file descriptor")),
            _ => Err(stream::io_error(
                vm,
                std::io::Error::from_raw_os_error(libc::EBADF),
            )),
        };
    }
    let path = path_of(vm, file)?;
    if !closefd {
        return Err(raise!(
            vm,
            ValueError,
            "Cannot use closefd=False with file name"
        ));
    }
    vm.require(Capability::Files, Some(file))?;
    let opened = OpenOptions::new()
        .read(m.read || m.plus)
        .write(!m.read || m.plus)
        .append(m.append)
        .create(m.write || m.append)
        .truncate(m.write)
        .create_new(m.create)
        .open(&path)
        .and_then(|f| match f.metadata() {
            Ok(d) if d.is_dir() => Err(std::io::Error::from_raw_os_error(libc::EISDIR)),
            Ok(_) | Err(_) => Ok(f),
        });
    match opened {
        Ok(mut f) => {
            if m.append {
                use std::io::Seek;
                // A pipe has no end to go to.
                let _ = f.seek(std::io::SeekFrom::End(0));
            }
            Ok(Device::Disk(f))
        }
        Err(e) => Err(stream::os_error(vm, e, Some(file))),
    }
}
