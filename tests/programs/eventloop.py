"""An event loop of its own: futures, tasks, async with, async for, async generators, timeouts, cancellation."""
import heapq
from collections import deque


class Cancelled(BaseException):
    pass


class Timeout(Exception):
    pass


class Future:
    def __init__(self, loop):
        self.loop = loop
        self.done = False
        self.value = self.error = None
        self.callbacks = []

    def set(self, value):
        self.settle(value, None)

    def fail(self, error):
        self.settle(None, error)

    def settle(self, value, error):
        if self.done:
            raise RuntimeError('settled twice')
        self.done, self.value, self.error = True, value, error
        for c in self.callbacks:
            self.loop.soon(c, self)

    def when_done(self, callback):
        if self.done:
            self.loop.soon(callback, self)
        else:
            self.callbacks.append(callback)

    def result(self):
        if self.error is not None:
            raise self.error
        return self.value

    def __await__(self):
        if not self.done:
            yield self
        return self.result()


class Task(Future):
    def __init__(self, loop, coroutine, name):
        super().__init__(loop)
        self.coroutine = coroutine
        self.name = name
        self.waiting_for = None
        loop.soon(self.step, None)

    def step(self, awaited, error=None):
        if self.done:
            return
        self.waiting_for = None
        previous, self.loop.current = self.loop.current, self
        try:
            if error is not None:
                future = self.coroutine.throw(error)
            else:
                future = self.coroutine.send(None)
        except StopIteration as stop:
            self.set(stop.value)
        except Cancelled as e:
            self.fail(e)
        except Exception as e:
            self.fail(e)
        else:
            self.waiting_for = future
            future.when_done(self.wake)
        finally:
            self.loop.current = previous

    def wake(self, future):
        if self.waiting_for is future:
            self.step(future)

    def cancel(self, why='cancelled'):
        if not self.done:
            self.waiting_for = None
            self.loop.soon(self.step, None, Cancelled(why))
        return not self.done

    def __repr__(self):
        return '<Task %s %s>' % (self.name, 'done' if self.done else 'pending')


class Loop:
    def __init__(self):
        self.ready = deque()
        self.timers = []
        self.now = 0.0
        self.count = 0
        self.current = None
        self.tasks = []

    def soon(self, callback, *args):
        self.ready.append((callback, args))

    def at(self, time, callback, *args):
        self.count += 1
        heapq.heappush(self.timers, (time, self.count, callback, args))

    def spawn(self, coroutine, name=None):
        task = Task(self, coroutine, name or coroutine.__name__)
        self.tasks.append(task)
        return task

    def sleep(self, delay, value=None):
        f = Future(self)
        self.at(self.now + delay, lambda: f.done or f.set(value))
        return f

    def run(self, coroutine):
        main = self.spawn(coroutine, 'main')
        while not main.done:
            if self.ready:
                callback, args = self.ready.popleft()
                callback(*args)
            elif self.timers:
                self.now, _, callback, args = heapq.heappop(self.timers)
                callback(*args)
            else:
                raise RuntimeError('nothing left to do, but %r waits' % main)
        for t in self.tasks:
            if not t.done:
                t.coroutine.close()
        return main.result()

    async def gather(self, *coroutines, errors=False):
        tasks = [self.spawn(c) for c in coroutines]
        results = []
        for t in tasks:
            try:
                results.append(await t)
            except Exception as e:
                if not errors:
                    raise
                results.append(e)
        return results

    async def limit(self, delay, coroutine):
        task = self.spawn(coroutine)
        first = Future(self)
        task.when_done(lambda t: first.done or first.set(True))
        self.at(self.now + delay, lambda: first.done or first.set(False))
        if await first:
            return task.result()
        task.cancel('too slow')
        try:
            await task
        except Cancelled as e:
            raise Timeout('%s after %g' % (e, delay)) from None
        return task.result()


loop = Loop()


def say(*words):
    print('  %6.2f' % loop.now, *words)


class Lock:
    def __init__(self):
        self.held = False
        self.waiters = deque()

    async def __aenter__(self):
        while self.held:
            f = Future(loop)
            self.waiters.append(f)
            await f
        self.held = True
        return self

    async def __aexit__(self, kind, value, traceback):
        self.held = False
        if self.waiters:
            self.waiters.popleft().set(None)
        return kind is LookupError


class Queue:
    def __init__(self, size):
        self.items = deque()
        self.size = size
        self.getters, self.putters = deque(), deque()

    async def put(self, item):
        while len(self.items) >= self.size:
            f = Future(loop)
            self.putters.append(f)
            await f
        self.items.append(item)
        if self.getters:
            self.getters.popleft().set(None)

    async def get(self):
        while not self.items:
            f = Future(loop)
            self.getters.append(f)
            await f
        item = self.items.popleft()
        if self.putters:
            self.putters.popleft().set(None)
        return item

    def __aiter__(self):
        return self

    async def __anext__(self):
        item = await self.get()
        if item is None:
            raise StopAsyncIteration
        return item


async def tick(name, delay, n):
    for i in range(n):
        await loop.sleep(delay)
        say(name, i)
    return name * n


async def sleeping():
    say(await loop.gather(tick('a', 1, 3), tick('b', 1.5, 2), tick('c', 0.25, 2)))


async def queues():
    q = Queue(2)

    async def feed():
        for i in range(5):
            await q.put(i * i)
            say('put', i * i)
        await q.put(None)

    async def eat():
        total = 0
        async for item in q:
            await loop.sleep(1)
            say('got', item)
            total += item
        else:
            say('the queue is over')
        return total
    print('  ', await loop.gather(feed(), eat()))


