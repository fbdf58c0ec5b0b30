# Short tuples as keys: what equals what, and which code is asked.
import sys

nan = float('nan')


class Key(tuple):
    def __hash__(self):
        return hash((1, 2))

    def __eq__(self, other):
        print('asked')
        return True


class Loud(int):
    def __eq__(self, other):
        print('loud', int(self))
        return int(self) == other

    __hash__ = int.__hash__


def find(d, *keys):
    for k in keys:
        try:
            print(k if type(k) is not str or len(k) < 20 else len(k), d.get(k, 'none'), k in d, k in set(d))
        except Exception as e:
            print(type(e).__name__, e)


d = {}
for x in range(40):
    for y in range(40):
        d[x, y] = x * y
for x, y in d:
    assert d[x, y] == x * y and (x, y) in d and (y, x + 40) not in d
print(len(d), sum(d.values()))
find(d, (3, 4), (3.0, 4), (3, True), (3 + 0j, 4.0), (-1, 2), (), (1,), (1, 2, 3), [1], (1, [2]))
d = {(): 0, ('a',): 1, ('a', 'b'): 2, ('a', 1): 3, (1 << 70, 'a'): 4, (nan,): 5, (1, (2, (3, 'x'))): 6,
     tuple(range(8)): 7, tuple(range(9)): 8, ('x' * 300000, 1): 9, (None, True): 10, (b'a', 2.5): 11}
find(d, (), ('a',), ('a', 'b'), ('a', 'c'), ('a', 1), ('a', 1.0), (1 << 70, 'a'), (nan,), (1, (2, (3, 'x'))),
     (1, (2, (3, 'y'))), tuple(range(8)), tuple(range(9)), tuple(range(7)), (None, 1), (None, True), (b'a', 2.5))
print(d.get(('x' * 300000, 1)), d.get(('x' * 299999 + 'y', 1)))
print({(1, 2): 'a'}.get(Key((5, 6, 7))), {Key((5,)): 'b'}.get((1, 2)), {(Loud(7), 1): 'c'}.get((7, 1)), (7, 1) == (Loud(7), 2))
print((-1, -2) == (-2, -1), hash((-1, -2)) == hash((-2, -2)), hash((0, 1)) == hash((False, 1.0)))


D = {(1, 1 << 20): 3}
B = (1, int(str(1 << 20)))


def deep(n):
    try:
        if n:
            return deep(n - 1)
        return D[B]
    except RecursionError as e:
        return str(e)


def levels():
    return sorted({str(deep(n)) for n in range(150, 230)})


sys.setrecursionlimit(200)
print(levels())
