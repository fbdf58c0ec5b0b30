# A hot generator that yields in try, except, finally and with, and handles what is raised between.
import sys


def g(n):
    for i in range(n):
        try:
            yield i
            if i % 3 == 0:
                raise ValueError(i)
        except ValueError as e:
            yield ('except', str(e), sys.exc_info()[1] is e)
        finally:
            yield ('finally', i, sys.exc_info()[1])


def handled():
    return sys.exc_info()[1]


total = 0
last = []
try:
    raise KeyError('outer')
except KeyError:
    for x in g(400):
        last.append(x)
        if len(last) > 8:
            last.pop(0)
        total += 1
        if handled().args != ('outer',):
            print('lost', x)
print(total, last)


# What the caller handles is what a generator sees, whoever calls this time.
def sees():
    while True:
        yield handled()


s = sees()
seen = []
for i in range(600):
    try:
        raise ValueError(i)
    except ValueError:
        v = next(s)
        if i % 150 == 0:
            seen.append(v.args)
    if i % 200 == 0:
        seen.append(next(s))
print(seen)


class Manager:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log[0] += 1
        return self

    def __exit__(self, t, v, tb):
        self.log[1] += 1
        if t is not None:
            self.log[2] += 1
        return t is KeyError


def w(n, log):
    for i in range(n):
        with Manager(log) as m:
            yield i
            if i % 5 == 0:
                raise KeyError(i)
            yield m is not None


log = [0, 0, 0]
print(sum(1 for _ in w(500, log)), log)


# An exception that leaves a hot generator, and its traceback.
def leaves(n):
    for i in range(n):
        yield i
    yield from inner(n)


def inner(n):
    for i in range(n):
        if i == 300:
            1 // 0
        yield i


def lines(tb):
    out = []
    while tb is not None:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return out


it = leaves(400)
got = 0
try:
    for x in it:
        got += 1
except ZeroDivisionError as e:
    print(got, lines(e.__traceback__), it.gi_frame)
print(list(it))


# A StopIteration inside a hot generator.
def stops(n):
    inner = iter(range(n))
    while True:
        yield next(inner)


got = 0
try:
    for x in stops(500):
        got += 1
except RuntimeError as e:
    print(got, e, repr(e.__cause__))
