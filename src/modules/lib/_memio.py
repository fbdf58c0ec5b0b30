"""`BytesIO`, `StringIO` and `IncrementalNewlineDecoder`, where the engine has none of its own."""

from _iobase import _BufferedIOBase, _TextIOBase, _size
from operator import index as _index


def _place(pos):
    """What is given as a place."""
    if isinstance(pos, float):
        raise TypeError("integer argument expected, got float")
    return int(_index(pos))


def _whence(whence):
    """What is given as a place's origin."""
    if isinstance(whence, float):
        raise TypeError("integer argument expected, got float")
    try:
        return int(_index(whence))
    except TypeError:
        raise TypeError(f"an integer is required (got type {type(whence).__name__})") from None


class BytesIO(_BufferedIOBase):
    """Bytes in memory as a stream."""

    # _data is bytes, and a bytearray once somebody has asked for a view. While only the end of bytes
    # is written to, what is written waits in _parts, to be joined to them.

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._data = b""
        self._parts = []
        self._pos = 0
        return self

    def __init__(self, initial_bytes=b""):
        if self._data.__class__ is not bytes:
            # Refused while somebody looks into it.
            del self._data[:]
        self._data = b""
        self._parts = []
        self._pos = 0
        if initial_bytes is not None:
            self._data = _bytes(initial_bytes)

    def _open(self):
        """The bytes, all in one."""
        data = self._data
        if data is None:
            raise ValueError("I/O operation on closed file.")
        if self._parts:
            self._parts.insert(0, data)
            self._data = data = b"".join(self._parts)
            self._parts = []
        return data

    def close(self):
        if self._data is not None:
            if self._data.__class__ is not bytes:
                self._data.clear()
            self._data = None
            self._parts = []

    @property
    def closed(self):
        return self._data is None

    def readable(self):
        self._open()
        return True

    writable = seekable = readable

    def flush(self):
        self._open()

    def getvalue(self):
        """All the bytes."""
        return bytes(self._open())

    def getbuffer(self):
        """The bytes as a view that can be written to."""
        data = self._open()
        if data.__class__ is bytes:
            self._data = data = bytearray(data)
        return memoryview(data)

    def _range(self, size):
        """From where to where to read."""
        size = _size(size)
        data = self._open()
        start = self._pos
        end = len(data)
        if 0 <= size < end - start:
            end = start + size
        return data, start, max(start, end)

    def read(self, size=-1, /):
        """At most so many bytes; all that are left for -1 or None."""
        data, start, end = self._range(size)
        self._pos = end
        return bytes(data[start:end])

    def read1(self, size=-1, /):
        """The same as `read`."""
        data, start, end = self._range(size)
        self._pos = end
        return bytes(data[start:end])

    def readline(self, size=-1, /):
        """The next line with its end, at most so many bytes of it."""
        data, start, end = self._range(size)
        end = data.find(b"\n", start, end) + 1 or end
        self._pos = end
        return bytes(data[start:end])

    def readlines(self, size=None, /):
        """The lines that are left; no more once they are so many bytes."""
        self._open()
        if size is None:
            size = 0
        elif not isinstance(size, int):
            raise TypeError(f"integer argument expected, got '{type(size).__name__}'")
        lines = []
        total = 0
        while True:
            line = BytesIO.readline(self)
            if not line:
                return lines
            lines.append(line)
            total += len(line)
            if 0 < size <= total:
                return lines

    def readinto(self, buffer, /):
        """Read into a buffer; returns how much."""
        try:
            view = memoryview(buffer)
            if view.readonly:
                raise TypeError
            view = view.cast("B")
        except TypeError:
            raise TypeError("readinto() argument must be read-write bytes-like object, not "
                            + type(buffer).__name__) from None
        data = self._open()
        start = self._pos
        end = max(start, min(start + len(view), len(data)))
        view[:end - start] = data[start:end]
        self._pos = end
        return end - start

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, b, /):
        """Write bytes; returns how many."""
        if self._data is None:
            self._open()
        if b.__class__ is not bytes:
            b = _bytes(b)
        n = len(b)
        if not n:
            return 0
        pos = self._pos
        self._pos = pos + n
        if self._parts:
            # Here the place is the end.
            self._parts.append(b)
            return n
        data = self._data
        end = len(data)
        if data.__class__ is not bytes:
            try:
                if pos > end:
                    data += bytes(pos - end)
                data[pos:pos + n] = b
            except BufferError:
                self._pos = pos
                raise
        elif pos >= end:
            self._parts.append(bytes(pos - end) + b if pos > end else b)
        else:
            self._data = data[:pos] + b + data[pos + n:]
        return n

    def writelines(self, lines, /):
        """Write all of an iterable."""
        self._open()
        for line in lines:
            self.write(line)

    def seek(self, pos, whence=0, /):
        """Go to a place from the start, from here (1) or from the end (2)."""
        pos = _place(pos)
        whence = _whence(whence)
        data = self._open()
        if whence == 0:
            if pos < 0:
                raise ValueError("negative seek value %d" % pos)
        elif whence == 1:
            pos += self._pos
        elif whence == 2:
            pos += len(data)
        else:
            raise ValueError("invalid whence (%d, should be 0, 1 or 2)" % whence)
        self._pos = max(pos, 0)
        return self._pos

    def tell(self):
        """Where the stream is."""
        self._open()
        return self._pos

    def truncate(self, size=None, /):
        """Cut the bytes off, here or at a place."""
        if size is not None:
            size = _size(size)
        data = self._open()
        if size is None:
            size = self._pos
        elif size < 0:
            raise ValueError("negative size value %d" % size)
        if size < len(data):
            if data.__class__ is bytes:
                self._data = data[:size]
            else:
                del data[size:]
        return size

    def __getstate__(self):
        own = ("_data", "_parts", "_pos")
        state = {k: v for k, v in self.__dict__.items() if k not in own}
        return bytes(self._open()), self._pos, state or None

    def __setstate__(self, state):
        self._open()
        if not isinstance(state, tuple) or len(state) < 3:
            raise TypeError(f"{type(self).__name__}.__setstate__ argument should be 3-tuple, got "
                            f"{type(state).__name__}")
        value, pos, state = state[:3]
        BytesIO.__init__(self, value)
        if not isinstance(pos, int):
            raise TypeError("second item of state must be an integer, not "
                            + type(pos).__name__)
        if pos < 0:
            raise ValueError("position value cannot be negative")
        self._pos = pos
        if state is not None:
            if not isinstance(state, dict):
                raise TypeError("third item of state should be a dict, got a "
                                + type(state).__name__)
            self.__dict__.update(state)


