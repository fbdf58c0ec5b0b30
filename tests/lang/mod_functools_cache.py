# functools: lru_cache with its counters, cached_property, reduce, partial, cmp_to_key.
from functools import lru_cache, cached_property, reduce, partial, cmp_to_key

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
t(lambda: (fib(80), fib.cache_info()))
fib.cache_clear()
t(fib.cache_info)
calls = []
@lru_cache(maxsize=2)
def f(a, b=0, *, c=0):
    calls.append((a, b, c))
    return a + b + c
for a in (1, 2, 1, 3, 2, 1):
    f(a)
t(lambda: (calls, f.cache_info()))
t(lambda: f([]))
t(lambda: (f.__name__, f.__wrapped__(1, 2, c=3)))
@lru_cache(typed=True)
def g(x):
    return type(x).__name__
t(lambda: (g(1), g(1.0), g(True), g.cache_info()))
t(lambda: lru_cache('x'))

class Data:
    def __init__(self, xs): self.xs = xs
    @cached_property
    def total(self):
        print('computing')
        return sum(self.xs)
d = Data([1, 2, 3])
t(lambda: (d.total, d.total, sorted(d.__dict__)))
del d.total
d.xs.append(10)
t(lambda: d.total)

t(lambda: reduce(lambda a, b: a * b, range(1, 7)))
t(lambda: reduce(lambda a, b: a + [b], 'abc', []))
t(lambda: reduce(max, []))
base2 = partial(int, base=2)
t(lambda: (base2('101'), base2.func, base2.args, base2.keywords))
p = partial(partial(print, 1, sep='-'), 2)
p(3)
p(3, sep='+')
t(lambda: p)
t(lambda: partial(3))
t(lambda: sorted([5, 2, 9], key=cmp_to_key(lambda a, b: b - a)))
