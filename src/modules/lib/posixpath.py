"""Paths of Posix systems: `os.path`."""

__all__ = ["normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname",
           "commonprefix", "getsize", "getmtime", "getatime", "getctime", "islink", "exists",
           "lexists", "isdir", "isfile", "ismount", "expanduser", "expandvars", "normpath",
           "abspath", "samefile", "sameopenfile", "samestat", "curdir", "pardir", "sep",
           "pathsep", "defpath", "altsep", "extsep", "devnull", "realpath",
           "supports_unicode_filenames", "relpath", "commonpath"]

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"

# These import this module too, and need the names above.
import genericpath
import os
import stat
import sys
from genericpath import (commonprefix, exists, getatime, getctime, getmtime, getsize, isdir,
                         isfile, samefile, sameopenfile, samestat)

supports_unicode_filenames = sys.platform == "darwin"


def _get_sep(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    """The name itself: case counts."""
    return os.fspath(s)


def isabs(s):
    """Whether a path begins at the root."""
    s = os.fspath(s)
    return s.startswith(_get_sep(s))


def join(a, *p):
    """Put parts together; one that begins at the root drops what is before it."""
    a = os.fspath(a)
    slash = _get_sep(a)
    path = a
    try:
        if not p:
            path[:0] + slash
        for b in map(os.fspath, p):
            if b.startswith(slash):
                path = b
            elif not path or path.endswith(slash):
                path += b
            else:
                path += slash + b
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types("join", a, *p)
        raise
    return path


def split(p):
    """What is before the last slash, and what is after it."""
    p = os.fspath(p)
    slash = _get_sep(p)
    i = p.rfind(slash) + 1
    head = p[:i]
    # Slashes at the end go, but for a root's.
    return head.rstrip(slash) or head, p[i:]


def splitext(p):
    """A path without its extension, and the extension."""
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b"/", None, b".")
    return genericpath._splitext(p, sep, None, extsep)


def splitdrive(p):
    """No drive, and the path."""
    p = os.fspath(p)
    return p[:0], p


def basename(p):
    """What is after the last slash."""
    p = os.fspath(p)
    return p[p.rfind(_get_sep(p)) + 1:]


def dirname(p):
    """What is before the last slash."""
    return split(p)[0]


def islink(path):
    """Whether it is a symbolic link."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISLNK(found.st_mode)


def lexists(path):
    """Whether there is something of this name, a broken link too."""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def ismount(path):
    """Whether another file system begins here."""
    try:
        here = os.lstat(path)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(here.st_mode):
        return False
    up = realpath(join(path, b".." if isinstance(path, bytes) else ".."))
    try:
        above = os.lstat(up)
    except (OSError, ValueError):
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def expanduser(path):
    """Put the home directory in the place of `~` or `~user` at the start."""
    path = os.fspath(path)
    data = isinstance(path, bytes)
    if not path.startswith(b"~" if data else "~"):
        return path
    slash = _get_sep(path)
    end = path.find(slash, 1)
    if end < 0:
        end = len(path)
    if end == 1 and "HOME" in os.environ:
        home = os.environ["HOME"]
    else:
        try:
            import pwd
        except ImportError:
            return path
        try:
            if end == 1:
                home = pwd.getpwuid(os.getuid()).pw_dir
            else:
                name = path[1:end]
                home = pwd.getpwnam(os.fsdecode(name) if data else name).pw_dir
        except KeyError:
            return path
    if data:
        home = os.fsencode(home)
    return home.rstrip(slash) + path[end:] or slash


_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def _variable(path, i):
    """The next variable in a path from i on: where it begins and ends, and its name."""
    n = len(path)
    while True:
        i = path.find("$", i)
        if i < 0:
            return None
        start = i + 1
        if path.startswith("{", start):
            end = path.find("}", start)
            if end >= 0:
                return i, end + 1, path[start + 1:end]
        else:
            end = start
            while end < n and path[end] in _WORD:
                end += 1
            if end > start:
                return i, end, path[start:end]
        i = start


def expandvars(path):
    """Put the values of environment variables in the place of `$name` and `${name}`."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        if b"$" not in path:
            return path
        # Bytes as characters, one for one.
        text = path.decode("latin-1")
        environ = getattr(os, "environb", None)

        def value_of(name):
            name = name.encode("latin-1")
            if environ is None:
                value = os.fsencode(os.environ[os.fsdecode(name)])
            else:
                value = environ[name]
            return value.decode("latin-1")
        return _expand(text, value_of).encode("latin-1")
    if "$" not in path:
        return path
    return _expand(path, lambda name: os.environ[name])


