"""Tracebacks and stacks: taken, formatted as the engine prints them, printed."""

import linecache
import sys

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only",
           "format_list", "format_stack", "format_tb", "print_exc", "format_exc",
           "print_exception", "print_last", "print_stack", "print_tb", "clear_frames",
           "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb"]

_cause_message = ("\nThe above exception was the direct cause of the following exception:\n\n")
_context_message = ("\nDuring handling of the above exception, another exception occurred:\n\n")

# How often one line of a recursion is shown.
_RECURSIVE_CUTOFF = 3


def _print(lines, file):
    if file is None:
        file = sys.stderr
    for line in lines:
        print(line, file=file, end="")


# Lists of lines

def print_list(extracted_list, file=None):
    """Print what `extract_tb` or `extract_stack` gave."""
    _print(StackSummary.from_list(extracted_list).format(), file)


def format_list(extracted_list):
    """What `extract_tb` or `extract_stack` gave, as strings to be printed."""
    return StackSummary.from_list(extracted_list).format()


# Tracebacks

def print_tb(tb, limit=None, file=None):
    """Print the lines of a traceback."""
    print_list(extract_tb(tb, limit=limit), file=file)


def format_tb(tb, limit=None):
    """The lines of a traceback as strings."""
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    """The lines of a traceback."""
    return StackSummary.extract(walk_tb(tb), limit=limit)


def walk_tb(tb):
    """Frames and line numbers of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def clear_frames(tb):
    """Clear the variables of all frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            # It is running.
            pass
        tb = tb.tb_next


# Exceptions

def print_exception(etype, value, tb, limit=None, file=None, chain=True):
    """Print an exception with its traceback and those that led to it."""
    _print(TracebackException(type(value), value, tb, limit=limit).format(chain=chain), file)


def format_exception(etype, value, tb, limit=None, chain=True):
    """What `print_exception` prints, as strings."""
    return list(TracebackException(type(value), value, tb, limit=limit).format(chain=chain))


def format_exception_only(etype, value):
    """The last lines of what is printed: class and message."""
    return list(TracebackException(etype, value, None).format_exception_only())


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """What `print_exc` prints, in one string."""
    return "".join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the exception that ended the last command of a session."""
    if not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def _some_str(value):
    try:
        return str(value)
    except:
        return "<unprintable %s object>" % type(value).__name__


def _format_final_exc_line(etype, value):
    text = _some_str(value)
    if value is None or not text:
        return "%s\n" % etype
    return "%s: %s\n" % (etype, text)


# Stacks

def print_stack(f=None, limit=None, file=None):
    """Print the calls that are running, down to the caller's or a given frame."""
    if f is None:
        f = sys._getframe().f_back
    print_list(extract_stack(f, limit=limit), file=file)


def format_stack(f=None, limit=None):
    """What `print_stack` prints, as strings."""
    if f is None:
        f = sys._getframe().f_back
    return format_list(extract_stack(f, limit=limit))


def extract_stack(f=None, limit=None):
    """The lines of the calls that are running."""
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def walk_stack(f):
    """Frames and line numbers from a frame outwards."""
    if f is None:
        f = sys._getframe().f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


class FrameSummary:
    """One line of a traceback: like a tuple of file, number, function and text."""

    __slots__ = ("filename", "lineno", "name", "_line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self._line = line
        if lookup_line:
            self.line
        self.locals = {k: repr(v) for k, v in locals.items()} if locals else None

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename == other.filename and self.lineno == other.lineno
                    and self.name == other.name and self.locals == other.locals)
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4

    @property
    def line(self):
        if self._line is None:
            self._line = linecache.getline(self.filename, self.lineno).strip()
        return self._line


