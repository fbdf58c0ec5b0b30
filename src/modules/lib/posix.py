"""The system: what `os` takes from it."""

import _posix
from _posix import (F_OK, O_APPEND, O_CLOEXEC, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK,
                    O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, R_OK, W_OK, X_OK, _exit, close, cpu_count,
                    dup, fsync, ftruncate, getegid, geteuid, getgid, getloadavg, getpid, getppid,
                    getuid, isatty, kill, lseek, pipe, putenv, read, strerror, umask, unsetenv,
                    urandom, write)

environ = _posix.environ()
error = OSError
_have_functions = ["HAVE_LSTAT", "HAVE_FTRUNCATE"]
_S_IFMT, _S_IFDIR, _S_IFREG, _S_IFLNK = 0o170000, 0o040000, 0o100000, 0o120000


def fspath(path):
    """The path itself if it is str or bytes, otherwise what its `__fspath__` gives."""
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    try:
        found = kind.__fspath__(path)
    except AttributeError:
        if hasattr(kind, "__fspath__"):
            raise
        raise TypeError("expected str, bytes or os.PathLike object, not " + kind.__name__) from None
    if isinstance(found, (str, bytes)):
        return found
    raise TypeError(f"expected {kind.__name__}.__fspath__() to return str or bytes, not "
                    f"{type(found).__name__}")


def _encoded(path, function, argument="path", more=""):
    """The path as bytes."""
    if not isinstance(path, (str, bytes)):
        try:
            path = fspath(path)
        except TypeError:
            if hasattr(type(path), "__fspath__"):
                raise
            raise TypeError(f"{function}: {argument} should be string, bytes{more} or os.PathLike, "
                            f"not {type(path).__name__}" if not more else
                            f"{function}: {argument} should be string, bytes, os.PathLike{more}, "
                            f"not {type(path).__name__}") from None
    if isinstance(path, str):
        path = path.encode("utf-8", "surrogateescape")
    if b"\0" in path:
        raise ValueError(f"{function}: embedded null character in {argument}")
    return path


def _decoded(data):
    return data.decode("utf-8", "surrogateescape")


def _only_here(function, **given):
    for name, value in given.items():
        if value is not None:
            raise NotImplementedError(f"{name} unavailable on this platform")


_NAMES = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size",
          "st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns",
          "st_blksize", "st_blocks", "st_rdev")


class stat_result(tuple):
    """What the system knows of a file: a tuple of ten, and more by name."""

    n_fields = 19
    n_sequence_fields = 10
    n_unnamed_fields = 3

    def __new__(cls, sequence, more=None):
        items = tuple(sequence)
        if not 10 <= len(items) <= 19:
            how = "at least" if len(items) < 10 else "at most"
            bound = 10 if len(items) < 10 else 19
            raise TypeError(f"os.stat_result() takes an {how} {bound}-sequence "
                            f"({len(items)}-sequence given)")
        self = tuple.__new__(cls, items[:10])
        d = dict(zip(("st_atime", "st_mtime", "st_ctime"), items[7:10]))
        d.update(zip(("st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns",
                      "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"), items[10:]))
        if more:
            d.update(more)
        self.__dict__.update(d)
        return self

    def __repr__(self):
        pairs = zip(_NAMES[:7] + ("st_atime", "st_mtime", "st_ctime"), self)
        return "os.stat_result(%s)" % ", ".join(f"{k}={v!r}" for k, v in pairs)

    def __reduce__(self):
        return stat_result, (tuple(self), dict(self.__dict__))


for _i, _name in enumerate(_NAMES[:7]):
    setattr(stat_result, _name, property(lambda self, i=_i: self[i]))
stat_result.__module__ = "os"


def _result(n):
    times = n[10:13]
    return stat_result(n[:10], {
        "st_atime": times[0] / 10 ** 9, "st_mtime": times[1] / 10 ** 9,
        "st_ctime": times[2] / 10 ** 9, "st_atime_ns": times[0], "st_mtime_ns": times[1],
        "st_ctime_ns": times[2], "st_blksize": n[13], "st_blocks": n[14], "st_rdev": n[15]})


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """What the system knows of a file."""
    _only_here("stat", dir_fd=dir_fd)
    if isinstance(path, int):
        return fstat(path)
    data = _encoded(path, "stat", more=" or integer")
    return _result(_posix.stat(data, path, follow_symlinks))


