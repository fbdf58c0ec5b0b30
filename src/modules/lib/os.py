"""The operating system: what `posix` has, the environment, walks through directories."""

import abc
import sys
import stat as st
from _collections_abc import MutableMapping, _check_methods
try:
    from posix import *
    import posix as _posix
except ImportError:
    # An engine without a system: paths as text remain.
    _posix = type(sys)("posix")
    _posix.environ = {}

__all__ = ["altsep", "curdir", "pardir", "sep", "pathsep", "linesep", "defpath", "name", "path",
           "devnull", "SEEK_SET", "SEEK_CUR", "SEEK_END", "fsencode", "fsdecode",
           "get_exec_path", "fdopen", "extsep"]


def _get_exports_list(module):
    """The public names of a module."""
    names = getattr(module, "__all__", None)
    return [n for n in dir(module) if not n.startswith("_")] if names is None else list(names)


__all__.extend([n for n in _get_exports_list(_posix) if n != "environ"])
__all__.append("environ")
if hasattr(_posix, "_exit"):
    _exit = _posix._exit
    __all__.append("_exit")

name = "posix"
linesep = "\n"
error = OSError
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
P_WAIT, P_NOWAIT = 0, 1
P_NOWAITO = P_NOWAIT

import posixpath as path
sys.modules["os.path"] = path
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

# What takes a descriptor of a directory, a descriptor in the place of a path, and so on: told by
# the names of the C functions that the engine was built with.
_have = getattr(_posix, "_have_functions", ())


def _which(*rows):
    functions = globals()
    return {functions[n] for have, names in rows if have in _have
            for n in names.split() if n in functions}


supports_dir_fd = _which(
    ("HAVE_FACCESSAT", "access"), ("HAVE_FCHMODAT", "chmod"), ("HAVE_FCHOWNAT", "chown"),
    ("HAVE_FSTATAT", "stat"), ("HAVE_FUTIMESAT", "utime"), ("HAVE_LINKAT", "link"),
    ("HAVE_MKDIRAT", "mkdir"), ("HAVE_MKFIFOAT", "mkfifo"), ("HAVE_MKNODAT", "mknod"),
    ("HAVE_OPENAT", "open"), ("HAVE_READLINKAT", "readlink"), ("HAVE_RENAMEAT", "rename"),
    ("HAVE_SYMLINKAT", "symlink"), ("HAVE_UNLINKAT", "unlink rmdir"), ("HAVE_UTIMENSAT", "utime"))
supports_effective_ids = _which(("HAVE_FACCESSAT", "access"))
supports_fd = _which(
    ("HAVE_FCHDIR", "chdir"), ("HAVE_FCHMOD", "chmod"), ("HAVE_FCHOWN", "chown"),
    ("HAVE_FDOPENDIR", "listdir scandir"), ("HAVE_FEXECVE", "execve"), ("HAVE_FTRUNCATE", "truncate"),
    ("HAVE_FUTIMENS", "utime"), ("HAVE_FUTIMES", "utime"), ("HAVE_FPATHCONF", "pathconf"),
    ("HAVE_FSTATVFS", "statvfs"))
if "stat" in globals():
    supports_fd.add(stat)
supports_follow_symlinks = _which(
    ("HAVE_FACCESSAT", "access"), ("HAVE_FCHOWNAT", "chown"), ("HAVE_FSTATAT", "stat"),
    ("HAVE_LINKAT", "link"), ("HAVE_LUTIMES", "utime"), ("HAVE_UTIMENSAT", "utime"))
if "HAVE_LSTAT" in _have and "stat" in globals():
    supports_follow_symlinks.add(stat)
del _have, _which


# Names of files