def _bytes(b):
    """What is given to be written, as bytes."""
    if b.__class__ is bytes:
        return b
    try:
        return memoryview(b).tobytes()
    except (TypeError, NameError):
        # (Not every engine has memoryview.)
        raise TypeError(f"a bytes-like object is required, not '{type(b).__name__}'") from None


class IncrementalNewlineDecoder:
    """Finds out which ends lines have, and can make them all `\\n`."""

    def __init__(self, decoder, translate, errors="strict"):
        self.decoder = decoder
        self.translate = bool(translate)
        self.errors = errors
        # Bits: \n, \r, \r\n
        self._seen = 0
        self._held = False

    def decode(self, input, final=False):
        """The text of the next piece; a `\\r` at its end waits for the next."""
        text = input if self.decoder is None else self.decoder.decode(input, final=final)
        if not isinstance(text, str):
            raise TypeError("decoder should return a string result, not "
                            f"'{type(text).__name__}'")
        if self._held and (text or final):
            text = "\r" + text
            self._held = False
        if not final and text.endswith("\r"):
            text = text[:-1]
            self._held = True
        if "\r" in text:
            both = text.count("\r\n")
            if both:
                self._seen |= 4
            if text.count("\r") > both:
                self._seen |= 2
            if text.count("\n") > both:
                self._seen |= 1
            if self.translate:
                if both:
                    text = text.replace("\r\n", "\n")
                text = text.replace("\r", "\n")
        elif "\n" in text:
            self._seen |= 1
        return text

    def getstate(self):
        """What `setstate` goes on from."""
        data, flag = (b"", 0) if self.decoder is None else self.decoder.getstate()
        return data, flag << 1 | self._held

    def setstate(self, state):
        """Go on where `getstate` was."""
        data, flag = state
        self._held = bool(flag & 1)
        if self.decoder is not None:
            self.decoder.setstate((data, flag >> 1))

    def reset(self):
        """Start anew."""
        self._seen = 0
        self._held = False
        if self.decoder is not None:
            self.decoder.reset()

    @property
    def newlines(self):
        """The ends that lines had: None, one, or a tuple."""
        return (None, "\n", "\r", ("\r", "\n"), "\r\n", ("\n", "\r\n"), ("\r", "\r\n"),
                ("\r", "\n", "\r\n"))[self._seen]