def _expand(path, value_of):
    i = 0
    while True:
        found = _variable(path, i)
        if found is None:
            return path
        start, end, name = found
        try:
            value = value_of(name)
        except KeyError:
            i = end
        else:
            path = path[:start] + value + path[end:]
            i = start + len(value)


def normpath(path):
    """A path without doubled slashes, `.` and `..`; links are not looked at."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        slash, dot, dots, none = b"/", b".", b"..", b""
    else:
        slash, dot, dots, none = "/", ".", "..", ""
    if path == none:
        return dot
    # Posix keeps two slashes at the start apart from one; three are as one.
    root = path[:0]
    if path.startswith(slash):
        root = slash
        if path.startswith(slash * 2) and not path.startswith(slash * 3):
            root = slash * 2
    parts = []
    for part in path.split(slash):
        if part == none or part == dot:
            continue
        if part != dots or not root and not parts or parts and parts[-1] == dots:
            parts.append(part)
        elif parts:
            parts.pop()
    return root + slash.join(parts) or dot


def abspath(path):
    """A path from the root."""
    path = os.fspath(path)
    if not isabs(path):
        here = os.getcwdb() if isinstance(path, bytes) else os.getcwd()
        path = join(here, path)
    return normpath(path)


def realpath(filename):
    """A path from the root without any symbolic link."""
    filename = os.fspath(filename)
    path, _ = _joinrealpath(filename[:0], filename, {})
    return abspath(path)


def _joinrealpath(path, rest, seen):
    """Go on from a path without links by what is left of one, link by link. `seen` has where the links
    lead (None while that is being found out). The second result is False after a loop."""
    if isinstance(path, bytes):
        slash, dot, dots = b"/", b".", b".."
    else:
        slash, dot, dots = "/", ".", ".."
    if rest.startswith(slash):
        path = slash
        rest = rest[1:]
    while rest:
        name, _, rest = rest.partition(slash)
        if not name or name == dot:
            continue
        if name == dots:
            if not path:
                path = dots
            else:
                path, last = split(path)
                if last == dots:
                    path = join(path, dots, dots)
            continue
        there = join(path, name)
        if not islink(there):
            path = there
        elif there in seen:
            path = seen[there]
            if path is None:
                return join(there, rest), False
        else:
            seen[there] = None
            path, whole = _joinrealpath(path, os.readlink(there), seen)
            if not whole:
                return join(path, rest), False
            seen[there] = path
    return path, True


def relpath(path, start=None):
    """A path as seen from another (the current directory)."""
    if not path:
        raise ValueError("no path specified")
    path = os.fspath(path)
    if isinstance(path, bytes):
        slash, dot, dots = b"/", b".", b".."
    else:
        slash, dot, dots = "/", ".", ".."
    start = dot if start is None else os.fspath(start)
    try:
        there = [part for part in abspath(path).split(slash) if part]
        here = [part for part in abspath(start).split(slash) if part]
        same = 0
        for a, b in zip(there, here):
            if a != b:
                break
            same += 1
        parts = [dots] * (len(here) - same) + there[same:]
        return join(*parts) if parts else dot
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types("relpath", path, start)
        raise


def commonpath(paths):
    """The longest path that all begin with, part by part."""
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(os.fspath, paths))
    if isinstance(paths[0], bytes):
        slash, dot = b"/", b"."
    else:
        slash, dot = "/", "."
    try:
        split = [path.split(slash) for path in paths]
        if len({path[:1] == slash for path in paths}) > 1:
            raise ValueError("Can't mix absolute and relative paths")
        split = [[part for part in parts if part and part != dot] for parts in split]
        least = min(split)
        greatest = max(split)
        n = 0
        for a, b in zip(least, greatest):
            if a != b:
                break
            n += 1
        return (slash if paths[0].startswith(slash) else slash[:0]) + slash.join(least[:n])
    except (TypeError, AttributeError):
        genericpath._check_arg_types("commonpath", *paths)
        raise
