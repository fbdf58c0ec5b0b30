# Parts of lists taken, and assigned at once to parts of lists, also of the same one; pop and insert. Loops are hot,
# and then things change their types.
import sys

N = 1200


def turned(l, k):
    l[:k + 1] = l[k::-1]
    return l


def moved(a, b, i, j, k, m):
    a[i:j] = b[k:m]
    return a


def moved_by(a, b, i, j):
    a[i:j + 1] = b[j - 1:i:-1]
    return a


def stepped(a, b):
    a[1:3] = b[::2]
    return a


def all_of(a, b):
    a[:] = b[:]
    return a


def back(a, b):
    a[2:] = b[::-3]
    return a


def part(l, i, j):
    return l[i:j], l[i:], l[:j], l[i:j:2], l[j:i:-1], l[:], l[::-1]


class Odd(list):
    def __getitem__(self, k):
        return ['got', k]

    def __setitem__(self, k, v):
        print('set', k, v)


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


for f in (turned,):
    for n in range(N):
        f(list(range(n % 9)), n % 11 - 1)
for n in range(N):
    moved(list(range(8)), list(range(20, 26)), n % 9, n % 7, n % 5, n % 8)
    moved_by(list(range(8)), list(range(20, 26)), n % 3, n % 6)
    stepped([1, 2, 3, 4], [5, 6, 7])
    all_of([1, 2], [3])
    back([1, 2, 3], [4, 5, 6, 7])
    part(list(range(n % 10)), n % 4, n % 9)

print([turned(list(range(n)), k) for n in range(6) for k in range(-3, 8)])
l = list(range(8))
print([moved(l[:], l, i, j, k, m) for i in (0, 3, -2) for j in (0, 5, 99) for k in (1, -3) for m in (2, 8)])
for i in (0, 2, 5, -3):
    for j in (0, 3, 7, -2):
        a = list(range(8))
        print(moved(a, a, i, j, j, i + 4), end=' ')
        a = list(range(8))
        print(moved_by(a, a, i, j), end=' ')
        a = list(range(8))
        print(moved(a, a, i, i + 3, i, i + 3), end=' ')
    print()
a = [1, 2, 3, 4, 5]
print(stepped(a, a), all_of(a, a), back(a, a))
print(part(list(range(7)), 2, 5), part([], 1, 2), part([1, 2], -5, 9))
print(part(list(range(7)), None, 5), part(list(range(7)), 1, None), part(list(range(7)), True, Index(4)))
print(part(list(range(7)), 2**70, -2**70), part((1, 2, 3), 0, 2), part('abcdef', 1, 4))
print(turned(list(range(5)), True), moved([1, 2, 3], (7, 8), 0, 1, 0, 2), moved([1, 2, 3], 'xyz', 0, 1, 0, 2))
print(moved(Odd([1, 2, 3]), [4], 0, 1, 0, 1), moved([1, 2], Odd([5, 6]), 0, 1, 0, 1), part(Odd([1]), 0, 1))
for bad in ((1.5, 2), (0, 'a')):
    for f in (part, lambda l, i, j: moved(l, l, i, j, 0, 1), lambda l, i, j: moved(l, l, 0, 1, i, j)):
        try:
            f([1, 2, 3], *bad)
        except TypeError as e:
            print(e)
for a, b in (((1, 2), [3]), ([1], 5), ({}, [1]), (None, [1])):
    try:
        print(moved(a, b, 0, 1, 0, 1))
    except TypeError as e:
        print(e)


def unbound(n):
    if n:
        x = [1]
    x[:1] = [2, 3][:1]
    return x


for n in range(N):
    unbound(1)
try:
    unbound(0)
except UnboundLocalError as e:
    print(e)


def queue(n):
    l = []
    out = 0
    for i in range(n):
        l.insert(i % 5, i)
        l.insert(-1, i)
        l.insert(i, i)
        out += l.pop() + l.pop(0) * 3 + l.pop(-1)
        l.append(i)
        if len(l) > 40:
            out += l.pop(i % 7) - l.pop(-3)
    return out, l


print(queue(3 * N))


def rotate(l, r):
    l.insert(r, l.pop(0))
    return l


for n in range(N):
    rotate(list(range(6)), n % 8)
print([rotate(list(range(6)), r) for r in range(-7, 8)], rotate(list(range(3)), True), rotate([1.5, 2], Index(1)))
for bad in ([], (1, 2), {1: 2}, None):
    try:
        print(rotate(bad, 1))
    except (IndexError, AttributeError, TypeError) as e:
        print(type(e).__name__, e)
try:
    rotate([1, 2], 2**70)
except OverflowError as e:
    print(e)
try:
    rotate([1, 2], 'x')
except TypeError as e:
    print(e)


def popping(l, i):
    try:
        return l.pop(i)
    except IndexError as e:
        return str(e)


for n in range(N):
    popping([1, 2, 3], n % 3)
print([popping([1, 2, 3], i) for i in range(-5, 5)], popping([], 0), popping(['a', 2.5], 1), popping([None], -1))
for n in range(N):
    popping([1], 7)
print(popping([1], 7), popping([], -1), popping([4], 0))


class Stack(list):
    def pop(self, *a):
        return 'mine'

    def insert(self, *a):
        print('insert', a)


print(popping(Stack([1]), 0), rotate(Stack([1, 2]), 1))


def shared(n):
    # Iterators see what is moved under them.
    l = list(range(6))
    seen = []
    for x in l:
        seen.append(x)
        if len(seen) > n:
            break
        l[:3] = l[2::-1]
        if x == 4:
            l.insert(0, 9)
            l.pop()
    return seen, l


for n in range(N):
    shared(n % 12)
print([shared(n) for n in range(10)])


def far(l):
    return l[::-9223372036854775808], l[::-9223372036854775807], l[::9223372036854775807], l[2:0:-9223372036854775808]


for i in range(2000):
    far([1, 2, 3])
print(far([1, 2, 3]), far([]))
