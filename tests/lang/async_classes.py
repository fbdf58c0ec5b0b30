# Awaitables, asynchronous iterators and managers that are classes; an event loop.
class Pause:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        got = yield self.v
        return ('got', got)


class Manager:
    def __init__(self, swallow=False):
        self.swallow = swallow

    async def __aenter__(self):
        print('aenter', await Pause('entering'))
        return self

    async def __aexit__(self, *exc):
        print('aexit', exc[0], await Pause('leaving'))
        return self.swallow


class Count:
    def __init__(self, n):
        self.i, self.n = 0, n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.i == self.n:
            raise StopAsyncIteration
        self.i += 1
        await Pause(self.i)
        return self.i


def run(c):
    out = []
    v = None
    try:
        while True:
            v = c.send(v)
            out.append(v)
    except StopIteration as e:
        return out, e.value


async def main():
    async with Manager() as m:
        print('body', type(m).__name__)
    async with Manager(True):
        raise ValueError('swallowed')
    try:
        async with Manager():
            raise KeyError('through')
    except KeyError as e:
        print('out', repr(e))
    async with Manager() as a, Manager() as b:
        return [x async for x in Count(3)]


print(run(main()))


async def loop():
    async for x in Count(4):
        if x == 2:
            continue
        if x == 4:
            break
        async with Manager():
            print('item', x)
    else:
        print('else')
    async for x in Count(1):
        pass
    else:
        print('else', x)
    return x


print(run(loop()))


async def returns_inside():
    async with Manager():
        for i in range(3):
            async with Manager():
                if i == 1:
                    return i


print(run(returns_inside()))


class NoAwait:
    pass


class BadAwait:
    def __await__(self):
        return 3


class CoroAwait:
    async def __await__(self):
        pass


class BadEnter:
    def __aenter__(self):
        return 1

    async def __aexit__(self, *a):
        pass


class BadExit:
    async def __aenter__(self):
        return 1

    def __aexit__(self, *a):
        return 2


class BadIter:
    def __aiter__(self):
        return 1


class BadNext:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 1


async def awaits(x):
    await x


async def enters(x):
    async with x:
        pass


async def iterates(x):
    async for y in x:
        pass


for c in (awaits(NoAwait()), awaits(BadAwait()), enters(NoAwait()), enters(BadEnter()), enters(BadExit()), iterates(NoAwait()), iterates(BadIter()), iterates(BadNext())):
    try:
        run(c)
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e, repr(e.__cause__))


class Loop:
    def __init__(self):
        self.ready = []
        self.now = 0
        self.sleeping = []

    def spawn(self, c):
        self.ready.append((c, None))

    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                self.sleeping.sort(key=lambda t: t[:2])
                when, n, c = self.sleeping.pop(0)
                self.now = when
                self.ready.append((c, when))
            c, v = self.ready.pop(0)
            try:
                what, arg = c.send(v)
            except StopIteration as e:
                print('task', c.__name__, 'ended at', self.now, 'with', e.value)
            else:
                if what == 'sleep':
                    self.sleeping.append((self.now + arg, len(self.sleeping), c))
                elif what == 'spawn':
                    self.spawn(arg)
                    self.ready.append((c, None))


async def sleep(n):
    return await Sleep(n)


class Sleep:
    def __init__(self, n):
        self.n = n

    def __await__(self):
        return (yield ('sleep', self.n))


class Spawn(Sleep):
    def __await__(self):
        return (yield ('spawn', self.n))


async def ticker(name, every, times):
    for i in range(times):
        await sleep(every)
        print(name, i)
    return name


async def parent():
    await Spawn(ticker('a', 3, 3))
    await Spawn(ticker('b', 2, 4))
    await sleep(1)
    return 'parent'


l = Loop()
l.spawn(parent())
l.run()
