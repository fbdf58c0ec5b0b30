# Coroutines: await, results, exceptions, send, throw, close, attributes.
def iterable(f):
    f.__code__ = f.__code__.replace(co_flags=f.__code__.co_flags | 0x100)
    return f


@iterable
def pause(v):
    r = yield v
    return r


def run(c, *sent):
    out = []
    sent = list(sent)
    try:
        out.append(c.send(None))
        while True:
            out.append(c.send(sent.pop(0) if sent else None))
    except StopIteration as e:
        return out, e.value


async def one(x):
    r = await pause(x)
    return r, x


async def two():
    a = await one(1)
    b = await one(2)
    return [a, b]


print(run(two()), run(two(), 'x', 'y'))


async def nothing():
    pass


print(run(nothing()), type(nothing), nothing.__code__.co_flags & 0x80)
c = two()
print(type(c), c.__name__, c.__qualname__, c.cr_running, c.cr_await, c.cr_code is two.__code__, c.cr_origin, c.cr_frame.f_lasti)
print(repr(c).split(' at ')[0])
print(c.send(None), c.cr_await.__name__, c.cr_await.cr_await.__name__, c.cr_await.cr_await.gi_yieldfrom)
try:
    c.throw(ValueError('thrown'))
except ValueError as e:
    print(repr(e))
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next
print(c.cr_frame, c.cr_await)
for f in (lambda: c.send(None), lambda: c.throw(KeyError('k')), lambda: c.close()):
    try:
        print(f())
    except RuntimeError as e:
        print(e)
c = two()
for f in (lambda: c.send(1), lambda: iter(c), lambda: next(c), lambda: [x for x in c]):
    try:
        f()
    except TypeError as e:
        print(e)
print(c.close(), c.cr_frame)


async def catching():
    try:
        await one('in try')
    except ValueError as e:
        print('caught', e)
        return await one('handler')
    finally:
        print('finally')


c = catching()
print(c.send(None), c.throw(ValueError, 'v'))
try:
    c.send('end')
except StopIteration as e:
    print(e.value)
c = catching()
c.send(None)
c.close()


async def awaits(x):
    return await x


for x in (3, None, 'abc', [], pause, (y for y in ())):
    try:
        run(awaits(x))
    except TypeError as e:
        print(e)


async def stops():
    raise StopIteration(3)


try:
    run(stops())
except RuntimeError as e:
    print(repr(e), repr(e.__cause__))


async def ignores():
    try:
        await pause(1)
    except GeneratorExit:
        await pause(2)


c = ignores()
c.send(None)
try:
    c.close()
except RuntimeError as e:
    print(e)
inner = one('shared')
a, b = awaits(inner), awaits(inner)
print(a.send(None))
try:
    b.send(None)
except RuntimeError as e:
    print(e)
try:
    a.send('v')
except StopIteration as e:
    print(e.value)
try:
    run(awaits(inner))
except RuntimeError as e:
    print(e)
w = one('w').__await__()
print(type(w).__name__, iter(w) is w, next(w))
try:
    w.send('sent')
except StopIteration as e:
    print(e.value)


async def running():
    print(me.cr_running)
    me.send(None)


me = running()
try:
    run(me)
except ValueError as e:
    print(e)


async def chain(n):
    if n == 0:
        return await pause('bottom')
    return 1 + await chain(n - 1)


print(run(chain(150), 5))


def not_async():
    c = one(1)
    try:
        yield from c
    finally:
        c.close()


try:
    list(not_async())
except TypeError as e:
    print(e)


@iterable
def may():
    r = yield from one('may')
    return r


print(run(awaits(may()), 7))
lam = [await_ for await_ in range(3)]
print(lam)
