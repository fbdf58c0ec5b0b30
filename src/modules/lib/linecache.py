"""Lines of source files, kept once read: what tracebacks show."""

import sys

__all__ = ["getline", "clearcache", "checkcache"]

# By name: size, time of change, lines and path of a file; or, not yet asked for, a function alone
# that gives the text. A time of None says that the text came from a loader and does not age.
cache = {}


def getline(filename, lineno, module_globals=None):
    """A line with its end, or an empty string when there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def clearcache():
    """Forget all lines."""
    global cache
    cache = {}


def getlines(filename, module_globals=None):
    """All lines of a file; an empty list when there is none."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def _stat(path):
    """Size and time of change of a file; OSError when there is none."""
    try:
        from os import stat
    except ImportError:
        # An engine without `posix`: the size tells of most changes.
        with open(path, "rb") as f:
            return len(f.read()), 0.0
    found = stat(path)
    return found.st_size, found.st_mtime


def checkcache(filename=None):
    """Forget the lines of files that have changed."""
    if filename is None:
        names = list(cache)
    elif filename in cache:
        names = [filename]
    else:
        return
    for name in names:
        entry = cache[name]
        if len(entry) == 1:
            continue
        size, time, _, path = entry
        if time is None:
            continue
        try:
            now = _stat(path)
        except OSError:
            now = None
        if now != (size, time):
            cache.pop(name, None)


def _is_name_of_file(name):
    return name and not (name.startswith("<") and name.endswith(">"))


def updatecache(filename, module_globals=None):
    """Read the lines of a file anew."""
    if len(cache.get(filename, "")) > 1:
        del cache[filename]
    if not _is_name_of_file(filename):
        return []
    path = filename
    try:
        found = _stat(path)
    except OSError:
        if lazycache(filename, module_globals):
            try:
                text = cache[filename][0]()
            except (ImportError, OSError):
                pass
            else:
                if text is None:
                    return []
                lines = [line + "\n" for line in text.splitlines()]
                cache[filename] = len(text), None, lines, path
                return lines
        if filename.startswith("/"):
            return []
        from posixpath import join
        for folder in sys.path:
            try:
                path = join(folder, filename)
            except (TypeError, AttributeError):
                continue
            try:
                found = _stat(path)
                break
            except OSError:
                pass
        else:
            return []
    try:
        with open(path, "rb") as f:
            data = f.read()
    except OSError:
        return []
    lines = _decode(data, path)
    cache[filename] = (*found, lines, path)
    return lines


def _decode(data, path):
    """The lines of a source, in the encoding that it names (PEP 263)."""
    bom = data.startswith(b"\xef\xbb\xbf")
    if bom:
        data = data[3:]
    name = None
    for line in data[:4096].split(b"\n")[:2]:
        name = _cookie(line, path)
        if name is not None or line.strip(b" \t\f\r") and not line.lstrip(b" \t\f").startswith(b"#"):
            break
    if name is None:
        name = "utf-8"
    elif bom:
        if name != "utf-8":
            raise SyntaxError(f"encoding problem for {path!r}: utf-8")
    try:
        text = data.decode(name)
    except LookupError:
        raise SyntaxError(f"unknown encoding for {path!r}: {name}") from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last = lines.pop()
    lines = [line + "\n" for line in lines]
    if last:
        lines.append(last + "\n")
    return lines


def _cookie(line, path):
    """The encoding that a comment names."""
    stripped = line.lstrip(b" \t\f")
    if not stripped.startswith(b"#"):
        return None
    at = 0
    while True:
        at = stripped.find(b"coding", at)
        if at < 0:
            return None
        at += 6
        if stripped[at:at + 1] in (b":", b"="):
            rest = stripped[at + 1:].lstrip(b" \t")
            n = 0
            while n < len(rest) and (rest[n:n + 1].isalnum() or rest[n] in b"-_."):
                n += 1
            if n:
                break
    name = rest[:n].decode("ascii")
    plain = name[:12].lower().replace("_", "-")
    if plain == "utf-8" or plain.startswith("utf-8-"):
        return "utf-8"
    for latin in ("latin-1", "iso-8859-1", "iso-latin-1"):
        if plain == latin or plain.startswith(latin + "-"):
            return "iso-8859-1"
    return name


def lazycache(filename, module_globals):
    """Remember that a loader has the text of a file; whether it was or is so."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not _is_name_of_file(filename):
        return False
    if module_globals and "__loader__" in module_globals:
        name = module_globals.get("__name__")
        get_source = getattr(module_globals["__loader__"], "get_source", None)
        if name and get_source:
            cache[filename] = (lambda: get_source(name),)
            return True
    return False
