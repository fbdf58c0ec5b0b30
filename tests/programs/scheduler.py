"""A cooperative scheduler of generators: system calls, priorities, sleep, pipes, locks, errors, a supervisor."""
import heapq
import sys
from collections import OrderedDict, deque
from contextlib import contextmanager


class Killed(Exception):
    pass


class Deadlock(RuntimeError):
    pass


class Call:
    """A request to the scheduler; `perform` says what becomes of the task."""

    def perform(self, task, kernel):
        raise NotImplementedError


class Sleep(Call):
    def __init__(self, ticks):
        self.ticks = ticks

    def perform(self, task, kernel):
        kernel.sleep(task, self.ticks)


class Spawn(Call):
    def __init__(self, target, name=None, priority=None):
        self.target, self.name, self.priority = target, name, priority

    def perform(self, task, kernel):
        new = kernel.add(self.target, self.name, task.priority if self.priority is None else self.priority, parent=task)
        kernel.ready(task, new)


class Join(Call):
    def __init__(self, other):
        self.other = other

    def perform(self, task, kernel):
        if self.other.finished:
            kernel.deliver(task, self.other)
        else:
            self.other.waiters.append(task)


class Kill(Call):
    def __init__(self, other, why='killed'):
        self.other, self.why = other, why

    def perform(self, task, kernel):
        kernel.kill(self.other, Killed(self.why))
        kernel.ready(task, not self.other.finished)


class Now(Call):
    def perform(self, task, kernel):
        kernel.ready(task, kernel.clock)


class Get(Call):
    def __init__(self, pipe):
        self.pipe = pipe

    def perform(self, task, kernel):
        pipe = self.pipe
        if pipe.items:
            kernel.ready(task, pipe.items.popleft())
            if pipe.putters:
                putter, item = pipe.putters.popleft()
                pipe.items.append(item)
                kernel.ready(putter)
        elif pipe.closed:
            kernel.throw(task, EOFError(pipe.name))
        else:
            pipe.getters.append(task)
            task.blocked_on = pipe


class Put(Call):
    def __init__(self, pipe, item):
        self.pipe, self.item = pipe, item

    def perform(self, task, kernel):
        pipe = self.pipe
        if pipe.closed:
            kernel.throw(task, BrokenPipeError('%s is closed' % pipe.name))
        elif pipe.getters:
            getter = pipe.getters.popleft()
            getter.blocked_on = None
            kernel.ready(getter, self.item)
            kernel.ready(task)
        elif len(pipe.items) < pipe.size:
            pipe.items.append(self.item)
            kernel.ready(task)
        else:
            pipe.putters.append((task, self.item))
            task.blocked_on = pipe


class Close(Call):
    def __init__(self, pipe):
        self.pipe = pipe

    def perform(self, task, kernel):
        self.pipe.closed = True
        while self.pipe.getters:
            kernel.throw(self.pipe.getters.popleft(), EOFError(self.pipe.name))
        kernel.ready(task)


class Pipe:
    def __init__(self, name, size=1):
        self.name, self.size = name, size
        self.items, self.getters, self.putters = deque(), deque(), deque()
        self.closed = False

    def __repr__(self):
        return 'pipe %s' % self.name


class Lock:
    def __init__(self, name):
        self.name = name
        self.tokens = Pipe(name, 1)
        self.tokens.items.append('token')
        self.owner = None

    def acquire(self, who):
        yield Get(self.tokens)
        self.owner = who
        return self

    def release(self):
        self.owner = None
        yield Put(self.tokens, 'token')


class Task:
    serial = 0

    def __init__(self, target, name, priority, parent):
        Task.serial += 1
        self.number = Task.serial
        self.stack = [target]
        self.name = name or getattr(target, '__name__', 'task')
        self.priority = priority
        self.parent = parent
        self.finished = False
        self.result = self.error = None
        self.waiters = []
        self.blocked_on = None
        self.steps = 0

    def __repr__(self):
        return '<%s #%d>' % (self.name, self.number)