class StackSummary(list):
    """Lines of a traceback or stack."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """Make one of frames and line numbers: the first `limit`, or the last if it is negative."""
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is None:
            limit = -1
        elif limit < 0:
            frame_gen = list(frame_gen)[limit:]
            limit = -1
        elif not limit:
            frame_gen = ()
        made = klass()
        files = set()
        for f, lineno in frame_gen:
            code = f.f_code
            filename = code.co_filename
            files.add(filename)
            linecache.lazycache(filename, f.f_globals)
            made.append(FrameSummary(filename, lineno, code.co_name, lookup_line=False,
                                     locals=f.f_locals if capture_locals else None))
            # Nobody may stand between the generator and its caller, whose frames it looks for.
            limit -= 1
            if not limit:
                break
        for filename in files:
            linecache.checkcache(filename)
        if lookup_lines:
            for frame in made:
                frame.line
        return made

    @classmethod
    def from_list(klass, a_list):
        """Make one of tuples, or of such lines."""
        made = StackSummary()
        for frame in a_list:
            if not isinstance(frame, FrameSummary):
                filename, lineno, name, line = frame
                frame = FrameSummary(filename, lineno, name, line=line)
            made.append(frame)
        return made

    def format(self):
        """Strings to be printed, one for a line; the repetitions of a recursion are counted."""
        result = []
        last = None
        count = 0
        for frame in self:
            here = frame.filename, frame.lineno, frame.name
            if here != last:
                _add_repeated(result, count)
                last = here
                count = 0
            count += 1
            if count > _RECURSIVE_CUTOFF:
                continue
            row = ['  File "{}", line {}, in {}\n'.format(*here)]
            if frame.line:
                row.append("    {}\n".format(frame.line.strip()))
            if frame.locals:
                for name, value in sorted(frame.locals.items()):
                    row.append("    {} = {}\n".format(name, value))
            result.append("".join(row))
        _add_repeated(result, count)
        return result


def _add_repeated(result, count):
    count -= _RECURSIVE_CUTOFF
    if count > 0:
        ending = "s" if count > 1 else ""
        result.append(f"  [Previous line repeated {count} more time{ending}]\n")


class TracebackException:
    """All that is printed of an exception, without the exception."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True,
                 capture_locals=False, _seen=None):
        # A chain may lead back to where it began.
        if _seen is None:
            _seen = set()
        _seen.add(id(exc_value))

        def chained(e):
            if e is None or id(e) in _seen:
                return None
            return TracebackException(type(e), e, e.__traceback__, limit=limit,
                                      lookup_lines=False, capture_locals=capture_locals,
                                      _seen=_seen)
        cause = context = None
        suppressed = False
        if exc_value:
            cause = chained(exc_value.__cause__)
            context = chained(exc_value.__context__)
            suppressed = exc_value.__suppress_context__
        self.__cause__ = cause
        self.__context__ = context
        self.__suppress_context__ = suppressed
        self.stack = StackSummary.extract(walk_tb(exc_traceback), limit=limit,
                                          lookup_lines=lookup_lines,
                                          capture_locals=capture_locals)
        self.exc_type = exc_type
        self._str = _some_str(exc_value)
        if exc_type and issubclass(exc_type, SyntaxError):
            self.filename = exc_value.filename
            lineno = exc_value.lineno
            self.lineno = None if lineno is None else str(lineno)
            self.text = exc_value.text
            self.offset = exc_value.offset
            self.msg = exc_value.msg
        if lookup_lines:
            self._load_lines()

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Make one of an exception."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def _load_lines(self):
        for frame in self.stack:
            frame.line
        for e in (self.__context__, self.__cause__):
            if e:
                e._load_lines()

    def __eq__(self, other):
        return self.__dict__ == other.__dict__

    def __str__(self):
        return self._str

    def format_exception_only(self):
        """The last lines: class and message, before them the place of a syntax error."""
        kind = self.exc_type
        if kind is None:
            yield _format_final_exc_line(None, self._str)
            return
        name = kind.__qualname__
        module = kind.__module__
        if module not in ("__main__", "builtins"):
            name = module + "." + name
        if not issubclass(kind, SyntaxError):
            yield _format_final_exc_line(name, self._str)
            return
        where = ""
        if self.lineno is not None:
            yield '  File "{}", line {}\n'.format(self.filename or "<string>", self.lineno)
        elif self.filename is not None:
            where = " ({})".format(self.filename)
        text = self.text
        if text is not None:
            yield "    {}\n".format(text.strip())
            if self.offset is not None:
                text = text.rstrip("\n")
                before = text[:min(len(text), self.offset) - 1].lstrip()
                # Tabs stay, so that the mark is where it should be.
                yield "    {}^\n".format("".join([c if c.isspace() else " " for c in before]))
        yield "{}: {}{}\n".format(name, self.msg or "<no detail available>", where)

    def format(self, *, chain=True):
        """Strings to be printed: with chain those of the exceptions that led to this one first."""
        if chain:
            if self.__cause__ is not None:
                yield from self.__cause__.format(chain=chain)
                yield _cause_message
            elif self.__context__ is not None and not self.__suppress_context__:
                yield from self.__context__.format(chain=chain)
                yield _context_message
        if self.stack:
            yield "Traceback (most recent call last):\n"
        yield from self.stack.format()
        yield from self.format_exception_only()