class PathLike(abc.ABC):
    """What stands for a path in a file system."""

    @abc.abstractmethod
    def __fspath__(self):
        """The path as str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return _check_methods(subclass, "__fspath__")
        return NotImplemented


if "fspath" not in globals():
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
            raise TypeError("expected str, bytes or os.PathLike object, not "
                            + kind.__name__) from None
        if isinstance(found, (str, bytes)):
            return found
        raise TypeError(f"expected {kind.__name__}.__fspath__() to return str or bytes, not "
                        f"{type(found).__name__}")
    __all__.append("fspath")


def fsencode(filename):
    """A name of a file as bytes."""
    filename = fspath(filename)
    if isinstance(filename, str):
        return filename.encode(sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
    return filename


def fsdecode(filename):
    """A name of a file as str."""
    filename = fspath(filename)
    if isinstance(filename, bytes):
        return filename.decode(sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
    return filename


# The environment

class _Environ(MutableMapping):
    """The environment; what is set here reaches the system too."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue, putenv, unsetenv):
        self.encodekey = encodekey
        self.decodekey = decodekey
        self.encodevalue = encodevalue
        self.decodevalue = decodevalue
        self.putenv = putenv
        self.unsetenv = unsetenv
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        self.putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        self.unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        decode = self.decodekey, self.decodevalue
        items = [f"{decode[0](k)!r}: {decode[1](v)!r}" for k, v in self._data.items()]
        return "environ({%s})" % ", ".join(items)

    def copy(self):
        """A dict of the variables."""
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]


def _encode(value):
    if not isinstance(value, str):
        raise TypeError("str expected, not %s" % type(value).__name__)
    return value.encode(sys.getfilesystemencoding(), "surrogateescape")


def _decode(value):
    return value.decode(sys.getfilesystemencoding(), "surrogateescape")


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError("bytes expected, not %s" % type(value).__name__)
    return value


def _nothing(*args):
    pass


_putenv = getattr(_posix, "putenv", _nothing)
_unsetenv = getattr(_posix, "unsetenv", _nothing)
environ = _Environ(_posix.environ, _encode, _decode, _encode, _decode, _putenv, _unsetenv)
environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes, _putenv, _unsetenv)
supports_bytes_environ = True


def getenv(key, default=None):
    """A variable of the environment, or the default."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """A variable of the environment as bytes, or the default."""
    return environb.get(key, default)


def get_exec_path(env=None):
    """The directories in which programs are looked for."""
    if env is None:
        env = environ
    try:
        found = env.get("PATH")
    except TypeError:
        found = None
    # An environment of bytes.
    try:
        data = env[b"PATH"]
    except (KeyError, TypeError):
        pass
    else:
        if found is not None:
            raise ValueError("env cannot contain 'PATH' and b'PATH' keys")
        found = data
    if found is None:
        found = defpath
    return (fsdecode(found) if isinstance(found, bytes) else found).split(pathsep)


__all__.extend(("getenv", "supports_bytes_environ", "environb", "getenvb"))


# Directories

def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those above it that are not there."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            # Somebody else has made it meanwhile.
            pass
        if tail == (b"." if isinstance(tail, bytes) else curdir):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a directory, and those above it as long as they are empty."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename; makes the directories for the new name and removes those left empty."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


__all__.extend(["makedirs", "removedirs", "renames"])


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Go through a tree: for each directory its path, its directories and its other files. What is
    removed from the list of directories is not gone into (when it goes down)."""
    top = fspath(top)
    dirs = []
    others = []
    inside = []
    try:
        entries = scandir(top)
    except OSError as e:
        if onerror is not None:
            onerror(e)
        return
    with entries:
        while True:
            try:
                entry = next(entries, None)
            except OSError as e:
                if onerror is not None:
                    onerror(e)
                return
            if entry is None:
                break
            try:
                directory = entry.is_dir()
            except OSError:
                directory = False
            (dirs if directory else others).append(entry.name)
            if directory and not topdown:
                # Asked now: later it may be gone.
                try:
                    link = not followlinks and entry.is_symlink()
                except OSError:
                    link = False
                if not link:
                    inside.append(entry.path)
    if topdown:
        yield top, dirs, others
        for name in dirs:
            there = path.join(top, name)
            if followlinks or not path.islink(there):
                yield from walk(there, topdown, onerror, followlinks)
    else:
        for there in inside:
            yield from walk(there, topdown, onerror, followlinks)
        yield top, dirs, others