class Kernel:
    def __init__(self, trace=False):
        self.queue = []
        self.sleeping = []
        self.tasks = OrderedDict()
        self.clock = 0
        self.order = 0
        self.trace = trace
        self.switches = 0

    def add(self, target, name=None, priority=5, parent=None):
        task = Task(target, name, priority, parent)
        self.tasks[task.number] = task
        self.ready(task)
        return task

    def push(self, task, action):
        self.order += 1
        heapq.heappush(self.queue, (task.priority, self.order, task, action))

    def ready(self, task, value=None):
        self.push(task, lambda g: g.send(value))

    def throw(self, task, error):
        task.blocked_on = None
        self.push(task, lambda g: g.throw(error))

    def sleep(self, task, ticks):
        self.order += 1
        heapq.heappush(self.sleeping, (self.clock + ticks, self.order, task))

    def deliver(self, task, other):
        if other.error is not None:
            self.throw(task, other.error)
        else:
            self.ready(task, other.result)

    def kill(self, task, error):
        if task.finished:
            return
        self.queue = [q for q in self.queue if q[2] is not task]
        heapq.heapify(self.queue)
        self.sleeping = [s for s in self.sleeping if s[2] is not task]
        heapq.heapify(self.sleeping)
        if task.blocked_on is not None and task in task.blocked_on.getters:
            task.blocked_on.getters.remove(task)
        self.throw(task, error)

    def finish(self, task, result=None, error=None):
        task.finished = True
        task.result, task.error = result, error
        del self.tasks[task.number]
        if error is not None and not task.waiters:
            print('  [%3d] %r dies of %s: %s' % (self.clock, task, type(error).__name__, error))
        for w in task.waiters:
            self.deliver(w, task)

    def step(self, task, action):
        """Runs a task to its next request; generators it yields are called as subroutines."""
        while True:
            task.steps += 1
            try:
                request = action(task.stack[-1])
            except StopIteration as stop:
                task.stack.pop()
                if not task.stack:
                    self.finish(task, stop.value)
                    return
                action = lambda g, value=stop.value: g.send(value)
            except Exception as e:
                task.stack.pop()
                if not task.stack:
                    self.finish(task, error=e)
                    return
                action = lambda g, e=e: g.throw(e)
            else:
                if isinstance(request, Call):
                    request.perform(task, self)
                    return
                if hasattr(request, 'send'):
                    task.stack.append(request)
                    action = lambda g: g.send(None)
                elif request is None:
                    self.ready(task)
                    return
                else:
                    action = lambda g, r=request: g.throw(TypeError('no request: %r' % (r,)))

    def run(self):
        while self.queue or self.sleeping:
            if not self.queue:
                self.clock = self.sleeping[0][0]
            while self.sleeping and self.sleeping[0][0] <= self.clock:
                _, _, task = heapq.heappop(self.sleeping)
                self.ready(task)
            _, _, task, action = heapq.heappop(self.queue)
            self.switches += 1
            if self.trace:
                print('  [%3d] %r' % (self.clock, task))
            self.step(task, action)
        if self.tasks:
            stuck = ', '.join('%r on %r' % (t, t.blocked_on) for t in self.tasks.values())
            raise Deadlock(stuck)


# ---- programs

def say(*words):
    print('   ', *words)


def counter(name, n, pause):
    for i in range(n):
        say(name, i, 'at', (yield Now()))
        yield Sleep(pause)
    return n * 10


def counting():
    tasks = []
    for name, n, pause in (('a', 3, 5), ('b', 2, 7), ('c', 4, 2)):
        tasks.append((yield Spawn(counter(name, n, pause), name)))
    total = 0
    for t in tasks:
        total += yield Join(t)
    say('total', total)


def producer(pipe, items):
    for item in items:
        yield Put(pipe, item)
    yield Close(pipe)
    return 'produced %d' % len(items)


def stage(source, target, function):
    try:
        while True:
            item = yield Get(source)
            yield Put(target, function(item))
    except EOFError as e:
        say('end of', e)
        yield Close(target)


def pipeline():
    raw, squared, shown = Pipe('raw', 2), Pipe('squared'), Pipe('shown', 3)
    first = yield Spawn(producer(raw, range(8)), 'producer')
    yield Spawn(stage(raw, squared, lambda x: x * x))
    yield Spawn(stage(squared, shown, lambda x: '<%d>' % x))
    out = []
    try:
        while True:
            out.append((yield Get(shown)))
    except EOFError:
        pass
    say(' '.join(out), (yield Join(first)))


