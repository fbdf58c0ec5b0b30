# throw, close and send into hot generators; one that is abandoned in a hot loop.
import gc


def g(log):
    n = 0
    while True:
        try:
            x = yield n
            if x is not None:
                n += x
            else:
                n += 1
        except ValueError as e:
            n = -e.args[0]
        finally:
            log[0] += 1


log = [0]
it = g(log)
next(it)
out = []
for i in range(1500):
    if i % 7 == 0:
        v = it.send(3)
    elif i % 11 == 0:
        v = it.throw(ValueError(i))
    else:
        v = next(it)
    if i % 137 == 0:
        out.append(v)
print(out, log)
try:
    it.throw(KeyError, 'k')
except KeyError as e:
    print('out', e, it.gi_frame)
print(log, list(it))


def closes(log):
    try:
        for i in range(10 ** 9):
            yield i
    finally:
        log.append('closed at %d' % i)


for n in (1, 250, 251, 700):
    log = []
    it = closes(log)
    for x in it:
        if x == n:
            break
    it.close()
    it.close()
    print(log, list(it))


def abandons(n, count):
    for k in range(n):
        for x in tick(count):
            if x == 3:
                break


def tick(count):
    count[0] += 1
    try:
        yield 1
        yield 2
        yield 3
        yield 4
    finally:
        count[1] += 1


count = [0, 0]
abandons(600, count)
abandons(1, [0, 0])  # what the machine's stack may still hold is this one
gc.collect()
# The last one may still be in a register of the machine.
print(count[0], count[1] in (599, 600))


def ignores():
    while True:
        try:
            yield 1
        except GeneratorExit:
            yield 2


it = ignores()
for i in range(400):
    next(it)
try:
    it.close()
except RuntimeError as e:
    print(e)
del it


# It runs already.
def self_resuming():
    i = 0
    while True:
        i += 1
        if i % 100 == 0:
            try:
                next(me)
            except ValueError as e:
                yield str(e)
        yield i


me = self_resuming()
print([x for x in (next(me) for _ in range(450)) if isinstance(x, str)])
