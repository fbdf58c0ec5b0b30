"""Complex numbers whose parts are kept in registers: sums, differences, products, sizes, and what leaves."""
import operator


def escape(c, limit):
    z = 0j
    for i in range(limit):
        if abs(z) > 2.0:
            return i
        z = z * z + c
    return limit


total = 0
for row in range(-10, 10):
    for column in range(-20, 10):
        total += escape(complex(column / 10.0, row / 10.0), 40)
print(total)


# Every comparison, below, at and above the bound; the sizes of what is not finite.
def compared(z):
    return (abs(z) < 5.0, abs(z) <= 5.0, abs(z) == 5.0, abs(z) != 5.0, abs(z) > 5.0, abs(z) >= 5.0)


inf, nan = float('inf'), float('nan')
near = 3 * (1 + 2 ** -52)
odd = [3 + 4j, 4 - 3j, complex(near, 4.0), complex(3 * (1 - 2 ** -53), -4.0), 0j, complex(-0.0, 5.0),
       complex(5e-324, 5e-324), complex(inf, 1), complex(nan, 1), complex(nan, inf), complex(-inf, nan),
       complex(1e200, 1e100), complex(1e-200, 5.0)]
seen = []
for k in range(60):
    for z in odd:
        seen.append(compared(z))
print(seen[:13])
print(seen == seen[:13] * 60)


def extremes(z, bound):
    return abs(z) < 1e308, abs(z) > 1e-308, abs(z) > bound, abs(z) < 0.0, abs(z) >= -1.0, abs(z) < 1e-90


seen = [extremes(z, 2.0) for k in range(60) for z in odd]
print(seen[:13], seen == seen[:13] * 60)


# Too large, though the parts are finite.
def size(z):
    return abs(z)


def small(z):
    return abs(z) < 10.0


for f in size, small:
    for k in range(300):
        f(k + 1j)
    for k in range(30):
        try:
            f(complex(1.5e308, 1.5e308))
        except OverflowError as e:
            error = e
    print(type(error).__name__, error, f(3 - 4j))


# Numbers of all kinds beside complex ones; then what is none.
def mixed(a, b):
    return a + b, a - b, b - a, a * b


for a, b in [(1j, 2), (1.5, 2 - 1j), (True, 1j), (-0.0, complex(0.0, -0.0)), (1j, 1j), (2 ** 62 + 1, 1j), (nan, 1j)]:
    for k in range(200):
        r = mixed(a, b)
    print(r)


class Mine(complex):
    def __add__(self, other):
        return 'mine'

    def __abs__(self):
        return 'size'


def add(a, b):
    c = a * b
    d = c + a
    return d


for k in range(400):
    r = add(k + 1j, 2j)
print(r)
print(mixed(Mine(1j), 2)[0], add(Mine(2j), 3), size(Mine(1)), add(2, 3), add(1.5, 3))
try:
    add('x', 2j)
except TypeError as e:
    print(e)
try:
    add(1j, 10 ** 400)
except OverflowError as e:
    print(e)


# What only an exit wants is made there, and is one object.
def left(n, what):
    out = []
    for i in range(n):
        z = complex(i * 1.0, 2.0)
        w = z
        y = z * 1j
        s = what[i] + 1
        if i >= n - 2:
            out.append((z, w, z is w, y, s, locals()['y']))
    return out


for k in range(60):
    left(20, list(range(20)))
print(left(20, [1] * 18 + [1.5, 'x'[:0] == '']))


# The object goes elsewhere.
def kept(n):
    zs = []
    z = 0j
    for i in range(n):
        z = z * (0.5 + 0.5j) + i
        zs.append(z)
    return zs


for k in range(30):
    zs = kept(50)
print(zs[-1], len(set(map(id, zs))), sum(zs), zs[3].real, zs[3].imag)


# Sizes that are used as they are.
def sizes(zs):
    t = 0.0
    for z in zs:
        t += abs(z)
    return t


for k in range(30):
    t = sizes(zs)
print(t, sizes([1j, 2 + 0j]), sizes([-3, 2.5, True, 1j]))


def made(a, b):
    return complex(a, b)


for a, b in [(1, 2), (1.5, -0.0), (True, 3), (2.5, 2)]:
    for k in range(150):
        r = made(a * 1, b * 1)
    print(r)
print(made('1' * 1, 0) if False else made(1j, 1j))


def hidden():
    global abs
    abs = lambda z: 'hidden'
    r = size(1j)
    del abs
    return r


print(hidden(), size(1j))


# Ends in the middle, deep down.
def deep(n, z):
    return deep(n - 1, z * 1j) if n else abs(z) + operator.index(n)


print(deep(300, 3 + 4j))
