# Functions that call themselves with floats, which are whole at first: what the leaves are is known then.


def fib(x):
    return x if x < 2.0 else fib(x - 1.0) + fib(x - 2.0)


def mixed(n):
    return n if n < 2 else mixed(n - 1) + mixed(n - 2)


def signs(x):
    # A zero that nothing was added to keeps its sign.
    if x <= 0.0:
        return x
    return signs(x - 1.0) * 1.0 if x < 1.5 else signs(x - 2.0) - signs(x - 1.0)


def up(x):
    if x >= 4.0:
        return x
    return up(x + 1.0) + up(x + 2.0)


def halves(x):
    return x if x < 1.0 else halves(x - 0.5) + halves(x - 1.0)


def steps(x):
    return x + 0.0 if x < 1.0 else steps(x - 3.0 + 1.0) + steps(x - 1e300 + 1e300 - 4.0)


def equal(x):
    if x == 0.0:
        return 1.0
    if x == 1.0:
        return -0.0
    return equal(x - 1.0) + equal(x - 2.0)


def two(x, y):
    return x - y if x < 1.0 else two(x - 1.0, y + 1.0) + two(x - 2.0, y - 1.0)


def down(x):
    # Far from zero a number and the next are one.
    return (x, 1) if x < LOW else (down(x - 1.0)[0], down(x - 2.0)[1] + 1)


def far(x):
    # NaN is below nothing.
    if x + 1e999 - 1e999 < 2.0 or not x - 1e999 + 1e999 != 2.0:
        return -1.0
    return x if x < 1.0 else far(x - 1.0) + 1.0


INF = float('inf')
print([far(float(n)) for n in range(20)], far(20.0), far(500.0))
print(fib(20.0), fib(15), mixed(15.0), mixed(15), mixed(20.0), up(-12.0), two(15.0, 3.0))
print(signs(14.0), equal(16.0), steps(20.0))
for f in fib, mixed, signs, up, steps:
    for x in 12.0, -0.0, 0.0, 1.0, 2.0, 11.5, 0.1, 3, -7.25:
        print(f.__name__, x, repr(f(x)), repr(-f(x)))
print(halves(6.0), halves(6.25), halves(-0.0))
for x in -INF, 1.9999999999999998, 5e-324, -5e-324, 12.0000000000001:
    print(x, repr(fib(x)), repr(mixed(x)), repr(signs(x)))
for big in 2.0 ** 51, 2.0 ** 52, 2.0 ** 53, 1e300:
    for by in 0.0, 4.0, 9.0:
        LOW = big - by
        try:
            print(big, by, down(big))
        except RecursionError:
            print(big, by, 'endless')
try:
    fib(INF)
except RecursionError as e:
    print(e)
print([fib(float(n)) for n in range(12)], [mixed(n / 2) for n in range(12)])
