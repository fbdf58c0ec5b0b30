# functools: partials of partials, derived ones and their state, keys of cmp_to_key, caches that call
# themselves, bind as methods, forget what was used longest ago, and cycles through all of them.
from functools import cmp_to_key, lru_cache, partial
import copy
import gc
import weakref


def f(*args, **kw):
    return args, kw


p = partial(f, 1, a=2)
q = partial(p, 2, b=3)
print(q.func is f, q.args, q.keywords, q(3, a=9, c=4), partial(f)(1), partial(f, 1)(2))
p.note = "n"
r = partial(p, 5)
print(r.func is p, r(6), p.__dict__, copy.copy(p).note, copy.deepcopy(p).args)
print(repr(partial(len, [1], x=2)).replace("<built-in function len>", "len"))


class P(partial):
    pass


s = P(P(f, 1), 2)
print(type(s.func).__name__, s(3), P(f, 1).__reduce__()[2][1:])
for state in (3, (1, 2), (f, [1], None, None), (f, (1,), 3, None), (f, (1,), None, {"z": 1})):
    x = partial(f)
    try:
        x.__setstate__(state)
        print(x.args, x.keywords, x.__dict__, x())
    except TypeError as e:
        print(e)
x.__setstate__((x, (1,), {}, {}))
print(repr(x))
x.__setstate__((f, (x,), {}, {}))
print(repr(x).count("partial("))
for bad in ("partial()", "partial(3)", "partial(func=f)", "setattr(p, 'func', 1)", "partial(f, 1)(**{1: 2})"):
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, type(e).__name__, e)
print(partial(f, *range(20))(*range(20), k=1)[0] == tuple(range(20)) * 2)


class C:
    m = partial(f, "m")


print(C().m(1))

K = cmp_to_key(lambda a, b: (a > b) - (a < b))
print(sorted([3, 1, 2], key=K), sorted("bca", key=cmp_to_key(lambda a, b: ord(b) - ord(a))))
print(K(1) < K(2), K(1) == K(1), K(2) >= K(3), K(5).obj, K(1) != K(2))
for bad in ("K(1) < 2", "2 < K(1)", "hash(K(1))", "K()", "K(1, 2)", "K < K(1)", "cmp_to_key()"):
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, type(e).__name__, e)

calls = []


@lru_cache(maxsize=2)
def square(n):
    calls.append(n)
    return n * n


print([square(n) for n in (1, 2, 1, 3, 2, 1, 1)], calls, square.cache_info())
square.cache_clear()
print(square.cache_info(), square.__name__, square.__wrapped__(4), square.__doc__)


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())


@lru_cache(typed=True)
def kind(x, y=0):
    return type(x).__name__


print(kind(1), kind(1.0), kind(True), kind(1, y=0), kind(x=1), kind(1), kind.cache_info())


@lru_cache()
def bad(x):
    raise ValueError(x)


for x in (1, 1, [1]):
    try:
        bad(x)
    except Exception as e:
        print(type(e).__name__, e)
print(bad.cache_info())


@lru_cache(maxsize=0)
def never(x):
    return x


print(never(1), never(1), never.cache_info())


@lru_cache(maxsize=3)
def again(n):
    if n:
        again(n - 1)
        again(n)if n == 1 and not calls.append("x") and len(calls) < 9 else None
    return n


calls.clear()
print(again(2), again.cache_info())


class Box:
    def __init__(self, n):
        self.n = n

    @lru_cache(maxsize=10)
    def get(self, k):
        return self.n + k

    def __eq__(self, other):
        raise KeyError("eq")

    def __hash__(self):
        return 1


b = Box(1)
print(b.get(1), b.get(1), Box.get.cache_info()[:2], copy.copy(Box.get) is Box.get)
try:
    Box(2).get(1)
except KeyError as e:
    print("KeyError", e)


class Node:
    pass


def knot():
    x = Node()
    x.p = partial(f, x)
    x.p.me = x.p

    @lru_cache()
    def g(y):
        return x

    x.g = g
    g(x)
    return weakref.ref(x), weakref.ref(x.p)


refs = [knot() for _ in range(30)]
gc.collect()
print([sum(r[i]() is not None for r in refs) < 4 for i in range(2)])
