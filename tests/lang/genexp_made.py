# Generator expressions, and generators of local functions, made in hot functions: their frames, names, closures, first
# steps, ends and errors.
import sys
import gc

N = 1500


def total(n, k):
    return sum(i * k for i in range(n))


def several(a, b):
    def local(x, y):
        yield x + a
        yield y + b
    return list(local(1, 2)), list(local(a, b))


def nested(n):
    return [list(j * n for j in range(i)) for i in range(n)]


def partly(n):
    g = (i + n for i in range(5))
    first = next(g)
    return first, g.__name__, g.__qualname__, g.gi_code.co_name, list(g), next(g, 'end')


def kept(n):
    gs = [(i + k for i in range(2)) for k in range(n)]
    n += 1
    return [list(g) for g in gs], n


def thrown(n):
    g = (i for i in range(n))
    try:
        g.throw(KeyError('in'))
    except KeyError as e:
        text = str(e)
    return text, list(g)


def closed(n):
    g = (i for i in range(n))
    g.close()
    return list(g)


def sent(n):
    g = (i for i in range(n))
    try:
        g.send(1)
    except TypeError as e:
        return str(e), g.send(None), next(g)


def fails(n):
    return sum(1 // (i - n) for i in range(n + 1))


def unset(n):
    if n:
        k = 1
    return list(k for _ in range(n + 1))


def default(n):
    def local(x, y=5):
        yield x
        yield y
    return list(local(n)), list(local(n, 1)), list(local(x=n, y=2))


def star(n):
    def local(*a, **k):
        yield a
        yield k
    return list(local(n)), list(local(x=n))


def wrong(n):
    def local(x):
        yield x
    try:
        return list(local(n, n))
    except TypeError as e:
        return str(e)


def celled(n):
    def local(x):
        yield lambda: x
        x += 1
        yield lambda: x
    return [f() for f in local(n)]


def frames(n):
    def local(x):
        f = sys._getframe()
        yield f.f_code.co_name, sorted(f.f_locals), f.f_back.f_code.co_name
        yield x + n
    return list(local(n))


def looked(n):
    g = (i for i in range(n))
    return sorted(g.gi_frame.f_locals), g.gi_running, g.gi_frame.f_lasti, list(g)


def renamed(n):
    def local(x):
        yield x
    local.__name__ = 'other'
    return local(n).__name__


def replaced(n):
    def local(x):
        yield x
    def again(x):
        return [x, 'again']
    local.__code__ = again.__code__
    return list(local(n))


async def agen(n):
    return [x async for x in (i for i in range(n))]


def coroutine(n):
    def run(c):
        try:
            c.send(None)
        except (StopIteration, TypeError) as e:
            return str(e)
    return run(agen(n))


for i in range(N):
    total(9, 3), several(1, 2), nested(4), partly(3), kept(3), thrown(3), closed(2), sent(3)
    default(1), star(1), wrong(1), celled(1), frames(2), looked(2), renamed(1), replaced(1), unset(1)
    if i % 100 == 0:
        coroutine(2)
        gc.collect()
print(total(9, 3), total(3, 1.5), several(3, 4))
print(nested(4), partly(3), kept(3), thrown(3), closed(2), sent(3))
print(default(1), star(1), wrong(1), celled(1), frames(2), looked(2), renamed(1), replaced(1), unset(1), coroutine(2))
try:
    fails(3)
except ZeroDivisionError:
    import traceback
    print(traceback.format_exc())
try:
    unset(0)
except NameError as e:
    print(e)
try:
    total(3, 'ab')
except TypeError as e:
    print(e)


def deep(n):
    return sum(deep(n - 1) for _ in range(1)) + 1 if n else 0


print(deep(100))
try:
    deep(2000)
except RecursionError as e:
    print(e)


def traced(n):
    seen = []
    sys.settrace(lambda f, e, a: seen.append((e, f.f_code.co_name)))
    t = sum(i for i in range(n))
    sys.settrace(None)
    return t, seen


print(traced(2))
