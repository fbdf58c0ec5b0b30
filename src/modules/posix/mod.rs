//! `_posix`: the system under `posix`, which is written in Python and has the classes. Paths come as
//! bytes, with the object that errors name behind them. What reaches the system asks for its
//! capability (`vm::host`). `files` is paths, `descriptors` open files.

mod descriptors;
mod files;

use crate::object::method::R;
use crate::object::{Args, Conv, MethodDef, Value};
use crate::protocol::item::{as_c_int, as_ssize};
use crate::protocol::number;
use crate::raise;
use crate::types::bytes::buffer;
use crate::types::dict::ops as dict;
use crate::types::int::big::room_bytes;
use crate::types::module;
use crate::types::stream;
use crate::vm::{Capability, Raised, Vm};
use nix::unistd;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc },)*]
    };
}

/// Rows.
pub const FUNCTIONS: &[MethodDef] = rows! {
    "environ" Conv::NoArgs(|vm, _| environ(vm)), "The environment as a dict of bytes.";
    "putenv" Conv::Pos(2, 2, |vm, _, a| putenv(vm, a[0], Some(a[1]))), "Set a variable for programs that are started.";
    "unsetenv" Conv::One(|vm, _, k| putenv(vm, k, None)), "Remove a variable for programs that are started.";
    "stat" Conv::Pos(3, 3, files::stat), "What the system knows of a path, following links or not.";
    "getcwd" Conv::NoArgs(|vm, _| files::getcwd(vm)), "The current directory.";
    "chdir" Conv::Pos(2, 2, files::chdir), "Change the current directory.";
    "entries" Conv::Pos(2, 2, files::entries), "Names, kinds and inodes in a directory.";
    "mkdir" Conv::Pos(3, 3, files::mkdir), "Make a directory.";
    "rmdir" Conv::Pos(2, 2, |vm, _, a| files::on_path(vm, a, |p| std::fs::remove_dir(p))), "Remove a directory.";
    "unlink" Conv::Pos(2, 2, |vm, _, a| files::on_path(vm, a, files::unlink)), "Remove a file.";
    "rename" Conv::Pos(4, 4, |vm, _, a| files::on_paths(vm, a, |p, q| std::fs::rename(p, q))), "Rename a file.";
    "symlink" Conv::Pos(4, 4, |vm, _, a| files::on_paths(vm, a, |p, q| std::os::unix::fs::symlink(p, q))), "Make a symbolic link.";
    "link" Conv::Pos(4, 4, |vm, _, a| files::on_paths(vm, a, |p, q| std::fs::hard_link(p, q))), "Make another name.";
    "readlink" Conv::Pos(2, 2, files::readlink), "Where a symbolic link leads.";
    "chmod" Conv::Pos(3, 3, files::chmod), "Change what may be done with a file.";
    "utime" Conv::Pos(4, 4, files::utime), "Set the times of a file, in nanoseconds.";
    "truncate" Conv::Pos(3, 3, files::truncate), "Cut a file to a length.";
    "access" Conv::Pos(2, 2, files::access), "Whether something may be done with a file.";
    "umask" Conv::One(files::umask), "Set the mask of new files, return the one before.";
    "open" Conv::Pos(4, 4, descriptors::open), "Open a file, return a descriptor.";
    "read" Conv::Pos(2, 2, descriptors::read), "Read bytes.";
    "write" Conv::Pos(2, 2, descriptors::write), "Write bytes, return how many.";
    "close" Conv::One(descriptors::close), "Close a descriptor.";
    "lseek" Conv::Pos(3, 3, descriptors::lseek), "Set the position, return it.";
    "pipe" Conv::NoArgs(descriptors::pipe), "Make a pipe.";
    "dup" Conv::One(descriptors::dup), "Another descriptor for the same file.";
    "fsync" Conv::One(descriptors::fsync), "Make sure that everything is on the disk.";
    "ftruncate" Conv::Pos(2, 2, descriptors::ftruncate), "Cut an open file to a length.";
    "isatty" Conv::One(descriptors::isatty), "Whether it is a terminal.";
    "fstat" Conv::One(descriptors::fstat), "What the system knows of an open file.";
    "getpid" Conv::NoArgs(|vm, _| number_of(vm, || i64::from(std::process::id()))), "The number of this process.";
    "getppid" Conv::NoArgs(|vm, _| number_of(vm, || i64::from(std::os::unix::process::parent_id()))), "The number of its parent.";
    "getuid" Conv::NoArgs(|vm, _| number_of(vm, || i64::from(unistd::getuid().as_raw()))), "The user.";
    "geteuid" Conv::NoArgs(|vm, _| number_of(vm, || i64::from(unistd::geteuid().as_raw()))), "The user whose rights count.";
    "getgid" Conv::NoArgs(|vm, _| number_of(vm, || i64::from(unistd::getgid().as_raw()))), "The group.";
    "getegid" Conv::NoArgs(|vm, _| number_of(vm, || i64::from(unistd::getegid().as_raw()))), "The group whose rights count.";
    "uname" Conv::NoArgs(uname), "The names of the system.";
    "cpu_count" Conv::NoArgs(cpu_count), "The number of processors.";
    "urandom" Conv::One(urandom), "Random bytes of the system.";
    "strerror" Conv::One(strerror), "The text of an error number.";
    "getloadavg" Conv::NoArgs(getloadavg), "How busy the machine was.";
    "system" Conv::One(system), "Run a command in a shell, return its status.";
    "kill" Conv::Pos(2, 2, kill), "Send a signal to a process.";
    "_exit" Conv::One(exit), "End the process at once.";
};

