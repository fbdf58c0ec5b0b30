# Every kind of parameter, bound in every way.
def show(*args, **kw):
    return args, sorted(kw.items())


print(show(), show(1), show(a=1), show(1, 2, b=3, a=4))


def posonly(a, b=2, /, c=3, *, d=4, e):
    return a, b, c, d, e


print(posonly(1, e=5), posonly(1, 2, 3, e=6), posonly(1, c=9, e=5, d=8))
print(posonly.__defaults__, posonly.__kwdefaults__)


def mixed(a, b, /, c, d=4, *rest, e, f=6, **kw):
    return a, b, c, d, rest, e, f, kw


print(mixed(1, 2, 3, e=5))
print(mixed(1, 2, 3, 4, 5, 6, e=7, f=8, g=9, a=10, b=11))
print(mixed(1, 2, c=3, e=4, d=5))


def only_star(*, a, b=1):
    return a, b


print(only_star(a=1), only_star(b=2, a=3))


def only_pos(a, /):
    return a


print(only_pos(1))


def kw_named_self(self, /, **kw):
    return self, kw


print(kw_named_self(1, self=2))
print((lambda *a, k=1, **kw: (a, k, kw))(1, 2, k=3, z=4))
print((lambda x, /, y=2: (x, y))(1))


# Defaults are evaluated left to right, positional before keyword-only, once.
log = []


def note(x):
    log.append(x)
    return x


def f(a=note(1), b=note(2), *, c=note(3), d=note(4)) -> note(7):
    return a, b, c, d


print(log, f(), f(9, d=8))


def g(a: note(5), b: note(6) = note(0), *c: note('c'), d: note('d') = 1, **e: note('e')) -> note('r'):
    pass


print(log, g.__annotations__)


def deflist(x=[]):
    x.append(len(x))
    return x


deflist()
deflist()
print(deflist(), deflist([7]))


def cells(a, *args, b=1, **kw):
    def inner():
        return a, args, b, kw
    a += 1
    b += 1
    args += (99,)
    return inner


print(cells(1)(), cells(1, 2, 3, b=4, c=5)())


def shadow(args, *kwargs, **rest):
    del args
    kwargs = list(kwargs)
    return kwargs, rest


print(shadow(1, 2, z=3))
