# itertools: what makes an iterator again where it stands, errors in the middle, derived classes,
# iterators that look at themselves, cycles, and deep nesting.
from itertools import *
import copy
import gc
import operator
import weakref

MAKERS = [
    lambda: count(3), lambda: count(1.5, 2), lambda: cycle([1, 2, 3]), lambda: repeat(7, 10),
    lambda: chain([1, 2], [3, 4], [5, 6]), lambda: accumulate([1, 2, 3, 4, 5]),
    lambda: accumulate([1, 2, 3, 4], initial=3), lambda: accumulate([None, 2, 3], lambda a, b: b),
    lambda: compress([1, 2, 3, 4, 5], [1, 1, 0, 1, 1]),
    lambda: islice([1, 2, 3, 4, 5, 6, 7, 8, 9], 1, 8, 2), lambda: islice([1, 2, 3, 4], None),
    lambda: zip_longest([1, 2, 3, 4], [5], fillvalue=0), lambda: combinations([1, 2, 3, 4], 2),
    lambda: combinations_with_replacement([1, 2, 3], 2), lambda: permutations([1, 2, 3, 4], 3),
    lambda: product([1, 2], [3, 4], [5, 6]), lambda: tee([1, 2, 3, 4, 5])[0],
]
for make in MAKERS:
    for taken in (0, 1, 3):
        it = make()
        for _ in range(taken):
            next(it)
        parts = it.__reduce__()
        plain = [x for part in parts[1:] if part is not None
                 for x in (part if isinstance(part, tuple) else (part,))
                 if isinstance(x, (int, float, tuple, bool))]
        again = parts[0](*parts[1])
        if len(parts) > 2 and parts[2] is not None:
            again.__setstate__(parts[2])
        print(type(it).__name__, taken, plain, list(islice(again, 6)))


class Stops:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        if self.n == 2:
            raise ValueError("two")
        return self.n


for make in (lambda x: chain(x, [9]), lambda x: chain.from_iterable([x, [9]]), cycle, accumulate,
             lambda x: compress(x, [1] * 9), lambda x: takewhile(bool, x),
             lambda x: dropwhile(lambda a: 0, x), lambda x: filterfalse(lambda a: 0, x),
             lambda x: islice(x, 9), lambda x: zip_longest(x, [1] * 3), lambda x: tee(x)[1]):
    it, out = None, []
    try:
        it = make(Stops(5))
    except ValueError as e:
        print(e)
        continue
    for _ in range(8):
        try:
            out.append(next(it))
        except Exception as e:
            out.append(type(e).__name__)
    print(out)

for cls in (repeat, filterfalse, chain, starmap, islice, takewhile, dropwhile, cycle, compress):
    class Sub(cls):
        def __init__(self, newarg=None, *args):
            cls.__init__(self, *args)

    for c in (Sub, cls):
        try:
            c(newarg=1)
        except TypeError as e:
            print(cls.__name__, e)


class Sub(count):
    def __next__(self):
        return "x%d" % super().__next__()


s = Sub(3)
s.note = 1
print(list(islice(s, 3)), s, s.note, type(copy.copy(s)).__name__)


class Looks:
    i = None

    def __iter__(self):
        return self

    def __next__(self):
        if self.i is None:
            raise StopIteration
        i, self.i = self.i, None
        try:
            return next(i)
        except RuntimeError as e:
            return str(e)


x = Looks()
a, b = tee(x)
x.i = b
print(list(a), list(b))

g = groupby("aabbcc")
k, first = next(g)
next(first)
print(next(g)[0], list(first), [(k, list(v)) for k, v in g])


class Never:
    def __eq__(self, other):
        raise KeyError("eq")


g = groupby([1, Never(), 2])
print(next(g)[0])
for _ in range(2):
    try:
        print(type(next(g)[0]).__name__)
    except KeyError as e:
        print("KeyError", e)


class Node:
    pass


def knot():
    x = Node()
    x.all = [chain([x]), cycle([x]), tee([x]), groupby([x]), product([x]), zip_longest([x]),
             accumulate([x]), permutations([x])]
    for it in x.all:
        it is not x.all[2] and next(it)
    return weakref.ref(x)


refs = [knot() for _ in range(30)]
gc.collect()
print(sum(r() is not None for r in refs) < 4)
print(sum(map(operator.mul, count(), repeat(2, 100))), list(chain.from_iterable(repeat([], 5000))))
it = iter([1])
for _ in range(2000):
    it = chain(it)
print(list(it))