/// Binds the numbers.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    let all = [
        ("F_OK", 0),
        ("X_OK", 1),
        ("W_OK", 2),
        ("R_OK", 4),
        ("O_RDONLY", libc::O_RDONLY),
        ("O_WRONLY", libc::O_WRONLY),
        ("O_RDWR", libc::O_RDWR),
        ("O_CREAT", libc::O_CREAT),
        ("O_EXCL", libc::O_EXCL),
        ("O_TRUNC", libc::O_TRUNC),
        ("O_APPEND", libc::O_APPEND),
        ("O_CLOEXEC", libc::O_CLOEXEC),
        ("O_NONBLOCK", libc::O_NONBLOCK),
        ("O_DIRECTORY", libc::O_DIRECTORY),
        ("O_NOFOLLOW", libc::O_NOFOLLOW),
    ];
    for (name, n) in all {
        dict::set_name(vm, d, name, Value::int_unchecked(i64::from(n)))?;
    }
    Ok(())
}

/// Whether the engine may reach files.
fn allowed(vm: &mut Vm, name: Option<Value>) -> Result<(), Raised> {
    vm.require(Capability::Files, name)
}
/// An error of the system, about a file if one is named.
fn failed(vm: &mut Vm, e: std::io::Error, name: Option<Value>) -> Raised {
    stream::os_error(vm, e, name)
}
/// The bytes of an argument.
fn bytes(vm: &mut Vm, v: Value) -> Result<Vec<u8>, Raised> {
    let b = buffer::required(vm, v)?;
    let n = b.get(vm).len;
    room_bytes(vm, n)?;
    Ok(b.get(vm).as_bytes().to_vec())
}
/// A path.
fn path(vm: &mut Vm, v: Value) -> Result<PathBuf, Raised> {
    let b = bytes(vm, v)?;
    if b.contains(&0) {
        return Err(raise!(vm, ValueError, "embedded null byte"));
    }
    Ok(PathBuf::from(OsString::from_vec(b)))
}

fn environ(vm: &mut Vm) -> R {
    let d = vm.new_dict()?;
    if vm.config.grants.has(Capability::Environment) {
        for (k, v) in vm.host.environment() {
            let k = vm.new_bytes(k.as_bytes())?;
            let v = vm.new_bytes(v.as_bytes())?;
            dict::set(vm, d, k, v)?;
        }
    }
    Ok(d.value())
}
/// The process's own environment stays as it is (other threads may look at it): what a program changes
/// goes to the programs that it starts.
fn putenv(vm: &mut Vm, k: Value, v: Option<Value>) -> R {
    vm.require(Capability::Environment, None)?;
    let k = OsString::from_vec(bytes(vm, k)?);
    let v = match v {
        Some(v) => Some(OsString::from_vec(bytes(vm, v)?)),
        None => None,
    };
    let null = |s: &OsString| s.as_bytes().contains(&0);
    if null(&k) || v.as_ref().is_some_and(null) {
        return Err(raise!(vm, ValueError, "embedded null byte"));
    }
    if k.is_empty() || k.as_bytes().contains(&b'=') {
        return Err(raise!(vm, ValueError, "illegal environment variable name"));
    }
    vm.system.env.retain(|(name, _)| *name != k);
    vm.system.env.push((k, v));
    Ok(Value::NONE)
}