class StringIO(_TextIOBase):
    """Text in memory as a stream."""

    # While only the end is written to, what is written waits in _parts, to be joined to _text.

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._text = None
        self._parts = []
        self._pos = 0
        self._ready = False
        return self

    def __init__(self, initial_value="", newline="\n"):
        self._ready = False
        if newline is not None and not isinstance(newline, str):
            raise TypeError(f"newline must be str or None, not {type(newline).__name__}")
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError("initial_value must be str or None, not "
                            + type(initial_value).__name__)
        self._newline = newline
        self._decoder = None
        if not newline:
            self._decoder = IncrementalNewlineDecoder(None, newline is None)
        self._text = ""
        self._parts = []
        self._pos = 0
        self._ready = True
        if initial_value:
            StringIO.write(self, initial_value)
            self._open()
        self._pos = 0

    def _open(self):
        """The text, all in one."""
        text = self._text
        if text is None:
            if not self._ready:
                raise ValueError("I/O operation on uninitialized object")
            raise ValueError("I/O operation on closed file")
        if self._parts:
            self._text = text = text + "".join(self._parts)
            self._parts = []
        return text

    def close(self):
        self._text = None
        self._parts = []

    @property
    def closed(self):
        if not self._ready:
            raise ValueError("I/O operation on uninitialized object")
        return self._text is None

    def readable(self):
        self._open()
        return True

    writable = seekable = readable

    @property
    def line_buffering(self):
        self._open()
        return False

    @property
    def newlines(self):
        self._open()
        return None if self._decoder is None else self._decoder.newlines

    def flush(self):
        pass

    def getvalue(self):
        """All the text."""
        return self._open()

    def write(self, s, /):
        """Write text; returns how many characters it has."""
        if not isinstance(s, str):
            if self._text is None and not self._ready:
                self._open()
            raise TypeError(f"string argument expected, got '{type(s).__name__}'")
        if self._text is None:
            self._open()
        n = len(s)
        if not n:
            return 0
        newline = self._newline
        if newline != "\n":
            if self._decoder is not None:
                s = self._decoder.decode(s, True)
            else:
                s = s.replace("\n", newline)
        pos = self._pos
        parts = self._parts
        if parts:
            # Here the place is the end.
            parts.append(s)
            self._pos = pos + len(s)
            return n
        text = self._text
        end = len(text)
        if pos >= end:
            if pos > end:
                s = "\0" * (pos - end) + s
                pos = end
            parts.append(s)
        else:
            self._text = text[:pos] + s + text[pos + len(s):]
        self._pos = pos + len(s)
        return n

    def read(self, size=-1, /):
        """At most so many characters; all that are left for -1 or None."""
        size = _size(size)
        text = self._open()
        start = self._pos
        if size < 0 or size > len(text) - start:
            size = max(len(text) - start, 0)
        self._pos = start + size
        return text[start:start + size]

    def readline(self, size=-1, /):
        """The next line with its end, at most so many characters of it."""
        size = _size(size)
        text = self._open()
        start = self._pos
        end = len(text)
        if start >= end:
            return ""
        if 0 <= size < end - start:
            end = start + size
        newline = self._newline
        if newline == "":
            at = text.find("\n", start, end)
            other = text.find("\r", start, end if at < 0 else at)
            if other >= 0:
                # Its \n may be just behind what was to be read.
                at = other + 1 if text.startswith("\n", other + 1, end) else other
            end = at + 1 or end
        else:
            mark = newline or "\n"
            at = text.find(mark, start, end)
            if at >= 0:
                end = at + len(mark)
        self._pos = end
        return text[start:end]

    def __next__(self):
        self._open()
        line = self.readline()
        if not isinstance(line, str):
            raise OSError("readline() should have returned a str object, not "
                          f"'{type(line).__name__}'")
        if not line:
            raise StopIteration
        return line

    def seek(self, pos, whence=0, /):
        """Go to a place from the start; from here (1) and from the end (2) only by 0."""
        pos = _place(pos)
        whence = _whence(whence)
        text = self._open()
        if whence not in (0, 1, 2):
            raise ValueError("Invalid whence (%d, should be 0, 1 or 2)" % whence)
        if whence == 0:
            if pos < 0:
                raise ValueError("Negative seek position %d" % pos)
        elif pos:
            raise OSError("Can't do nonzero cur-relative seeks")
        else:
            pos = self._pos if whence == 1 else len(text)
        self._pos = pos
        return pos

    def tell(self):
        """Where the stream is."""
        self._open()
        return self._pos

    def truncate(self, pos=None, /):
        """Cut the text off, here or at a place."""
        if pos is not None:
            pos = _size(pos)
        text = self._open()
        if pos is None:
            pos = self._pos
        elif pos < 0:
            raise ValueError("Negative size value %d" % pos)
        if pos < len(text):
            self._text = text[:pos]
        return pos

    def __getstate__(self):
        text = self._open()
        own = ("_text", "_parts", "_pos", "_ready", "_newline", "_decoder")
        state = {k: v for k, v in self.__dict__.items() if k not in own}
        return text, self._newline, self._pos, state or None

    def __setstate__(self, state):
        if self._ready:
            self._open()
        if not isinstance(state, tuple) or len(state) < 4:
            raise TypeError(f"{type(self).__name__}.__setstate__ argument should be 4-tuple, got "
                            f"{type(state).__name__}")
        text, newline, pos, state = state[:4]
        self.__init__("", newline)
        # As it is: it went through the decoder when it was written.
        if not isinstance(text, str):
            raise TypeError("initial_value must be str or None, not " + type(text).__name__)
        self._text = text
        if not isinstance(pos, int):
            raise TypeError("third item of state must be an integer, got "
                            + type(pos).__name__)
        if pos < 0:
            raise ValueError("position value cannot be negative")
        self._pos = pos
        if state is not None:
            if not isinstance(state, dict):
                raise TypeError("fourth item of state should be a dict, got a "
                                + type(state).__name__)
            self.__dict__.update(state)


for _c in (BytesIO, IncrementalNewlineDecoder, StringIO):
    _c.__module__ = "_io"
del _c
