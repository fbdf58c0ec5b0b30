# Hot coroutines and asynchronous generators.
class Wait:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        got = yield self.v
        return got


def run(coro, answer=None):
    n = 0
    try:
        v = coro.send(None)
        while True:
            n += 1
            v = coro.send(answer(v) if answer else None)
    except StopIteration as e:
        return n, e.value


async def add(a, b):
    return a + await Wait(b)


async def loop(n):
    total = 0
    for i in range(n):
        total += await add(i, i)
    return total


print(run(loop(600), lambda v: v * 2))


async def ticks(n):
    for i in range(n):
        if i % 3 == 0:
            await Wait(i)
        yield i


class Manager:
    def __init__(self, log):
        self.log = log

    async def __aenter__(self):
        await Wait('enter')
        self.log[0] += 1
        return self

    async def __aexit__(self, t, v, tb):
        self.log[1] += 1
        if t is not None:
            self.log[2] += 1
        return t is KeyError


async def consume(n, log):
    total = 0
    async for x in ticks(n):
        async with Manager(log):
            if x % 50 == 7:
                raise KeyError(x)
            total += x
    return total


log = [0, 0, 0]
print(run(consume(500, log)), log)


async def comps(n):
    a = [x async for x in ticks(n) if x % 2]
    b = {x: await add(x, 1) async for x in ticks(n)}
    c = sum([y async for y in (z * 2 async for z in ticks(n))])
    return len(a), b[n - 1], c


print(run(comps(300), lambda v: 1))


class Count:
    def __init__(self, n):
        self.n, self.i = n, 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.i += 1
        if self.i > self.n:
            raise StopAsyncIteration
        if self.i == 450 and self.n == 451:
            raise LookupError(self.i)
        return self.i


async def count(n):
    total = 0
    for _ in range(3):
        async for i in Count(n):
            total += i
        else:
            total += 1000
    return total


print(run(count(400)))
try:
    run(count(451))
except LookupError as e:
    print(repr(e))


async def sends():
    got = 0
    while True:
        got = yield got
        if got is None:
            return


async def drive():
    a = sends()
    v = await a.asend(None)
    for i in range(400):
        v = await a.asend(i)
    try:
        await a.athrow(ValueError, 'x')
    except ValueError as e:
        return v, str(e)


print(run(drive()))


async def wrong(n):
    for i in range(n):
        await Wait(i)
    await 5


try:
    run(wrong(300))
except TypeError as e:
    print(e)
