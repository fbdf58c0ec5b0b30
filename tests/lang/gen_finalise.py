# Generators that nobody refers to any more are closed: finally and with run, once each. The ends of what the stacks
# may still show come later: most are counted, not all.
import gc
import sys

log = []


class Manager:
    def __init__(self, n):
        self.n = n

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        log.append(('exit', exc[0], self.n))


def tries(n):
    try:
        yield 1
        yield 2
    finally:
        log.append(('finally', sys.exc_info()[0], n))


def withs(n):
    with Manager(n):
        yield 1


def outer(n):
    yield from tries(n)


def handles(n):
    try:
        yield 1
    except GeneratorExit:
        log.append(('handler', None, n))


def resurrects(n):
    try:
        yield 1
    finally:
        log.append(('box', None, n))
        box.append(1)


def cycle(n):
    me = []

    def inner():
        try:
            yield me
        finally:
            log.append(('cycle', None, n))
    me.append(inner())
    return me[0]


def loops(n):
    for x in tries(n):
        break


box = []
start = 0


def drop(make, n):
    for i in range(n):
        next(make(start + i))


def closed():
    # Nothing is closed that was not made, nor twice; those of the group before may come late.
    these = [entry for entry in log if start <= entry[2]]
    return 45 <= len(these), len(set(log)) == len(log), {e[2] for e in these} <= set(range(start, start + 51))


for make in (tries, withs, outer, handles, resurrects, cycle):
    drop(make, 50)
    gc.collect()
    next(make(start + 50))
    gc.collect()
    print(make.__name__, {e[:2] for e in log if start <= e[2]}, closed())
    start += 100
for i in range(50):
    loops(start + i)
gc.collect()
print(closed())
log.clear()
g = tries(-1)
print(list(g), [n for _, _, n in log].count(-1))
del g
for i in range(50):
    tries(-1)
try:
    raise KeyError('handled')
except KeyError:
    drop(tries, 20)
    gc.collect()
    print(sys.exc_info()[0], sorted({entry[:2] for entry in log if entry[2] >= start}, key=str))


def at_exit():
    try:
        yield 1
    finally:
        print('closed at exit')


last = at_exit()
next(last)
print('end')
