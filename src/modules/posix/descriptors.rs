//! Open files by number. The engine keeps those that it opened; the three streams are its own.

use super::{allowed, failed, files, path};
use crate::object::method::R;
use crate::object::{Args, Value};
use crate::protocol::item::{as_c_int, as_ssize};
use crate::raise;
use crate::types::int::big::room_bytes;
use crate::types::stream::{self, Stream};
use crate::vm::{Raised, Vm};
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;

fn bad() -> io::Error {
    io::Error::from_raw_os_error(libc::EBADF)
}
/// The file behind a number.
fn file(vm: &Vm, fd: i32) -> io::Result<&File> {
    let found = vm.system.files.iter().find(|f| f.as_raw_fd() == fd);
    found.ok_or_else(bad)
}
fn number(vm: &mut Vm, v: Value) -> Result<i32, Raised> {
    allowed(vm, None)?;
    as_c_int(vm, v)
}
fn done<T>(vm: &mut Vm, r: io::Result<T>) -> Result<T, Raised> {
    match r {
        Ok(v) => Ok(v),
        Err(e) => Err(failed(vm, e, None)),
    }
}
fn keep(vm: &mut Vm, f: File) -> R {
    let fd = f.as_raw_fd();
    vm.system.files.push(f);
    vm.new_int(i64::from(fd))
}

/// `open(path, name, flags, mode)`
pub fn open(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    let flags = as_c_int(vm, a[2])?;
    let mode = as_c_int(vm, a[3])?;
    let how = flags & libc::O_ACCMODE;
    let (reads, writes) = (how != libc::O_WRONLY, how != libc::O_RDONLY);
    let has = |f: i32| flags & f == f;
    let mut o = OpenOptions::new();
    o.read(reads).write(writes).mode(mode as u32);
    // Creating and cutting go with any of them.
    let rest = flags & !libc::O_ACCMODE;
    o.custom_flags(rest);
    if writes && has(libc::O_CREAT) {
        o.create(true);
    }
    match o.open(&p) {
        Ok(f) => keep(vm, f),
        Err(e) => Err(failed(vm, e, Some(a[1]))),
    }
}
pub fn read(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let fd = number(vm, a[0])?;
    let n = as_ssize(vm, a[1])?;
    let Ok(n) = usize::try_from(n) else {
        return Err(failed(vm, io::Error::from_raw_os_error(libc::EINVAL), None));
    };
    room_bytes(vm, n)?;
    let mut out = vec![0; n];
    let got = match fd {
        0 => {
            let b = crate::types::file::stdin::read(vm, n)?;
            return vm.new_bytes(&b);
        }
        _ => file(vm, fd).and_then(|mut f| f.read(&mut out)),
    };
    let got = done(vm, got)?;
    vm.new_bytes(&out[..got])
}
pub fn write(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let fd = number(vm, a[0])?;
    let data = files::data(vm, a[1])?;
    let put = match fd {
        1 => {
            stream::flush(vm, Stream::Out)?;
            stream::write_bytes(vm, Stream::Out, &data)?;
            stream::flush(vm, Stream::Out)?;
            Ok(data.len())
        }
        2 => {
            stream::write_bytes(vm, Stream::Err, &data)?;
            Ok(data.len())
        }
        _ => file(vm, fd).and_then(|mut f| f.write(&data)),
    };
    let put = done(vm, put)?;
    vm.new_int(put as i64)
}
pub fn close(vm: &mut Vm, _: Value, fd: Value) -> R {
    let fd = number(vm, fd)?;
    let at = vm.system.files.iter().position(|f| f.as_raw_fd() == fd);
    match at {
        Some(i) => {
            vm.system.files.swap_remove(i);
            Ok(Value::NONE)
        }
        None => Err(failed(vm, bad(), None)),
    }
}
pub fn lseek(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let fd = number(vm, a[0])?;
    let n = as_ssize(vm, a[1])?;
    let to = match (as_c_int(vm, a[2])?, u64::try_from(n)) {
        (0, Ok(n)) => Some(SeekFrom::Start(n)),
        (1, _) => Some(SeekFrom::Current(n)),
        (2, _) => Some(SeekFrom::End(n)),
        _ => None,
    };
    let at = match to {
        Some(to) => file(vm, fd).and_then(|mut f| f.seek(to)),
        None => Err(io::Error::from_raw_os_error(libc::EINVAL)),
    };
    let at = done(vm, at)?;
    vm.new_int(at as i64)
}
pub fn pipe(vm: &mut Vm, _: Value) -> R {
    allowed(vm, None)?;
    let made = io::pipe();
    let (r, w) = done(vm, made)?;
    let r = keep(vm, File::from(OwnedFd::from(r)))?;
    let w = keep(vm, File::from(OwnedFd::from(w)))?;
    vm.new_tuple(&[r, w])
}
pub fn dup(vm: &mut Vm, _: Value, fd: Value) -> R {
    let fd = number(vm, fd)?;
    let made = file(vm, fd).and_then(File::try_clone);
    let made = done(vm, made)?;
    keep(vm, made)
}
/// The file behind any descriptor of the process, opened once more.
fn again(vm: &Vm, fd: i32) -> io::Result<File> {
    match file(vm, fd) {
        Ok(f) => f.try_clone(),
        Err(_) if fd < 0 => Err(bad()),
        Err(_) => File::open(format!("/proc/self/fd/{fd}")).map_err(|_| bad()),
    }
}
pub fn fsync(vm: &mut Vm, _: Value, fd: Value) -> R {
    let fd = number(vm, fd)?;
    let r = again(vm, fd).and_then(|f| f.sync_all());
    done(vm, r)?;
    Ok(Value::NONE)
}
pub fn ftruncate(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let fd = number(vm, a[0])?;
    let n = as_ssize(vm, a[1])?;
    let Ok(n) = u64::try_from(n) else {
        return Err(failed(vm, io::Error::from_raw_os_error(libc::EINVAL), None));
    };
    let r = match file(vm, fd) {
        Ok(f) => f.set_len(n),
        Err(_) => OpenOptions::new()
            .write(true)
            .open(format!("/proc/self/fd/{fd}"))
            .map_err(|_| bad())
            .and_then(|f| f.set_len(n)),
    };
    done(vm, r)?;
    Ok(Value::NONE)
}
pub fn isatty(vm: &mut Vm, _: Value, fd: Value) -> R {
    let fd = number(vm, fd)?;
    Ok(Value::bool(match fd {
        0 => io::stdin().is_terminal(),
        1 => io::stdout().is_terminal(),
        2 => io::stderr().is_terminal(),
        _ => file(vm, fd).is_ok_and(IsTerminal::is_terminal),
    }))
}
pub fn fstat(vm: &mut Vm, _: Value, fd: Value) -> R {
    let fd = number(vm, fd)?;
    let found = match file(vm, fd) {
        Ok(f) => f.metadata(),
        Err(_) if fd < 0 => Err(bad()),
        Err(_) => std::fs::metadata(format!("/proc/self/fd/{fd}")).map_err(|_| bad()),
    };
    match found {
        Ok(m) => files::numbers(vm, &m),
        Err(e) if e.raw_os_error().is_none() => Err(raise!(vm, OSError, "{e}")),
        Err(e) => Err(failed(vm, e, None)),
    }
}
