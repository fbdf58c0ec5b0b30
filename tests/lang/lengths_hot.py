# len() of everything, and numbers of ranges, in hot functions.
from collections import OrderedDict, defaultdict

N = 1500


class Mine(dict):
    pass


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Long(str):
    def __len__(self):
        return 99


class Bag(set):
    pass


def size(x):
    return len(x)


def at(r, i):
    return r[i]


things = ['', 'abc', 'naïve €', 'x' * 1000, {}, {1: 2, 'a': 3}, set(), {1, 2, 3}, frozenset([1]), [], [1] * 5, (), (1, 2), b'ab',
          range(7), range(0), bytearray(b'xyz'), Sized(4), Long('ab'), Mine(a=1), Bag([1, 2]), OrderedDict(a=1),
          defaultdict(int), {}.keys(), {1: 2}.items()]
for i in range(N):
    size(things[i % 4]), size(things[4 + i % 5])
print([size(x) for x in things])
for bad in (5, None, 1.5, iter([]), size, Sized(-1), Sized('a'), Sized(2**70)):
    try:
        print(size(bad))
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
s = set()
for i in range(N):
    s.add(i % 77)
    if i <= 1400:
        assert size(s) == min(i + 1, 77)
    else:
        s.discard(i % 5)
print(size(s))
r = range(10, 50, 3)
for i in range(N):
    at(r, i % 14), at(range(5, -5, -2), -1 - i % 5)
print([at(r, i) for i in range(-14, 14)], at(range(2**40, 2**45, 2**33), 17), at(range(2**47, 2**48, 2**46), 1))
print(at(range(-2**48, 2**48, 2**47), -1), at(range(2**70), 2**69), at(range(3), True), at(range(2**62, 2**64), 5))
for bad in ((r, 14), (r, -15), (range(0), 0), (range(5), 2**70), (r, 1.0), (r, 'a'), (range(2**70), -2**71)):
    try:
        print(at(*bad))
    except (IndexError, TypeError) as e:
        print(type(e).__name__, e)
print(at(r, slice(1, 3)), at(range(2**70), slice(None, 2)))
len_before = len
len = lambda x: 'other'
print(size('abc'), size({}))
len = len_before
print(size('abc'), size({}))


def backwards(*a):
    return list(reversed(range(*a)))


for i in range(N):
    backwards(i % 9)
print(backwards(5), backwards(0), backwards(1, 10, 3), backwards(10, -3, -4), backwards(2**47, 2**48 - 5, 2**46))
print(backwards(-2**48, 2**48, 2**47), backwards(2**63 - 3, 2**63, 1), backwards(2**70, 2**70 + 2), backwards(3, 3))
