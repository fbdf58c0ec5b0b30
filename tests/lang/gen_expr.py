# Generator expressions: scope, closures, the first iterable evaluated at once, conditions, nesting.
print(list(i * i for i in range(5)), sum(i for i in range(10) if i % 2))
print(list((i, j) for i in range(3) for j in range(i)), list(x for x in (y for y in 'abc')))


def f(n):
    k = 10
    g = (i + k for i in range(n))
    k = 20
    return list(g)


print(f(3))
try:
    (x for x in undefined)
except NameError as e:
    print(e)
g = (x for x in [1, 2] for y in undefined)
try:
    next(g)
except NameError as e:
    print(e)
try:
    (x for x in 3)
except TypeError as e:
    print(e)
g = (x for x in range(2))
print(type(g), g.__name__, g.__qualname__, g.gi_code.co_name, g.gi_frame.f_locals.keys())
print(repr(g).split(' at ')[0])
fs = [lambda: i for i in range(3)]
gs = list((lambda: i) for i in range(3))
print([f() for f in fs], [f() for f in gs])
print(list(x if x % 2 else -x for x in range(5)), (lambda *a: a)(*(c for c in 'xyz')))
print(all(x < 5 for x in range(5)), any(x > 5 for x in range(5)), dict((c, ord(c)) for c in 'ab'))


def qual():
    return (0 for _ in ())


print(qual().__qualname__)


def hot(n):
    return sum(i * 2 for i in range(n))


print([hot(i) for i in range(40)][-3:], hot(5000))
