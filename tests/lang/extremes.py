# max and min of two in loops: ints, and then what is none.
import builtins


class Odd:
    def __init__(self, n):
        self.n = n

    def __gt__(self, other):
        print('gt', self.n)
        return self.n > getattr(other, 'n', other)

    def __lt__(self, other):
        print('lt', self.n)
        return self.n < getattr(other, 'n', other)

    def __repr__(self):
        return 'Odd(%d)' % self.n


def clamp(x, low, high):
    return max(low, min(x, high))


def both(a, b):
    try:
        return max(a, b), min(a, b), max(b, a), min(b, a)
    except TypeError as e:
        return str(e)


print([clamp(i, 10, 20) for i in range(300)][5:25])
for _ in range(200):
    seen = both(3, 4), both(-5, -5), both(2 ** 47, -2 ** 47), both(2 ** 62, 2 ** 62 - 1), both(-2 ** 63, 2 ** 63 - 1)
print(seen)
print(both(2 ** 70, 3), both(3, 2 ** 70), both(1, True), both(True, 1), both(0, False), both(1, 1.0), both(1.0, 1), both(0.0, -0.0),
      both(float('nan'), 1), both(1, float('nan')), both('a', 'b'), both('a', 1), both(None, None), both((1, 2), (1, 3)))
print(both(Odd(1), Odd(2)), both(Odd(2), 2), both(2, Odd(2)))
for _ in range(200):
    seen = both(3, 4)
print(seen, both(True, False), both([1], [2]))
builtins.max = lambda *a: 'mine'
print(clamp(1, 2, 3), both(1, 2))
del builtins.max
try:
    print(clamp(1, 2, 3))
except NameError as e:
    print(e)


def deep(n):
    return deep(n - 1) if n else min(3, 4)


for _ in range(200):
    deep(5)


def depth(n):
    try:
        return deep(n)
    except RecursionError as e:
        return str(e)


first = next(n for n in range(700, 1100) if depth(n) != 3)
print(depth(first - 1), depth(first), first > 900)
