"""Streams: their base classes, bytes and text in memory, files."""

import abc
import builtins

try:
    import _io
except ImportError:
    _io = builtins

try:
    from _io import (DEFAULT_BUFFER_SIZE, UnsupportedOperation, _BufferedIOBase, _IOBase,
                     _RawIOBase, _TextIOBase)
except ImportError:
    from _iobase import (DEFAULT_BUFFER_SIZE, UnsupportedOperation, _BufferedIOBase, _IOBase,
                         _RawIOBase, _TextIOBase)
try:
    from _io import BytesIO, IncrementalNewlineDecoder, StringIO
except ImportError:
    from _memio import BytesIO, IncrementalNewlineDecoder, StringIO

__all__ = ["BlockingIOError", "open", "IOBase", "RawIOBase", "BytesIO", "StringIO",
           "BufferedIOBase", "TextIOBase", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR",
           "SEEK_END"]

BlockingIOError = builtins.BlockingIOError
open = getattr(_io, "open", None) or builtins.open
OpenWrapper = open
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


if not hasattr(_io, "open_code"):
    def open_code(path):
        """Open a file whose bytes are to be run."""
        return open(path, "rb")
    __all__.insert(2, "open_code")


class IOBase(_IOBase, metaclass=abc.ABCMeta):
    """What all streams have."""


class RawIOBase(_RawIOBase, IOBase):
    """Streams of bytes without a buffer."""


class BufferedIOBase(_BufferedIOBase, IOBase):
    """Streams of bytes with a buffer."""


class TextIOBase(_TextIOBase, IOBase):
    """Streams of text."""


for _base, _names in ((RawIOBase, "FileIO"),
                      (BufferedIOBase, "BytesIO BufferedReader BufferedWriter BufferedRandom "
                                       "BufferedRWPair"),
                      (TextIOBase, "StringIO TextIOWrapper")):
    for _name in _names.split():
        _c = globals().get(_name) or getattr(_io, _name, None)
        if _c is not None:
            globals()[_name] = _c
            _base.register(_c)
            if _name not in __all__:
                __all__.append(_name)
for _name in ("open_code", "text_encoding"):
    if hasattr(_io, _name):
        globals()[_name] = getattr(_io, _name)
        __all__.append(_name)
del _base, _names, _name, _c
