# Lists and tuples in hot code: indices from both ends, what is out of range, types that change on the way.
def total(l):
    s = 0
    for i in range(len(l)):
        s += l[i]
    return s

def back(l):
    s = 0
    for i in range(1, len(l) + 1):
        s = s * 3 + l[-i]
        s %= 1000003
    return s

def put(l, k):
    for i in range(len(l)):
        l[i] = l[i] + k
        l[-1 - i] = l[-1 - i] * 2
    return l

def each(it):
    n = 0
    s = 0
    for x in it:
        s = s + x
        n += 1
    return n, s

def pairs(ps):
    s = 0
    for a, b in ps:
        s += a * b
    return s

def first_wrong(l):
    i = 0
    try:
        while True:
            l[i]
            i += 1
    except IndexError as e:
        return i, str(e)

def store_wrong(l):
    i = 0
    try:
        while True:
            l[i] = i
            i += 1
    except IndexError as e:
        return i, str(e), l

def grow(n):
    l = []
    for i in range(n):
        l.append(i * i)
        l.append(float(i))
    return l

def grow_while(l):
    n = 0
    for x in l:
        if n < 3000:
            l.append(x + 1)
        n += 1
    return n, len(l), l[-1]

def shrink_while(l):
    seen = []
    for x in l:
        seen.append(x)
        if len(l) > 3:
            l.pop()
    return seen[-1], len(seen), len(l)

def sieve(n):
    f = [True] * (n + 1)
    f[0] = f[1] = False
    i = 2
    while i * i <= n:
        if f[i]:
            for j in range(i * i, n + 1, i):
                f[j] = False
        i += 1
    c = 0
    for x in f:
        if x:
            c += 1
    return c

def matrix(n):
    a = [[i * 1.0 + j for j in range(n)] for i in range(n)]
    t = 0.0
    for i in range(n):
        ai = a[i]
        for j in range(n):
            s = 0.0
            for k in range(n):
                s += ai[k] * a[k][j]
            t += s
    return t

def truths(l):
    n = 0
    for x in l:
        if x:
            n += 1
        while not x:
            n += 100
            x = 1
    return n

def signs(l):
    s = 0
    for x in l:
        s = s - -x + +x - ~x
    return s

def ended(l):
    it = iter(l)
    s = 0
    for k in range(3):
        for x in it:
            s += x
        l.append(5)
    return s, list(it)

def same_iterator(n):
    out = []
    it = iter(range(n))
    for x in it:
        for y in it:
            if y % 7 == 0:
                break
            x += y
        out.append(x)
    return out[-1], len(out)

for n in (0, 1, 5, 3000):
    print(total(list(range(n))), back(list(range(n))), sum(put(list(range(n)), 3)) % 1000003)
    print(each(list(range(n))), each(tuple(range(n))), each(range(n)))
print(total([1, 2.5, True, 2 ** 70] * 500), total([0.5] * 2000), total([True] * 2000))
print(each([1.5] * 1500 + [2] * 1500 + [2 ** 63] * 3), each((1, 2.5) * 900))
print(pairs([(1, 2), (3, 4)] * 800), pairs([[1, 2]] * 900 + [(5, 6)] * 900), pairs(['ab'[:0] or (2, 3)] * 1200))
try:
    pairs([(1, 2)] * 1500 + [(1, 2, 3)])
except ValueError as e:
    print(e)
try:
    pairs([(1, 2)] * 1500 + [(1,)])
except ValueError as e:
    print(e)
print(first_wrong([0] * 2500), first_wrong((0,) * 2500), first_wrong([]))
print(store_wrong([7] * 2100)[:2], store_wrong([])[:2])
for bad in (lambda l: l[2 ** 70], lambda l: l['a'], lambda l: l[1.0], lambda l: l[True], lambda l: l[-4], lambda l: l[-3]):
    for k in range(3):
        try:
            print(bad([1, 2, 3]))
        except (IndexError, TypeError) as e:
            print(type(e).__name__, e)
g = grow(1500)
print(len(g), g[2000], g[-1], g[2001])
print(grow_while([1, 2, 3]), shrink_while(list(range(4000))))
print(sieve(20000), matrix(30))
print(truths([0, 1, 0.0, 2.5, '', 'a', [], [0], None, True, False] * 300), truths([1.5, 0.0] * 900), truths([3, 0] * 900))
print(signs([1, 2, 3] * 500), signs([1, True, 2 ** 62] * 500))
try:
    signs([1, 2.5] * 500)
except TypeError as e:
    print(e)
print(ended([1, 2, 3]), same_iterator(5000))

# The callee is another one half way.
def measure(l, n):
    s = 0
    for i in range(n):
        s += len(l)
    return s
print(measure([1, 2], 2000), measure((1, 2, 3), 2000), measure('abc', 2000), measure({1: 2}, 10))
real = len
def len(x):
    return real(x) * 10
print(measure([1, 2], 2000))
del len
print(measure([1, 2], 2000))
def range(*a):
    return [1, 2, 3]
print(measure([1, 2], 2000))
del range
print(measure([1, 2], 2000))
