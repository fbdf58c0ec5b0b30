# Depth and recursion through generators, in tracebacks too.
import sys


def rec(n):
    if n:
        yield from rec(n - 1)
    yield n


sys.setrecursionlimit(250)
print(sum(rec(150)))
try:
    list(rec(1000))
except RecursionError as e:
    print(e)


def loop(n):
    for x in (loop(n - 1) if n else ()):
        yield x
    yield n


print(len(list(loop(80))))


def forever():
    yield from forever()


for i in range(3):
    try:
        next(forever())
    except RecursionError as e:
        print(e)


def depth_in():
    n = 0
    f = sys._getframe()
    while f:
        n += 1
        f = f.f_back
    yield n


def d(n):
    return d(n - 1) if n else next(depth_in())


print(d(0), d(10), d(50))


def raiser():
    yield 1
    raise ValueError('deep')


def mid():
    for x in raiser():
        yield x


def top():
    return [x for x in mid()]


try:
    top()
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_back and tb.tb_frame.f_back.f_code.co_name)
        tb = tb.tb_next


def sized(n):
    sys.setrecursionlimit(n)
    try:
        return sum(1 for _ in rec(n - 40))
    finally:
        sys.setrecursionlimit(250)


print(sized(400))
