# lists and tuples: every method, every error, sorting
def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e, e.args)
a = [3, 1, 2]
L1 = [1]
T1 = (1,)
S1 = 'abc'
N0 = None
t(lambda: a.append(4))
t(lambda: a.extend((5, 6)))
t(lambda: a.extend(a))
t(lambda: a)
t(lambda: a.insert(0, 'x'))
t(lambda: a.insert(-1, 'y'))
t(lambda: a.insert(100, 'z'))
t(lambda: a.insert(-100, 'w'))
t(lambda: a)
t(lambda: a.pop())
t(lambda: a.pop(0))
t(lambda: a.pop(-2))
t(lambda: a.pop(100))
t(lambda: a.pop(-100))
t(lambda: a.pop('a'))
t(lambda: a.pop(1, 2))
t(lambda: a.pop(10 ** 30))
t(lambda: [].pop())
t(lambda: a.remove(3))
t(lambda: a.remove('no'))
t(lambda: a.index(1))
t(lambda: a.index(1, 3))
t(lambda: a.index(1, -3, 2))
t(lambda: a.index('q'))
t(lambda: a.index(1, 'a'))
t(lambda: a.index(1, -10 ** 30, 10 ** 30))
t(lambda: a.count(1))
t(lambda: a.count(1.0))
t(lambda: a.reverse())
t(lambda: a)
t(lambda: a.copy() == a)
t(lambda: a.copy() is a)
t(lambda: a.clear())
t(lambda: a)
t(lambda: [1, 2] + [3])
t(lambda: [1, 2] + (3,))
t(lambda: (1, 2) + [3])
t(lambda: [1, 2] * 2)
t(lambda: 2 * [1, 2])
t(lambda: [1, 2] * -1)
t(lambda: (1, 2) * 3)
t(lambda: () * 5)
t(lambda: [1] * 'a')
t(lambda: [1][0])
t(lambda: [1][-1])
t(lambda: [1][1])
t(lambda: [1][-2])
t(lambda: L1['a'])
t(lambda: [1][True])
t(lambda: L1[0.0])
t(lambda: [1][10 ** 30])
t(lambda: (1,)[0])
t(lambda: (1,)[5])
t(lambda: T1['a'])
t(lambda: (1,)[10 ** 30])
t(lambda: 'abc'[1])
t(lambda: 'abc'[-3])
t(lambda: 'h\xe9llo w\xf6rld \u20ac\U0001f600'[-1])
t(lambda: 'h\xe9llo w\xf6rld \u20ac\U0001f600'[7])
t(lambda: 'abc'[3])
t(lambda: S1['a'])
t(lambda: N0[0])
t(lambda: len[0])
def put(c, k, v):
    c[k] = v
    return c
t(lambda: put([1, 2], 0, 'x'))
t(lambda: put([1, 2], -1, 'x'))
t(lambda: put([1, 2], 2, 'x'))
t(lambda: put([1, 2], -3, 'x'))
t(lambda: put([1, 2], 'a', 'x'))
t(lambda: put((1, 2), 0, 'x'))
t(lambda: put('ab', 0, 'x'))
t(lambda: put(5, 0, 'x'))
t(lambda: put(range(3), 0, 'x'))
t(lambda: put(None, 0, 'x'))
t(lambda: (1, 2, 1).count(1))
t(lambda: (1, 2, 1).index(1, 1))
t(lambda: (1, 2, 1).index(5))
t(lambda: list('abc'))
t(lambda: list({'a': 1}))
t(lambda: list(range(3)))
t(lambda: list(5))
t(lambda: list(1, 2))
t(lambda: list(x=1))
t(lambda: tuple([1, 2]))
t(lambda: tuple())
t(lambda: tuple('ab'))
t(lambda: tuple(5))
t(lambda: [1, 2] < [1, 3])
t(lambda: [1, 2] < [1, 2, 0])
t(lambda: [1, 2] == [1.0, 2.0])
t(lambda: (1, 'a') < (1, 2))
t(lambda: [1] < (1,))
t(lambda: 3 in [1, 2, 3])
t(lambda: 4 in (1, 2))
t(lambda: [].append())
t(lambda: [].append(1, 2))
t(lambda: [].append(x=1))
t(lambda: [].extend(5))
t(lambda: [].insert(1))
t(lambda: [].clear(1))
x = [1]
x.append(x)
t(lambda: x)
y = (1, x)
t(lambda: y)
x += (7, 8)
t(lambda: len(x))
x *= 2
t(lambda: len(x))
def iadd(a, b):
    a += b
    return a