fn uname(vm: &mut Vm, _: Value) -> R {
    allowed(vm, None)?;
    let u = match nix::sys::utsname::uname() {
        Ok(u) => u,
        Err(e) => return Err(failed(vm, e.into(), None)),
    };
    let l = vm.new_list(&[])?;
    for s in [
        u.sysname(),
        u.nodename(),
        u.release(),
        u.version(),
        u.machine(),
    ] {
        let s = vm.new_str(&s.to_string_lossy())?;
        crate::types::list::ops::push(vm, l, s)?;
    }
    crate::types::list::ops::to_tuple(vm, l)
}
/// A number of the process.
fn number_of(vm: &mut Vm, n: impl FnOnce() -> i64) -> R {
    vm.require(Capability::Processes, None)?;
    vm.new_int(n())
}
fn cpu_count(vm: &mut Vm, _: Value) -> R {
    if !vm.config.grants.has(Capability::Processes) {
        return Ok(Value::NONE);
    }
    match std::thread::available_parallelism() {
        Ok(n) => vm.new_int(n.get() as i64),
        Err(_) => Ok(Value::NONE),
    }
}
fn urandom(vm: &mut Vm, _: Value, n: Value) -> R {
    vm.require(Capability::Random, None)?;
    let n = as_ssize(vm, n)?;
    let Ok(n) = usize::try_from(n) else {
        return Err(raise!(vm, ValueError, "negative argument not allowed"));
    };
    room_bytes(vm, n)?;
    let mut out = vec![0; n];
    match vm.host.fill(&mut out) {
        Ok(()) => vm.new_bytes(&out),
        Err(e) => Err(failed(vm, e, None)),
    }
}
fn strerror(vm: &mut Vm, _: Value, n: Value) -> R {
    let n = as_c_int(vm, n)?;
    let text = std::io::Error::from_raw_os_error(n).to_string();
    let end = text.rfind(" (os error").unwrap_or(text.len());
    vm.new_str(&text[..end])
}
fn getloadavg(vm: &mut Vm, _: Value) -> R {
    vm.require(Capability::Processes, None)?;
    let text = match std::fs::read_to_string("/proc/loadavg") {
        Ok(t) => t,
        Err(e) => return Err(failed(vm, e, None)),
    };
    let mut all = text.split(' ').map_while(|s| s.parse::<f64>().ok());
    let mut next = || Value::float(all.next().unwrap_or(0.0));
    let three = [next(), next(), next()];
    vm.new_tuple(&three)
}
fn system(vm: &mut Vm, _: Value, command: Value) -> R {
    vm.require(Capability::Processes, None)?;
    let command = OsString::from_vec(bytes(vm, command)?);
    stream::flush(vm, stream::Stream::Out)?;
    let mut c = std::process::Command::new("/bin/sh");
    c.arg("-c").arg(command);
    for (k, v) in &vm.system.env {
        match v {
            Some(v) => c.env(k, v),
            None => c.env_remove(k),
        };
    }
    match c.status() {
        Ok(s) => vm.new_int(i64::from(std::os::unix::process::ExitStatusExt::into_raw(
            s,
        ))),
        Err(e) => Err(failed(vm, e, None)),
    }
}
fn kill(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    vm.require(Capability::Processes, None)?;
    let pid = as_c_int(vm, a[0])?;
    let sig = as_c_int(vm, a[1])?;
    let sig = match sig {
        0 => Ok(None),
        n => nix::sys::signal::Signal::try_from(n).map(Some),
    };
    match sig.and_then(|s| nix::sys::signal::kill(unistd::Pid::from_raw(pid), s)) {
        Ok(()) => Ok(Value::NONE),
        Err(e) => Err(failed(vm, e.into(), None)),
    }
}
fn exit(vm: &mut Vm, _: Value, n: Value) -> R {
    vm.require(Capability::Processes, None)?;
    let n = number::index(vm, n)?;
    let n = as_c_int(vm, n)?;
    std::process::exit(n)
}
