# send, next, and the values of StopIteration.
def echo():
    got = None
    while True:
        got = yield got
        if got == 'stop':
            return 'bye'


g = echo()
print(next(g), g.send(1), g.send('x'), g.send(None), next(g))
try:
    g.send('stop')
except StopIteration as e:
    print(repr(e), e.value, e.args)
for f in (lambda: next(g), lambda: g.send(1), lambda: g.__next__()):
    try:
        f()
    except StopIteration as e:
        print(repr(e), e.value)
print(next(g, 'default'))
g = echo()
for v in (1, 'a', 0, False):
    try:
        g.send(v)
    except TypeError as e:
        print(e)
print(g.send(None))


def ret(v):
    return v
    yield


for v in (None, 0, (), (1, 2), [], 'x', ValueError('e'), StopIteration(3)):
    try:
        next(ret(v))
    except StopIteration as e:
        print(repr(e), repr(e.value))


def acc():
    total = 0
    n = 0
    while True:
        x = yield total / n if n else None
        total += x
        n += 1


a = acc()
next(a)
print([a.send(x) for x in (1, 2, 3, 4.5)])
try:
    a.send('s')
except TypeError as e:
    print(e)
try:
    a.send(1)
except StopIteration as e:
    print(repr(e))
for bad in (lambda: a.send(), lambda: a.send(1, 2), lambda: a.throw(), lambda: a.throw(1, 2, 3, 4), lambda: a.close(1), lambda: next(3)):
    try:
        bad()
    except TypeError as e:
        print(e)
