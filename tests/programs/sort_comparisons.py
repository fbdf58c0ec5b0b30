"""A sort makes the same comparisons as CPython's, in the same order."""
import functools


class N:
    """Counts, and notes, what it is compared with."""
    def __init__(self, n):
        self.n = n

    def __lt__(self, o):
        global count, trace
        count += 1
        trace = (trace * 31 + self.n * 7 + o.n) % 1000003
        return self.n < o.n


def lists():
    x = 12345
    for n in (0, 1, 2, 5, 31, 32, 33, 63, 64, 65, 100, 257, 1000, 3000):
        yield 'up', list(range(n))
        yield 'down', list(range(n, 0, -1))
        l = []
        for i in range(n):
            x = (x * 1103515245 + 12345) % 2**31
            l.append(x >> 8)
        yield 'any', l
        yield 'few', [v % 4 for v in l]
        yield 'nearly', [i if v % 10 else v % n for i, v in enumerate(l)]
        yield 'runs', [i % 50 for i in range(n)]
        yield 'two runs', list(range(0, n, 2)) + list(range(1, n, 2))
        yield 'far runs', list(range(n // 2, n)) + list(range(n // 2))
        yield 'organ', list(range(n // 2)) + list(range(n // 2, 0, -1))
        yield 'tail', list(range(n)) + [v % (n + 1) for v in l[:3]]
        yield 'stairs', [j for i in range(n // 10) for j in range(i)]


for name, l in lists():
    for reverse in (False, True):
        count = trace = 0
        got = sorted(map(N, l), reverse=reverse)
        assert [x.n for x in got] == sorted(l, reverse=reverse)
        print(name, len(l), reverse, count, trace)

# An order that is none: what comes out depends on what is compared.
nan = float('nan')
for n in (3, 10, 40, 70, 200):
    l = [nan if i * 7 % 5 == 0 else float(i * 37 % n) for i in range(n)]
    print(n, sorted(l), sorted(l, reverse=True))
print(sorted([{1}, {2}, {1, 2}, set(), {3}, {2, 3}] * 20, key=lambda s: s))


@functools.cmp_to_key
def wild(a, b):
    return (a * b) % 3 - 1


print(sorted(range(150), key=wild))

# One that fails half-way: all items are still there.
for stop in (1, 5, 100, 500, 900, 1500):
    class F:
        def __init__(self, n):
            self.n = n

        def __lt__(self, o):
            global count
            count += 1
            if count == stop:
                raise KeyError(stop)
            return self.n < o.n

    count = 0
    l = [F(i * 7919 % 300) for i in range(300)]
    try:
        l.sort()
    except KeyError as e:
        print(e, [x.n for x in l] if stop < 200 else sum(i * x.n for i, x in enumerate(l)))
    assert sorted(x.n for x in l) == sorted(i * 7919 % 300 for i in range(300))
