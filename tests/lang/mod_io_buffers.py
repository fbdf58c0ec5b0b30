# io.BytesIO and io.RawIOBase with buffers of the program's.
import io

b = io.BytesIO(b'aXYZQ')
b.seek(1)
into = bytearray(3)
print(b.readinto(into), into, b.readinto(into), into, b.readinto(into), b.tell())
print(b.write(bytearray(b'Z')), b.write(memoryview(b'Q')))
b.truncate(5)
view = b.getbuffer()
view[0] = 65
print(b.getvalue(), len(view))
try:
    b.write(b'more than fits')
except BufferError as e:
    print(type(e).__name__, e)
view.release()
print(b.write(b'now'), b.getvalue())
try:
    b.readinto(b'ro')
except TypeError as e:
    print(e)


class Three(io.RawIOBase):
    # Gives three bytes at a time.
    def __init__(self, data):
        self.data = data

    def readable(self):
        return True

    def readinto(self, buffer):
        n = min(3, len(buffer), len(self.data))
        buffer[:n] = self.data[:n]
        self.data = self.data[n:]
        return n


r = Three(b'line one\nline two\nrest')
print(r.readline(), r.read(2), r.readline(), r.readall(), r.read(), list(Three(b'a\nb')))
for f in (lambda: r.seek(0), r.tell, r.truncate, r.fileno):
    try:
        print(f())
    except io.UnsupportedOperation as e:
        print(e)
