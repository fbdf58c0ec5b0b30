//! `sys.stdin`, `sys.stdout`, `sys.stderr`: text over the engine's own writers.

use crate::code::wtf8::code_points;
use crate::object::method::R;
use crate::object::{ClassId, Conv, MethodDef, Value};
use crate::raise;
use crate::types::object::value::PlainObj;
use crate::types::str::value::StrObj;
use crate::types::{Getter, Setter};
use crate::vm::{Raised, Vm};
use std::io::{ErrorKind, Write};

/// Which stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    In,
    Out,
    Err,
}

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "write",
        conv: Conv::One(|vm, f, s| {
            let which = writable(vm, f)?;
            let Some(n) = s.get::<StrObj>(vm).map(|s| s.chars) else {
                let t = vm.type_name(s);
                return Err(raise!(
                    vm,
                    TypeError,
                    "write() argument must be str, not {t}"
                ));
            };
            write(vm, which, s)?;
            vm.new_int(n as i64)
        }),
        doc: "Write text; return the number of characters.",
    },
    MethodDef {
        name: "flush",
        conv: Conv::NoArgs(|vm, f| {
            if let Some(which) = which(vm, f) {
                flush(vm, which)?;
            }
            Ok(Value::NONE)
        }),
        doc: "Hand over what is buffered.",
    },
    MethodDef {
        name: "readline",
        conv: Conv::NoArgs(|vm, f| match which(vm, f) {
            Some(Stream::In) => read_line(vm),
            _ => Err(raise!(vm, OSError, "not readable")),
        }),
        doc: "Read a line, its end included; an empty string at the end of input.",
    },
    MethodDef {
        name: "isatty",
        conv: Conv::NoArgs(|vm, f| {
            use std::io::IsTerminal;
            Ok(Value::bool(match which(vm, f) {
                Some(Stream::In) => std::io::stdin().is_terminal(),
                Some(Stream::Out) => std::io::stdout().is_terminal(),
                Some(Stream::Err) => std::io::stderr().is_terminal(),
                None => false,
            }))
        }),
        doc: "Whether it is a terminal.",
    },
    MethodDef {
        name: "fileno",
        conv: Conv::NoArgs(|vm, f| {
            let n = f.get::<PlainObj>(vm).map_or(0, |o| o.number);
            vm.new_int(n as i64)
        }),
        doc: "The number of the stream: 0, 1 or 2.",
    },
];

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter {
        name: "name",
        get: |vm, f| {
            let n = named(vm, f).map_or("", |n| n.0);
            vm.new_str(n).map(Some)
        },
        set: Setter::None,
    },
    Getter {
        name: "mode",
        get: |vm, f| {
            let m = named(vm, f).map_or("", |n| n.1);
            vm.new_str(m).map(Some)
        },
        set: Setter::None,
    },
    Getter {
        name: "encoding",
        get: |vm, _| vm.new_str("utf-8").map(Some),
        set: Setter::None,
    },
    Getter {
        name: "errors",
        get: |vm, f| {
            let e = if which(vm, f) == Some(Stream::Err) {
                "backslashreplace"
            } else {
                "strict"
            };
            vm.new_str(e).map(Some)
        },
        set: Setter::None,
    },
];

/// The stream object of a number.
pub fn new(vm: &mut Vm, which: Stream) -> R {
    crate::types::object::value::new(vm, ClassId::TextIo, which as u64)
}
/// Which stream a value is.
pub fn which(vm: &Vm, f: Value) -> Option<Stream> {
    if vm.class_of(f) != ClassId::TextIo {
        return None;
    }
    Some(match f.get::<PlainObj>(vm)?.number {
        0 => Stream::In,
        1 => Stream::Out,
        _ => Stream::Err,
    })
}
/// Name and mode of a stream.
pub fn named(vm: &Vm, f: Value) -> Option<(&'static str, &'static str)> {
    Some(match which(vm, f)? {
        Stream::In => ("<stdin>", "r"),
        Stream::Out => ("<stdout>", "w"),
        Stream::Err => ("<stderr>", "w"),
    })
}
fn writable(vm: &mut Vm, f: Value) -> Result<Stream, Raised> {
    match which(vm, f) {
        Some(s @ (Stream::Out | Stream::Err)) => Ok(s),
        _ => Err(raise!(vm, OSError, "not writable")),
    }
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
    let r = out.write_all(o.get(vm).as_bytes());
    *writer(vm, which) = out;
    r.map_err(|e| io_error(vm, e))
}
/// Writes text.
pub fn write_text(vm: &mut Vm, which: Stream, s: &str) -> Result<(), Raised> {
    let r = writer(vm, which).write_all(s.as_bytes());
    r.map_err(|e| io_error(vm, e))
}
/// Flushes.
pub fn flush(vm: &mut Vm, which: Stream) -> Result<(), Raised> {
    if which == Stream::In {
        return Ok(());
    }
    let r = writer(vm, which).flush();
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
        Some((at as i64, at as i64 + 1 + more as i64))
    });
    let (start, end) = found.unwrap_or((0, 1));
    let made = (|| {
        let encoding = vm.new_str("utf-8")?;
        let reason = vm.new_str("surrogates not allowed")?;
        let (start, end) = (vm.new_int(start)?, vm.new_int(end)?);
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

/// Reads a line from the process's standard input. Its end stays; CR LF becomes LF.
pub fn read_line(vm: &mut Vm) -> R {
    let mut line = Vec::new();
    let r = std::io::BufRead::read_until(&mut std::io::stdin().lock(), b'\n', &mut line);
    if let Err(e) = r {
        return Err(io_error(vm, e));
    }
    if line.ends_with(b"\r\n") {
        line.truncate(line.len() - 2);
        line.push(b'\n');
    }
    match String::from_utf8(line) {
        Ok(s) => vm.new_str(&s),
        Err(e) => {
            let at = e.utf8_error().valid_up_to();
            let byte = e.as_bytes().get(at).copied().unwrap_or(0);
            Err(raise!(
                vm,
                ValueError,
                "'utf-8' codec can't decode byte {byte:#04x} in position {at}: invalid start byte"
            ))
        }
    }
}
