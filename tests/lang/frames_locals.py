"""locals(): one dict a frame, filled anew at each call; cells and free variables; dir, vars, eval, exec on it."""
import sys


def plain(a, b=2, *args, c, **kw):
    first = locals()
    d = 4
    second = locals()
    del a
    third = locals()
    return first is second is third, third


print(plain(1, 5, 6, c=3, z=9))


def cells(x, y):
    def get():
        return x, z

    z = x + y
    one = dict(locals())
    del one["get"]
    x = 10
    two = dict(locals())
    del two["get"], two["one"]
    del z
    return one, two, sorted(locals()), sys._getframe().f_locals is locals()


print(cells(1, 2))


def outer(v):
    w = 7

    def inner():
        print(v, locals())

        def innermost():
            nonlocal w
            w += v
            return locals()

        return innermost()

    r = inner()
    return r, w


print(outer(3))


def written(n):
    locals()["n"] = 99
    locals()["extra"] = 1
    return n, locals()


print(written(1))


def others(p, q):
    r = p + q
    names = dir()
    return names, eval("p + q + r"), sorted(vars()), vars() is locals(), exec("p = 5"), p


print(others(1, 2))


def loop(n):
    total = 0
    for i in range(n):
        total += i
        if i == n - 1:
            return locals()


for _ in range(4):
    print(loop(5))


def callee():
    f = sys._getframe(1)
    return f.f_code.co_name, dict(f.f_locals), f.f_lineno - f.f_code.co_firstlineno


def caller(k):
    m = k * 2
    r = callee()
    m += 1
    return r, callee()[1]["m"], m


for i in range(5):
    print(caller(i))
print(locals() is globals(), sys._getframe().f_locals is globals(), "caller" in locals())
print([sorted(locals()) for q in (1,)], (lambda u: locals())(4))


def kept():
    a = [1]
    f = sys._getframe()
    a.append(2)
    return f


f = kept()
print(f.f_locals["a"], f.f_back is sys._getframe(), f.f_code is kept.__code__, f.f_globals is globals())
f.clear()
print(f.f_locals)


def recurse(n):
    if n == 0:
        names = []
        f = sys._getframe()
        while f:
            names.append((f.f_code.co_name, f.f_locals.get("n")) if f.f_back else f.f_code.co_name)
            f = f.f_back
        return names
    return recurse(n - 1)


print(recurse(4))
for _ in range(3):
    print(len(recurse(30)))


def key(v):
    return -v, sys._getframe(1).f_code.co_name, sys._getframe(1).f_locals.get("tag")


def sorting(tag):
    return [k for k in map(key, (1, 2))], sorted((1, 2), key=key)


for _ in range(3):
    print(sorting("s"))
