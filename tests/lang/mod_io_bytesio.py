# io.BytesIO: writing anywhere, reading, views, what it refuses.
import io

b = io.BytesIO(b'abc\ndef\n')
print(b.read(2), b.readline(), b.read1(1), b.read(), b.read(), b.tell(), b.seek(1), b.getvalue())
print(b.write(b'XY'), b.write(b'ZQ'), b.getvalue(), b.tell())
b.seek(0, 2)
b.writelines([b'1\n', b'2'])
b.seek(-3, 2)
print(b.read(), b.seek(12), b.write(b'far'), b.getvalue())
b.truncate(5)
b.seek(0)
print(b.getvalue(), list(b), b.seek(0), b.readlines(), b.seek(0), b.readlines(1))
with io.BytesIO(b'x') as c:
    print(c.readable(), c.writable(), c.seekable(), c.isatty(), c.closed)
print(c.closed, isinstance(c, io.BufferedIOBase), isinstance(c, io.IOBase), issubclass(io.BytesIO, io.RawIOBase))
for f in (c.read, c.getvalue, c.tell, lambda: c.write(b''), c.__enter__, lambda: b.write('a'), lambda: b.write(5),
          lambda: io.BytesIO('a'), lambda: b.seek(-1), lambda: b.seek(0, 9), lambda: b.truncate(-1), b.fileno, b.detach,
          lambda: b.read('x'), lambda: b.seek(1.5), lambda: b.readlines('x')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
