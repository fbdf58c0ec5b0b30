//! Functions of paths.

use super::{allowed, bytes, failed, path};
use crate::object::method::R;
use crate::object::{Args, ClassId, Value};
use crate::protocol::item::{as_c_int, as_ssize};
use crate::protocol::truth;
use crate::types::int::ops as int;
use crate::types::list::ops as list;
use crate::vm::{Raised, Vm};
use std::fs::{self, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, DirEntryExt, MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Mode, inode, device, links, user, group, size; the three times in seconds; they in nanoseconds; block
/// size, blocks, device number.
pub fn numbers(vm: &mut Vm, m: &Metadata) -> R {
    let out = list::with_capacity(vm, 16)?;
    let ns = |s: i64, n: i64| i128::from(s) * 1_000_000_000 + i128::from(n);
    let all = [
        i128::from(m.mode()),
        i128::from(m.ino()),
        i128::from(m.dev()),
        i128::from(m.nlink()),
        i128::from(m.uid()),
        i128::from(m.gid()),
        i128::from(m.size()),
        i128::from(m.atime()),
        i128::from(m.mtime()),
        i128::from(m.ctime()),
        ns(m.atime(), m.atime_nsec()),
        ns(m.mtime(), m.mtime_nsec()),
        ns(m.ctime(), m.ctime_nsec()),
        i128::from(m.blksize()),
        i128::from(m.blocks()),
        i128::from(m.rdev()),
    ];
    for n in all {
        let n = int::from_i128(vm, n)?;
        list::push(vm, out, n)?;
    }
    list::to_tuple(vm, out)
}

/// `stat(path, name, follow)`
pub fn stat(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    let follow = truth::is_true(vm, a[2])?;
    let found = match follow {
        true => fs::metadata(&p),
        false => fs::symlink_metadata(&p),
    };
    match found {
        Ok(m) => numbers(vm, &m),
        Err(e) => Err(failed(vm, e, Some(a[1]))),
    }
}
pub fn getcwd(vm: &mut Vm) -> R {
    allowed(vm, None)?;
    match std::env::current_dir() {
        Ok(p) => vm.new_bytes(p.as_os_str().as_bytes()),
        Err(e) => Err(failed(vm, e, None)),
    }
}
pub fn chdir(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    on_path(vm, a, |p| std::env::set_current_dir(p))
}
/// `entries(path, name)`: a tuple of name, kind (0 unknown, 1 file, 2 directory, 3 link, 4 another) and
/// inode for each.
pub fn entries(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    let out = vm.new_list(&[])?;
    let found = match fs::read_dir(&p) {
        Ok(r) => r,
        Err(e) => return Err(failed(vm, e, Some(a[1]))),
    };
    for entry in found {
        vm.poll()?;
        let entry = match entry {
            Ok(e) => e,
            Err(e) => return Err(failed(vm, e, Some(a[1]))),
        };
        let kind = match entry.file_type() {
            Ok(t) if t.is_file() => 1,
            Ok(t) if t.is_dir() => 2,
            Ok(t) if t.is_symlink() => 3,
            Ok(_) => 4,
            Err(_) => 0,
        };
        let name = vm.new_bytes(entry.file_name().as_bytes())?;
        let inode = int::from_u64(vm, entry.ino())?;
        let row = vm.new_tuple(&[name, Value::int_unchecked(kind), inode])?;
        list::push(vm, out, row)?;
    }
    Ok(out.value())
}

/// `f(path, name)`
pub fn on_path(vm: &mut Vm, a: Args<'_>, f: fn(&Path) -> io::Result<()>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    match f(&p) {
        Ok(()) => Ok(Value::NONE),
        Err(e) => Err(failed(vm, e, Some(a[1]))),
    }
}
/// A file, not a directory.
pub fn unlink(p: &Path) -> io::Result<()> {
    fs::remove_file(p)
}
/// `f(path, name, path2, name2)`
pub fn on_paths(vm: &mut Vm, a: Args<'_>, f: fn(&Path, &Path) -> io::Result<()>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    let q = path(vm, a[2])?;
    let Err(e) = f(&p, &q) else {
        return Ok(Value::NONE);
    };
    // Both names are told.
    let r = failed(vm, e, Some(a[1]));
    let e = vm.catch(r, ClassId::OSError)?;
    let number = crate::types::exception::ops::field(vm, e, "errno");
    let text = crate::types::exception::ops::field(vm, e, "strerror");
    let class = vm.class_of(e);
    let none = Value::NONE;
    let parts = [
        number.unwrap_or(none),
        text.unwrap_or(none),
        a[1],
        none,
        a[3],
    ];
    Err(vm.raise_args(class, &parts))
}
pub fn mkdir(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    let mode = as_c_int(vm, a[2])?;
    match fs::DirBuilder::new().mode(mode as u32).create(&p) {
        Ok(()) => Ok(Value::NONE),
        Err(e) => Err(failed(vm, e, Some(a[1]))),
    }
}
pub fn readlink(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    match fs::read_link(&p) {
        Ok(t) => vm.new_bytes(&t.into_os_string().into_vec()),
        Err(e) => Err(failed(vm, e, Some(a[1]))),
    }
}
pub fn chmod(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    let mode = as_c_int(vm, a[2])?;
    match fs::set_permissions(&p, Permissions::from_mode(mode as u32)) {
        Ok(()) => Ok(Value::NONE),
        Err(e) => Err(failed(vm, e, Some(a[1]))),
    }
}
/// A time given in nanoseconds since 1970.
fn time(vm: &mut Vm, v: Value) -> Result<SystemTime, Raised> {
    let ns = as_ssize(vm, v)?;
    let d = Duration::from_nanos(ns.unsigned_abs());
    Ok(match ns < 0 {
        true => SystemTime::UNIX_EPOCH - d,
        false => SystemTime::UNIX_EPOCH + d,
    })
}
/// `utime(path, name, accessed, modified)`
pub fn utime(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    let times = fs::FileTimes::new()
        .set_accessed(time(vm, a[2])?)
        .set_modified(time(vm, a[3])?);
    match fs::File::open(&p).and_then(|f| f.set_times(times)) {
        Ok(()) => Ok(Value::NONE),
        Err(e) => Err(failed(vm, e, Some(a[1]))),
    }
}
pub fn truncate(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, Some(a[1]))?;
    let p = path(vm, a[0])?;
    let n = as_ssize(vm, a[2])?;
    let cut = match u64::try_from(n) {
        Ok(n) => OpenOptions::new()
            .write(true)
            .open(&p)
            .and_then(|f| f.set_len(n)),
        Err(_) => Err(io::Error::from_raw_os_error(libc::EINVAL)),
    };
    match cut {
        Ok(()) => Ok(Value::NONE),
        Err(e) => Err(failed(vm, e, Some(a[1]))),
    }
}
pub fn access(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    allowed(vm, None)?;
    let p = path(vm, a[0])?;
    let mode = as_c_int(vm, a[1])?;
    let flags = nix::unistd::AccessFlags::from_bits_truncate(mode);
    Ok(Value::bool(nix::unistd::access(&p, flags).is_ok()))
}
pub fn umask(vm: &mut Vm, _: Value, mask: Value) -> R {
    allowed(vm, None)?;
    let mask = as_c_int(vm, mask)?;
    let mode = nix::sys::stat::Mode::from_bits_truncate(mask as u32);
    let old = nix::sys::stat::umask(mode);
    vm.new_int(i64::from(old.bits()))
}
/// The bytes of an argument, for `descriptors`.
pub fn data(vm: &mut Vm, v: Value) -> Result<Vec<u8>, Raised> {
    bytes(vm, v)
}
