# yield from: values, results, send, throw and close go through; iterators of other kinds.
def inner(n):
    got = []
    try:
        for i in range(n):
            x = yield i
            if x is not None:
                got.append(x)
    except ValueError as e:
        got.append(repr(e))
        yield 'recovered'
    finally:
        print('inner done')
    return got


def outer(n):
    r = yield from inner(n)
    print('result', r)
    r = yield from [10, 20]
    print('list', r)
    return (yield from 'xy')


print(list(outer(3)))
it = outer(3)
print(next(it), it.send('a'), it.send('b'))
try:
    while True:
        print(next(it))
except StopIteration as e:
    print(repr(e))
it = outer(3)
print(next(it), it.throw(ValueError('v')), next(it), next(it))
try:
    it.throw(KeyError('k'))
except KeyError as e:
    print(repr(e))
it = outer(3)
next(it)
it.close()
it = outer(3)
next(it)
try:
    it.throw(TypeError)
except TypeError as e:
    print(repr(e))
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next


def over(x):
    yield from x


for x in (3, None, print):
    try:
        next(over(x))
    except TypeError as e:
        print(e)
it = over([1, 2, 3])
next(it)
for f in (lambda: it.send(5), lambda: list(it)):
    try:
        print(f())
    except AttributeError as e:
        print(e)
it = over([1, 2])
next(it)
try:
    it.throw(ValueError('no throw'))
except ValueError as e:
    print(repr(e))
it = over(iter(range(3)))
next(it)
print(it.close(), list(it))
a = inner(2)
b = over(a)
next(b)
print(b.gi_yieldfrom is a, a.gi_yieldfrom, next(a))
print(list(b), b.gi_yieldfrom)


def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


print(sum(deep(200)), len(list(deep(400))))


def tree(t):
    if t:
        l, v, r = t
        yield from tree(l)
        yield v
        yield from tree(r)


print(list(tree((((None, 1, None), 2, None), 3, ((None, 4, None), 5, None)))))


def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


it = over(ignores())
next(it)
try:
    it.close()
except RuntimeError as e:
    print(e)


def self_running():
    yield from me


me = self_running()
try:
    next(me)
except ValueError as e:
    print(e)


def finished():
    g = inner(0)
    print(list(g))
    r = yield from g
    print(r)
    yield 'end'


print(list(finished()))


def throw_return():
    try:
        yield 1
    except ValueError:
        return 'returned'


def takes():
    r = yield from throw_return()
    yield 'took ' + r


it = takes()
next(it)
print(it.throw(ValueError), list(it))
