# Asynchronous generators: async for, asend, athrow, aclose, comprehensions, errors.
def iterable(f):
    f.__code__ = f.__code__.replace(co_flags=f.__code__.co_flags | 0x100)
    return f


@iterable
def pause(v):
    return (yield v)


def run(c):
    out = []
    try:
        while True:
            out.append(c.send(None))
    except StopIteration as e:
        return out, e.value


async def count(n):
    for i in range(n):
        await pause(('paused', i))
        yield i


async def loop(n):
    got = []
    async for x in count(n):
        got.append(x)
    else:
        got.append('else')
    return got


print(run(loop(3)), run(loop(0)))


async def comps():
    a = [x async for x in count(3)]
    b = {x async for x in count(3) if x != 1}
    c = {x: -x async for x in count(2)}
    d = [(x, y) async for x in count(2) for y in range(2)]
    e = [await pause(x) for x in range(2)]
    g = (x * 10 async for x in count(2))
    f = [x async for x in g]
    return a, b, c, d, e, f, type(g).__name__


print(run(comps()))


async def breaks():
    async for x in count(5):
        if x == 1:
            continue
        if x == 3:
            break
    return x


print(run(breaks()))


async def echo():
    got = None
    try:
        while True:
            try:
                got = yield got
            except ValueError as e:
                got = 'caught ' + str(e)
    finally:
        await pause('closing')
        print('finally')


async def drive():
    g = echo()
    print(await g.__anext__(), await g.asend(1), await g.asend('x'))
    print(await g.athrow(ValueError('v')), g.ag_running, g.ag_await, g.ag_frame is not None)
    print(await g.aclose())
    try:
        await g.__anext__()
    except StopAsyncIteration as e:
        print(repr(e))
    print(await g.aclose(), g.ag_frame)
    try:
        await g.athrow(KeyError('late'))
    except (KeyError, StopAsyncIteration) as e:
        print(repr(e))


print(run(drive()))
g = count(2)
print(type(g).__name__, g.__name__, g.__qualname__, g.ag_code is count.__code__, repr(g).split(' at ')[0], count.__code__.co_flags & 0x200)
a = g.__anext__()
print(type(a).__name__, type(g.asend(1)).__name__, type(g.aclose()).__name__, type(g.athrow(ValueError)).__name__)
print(g.__aiter__() is g, a.__await__() is a, iter(a) is a)
print(a.send(None))
b = g.__anext__()
for f in (lambda: b.send(None), lambda: g.aclose().send(None), lambda: g.athrow(ValueError).send(None), lambda: [x for x in g]):
    try:
        f()
    except (RuntimeError, TypeError) as e:
        print(type(e).__name__, e)
try:
    a.send('r')
except StopIteration as e:
    print('item', e.value)
try:
    a.send(None)
except (RuntimeError, StopIteration) as e:
    print(repr(e))


async def raises_stop():
    yield 1
    raise StopAsyncIteration


async def raises_stop2():
    yield 1
    raise StopIteration


async def collect(g):
    return [x async for x in g]


for f in (raises_stop, raises_stop2):
    try:
        run(collect(f()))
    except RuntimeError as e:
        print(repr(e), repr(e.__cause__))


async def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


async def close_it():
    g = ignores()
    await g.__anext__()
    await g.aclose()


try:
    run(close_it())
except RuntimeError as e:
    print(e)


async def over(x):
    async for y in x:
        print(y)


for x in ([], 3, range(3), loop):
    try:
        run(over(x))
    except TypeError as e:
        print(e)


async def nested_error():
    async for x in count(2):
        1 / 0


try:
    run(nested_error())
except ZeroDivisionError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next


async def with_none():
    async with None:
        pass


try:
    run(with_none())
except AttributeError as e:
    print(e)


def plain(n):
    return (x async for x in count(n))


print(run(collect(plain(2))))
