"""Warnings: who sees which, and how."""

import sys

__all__ = [
    "warn",
    "warn_explicit",
    "showwarning",
    "formatwarning",
    "filterwarnings",
    "simplefilter",
    "resetwarnings",
    "catch_warnings",
]

_ACTIONS = ("default", "always", "ignore", "module", "once", "error")


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, which is sys.stderr if none is given."""
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """Return the text of a warning."""
    return _formatwarnmsg_impl(
        WarningMessage(message, category, filename, lineno, None, line)
    )


# Programs put their own functions in the place of these two.
_showwarning_orig = showwarning
_formatwarning_orig = formatwarning


def _showwarnmsg(msg):
    replaced = globals().get("showwarning", _showwarning_orig)
    if replaced is _showwarning_orig:
        _showwarnmsg_impl(msg)
        return
    if not callable(replaced):
        raise TypeError("warnings.showwarning() must be set to a function or method")
    replaced(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)


def _showwarnmsg_impl(msg):
    file = msg.file
    if file is None:
        file = sys.stderr
        if file is None:
            return
    text = _formatwarnmsg(msg)
    try:
        file.write(text)
    except OSError:
        pass


def _formatwarnmsg(msg):
    replaced = globals().get("formatwarning", _formatwarning_orig)
    if replaced is _formatwarning_orig:
        return _formatwarnmsg_impl(msg)
    return replaced(msg.message, msg.category, msg.filename, msg.lineno, msg.line)


def _formatwarnmsg_impl(msg):
    category = msg.category.__name__
    text = f"{msg.filename}:{msg.lineno}: {category}: {msg.message}\n"
    line = msg.line
    if line is None:
        line = _source_line(msg.filename, msg.lineno)
    if line:
        text += "  %s\n" % line.strip()
    if msg.source is not None:
        text += _allocation(msg.source, category)
    return text


def _source_line(filename, lineno):
    """A line of a source file, if it can be found."""
    try:
        import linecache
    except ImportError:
        pass
    else:
        try:
            return linecache.getline(filename, lineno)
        except Exception:
            return None
    try:
        with open(filename, encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                if number == lineno:
                    return line
    except Exception:
        pass
    return None


def _allocation(source, category):
    """Where the object was made that a ResourceWarning is about."""
    try:
        import tracemalloc
    except ImportError:
        return ""
    if not tracemalloc.is_tracing():
        return (
            f"{category}: Enable tracemalloc to get the object allocation traceback\n"
        )
    trace = tracemalloc.get_object_traceback(source)
    if trace is None:
        return ""
    text = "Object allocated at (most recent call last):\n"
    for frame in trace:
        text += f'  File "{frame.filename}", lineno {frame.lineno}\n'
        line = _source_line(frame.filename, frame.lineno)
        if line:
            text += "    %s\n" % line.strip()
    return text


class _Pattern:
    """A simple regular expression: characters, dots, repetitions of one of them, an end."""

    def __init__(self, atoms, to_end, fold, source):
        self.atoms = atoms
        self.to_end = to_end
        self.fold = fold
        self.pattern = source

    def __eq__(self, other):
        if not isinstance(other, _Pattern):
            return NotImplemented
        return (self.pattern, self.fold) == (other.pattern, other.fold)

    def __hash__(self):
        return hash((self.pattern, self.fold))

    def __repr__(self):
        flags = ", re.IGNORECASE" if self.fold else ""
        return f"re.compile({self.pattern!r}{flags})"

    def match(self, text):
        """Whether the text begins with what the pattern describes."""
        if self.fold:
            text = text.lower()
        # All the places where what has been matched so far can end.
        ends = {0}
        for char, least, most in self.atoms:
            reached = set()
            for at in ends:
                count = 0
                while True:
                    if count >= least:
                        if at in reached:
                            break
                        reached.add(at)
                    if count == most or at >= len(text):
                        break
                    if text[at] != char if char else text[at] == "\n":
                        break
                    at += 1
                    count += 1
            ends = reached
            if not ends:
                return False
        if self.to_end == "$" and text.endswith("\n") and len(text) - 1 in ends:
            return True
        return not self.to_end or len(text) in ends


def _compile(source, fold):
    """Compile a pattern, without the module re where that is possible."""
    atoms = []
    to_end = ""
    at = 0
    while at < len(source):
        char = source[at]
        if char in "^[](){}|*+?":
            break
        if char == "$" or source[at:] == "\\Z":
            to_end = source[at:]
            break
        if char == "\\":
            at += 1
            char = source[at : at + 1]
            if not char or char.isalnum():
                break
        elif char == ".":
            char = ""
        least = most = 1
        sign = source[at + 1 : at + 2]
        if sign and sign in "*+?":
            at += 1
            if source[at + 1 : at + 2] in ("?", "+", "*"):
                break
            least = 1 if sign == "+" else 0
            most = 1 if sign == "?" else -1
        atoms.append((char.lower() if fold else char, least, most))
        at += 1
    else:
        return _Pattern(atoms, "", fold, source)
    if to_end in ("$", "\\Z"):
        return _Pattern(atoms, to_end, fold, source)
    import re

    return re.compile(source, re.I if fold else 0)


def _exactly(text):
    """A pattern that only this text matches."""
    return _Pattern([(char, 1, 1) for char in text], "\\Z", False, text + "\\Z")


def filterwarnings(
    action, message="", category=Warning, module="", lineno=0, append=False
):
    """Say what happens to warnings with such a message, class and place."""
    assert action in _ACTIONS, "invalid action: %r" % (action,)
    assert isinstance(message, str), "message must be a string"
    assert isinstance(category, type), "category must be a class"
    assert issubclass(category, Warning), "category must be a Warning subclass"
    assert isinstance(module, str), "module must be a string"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    message = _compile(message, True) if message else None
    module = _compile(module, False) if module else None
    _add_filter(action, message, category, module, lineno, append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Say what happens to warnings of a class."""
    assert action in _ACTIONS, "invalid action: %r" % (action,)
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    _add_filter(action, None, category, None, lineno, append=append)


