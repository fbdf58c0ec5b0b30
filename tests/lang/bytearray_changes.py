# bytearray: changed in place, by index, slice and method; compared with a list that changes alike.
import copy

state = 1


def rnd(n):
    global state
    state = (state * 1103515245 + 12345) % 2 ** 31
    return (state >> 8) % n


b, model = bytearray(), []
for step in range(1500):
    what = rnd(14)
    n = len(model)
    if what == 0:
        b.append(step % 256)
        model.append(step % 256)
    elif what == 1:
        part = [rnd(256) for _ in range(rnd(9))]
        b.extend(part)
        model.extend(part)
    elif what == 2:
        i = rnd(2 * n + 1) - n
        b.insert(i, 7)
        model.insert(i, 7)
    elif what == 3 and n:
        i = rnd(n)
        assert b.pop(i) == model.pop(i)
    elif what == 4 and n:
        i = rnd(2 * n) - n
        b[i] = model[i] = rnd(256)
    elif what == 5 and n:
        i = rnd(2 * n) - n
        del b[i], model[i]
    elif what == 6:
        i, j = rnd(n + 1), rnd(n + 1)
        part = bytes(rnd(256) for _ in range(rnd(6)))
        b[i:j] = part
        model[i:j] = part
    elif what == 7:
        s = slice(rnd(n + 1), rnd(n + 1), rnd(3) + 1)
        del b[s], model[s]
    elif what == 8:
        s = slice(None, None, -(rnd(3) + 1))
        part = [rnd(256) for _ in range(len(model[s]))]
        if part:
            b[s] = part
            model[s] = part
    elif what == 9:
        b.reverse()
        model.reverse()
    elif what == 10 and n:
        x = model[rnd(n)]
        b.remove(x)
        model.remove(x)
    elif what == 11 and n < 40:
        b *= 2
        model *= 2
    elif what == 12 and n > 60:
        b.clear()
        model.clear()
    elif what == 13:
        b += b"xy"
        model += b"xy"
    assert list(b) == model and len(b) == len(model), step
    i, j, k = rnd(n + 2) - 1, rnd(n + 2) - 1, rnd(5) - 2 or 1
    assert list(b[i:j:k]) == model[i:j:k]
print(len(b), sum(b))

b = bytearray(b"abcdef")
b[::2] = b""
print(b)
b = bytearray(b"abc")
b[1:2] = b
print(b)
try:
    b += b
except BufferError as e:
    print(e)
b.extend(b)
print(b)
b[1:1] = range(65, 70)
print(b)
c = b
b += b"!"
print(c is b, len(c))
b *= 0
print(b, c, bool(b))

# It may change while somebody goes through it.
b = bytearray(b"ab")
seen = []
for x in b:
    seen.append(x)
    if len(b) < 6:
        b.append(x + 1)
print(seen)
b = bytearray(b"abcdef")
seen = []
for x in b:
    seen.append(x)
    b.pop()
print(seen)


class Shrinks:
    def __init__(self, b):
        self.b = b

    def __index__(self):
        self.b.clear()
        return 1


for f in (lambda b, s: b.find(b"c", 0, s), lambda b, s: b.count(b"c", s), lambda b, s: b.startswith(b"", s),
          lambda b, s: b[0:s], lambda b, s: b.insert(s, 65), lambda b, s: b.center(s)):
    b = bytearray(b"abc")
    try:
        r = f(b, Shrinks(b))
        print(len(b) <= 1, type(r).__name__)
    except Exception as e:
        print(type(e).__name__, e)


class B(bytearray):
    def __init__(self, *a, **k):
        self.note = 5
        super().__init__(*a, **k)


b = B(b"xy")
b.append(33)
print(b, b.note, type(b + b"z"), type(b * 2), type(b.upper()), type(b[:1]), B.fromhex("61 62"), len(b))
print(copy.copy(bytearray(b"q")), copy.deepcopy([bytearray(b"q")]), b == b"xy!", b != b"xy!", b > b"a")
b += b"?"
print(type(b), b)
for bad in ({}.get, hash):
    try:
        bad(bytearray())
    except TypeError as e:
        print(e)
try:
    print({bytearray()})
except TypeError as e:
    print(e)
