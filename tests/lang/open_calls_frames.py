# Functions called by who knows only how many arguments they take raise, look at frames, and collect.
import gc
import sys
import traceback
import weakref


def plus(k):
    return lambda x: x + k


# Exceptions, and their lines.
def inverse(x):
    return 1 // x


def third(x):
    y = x + 1
    return [inverse, plus(2), inverse][y % 3](x)


for n in (500, 3):
    try:
        print(sum(map(inverse, list(range(1, n)) + [0])))
    except ZeroDivisionError:
        print(traceback.format_exc().replace(__file__, '?'))
try:
    for i in range(1000, -1, -1):
        third(i)
except ZeroDivisionError:
    print(traceback.format_exc().replace(__file__, '?'))


# Who looks at frames sees them all.
def names(x):
    if x == 700:
        f = sys._getframe()
        out = []
        while f.f_code.co_name != '<module>':
            out.append((f.f_code.co_name, sorted(f.f_locals)))
            f = f.f_back
        return out
    return 0


def asks(g, x):
    a = x + 1
    r = [g, plus(0), abs][0 if x % 2 == 0 else 1 + x % 3 // 2](x)
    return r if a else None


def outer(n):
    seen = []
    for r in map(lambda x: asks(names, x), range(n)):
        if isinstance(r, list):
            seen.append(r)
    return seen


print(outer(1000))
print([r for r in map(names, range(1000)) if r])


def local_names(x):
    y = x * 2
    return len(locals()) if x == 800 else y


print(sum(map(local_names, range(1000))))


# A collection out of a callback.
class Thing:
    pass


gone = []


def lets_go(i):
    if i % 400:
        return 0
    t = Thing()
    gone.append(weakref.ref(t))
    del t
    return gc.collect() >= 0


print(sum(map(lets_go, range(1201))))
gc.collect()
print([r() for r in gone])