def _add_filter(*item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        # The last one set comes first.
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _filters_mutated()


def resetwarnings():
    """Forget all filters."""
    filters[:] = []
    _filters_mutated()


class _OptionError(Exception):
    """A -W option that cannot be understood."""


def _processoptions(args):
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as problem:
            print("Invalid -W option ignored:", problem, file=sys.stderr)


def _setoption(arg):
    parts = arg.split(":")
    if len(parts) > 5:
        raise _OptionError("too many fields (max 5): %r" % (arg,))
    parts += [""] * (5 - len(parts))
    action, message, category, module, lineno = [part.strip() for part in parts]
    action = _getaction(action)
    category = _getcategory(category)
    if message:
        # Taken literally, from its beginning.
        atoms = [(char.lower(), 1, 1) for char in message]
        message = _Pattern(atoms, "", True, message)
    if lineno:
        try:
            lineno = int(lineno)
            if lineno < 0:
                raise ValueError
        except (ValueError, OverflowError):
            raise _OptionError("invalid lineno %r" % (lineno,)) from None
    _add_filter(
        action,
        message or None,
        category,
        _exactly(module) if module else None,
        lineno or 0,
        append=False,
    )


def _getaction(action):
    if not action:
        return "default"
    if action == "all":
        return "always"
    for known in _ACTIONS:
        if known.startswith(action):
            return known
    raise _OptionError("invalid action: %r" % (action,))


def _getcategory(category):
    if not category:
        return Warning
    home, _, name = category.rpartition(".")
    try:
        module = __import__(home or "builtins", None, None, [name])
    except ImportError:
        raise _OptionError("invalid module name: %r" % (home,)) from None
    try:
        found = getattr(module, name)
    except AttributeError:
        raise _OptionError("unknown warning category: %r" % (category,)) from None
    if not issubclass(found, Warning):
        raise _OptionError("invalid warning category: %r" % (category,))
    return found


def _is_internal_frame(frame):
    filename = frame.f_code.co_filename
    return "importlib" in filename and "_bootstrap" in filename


def _next_external_frame(frame):
    """The caller, without those that belong to the import statement."""
    while True:
        frame = frame.f_back
        if frame is None or not _is_internal_frame(frame):
            return frame


def warn(message, category=None, stacklevel=1, source=None):
    """Warn of something; the place is the caller or one of its callers."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(
            "category must be a Warning subclass, not '%s'" % type(category).__name__
        )
    try:
        if stacklevel <= 1 or _is_internal_frame(sys._getframe(1)):
            frame = sys._getframe(stacklevel)
        else:
            frame = sys._getframe(1)
            for _ in range(stacklevel - 1):
                frame = _next_external_frame(frame)
                if frame is None:
                    break
    except ValueError:
        frame = None
    if frame is None:
        namespace = sys.__dict__
        filename = "sys"
        lineno = 1
    else:
        namespace = frame.f_globals
        filename = frame.f_code.co_filename
        lineno = frame.f_lineno
    module = namespace.get("__name__", "<string>")
    registry = namespace.setdefault("__warningregistry__", {})
    warn_explicit(
        message, category, filename, lineno, module, registry, namespace, source
    )


def warn_explicit(
    message,
    category,
    filename,
    lineno,
    module=None,
    registry=None,
    module_globals=None,
    source=None,
):
    """Warn of something at a place that is given."""
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _filters_version:
        # What it remembers is from the time of other filters.
        registry.clear()
        registry["version"] = _filters_version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = text, category, lineno
    if registry.get(key):
        return
    rule = None
    for rule in filters:
        action, text_test, of, module_test, at = rule
        if (
            (text_test is None or text_test.match(text))
            and issubclass(category, of)
            and (module_test is None or module_test.match(module))
            and at in (0, lineno)
        ):
            break
    else:
        action = defaultaction
    if action == "ignore":
        return
    if module_globals is not None:
        _remember_source(filename, module_globals)
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        if onceregistry.get((text, category)):
            return
        onceregistry[text, category] = 1
    elif action == "module":
        registry[key] = 1
        if registry.get((text, category, 0)):
            return
        registry[text, category, 0] = 1
    elif action == "default":
        registry[key] = 1
    elif action != "always":
        raise RuntimeError(
            "Unrecognized action (%r) in warnings.filters:\n %s" % (action, rule)
        )
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


def _remember_source(filename, module_globals):
    # The module's loader may know the lines of a file that is none.
    try:
        import linecache
    except ImportError:
        return
    linecache.getlines(filename, module_globals)


class WarningMessage:
    """One warning as catch_warnings records it."""

    _WARNING_DETAILS = (
        "message",
        "category",
        "filename",
        "lineno",
        "file",
        "line",
        "source",
    )

    def __init__(
        self, message, category, filename, lineno, file=None, line=None, source=None
    ):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            "{message : %r, category : %r, filename : %r, lineno : %s, line : %r}"
            % (
                self.message,
                self._category_name,
                self.filename,
                self.lineno,
                self.line,
            )
        )


class catch_warnings:
    """Puts filters and showwarning back at the end of a block; may record."""

    def __init__(self, *, record=False, module=None):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append("module=" + repr(self._module))
        return "%s(%s)" % (type(self).__name__, ", ".join(args))

    def __enter__(self):
        if self._entered:
            raise RuntimeError("Cannot enter %r twice" % self)
        self._entered = True
        module = self._module
        self._filters = module.filters
        module.filters = self._filters[:]
        module._filters_mutated()
        self._showwarning = module.showwarning
        self._showwarnmsg_impl = module._showwarnmsg_impl
        if not self._record:
            return None
        log = []
        module._showwarnmsg_impl = log.append
        # One that the program has set would not reach the log.
        module.showwarning = module._showwarning_orig
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError("Cannot exit %r without entering first" % self)
        module = self._module
        module.filters = self._filters
        module._filters_mutated()
        module.showwarning = self._showwarning
        module._showwarnmsg_impl = self._showwarnmsg_impl


def _warn_unawaited_coroutine(coro):
    text = f"coroutine '{coro.__qualname__}' was never awaited\n"
    if coro.cr_origin is not None:
        text += "Coroutine created at (most recent call last)\n"
        for filename, lineno, function in reversed(coro.cr_origin):
            text += f'  File "{filename}", line {lineno}, in {function}\n'
            line = _source_line(filename, lineno)
            if line:
                text += "    %s\n" % line.strip()
    warn(text.rstrip("\n"), category=RuntimeWarning, stacklevel=2, source=coro)


try:
    # The engine's own, where it has them.
    from _warnings import (
        _defaultaction,
        _filters_mutated,
        _onceregistry,
        filters,
        warn,
        warn_explicit,
    )

    defaultaction = _defaultaction
    onceregistry = _onceregistry
except ImportError:
    filters = []
    defaultaction = _defaultaction = "default"
    onceregistry = _onceregistry = {}
    _filters_version = 1

    def _filters_mutated():
        # Registries see by the number that they are out of date.
        global _filters_version
        _filters_version += 1

    filters += [
        ("default", None, DeprecationWarning, _exactly("__main__"), 0),
        ("ignore", None, DeprecationWarning, None, 0),
        ("ignore", None, PendingDeprecationWarning, None, 0),
        ("ignore", None, ImportWarning, None, 0),
        ("ignore", None, ResourceWarning, None, 0),
    ]

_processoptions(getattr(sys, "warnoptions", ()))
