# `enumerate` and `zip` under hot loops: which item is next is right wherever the loop is left, whoever looks.
def dot(a, b):
    s = 0
    for x, y in zip(a, b):
        s += x * y
    return s

def places(a, start=0):
    s = 0
    for i, x in enumerate(a, start):
        s += i * x
    return s

def kept(a, b):
    last = None
    n = 0
    for p in zip(a, b):
        n += len(p)
        last = p
    for p in enumerate(a):
        n += p[0]
        last = last if p[0] else None, p
    return n, last

def left(it, limit):
    # What is left in an iterator after a loop over it was left.
    n = 0
    for i, x in it:
        n += 1
        if n == limit:
            break
    else:
        n = -n
    return n, list(it)

def product(a, b):
    out = []
    for row in a:
        line = [0] * len(b[0])
        for x, other in zip(row, b):
            for j, y in enumerate(other):
                line[j] += x * y
        out.append(line)
    return out

def grows(a):
    n = 0
    for i, x in enumerate(a):
        n += i
        if len(a) < 40:
            a.append(x + 1)
    return n, len(a)

def shrinks(a, b):
    n = 0
    for x, y in zip(a, b):
        n += x * 100 + y
        if b:
            b.pop()
    return n, a, b

def numbers(v):
    return [x * i for i, x in enumerate(v)], sum(x * y for x, y in zip(v, v[1:]))

def gen(a, b):
    for i, x in enumerate(a):
        got = yield i, x
        for p, q in zip(a, b):
            if got:
                yield p, q
                break

ints = list(range(50))
floats = [x / 4 for x in ints]
tup = tuple(ints)
for _ in range(60):
    dot(ints, floats), dot(floats, tup), dot(tup, tup)
    places(ints), places(tup, 5), kept(ints, tup)
    product([[1, 2.5], [3, 4]], [[1, 2, 3], [4, 5, 6]])
    numbers(ints)
    left(enumerate(ints), 7)
    left(zip(ints, tup), 70)
    grows([1, 2])
    shrinks(list(range(30)), list(range(20)))
    list(gen(ints, tup))
print(dot(ints, floats), dot(tup, ints), dot([], ints), dot(ints, ()))
print(places(ints), places(tup, -7), places([2, 3], True))
for start in 2**62, 2**63 - 30, 2**63 - 1, 2**63, 2**70, -2**63, -2**63 - 1:
    print(places(ints, start), places(tup, start), places(ints, start) == places(iter(ints), start))
print(kept(ints, tup), kept([1.5], ['x']))
print(product([[1, 2.5], [3, 4]], [[1, 2, 3], [4, 5, 6]]), numbers(floats)[1], numbers('') if False else numbers([1, 2.5, 3]))

# Where it stands after the loop.
for it in (lambda: enumerate(ints[:9], 3)), (lambda: enumerate(tup[:9])), (lambda: zip(ints[:9], tup)), (lambda: zip(tup, ints[:9])):
    print(left(it(), 4), left(it(), 9), left(it(), 10))

# The longer one has given an item that goes nowhere; the shorter one has ended for good.
for a, b in (ints[:5], ints[:3]), (ints[:3], ints[:5]), (ints[:4], ints[:4]), (tup[:5], ints[:3]), (ints[:3], tup[:5]):
    x, y = iter(a), iter(b)
    print(left(zip(x, y), 100), list(x), list(y))
    x, y = iter(a), iter(b)
    n = 0
    for p, q in zip(x, y):
        n += p
    if type(a) is list:
        a.append(99)
    if type(b) is list:
        b.append(98)
    print(n, next(x, 'ended'), next(y, 'ended'), list(x), list(y))

# One iterator taken from twice.
x = iter(ints[:10])
print(left(zip(x, x), 3), list(x))
x = iter(ints[:11])
print(dot(x, x), dot(*[iter(tup)] * 2))
e = enumerate(ints)
print(left(zip(e, e), 3)[0], next(e, None))
x = iter(ints[:6])
print(left(enumerate(x), 2), list(x))
x = iter(ints)
n = 0
for i, a in enumerate(x):
    n += a * i
    next(x, 0)
print(n)

print(grows([1, 2]), shrinks(list(range(30)), list(range(20))))
g = gen(ints[:4], tup)
print(next(g), g.send(None), g.send(1), list(g))

# Three, none, what is no list, and a class of its own.
def three(a, b, c):
    s = 0
    for x, y, z in zip(a, b, c):
        s += x * y + z
    return s
class Own(enumerate):
    def __next__(self):
        return 1, 2
print(three(ints, tup, floats), list(zip()), [p for p in zip('abc', {1: 2, 3: 4})])
n = 0
for i, x in Own([1]):
    n += x
    if n > 50:
        break
print(n)

# What the body raises; too many items, too few.
import traceback
def wrong(a, b):
    for i, (x, y) in enumerate(a):
        for p, q in zip(a, b):
            if i == 3:
                p[0] / (x - x)
def three_of_two(a):
    for x, y, z in zip(a, a):
        pass
def calls(a):
    try:
        for i, x in enumerate(a):
            try:
                x / (i - 5)
            except ZeroDivisionError as e:
                err = e
                1 / 0
    except ZeroDivisionError as e:
        return i, e.__context__ is err, e.__traceback__.tb_lineno - err.__traceback__.tb_lineno
pairs = [(i, i + 1) for i in range(10)]
for f in (lambda: wrong(pairs, pairs)), (lambda: three_of_two(ints)), (lambda: wrong([(1, 2), 3], ints)):
    for k in range(3):
        try:
            f()
        except Exception as e:
            print(type(e).__name__, e, [(t.name, t.lineno) for t in traceback.extract_tb(e.__traceback__)][1:])
print([calls(ints) for k in range(3)])
