"""The functions on paths that are the same on all systems."""

import stat

__all__ = ["commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdir",
           "isfile", "samefile", "sameopenfile", "samestat"]


def exists(path):
    """Whether there is something of this name (a broken link is nothing)."""
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def isfile(path):
    """Whether it is a file, or a link to one."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(found.st_mode)


def isdir(s):
    """Whether it is a directory, or a link to one."""
    try:
        found = os.stat(s)
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(found.st_mode)


def getsize(filename):
    """The size in bytes."""
    return os.stat(filename).st_size


def getmtime(filename):
    """When the file was last changed."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """When the file was last read."""
    return os.stat(filename).st_atime


def getctime(filename):
    """When what is known of the file was last changed."""
    return os.stat(filename).st_ctime


def commonprefix(m):
    """The longest string that all begin with, letter by letter."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    # What the least and the greatest share all others share.
    least = min(m)
    greatest = max(m)
    for i, c in enumerate(least):
        if c != greatest[i]:
            return least[:i]
    return least


def samestat(s1, s2):
    """Whether two results of `os.stat` are of one file."""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Whether two names are of one file."""
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    """Whether two descriptors are of one file."""
    return samestat(os.fstat(fp1), os.fstat(fp2))


def _splitext(p, sep, altsep, extsep):
    """A path without its extension, and the extension. Dots at the start of a name begin none."""
    start = p.rfind(sep)
    if altsep:
        start = max(start, p.rfind(altsep))
    start += 1
    dot = p.rfind(extsep, start)
    if dot > start:
        while start < dot and p[start:start + 1] == extsep:
            start += 1
        if start < dot:
            return p[:dot], p[dot:]
    return p, p[:0]


def _check_arg_types(funcname, *args):
    """Say what is wrong with parts that could not be put together."""
    text = data = False
    for s in args:
        if isinstance(s, str):
            text = True
        elif isinstance(s, bytes):
            data = True
        else:
            raise TypeError(f"{funcname}() argument must be str, bytes, or os.PathLike object, "
                            f"not {s.__class__.__name__!r}") from None
    if text and data:
        raise TypeError("Can't mix strings and bytes in path components") from None


# Which imports this module.
import os
