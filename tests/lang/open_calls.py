# Functions called by who knows only how many arguments they take: map, sorted, reduce and calls whose callee is
# another each time. They take ints, floats, cells and closures, raise, look at frames, and change under way.
from functools import reduce


def plus(k):
    return lambda x: x + k


def counter():
    n = 0

    def count(x):
        nonlocal n
        n += x
        return n
    return count


def keeper(x):
    return lambda: x


def through(fs, x):
    for f in fs:
        x = f(x)
    return x


fs = [plus(3), lambda x: x * x, lambda x: x % 1009, plus(-1), counter()]
print([through(fs, i) for i in range(0, 3000, 271)])
print(sum(through(fs, i) for i in range(3000)))
# Another type each time.
print([through(fs[:2], x) for x in (1, 2.5, True, 10**20, 7)])
print(sum(map(lambda x: x / 2, range(2000))), sum(map(lambda x: x // 2, range(2000))))
print(list(map(lambda x: x + x, [1, 2.5, 'ab', (1,), [2], 10**15, 10**30, True] * 40))[-8:])
print(sum(f() for f in map(keeper, range(2000))))
print(reduce(lambda a, b: (a * 31 + b) % 1000003, range(3000), 1))
print(sorted(range(300), key=lambda i: (i * 7919) % 301)[:5], max(range(500), key=lambda i: i % 97))
print(all(map(lambda x: x < 5000, range(3000))), list(filter(lambda x: x % 500 == 0, range(3000))))


# Wrong counts, defaults, stars.
def two(a, b=10):
    return a + b


def star(*a):
    return len(a)


table = [lambda a: a, two, star, abs, plus(1)]
print(sum(table[i % 5](i) for i in range(2000)))
for n in (0, 1, 2, 3):
    try:
        print([(lambda a, b: a + b)(*range(n)), list(map(lambda a, b: a + b, *[range(3)] * n))])
    except TypeError as e:
        print(e)
for i in range(300):
    for f in (lambda: 0, lambda a, b: 0, plus(1)):
        try:
            f(i)
        except TypeError as e:
            if i == 299:
                print(e)


# Depth.
def down(n):
    return [down, plus(1)][n < 1](n - 1)


print(down(50), sum(map(down, [20] * 200)))
try:
    down(10**6)
except RecursionError as e:
    print(str(e)[:32])


def sink(n):
    return max(map(sink, [n + 1])) if n < 40 else n


print([sink(0) for _ in range(100)][-1])
try:
    sink(-10**6)
except RecursionError as e:
    print(str(e)[:32])


# What is called changes.
def changes(x):
    return x + 1


def other(x):
    return x * 2


total = 0
for i in range(1500):
    total += [changes, plus(0), other][i % 3](i)
    if i == 700:
        changes.__code__ = other.__code__
    if i == 900:
        changes.__code__ = star.__code__
print(total)


def rebinds(x):
    global helper
    if x == 900:
        helper = other
    return helper(x)


helper = plus(5)
print(sum(map(rebinds, range(1500))))


# Methods whose class is another each time.
class A:
    def f(self, x):
        return x

    def name(self):
        return type(self).__name__


kinds = [type('K%d' % k, (A,), {'f': lambda self, x, k=None: x + 1} if k % 2 else
                                 {'f': lambda self, x: x * 2}) for k in range(7)]
objects = [k() for k in kinds]
print(sum(objects[i % 7].f(i) for i in range(3000)), ''.join(o.name() for o in objects))
objects[3].f = lambda x: -x
print(sum(objects[i % 7].f(i) for i in range(3000)))