t(lambda: iadd([1], 'ab'))
t(lambda: iadd([1], 5))
t(lambda: iadd((1,), (2,)))
t(lambda: iadd((1,), [2]))

# sorting
def rnd(n, m):
    out = []
    s = 42
    for i in range(n):
        s = (s * 1103515245 + 12345) % 2147483648
        out.append((s >> 8) % m)
    return out
for n in range(0, 70, 7):
    xs = rnd(n, 50)
    ys = sorted(xs)
    zs = sorted(xs, reverse=True)
    ok = len(ys) == n
    for i in range(n - 1):
        ok = ok and ys[i] <= ys[i + 1] and zs[i] >= zs[i + 1]
    print(n, ok)
pairs = []
for i, k in enumerate(rnd(300, 7)):
    pairs.append((k, i))
s = sorted(pairs, key=lambda p: p[0])
print(s == sorted(pairs), s[0], s[-1])
s = sorted(pairs, key=lambda p: p[0], reverse=True)
print(s[0], s[1], s[-1])
s = sorted(pairs, key=lambda p: -p[0])
print(s[0], s[1], s[-1])
t(lambda: sorted('hello world'))
t(lambda: sorted([1, 2.5, True, 0]))
t(lambda: sorted([3, 'a']))
t(lambda: sorted([(1, 'b'), (1, 'a'), (0, 'z')]))
t(lambda: sorted([1.5, float('inf'), -1.0, 0.0]))
t(lambda: sorted(['b', 'a', 'C', '\xe9', '']))
t(lambda: sorted([10 ** 30, 5, -10 ** 30, 2 ** 60]))
t(lambda: sorted({'b': 1, 'a': 2}))
t(lambda: sorted([1, 2, 3], key=lambda v: -v))
t(lambda: sorted(['aa', 'b', 'ccc'], key=len))
t(lambda: sorted([1], key=5))
t(lambda: sorted([], key=5))
t(lambda: sorted([2, 1], key=None))
t(lambda: sorted([2, 1], reverse=1))
t(lambda: sorted([2, 1], reverse='a'))
t(lambda: sorted([2, 1], reverse=None))
t(lambda: sorted([2, 1], foo=1))
t(lambda: sorted())
t(lambda: sorted([1], 2))
t(lambda: sorted(5))
t(lambda: [3, 1, 2].sort())
t(lambda: [].sort(1))
t(lambda: [].sort(foo=1))
log = []
def spy(v):
    log.append((v, len(b)))
    return v
b = [3, 1, 2]
b.sort(key=spy)
print(log, b)
b = [3, 1, 2]
def grow(v):
    b.append(v)
    return v
t(lambda: b.sort(key=grow))
print(b)
def boom(v):
    if v == 2:
        raise ValueError('boom')
    return v
b = [3, 1, 2, 0]
t(lambda: b.sort(key=boom))
print(b)
mixed = [5, 3, 'x', 1]
t(lambda: mixed.sort())
print(len(mixed), 'x' in mixed)
big = rnd(2000, 100000)
c = big.copy()
c.sort()
d = sorted(big, key=str)
e = sorted(d, key=int)
print(c == e, sorted(c, reverse=True)[0] == max(big), c == sorted(c), sum(c) == sum(big))
