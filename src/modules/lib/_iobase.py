"""The base classes of streams, where the engine has none of its own."""

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


try:
    from _io import UnsupportedOperation as _base
    _bases = (_base,) if issubclass(_base, ValueError) else (_base, ValueError)
except ImportError:
    _base = None
    _bases = (OSError, ValueError)
# What a stream cannot do. That of files may be no ValueError: then ours is one besides.
_Unsupported = _base
if len(_bases) > 1:
    _Unsupported = type("UnsupportedOperation", _bases, {"__module__": "io"})
UnsupportedOperation = _base or _Unsupported


class _IOBase:
    """What all streams have."""

    __closed = False

    def seek(self, pos, whence=0, /):
        """Go to a place; returns where that is."""
        raise _Unsupported("seek")

    def tell(self):
        """Where the stream is."""
        return self.seek(0, 1)

    def truncate(self, pos=None, /):
        """Cut the stream off, here or at a place."""
        raise _Unsupported("truncate")

    def flush(self):
        """Write what is waiting."""
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def close(self):
        """Flush and end the stream."""
        if not self.__closed:
            try:
                self.flush()
            finally:
                self.__closed = True

    def __del__(self):
        try:
            closed = self.closed
        except (AttributeError, ValueError):
            # Never made whole.
            return
        if not closed:
            try:
                self.close()
            except Exception:
                pass

    @property
    def closed(self):
        return self.__closed

    def seekable(self):
        """Whether it can go to places."""
        self._checkClosed()
        return False

    def readable(self):
        """Whether it can be read."""
        self._checkClosed()
        return False

    def writable(self):
        """Whether it can be written to."""
        self._checkClosed()
        return False

    def _checkClosed(self, msg=None):
        if self.closed:
            raise ValueError("I/O operation on closed file." if msg is None else msg)

    def _checkSeekable(self, msg=None):
        if not self.seekable():
            raise _Unsupported("File or stream is not seekable." if msg is None else msg)

    def _checkReadable(self, msg=None):
        if not self.readable():
            raise _Unsupported("File or stream is not readable." if msg is None else msg)

    def _checkWritable(self, msg=None):
        if not self.writable():
            raise _Unsupported("File or stream is not writable." if msg is None else msg)

    def __enter__(self):
        self._checkClosed()
        return self

    def __exit__(self, *args):
        self.close()

    def fileno(self):
        """The number that the system knows the stream by."""
        raise _Unsupported("fileno")

    def isatty(self):
        """Whether somebody sits at it."""
        self._checkClosed()
        return False

    def readline(self, size=-1, /):
        """The next line with its end, at most so many bytes of it."""
        size = _size(size)
        peek = getattr(self, "peek", None)
        pieces = []
        total = 0
        while size < 0 or total < size:
            n = 1
            if peek is not None:
                ahead = peek(1)
                if ahead:
                    n = ahead.find(b"\n") + 1 or len(ahead)
                    if size >= 0:
                        n = min(n, size - total)
            data = self.read(n)
            if not isinstance(data, bytes):
                raise OSError("read() should have returned a bytes object, not "
                              f"'{type(data).__name__}'")
            if not data:
                break
            pieces.append(data)
            total += len(data)
            if data.endswith(b"\n"):
                break
        return b"".join(pieces)

    def __iter__(self):
        self._checkClosed()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=-1, /):
        """The lines that are left; no more once they are so many bytes."""
        hint = _size(hint)
        if hint <= 0:
            return list(self)
        lines = []
        total = 0
        for line in self:
            lines.append(line)
            total += len(line)
            if total > hint:
                break
        return lines

    def writelines(self, lines, /):
        """Write all of an iterable."""
        self._checkClosed()
        for line in lines:
            self.write(line)


def _size(size):
    """A number of bytes; all for None."""
    if size is None:
        return -1
    try:
        return int(size.__index__())
    except AttributeError:
        raise TypeError("argument should be integer or None, not "
                        f"'{type(size).__name__}'") from None


class _RawIOBase(_IOBase):
    """Streams of bytes without a buffer: `readinto` and `write` are the class's own."""

    def read(self, size=-1, /):
        """At most so many bytes; all for -1; None when none are there now."""
        if size is None or size < 0:
            return self.readall()
        data = bytearray(size.__index__())
        n = self.readinto(data)
        if n is None:
            return None
        del data[n:]
        return bytes(data)

    def readall(self):
        """All that is left."""
        pieces = []
        while True:
            data = self.read(DEFAULT_BUFFER_SIZE)
            if not data:
                break
            pieces.append(data)
        return b"".join(pieces) if pieces else data


class _BufferedIOBase(_IOBase):
    """Streams of bytes with a buffer."""

    def read(self, size=-1, /):
        raise _Unsupported("read")

    def read1(self, size=-1, /):
        raise _Unsupported("read1")

    def write(self, b, /):
        raise _Unsupported("write")

    def detach(self):
        raise _Unsupported("detach")

    def readinto(self, buffer, /):
        """Read into a buffer; returns how much."""
        return self._into(buffer, self.read)

    def readinto1(self, buffer, /):
        """The same with one look at the source."""
        return self._into(buffer, self.read1)

    def _into(self, buffer, read):
        view = memoryview(buffer).cast("B")
        data = read(len(view))
        n = len(data)
        view[:n] = data
        return n


class _TextIOBase(_IOBase):
    """Streams of text."""

    encoding = None
    newlines = None
    errors = None

    def read(self, size=-1, /):
        raise _Unsupported("read")

    def readline(self, size=-1, /):
        raise _Unsupported("readline")

    def write(self, s, /):
        raise _Unsupported("write")

    def detach(self):
        raise _Unsupported("detach")


for _c in (_IOBase, _RawIOBase, _BufferedIOBase, _TextIOBase):
    _c.__module__ = "_io"
del _c