__all__.append("walk")

if {"open", "stat"} <= {f.__name__ for f in supports_dir_fd} and "scandir" in globals():

    def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
        """The same as `walk`, with a descriptor of the directory as fourth."""
        if not isinstance(top, int) or not hasattr(top, "__index__"):
            top = fspath(top)
        before = stat(top, follow_symlinks=False, dir_fd=dir_fd) if not follow_symlinks else None
        fd = open(top, O_RDONLY, dir_fd=dir_fd)
        try:
            if follow_symlinks or (st.S_ISDIR(before.st_mode)
                                   and path.samestat(before, stat(fd))):
                yield from _fwalk(fd, top, isinstance(top, bytes), topdown, onerror,
                                  follow_symlinks)
        finally:
            close(fd)

    def _fwalk(fd, top, data, topdown, onerror, follow_symlinks):
        dirs = []
        others = []
        found = []
        for entry in scandir(fd):
            name = fsencode(entry.name) if data else entry.name
            try:
                if entry.is_dir():
                    dirs.append(name)
                    if not topdown:
                        found.append(entry)
                else:
                    others.append(name)
            except OSError:
                try:
                    # A link to nothing.
                    if entry.is_symlink():
                        others.append(name)
                except OSError:
                    pass
        if topdown:
            yield top, dirs, others, fd
        for i, name in enumerate(dirs):
            try:
                before = None
                if not follow_symlinks:
                    before = (stat(name, dir_fd=fd, follow_symlinks=False) if topdown
                              else found[i].stat(follow_symlinks=False))
                below = open(name, O_RDONLY, dir_fd=fd)
            except OSError as e:
                if onerror is not None:
                    onerror(e)
                continue
            try:
                if follow_symlinks or path.samestat(before, stat(below)):
                    yield from _fwalk(below, path.join(top, name), data, topdown, onerror,
                                      follow_symlinks)
            finally:
                close(below)
        if not topdown:
            yield top, dirs, others, fd

    __all__.append("fwalk")


def fdopen(fd, *args, **kwargs):
    """A file object over a descriptor."""
    if not isinstance(fd, int):
        raise TypeError("invalid fd type (%s, expected integer)" % type(fd))
    import io
    return io.open(fd, *args, **kwargs)


# Other programs in the place of this one

if "execv" in globals():

    def execl(file, *args):
        """Run a program, with these arguments, in the place of this one."""
        execv(file, args)

    def execle(file, *args):
        """The same; the last argument is the environment."""
        execve(file, args[:-1], args[-1])

    def execlp(file, *args):
        """Run a program that is looked for in the place of this one."""
        execvp(file, args)

    def execlpe(file, *args):
        """The same; the last argument is the environment."""
        execvpe(file, args[:-1], args[-1])

    def execvp(file, args):
        """Run a program that is looked for, with a sequence of arguments."""
        _execvpe(file, args)

    def execvpe(file, args, env):
        """The same, with an environment."""
        _execvpe(file, args, env)

    def _execvpe(file, args, env=None):
        run, rest = (execve, (args, env)) if env is not None else (execv, (args,))
        if path.dirname(file):
            run(file, *rest)
            return
        saved = None
        folders = map(fsencode, get_exec_path(env))
        file = fsencode(file)
        for folder in folders:
            try:
                run(path.join(folder, file), *rest)
            except (FileNotFoundError, NotADirectoryError) as e:
                last = e
            except OSError as e:
                last = e
                if saved is None:
                    saved = e
        raise saved if saved is not None else last

    __all__.extend(["execl", "execle", "execlp", "execlpe", "execvp", "execvpe"])


def _exists(name):
    return name in globals()
