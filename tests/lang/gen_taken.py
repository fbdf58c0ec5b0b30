# What generators yield to those who take all of it: sum, any, all, list, tuple, set, sorted, join. The items change
# their types, the bodies raise, look at frames, take from others meanwhile, and are stopped and go on.
import sys
import traceback

N = 1500
print(sum(i * 2 for i in range(N)), sum(i / 4 for i in range(N)), sum((i for i in range(N)), 5))
print(sum(i if i < 1000 else i + 0.5 for i in range(N)), sum(10**12 * i for i in range(N)))
print(sum(2**47 for _ in range(N)), sum(-2**48 for _ in range(N)), sum(i % 3 == 0 for i in range(N)))
print(sum(10**20 if i == 1200 else i for i in range(N)))
for start in ([], ()):
    print(len(sum(([i] if start == [] else (i,) for i in range(300)), start)))
try:
    sum(i if i < 1200 else 'a' for i in range(N))
except TypeError as e:
    print(e)

print(any(i == 1400 for i in range(N)), all(i < 1400 for i in range(N)), any(0 for _ in range(N)))
print(all(i for i in range(1, N)), any(i > 2000 for i in range(N)), all([] == [] for _ in range(N)))
print(list(i * i for i in range(N))[-3:], tuple(str(i) for i in range(N))[-2:], len(''.join('ab' for _ in range(N))))
print(sorted(-i for i in range(N))[:3], len(set(i % 700 for i in range(N))), sorted(set(i % 8 for i in range(N))))
print(len(set('k%d' % (i % 90) for i in range(N))), len(frozenset(i / 2 for i in range(N))))
print(len(set((i % 5, i % 3) for i in range(N))), len(set(i - 700 for i in range(N))))


def some(n, stop):
    for i in range(n):
        if i == stop:
            raise KeyError(i)
        yield i


for take in (sum, list, set, any, all, sorted, tuple):
    try:
        take(some(N, 1234))
    except KeyError:
        print(traceback.format_exc())
    print(len(list(some(N, -1))))


# Stopped, and gone on with.
g = (i for i in range(N))
print(any(i == 1000 for i in g), next(g), sum(g), next(g, 'end'))
g = (i for i in range(N))
print(all(i < 900 for i in g), list(g)[:2])
g = some(N, -1)
print(any(x == 400 for x in g), g.gi_running, g.gi_frame is not None, next(g))
g.close()
print(list(g))


# Equal keys, asked in Python.
class Key:
    asked = 0

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        Key.asked += 1
        return self.n == getattr(other, 'n', other)


print(len(set(Key(i % 100) for i in range(N))), Key.asked)
print(len(set(Key(i % 100) if i < 200 else i % 120 for i in range(N))), Key.asked)


# The list that grows is the one that the body looks at.
l = [1]
l.extend(len(l) for _ in range(N))
print(l[:4], l[-1])
l = list(range(10))
l.extend(x for x in list(l) for _ in range(100) if len(l) < 600)
print(len(l), sum(l))


# Others are taken from meanwhile, also of the same code.
def triangle(n):
    return sum(sum(j for j in range(i)) for i in range(n))


print(triangle(120))


def tree(n):
    yield n
    if n:
        yield from tree(n - 1)
        yield sum(tree(n - 1))


print([sum(tree(k)) for k in range(9)])


def itself():
    for i in range(N):
        if i == 1100:
            try:
                sum(me)
            except ValueError as e:
                print(e)
        yield i


me = itself()
print(sum(me))


# Frames.
def looking(n):
    for i in range(n):
        if i == 1300:
            f = sys._getframe()
            print(f.f_code.co_name, sorted(f.f_locals), f.f_locals["i"], f.f_back.f_code.co_name)
        yield i


def outer():
    a = sum(looking(N))
    b = len(list(looking(N)))
    return a, b


print(outer())


def caller_changes(n):
    for i in range(n):
        if i == 1200:
            sys._getframe(1).f_locals['total'] = -1
        yield i


def uses():
    total = 7
    s = sum(caller_changes(N))
    return total, s


print(uses())


# Sent values are None; try blocks.
def sees(n):
    got = set()
    for i in range(n):
        got.add((yield i))
    print(got)


print(sum(sees(N)))


def guarded(n):
    for i in range(n):
        try:
            yield i
        finally:
            done.append(i)


done = []
print(sum(guarded(N)), len(done))


def handling(n):
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError as e:
            yield e.args[0]


print(sum(handling(N)), sys.exc_info())

# Totals that are kept as numbers: past 64 bits, of other types in between, of lists.
print(sum(2**62 for _ in range(N)), sum(-2**62 for _ in range(N)), sum(2**63 - 1 - i for i in range(N)))
print(sum((2**62 + i if i < 1000 else -2**62) for i in range(N)), sum(i * 2**52 for i in range(N)))
print(sum(-0.0 for _ in range(N)), sum((-0.0 for _ in range(N)), -0.0), sum(1e308 for _ in range(N)))
print(sum(float('inf') if i == 1400 else 0.5 for i in range(N)), sum(float('nan') if i == 1300 else 0.5 for i in range(N)))
print(sum((i if i % 2 else i / 2) for i in range(N)), sum((i / 2 for i in range(N)), 2**70), sum(True for _ in range(N)))
print(sum((i for i in range(N)), 2**63 - 5), sum((i for i in range(N)), 0.5), sum((i for i in range(N)), True))


def totals(l):
    return sum(l), sum(l, 0.5), sum(l, 2**63 - 1), sum(tuple(l)), sum(x for x in l)


for n in range(N):
    totals([1, 2]), totals([0.5, 1.5])
for l in ([], [1] * 3000, [0.5] * 3000, [1] * 1024 + [0.25] * 1025 + [1] * 5, [2**62] * 5, [2**48 - 1] * 2000, [2**70, 1],
          [1, True, 2], [0.1, 1, 2**53, 0.1], [-0.0, -0.0], [1j, 2], [10**400], [1e308] * 3):
    try:
        print(totals(l))
    except OverflowError as e:
        print(e)


class Growing:
    def __init__(self, l):
        self.l = l

    def __radd__(self, other):
        if len(self.l) < 20:
            self.l.append(self)
        return other + 1

    __add__ = __radd__


l = [1, 2.5]
l.append(Growing(l))
print(sum(l), len(l))
for bad in ([1, 'a'], [0.5, None], ['a']):
    try:
        sum(bad)
    except TypeError as e:
        print(e)