def lstat(path, *, dir_fd=None):
    """The same; a symbolic link is not followed."""
    _only_here("lstat", dir_fd=dir_fd)
    return _result(_posix.stat(_encoded(path, "lstat"), path, False))


def fstat(fd):
    """The same of an open file."""
    return _result(_posix.fstat(fd))


def getcwd():
    """The current directory."""
    return _decoded(_posix.getcwd())


def getcwdb():
    """The current directory as bytes."""
    return _posix.getcwd()


def chdir(path):
    """Change the current directory."""
    _posix.chdir(_encoded(path, "chdir", more=" or integer"), path)


def listdir(path=None):
    """The names in a directory, in no order; bytes for bytes."""
    if path is None:
        path = "."
    data = _encoded(path, "listdir", more=", integer or None")
    names = [row[0] for row in _posix.entries(data, path)]
    return names if isinstance(fspath(path), bytes) else [_decoded(n) for n in names]


class DirEntry:
    """A name in a directory, and what the system said of it at once."""

    __slots__ = ("name", "path", "_kind", "_inode", "_stat", "_lstat")

    def __init__(self):
        raise TypeError("cannot create 'posix.DirEntry' instances")

    def is_dir(self, *, follow_symlinks=True):
        """Whether it is a directory."""
        return self._is(2, _S_IFDIR, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        """Whether it is a regular file."""
        return self._is(1, _S_IFREG, follow_symlinks)

    def is_symlink(self):
        """Whether it is a symbolic link."""
        if self._kind:
            return self._kind == 3
        return self._is(3, _S_IFLNK, False)

    def _is(self, kind, bits, follow):
        if self._kind and not (follow and self._kind == 3):
            return self._kind == kind
        try:
            return self.stat(follow_symlinks=follow).st_mode & _S_IFMT == bits
        except FileNotFoundError:
            return False

    def stat(self, *, follow_symlinks=True):
        """What the system knows of it; asked once."""
        if follow_symlinks and self.is_symlink():
            if self._stat is None:
                self._stat = stat(self.path)
            return self._stat
        if self._lstat is None:
            self._lstat = lstat(self.path)
        return self._lstat

    def inode(self):
        """Its inode."""
        return self._inode

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


DirEntry.__module__ = "posix"


class ScandirIterator:
    """The entries of a directory."""

    def __init__(self, path):
        data = _encoded(path, "scandir", more=", integer or None")
        self._rows = _posix.entries(data, path)
        self._at = 0
        self._path = path = fspath(path)
        slash = b"/" if isinstance(path, bytes) else "/"
        self._prefix = path if path.endswith(slash) else path + slash

    def __iter__(self):
        return self

    def __next__(self):
        if self._rows is None or self._at >= len(self._rows):
            self._rows = None
            raise StopIteration
        name, kind, inode = self._rows[self._at]
        self._at += 1
        entry = object.__new__(DirEntry)
        entry.name = name if isinstance(self._path, bytes) else _decoded(name)
        entry.path = self._prefix + entry.name
        entry._kind, entry._inode = kind, inode
        entry._stat = entry._lstat = None
        return entry

    def close(self):
        """No entries come any more."""
        self._rows = None

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def scandir(path=None):
    """The entries of a directory, one by one."""
    return ScandirIterator("." if path is None else path)


def mkdir(path, mode=0o777, *, dir_fd=None):
    """Make a directory."""
    _only_here("mkdir", dir_fd=dir_fd)
    _posix.mkdir(_encoded(path, "mkdir"), path, mode)


def rmdir(path, *, dir_fd=None):
    """Remove an empty directory."""
    _only_here("rmdir", dir_fd=dir_fd)
    _posix.rmdir(_encoded(path, "rmdir"), path)


def remove(path, *, dir_fd=None):
    """Remove a file."""
    _only_here("remove", dir_fd=dir_fd)
    _posix.unlink(_encoded(path, "remove"), path)


def unlink(path, *, dir_fd=None):
    """Remove a file."""
    _only_here("unlink", dir_fd=dir_fd)
    _posix.unlink(_encoded(path, "unlink"), path)


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    """Rename a file or directory."""
    _only_here("rename", src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
    _posix.rename(_encoded(src, "rename", "src"), src, _encoded(dst, "rename", "dst"), dst)


def replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    """Rename a file or directory, in the place of another."""
    _only_here("replace", src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
    _posix.rename(_encoded(src, "replace", "src"), src, _encoded(dst, "replace", "dst"), dst)


def symlink(src, dst, target_is_directory=False, *, dir_fd=None):
    """Make a symbolic link dst that leads to src."""
    _only_here("symlink", dir_fd=dir_fd)
    _posix.symlink(_encoded(src, "symlink", "src"), src, _encoded(dst, "symlink", "dst"), dst)


def link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True):
    """Make another name dst for the file src."""
    _only_here("link", src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
    _posix.link(_encoded(src, "link", "src"), src, _encoded(dst, "link", "dst"), dst)


def readlink(path, *, dir_fd=None):
    """Where a symbolic link leads."""
    _only_here("readlink", dir_fd=dir_fd)
    found = _posix.readlink(_encoded(path, "readlink"), path)
    return found if isinstance(fspath(path), bytes) else _decoded(found)


def chmod(path, mode, *, dir_fd=None, follow_symlinks=True):
    """Change what may be done with a file."""
    _only_here("chmod", dir_fd=dir_fd)
    _posix.chmod(_encoded(path, "chmod", more=" or integer"), path, mode)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Set when a file was last read and changed; both now by default."""
    _only_here("utime", dir_fd=dir_fd)
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if times is not None:
        if not isinstance(times, tuple) or len(times) != 2:
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
        ns = tuple(t * 10 ** 9 if isinstance(t, int) else int(t * 10 ** 9) for t in times)
    elif ns is None:
        from time import time_ns
        ns = (time_ns(),) * 2
    elif not isinstance(ns, tuple) or len(ns) != 2:
        raise TypeError("utime: 'ns' must be a tuple of two ints")
    _posix.utime(_encoded(path, "utime", more=" or integer"), path, *ns)


def truncate(path, length):
    """Cut a file to a length."""
    if isinstance(path, int):
        return ftruncate(path, length)
    _posix.truncate(_encoded(path, "truncate", more=" or integer"), path, length)


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    """Whether something may be done with a file."""
    _only_here("access", dir_fd=dir_fd)
    return _posix.access(_encoded(path, "access"), mode)


def open(path, flags, mode=0o777, *, dir_fd=None):
    """Open a file, return a descriptor."""
    _only_here("open", dir_fd=dir_fd)
    return _posix.open(_encoded(path, "open"), path, flags, mode)


def getlogin():
    """The name of the user."""
    name = environ.get(b"LOGNAME") or environ.get(b"USER")
    if name is None:
        raise OSError(6, strerror(6))
    return _decoded(name)


class _Named(tuple):
    """A tuple whose items have names."""

    def __repr__(self):
        pairs = ", ".join(f"{k}={v!r}" for k, v in zip(self._fields, self))
        return f"{self.__module__}.{type(self).__name__}({pairs})"


def _named(name, module, fields):
    body = {f: property(lambda self, i=i: self[i]) for i, f in enumerate(fields)}
    body.update(_fields=fields, __module__=module)
    return type(name, (_Named,), body)


uname_result = _named("uname_result", "posix", ("sysname", "nodename", "release", "version", "machine"))
times_result = _named("times_result", "posix", ("user", "system", "children_user", "children_system",
                                                "elapsed"))
terminal_size = _named("terminal_size", "os", ("columns", "lines"))


def uname():
    """The names of the system."""
    return uname_result(_posix.uname())


def times():
    """Seconds that the process has worked, and since some time."""
    import time
    return times_result((time.process_time(), 0.0, 0.0, 0.0, time.monotonic()))


def get_terminal_size(fd=1):
    """Columns and lines of a terminal."""
    raise OSError(25, strerror(25))


def system(command):
    """Run a command in a shell, return its status."""
    return _posix.system(_encoded(command, "system", "command"))
