# Generators that nobody refers to any more are closed: finally and with run, once each. The ends of what the stacks
# may still show come later: most are counted, not all.
import gc
import sys

log = []


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        log.append(('exit', exc[0]))


def tries():
    try:
        yield 1
        yield 2
    finally:
        log.append(('finally', sys.exc_info()[0]))


def withs():
    with Manager():
        yield 1


def outer():
    yield from tries()


def handles():
    try:
        yield 1
    except GeneratorExit:
        log.append(('handler', None))


def resurrects():
    try:
        yield 1
    finally:
        log.append(('box', None))
        box.append(1)


def cycle():
    me = []

    def inner():
        try:
            yield me
        finally:
            log.append(('cycle', None))
    me.append(inner())
    return me[0]


def loops():
    for x in tries():
        break


box = []


def drop(make, n):
    for i in range(n):
        next(make())


for make in (tries, withs, outer, handles, resurrects, cycle):
    drop(make, 50)
    gc.collect()
    drop(make, 1)
    gc.collect()
    kinds = {}
    for entry in log:
        kinds[entry] = kinds.get(entry, 0) + 1
    print(make.__name__, [(k, 45 <= n <= 51) for k, n in kinds.items()][-1])
    log.clear()
for i in range(50):
    loops()
gc.collect()
print(45 <= len(log) <= 55)
log.clear()
g = tries()
print(list(g), len(log))
del g
for i in range(50):
    tries()
try:
    raise KeyError('handled')
except KeyError:
    drop(tries, 20)
    gc.collect()
    print(sys.exc_info()[0], sorted(set(log), key=str))


def at_exit():
    try:
        yield 1
    finally:
        print('closed at exit')


last = at_exit()
next(last)
print('end')