async def countdown(n):
    try:
        while n:
            got = yield n
            if got:
                say('was sent', got)
            await loop.sleep(0.5)
            n -= 1
    finally:
        await loop.sleep(0.1)
        say('countdown closed')


async def generators():
    say([x async for x in countdown(3)])
    g = countdown(5)
    say(await g.__anext__(), await g.asend('hello'))
    try:
        await g.athrow(ValueError('into it'))
    except ValueError as e:
        say('came back:', e)
    g = countdown(9)
    async for x in g:
        if x == 7:
            break
    await g.aclose()
    say({x: x * x async for x in countdown(2) if x}, [await double(x) for x in range(3)], {y async for y in pairs(2)})
    squares = (x ** 2 async for x in countdown(3))
    total = 0
    async for s in squares:
        total += s
    say(total, type(squares).__name__)


async def double(x):
    await loop.sleep(0.1)
    return x * 2


async def pairs(n):
    for i in range(n):
        for j in range(n):
            yield i, j


async def locks():
    lock = Lock()
    order = []

    async def use(name, delay, error=None):
        async with lock:
            order.append(name)
            await loop.sleep(delay)
            if error:
                raise error(name)
        return name
    results = await loop.gather(use('x', 1), use('y', 2, LookupError), use('z', 0.5, KeyError), use('w', 0.5), errors=True)
    say(order, [repr(r) for r in results], lock.held)


async def slow(delay, log):
    try:
        await loop.sleep(delay)
        log.append('finished')
        return delay
    except Cancelled as e:
        log.append('cancelled: %s' % e)
        raise
    finally:
        log.append('cleaned')


async def shielded(log):
    try:
        await loop.sleep(10)
    except Cancelled:
        await loop.sleep(1)
        log.append('took its time')
    return 'done anyway'


async def timeouts():
    for delay in (1, 5):
        log = []
        try:
            say('result', await loop.limit(2, slow(delay, log)), log)
        except Timeout as e:
            say('timeout:', e, log, e.__suppress_context__)
    log = []
    say(await loop.limit(2, shielded(log)), log)
    task = loop.spawn(slow(3, log))
    await loop.sleep(1)
    say(task, task.cancel('by hand'))
    try:
        await task
    except Cancelled as e:
        say('awaited a cancelled task:', e, task, task.cancel())


class Session:
    open = 0

    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        await loop.sleep(0.2)
        Session.open += 1
        return self

    async def __aexit__(self, *exc):
        await loop.sleep(0.1)
        Session.open -= 1
        say('close', self.name, exc[0] and exc[0].__name__)

    async def fetch(self, path):
        await loop.sleep(len(path) / 10)
        if 'bad' in path:
            raise OSError(404, path)
        return '%s:%s' % (self.name, path)


class Retry:
    """An awaitable object that makes an attempt each time it is driven."""

    def __init__(self, times, make):
        self.times, self.make = times, make

    def __await__(self):
        for attempt in range(1, self.times + 1):
            try:
                return (yield from self.make(attempt).__await__())
            except OSError as e:
                last = e
                yield from loop.sleep(attempt).__await__()
        raise RuntimeError('gave up') from last


async def sessions():
    async with Session('s1') as one, Session('s2') as two:
        say(await loop.gather(one.fetch('/a'), two.fetch('/long/path'), one.fetch('/bb')), Session.open)
    try:
        async with Session('s3') as s:
            await s.fetch('/bad')
    except OSError as e:
        say(e.errno, e.strerror, Session.open)
    s = Session('s4')
    say(await Retry(3, lambda n: s.fetch('/bad' if n < 3 else '/good')))
    try:
        await Retry(2, lambda n: s.fetch('/bad%d' % n))
    except RuntimeError as e:
        say(e, 'because of', repr(e.__cause__))


async def misuse():
    c = double(1)
    await c
    for attempt in (lambda: c.send(None), lambda: c.throw(ValueError)):
        try:
            attempt()
        except RuntimeError as e:
            say(e)
    for wrong in (5, [1], (x for x in 'a')):
        try:
            await wrong
        except TypeError as e:
            say(e)
    try:
        async for x in [1]:
            pass
    except TypeError as e:
        say(e)
    try:
        async with Future(loop):
            pass
    except AttributeError as e:
        say(e)
    try:
        for x in countdown(1):
            pass
    except TypeError as e:
        say(e)
    f = Future(loop)
    f.set(1)
    try:
        f.set(2)
    except RuntimeError as e:
        say(e)


async def producer_consumer():
    q, log = Queue(3), []

    async def work(name, speed):
        async for item in q:
            await loop.sleep(speed)
            log.append('%s%d' % (name, item))
        await q.put(None)

    workers = [loop.spawn(work(n, s), n) for n, s in (('p', 0.3), ('q', 0.5), ('r', 0.7))]
    for i in range(9):
        await q.put(i)
    await q.put(None)
    for w in workers:
        await w
    say(' '.join(log))


async def forever():
    await Future(loop)


for program in (sleeping, queues, generators, locks, timeouts, sessions, misuse, producer_consumer, forever):
    print('==', program.__name__)
    loop = Loop()
    try:
        loop.run(program())
    except RuntimeError as e:
        print('  ', e)
        loop.tasks[0].coroutine.close()
    print('   %d timers, over at %.2f' % (loop.count, loop.now))