def broken():
    yield Sleep(1)
    yield from deep(3)


def deep(n):
    if n:
        yield deep(n - 1)
    else:
        raise ValueError('at the bottom')


def failing():
    child = yield Spawn(broken(), 'broken')
    try:
        yield Join(child)
    except ValueError as e:
        say('caught', repr(e), 'from', child)
        names = []
        tb = e.__traceback__
        while tb is not None:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        say('through', [n for n in names if n in ('failing', 'deep')])
    yield Spawn(broken(), 'unwatched')
    yield Sleep(5)
    try:
        yield 'nonsense'
    except TypeError as e:
        say(e)


def patient(log):
    try:
        while True:
            log.append((yield Now()))
            yield Sleep(3)
    except Killed as e:
        log.append(str(e))
        return 'went quietly'
    finally:
        log.append('cleaned')


def stubborn():
    while True:
        try:
            yield Sleep(4)
        except Killed:
            say('not yet')


def killing():
    log = []
    task = yield Spawn(patient(log))
    yield Sleep(10)
    say('was alive:', (yield Kill(task, 'enough')))
    say((yield Join(task)), log)
    rock = yield Spawn(stubborn())
    for _ in range(2):
        yield Sleep(6)
        yield Kill(rock)
    yield None
    rock.stack[-1].close()
    say('alive after close:', rock.stack[-1].gi_frame is not None)


@contextmanager
def noted(name):
    say('enter', name)
    try:
        yield name.upper()
    except KeyError as e:
        say('swallowed', e)
    finally:
        say('leave', name)


def worker(lock, name, ticks, shared):
    yield lock.acquire(name)
    try:
        with noted(name) as loud:
            before = shared['n']
            yield Sleep(ticks)
            shared['n'] = before + 1
            if ticks == 2:
                raise KeyError(loud)
    finally:
        yield lock.release()
    return shared['n']


def locking():
    lock, shared = Lock('lock'), {'n': 0}
    tasks = []
    for name, ticks in (('x', 3), ('y', 2), ('z', 1)):
        tasks.append((yield Spawn(worker(lock, name, ticks, shared), name)))
    results = []
    for t in tasks:
        results.append((yield Join(t)))
    say(results, shared, lock.owner)


def flaky(failures):
    yield Sleep(1)
    if failures:
        failures.pop()
        raise OSError('flaky')
    return 'at last'


def supervisor():
    failures = [1, 2, 3]
    for attempt in range(1, 6):
        task = yield Spawn(flaky(failures), 'flaky')
        try:
            result = yield Join(task)
        except OSError as e:
            say('attempt', attempt, 'failed:', e)
            yield Sleep(2 ** attempt)
        else:
            say('attempt', attempt, result, 'at', (yield Now()))
            return


def priorities():
    def busy(name):
        for i in range(3):
            say(name, i)
            yield
    for name, p in (('low', 9), ('high', 1), ('middle', 4)):
        yield Spawn(busy(name), name, p)


def philosophers():
    forks = [Lock('fork%d' % i) for i in range(3)]

    def dine(i, first, second):
        yield forks[first].acquire(i)
        yield Sleep(1)
        yield forks[second].acquire(i)
        yield forks[second].release()
        yield forks[first].release()
        say('philosopher', i, 'has eaten')
    for order in ('ordered', 'round'):
        tasks = []
        for i in range(3):
            a, b = i, (i + 1) % 3
            if order == 'ordered':
                a, b = sorted((a, b))
            tasks.append((yield Spawn(dine(i, a, b), 'p%d' % i)))
        for t in tasks:
            yield Join(t)


for program in (counting, pipeline, failing, killing, locking, supervisor, priorities, philosophers):
    print('==', program.__name__)
    kernel = Kernel(trace=program is priorities)
    main = kernel.add(program())
    try:
        kernel.run()
    except Deadlock as e:
        print('  deadlock:', e)
    print('  clock %d, %d switches, main took %d steps' % (kernel.clock, kernel.switches, main.steps))
print(sys.exc_info())
