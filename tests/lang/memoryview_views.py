# memoryview: slices look at the same bytes, casts too; while one looks, a bytearray keeps its length.
from collections import abc

b = bytearray(range(16))
m = memoryview(b)
print(len(m), m[3], m[-1], m[2:5].tolist(), m[::5].tolist(), m[::-4].tolist())
part = m[4:12]
part[0] = 200
part[1:3] = b"\x01\x02"
print(list(b))
odd = m[1::2]
odd[0] = 99
odd[1:3] = bytes([7, 8])
print(list(b), odd.tobytes(), odd.nbytes, odd.strides, odd.contiguous)
m[2:6] = m[0:4]
print(list(b))
for change in (lambda: b.append(1), lambda: b.pop(), b.clear, lambda: b.extend(b"x"), lambda: b.insert(0, 1),
               lambda: b.__delitem__(0), lambda: b.__setitem__(slice(0, 1), b"xy"), lambda: b.__imul__(2)):
    try:
        change()
    except BufferError as e:
        print(e)
b[0:2] = b"zz"
b[0] = 1
b.reverse()
print(list(b))
part.release()
odd.release()
try:
    b.append(1)
except BufferError as e:
    print("still", e)
m.release()
b.append(1)
print(len(b), repr(m)[:9])

with memoryview(b) as w:
    w[0] = 77
    with w[1:3] as inner:
        inner[0] = 78
    print(w.tolist()[:3])
try:
    w[0]
except ValueError as e:
    print(e)
b.pop()
print(len(b))


class C(bytearray):
    pass


c = C(b"abcd")
v = memoryview(c)
print(v.obj is c, v.tobytes(), v.toreadonly().readonly)
v.release()

ints = memoryview(bytearray(16)).cast("i")
ints[0], ints[1], ints[3] = 5, -6, 2 ** 31 - 1
print(ints.tolist(), ints.shape, ints.strides, ints.itemsize, ints.nbytes, ints.format)
print(ints[1:3].tolist(), ints[::-1].tolist(), ints.cast("B").tolist()[:8])
for bad in (2 ** 31, -2 ** 31 - 1, 1.0, "x", None):
    try:
        ints[0] = bad
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
for f, x in (("b", -128), ("B", 255), ("h", -32768), ("H", 65535), ("I", 2 ** 32 - 1), ("q", -2 ** 63),
             ("Q", 2 ** 64 - 1), ("f", 0.5), ("d", 1e300), ("?", True), ("c", b"x"), ("@i", 7), ("l", -1), ("n", 3)):
    w = memoryview(bytearray(8)).cast(f)
    w[0] = x
    print(f, w.format, w.itemsize, len(w), w[0], w.tobytes())
for a, f in (("x", "i"), ("i", "d"), ("B", "Z")):
    try:
        memoryview(bytearray(8)).cast("B").cast(a).cast(f)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(memoryview(b"abc") == memoryview(bytearray(b"abc")), memoryview(b"abc")[::-1] == b"cba", ints == ints[:])
print(memoryview(b"ab").cast("H") == memoryview(b"ab"), memoryview(b"\1\0") == memoryview(b"\1\0").cast("b"))
print({memoryview(b"ab"): 1}[b"ab"], 98 in memoryview(b"ab"), list(memoryview(b"ab")), list(reversed(memoryview(b"ab"))))
print(b"".join([memoryview(b"ab"), memoryview(b"cd")[1:]]), memoryview(b"ab").hex(), bytes(memoryview(b"abcd")[::2]))
print(b"abcd".find(memoryview(b"cd")), b"a" + memoryview(b"b"), bytearray(memoryview(b"xyz")[::-1]))
print(isinstance(memoryview(b""), abc.Sequence), isinstance(bytearray(), abc.MutableSequence),
      isinstance(bytearray(), abc.ByteString), issubclass(bytes, abc.ByteString))
try:
    class M(memoryview):
        pass
except TypeError as e:
    print(e)
for f in (lambda: memoryview(b"ab") < memoryview(b"b"), lambda: memoryview("x"), lambda: memoryview(b"a") + b"b",
          lambda: memoryview(b"ab").__setitem__(0, 5), lambda: memoryview(b"a").cast("B", [1, 1]).ndim if 0 else 1):
    try:
        print(f())
    except TypeError as e:
        print(e)
