"""A bank with queues, tellers and customers, simulated by events; processes are generators."""
import heapq
import random
from collections import Counter, defaultdict, deque
from functools import total_ordering


@total_ordering
class Event:
    count = 0

    def __init__(self, time, process, value=None):
        Event.count += 1
        self.serial = Event.count
        self.time = time
        self.process = process
        self.value = value

    def key(self):
        return self.time, self.serial

    def __eq__(self, other):
        return self.key() == other.key()

    def __lt__(self, other):
        return self.key() < other.key()


class Wait:
    def __init__(self, delay):
        self.delay = delay


class Acquire:
    def __init__(self, resource, priority=0):
        self.resource = resource
        self.priority = priority


class Interrupted(Exception):
    pass


class Process:
    def __init__(self, sim, generator, name):
        self.sim = sim
        self.generator = generator
        self.name = name
        self.done = False
        self.waiting_for = None

    def resume(self, value=None, error=None):
        try:
            if error is not None:
                request = self.generator.throw(error)
            else:
                request = self.generator.send(value)
        except StopIteration as stop:
            self.done = True
            self.sim.finished[self.name] = stop.value
            return
        except Interrupted as e:
            self.done = True
            self.sim.finished[self.name] = 'interrupted: %s' % e
            return
        self.sim.handle(self, request)

    def interrupt(self, why):
        if not self.done:
            if self.waiting_for is not None:
                self.waiting_for.forget(self)
            self.sim.schedule(0, self, error=Interrupted(why))


class Resource:
    def __init__(self, sim, name, capacity):
        self.sim = sim
        self.name = name
        self.free = self.capacity = capacity
        self.queue = []
        self.longest = 0
        self.busy_since = 0.0
        self.busy = 0.0

    def account(self):
        now = self.sim.now
        self.busy += (self.capacity - self.free) * (now - self.busy_since)
        self.busy_since = now

    def acquire(self, process, priority):
        if self.free:
            self.account()
            self.free -= 1
            self.sim.schedule(0, process, self)
        else:
            process.waiting_for = self
            heapq.heappush(self.queue, (priority, self.sim.tick(), process))
            self.longest = max(self.longest, len(self.queue))

    def release(self):
        self.account()
        if self.queue:
            _, _, process = heapq.heappop(self.queue)
            process.waiting_for = None
            self.sim.schedule(0, process, self)
        else:
            self.free += 1

    def forget(self, process):
        self.queue = [q for q in self.queue if q[2] is not process]
        heapq.heapify(self.queue)
        process.waiting_for = None

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.release()


class Simulation:
    def __init__(self, seed):
        self.now = 0.0
        self.events = []
        self.random = random.Random(seed)
        self.finished = {}
        self.ticks = 0
        self.log = []

    def tick(self):
        self.ticks += 1
        return self.ticks

    def schedule(self, delay, process, value=None, error=None):
        event = Event(self.now + delay, process, value)
        event.error = error
        heapq.heappush(self.events, event)

    def start(self, generator, name, delay=0.0):
        process = Process(self, generator, name)
        self.schedule(delay, process)
        return process

    def handle(self, process, request):
        if isinstance(request, Wait):
            self.schedule(request.delay, process)
        elif isinstance(request, Acquire):
            request.resource.acquire(process, request.priority)
        elif request is None:
            self.schedule(0, process)
        else:
            raise TypeError('%s yielded %r' % (process.name, request))

    def run(self, until=float('inf')):
        handled = 0
        while self.events and self.events[0].time <= until:
            event = heapq.heappop(self.events)
            self.now = event.time
            if not event.process.done:
                event.process.resume(event.value, event.error)
            handled += 1
        return handled

    def say(self, text, *args):
        self.log.append('%8.3f %s' % (self.now, text % args))


class Bank:
    def __init__(self, sim, tellers, machines):
        self.sim = sim
        self.tellers = Resource(sim, 'tellers', tellers)
        self.machines = Resource(sim, 'machines', machines)
        self.waits = defaultdict(list)
        self.outcome = Counter()
        self.recent = deque(maxlen=5)

    def customer(self, name, kind):
        sim = self.sim
        came = sim.now
        resource, service, patience = {
            'cash': (self.machines, (0.5, 1.5), 4.0),
            'loan': (self.tellers, (5.0, 12.0), 25.0),
            'rich': (self.tellers, (2.0, 4.0), 60.0),
            'paper': (self.tellers, (1.0, 3.0), 9.0),
        }[kind]
        me = yield None
        watcher = sim.start(self.watch(name, self.processes[name], patience), 'watch ' + name)
        try:
            with (yield Acquire(resource, -1 if kind == 'rich' else 0)):
                watcher.done = True
                waited = sim.now - came
                self.waits[kind].append(waited)
                yield Wait(sim.random.uniform(*service))
                self.outcome[kind, 'served'] += 1
        except Interrupted:
            self.outcome[kind, 'left'] += 1
            self.recent.append(name)
            raise
        return 'after %.2f' % (sim.now - came)

    def watch(self, name, process, patience):
        yield Wait(patience)
        process.interrupt('%s waited %.1f' % (name, patience))

    def arrivals(self, mean, count):
        self.processes = {}
        for i in range(count):
            kind = self.sim.random.choice(['cash', 'cash', 'cash', 'paper', 'paper', 'loan', 'rich'])
            name = '%s%02d' % (kind, i)
            self.processes[name] = self.sim.start(self.customer(name, kind), name)
            if i % 10 == 0:
                self.sim.say('%s arrives, %d wait for tellers, %d for machines', name, len(self.tellers.queue), len(self.machines.queue))
            yield Wait(self.sim.random.expovariate(1.0 / mean))
        self.sim.say('the doors close')

    def inspector(self, every):
        try:
            while True:
                self.sim.say('inspection: tellers free %d, machines free %d', self.tellers.free, self.machines.free)
                yield Wait(every)
        finally:
            self.sim.say('the inspector goes')


def report(bank, sim):
    for resource in (bank.tellers, bank.machines):
        resource.account()
        print('  %-9s used %5.1f %%, longest queue %d' % (resource.name, 100 * resource.busy / resource.capacity / sim.now, resource.longest))
    for kind in sorted(bank.waits):
        waits = sorted(bank.waits[kind])
        print('  %-6s served %3d left %2d wait mean %6.3f median %6.3f most %6.3f' % (
            kind, bank.outcome[kind, 'served'], bank.outcome[kind, 'left'], sum(waits) / len(waits), waits[len(waits) // 2], waits[-1]))
    print('  last to leave:', ', '.join(bank.recent) or 'nobody')


def day(seed, tellers, machines, mean):
    sim = Simulation(seed)
    bank = Bank(sim, tellers, machines)
    sim.start(bank.arrivals(mean, 80), 'doors')
    inspector = sim.start(bank.inspector(30.0), 'inspector')
    handled = sim.run(until=150)
    inspector.generator.close()
    inspector.done = True
    handled += sim.run()
    print('day %d: %d tellers, %d machines: %d events, over at %.3f' % (seed, tellers, machines, handled, sim.now))
    for line in sim.log:
        print('    ' + line)
    report(bank, sim)
    served = [n for n, v in sim.finished.items() if v and v.startswith('after')]
    print('  first and last served:', served[0], sim.finished[served[0]], served[-1], sim.finished[served[-1]])


day(1, 2, 1, 1.5)
day(2, 4, 2, 1.2)
day(3, 1, 1, 2.5)
try:
    sim = Simulation(0)
    sim.start((x for x in [None, 42]), 'odd')
    sim.run()
except TypeError as e:
    print('refused:', e)
